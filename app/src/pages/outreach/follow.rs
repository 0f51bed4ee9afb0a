//! What follows a service: its next days, what is left out and added, what happened with the rate, and the turns of a rota with the
//! days that have nobody.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::outreach::OutreachFile;
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::outreach::{
    DateIs, DaySays, DaySpan, OutreachDate, OutreachDay, OutreachKind, OutreachLines, OutreachSession, OutreachTurn,
    Recurrence,
};

use super::words::{capacity_words, date_note, fill_words, session_words, sort_words, span_words, value_words};
use crate::pages::programme::words::or_unnamed;
use crate::routes::{DirectoryRoute, OutreachRoute, Route};
use crate::ui::{Icon, Shape};
use crate::when;
use crate::words::{in_a_row, outreach as w};

/// How far the next days are told.
pub const TWO_MONTHS: Days = Days::new(61);
/// How far a rota is looked at: eight weeks, today included.
const EIGHT_WEEKS: Days = Days::new(55);

/// How far back one comes to write what happened.
const LATELY_DAYS: u64 = 60;

/// The last day that is told, when as many days are.
pub fn after(today: NaiveDate, days: Days) -> NaiveDate {
    today.checked_add_days(days).unwrap_or(today)
}

/// What adds a line, of that day where it is known.
fn add(file: &OutreachFile, lines: OutreachLines, day: Option<NaiveDate>) -> Option<AnyView> {
    let href = Route::Outreach(OutreachRoute::NewLine(file.shown.service.id, lines, day)).href();
    let link = view! {
        <p class="acts unprinted">
            <a class="button quiet" href=href>
                <Icon shape=Shape::Plus />
                <span>{sort_words(lines, true)}</span>
            </a>
        </p>
    };
    file.may_write.then(|| link.into_any())
}

/// What a line is called: it leads to its form where one may write.
fn named(file: &OutreachFile, lines: OutreachLines, line: LineId, name: String) -> AnyView {
    if !file.may_write {
        return view! { <span class="who">{name}</span> }.into_any();
    }
    let href = Route::Outreach(OutreachRoute::Line(file.shown.service.id, lines, line)).href();
    view! { <a class="who" href=href>{name}</a> }.into_any()
}

fn tag(note: String, is_late: bool) -> Option<AnyView> {
    (!note.is_empty()).then(|| view! { <span class="tag" class:late=is_late>{note}</span> }.into_any())
}

/// The days of the coming two months, each to be left out with one press.
pub fn dates(file: &OutreachFile) -> AnyView {
    let (service, today) = (&file.shown.service, file.today);
    let dates = service.dates(today, after(today, TWO_MONTHS), file.shown.zone);
    let none = match service.about.recurrence {
        Recurrence::OnCall => w::dates_on_call(),
        _ => w::dates_none(),
    };
    let is_none = dates.is_empty();
    // A rota of which nobody said when it comes back is every day: it is told by its turns, and has days left out at most.
    let is_every_day = service.about.kind == OutreachKind::DutyRota && service.about.recurrence == Recurrence::NotSaid;
    let says_none = is_none && !is_every_day;
    let line = |date: OutreachDate| {
        let (note, is_late) = date_note(&date);
        let may_leave_out = file.may_write && !matches!(date.is, DateIs::LeftOut(_));
        let leave_out = OutreachRoute::NewLine(service.id, OutreachLines::Days, Some(date.day));
        let day = when::date(date.day, today);
        view! {
            <li class="plain">
                <span class="row-head"><span class="who">{day.clone()}</span> {tag(note, is_late)}</span>
                <span class="acts unprinted" hidden=!may_leave_out>
                    <a class="button quiet" href=Route::Outreach(leave_out).href()>
                        {w::leave_out} <span class="unseen">" "{day}</span>
                    </a>
                </span>
            </li>
        }
    };
    view! {
        <section aria-labelledby="dates">
            <h2 id="dates">{w::dates}</h2>
            <p class="empty" hidden=!says_none>{none}</p>
            <ul class="rows" hidden=is_none>{dates.into_iter().map(line).collect_view()}</ul>
            {exceptions(file)}
            {add(file, OutreachLines::Days, None)}
        </section>
    }
    .into_any()
}

/// What was left out and added, the last day first.
fn exceptions(file: &OutreachFile) -> Option<AnyView> {
    let (service, today) = (&file.shown.service, file.today);
    let mut days: Vec<_> = service.days.iter().collect();
    days.sort_by_key(|one| std::cmp::Reverse((one.day, one.id)));
    let has_some = !days.is_empty();
    let line = |one: &OutreachDay| {
        let day = one.day.map_or_else(|| w::no_days().to_owned(), |day| when::date(day, today));
        let is_outside = one.says == DaySays::Added && one.day.is_some_and(|day| !service.is_within(day));
        let outside = tag(if is_outside { w::outside().to_owned() } else { String::new() }, true);
        let says = value_words("says", &one.says.to_string(), &file.shown);
        view! {
            <li class="plain">
                <span class="row-head">{named(file, OutreachLines::Days, one.id, day)} {outside}</span>
                <span class="why">{says}</span>
            </li>
        }
    };
    let shown = view! {
        <details class="unprinted">
            <summary>{w::days}</summary>
            <ul class="rows">{days.into_iter().map(line).collect_view()}</ul>
        </details>
    };
    has_some.then(|| shown.into_any())
}

