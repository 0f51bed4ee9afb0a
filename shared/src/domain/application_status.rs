//! How far an application is, by when it is to be handed in, and what is still to be handed in once it is granted.
//!
//! Each is one value: nothing was granted nobody knows when, and a deadline is over from the minute after, not before.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::programme::Cents;
use super::time::{Hour, Instant, PartialDate};

/// What parts the pieces of a status. None of them but the last may hold it.
const PART: char = '\t';

/// How far an application is. It is written as one value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApplicationStatus {
    /// The call was seen, and nothing is decided.
    #[default]
    Spotted,
    /// It is being prepared.
    Preparing,
    /// It was handed in, then.
    Submitted(PartialDate),
    /// It was granted.
    Granted {
        /// When it had been handed in, as far as it is known.
        submitted: Option<PartialDate>,
        /// When it was granted.
        on: PartialDate,
        /// How much; none where nobody knows yet.
        amount: Option<Cents>,
    },
    /// It was refused.
    Refused {
        /// When it had been handed in, as far as it is known.
        submitted: Option<PartialDate>,
        /// When it was refused.
        on: PartialDate,
        /// Why, as far as it was said.
        reason: String,
    },
    /// It was given up, for that reason.
    GivenUp(String),
    /// Written by a newer version.
    Unknown(String),
}

fn said(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// What stands there: no words are nothing, words that are no such value are none of this version.
fn optional<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { parse(text).map(Some) }
}

impl ApplicationStatus {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        let known = match text.split_once(':') {
            None if text.is_empty() || text == "spotted" => Some(ApplicationStatus::Spotted),
            None if text == "preparing" => Some(ApplicationStatus::Preparing),
            Some(("submitted", day)) => PartialDate::parse(day).map(ApplicationStatus::Submitted),
            Some(("given_up", reason)) => Some(ApplicationStatus::GivenUp(reason.to_owned())),
            Some((what @ ("granted" | "refused"), rest)) => Self::parse_answer(what, rest),
            _ => None,
        };
        known.unwrap_or_else(|| ApplicationStatus::Unknown(text.to_owned()))
    }

    fn parse_answer(what: &str, rest: &str) -> Option<Self> {
        let [on, submitted, last] = rest.splitn(3, PART).collect::<Vec<_>>()[..] else { return None };
        let (on, submitted) = (PartialDate::parse(on)?, optional(submitted, PartialDate::parse)?);
        Some(match what {
            "granted" => ApplicationStatus::Granted { submitted, on, amount: optional(last, Cents::parse)? },
            _ => ApplicationStatus::Refused { submitted, on, reason: last.to_owned() },
        })
    }

    /// When it was handed in, as far as it is known.
    pub fn submitted(&self) -> Option<PartialDate> {
        match self {
            ApplicationStatus::Submitted(on) => Some(*on),
            ApplicationStatus::Granted { submitted, .. } | ApplicationStatus::Refused { submitted, .. } => *submitted,
            _ => None,
        }
    }

    /// Whether it is still to be handed in: only then does its deadline ask for anything. Of what a newer version wrote nobody
    /// can tell here, and a deadline is rather shown once too often.
    pub fn is_to_hand_in(&self) -> bool {
        matches!(self, ApplicationStatus::Spotted | ApplicationStatus::Preparing | ApplicationStatus::Unknown(_))
    }

    /// Whether nothing more is awaited of it but reports.
    pub fn is_over(&self) -> bool {
        matches!(self, ApplicationStatus::Refused { .. } | ApplicationStatus::GivenUp(_))
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            ApplicationStatus::Refused { reason, .. } | ApplicationStatus::GivenUp(reason) => Some(reason),
            // Whatever a newer version wrote may name someone.
            ApplicationStatus::Unknown(text) => Some(text),
            _ => None,
        }
    }

    /// The days in it.
    pub fn dates(&self) -> impl Iterator<Item = PartialDate> {
        let answered = match self {
            ApplicationStatus::Granted { on, .. } | ApplicationStatus::Refused { on, .. } => Some(*on),
            _ => None,
        };
        self.submitted().into_iter().chain(answered)
    }
}

