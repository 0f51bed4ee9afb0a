//! What the door asks and answers about the legal register.
//!
//! The register stands apart from the notebook: an answer about an entry names the sheet it is linked with only here,
//! on a device that holds both.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::{Conflict, SimilarPerson};
use crate::domain::ids::{ExtractId, PersonId, RegisterAgentId, RegisterEntryId};
use crate::domain::register::{RegisterChange, RegisterEntry, RegisterState};
use crate::domain::register_log::{AgentField, ExtractGround, RegisterAgent, RegisterExtract};
use crate::domain::time::PartialDate;

/// Something to do in the register.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegisterWrite {
    /// Someone comes into the register.
    Create {
        /// Chosen by whoever asks.
        id: RegisterEntryId,
        /// What is known.
        changes: Vec<RegisterChange>,
        /// The sheet it was made from, which then says that the entry is that person's.
        from: Option<PersonId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An entry changes.
    Edit {
        /// Which.
        id: RegisterEntryId,
        /// The differences.
        changes: Vec<RegisterChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// The request was acknowledged that day, or the person told of the transmission.
    Acknowledge {
        /// Which entry.
        id: RegisterEntryId,
        /// The day.
        on: NaiveDate,
    },
    /// They are struck off, oppose, or are in the register again.
    SetState {
        /// Which entry.
        id: RegisterEntryId,
        /// What they become.
        state: RegisterState,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An agent is designated.
    Designate {
        /// Who, from when.
        agent: RegisterAgent,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// What is said of an agent is mended.
    EditAgent {
        /// Whom.
        id: RegisterAgentId,
        /// The field and its words.
        changes: Vec<(AgentField, String)>,
    },
    /// A designation ends that day, or holds again.
    EndAgent {
        /// Whose.
        id: RegisterAgentId,
        /// The day; none where it holds again.
        on: Option<NaiveDate>,
    },
    /// An extract was asked for. It is recorded first, then made.
    RecordExtract {
        /// Chosen by whoever asks.
        id: ExtractId,
        /// Who asked.
        asked_by: String,
        /// On what ground.
        ground: ExtractGround,
        /// What the ground does not say.
        detail: String,
        /// To whom it is given.
        given_to: String,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// The register as a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterList {
    /// The day.
    pub day: NaiveDate,
    /// Everyone, struck off or not, by name.
    pub rows: Vec<RegisterRow>,
    /// What is to be acknowledged.
    pub due: RegisterDue,
}

/// An entry in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// Which.
    pub id: RegisterEntryId,
    /// Name as one says it.
    pub name: String,
    /// Family name, which the list is sorted by.
    pub family_name: String,
    /// Where, as one says it.
    pub place: String,
    /// The hamlet, to choose by.
    pub hamlet: String,
    /// Birth.
    pub birth: Option<PartialDate>,
    /// The first telephone, if any.
    pub phone: String,
    /// Whether they are in the register.
    pub state: RegisterState,
    /// By when the request is to be acknowledged, if it still is.
    pub acknowledge_by: Option<NaiveDate>,
}

/// What is to be acknowledged, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterDue {
    /// How many requests.
    pub count: u32,
    /// How many of them are late.
    pub late: u32,
    /// The day of the first.
    pub first: Option<NaiveDate>,
}

/// One entry and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterFile {
    /// The entry.
    pub entry: RegisterEntry,
    /// Their sheet in the notebook, with the name on it, where someone said which it is.
    pub sheet: Option<(PersonId, String)>,
    /// The sheets that may be theirs, where none is said to be: someone chooses, nothing is linked by itself.
    pub likely: Vec<SimilarPerson>,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
}

/// A person's entry, as their sheet shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterLink {
    /// Which entry.
    pub id: RegisterEntryId,
    /// Whether they are in the register; none where the entry is no longer held here.
    pub state: Option<RegisterState>,
}

/// Who may open the register, and what was given of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterLog {
    /// The agents, those whose designation holds first.
    pub agents: Vec<RegisterAgent>,
    /// The extracts, the last first.
    pub extracts: Vec<RegisterExtract>,
}

/// An extract to print: recorded, and made the same day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractToGive {
    /// What was recorded.
    pub extract: RegisterExtract,
    /// Those who are in the register, by name.
    pub entries: Vec<RegisterEntry>,
}

/// An entry whose time is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueRegisterEntry {
    /// Which.
    pub id: RegisterEntryId,
    /// Their name.
    pub name: String,
    /// The day they were struck off, or opposed.
    pub ended: NaiveDate,
    /// Since when it is due.
    pub due_on: NaiveDate,
}
