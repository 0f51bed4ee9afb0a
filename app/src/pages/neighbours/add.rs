//! Getting to know a neighbour: through the network that both are on, or by cards and eight words. Nothing is shared by it.

use leptos::prelude::*;
use maillon_shared::api::sharing::ThisDevice;

use crate::pages::exchange::card::{AddByCard, SaveCard};
use crate::pages::exchange::invite::Invite;
use crate::pages::exchange::join::Join;
use crate::pages::exchange::{ComparedWords, Exchange};
use crate::routes::Route;
use crate::words::{neighbours as w, network};

/// Adding a neighbour, once they would know whom they read.
#[component]
pub fn Add(
    /// This device; none before it has its keys, which the first act gives it.
    this: Memo<Option<ThisDevice>>,
    /// Whether the settings say who keeps this notebook.
    is_named: Memo<bool>,
    /// Whether the twenty-four words must be typed first.
    words_needed: Memo<bool>,
    /// Whether this device could reach one through the network.
    may_pair: Memo<bool>,
    here: Exchange,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="add-neighbour">
            <h2 id="add-neighbour">{w::add}</h2>
            <p>{w::nothing_yet}</p>
            <Show when=move || is_named.get() fallback=|| view! { <Nameless /> }>
                <Ways this=this words_needed=words_needed may_pair=may_pair here=here />
            </Show>
        </section>
    }
}

/// The settings do not say who keeps this notebook.
#[component]
fn Nameless() -> impl IntoView {
    view! {
        <div class="state-note">
            <p>{w::nameless}</p>
            <a class="button" href=Route::Settings.href()>
                {w::to_settings}
            </a>
        </div>
    }
}

/// The two ways.
#[component]
fn Ways(
    this: Memo<Option<ThisDevice>>,
    words_needed: Memo<bool>,
    may_pair: Memo<bool>,
    here: Exchange,
) -> impl IntoView {
    let own_words = move || {
        let this = this.get()?;
        Some(view! {
            <h4>{w::own_words}</h4>
            <p class="detail">{w::own_words_hint}</p>
            <ComparedWords words=this.words />
        })
    };
    view! {
        <Show when=move || may_pair.get()>
            <h3>{network::title}</h3>
            <Invite words_needed=words_needed here=here />
            <Join here=here />
        </Show>
        <h3>{w::by_file}</h3>
        <ol class="in-order">
            <li>{w::step_cards}</li>
            <li>{w::step_choose}</li>
            <li>{w::step_file}</li>
        </ol>
        <SaveCard here=here />
        {own_words}
        <AddByCard words_needed=words_needed here=here />
    }
}
