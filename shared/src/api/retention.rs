//! What has come to the end of its time, the slip of what is eliminated, and what was erased.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::register::DueRegisterEntry;
use super::timeline::TimelineKind;
use crate::domain::ids::{CampaignId, PersonId};
use crate::domain::request::Request as CareRequest;

/// Whose time is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// The people, the longest due first.
    pub people: Vec<DuePerson>,
    /// How many people have no date to reckon from: nothing was ever noted of them but the sheet.
    pub undated: u32,
    /// How many lines of the journal of reads.
    pub reads: u32,
    /// The campaigns whose named attempts are due: closed, and their time over.
    pub campaigns: Vec<DueCampaign>,
    /// The entries of the legal register, the longest due first.
    pub register: Vec<DueRegisterEntry>,
    /// The requests of nobody who is named, the longest due first: no file takes them along when it goes.
    pub requests: Vec<DueRequest>,
}

/// A request of nobody who is named, whose time is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRequest {
    /// Which.
    pub request: CareRequest,
    /// The day it came to where it is.
    pub last: NaiveDate,
    /// Since when it is due.
    pub due_on: NaiveDate,
}

/// A campaign whose named attempts are due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueCampaign {
    /// Which.
    pub id: CampaignId,
    /// What it was called.
    pub title: String,
    /// How many cards.
    pub cards: u32,
    /// Since when it is due.
    pub due_on: NaiveDate,
}

/// Someone whose time is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuePerson {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The last contact; where there never was one, the last thing written.
    pub last: NaiveDate,
    /// Since when it is due.
    pub due_on: NaiveDate,
}

/// What is eliminated, without a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EliminationSlip {
    /// The day it was made.
    pub made_on: NaiveDate,
    /// How many people.
    pub people: u32,
    /// How many unshared notes.
    pub notes: u32,
    /// How many records of each kind and year.
    pub rows: Vec<SlipRow>,
}

/// A line of an elimination slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipRow {
    /// The kind of record.
    pub kind: TimelineKind,
    /// The year.
    pub year: i32,
    /// How many.
    pub count: u32,
}

/// What was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// How many documents.
    pub documents: u32,
    /// How many forms half filled.
    pub drafts: u32,
}
