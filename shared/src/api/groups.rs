//! Groups of coordinators, through the door: who is of them, what is common, who is asked, comes and goes.

use serde::{Deserialize, Serialize};

use super::requests::DraftKey;
use super::sharing::OtherDevice;
use crate::domain::clues::Clue;
use crate::domain::group::Said;
use crate::domain::ids::{
    ApplicationId, CharterId, CollectiveId, DiagnosisId, GroupId, InformationId, MeansId, NeighbourId, OutreachId,
    ProcedureId, ProgrammeId, RoadmapId,
};

/// What may be asked or done.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupRequest {
    /// Every group, and who could be asked into one.
    All,
    /// One, with who is of it and what is common.
    One(GroupId),
    /// A group begins, and these neighbours are asked.
    Found {
        /// What it is called.
        name: String,
        /// What it is for.
        aim: String,
        /// Who is asked.
        neighbours: Vec<NeighbourId>,
        /// The twenty-four words, where it is said that they are needed.
        words: Option<String>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// What a group is called, and what it is for: what changes of it.
    Name {
        /// Which.
        group: GroupId,
        /// What it is called.
        name: Option<String>,
        /// What it is for.
        aim: Option<String>,
        /// The draft that this ends.
        draft: Option<DraftKey>,
    },
    /// More neighbours are asked.
    Ask {
        /// Into which.
        group: GroupId,
        /// Who.
        neighbours: Vec<NeighbourId>,
    },
    /// This coordinator comes, or comes back: what is common is read here from now on.
    Accept(GroupId),
    /// This coordinator declines, or leaves: what was read stays, and nothing more comes.
    Leave(GroupId),
    /// A coordinator is removed: what is written from now on is not for them.
    Remove {
        /// From which.
        group: GroupId,
        /// Who, as they are called there.
        name: String,
    },
    /// Another coordinator decides from now on who is of it.
    HandOn {
        /// Of which.
        group: GroupId,
        /// Who, as they are called there.
        name: String,
    },
    /// This coordinator proposes to decide who is of it, where whoever did is heard of no more.
    TakeOn(GroupId),
    /// This coordinator agrees that someone who proposes it does.
    Agree {
        /// Of which group.
        group: GroupId,
        /// Who, as they are called there.
        name: String,
    },
    /// The group ends: what is there stays, and nothing more is written.
    Close(GroupId),
    /// What of a project would be seen by the group, as clues to be looked at; nothing leaves.
    Look(CollectiveId),
    /// A project becomes common: the group's, in a new document; the one of before says so and ends.
    ShareProject {
        /// Which.
        project: CollectiveId,
        /// With whom.
        group: GroupId,
        /// Names the new one.
        id: CollectiveId,
    },
    /// A common project is copied back into this notebook, as it is now.
    CopyProject {
        /// Which.
        project: CollectiveId,
        /// Names the copy.
        id: CollectiveId,
    },
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupAnswer {
    /// Every group.
    All(Box<Groups>),
    /// One.
    One(Box<GroupFile>),
    /// What of a project to look at.
    Clues(ProjectLook),
}

/// Every group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// They: those that ask first, then by name.
    pub all: Vec<GroupRow>,
    /// The neighbours who could be asked, by name.
    pub neighbours: Vec<(NeighbourId, String)>,
    /// Whether the twenty-four words must be typed before a group begins.
    pub words_needed: bool,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// Which.
    pub id: GroupId,
    /// What it is called; nothing before that came.
    pub name: String,
    /// Who founded it.
    pub founder: String,
    /// This coordinator's place in it.
    pub place: Place,
    /// How many coordinators are of it, or asked.
    pub coordinators: u32,
    /// How many things are common.
    pub common: u32,
    /// Of how many records something was written here that nobody was told.
    pub untold: u32,
}

/// This coordinator's place in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// They were asked, and have not answered.
    Asked,
    /// They are of it.
    In,
    /// They declined, or left.
    Out(Said),
    /// They were removed.
    Removed,
    /// It is closed.
    Closed,
}

/// One group, with who is of it and what is common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFile {
    /// The group.
    pub row: GroupRow,
    /// What it is for.
    pub aim: String,
    /// Whether this device decides who is of it.
    pub administers: bool,
    /// The coordinators, by name; this one too.
    pub coordinators: Vec<GroupMember>,
    /// Who proposes to decide who is of it, in place of whoever does.
    pub wishes: Vec<GroupWish>,
    /// Whether this device could propose it: of three coordinators at least, it is none of whoever decides now.
    pub may_take_on: bool,
    /// The common projects, by title.
    pub projects: Vec<(CollectiveId, String)>,
    /// The annual programmes that are common, the last year first.
    pub programmes: Vec<(ProgrammeId, i32, String)>,
    /// The procedures that are common, by title.
    pub procedures: Vec<(ProcedureId, String)>,
    /// The roadmaps that are common, by title.
    pub roadmaps: Vec<(RoadmapId, String)>,
    /// The shared diagnoses that are common, by title.
    pub diagnoses: Vec<(DiagnosisId, String)>,
    /// The applications that are common, by title.
    pub applications: Vec<(ApplicationId, String)>,
    /// The outreach services that are common, by title.
    pub outreach: Vec<(OutreachId, String)>,
    /// The information that is common, by title.
    pub information: Vec<(InformationId, String)>,
    /// What is offered there, by title.
    pub means: Vec<(MeansId, String)>,
    /// The charters of posts that are common, by title.
    pub charters: Vec<(CharterId, String)>,
    /// The neighbours who could be asked, by name.
    pub neighbours: Vec<(NeighbourId, String)>,
    /// Whether it may be named here: its name is known, or this device founded it.
    pub may_name: bool,
    /// Where this device meets the others, if it does.
    pub folder: Option<String>,
    /// Whether this device could: a browser has no folders.
    pub may_meet: bool,
    /// Whether who decides was contested: somebody signed two things at once.
    pub contested: bool,
    /// How many things came that cannot be read yet.
    pub waiting: u32,
    /// How many things came and were set aside.
    pub set_aside: u32,
}

/// A coordinator of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMember {
    /// How they are called there.
    pub name: String,
    /// Whether it is whoever keeps this notebook.
    pub is_own: bool,
    /// Whether one of their devices decides who is of it.
    pub administers: bool,
    /// Whether they were removed.
    pub removed: bool,
    /// What they said of their place; nothing yet.
    pub said: Option<Said>,
    /// The neighbour that they are, where they are one.
    pub neighbour: Option<NeighbourId>,
    /// Their devices, as far as is known here; none of one's own.
    pub devices: Vec<OtherDevice>,
}

/// That someone proposes to decide who is of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupWish {
    /// Who, as they are called there.
    pub name: String,
    /// Whether it is whoever keeps this notebook.
    pub is_own: bool,
    /// Whether this coordinator agreed.
    pub agreed: bool,
}

/// What of a project to look at before it becomes common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectLook {
    /// Its texts.
    pub texts: Vec<String>,
    /// The clues in them.
    pub clues: Vec<Clue>,
}
