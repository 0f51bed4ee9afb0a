//! How grave something is, by when it is to be answered, and at which moment that was said.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::time::Hour;

coded! {
    /// How soon an alert must be answered, the mildest first.
    Severity {
        /// To be known: no clock runs.
        Information = "information",
        /// By the end of the seventh day.
        Follow = "follow_7_days",
        /// Within forty-eight hours, whatever days they fall on.
        Priority = "priority_48_hours",
        /// Before the day ends.
        Urgent = "urgent_same_day",
        /// At once: the emergency services are called, and not this notebook.
        Vital = "vital",
    }
}

impl Severity {
    /// By when it is to be answered, judged so at that moment. Nights, Sundays and holidays stretch nothing.
    pub fn deadline(&self, judged: Moment) -> Option<NaiveDateTime> {
        let end_of = |day: NaiveDate| NaiveTime::from_hms_opt(23, 59, 0).map(|last| day.and_time(last));
        match self {
            Severity::Information => None,
            Severity::Follow => judged.day.checked_add_signed(TimeDelta::days(7)).and_then(end_of),
            Severity::Priority => judged.at().checked_add_signed(TimeDelta::hours(48)),
            Severity::Urgent => end_of(judged.day),
            // What a newer version means is not known: nobody is made to wait for it.
            Severity::Vital | Severity::Unknown(_) => Some(judged.at()),
        }
    }

    /// Whether it goes before every deadline.
    pub fn is_vital(&self) -> bool {
        matches!(self, Severity::Vital | Severity::Unknown(_))
    }
}

coded! {
    /// How much weather, water or air are to be watched, as a prefecture says it.
    VigilanceLevel {
        /// Nothing to watch.
        Green = "green",
        /// Be careful.
        Yellow = "yellow",
        /// Be very careful.
        Orange = "orange",
        /// Danger for everyone.
        Red = "red",
    }
}

impl VigilanceLevel {
    /// Whether people should be called one by one.
    pub fn asks_for_a_campaign(&self) -> bool {
        matches!(self, VigilanceLevel::Orange | VigilanceLevel::Red | VigilanceLevel::Unknown(_))
    }
}

/// A day and an hour, as the clock on the wall said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The hour.
    pub hour: Hour,
}

impl Moment {
    /// As a clock compares it.
    pub fn at(self) -> NaiveDateTime {
        self.day.and_time(NaiveTime::from(self.hour))
    }
}
