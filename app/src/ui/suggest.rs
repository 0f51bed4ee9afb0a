//! A line of text that offers the words of a list, and takes any others.

use leptos::prelude::*;
use maillon_shared::domain::lists::ListId;

use super::binding::Text;
use crate::words::{Word, common, language};

/// A line of text with suggestions. What is kept is the item's id where the list has the words, else the words.
#[component]
pub fn Suggest(
    /// The field's id in the page.
    #[prop(into)]
    id: String,
    /// What to write there.
    label: Word,
    /// What is kept.
    text: Text,
    /// The list.
    list: ListId,
    /// Whether it may stay empty; said beside the label.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let offered = format!("{id}-list");
    // What is typed stays as it is typed: "son", on the way to "son voisin", is also the id of an item.
    let first = text.value.with_untracked(|kept| crate::lists::label(list, kept).to_owned());
    let typed = move |words: String| {
        let lists = maillon_shared::domain::lists::Lists::starting(language());
        let item = lists.items(list).iter().find(|item| item.label == words);
        text.set.run(item.map_or(words, |item| item.id.to_owned()));
    };
    view! {
        <div class="field">
            <label for=id.clone()>
                {label} {optional.then(|| view! { <span class="optional">" "{common::optional}</span> })}
            </label>
            <input
                id=id
                type="text"
                list=offered.clone()
                autocomplete="off"
                spellcheck="false"
                prop:value=first
                on:input:target=move |event| typed(event.target().value())
            />
            <datalist id=offered>
                {move || {
                    crate::lists::choices(list)
                        .into_iter()
                        .map(|choice| view! { <option value=choice.label></option> })
                        .collect_view()
                }}
            </datalist>
        </div>
    }
}
