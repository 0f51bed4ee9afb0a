//! The clues in what is being written: looked for at each pause, pointed at with the words around. It warns, and stops
//! nobody.

use std::time::Duration;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::clues::{Clue, ClueKind, Weight, WrittenFor};
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::words::clues as w;

/// How long a pause in typing is.
const PAUSE: Duration = Duration::from_millis(900);
/// How much is shown around a clue, in letters.
const AROUND: usize = 28;

/// What a clue is.
pub fn kind_words(kind: &ClueKind) -> String {
    match kind {
        ClueKind::Name => w::name(),
        ClueKind::Professional => w::professional(),
        ClueKind::Nickname => w::nickname(),
        ClueKind::Phone => w::phone(),
        ClueKind::Email => w::email(),
        ClueKind::Address => w::address(),
        ClueKind::Place => w::place(),
        ClueKind::Birth => w::birth(),
        ClueKind::Date => w::date(),
        ClueKind::Age => w::age(),
        ClueKind::Trade => w::trade(),
        ClueKind::Condition => w::condition(),
        ClueKind::Family => w::family(),
        ClueKind::Structure => w::structure(),
        ClueKind::Copied => w::copied(),
        ClueKind::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// The clues of some texts.
pub async fn ask(texts: Vec<String>, written_for: WrittenFor) -> Result<Vec<Clue>, Failure> {
    let asked = Request::ReadCollective(CollectiveRead::Clues { texts, written_for });
    match answer!(asked, Collective(answer) => *answer)? {
        CollectiveAnswer::Clues(clues) => Ok(clues),
        _ => Err(Failure::NotUnderstood),
    }
}

/// The clues in what is being written, asked for at each pause.
#[component]
pub fn CluesFound(
    /// The texts.
    #[prop(into)]
    texts: Signal<Vec<String>>,
    /// For what they are written.
    written_for: WrittenFor,
    /// As what the list says that they are, where that is something else.
    #[prop(optional)]
    told_as: Option<WrittenFor>,
) -> impl IntoView {
    let found = RwSignal::new(Vec::<(Clue, String)>::new());
    let turn = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let now = texts.get();
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        let look = move || {
            if turn.try_get_value() != Some(mine) || now.iter().all(|text| text.trim().is_empty()) {
                if turn.try_get_value() == Some(mine) {
                    found.try_set(Vec::new());
                }
                return;
            }
            spawn_local(async move {
                // What cannot be looked for is not said to be without a clue: the list stays as it was.
                let Ok(clues) = ask(now.clone(), written_for).await else { return };
                if turn.try_get_value() == Some(mine) {
                    let shown = clues.into_iter().filter_map(|clue| {
                        let text = now.get(usize::from(clue.text))?.clone();
                        Some((clue, text))
                    });
                    found.try_set(shown.collect());
                }
            });
        };
        let waiting = set_timeout_with_handle(look, PAUSE).ok();
        on_cleanup(move || {
            if let Some(waiting) = waiting {
                waiting.clear();
            }
        });
    });
    view! { <ClueList clues=found written_for=told_as.unwrap_or(written_for) /> }
}

/// Clues, with the words around each.
#[component]
pub fn ClueList(
    /// Each clue, with the text it stands in.
    #[prop(into)]
    clues: Signal<Vec<(Clue, String)>>,
    /// For what the texts are written.
    written_for: WrittenFor,
) -> impl IntoView {
    let of = move |weight: Weight| {
        let of = Memo::new(move |_| {
            clues.with(|clues| clues.iter().filter(|(clue, _)| clue.weight == weight).cloned().collect::<Vec<_>>())
        });
        let title = move || match (weight, written_for) {
            (Weight::Must, WrittenFor::Project) => w::names_someone(of.with(Vec::len) as u32),
            (Weight::Must, _) => w::must_go(of.with(Vec::len) as u32),
            (Weight::Look, _) => w::to_look_at(of.with(Vec::len) as u32),
        };
        view! {
            <div class="clues" class:must=weight == Weight::Must hidden=move || of.with(Vec::is_empty)>
                <p class="clues-title">{title}</p>
                <ul>{move || of.get().into_iter().map(line).collect_view()}</ul>
            </div>
        }
    };
    view! { <div role="status" class="clues-found unprinted">{of(Weight::Must)} {of(Weight::Look)}</div> }
}

fn line((clue, text): (Clue, String)) -> impl IntoView {
    let (before, words, after) = around(&text, clue.from as usize, clue.to as usize);
    view! {
        <li>
            <span class="clue-kind">{kind_words(&clue.kind)}</span>
            <span class="clue-words">{before} <mark>{words}</mark> {after}</span>
        </li>
    }
}

/// A clue and a few letters on each side.
pub fn around(text: &str, from: usize, to: usize) -> (String, String, String) {
    let (Some(before), Some(words), Some(after)) = (text.get(..from), text.get(from..to), text.get(to..)) else {
        return Default::default();
    };
    let begins: Vec<char> = before.chars().rev().take(AROUND).collect();
    let cut = if before.chars().count() > AROUND { "…" } else { "" };
    let before = format!("{cut}{}", begins.into_iter().rev().collect::<String>());
    let cut = if after.chars().count() > AROUND { "…" } else { "" };
    let after = format!("{}{cut}", after.chars().take(AROUND).collect::<String>());
    (before, words.to_owned(), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clue_is_shown_with_the_words_around_it() {
        let text = "Un été, à la Roussière, chez Odette 🚲 et les siens qui n’en savent rien du tout.";
        let from = text.find("Odette").expect("the name");
        let (before, words, after) = around(text, from, from + "Odette".len());
        assert!(before.ends_with("à la Roussière, chez ") && words == "Odette");
        assert!(after.starts_with(" 🚲") && after.ends_with('…'));
        assert_eq!(around("é", 1, 2), (String::new(), String::new(), String::new()), "a place that is none");
    }
}
