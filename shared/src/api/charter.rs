//! Charters of posts, through the door. What may be told of an answer is a function of the charter and the threshold, in the
//! domain: nothing of it is kept beside it. No row says how late anything is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::charter::{CharterChange, CharterDecision, CharterDue, Moment, PostCharter};
use crate::domain::disclosure::Threshold;
use crate::domain::ids::{CharterId, EntryId, GroupId};

/// What is read of charters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CharterRead {
    /// Every charter.
    All,
    /// One of them.
    One(CharterId),
}

/// What is written of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CharterWrite {
    /// One begins.
    Create {
        /// What is known.
        charter: Box<PostCharter>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// One changes.
    Edit {
        /// Which.
        id: CharterId,
        /// The differences.
        changes: Vec<CharterChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CharterAnswer {
    /// Every charter.
    All(Box<Charters>),
    /// One of them.
    One(Box<CharterFile>),
}

/// Every charter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charters {
    /// The last that begins first.
    pub rows: Vec<CharterRow>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
    /// The commune of the settings, where one begins.
    pub commune: String,
}

/// A charter in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CharterRow {
    /// Which.
    pub id: CharterId,
    /// What it is called.
    pub title: String,
    /// Where the post is.
    pub commune: String,
    /// The day it begins.
    pub begins: Option<NaiveDate>,
    /// The day it is to end.
    pub ends: Option<NaiveDate>,
    /// What was decided at the end.
    pub decision: CharterDecision,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// Something that a charter asks for on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CharterDueRow {
    /// Of which charter.
    pub charter: CharterId,
    /// What it is called.
    pub title: String,
    /// The day.
    pub day: NaiveDate,
    /// What.
    pub due: CharterDue,
    /// What, in words, where there are any.
    pub what: String,
    /// Whose it is; nothing where it is everyone's.
    pub who: String,
}

/// One charter and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CharterFile {
    /// The charter.
    pub charter: PostCharter,
    /// The day that is proposed for each point, on a day that is worked here.
    pub proposed: Vec<(Moment, NaiveDate)>,
    /// What is to come, by its day.
    pub due: Vec<CharterDueRow>,
    /// Under how many a distribution is not told.
    pub threshold: Threshold,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

impl CharterFile {
    /// Who is meant: as the directory calls them, else in words.
    pub fn who<'a>(&'a self, entry: Option<EntryId>, words: &'a str) -> &'a str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map(|(_, name)| name.as_str()).filter(|name| !name.is_empty()).unwrap_or(words.trim())
    }

    /// The day of a point: as it was moved by hand, else as it is proposed.
    pub fn day_of(&self, moment: Moment) -> Option<NaiveDate> {
        let moved = self.charter.about.points.get(&moment).and_then(|point| point.planned);
        moved.or_else(|| self.proposed_for(moment))
    }

    /// The day that is proposed for a point; none while nobody knows when the experiment begins.
    pub fn proposed_for(&self, moment: Moment) -> Option<NaiveDate> {
        self.proposed.iter().find(|(one, _)| *one == moment).map(|(_, day)| *day)
    }
}
