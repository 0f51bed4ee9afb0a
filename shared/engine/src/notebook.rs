//! An open notebook: its keys, its documents, its views, and how one gesture becomes one durable act.
//!
//! It knows the journal, the vault and the store, and no rule of the domain: what to write comes as a [`Plan`]. When it
//! is dropped, its keys are forgotten.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use maillon_shared::api::Failure;
use maillon_shared::api::errors::Damage;
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::responses::Verification;
use maillon_shared::domain::ids::{ActId, DocId};
use maillon_shared::domain::time::Instant;
use serde::{Deserialize, Serialize};

use crate::ambient::{Ambient, random_array};
use crate::backup::RESTORED_ROW;
use crate::failures::{failure_of_journal, failure_of_open, failure_of_store};
use crate::journal::act::{ActRecord, Touched};
use crate::journal::document::{Actor, Heads};
use crate::journal::{Document, Header, JournalError, Kind};
use crate::store::{Batch, Row, Store, Table};
use crate::vault::{DocumentKey, Keyring, Label, NotebookKey, SealKey, open_row, seal_row};
use crate::views::{Cached, Views};

/// How many documents stay open at once.
const OPEN_DOCUMENTS: usize = 64;
/// How often a long save says how far it is, in writes.
const PROGRESS_EVERY: usize = 50;
/// After how many frames a document is written again as one.
const COMPACT_AFTER_FRAMES: u64 = 24;
/// The acts' rows: `a` and the number, `u` and the id of an act undone.
const ACT_ROW: u8 = b'a';
const UNDONE_ROW: u8 = b'u';
/// A page of numbered rows is those that share all but the last byte of their number.
const PAGE: u64 = 256;

const DEVICE_ROW: &[u8] = b"device";
const COPIED_ROW: &[u8] = b"copied";
const COUNTS_ROW: &[u8] = b"counts";

/// A draft as it is written: it may wait for a newer version.
#[derive(Serialize, Deserialize)]
struct WrittenDraft {
    form: String,
    subject: String,
    content: String,
    at: Instant,
}

const DRAFT_FORMAT: u8 = 1;

/// One write in one document.
pub type Edit = Box<dyn FnOnce(&mut Document) -> Result<(), JournalError>>;

/// Which document to write in.
pub enum Target {
    /// This one, which exists.
    Document(DocId),
    /// The journal of that kind, about that person, of that period; it comes into being where there is none.
    Journal(Kind, Option<[u8; 16]>, i32),
    /// A new one.
    New(Header),
}

/// What one gesture writes: all of it or none.
pub struct Plan {
    /// What was done, as a code.
    pub what: &'static str,
    /// The writes, in order.
    pub edits: Vec<(Target, Edit)>,
    /// The draft that it ends.
    pub ends_draft: Option<DraftKey>,
}

impl Plan {
    /// Nothing to write yet.
    pub fn new(what: &'static str) -> Self {
        Plan { what, edits: Vec::new(), ends_draft: None }
    }

    /// Adds a write.
    pub fn edit(
        &mut self,
        target: Target,
        edit: impl FnOnce(&mut Document) -> Result<(), JournalError> + 'static,
    ) -> &mut Self {
        self.edits.push((target, Box::new(edit)));
        self
    }
}

/// What was saved: the act, and the documents that changed.
pub struct SavedAct {
    /// The act; none where everything was so already.
    pub act: Option<ActId>,
    /// The documents that changed.
    pub changed: Vec<DocId>,
}

/// An open notebook.
pub struct Notebook {
    key: NotebookKey,
    keyring: Keyring,
    sealing: Sealing,
    actor: Actor,
    device: [u8; 8],
    /// The views.
    pub views: Views,
    open: HashMap<DocId, OpenDocument>,
    uses: u64,
    counts: Counts,
}

struct Sealing {
    views: SealKey,
    acts: SealKey,
    reads: SealKey,
    drafts: SealKey,
    meta: SealKey,
}

