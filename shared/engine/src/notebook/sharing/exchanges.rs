//! How far the exchanges are: what waits to go and since when, what came since someone looked, in which documents two people
//! wrote at once, what was set aside and what becomes of it.
//!
//! What is set aside stays where it came. It can be *taken up*: its changes are then written here by an act of this
//! device, as if they had been typed again, and go to the others as such; or someone deals with it otherwise.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::Failure;
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::time::Instant;

use super::super::rows::PAGE;
use super::super::{Notebook, Plan, Target};
use super::absorb::{Carried, may_be_in};
use super::{Identity, SharedScope, Sharing, rows};
use crate::ambient::Ambient;
use crate::failures::{failure_of_journal, failure_of_open, failure_of_store};
use crate::journal::{Document, Header, Kind};
use crate::sharing::accept::Doubt;
use crate::sharing::frame::{key_of, open_frame};
use crate::sharing::{DeviceId, DeviceSecret, Pack, PackId, ScopeId};
use crate::store::{Batch, Store, Table};
use crate::vault::DocumentKey;
use crate::vault::seal::sealed_by;

/// The act by which what was set aside is written here.
pub const TAKE_UP: &str = "take_up_set_aside";

/// What packs of one device brought since someone looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Which device.
    pub device: DeviceId,
    /// In which scope.
    pub scope: ScopeId,
    /// When the last of it was written, by its clock.
    pub at: Instant,
    /// The documents.
    pub documents: BTreeSet<DocId>,
}

/// What of one device, or of one pack, was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// In which scope.
    pub scope: ScopeId,
    /// The device, or the beginning of the pack's id where single frames of it were not taken.
    pub what: [u8; 16],
    /// Who wrote it, where that is known.
    pub device: Option<DeviceId>,
    /// When, by its clock.
    pub at: Option<Instant>,
    /// Why: a doubt of packs, or the code of a frame.
    pub why: Result<Doubt, String>,
    /// The documents.
    pub documents: BTreeSet<DocId>,
}

impl Sharing {
    /// When something last came from a device.
    pub fn met(&self, device: DeviceId) -> Option<Instant> {
        self.met.get(&device).copied()
    }

    /// Since when the oldest of what goes to a device waits, of what packs tell.
    pub fn unsent_since(&self, device: DeviceId) -> Option<Instant> {
        let mut oldest: Option<Instant> = None;
        for shared in self.scopes.values().filter(|shared| shared.replica.members().is_member(device)) {
            let replica = &shared.replica;
            let Some(theirs) = self.had.get(&(device, replica.scope())) else { continue };
            let lacked = replica.packs_for(theirs).into_iter().filter_map(|id| replica.pack(id));
            let first = lacked.filter(|pack| !pack.table.rows.is_empty()).map(|pack| pack.table.at);
            oldest = first.chain(oldest).min_by_key(|at| at.utc_ms);
        }
        oldest
    }

    /// What came since someone looked, a device and a scope each.
    pub fn news(&self) -> Vec<News> {
        let mut news: BTreeMap<(DeviceId, ScopeId), News> = BTreeMap::new();
        for (scope, shared) in &self.scopes {
            for pack in shared.news.iter().filter_map(|id| shared.replica.pack(*id)) {
                let (device, at) = (pack.table.device, pack.table.at);
                let one = news.entry((device, *scope)).or_insert_with(|| News {
                    device,
                    scope: *scope,
                    at,
                    documents: BTreeSet::new(),
                });
                one.at = if at.utc_ms > one.at.utc_ms { at } else { one.at };
                one.documents.extend(pack.rows().map(|(row, _)| row.document));
            }
        }
        news.into_values().collect()
    }

    /// The documents in which two people wrote at once, as far as was noted.
    pub fn two_versions(&self) -> &BTreeSet<DocId> {
        &self.two_versions
    }

    /// Whether another device goes by this one's name and keys.
    pub fn is_copied(&self) -> bool {
        self.scopes.values().any(|shared| shared.replica.is_copied())
    }

    /// The scope of that name.
    pub fn scope(&self, id: ScopeId) -> Option<&SharedScope> {
        self.scopes.get(&id)
    }
}

