//! Notebooks lent to someone else's device, through the door: a caller's, for one campaign; a designated agent's, for the
//! legal register; a tablet's, for one survey. What is handed over, what it is for, and what comes back of it.

use serde::{Deserialize, Serialize};

use super::responses::File;
use crate::domain::ids::{ActId, CampaignId, LineId, RegisterAgentId, RegisterEntryId, SurveyId};

/// A file that lends a notebook, and what opens it: to be said, never sent with it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lent {
    /// The file.
    pub file: File,
    /// The words that open it.
    pub words: String,
}

/// What an open notebook is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// The coordinator's: everything.
    Coordinator,
    /// A mairie's: what was published for it, and nothing else.
    Mairie,
    /// A caller's: one campaign, until its end.
    Caller {
        /// Which.
        campaign: CampaignId,
        /// Which of its callers.
        caller: LineId,
        /// Whether its time is over: only handing back is left.
        over: bool,
    },
    /// A tablet's: one survey, and whoever stands before it.
    Tablet {
        /// Which.
        survey: SurveyId,
    },
    /// A designated agent's: the legal register, while the designation holds.
    Agent {
        /// Which agent.
        agent: RegisterAgentId,
        /// Whether the designation ended: only handing back, or a newer copy, is left.
        over: bool,
    },
}

impl Role {
    /// Whether the notebook is one that was lent, and its time is over.
    pub fn is_over(self) -> bool {
        matches!(self, Role::Caller { over: true, .. } | Role::Agent { over: true, .. })
    }
}

/// Something to do with a copy of the register.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegisterCopy {
    /// The register for an agent whose designation holds today: sealed, as a file that opens on their device.
    Lend(RegisterAgentId),
    /// What an agent wrote, as the copy that their device made.
    TakeBack {
        /// The file.
        file: Vec<u8>,
        /// From whom it is taken.
        from: Sender,
    },
    /// On an agent's device: what changed meanwhile, from a newer copy. What was written there stays.
    Renew {
        /// The file.
        file: Vec<u8>,
        /// The words that open it.
        words: String,
    },
}

/// From whom what was written is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sender {
    /// An agent whose designation holds today.
    Designated,
    /// An agent whose designation ended, too: someone knows, and wants it.
    EndedToo,
}

/// What came of a copy that was taken back, or renewed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterBack {
    /// The act, by which it can be undone; none where nothing was new.
    pub act: Option<ActId>,
    /// Whose copy it was, where they are still in the register's log.
    pub agent: String,
    /// How many entries came.
    pub created: u32,
    /// How many entries changed.
    pub changed: u32,
    /// How many extracts were recorded.
    pub extracts: u32,
    /// How many calls were noted.
    pub attempts: u32,
    /// The entries in which two people wrote the same field, with the name on each: someone chooses.
    pub two_versions: Vec<(RegisterEntryId, String)>,
    /// How many entries stay away, which were erased or undone here meanwhile.
    pub left_out: u32,
    /// How many calls stay away, of campaigns that were closed here meanwhile.
    pub closed: u32,
}
