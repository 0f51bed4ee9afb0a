//! What may be shown of one subject: what was said by people of three structures at least, without who said it nor when;
//! or why not yet.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, SharedDifficulties};
use maillon_shared::domain::clues::Clue;
use maillon_shared::domain::difficulty::SharedGroup;
use maillon_shared::domain::ids::DifficultyId;
use maillon_shared::domain::lists::ListId;

use super::ask;
use crate::lists::label;
use crate::routes::{PracticeRoute, Route};
use crate::ui::clues::kind_words;
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{in_a_row, practice as w};

/// What may be shown of one subject.
#[component]
pub fn SharedPage(theme: String) -> impl IntoView {
    let asked = theme.clone();
    let loaded = load(move || {
        let asked = asked.clone();
        async move {
            match ask(CollectiveRead::SharedDifficulties(asked)).await? {
                CollectiveAnswer::SharedDifficulties(shared) => Ok(shared),
                _ => Err(Failure::NotUnderstood),
            }
        }
    });
    view! {
        <Back to=Route::Practice(PracticeRoute::Difficulties) label=w::difficulties />
        <Title>{move || label(ListId::DifficultyThemes, &theme).to_owned()}</Title>
        {when_loaded(
            loaded,
            |shared| {
                move || match shared.get() {
                    SharedDifficulties::Group(group) => paper(group).into_any(),
                    SharedDifficulties::TooFew(missing) => {
                        view! { <p class="empty">{w::too_few(missing)}</p> }.into_any()
                    }
                    SharedDifficulties::Clues(clues) => to_mend(clues).into_any(),
                }
            },
        )}
    }
}

fn paper(group: SharedGroup) -> impl IntoView {
    let words = group.words().iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="detail">{in_a_row([w::structures(group.structures() as u32), w::shown_lead().to_owned()])}</p>
        <ul class="plain-list">{words}</ul>
        <p class="acts">
            <PrintButton label=w::print class="" />
        </p>
    }
}

fn to_mend(clues: Vec<(DifficultyId, Vec<Clue>)>) -> impl IntoView {
    let line = |(id, clues): (DifficultyId, Vec<Clue>)| {
        let said: Vec<String> =
            clues.iter().map(|clue| in_a_row([kind_words(&clue.kind), clue.words.clone()])).collect();
        view! {
            <li>
                <a class="row-link" href=Route::Practice(PracticeRoute::Difficulty(id)).href()>
                    <span class="who">{w::mend}</span>
                    <span class="why">{said.join(", ")}</span>
                </a>
            </li>
        }
    };
    view! {
        <p class="state-note">{w::names_first}</p>
        <ul class="rows">{clues.into_iter().map(line).collect_view()}</ul>
    }
}
