//! Notebooks that this one lends: small ones of chosen documents, for someone else's device; and taking back what was
//! written there.
//!
//! A lent notebook is made in memory, with a key and document keys of its own, and leaves as a backup: the same sealed
//! file, the same way in. Its key stays here, sealed in a row, so that nobody types anything when it comes back.

use maillon_shared::api::Failure;
use maillon_shared::api::errors::{Damage, FileProblem};
use maillon_shared::domain::ids::{CampaignId, DocId, LineId};

use super::rows::{frame_row, sealed};
use super::{Notebook, Plan, SavedAct, Target};
use crate::ambient::Ambient;
use crate::backup::Backup;
use crate::failures::{failure_of_backup, failure_of_journal, failure_of_open, failure_of_store};
use crate::journal::document::Heads;
use crate::journal::{Document, Header};
use crate::shelf::{Shelf, ShelfStore};
use crate::store::{Batch, Store, Table};
use crate::vault::{DocumentKey, NotebookKey, open_row};
use crate::views::Cached;

/// For whom this notebook was lent, where it was.
pub(super) const LENT_ROW: &[u8] = b"lent";
/// How the rows begin that keep the keys of those that this one lent.
const LENT_KEYS: &[u8] = b"lent-key:";

/// What a notebook was lent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LentFor {
    /// The campaign.
    pub campaign: CampaignId,
    /// The caller.
    pub caller: LineId,
}

impl LentFor {
    fn to_bytes(self) -> Vec<u8> {
        [self.campaign.0, self.caller.0].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (campaign, caller) = bytes.split_first_chunk::<16>()?;
        Some(LentFor { campaign: CampaignId(*campaign), caller: LineId(caller.try_into().ok()?) })
    }
}

/// A document as it travels: what it is, and all that was written in it.
pub struct Copy {
    /// What it is.
    pub header: Header,
    /// Everything that was written.
    pub frame: Vec<u8>,
}

/// A notebook that came back, open.
pub struct CameBack {
    /// Its number.
    pub notebook: [u8; 16],
    /// The notebook.
    pub open: Notebook,
    /// What it rests on.
    pub store: ShelfStore,
}

fn key_row(notebook: [u8; 16]) -> Vec<u8> {
    [LENT_KEYS, &notebook].concat()
}

pub(super) async fn read_lent(store: &impl Store, meta: &crate::vault::SealKey) -> Result<Option<LentFor>, Failure> {
    let Some(row) = store.get(Table::Meta, LENT_ROW).await.map_err(failure_of_store)? else { return Ok(None) };
    let plain = open_row(meta, Table::Meta, LENT_ROW, &row).map_err(failure_of_open)?;
    LentFor::from_bytes(&plain).map(Some).ok_or(Failure::Damaged(Damage::Document))
}

impl Notebook {
    /// For what this notebook was lent; none where it is its owner's.
    pub fn lent_for(&self) -> Option<LentFor> {
        self.lent_for
    }

    /// Documents as they travel.
    pub async fn copies(&mut self, store: &impl Store, ids: &[DocId]) -> Result<Vec<Copy>, Failure> {
        let mut copies = Vec::with_capacity(ids.len());
        for id in ids {
            let read = |document: &mut Document| Copy {
                header: document.header.clone(),
                frame: document.frame_since(&Heads::new()),
            };
            copies.push(self.read_document(store, *id, read).await?);
        }
        Ok(copies)
    }

    /// The rows of a notebook of these documents and nothing else, the header apart.
    pub async fn lent(
        key: &NotebookKey,
        ambient: &mut impl Ambient,
        lent_for: LentFor,
        copies: Vec<Copy>,
    ) -> Result<Shelf, Failure> {
        let shelf = Shelf::new();
        let mut store = shelf.open();
        store.commit(Notebook::first_rows(key, ambient)).await.map_err(failure_of_store)?;
        let mut notebook = Notebook::open(key.clone(), &mut store, ambient).await?;
        let mut batch = Batch::new();
        let meta = &notebook.sealing.meta;
        batch.put(Table::Meta, LENT_ROW, sealed(meta, ambient, Table::Meta, LENT_ROW, &lent_for.to_bytes()));
        for Copy { header, frame } in copies {
            let id = header.id;
            let key = DocumentKey::random(ambient);
            batch.put(Table::Keyring, id.0, notebook.keyring.seal_document_key(ambient, &id.0, &key));
            let key = key.sealing();
            for (number, plain) in [(0, header.to_bytes()), (1, frame.clone())] {
                let row = frame_row(id, number);
                batch.put(Table::Frames, row, sealed(&key, ambient, Table::Frames, &row, &plain));
            }
            let document = Document::load(header, [frame.as_slice()], notebook.actor).map_err(failure_of_journal)?;
            notebook.put_view(&mut batch, ambient, id, &Cached::read(&document));
            notebook.counts.documents += 1;
        }
        notebook.put_counts(&mut batch, ambient);
        store.commit(batch).await.map_err(failure_of_store)?;
        Ok(shelf)
    }

    /// Keeps the key of a notebook that is lent.
    pub async fn keep_lent_key(
        &self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        notebook: [u8; 16],
        key: &NotebookKey,
    ) -> Result<(), Failure> {
        let row = key_row(notebook);
        let mut batch = Batch::new();
        batch.put(Table::Meta, row.clone(), key.seal_under(&self.key, ambient, &row));
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// Opens the copy of a notebook that this one lent.
    pub async fn open_lent(
        &self,
        store: &impl Store,
        ambient: &mut impl Ambient,
        file: &[u8],
    ) -> Result<CameBack, Failure> {
        let backup = Backup::parse(file).map_err(failure_of_backup)?;
        let notebook = backup.header.notebook;
        let row = key_row(notebook);
        let kept = store.get(Table::Meta, &row).await.map_err(failure_of_store)?.ok_or(Failure::NotLentHere)?;
        let key = NotebookKey::open_under(&self.key, &row, &kept).map_err(failure_of_open)?;
        let mut store = Shelf::new().open();
        backup.restore(&mut store).await.map_err(failure_of_backup)?;
        // What does not open with the key of that notebook was put together by someone else.
        let open = Notebook::open(key, &mut store, ambient).await.map_err(|failure| match failure {
            Failure::UnknownKey => Failure::UnreadableFile(FileProblem::Damaged),
            other => other,
        })?;
        Ok(CameBack { notebook, open, store })
    }

    /// Takes in what was written elsewhere in documents of this notebook, with whatever else a plan writes.
    pub async fn absorb(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        mut plan: Plan,
        copies: Vec<Copy>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<SavedAct, Failure> {
        for Copy { header, frame } in copies {
            plan.edit(Target::Document(header.id), move |document| document.absorb(&frame).map(|_| ()));
        }
        self.save(store, ambient, plan, progress).await
    }
}
