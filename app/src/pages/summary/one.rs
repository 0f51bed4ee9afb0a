//! One published period: to read, to print, to hand over as a page or as a table.

use leptos::prelude::*;
use maillon_shared::api::responses::File;
use maillon_shared::api::summary::{Published, Summaries, SummaryRequest, TableFormat};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::summary::period::{Level, Period};
use wasm_bindgen_futures::spawn_local;

use super::words::period_words;
use super::{back_label, file, notes, paper, publications, report_paper};
use crate::door::{self, answer};
use crate::routes::{Route, SummaryRoute};
use crate::session::{Said, session};
use crate::ui::{Back, FailureNote, Title, load, when_loaded};
use crate::words::{paper as p, summary as w, summary_correct as c, summary_report as r};

/// A period.
#[component]
pub fn PeriodPage(period: Period) -> impl IntoView {
    let loaded = load(super::all);
    view! {
        <Back to=Route::Summary(SummaryRoute::All) label=back_label() />
        <Title>{move || w::heading(period_words(period))}</Title>
        {when_loaded(loaded, move |all| view! { <Shown all=all period=period /> })}
    }
}

/// What was last published of a period.
fn last(all: &Summaries, period: Period) -> Option<&Published> {
    let of_period = all.published.iter().filter(|one| one.publication.period == period);
    of_period.max_by_key(|one| one.publication.version)
}

#[component]
fn Shown(all: RwSignal<Summaries>, period: Period) -> impl IntoView {
    let is_published = Memo::new(move |_| all.with(|all| last(all, period).is_some()));
    let drawn = move || all.with(|all| last(all, period).map(|one| drawn(all, one)));
    view! {
        <p class="empty" hidden=move || is_published.get()>
            {w::not_published}
        </p>
        <Show when=move || is_published.get()>
            <Giving all=all period=period />
        </Show>
        {drawn}
        <Show when=move || is_published.get() && session().is_own()>
            <Beside period=period />
        </Show>
    }
}

/// What the coordinator does beside the figures: the report, and the month put right.
#[component]
fn Beside(period: Period) -> impl IntoView {
    let is_month = period.level() == Level::Month;
    let correct = Route::Summary(SummaryRoute::Correct(period)).href();
    view! {
        <p class="acts unprinted">
            <a class="button" href=Route::Summary(SummaryRoute::Report(period)).href()>
                {r::of_period}
            </a>
            {is_month.then(|| view! { <a class="button" href=correct>{c::link}</a> })}
        </p>
    }
}

/// A publication, with whose it is and what its figures mean.
fn drawn(all: &Summaries, one: &Published) -> impl IntoView + use<> {
    let report = report_paper::of(all, one.publication.period, 2);
    view! {
        <p class="summary-head">{paper::head(all, one)}</p>
        <div class="summary-paper" inner_html=report + &paper::body(&one.publication, &publications(all), 2)></div>
        {notes(one.publication.threshold)}
    }
}

/// Printing it, and giving it as a file.
#[component]
fn Giving(all: RwSignal<Summaries>, period: Period) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let page = move |_| {
        if let Some(page) = all.with_untracked(|all| last(all, period).map(|one| file::html(all, one))) {
            hand_over(failure, async move { Ok(page) });
        }
    };
    let table = move |format: TableFormat| {
        let asked = Request::Summary(SummaryRequest::Table(period, format));
        hand_over(failure, async move { answer!(asked, File(file) => file) });
    };
    view! {
        <p class="acts summary-acts">
            <button type="button" class="main" on:click=|_| drop(window().print())>
                {p::print}
            </button>
            <button type="button" on:click=page>
                {w::save_page}
            </button>
            <button type="button" on:click=move |_| table(TableFormat::Csv)>
                {w::save_table}
            </button>
            <button type="button" on:click=move |_| table(TableFormat::Ods)>
                {w::save_ods}
            </button>
        </p>
        <FailureNote failure=failure />
    }
}

/// Gives a file, once it is here, and says where it is.
pub fn hand_over(failure: RwSignal<Option<Failure>>, file: impl Future<Output = Result<File, Failure>> + 'static) {
    failure.set(None);
    spawn_local(async move {
        let handed = match file.await {
            Ok(file) => door::hand_over(file).await,
            Err(why) => Err(why),
        };
        match handed {
            Ok(place) => session().said.set(Some(Said::Handed(place))),
            Err(why) => {
                failure.try_set(Some(why));
            }
        }
    });
}
