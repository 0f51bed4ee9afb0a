//! Births, and other past days, as French people write them in tables.
//!
//! A birth is never in the future, so most years of two figures have one century; those that may have two keep both, and
//! someone verifies. Nothing is corrected by guessing: a 31st of February stays what was written.

use chrono::{Datelike as _, NaiveDate};
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::fold::{fold, words};

/// What a cell says of a birth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Birth {
    /// That date.
    On(PartialDate),
    /// About that date: "vers 1938".
    About(PartialDate),
    /// One or the other: the century is not written.
    Either(PartialDate, PartialDate),
    /// No date that can be.
    Not(NoDate),
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoDate {
    /// It does not look like one.
    Unreadable,
    /// No calendar has it.
    Impossible,
    /// It is not yet.
    Future,
    /// Nobody living was born then.
    TooOld,
}

/// Nobody lives longer.
const LONGEST_LIFE_YEARS: i32 = 115;
const FIRST_YEAR: i32 = 1900;

/// Reads a birth; nothing where nothing is written.
pub(super) fn read_birth(text: &str, today: NaiveDate) -> Option<Birth> {
    let folded = fold(text);
    if folded.is_empty() {
        return None;
    }
    let (mut about, mut numbers, mut named_month) = (text.contains('?') || text.contains('~'), Vec::new(), None);
    for word in words(&written(&folded)) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            numbers.push(word.to_owned());
        } else if let Some(month) = month_named(word) {
            named_month = Some((numbers.len(), month));
        } else if matches!(word, "vers" | "env" | "environ" | "ca" | "circa" | "about") {
            about = true;
        } else if !matches!(word, "ne" | "nee" | "n" | "e" | "le" | "en" | "born" | "on" | "in") {
            return Some(Birth::Not(NoDate::Unreadable));
        }
    }
    if let Some((place, month)) = named_month {
        numbers.insert(place, month.to_string());
    }
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    Some(match parts(&numbers) {
        // The number by which spreadsheets know a day.
        Some(Parts::Serial(days)) => match from_serial(days) {
            Some(day) if day <= today => Birth::About(PartialDate::Day(day)),
            _ => Birth::Not(NoDate::Unreadable),
        },
        Some(Parts::Date { year, month, day }) => settle(year, month, day, about, today),
        None => Birth::Not(NoDate::Unreadable),
    })
}

/// Reads another past day: a death. The latest century that is not in the future.
pub(in crate::exchange) fn read_past_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let latest = |date: PartialDate| match date {
        PartialDate::Day(day) => Some(day),
        _ => None,
    };
    match read_birth(text, today)? {
        Birth::On(date) | Birth::Either(_, date) => latest(date),
        Birth::About(_) | Birth::Not(_) => None,
    }
}

/// The words of a folded text without the hour that spreadsheets write after a day, "1er" as "1", figures and letters
/// apart.
fn written(folded: &str) -> String {
    let mut kept: Vec<&str> = words(folded).map(|word| if word == "1er" { "1" } else { word }).collect();
    // "12 03 1940 00 00 00", "1940 03 12t00 00 00"
    if kept.len() >= 5 && kept[kept.len() - 2..].iter().all(|word| *word == "00") {
        kept.truncate(3);
        if let Some((day, "00")) = kept[2].split_once('t') {
            kept[2] = day;
        }
    }
    kept.join(" ")
}

fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ];
    let place = MONTHS.iter().position(|month| *month == word || (word.len() >= 3 && month.starts_with(word)))?;
    // "jui" may be two.
    (word != "jui").then_some(place as u32 + 1)
}

enum Parts<'a> {
    Serial(u32),
    Date { year: &'a str, month: Option<u32>, day: Option<u32> },
}

/// Which number is which.
fn parts<'a>(numbers: &[&'a str]) -> Option<Parts<'a>> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    let date = |year, month: Option<u32>, day: Option<u32>| {
        // "00/00/1938": known as far as it is known.
        let month = month.filter(|month| *month != 0);
        Some(Parts::Date { year, month, day: day.filter(|day| *day != 0 && month.is_some()) })
    };
    match *numbers {
        [year, month, day] if year.len() == 4 => date(year, Some(number(month)?), Some(number(day)?)),
        [day, month, year] => date(year, Some(number(month)?), Some(number(day)?)),
        [year, month] if year.len() == 4 => date(year, Some(number(month)?), None),
        [month, year] if year.len() == 4 => date(year, Some(number(month)?), None),
        [one] => match one.len() {
            4 => date(one, None, None),
            5 => one.parse().ok().map(Parts::Serial),
            6 => date(&one[4..], Some(number(&one[2..4])?), Some(number(&one[..2])?)),
            8 => date(&one[4..], Some(number(&one[2..4])?), Some(number(&one[..2])?)),
            _ => None,
        },
        _ => None,
    }
}

fn from_serial(days: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days.into()))
}

