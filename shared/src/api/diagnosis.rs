//! Shared diagnoses, through the door: as a whole, of one place, of one indicator. Only what is shown crosses.

use serde::{Deserialize, Serialize};

use super::responses::Conflict;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::ids::{DiagnosisId, EntryId, GroupId, LineId, ProgrammeId};

/// Every diagnosis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnoses {
    /// By title.
    pub rows: Vec<DiagnosisRow>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
}

/// A diagnosis in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosisRow {
    /// Which.
    pub id: DiagnosisId,
    /// What it is called.
    pub title: String,
    /// Of how many places it is.
    pub places: u32,
    /// How many figures are known.
    pub figures: u32,
    /// Of which year the last ones are.
    pub last_year: Option<i32>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// What of a diagnosis is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiagnosisPart {
    /// Its places and indicators; of the figures, how many there are.
    Whole,
    /// The sheet of a place, by its line.
    Place(LineId),
    /// One indicator everywhere.
    Indicator(LineId),
}

/// One diagnosis and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosisFile {
    /// The diagnosis, with the figures and facts of what was asked for.
    pub diagnosis: Diagnosis,
    /// How many figures each indicator has, everywhere.
    pub figures: Vec<(LineId, u32)>,
    /// How many figures and facts each place has, by its key.
    pub said: Vec<(String, u32)>,
    /// Where the programmes look first: one's own for what is one's own, those of the group for what is the group's.
    pub priorities: Vec<PriorityHere>,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

impl DiagnosisFile {
    /// The name of an entry.
    pub fn name_of(&self, entry: Option<EntryId>) -> &str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map_or("", |(_, name)| name)
    }

    /// How many figures an indicator has.
    pub fn figures_of(&self, indicator: LineId) -> u32 {
        self.figures.iter().find(|(id, _)| *id == indicator).map_or(0, |(_, count)| *count)
    }

    /// How much is said of a place.
    pub fn said_of(&self, place: &str) -> u32 {
        self.said.iter().find(|(key, _)| key == place).map_or(0, |(_, count)| *count)
    }

    /// What the programmes say of a place, the last year first.
    pub fn priorities_of(&self, place: &str) -> impl Iterator<Item = &PriorityHere> {
        self.priorities.iter().filter(move |one| one.place == place)
    }
}

/// That a programme looks first at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityHere {
    /// Which place, by its key.
    pub place: String,
    /// Which programme.
    pub programme: ProgrammeId,
    /// Its year.
    pub year: i32,
    /// Why there.
    pub why: String,
    /// Why that is to be verified; empty when it is certain.
    pub to_verify: String,
}
