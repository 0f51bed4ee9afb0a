//! Neighbouring coordinators, through the door: who they are, what of someone is copied to them, and what they copied here.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::sharing::OtherDevice;
use crate::domain::consent::{Sharing, Told, Why};
use crate::domain::ids::{CopyId, LineId, NeighbourId, PersonId};
use crate::domain::person_copy::{CopyChoice, CopyTrace, PersonCopy};

/// What may be asked or done.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeighbourRequest {
    /// Every neighbour.
    All,
    /// One, with what is copied both ways.
    One(NeighbourId),
    /// What a neighbour copied here.
    Received(CopyId),
    /// What of someone is copied, and to whom it may be.
    Copies(PersonId),
    /// What would leave: nothing does.
    Preview(CopyChoice),
    /// A neighbour is added by their card. Whoever asks has compared its words.
    Add {
        /// The card.
        card: Vec<u8>,
        /// The twenty-four words, where it is said that they are needed.
        words: Option<String>,
    },
    /// Something of someone is copied, or copied again as it is now. The consent is looked for again, each time.
    Copy {
        /// Names it; the one of before where it is copied again.
        id: CopyId,
        /// What, about whom, to whom.
        choice: CopyChoice,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A copy ends: the neighbour's device erases it at the next exchange, and says that one ended.
    End(CopyId),
    /// Something is said beside a copy; the other side reads it.
    Remark {
        /// Which copy.
        copy: CopyId,
        /// Names the line.
        id: LineId,
        /// What.
        words: String,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeighbourAnswer {
    /// Every neighbour.
    All(Box<Neighbours>),
    /// One.
    One(Box<NeighbourFile>),
    /// What a neighbour copied here.
    Received(Box<ReceivedFile>),
    /// What of someone is copied.
    Copies(Box<CopiesFile>),
    /// What would leave, or why nothing may.
    Preview(Result<PersonCopy, Why>),
}

/// Every neighbour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbours {
    /// How neighbours see this notebook's coordinator: their name of the settings, empty where they gave none.
    pub name: String,
    /// Whether the twenty-four words must be typed before a neighbour is added.
    pub words_needed: bool,
    /// Whether this device talks on the networks it is on.
    pub talks: bool,
    /// Whether it could: a browser reaches no network of its own.
    pub may_talk: bool,
    /// They, by name.
    pub all: Vec<NeighbourRow>,
}

/// One neighbour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeighbourRow {
    /// Which.
    pub id: NeighbourId,
    /// What they are called.
    pub name: String,
    /// Their devices, as far as is known here.
    pub devices: Vec<OtherDevice>,
    /// Of how many records something was written here that no file and no exchange took along yet.
    pub untold: u32,
    /// Whether this device may write to them: it is one of those that share with them.
    pub is_member: bool,
    /// How many people something is copied of to them.
    pub given: u32,
    /// How many of those are past their last day.
    pub to_end: u32,
    /// How many people they copied something of here.
    pub received: u32,
}

/// One neighbour, with what is copied both ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeighbourFile {
    /// Who.
    pub row: NeighbourRow,
    /// What stands of what is copied to them, by the person's name.
    pub given: Vec<GivenRow>,
    /// What they copied here, by the person's name. Of what is over, neither name nor anything told.
    pub received: Vec<PersonCopy>,
    /// On which days they ended a copy, the last first.
    pub ended: Vec<NaiveDate>,
    /// How many things came that cannot be read yet.
    pub waiting: u32,
    /// How many things came and were set aside.
    pub set_aside: u32,
}

/// A copy that was given, with whom it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenRow {
    /// The trace, with what was said beside it.
    pub copy: CopyTrace,
    /// Their name.
    pub name: String,
    /// Why it could not be copied again today, if so: it is to be ended.
    pub why_not: Option<Why>,
}

/// What a neighbour copied here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedFile {
    /// Who gave it.
    pub neighbour: NeighbourId,
    /// What they are called.
    pub from: String,
    /// What they gave. Of what is over, neither name nor anything told.
    pub copy: PersonCopy,
    /// Whether it is over.
    pub is_over: bool,
}

/// What of someone is copied, and to whom it may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiesFile {
    /// About whom.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The neighbours, by name.
    pub neighbours: Vec<(NeighbourId, String)>,
    /// With whom, and what, they agreed to share: those consents that stand today.
    pub agreed: Vec<(Sharing, Told)>,
    /// What was copied, the last first; those that ended too.
    pub given: Vec<GivenRow>,
}
