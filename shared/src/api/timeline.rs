//! What took place with a person, record by record, as a screen shows it: newest first, filtered by kind.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::alert::{Alert, Moment};
use crate::domain::campaign::{AttemptOutcome, CallAttempt};
use crate::domain::consent::{ConsentEntry, EmergencyDisclosure};
use crate::domain::encounter::Encounter;
use crate::domain::follow_up::{FollowUp, FollowUpState};
use crate::domain::hospital_stay::StayEnd;
use crate::domain::ids::{AccountId, HealthProjectId, HospitalStayId, ProcedureRunId, RequestId, SharedMeetingId};
use crate::domain::isolation::IsolationAssessment;
use crate::domain::liaison::GivenSheet;
use crate::domain::person::Silence;
use crate::domain::project::HaltKind;
use crate::domain::provisional::Provisional;
use crate::domain::request::{Request as CareRequest, StoryStep};
use crate::domain::shared_meeting::Presence;

/// Something in a person's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimelineItem {
    /// An encounter, and whether it has an unshared note.
    Encounter(Encounter, bool),
    /// A request, on the day it was received.
    Request(CareRequest),
    /// What came of a request, on its day.
    RequestStep(RequestId, NaiveDate, StoryStep),
    /// That someone reported them, before they were met.
    Reported(Provisional),
    /// A follow-up done or given up.
    FollowUp(FollowUp),
    /// A follow-up that still waits, shown as cancelled because of the person's state; it is open again if that returns.
    Silenced(FollowUp, Silence),
    /// One of the four entries, on the day it was given.
    Entry(ConsentEntry),
    /// One of the four entries, on the day it was withdrawn.
    Withdrawn(ConsentEntry),
    /// What was said in an emergency.
    Disclosure(EmergencyDisclosure),
    /// A look at their isolation.
    Assessment(IsolationAssessment),
    /// An attempt to reach them in a campaign, by its title.
    Call(CallAttempt, String),
    /// An alert.
    Alert(Box<Alert>),
    /// That something said of them was kept in the sensitive tier: when, and not a word of it.
    Account(AccountId, Moment),
    /// Something in one of their health projects.
    Project(HealthProjectId, NaiveDate, ProjectStep),
    /// Something in one of their stays at hospital.
    Stay(HospitalStayId, NaiveDate, StayStep),
    /// Something in a *temps d'échange* about them.
    Meeting(SharedMeetingId, NaiveDate, MeetingStep),
    /// A liaison sheet that was given about them.
    Sheet(GivenSheet),
    /// A procedure that was begun for them: what it is called, and the number of the version that was used.
    Procedure(ProcedureRunId, NaiveDate, String, u32),
}

/// What took place in a stay at hospital.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StayStep {
    /// One was told of it: where.
    Noticed(String),
    /// The person is back.
    Returned,
    /// It ended in another way.
    Ended(StayEnd),
}

/// What took place in a *temps d'échange*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingStep {
    /// It is to be that day, for that purpose.
    Planned(String),
    /// It was held, for that purpose, and whether the person was there.
    Held(String, Presence),
    /// They were told what was decided: what was said.
    ToldBack(String),
    /// It will not take place, and why.
    Cancelled(String),
}

/// What took place in a health project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProjectStep {
    /// It began, with these words.
    Opened(String),
    /// It was looked at again, and this was said.
    Reviewed(String),
    /// It halted so, and this was said.
    Halted(HaltKind, String),
    /// It was taken up again, and this was said.
    Resumed(String),
}

impl TimelineItem {
    /// The day it is shown at.
    pub fn day(&self) -> NaiveDate {
        match self {
            TimelineItem::Encounter(encounter, _) => encounter.day,
            TimelineItem::Request(request) => request.received,
            TimelineItem::RequestStep(_, day, _) => *day,
            TimelineItem::Reported(record) => record.reported_on,
            TimelineItem::FollowUp(follow_up) => match &follow_up.state {
                FollowUpState::Done { day, .. } => *day,
                _ => follow_up.due,
            },
            TimelineItem::Silenced(follow_up, _) => follow_up.due,
            TimelineItem::Entry(entry) => entry.given.on,
            TimelineItem::Withdrawn(entry) => entry.withdrawn.as_ref().map_or(entry.given.on, |withdrawn| withdrawn.on),
            TimelineItem::Disclosure(disclosure) => disclosure.day,
            TimelineItem::Assessment(assessment) => assessment.day,
            TimelineItem::Call(attempt, _) => attempt.day,
            TimelineItem::Alert(alert) => alert.received.day,
            TimelineItem::Account(_, at) => at.day,
            TimelineItem::Project(_, day, _) | TimelineItem::Stay(_, day, _) | TimelineItem::Meeting(_, day, _) => *day,
            TimelineItem::Procedure(_, day, ..) => *day,
            TimelineItem::Sheet(given) => given.day,
        }
    }

