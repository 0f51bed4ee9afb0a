//! What was counted at the reception desk, as screens show it: figures, and nobody.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::reception::Half;

/// How many of a kind were counted at the reception desk in half a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// The day.
    pub day: NaiveDate,
    /// The half of it.
    pub half: Half,
    /// What was counted: an item of the list, or words of the coordinator's own.
    pub what: String,
    /// How many.
    pub count: u32,
}