impl fmt::Display for ApplicationStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ApplicationStatus::Spotted => f.write_str("spotted"),
            ApplicationStatus::Preparing => f.write_str("preparing"),
            ApplicationStatus::Submitted(on) => write!(f, "submitted:{on}"),
            ApplicationStatus::Granted { submitted, on, amount } => {
                write!(f, "granted:{on}{PART}{}{PART}{}", said(*submitted), said(*amount))
            }
            ApplicationStatus::Refused { submitted, on, reason } => {
                write!(f, "refused:{on}{PART}{}{PART}{reason}", said(*submitted))
            }
            ApplicationStatus::GivenUp(reason) => write!(f, "given_up:{reason}"),
            ApplicationStatus::Unknown(text) => f.write_str(text),
        }
    }
}

/// By when something is to be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Deadline {
    /// The day.
    pub day: NaiveDate,
    /// Until what hour; none is until the end of the day.
    pub at: Option<Hour>,
}

impl Deadline {
    /// Reads what [`fmt::Display`] writes: `2026-03-15` or `2026-03-15T12:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, at) = match text.split_once('T') {
            Some((day, at)) => (day, Some(Hour::parse(at).filter(|_| at.len() == 5)?)),
            None => (text, None),
        };
        Some(Deadline { day: day.parse().ok()?, at })
    }

    /// Whether it is over: from the minute after its hour, or from the day after its day.
    pub fn is_over(self, now: Instant) -> bool {
        let local = now.local().naive_local();
        match self.at {
            Some(at) => {
                let minute = |hour: Hour| NaiveTime::from(hour);
                let is_later = minute(now.hour()) > minute(at);
                local.date() > self.day || (local.date() == self.day && is_later)
            }
            None => local.date() > self.day,
        }
    }

    /// How many days are left from a day on; fewer than none once it is over.
    pub fn days_left(self, today: NaiveDate) -> i64 {
        (self.day - today).num_days()
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "{}T{at}", self.day),
            None => write!(f, "{}", self.day),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).expect("a date")
    }

    #[test]
    fn a_status_reads_back_as_it_is_written() {
        for status in [
            ApplicationStatus::Spotted,
            ApplicationStatus::Preparing,
            ApplicationStatus::Submitted(date("2026-03-14")),
            ApplicationStatus::Granted {
                submitted: Some(date("2026-03")),
                on: date("2026-06-01"),
                amount: Some(Cents(0)),
            },
            ApplicationStatus::Granted { submitted: None, on: date("2026"), amount: None },
            ApplicationStatus::Refused {
                submitted: None,
                on: date("2026-06"),
                reason: "hors territoire :\tdeux fois".into(),
            },
            ApplicationStatus::GivenUp("trop court : à l’an prochain".into()),
            ApplicationStatus::Unknown("paused:2030".into()),
        ] {
            assert_eq!(ApplicationStatus::parse(&status.to_string()), status);
        }
    }

    #[test]
    fn nothing_is_granted_or_refused_nobody_knows_when() {
        for text in ["granted", "granted:\t\t100", "submitted:hier", "refused:\t\tnon", "granted:2026\t\tmille"] {
            assert_eq!(ApplicationStatus::parse(text), ApplicationStatus::Unknown(text.into()));
        }
    }

    proptest! {
        /// A deadline is over from the minute after, and not one minute before, wherever the clock is.
        #[test]
        fn a_deadline_is_over_from_the_minute_after(minutes in -3000_i64..3000, hour in 0..24_u8, minute in 0..60_u8) {
            let day = NaiveDate::from_ymd_opt(2026, 3, 15).expect("a day");
            let deadline = Deadline { day, at: Hour::new(hour, minute) };
            let at = day.and_hms_opt(hour.into(), minute.into(), 0).expect("a moment");
            let now = at + chrono::Duration::minutes(minutes) + chrono::Duration::seconds(59);
            let offset_min = 60;
            let utc_ms = (now - chrono::Duration::minutes(60)).and_utc().timestamp_millis();
            let now = Instant { utc_ms, offset_min };
            prop_assert_eq!(deadline.is_over(now), minutes > 0);
            let whole_day = Deadline { day, at: None };
            prop_assert_eq!(whole_day.is_over(now), now.day() > day);
            prop_assert_eq!(Deadline::parse(&deadline.to_string()), Some(deadline));
            prop_assert_eq!(Deadline::parse(&whole_day.to_string()), Some(whole_day));
        }
    }
}
