//! The projects of a person on her page, and those that ask for something on the day's.

use leptos::prelude::*;
use maillon_shared::api::responses::{PersonFile, ProjectCall, ProjectDue, ProjectRow};

use super::words::halted_words;
use crate::routes::{ProjectRoute, Route};
use crate::ui::{Icon, Shape};
use crate::words::{in_a_row, project as w};
use crate::{browser, when};

/// The projects of a person.
#[component]
pub fn ProjectsOnSheet(file: RwSignal<PersonFile>) -> impl IntoView {
    let person = file.with_untracked(|file| file.person.id);
    let rows = Memo::new(move |_| file.with(|file| file.projects.clone()));
    view! {
        <section class="projects" aria-labelledby="projects">
            <h2 id="projects">{w::projects}</h2>
            <p class="empty" hidden=move || !rows.with(Vec::is_empty)>{w::none_yet}</p>
            <ul class="rows">{move || rows.get().iter().map(row).collect_view()}</ul>
            <p class="acts add">
                <a class="button" href=Route::Project(ProjectRoute::New(person, None)).href()>{w::begin}</a>
            </p>
        </section>
    }
}

fn row(row: &ProjectRow) -> impl IntoView + use<> {
    let today = browser::today();
    let when = match &row.halted {
        Some(kind) => halted_words(kind).to_owned(),
        None => in_a_row([w::open_actions(row.open_actions), w::review_next(when::day(row.review, today))]),
    };
    view! {
        <li>
            <a class="row-link" href=Route::Project(ProjectRoute::One(row.id)).href()>
                <q class="who words">{row.words.clone()}</q>
                <span class="why">{when}</span>
            </a>
        </li>
    }
}

/// A project that asks for something today.
pub fn due_line(due: ProjectDue) -> AnyView {
    let today = browser::today();
    let ProjectDue { row, why } = due;
    let id = row.id;
    let link = |route: ProjectRoute, words: &'static str| {
        view! { <a class="button" href=Route::Project(route).href()>{words}</a> }
    };
    let (said, late, act) = match why {
        ProjectCall::Review(day) => {
            let late = u32::try_from((today - day).num_days()).ok().filter(|days| *days > 0);
            (w::review_next(when::day(day, today)), late, link(ProjectRoute::Review(id), w::do_review()))
        }
        ProjectCall::NoNextStep => {
            (w::no_next_step().to_owned(), None, link(ProjectRoute::Action(id, None), w::add_action()))
        }
    };
    let late = late.map(|days| view! { <span class="tag late">{w::late(days)}</span> });
    view! {
        <li>
            <Icon shape=Shape::Promise />
            <span class="row-head">
                <a class="who" href=Route::Project(ProjectRoute::One(id)).href()>{row.name}</a>
                {late}
            </span>
            <div class="why">{said} <q class="words">{row.words}</q></div>
            <span class="acts">{act}</span>
        </li>
    }
    .into_any()
}
