//! How far the exchange with a neighbour is, in plain words: what they lack, what was heard of them.

use leptos::prelude::*;
use maillon_shared::api::neighbours::NeighbourRow;

use crate::words::{neighbours as w, network};
use crate::{browser, when};

/// What they lack and when something last came, a line each.
pub fn state_lines(row: &NeighbourRow) -> Vec<String> {
    let unsent = row.devices.iter().map(|device| device.unsent).max().unwrap_or_default();
    let heard = row.devices.iter().filter_map(|device| device.last_heard).max_by_key(|at| at.utc_ms);
    let answered = row.devices.iter().any(|device| device.answered);
    if !row.is_member {
        return vec![w::on_another_device().to_owned()];
    }
    let mut lines = Vec::new();
    // Where nothing is entrusted either way there is nothing to be up to date with.
    if unsent == 0 && row.untold == 0 && row.given + row.received > 0 {
        lines.push(w::up_to_date().to_owned());
    }
    if unsent > 0 {
        lines.push(w::unsent(unsent));
    }
    if row.untold > 0 {
        lines.push(w::untold(row.untold));
    }
    lines.push(match heard {
        Some(at) => w::last_exchange(when::instant(at, browser::today())),
        None => w::no_exchange_yet().to_owned(),
    });
    if heard.is_some() && !answered {
        lines.push(w::never_answered().to_owned());
    }
    lines
}

/// That they are being exchanged with right now.
#[component]
pub fn Near(row: NeighbourRow) -> impl IntoView {
    let near = row.devices.iter().any(|device| device.near);
    near.then(|| view! { <span class="tag">{network::near}</span> })
}
