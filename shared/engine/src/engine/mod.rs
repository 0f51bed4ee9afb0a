//! What handles a request: one notebook, closed or open, behind the door.
//!
//! It has no I/O, clock or chance of its own; it need not be `Send`, and never handles two requests at once. It speaks
//! no language: codes, ids and data go out.

mod addresses;
mod alerts;
mod applications;
mod assessments;
mod campaigns;
mod charters;
mod collective;
mod commands;
mod consents;
mod diagnoses;
mod erasure;
mod events;
mod exchanges;
mod files;
mod groups;
mod households;
mod information;
mod lending;
mod lines;
mod lists;
mod means;
mod meetings;
mod merges;
mod missions;
mod neighbours;
mod outreach;
mod pairing;
mod procedures;
mod programmes;
mod projects;
mod queries;
mod reception;
mod register;
mod roadmaps;
mod rounds;
mod sharing;
mod stays;
mod summary;
mod surveys;
#[cfg(test)]
mod tests;
mod travelling_sheets;
mod triage;

use maillon_shared::api::errors::Damage;
use maillon_shared::api::requests::{NewNotebook, Secret};
use maillon_shared::api::responses::{File, Saved, Status};
use maillon_shared::api::{Answer, Failure, Notice, Request, Response, decode, encode};

use crate::ambient::Ambient;
use crate::backup::{read_backup, write_backup};
use crate::failures::{failure_of_backup, failure_of_store, failure_of_unlock, failure_of_words};
use crate::notebook::{Notebook, Plan, SavedAct};
use crate::store::{Batch, Store, Table};
use crate::vault::{
    HEADER_ROW, Header, HeaderError, NotebookKey, NotebookKind, StretchCost, Words, change_passphrase, create,
    unlock_with_passphrase, unlock_with_words, words,
};

/// One notebook behind the door.
pub struct Engine<S, A> {
    store: S,
    ambient: A,
    notices: Box<dyn FnMut(Notice)>,
    open: Option<Notebook>,
    /// What was read lately: a screen that refreshes is one reading.
    lately_read: Vec<([u8; 16], i64)>,
    /// What goes on on networks.
    lines: lines::Lines,
}

impl<S: Store, A: Ambient> Engine<S, A> {
    /// An engine over a store, which may be empty. Notices come while requests are handled.
    pub fn new(store: S, ambient: A, notices: Box<dyn FnMut(Notice)>) -> Self {
        Engine { store, ambient, notices, open: None, lately_read: Vec::new(), lines: lines::Lines::default() }
    }

    /// Gives the store back, locked.
    pub fn into_store(self) -> S {
        self.store
    }

    /// The host's clock and chance.
    pub fn ambient_mut(&mut self) -> &mut A {
        &mut self.ambient
    }

    /// Handles a request in bytes, and answers in bytes.
    pub async fn handle_bytes(&mut self, request: &[u8]) -> Vec<u8> {
        let answer = match decode(request) {
            Some(request) => self.handle(request).await,
            None => Err(Failure::NotUnderstood),
        };
        encode(&answer)
    }

