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
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id.clone()>
                {label} {optional.then(|| view! { <span class="optional">" "{common::optional}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id.clone()>{hint}</p> })}
            <textarea
                id=id
                rows=lines.to_string()
                autocomplete="off"
                spellcheck="false"
                aria-describedby=hint.map(|_| hint_id)
                prop:value=move || text.value.get()
                on:input:target=move |event| text.set.run(event.target().value())
            ></textarea>
        </div>
    }
}
