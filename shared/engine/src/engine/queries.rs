//! What is read: each request from the views, or from a document where views do not hold it; and the journal of reads.

use chrono::NaiveDate;
use maillon_shared::api::responses::{
    ActRow, DayProposal, EncounterFile, File, FollowUpFile, HitTarget, OwnCard, ReadRow,
};
use maillon_shared::api::timeline::TimelineKind;
use maillon_shared::api::{Answer, Failure, Request, Response};
use maillon_shared::domain::calendar::{Calendar, Proposal};
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::ids::{DocId, EncounterId, EntryId, FollowUpId, PersonId, RegisterEntryId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::register::RegisterEntry;
use maillon_shared::domain::time::Instant;
use serde::{Deserialize, Serialize};

use super::Engine;
use crate::ambient::Ambient;
use crate::exchange::own_card;
use crate::journal::Document;
use crate::journal::act::ActRecord;
use crate::notebook::Notebook;
use crate::store::Store;
use crate::views::Views;
use crate::views::today::not_worked_why;

/// A screen that refreshes within this time is one reading.
const ONE_READING_MS: i64 = 10 * 60 * 1000;

/// A reading, as it is written for ever.
#[derive(Serialize, Deserialize)]
pub(super) struct WrittenRead {
    pub(super) at: Instant,
    pub(super) what: String,
    pub(super) about: Option<[u8; 16]>,
}

impl WrittenRead {
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first()? {
            (&READ_FORMAT, written) => postcard::from_bytes(written).ok(),
            _ => None,
        }
    }
}

const READ_FORMAT: u8 = 1;

pub(super) fn is_reading(request: &Request) -> bool {
    matches!(
        request,
        Request::Today
            | Request::People
            | Request::Person(_)
            | Request::SimilarPeople(_)
            | Request::Retention
            | Request::EliminationSlip(_)
            | Request::Mentions(_)
            | Request::Timeline { .. }
            | Request::Directory
            | Request::Entry(_)
            | Request::Encounter(_)
            | Request::FollowUp(_)
            | Request::LastPlaces(_)
            | Request::Reception { .. }
            | Request::Rounds
            | Request::Round(_)
            | Request::Alerts
            | Request::Alert(_)
            | Request::Accounts(_)
            | Request::Project(_)
            | Request::Stays
            | Request::Stay(_)
            | Request::ReadMeeting(_)
            | Request::Circle(_)
            | Request::Liaison(_)
            | Request::Search { .. }
            | Request::AskTriage(_)
            | Request::Register
            | Request::RegisterEntry(_)
            | Request::Registered
            | Request::RegisterLog
            | Request::RegisterExtract(_)
            | Request::History(_)
            | Request::Acts { .. }
            | Request::Reads { .. }
            | Request::Settings
            | Request::ProposeDay(_)
            | Request::Drafts
            | Request::Campaigns
            | Request::Campaign(_)
            | Request::ReadCollective(_)
            | Request::WhoDoesWhat(_)
            | Request::PublicLines(_)
            | Request::InTouch
            | Request::OwnCard
            | Request::ReadAddresses(_)
    )
}

