//! The activity summary for the mairie: what is published, what would be, and each period as it may be read.
//!
//! Nothing here knows anyone: what is shown is what was published, and nothing of it is computed on screen. What one
//! reads, prints and hands over as a file is one text (`paper`), so that none of them says more than another.

mod correct;
mod list;
mod one;
mod preview;
mod report;
mod report_draft;
mod report_form;

mod mairie;

mod file;
mod paper;
mod report_paper;

pub mod bars;
mod words;

pub use mairie::{MairieSettingsPage, page as mairies_page};

use leptos::prelude::*;
use maillon_shared::api::summary::{ReportFile, Summaries, SummaryAnswer, SummaryRequest};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::disclosure::Threshold;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::publication::Publication;

use crate::door::answer;
use crate::routes::SummaryRoute;
use crate::session::session;
use crate::words::{Word, mairie as m, summary as w};

/// The screen of a place among summaries.
pub fn page(route: SummaryRoute) -> AnyView {
    match route {
        // A coordinator's own notebook takes no summary.
        SummaryRoute::All | SummaryRoute::Receive => view! { <list::SummariesPage /> }.into_any(),
        SummaryRoute::Preview => view! { <preview::PreviewPage /> }.into_any(),
        SummaryRoute::Of(period) => view! { <one::PeriodPage period=period /> }.into_any(),
        SummaryRoute::Report(period) => view! { <report::ReportPage period=period /> }.into_any(),
        SummaryRoute::WriteReport(period) => view! { <report_form::WriteReportPage period=period /> }.into_any(),
        SummaryRoute::Correct(period) => view! { <correct::CorrectPage period=period /> }.into_any(),
    }
}

/// What is published, and what could be.
async fn all() -> Result<Summaries, Failure> {
    match answer!(Request::Summary(SummaryRequest::All), Summary(answer) => answer)? {
        SummaryAnswer::All(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

/// What would be published now.
async fn would_be() -> Result<Vec<Publication>, Failure> {
    match answer!(Request::Summary(SummaryRequest::Preview), Summary(answer) => answer)? {
        SummaryAnswer::Preview(publications) => Ok(publications),
        _ => Err(Failure::NotUnderstood),
    }
}

/// The report of a period, as it is being written.
async fn report_of(period: Period) -> Result<ReportFile, Failure> {
    match answer!(Request::Summary(SummaryRequest::Report(period)), Summary(answer) => answer)? {
        SummaryAnswer::Report(report) => Ok(*report),
        _ => Err(Failure::NotUnderstood),
    }
}

/// What the screen of all summaries is called, for whom the notebook is.
fn back_label() -> Word {
    if session().is_a_mairies() { m::title } else { w::title }
}

/// What the figures mean, under them.
fn notes(threshold: Threshold) -> AnyView {
    let notes = words::notes(threshold).map(|note| view! { <p class="detail">{note}</p> });
    view! { <div class="summary-notes">{notes.into_iter().collect_view()}</div> }.into_any()
}

/// What is published, without the days.
fn publications(all: &Summaries) -> Vec<Publication> {
    all.published.iter().map(|one| one.publication.clone()).collect()
}
