//! How missions, doubts and absences are said, wherever they are shown.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, Weekday};
use leptos::prelude::*;
use maillon_shared::api::responses::{AbsenceShown, EntryRow};
use maillon_shared::domain::absence::Absence;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::mission::Mission;
use maillon_shared::domain::who_does_what::Doubt;
use maillon_shared::text::format::weekday;
use maillon_shared::text::phone::Phone;

use crate::lists::label;
use crate::routes::{DirectoryRoute, Route};
use crate::ui::CallLink;
use crate::words::{in_a_row, language, who_does_what as w};
use crate::{browser, when};

/// What a mission is about.
pub fn topic_words(topic: &str) -> &str {
    label(ListId::RequestTopics, topic)
}

/// Whom it is for.
pub fn publics_words<'a>(publics: impl Iterator<Item = &'a String>) -> String {
    let all: Vec<&str> = publics.map(|public| label(ListId::Publics, public)).collect();
    if all.is_empty() { w::for_everyone().to_owned() } else { all.join(", ") }
}

/// A day of the week by its number, 1 being Monday.
pub fn day_words(day: u8) -> String {
    // Any Monday will do to name the days from.
    let monday = NaiveDate::from_isoywd_opt(2026, 1, Weekday::Mon).unwrap_or_default();
    weekday(monday + Days::new(u64::from(day.saturating_sub(1))), language()).to_owned()
}

/// On which days and at which hours: "lundi, jeudi · 9 h – 12 h".
pub fn days_and_hours<'a>(days: impl IntoIterator<Item = &'a u8>, hours: &str) -> String {
    let days: Vec<String> = days.into_iter().map(|day| day_words(*day)).collect();
    in_a_row([days.join(", "), hours.trim().to_owned()])
}

/// Why something is to be verified.
pub fn doubt_words(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Said(why) => why.clone(),
        Doubt::NeverChecked => w::never_checked().to_owned(),
        Doubt::CheckedLongAgo(day) => w::checked_long_ago(when::date(*day, browser::today())),
        Doubt::CommunesNotSaid => w::communes_not_said().to_owned(),
        Doubt::DaysNotSaid => w::days_not_said().to_owned(),
    }
}

/// The doubts, each as a tag.
pub fn doubts_view(doubts: &[Doubt]) -> impl IntoView + use<> {
    let tags = doubts.iter().map(|doubt| view! { <span class="tag late">{w::to_verify(doubt_words(doubt))}</span> });
    (!doubts.is_empty()).then(|| view! { <span class="doubts">{tags.collect_view()}</span> })
}

/// What a mission says, each part on a line of its own.
pub fn mission_lines(mission: &Mission) -> Vec<String> {
    let communes: Vec<&str> = mission.communes.values().map(String::as_str).collect();
    let communes = if communes.is_empty() { String::new() } else { w::where_(communes.join(", ")) };
    let publics: BTreeSet<String> = mission.publics.clone();
    let publics = if publics.is_empty() { String::new() } else { w::for_whom(publics_words(publics.iter())) };
    let delay = if mission.delay.trim().is_empty() { String::new() } else { w::delay(mission.delay.trim()) };
    let lines = [
        mission.what.trim().to_owned(),
        in_a_row([publics, communes]),
        in_a_row([days_and_hours(&mission.days, &mission.hours), delay]),
        mission.access.trim().to_owned(),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// From when to when.
pub fn dates_words(absence: &Absence) -> String {
    let day = |day| when::date(day, browser::today());
    match (absence.from, absence.until) {
        (Some(from), Some(to)) => w::from_to(day(from), day(to)),
        (Some(from), None) => w::from_on(day(from)),
        (None, Some(to)) => w::until(day(to)),
        (None, None) => w::no_dates().to_owned(),
    }
}

/// Who stands in, and a way to call them.
pub fn stand_in_view(shown: &AbsenceShown) -> AnyView {
    let words = shown.absence.stand_in_words.trim().to_owned();
    match &shown.stand_in {
        Some(EntryRow { id, name, phone, .. }) => {
            let there = Route::Directory(DirectoryRoute::Entry(*id)).href();
            let too = shown.stand_in_is_absent.then(|| view! { " " <span class="tag late">{w::also_absent()}</span> });
            let call = Phone::parse(phone).number().is_some();
            let call = call.then(|| view! { <CallLink number=phone.clone() label=w::call_stand_in(name) /> });
            view! { <span>{w::stands_in()} " " <a href=there>{name.clone()}</a>{too}</span> {call} }.into_any()
        }
        None if !words.is_empty() => view! { <span>{w::stands_in()} " " {words}</span> }.into_any(),
        None => view! { <span>{w::no_stand_in()}</span> }.into_any(),
    }
}