/// Whether a day fits, and the worked days around it where it does not.
pub(super) fn day_proposal(views: &Views, day: NaiveDate, today: NaiveDate) -> DayProposal {
    let (why, earlier, later) = match Calendar::of(&views.settings().0).propose(day, today) {
        Proposal::Fits => (None, None, None),
        Proposal::Outside { why, earlier, later } => (Some(not_worked_why(why)), earlier, later),
    };
    DayProposal { day, why, earlier, later }
}

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn read(&mut self, request: Request) -> Answer {
        let now = self.ambient.now();
        let today = now.day();
        let notebook = self.notebook()?;
        match request {
            Request::Today => {
                let mut answer = notebook.views.today(today);
                let (notebook, store) = notebook_and_store(self)?;
                answer.copied_on = notebook.copied_on(store).await?;
                Ok(Response::Today(Box::new(answer)))
            }
            Request::People => Ok(Response::People(notebook.views.people_rows())),
            Request::Person(id) => self.person(id).await,
            Request::Timeline { person, kinds } => self.timeline(person, &kinds).await,
            Request::Retention => self.retention().await,
            Request::EliminationSlip(people) => Ok(Response::Slip(Box::new(notebook.views.slip(&people, today)))),
            Request::Mentions(id) => self.mentions(id),
            Request::SimilarPeople(form) => Ok(Response::Similar(notebook.views.similar_people(&form))),
            Request::Directory => Ok(Response::Directory(notebook.views.entry_rows())),
            Request::Entry(id) => self.entry(id).await,
            Request::Encounter(id) => self.encounter(id).await,
            Request::FollowUp(id) => follow_up(notebook, id),
            Request::LastPlaces(person) => Ok(Response::Places(notebook.views.last_places(person))),
            Request::Reception { from, to } => Ok(Response::Reception(notebook.views.reception(from, to))),
            Request::Rounds => Ok(Response::Rounds(Box::new(notebook.views.rounds()))),
            Request::Round(id) => {
                let file = notebook.views.round_file(id).ok_or(Failure::NotFound)?;
                Ok(Response::Round(Box::new(file)))
            }
            Request::Alerts => Ok(Response::Alerts(Box::new(notebook.views.alerts(today)))),
            Request::Alert(id) => self.alert(id).await,
            Request::Accounts(person) => self.accounts(person).await,
            Request::Project(id) => self.project(id).await,
            Request::Stays => Ok(Response::Stays(notebook.views.stay_rows(today))),
            Request::Stay(id) => self.stay(id).await,
            Request::ReadMeeting(asked) => self.read_meeting(*asked).await,
            Request::Circle(person) => self.circle(person).await,
            Request::Liaison(choice) => self.liaison(&choice).await,
            Request::ReadAddresses(question) => self.read_addresses(*question),
            Request::Search { text, limit } => {
                let mut hits = notebook.views.search(&text, limit.into());
                let views = &notebook.views;
                // Of what is over, not even the name is said.
                hits.retain(|hit| match &hit.target {
                    HitTarget::Received(_, copy) => {
                        views.received(*copy, today).is_some_and(|(_, copy)| !copy.is_over(today))
                    }
                    _ => true,
                });
                Ok(Response::Found(hits))
            }
            Request::AskTriage(question) => self.ask_triage(question).await,
            Request::Register => self.register().await,
            Request::RegisterEntry(id) => self.register_entry(id).await,
            Request::Registered => self.registered().await,
            Request::RegisterLog => Ok(Response::RegisterLog(Box::new(notebook.views.register_log()))),
            Request::RegisterExtract(id) => self.register_extract(id).await,
            Request::History(id) => self.history(id, now.offset_min).await,
            Request::Acts { before, limit } => self.acts(before.unwrap_or(u64::MAX), limit.into()).await,
            Request::Reads { before, limit } => self.reads(before.unwrap_or(u64::MAX), limit.into()).await,
            Request::Settings => Ok(Response::Settings(Box::new(notebook.views.settings().0))),
            Request::ProposeDay(day) => Ok(Response::Proposal(day_proposal(&notebook.views, day, today))),
            Request::Campaigns => Ok(Response::Campaigns(notebook.views.campaign_rows(today))),
            Request::Campaign(id) => self.campaign(id).await,
            Request::ReadCollective(asked) => self.read_collective(asked).await,
            Request::Drafts => {
                self.forget_who_waited().await;
                notebook_and_store(self)?.0.drafts(&self.store).await.map(Response::Drafts)
            }
            Request::WhoDoesWhat(question) => {
                Ok(Response::WhoDoesWhat(Box::new(notebook.views.who_does_what(&question, today))))
            }
            Request::PublicLines(commune) => Ok(Response::PublicLines(notebook.views.public_lines(&commune, today))),
            Request::InTouch => Ok(Response::InTouch(Box::new(notebook.views.in_touch(today)))),
            Request::OwnCard => {
                let (settings, _) = notebook.views.settings();
                let bytes = own_card::file(&settings);
                let file = File { name: "carte.vcf".to_owned(), mime: "text/vcard;charset=utf-8".to_owned(), bytes };
                Ok(Response::OwnCard(Box::new(OwnCard { file, square: own_card::square(&settings) })))
            }
            _ => Err(Failure::NotUnderstood),
        }
    }

    async fn person(&mut self, id: PersonId) -> Answer {
        let today = self.today();
        let mut file = self.notebook()?.views.person_file(id, today).ok_or(Failure::NotFound)?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        // A sheet whose document no longer opens is shown as it was last known.
        for sheet in notebook.views.sheets_of(id) {
            let read =
                notebook.read_document(store, sheet.into(), |document: &mut Document| document.conflicts()).await;
            file.conflicts.extend(read.unwrap_or_default());
        }
        file.household.mourning = self.is_mourning(id, &file.assessments).await;
        self.note_read("person", file.person.id.0).await?;
        Ok(Response::Person(Box::new(file)))
    }

    async fn timeline(&mut self, id: PersonId, kinds: &[TimelineKind]) -> Answer {
        let today = self.today();
        let mut file = self.notebook()?.views.person_file(id, today).ok_or(Failure::NotFound)?;
        file.timeline.retain(|item| kinds.is_empty() || kinds.contains(&item.kind()));
        self.note_read("person", file.person.id.0).await?;
        Ok(Response::Timeline(file.timeline))
    }

    async fn entry(&mut self, id: EntryId) -> Answer {
        let today = self.today();
        let mut file = self.notebook()?.views.entry_file(id, today).ok_or(Failure::NotFound)?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let read = notebook.read_document(store, id.into(), |document: &mut Document| document.conflicts()).await;
        file.conflicts = read.unwrap_or_default();
        Ok(Response::Entry(Box::new(file)))
    }

    async fn encounter(&mut self, id: EncounterId) -> Answer {
        let views = &self.notebook()?.views;
        let (encounter, _) = views.encounter(id).ok_or(Failure::NotFound)?;
        let encounter = views.encounter_shown(encounter);
        let name = encounter.person.and_then(|id| views.person(id)).map(Person::display_name).unwrap_or_default();
        let unshared_note = views.unshared_note(&encounter).map(|(text, _)| text.to_owned()).unwrap_or_default();
        if let Some(person) = encounter.person {
            self.note_read("encounter", person.0).await?;
        }
        let views = &self.notebook()?.views;
        let entry = encounter.with_entry.and_then(|id| views.entry(id));
        let entry_name = entry.map(DirectoryEntry::display_name).unwrap_or_default();
        Ok(Response::Encounter(Box::new(EncounterFile { encounter, name, entry_name, unshared_note })))
    }

    async fn history(&mut self, id: DocId, offset_min: i16) -> Answer {
        self.notebook()?.views.document(id).ok_or(Failure::NotFound)?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let rows = notebook.read_document(store, id, |document: &mut Document| document.history(offset_min)).await?;
        self.note_read("history", id.0).await?;
        Ok(Response::History(rows))
    }

    async fn acts(&mut self, before: u64, limit: usize) -> Answer {
        let (notebook, store) = notebook_and_store(self)?;
        let mut rows = Vec::new();
        for (number, record) in notebook.acts_before(store, before, limit).await? {
            rows.push(ActRow {
                number,
                act: record.id,
                at: record.at,
                about: about(notebook, &record),
                undone: notebook.is_undone(store, record.id).await?,
                what: record.what,
            });
        }
        Ok(Response::Acts(rows))
    }

    async fn reads(&mut self, before: u64, limit: usize) -> Answer {
        let (notebook, store) = notebook_and_store(self)?;
        let mut rows = Vec::new();
        for (number, bytes) in notebook.reads_before(store, before, limit).await? {
            let Some(read) = WrittenRead::from_bytes(&bytes) else { continue };
            let about = read.about.map(|id| name_of(notebook, DocId(id))).unwrap_or_default();
            rows.push(ReadRow { number, at: read.at, what: read.what, about });
        }
        Ok(Response::Reads(rows))
    }

    /// Notes a reading, once for a while: who read whom is the person's to know, not how often a screen refreshed.
    pub(super) async fn note_read(&mut self, what: &str, about: [u8; 16]) -> Result<(), Failure> {
        let at = self.ambient.now();
        self.lately_read.retain(|(_, then)| (at.utc_ms - then).abs() < ONE_READING_MS);
        if self.lately_read.iter().any(|(lately, _)| *lately == about) {
            return Ok(());
        }
        self.write_read(what, about).await?;
        self.lately_read.push((about, at.utc_ms));
        Ok(())
    }

    /// Writes a reading, however soon after another.
    pub(super) async fn write_read(&mut self, what: &str, about: [u8; 16]) -> Result<(), Failure> {
        let at = self.ambient.now();
        let read = WrittenRead { at, what: what.to_owned(), about: Some(about) };
        let mut bytes = vec![READ_FORMAT];
        bytes.extend(postcard::to_allocvec(&read).unwrap_or_default());
        let Engine { store, ambient, open, .. } = self;
        let noted = open.as_mut().ok_or(Failure::Locked)?.note_read(store, ambient, &bytes).await;
        match noted {
            Ok(()) => Ok(()),
            // A full or read-only disk must not hide a telephone number from someone who needs it now.
            Err(Failure::Full | Failure::ReadOnly) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

fn notebook_and_store<S: Store, A: Ambient>(engine: &Engine<S, A>) -> Result<(&Notebook, &S), Failure> {
    Ok((engine.open.as_ref().ok_or(Failure::Locked)?, &engine.store))
}

fn follow_up(notebook: &Notebook, id: FollowUpId) -> Answer {
    let (follow_up, _) = notebook.views.follow_up(id).ok_or(Failure::NotFound)?;
    let person = follow_up.person.and_then(|id| notebook.views.person(id));
    let name = person.map(Person::display_name).unwrap_or_default();
    let silenced = person.filter(|_| follow_up.is_open()).and_then(|person| person.state.silence());
    Ok(Response::FollowUp(Box::new(FollowUpFile {
        follow_up: notebook.views.follow_up_shown(follow_up),
        name,
        silenced,
    })))
}

/// Whom an act is about: the first of its documents that has a name today.
fn about(notebook: &Notebook, record: &ActRecord) -> String {
    let names = record.documents.iter().map(|touched| name_of(notebook, touched.id));
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}

fn name_of(notebook: &Notebook, id: DocId) -> String {
    let subject = notebook.views.document(id).and_then(|cached| cached.header.subject).unwrap_or(id.0);
    let person = notebook.views.person(PersonId(subject)).map(Person::display_name);
    let entry = || notebook.views.entry(EntryId(subject)).map(DirectoryEntry::display_name);
    let registered = || notebook.views.register_entry(RegisterEntryId(subject)).map(RegisterEntry::display_name);
    person.or_else(entry).or_else(registered).unwrap_or_default()
}
