//! Roadmaps, through the door. Sums, counts and what falls due are functions of the roadmap, in the domain: nothing of them is
//! kept beside it.

use serde::{Deserialize, Serialize};

use super::responses::Conflict;
use crate::domain::ids::{CollectiveId, EntryId, GroupId, RoadmapId};
use crate::domain::roadmap::Roadmap;

/// Every roadmap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roadmaps {
    /// The last that begins first.
    pub rows: Vec<RoadmapRow>,
    /// The groups with which one could be common, by name.
    pub groups: Vec<(GroupId, String)>,
}

/// A roadmap in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadmapRow {
    /// Which.
    pub id: RoadmapId,
    /// What it is called.
    pub title: String,
    /// Its first year.
    pub from: Option<i32>,
    /// Its last year.
    pub until: Option<i32>,
    /// Its axes, by title.
    pub axes: Vec<String>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
}

/// One roadmap and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadmapFile {
    /// The roadmap.
    pub roadmap: Roadmap,
    /// The names of the entries of the directory in it.
    pub names: Vec<(EntryId, String)>,
    /// The collective projects in which an action could be done, or is, by title.
    pub projects: Vec<(CollectiveId, String)>,
    /// Those of them that were a mistake after all.
    pub withdrawn_projects: Vec<CollectiveId>,
    /// The group whose it is, by its name.
    pub group: Option<(GroupId, String)>,
    /// Whether this coordinator may write in it.
    pub may_write: bool,
    /// Fields in which two devices wrote different things.
    pub conflicts: Vec<Conflict>,
}

impl RoadmapFile {
    /// Who is meant: as the directory calls them, else in words.
    pub fn who<'a>(&'a self, entry: Option<EntryId>, words: &'a str) -> &'a str {
        let named = entry.and_then(|entry| self.names.iter().find(|(id, _)| *id == entry));
        named.map(|(_, name)| name.as_str()).filter(|name| !name.is_empty()).unwrap_or(words.trim())
    }

    /// What a collective project is called; nothing where it is not here.
    pub fn project(&self, id: CollectiveId) -> Option<&str> {
        self.projects.iter().find(|(one, _)| *one == id).map(|(_, title)| title.as_str())
    }
}
