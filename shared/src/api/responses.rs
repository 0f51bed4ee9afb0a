//! What the door answers: plain data to show, and notices of what changed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::alerts::AlertRow;
use super::application::ApplicationDueRow;
use super::charter::CharterDueRow;
use super::collective::{CommonTarget, EventRow, EventStepRow, ProjectStepRow};
pub use super::directory::{
    AbsenceShown, EntryFile, EntryRow, InTouch, OwnCard, PublicLine, TouchRow, WhoAnswer, WhoDoesWhat,
};
pub use super::imports::{Alike, ImportColumn, ImportPreview, ImportReport, LineNote, LineToLook};
use super::information::InformationDueRow;
pub use super::journals::{ActRow, FieldHistory, ReadRow};
use super::means::MeansDueRow;
use super::meetings::{MeetingDue, MeetingRow};
use super::outreach::OutreachAskRow;
use super::procedures::ProcedureRow;
pub use super::projects::{
    CircleFile, HelperShown, LiaisonPreview, MemberRow, ProjectCall, ProjectDue, ProjectFile, ProjectRow,
};
pub use super::reception::CountRow;
use super::register::{RegisterDue, RegisterLink};
pub use super::retention::{DueCampaign, DuePerson, DueRequest, EliminationSlip, Erased, Retention, SlipRow};
pub use super::rounds::{HamletRow, MonthOfRounds, RoundFile, RoundRow, Rounds, SilencedStop, StopRow, StopSilence};
use super::stays::{StayDue, StayRow};
pub use super::timeline::{ProjectStep, TimelineItem, TimelineKind};
use super::triage::ProvisionalRow;
use crate::domain::consent::{ConsentEntry, EmergencyDisclosure};
use crate::domain::directory::EntryKind;
use crate::domain::encounter::Encounter;
use crate::domain::follow_up::FollowUp;
use crate::domain::household::Household;
use crate::domain::ids::{
    ActId, AlertId, CopyId, DocId, EncounterId, EntryId, FollowUpId, HealthProjectId, HospitalStayId, MergeId,
    NeighbourId, PersonId, RegisterEntryId, RequestId, RoundId, SharedMeetingId,
};
use crate::domain::isolation::IsolationAssessment;
use crate::domain::ladder::NextStep;
use crate::domain::likeness::Likeness;
use crate::domain::person::{Person, PersonState, RelatedPerson, Silence};
use crate::domain::person_copy::CopyTrace;
use crate::domain::request::{Request as CareRequest, Span};
use crate::domain::time::PartialDate;

/// What happened that screens may want to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// These documents changed.
    Changed(Vec<DocId>),
    /// The notebook was locked.
    Locked,
    /// Something about what is shared, or with whom, changed.
    Sharing,
    /// A long work is so far.
    Progress {
        /// Done so far.
        done: u32,
        /// Of so many.
        total: u32,
    },
}

/// Whether there is a notebook, and whether it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// None yet.
    None,
    /// One, locked.
    Locked,
    /// One, open.
    Open,
}

/// What was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The act, by which it can be undone.
    pub act: ActId,
}

