//! With whom something is exchanged: what is to go there still, since when, and when something last came from there.

use leptos::prelude::*;
use maillon_shared::api::exchanges::{ExchangeWith, Whom};

use crate::routes::{GroupRoute, Route};
use crate::words::{Word, devices, exchanges as w, groups, neighbours, network};
use crate::{browser, when};

/// A device of one's own, or a neighbour, in a list.
pub fn whom_row(with: &ExchangeWith) -> impl IntoView + use<> {
    let ExchangeWith { whom, name, unsent, since, last, near } = with.clone();
    let today = browser::today();
    let (route, is_neighbour) = match whom {
        Whom::Device(_) => (Route::Devices, false),
        Whom::Neighbour(id) => (Route::Neighbour(id), true),
        Whom::Group(id) => (Route::Groups(GroupRoute::One(id)), true),
    };
    let is_a: Word = match whom {
        Whom::Group(_) => groups::is_a_group,
        Whom::Device(_) | Whom::Neighbour(_) => neighbours::is_a_neighbour,
    };
    let is_group = matches!(whom, Whom::Group(_));
    // To one's own devices go records; to a neighbour, changes of what is entrusted.
    let unsent = match (unsent, is_neighbour) {
        (0, false) => devices::up_to_date().to_owned(),
        (0, true) if is_group => groups::all_have_it().to_owned(),
        (unsent, true) if is_group => groups::untold(unsent),
        (0, true) => neighbours::up_to_date().to_owned(),
        (unsent, false) => devices::unsent(unsent),
        (unsent, true) => neighbours::unsent(unsent),
    };
    let unsent = match since {
        Some(since) => w::since(unsent, when::since(since, today)),
        None => unsent,
    };
    let last = match last {
        Some(at) => neighbours::last_exchange(when::instant(at, today)),
        None => w::nothing_came().to_owned(),
    };
    view! {
        <li class="plain">
            <span class="row-head">
                <a class="who" href=route.href()>
                    {name}
                </a>
                {near.then(|| view! { <span class="tag">{network::near}</span> })}
                {is_neighbour.then(|| view! { <span class="when">{is_a}</span> })}
            </span>
            <span class="why">{unsent}</span>
            <span class="why">{last}</span>
        </li>
    }
}
