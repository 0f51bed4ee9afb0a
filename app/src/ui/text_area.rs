//! Several lines of text, growing with what is written.

use leptos::prelude::*;

use super::binding::Text;
use crate::words::{Word, common};

/// Several lines of text.
#[component]
pub fn TextArea(
    /// The field's id in the page.
    #[prop(into)]
    id: String,
    /// What to write there.
    label: Word,
    /// What it shows and changes.
    text: Text,
    /// What helps to fill it.
    #[prop(optional)]
    hint: Option<Word>,
    /// Whether it may stay empty; said beside the label.
    #[prop(optional)]
    optional: bool,
    /// How many lines it shows at first.
    #[prop(default = 3)]
    lines: u32,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let error = error.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<_> = hint.map(|_| hint_id.clone()).into_iter().chain(error).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>
                {label} {optional.then(|| view! { <span class="optional">" "{common::optional}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="error" id=error_id hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
            <textarea
                id=id
                rows=lines.to_string()
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described_by
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || text.value.get()
                on:input:target=move |event| text.set.run(event.target().value())
            ></textarea>
        </div>
    }
}
