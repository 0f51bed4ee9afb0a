//! A passphrase, hidden as it is typed unless one asks to see it.

use leptos::prelude::*;

use super::binding::Text;
use crate::words::{Word, secret};

/// A passphrase.
#[component]
pub fn PassphraseField(
    /// The field's id in the page.
    id: &'static str,
    /// What to write there.
    label: Word,
    /// What it shows and changes.
    text: Text,
    /// What helps to fill it.
    #[prop(optional)]
    hint: Option<Word>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let (hint_id, error_id, show_id) = (format!("{id}-hint"), format!("{id}-error"), format!("{id}-show"));
    let labels = show_id.clone();
    let described = [hint.map(|_| hint_id.clone()), Some(error_id.clone())].into_iter().flatten();
    let described = described.collect::<Vec<_>>().join(" ");
    view! {
        <div class="field passphrase">
            <label for=id>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="error" id=error_id hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
            <input
                id=id
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || text.value.get()
                on:input:target=move |event| text.set.run(event.target().value())
            />
            <label class="check" for=labels>
                <input
                    type="checkbox"
                    id=show_id
                    prop:checked=move || shown.get()
                    on:change:target=move |event| shown.set(event.target().checked())
                />
                <span>{secret::show}</span>
            </label>
        </div>
    }
}