/// What the day asks for, ordered by consequence and then by hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// The civil day.
    pub day: NaiveDate,
    /// Why it is not worked, if it is not.
    pub not_worked: Option<NotWorkedWhy>,
    /// The alerts that somebody must answer, the most urgent first.
    pub alerts: Vec<AlertRow>,
    /// What is to be watched while it lasts, and asks for nothing by an hour.
    pub watched: Vec<AlertRow>,
    /// Whoever did not answer, and whose next step on the ladder has come, the longest waiting first.
    pub unanswered: Vec<UnansweredRow>,
    /// Fell due before today, longest first.
    pub late: Vec<FollowUpRow>,
    /// Falls due today, by hour.
    pub due: Vec<FollowUpRow>,
    /// Falls due in the six days after.
    pub week: Vec<FollowUpRow>,
    /// Requests that nobody has listened to yet, and those that stand still, the longest first.
    pub requests: Vec<RequestRow>,
    /// Health projects to look at again by the end of the week, and those in which nobody is to do anything.
    pub projects: Vec<ProjectDue>,
    /// Returns from hospital: those with gaps first.
    pub stays: Vec<StayDue>,
    /// *Temps d'échange* of the day and the next, and those that still ask for something.
    pub meetings: Vec<MeetingDue>,
    /// Provisional records whose time is near its end, the nearest first.
    pub provisional: Vec<ProvisionalRow>,
    /// Followed people not seen for long, longest first.
    pub unseen: Vec<UnseenRow>,
    /// What is to be acknowledged in the legal register.
    pub register: RegisterDue,
    /// How many people the notebook knows.
    pub people: u32,
    /// How many requests and people reported: a notebook that has some is not empty.
    pub asked: u32,
    /// What was noted today.
    pub noted_today: u32,
    /// What is odd in the data: documents that could not be read, values not understood.
    pub anomalies: u32,
    /// The day the notebook was last copied elsewhere, if it ever was.
    pub copied_on: Option<NaiveDate>,
    /// Partners whose rhythm is over, longest first.
    pub touch: Vec<TouchRow>,
    /// Steps of collective projects, late ones first, up to the end of the week.
    pub project_steps: Vec<ProjectStepRow>,
    /// What is to be done for events, within a week.
    pub event_steps: Vec<EventStepRow>,
    /// What applications to calls for projects ask for this week, the earliest first.
    pub applications: Vec<ApplicationDueRow>,
    /// The procedures to be looked at again: their day has come.
    pub procedures: Vec<ProcedureRow>,
    /// Outreach services that are to be made sure of again, or leave days of the week without anyone.
    pub outreach: Vec<OutreachAskRow>,
    /// Information that ends this week and was not passed on, the earliest first.
    pub information: Vec<InformationDueRow>,
    /// What this coordinator lends or borrows and is due back this week, the earliest first.
    pub means: Vec<MeansDueRow>,
    /// What charters of posts ask for this week, by day.
    pub charters: Vec<CharterDueRow>,
    /// The events of the week.
    pub events: Vec<EventRow>,
}

/// Why a day is not worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotWorkedWhy {
    /// Not a day of the coordinator's week.
    Weekend,
    /// A public holiday, by its code.
    Holiday(String),
    /// On leave.
    Leave,
}

/// A follow-up in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpRow {
    /// The follow-up.
    pub follow_up: FollowUp,
    /// The person's name, if it is about one.
    pub name: String,
    /// Where they live, as one says it.
    pub place: String,
    /// The first telephone, if any.
    pub phone: String,
    /// Days late.
    pub days_late: u32,
}

/// A request in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRow {
    /// The request.
    pub request: CareRequest,
    /// The person's name.
    pub name: String,
    /// Days since it was received.
    pub days: u32,
    /// How far it is, since when.
    pub span: Span,
    /// Why the person is not to be contacted, if they are not.
    pub silence: Option<Silence>,
}

/// Someone not seen for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnseenRow {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Where.
    pub place: String,
    /// The first telephone.
    pub phone: String,
    /// Days since the last contact; none if there never was one.
    pub days: Option<u32>,
}

/// Someone who did not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnansweredRow {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Where.
    pub place: String,
    /// The first telephone.
    pub phone: String,
    /// Attempts since the last contact.
    pub tries: u32,
    /// The day of the last one.
    pub last: NaiveDate,
    /// What comes next.
    pub next: NextStep,
    /// Those whom the person has named to be called first: nobody else is told.
    pub named: Vec<RelatedPerson>,
}

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Who.
    pub id: PersonId,
    /// Name as one says it.
    pub name: String,
    /// Family name, which the list is sorted by.
    pub family_name: String,
    /// Where.
    pub place: String,
    /// Birth.
    pub birth: Option<PartialDate>,
    /// Whether to be contacted.
    pub state: PersonState,
    /// The last contact.
    pub last_contact: Option<NaiveDate>,
    /// The next follow-up due, an absence being over; none for whom nothing is to be done.
    pub next_due: Option<NaiveDate>,
}

/// One person and all that concerns them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFile {
    /// The sheet; while they have none, what was reported of them.
    pub person: Person,
    /// As they were reported, while they have no sheet.
    pub provisional: Option<ProvisionalRow>,
    /// The last contact.
    pub last_contact: Option<NaiveDate>,
    /// Open follow-ups, the first due first; none where the person's state cancels them.
    pub open: Vec<FollowUp>,
    /// The four entries, all of them, the last given first: `domain::consent::may` reads them.
    pub entries: Vec<ConsentEntry>,
    /// Their health projects: those that go on first, then the last opened first.
    pub projects: Vec<ProjectRow>,
    /// Their stays at hospital: the one that goes on first, then the last first.
    pub stays: Vec<StayRow>,
    /// Their *temps d'échange*: those to come first, then the last first.
    pub meetings: Vec<MeetingRow>,
    /// Who is around them today, whoever leads first.
    pub circle: Vec<MemberRow>,
    /// What of them neighbouring coordinators read, the last first.
    pub copied: Vec<CopyTrace>,
    /// What was said in emergencies, the last first.
    pub disclosures: Vec<EmergencyDisclosure>,
    /// How alone they were seen to be, the last day first: drawn over time, each day with its level.
    pub assessments: Vec<IsolationAssessment>,
    /// Everything that took place, newest first.
    pub timeline: Vec<TimelineItem>,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
    /// Their entry in the legal register, where the sheet says which it is.
    pub register: Option<RegisterLink>,
    /// Where the person is made of several sheets: which were said to be one, each of which can be parted again.
    pub merged: Vec<MergedSheets>,
    /// With whom they live.
    pub household: Household,
}