impl SharedScope {
    /// The packs that were set aside, that the journal has not, and with which nobody dealt.
    fn apart(&self) -> impl Iterator<Item = (&Pack, Doubt)> {
        let doubts = self.replica.doubts().iter().filter(|(_, doubt)| **doubt != Doubt::Waits);
        doubts.filter_map(|(id, doubt)| {
            let is_open = !self.replica.has_merged(*id) && !self.dealt.contains(id.0.as_slice());
            self.replica.pack(*id).filter(|_| is_open).map(|pack| (pack, *doubt))
        })
    }

    /// How many of them there are.
    pub fn packs_apart(&self) -> u32 {
        self.apart().count() as u32
    }

    /// Whether someone dealt with the frames of a pack that were not taken.
    pub(super) fn is_dealt(&self, beginning: &[u8; 16]) -> bool {
        self.dealt.contains(beginning.as_slice())
    }

    /// What there is against a device's packs: of several reasons, the first.
    fn doubt_of(&self, doubt: Doubt) -> Doubt {
        match doubt {
            Doubt::RestsOn(id) => match self.replica.doubts().get(&id) {
                Some(below) if self.replica.pack(id).is_some() => match below {
                    Doubt::RestsOn(_) => Doubt::RestsOn(id),
                    other => *other,
                },
                _ => doubt,
            },
            other => other,
        }
    }

    /// Those of a device, each after what it rests on.
    fn apart_of(&self, device: DeviceId) -> Vec<PackId> {
        let mut packs: Vec<(u64, PackId)> = self
            .apart()
            .filter(|(pack, _)| pack.table.device == device)
            .map(|(pack, _)| (pack.table.number, pack.id()))
            .collect();
        packs.sort_unstable();
        packs.into_iter().map(|(_, id)| id).collect()
    }
}

/// What is to be written of one document that was set aside.
struct ToTakeUp {
    header: Option<Header>,
    changes: Vec<Vec<u8>>,
}

impl Notebook {
    /// Remembers that something came from a device now.
    pub(super) fn put_met(
        &self,
        batch: &mut Batch,
        ambient: &mut impl Ambient,
        sharing: &mut Sharing,
        device: DeviceId,
    ) {
        if sharing.members_with(device).is_some() {
            let now = ambient.now();
            rows::put_met(batch, &self.sealing.shared, ambient, device, now);
            sharing.met.insert(device, now);
        }
    }

    /// Since when something waits that no pack tells yet, in the scopes that a device is of.
    pub async fn untold_since(&mut self, store: &impl Store, device: DeviceId) -> Result<Option<Instant>, Failure> {
        let sharing = self.take_sharing(store).await?;
        let mut oldest = None;
        for shared in sharing.scopes.values().filter(|shared| shared.is_open()) {
            if shared.replica.members().is_member(device) {
                oldest = self.first_untold(shared, store).await?.into_iter().chain(oldest).min_by_key(|at| at.utc_ms);
            }
        }
        self.shared = Some(sharing);
        Ok(oldest)
    }

    /// When the first act was that wrote in documents of a scope and was not told.
    async fn first_untold(&self, shared: &SharedScope, store: &impl Store) -> Result<Option<Instant>, Failure> {
        let (mut before, mut first) = (self.counts.acts, None);
        while before > shared.told_acts {
            let page = self.acts_before(store, before, PAGE as usize).await?;
            let Some((lowest, _)) = page.last() else { break };
            before = *lowest;
            for (_, record) in page.iter().filter(|(number, _)| *number >= shared.told_acts) {
                let of_it = |id: DocId| self.views.document(id).is_some_and(|held| shared.holds(&held.header));
                if record.documents.iter().any(|touched| of_it(touched.id)) {
                    first = Some(record.at);
                }
            }
        }
        Ok(first)
    }

    /// Someone looked at what came.
    pub async fn note_looked(&mut self, store: &mut impl Store) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut batch = Batch::new();
        for (scope, shared) in &mut sharing.scopes {
            if !shared.news.is_empty() {
                rows::forget_news(&mut batch, *scope);
                shared.news.clear();
            }
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(())
    }

    /// Notes in which documents two people wrote at once, and in which someone chose since.
    pub async fn note_two_versions(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        found: &[DocId],
        settled: &[DocId],
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut batch = Batch::new();
        for id in found.iter().filter(|id| !sharing.two_versions.contains(id)) {
            rows::put_two_versions(&mut batch, &self.sealing.shared, ambient, *id);
        }
        settled.iter().for_each(|id| rows::forget_two_versions(&mut batch, *id));
        if !batch.writes.is_empty() {
            store.commit(batch).await.map_err(failure_of_store)?;
        }
        sharing.two_versions.extend(found);
        sharing.two_versions.retain(|id| !settled.contains(id));
        self.shared = Some(sharing);
        Ok(())
    }

