//! A liaison sheet: what a professional is told about someone, on paper or as a file, with her consent.
//!
//! It is made from a [`Permit`] only, and says nothing but what was chosen. Nobody's emergency goes this way: that path
//! asks for no consent, and writes a record of its own.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::consent::{Permit, Recipient};
use super::ids::{ConsentId, LineId, PersonId};
use super::time::Hour;

coded! {
    /// What may go in a sheet, beside her name.
    Piece {
        /// Where she lives.
        Address = "address",
        /// Her telephones.
        Phones = "phones",
        /// How to approach her.
        Approach = "approach",
        /// Whom to call first.
        CallFirst = "call_first",
        /// What she wants, in her words.
        Words = "words",
        /// Her goals.
        Goals = "goals",
        /// What is to be done, and by whom.
        Actions = "actions",
        /// The professionals around her.
        Circle = "circle",
    }
}

/// What someone chose to tell, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiaisonChoice {
    /// About whom.
    pub person: PersonId,
    /// To whom.
    pub recipient: Recipient,
    /// What goes in beside the name: nothing that is not chosen.
    pub pieces: BTreeSet<Piece>,
    /// Why one writes, and what is asked.
    pub message: String,
}

/// What leaves: exactly that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiaisonSheet {
    /// To whom.
    pub recipient: Recipient,
    /// The day.
    pub day: NaiveDate,
    /// The consent that it rests on.
    pub consent: ConsentId,
    /// Her name.
    pub name: String,
    /// Why one writes.
    pub message: String,
    /// What was chosen, and is known, in the order in which it reads.
    pub told: Vec<Told>,
}

/// One piece of a sheet, with what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// Where she lives.
    Address(String),
    /// Her telephones.
    Phones(Vec<String>),
    /// How to approach her.
    Approach(String),
    /// Whom to call first: name, what they are to her, telephone.
    CallFirst(Contact),
    /// What she wants, in the words of each project.
    Words(Vec<String>),
    /// Her goals.
    Goals(Vec<String>),
    /// What is to be done.
    Actions(Vec<ToldAction>),
    /// The professionals around her.
    Circle(Vec<Contact>),
}

/// Someone, as a sheet names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// What they are or do: an item of a list, or words.
    pub role: String,
    /// Their telephone.
    pub phone: String,
}

/// Something to be done, as a sheet says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldAction {
    /// What.
    pub what: String,
    /// Who, where it is neither she nor the coordinator: a professional by name. A relative is not named.
    pub who: Carrier,
    /// By when.
    pub by: Option<NaiveDate>,
}

/// Who carries an action, as a sheet says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carrier {
    /// She does.
    Person,
    /// The coordinator.
    Coordinator,
    /// Someone around her.
    Relative,
    /// A professional, by name.
    Professional(String),
}

impl LiaisonSheet {
    /// A sheet with her name on it, which only a permit makes.
    pub fn permitted(permit: &Permit, name: String, message: String) -> Self {
        LiaisonSheet {
            recipient: permit.recipient().clone(),
            day: permit.day(),
            consent: permit.entry(),
            name,
            message,
            told: Vec::new(),
        }
    }
}

/// That a sheet was given: the trace that stays. It says which pieces went, not what they said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenSheet {
    /// Names the line.
    pub id: LineId,
    /// About whom.
    pub person: PersonId,
    /// The day.
    pub day: NaiveDate,
    /// The hour.
    pub hour: Hour,
    /// To whom.
    pub recipient: Recipient,
    /// On paper or as a file.
    pub way: GivenWay,
    /// The consent that it rested on.
    pub consent: Option<ConsentId>,
    /// What went, beside the name.
    pub pieces: BTreeSet<Piece>,
    /// Why one wrote.
    pub message: String,
}

coded! {
    /// How a sheet leaves.
    GivenWay {
        /// Printed.
        Paper = "paper",
        /// As a file.
        File = "file",
    }
}
