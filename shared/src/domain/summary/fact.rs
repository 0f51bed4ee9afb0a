//! A fact: one thing that counts in a summary, and nothing else of it.
//!
//! Facts are made elsewhere, from records, by a whitelist. Each thing is one fact of one table: counted in two tables, it
//! would let one table be read through the other. A fact holds no word, no name and no hour.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::grid::{Detail, Table};

/// A person, as the books tell them apart. It need not be the person's id in the notebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Someone(pub [u8; 16]);

/// Names a fact, so that it counts once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactId(pub [u8; 16]);

/// One thing that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Names it.
    pub id: FactId,
    /// The table it counts in, once and for all.
    pub table: Table,
    /// The day.
    pub day: NaiveDate,
    /// About whom; none where nobody is known. Such a fact adds to figures and protects nobody.
    pub person: Option<Someone>,
    /// How many: usually one.
    pub times: NonZeroU32,
    /// In which line of each detail of the table; a detail that is missing counts with the others.
    pub rows: BTreeMap<Detail, String>,
}
