//! Someone, as they may read over a shoulder: their name, their appointments, their own words.

use leptos::prelude::*;
use maillon_shared::api::responses::PersonFile;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::ids::{HealthProjectId, PersonId};
use maillon_shared::domain::lists::ListId;

use crate::door::answer;
use crate::lists::label;
use crate::routes::{ProjectRoute, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, Shape, Title, load, when_loaded};
use crate::words::{discreet as w, person};
use crate::{browser, when};

use super::own_words::{appointments, own_words};

/// All that is shown of someone: nothing else of the file goes any further than where it is read.
#[derive(Clone, PartialEq)]
struct Shown {
    name: String,
    appointments: Vec<(String, String)>,
    words: Vec<(String, String)>,
    projects: Vec<(HealthProjectId, String)>,
}

/// Someone.
#[component]
pub fn PersonPage(id: PersonId) -> impl IntoView {
    let loaded = load(move || async move { ask(id).await });
    view! {
        <Back to=Route::People label=person::back />
        {when_loaded(loaded, |shown| view! { <Person shown=shown /> })}
    }
}

async fn ask(id: PersonId) -> Result<Shown, Failure> {
    let file: Box<PersonFile> = answer!(Request::Person(id), Person(file) => file)?;
    let today = browser::today();
    let appointment = |one: FollowUp| {
        let day = when::capital(when::day(one.due, today));
        let at = match one.hour {
            Some(hour) => format!("{day}, {}", when::hour(hour)),
            None => day,
        };
        (at, label(ListId::FollowUpKinds, one.kind.code()).to_owned())
    };
    Ok(Shown {
        name: file.person.display_name(),
        appointments: appointments(&file).into_iter().map(appointment).collect(),
        projects: file.projects.iter().map(|row| (row.id, row.words.clone())).collect(),
        words: own_words(&file).into_iter().map(|(day, words)| (when::day(day, today), words)).collect(),
    })
}

#[component]
fn Person(shown: RwSignal<Shown>) -> impl IntoView {
    let appointment = |(at, kind): (String, String)| {
        view! {
            <li>
                <Icon shape=Shape::Day />
                <span class="row-head">
                    <span class="who">{at}</span>
                </span>
                <span class="why">{kind}</span>
            </li>
        }
    };
    let said = |(day, words): (String, String)| {
        view! {
            <li>
                <Icon shape=Shape::Request />
                <div class="why">
                    <q class="words">{words}</q>
                </div>
                <span class="row-head">
                    <span class="when">{day}</span>
                </span>
            </li>
        }
    };
    let project = |(id, words): (HealthProjectId, String)| {
        view! {
            <li>
                <a class="row-link" href=Route::Project(ProjectRoute::One(id)).href()>
                    <q class="who words">{words}</q>
                </a>
            </li>
        }
    };
    view! {
        <article class="person">
            <Title>{move || shown.with(|shown| shown.name.clone())}</Title>
            <OnPaper paper=Paper::NamesPeople />
            <section aria-labelledby="appointments">
                <h2 id="appointments">{w::appointments}</h2>
                <p class="empty" hidden=move || shown.with(|shown| !shown.appointments.is_empty())>
                    {w::no_appointment}
                </p>
                <ul class="rows">
                    {move || shown.with(|shown| shown.appointments.clone()).into_iter().map(appointment).collect_view()}
                </ul>
            </section>
            <section aria-labelledby="projects" hidden=move || shown.with(|shown| shown.projects.is_empty())>
                <h2 id="projects">{w::projects}</h2>
                <ul class="rows">
                    {move || shown.with(|shown| shown.projects.clone()).into_iter().map(project).collect_view()}
                </ul>
            </section>
            <section aria-labelledby="said">
                <h2 id="said">{w::own_words}</h2>
                <p class="empty" hidden=move || shown.with(|shown| !shown.words.is_empty())>{w::no_words}</p>
                <ol class="rows said-words">
                    {move || shown.with(|shown| shown.words.clone()).into_iter().map(said).collect_view()}
                </ol>
            </section>
        </article>
    }
}
