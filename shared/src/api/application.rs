//! Applications to calls for projects, through the door.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::responses::Conflict;
use crate::domain::application::{ApplicationDue, ApplicationStatus, Deadline, FundingApplication};
use crate::domain::ids::{ApplicationId, CollectiveId, EntryId, GroupId, ProgrammeId};
use crate::domain::programme::FundingTotal;

/// Every application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applications {
    /// Those that ask for something first, by its day; then by title.
    pub rows: Vec<ApplicationRow>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
    /// What one could be tied to.
    pub offers: ApplicationOffers,
}

/// What an application could be tied to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationOffers {
    /// The projects, by title, each with the group whose it is.
    pub projects: Vec<(CollectiveId, String, Option<GroupId>)>,
    /// The programmes, the last year first.
    pub programmes: Vec<(ProgrammeId, i32, String, Option<GroupId>)>,
}

/// An application in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationRow {
    /// Which.
    pub id: ApplicationId,
    /// What the call is called.
    pub title: String,
    /// Who gives the money.
    pub funder: String,
    /// By when it is to be handed in.
    pub deadline: Option<Deadline>,
    /// How far it is.
    pub status: ApplicationStatus,
    /// What it asks for.
    pub asked: FundingTotal,
    /// What it asks for next.
    pub next: Option<DueShown>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// Something that an application still asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueShown {
    /// What, and by when.
    pub due: ApplicationDue,
    /// What, in words, where there are any.
    pub what: String,
    /// By whom.
    pub who: String,
    /// Whether it is over.
    pub is_over: bool,
    /// How many days are left; fewer than none once its day is gone.
    pub days_left: i64,
}

/// Something that an application asks for, in what a day asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationDueRow {
    /// Of which application.
    pub application: ApplicationId,
    /// What it is called.
    pub title: String,
    /// What, and by when.
    pub due: ApplicationDue,
    /// What, in words, where there are any.
    pub what: String,
    /// By whom.
    pub who: String,
    /// Days late.
    pub days_late: u32,
}

/// One application and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationFile {
    /// The application.
    pub application: FundingApplication,
    /// The day it is read.
    pub today: NaiveDate,
    /// Whether its deadline is over.
    pub is_deadline_over: bool,
    /// What is still to be done, the earliest first.
    pub due: Vec<DueShown>,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// What its projects are called; empty where one is not here.
    pub projects: Vec<(CollectiveId, String)>,
    /// The programme that it is part of, by its year and title.
    pub programme: Option<(ProgrammeId, i32, String)>,
    /// What it could be tied to.
    pub offers: ApplicationOffers,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

impl ApplicationFile {
    /// The name of an entry.
    pub fn name_of(&self, entry: Option<EntryId>) -> &str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map_or("", |(_, name)| name)
    }

    /// What a project is called.
    pub fn project_title(&self, project: CollectiveId) -> &str {
        self.projects.iter().find(|(id, _)| *id == project).map_or("", |(_, title)| title)
    }
}
