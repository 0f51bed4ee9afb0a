//! Difficulties of practice and fictional situations, as they are shown. Nothing of them is shown beside whoever said it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::responses::Conflict;
use crate::domain::clues::Clue;
use crate::domain::difficulty::{Difficulty, SharedGroup};
use crate::domain::ids::{DifficultyId, EntryId, SituationId};
use crate::domain::situation::{NotYet, Situation, SituationPaper};

/// One difficulty and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifficultyFile {
    /// The difficulty.
    pub difficulty: Difficulty,
    /// The name of the structure, where it is in the directory.
    pub structure: String,
}

/// What may be shown of a subject, or why not yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedDifficulties {
    /// The group, without who said it.
    Group(SharedGroup),
    /// By too few structures: so many more are needed.
    TooFew(u32),
    /// Clues in what was said, by difficulty.
    Clues(Vec<(DifficultyId, Vec<Clue>)>),
}

/// A situation in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SituationRow {
    /// Which.
    pub id: SituationId,
    /// What it is called.
    pub title: String,
    /// The day of the lunch.
    pub lunch_on: Option<NaiveDate>,
    /// Whether a second person read it as it is now.
    pub read: bool,
}

/// One situation and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SituationFile {
    /// The situation.
    pub situation: Situation,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// The clues in its texts.
    pub clues: Vec<Clue>,
    /// The paper, if it may leave.
    pub paper: Result<SituationPaper, NotYet>,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

/// What was written about someone, to be read beside. It is shown and kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Their name.
    pub name: String,
    /// What was written, the last first.
    pub texts: Vec<SourceText>,
}

/// A text about someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceText {
    /// The kind of record, as a code.
    pub kind: String,
    /// The day.
    pub day: Option<NaiveDate>,
    /// The words.
    pub words: String,
}
