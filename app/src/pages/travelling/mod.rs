//! Sheets for other territories: an action, a protocol, what was learnt. What leaves was looked through; what came says where
//! it was made.

mod file;
mod form;
mod leave;
mod list;
mod one;
mod open;
mod words;

use leptos::prelude::*;
use maillon_shared::api::sheets::{ReceivedFile, SheetAnswer, SheetFile, SheetRead, Sheets};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{ReceivedSheetId, SheetId};

use crate::door::answer;
use crate::routes::SheetRoute;

/// The screen of a place among sheets.
pub fn page(route: SheetRoute) -> AnyView {
    match route {
        SheetRoute::List => view! { <list::SheetsPage /> }.into_any(),
        SheetRoute::New => view! { <form::NewSheetPage from=None /> }.into_any(),
        SheetRoute::From(source) => view! { <form::NewSheetPage from=Some(source) /> }.into_any(),
        SheetRoute::One(id) => view! { <one::SheetPage id=id /> }.into_any(),
        SheetRoute::Edit(id) => view! { <form::EditSheetPage id=id /> }.into_any(),
        SheetRoute::Leave(id) => view! { <leave::LeavePage id=id /> }.into_any(),
        SheetRoute::Received(id) => view! { <one::ReceivedPage id=id /> }.into_any(),
        SheetRoute::Open => view! { <open::OpenPage /> }.into_any(),
    }
}

async fn ask(asked: SheetRead) -> Result<SheetAnswer, Failure> {
    answer!(Request::ReadSheets(Box::new(asked)), Sheets(answer) => *answer)
}

async fn ask_all() -> Result<Sheets, Failure> {
    match ask(SheetRead::All).await? {
        SheetAnswer::All(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_one(id: SheetId) -> Result<SheetFile, Failure> {
    match ask(SheetRead::One(id)).await? {
        SheetAnswer::One(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_received(id: ReceivedSheetId) -> Result<ReceivedFile, Failure> {
    match ask(SheetRead::Received(id)).await? {
        SheetAnswer::Received(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}
