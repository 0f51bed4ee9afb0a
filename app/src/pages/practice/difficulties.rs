//! Difficulties of practice, by subject: what stays here, and what may be shown.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::domain::difficulty::{Difficulty, DifficultyGroup, LEAST_STRUCTURES};
use maillon_shared::domain::lists::ListId;

use super::ask;
use crate::lists::label;
use crate::routes::{PracticeRoute, Route};
use crate::ui::{Back, Icon, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, more, practice as w};
use crate::{browser, when};

/// Every difficulty.
#[component]
pub fn DifficultiesPage() -> impl IntoView {
    let loaded = load(|| async {
        match ask(CollectiveRead::Difficulties).await? {
            CollectiveAnswer::Difficulties(groups) => Ok(groups),
            _ => Err(Failure::NotUnderstood),
        }
    });
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::difficulties}</Title>
            <a class="button" href=Route::Practice(PracticeRoute::NewDifficulty).href()>
                <Icon shape=Shape::Plus />
                <span>{w::difficulty_new}</span>
            </a>
        </div>
        <p class="detail">{w::difficulties_lead}</p>
        {when_loaded(
            loaded,
            |groups| {
                view! {
                    <p class="empty" hidden=move || groups.with(|groups| !groups.is_empty())>{w::no_difficulty}</p>
                    {move || groups.get().into_iter().zip(0..).map(group).collect_view()}
                }
            },
        )}
    }
}

fn group((group, number): (DifficultyGroup, usize)) -> impl IntoView {
    let id = format!("group-{number}");
    let theme = label(ListId::DifficultyThemes, &group.theme).to_owned();
    let missing = LEAST_STRUCTURES.saturating_sub(group.structures) as u32;
    let told = match missing {
        0 => w::structures(group.structures as u32),
        more => in_a_row([w::structures(group.structures as u32), w::more_needed(more)]),
    };
    let show = (missing == 0).then(|| {
        let href = Route::Practice(PracticeRoute::Shared(group.theme.clone())).href();
        view! { <p class="acts"><a class="button" href=href>{w::show_group}</a></p> }
    });
    view! {
        <section aria-labelledby=id>
            <h2 id=id.clone()>{theme} <span class="count">{group.said.len()}</span></h2>
            <p class="detail">{told}</p>
            <ul class="rows">{group.said.into_iter().map(line).collect_view()}</ul>
            {show}
        </section>
    }
}

fn line(said: Difficulty) -> impl IntoView {
    view! {
        <li>
            <a class="row-link" href=Route::Practice(PracticeRoute::Difficulty(said.id)).href()>
                <span class="who">{said.words}</span>
                <span class="why">{in_a_row([when::day(said.day, browser::today()), said.structure])}</span>
            </a>
        </li>
    }
}
