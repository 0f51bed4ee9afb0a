//! Sheets for other territories through the door: what is written here, what leaves, what came.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::clues::Clue;
use crate::domain::ids::{ReceivedSheetId, SheetId};
use crate::domain::travelling_sheet::{
    Meant, SheetChange, SheetKind, SheetSource, StaysHere, Travelled, TravellingSheet,
};

/// What is asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetRead {
    /// Every sheet, written here or received.
    All,
    /// One that is written here.
    One(SheetId),
    /// One that came.
    Received(ReceivedSheetId),
    /// A sheet begun from something: its words, to be written in. Nothing is kept.
    From(SheetSource),
    /// What a file holds: nothing is kept.
    Look(Vec<u8>),
}

/// What is written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetWrite {
    /// A sheet begins.
    Create {
        /// What it says.
        sheet: Box<TravellingSheet>,
        /// The sheet that came, of which it is an adaptation.
        adapts: Option<ReceivedSheetId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A sheet changes.
    Edit {
        /// Which.
        id: SheetId,
        /// The differences.
        changes: Vec<SheetChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A sheet leaves: the clues in it were looked at, and these are meant.
    Leave {
        /// Which.
        id: SheetId,
        /// What is meant.
        meant: Vec<Meant>,
    },
    /// A sheet that came is kept.
    Keep {
        /// Names it; chosen by whoever asks.
        id: ReceivedSheetId,
        /// The file.
        file: Vec<u8>,
    },
    /// A sheet that came is set aside, or is no longer.
    SetAside {
        /// Which.
        id: ReceivedSheetId,
        /// Whether it is.
        aside: bool,
    },
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetAnswer {
    /// Every sheet.
    All(Box<Sheets>),
    /// One that is written here.
    One(Box<SheetFile>),
    /// One that came.
    Received(Box<ReceivedFile>),
    /// A sheet begun from something.
    Begun(Box<TravellingSheet>),
    /// What a file holds.
    Looked(Box<Looked>),
    /// It leaves.
    Left(Box<SheetLeft>),
    /// It stays here: why.
    Stays(StaysHere),
}

/// Every sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheets {
    /// Those that are written here, by title.
    pub own: Vec<SheetRow>,
    /// Those that came, by title: of each, its last version.
    pub received: Vec<ReceivedRow>,
}

/// A sheet in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// Which.
    pub id: SheetId,
    /// What it is.
    pub kind: SheetKind,
    /// What it is called.
    pub title: String,
    /// The last version that left, and when.
    pub left: Option<(u32, NaiveDate)>,
    /// Whether it was written in since.
    pub changed_since: bool,
}

/// A sheet that came, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedRow {
    /// Which.
    pub id: ReceivedSheetId,
    /// What it is.
    pub kind: SheetKind,
    /// What it is called.
    pub title: String,
    /// Where it was made.
    pub territory: String,
    /// Its version.
    pub version: u32,
    /// The day it was made.
    pub made_on: NaiveDate,
}

/// One sheet and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetFile {
    /// The sheet.
    pub sheet: TravellingSheet,
    /// The clues in it: each text by its place among [`TravellingSheet::texts`].
    pub clues: Vec<Clue>,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

/// One sheet that came and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedFile {
    /// What it says, and where it comes from.
    pub travelled: Travelled,
    /// The day it came.
    pub received_on: NaiveDate,
    /// The names of what a newer version wrote beside.
    pub unknown: Vec<String>,
    /// Whether it was set aside.
    pub aside: bool,
    /// Its other versions that are here, the last first.
    pub others: Vec<ReceivedRow>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The sheet.
    pub travelled: Travelled,
    /// The names of what a newer version wrote beside.
    pub unknown: Vec<String>,
    /// Whether it is here already.
    pub here: AlreadyHere,
}

/// Whether a sheet that comes is here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlreadyHere {
    /// Nothing of it is.
    No,
    /// This version of it is.
    Same(ReceivedSheetId),
    /// An older version of it is.
    Newer(u32),
    /// A newer version of it is.
    Older(u32),
    /// It goes by the version of one that is here, and says something else: both are kept.
    OtherWords(ReceivedSheetId),
    /// It was made here.
    Own(SheetId),
}

/// A sheet that leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLeft {
    /// What leaves.
    pub travelled: Travelled,
    /// The data, alone.
    pub data: String,
    /// The data, as they stand in a page.
    pub block: String,
}
