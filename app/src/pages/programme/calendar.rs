//! The calendar of a programme's year: twelve months, each with what stands in it, then what has no month yet, and what now
//! falls in another year. It is read in its events and projects: whoever moves them moves it.

use leptos::prelude::*;
use maillon_shared::api::programme::{CalendarIs, CalendarRow, ItemState, ProgrammeFile, YearCalendar};
use maillon_shared::domain::event::EventState;
use maillon_shared::domain::ids::ProgrammeId;
use maillon_shared::domain::programme::ActionState;
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::format;

use super::words::{or_unnamed, span_words, state_words};
use super::{ask_programme, route_of};
use crate::routes::{ProgrammeRoute, Route};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::when;
use crate::words::{Word, in_a_row, language, programme as w};

/// The calendar alone, as it is printed.
#[component]
pub fn CalendarPage(id: ProgrammeId) -> impl IntoView {
    let loaded = load(move || ask_programme(id));
    view! {
        <Back to=Route::Programme(ProgrammeRoute::One(id)) label=w::the_programme />
        {when_loaded(loaded, |file| view! { <Year file=file /> })}
    }
}

#[component]
fn Year(file: RwSignal<ProgrammeFile>) -> impl IntoView {
    view! {
        <article class="programme">
            <Title>{move || file.with(|file| w::calendar_of(file.programme.year))}</Title>
            <OnPaper paper=Paper::NamesNobody />
            <h2>{move || file.with(|file| file.programme.title.clone())}</h2>
            {move || file.with(|file| year(&file.calendar, file.programme.year))}
            <p class="acts">
                <PrintButton label=w::print_calendar class="" />
            </p>
        </article>
    }
}

/// A year, month by month; a month in which nothing stands says so.
pub fn year(calendar: &YearCalendar, of: i32) -> AnyView {
    let month = |(number, rows): (u32, &Vec<CalendarRow>)| {
        let name = when::capital(format::month(number, language()).to_owned());
        let lines = rows.iter().map(|row| line(row, of)).collect_view();
        let empty = rows.is_empty().then(|| view! { <p class="detail">{w::month_empty}</p> });
        view! {
            <section class="month">
                <h3>{name}</h3>
                {empty}
                <ul class="plain-list" hidden=rows.is_empty()>
                    {lines}
                </ul>
            </section>
        }
    };
    let apart = |title: Word, rows: &[CalendarRow]| {
        let lines = rows.iter().map(|row| line(row, of)).collect_view();
        (!rows.is_empty()).then(|| view! { <h3>{title}</h3><ul class="plain-list">{lines}</ul> })
    };
    view! {
        <div class="months">{(1..).zip(&calendar.months).map(month).collect_view()}</div>
        {apart(w::no_month, &calendar.no_month)}
        {apart(w::elsewhere, &calendar.elsewhere)}
    }
    .into_any()
}

fn line(row: &CalendarRow, of: i32) -> AnyView {
    let (what, state) = match &row.is {
        CalendarIs::Item(state) => (or_unnamed(&row.title), said_state(state)),
        CalendarIs::Event(state) => (or_unnamed(&row.title), said_state(&ItemState::Event(state.clone()))),
        CalendarIs::Step { what, done } => {
            (in_a_row([row.title.as_str(), what]), if *done { w::done().to_owned() } else { String::new() })
        }
    };
    // An event that nobody put on the programme is of the same year all the same.
    let beside = if matches!(row.is, CalendarIs::Event(_)) { w::not_on_it() } else { "" };
    let at = if row.goes_on { w::goes_on().to_owned() } else { when_words(row, of) };
    let named = match row.to.and_then(route_of) {
        Some(route) => view! { <a href=route.href()>{what}</a> }.into_any(),
        None => view! { <span>{what}</span> }.into_any(),
    };
    let detail = in_a_row([at, state, beside.to_owned()]);
    view! {
        <li>
            {named} " "
            <span class="detail">{detail}</span>
        </li>
    }
    .into_any()
}

/// When, in a month of that year: the day of the month is enough.
fn when_words(row: &CalendarRow, of: i32) -> String {
    match (row.from, row.until) {
        (Some(PartialDate::Month(year, _)), None) if year == of => String::new(),
        (Some(PartialDate::Year(year)), None) if year == of => String::new(),
        (from, until) => span_words(from, until),
    }
}

/// How it stands, where that is not what one expects of something to come.
fn said_state(state: &ItemState) -> String {
    match state {
        ItemState::Action(ActionState::Planned) | ItemState::Event(EventState::Planned) => String::new(),
        other => state_words(other),
    }
}
