//! What of someone is copied to a neighbouring coordinator: chosen values, one way, with her consent, never the sheet.
//!
//! It is made from a [`Permit`] only, as a liaison sheet is, and says nothing but what was chosen. What is written about her
//! afterwards does not follow: it is copied again by an act that shows what leaves. What the neighbour has to say of it
//! comes back as a remark beside it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::consent::Permit;
use super::ids::{ConsentId, CopyId, LineId, NeighbourId, PersonId};
use super::liaison::{Piece, Told};

/// What someone chose to copy, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyChoice {
    /// About whom.
    pub person: PersonId,
    /// To whom.
    pub neighbour: NeighbourId,
    /// What goes in beside the name: nothing that is not chosen.
    pub pieces: BTreeSet<Piece>,
    /// What for, in words.
    pub message: String,
    /// The last day on which the neighbour reads it; none until it is ended.
    pub until: Option<NaiveDate>,
}

/// What a neighbour reads: exactly that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCopy {
    /// Names it, on both sides.
    pub id: CopyId,
    /// Her name.
    pub name: String,
    /// What was chosen, and was known, in the order in which it reads.
    pub told: Vec<Told>,
    /// What for.
    pub message: String,
    /// Since when.
    pub since: NaiveDate,
    /// When it was copied last.
    pub on: NaiveDate,
    /// The last day on which it is read.
    pub until: Option<NaiveDate>,
    /// What both sides said of it, the first first.
    pub remarks: Vec<Remark>,
}

/// Something said beside a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Names the line.
    pub id: LineId,
    /// The day.
    pub day: NaiveDate,
    /// Who said it, by their name.
    pub by: String,
    /// What.
    pub words: String,
}

/// That something was copied: the trace that stays in the giver's notebook. It says which pieces went, not what they said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyTrace {
    /// Which.
    pub id: CopyId,
    /// About whom.
    pub person: PersonId,
    /// To whom.
    pub neighbour: NeighbourId,
    /// What they were called.
    pub to: String,
    /// Since when.
    pub since: NaiveDate,
    /// When it was copied last.
    pub on: NaiveDate,
    /// The last day on which it is read.
    pub until: Option<NaiveDate>,
    /// The consent that it rested on last.
    pub consent: Option<ConsentId>,
    /// What went, beside the name.
    pub pieces: BTreeSet<Piece>,
    /// What for.
    pub message: String,
    /// The day on which it was ended, if it was.
    pub ended: Option<NaiveDate>,
    /// What was said beside it: kept here when it ends.
    pub remarks: Vec<Remark>,
}

impl PersonCopy {
    /// A copy with her name on it, which only a permit makes.
    pub fn permitted(permit: &Permit, id: CopyId, name: String, choice: &CopyChoice) -> Self {
        let message = choice.message.trim().to_owned();
        let day = permit.day();
        let until = choice.until;
        PersonCopy { id, name, told: Vec::new(), message, since: day, on: day, until, remarks: Vec::new() }
    }

    /// Whether its time is over. A reader then shows nothing of it, and waits for its giver to end it.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

impl CopyTrace {
    /// Whether the neighbour still reads it, as far as its giver said.
    pub fn stands(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether it stands past its last day: it is to be ended.
    pub fn is_to_end(&self, today: NaiveDate) -> bool {
        self.stands() && self.until.is_some_and(|until| until < today)
    }
}
