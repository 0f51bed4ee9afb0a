//! Collective projects: begun from needs that were counted, written by several, printed on a page, closed with what was
//! learnt.

mod close;
mod draft;
mod form;
mod lines;
mod list;
mod measure;
mod project;
mod words;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, ProjectFile, ProjectStepRow};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::CollectiveId;

pub use words::{count_words, stage_words};

use crate::door::answer;
use crate::routes::{CollectiveRoute, Route};
use crate::ui::{Icon, Shape};
use crate::words::{collective as w, in_a_row};
use crate::{browser, when};

/// The screen of a place among collective projects.
pub fn page(route: CollectiveRoute) -> AnyView {
    match route {
        CollectiveRoute::List => view! { <list::ProjectsPage /> }.into_any(),
        CollectiveRoute::New(start) => view! { <form::NewProjectPage start=start /> }.into_any(),
        CollectiveRoute::Project(id) => view! { <project::ProjectPage id=id /> }.into_any(),
        CollectiveRoute::Edit(id) => view! { <form::EditProjectPage id=id /> }.into_any(),
        CollectiveRoute::Measure(id) => view! { <measure::MeasurePage id=id /> }.into_any(),
        CollectiveRoute::Close(id) => view! { <close::ClosePage id=id /> }.into_any(),
    }
}

/// One project.
async fn ask_project(id: CollectiveId) -> Result<ProjectFile, Failure> {
    let asked = Request::ReadCollective(CollectiveRead::Project(id));
    match answer!(asked, Collective(answer) => *answer)? {
        CollectiveAnswer::Project(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

/// A step of a project, in what the day asks for.
pub fn step_of_the_day(row: ProjectStepRow) -> AnyView {
    let due = when::day(row.due, browser::today());
    let late = (row.days_late > 0).then(|| view! { <span class="tag late">{w::late(row.days_late)}</span> });
    let href = Route::Collective(CollectiveRoute::Project(row.project)).href();
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>{row.title}</a>
                {late}
            </span>
            <span class="why">{in_a_row([row.what, row.owner, due])}</span>
        </li>
    }
    .into_any()
}
