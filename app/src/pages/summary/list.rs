//! What the summary is, what is to be published, what is.

use std::cell::Cell;
use std::collections::BTreeMap;

use leptos::prelude::*;
use maillon_shared::api::summary::{Summaries, SummaryRequest};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::summary::period::{Level, Period};

use super::one::hand_over;
use super::words::within_year;
use crate::door::answer;
use crate::pages::exchange::ComparedWords;
use crate::routes::{Route, SummaryRoute};
use crate::ui::{Back, FailureNote, Title, load, when_loaded};
use crate::when;
use crate::words::{more, summary as w};

thread_local! {
    /// How many periods were published a moment ago, on the screen that led here.
    static PUBLISHED: Cell<u32> = const { Cell::new(0) };
}

/// So many periods were just published: this screen says so once, when it comes next.
pub fn just_published(periods: u32) {
    PUBLISHED.set(periods);
}

/// The summaries.
#[component]
pub fn SummariesPage() -> impl IntoView {
    let loaded = load(super::all);
    let just = RwSignal::new(0);
    // Readers say what comes into a region that is there already.
    let published = PUBLISHED.take();
    request_animation_frame(move || {
        just.try_set(published);
    });
    let said = move || Some(just.get()).filter(|periods| *periods > 0).map(w::published);
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        <div role="status">{move || said().map(|said| view! { <p class="state-note">{said}</p> })}</div>
        <p>{w::lead}</p>
        {when_loaded(loaded, |all| view! { <All all=all /> })}
    }
}

#[component]
fn All(all: RwSignal<Summaries>) -> impl IntoView {
    let threshold = Memo::new(move |_| all.with(|all| all.threshold.get()));
    let may_publish = Memo::new(move |_| all.with(|all| all.may_publish));
    let waiting = Memo::new(move |_| all.with(|all| all.to_publish.clone()));
    let published =
        Memo::new(move |_| all.with(|all| all.published.iter().map(|one| one.publication.period).collect::<Vec<_>>()));
    view! {
        <p class="detail">{move || w::untold_means(threshold.get())}</p>
        <section aria-labelledby="to-publish">
            <h2 id="to-publish">{w::to_publish}</h2>
            <p hidden=move || waiting.with(|waiting| !waiting.is_empty())>{w::nothing_to_publish}</p>
            <Show when=move || waiting.with(|waiting| !waiting.is_empty())>
                <ul class="rows">
                    {move || waiting.with(|waiting| by_year(waiting).into_iter().map(waiting_row).collect_view())}
                </ul>
                <p class="acts">
                    <a class="button main" href=Route::Summary(SummaryRoute::Preview).href()>
                        {w::preview}
                    </a>
                </p>
            </Show>
            <p class="state-note" hidden=move || may_publish.get()>
                {w::not_from_here}
            </p>
        </section>
        <section aria-labelledby="published">
            <h2 id="published">{w::is_published}</h2>
            <p class="empty" hidden=move || published.with(|published| !published.is_empty())>
                {w::nothing_published}
            </p>
            {move || published.with(|published| by_year(published).into_iter().rev().map(year_links).collect_view())}
        </section>
        <Show when=move || published.with(|published| !published.is_empty())>
            <Giving all=all />
        </Show>
        <section aria-labelledby="threshold">
            <h2 id="threshold">{w::threshold}</h2>
            <p>{move || w::told_from(threshold.get())}</p>
            <p class="acts">
                <a class="button" href=Route::Settings.href()>
                    {w::change_threshold}
                </a>
            </p>
        </section>
    }
}

/// All that is published, as one file, and the words by which the mairie knows whose it is.
#[component]
fn Giving(all: RwSignal<Summaries>) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let words = Memo::new(move |_| all.with(|all| all.words.clone()));
    let give = move |_| {
        let asked = Request::Summary(SummaryRequest::File);
        hand_over(failure, async move { answer!(asked, File(file) => file) });
    };
    view! {
        <section aria-labelledby="give">
            <h2 id="give">{w::give}</h2>
            <p>{w::give_about}</p>
            <FailureNote failure=failure />
            <p class="acts">
                <button type="button" on:click=give>
                    {w::give_file}
                </button>
            </p>
            <p class="detail">{w::give_words}</p>
            {move || view! { <ComparedWords words=words.get() /> }}
        </section>
    }
}

/// Periods, each once, by the year they lie in.
pub(super) fn by_year(periods: &[Period]) -> BTreeMap<i32, Vec<Period>> {
    let mut years: BTreeMap<i32, Vec<Period>> = BTreeMap::new();
    for period in periods {
        let year = years.entry(period.year()).or_default();
        if !year.contains(period) {
            year.push(*period);
        }
    }
    years
}

/// Up to how many periods are said by name; more of them are counted.
const NAMED: usize = 5;

/// A year of which something is to be published.
pub(super) fn waiting_row((year, periods): (i32, Vec<Period>)) -> impl IntoView {
    let count = |level: Level| {
        let count = periods.iter().filter(|period| period.level() == level).count();
        u32::try_from(count).ok().filter(|count| *count > 0)
    };
    let said = if periods.len() <= NAMED {
        periods.iter().map(|period| within_year(*period).to_owned()).collect::<Vec<_>>().join(", ")
    } else {
        let kinds = [
            count(Level::Month).map(w::so_many_months),
            count(Level::Quarter).map(w::so_many_quarters),
            count(Level::Year).map(|_| w::the_year().to_owned()),
        ];
        kinds.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    view! {
        <li class="plain">
            <span class="row-head">
                <span class="who">{year}</span>
            </span>
            <span class="why">{when::capital(said)}</span>
        </li>
    }
}

/// A year that is published, with its quarters and its months: the longest first.
fn year_links((year, periods): (i32, Vec<Period>)) -> impl IntoView {
    let link = |period: &Period| {
        let words = when::capital(within_year(*period).to_owned());
        view! {
            <a class="button" href=Route::Summary(SummaryRoute::Of(*period)).href()>
                // The year is the heading's; whoever hears links alone hears it too.
                {words} <span class="unseen">" " {year}</span>
            </a>
        }
    };
    let line = |level: &Level| {
        let mut of_level: Vec<_> = periods.iter().filter(|period| period.level() == *level).collect();
        of_level.sort_by_key(|period| period.first());
        (!of_level.is_empty()).then(|| view! { <p class="acts">{of_level.into_iter().map(link).collect_view()}</p> })
    };
    let lines = Level::ALL.iter().rev().filter_map(line).collect_view();
    view! {
        <div class="summary-year">
            <h3>{year}</h3>
            {lines}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_that_was_corrected_is_one_link() {
        let periods: Vec<_> = ["2025", "2026-Q1", "2026-03", "2026-03"].into_iter().filter_map(Period::parse).collect();
        let years = by_year(&periods);
        assert_eq!(years.keys().copied().collect::<Vec<_>>(), [2025, 2026]);
        assert_eq!(years.get(&2026).map(Vec::len), Some(2));
    }
}