impl Sealing {
    fn of(key: &NotebookKey) -> Self {
        Sealing {
            views: key.derive(Label::Views),
            acts: key.derive(Label::Acts),
            reads: key.derive(Label::Reads),
            drafts: key.derive(Label::Drafts),
            meta: key.derive(Label::Meta),
        }
    }
}

struct OpenDocument {
    document: Document,
    key: SealKey,
    /// The number of the next frame; frames count from 1, and the header is row 0.
    next_frame: u64,
    /// How many frames are kept.
    frames: u64,
    used: u64,
}

/// How many of each there are: what tells a missing cache row, and where a journal ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    documents: u64,
    acts: u64,
    reads: u64,
}

impl Counts {
    fn to_bytes(self) -> Vec<u8> {
        [self.documents, self.acts, self.reads].iter().flat_map(|count| count.to_be_bytes()).collect()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut counts = bytes.chunks_exact(8).map(|chunk| u64::from_be_bytes(chunk.try_into().unwrap_or_default()));
        Some(Counts { documents: counts.next()?, acts: counts.next()?, reads: counts.next()? })
    }
}

impl Notebook {
    /// The rows of a notebook that begins, the header apart.
    pub fn first_rows(key: &NotebookKey, ambient: &mut impl Ambient) -> Batch {
        let (_, mut batch) = Keyring::create(ambient, key);
        let sealing = Sealing::of(key);
        let device: [u8; 8] = random_array(ambient);
        batch.put(Table::Meta, DEVICE_ROW, sealed(&sealing.meta, ambient, Table::Meta, DEVICE_ROW, &device));
        let counts = Counts::default().to_bytes();
        batch.put(Table::Meta, COUNTS_ROW, sealed(&sealing.meta, ambient, Table::Meta, COUNTS_ROW, &counts));
        batch
    }

    /// Opens what the rows hold.
    pub async fn open(key: NotebookKey, store: &mut impl Store, ambient: &mut impl Ambient) -> Result<Self, Failure> {
        let sealing = Sealing::of(&key);
        let ring_row =
            store.get(Table::Meta, crate::vault::keyring::KEYRING_KEY_ROW).await.map_err(failure_of_store)?;
        let keyring =
            Keyring::open(&key, &ring_row.ok_or(Failure::Damaged(Damage::Document))?).map_err(failure_of_open)?;
        let meta = |row: Option<Vec<u8>>, name: &[u8]| {
            let row = row.ok_or(Failure::Damaged(Damage::Document))?;
            open_row(&sealing.meta, Table::Meta, name, &row).map_err(failure_of_open)
        };
        let device = meta(store.get(Table::Meta, DEVICE_ROW).await.map_err(failure_of_store)?, DEVICE_ROW)?;
        let mut device: [u8; 8] = device.as_slice().try_into().map_err(|_| Failure::Damaged(Damage::Document))?;
        if store.get(Table::Meta, RESTORED_ROW).await.map_err(failure_of_store)?.is_some() {
            device = random_array(ambient);
            let mut batch = Batch::new();
            batch.delete(Table::Meta, RESTORED_ROW);
            batch.put(Table::Meta, DEVICE_ROW, sealed(&sealing.meta, ambient, Table::Meta, DEVICE_ROW, &device));
            store.commit(batch).await.map_err(failure_of_store)?;
        }
        let counts = meta(store.get(Table::Meta, COUNTS_ROW).await.map_err(failure_of_store)?, COUNTS_ROW)?;
        let counts = Counts::from_bytes(&counts).ok_or(Failure::Damaged(Damage::Document))?;
        let mut actor = [0; 16];
        actor[..8].copy_from_slice(&device);
        ambient.random(&mut actor[8..]);
        let mut notebook = Notebook {
            key,
            keyring,
            sealing,
            actor,
            device,
            views: Views::default(),
            open: HashMap::new(),
            uses: 0,
            counts,
        };
        notebook.load_views(store, ambient).await?;
        Ok(notebook)
    }

