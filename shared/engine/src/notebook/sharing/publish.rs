//! What was written here since, as packs: many acts in one, for one act a pack would cost twenty times as much on its way.

use std::collections::BTreeSet;

use maillon_shared::api::Failure;
use maillon_shared::domain::ids::{DocId, NeighbourId};

use super::super::rows::PAGE;
use super::super::{Notebook, Plan, Target};
use super::{SharedScope, Sharing, TELL_ERASURES, absorb::Carried, failure_of_writing, rows};
use crate::ambient::{Ambient, random_array};
use crate::failures::{failure_of_open, failure_of_store};
use crate::journal::document::Heads;
use crate::journal::{Header, Kind, Scope, records::erasures};
use crate::sharing::frame::seal_frame;
use crate::sharing::pack::Frame;
use crate::sharing::{PackId, ScopeId};
use crate::store::{Batch, Store, Table};

/// A pack is closed when its frames come to so many bytes: what is cut on its way is not much.
const FULL: usize = 512 << 10;

/// What was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// How many documents.
    pub documents: u32,
    /// In how many packs.
    pub packs: u32,
}

impl Notebook {
    /// Writes what was written here since, as packs of the scopes it is of. Returns once they are on disk.
    pub async fn publish(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Published, Failure> {
        self.tell_erasures(store, ambient).await?;
        self.succeed_where_agreed(store, ambient).await?;
        self.introduce(store, ambient, &BTreeSet::new()).await?;
        let mut sharing = self.take_sharing(store).await?;
        let mut published = Published::default();
        let scopes: Vec<ScopeId> =
            sharing.scopes.iter().filter(|(_, shared)| shared.is_open()).map(|(id, _)| *id).collect();
        for id in scopes {
            let Some(mut shared) = sharing.scopes.remove(&id) else { continue };
            let told = self.publish_in(&mut sharing, &mut shared, store, ambient, progress).await?;
            published.documents += told.documents;
            published.packs += told.packs;
            sharing.scopes.insert(id, shared);
        }
        self.shared = Some(sharing);
        Ok(published)
    }

    /// How many documents have something that no pack tells one's own devices yet.
    pub async fn untold(&mut self, store: &impl Store) -> Result<u32, Failure> {
        let sharing = self.take_sharing(store).await?;
        let mut untold = 0;
        for shared in sharing.own_scopes().filter(|shared| shared.is_open()) {
            untold += self.untold_in(&sharing, shared, store).await?;
        }
        self.shared = Some(sharing);
        Ok(untold)
    }

    pub(super) async fn untold_in(
        &mut self,
        sharing: &Sharing,
        shared: &SharedScope,
        store: &impl Store,
    ) -> Result<u32, Failure> {
        let mut untold = 0;
        for id in self.perhaps_untold(sharing, shared, store).await? {
            let Some(told) = sharing.told.get(&id) else {
                untold += 1;
                continue;
            };
            let heads = match self.document(store, id).await {
                Ok(open) => open.document.heads(),
                Err(_) => continue,
            };
            untold += u32::from(*told != heads);
            self.close_some();
        }
        Ok(untold)
    }

    /// The same, of what is shared with one neighbour.
    pub async fn untold_to(&mut self, store: &impl Store, neighbour: NeighbourId) -> Result<u32, Failure> {
        let sharing = self.take_sharing(store).await?;
        let untold = match sharing.neighbour(neighbour).filter(|shared| shared.is_open()) {
            Some(shared) => self.untold_in(&sharing, shared, store).await,
            None => Ok(0),
        };
        self.shared = Some(sharing);
        untold
    }

    async fn publish_in(
        &mut self,
        sharing: &mut Sharing,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Published, Failure> {
        let mut published = Published::default();
        let acts = self.counts.acts;
        let ids = self.perhaps_untold(sharing, shared, store).await?;
        let total = ids.len() as u32;
        let mut frames = Frames::default();
        for (done, id) in ids.into_iter().enumerate() {
            if let Some((frame, heads)) = self.frame_of(sharing, shared, store, ambient, id).await? {
                published.documents += 1;
                frames.add(frame, heads);
            }
            if frames.bytes > FULL {
                published.packs += 1;
                self.write_pack(sharing, shared, store, ambient, std::mem::take(&mut frames)).await?;
                progress(done as u32, total);
            }
        }
        if !frames.frames.is_empty() || shared.replica.owes_a_word() {
            published.packs += 1;
            self.write_pack(sharing, shared, store, ambient, frames).await?;
        }
        if shared.told_acts != acts {
            let mut batch = Batch::new();
            rows::put_told_acts(&mut batch, &self.sealing.shared, ambient, shared.replica.scope(), acts);
            store.commit(batch).await.map_err(failure_of_store)?;
            shared.told_acts = acts;
        }
        Ok(published)
    }

    /// The documents of a scope that nobody was told of, and those in which acts wrote since, in order.
    async fn perhaps_untold(
        &self,
        sharing: &Sharing,
        shared: &SharedScope,
        store: &impl Store,
    ) -> Result<BTreeSet<DocId>, Failure> {
        let of_the_scope = |id: &DocId| self.views.document(*id).is_some_and(|held| shared.holds(&held.header));
        let mut ids: BTreeSet<DocId> =
            self.views.every().map(|(id, _)| id).filter(|id| !sharing.told.contains_key(id)).collect();
        let mut before = self.counts.acts;
        while before > shared.told_acts {
            let page = self.acts_before(store, before, PAGE as usize).await?;
            let Some((lowest, _)) = page.last() else { break };
            before = *lowest;
            let since = page.iter().filter(|(number, _)| *number >= shared.told_acts);
            ids.extend(since.flat_map(|(_, record)| record.documents.iter().map(|touched| touched.id)));
        }
        ids.retain(of_the_scope);
        Ok(ids)
    }

    /// What a document has to tell, if it has.
    async fn frame_of(
        &mut self,
        sharing: &Sharing,
        shared: &SharedScope,
        store: &impl Store,
        ambient: &mut impl Ambient,
        id: DocId,
    ) -> Result<Option<(Frame, Heads)>, Failure> {
        let told = sharing.told.get(&id).cloned().unwrap_or_default();
        let open = match self.document(store, id).await {
            Ok(open) => open,
            // What cannot be read here cannot be told; the screen that verifies says so.
            Err(Failure::Damaged(_) | Failure::UnknownKey | Failure::TooNew | Failure::NotFound) => return Ok(None),
            Err(other) => return Err(other),
        };
        let heads = open.document.heads();
        if heads == told {
            return Ok(None);
        }
        let header = told.is_empty().then(|| open.document.header.clone());
        let carried = Carried { header, changes: open.document.frame_since(&told) };
        self.close_some();
        let row = store.get(Table::Keyring, &id.0).await.map_err(failure_of_store)?.ok_or(Failure::NotFound)?;
        let key = self.keyring.open_document_key(&id.0, &row).map_err(failure_of_open)?;
        let scope = shared.replica.scope();
        let epoch = match carried.header {
            Some(_) => Some(shared.replica.epoch_key().ok_or(Failure::UnknownKey)?),
            None => None,
        };
        let bytes = seal_frame(scope, id, &key, epoch, &carried.to_bytes(), ambient);
        Ok(Some((Frame { document: id, bytes, heads: heads.clone() }, heads)))
    }

    async fn write_pack(
        &mut self,
        sharing: &mut Sharing,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        Frames { frames, told, .. }: Frames,
    ) -> Result<PackId, Failure> {
        let at = ambient.now();
        let id = shared.replica.write(frames, at).map_err(failure_of_writing)?;
        let mut batch = Batch::new();
        self.put_scope(&mut batch, ambient, shared);
        rows::put_merged(&mut batch, &self.sealing.shared, ambient, shared, id);
        for (document, heads) in &told {
            rows::put_told(&mut batch, &self.sealing.shared, ambient, *document, heads);
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        sharing.told.extend(told);
        Ok(id)
    }

    /// Says in each scope what was erased of it here, for the others to erase.
    async fn tell_erasures(&mut self, store: &mut impl Store, ambient: &mut impl Ambient) -> Result<(), Failure> {
        let sharing = self.take_sharing(store).await?;
        let mut plan = Plan::new(TELL_ERASURES);
        // In a group nobody erases what others wrote.
        let erase = |shared: &&SharedScope| shared.is_open() && shared.group().is_none();
        for shared in sharing.scopes.values().filter(erase) {
            let told: BTreeSet<DocId> =
                shared.replica.packs().flat_map(|pack| pack.rows()).map(|(row, _)| row.document).collect();
            let said: BTreeSet<DocId> = self.erasures_said(shared, store).await?.into_iter().collect();
            let news: Vec<DocId> = self.erased.intersection(&told).filter(|id| !said.contains(id)).copied().collect();
            if news.is_empty() {
                continue;
            }
            let writable = |id: &DocId| self.views.document(*id).is_some_and(|held| held.header.is_writable());
            let target = match self.erasure_documents(shared).into_iter().find(writable) {
                Some(id) => Target::Document(id),
                None => Target::New(erasures_header(shared, ambient)),
            };
            plan.edit(target, move |document| news.iter().try_for_each(|id| erasures::add(document, *id)));
        }
        self.shared = Some(sharing);
        if !plan.edits.is_empty() {
            self.save(store, ambient, plan, &mut |_, _| {}).await?;
        }
        Ok(())
    }

    /// The documents in which a scope's erasures are said: one a device that began one, oldest id first.
    pub(super) fn erasure_documents(&self, shared: &SharedScope) -> Vec<DocId> {
        let of_the_scope = |header: &Header| header.kind == Kind::Erasures && shared.holds(header);
        let mut ids: Vec<DocId> =
            self.views.every().filter(|(_, held)| of_the_scope(&held.header)).map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids
    }

    /// What was said to be erased in a scope.
    pub(super) async fn erasures_said(
        &mut self,
        shared: &SharedScope,
        store: &impl Store,
    ) -> Result<Vec<DocId>, Failure> {
        let mut said = Vec::new();
        for id in self.erasure_documents(shared) {
            match self.read_document(store, id, |document| erasures::read(document)).await {
                Ok(ids) => said.extend(ids),
                // One that is spoilt or newer hides the others no more than any document does.
                Err(Failure::Damaged(_) | Failure::UnknownKey | Failure::TooNew | Failure::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(said)
    }
}

/// Frames of a pack that is being made.
#[derive(Default)]
struct Frames {
    frames: Vec<Frame>,
    told: Vec<(DocId, Heads)>,
    bytes: usize,
}

impl Frames {
    fn add(&mut self, frame: Frame, heads: Heads) {
        self.bytes += frame.bytes.len();
        self.told.push((frame.document, heads));
        self.frames.push(frame);
    }
}

fn erasures_header(shared: &SharedScope, ambient: &mut impl Ambient) -> Header {
    let scope = shared.what().unwrap_or(Scope::Notebook);
    Header::within(scope, DocId(random_array(ambient)), Kind::Erasures, None)
}
