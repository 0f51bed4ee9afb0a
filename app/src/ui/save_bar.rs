//! The end of a form: one main button over the full width, in a room of its own under the screen, so that it never
//! covers the field one types in. The way out is at the top, and keeps the draft.

use leptos::prelude::*;

use crate::session::session;
use crate::words::{Word, form};

/// The id of the form on screen: there is at most one that the bar saves.
pub const FORM: &str = "form";

/// What the bar shows.
#[derive(Clone, Copy)]
pub struct Saving {
    label: Word,
    busy: Signal<bool>,
}

/// Puts the bar under the screen as long as the form is there.
#[component]
pub fn SaveBar(
    /// What the button does.
    label: Word,
    /// Whether it is being done.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let place = session().saving;
    place.set(Some(Saving { label, busy }));
    on_cleanup(move || place.set(None));
}

/// The room of the bar; empty when no form is on screen.
#[component]
pub fn SaveBarRoom() -> impl IntoView {
    move || {
        session().saving.get().map(|Saving { label, busy }| {
            // The bar outlives its form by an instant: a form that is gone does nothing any more.
            let busy = move || busy.try_get().unwrap_or(false);
            view! {
                <div class="save-bar">
                    <button
                        type="submit"
                        form=FORM
                        class="main"
                        aria-disabled=move || busy().then_some("true")
                        aria-keyshortcuts="Control+Enter"
                    >
                        {move || if busy() { form::saving() } else { label() }}
                    </button>
                </div>
            }
        })
    }
}
