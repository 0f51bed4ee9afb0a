//! Events for the calendars of others, through the door.

use serde::{Deserialize, Serialize};

use super::responses::File;

/// The events as a file for calendars, and those that are not in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventCalendar {
    /// The file; none where no event can be in it.
    pub file: Option<File>,
    /// How many are in it.
    pub events: u32,
    /// How many are left out because no day is known.
    pub without_day: u32,
    /// How many are left out because their words name someone who is accompanied.
    pub naming: u32,
}
