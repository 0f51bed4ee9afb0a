//! The legal register: who is in it, how they came in and go out, who may open it, what was given of it.
//!
//! Its screens are apart from the notebook's: one card on a person's page says whether they are in it, and one card on
//! an entry says which sheet is theirs.

mod agents;
mod data;
mod entry;
mod extract;
mod extracts;
mod form;
mod letter;
mod list;
mod on_sheet;
mod print;
mod strike_off;
mod table;
mod words;

pub use data::DueEntries;
pub use on_sheet::{OnSheet, StaysInTheRegister};

use leptos::prelude::*;
use maillon_shared::api::requests::ImportTarget;

use super::import::ImportPage;
use crate::routes::RegisterRoute;

/// The screen of a place in the register.
pub fn page(route: RegisterRoute) -> AnyView {
    match route {
        RegisterRoute::List => view! { <list::ListPage /> }.into_any(),
        RegisterRoute::Print => view! { <print::PrintPage /> }.into_any(),
        RegisterRoute::New(from) => view! { <form::NewPage from=from /> }.into_any(),
        RegisterRoute::Entry(id) => view! { <entry::EntryPage id=id /> }.into_any(),
        RegisterRoute::Edit(id) => view! { <form::EditPage id=id /> }.into_any(),
        RegisterRoute::Letter(id) => view! { <letter::LetterPage id=id /> }.into_any(),
        RegisterRoute::StrikeOff(id) => view! { <strike_off::StrikeOffPage id=id /> }.into_any(),
        RegisterRoute::Data(id) => view! { <data::DataPage id=id /> }.into_any(),
        RegisterRoute::Agents => view! { <agents::AgentsPage /> }.into_any(),
        RegisterRoute::NewAgent => view! { <agents::NewAgentPage /> }.into_any(),
        RegisterRoute::Extracts => view! { <extracts::ExtractsPage /> }.into_any(),
        RegisterRoute::NewExtract => view! { <extracts::NewExtractPage /> }.into_any(),
        RegisterRoute::Extract(id) => view! { <extract::ExtractPage id=id /> }.into_any(),
        RegisterRoute::Import => view! { <ImportPage into=ImportTarget::Register /> }.into_any(),
    }
}
