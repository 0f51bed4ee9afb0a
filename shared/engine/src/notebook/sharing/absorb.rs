//! What packs bring, into documents. A frame that cannot be taken holds up no other: it is kept where it came, and counted.

use std::collections::{BTreeSet, HashMap};

use maillon_shared::api::Failure;
use maillon_shared::domain::ids::{CopyId, DocId};

use super::super::rows::{frame_row, sealed};
use super::super::{Notebook, OpenDocument};
use super::{SharedScope, Sharing, rows};
use crate::ambient::Ambient;
use crate::failures::failure_of_store;
use crate::journal::document::{Absorbed as Brought, Heads};
use crate::journal::{Document, Header, Kind, Scope};
use crate::sharing::frame::open_frame;
use crate::sharing::pack::Row;
use crate::sharing::{PackId, ScopeId};
use crate::store::{Batch, Store, Table};
use crate::vault::DocumentKey;
use crate::vault::seal::sealed_by;
use crate::views::Cached;

/// So many documents are written at once.
const AT_ONCE: usize = 500;

/// What a frame carries: the document's header with the first, and changes.
pub(super) struct Carried {
    pub(super) header: Option<Header>,
    pub(super) changes: Vec<u8>,
}

impl Carried {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let header = self.header.as_ref().map(Header::to_bytes).unwrap_or_default();
        // A header is some thirty bytes.
        [&(header.len() as u16).to_be_bytes(), header.as_slice(), &self.changes].concat()
    }

    pub(super) fn from_bytes(id: DocId, bytes: &[u8]) -> Option<Carried> {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (header, changes) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        let header = match header.is_empty() {
            true => None,
            false => Some(Header::from_bytes(id, header)?),
        };
        Some(Carried { header, changes: changes.to_vec() })
    }
}

/// What came of packs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absorbed {
    /// The documents that changed.
    pub changed: Vec<DocId>,
    /// Those that one's own other devices erased, and all that is about them.
    pub to_erase: Vec<DocId>,
    /// Those that a neighbour had given and ended: each alone, for a neighbour says nothing of any other document.
    pub ended: Vec<DocId>,
    /// How many frames were not taken.
    pub not_taken: u32,
    /// The scopes of which something came.
    pub heard: BTreeSet<ScopeId>,
}

/// What waits to be written.
#[derive(Default)]
struct Pending {
    batch: Batch,
    views: HashMap<DocId, Cached>,
    keys: HashMap<DocId, DocumentKey>,
    told: HashMap<DocId, Heads>,
    born: u64,
}

/// What came of a frame.
enum Taken {
    /// The document changed, or came into being.
    Changed,
    /// It was all known.
    Nothing,
    /// It is about someone who was erased here: nobody knew of it then.
    AboutErased,
}

/// Why a frame was not taken; the codes are written for ever.
enum NotTaken {
    /// Nobody brought the document's key or header.
    Unknown,
    /// It is a document of another scope: this one's members have nothing to write there.
    OtherScope,
    /// It does not open, or makes no document.
    Damaged,
    /// A newer version wrote it.
    TooNew,
}

impl NotTaken {
    const fn code(&self) -> &'static str {
        match self {
            NotTaken::Unknown => "unknown",
            NotTaken::OtherScope => "other_scope",
            NotTaken::Damaged => "damaged",
            NotTaken::TooNew => "too_new",
        }
    }
}

/// What the members of a group write in common.
const IN_GROUPS: &[Kind] = &[
    Kind::Group,
    Kind::GroupWord,
    Kind::CollectiveProject,
    Kind::Event,
    Kind::Survey,
    Kind::SurveyResponses,
    Kind::PublishedFigures,
    Kind::AnnualProgramme,
    Kind::Procedure,
    Kind::Roadmap,
    Kind::Diagnosis,
    Kind::Application,
    Kind::Outreach,
    Kind::Information,
    Kind::SharedMeans,
    Kind::PostCharter,
    Kind::Succession,
];

