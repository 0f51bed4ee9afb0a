//! Dates, hours and numbers as each language writes them.
//!
//! How far a date is from today ("demain", "in 3 days") is for the screens to say: nothing here knows what day it is.

use chrono::{Datelike, NaiveDate};

use super::fold::fold;
use super::french::{NARROW, NBSP};
use super::language::Language;
use crate::domain::time::{Hour, PartialDate};

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS_FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How much of a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// "12/06/2026" in both languages: figures in any other order mislead here.
    Figures,
    /// "12 juin", "12 June".
    Day,
    /// "12 juin 2026", "12 June 2026".
    DayYear,
    /// "vendredi 12 juin", "Friday 12 June".
    WeekdayDay,
    /// "vendredi 12 juin 2026", "Friday 12 June 2026".
    WeekdayDayYear,
}

/// A place, after what is of it: "de Valcombe", "d’Arles", "du Thor", "des Baux"; "of Valcombe".
pub fn of_place(name: &str, language: Language) -> String {
    if language == Language::En {
        return format!("of {name}");
    }
    let begins_with_a_vowel =
        || fold(name).chars().next().is_some_and(|first| matches!(first, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h'));
    match (name.strip_prefix("Le "), name.strip_prefix("Les ")) {
        (Some(rest), _) => format!("du {rest}"),
        (_, Some(rest)) => format!("des {rest}"),
        _ if begins_with_a_vowel() => format!("d’{name}"),
        _ => format!("de {name}"),
    }
}

/// Writes a day.
pub fn date(day: NaiveDate, style: DateStyle, language: Language) -> String {
    let number = match language {
        Language::Fr if day.day() == 1 => "1er".to_owned(),
        _ => day.day().to_string(),
    };
    let (weekday, month, year) = (weekday(day, language), month(day.month(), language), day.year());
    match style {
        DateStyle::Figures => format!("{:02}/{:02}/{year:04}", day.day(), day.month()),
        DateStyle::Day => format!("{number} {month}"),
        DateStyle::DayYear => format!("{number} {month} {year}"),
        DateStyle::WeekdayDay => format!("{weekday} {number} {month}"),
        DateStyle::WeekdayDayYear => format!("{weekday} {number} {month} {year}"),
    }
}

/// Writes a date as far as it is known: "1938", "avril 1938", "9 avril 1938".
pub fn partial_date(date_known: PartialDate, language: Language) -> String {
    match date_known {
        PartialDate::Year(year) => year.to_string(),
        PartialDate::Month(year, number) => format!("{} {year}", month(number, language)),
        PartialDate::Day(day) => date(day, DateStyle::DayYear, language),
    }
}

/// The name of a day of the week.
pub fn weekday(day: NaiveDate, language: Language) -> &'static str {
    let place = day.weekday().num_days_from_monday() as usize;
    match language {
        Language::Fr => WEEKDAYS_FR[place],
        Language::En => WEEKDAYS_EN[place],
    }
}

/// The name of a month, 1 to 12; nothing for any other number.
pub fn month(number: u32, language: Language) -> &'static str {
    let names = match language {
        Language::Fr => &MONTHS_FR,
        Language::En => &MONTHS_EN,
    };
    let place = usize::try_from(number).unwrap_or_default();
    place.checked_sub(1).and_then(|place| names.get(place)).copied().unwrap_or_default()
}

/// Writes an hour: "10 h 30", "8 h"; "10:30", "08:00".
pub fn hour(hour: Hour, language: Language) -> String {
    match language {
        Language::Fr if hour.minute == 0 => format!("{}{NBSP}h", hour.hour),
        Language::Fr => format!("{}{NBSP}h{NBSP}{:02}", hour.hour, hour.minute),
        Language::En => hour.to_string(),
    }
}

/// Writes a whole number: "12 345", "12,345".
pub fn number(value: i64, language: Language) -> String {
    let separator = match language {
        Language::Fr => NARROW,
        Language::En => ',',
    };
    let figures = value.unsigned_abs().to_string();
    let mut written = String::with_capacity(figures.len() + 10);
    if value < 0 {
        written.push('-');
    }
    for (place, figure) in figures.chars().enumerate() {
        if place > 0 && (figures.len() - place).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(figure);
    }
    written
}

