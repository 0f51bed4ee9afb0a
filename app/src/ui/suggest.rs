//! A line of text that offers the words of a list, and takes any others.

use leptos::prelude::*;
use maillon_shared::domain::lists::ListId;

use super::binding::Text;
use crate::lists::{choices, label as label_of, lists};
use crate::words::{Word, common};

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
    // What is typed stays as it is typed: "son", on the way to "son voisin", is also the id of an item. What the form
    // comes to hold otherwise, when it is filled anew, is shown.
    let own = StoredValue::new(None::<String>);
    let shown = RwSignal::new(String::new());
    let follow = move |kept: &String| {
        if own.with_value(|own| own.as_ref() != Some(kept)) {
            own.set_value(Some(kept.clone()));
            shown.set(label_of(list, kept).to_owned());
        }
    };
    text.value.with_untracked(follow);
    Effect::new(move |_| text.value.with(follow));
    let typed = move |words: String| {
        let item = lists().all(list).find(|item| item.label == words);
        let kept = item.map_or_else(|| words.clone(), |item| item.id.clone());
        own.set_value(Some(kept.clone()));
        shown.set(words);
        text.set.run(kept);
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
                prop:value=move || shown.get()
                on:input:target=move |event| typed(event.target().value())
            />
            <datalist id=offered>
                {move || {
                    choices(list)
                        .into_iter()
                        .map(|choice| view! { <option value=choice.label></option> })
                        .collect_view()
                }}
            </datalist>
        </div>
    }
}
