//! Events of the collective: forums, conferences, workshops, lunches between professions, actions in schools. They are planned,
//! held, and what came of them is numbers; nobody who came is named, but at a lunch.

mod draft;
mod event;
mod form;
mod lines;
mod list;
mod words;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, EventFile, EventRow, EventStepRow, Events};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::EventId;

pub use draft::{count_of, count_typed};
pub use words::{count_words, state_words};

use crate::door::answer;
use crate::pages::import::LoadEventsPage;
use crate::routes::{EventRoute, Route};
use crate::ui::{Icon, Shape};
use crate::words::{collective, events as w, groups, in_a_row};
use crate::{browser, when};

/// The screen of a place among events.
pub fn page(route: EventRoute) -> AnyView {
    match route {
        EventRoute::List => view! { <list::EventsPage /> }.into_any(),
        EventRoute::New => view! { <form::NewEventPage /> }.into_any(),
        EventRoute::Load => view! { <LoadEventsPage /> }.into_any(),
        EventRoute::One(id) => view! { <event::EventPage id=id /> }.into_any(),
        EventRoute::Edit(id) => view! { <form::EditEventPage id=id /> }.into_any(),
    }
}

async fn ask_all() -> Result<Events, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Events), Collective(answer) => *answer)? {
        CollectiveAnswer::Events(events) => Ok(events),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_event(id: EventId) -> Result<EventFile, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Event(id)), Collective(answer) => *answer)? {
        CollectiveAnswer::Event(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

/// An event, in a list.
pub fn event_line(row: EventRow) -> AnyView {
    let href = Route::Events(EventRoute::One(row.id)).href();
    let state = words::state_tag(&row.state).map(|tag| view! { <span class="tag">{tag}</span> });
    let to_do = if row.to_do > 0 { w::to_do_count(row.to_do) } else { String::new() };
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {row.title}
                </a>
                {state}
            </span>
            <span class="why">{in_a_row([words::kind_words(&row.kind), words::at_words(row.at), row.commune])}</span>
            <span class="why">{in_a_row([to_do, group])}</span>
        </li>
    }
    .into_any()
}

/// Something to do for an event, in what the day asks for.
pub fn step_of_the_day(row: EventStepRow) -> AnyView {
    let due = when::day(row.due, browser::today());
    let late = (row.days_late > 0).then(|| view! { <span class="tag late">{collective::late(row.days_late)}</span> });
    let href = Route::Events(EventRoute::One(row.event)).href();
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {row.title}
                </a>
                {late}
            </span>
            <span class="why">{in_a_row([row.what, row.owner, due])}</span>
        </li>
    }
    .into_any()
}
