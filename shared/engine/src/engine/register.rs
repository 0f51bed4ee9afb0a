//! The legal register, as plans and readings: every reading of a name is noted, every extract recorded before it is made.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::register::{ExtractToGive, RegisterFile, RegisterWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::{Erased, File};
use maillon_shared::api::{Answer, Failure, Notice, Response};
use maillon_shared::domain::ids::{ExtractId, PersonId, RegisterAgentId, RegisterEntryId};
use maillon_shared::domain::person::PersonChange;
use maillon_shared::domain::register::{Acknowledgement, RegisterChange, RegisterEntry, RegisterState};
use maillon_shared::domain::register_log::{AgentField, RegisterAgent, RegisterExtract};
use maillon_shared::text::language::Language;

use super::Engine;
use super::commands::{happened, known, possible, short_enough};
use crate::ambient::Ambient;
use crate::exchange::register::write_extract;
use crate::journal::records::{person, register, register_log};
use crate::journal::{Document, Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// What a reading of the whole list is about: nobody in particular.
const THE_REGISTER: [u8; 16] = *b"the register all";
/// What a printing or an extract is about: noted even just after the list was opened.
const ON_PAPER: [u8; 16] = *b"register printed";
/// The act that nothing takes back: what was given was given.
pub(super) const RECORD_EXTRACT: &str = "record_extract";

impl<S: Store, A: Ambient> Engine<S, A> {
    // ── To read ─────────────────────────────────────────────────────────────────────────────────────────────────────

    pub(super) async fn register(&mut self) -> Answer {
        let today = self.today();
        let list = self.notebook()?.views.register_list(today);
        if !list.rows.is_empty() {
            self.note_read("register", THE_REGISTER).await?;
        }
        Ok(Response::Register(Box::new(list)))
    }

    pub(super) async fn registered(&mut self) -> Answer {
        let entries: Vec<_> = self.notebook()?.views.registered().into_iter().cloned().collect();
        if !entries.is_empty() {
            self.note_read("register_print", ON_PAPER).await?;
        }
        Ok(Response::Registered(entries))
    }

    pub(super) async fn register_entry(&mut self, id: RegisterEntryId) -> Answer {
        let views = &self.notebook()?.views;
        let entry = views.register_entry(id).ok_or(Failure::NotFound)?.clone();
        let sheet = views.sheet_of_entry(id).map(|person| (person.id, person.display_name()));
        let likely = match &sheet {
            // Whoever is on another entry already is not proposed for this one.
            None => {
                let mut likely = views.similar_people(&Views::entry_as_person(&entry));
                likely.retain(|one| views.person(one.row.id).is_some_and(|person| person.register_entry.is_none()));
                likely
            }
            Some(_) => Vec::new(),
        };
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        // An entry whose document no longer opens is shown as it was last known.
        let read = notebook.read_document(store, id.into(), |document: &mut Document| document.conflicts()).await;
        let conflicts = read.unwrap_or_default();
        self.note_read("register_entry", id.0).await?;
        Ok(Response::RegisterEntry(Box::new(RegisterFile { entry, sheet, likely, conflicts })))
    }

    pub(super) async fn register_extract(&mut self, id: ExtractId) -> Answer {
        let to_give = self.extract_of_today(id)?;
        self.note_read("register_print", ON_PAPER).await?;
        Ok(Response::RegisterExtract(Box::new(to_give)))
    }

    pub(super) async fn extract_table(&mut self, id: ExtractId) -> Answer {
        let ExtractToGive { extract, entries } = self.extract_of_today(id)?;
        self.note_read("register_print", ON_PAPER).await?;
        let name = format!("registre-{}-{}.csv", extract.day, extract.reference());
        let bytes = write_extract(&entries, self.notebook()?.views.lists_in(Language::Fr));
        Ok(Response::File(File { name, mime: "text/csv;charset=utf-8".to_owned(), bytes }))
    }

    /// An extract is of its day: what is in the register tomorrow is another one, recorded as such.
    fn extract_of_today(&mut self, id: ExtractId) -> Result<ExtractToGive, Failure> {
        let today = self.today();
        let views = &self.notebook()?.views;
        let extract = views.extract(id).ok_or(Failure::NotFound)?.clone();
        if extract.day != today {
            return Err(Failure::Invalid(Invalid::Day));
        }
        Ok(ExtractToGive { extract, entries: views.registered().into_iter().cloned().collect() })
    }

    // ── To write ────────────────────────────────────────────────────────────────────────────────────────────────────

    pub(super) async fn write_register(&mut self, write: RegisterWrite) -> Answer {
        match write {
            RegisterWrite::Create { id, changes, from, draft } => {
                self.create_register_entry(id, changes, from, draft).await
            }
            RegisterWrite::Edit { id, changes, draft } => {
                self.edit_register_entry("edit_register_entry", id, changes, draft).await
            }
            RegisterWrite::Acknowledge { id, on } => {
                let given = RegisterChange::Acknowledgement(Acknowledgement::Given(on));
                self.edit_register_entry("acknowledge", id, vec![given], None).await
            }
            RegisterWrite::SetState { id, state, draft } => {
                let what = match &state {
                    RegisterState::Registered => "register_again",
                    RegisterState::StruckOff(_) => "strike_off",
                    RegisterState::Opposed { .. } => "oppose_register",
                    RegisterState::Unknown(_) => return Err(Failure::NotUnderstood),
                };
                self.edit_register_entry(what, id, vec![RegisterChange::State(state)], draft).await
            }
            RegisterWrite::Designate { agent, draft } => self.designate(agent, draft).await,
            RegisterWrite::EditAgent { id, changes } => self.edit_agent(id, changes).await,
            RegisterWrite::EndAgent { id, on } => self.end_agent(id, on).await,
            RegisterWrite::RecordExtract { id, asked_by, ground, detail, given_to, draft } => {
                let today = self.today();
                let extract = RegisterExtract { id, asked_by, ground, detail, given_to, day: today, entries: 0 };
                self.record_extract(extract, draft).await
            }
        }
    }

    async fn create_register_entry(
        &mut self,
        id: RegisterEntryId,
        changes: Vec<RegisterChange>,
        from: Option<PersonId>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(id.into()).is_some() {
            return Ok(Response::Done);
        }
        valid_entry(RegisterEntry::empty(id), &changes, today)?;
        let mut plan = Plan::new("create_register_entry");
        plan.ends_draft = draft;
        if let Some(person) = from {
            known(views.person(person).is_some())?;
            if views.is_provisional(person) {
                return Err(Failure::Provisional);
            }
            for (sheet, change) in views.writes_of(person, PersonChange::RegisterEntry(Some(id))) {
                plan.edit(Target::Document(sheet.into()), move |document| person::write(document, &change));
            }
        }
        plan_new_register_entry(&mut plan, id, changes);
        self.save(plan).await
    }

    async fn edit_register_entry(
        &mut self,
        what: &'static str,
        id: RegisterEntryId,
        changes: Vec<RegisterChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let entry = self.notebook()?.views.register_entry(id).ok_or(Failure::NotFound)?.clone();
        valid_entry(entry, &changes, today)?;
        let mut plan = Plan::new(what);
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| register::write(document, change))
        });
        self.save(plan).await
    }

    async fn designate(&mut self, agent: RegisterAgent, draft: Option<DraftKey>) -> Answer {
        if self.notebook()?.views.register_agent(agent.id).is_some() {
            return Ok(Response::Done);
        }
        valid_agent(&agent)?;
        let mut plan = Plan::new("designate_agent");
        plan.ends_draft = draft;
        let year = agent.designated.year();
        plan.edit(log_of(year), move |document| register_log::put_agent(document, &agent));
        self.save(plan).await
    }

    async fn edit_agent(&mut self, id: RegisterAgentId, changes: Vec<(AgentField, String)>) -> Answer {
        let (agent, document) = self.notebook()?.views.register_agent(id).ok_or(Failure::NotFound)?;
        let mut agent = agent.clone();
        for (field, text) in &changes {
            *agent.text_mut(*field) = text.clone();
        }
        valid_agent(&agent)?;
        let mut plan = Plan::new("edit_agent");
        plan.edit(Target::Document(document), move |document| {
            changes.iter().try_for_each(|(field, text)| register_log::put_agent_text(document, id, *field, text))
        });
        self.save(plan).await
    }

    async fn end_agent(&mut self, id: RegisterAgentId, on: Option<NaiveDate>) -> Answer {
        let (agent, document) = self.notebook()?.views.register_agent(id).ok_or(Failure::NotFound)?;
        valid_agent(&RegisterAgent { ended: on, ..agent.clone() })?;
        let mut plan = Plan::new("end_agent");
        plan.edit(Target::Document(document), move |document| register_log::end_agent(document, id, on));
        self.save(plan).await
    }

    async fn record_extract(&mut self, mut extract: RegisterExtract, draft: Option<DraftKey>) -> Answer {
        let views = &self.notebook()?.views;
        if views.extract(extract.id).is_some() {
            return Ok(Response::Done);
        }
        for text in [&extract.asked_by, &extract.given_to] {
            someone(text)?;
        }
        short_enough(&extract.detail)?;
        extract.entries = views.registered().len() as u32;
        let mut plan = Plan::new(RECORD_EXTRACT);
        plan.ends_draft = draft;
        plan.edit(log_of(extract.day.year()), move |document| register_log::create_extract(document, &extract));
        self.save(plan).await
    }

    /// Erases entries; the sheet that was linked with one stays as it is.
    pub(super) async fn erase_register_entries(&mut self, entries: &[RegisterEntryId]) -> Answer {
        let notebook = self.open.as_ref().ok_or(Failure::Locked)?;
        let (mut documents, mut names) = (BTreeSet::new(), Vec::new());
        for id in entries {
            let cached = notebook.views.document((*id).into());
            known(cached.is_some_and(|cached| cached.header.kind == Kind::RegisterEntry))?;
            documents.extend(notebook.views.documents_of_entry(*id));
            names.extend(notebook.views.register_entry(*id).map(RegisterEntry::display_name));
        }
        let beside = self.beside(&documents, &names).await?;
        let Engine { store, ambient, open, notices, lately_read, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        notebook.erase(store, ambient, &documents, &beside).await?;
        lately_read.clear();
        let erased = Erased { documents: documents.len() as u32, drafts: beside.drafts.len() as u32 };
        notices(Notice::Changed(documents.into_iter().collect()));
        Ok(Response::Erased(erased))
    }

    pub(super) async fn register_data(&mut self, id: RegisterEntryId) -> Answer {
        known(self.notebook()?.views.register_entry(id).is_some())?;
        let documents = self.notebook()?.views.documents_of_entry(id);
        let file = self.data_held_in(&documents, Vec::new()).await?;
        self.note_read("personal_data", id.0).await?;
        Ok(Response::File(file))
    }
}

