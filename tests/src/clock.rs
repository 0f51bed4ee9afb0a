//! The day it really is: for what a person opens, a demonstration or a bench. Tests have days of their own.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate};

/// Today in France, by winter's hour: one hour more or less changes nothing to what is made with it.
pub fn today() -> NaiveDate {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = i64::try_from(since.as_secs()).ok().and_then(|seconds| DateTime::from_timestamp(seconds + 3_600, 0));
    now.unwrap_or_default().date_naive()
}
