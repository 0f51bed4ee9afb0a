//! The end of a form: one main button over the full width. The way out is at the top, and keeps the draft.

use leptos::prelude::*;

use crate::words::{Word, form};

/// The button that submits a form.
#[component]
pub fn SaveBar(
    /// What the main button does.
    label: Word,
    /// Whether it is being done.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="save-bar">
            <button type="submit" class="main" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { form::saving() } else { label() }}
            </button>
        </div>
    }
}
