//! With whom something is shared, or to whom it is said: a name of the directory, or any other.

use leptos::prelude::*;

use super::binding::Text;
use crate::words::{Word, common};

/// A line of text that offers the directory's names, and takes any other.
#[component]
pub fn RecipientField(
    /// The field's id in the page.
    id: &'static str,
    /// What to write there.
    label: Word,
    /// Whether it may stay empty; said beside the label.
    optional: bool,
    /// The directory's names.
    names: Vec<String>,
    /// What it shows and changes.
    text: Text,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let (offered, error_id) = (format!("{id}-names"), format!("{id}-error"));
    let described = error_id.clone();
    view! {
        <div class="field">
            <label for=id>
                {label} {optional.then(|| view! { <span class="optional">" "{common::optional}</span> })}
            </label>
            <p class="error" id=error_id hidden=move || error.with(Option::is_none)>{move || error.get()}</p>
            <input
                id=id
                type="text"
                list=offered.clone()
                autocomplete="off"
                spellcheck="false"
                aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || text.value.get()
                on:input:target=move |event| text.set.run(event.target().value())
            />
            <datalist id=offered>
                {names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
            </datalist>
        </div>
    }
}
