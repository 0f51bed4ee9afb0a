//! Procedures: written, published, begun. A version that was published is written once; beginning it makes an episode and its
//! follow-ups in one act.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::procedures::{NewRun, ProcedureAnswer, ProcedureRead, ProcedureWrite, ProposedStep};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::Conflict;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{GroupId, LineId, ProcedureId};
use maillon_shared::domain::procedure::{
    PlannedStep, Procedure, ProcedureChange, ProcedureKind, ProcedureRun, ProcedureVersion, StepChange,
};

use super::Engine;
use super::commands::{journal_of, known, possible, reminded, short_enough, valid_follow_up};
use super::events::possible_date;
use super::groups::names_nobody_in;
use crate::ambient::Ambient;
use crate::journal::records::{follow_up, procedure};
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;

/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 2_000;
/// A delay in days is a few years at most.
const LONGEST_DELAY_DAYS: u16 = 3_650;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn read_procedures(&mut self, asked: ProcedureRead) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let answer = match asked {
            ProcedureRead::All => {
                let mut all = views.procedure_rows(today);
                all.groups = self.groups_to_write_in().await?;
                ProcedureAnswer::All(Box::new(all))
            }
            ProcedureRead::One(id) => {
                let mut file = views.procedure_file(id, today).ok_or(Failure::NotFound)?;
                file.conflicts = said(self.conflicts_of(id.into()).await?);
                if let Some((group, _)) = &file.group {
                    file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
                }
                ProcedureAnswer::One(Box::new(file))
            }
            ProcedureRead::Proposed { procedure, version, began_on } => {
                ProcedureAnswer::Proposed(self.proposed(procedure, version, began_on)?)
            }
            ProcedureRead::Run(id) => {
                let file = views.run_file(id).ok_or(Failure::NotFound)?;
                if let Some((person, _)) = &file.person {
                    let person = person.0;
                    self.note_read("person", person).await?;
                }
                ProcedureAnswer::Run(Box::new(file))
            }
        };
        Ok(Response::Procedures(Box::new(answer)))
    }

    /// The day of each step of a version that is begun then, as any follow-up's day is proposed.
    fn proposed(
        &mut self,
        id: ProcedureId,
        version: LineId,
        began_on: NaiveDate,
    ) -> Result<Vec<ProposedStep>, Failure> {
        possible(began_on)?;
        let today = self.today();
        let views = &self.notebook()?.views;
        let held = views.procedure(id).and_then(|held| held.version(version)).ok_or(Failure::NotFound)?;
        let step = |step: &maillon_shared::domain::procedure::ProcedureStep| ProposedStep {
            step: step.clone(),
            day: step.day_after(began_on).map(|day| super::queries::day_proposal(views, day, today)),
        };
        Ok(held.says.steps.iter().map(step).collect())
    }

    pub(super) async fn write_procedures(&mut self, asked: ProcedureWrite) -> Answer {
        match asked {
            ProcedureWrite::Create { procedure, group, draft } => self.create_procedure(*procedure, group, draft).await,
            ProcedureWrite::Edit { id, changes, draft } => self.edit_procedure(id, changes, draft).await,
            ProcedureWrite::Publish { id, version, by, changed, draft } => {
                self.publish_procedure(id, version, [&by, &changed], draft).await
            }
            ProcedureWrite::Begin(new) => self.begin_procedure(*new).await,
        }
    }

    async fn create_procedure(
        &mut self,
        mut begun: Procedure,
        group: Option<GroupId>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let views = &self.notebook()?.views;
        if views.document(begun.id.into()).is_some() {
            return Ok(Response::Done);
        }
        (begun.withdrawn, begun.versions) = (false, Vec::new());
        let empty = Procedure::empty(begun.id);
        let changes = empty.changes_to(&begun);
        valid_procedure(&empty, &changes)?;
        if group.is_some() {
            names_nobody_in(views, &begun.texts())?;
        }
        let mut plan = Plan::new("create_procedure");
        plan.ends_draft = draft;
        let header = Header::within(scope, begun.id.into(), Kind::Procedure, None);
        plan.edit(Target::New(header), move |document| procedure::create(document, &begun));
        self.save(plan).await
    }

    async fn edit_procedure(
        &mut self,
        id: ProcedureId,
        changes: Vec<ProcedureChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        valid_procedure(views.procedure(id).ok_or(Failure::NotFound)?, &changes)?;
        if views.group_of(id.into()).is_some() {
            // Of what stood there before, whoever wrote it answers.
            names_nobody_in(views, &changes.iter().filter_map(ProcedureChange::words).collect::<Vec<_>>())?;
        }
        let mut plan = Plan::new("edit_procedure");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| procedure::write(document, change))
        });
        self.save(plan).await
    }

    async fn publish_procedure(
        &mut self,
        id: ProcedureId,
        version: LineId,
        [by, changed]: [&str; 2],
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.procedure(id).ok_or(Failure::NotFound)?;
        if held.version(version).is_some() {
            return Ok(Response::Done);
        }
        if !held.draft.is_complete() || !held.has_draft() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        [by, changed].into_iter().try_for_each(short_enough)?;
        if by.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::NoOwner));
        }
        if changed.trim().is_empty() && held.current().next().is_some() {
            return Err(Failure::Invalid(Invalid::NoReason));
        }
        if views.group_of(id.into()).is_some() {
            // A version goes to all whatever was known where its words were written: it is looked through as a whole.
            let mut texts = held.draft.texts();
            texts.extend([by, changed]);
            names_nobody_in(views, &texts)?;
        }
        let published = ProcedureVersion {
            id: version,
            number: held.next_number(),
            on: today,
            by: by.trim().to_owned(),
            changed: changed.trim().to_owned(),
            says: held.draft.clone(),
        };
        let mut plan = Plan::new("publish_procedure");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| procedure::publish(document, &published));
        self.save(plan).await
    }

    async fn begin_procedure(&mut self, new: NewRun) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(new.id.into()).is_some() {
            return Ok(Response::Done);
        }
        let held = views.procedure(new.procedure).filter(|held| !held.withdrawn).ok_or(Failure::NotFound)?;
        let used = held.version(new.version).ok_or(Failure::NotFound)?.clone();
        possible(new.began_on)?;
        short_enough(&new.words)?;
        if let Some(person) = new.person {
            let person = views.person(person);
            known(person.is_some())?;
            if !new.planned.is_empty() {
                reminded(person)?;
            }
        }
        let mut steps = BTreeSet::new();
        let mut plan = Plan::new("begin_procedure");
        plan.ends_draft = new.draft;
        let mut planned = Vec::new();
        for line in &new.planned {
            let step = used.says.steps.iter().find(|step| step.id == line.step).ok_or(Failure::NotUnderstood)?;
            let is_known = views.follow_up(line.follow_up).is_some();
            if is_known || !steps.insert(line.step) || line.due < new.began_on {
                return Err(Failure::Invalid(Invalid::Day));
            }
            let follow_up = FollowUp {
                what: step.what.clone(),
                owner: step.who.clone(),
                ..FollowUp::open(line.follow_up, new.person, FollowUpKind::Task, line.due)
            };
            valid_follow_up(&follow_up, today)?;
            planned.push(PlannedStep { step: line.step, follow_up: line.follow_up });
            plan.edit(journal_of(new.person, line.due), move |document| follow_up::create(document, &follow_up));
        }
        let run = ProcedureRun {
            id: new.id,
            procedure: new.procedure,
            used,
            person: new.person,
            began_on: new.began_on,
            words: new.words.trim().to_owned(),
            planned,
        };
        // Whatever the procedure is common with: an episode stays in the notebook.
        let header = Header::new(run.id.into(), Kind::ProcedureRun, run.person.map(|person| person.0), 0);
        plan.edit(Target::New(header), move |document| procedure::begin(document, &run));
        self.save(plan).await
    }
}

/// Conflicts of words: where a line stands among the others is nobody's words.
pub(super) fn said(conflicts: Vec<Conflict>) -> Vec<Conflict> {
    conflicts.into_iter().filter(|conflict| !conflict.field.ends_with(".order")).collect()
}

fn valid_procedure(held: &Procedure, changes: &[ProcedureChange]) -> Result<(), Failure> {
    let mut after = held.clone();
    for change in changes {
        after.apply(change);
        change.words().map_or(Ok(()), short_enough)?;
        match change {
            ProcedureChange::Kind(ProcedureKind::Unknown(_)) => return Err(Failure::NotUnderstood),
            ProcedureChange::ReviewOn(Some(day)) => possible(*day)?,
            ProcedureChange::ValidatedOn(_, Some(date)) => possible_date(*date)?,
            ProcedureChange::Step(StepChange::After(_, Some(days))) if *days > LONGEST_DELAY_DAYS => {
                return Err(Failure::Invalid(Invalid::Day));
            }
            _ => {}
        }
    }
    match (after.draft.title.trim().is_empty(), changes.len() > MOST_CHANGES) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}
