//! What the journals tell: the values that fields had, acts, reads.

use serde::{Deserialize, Serialize};

use crate::domain::ids::ActId;
use crate::domain::time::Instant;

/// The values a field had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldHistory {
    /// The field's path, in codes.
    pub field: String,
    /// The value.
    pub value: String,
    /// When it was written.
    pub at: Instant,
    /// On which device, as the first digits of its number.
    pub device: String,
}

/// An act in the journal of writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActRow {
    /// Its place in the journal.
    pub number: u64,
    /// The act.
    pub act: ActId,
    /// When.
    pub at: Instant,
    /// What was done, as a code.
    pub what: String,
    /// The person or entry it is about, by name as it is today.
    pub about: String,
    /// Whether it was undone.
    pub undone: bool,
}

/// A line in the journal of reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRow {
    /// Its place in the journal.
    pub number: u64,
    /// When.
    pub at: Instant,
    /// What was opened, as a code.
    pub what: String,
    /// The person it is about, by name as it is today.
    pub about: String,
}