/// Whether a document of that kind is ever in that scope: who is of one scope writes nothing that another's screens read.
pub(super) fn may_be_in(header: &Header) -> bool {
    match (&header.kind, &header.scope) {
        (Kind::Erasures, scope) => !matches!(scope, Scope::Group(_)),
        (Kind::Unknown(_), _) => true,
        // A device that whoever writes says to be theirs, for whoever administers.
        (Kind::Introductions, scope) => {
            matches!(scope, Scope::Neighbour(_) | Scope::Group(_)) && header.subject.is_none()
        }
        // A neighbour writes copies, and nothing that would be taken for a record of this notebook.
        (kind @ (Kind::PersonCopy | Kind::CopyEnds), scope) | (kind, scope @ Scope::Neighbour(_)) => {
            matches!(kind, Kind::PersonCopy | Kind::CopyEnds) && matches!(scope, Scope::Neighbour(_))
        }
        // What is common is about nobody, and whoever is of a group erases nothing there that others wrote.
        (kind, Scope::Group(_)) => IN_GROUPS.contains(kind) && header.subject.is_none(),
        (Kind::Group | Kind::GroupWord | Kind::Succession, _) => false,
        // A campaign that is called from the register is the register's.
        (Kind::Campaign | Kind::CallCard, Scope::Register) => true,
        (kind, scope) => kind.scope() == *scope,
    }
}

impl Notebook {
    /// Merges what holds and is not merged yet.
    pub async fn absorb_packs(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Absorbed, Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut absorbed = Absorbed::default();
        // One's own first: what one answered to a group comes with it.
        let mut scopes: Vec<(bool, ScopeId)> =
            sharing.scopes.iter().map(|(id, shared)| (!shared.is_own(), *id)).collect();
        scopes.sort_unstable();
        for (_, id) in scopes {
            if sharing.scopes.get(&id).is_some_and(|shared| !self.merges(shared)) {
                continue;
            }
            let Some(mut shared) = sharing.scopes.remove(&id) else { continue };
            if let Err(failure) =
                self.absorb_in(&mut sharing, &mut shared, store, ambient, progress, &mut absorbed).await
            {
                // Documents in memory may be ahead of the disk: they are read again when they are next needed.
                self.open.clear();
                return Err(failure);
            }
            for document in self.erasures_said(&shared, store).await? {
                // A scope says what is erased of it, and of no other.
                let held = self.views.document(document);
                let of_it = held.map_or(shared.is_own(), |held| shared.holds(&held.header));
                if self.erased.contains(&document) || !of_it {
                    continue;
                }
                match shared.is_own() {
                    true => absorbed.to_erase.push(document),
                    // What one gave ends by one's own word.
                    false if self.views.trace(CopyId(document.0)).is_some_and(|trace| trace.stands()) => {}
                    false => absorbed.ended.push(document),
                }
            }
            sharing.scopes.insert(id, shared);
        }
        self.shared = Some(sharing);
        absorbed.changed.sort_unstable();
        absorbed.changed.dedup();
        Ok(absorbed)
    }

    async fn absorb_in(
        &mut self,
        sharing: &mut Sharing,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        progress: &mut dyn FnMut(u32, u32),
        absorbed: &mut Absorbed,
    ) -> Result<(), Failure> {
        let mut pending = Pending::default();
        let mut set_aside = self.take_again(sharing, shared, store, ambient, &mut pending, absorbed).await?;
        // What one joins with is no news: it is the notebook.
        let joins = shared.kept.merged.is_empty() && shared.is_own();
        let new = shared.replica.to_merge();
        let (total, scope) = (new.len() as u32, shared.replica.scope());
        if !new.is_empty() {
            absorbed.heard.insert(scope);
        }
        for (done, pack) in new.into_iter().enumerate() {
            let frames: Vec<(Row, Vec<u8>)> = shared
                .replica
                .pack(pack)
                .into_iter()
                .flat_map(|pack| pack.rows())
                .filter_map(|(row, frame)| Some((row.clone(), frame?.to_vec())))
                .collect();
            for (row, frame) in frames {
                if self.erased.contains(&row.document) {
                    continue;
                }
                match self.take_frame(sharing, shared, store, ambient, &mut pending, (&row, &frame)).await? {
                    Ok(Taken::Changed) => absorbed.changed.push(row.document),
                    Ok(Taken::Nothing) => {}
                    Ok(Taken::AboutErased) => absorbed.to_erase.push(row.document),
                    Err(why) => {
                        set_aside += 1;
                        // What was taken of it before is written; then it is read again, without what was not.
                        self.write_pending(sharing, store, ambient, &mut pending).await?;
                        self.open.remove(&row.document);
                        self.put_not_taken(&mut pending, ambient, shared, pack, row.document, &why);
                    }
                }
                if pending.views.len() >= AT_ONCE {
                    self.write_pending(sharing, store, ambient, &mut pending).await?;
                    progress(done as u32, total);
                }
            }
            rows::put_merged(&mut pending.batch, &self.sealing.shared, ambient, shared, pack);
            if !joins {
                rows::put_news(&mut pending.batch, &self.sealing.shared, ambient, scope, pack);
                shared.news.insert(pack);
            }
        }
        self.write_pending(sharing, store, ambient, &mut pending).await?;
        if set_aside > 0 {
            // What one pack lacked, another may have brought.
            set_aside = self.take_again(sharing, shared, store, ambient, &mut pending, absorbed).await?;
            self.write_pending(sharing, store, ambient, &mut pending).await?;
        }
        absorbed.not_taken += set_aside;
        Ok(())
    }

