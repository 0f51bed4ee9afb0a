//! Collective projects, difficulties of practice and fictional situations, as screens read them.

use chrono::{Days, NaiveDate};
use maillon_shared::api::collective::{
    DifficultyFile, ProjectFile, ProjectRow, ProjectStepRow, SharedDifficulties, SituationFile, SituationRow,
};
use maillon_shared::domain::clues::{Weight, WrittenFor};
use maillon_shared::domain::collective::CollectiveProject;
use maillon_shared::domain::difficulty::{Difficulty, DifficultyGroup, LEAST_STRUCTURES, groups};
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::ids::{CollectiveId, DifficultyId, EntryId, SituationId};
use maillon_shared::domain::situation::Situation;
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

impl Views {
    fn shown(&self) -> impl Iterator<Item = &Content> {
        self.documents.values().filter(|cached| !cached.undone).map(|cached| &cached.content)
    }

    pub(super) fn name_of_entry(&self, entry: EntryId) -> String {
        self.entry(entry).map(DirectoryEntry::display_name).unwrap_or_default()
    }

    /// What entries of the directory are called, each once.
    pub fn names_of(&self, entries: impl Iterator<Item = EntryId>) -> Vec<(EntryId, String)> {
        let mut names: Vec<_> = entries.map(|entry| (entry, self.name_of_entry(entry))).collect();
        names.sort_by_key(|(entry, _)| *entry);
        names.dedup_by_key(|(entry, _)| *entry);
        names
    }

    // ── Collective projects ─────────────────────────────────────────────────────────────────────────────────────────

