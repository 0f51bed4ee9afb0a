//! Requests: received, heard, analysed, oriented or taken to the group, closed; those who were reported; the radar.

mod edit;
mod edit_reported;
mod list;
mod one;
mod options;
mod radar;
mod receive;
mod reported;
mod step;
mod step_form;
mod story;
mod words;

use leptos::prelude::*;

use crate::routes::CareRoute;

pub use reported::{ReportedCard, provisional_line};
pub use story::{reported_line, story_line};
pub use words::stage_words;

/// The screen of a place among requests.
pub fn page(route: CareRoute) -> AnyView {
    match route {
        CareRoute::List => view! { <list::RequestsPage /> }.into_any(),
        CareRoute::New(person) => view! { <receive::ReceivePage person=person /> }.into_any(),
        CareRoute::One(id) => view! { <one::RequestPage id=id /> }.into_any(),
        CareRoute::Edit(id) => view! { <edit::EditRequestPage id=id /> }.into_any(),
        CareRoute::EditReported(person) => view! { <edit_reported::EditReportedPage person=person /> }.into_any(),
        CareRoute::Step(id, step, option) => view! { <step::StepPage id=id step=step option=option /> }.into_any(),
        CareRoute::Radar => view! { <radar::RadarPage /> }.into_any(),
    }
}