    /// Tries again what was not taken once: its key, what it rests on, or a newer version of the program may have come.
    /// Says how many frames still are not taken.
    async fn take_again(
        &mut self,
        sharing: &mut Sharing,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        pending: &mut Pending,
        absorbed: &mut Absorbed,
    ) -> Result<u32, Failure> {
        let scope = shared.replica.scope();
        loop {
            let (mut still, mut taken) = (0, 0);
            for (beginning, document) in rows::not_taken(store, scope).await? {
                let pack = shared.replica.packs().find(|pack| pack.id().0.starts_with(&beginning));
                let held = pack.and_then(|pack| {
                    let mut rows = pack.rows().filter(|(row, _)| row.document == document);
                    rows.next().and_then(|(row, frame)| Some((row.clone(), frame?.to_vec())))
                });
                let came = match held.filter(|_| !self.erased.contains(&document)) {
                    None => Ok(Taken::Nothing),
                    Some((row, frame)) => {
                        self.take_frame(sharing, shared, store, ambient, pending, (&row, &frame)).await?
                    }
                };
                match came {
                    Ok(came) => {
                        match came {
                            Taken::Changed => absorbed.changed.push(document),
                            Taken::Nothing => {}
                            Taken::AboutErased => absorbed.to_erase.push(document),
                        }
                        rows::forget_not_taken(&mut pending.batch, scope, &beginning, document);
                        taken += 1;
                    }
                    Err(_) => {
                        still += 1;
                        self.write_pending(sharing, store, ambient, pending).await?;
                        self.open.remove(&document);
                    }
                }
            }
            self.write_pending(sharing, store, ambient, pending).await?;
            if taken == 0 || still == 0 {
                return Ok(still);
            }
        }
    }

    fn put_not_taken(
        &self,
        pending: &mut Pending,
        ambient: &mut impl Ambient,
        shared: &SharedScope,
        pack: PackId,
        document: DocId,
        why: &NotTaken,
    ) {
        let scope = shared.replica.scope();
        rows::put_not_taken(&mut pending.batch, &self.sealing.shared, ambient, scope, pack, document, why.code());
    }