    /// A project.
    pub fn collective_project(&self, id: CollectiveId) -> Option<&CollectiveProject> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::CollectiveProject(project)) => Some(project),
            _ => None,
        }
    }

    pub(super) fn collective_projects(&self) -> impl Iterator<Item = &CollectiveProject> {
        self.shown().filter_map(|content| match content {
            Content::CollectiveProject(project) if project.stands() => Some(&**project),
            _ => None,
        })
    }

    /// Every project: those that go on first, then the last year first.
    pub fn project_rows(&self) -> Vec<ProjectRow> {
        let mut rows: Vec<_> = self
            .collective_projects()
            .map(|project| ProjectRow {
                id: project.id,
                title: project.title.clone(),
                year: project.year,
                stage: project.stage.clone(),
                closed_on: project.closed_on,
                axis: project.axis.clone(),
                next: project.waiting().first().map(|step| (*step).clone()).filter(|_| project.goes_on()),
                partners: u32::try_from(project.partners.len()).unwrap_or(u32::MAX),
                group: self.group_of(project.id.into()).map(|id| (id, self.group_name(id))),
            })
            .collect();
        rows.sort_by_cached_key(|row| {
            (row.closed_on.is_some(), std::cmp::Reverse(row.year), sort_key(&row.title), row.id)
        });
        rows
    }

    /// One project and what goes with it.
    pub fn collective_file(&self, id: CollectiveId) -> Option<ProjectFile> {
        let project = self.collective_project(id)?;
        let entries = project.partners.iter().filter_map(|partner| partner.entry).chain(project.carrier_entry);
        let title = |other: &CollectiveProject| (other.id, other.title.clone());
        let mut next: Vec<_> = self.collective_projects().filter(|other| other.follows == Some(id)).collect();
        next.sort_by_key(|other| (other.year, other.id));
        Some(ProjectFile {
            names: self.names_of(entries),
            follows: project.follows.and_then(|before| self.collective_project(before)).map(title),
            followed_by: next.first().map(|other| title(other)),
            group: self.group_of(id.into()).map(|id| (id, self.group_name(id))),
            moved_to: project.moved_to.and_then(|common| self.collective_project(common)).map(title),
            may_write: true,
            groups: Vec::new(),
            project: project.clone(),
            conflicts: Vec::new(),
        })
    }

    /// The steps of projects that go on and that wait, up to so many days after a day, the earliest first.
    pub fn collective_steps(&self, day: NaiveDate, days_after: u64) -> Vec<ProjectStepRow> {
        let horizon = day.checked_add_days(Days::new(days_after)).unwrap_or(day);
        let mut rows = Vec::new();
        for project in self.collective_projects().filter(|project| project.goes_on()) {
            for step in project.waiting() {
                let Some(due) = step.due.filter(|due| *due <= horizon) else { continue };
                rows.push(ProjectStepRow {
                    project: project.id,
                    title: project.title.clone(),
                    step: step.id,
                    what: step.what.clone(),
                    owner: step.owner.clone(),
                    due,
                    days_late: u32::try_from((day - due).num_days()).unwrap_or(0),
                });
            }
        }
        rows.sort_by_key(|row| (row.due, row.project, row.step));
        rows
    }

    // ── Difficulties of practice ────────────────────────────────────────────────────────────────────────────────────

    /// A difficulty.
    pub fn difficulty(&self, id: DifficultyId) -> Option<&Difficulty> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Difficulty(difficulty)) => Some(difficulty),
            _ => None,
        }
    }

    /// One difficulty and what goes with it.
    pub fn difficulty_file(&self, id: DifficultyId) -> Option<DifficultyFile> {
        let difficulty = self.difficulty(id)?.clone();
        let structure = difficulty.structure_entry.map(|entry| self.name_of_entry(entry)).unwrap_or_default();
        Some(DifficultyFile { difficulty, structure })
    }

    /// The difficulties by subject.
    pub fn difficulty_groups(&self) -> Vec<DifficultyGroup> {
        let all = self.shown().filter_map(|content| match content {
            Content::Difficulty(difficulty) => Some(&**difficulty),
            _ => None,
        });
        // Who works at a structure is of that structure.
        let structure = |entry: EntryId| {
            let works_at = self.entry(entry).and_then(|entry| entry.works_at).filter(|id| self.entry(*id).is_some());
            let id = works_at.unwrap_or(entry);
            (id, self.name_of_entry(id))
        };
        groups(all, structure)
    }

    /// What may be shown of a subject: said by three structures at least, and without a clue.
    pub fn shared_difficulties(&self, theme: &str) -> SharedDifficulties {
        let group = self.difficulty_groups().into_iter().find(|group| group.theme == theme);
        let Some(group) = group else { return SharedDifficulties::TooFew(LEAST_STRUCTURES as u32) };
        let Some(shared) = group.shared() else {
            return SharedDifficulties::TooFew((LEAST_STRUCTURES - group.structures) as u32);
        };
        let texts: Vec<&str> = group.said.iter().map(|said| said.words.as_str()).collect();
        let clues = self.clues(&texts, WrittenFor::Difficulty);
        let with_clues: Vec<_> = group
            .said
            .iter()
            .zip(0_u16..)
            .map(|(said, index)| {
                let here = clues.iter().filter(|clue| clue.text == index && clue.weight == Weight::Must);
                (said.id, here.cloned().collect::<Vec<_>>())
            })
            .filter(|(_, clues)| !clues.is_empty())
            .collect();
        match with_clues.is_empty() {
            true => SharedDifficulties::Group(shared),
            false => SharedDifficulties::Clues(with_clues),
        }
    }

    // ── Fictional situations ────────────────────────────────────────────────────────────────────────────────────────

    /// A situation.
    pub fn situation(&self, id: SituationId) -> Option<&Situation> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Situation(situation)) => Some(situation),
            _ => None,
        }
    }

    /// Every situation, the next lunch first, then by title.
    pub fn situation_rows(&self) -> Vec<SituationRow> {
        let all = self.shown().filter_map(|content| match content {
            Content::Situation(situation) if !situation.withdrawn => Some(&**situation),
            _ => None,
        });
        let row = |situation: &Situation| SituationRow {
            id: situation.id,
            title: situation.title.clone(),
            lunch_on: situation.lunch_on,
            read: situation.is_read(),
        };
        let mut rows: Vec<_> = all.map(row).collect();
        rows.sort_by_cached_key(|row| (std::cmp::Reverse(row.lunch_on), sort_key(&row.title), row.id));
        rows
    }

    /// One situation and what goes with it; as paper, if it may leave.
    pub fn situation_file(&self, id: SituationId) -> Option<SituationFile> {
        let situation = self.situation(id)?.clone();
        let clues = self.clues(&situation.texts(), WrittenFor::Situation);
        let name = |entry: Option<EntryId>| entry.map(|entry| self.name_of_entry(entry)).unwrap_or_default();
        Some(SituationFile {
            paper: situation.leaves(&clues, |answer| name(answer.entry)),
            names: self.names_of(situation.answers.iter().filter_map(|answer| answer.entry)),
            clues,
            situation,
            conflicts: Vec::new(),
        })
    }
}
