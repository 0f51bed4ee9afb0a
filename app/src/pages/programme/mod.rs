//! The annual programme: what is set out to be done in a year, where, with whom, with what money, and who carries what. What
//! it shows of projects and events is read in them; nothing is counted of anyone.

mod calendar;
mod draft;
pub(super) mod fields;
mod form;
mod items;
mod lines;
mod list;
mod money;
mod one;
pub(super) mod words;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CommonTarget};
use maillon_shared::api::programme::{ProgrammeFile, Programmes};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::ProgrammeId;

use crate::door::answer;
use crate::pages::import::LoadPrioritiesPage;
use crate::routes::{CollectiveRoute, EventRoute, ProgrammeRoute, Route};

/// The screen of a place among programmes.
pub fn page(route: ProgrammeRoute) -> AnyView {
    match route {
        ProgrammeRoute::List => view! { <list::ProgrammesPage /> }.into_any(),
        ProgrammeRoute::New => view! { <form::NewProgrammePage /> }.into_any(),
        ProgrammeRoute::Load => view! { <LoadPrioritiesPage /> }.into_any(),
        ProgrammeRoute::One(id) => view! { <one::ProgrammePage id=id /> }.into_any(),
        ProgrammeRoute::Edit(id) => view! { <form::EditProgrammePage id=id /> }.into_any(),
        ProgrammeRoute::Next(id) => view! { <form::NextProgrammePage of=id /> }.into_any(),
        ProgrammeRoute::Calendar(id) => view! { <calendar::CalendarPage id=id /> }.into_any(),
    }
}

async fn ask_all() -> Result<Programmes, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Programmes), Collective(answer) => *answer)? {
        CollectiveAnswer::Programmes(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_programme(id: ProgrammeId) -> Result<ProgrammeFile, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Programme(id)), Collective(answer) => *answer)? {
        CollectiveAnswer::Programme(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

/// Where something on a programme is read.
fn route_of(to: CommonTarget) -> Option<Route> {
    match to {
        CommonTarget::Project(id) => Some(Route::Collective(CollectiveRoute::Project(id))),
        CommonTarget::Event(id) => Some(Route::Events(EventRoute::One(id))),
        _ => None,
    }
}
