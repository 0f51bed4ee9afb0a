//! One gesture, one plan, one act, one batch: all of it on disk or none of it anywhere.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use maillon_shared::api::Failure;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::ids::{ActId, DocId};
use maillon_shared::domain::time::Instant;

use super::rows::{ACT_ROW, frame_row, numbered_row, sealed, undone_row};
use super::{Notebook, OPEN_DOCUMENTS, OpenDocument};
use crate::ambient::{Ambient, random_array};
use crate::failures::{failure_of_journal, failure_of_store};
use crate::journal::act::{ActRecord, Touched};
use crate::journal::document::Heads;
use crate::journal::{Document, Header, JournalError, Kind};
use crate::store::{Batch, Store, Table};
use crate::vault::DocumentKey;
use crate::views::Cached;

/// How often a long save says how far it is, in writes.
const PROGRESS_EVERY: usize = 50;
/// After how many frames a document is written again as one.
const COMPACT_AFTER_FRAMES: u64 = 24;

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
    /// One that came from elsewhere and is not here yet, under the key that it came with: others have it under that key.
    Came(Header, DocumentKey),
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

impl Notebook {
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
            if let Entry::Vacant(entry) = touched.entry(id) {
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
        let mut came_with = None;
        let header = match target {
            Target::Document(id) => return Ok(id),
            Target::Came(header, key) => {
                came_with = Some(key);
                header
            }
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
        // Whoever was erased does not come back by a form that was still open.
        if self.was_erased(id) {
            return Err(Failure::NotFound);
        }
        let key = came_with.unwrap_or_else(|| DocumentKey::random(ambient));
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
    pub(super) fn write_out(
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
}

/// How many writes a plan has for each document; nothing where some are found only by what they are about.
fn edits_by_document(edits: &[(Target, Edit)]) -> HashMap<DocId, usize> {
    let mut count = HashMap::new();
    for (target, _) in edits {
        match target {
            Target::Document(id) | Target::New(Header { id, .. }) | Target::Came(Header { id, .. }, _) => {
                *count.entry(*id).or_default() += 1
            }
            Target::Journal(..) => return HashMap::new(),
        }
    }
    count
}