    /// Handles a request.
    pub async fn handle(&mut self, request: Request) -> Answer {
        self.may(&request)?;
        match request {
            Request::Status => self.status().await.map(Response::Status),
            Request::ProposeWords => Ok(Response::Words(Words::random(&mut self.ambient).list())),
            Request::CompleteWord(beginning) => Ok(Response::Words(words::suggest(&beginning))),
            Request::Create(new) => self.create(NotebookKind::Coordinator, new).await,
            Request::CreateMairie(new) => self.create(NotebookKind::Mairie, new).await,
            Request::Unlock(secret) => self.unlock(secret).await,
            Request::Lock => {
                self.close();
                Ok(Response::Done)
            }
            Request::ChangePassphrase { old, new } => self.change_passphrase(old, &new).await,
            Request::Verify => self.verify().await,
            Request::Backup => self.backup().await,
            Request::Restore(file) => self.restore(&file).await,
            Request::PreviewImport { into, file } => self.preview_import(into, &file),
            Request::Import(import) => self.import(&import).await,
            Request::ErasedIds => self.erased_ids(),
            Request::EraseAgain(file) => self.erase_again(&file).await,
            Request::PersonalData(id) => self.personal_data(id).await,
            Request::RegisterData(id) => self.register_data(id).await,
            Request::ExtractTable(id) => self.extract_table(id).await,
            Request::ExportDirectory(format) => self.export_directory(format),
            Request::LendCalls { campaign, caller } => self.lend_calls(campaign, caller).await,
            Request::TakeBackCalls(file) => self.take_back_calls(&file).await,
            Request::CopyRegister(asked) => self.copy_register(*asked).await,
            Request::ReadSurveys(asked) => self.read_surveys(*asked).await,
            Request::WriteSurveys(asked) => self.write_surveys(*asked).await,
            Request::ReadProcedures(asked) => self.read_procedures(*asked).await,
            Request::WriteProcedures(asked) => self.write_procedures(*asked).await,
            Request::ReadSheets(asked) => self.read_sheets(*asked).await,
            Request::WriteSheets(asked) => self.write_sheets(*asked).await,
            Request::Sharing(asked) => self.share(*asked).await,
            Request::Summary(asked) => self.summary(asked).await,
            Request::Exchange(asked) => self.exchange(*asked).await,
            Request::Neighbour(asked) => self.neighbour(*asked).await,
            Request::Group(asked) => self.group(*asked).await,
            Request::Role => self.role().map(Response::Role),
            Request::EraseLentNotebook => self.erase_lent_notebook().await,
            reading if queries::is_reading(&reading) => self.read(reading).await,
            writing => self.write(writing).await,
        }
    }

    /// Forgets all that was read, and every key.
    fn close(&mut self) {
        self.open = None;
        self.lines = lines::Lines::default();
        self.lately_read.clear();
        (self.notices)(Notice::Locked);
    }

    fn notebook(&mut self) -> Result<&mut Notebook, Failure> {
        self.open.as_mut().ok_or(Failure::Locked)
    }

    async fn header(&self) -> Result<Header, Failure> {
        let row = self.store.get(Table::Meta, HEADER_ROW).await.map_err(failure_of_store)?;
        let Some(row) = row else {
            // Rows without a header are a damaged notebook, not the absence of one: never offer to create over them.
            let keys = self.store.scan(Table::Meta, &[]).await.map_err(failure_of_store)?;
            return Err(if keys.is_empty() { Failure::NoNotebook } else { Failure::Damaged(Damage::Header) });
        };
        Header::parse(&row).map_err(|error| match error {
            HeaderError::Damaged => Failure::Damaged(Damage::Header),
            HeaderError::TooNew { .. } => Failure::TooNew,
        })
    }

    async fn status(&self) -> Result<Status, Failure> {
        match (self.header().await, &self.open) {
            (Ok(_), Some(_)) => Ok(Status::Open),
            (Ok(_), None) => Ok(Status::Locked),
            (Err(Failure::NoNotebook), _) => Ok(Status::None),
            (Err(failure), _) => Err(failure),
        }
    }

    async fn create(&mut self, kind: NotebookKind, new: NewNotebook) -> Answer {
        match self.header().await {
            Err(Failure::NoNotebook) => {}
            Ok(_) => return Err(Failure::NotebookExists),
            Err(failure) => return Err(failure),
        }
        if new.passphrase.is_empty() {
            return Err(Failure::EmptyPassphrase);
        }
        let words = Words::parse(&new.words).map_err(|error| failure_of_words(&error))?;
        let cost = StretchCost::measure(&mut self.ambient).await.map_err(|error| Failure::System(error.0))?;
        let made = create(&mut self.ambient, kind, &new.passphrase, &words, cost).await.map_err(failure_of_unlock)?;
        let mut batch = Notebook::first_rows(&made.key, &mut self.ambient);
        batch.put(Table::Meta, HEADER_ROW, made.header.to_bytes());
        match kind {
            NotebookKind::Mairie => Notebook::make_mairies(&mut batch, &made.key, &mut self.ambient),
            // The only moment when the words are here without being asked for.
            _ => Notebook::prepare_for_sharing(&mut batch, &made.key, &words, &mut self.ambient),
        }
        self.store.commit(batch).await.map_err(failure_of_store)?;
        self.open_with(made.key).await?;
        if new.settings.is_empty() {
            return Ok(Response::Done);
        }
        self.write(Request::EditSettings(new.settings)).await
    }

