//! Health projects, circles and liaison sheets, as screens ask for them and show them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::directory::AbsenceShown;
use super::meetings::MeetingRow;
use super::requests::DraftKey;
use super::responses::Conflict;
use crate::domain::agreement::NotAccompanied;
use crate::domain::circle::{Helper, Member, MemberChange};
use crate::domain::consent::{Sharing, Told, Why};
use crate::domain::ids::{DocId, FollowUpId, HealthProjectId, LineId, PersonId};
use crate::domain::liaison::{GivenSheet, GivenWay, LiaisonChoice, LiaisonSheet};
use crate::domain::person::{RelatedPerson, Silence};
use crate::domain::project::{AfterReview, Carried, Halt, HaltKind, HealthProject, Over, Owner, ProjectChange, Review};

/// Something is done with a project, a circle or a liaison sheet.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProjectWrite {
    /// A project begins: with whose words, which goals, and when it is looked at again. Its person agrees to be
    /// accompanied, or it does not begin.
    Open {
        /// The project; its actions, reviews and halts are not read.
        project: Box<HealthProject>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A project changes.
    Edit {
        /// Which.
        id: HealthProjectId,
        /// The differences.
        changes: Vec<ProjectChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// It was looked at again with the person; another day is set, or it ends.
    Review {
        /// Which.
        id: HealthProjectId,
        /// What was said.
        review: Review,
        /// What comes then.
        then: AfterReview,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// The person pauses it or stops it, or it ends.
    Halt {
        /// Which.
        id: HealthProjectId,
        /// How.
        halt: Halt,
        /// Where it pauses: when it is spoken of again. Not read otherwise.
        review: Option<NaiveDate>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// She takes it up again: whatever halted it is over.
    Resume {
        /// Which.
        id: HealthProjectId,
        /// When, and what she said.
        over: Over,
        /// When it is looked at again.
        review: NaiveDate,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// Someone comes into a circle, changes or leaves it. Who leads is one: another who did no longer does.
    Member {
        /// Whose circle.
        person: PersonId,
        /// Which line.
        id: LineId,
        /// The differences.
        changes: Vec<MemberChange>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// A liaison sheet leaves. The consent is looked for again, each time; without it nothing does.
    GiveSheet {
        /// Names the trace that stays.
        id: LineId,
        /// What, about whom, to whom.
        choice: LiaisonChoice,
        /// On paper or as a file.
        way: GivenWay,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
}

/// A project in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRow {
    /// Which.
    pub id: HealthProjectId,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they want, in their words.
    pub words: String,
    /// About what.
    pub topic: String,
    /// Since when.
    pub opened: NaiveDate,
    /// When it is looked at again.
    pub review: NaiveDate,
    /// How it is halted, if it is.
    pub halted: Option<HaltKind>,
    /// How many actions wait.
    pub open_actions: u32,
    /// How many were done.
    pub done_actions: u32,
}

/// A project that asks for something on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectDue {
    /// The project.
    pub row: ProjectRow,
    /// What for.
    pub why: ProjectCall,
}

/// What a project asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProjectCall {
    /// To be looked at again: it falls due that day, or did.
    Review(NaiveDate),
    /// Nobody is to do anything in it.
    NoNextStep,
}

/// One project and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectFile {
    /// The project, under the id its person is shown as.
    pub project: HealthProject,
    /// Whose it is, by name.
    pub name: String,
    /// Their first telephone.
    pub phone: String,
    /// Whether they agree to be accompanied today.
    pub agreement: Result<(), NotAccompanied>,
    /// Why nothing is to be done about them, if so.
    pub silence: Option<Silence>,
    /// Who carries each action that someone else carries.
    pub owners: Vec<(FollowUpId, HelperShown)>,
    /// How much the coordinator carries, where it is much.
    pub carried: Option<Carried>,
    /// Who is around the person today.
    pub circle: Vec<MemberRow>,
    /// Those of their sheet.
    pub related: Vec<RelatedPerson>,
    /// The *temps d'échange* that came of it.
    pub meetings: Vec<MeetingRow>,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
}

impl ProjectFile {
    /// Who carries an action, where it is neither the person nor the coordinator.
    pub fn owner_of(&self, id: FollowUpId) -> Option<&HelperShown> {
        self.owners.iter().find(|(action, _)| *action == id).map(|(_, shown)| shown)
    }

    /// Whether an owner is of the circle or of the sheet: a form offers them.
    pub fn offers(&self, owner: &Owner) -> bool {
        let in_circle = |helper: &Helper| self.circle.iter().any(|row| row.member.who == *helper);
        match owner {
            Owner::Person | Owner::Coordinator => true,
            Owner::Helper(Helper::Related(id)) => {
                self.related.iter().any(|related| related.id == *id) || in_circle(&Helper::Related(*id))
            }
            Owner::Helper(helper) => in_circle(helper),
            Owner::Unknown(_) => false,
        }
    }
}

/// Someone who helps, as other records know them today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperShown {
    /// Their name; empty where no record knows them any more.
    pub name: String,
    /// What they are: an item of the list of relations, of professions or of structures, or words.
    pub role: String,
    /// How to call them.
    pub phone: String,
    /// That they are away today.
    pub away: Option<Box<AbsenceShown>>,
}

/// Someone of a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// What the circle says.
    pub member: Member,
    /// What others do.
    pub shown: HelperShown,
}

/// The circle of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleFile {
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Who is of it today, whoever leads first.
    pub members: Vec<MemberRow>,
    /// Who was, or will be.
    pub others: Vec<MemberRow>,
    /// Those of the sheet who are not of it.
    pub related: Vec<RelatedPerson>,
    /// The documents it stands in, for their history.
    pub documents: Vec<DocId>,
    /// Fields that two people wrote at once.
    pub conflicts: Vec<Conflict>,
}

impl CircleFile {
    /// Whether several lead: two devices each said who.
    pub fn has_several_leads(&self) -> bool {
        self.members.iter().filter(|row| row.member.leads).count() > 1
    }
}

/// What a liaison sheet would say, and with whom one may be shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiaisonPreview {
    /// About whom.
    pub name: String,
    /// With whom, and what, they agreed to share by a liaison sheet: those consents that stand today.
    pub agreed: Vec<(Sharing, Told)>,
    /// What would leave, or why nothing may.
    pub sheet: Result<LiaisonSheet, Why>,
    /// What was given before, the last first.
    pub given: Vec<GivenSheet>,
}
