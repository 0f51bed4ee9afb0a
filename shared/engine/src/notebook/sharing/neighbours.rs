//! What is shared with a neighbouring coordinator: one scope for the two of them, of kind [`NEIGHBOURS`], in which nothing
//! stands but copies that one of them chose to give, and the days on which they ended.
//!
//! Members of it are devices, named by who keeps them: all that bear this coordinator's name there are on this side. Whoever
//! invites makes the scope and administers it. Nothing of one's own scopes is in it, nor told in it.

use maillon_shared::api::Failure;
use maillon_shared::api::errors::NotShared;
use maillon_shared::domain::ids::NeighbourId;
use maillon_shared::text::fold::same;

use super::super::Notebook;
use super::parcels::is_for_us;
use super::{GROUPS, NEIGHBOURS, SharedScope, Sharing, failure_of_writing, rows};
use crate::ambient::Ambient;
use crate::failures::failure_of_store;
use crate::sharing::card::CardFile;
use crate::sharing::courier::Courier;
use crate::sharing::membership::{Member, Newcomer};
use crate::sharing::{DeviceId, Record, Replica, ScopeId};
use crate::store::{Batch, Store};

/// Nobody is of more groups: what asks further is not heard.
const MOST_GROUPS: usize = 100;

impl SharedScope {
    /// Which neighbour it is shared with, as long as it goes on.
    pub fn neighbour(&self) -> Option<NeighbourId> {
        let members = self.replica.members();
        (members.kind == NEIGHBOURS && !members.closed).then_some(NeighbourId(members.scope.0))
    }

    /// The neighbour's devices, those that left too.
    pub fn theirs(&self) -> impl Iterator<Item = (DeviceId, &Member)> {
        let all = self.replica.members().all.iter();
        all.filter(|(_, member)| member.name != self.side).map(|(id, member)| (*id, member))
    }

    /// What the neighbour is called: by the first of their devices that was let in. No later one changes whom it is that
    /// someone agreed to.
    pub fn neighbour_name(&self) -> String {
        let mut records: Vec<_> = self.replica.records().collect();
        records.sort_by_key(|record| (record.number, record.id()));
        let names = records.iter().filter_map(|record| record.lets_in()).map(|newcomer| &newcomer.name);
        names.into_iter().find(|name| **name != self.side).cloned().unwrap_or_default()
    }

    /// How this coordinator is called in it.
    pub fn own_name(&self) -> &str {
        &self.side
    }

    /// Whether this device may write in it.
    pub fn may_write(&self) -> bool {
        self.is_open()
    }

    /// Whether the neighbour ever wrote in it, or said what they have of it.
    fn was_answered(&self, sharing: &Sharing) -> bool {
        let scope = self.replica.scope();
        let mut packs = self.replica.packs();
        let is_theirs = |device: DeviceId| self.theirs().any(|(theirs, _)| theirs == device);
        packs.any(|pack| is_theirs(pack.table.device))
            || sharing.had.keys().any(|(device, of)| *of == scope && is_theirs(*device))
    }
}

impl Sharing {
    /// What is shared with neighbours.
    pub fn neighbours(&self) -> impl Iterator<Item = (NeighbourId, &SharedScope)> {
        self.scopes.values().filter_map(|shared| Some((shared.neighbour()?, shared)))
    }

    /// What is shared with that one.
    pub fn neighbour(&self, id: NeighbourId) -> Option<&SharedScope> {
        self.scopes.get(&ScopeId(id.0)).filter(|shared| shared.neighbour() == Some(id))
    }

    /// How this coordinator is called by whose device that is, if it is a neighbour's, or of a group.
    pub(super) fn own_name_for(&self, device: DeviceId) -> Option<&str> {
        self.theirs_with(device).map(SharedScope::own_name)
    }

    /// What is shared with another coordinator whose device it is.
    pub(super) fn theirs_with(&self, device: DeviceId) -> Option<&SharedScope> {
        self.neighbour_with(device).or_else(|| self.group_with(device))
    }

    /// Whether a device is another of this coordinator's.
    pub(super) fn is_own_device(&self, device: DeviceId) -> bool {
        self.own_scopes().any(|shared| shared.replica.members().is_member(device))
    }

