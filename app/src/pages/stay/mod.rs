//! Stays at hospital: told of in half a minute, and a return home prepared step by step, with who sees to what.

mod file;
mod form;
mod home;
mod on_sheet;
mod step;
mod words;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::stays::{StayRow, StayWrite};
use maillon_shared::domain::hospital_stay::{StayChange, StayState};
use maillon_shared::domain::ids::HospitalStayId;

use crate::door::answer;
use crate::routes::{Route, StayRoute};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, shell, stay as w};
use crate::{browser, when};

pub use on_sheet::{StaysOnSheet, due_line};
pub use words::act_words;
use words::{call_words, return_words, state_words};

/// The screen of a place among the stays.
pub fn page(route: StayRoute) -> AnyView {
    match route {
        StayRoute::List => view! { <StaysPage /> }.into_any(),
        StayRoute::New(person) => view! { <form::NewStayPage person=person /> }.into_any(),
        StayRoute::One(id) => view! { <file::StayPage id=id /> }.into_any(),
        StayRoute::Edit(id) => view! { <form::EditStayPage id=id /> }.into_any(),
        StayRoute::Step(id, step) => view! { <step::StepPage id=id step=step /> }.into_any(),
        StayRoute::Home(id) => view! { <home::HomePage id=id /> }.into_any(),
        StayRoute::End(id) => view! { <home::EndPage id=id /> }.into_any(),
    }
}

fn to(route: StayRoute) -> String {
    Route::Stay(route).href()
}

fn edit(id: HospitalStayId, change: StayChange) -> Request {
    Request::WriteStay(Box::new(StayWrite::Edit { id, changes: vec![change], draft: None }))
}

/// Who is at hospital, and who came back.
#[component]
fn StaysPage() -> impl IntoView {
    let loaded = load(|| async { answer!(Request::Stays, Stays(rows) => rows) });
    view! {
        <Back to=Route::Today label=shell::today />
        <div class="heading">
            <Title>{w::stays}</Title>
            <a class="button" href=to(StayRoute::New(None))>
                <Icon shape=Shape::Plus />
                <span>{w::notice}</span>
            </a>
        </div>
        <OnPaper paper=Paper::NamesPeople />
        {when_loaded(loaded, |rows| view! { <All rows=rows /> })}
    }
}

#[component]
fn All(rows: RwSignal<Vec<StayRow>>) -> impl IntoView {
    let going_on = |row: &StayRow| row.call.is_some() || row.state == StayState::There;
    let of = move |wanted: bool| {
        move || {
            let shown: Vec<_> = rows.with(|rows| rows.iter().filter(|row| going_on(row) == wanted).map(line).collect());
            shown
        }
    };
    let over = of(false);
    view! {
        <p class="empty" hidden=move || rows.with(|rows| rows.iter().any(going_on))>{w::nobody_there}</p>
        <ul class="rows">{of(true)}</ul>
        {move || {
            let over = over();
            (!over.is_empty())
                .then(|| {
                    view! {
                        <section aria-labelledby="over">
                            <h2 id="over">{w::over} <span class="count">{over.len()}</span></h2>
                            <ul class="rows">{over}</ul>
                        </section>
                    }
                })
        }}
        <p class="acts" hidden=move || rows.with(Vec::is_empty)>
            <PrintButton />
        </p>
    }
}

/// A stay in a list.
fn line(row: &StayRow) -> AnyView {
    let today = browser::today();
    let back = match &row.state {
        StayState::There => return_words(row.planned, row.planned_hour, today),
        other => state_words(other, today),
    };
    let seen_to = if row.steps > 0 { w::seen_to(row.done, row.steps) } else { String::new() };
    let call = row.call.map(|call| {
        let (words, grave) = call_words(&call, today);
        view! { <span class="tag" class:late=grave>{words}</span> }
    });
    let about = in_a_row([row.home.clone(), row.place.clone(), w::since(when::date(row.since, today)), back, seen_to]);
    view! {
        <li>
            <Icon shape=Shape::House />
            <span class="row-head">
                <a class="who" href=to(StayRoute::One(row.id))>{row.name.clone()}</a>
                {call}
            </span>
            <span class="why">{about}</span>
        </li>
    }
    .into_any()
}