/// Two sheets that were said to be of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedSheets {
    /// The record that says so: what ends it.
    pub merge: MergeId,
    /// The sheet kept.
    pub kept: PersonId,
    /// The name on it.
    pub kept_name: String,
    /// The other sheet.
    pub other: PersonId,
    /// The name on it.
    pub other_name: String,
}

/// Someone who is likely the person that a form describes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimilarPerson {
    /// Who, as in the list of people.
    pub row: PersonRow,
    /// Why.
    pub why: Vec<Likeness>,
}

/// A field in which two devices wrote different things, neither knowing of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The field's path in the document, in codes.
    pub field: String,
    /// Every value, the one shown first.
    pub values: Vec<String>,
}

/// One encounter and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncounterFile {
    /// The encounter.
    pub encounter: Encounter,
    /// The person's name.
    pub name: String,
    /// The name of who of the directory was there.
    pub entry_name: String,
    /// The note that nobody else reads.
    pub unshared_note: String,
}

/// One follow-up and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpFile {
    /// The follow-up.
    pub follow_up: FollowUp,
    /// The person's name.
    pub name: String,
    /// Why it is cancelled without having been: the person's state. None where it is ended, or to be done.
    pub silenced: Option<Silence>,
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What it leads to.
    pub target: HitTarget,
    /// What to show first: a name.
    pub title: String,
    /// What tells it from another: where, when.
    pub detail: String,
    /// Why the person it is about is not to be contacted, if they are not.
    pub silence: Option<Silence>,
}

/// What a hit leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HitTarget {
    /// A person.
    Person(PersonId),
    /// An entry of the directory.
    Entry(EntryId, EntryKind),
    /// An encounter, with whom and when.
    Encounter(EncounterId, Option<PersonId>, NaiveDate),
    /// A follow-up.
    FollowUp(FollowUpId, Option<PersonId>, NaiveDate),
    /// A request.
    Request(RequestId, Option<PersonId>, NaiveDate),
    /// Someone reported, not yet met, who has no sheet.
    Provisional(PersonId, NaiveDate),
    /// An entry of the legal register, and whether they are in it today.
    Register(RegisterEntryId, bool),
    /// An alert, about whom, and when it came: none of its words.
    Alert(AlertId, Option<PersonId>, NaiveDate),
    /// A health project, whose it is and since when.
    Project(HealthProjectId, PersonId, NaiveDate),
    /// A stay at hospital, whose it is and since when.
    Stay(HospitalStayId, PersonId, NaiveDate),
    /// A *temps d'échange*, about whom and when.
    Meeting(SharedMeetingId, PersonId, NaiveDate),
    /// The circle of a person.
    Circle(PersonId),
    /// What a neighbouring coordinator entrusted about someone.
    Received(NeighbourId, CopyId),
    /// A round, by with whom its hour of return is left.
    Round(RoundId, NaiveDate),
    /// What is common: a collective project, a difficulty of practice, a fictional situation.
    Common(CommonTarget),
}

/// Whether a day fits, and the worked days around it where it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayProposal {
    /// The day asked about.
    pub day: NaiveDate,
    /// Why it does not fit; none when it does.
    pub why: Option<NotWorkedWhy>,
    /// The worked day before.
    pub earlier: Option<NaiveDate>,
    /// The worked day after.
    pub later: Option<NaiveDate>,
}

/// A file to keep.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// A name that names nobody.
    pub name: String,
    /// What browsers call its kind.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was verified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// Documents opened, every change checked.
    pub documents: u32,
    /// Documents that could not be.
    pub unreadable: u32,
    /// Cached views that were not what the documents say; made again.
    pub stale_views: u32,
    /// Acts in the journal of writes.
    pub acts: u32,
}
