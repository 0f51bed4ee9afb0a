//! Adding a device: through the network, or by its card, once two screens have shown the same words.

use leptos::prelude::*;

use crate::pages::exchange::Exchange;
use crate::pages::exchange::card::AddByCard;
use crate::pages::exchange::invite::Invite;
use crate::words::{devices as w, network};

/// Adding a device.
#[component]
pub fn Add(words_needed: Memo<bool>, may_pair: Memo<bool>, here: Exchange) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="add-device">
            <h2 id="add-device">{w::add}</h2>
            <Show when=move || may_pair.get()>
                <Invite words_needed=words_needed here=here />
                <h3>{network::or_by_file}</h3>
            </Show>
            <p>{w::add_lead}</p>
            <AddByCard words_needed=words_needed here=here />
        </section>
    }
}