    /// Whether something new may come from a device without a question: one's own, or a neighbour's.
    pub(super) fn may_introduce(&self, device: DeviceId) -> bool {
        self.is_own_device(device) || self.neighbour_with(device).is_some()
    }

    /// What is shared with the neighbour whose device it is.
    pub(super) fn neighbour_with(&self, device: DeviceId) -> Option<&SharedScope> {
        // One that this device has no part in any more is nothing to go on with: they get to know each other again.
        let mut all = self.neighbours().map(|(_, shared)| shared).filter(|shared| shared.is_open());
        all.find(|shared| shared.theirs().any(|(theirs, _)| theirs == device))
    }
}

impl Notebook {
    /// Begins to share with a neighbour: nothing is, yet. One's own other devices are of it from the beginning.
    ///
    /// # Errors
    ///
    /// They are called as this coordinator is, are a neighbour already, or the words are needed again.
    pub async fn add_neighbour(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        file: &CardFile,
        own_name: &str,
    ) -> Result<DeviceId, Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let secret = sharing.this()?.secret.clone();
        let (own, device) = (secret.card().id(), file.card.id());
        let is_own = sharing.own_scopes().any(|shared| shared.replica.members().all.contains_key(&device));
        let nobody = file.name.trim().is_empty() || same(&file.name, own_name);
        if nobody || is_own || sharing.neighbour_with(device).is_some() {
            return Err(Failure::NotShared(NotShared::Who));
        }
        let prepared = sharing.prepared.pop().ok_or(Failure::NotShared(NotShared::WordsNeeded))?;
        let mut replica = Replica::create(secret, NEIGHBOURS, prepared, own_name, ambient);
        let others = sharing.own_scopes().flat_map(|shared| shared.replica.members().present());
        let mut newcomers: Vec<Newcomer> = others
            .filter(|(id, _)| *id != own)
            .map(|(_, member)| (member.card.clone(), own_name))
            .chain([(file.card.clone(), file.name.as_str())])
            .map(|(card, name)| Newcomer { card, name: name.to_owned(), until: String::new() })
            .collect();
        newcomers.sort_by_key(|newcomer| newcomer.card.id());
        newcomers.dedup_by_key(|newcomer| newcomer.card.id());
        for newcomer in newcomers {
            replica.add(newcomer, ambient).map_err(failure_of_writing)?;
        }
        let mut batch = Batch::new();
        rows::put_prepared(&mut batch, &self.sealing.shared, ambient, &sharing.prepared);
        self.put_neighbour(&mut batch, ambient, &mut sharing, replica, own_name);
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(device)
    }

    /// Shares with a neighbour who proposes it by a courier file, once someone made sure of who sent it.
    ///
    /// # Errors
    ///
    /// The file proposes nothing to this device, or both had begun to share with each other: the one of the two that counts
    /// is this side's.
    pub async fn join_neighbour(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        courier: &Courier,
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let secret = sharing.this()?.secret.clone();
        let from = courier.from.id();
        let mut batch = Batch::new();
        let mut joined = false;
        for parcel in &courier.parcels {
            if sharing.scopes.contains_key(&parcel.scope()) {
                continue;
            }
            let Some(replica) = Replica::join(secret.clone(), parcel.records.iter().cloned()) else { continue };
            if replica.members().kind != NEIGHBOURS || !is_for_us(&replica, parcel.scope(), from) {
                continue;
            }
            // Who one compared words with is who they are there.
            if replica.members().all[&from].name != courier.name {
                return Err(Failure::NotShared(NotShared::Who));
            }
            if let Some(before) = sharing.neighbour_with(from).map(|shared| shared.replica.scope()) {
                self.settle_between(&mut batch, ambient, &mut sharing, before, parcel.scope())?;
            }
            let name = replica.members().all[&replica.device()].name.clone();
            self.put_neighbour(&mut batch, ambient, &mut sharing, replica, &name);
            joined = true;
        }
        if !joined {
            return Err(Failure::NotShared(NotShared::NothingForUs));
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(())
    }

    /// Where two neighbours each began to share with the other, one of the two is enough: the same one on both sides, and
    /// never one in which something was answered.
    fn settle_between(
        &self,
        batch: &mut Batch,
        ambient: &mut impl Ambient,
        sharing: &mut Sharing,
        before: ScopeId,
        proposed: ScopeId,
    ) -> Result<(), Failure> {
        let answered = sharing.scopes.get(&before).is_some_and(|shared| shared.was_answered(sharing));
        if answered || before < proposed {
            return Err(Failure::NotShared(NotShared::Who));
        }
        if let Some(shared) = sharing.scopes.get_mut(&before) {
            shared.replica.close().map_err(failure_of_writing)?;
            self.put_scope(batch, ambient, shared);
        }
        Ok(())
    }

    /// Takes on what is new in a courier file: what another of one's own devices came to share, and the groups into which a
    /// neighbour asks, of which it says how many are new. This device is of them already; whether they come is the coordinator's
    /// to say.
    pub async fn take_on_from(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        courier: &Courier,
    ) -> Result<u32, Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut batch = Batch::new();
        let groups = |sharing: &Sharing| sharing.groups().count() as u32;
        let before = groups(&sharing);
        for parcel in &courier.parcels {
            let records = parcel.records.iter().cloned();
            self.take_on(&mut batch, ambient, &mut sharing, (parcel.scope(), courier.from.id()), records)?;
        }
        let invited = groups(&sharing) - before;
        if !batch.writes.is_empty() {
            store.commit(batch).await.map_err(failure_of_store)?;
        }
        self.shared = Some(sharing);
        Ok(invited)
    }

    /// Takes on a scope that is new here, where its records let this device in: from one's own device `from`, what is shared
    /// with a neighbour or a group; from a neighbour's, a group.
    pub(super) fn take_on(
        &self,
        batch: &mut Batch,
        ambient: &mut impl Ambient,
        sharing: &mut Sharing,
        (scope, from): (ScopeId, DeviceId),
        records: impl IntoIterator<Item = Record>,
    ) -> Result<(), Failure> {
        let secret = sharing.this()?.secret.clone();
        if sharing.scopes.contains_key(&scope) || !sharing.may_introduce(from) {
            return Ok(());
        }
        let is_own = sharing.is_own_device(from);
        let Some(replica) = Replica::join(secret, records) else { return Ok(()) };
        let members = replica.members();
        let may_be = members.kind == GROUPS || (members.kind == NEIGHBOURS && is_own);
        if may_be && is_for_us(&replica, scope, from) {
            // What one's own device shares is under the name that it bears there, which is this one's too.
            let name = members.all[&replica.device()].name.clone();
            // From a neighbour: nobody but one's own devices goes by one's name there, and there is an end to invitations.
            let named_so = members.present().filter(|(_, member)| member.name == name);
            let all_own = named_so.map(|(id, _)| id).all(|id| id == replica.device() || sharing.is_own_device(id));
            let may_ask = all_own && sharing.groups().count() < MOST_GROUPS;
            if is_own == (members.all[&from].name == name) && (is_own || may_ask) {
                self.put_neighbour(batch, ambient, sharing, replica, &name);
            }
        }
        Ok(())
    }

    fn put_neighbour(
        &self,
        batch: &mut Batch,
        ambient: &mut impl Ambient,
        sharing: &mut Sharing,
        replica: Replica,
        own_name: &str,
    ) {
        let shared = SharedScope { side: own_name.to_owned(), ..SharedScope::new(replica) };
        self.put_shared(batch, ambient, sharing, shared);
    }

    /// Keeps a scope that others share, with how this coordinator is called in it.
    pub(super) fn put_shared(
        &self,
        batch: &mut Batch,
        ambient: &mut impl Ambient,
        sharing: &mut Sharing,
        mut shared: SharedScope,
    ) {
        let scope = shared.replica.scope();
        self.put_scope(batch, ambient, &mut shared);
        rows::put_side(batch, &self.sealing.shared, ambient, scope, &shared.side);
        sharing.scopes.insert(scope, shared);
    }
}
