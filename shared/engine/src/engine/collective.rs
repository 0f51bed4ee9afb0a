//! Collective projects, difficulties of practice and fictional situations: read, and written as plans.

use std::collections::BTreeSet;

use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::Conflict;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::collective::{CollectiveProject, PartnerField, ProjectChange, ProjectField};
use maillon_shared::domain::difficulty::{Difficulty, DifficultyChange};
use maillon_shared::domain::ids::{CollectiveId, DifficultyId, DocId, EntryId, LineId, PersonId, SituationId};
use maillon_shared::domain::situation::{
    LEAST_SOURCES, SecondReading, Situation, SituationChange, SituationField, is_someone_else,
};

use super::Engine;
use super::commands::{happened, known, possible, short_enough};
use super::groups::{name_of, names_nobody};
use crate::ambient::{Ambient, random_array};
use crate::journal::records::{collective, difficulty, event, situation};
use crate::journal::{Document, Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn read_collective(&mut self, asked: CollectiveRead) -> Answer {
        let views = &self.notebook()?.views;
        let answer = match asked {
            CollectiveRead::Projects => CollectiveAnswer::Projects(views.project_rows()),
            CollectiveRead::Project(id) => {
                let mut file = views.collective_file(id).ok_or(Failure::NotFound)?;
                file.conflicts = self.conflicts_of(id.into()).await?;
                file.groups = self.groups_to_write_in().await?;
                file.may_write = match &file.group {
                    Some((group, _)) => file.groups.iter().any(|(id, _)| id == group),
                    None => true,
                };
                CollectiveAnswer::Project(Box::new(file))
            }
            CollectiveRead::Events => CollectiveAnswer::Events(self.all_events().await?),
            CollectiveRead::Event(id) => {
                let mut file = views.event_file(id).ok_or(Failure::NotFound)?;
                file.conflicts = event::as_said(self.conflicts_of(id.into()).await?);
                if let Some((group, _)) = &file.group {
                    file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
                }
                CollectiveAnswer::Event(Box::new(file))
            }
            CollectiveRead::EventCalendar => CollectiveAnswer::EventCalendar(Box::new(self.event_calendar()?)),
            CollectiveRead::Programmes => CollectiveAnswer::Programmes(Box::new(self.all_programmes().await?)),
            CollectiveRead::Programme(id) => CollectiveAnswer::Programme(Box::new(self.one_programme(id).await?)),
            CollectiveRead::Roadmaps => CollectiveAnswer::Roadmaps(Box::new(self.all_roadmaps().await?)),
            CollectiveRead::Roadmap(id) => CollectiveAnswer::Roadmap(Box::new(self.one_roadmap(id).await?)),
            CollectiveRead::Diagnoses => CollectiveAnswer::Diagnoses(Box::new(self.all_diagnoses().await?)),
            CollectiveRead::Diagnosis(id, part) => {
                CollectiveAnswer::Diagnosis(Box::new(self.one_diagnosis(id, &part).await?))
            }
            CollectiveRead::Applications => CollectiveAnswer::Applications(Box::new(self.all_applications().await?)),
            CollectiveRead::Application(id) => CollectiveAnswer::Application(Box::new(self.one_application(id).await?)),
            CollectiveRead::Outreach(asked) => CollectiveAnswer::Outreach(self.read_outreach(asked).await?),
            CollectiveRead::Information(asked) => {
                CollectiveAnswer::Information(Box::new(self.read_information(asked).await?))
            }
            CollectiveRead::Means(asked) => CollectiveAnswer::Means(self.read_means(asked).await?),
            CollectiveRead::Charter(asked) => CollectiveAnswer::Charter(self.read_charters(asked).await?),
            CollectiveRead::Table { into, file } => {
                CollectiveAnswer::Table(Box::new(self.look_at_table(&into, &file)?))
            }
            CollectiveRead::Clues { texts, written_for } => {
                texts.iter().try_for_each(|text| short_enough(text))?;
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                CollectiveAnswer::Clues(views.clues(&texts, written_for))
            }
            CollectiveRead::Difficulties => CollectiveAnswer::Difficulties(views.difficulty_groups()),
            CollectiveRead::Difficulty(id) => {
                CollectiveAnswer::Difficulty(views.difficulty_file(id).ok_or(Failure::NotFound)?)
            }
            CollectiveRead::SharedDifficulties(theme) => {
                CollectiveAnswer::SharedDifficulties(views.shared_difficulties(&theme))
            }
            CollectiveRead::Situations => CollectiveAnswer::Situations(views.situation_rows()),
            CollectiveRead::Situation(id) => {
                let mut file = views.situation_file(id).ok_or(Failure::NotFound)?;
                file.conflicts = self.conflicts_of(id.into()).await?;
                CollectiveAnswer::Situation(Box::new(file))
            }
            CollectiveRead::Sources(people) => return self.sources(&people).await,
            CollectiveRead::InventedNames => CollectiveAnswer::Names(views.invented_names()),
        };
        Ok(Response::Collective(Box::new(answer)))
    }

    pub(super) async fn conflicts_of(&mut self, id: DocId) -> Result<Vec<Conflict>, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let read = notebook.read_document(store, id, |document: &mut Document| document.conflicts()).await;
        Ok(read.unwrap_or_default())
    }

    /// What was written about several people. That each was read is the person's to know, and noted as any reading of
    /// their sheet is: no line of the journal says that it was for a situation.
    async fn sources(&mut self, people: &[PersonId]) -> Answer {
        let views = &self.notebook()?.views;
        let shown: BTreeSet<PersonId> = people.iter().map(|id| views.shown_as(*id)).collect();
        known(shown.iter().all(|id| views.person(*id).is_some()))?;
        if shown.len() < LEAST_SOURCES {
            return Err(Failure::Invalid(Invalid::OneSource));
        }
        let shown: Vec<PersonId> = shown.into_iter().collect();
        let sources = views.sources(&shown);
        for person in &shown {
            self.note_read("person", person.0).await?;
        }
        Ok(Response::Collective(Box::new(CollectiveAnswer::Sources(sources))))
    }

    pub(super) async fn write_collective(&mut self, asked: CollectiveWrite) -> Answer {
        match asked {
            CollectiveWrite::CreateProject { project, draft } => self.create_project(*project, draft).await,
            CollectiveWrite::EditProject { id, changes, draft } => self.edit_collective(id, changes, draft).await,
            CollectiveWrite::NextYear { id, of, year } => self.next_year(id, of, year).await,
            CollectiveWrite::CloseProject { id, learnt, draft } => self.close_project(id, learnt, draft).await,
            CollectiveWrite::CreateEvent { event, group, draft } => self.create_event(*event, group, draft).await,
            CollectiveWrite::EditEvent { id, changes, draft } => self.edit_event(id, changes, draft).await,
            CollectiveWrite::CreateProgramme { programme, group, draft } => {
                self.create_programme(*programme, group, draft).await
            }
            CollectiveWrite::EditProgramme { id, changes, draft } => self.edit_programme(id, changes, draft).await,
            CollectiveWrite::CreateRoadmap { roadmap, group, draft } => {
                self.create_roadmap(*roadmap, group, draft).await
            }
            CollectiveWrite::EditRoadmap { id, changes, draft } => self.edit_roadmap(id, changes, draft).await,
            CollectiveWrite::CreateDiagnosis { diagnosis, group, draft } => {
                self.create_diagnosis(*diagnosis, group, draft).await
            }
            CollectiveWrite::EditDiagnosis { id, changes, draft } => self.edit_diagnosis(id, changes, draft).await,
            CollectiveWrite::CreateApplication { application, group, draft } => {
                self.create_application(*application, group, draft).await
            }
            CollectiveWrite::EditApplication { id, changes, draft } => self.edit_application(id, changes, draft).await,
            CollectiveWrite::Outreach(asked) => self.write_outreach(asked).await,
            CollectiveWrite::Information(asked) => self.write_information(*asked).await,
            CollectiveWrite::Means(asked) => self.write_means(*asked).await,
            CollectiveWrite::Charter(asked) => self.write_charter(asked).await,
            CollectiveWrite::Load(load) => self.load(*load).await,
            CollectiveWrite::SayDifficulty { difficulty, draft } => self.say_difficulty(difficulty, draft).await,
            CollectiveWrite::EditDifficulty { id, changes, draft } => self.edit_difficulty(id, changes, draft).await,
            CollectiveWrite::CreateSituation { situation, draft } => self.create_situation(*situation, draft).await,
            CollectiveWrite::EditSituation { id, changes, draft } => self.edit_situation(id, changes, draft).await,
            CollectiveWrite::ReadSituation { id, reader, of } => self.read_situation(id, reader, of).await,
        }
    }

    // ── Collective projects ─────────────────────────────────────────────────────────────────────────────────────────

    async fn create_project(&mut self, mut project: CollectiveProject, draft: Option<DraftKey>) -> Answer {
        let views = &self.notebook()?.views;
        if views.document(project.id.into()).is_some() {
            return Ok(Response::Done);
        }
        (project.withdrawn, project.closed_on, project.follows) = (false, None, None);
        let changes = CollectiveProject::empty(project.id).changes_to(&project);
        valid_project(views, &CollectiveProject::empty(project.id), &changes)?;
        self.save_new_project(project, draft).await
    }

    async fn save_new_project(&mut self, project: CollectiveProject, draft: Option<DraftKey>) -> Answer {
        let mut plan = Plan::new("create_project");
        plan.ends_draft = draft;
        let header = Header::new(project.id.into(), Kind::CollectiveProject, None, 0);
        plan.edit(Target::New(header), move |document| collective::create(document, &project));
        self.save(plan).await
    }

    async fn edit_collective(
        &mut self,
        id: CollectiveId,
        changes: Vec<ProjectChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.collective_project(id).ok_or(Failure::NotFound)?;
        still_here(held)?;
        valid_project(views, held, &changes)?;
        let changes = match views.group_of(id.into()) {
            Some(_) => changes_in_common(views, held, changes)?,
            None => changes,
        };
        let mut plan = Plan::new("edit_collective");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| collective::write(document, change))
        });
        self.save(plan).await
    }

    async fn next_year(&mut self, id: CollectiveId, of: CollectiveId, year: i32) -> Answer {
        let views = &self.notebook()?.views;
        if views.document(id.into()).is_some() {
            return Ok(Response::Done);
        }
        let held = views.collective_project(of).ok_or(Failure::NotFound)?.clone();
        still_here(&held)?;
        if !YEARS.contains(&year) || held.year.is_some_and(|before| year <= before) {
            return Err(Failure::Invalid(Invalid::Day));
        }
        let again = held.for_year(id, year, || LineId(random_array(&mut self.ambient)));
        // What is common goes on in common.
        let scope = self.writable_document(of.into()).await?;
        let mut plan = Plan::new("next_year_project");
        let header = Header::within(scope, id.into(), Kind::CollectiveProject, None);
        plan.edit(Target::New(header), move |document| collective::create(document, &again));
        self.save(plan).await
    }

    /// The scope of a document, where this coordinator may write in it.
    pub(super) async fn writable_document(&mut self, id: DocId) -> Result<Scope, Failure> {
        let scope = self.notebook()?.views.document(id).ok_or(Failure::NotFound)?.header.scope.clone();
        self.writable(&scope).await?;
        Ok(scope)
    }

    async fn close_project(&mut self, id: CollectiveId, learnt: String, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.collective_project(id).ok_or(Failure::NotFound)?;
        still_here(held)?;
        if views.group_of(id.into()).is_some() {
            let learnt = vec![ProjectChange::Text(ProjectField::Learnt, learnt.clone())];
            changes_in_common(views, held, learnt)?;
        }
        if held.closed_on.is_some() {
            // Someone was quicker: what they learnt is on the screen that comes next.
            return Err(Failure::WrittenSince);
        }
        short_enough(&learnt)?;
        if learnt.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        let mut plan = Plan::new("close_project");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| collective::close(document, today, &learnt));
        self.save(plan).await
    }

    // ── Difficulties of practice ────────────────────────────────────────────────────────────────────────────────────

    async fn say_difficulty(&mut self, said: Difficulty, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(said.id.into()).is_some() {
            return Ok(Response::Done);
        }
        if said.words.trim().is_empty() || said.theme.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        happened(said.day, today)?;
        valid_difficulty(views, &Difficulty::empty(said.id, said.day).changes_to(&said))?;
        let mut plan = Plan::new("say_difficulty");
        plan.ends_draft = draft;
        let header = Header::new(said.id.into(), Kind::Difficulty, None, 0);
        plan.edit(Target::New(header), move |document| difficulty::create(document, &said));
        self.save(plan).await
    }

    async fn edit_difficulty(
        &mut self,
        id: DifficultyId,
        changes: Vec<DifficultyChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        known(views.difficulty(id).is_some())?;
        valid_difficulty(views, &changes)?;
        for change in &changes {
            match change {
                DifficultyChange::Day(day) => happened(*day, today)?,
                DifficultyChange::Text(field, text) if text.trim().is_empty() => {
                    use maillon_shared::domain::difficulty::DifficultyField::{Structure, Theme, Words};
                    match field {
                        Theme | Words => return Err(Failure::Invalid(Invalid::Empty)),
                        Structure => {}
                    }
                }
                _ => {}
            }
        }
        let mut plan = Plan::new("edit_difficulty");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| difficulty::write(document, change))
        });
        self.save(plan).await
    }

    // ── Fictional situations ────────────────────────────────────────────────────────────────────────────────────────

    async fn create_situation(&mut self, mut written: Situation, draft: Option<DraftKey>) -> Answer {
        let views = &self.notebook()?.views;
        if views.document(written.id.into()).is_some() {
            return Ok(Response::Done);
        }
        (written.withdrawn, written.reading) = (false, None);
        let changes = Situation::empty(written.id).changes_to(&written);
        valid_situation(views, &Situation::empty(written.id), &changes)?;
        let mut plan = Plan::new("create_situation");
        plan.ends_draft = draft;
        let header = Header::new(written.id.into(), Kind::Situation, None, 0);
        plan.edit(Target::New(header), move |document| situation::create(document, &written));
        self.save(plan).await
    }

    async fn edit_situation(
        &mut self,
        id: SituationId,
        changes: Vec<SituationChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let views = &self.notebook()?.views;
        let held = views.situation(id).ok_or(Failure::NotFound)?;
        valid_situation(views, held, &changes)?;
        let mut plan = Plan::new("edit_situation");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| situation::write(document, change))
        });
        self.save(plan).await
    }

    /// Read by a second person: of the text that stands there, without a clue that names someone.
    async fn read_situation(&mut self, id: SituationId, reader: String, of: String) -> Answer {
        let day = self.today();
        let views = &self.notebook()?.views;
        let held = views.situation(id).ok_or(Failure::NotFound)?;
        short_enough(&reader)?;
        let (settings, _) = views.settings();
        if !is_someone_else(&reader, &settings.coordinator) {
            return Err(Failure::Invalid(Invalid::NoReader));
        }
        if of != held.fingerprint() {
            return Err(Failure::WrittenSince);
        }
        let clues = views.clues(&held.texts(), WrittenFor::Situation);
        held.to_read(&clues).map_err(|_| Failure::Invalid(Invalid::NamesSomeone))?;
        let reading = SecondReading { reader: reader.trim().to_owned(), day, of };
        let mut plan = Plan::new("read_situation");
        plan.edit(Target::Document(id.into()), move |document| situation::read_by(document, &reading));
        self.save(plan).await
    }
}

