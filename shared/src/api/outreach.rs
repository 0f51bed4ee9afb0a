//! Outreach services, through the door. Days, rates and gaps are functions of the service, in the domain: nothing of them is kept
//! beside it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::calendar::Zone;
use crate::domain::ids::{EntryId, GroupId, OutreachId};
use crate::domain::outreach::{DaySpan, OutreachChange, OutreachService};

/// What is asked of outreach services.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutreachRead {
    /// All of them.
    All,
    /// One of them.
    One(OutreachId),
}

/// What is written of them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutreachWrite {
    /// A service begins.
    Create {
        /// What is known.
        service: Box<OutreachService>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A service changes.
    Edit {
        /// Which.
        id: OutreachId,
        /// The differences.
        changes: Vec<OutreachChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutreachAnswer {
    /// All of them.
    All(OutreachServices),
    /// One of them.
    One(Box<OutreachFile>),
}

/// Every outreach service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachServices {
    /// The day they are read.
    pub today: NaiveDate,
    /// Those with a day to come first, by their next day; then by title.
    pub rows: Vec<OutreachShown>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
}

/// A service as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachShown {
    /// The service; in a list, without what happened on its days long ago.
    pub service: OutreachService,
    /// Whose holidays are those of its days.
    pub zone: Zone,
    /// The commune of whoever reads, by its code: a département is said where it is another.
    pub own_commune: String,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

impl OutreachShown {
    /// Who is meant: as the directory calls them, else in words.
    pub fn who<'a>(&'a self, entry: Option<EntryId>, words: &'a str) -> &'a str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map(|(_, name)| name.as_str()).filter(|name| !name.is_empty()).unwrap_or(words.trim())
    }
}

/// One service and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachFile {
    /// The service.
    pub shown: OutreachShown,
    /// The day it is read.
    pub today: NaiveDate,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

/// Why a service is in what the week asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutreachAsks {
    /// Nobody is on duty on these days.
    Gap(DaySpan),
    /// Someone last made sure of it that day, longer ago than six months.
    CheckAgain(NaiveDate),
}

/// A service in what the week asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachAskRow {
    /// Which.
    pub id: OutreachId,
    /// What it is called.
    pub title: String,
    /// Why.
    pub asks: OutreachAsks,
}
