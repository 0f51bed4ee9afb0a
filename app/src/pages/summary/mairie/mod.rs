//! The screens of a mairie's notebook: what it received, a file that comes, the little there is to set.
//!
//! Nothing here asks for anything but what such a notebook holds; what is read of a period is read as the coordinator
//! reads it.

mod home;
mod more;
mod receive;
mod settings;

mod glance;
mod years;

pub use settings::MairieSettingsPage;

use leptos::prelude::*;
use maillon_shared::api::summary::Publisher;

use super::one::PeriodPage;
use crate::routes::{Route, SummaryRoute};
use crate::words::mairie as w;

/// The screen of a place; whatever it has not shows its home.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Summary(SummaryRoute::Of(period)) => view! { <PeriodPage period=period /> }.into_any(),
        Route::Summary(SummaryRoute::Receive) => view! { <receive::ReceivePage /> }.into_any(),
        Route::More => view! { <more::MorePage /> }.into_any(),
        _ => view! { <home::HomePage /> }.into_any(),
    }
}

/// Whoever publishes, as they said themselves: "Ysolde Brancassin, Valcombe".
fn who(coordinator: &str, commune: &str) -> String {
    let parts = [named(coordinator), commune.trim().to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A coordinator who may not have said their name.
fn named(coordinator: &str) -> String {
    match coordinator.trim() {
        "" => w::somebody().to_owned(),
        name => name.to_owned(),
    }
}

/// Those from whom something was taken already.
fn all_of(publishers: &[Publisher]) -> String {
    publishers.iter().map(|one| named(&one.coordinator)).collect::<Vec<_>>().join(", ")
}