/// A slip of a digit is likelier than another century.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 2_000;

fn valid_project(views: &Views, held: &CollectiveProject, changes: &[ProjectChange]) -> Result<(), Failure> {
    let mut title = held.title.as_str();
    let entry_known = |entry: &Option<EntryId>| known(entry.is_none_or(|entry| views.entry(entry).is_some()));
    for change in changes {
        match change {
            ProjectChange::Text(field, text) => {
                short_enough(text)?;
                if *field == maillon_shared::domain::collective::ProjectField::Title {
                    title = text;
                }
            }
            ProjectChange::Partner(_, _, text)
            | ProjectChange::Step(_, _, text)
            | ProjectChange::Indicator(_, _, text)
            | ProjectChange::Value(_, _, _, text) => short_enough(text)?,
            ProjectChange::Year(Some(year)) if !YEARS.contains(year) => return Err(Failure::Invalid(Invalid::Day)),
            ProjectChange::CarrierEntry(entry) | ProjectChange::PartnerEntry(_, entry) => entry_known(entry)?,
            ProjectChange::StepDue(_, Some(day))
            | ProjectChange::StepDone(_, Some(day))
            | ProjectChange::ValueDay(_, _, Some(day)) => possible(*day)?,
            ProjectChange::Need(need) => short_enough(&need.period)?,
            _ => {}
        }
    }
    match (title.trim().is_empty(), changes.len() > MOST_CHANGES) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}