    /// Another device goes by this one's name and keys: this one becomes another, which nobody knows yet. What it wrote under
    /// the old name and may hold nowhere is told again under the new one, once it is let in.
    ///
    /// # Errors
    ///
    /// No other log of this device is known, or what the store says.
    pub async fn become_another(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        name: &str,
    ) -> Result<(), Failure> {
        let sharing = self.take_sharing(store).await?;
        let own = sharing.this()?.secret.card().id();
        if !sharing.is_copied() {
            return Err(Failure::NotFound);
        }
        let mut batch = Batch::new();
        for shared in sharing.scopes.values() {
            let holds = &shared.replica.standing().holds;
            let unsure = shared.replica.packs().filter(|pack| pack.table.device == own && !holds.contains(&pack.id()));
            for id in unsure.flat_map(|pack| pack.rows()).map(|(row, _)| row.document) {
                rows::forget_told(&mut batch, id);
            }
            rows::forget_folder(&mut batch, shared.replica.scope());
        }
        let identity = Identity { secret: DeviceSecret::random(ambient), name: name.to_owned() };
        rows::put_identity(&mut batch, &self.sealing.shared, ambient, &identity);
        store.commit(batch).await.map_err(failure_of_store)?;
        // Everything is read again, by the new device.
        self.shared = None;
        Ok(())
    }

    // ── What was set aside ──────────────────────────────────────────────────────────────────────────────────────────

    /// What was set aside: packs that do not hold, a device each, and frames that could not be taken, a pack each.
    pub async fn set_aside(&mut self, store: &impl Store) -> Result<Vec<Apart>, Failure> {
        let sharing = self.take_sharing(store).await?;
        let mut all = Vec::new();
        for (scope, shared) in &sharing.scopes {
            let mut by_device: BTreeMap<DeviceId, Apart> = BTreeMap::new();
            for (pack, doubt) in shared.apart() {
                let (device, at) = (pack.table.device, pack.table.at);
                let one = by_device.entry(device).or_insert_with(|| Apart {
                    scope: *scope,
                    what: device.0,
                    device: Some(device),
                    at: Some(at),
                    why: Ok(shared.doubt_of(doubt)),
                    documents: BTreeSet::new(),
                });
                one.at = one.at.into_iter().chain([at]).max_by_key(|at| at.utc_ms);
                one.documents.extend(pack.rows().map(|(row, _)| row.document));
            }
            // A word that brings nothing is no loss to anyone.
            all.extend(by_device.into_values().filter(|apart| !apart.documents.is_empty()));
            let mut by_pack: BTreeMap<[u8; 16], Apart> = BTreeMap::new();
            for (beginning, document, why) in rows::not_taken_because(store, &self.sealing.shared, *scope).await? {
                if shared.is_dealt(&beginning) {
                    continue;
                }
                let pack = shared.replica.packs().find(|pack| pack.id().0.starts_with(&beginning));
                let one = by_pack.entry(beginning).or_insert_with(|| Apart {
                    scope: *scope,
                    what: beginning,
                    device: pack.map(|pack| pack.table.device),
                    at: pack.map(|pack| pack.table.at),
                    why: Err(why),
                    documents: BTreeSet::new(),
                });
                one.documents.insert(document);
            }
            all.extend(by_pack.into_values());
        }
        self.shared = Some(sharing);
        Ok(all)
    }

    /// Writes here what a device's packs that were set aside bring, as an act of this device's: the plan, and of how many
    /// documents nothing can be read.
    pub async fn take_up(
        &mut self,
        store: &impl Store,
        scope: ScopeId,
        device: DeviceId,
    ) -> Result<(Plan, u32), Failure> {
        let sharing = self.take_sharing(store).await?;
        let shared = sharing.scopes.get(&scope).ok_or(Failure::NotFound);
        let made = match shared {
            Ok(shared) => self.plan_to_take_up(shared, store, device).await,
            Err(failure) => Err(failure),
        };
        self.shared = Some(sharing);
        made
    }