/// What happened, the last first, and the rate over those of which both numbers are known. Of a rota there is none to tell.
pub fn sessions(file: &OutreachFile) -> Option<AnyView> {
    let (service, today) = (&file.shown.service, file.today);
    if service.about.kind == OutreachKind::DutyRota && service.sessions.is_empty() {
        return None;
    }
    let mut sessions: Vec<&OutreachSession> = service.sessions.iter().collect();
    sessions.sort_by_key(|one| std::cmp::Reverse((one.day, one.id)));
    let line = |session: &OutreachSession| {
        let day = session.day.map_or_else(|| w::no_days().to_owned(), |day| when::date(day, today));
        view! {
            <li class="plain">
                <span class="row-head">{named(file, OutreachLines::Sessions, session.id, day)}</span>
                <span class="why">{session_words(session)}</span>
            </li>
        }
    };
    let twice = service.days_written_twice().into_iter().map(|day| {
        view! { <p><span class="tag late">{w::twice(when::date(day, today))}</span></p> }
    });
    let is_none = sessions.is_empty();
    let fill = fill_words(&service.fill_rate(today));
    // The last of its days of which nothing is noted yet is what one most often comes to write of.
    let is_noted = |day: &NaiveDate| service.sessions.iter().any(|session| session.day == Some(*day));
    let mut days = (0..LATELY_DAYS).filter_map(|days| today.checked_sub_days(Days::new(days)));
    let is_held =
        |day: NaiveDate| service.on(day, file.shown.zone).is_some_and(|date| !matches!(date.is, DateIs::LeftOut(_)));
    let last = days.find(|day| !is_noted(day) && is_held(*day));
    let shown = view! {
        <section aria-labelledby="sessions">
            <h2 id="sessions">{w::sessions}</h2>
            <p class="empty" hidden=!is_none>{w::sessions_none}</p>
            <p hidden=is_none><strong>{fill}</strong></p>
            {twice.collect_view()}
            <ul class="rows" hidden=is_none>{sessions.into_iter().map(line).collect_view()}</ul>
            {add(file, OutreachLines::Sessions, last)}
        </section>
    };
    Some(shown.into_any())
}

/// The turns, those to come first, and which of the coming days have nobody or several.
pub fn turns(file: &OutreachFile) -> Option<AnyView> {
    let (service, today) = (&file.shown.service, file.today);
    if service.about.kind != OutreachKind::DutyRota && service.turns.is_empty() {
        return None;
    }
    let spans = |spans: &[DaySpan]| spans.iter().map(|span| span_words(*span, today)).collect::<Vec<_>>().join(", ");
    let rota = service.rota(today, after(today, EIGHT_WEEKS));
    // That no day lacks anyone is said only where some day should have someone.
    let is_covered = rota.as_ref().is_some_and(|rota| rota.gaps.is_empty() && rota.to_cover > 0);
    let gaps = rota.as_ref().map(|rota| spans(&rota.gaps)).filter(|days| !days.is_empty()).map(w::gaps);
    let overlaps = rota.as_ref().map(|rota| spans(&rota.overlaps)).filter(|days| !days.is_empty()).map(w::overlaps);
    let mut turns: Vec<&OutreachTurn> = service.turns.iter().collect();
    turns.sort_by_key(|turn| (turn.from, turn.until, turn.id));
    let (past, coming): (Vec<_>, Vec<_>) =
        turns.into_iter().partition(|turn| turn.until.is_some_and(|until| until < today));
    let line = |turn: &OutreachTurn| {
        let who = who(turn.who_entry, file.shown.who(turn.who_entry, &turn.who));
        view! {
            <li class="plain">
                <span class="row-head">{named(file, OutreachLines::Turns, turn.id, turn_days(turn, today))}</span>
                <span class="why">{who} " " {turn.phone.trim().to_owned()}</span>
            </li>
        }
    };
    let (is_none, has_past, has_coming) = (service.turns.is_empty(), !past.is_empty(), !coming.is_empty());
    let shown = view! {
        <section aria-labelledby="turns">
            <h2 id="turns">{w::turns}</h2>
            <p class="empty" hidden=!is_none>{w::turns_none}</p>
            {gaps.map(|words| view! { <p><span class="tag late">{words}</span></p> })}
            {overlaps.map(|words| view! { <p><span class="tag">{words}</span></p> })}
            <p class="detail" hidden=!is_covered>{w::all_covered}</p>
            <ul class="rows" hidden=!has_coming>{coming.into_iter().map(&line).collect_view()}</ul>
            <details class="unprinted" hidden=!has_past>
                <summary>{w::turns_past}</summary>
                <ul class="rows">{past.into_iter().rev().map(&line).collect_view()}</ul>
            </details>
            {add(file, OutreachLines::Turns, None)}
        </section>
    };
    Some(shown.into_any())
}

/// From which day through which.
pub fn turn_days(turn: &OutreachTurn, today: NaiveDate) -> String {
    match (turn.from, turn.until) {
        (Some(first), Some(last)) => span_words(DaySpan { first, last }, today),
        (Some(day), None) | (None, Some(day)) => in_a_row([when::date(day, today).as_str(), w::no_days()]),
        (None, None) => w::no_days().to_owned(),
    }
}

/// Who is meant; whoever is of the directory leads to their entry.
pub fn who(entry: Option<EntryId>, name: &str) -> AnyView {
    match entry {
        Some(id) if !name.is_empty() => {
            let href = Route::Directory(DirectoryRoute::Entry(id)).href();
            view! { <a href=href>{name.to_owned()}</a> }.into_any()
        }
        _ => view! { <span>{or_unnamed(name)}</span> }.into_any(),
    }
}

/// How many places there are each time; of a rota nothing is to be said where nobody did.
pub fn places_each_time(file: &OutreachFile) -> String {
    let about = &file.shown.service.about;
    match (&about.kind, about.capacity) {
        (OutreachKind::DutyRota, None) => String::new(),
        (_, capacity) => capacity_words(capacity),
    }
}