/// Refuses what is to be written in a project that became a group's meanwhile: nobody would read it there.
fn still_here(project: &CollectiveProject) -> Result<(), Failure> {
    match project.moved_to {
        Some(_) => Err(Failure::WrittenSince),
        None => Ok(()),
    }
}

/// What is written in a common project: nobody who is accompanied is named in what changes, and whoever is of this directory is said
/// in words, for no one else has it.
fn changes_in_common(
    views: &Views,
    held: &CollectiveProject,
    changes: Vec<ProjectChange>,
) -> Result<Vec<ProjectChange>, Failure> {
    let in_words = |change| match change {
        ProjectChange::PartnerEntry(line, Some(entry)) => {
            ProjectChange::Partner(line, PartnerField::Name, name_of(views, entry))
        }
        ProjectChange::CarrierEntry(Some(entry)) => ProjectChange::Text(ProjectField::Carrier, name_of(views, entry)),
        other => other,
    };
    let changes: Vec<ProjectChange> = changes.into_iter().map(in_words).collect();
    // Of what stood there before, whoever wrote it answers.
    let mut written = CollectiveProject::empty(held.id);
    changes.iter().for_each(|change| written.apply(change));
    names_nobody(views, &written)?;
    Ok(changes)
}

fn valid_difficulty(views: &Views, changes: &[DifficultyChange]) -> Result<(), Failure> {
    for change in changes {
        match change {
            DifficultyChange::Text(_, text) => short_enough(text)?,
            DifficultyChange::StructureEntry(Some(entry)) => known(views.entry(*entry).is_some())?,
            _ => {}
        }
    }
    Ok(())
}

fn valid_situation(views: &Views, held: &Situation, changes: &[SituationChange]) -> Result<(), Failure> {
    let mut title = held.title.as_str();
    for change in changes {
        match change {
            SituationChange::Text(field, text) => {
                short_enough(text)?;
                if *field == SituationField::Title {
                    title = text;
                }
            }
            SituationChange::Question(_, text) | SituationChange::Answer(_, _, _, text) => short_enough(text)?,
            SituationChange::LunchOn(Some(day)) => possible(*day)?,
            SituationChange::AnswerEntry(_, _, Some(entry)) => known(views.entry(*entry).is_some())?,
            _ => {}
        }
    }
    match title.trim().is_empty() {
        true => Err(Failure::Invalid(Invalid::NoName)),
        false => Ok(()),
    }
}