    async fn unlock(&mut self, secret: Secret) -> Answer {
        let header = self.header().await?;
        let key = self.key_of(&header, &secret).await?;
        self.open_with(key).await?;
        Ok(Response::Done)
    }

    async fn key_of(&mut self, header: &Header, secret: &Secret) -> Result<NotebookKey, Failure> {
        match secret {
            Secret::Passphrase(passphrase) => {
                unlock_with_passphrase(&mut self.ambient, header, passphrase).await.map_err(failure_of_unlock)
            }
            Secret::Words(typed) => {
                let words = Words::parse(typed).map_err(|error| failure_of_words(&error))?;
                unlock_with_words(header, &words).map_err(failure_of_unlock)
            }
        }
    }

    async fn open_with(&mut self, key: NotebookKey) -> Result<(), Failure> {
        let notebook = Notebook::open(key, &mut self.store, &mut self.ambient).await?;
        // The header is sealed by nobody: what a notebook is stands inside too.
        if notebook.is_mairie() != (self.header().await?.kind == NotebookKind::Mairie) {
            return Err(Failure::Damaged(Damage::Header));
        }
        self.open = Some(notebook);
        self.forget_who_waited().await;
        // It is tried again at the next opening: a disk that is full opens all the same.
        let _ = self.end_what_she_ended().await;
        let _ = self.forget_old_reports().await;
        Ok(())
    }

    async fn change_passphrase(&mut self, old: Secret, new: &str) -> Answer {
        self.notebook()?;
        if new.is_empty() {
            return Err(Failure::EmptyPassphrase);
        }
        let header = self.header().await?;
        // Whoever finds the notebook open must not be able to shut its owner out.
        let key = self.key_of(&header, &old).await?;
        let cost = StretchCost::measure(&mut self.ambient).await.map_err(|error| Failure::System(error.0))?;
        let changed =
            change_passphrase(&mut self.ambient, &header, &key, new, cost).await.map_err(failure_of_unlock)?;
        let mut batch = Batch::new();
        batch.put(Table::Meta, HEADER_ROW, changed.to_bytes());
        self.store.commit(batch).await.map_err(failure_of_store)?;
        // The old slot's row must not be found in a freed page: the old passphrase may have been seen.
        self.store.purge().await.map_err(failure_of_store)?;
        Ok(Response::Done)
    }

    async fn verify(&mut self) -> Answer {
        let Engine { store, ambient, notices, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let progress = |done, total| notices(Notice::Progress { done, total });
        notebook.verify(store, ambient, progress).await.map(Response::Verified)
    }

    /// A copy needs no key: it is what rests on the disk. So a notebook whose passphrase is forgotten can still be
    /// carried to whoever has the words.
    async fn backup(&mut self) -> Answer {
        let bytes = write_backup(&self.store).await.map_err(failure_of_backup)?;
        let Engine { store, ambient, open, .. } = self;
        if let Some(notebook) = open {
            notebook.note_copy(store, ambient).await?;
        }
        let name = format!("maillon-{}.maillon", self.ambient.now().day());
        Ok(Response::File(File { name, mime: "application/octet-stream".to_owned(), bytes }))
    }

    async fn restore(&mut self, file: &[u8]) -> Answer {
        read_backup(file, &mut self.store).await.map_err(failure_of_backup)?;
        Ok(Response::Done)
    }

    async fn save(&mut self, plan: Plan) -> Answer {
        let Engine { store, ambient, open, notices, .. } = self;
        let mut progress = |done, total| notices(Notice::Progress { done, total });
        let saved = open.as_mut().ok_or(Failure::Locked)?.save(store, ambient, plan, &mut progress).await?;
        Ok(self.saved(saved))
    }

    fn saved(&mut self, saved: SavedAct) -> Response {
        if !saved.changed.is_empty() {
            (self.notices)(Notice::Changed(saved.changed));
        }
        match saved.act {
            Some(act) => Response::Saved(Saved { act }),
            None => Response::Done,
        }
    }
}
