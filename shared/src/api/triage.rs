//! Requests and triage through the door: what is said of them, what is asked about them, and what is answered.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::meetings::MeetingRow;
use super::requests::DraftKey;
use super::responses::{Conflict, RequestRow};
use crate::domain::consent::ConsentEntry;
use crate::domain::ids::{PersonId, ProvisionalId, RequestId};
use crate::domain::person::Silence;
use crate::domain::provisional::{ErasedProvisional, Provisional, ProvisionalChange, ProvisionalEnd};
use crate::domain::radar::RadarRow;
use crate::domain::request::{Request as CareRequest, RequestStep, Span, Stage};

/// Something done in triage.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TriageWrite {
    /// A request is received. Of it, only what was said when it was received is taken: what comes of it is steps.
    Receive {
        /// What is asked.
        request: Box<CareRequest>,
        /// Whom it is about, where they are reported with it: someone not yet met.
        reported: Option<Box<Provisional>>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Something happens to a request: all of it or none.
    Steps {
        /// Which.
        id: RequestId,
        /// What, in order.
        steps: Vec<RequestStep>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Someone not yet met is reported.
    Report {
        /// As they were reported.
        record: Box<Provisional>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A report is mended.
    EditReport {
        /// Which.
        id: ProvisionalId,
        /// The differences.
        changes: Vec<ProvisionalChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// The person was informed: the record becomes a sheet, and says so among the four entries.
    Inform {
        /// Which record.
        id: ProvisionalId,
        /// The day.
        day: NaiveDate,
        /// How: an item of the list of ways, or free words.
        how: String,
    },
    /// The person was not informed, or wants none: all about them is erased, and one is counted. It cannot be taken
    /// back: ask first.
    EraseProvisional {
        /// Which record.
        id: ProvisionalId,
        /// Why.
        why: ProvisionalEnd,
    },
    /// A request about nobody named is erased. It cannot be taken back: ask first. Those about someone go with them.
    EraseRequest(RequestId),
}

/// Something asked about triage.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TriageQuestion {
    /// Requests, and the provisional records.
    Requests(RequestFilter),
    /// One request.
    Request(RequestId),
    /// Requests alike, from one day to another, both among them.
    Radar {
        /// The first day.
        from: NaiveDate,
        /// The last.
        to: NaiveDate,
    },
}

/// What is answered about triage.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TriageAnswer {
    /// Requests.
    Requests(Box<RequestList>),
    /// One request.
    Request(Box<RequestFile>),
    /// Requests alike.
    Radar(Vec<RadarRow>),
}

/// Which requests are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestFilter {
    /// At which stage.
    pub stage: StageFilter,
    /// About what; of any topic where it is empty.
    pub topic: String,
    /// From whom; from anyone where it is empty.
    pub source: String,
    /// Received so many days ago or more.
    pub days: u32,
    /// About whom; about anyone where none is said.
    pub person: Option<PersonId>,
}

/// Which stages are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StageFilter {
    /// Every one but closed.
    #[default]
    Open,
    /// That one.
    One(Stage),
    /// Every one.
    All,
}

/// Requests, the longest at their stage first; closed ones last, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestList {
    /// The requests.
    pub rows: Vec<RequestRow>,
    /// How many there are that no filter shows out of.
    pub all: u32,
    /// The provisional records, the nearest end first.
    pub provisional: Vec<ProvisionalRow>,
    /// Those that were erased.
    pub erased: Vec<ErasedProvisional>,
}

/// A provisional record in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionalRow {
    /// The record.
    pub record: Provisional,
    /// How many days are left; less than nothing once the time is over.
    pub days_left: i64,
}

/// One request and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestFile {
    /// The request.
    pub request: CareRequest,
    /// The person's name.
    pub name: String,
    /// The record of whom it is about, while they have no sheet.
    pub provisional: Option<ProvisionalRow>,
    /// Why the person is not to be contacted.
    pub silence: Option<Silence>,
    /// The stages it went through.
    pub spans: Vec<Span>,
    /// The four entries of the person: `domain::consent::may` reads them before a name leaves.
    pub entries: Vec<ConsentEntry>,
    /// The *temps d'échange* that came of it.
    pub meetings: Vec<MeetingRow>,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
}
