//! The report of a period, exactly as the mairie would read it; what in it names someone, or may; publishing it.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::summary::{ReportFile, SummaryRequest};
use maillon_shared::domain::clues::{Clue, Weight, WrittenFor};
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::report::{NotYetTellable, PublishedReport, Report};
use maillon_shared::text::format::{self, DateStyle};

use super::words::period_words;
use super::{report_of, report_paper};
use crate::browser;
use crate::routes::{Route, SummaryRoute};
use crate::ui::{Back, ClueList, Sure, Title, load, when_loaded};
use crate::words::{language, summary as s, summary_report as w};

/// What the page shows.
#[derive(Clone, PartialEq)]
struct Shown {
    file: ReportFile,
    /// Whether the figures of the period are published: words go with them.
    has_figures: bool,
}

/// A report.
#[component]
pub fn ReportPage(period: Period) -> impl IntoView {
    let loaded = load(move || async move {
        let file = report_of(period).await?;
        let all = super::all().await?;
        let has_figures = all.published.iter().any(|one| one.publication.period == period);
        Ok(Shown { file, has_figures })
    });
    view! {
        <Back to=Route::Summary(SummaryRoute::Of(period)) label=s::title />
        <Title>{move || w::heading(period_words(period))}</Title>
        {when_loaded(loaded, move |shown| view! { <Reading shown=shown period=period /> })}
    }
}

#[component]
fn Reading(shown: RwSignal<Shown>, period: Period) -> impl IntoView {
    let is_empty = Memo::new(move |_| shown.with(|shown| shown.file.report == Report::default()));
    let state = move || shown.with(state_of);
    let clues = Signal::derive(move || shown.with(|shown| with_texts(&shown.file)));
    let drawn = move || shown.with(|shown| report_paper::words(&as_told(&shown.file.report, period), 1));
    let write = Route::Summary(SummaryRoute::WriteReport(period)).href();
    let write_words = move || if is_empty.get() { w::begin() } else { w::write() };
    view! {
        <p hidden=move || !is_empty.get()>{w::about}</p>
        <p class="state-note" hidden=move || is_empty.get()>
            {state}
        </p>
        <p class="acts">
            <a class="button" class:main=move || is_empty.get() href=write>
                {write_words}
            </a>
        </p>
        <Show when=move || !is_empty.get()>
            <ClueList clues=clues written_for=WrittenFor::Report />
            <div class="summary-paper" inner_html=drawn></div>
            <Publishing shown=shown period=period />
        </Show>
        <Show when=move || shown.with(|shown| shown.file.published.is_some() && shown.file.may_publish)>
            <Sure
                label=w::withdraw
                is_main=false
                warning=|| w::withdraw_sure().to_owned()
                yes=w::withdraw_do
                no=w::withdraw_not
                request=move || Request::Summary(SummaryRequest::WithdrawReport(period))
                done=Callback::new(|()| ())
            />
        </Show>
    }
}

#[component]
fn Publishing(shown: RwSignal<Shown>, period: Period) -> impl IntoView {
    let why_not = Memo::new(move |_| shown.with(|shown| why_not(shown, period)));
    let may = Memo::new(move |_| why_not.with(Option::is_none) && shown.with(|shown| shown.file.differs));
    let warning = move || {
        let again = shown.with(|shown| shown.file.published.is_some());
        if again { w::publish_again_sure() } else { w::publish_sure() }.to_owned()
    };
    view! {
        <p class="state-note" hidden=move || why_not.with(Option::is_none)>
            {move || why_not.get()}
        </p>
        <Show when=move || may.get()>
            <Sure
                label=w::publish
                warning=warning
                yes=s::publish_do
                no=s::publish_not
                request=move || Request::Summary(SummaryRequest::PublishReport(period))
                done=Callback::new(|()| ())
            />
        </Show>
    }
}

/// How far it is, in a sentence.
fn state_of(shown: &Shown) -> String {
    match &shown.file.published {
        None => w::not_published().to_owned(),
        Some(published) if shown.file.differs => w::published_otherwise(day(published.on)),
        Some(published) => w::published_so(day(published.on)),
    }
}

/// Why it cannot be published as it is; none where it can.
fn why_not(shown: &Shown, period: Period) -> Option<String> {
    let names_someone = shown.file.clues.iter().any(|clue| clue.weight == Weight::Must);
    let said = match shown.file.report.told(period, 1, browser::today()) {
        _ if !shown.file.may_publish => s::not_from_here(),
        _ if !shown.has_figures => w::no_figures(),
        _ if names_someone => w::names_someone(),
        Err(NotYetTellable::Empty) => w::empty(),
        Err(NotYetTellable::NoRight) => w::no_right(),
        Err(NotYetTellable::NoAgreement) => w::no_agreement(),
        Ok(_) => return None,
    };
    Some(said.to_owned())
}

/// The clues, each with the text that it stands in.
fn with_texts(file: &ReportFile) -> Vec<(Clue, String)> {
    let texts = file.report.texts();
    let text = |clue: &Clue| texts.get(usize::from(clue.text)).copied().unwrap_or_default().to_owned();
    file.clues.iter().map(|clue| (clue.clone(), text(clue))).collect()
}

/// The report as it would read, also where something is missing for it to be published.
fn as_told(report: &Report, period: Period) -> PublishedReport {
    report.to_be_read(period, browser::today())
}

fn day(day: NaiveDate) -> String {
    format::date(day, DateStyle::DayYear, language())
}
