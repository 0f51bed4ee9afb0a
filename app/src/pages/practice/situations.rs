//! Every fictional situation, and whether it may leave.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, SituationRow};

use super::ask;
use crate::routes::{PracticeRoute, Route};
use crate::ui::{Back, Icon, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, more, practice as w};
use crate::{browser, when};

/// Every situation.
#[component]
pub fn SituationsPage() -> impl IntoView {
    let loaded = load(|| async {
        match ask(CollectiveRead::Situations).await? {
            CollectiveAnswer::Situations(rows) => Ok(rows),
            _ => Err(Failure::NotUnderstood),
        }
    });
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::situations}</Title>
            <a class="button" href=Route::Practice(PracticeRoute::NewSituation).href()>
                <Icon shape=Shape::Plus />
                <span>{w::situation_new}</span>
            </a>
        </div>
        <p class="detail">{w::situations_lead}</p>
        {when_loaded(
            loaded,
            |rows| {
                view! {
                    <p class="empty" hidden=move || rows.with(|rows| !rows.is_empty())>{w::no_situation}</p>
                    <ul class="rows">{move || rows.get().into_iter().map(line).collect_view()}</ul>
                }
            },
        )}
    }
}

fn line(row: SituationRow) -> impl IntoView {
    let lunch = row.lunch_on.map(|day| w::lunch_of(when::day(day, browser::today()))).unwrap_or_default();
    let read = if row.read { w::is_read() } else { w::not_read() };
    view! {
        <li>
            <a class="row-link" href=Route::Practice(PracticeRoute::Situation(row.id)).href()>
                <span class="who">{row.title}</span>
                <span class="why">{in_a_row([lunch, read.to_owned()])}</span>
            </a>
        </li>
    }
}
