//! The screens: one folder each.

mod opening;
mod unlock;
mod welcome;

mod today;

mod people;
mod person;
mod sheet;

mod directory;

mod more;

pub use opening::{NoDoor, Opening, Refused};
pub use unlock::Unlock;
pub use welcome::Welcome;

use leptos::prelude::*;

use crate::routes::Route;

/// The screen of a place in the open notebook.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Today => view! { <today::TodayPage /> }.into_any(),
        Route::People => view! { <people::PeoplePage /> }.into_any(),
        Route::NewPerson => view! { <sheet::NewPersonPage /> }.into_any(),
        Route::Person(id) => view! { <person::PersonPage id=id /> }.into_any(),
        Route::EditPerson(id) => view! { <sheet::EditPersonPage id=id /> }.into_any(),
        Route::Directory(route) => directory::page(route),
        _ => view! { <more::MorePage /> }.into_any(),
    }
}
