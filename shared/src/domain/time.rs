//! Days and instants, as a notebook writes them.
//!
//! A *day* is a civil date (`chrono::NaiveDate`): what a calendar on the wall says. An *instant* is when something was
//! written, for display only: nothing is ordered or decided by it. Neither is ever read from a clock here.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

/// When something was written, and how far from UTC the clock of the place was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Instant {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub utc_ms: i64,
    /// Minutes to add to UTC to read the clock of the place.
    pub offset_min: i16,
}

impl Instant {
    /// The date and hour that the clock of the place showed.
    pub fn local(self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(i32::from(self.offset_min) * 60);
        let utc = DateTime::from_timestamp_millis(self.utc_ms).unwrap_or_default();
        utc.with_timezone(&offset.unwrap_or_else(|| FixedOffset::east_opt(0).expect("zero is an offset")))
    }

    /// The civil day of the place.
    pub fn day(self) -> NaiveDate {
        self.local().date_naive()
    }

    /// The hour of the place.
    pub fn hour(self) -> Hour {
        let time = self.local().time();
        Hour { hour: time.hour() as u8, minute: time.minute() as u8 }
    }
}

/// An hour on the wall clock: "10 h 30".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hour {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl Hour {
    /// An hour, if it is one.
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Hour { hour, minute })
    }

    /// Reads `10:30`, as `<input type="time">` and the documents write it.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        Hour::new(hour.parse().ok()?, minute.get(..2)?.parse().ok()?)
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl From<Hour> for NaiveTime {
    fn from(hour: Hour) -> Self {
        NaiveTime::from_hms_opt(hour.hour.into(), hour.minute.into(), 0).unwrap_or_default()
    }
}

/// A date known as far as it is known: births are sometimes a year only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartialDate {
    /// Only the year.
    Year(i32),
    /// The year and the month, 1 to 12.
    Month(i32, u32),
    /// The day.
    Day(NaiveDate),
}

impl PartialDate {
    /// A date from its three fields, the day or both day and month being possibly unknown. `None` where no such date
    /// exists, or where a day has no month.
    pub fn from_fields(year: i32, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        match (month, day) {
            (None, None) => (1..=9999).contains(&year).then_some(PartialDate::Year(year)),
            (Some(month), None) => NaiveDate::from_ymd_opt(year, month, 1).map(|_| PartialDate::Month(year, month)),
            (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day).map(PartialDate::Day),
            (None, Some(_)) => None,
        }
    }

    /// The year.
    pub fn year(self) -> i32 {
        match self {
            PartialDate::Year(year) | PartialDate::Month(year, _) => year,
            PartialDate::Day(day) => chrono::Datelike::year(&day),
        }
    }

    /// The latest day it can be: what an age at least is computed from.
    pub fn latest(self) -> NaiveDate {
        match self {
            PartialDate::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX),
            PartialDate::Month(year, month) => {
                let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                NaiveDate::from_ymd_opt(next_year, next_month, 1)
                    .and_then(|first| first.checked_sub_signed(TimeDelta::days(1)))
                    .unwrap_or(NaiveDate::MAX)
            }
            PartialDate::Day(day) => day,
        }
    }

    /// Whole years lived on a day, at least: a person known by the year of birth alone may be one older.
    pub fn age_on(self, today: NaiveDate) -> Option<u32> {
        today.years_since(self.latest()).or_else(|| (self.year() == chrono::Datelike::year(&today)).then_some(0))
    }

    /// Reads `1938`, `1938-04` or `1938-04-09`, as the documents write it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().map(str::parse).transpose().ok()?;
        let day = parts.next().map(str::parse).transpose().ok()?;
        if parts.next().is_some() {
            return None;
        }
        PartialDate::from_fields(year, month, day)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(f, "{year:04}"),
            PartialDate::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            PartialDate::Day(day) => write!(f, "{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn an_instant_reads_as_the_clock_of_the_place_did() {
        // 23:30 in UTC on the 31st is already the 1st in France in summer.
        let instant = Instant { utc_ms: 1_785_540_600_000, offset_min: 120 };
        assert_eq!(instant.local().to_rfc3339(), "2026-08-01T01:30:00+02:00");
        assert_eq!(instant.day(), day("2026-08-01"));
        assert_eq!(instant.hour().to_string(), "01:30");
    }

    #[test]
    fn a_birth_is_kept_as_far_as_it_is_known() {
        for text in ["1938", "1938-04", "1938-04-09"] {
            assert_eq!(PartialDate::parse(text).expect("known").to_string(), text);
        }
        for text in ["", "1938-13", "1938-02-30", "avril", "1938-04-09-1", "0"] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_age_is_never_overstated() {
        let today = day("2026-06-15");
        assert_eq!(PartialDate::parse("1940-06-15").and_then(|birth| birth.age_on(today)), Some(86));
        assert_eq!(PartialDate::parse("1940-06-16").and_then(|birth| birth.age_on(today)), Some(85));
        assert_eq!(PartialDate::parse("1940").and_then(|birth| birth.age_on(today)), Some(85));
        assert_eq!(PartialDate::parse("2026").and_then(|birth| birth.age_on(today)), Some(0));
        assert_eq!(PartialDate::parse("2027").and_then(|birth| birth.age_on(today)), None);
    }
}