    /// The kind of record it tells of: what a timeline is filtered by.
    pub fn kind(&self) -> TimelineKind {
        match self {
            TimelineItem::Encounter(..) => TimelineKind::Encounter,
            TimelineItem::Request(_) | TimelineItem::RequestStep(..) => TimelineKind::Request,
            TimelineItem::Reported(_) => TimelineKind::Reported,
            TimelineItem::FollowUp(_) | TimelineItem::Silenced(..) => TimelineKind::FollowUp,
            TimelineItem::Entry(_) | TimelineItem::Withdrawn(_) => TimelineKind::Entry,
            TimelineItem::Disclosure(_) => TimelineKind::Disclosure,
            TimelineItem::Assessment(_) => TimelineKind::Assessment,
            TimelineItem::Call(..) => TimelineKind::Call,
            TimelineItem::Alert(_) => TimelineKind::Alert,
            TimelineItem::Account(..) => TimelineKind::Account,
            TimelineItem::Project(..) => TimelineKind::Project,
            TimelineItem::Stay(..) => TimelineKind::Stay,
            TimelineItem::Meeting(..) => TimelineKind::Meeting,
            TimelineItem::Sheet(_) => TimelineKind::Sheet,
            TimelineItem::Procedure(..) => TimelineKind::Procedure,
        }
    }

    /// Whether it is a record of its own, and no step of another: what is counted.
    pub fn is_record(&self) -> bool {
        !matches!(self, TimelineItem::RequestStep(..) | TimelineItem::Meeting(_, _, MeetingStep::ToldBack(_)))
    }

    /// Whether the person was seen, heard or answered.
    pub fn is_contact(&self) -> bool {
        match self {
            TimelineItem::Encounter(encounter, _) => encounter.is_contact(),
            TimelineItem::Call(attempt, _) => !attempt.withdrawn && attempt.outcome == AttemptOutcome::Reached,
            TimelineItem::Meeting(_, _, step) => {
                matches!(step, MeetingStep::Held(_, Presence::There) | MeetingStep::ToldBack(_))
            }
            _ => false,
        }
    }
}

/// The kinds of record a timeline tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TimelineKind {
    /// Encounters.
    Encounter,
    /// Requests.
    Request,
    /// That someone reported them.
    Reported,
    /// Follow-ups done, given up, or cancelled by the person's state.
    FollowUp,
    /// The four entries, given and withdrawn.
    Entry,
    /// What was said in emergencies.
    Disclosure,
    /// Looks at the person's isolation.
    Assessment,
    /// Attempts to reach them in campaigns.
    Call,
    /// Alerts.
    Alert,
    /// That something said of them was kept in the sensitive tier.
    Account,
    /// Their health projects.
    Project,
    /// Their stays at hospital.
    Stay,
    /// *Temps d'échange* about them.
    Meeting,
    /// Liaison sheets given about them.
    Sheet,
    /// Procedures begun for them.
    Procedure,
    /// Who is around them: no line of time, but something held.
    Circle,
}

impl TimelineKind {
    /// Every kind, in the order in which a filter offers them.
    pub const ALL: [TimelineKind; 16] = [
        TimelineKind::Encounter,
        TimelineKind::Request,
        TimelineKind::Reported,
        TimelineKind::FollowUp,
        TimelineKind::Alert,
        TimelineKind::Call,
        TimelineKind::Project,
        TimelineKind::Stay,
        TimelineKind::Meeting,
        TimelineKind::Sheet,
        TimelineKind::Procedure,
        TimelineKind::Entry,
        TimelineKind::Assessment,
        TimelineKind::Disclosure,
        TimelineKind::Account,
        TimelineKind::Circle,
    ];
}
