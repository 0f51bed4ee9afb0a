//! Days and ages as one says them: "demain", "dans 3 jours", "jeudi 12 juin".

use chrono::{Datelike, NaiveDate};
use maillon_shared::domain::time::{Hour, Instant, PartialDate};
use maillon_shared::text::format::{self, DateStyle};

use crate::words::{language, time};

/// A day, the nearer the shorter.
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => time::today().into(),
        1 => time::tomorrow().into(),
        -1 => time::yesterday().into(),
        _ => date(day, today),
    }
}

/// A day by its date; the year is said when it is another.
pub fn date(day: NaiveDate, today: NaiveDate) -> String {
    let style = if day.year() == today.year() { DateStyle::WeekdayDay } else { DateStyle::DayYear };
    format::date(day, style, language())
}

/// A day in figures, where there is room for no more.
pub fn figures(day: NaiveDate) -> String {
    format::date(day, DateStyle::Figures, language())
}

/// A day with its whole date.
pub fn whole_date(day: NaiveDate) -> String {
    format::date(day, DateStyle::WeekdayDayYear, language())
}

/// How long ago a day is.
pub fn ago(days: u32) -> String {
    match days {
        0 => time::today().into(),
        1 => time::yesterday().into(),
        _ => time::days_ago(days),
    }
}

/// An hour.
pub fn hour(hour: Hour) -> String {
    format::hour(hour, language())
}

/// When something was written.
pub fn instant(instant: Instant, today: NaiveDate) -> String {
    time::at(day(instant.day(), today), hour(instant.hour()))
}

/// Since when, the nearer the shorter: "14 h 05", "hier", "mardi", "mardi 24 novembre".
pub fn since(instant: Instant, today: NaiveDate) -> String {
    match (today - instant.day()).num_days() {
        0 => hour(instant.hour()),
        2..=6 => format::weekday(instant.day(), language()).to_owned(),
        _ => day(instant.day(), today),
    }
}

/// A birth, as far as it is known.
pub fn birth(birth: PartialDate) -> String {
    format::partial_date(birth, language())
}

/// A birth and the age it gives.
pub fn birth_and_age(birth: PartialDate, today: NaiveDate) -> String {
    let born = self::birth(birth);
    match birth.age_on(today) {
        Some(age) => time::born(born, time::years(age)),
        None => born,
    }
}

/// An age alone.
pub fn age(birth: PartialDate, today: NaiveDate) -> Option<String> {
    birth.age_on(today).map(time::years)
}

/// The first letter in capitals, as at the head of a line.
pub fn capital(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}
