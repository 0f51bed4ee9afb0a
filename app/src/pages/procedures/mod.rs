//! Procedures: what is done, step by step; what was published of it, version by version; and the episodes that were begun.

mod begin;
pub mod draft;
mod form;
mod list;
mod one;
mod publish;
mod run;
pub mod steps;
mod words;

use leptos::prelude::*;
use maillon_shared::api::procedures::{ProcedureAnswer, ProcedureFile, ProcedureRead, Procedures};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::ProcedureId;

pub use list::review_of_the_day;

use crate::door::answer;
use crate::routes::ProcedureRoute;

/// The screen of a place among procedures.
pub fn page(route: ProcedureRoute) -> AnyView {
    match route {
        ProcedureRoute::List(about) => view! { <list::ProceduresPage about=about /> }.into_any(),
        ProcedureRoute::New => view! { <form::NewProcedurePage from=None /> }.into_any(),
        ProcedureRoute::From(sheet) => view! { <form::NewProcedurePage from=Some(sheet) /> }.into_any(),
        ProcedureRoute::One(id) => view! { <one::ProcedurePage id=id /> }.into_any(),
        ProcedureRoute::Edit(id) => view! { <form::EditProcedurePage id=id /> }.into_any(),
        ProcedureRoute::Publish(id) => view! { <publish::PublishPage id=id /> }.into_any(),
        ProcedureRoute::Version(id, version) => view! { <one::VersionPage id=id version=version /> }.into_any(),
        ProcedureRoute::Begin(id, about) => view! { <begin::BeginPage id=id about=about /> }.into_any(),
        ProcedureRoute::Run(id) => view! { <run::RunPage id=id /> }.into_any(),
    }
}

async fn ask(asked: ProcedureRead) -> Result<ProcedureAnswer, Failure> {
    answer!(Request::ReadProcedures(Box::new(asked)), Procedures(answer) => *answer)
}

async fn ask_all() -> Result<Procedures, Failure> {
    match ask(ProcedureRead::All).await? {
        ProcedureAnswer::All(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_one(id: ProcedureId) -> Result<ProcedureFile, Failure> {
    match ask(ProcedureRead::One(id)).await? {
        ProcedureAnswer::One(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}
