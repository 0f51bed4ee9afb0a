//! Means in common, through the door.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::ids::{EntryId, EventId, GroupId, LineId, MeansId};
use crate::domain::means::{Loan, MeansChange, SharedMeans};
use crate::domain::time::PartialDate;

/// What is asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeansRead {
    /// Everything that is offered.
    All,
    /// One thing.
    One(MeansId),
}

/// What is written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeansWrite {
    /// Something begins to be offered.
    Create {
        /// What is known.
        means: Box<SharedMeans>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// Whether it is this coordinator who lends it, as they say so: for them alone.
        is_mine: bool,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// It changes, or a use of it.
    Edit {
        /// Which.
        id: MeansId,
        /// The differences.
        changes: Vec<MeansChange>,
        /// What this coordinator says of their own part in it, where they do.
        mine: Option<Mine>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// That this coordinator lends something or has a use of it, or does not. They say so for themselves, in their own notebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    /// Which use; none is that they lend it.
    pub loan: Option<LineId>,
    /// Whether it is theirs.
    pub is_mine: bool,
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeansAnswer {
    /// Everything that is offered.
    All(Box<AllMeans>),
    /// One thing.
    One(Box<MeansFile>),
}

/// Everything that is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllMeans {
    /// By title.
    pub rows: Vec<MeansRow>,
    /// The groups with which something could be common, by name.
    pub groups: Vec<(GroupId, String)>,
}

/// Something that is offered, in a list: as it stands, so that the screen tells what is free on any day one asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeansRow {
    /// The thing.
    pub means: SharedMeans,
    /// Whose it is, by name or in words.
    pub owner: String,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// One thing and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeansFile {
    /// The thing.
    pub means: SharedMeans,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// The events for which it could be asked, the last first.
    pub events: Vec<(EventId, String, Option<PartialDate>)>,
    /// Whether this coordinator said that they lend it.
    pub is_lent: bool,
    /// The uses that they said to be theirs.
    pub borrowed: Vec<LineId>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

impl MeansFile {
    /// The name of an entry, else the words.
    pub fn called<'a>(&'a self, entry: Option<EntryId>, words: &'a str) -> &'a str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map(|(_, name)| name.as_str()).filter(|name| !name.is_empty()).unwrap_or(words)
    }

    /// Who has a use of it.
    pub fn borrower<'a>(&'a self, loan: &'a Loan) -> &'a str {
        self.called(loan.who_entry, &loan.who)
    }

    /// What an event is called.
    pub fn event_title(&self, event: EventId) -> &str {
        self.events.iter().find(|(id, ..)| *id == event).map_or("", |(_, title, _)| title)
    }
}

/// Something that is due back, in what a day asks for: to whoever lends it or has it, as they say so themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeansDueRow {
    /// Of which thing.
    pub means: MeansId,
    /// Which use.
    pub loan: LineId,
    /// What it is called.
    pub title: String,
    /// Who has it.
    pub who: String,
    /// Whether it is this coordinator who has it; they lend it otherwise.
    pub is_borrowed: bool,
    /// By when.
    pub due: NaiveDate,
    /// Days late.
    pub days_late: u32,
}
