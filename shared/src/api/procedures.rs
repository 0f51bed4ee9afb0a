//! Procedures through the door: what they say, what was published, and the episodes that were begun.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::{Conflict, DayProposal};
use crate::domain::follow_up::FollowUp;
use crate::domain::ids::{FollowUpId, GroupId, LineId, PersonId, ProcedureId, ProcedureRunId};
use crate::domain::procedure::{Procedure, ProcedureChange, ProcedureKind, ProcedureRun, ProcedureStep};

/// What is asked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProcedureRead {
    /// Every procedure.
    All,
    /// One procedure.
    One(ProcedureId),
    /// What beginning a version on a day would plan: nothing is written.
    Proposed {
        /// Which procedure.
        procedure: ProcedureId,
        /// Which version.
        version: LineId,
        /// From when.
        began_on: NaiveDate,
    },
    /// One episode.
    Run(ProcedureRunId),
}

/// What is written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProcedureWrite {
    /// A procedure begins to be written.
    Create {
        /// What is known.
        procedure: Box<Procedure>,
        /// With which group it is common; none where it is one's own.
        group: Option<GroupId>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// What is being written changes.
    Edit {
        /// Which.
        id: ProcedureId,
        /// The differences.
        changes: Vec<ProcedureChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// What is being written becomes a version.
    Publish {
        /// Which procedure.
        id: ProcedureId,
        /// Names the version; chosen by whoever asks.
        version: LineId,
        /// Who publishes it, in words.
        by: String,
        /// What changed since the one before.
        changed: String,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// An episode begins, with its follow-ups.
    Begin(Box<NewRun>),
}

/// An episode that begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRun {
    /// Names it; chosen by whoever asks.
    pub id: ProcedureRunId,
    /// Of which procedure.
    pub procedure: ProcedureId,
    /// With which version.
    pub version: LineId,
    /// About whom; none for nobody in particular.
    pub person: Option<PersonId>,
    /// The day it begins.
    pub began_on: NaiveDate,
    /// Why, in words.
    pub words: String,
    /// Which steps become follow-ups, and when each falls due.
    pub planned: Vec<NewStep>,
    /// The draft that this ends.
    pub draft: Option<DraftKey>,
}

/// A step that becomes a follow-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewStep {
    /// The step.
    pub step: LineId,
    /// Names the follow-up; chosen by whoever asks.
    pub follow_up: FollowUpId,
    /// When it falls due.
    pub due: NaiveDate,
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProcedureAnswer {
    /// Every procedure.
    All(Box<Procedures>),
    /// One procedure.
    One(Box<ProcedureFile>),
    /// What would be planned, step by step.
    Proposed(Vec<ProposedStep>),
    /// One episode.
    Run(Box<RunFile>),
}

/// Every procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedures {
    /// Those that stand, by title.
    pub rows: Vec<ProcedureRow>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
}

/// A procedure in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureRow {
    /// Which.
    pub id: ProcedureId,
    /// What it is.
    pub kind: ProcedureKind,
    /// What it is called.
    pub title: String,
    /// The number of its last version; none where nothing was published.
    pub number: Option<u32>,
    /// Whether two published under one number.
    pub is_double: bool,
    /// Whether something is being written that was not published.
    pub has_draft: bool,
    /// By when it is to be looked at again.
    pub review_on: Option<NaiveDate>,
    /// Whether that is now.
    pub is_due: bool,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// One procedure and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureFile {
    /// The procedure.
    pub procedure: Procedure,
    /// Whether it is time to look at it again.
    pub is_due: bool,
    /// Its episodes, the last first.
    pub runs: Vec<RunRow>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

/// An episode in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRow {
    /// Which.
    pub id: ProcedureRunId,
    /// The day it began.
    pub began_on: NaiveDate,
    /// The number of the version used.
    pub number: u32,
    /// About whom, by their name.
    pub person: Option<(PersonId, String)>,
    /// Why, in words.
    pub words: String,
}

/// A step as it would be planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedStep {
    /// The step.
    pub step: ProcedureStep,
    /// The day it falls on, and the worked days around it where it does not fit; none where nobody knows when it falls.
    pub day: Option<DayProposal>,
}

/// One episode and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFile {
    /// The episode, with the version that it was begun with.
    pub run: ProcedureRun,
    /// About whom, by their name.
    pub person: Option<(PersonId, String)>,
    /// What the procedure is called today; none where it is not here.
    pub title: Option<String>,
    /// The number of the last version, where it is another than the one used.
    pub newer: Option<u32>,
    /// Its follow-ups, in the order of the steps.
    pub follow_ups: Vec<FollowUp>,
}