    async fn plan_to_take_up(
        &mut self,
        shared: &SharedScope,
        store: &impl Store,
        device: DeviceId,
    ) -> Result<(Plan, u32), Failure> {
        let mut found: BTreeMap<DocId, ToTakeUp> = BTreeMap::new();
        let mut keys: BTreeMap<DocId, DocumentKey> = BTreeMap::new();
        let mut unreadable: BTreeSet<DocId> = BTreeSet::new();
        for pack in shared.apart_of(device).into_iter().filter_map(|id| shared.replica.pack(id)) {
            for (row, frame) in pack.rows() {
                let id = row.document;
                let Some(frame) = frame.filter(|_| !self.erased.contains(&id)) else { continue };
                if !keys.contains_key(&id)
                    && let Some(sealed) = store.get(Table::Keyring, &id.0).await.map_err(failure_of_store)?
                {
                    keys.insert(id, self.keyring.open_document_key(&id.0, &sealed).map_err(failure_of_open)?);
                }
                let epoch = key_of(frame).and_then(|sealed| sealed_by(&sealed));
                let epoch = epoch.and_then(|epoch| shared.replica.documents_key(epoch));
                let brought = open_frame(shared.replica.scope(), id, keys.get(&id), epoch, frame).ok();
                let carried = brought.and_then(|brought| {
                    let carried = Carried::from_bytes(id, &brought.frame)?;
                    keys.extend(brought.key.map(|key| (id, key)));
                    Some(carried)
                });
                let Some(carried) = carried else {
                    unreadable.insert(id);
                    continue;
                };
                let one = found.entry(id).or_insert_with(|| ToTakeUp { header: None, changes: Vec::new() });
                one.header = one.header.take().or(carried.header);
                one.changes.push(carried.changes);
            }
        }
        let mut plan = Plan::new(TAKE_UP);
        for (id, one) in found {
            // Whoever wants someone erased erases them: it is not taken up with a visit.
            let held = self.views.document(id).map(|held| held.header.kind.clone());
            if held.or(one.header.as_ref().map(|header| header.kind.clone())) == Some(Kind::Erasures) {
                continue;
            }
            match self.target_for(shared, store, id, &one, keys.remove(&id)).await? {
                Some(target) => {
                    plan.edit(target, move |document: &mut Document| {
                        one.changes.iter().try_for_each(|changes| document.absorb(changes).map(|_| ()))
                    });
                }
                None => drop(unreadable.insert(id)),
            }
        }
        Ok((plan, unreadable.len() as u32))
    }

    /// Where what was set aside of a document is written, if it can be: nothing half of which would be lost.
    async fn target_for(
        &mut self,
        shared: &SharedScope,
        store: &impl Store,
        id: DocId,
        one: &ToTakeUp,
        key: Option<DocumentKey>,
    ) -> Result<Option<Target>, Failure> {
        if let Some(held) = self.views.document(id) {
            if !shared.holds(&held.header) || !held.header.is_writable() {
                return Ok(None);
            }
            // Tried on another copy of it: the one that is open may be shown meanwhile.
            let mut tried = self.load(store, id).await?.document;
            let absorbed = one.changes.iter().try_for_each(|changes| tried.absorb(changes).map(|_| ()));
            return Ok((absorbed.is_ok() && tried.is_whole()).then_some(Target::Document(id)));
        }
        let (Some(header), Some(key)) = (one.header.clone(), key) else { return Ok(None) };
        let about_erased = header.subject.is_some_and(|subject| self.erased.contains(&DocId(subject)));
        let may_be = shared.holds(&header) && may_be_in(&header) && header.is_writable() && !about_erased;
        let mut tried = Document::new(header.clone(), self.actor).map_err(failure_of_journal)?;
        let absorbed = one.changes.iter().try_for_each(|changes| tried.absorb(changes).map(|_| ()));
        Ok((may_be && absorbed.is_ok() && tried.is_whole()).then_some(Target::Came(header, key)))
    }

    /// Notes that something set aside was dealt with: a device's packs, or the frames of one pack.
    pub async fn deal_with(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        scope: ScopeId,
        what: [u8; 16],
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut batch = Batch::new();
        if let Some(shared) = sharing.scopes.get_mut(&scope) {
            let packs = shared.apart_of(DeviceId(what)).into_iter().map(|id| id.0.to_vec());
            let mut dealt: Vec<Vec<u8>> = packs.collect();
            if dealt.is_empty() {
                dealt.push(what.to_vec());
            }
            for one in &dealt {
                rows::put_dealt(&mut batch, &self.sealing.shared, ambient, scope, one);
            }
            shared.dealt.extend(dealt);
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(())
    }
}
