//! The tables that a collective keeps before it has a notebook, taken in: into what, and as someone confirmed it.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{DiagnosisId, GroupId};

/// Into what a table is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LoadInto {
    /// Communes, with who lives there, into a diagnosis.
    Communes {
        /// Which.
        diagnosis: DiagnosisId,
        /// The year of the figures, where a line says none.
        year: i32,
        /// Who says so, where a line says none.
        source: String,
    },
    /// Events, of a group or one's own.
    Events(Option<GroupId>),
    /// Priorities, into the programmes of their years, of a group or one's own.
    Priorities(Option<GroupId>),
}

/// A table to take in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Into what.
    pub into: LoadInto,
    /// The file.
    pub file: Vec<u8>,
    /// The field of each column, as a code of the preview, or none to leave it out.
    pub columns: Vec<Option<String>>,
    /// The list of communes that the host serves; empty where it is not at hand.
    pub communes: String,
}
