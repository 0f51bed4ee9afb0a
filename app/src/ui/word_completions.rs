//! The words of the recovery list that begin as what is being typed: one more Tab and Enter writes the rest.
//!
//! The list is the engine's; what is typed goes no further than it does once the words are sent.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::text::fold::fold;
use wasm_bindgen_futures::spawn_local;

use super::binding::Text;
use crate::browser;
use crate::door::answer;
use crate::words::completion as w;

/// Before so many letters, too many words begin so.
const AT_LEAST: usize = 2;

/// Completions of the last word of a field, under the field.
#[component]
pub fn WordCompletions(
    /// The field's id in the page.
    #[prop(into)]
    field: String,
    /// What is typed there.
    text: Text,
    /// What is written after a word chosen: a space, where another follows.
    after: &'static str,
) -> impl IntoView {
    let offers = RwSignal::new(Vec::<String>::new());
    Effect::new(move |_| {
        let typed = text.value.get();
        offers.set(Vec::new());
        let beginning = last_word(&typed).1.to_owned();
        if beginning.chars().count() < AT_LEAST {
            return;
        }
        spawn_local(async move {
            let found = answer!(Request::CompleteWord(beginning.clone()), Words(words) => words);
            let found = found.unwrap_or_default();
            let is_whole = found.iter().any(|word| fold(word) == fold(&beginning));
            // Slower than the typing: an older question is left aside.
            if !is_whole && text.value.try_get_untracked().as_ref() == Some(&typed) {
                offers.try_set(found);
            }
        });
    });
    let field = StoredValue::new(field);
    let choose = move |word: String| {
        let before = text.value.with_untracked(|typed| last_word(typed).0.to_owned());
        text.set.run(before + &word + after);
        browser::focus(&field.get_value());
    };
    let offer = move |word: String| {
        let shown = word.clone();
        view! {
            <li>
                <button type="button" lang="fr" on:click=move |_| choose(word.clone())>{shown}</button>
            </li>
        }
    };
    view! {
        <ul class="acts" translate="no" aria-label=w::offered hidden=move || offers.with(Vec::is_empty)>
            {move || offers.get().into_iter().map(offer).collect_view()}
        </ul>
        <p class="unseen" role="status">
            {move || offers.with(|offers| (!offers.is_empty()).then(|| w::count(offers.len() as u32)))}
        </p>
    }
}

/// What stands before the last word, and the word itself.
fn last_word(typed: &str) -> (&str, &str) {
    let start =
        typed.rfind(char::is_whitespace).map_or(0, |at| at + typed[at..].chars().next().map_or(0, char::len_utf8));
    typed.split_at(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_word_is_completed() {
        for (typed, expected) in [
            ("", ("", "")),
            ("aba", ("", "aba")),
            ("abaisser ab", ("abaisser ", "ab")),
            ("abaisser\u{a0}ab", ("abaisser\u{a0}", "ab")),
            ("abaisser ", ("abaisser ", "")),
        ] {
            assert_eq!(last_word(typed), expected, "{typed}");
        }
    }
}
