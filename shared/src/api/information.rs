//! Health information and the monthly sheet of the noticeboard, through the door.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::board::BoardChange;
use crate::domain::clues::Clue;
use crate::domain::ids::{DocId, EntryId, EventId, GroupId, InformationId};
use crate::domain::information::{InformationChange, InformationItem, InformationState};
use crate::domain::summary::period::Period;
use crate::domain::time::Hour;

/// The code of the form of an item among the drafts: it is about nobody, whomever its words name.
pub const INFORMATION_DRAFT: &str = "information";
/// The code of the form that says to whom an item was passed on.
pub const PASS_ON_DRAFT: &str = "information-passed";
/// The code of the note of a month's sheet among the drafts.
pub const BOARD_NOTE_DRAFT: &str = "board-note";

/// What is asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InformationRead {
    /// Every item.
    All,
    /// One item.
    One(InformationId),
    /// The noticeboard's sheet of a month.
    Board(Period),
}

/// What is written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InformationWrite {
    /// An item came.
    Create {
        /// What is known.
        item: Box<InformationItem>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An item changes.
    Edit {
        /// Which.
        id: InformationId,
        /// The differences.
        changes: Vec<InformationChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// What is on the sheet of a month, and where.
    Board {
        /// Which month.
        month: Period,
        /// The changes.
        changes: Vec<BoardChange>,
    },
    /// What is said at the top of the sheet of a month.
    BoardNote {
        /// Which month.
        month: Period,
        /// What whoever writes had before them.
        read: String,
        /// What it becomes.
        note: String,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InformationAnswer {
    /// Every item.
    All(InformationItems),
    /// One item.
    One(Box<InformationFile>),
    /// The sheet of a month.
    Board(Box<BoardFile>),
}

/// Every item of information.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationItems {
    /// Those that wait first, by the day on which they end; then the last that came.
    pub rows: Vec<InformationRow>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
}

/// An item in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationRow {
    /// Which.
    pub id: InformationId,
    /// What it is called.
    pub title: String,
    /// Who says it.
    pub source: String,
    /// For whom: an item of the list of publics, or words; nothing is everyone.
    pub audience: String,
    /// The day it came.
    pub received: Option<NaiveDate>,
    /// What is to be done with it.
    pub state: InformationState,
    /// How it stands to its end.
    pub end: InformationEnd,
    /// Whether it goes on the noticeboard.
    pub for_board: bool,
    /// How many times it was passed on.
    pub passed_on: u32,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// How an item stands to its end, on the day it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InformationEnd {
    /// Nobody knows of one.
    None,
    /// It holds until then.
    Until {
        /// The last day.
        day: NaiveDate,
        /// How many days are left after today.
        days_left: u32,
    },
    /// It is over since then, and was passed on in time, or was not to be.
    Over(NaiveDate),
    /// It is over since then, and nobody got it in time.
    Missed(NaiveDate),
}

/// An item that ends soon and was not passed on, in what a day asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationDueRow {
    /// Which.
    pub id: InformationId,
    /// What it is called.
    pub title: String,
    /// Who says it.
    pub source: String,
    /// The last day on which it holds.
    pub until: NaiveDate,
}

/// One item and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationFile {
    /// The item.
    pub item: InformationItem,
    /// How it stands to its end.
    pub end: InformationEnd,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
    /// What names someone who is known here, each with the text in which it stands.
    pub clues: Vec<(Clue, String)>,
}

impl InformationFile {
    /// The name of an entry.
    pub fn name_of(&self, entry: Option<EntryId>) -> &str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map_or("", |(_, name)| name)
    }
}

/// The noticeboard's sheet of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardFile {
    /// Which month.
    pub month: Period,
    /// What is said at its top.
    pub note: String,
    /// What is on it, in its order.
    pub on: Vec<BoardLine>,
    /// What could be: left out by hand, or an event that nobody put on it.
    pub off: Vec<BoardLine>,
    /// What names someone who is known here, each with the text in which it stands.
    pub clues: Vec<(Clue, String)>,
    /// Whether it is likely to hold on one page.
    pub holds_on_a_page: bool,
}

/// Something that is on a sheet, or could be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLine {
    /// The document of what it is: what is chosen is chosen by it.
    pub id: DocId,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub words: String,
    /// What it is.
    pub what: BoardWhat,
}

/// What stands on a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoardWhat {
    /// An item of information.
    Information {
        /// Which.
        id: InformationId,
        /// Who says it.
        source: String,
        /// Where it is published.
        link: String,
        /// For whom; nothing is everyone.
        audience: String,
        /// The last day on which it holds.
        until: Option<NaiveDate>,
    },
    /// An event of one's own.
    Event {
        /// Which.
        id: EventId,
        /// Its first and last day.
        days: (NaiveDate, NaiveDate),
        /// From what hour.
        starts: Option<Hour>,
        /// Where.
        place: String,
    },
}

impl BoardLine {
    /// The day by which it is put in order, where nobody put it elsewhere.
    pub fn day(&self) -> Option<NaiveDate> {
        match &self.what {
            BoardWhat::Information { until, .. } => *until,
            BoardWhat::Event { days, .. } => Some(days.0),
        }
    }

    /// Its words, as they stand on the sheet.
    pub fn texts(&self) -> Vec<&str> {
        let others = match &self.what {
            BoardWhat::Information { source, link, audience, .. } => vec![source.as_str(), link, audience],
            BoardWhat::Event { place, .. } => vec![place.as_str()],
        };
        [self.title.as_str(), &self.words].into_iter().chain(others).collect()
    }
}
