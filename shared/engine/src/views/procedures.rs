//! Procedures and their episodes, as screens read them. Episodes are listed, and nothing is counted of anyone.

use std::cmp::Reverse;

use chrono::NaiveDate;
use maillon_shared::api::procedures::{ProcedureFile, ProcedureRow, Procedures, RunFile, RunRow};
use maillon_shared::api::responses::TimelineItem;
use maillon_shared::domain::ids::{GroupId, PersonId, ProcedureId, ProcedureRunId};
use maillon_shared::domain::procedure::{Procedure, ProcedureRun};
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

impl Views {
    /// A procedure.
    pub fn procedure(&self, id: ProcedureId) -> Option<&Procedure> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Procedure(procedure)) => Some(procedure),
            _ => None,
        }
    }

    /// An episode.
    pub fn procedure_run(&self, id: ProcedureRunId) -> Option<&ProcedureRun> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::ProcedureRun(run)) => Some(run),
            _ => None,
        }
    }

    fn procedures(&self) -> impl Iterator<Item = &Procedure> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Procedure(procedure) if !procedure.withdrawn => Some(&**procedure),
            _ => None,
        })
    }

    /// Every procedure, by title.
    pub fn procedure_rows(&self, today: NaiveDate) -> Procedures {
        let mut rows: Vec<ProcedureRow> =
            self.procedures().map(|procedure| self.procedure_row(procedure, today)).collect();
        rows.sort_by_cached_key(|row| (sort_key(&row.title), row.id));
        Procedures { rows, groups: Vec::new() }
    }

    /// The procedures whose review is due, the earliest first.
    pub fn procedures_due(&self, today: NaiveDate) -> Vec<ProcedureRow> {
        let due = self.procedures().filter(|procedure| procedure.is_due(today));
        let mut rows: Vec<ProcedureRow> = due.map(|procedure| self.procedure_row(procedure, today)).collect();
        rows.sort_by_cached_key(|row| (row.review_on, sort_key(&row.title), row.id));
        rows
    }

    fn procedure_row(&self, procedure: &Procedure, today: NaiveDate) -> ProcedureRow {
        let group = self.group_of(procedure.id.into());
        ProcedureRow {
            id: procedure.id,
            kind: procedure.draft.kind.clone(),
            title: procedure.title().to_owned(),
            number: procedure.current().next().map(|version| version.number),
            is_double: procedure.current().count() > 1,
            has_draft: procedure.has_draft(),
            review_on: procedure.review_on,
            is_due: procedure.is_due(today),
            group: group.map(|id| (id, self.group_name(id))),
        }
    }

    /// The procedures of a group, by title.
    pub fn procedures_of(&self, group: GroupId) -> Vec<(ProcedureId, String)> {
        let here = self.procedures().filter(|one| self.group_of(one.id.into()) == Some(group));
        let mut rows: Vec<_> = here.map(|one| (one.id, one.title().to_owned())).collect();
        rows.sort_by_cached_key(|(id, title)| (sort_key(title), *id));
        rows
    }

    /// One procedure and what goes with it.
    pub fn procedure_file(&self, id: ProcedureId, today: NaiveDate) -> Option<ProcedureFile> {
        let procedure = self.procedure(id)?;
        let shown = self.documents.values().filter(|cached| !cached.undone);
        let mut runs: Vec<RunRow> = shown
            .filter_map(|cached| match &cached.content {
                Content::ProcedureRun(run) if run.procedure == id => Some(self.run_row(run)),
                _ => None,
            })
            .collect();
        runs.sort_by_key(|run| (Reverse(run.began_on), run.id));
        Some(ProcedureFile {
            procedure: procedure.clone(),
            is_due: procedure.is_due(today),
            runs,
            group: self.group_of(id.into()).map(|id| (id, self.group_name(id))),
            may_write: true,
            conflicts: Vec::new(),
        })
    }

    fn run_row(&self, run: &ProcedureRun) -> RunRow {
        RunRow {
            id: run.id,
            began_on: run.began_on,
            number: run.used.number,
            person: self.person_of_run(run),
            words: run.words.clone(),
        }
    }

    fn person_of_run(&self, run: &ProcedureRun) -> Option<(PersonId, String)> {
        let shown = self.shown_as(run.person?);
        let name = self.person(shown).map(|person| person.display_name()).unwrap_or_default();
        Some((shown, name))
    }

    /// One episode and what goes with it.
    pub fn run_file(&self, id: ProcedureRunId) -> Option<RunFile> {
        let run = self.procedure_run(id)?;
        let procedure = self.procedure(run.procedure);
        let last = procedure.and_then(|procedure| procedure.current().next());
        // Two versions may go by one number.
        let holds = procedure.is_some_and(|procedure| procedure.current().any(|one| one.id == run.used.id));
        let steps = run.used.says.steps.iter().filter_map(|step| run.follow_up_of(step.id));
        let follow_ups =
            steps.filter_map(|id| self.follow_up(id)).map(|(follow_up, _)| self.follow_up_shown(follow_up));
        Some(RunFile {
            person: self.person_of_run(run),
            title: procedure.map(|procedure| procedure.title().to_owned()),
            newer: last.filter(|last| !holds && last.number >= run.used.number).map(|last| last.number),
            follow_ups: follow_ups.collect(),
            run: run.clone(),
        })
    }
}

/// What a timeline tells of an episode.
pub(super) fn told(run: &ProcedureRun) -> TimelineItem {
    TimelineItem::Procedure(run.id, run.began_on, run.used.says.title.clone(), run.used.number)
}