fn settle(year: &str, month: Option<u32>, day: Option<u32>, about: bool, today: NaiveDate) -> Birth {
    let Ok(number) = year.parse::<i32>() else { return Birth::Not(NoDate::Unreadable) };
    let years = match year.len() {
        4 => vec![number],
        2 => vec![1900 + number, 2000 + number],
        _ => return Birth::Not(NoDate::Unreadable),
    };
    let dates: Vec<PartialDate> = years.iter().filter_map(|year| PartialDate::from_fields(*year, month, day)).collect();
    if dates.is_empty() {
        return Birth::Not(NoDate::Impossible);
    }
    let is_past = |date: &PartialDate| earliest(*date).is_some_and(|day| day <= today);
    let is_of_the_living = |date: &PartialDate| match year.len() {
        2 => today.year() - date.year() <= LONGEST_LIFE_YEARS,
        _ => date.year() >= FIRST_YEAR,
    };
    let past: Vec<PartialDate> = dates.iter().copied().filter(is_past).collect();
    let possible: Vec<PartialDate> = past.iter().copied().filter(is_of_the_living).collect();
    match *possible {
        [date] if about => Birth::About(date),
        [date] => Birth::On(date),
        [early, late, ..] => Birth::Either(early, late),
        [] if past.is_empty() => Birth::Not(NoDate::Future),
        [] => Birth::Not(NoDate::TooOld),
    }
}

fn earliest(date: PartialDate) -> Option<NaiveDate> {
    match date {
        PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
        PartialDate::Month(year, month) => NaiveDate::from_ymd_opt(year, month, 1),
        PartialDate::Day(day) => Some(day),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, 12).expect("a date")
    }

    #[test]
    fn a_birth_is_read_as_people_write_it() {
        for (text, date) in [
            ("09/04/1938", "1938-04-09"),
            ("9/4/1938", "1938-04-09"),
            ("09-04-1938", "1938-04-09"),
            ("09.04.1938", "1938-04-09"),
            ("09 04 1938", "1938-04-09"),
            ("1938-04-09", "1938-04-09"),
            ("1938-04-09T00:00:00", "1938-04-09"),
            ("09/04/1938 00:00:00", "1938-04-09"),
            ("9 avril 1938", "1938-04-09"),
            ("1er avril 1938", "1938-04-01"),
            ("née le 9 avr. 1938", "1938-04-09"),
            ("né(e) le 09/04/38", "1938-04-09"),
            ("9 févr. 38", "1938-02-09"),
            ("09041938", "1938-04-09"),
            ("090438", "1938-04-09"),
            ("avril 1938", "1938-04"),
            ("04/1938", "1938-04"),
            ("1938", "1938"),
            ("en 1938", "1938"),
            ("00/00/1938", "1938"),
            ("00/04/1938", "1938-04"),
            ("12/03/05", "2005-03-12"),
            ("29/02/24", "2024-02-29 1924-02-29"),
            ("12/03/24", "2024-03-12 1924-03-12"),
            ("12/12/26", "1926-12-12"),
        ] {
            let dates: Vec<Option<PartialDate>> = date.split(' ').map(PartialDate::parse).collect();
            let expected = match *dates {
                [Some(date)] => Birth::On(date),
                [Some(late), Some(early)] => Birth::Either(early, late),
                _ => panic!("{date}"),
            };
            assert_eq!(read_birth(text, today()), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_not_sure_is_said_so() {
        let year = |year| PartialDate::Year(year);
        for (text, expected) in [
            ("31/02/1940", Birth::Not(NoDate::Impossible)),
            ("30/02/38", Birth::Not(NoDate::Impossible)),
            ("03/25/1940", Birth::Not(NoDate::Impossible)),
            ("12/03/2062", Birth::Not(NoDate::Future)),
            ("2040", Birth::Not(NoDate::Future)),
            ("12/03/1838", Birth::Not(NoDate::TooOld)),
            ("inconnue", Birth::Not(NoDate::Unreadable)),
            ("12/03/194", Birth::Not(NoDate::Unreadable)),
            ("12/03", Birth::Not(NoDate::Unreadable)),
            ("1/2/3/4", Birth::Not(NoDate::Unreadable)),
            ("vers 1938", Birth::About(year(1938))),
            ("1938 ?", Birth::About(year(1938))),
            ("13979", Birth::About(PartialDate::Day(NaiveDate::from_ymd_opt(1938, 4, 9).expect("a date")))),
        ] {
            assert_eq!(read_birth(text, today()), Some(expected), "{text}");
        }
        assert_eq!(read_birth(" - ", today()), None);
    }

    #[test]
    fn a_death_is_as_late_as_it_can_be() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        assert_eq!(read_past_day("12/03/24", today()), day(2024, 3, 12));
        assert_eq!(read_past_day("12/03/1998", today()), day(1998, 3, 12));
        assert_eq!(read_past_day("12/03/2027", today()), None);
        assert_eq!(read_past_day("oui", today()), None);
    }

    proptest! {
        #[test]
        fn no_text_is_born_tomorrow(text in "(né le |vers )?[0-9]{1,8}([/. -]([0-9]{1,4}|mai|mars)){0,3}") {
            match read_birth(&text, today()) {
                Some(Birth::On(date) | Birth::About(date)) => prop_assert!(earliest(date) <= Some(today())),
                Some(Birth::Either(early, late)) => {
                    prop_assert!(early < late && earliest(late) <= Some(today()));
                }
                _ => {}
            }
        }
    }
}
