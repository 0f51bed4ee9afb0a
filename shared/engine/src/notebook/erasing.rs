//! Erasing: documents, their keys, what was cached of them and drafts about them, in one batch, then purged.
//!
//! Their ids are kept, and nothing else of them: an id is chance and names nobody. Whatever road a document of that id
//! comes back by, it is erased again before anything is shown, and none is made under it.

use std::collections::BTreeSet;

use maillon_shared::api::Failure;
use maillon_shared::api::errors::Damage;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::ids::{CopyId, DocId};

use super::Notebook;
use super::rows::{document_id, sealed};
use crate::ambient::Ambient;
use crate::failures::{failure_of_open, failure_of_store};
use crate::journal::records::erasures;
use crate::journal::{Kind, Scope};
use crate::store::{Batch, Store, Table};
use crate::vault::{SealKey, open_row};
use crate::views::Cached;

const ERASED_ROW: &[u8] = b"erased";
const ERASED_FORMAT: u8 = 1;
/// Stands from an erasure until the store is purged: the power may be cut in between.
const TO_PURGE_ROW: &[u8] = b"to-purge";

/// What goes, beside documents.
#[derive(Default)]
pub struct Beside {
    /// Drafts.
    pub drafts: Vec<DraftKey>,
    /// Lines of the journal of reads, by number.
    pub reads: Vec<u64>,
}

/// The ids of the documents that were erased.
pub(super) async fn read_erased(store: &impl Store, meta: &SealKey) -> Result<BTreeSet<DocId>, Failure> {
    let Some(row) = store.get(Table::Meta, ERASED_ROW).await.map_err(failure_of_store)? else {
        return Ok(BTreeSet::new());
    };
    let plain = open_row(meta, Table::Meta, ERASED_ROW, &row).map_err(failure_of_open)?;
    match plain.split_first() {
        Some((&ERASED_FORMAT, ids)) => Ok(ids.chunks_exact(16).filter_map(document_id).collect()),
        _ => Err(Failure::TooNew),
    }
}

/// Writes which documents were erased.
pub(super) fn put_erased(batch: &mut Batch, meta: &SealKey, ambient: &mut impl Ambient, erased: &BTreeSet<DocId>) {
    let mut plain = vec![ERASED_FORMAT];
    plain.extend(erased.iter().flat_map(|id| id.0));
    batch.put(Table::Meta, ERASED_ROW, sealed(meta, ambient, Table::Meta, ERASED_ROW, &plain));
}

impl Notebook {
    /// Erases documents and what is beside them; returns once nothing of it can be read here any more.
    pub async fn erase(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        ids: &BTreeSet<DocId>,
        beside: &Beside,
    ) -> Result<(), Failure> {
        let rows = store.scan(Table::Keyring, &[]).await.map_err(failure_of_store)?;
        let gone: Vec<[u8; 16]> = ids.iter().map(|id| id.0).collect();
        let (keyring, mut batch) =
            self.keyring.renew(ambient, &self.key, &rows, &gone).map_err(|_| Failure::Damaged(Damage::Document))?;
        for id in &gone {
            batch.delete_prefix(Table::Frames, *id);
            batch.delete(Table::Views, *id);
        }
        for draft in &beside.drafts {
            batch.delete(Table::Drafts, self.draft_row(draft));
        }
        for number in &beside.reads {
            batch.delete(Table::Reads, super::rows::numbered_row(super::rows::ACT_ROW, *number));
        }
        // What packs bring of them goes too, here; the signatures stay whole.
        self.sharing(store).await?;
        let mut sharing = self.shared.take().unwrap_or_default();
        sharing.erase(&mut batch, &keyring, ambient, ids);
        let erased: BTreeSet<DocId> = self.erased.union(ids).copied().collect();
        put_erased(&mut batch, &self.sealing.meta, ambient, &erased);
        let kept = rows.iter().filter_map(|(row, _)| document_id(row)).filter(|id| !ids.contains(id)).count();
        batch.put(Table::Meta, TO_PURGE_ROW, []);
        let before = self.counts;
        self.counts.documents = kept as u64;
        self.put_counts(&mut batch, ambient);
        if let Err(error) = store.commit(batch).await {
            self.counts = before;
            return Err(failure_of_store(error));
        }
        self.keyring = keyring;
        self.erased = erased;
        self.shared = Some(sharing);
        for id in ids {
            self.open.remove(id);
            self.views.remove(*id);
        }
        purge(store).await
    }

