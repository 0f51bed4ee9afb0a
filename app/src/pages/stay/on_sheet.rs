//! The stays of a person on their page, and those that ask for something on the day's.

use leptos::prelude::*;
use maillon_shared::api::responses::PersonFile;
use maillon_shared::api::stays::{StayDue, StayRow};
use maillon_shared::domain::hospital_stay::{StayCall, StayState};

use super::to;
use super::words::{call_words, return_words, state_words};
use crate::routes::StayRoute;
use crate::ui::{Icon, Shape};
use crate::words::{in_a_row, stay as w};
use crate::{browser, when};

/// The stays of a person.
#[component]
pub fn StaysOnSheet(file: RwSignal<PersonFile>) -> impl IntoView {
    let person = file.with_untracked(|file| file.person.id);
    let rows = Memo::new(move |_| file.with(|file| file.stays.clone()));
    let is_there = move || rows.with(|rows| rows.iter().any(|row| row.state == StayState::There));
    view! {
        <section class="stays" aria-labelledby="stays">
            <h2 id="stays">{w::stays_of}</h2>
            <ul class="rows">{move || rows.get().iter().map(row).collect_view()}</ul>
            <p class="acts add" hidden=is_there>
                <a class="button" href=to(StayRoute::New(Some(person)))>{w::notice}</a>
            </p>
        </section>
    }
}

fn row(row: &StayRow) -> impl IntoView + use<> {
    let today = browser::today();
    let back = match &row.state {
        StayState::There => return_words(row.planned, row.planned_hour, today),
        other => state_words(other, today),
    };
    let place = if row.place.is_empty() { w::hospital().to_owned() } else { row.place.clone() };
    view! {
        <li>
            <a class="row-link" href=to(StayRoute::One(row.id))>
                <span class="who">{place}</span>
                <span class="why">{in_a_row([w::since(when::date(row.since, today)), back])}</span>
            </a>
        </li>
    }
}

/// A stay that asks for something today.
pub fn due_line(due: StayDue) -> AnyView {
    let today = browser::today();
    let StayDue { row, call } = due;
    let id = row.id;
    let (words, grave) = call_words(&call, today);
    let act = match call {
        StayCall::AskWhetherHome(_) => {
            view! { <a class="button" href=to(StayRoute::Home(id))>{w::is_home()}</a> }
        }
        StayCall::AskWhen => view! { <a class="button" href=to(StayRoute::Edit(id))>{w::say_when()}</a> },
        _ => view! { <a class="button" href=to(StayRoute::One(id))>{w::see_steps()}</a> },
    };
    let about = in_a_row([row.home, row.place]);
    view! {
        <li>
            <Icon shape=Shape::House />
            <span class="row-head">
                <a class="who" href=to(StayRoute::One(id))>{row.name}</a>
                <span class="tag" class:late=grave>{words}</span>
            </span>
            <span class="why">{about}</span>
            <span class="acts">{act}</span>
        </li>
    }
    .into_any()
}
