//! A request: what someone asks for, in their own words, before anyone looks for an answer.
//!
//! Only its reception is here. It must be *heard* and *analysed* before it can be oriented; those steps add to this
//! record and change nothing of what it says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::{EncounterId, PersonId, RequestId};

/// What someone asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Names the request.
    pub id: RequestId,
    /// For whom.
    pub person: Option<PersonId>,
    /// Received that day.
    pub received: NaiveDate,
    /// Who asks: an item of the list of sources.
    pub source: String,
    /// About what: an item of the list of topics; may wait.
    pub topic: String,
    /// The words in which it was said.
    pub verbatim: String,
    /// How far it is.
    pub state: RequestState,
    /// The encounter it came up in.
    pub from: Option<EncounterId>,
}

impl Request {
    /// A request received that day.
    pub fn received(id: RequestId, person: Option<PersonId>, day: NaiveDate) -> Self {
        Request {
            id,
            person,
            received: day,
            source: "person".into(),
            topic: String::new(),
            verbatim: String::new(),
            state: RequestState::Received,
            from: None,
        }
    }
}

text_fields! {
    /// The text fields of a request.
    RequestField of Request {
        /// Who asks.
        Source = "source" => source,
        /// About what.
        Topic = "topic" => topic,
        /// The words.
        Verbatim = "verbatim" => verbatim,
    }
}

coded! {
    /// How far a request is.
    RequestState {
        /// It was said.
        Received = "received",
        /// Someone took the time to listen.
        Heard = "heard",
        /// What it is about is understood.
        Analysed = "analysed",
        /// It ended.
        Closed = "closed",
    }
}
