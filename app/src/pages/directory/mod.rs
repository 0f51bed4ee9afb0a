//! The directory's screens: professionals, structures, relays; found, kept up to date, taken in and given out as files.

pub(super) mod words;

mod told;

mod list;

mod entry;
mod form;

mod export;

pub use entry::register_entry_id;
mod absence;
mod mission;

mod leaflet;
mod touch;
mod who;

pub use told::{dates_words, day_words, stand_in_view};
pub use touch::partner;
pub use words::role_words;

use leptos::prelude::*;
use maillon_shared::api::requests::ImportTarget;

use super::import::ImportPage;
use crate::routes::DirectoryRoute;

/// The screen of a place in the directory.
pub fn page(route: DirectoryRoute) -> AnyView {
    match route {
        DirectoryRoute::List => view! { <list::ListPage /> }.into_any(),
        DirectoryRoute::New(kind) => view! { <form::NewEntryPage kind=kind /> }.into_any(),
        DirectoryRoute::Entry(id) => view! { <entry::EntryPage id=id /> }.into_any(),
        DirectoryRoute::Edit(id) => view! { <form::EditEntryPage id=id /> }.into_any(),
        DirectoryRoute::Import => view! { <ImportPage into=ImportTarget::Directory /> }.into_any(),
        DirectoryRoute::Export => view! { <export::ExportPage /> }.into_any(),
        DirectoryRoute::WhoDoesWhat => view! { <who::WhoPage /> }.into_any(),
        DirectoryRoute::Leaflet => view! { <leaflet::LeafletPage /> }.into_any(),
        DirectoryRoute::InTouch => view! { <touch::InTouchPage /> }.into_any(),
        DirectoryRoute::Mission(id, line) => view! { <mission::MissionPage entry=id line=line /> }.into_any(),
        DirectoryRoute::Absence(id, line) => view! { <absence::AbsencePage entry=id line=line /> }.into_any(),
    }
}
