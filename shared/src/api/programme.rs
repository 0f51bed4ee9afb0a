//! Annual programmes, through the door.
//!
//! What an item says of a project or an event was read in that project or that event when it was asked for: it is copied
//! nowhere.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::collective::CommonTarget;
use super::responses::Conflict;
use crate::domain::collective::{ProjectNeed, ProjectStage};
use crate::domain::event::EventState;
use crate::domain::ids::{EntryId, GroupId, LineId, ProgrammeId};
use crate::domain::programme::{ActionState, AnnualProgramme, ProgrammeStatus};
use crate::domain::time::PartialDate;

/// Every programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programmes {
    /// The last year first.
    pub rows: Vec<ProgrammeRow>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
    /// What could be on one.
    pub offers: Vec<ItemOffer>,
}

/// A programme in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeRow {
    /// Which.
    pub id: ProgrammeId,
    /// The year.
    pub year: i32,
    /// What it is called.
    pub title: String,
    /// How far it is.
    pub status: ProgrammeStatus,
    /// Its axes, by title.
    pub axes: Vec<String>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// A project or an event that could be on a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemOffer {
    /// Which.
    pub to: CommonTarget,
    /// What it is called.
    pub title: String,
    /// Its year, if it has one.
    pub year: Option<i32>,
    /// Whether nothing more is to be done of it.
    pub is_over: bool,
    /// The group whose it is: a programme of a group shows only what is of that group.
    pub group: Option<GroupId>,
}

/// One programme and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeFile {
    /// The programme.
    pub programme: AnnualProgramme,
    /// Its items as they stand, in its order.
    pub items: Vec<ItemShown>,
    /// Its year, month by month.
    pub calendar: YearCalendar,
    /// Who carries what, by name; what nobody carries yet last.
    pub carried: Vec<Carried>,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// What could be on it.
    pub offers: Vec<ItemOffer>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// The programme of which it is the next year's, by its year.
    pub follows: Option<(ProgrammeId, i32)>,
    /// The next year's, if it began.
    pub followed_by: Option<(ProgrammeId, i32)>,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

impl ProgrammeFile {
    /// The name of an entry.
    pub fn name_of(&self, entry: Option<EntryId>) -> &str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map_or("", |(_, name)| name)
    }

    /// What its projects and events are called, by what an item says of them.
    pub fn titles(&self) -> BTreeMap<CommonTarget, String> {
        let of_items = self.items.iter().filter_map(|item| Some((item.to?, item.title.clone())));
        self.offers.iter().map(|offer| (offer.to, offer.title.clone())).chain(of_items).collect()
    }
}

/// An item as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemShown {
    /// Its line.
    pub item: LineId,
    /// Its axis; none where it has none that is there.
    pub axis: Option<LineId>,
    /// Where it leads.
    pub to: Option<CommonTarget>,
    /// What it is called; empty where it is not here.
    pub title: String,
    /// How it stands.
    pub state: ItemState,
    /// From when.
    pub from: Option<PartialDate>,
    /// Until when.
    pub until: Option<PartialDate>,
    /// Who carries it: as the programme says, else as the project does.
    pub carrier: Carrier,
    /// The needs that started the project, as they may be said to anyone.
    pub needs: Vec<ProjectNeed>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// How an item stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemState {
    /// An action in words.
    Action(ActionState),
    /// A project, and the day it was closed.
    Project(ProjectStage, Option<NaiveDate>),
    /// An event.
    Event(EventState),
    /// It was a mistake.
    Withdrawn,
    /// It is not here: it was taken back, or did not come yet.
    NotHere,
}

impl ItemState {
    /// Whether nothing more is to be done of it in another year. Of what is not here, nobody knows that it is over.
    pub fn is_over(&self) -> bool {
        match self {
            ItemState::Action(state) => state.is_over(),
            ItemState::Project(_, closed_on) => closed_on.is_some(),
            ItemState::Event(state) => matches!(state, EventState::Held(_) | EventState::Cancelled),
            ItemState::Withdrawn => true,
            ItemState::NotHere => false,
        }
    }
}

/// Who carries something.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Carrier {
    /// Who, as they are called; empty where nobody said.
    pub name: String,
    /// Where they are in the directory.
    pub entry: Option<EntryId>,
}

/// What someone carries. It is a list to find each other by, and nothing is counted in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Who.
    pub by: Carrier,
    /// Which items, by their lines.
    pub items: Vec<LineId>,
}

/// A year, month by month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearCalendar {
    /// The twelve months, in order.
    pub months: Vec<Vec<CalendarRow>>,
    /// What has no month yet.
    pub no_month: Vec<CalendarRow>,
    /// What is on the programme and now falls in another year.
    pub elsewhere: Vec<CalendarRow>,
}

/// Something in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRow {
    /// What it is.
    pub is: CalendarIs,
    /// Where it leads.
    pub to: Option<CommonTarget>,
    /// What it is called.
    pub title: String,
    /// From when.
    pub from: Option<PartialDate>,
    /// Until when.
    pub until: Option<PartialDate>,
    /// Whether it began in a month before.
    pub goes_on: bool,
}

/// What stands in a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CalendarIs {
    /// An item of the programme, as it stands.
    Item(ItemState),
    /// An event that is not on the programme.
    Event(EventState),
    /// A step of a project that is on it: of what is called so, and whether it was done.
    Step {
        /// What the step is.
        what: String,
        /// Whether it was done.
        done: bool,
    },
}