    /// Takes a frame in.
    async fn take_frame(
        &mut self,
        sharing: &Sharing,
        shared: &SharedScope,
        store: &impl Store,
        ambient: &mut impl Ambient,
        pending: &mut Pending,
        (row, frame): (&Row, &[u8]),
    ) -> Result<Result<Taken, NotTaken>, Failure> {
        let id = row.document;
        let known = match pending.keys.get(&id) {
            Some(key) => Some(key.clone()),
            None => match store.get(Table::Keyring, &id.0).await.map_err(failure_of_store)? {
                // One spoilt row does not stop all the others.
                Some(sealed) => match self.keyring.open_document_key(&id.0, &sealed) {
                    Ok(key) => Some(key),
                    Err(_) => return Ok(Err(NotTaken::Damaged)),
                },
                None => None,
            },
        };
        let epoch = crate::sharing::frame::key_of(frame).and_then(|sealed| sealed_by(&sealed));
        let epoch = epoch.and_then(|id| shared.replica.documents_key(id));
        let brought = match open_frame(shared.replica.scope(), id, known.as_ref(), epoch, frame) {
            Ok(brought) => brought,
            Err(crate::sharing::pack::Unopened::UnknownEpoch) => return Ok(Err(NotTaken::Unknown)),
            Err(crate::sharing::pack::Unopened::Damaged) => return Ok(Err(NotTaken::Damaged)),
            Err(crate::sharing::pack::Unopened::TooNew) => return Ok(Err(NotTaken::TooNew)),
        };
        let Some(carried) = Carried::from_bytes(id, &brought.frame) else { return Ok(Err(NotTaken::Damaged)) };
        if known.is_none() {
            let (Some(key), Some(header)) = (brought.key, carried.header) else { return Ok(Err(NotTaken::Unknown)) };
            if !shared.holds(&header) || !may_be_in(&header) {
                return Ok(Err(NotTaken::OtherScope));
            }
            if header.subject.is_some_and(|subject| self.erased.contains(&DocId(subject))) {
                return Ok(Ok(if shared.is_own() { Taken::AboutErased } else { Taken::Nothing }));
            }
            let Ok(document) = Document::load(header.clone(), [carried.changes.as_slice()], self.actor) else {
                return Ok(Err(NotTaken::Damaged));
            };
            let batch = &mut pending.batch;
            batch.put(Table::Keyring, id.0, self.keyring.seal_document_key(ambient, &id.0, &key));
            let sealing = key.sealing();
            let first = frame_row(id, 0);
            batch.put(Table::Frames, first, sealed(&sealing, ambient, Table::Frames, &first, &header.to_bytes()));
            self.uses += 1;
            let open = OpenDocument { document, key: sealing, next_frame: 1, frames: 0, used: self.uses };
            self.open.insert(id, open);
            pending.keys.insert(id, key);
            pending.born += 1;
            return self.written(pending, ambient, id, &Heads::new(), true, row.heads.clone()).map(Ok);
        }
        let open = match self.document(store, id).await {
            Ok(open) => open,
            Err(Failure::Damaged(_) | Failure::UnknownKey | Failure::NotFound) => return Ok(Err(NotTaken::Damaged)),
            Err(Failure::TooNew) => return Ok(Err(NotTaken::TooNew)),
            Err(other) => return Err(other),
        };
        if !shared.holds(&open.document.header) {
            return Ok(Err(NotTaken::OtherScope));
        }
        let before = open.document.heads();
        match open.document.absorb(&carried.changes) {
            Ok(_) if !open.document.is_whole() => return Ok(Err(NotTaken::Damaged)),
            Ok(Brought::Nothing) => return Ok(Ok(Taken::Nothing)),
            Ok(Brought::Changes) => {}
            Err(_) => return Ok(Err(NotTaken::Damaged)),
        }
        // What was written here and not told yet is told later: the others know up to what they knew, and to what came.
        let told = pending.told.get(&id).or_else(|| sharing.told.get(&id)).cloned().unwrap_or_default();
        let told = match told == before {
            true => open.document.heads(),
            false => told.into_iter().chain(row.heads.iter().copied()).collect(),
        };
        self.written(pending, ambient, id, &before, false, told).map(Ok)
    }

    fn written(
        &mut self,
        pending: &mut Pending,
        ambient: &mut impl Ambient,
        id: DocId,
        before: &Heads,
        born: bool,
        told: Heads,
    ) -> Result<Taken, Failure> {
        // Nothing is written here but what came: the hour is nobody's.
        let at = ambient.now();
        let Some((_, cached)) = self.write_out(&mut pending.batch, ambient, id, before, born, at)? else {
            return Ok(Taken::Nothing);
        };
        self.put_view(&mut pending.batch, ambient, id, &cached);
        rows::put_told(&mut pending.batch, &self.sealing.shared, ambient, id, &told);
        pending.views.insert(id, cached);
        pending.told.insert(id, told);
        Ok(Taken::Changed)
    }

    async fn write_pending(
        &mut self,
        sharing: &mut Sharing,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        pending: &mut Pending,
    ) -> Result<(), Failure> {
        let Pending { mut batch, views, told, born, .. } = std::mem::take(pending);
        let before = self.counts;
        if born > 0 {
            self.counts.documents += born;
            self.put_counts(&mut batch, ambient);
        }
        if !batch.writes.is_empty()
            && let Err(error) = store.commit(batch).await
        {
            self.counts = before;
            for id in views.keys() {
                self.open.remove(id);
            }
            return Err(failure_of_store(error));
        }
        for (id, cached) in views {
            self.views.apply(id, cached);
        }
        sharing.told.extend(told);
        self.close_some();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_frame_carries_reads_back() {
        let id = DocId([1; 16]);
        let header = Header::new(id, Kind::Person, None, 0);
        for header in [Some(header), None] {
            let carried = Carried { header: header.clone(), changes: vec![7; 40] };
            let read = Carried::from_bytes(id, &carried.to_bytes()).expect("what was written");
            assert!(read.header == header && read.changes == [7; 40]);
        }
        for short in [&[][..], &[0], &[0, 9, 1], &[0, 2, 9, 9]] {
            assert!(Carried::from_bytes(id, short).is_none());
        }
    }
}
