//! The reception desk: what is counted there, and for which half-day. Nobody is named, and no hour is kept that could
//! tell who it was.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::ids::CountId;
use super::time::Hour;

/// Someone came, called or asked: one tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Names the tap, so that two devices that count at once both count.
    pub id: CountId,
    /// The day.
    pub day: NaiveDate,
    /// The half of it.
    pub half: Half,
    /// What is counted: an item of the list, or words of the coordinator's own.
    pub what: String,
}

coded! {
    /// Half a day.
    Half {
        /// Until one in the afternoon.
        Morning = "am",
        /// After that.
        Afternoon = "pm",
    }
}

impl Half {
    /// The half-day of an hour.
    pub fn of(hour: Hour) -> Self {
        if hour.hour < 13 { Half::Morning } else { Half::Afternoon }
    }
}
