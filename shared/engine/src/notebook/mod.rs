//! An open notebook: its keys, its documents, its views.
//!
//! It knows the journal, the vault and the store, and no rule of the domain: what to write comes as a [`Plan`], which
//! [`acts`] makes one durable act of. When it is dropped, its keys are forgotten.

mod acts;
mod beside;
mod erasing;
mod journals;
mod lending;
mod mairie;
mod rows;
mod sharing;

use std::collections::{BTreeSet, HashMap};

use maillon_shared::api::Failure;
use maillon_shared::api::errors::Damage;
use maillon_shared::domain::ids::DocId;

use crate::ambient::{Ambient, random_array};
use crate::backup::RESTORED_ROW;
use crate::failures::{failure_of_journal, failure_of_open, failure_of_store};
use crate::journal::document::Actor;
use crate::journal::{Document, Header};
use crate::store::{Batch, Store, Table};
use crate::vault::{Keyring, Label, NotebookKey, SealKey, open_row};
use crate::views::{Cached, Views};

pub use acts::{Edit, Plan, SavedAct, Target};
pub use erasing::Beside;
pub use lending::{CameBack, Copy, LentFor};
use rows::{document_id, frame_number, sealed};
pub use sharing::{
    Absorbed, Apart, Exchange, Heard, INTRODUCE, Identity, JOIN_DEVICES, News, OWN_SCOPES, Published, Received,
    SUCCESSION, Sender, SharedScope, Sharing, Synced, TELL_ERASURES,
};

/// How many documents stay open at once.
const OPEN_DOCUMENTS: usize = 64;

const DEVICE_ROW: &[u8] = b"device";
const COUNTS_ROW: &[u8] = b"counts";

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
    /// The documents that were erased: ids of nobody.
    erased: BTreeSet<DocId>,
    /// For what it was lent, where it was.
    lent_for: Option<LentFor>,
    /// Whether it is a mairie's.
    mairie: bool,
    /// What is shared, once it was asked for.
    shared: Option<Sharing>,
}

struct Sealing {
    views: SealKey,
    acts: SealKey,
    reads: SealKey,
    drafts: SealKey,
    meta: SealKey,
    shared: SealKey,
}

impl Sealing {
    fn of(key: &NotebookKey) -> Self {
        Sealing {
            views: key.derive(Label::Views),
            acts: key.derive(Label::Acts),
            reads: key.derive(Label::Reads),
            drafts: key.derive(Label::Drafts),
            meta: key.derive(Label::Meta),
            shared: key.derive(Label::Shared),
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
    /// How many acts were written here, ever.
    pub fn acts(&self) -> u64 {
        self.counts.acts
    }

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
            sharing::become_another(&mut batch, store, &sealing.shared, ambient).await?;
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
            erased: BTreeSet::new(),
            lent_for: None,
            mairie: false,
            shared: None,
        };
        notebook.lent_for = lending::read_lent(store, &notebook.sealing.meta).await?;
        notebook.mairie = mairie::read(store, &notebook.sealing.meta).await?;
        notebook.erased = erasing::read_erased(store, &notebook.sealing.meta).await?;
        notebook.erase_what_came_back(store, ambient).await?;
        notebook.load_views(store, ambient).await?;
        notebook.erase_what_was_said(store, ambient).await?;
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
}
