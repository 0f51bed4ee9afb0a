//! The screens of *l'écran discret*: a short list of what may be seen, drawn from nothing else. A screen that is not in
//! the list is not shown, whatever it becomes one day.

pub mod own_words;
mod people;
mod person;
mod today;

use leptos::prelude::*;

use super::more;
/// The round of the day names nobody: it is the same for everyone.
use super::rounds::OfTheDay;
use crate::discreet;
use crate::routes::{ProjectRoute, Route};
use crate::ui::Title;
use crate::words::discreet as w;

/// What of a screen may be seen.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Today => view! { <today::TodayPage /> }.into_any(),
        Route::People => view! { <people::PeoplePage /> }.into_any(),
        Route::Person(id) => view! { <person::PersonPage id=id /> }.into_any(),
        // A project is made to be read together: hers, in her words.
        Route::Project(ProjectRoute::One(id) | ProjectRoute::Copy(id)) => super::project_copy(id),
        Route::More => view! { <more::MorePage /> }.into_any(),
        Route::Help => super::help(),
        Route::About => super::about(),
        _ => view! { <NotShown /> }.into_any(),
    }
}

/// A screen that is not shown to whoever reads along; what was being typed there is kept.
#[component]
fn NotShown() -> impl IntoView {
    view! {
        <Title>{w::not_shown}</Title>
        <p>{w::not_shown_why}</p>
        <p class="acts">
            <a class="button" href=Route::Today.href()>{w::to_today}</a>
            <button type="button" on:click=|_| discreet::leave()>{w::leave}</button>
        </p>
    }
}
