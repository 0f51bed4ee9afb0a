//! Roadmaps, as screens read them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use maillon_shared::api::roadmap::{RoadmapFile, RoadmapRow, Roadmaps};
use maillon_shared::domain::ids::{CollectiveId, GroupId, RoadmapId};
use maillon_shared::domain::roadmap::Roadmap;
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

impl Views {
    /// A roadmap.
    pub fn roadmap(&self, id: RoadmapId) -> Option<&Roadmap> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Roadmap(roadmap)) => Some(roadmap),
            _ => None,
        }
    }

    fn roadmaps(&self) -> impl Iterator<Item = &Roadmap> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Roadmap(roadmap) if !roadmap.withdrawn => Some(&**roadmap),
            _ => None,
        })
    }

    /// Every roadmap, the last that begins first.
    pub fn roadmap_rows(&self) -> Roadmaps {
        let row = |roadmap: &Roadmap| RoadmapRow {
            id: roadmap.id,
            title: roadmap.about.title.clone(),
            from: roadmap.about.from,
            until: roadmap.about.until,
            axes: roadmap.axes.iter().map(|axis| axis.title.clone()).collect(),
            group: self.group_of(roadmap.id.into()).map(|id| (id, self.group_name(id))),
        };
        let mut rows: Vec<RoadmapRow> = self.roadmaps().map(row).collect();
        rows.sort_by_cached_key(|row| (Reverse(row.from), sort_key(&row.title), row.id));
        Roadmaps { rows, groups: Vec::new() }
    }

    /// The roadmaps of a group, by title.
    pub fn roadmaps_of(&self, group: GroupId) -> Vec<(RoadmapId, String)> {
        let here = self.roadmaps().filter(|roadmap| self.group_of(roadmap.id.into()) == Some(group));
        let mut rows: Vec<_> = here.map(|one| (one.id, one.about.title.clone())).collect();
        rows.sort_by_cached_key(|(id, title)| (sort_key(title), *id));
        rows
    }

    /// One roadmap and what goes with it.
    pub fn roadmap_file(&self, id: RoadmapId) -> Option<RoadmapFile> {
        let roadmap = self.roadmap(id)?;
        let group = self.group_of(id.into());
        Some(RoadmapFile {
            names: self.names_of(roadmap.entries()),
            projects: self.projects_for(roadmap, group),
            withdrawn_projects: self.withdrawn_projects_of(roadmap),
            group: group.map(|id| (id, self.group_name(id))),
            may_write: true,
            conflicts: Vec::new(),
            roadmap: roadmap.clone(),
        })
    }

    fn withdrawn_projects_of(&self, roadmap: &Roadmap) -> Vec<CollectiveId> {
        let here: BTreeSet<CollectiveId> = roadmap.actions.iter().filter_map(|action| action.project).collect();
        let common = |id: CollectiveId| self.collective_project(id).and_then(|project| project.moved_to).unwrap_or(id);
        let is_withdrawn =
            |id: &CollectiveId| self.collective_project(common(*id)).is_some_and(|project| project.withdrawn);
        here.into_iter().filter(is_withdrawn).collect()
    }

    /// The projects that an action could be done in, which are of that group or, on one's own, whatever is read here; and
    /// those that it is done in. Where one became common, it is called as there, and
    /// is one choice.
    fn projects_for(&self, roadmap: &Roadmap, group: Option<GroupId>) -> Vec<(CollectiveId, String)> {
        let is_theirs = |id: CollectiveId| group.is_none() || self.group_of(id.into()) == group;
        let offered = self.collective_projects().filter(|project| project.goes_on() && is_theirs(project.id));
        let here: BTreeSet<CollectiveId> = roadmap.actions.iter().filter_map(|action| action.project).collect();
        let moved = |id: &CollectiveId| self.collective_project(*id).and_then(|project| project.moved_to);
        let moved: BTreeSet<CollectiveId> = here.iter().filter_map(moved).collect();
        let linked = here.into_iter().filter_map(|id| {
            let project = self.collective_project(id)?;
            let common = project.moved_to.and_then(|common| self.collective_project(common));
            Some((id, common.unwrap_or(project).title.clone()))
        });
        let mut projects: Vec<_> = linked.collect();
        for project in offered {
            if projects.iter().all(|(id, _)| *id != project.id) && !moved.contains(&project.id) {
                projects.push((project.id, project.title.clone()));
            }
        }
        projects.sort_by_cached_key(|(id, title)| (sort_key(title), *id));
        projects
    }
}
