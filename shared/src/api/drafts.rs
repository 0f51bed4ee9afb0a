//! Forms half filled, kept on this device, sealed: which form, about what, and what was typed.

use serde::{Deserialize, Serialize};

/// The form that is the waiting list of the reception desk: kept on this device, sealed, and forgotten with the day.
pub const WAITING: &str = "waiting";

/// Which form, and about what. A form has at most one draft.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DraftKey {
    /// The form's own code.
    pub form: String,
    /// What it is about: an id as text; empty for something new.
    pub subject: String,
}

impl DraftKey {
    /// The form of a note with someone of the directory: its subject is the entry, and whom it is about is in its words.
    pub const NOTE_WITH_ENTRY: &'static str = "note-entry";
    /// The form of a report for the mairie: its subject is the period, and whom it tells of is in its words.
    pub const REPORT: &'static str = "summary-report";
    /// The form of a procedure: about nobody, whatever it is begun from or changes.
    pub const PROCEDURE: &'static str = "procedure";
    /// The form by which a procedure is published.
    pub const PUBLISH_PROCEDURE: &'static str = "publish-procedure";
    /// The form of an episode: its subject is `PROCEDURE/PERSON`, or the procedure where it is begun about nobody.
    pub const BEGIN_PROCEDURE: &'static str = "begin-procedure";
    /// The form of a sheet that travels: about nobody, whatever it is begun from or changes.
    pub const TRAVELLING_SHEET: &'static str = "travelling-sheet";
    /// Something to offer, or what is offered: about nobody, whichever thing its subject names.
    pub const MEANS: &'static str = "means";
    /// A use of something that is offered: about nobody in the same way.
    pub const MEANS_LOAN: &'static str = "means-loan";
}

/// A form half filled.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which form.
    pub key: DraftKey,
    /// Its fields as the form wrote them; only the form reads them.
    pub content: String,
    /// When it was kept; set by the engine.
    pub at: crate::domain::time::Instant,
}
