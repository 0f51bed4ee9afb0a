//! Alerts as screens show them and write them; and what was said of someone in danger, kept apart.

use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::alert::{Alert, AlertChange, Clock, Moment, Owner, Severity};
use crate::domain::consent::EmergencyDisclosure;
use crate::domain::ids::{AlertId, PersonId};
use crate::domain::person::Silence;
use crate::domain::safeguarding::{Account, LawfulRecipients};

/// Something that is done about an alert.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlertWrite {
    /// It comes.
    Raise {
        /// The alert, with its owner and its severity.
        alert: Box<Alert>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// It goes on, or its words are mended: all of it or none.
    Edit {
        /// Which.
        id: AlertId,
        /// What changes.
        changes: Vec<AlertChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// What was said of someone in danger is kept in the sensitive tier.
    Keep {
        /// What was said.
        account: Box<Account>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// Every alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alerts {
    /// Those that ask for something, the most urgent first.
    pub live: Vec<AlertRow>,
    /// Those that were closed or ended by themselves, the last first.
    pub over: Vec<AlertRow>,
}

/// An alert in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertRow {
    /// Which.
    pub id: AlertId,
    /// About whom, if it is about someone.
    pub person: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// Where they live; or where it holds.
    pub place: String,
    /// The first telephone of whoever may be contacted; empty where their state says that nobody contacts them.
    pub phone: String,
    /// Why the person it is about is not to be contacted. It is shown all the same: a refusal closes doors, and not eyes.
    pub silence: Option<Silence>,
    /// What it is.
    pub kind: String,
    /// How grave.
    pub severity: Severity,
    /// Who answers for it.
    pub owner: Owner,
    /// When it came.
    pub received: Moment,
    /// What the clock says.
    pub clock: Clock,
    /// Whether somebody took note of it.
    pub acknowledged: bool,
    /// How far it is.
    pub standing: Standing,
    /// What one about everyone says beside.
    pub population: Option<crate::domain::alert::Population>,
}

/// How far an alert in a list is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It asks for something.
    Open,
    /// It was closed on one device while it went on on another.
    Disputed,
    /// It is closed, at that moment, for that reason.
    Closed(Moment, String),
    /// It ended by itself.
    Expired,
}

/// One alert, with what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertFile {
    /// The alert.
    pub alert: Alert,
    /// As it is in a list.
    pub row: AlertRow,
    /// What was said in emergencies about the person, the last first: to whom, and the minimum.
    pub disclosures: Vec<EmergencyDisclosure>,
    /// How many things said of the person are kept in the sensitive tier: how many, and no word of them.
    pub accounts: u32,
    /// To whom the law lets a danger be told, as this place says it.
    pub recipients: LawfulRecipients,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
}
