//! What the door answers about the directory: its entries, who does what, what inhabitants may read, news of partners.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::responses::{Conflict, File};
use crate::domain::absence::Absence;
use crate::domain::directory::{DirectoryEntry, EntryKind};
use crate::domain::ids::{EntryId, LineId};
use crate::domain::mission::Mission;
use crate::domain::who_does_what::{Coverage, Doubt};

/// An entry in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// Which.
    pub id: EntryId,
    /// Professional, structure, relay.
    pub kind: EntryKind,
    /// Name as one says it.
    pub name: String,
    /// Profession or type.
    pub role: String,
    /// Where.
    pub place: String,
    /// The first telephone.
    pub phone: String,
    /// Whether something is to be verified.
    pub to_verify: bool,
}

/// One entry and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryFile {
    /// The entry.
    pub entry: DirectoryEntry,
    /// The name of where they work, if it is an entry.
    pub works_at_name: String,
    /// Who works there.
    pub members: Vec<EntryRow>,
    /// What is to be verified of each mission.
    pub doubts: Vec<(LineId, Vec<Doubt>)>,
    /// Its absences, with who stands in.
    pub absences: Vec<AbsenceShown>,
    /// When they were last met or spoken to.
    pub last_contact: Option<NaiveDate>,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
}

/// Who does what, for one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoDoesWhat {
    /// The day that absences are told of.
    pub day: NaiveDate,
    /// Who answers: who is there first, then the surest.
    pub answers: Vec<WhoAnswer>,
    /// How many answer; the list may be shorter.
    pub count: u32,
    /// How many missions the directory has.
    pub missions: u32,
    /// The topics that can be asked about.
    pub topics: Vec<String>,
    /// The publics that can be asked about.
    pub publics: Vec<String>,
    /// The communes that can be asked about: key and name, by name.
    pub communes: Vec<(String, String)>,
    /// Where nobody, or several, do what is asked.
    pub coverage: Vec<Coverage>,
}

/// A mission that answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoAnswer {
    /// Whose.
    pub entry: EntryRow,
    /// Their electronic mail.
    pub email: String,
    /// The mission.
    pub mission: Mission,
    /// What is to be verified.
    pub doubts: Vec<Doubt>,
    /// Whether they are absent that day.
    pub absence: Option<AbsenceShown>,
}

/// An absence, and who stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsenceShown {
    /// The absence.
    pub absence: Absence,
    /// Who stands in, where it is an entry.
    pub stand_in: Option<EntryRow>,
    /// Whether they are absent too.
    pub stand_in_is_absent: bool,
}

/// A line of the leaflet for inhabitants. Nothing here was written for those who coordinate only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicLine {
    /// Whose.
    pub entry: EntryId,
    /// The mission.
    pub mission: LineId,
    /// About what.
    pub topic: String,
    /// Who.
    pub name: String,
    /// What exactly.
    pub what: String,
    /// For whom; none is everyone.
    pub publics: Vec<String>,
    /// How to get there.
    pub access: String,
    /// At which hours.
    pub hours: String,
    /// On which days of the week.
    pub days: Vec<u8>,
    /// The number to give.
    pub phone: String,
    /// The site.
    pub website: String,
    /// Where.
    pub place: String,
    /// Whether it says in which communes.
    pub is_somewhere: bool,
    /// Whether they are absent today.
    pub absent: bool,
}

/// News of partners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InTouch {
    /// After how many months a partner of no rhythm counts as silent.
    pub months: u32,
    /// Those whose rhythm is over, the longest first.
    pub due: Vec<TouchRow>,
    /// Those of no rhythm with whom there was contact, and none for so long.
    pub silent: Vec<TouchRow>,
    /// How many entries of no rhythm were never met nor called.
    pub never: u32,
}

/// A partner with whom to get in touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchRow {
    /// Who.
    pub entry: EntryRow,
    /// The last contact.
    pub last: Option<NaiveDate>,
    /// Since when it is due; none where there never was a contact.
    pub due_on: Option<NaiveDate>,
    /// Their rhythm.
    pub every_months: Option<u32>,
    /// Days since the last contact.
    pub days: Option<u32>,
}

/// The coordinator's own card, to give.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCard {
    /// As a file.
    pub file: File,
    /// The text of the square that a telephone reads.
    pub square: String,
}