    /// Erases again what was erased and has come back, by a copy of a folder or an old row.
    pub(super) async fn erase_what_came_back(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
    ) -> Result<(), Failure> {
        let mut back = BTreeSet::new();
        for id in &self.erased {
            for table in [Table::Keyring, Table::Views] {
                if store.get(table, &id.0).await.map_err(failure_of_store)?.is_some() {
                    back.insert(*id);
                }
            }
            if !store.scan(Table::Frames, &id.0).await.map_err(failure_of_store)?.is_empty() {
                back.insert(*id);
            }
        }
        match back.is_empty() {
            true if store.get(Table::Meta, TO_PURGE_ROW).await.map_err(failure_of_store)?.is_none() => Ok(()),
            true => purge(store).await,
            false => self.erase(store, ambient, &back, &Beside::default()).await,
        }
    }

    /// Erases what another device said to be erased, where a cut came between hearing it and doing it.
    pub(super) async fn erase_what_was_said(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
    ) -> Result<(), Failure> {
        let telling = self.views.every().filter(|(_, held)| held.header.kind == Kind::Erasures);
        let telling: Vec<(DocId, Scope)> = telling.map(|(id, held)| (id, held.header.scope.clone())).collect();
        let (mut ids, mut ended) = (BTreeSet::new(), BTreeSet::new());
        for (document, scope) in telling {
            // One that cannot be read is counted with the others, and hides nothing.
            let Ok(said) = self.read_document(store, document, |document| erasures::read(document)).await else {
                continue;
            };
            let is_neighbours = matches!(scope, Scope::Neighbour(_));
            let is_of_it = |id: &DocId| {
                let held = self.views.document(*id);
                held.map_or(!is_neighbours, |held| held.header.scope == scope)
            };
            let stands = |id: &DocId| self.views.trace(CopyId(id.0)).is_some_and(|trace| trace.stands());
            let said = said.into_iter().filter(|id| !self.erased.contains(id)).filter(is_of_it);
            match is_neighbours {
                true => ended.extend(said.filter(|id| !stands(id))),
                false => ids.extend(said),
            }
        }
        let about = |held: &Cached| held.header.subject.is_some_and(|subject| ids.contains(&DocId(subject)));
        let about: Vec<DocId> = self.views.every().filter(|(_, held)| about(held)).map(|(id, _)| id).collect();
        ids.extend(about);
        ids.extend(ended);
        match ids.is_empty() {
            true => Ok(()),
            false => self.erase(store, ambient, &ids, &Beside::default()).await,
        }
    }

    /// The ids of the documents that were erased.
    pub fn erased(&self) -> &BTreeSet<DocId> {
        &self.erased
    }

    /// Whether a document of that id was erased.
    pub fn was_erased(&self, id: DocId) -> bool {
        self.erased.contains(&id)
    }

    /// Forgets lines of the journal of reads.
    pub async fn forget_reads(&self, store: &mut impl Store, numbers: &[u64]) -> Result<(), Failure> {
        let mut batch = Batch::new();
        for number in numbers {
            batch.delete(Table::Reads, super::rows::numbered_row(super::rows::ACT_ROW, *number));
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        store.purge().await.map_err(failure_of_store)
    }
}

async fn purge(store: &mut impl Store) -> Result<(), Failure> {
    store.purge().await.map_err(failure_of_store)?;
    let mut batch = Batch::new();
    batch.delete(Table::Meta, TO_PURGE_ROW);
    store.commit(batch).await.map_err(failure_of_store)
}