/// A new entry in its document, for a form and for an import alike.
pub(super) fn plan_new_register_entry(plan: &mut Plan, id: RegisterEntryId, changes: Vec<RegisterChange>) {
    plan.edit(Target::New(Header::new(id.into(), Kind::RegisterEntry, None, 0)), move |document| {
        changes.iter().try_for_each(|change| register::write(document, change))
    });
}

/// Where what the mayor answers for is written, in a year.
fn log_of(year: i32) -> Target {
    Target::Journal(Kind::RegisterLog, None, year)
}

fn someone(name: &str) -> Result<(), Failure> {
    short_enough(name)?;
    if name.trim().is_empty() { Err(Failure::Invalid(Invalid::NoName)) } else { Ok(()) }
}

fn valid_agent(agent: &RegisterAgent) -> Result<(), Failure> {
    someone(&agent.name)?;
    short_enough(&agent.function)?;
    possible(agent.designated)?;
    match agent.ended {
        Some(ended) if ended < agent.designated => Err(Failure::Invalid(Invalid::Day)),
        Some(ended) => possible(ended),
        None => Ok(()),
    }
}

fn valid_entry(mut entry: RegisterEntry, changes: &[RegisterChange], today: NaiveDate) -> Result<(), Failure> {
    for change in changes {
        match change {
            RegisterChange::Text(field, text) => {
                short_enough(text)?;
                *entry.text_mut(*field) = text.clone();
            }
            RegisterChange::Phone(_, _, text) | RegisterChange::Notify(_, _, text) => short_enough(text)?,
            RegisterChange::Birth(Some(birth)) => {
                possible(birth.latest())?;
                // Nobody is in the register before they are born.
                if birth.year() > today.year() {
                    return Err(Failure::Invalid(Invalid::Day));
                }
            }
            RegisterChange::Requested(Some(day)) => happened(*day, today)?,
            RegisterChange::Acknowledgement(Acknowledgement::Given(day)) => happened(*day, today)?,
            RegisterChange::State(state) => {
                if let Some(day) = state.ended_on() {
                    happened(day, today)?;
                }
                if let RegisterState::StruckOff(struck) = state {
                    short_enough(&struck.by)?;
                }
            }
            RegisterChange::Birth(None)
            | RegisterChange::Ground(_)
            | RegisterChange::Origin(_)
            | RegisterChange::Requested(None)
            | RegisterChange::Acknowledgement(_)
            | RegisterChange::RemovePhone(_)
            | RegisterChange::RemoveNotify(_) => {}
        }
    }
    if entry.display_name().is_empty() { Err(Failure::Invalid(Invalid::NoName)) } else { Ok(()) }
}