/// Writes a number with decimals: "3,5", "3.5". What is not a number is written as a dash.
pub fn decimal(value: f64, places: usize, language: Language) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let written = format!("{value:.places$}");
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
    let (sign, figures) = whole.strip_prefix('-').map_or(("", whole), |figures| ("-", figures));
    // Beyond what a whole number holds, the figures stay together rather than lie.
    let grouped = figures.parse().map_or_else(|_| figures.to_owned(), |value| number(value, language));
    let point = match language {
        Language::Fr => ",",
        Language::En => ".",
    };
    if decimals.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}{point}{decimals}") }
}

/// Writes the share of a whole, rounded to one hundredth: "12 %", "12%". `None` of nothing.
pub fn percent(part: u64, whole: u64, language: Language) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let share = (u128::from(part) * 200 + u128::from(whole)) / (u128::from(whole) * 2);
    let share = number(i64::try_from(share).unwrap_or(i64::MAX), language);
    Some(match language {
        Language::Fr => format!("{share}{NARROW}%"),
        Language::En => format!("{share}%"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Fr};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_day_is_written_in_each_language() {
        for (text, style, french, english) in [
            ("2026-06-12", DateStyle::WeekdayDay, "vendredi 12 juin", "Friday 12 June"),
            ("2026-06-12", DateStyle::WeekdayDayYear, "vendredi 12 juin 2026", "Friday 12 June 2026"),
            ("2026-06-01", DateStyle::Day, "1er juin", "1 June"),
            ("2026-08-21", DateStyle::DayYear, "21 août 2026", "21 August 2026"),
            ("2026-02-03", DateStyle::Figures, "03/02/2026", "03/02/2026"),
        ] {
            assert_eq!(date(day(text), style, Fr), french);
            assert_eq!(date(day(text), style, En), english);
        }
    }

    #[test]
    fn a_birth_is_written_as_far_as_it_is_known() {
        for (text, french, english) in [
            ("1938", "1938", "1938"),
            ("1938-04", "avril 1938", "April 1938"),
            ("1938-04-01", "1er avril 1938", "1 April 1938"),
        ] {
            let known = PartialDate::parse(text).expect("a date");
            assert_eq!(partial_date(known, Fr), french);
            assert_eq!(partial_date(known, En), english);
        }
        assert_eq!((month(0, Fr), month(13, Fr)), ("", ""));
    }

    #[test]
    fn hours_and_numbers_follow_the_language() {
        let at = |hour, minute| Hour::new(hour, minute).expect("an hour");
        assert_eq!(hour(at(10, 30), Fr), "10\u{a0}h\u{a0}30");
        assert_eq!(hour(at(8, 0), Fr), "8\u{a0}h");
        assert_eq!(hour(at(8, 5), En), "08:05");
        for (value, french, english) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (12_345, "12\u{202f}345", "12,345"),
            (-1_234_567, "-1\u{202f}234\u{202f}567", "-1,234,567"),
        ] {
            assert_eq!(number(value, Fr), french);
            assert_eq!(number(value, En), english);
        }
        assert_eq!(number(i64::MIN, En), "-9,223,372,036,854,775,808");
        assert_eq!(decimal(3.25, 1, Fr), "3,2");
        assert_eq!(decimal(-12_345.678, 2, Fr), "-12\u{202f}345,68");
        assert_eq!(decimal(12_345.0, 0, En), "12,345");
        assert_eq!(decimal(-0.5, 1, En), "-0.5");
        assert_eq!(decimal(1e30, 0, En).len(), 31);
        assert_eq!(decimal(f64::NAN, 2, Fr), "–");
        assert_eq!(percent(1, 8, Fr).as_deref(), Some("13\u{202f}%"));
        assert_eq!(percent(2, 3, En).as_deref(), Some("67%"));
        assert_eq!(percent(0, 0, Fr), None);
    }

    #[test]
    fn what_is_written_here_is_already_typeset() {
        let at = Hour::new(10, 30).expect("an hour");
        for text in [hour(at, Fr), number(12_345_678, Fr), percent(1, 8, Fr).expect("a share")] {
            assert_eq!(super::super::french::typeset(&text), text);
        }
    }

    #[test]
    fn a_place_is_said_as_one_says_it() {
        for (name, french) in [
            ("Valcombe", "de Valcombe"),
            ("Arles", "d’Arles"),
            ("Évian", "d’Évian"),
            ("Hyères", "d’Hyères"),
            ("Le Thor", "du Thor"),
            ("Les Baux-de-Provence", "des Baux-de-Provence"),
            ("La Ciotat", "de La Ciotat"),
            ("L’Isle", "de L’Isle"),
        ] {
            assert_eq!(of_place(name, Language::Fr), french);
        }
        assert_eq!(of_place("Le Thor", Language::En), "of Le Thor");
    }
}
