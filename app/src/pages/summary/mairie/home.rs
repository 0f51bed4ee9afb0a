//! What the mairie received: the last year and what came since at a glance, year beside year, then each period.

use std::cell::Cell;

use leptos::prelude::*;
use maillon_shared::api::summary::{Publisher, Summaries};
use maillon_shared::domain::summary::period::{Level, Period};
use maillon_shared::domain::summary::publication::Publication;

use super::super::list::by_year;
use super::super::paper::day;
use super::super::publications;
use super::super::words::{period_words, within_year};
use super::{glance, who, years};
use crate::routes::{Route, SummaryRoute};
use crate::ui::{Title, load, when_loaded};
use crate::when;
use crate::words::mairie as w;

thread_local! {
    /// How many periods and reports were received a moment ago, on the screen that led here.
    static RECEIVED: Cell<(u32, u32)> = const { Cell::new((0, 0)) };
}

/// So many periods and reports were just received: this screen says so once, when it comes next.
pub fn just_received(periods: u32, reports: u32) {
    RECEIVED.set((periods, reports));
}

/// The home of a mairie's notebook.
#[component]
pub fn HomePage() -> impl IntoView {
    let loaded = load(super::super::all);
    let just = RwSignal::new((0, 0));
    // Readers say what comes into a region that is there already.
    let received = RECEIVED.take();
    request_animation_frame(move || {
        just.try_set(received);
    });
    let said = move || match just.get() {
        (0, 0) => None,
        (0, reports) => Some(w::received_reports(reports)),
        (periods, _) => Some(w::received(periods)),
    };
    view! {
        <Title>{w::title}</Title>
        <div role="status">{move || said().map(|said| view! { <p class="draft-note">{said}</p> })}</div>
        {when_loaded(
            loaded,
            |all| move || all.with(|all| if all.published.is_empty() { empty() } else { full(all) }),
        )}
    }
}

/// What to do first.
fn empty() -> AnyView {
    view! {
        <p class="intro">{w::lead}</p>
        <p class="nothing-yet">{w::empty}</p>
        <ol class="in-order">
            <li>{w::first_ask}</li>
            <li>{w::first_words}</li>
            <li>{w::first_open}</li>
        </ol>
        {receive("button main")}
    }
    .into_any()
}

fn receive(class: &'static str) -> impl IntoView {
    view! {
        <p class="acts">
            <a class=class href=Route::Summary(SummaryRoute::Receive).href()>
                {w::receive}
            </a>
        </p>
    }
}

fn full(all: &Summaries) -> AnyView {
    let published = publications(all);
    let at_a_glance = worth_a_glance(&published)
        .map(|period| published.iter().rev().find(|one| one.period == period).map(|one| in_brief(one, &published)));
    let compared = match years::comparison(&published) {
        html if html.is_empty() => view! { <p class="detail">{w::years_alone}</p> }.into_any(),
        html => view! { <div class="summary-paper" inner_html=html></div> }.into_any(),
    };
    let periods: Vec<Period> = published.iter().map(|one| one.period).collect();
    let links = by_year(&periods).into_iter().rev().map(|year| year_links(year, all)).collect_view();
    view! {
        <p class="intro">{w::lead}</p>
        {at_a_glance.collect_view()}
        <section class="from-whom" aria-labelledby="from-whom">
            <h2 id="from-whom">{w::from_whom}</h2>
            <ul class="rows">{all.publishers.iter().map(from).collect_view()}</ul>
            {receive("button")}
        </section>
        <section aria-labelledby="years">
            <h2 id="years">{w::years}</h2>
            {compared}
        </section>
        <section aria-labelledby="periods">
            <h2 id="periods">{w::periods}</h2>
            {links}
        </section>
    }
    .into_any()
}

/// The last year, and the last quarter where it came after; a commune that has just begun has months only.
fn worth_a_glance(published: &[Publication]) -> impl Iterator<Item = Period> {
    let last = |level: Level| {
        let of_level = published.iter().map(|one| one.period).filter(|period| period.level() == level);
        of_level.max_by_key(|period| period.first())
    };
    let year = last(Level::Year);
    let later = |period: &Period| year.is_none_or(|year| period.first() > year.last());
    let since = last(Level::Quarter).or_else(|| last(Level::Month)).filter(later);
    [since, year].into_iter().flatten()
}

/// What a period says, in a few totals.
fn in_brief(of: &Publication, published: &[Publication]) -> impl IntoView + use<> {
    let (period, name) = (of.period, period_words(of.period));
    let heading = format!("glance-{period}");
    view! {
        <section class="glance" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{w::glance(&name)}</h2>
            <div inner_html=glance::totals(of, published)></div>
            <p class="acts">
                <a class="button" href=Route::Summary(SummaryRoute::Of(period)).href()>
                    // The period is the heading's; whoever hears links alone hears it too.
                    {w::read_all} <span class="unseen">{format!(", {name}")}</span>
                </a>
            </p>
        </section>
    }
}

/// From whom it is, and since when that is known.
fn from(publisher: &Publisher) -> impl IntoView + use<> {
    let name = w::from(who(&publisher.coordinator, &publisher.commune));
    view! {
        <li class="plain">
            <span class="row-head">
                <span class="who">{name}</span>
            </span>
            <span class="why">{w::compared_on(day(publisher.since))}</span>
        </li>
    }
}

/// A year, its quarters and its months: the longest first, and which of them have a report.
fn year_links((year, periods): (i32, Vec<Period>), all: &Summaries) -> impl IntoView + use<> {
    let link = |period: Period| {
        let words = when::capital(within_year(period).to_owned());
        let report = all.reports.iter().any(|report| report.period == period);
        let report = report.then(|| view! { <span class="tag">{w::has_report}</span> });
        view! {
            <a class="button" href=Route::Summary(SummaryRoute::Of(period)).href()>
                {words} <span class="unseen">" " {year}</span> {report}
            </a>
        }
    };
    let line = |level: Level| {
        let mut of_level: Vec<_> = periods.iter().copied().filter(|period| period.level() == level).collect();
        of_level.sort_by_key(|period| period.first());
        (!of_level.is_empty()).then(|| view! { <p class="acts">{of_level.into_iter().map(link).collect_view()}</p> })
    };
    let lines = Level::ALL.into_iter().rev().filter_map(line).collect_view();
    view! {
        <div class="summary-year">
            <h3>{year}</h3>
            {lines}
        </div>
    }
}