    /// The key, to seal the notebook's slots again.
    pub fn key(&self) -> &NotebookKey {
        &self.key
    }

    // ── Views ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async fn load_views(&mut self, store: &mut impl Store, ambient: &mut impl Ambient) -> Result<(), Failure> {
        let rows = store.scan(Table::Views, &[]).await.map_err(failure_of_store)?;
        for (row, sealed) in &rows {
            let Some(id) = document_id(row) else { continue };
            let plain = open_row(&self.sealing.views, Table::Views, row, sealed).ok();
            if let Some(cached) = plain.and_then(|plain| Cached::from_bytes(id, &plain)) {
                self.views.apply(id, cached);
            }
        }
        if self.views.len() as u64 != self.counts.documents {
            self.make_missing_views(store, ambient).await?;
        }
        Ok(())
    }

    /// Reads the documents that the cache lacks, and puts them there.
    async fn make_missing_views(&mut self, store: &mut impl Store, ambient: &mut impl Ambient) -> Result<(), Failure> {
        let mut batch = Batch::new();
        let ids = self.document_ids(store).await?;
        for id in &ids {
            if self.views.document(*id).is_some() {
                continue;
            }
            match self.load(store, *id).await {
                Ok(loaded) => {
                    let cached = Cached::read(&loaded.document);
                    self.put_view(&mut batch, ambient, *id, &cached);
                    self.views.apply(*id, cached);
                }
                Err(Failure::Damaged(_) | Failure::UnknownKey | Failure::TooNew) => self.views.unreadable += 1,
                Err(other) => return Err(other),
            }
        }
        self.counts.documents = ids.len() as u64;
        self.put_counts(&mut batch, ambient);
        store.commit(batch).await.map_err(failure_of_store)
    }

    async fn document_ids(&self, store: &impl Store) -> Result<Vec<DocId>, Failure> {
        let rows = store.scan(Table::Keyring, &[]).await.map_err(failure_of_store)?;
        Ok(rows.iter().filter_map(|(row, _)| document_id(row)).collect())
    }

    fn put_view(&self, batch: &mut Batch, ambient: &mut impl Ambient, id: DocId, cached: &Cached) {
        let row = id.0;
        batch.put(Table::Views, row, sealed(&self.sealing.views, ambient, Table::Views, &row, &cached.to_bytes()));
    }

    fn put_counts(&self, batch: &mut Batch, ambient: &mut impl Ambient) {
        let plain = self.counts.to_bytes();
        batch.put(Table::Meta, COUNTS_ROW, sealed(&self.sealing.meta, ambient, Table::Meta, COUNTS_ROW, &plain));
    }

    // ── Documents ───────────────────────────────────────────────────────────────────────────────────────────────────

    async fn load(&self, store: &impl Store, id: DocId) -> Result<OpenDocument, Failure> {
        let key_row = store.get(Table::Keyring, &id.0).await.map_err(failure_of_store)?.ok_or(Failure::NotFound)?;
        let key = self.keyring.open_document_key(&id.0, &key_row).map_err(failure_of_open)?.sealing();
        let rows = store.scan(Table::Frames, &id.0).await.map_err(failure_of_store)?;
        let mut header = None;
        let mut frames = Vec::with_capacity(rows.len());
        let mut last = 0;
        for (row, sealed) in &rows {
            let number = frame_number(row).ok_or(Failure::Damaged(Damage::Document))?;
            let plain = open_row(&key, Table::Frames, row, sealed).map_err(failure_of_open)?;
            match number {
                0 => header = Header::from_bytes(id, &plain),
                number => {
                    last = number;
                    frames.push(plain);
                }
            }
        }
        let header = header.ok_or(Failure::Damaged(Damage::Document))?;
        let document = Document::load(header, frames.iter().map(|frame| frame.as_slice()), self.actor)
            .map_err(failure_of_journal)?;
        let frames = frames.len() as u64;
        Ok(OpenDocument { document, key, next_frame: last + 1, frames, used: self.uses })
    }

    /// A document, opened if it was not.
    async fn document(&mut self, store: &impl Store, id: DocId) -> Result<&mut OpenDocument, Failure> {
        self.uses += 1;
        if !self.open.contains_key(&id) {
            let loaded = self.load(store, id).await?;
            self.open.insert(id, loaded);
        }
        let uses = self.uses;
        let open = self.open.get_mut(&id).ok_or(Failure::NotFound)?;
        open.used = uses;
        Ok(open)
    }

    /// Closes the documents used longest ago.
    fn close_some(&mut self) {
        while self.open.len() > OPEN_DOCUMENTS {
            let Some(oldest) = self.open.iter().min_by_key(|(_, open)| open.used).map(|(id, _)| *id) else { return };
            self.open.remove(&oldest);
        }
    }

    /// Reads something of a document that views do not hold: its history, its conflicts.
    pub async fn read_document<T>(
        &mut self,
        store: &impl Store,
        id: DocId,
        read: impl FnOnce(&mut Document) -> T,
    ) -> Result<T, Failure> {
        let value = read(&mut self.document(store, id).await?.document);
        self.close_some();
        Ok(value)
    }

    // ── Acts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Writes a plan, and returns once it is on disk. After a failure nothing of it is anywhere. `progress` hears how
    /// many of how many writes are made.
    pub async fn save(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        plan: Plan,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<SavedAct, Failure> {
        let mut touched = BTreeMap::new();
        let saved = self.try_save(store, ambient, plan, None, &mut touched, progress).await;
        self.settle(saved, &touched)
    }

    /// Undoes an act, by a new one.
    pub async fn undo(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        act: ActId,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<SavedAct, Failure> {
        let record = self.find_act(store, act).await?.ok_or(Failure::NotFound)?;
        if self.is_undone(store, act).await? {
            return Err(Failure::AlreadyUndone);
        }
        let at = ambient.now();
        let mut plan = Plan::new("undo");
        for document in record.documents {
            plan.edit(Target::Document(document.id), move |inner| {
                match inner.undo(&document.before, &document.after, document.born, at) {
                    // A document of the act in which nothing is left to take back does not stop the others.
                    Err(JournalError::NothingToUndo) => Ok(()),
                    other => other,
                }
            });
        }
        let mut touched = BTreeMap::new();
        let saved = self.try_save(store, ambient, plan, Some(act), &mut touched, progress).await;
        self.settle(saved, &touched)
    }

    fn settle(
        &mut self,
        saved: Result<SavedAct, Failure>,
        touched: &BTreeMap<DocId, (Heads, bool)>,
    ) -> Result<SavedAct, Failure> {
        if saved.is_err() {
            // What was put in memory is not on disk: read it again when it is next needed.
            for id in touched.keys() {
                self.open.remove(id);
            }
        }
        self.close_some();
        saved
    }

    async fn try_save(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        plan: Plan,
        undoes: Option<ActId>,
        touched: &mut BTreeMap<DocId, (Heads, bool)>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<SavedAct, Failure> {
        let at = ambient.now();
        let mut batch = Batch::new();
        let mut born_here = HashMap::new();
        let mut left = edits_by_document(&plan.edits);
        let total = plan.edits.len() as u32;
        let mut written = BTreeMap::new();
        for (index, (target, edit)) in plan.edits.into_iter().enumerate() {
            if index % PROGRESS_EVERY == PROGRESS_EVERY - 1 {
                progress(index as u32, total);
            }
            let id = self.resolve(ambient, &mut batch, target, &mut born_here, touched)?;
            let open = self.document(store, id).await?;
            if let std::collections::btree_map::Entry::Vacant(entry) = touched.entry(id) {
                entry.insert((open.document.heads(), false));
            }
            edit(&mut open.document).map_err(failure_of_journal)?;
            // An import writes thousands of documents: each is put away once nothing more is to be written in it.
            if let Some(left) = left.get_mut(&id) {
                *left -= 1;
                if *left == 0 && self.open.len() > OPEN_DOCUMENTS {
                    let (before, born) = touched.get(&id).cloned().unwrap_or_default();
                    written.insert(id, self.write_out(&mut batch, ambient, id, &before, born, at)?);
                    self.open.remove(&id);
                }
            }
        }
        let mut record = ActRecord {
            id: ActId(random_array(ambient)),
            device: self.device,
            at,
            what: plan.what.to_owned(),
            documents: Vec::new(),
            undoes,
        };
        let mut views = Vec::new();
        for (id, (before, born)) in touched.iter() {
            let out = match written.remove(id) {
                Some(out) => out,
                None => self.write_out(&mut batch, ambient, *id, before, *born, at)?,
            };
            if let Some((touched, cached)) = out {
                self.put_view(&mut batch, ambient, *id, &cached);
                views.push((*id, cached));
                record.documents.push(touched);
            }
        }
        if let Some(draft) = &plan.ends_draft {
            batch.delete(Table::Drafts, self.draft_row(draft));
        }
        if record.documents.is_empty() {
            if !batch.writes.is_empty() {
                store.commit(batch).await.map_err(failure_of_store)?;
            }
            return Ok(SavedAct { act: None, changed: Vec::new() });
        }
        let before = self.counts;
        self.counts.documents += touched.values().filter(|(_, born)| *born).count() as u64;
        self.counts.acts += 1;
        self.put_act(&mut batch, ambient, before.acts, &record);
        self.put_counts(&mut batch, ambient);
        if let Err(error) = store.commit(batch).await {
            self.counts = before;
            return Err(failure_of_store(error));
        }
        let changed = views.iter().map(|(id, _)| *id).collect();
        for (id, cached) in views {
            self.views.apply(id, cached);
        }
        Ok(SavedAct { act: Some(record.id), changed })
    }

    fn resolve(
        &mut self,
        ambient: &mut impl Ambient,
        batch: &mut Batch,
        target: Target,
        born_here: &mut HashMap<(String, Option<[u8; 16]>, i32), DocId>,
        touched: &mut BTreeMap<DocId, (Heads, bool)>,
    ) -> Result<DocId, Failure> {
        let header = match target {
            Target::Document(id) => return Ok(id),
            Target::Journal(kind, subject, period) => {
                let place = (kind.code().to_owned(), subject, period);
                if let Some(id) = self.views.journal(&kind, subject, period).or_else(|| born_here.get(&place).copied())
                {
                    return Ok(id);
                }
                let header = Header::new(DocId(random_array(ambient)), kind, subject, period);
                born_here.insert(place, header.id);
                header
            }
            Target::New(header) => {
                if self.open.contains_key(&header.id) && touched.contains_key(&header.id) {
                    return Ok(header.id);
                }
                header
            }
        };
        let id = header.id;
        if self.views.document(id).is_some() {
            return Err(Failure::NotUnderstood);
        }
        let key = DocumentKey::random(ambient);
        batch.put(Table::Keyring, id.0, self.keyring.seal_document_key(ambient, &id.0, &key));
        let key = key.sealing();
        let row = frame_row(id, 0);
        batch.put(Table::Frames, row, sealed(&key, ambient, Table::Frames, &row, &header.to_bytes()));
        let mut document = Document::new(header, self.actor).map_err(failure_of_journal)?;
        touched.insert(id, (document.heads(), true));
        self.uses += 1;
        self.open.insert(id, OpenDocument { document, key, next_frame: 1, frames: 0, used: self.uses });
        Ok(id)
    }

    /// Ends a document's change and adds its frame; nothing where nothing was written.
    fn write_out(
        &mut self,
        batch: &mut Batch,
        ambient: &mut impl Ambient,
        id: DocId,
        before: &Heads,
        born: bool,
        at: Instant,
    ) -> Result<Option<(Touched, Cached)>, Failure> {
        let open = self.open.get_mut(&id).ok_or(Failure::NotFound)?;
        open.document.commit(at);
        let after = open.document.heads();
        if *before == after && !born {
            return Ok(None);
        }
        let frame = match open.frames >= COMPACT_AFTER_FRAMES {
            true => {
                batch.delete_prefix(Table::Frames, id.0);
                let row = frame_row(id, 0);
                let header = open.document.header.to_bytes();
                batch.put(Table::Frames, row, sealed(&open.key, ambient, Table::Frames, &row, &header));
                open.frames = 0;
                open.document.frame_since(&Heads::new())
            }
            // The first frame holds the genesis too, so that a newer version's documents can be read without it.
            false if born => open.document.frame_since(&Heads::new()),
            false => open.document.frame_since(before),
        };
        let row = frame_row(id, open.next_frame);
        batch.put(Table::Frames, row, sealed(&open.key, ambient, Table::Frames, &row, &frame));
        open.next_frame += 1;
        open.frames += 1;
        let cached = Cached::read(&open.document);
        let born = born && open.document.header.kind.is_record();
        Ok(Some((Touched { id, before: before.clone(), after, born }, cached)))
    }

    fn put_act(&self, batch: &mut Batch, ambient: &mut impl Ambient, number: u64, record: &ActRecord) {
        let row = numbered_row(ACT_ROW, number);
        batch.put(Table::Acts, row, sealed(&self.sealing.acts, ambient, Table::Acts, &row, &record.to_bytes()));
        if let Some(undone) = record.undoes {
            let row = undone_row(undone);
            batch.put(Table::Acts, row, sealed(&self.sealing.acts, ambient, Table::Acts, &row, &[]));
        }
    }

    /// Whether an act was undone.
    pub async fn is_undone(&self, store: &impl Store, act: ActId) -> Result<bool, Failure> {
        let row = store.get(Table::Acts, &undone_row(act)).await.map_err(failure_of_store)?;
        Ok(row.is_some())
    }

    /// The records that an act made.
    pub async fn born_in(&self, store: &impl Store, act: ActId) -> Result<Vec<DocId>, Failure> {
        let record = self.find_act(store, act).await?.ok_or(Failure::NotFound)?;
        Ok(record.documents.iter().filter(|document| document.born).map(|document| document.id).collect())
    }

    async fn find_act(&self, store: &impl Store, act: ActId) -> Result<Option<ActRecord>, Failure> {
        let mut before = self.counts.acts;
        while before > 0 {
            let page = self.acts_before(store, before, PAGE as usize).await?;
            let Some((lowest, _)) = page.last() else { return Ok(None) };
            before = *lowest;
            if let Some((_, record)) = page.into_iter().find(|(_, record)| record.id == act) {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// The last acts before a number, newest first.
    pub async fn acts_before(
        &self,
        store: &impl Store,
        before: u64,
        limit: usize,
    ) -> Result<Vec<(u64, ActRecord)>, Failure> {
        let rows = numbered_before(store, Table::Acts, ACT_ROW, before.min(self.counts.acts), limit).await?;
        let mut acts = Vec::with_capacity(rows.len());
        for (number, (row, sealed)) in rows {
            let plain = open_row(&self.sealing.acts, Table::Acts, &row, &sealed).map_err(failure_of_open)?;
            acts.push((number, ActRecord::from_bytes(&plain).ok_or(Failure::TooNew)?));
        }
        Ok(acts)
    }

    // ── Reads ───────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Notes that something was read. Its bytes are the reader's own.
    pub async fn note_read(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        plain: &[u8],
    ) -> Result<(), Failure> {
        let row = numbered_row(ACT_ROW, self.counts.reads);
        let mut batch = Batch::new();
        batch.put(Table::Reads, row, sealed(&self.sealing.reads, ambient, Table::Reads, &row, plain));
        self.counts.reads += 1;
        self.put_counts(&mut batch, ambient);
        store.commit(batch).await.map_err(|error| {
            self.counts.reads -= 1;
            failure_of_store(error)
        })
    }

    /// The last reads before a number, newest first.
    pub async fn reads_before(
        &self,
        store: &impl Store,
        before: u64,
        limit: usize,
    ) -> Result<Vec<(u64, Vec<u8>)>, Failure> {
        let rows = numbered_before(store, Table::Reads, ACT_ROW, before.min(self.counts.reads), limit).await?;
        let mut reads = Vec::with_capacity(rows.len());
        for (number, (row, sealed)) in rows {
            let plain = open_row(&self.sealing.reads, Table::Reads, &row, &sealed).map_err(failure_of_open)?;
            reads.push((number, plain.to_vec()));
        }
        Ok(reads)
    }

    // ── Drafts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Keeps a form half filled, over the one that was there.
    pub async fn save_draft(
        &self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        draft: &Draft,
    ) -> Result<(), Failure> {
        let row = self.draft_row(&draft.key);
        let written = WrittenDraft {
            form: draft.key.form.clone(),
            subject: draft.key.subject.clone(),
            content: draft.content.clone(),
            at: draft.at,
        };
        let mut plain = vec![DRAFT_FORMAT];
        plain.extend(postcard::to_allocvec(&written).unwrap_or_default());
        let mut batch = Batch::new();
        batch.put(Table::Drafts, row, sealed(&self.sealing.drafts, ambient, Table::Drafts, &row, &plain));
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// A draft's row says nothing of the form, not even to whoever guesses which one it is.
    fn draft_row(&self, key: &DraftKey) -> [u8; 16] {
        self.sealing.drafts.row_name([key.form.as_bytes(), key.subject.as_bytes()].join(&0).as_slice())
    }

    /// Forgets a form.
    pub async fn drop_draft(&self, store: &mut impl Store, key: &DraftKey) -> Result<(), Failure> {
        let mut batch = Batch::new();
        batch.delete(Table::Drafts, self.draft_row(key));
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// Every form half filled, newest first.
    pub async fn drafts(&self, store: &impl Store) -> Result<Vec<Draft>, Failure> {
        let rows = store.scan(Table::Drafts, &[]).await.map_err(failure_of_store)?;
        let mut drafts = Vec::with_capacity(rows.len());
        for (row, sealed) in rows {
            let plain = open_row(&self.sealing.drafts, Table::Drafts, &row, &sealed).map_err(failure_of_open)?;
            let Some((&DRAFT_FORMAT, written)) = plain.split_first() else { continue };
            if let Ok(WrittenDraft { form, subject, content, at }) = postcard::from_bytes(written) {
                drafts.push(Draft { key: DraftKey { form, subject }, content, at });
            }
        }
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.at.utc_ms));
        Ok(drafts)
    }

    // ── Verification ────────────────────────────────────────────────────────────────────────────────────────────────

    /// Remembers when the notebook was last copied elsewhere.
    pub async fn note_copy(&self, store: &mut impl Store, ambient: &mut impl Ambient) -> Result<(), Failure> {
        let day = ambient.now().day().to_string();
        let mut batch = Batch::new();
        batch.put(
            Table::Meta,
            COPIED_ROW,
            sealed(&self.sealing.meta, ambient, Table::Meta, COPIED_ROW, day.as_bytes()),
        );
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// The day the notebook was last copied elsewhere, if it ever was.
    pub async fn copied_on(&self, store: &impl Store) -> Result<Option<NaiveDate>, Failure> {
        let row = store.get(Table::Meta, COPIED_ROW).await.map_err(failure_of_store)?;
        let day = row.and_then(|row| open_row(&self.sealing.meta, Table::Meta, COPIED_ROW, &row).ok());
        Ok(day.and_then(|day| std::str::from_utf8(&day).ok()?.parse().ok()))
    }

    /// Reads everything again from its seals, compares, and makes again the views that were not what documents say.
    pub async fn verify(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        mut progress: impl FnMut(u32, u32),
    ) -> Result<Verification, Failure> {
        store.check().await.map_err(failure_of_store)?;
        let mut report = Verification::default();
        let ids = self.document_ids(store).await?;
        let total = ids.len() as u32;
        for (index, id) in ids.iter().enumerate() {
            if index % 100 == 0 {
                progress(index as u32, total);
            }
            match self.load(store, *id).await {
                Ok(loaded) => {
                    report.documents += 1;
                    let cached = Cached::read(&loaded.document);
                    if self.views.document(*id) != Some(&cached) {
                        report.stale_views += 1;
                        let mut batch = Batch::new();
                        self.put_view(&mut batch, ambient, *id, &cached);
                        store.commit(batch).await.map_err(failure_of_store)?;
                        self.views.apply(*id, cached);
                    }
                }
                Err(Failure::Damaged(_) | Failure::UnknownKey | Failure::TooNew) => report.unreadable += 1,
                Err(other) => return Err(other),
            }
        }
        let mut before = self.counts.acts;
        while before > 0 {
            let page = self.acts_before(store, before, PAGE as usize).await?;
            let Some((lowest, _)) = page.last() else { break };
            before = *lowest;
            report.acts += page.len() as u32;
        }
        if u64::from(report.acts) != self.counts.acts {
            return Err(Failure::Damaged(Damage::Document));
        }
        progress(total, total);
        Ok(report)
    }
}

/// How many writes a plan has for each document; nothing where some are found only by what they are about.
fn edits_by_document(edits: &[(Target, Edit)]) -> HashMap<DocId, usize> {
    let mut count = HashMap::new();
    for (target, _) in edits {
        match target {
            Target::Document(id) | Target::New(Header { id, .. }) => *count.entry(*id).or_default() += 1,
            Target::Journal(..) => return HashMap::new(),
        }
    }
    count
}

fn sealed(key: &SealKey, ambient: &mut impl Ambient, table: Table, row: &[u8], plain: &[u8]) -> Vec<u8> {
    seal_row(key, table, row, random_array(ambient), plain)
}

fn document_id(row: &[u8]) -> Option<DocId> {
    row.try_into().ok().map(DocId)
}

fn frame_row(id: DocId, number: u64) -> [u8; 24] {
    let mut row = [0; 24];
    row[..16].copy_from_slice(&id.0);
    row[16..].copy_from_slice(&number.to_be_bytes());
    row
}

fn frame_number(row: &[u8]) -> Option<u64> {
    row.get(16..)?.try_into().ok().map(u64::from_be_bytes)
}

fn numbered_row(kind: u8, number: u64) -> [u8; 9] {
    let mut row = [kind; 9];
    row[1..].copy_from_slice(&number.to_be_bytes());
    row
}

fn undone_row(act: ActId) -> [u8; 17] {
    let mut row = [UNDONE_ROW; 17];
    row[1..].copy_from_slice(&act.0);
    row
}

/// The rows of a numbered journal below a number, newest first, read page by page.
async fn numbered_before(
    store: &impl Store,
    table: Table,
    kind: u8,
    before: u64,
    limit: usize,
) -> Result<Vec<(u64, Row)>, Failure> {
    let mut found = Vec::new();
    let mut before = before;
    while before > 0 && found.len() < limit {
        let page = (before - 1) / PAGE;
        let prefix = &numbered_row(kind, page * PAGE)[..8];
        let rows = store.scan(table, prefix).await.map_err(failure_of_store)?;
        for row in rows.into_iter().rev() {
            let Some(number) = row.0.get(1..).and_then(|n| n.try_into().ok()).map(u64::from_be_bytes) else { continue };
            if number < before && found.len() < limit {
                found.push((number, row));
            }
        }
        before = page * PAGE;
    }
    Ok(found)
}
