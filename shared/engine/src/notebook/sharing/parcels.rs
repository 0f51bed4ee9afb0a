//! What another device lacks, for any road to carry; and what came of what it sent.

use maillon_shared::api::Failure;
use maillon_shared::api::errors::{FileProblem, NotShared};
use maillon_shared::api::sharing::Company;
use maillon_shared::domain::ids::DocId;

use super::super::{Notebook, Plan, Target};
use super::{JOIN_DEVICES, NEIGHBOURS, SharedScope, Sharing, failure_of_writing, own_scope, rows};
use crate::ambient::Ambient;
use crate::failures::failure_of_store;
use crate::journal::{Document, Kind};
use crate::sharing::card::CardFile;
use crate::sharing::courier::{Courier, Parcel, Unread};
use crate::sharing::exchange::Have;
use crate::sharing::membership::Newcomer;
use crate::sharing::replica::Came;
use crate::sharing::{DeviceCard, DeviceId, Record, Replica, ScopeId};
use crate::store::{Batch, Store};

/// Who sent something, as far as is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// Someone who brings something of what is shared here already.
    Member,
    /// Someone who proposes to share something that is not: the whole notebook, or what one neighbour gives to another.
    Proposes(Company),
}

/// What came of a parcel, before it is merged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// How many packs were new.
    pub packs: u32,
    /// How many things were refused: spoilt, or signed by nobody of the scope.
    pub refused: u32,
}

impl Received {
    pub(super) fn add(&mut self, other: Received) {
        self.packs += other.packs;
        self.refused += other.refused;
    }
}

/// Takes in what came of one scope.
pub(super) fn take_in(replica: &mut Replica, records: &[Record], packs: &[Vec<u8>]) -> Received {
    let mut received = Received::default();
    for record in records {
        received.refused += u32::from(replica.take_open_record(record.clone()) == Came::Refused);
    }
    for pack in packs {
        match replica.take_pack(pack) {
            Came::New => received.packs += 1,
            Came::Refused => received.refused += 1,
            Came::Known | Came::Unread | Came::TooNew => {}
        }
    }
    received
}

/// Whether what someone proposes is for this device, and they are of it.
pub(super) fn is_for_us(replica: &Replica, scope: ScopeId, from: DeviceId) -> bool {
    let members = replica.members();
    replica.scope() == scope && members.is_member(replica.device()) && members.is_member(from)
}

fn nothing_of(have: Have) -> Have {
    Have { records: Vec::new(), ends: Vec::new(), ..have }
}

fn failure_of_courier(unread: Unread) -> Failure {
    match unread {
        Unread::NotACourier => Failure::UnreadableFile(FileProblem::UnknownKind),
        Unread::ForAnother => Failure::NotShared(NotShared::ForAnother),
        Unread::Damaged => Failure::UnreadableFile(FileProblem::Damaged),
        Unread::TooNew => Failure::TooNew,
    }
}

impl Notebook {
    /// Has another of the coordinator's devices join: it reads everything, the past too.
    pub async fn add_own_device(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        file: &CardFile,
    ) -> Result<DeviceId, Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let device = file.card.id();
        if sharing.theirs_with(device).is_some() {
            self.shared = Some(sharing);
            return Err(Failure::NotShared(NotShared::OtherCompany));
        }
        self.make_own_scopes(&mut sharing, store, ambient).await?;
        let mut batch = Batch::new();
        for shared in sharing.scopes.values_mut().filter(|shared| shared.is_own()) {
            let newcomer = Newcomer { card: file.card.clone(), name: file.name.clone(), until: String::new() };
            // One that was let in into some of them only, by a cut, is let in into the others.
            if !shared.replica.members().is_member(device) {
                shared.replica.add(newcomer, ambient).map_err(failure_of_writing)?;
            }
            self.put_scope(&mut batch, ambient, shared);
        }
        // It reads what is shared with neighbours too, where this device decides of it; groups hear of it first.
        for shared in sharing.scopes.values_mut().filter(|shared| shared.neighbour().is_some() && shared.is_open()) {
            let members = shared.replica.members();
            if members.admin == shared.replica.device() && !members.all.contains_key(&device) {
                let (card, name) = (file.card.clone(), shared.own_name().to_owned());
                let newcomer = Newcomer { card, name, until: String::new() };
                shared.replica.add(newcomer, ambient).map_err(failure_of_writing)?;
                self.put_scope(&mut batch, ambient, shared);
            }
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(device)
    }

    /// Has a device leave all that is shared: what is written from now on is not for it.
    pub async fn remove_device(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        device: DeviceId,
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut batch = Batch::new();
        let mut left = false;
        for shared in sharing.scopes.values_mut() {
            let is_own = shared.is_own();
            let members = shared.replica.members();
            // What a neighbour administers, they alone can have it leave.
            if members.is_member(device) && (is_own || members.admin == shared.replica.device()) {
                shared.replica.remove(&[device], ambient).map_err(failure_of_writing)?;
                self.put_scope(&mut batch, ambient, shared);
                left |= is_own;
            }
        }
        if !left {
            return Err(Failure::NotShared(NotShared::Who));
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(())
    }

    /// What a device lacks, of every scope that it is of: from what it said that it has, all of it where it said nothing.
    pub async fn parcels_for(
        &mut self,
        store: &impl Store,
        ambient: &mut impl Ambient,
        device: DeviceId,
    ) -> Result<(DeviceCard, Vec<Parcel>), Failure> {
        let sharing = self.sharing(store).await?;
        let card = sharing.card_of(device)?;
        let mut parcels = Vec::new();
        for shared in sharing.scopes.values().filter(|shared| shared.replica.members().is_member(device)) {
            let replica = &shared.replica;
            let have = replica.have();
            // What was over before they heard of it is nothing to propose to them.
            if replica.members().closed && shared.group().is_none() && sharing.had(device, have.scope).is_none() {
                continue;
            }
            let theirs = sharing.had.get(&(device, have.scope)).cloned().unwrap_or_else(|| nothing_of(have.clone()));
            let records = replica.records_for(&theirs).into_iter().cloned().collect();
            let packs = replica.packs_for(&theirs);
            let packs = packs.into_iter().filter_map(|id| replica.sealed_pack(id, ambient)).collect();
            parcels.push(Parcel { have, records, packs });
        }
        for (_, shared) in sharing.groups() {
            let records = shared.why_it_left(device);
            if !records.is_empty() {
                let records = records.into_iter().cloned().collect();
                parcels.push(Parcel { have: nothing_of(shared.replica.have()), records, packs: Vec::new() });
            }
        }
        Ok((card, parcels))
    }

    /// One file that brings a device what it lacks.
    pub async fn courier_for(
        &mut self,
        store: &impl Store,
        ambient: &mut impl Ambient,
        device: DeviceId,
        places: &[String],
    ) -> Result<Vec<u8>, Failure> {
        let (card, parcels) = self.parcels_for(store, ambient, device).await?;
        self.courier_of(store, ambient, &card, parcels, places).await
    }

    /// What a device joins by: who is of each scope, and nothing that was written there.
    pub async fn invitation_for(
        &mut self,
        store: &impl Store,
        ambient: &mut impl Ambient,
        device: DeviceId,
        places: &[String],
    ) -> Result<Vec<u8>, Failure> {
        let sharing = self.sharing(store).await?;
        let card = sharing.card_of(device)?;
        let theirs = sharing.scopes.values().filter(|shared| shared.replica.members().is_member(device));
        let parcels = theirs.map(|shared| Parcel {
            have: shared.replica.have(),
            records: shared.replica.records().cloned().collect(),
            packs: Vec::new(),
        });
        let parcels = parcels.collect();
        self.courier_of(store, ambient, &card, parcels, places).await
    }

    async fn courier_of(
        &mut self,
        store: &impl Store,
        ambient: &mut impl Ambient,
        to: &DeviceCard,
        parcels: Vec<Parcel>,
        places: &[String],
    ) -> Result<Vec<u8>, Failure> {
        let sharing = self.sharing(store).await?;
        let this = sharing.this()?;
        let courier = Courier {
            from: this.secret.card(),
            name: sharing.own_name_for(to.id()).unwrap_or(&this.name).to_owned(),
            to: to.id(),
            at: ambient.now(),
            parcels,
            address: Some(this.address(places)),
        };
        Ok(courier.to_file(&this.secret, to))
    }

    /// Opens a courier file, and takes nothing of it yet: who sent it, and whether they are known here.
    pub async fn read_courier(&mut self, store: &impl Store, file: &[u8]) -> Result<(Courier, Sender), Failure> {
        let sharing = self.sharing(store).await?;
        let courier = Courier::from_file(&sharing.this()?.secret, file).map_err(failure_of_courier)?;
        if courier.parcels.is_empty() {
            return Err(Failure::NotShared(NotShared::NothingForUs));
        }
        // Of what is shared here already, each record and pack says by itself whether it counts, whoever brings it.
        let unknown = courier.parcels.iter().filter(|parcel| !sharing.scopes.contains_key(&parcel.scope()));
        let kinds: Vec<Option<u64>> = unknown.map(Parcel::kind).collect();
        let is_own = |kind: &Option<u64>| kind.is_none_or(|kind| own_scope(kind).is_some());
        let from = courier.from.id();
        let sender = match kinds.as_slice() {
            [] => Sender::Member,
            kinds if kinds.iter().any(is_own) => Sender::Proposes(Company::Own),
            // What another of one's own devices shares with others is taken on without a question.
            _ if sharing.is_own_device(from) => Sender::Member,
            kinds if kinds.contains(&Some(NEIGHBOURS)) => Sender::Proposes(Company::Neighbour),
            // Into a group one is asked by a neighbour; the file is taken in, and the answer is given on the group's screen.
            kinds if sharing.neighbour_with(from).is_some() || kinds.len() < courier.parcels.len() => Sender::Member,
            _ => return Err(Failure::NotShared(NotShared::NothingForUs)),
        };
        Ok((courier, sender))
    }

    /// Joins what a courier file proposes to share, once someone made sure of who sent it.
    pub async fn join(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        courier: &Courier,
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let secret = sharing.this()?.secret.clone();
        if sharing.theirs_with(courier.from.id()).is_some() {
            return Err(Failure::NotShared(NotShared::OtherCompany));
        }
        let own: Vec<DocId> = self.views.every().map(|(id, _)| id).collect();
        let mut batch = Batch::new();
        let mut joined = false;
        for parcel in &courier.parcels {
            if sharing.scopes.contains_key(&parcel.scope()) {
                continue;
            }
            let Some(replica) = Replica::join(secret.clone(), parcel.records.iter().cloned()) else { continue };
            let own = own_scope(replica.members().kind);
            let for_us = is_for_us(&replica, parcel.scope(), courier.from.id());
            let (true, Some(scope)) = (for_us, own) else { continue };
            if sharing.scope_for(&scope).is_some() {
                return Err(Failure::NotShared(NotShared::SharesAlready));
            }
            let mut shared = SharedScope::new(replica);
            self.put_scope(&mut batch, ambient, &mut shared);
            sharing.scopes.insert(parcel.scope(), shared);
            joined = true;
        }
        if !joined {
            return Err(Failure::NotShared(NotShared::NothingForUs));
        }
        // Before the other: settings that ended stand all the same, as long as there are no others.
        self.end_own_settings(store, ambient, &own).await?;
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(())
    }

    /// The settings that stand are those of the device that lets this one in; these become words that are known.
    async fn end_own_settings(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        own: &[DocId],
    ) -> Result<(), Failure> {
        let mut plan = Plan::new(JOIN_DEVICES);
        for id in own {
            if self.views.document(*id).is_some_and(|held| held.header.kind == Kind::Settings && !held.undone) {
                plan.edit(Target::Document(*id), Document::end);
            }
        }
        match plan.edits.is_empty() {
            true => Ok(()),
            false => self.save(store, ambient, plan, &mut |_, _| {}).await.map(|_| ()),
        }
    }

    /// Takes in what a device sent, and keeps it; it is merged by [`Notebook::absorb_packs`].
    pub async fn receive(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        courier: &Courier,
    ) -> Result<Received, Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut received = Received::default();
        let mut batch = Batch::new();
        let from = courier.from.id();
        for parcel in &courier.parcels {
            let Some(shared) = sharing.scopes.get_mut(&parcel.scope()) else { continue };
            received.add(take_in(&mut shared.replica, &parcel.records, &parcel.packs));
            self.put_scope(&mut batch, ambient, shared);
            self.put_had(&mut batch, ambient, &mut sharing, from, &parcel.have);
        }
        self.put_met(&mut batch, ambient, &mut sharing, from);
        if let Some(address) = courier.address.as_ref().filter(|_| sharing.members_with(from).is_some()) {
            self.put_address(&mut batch, ambient, &mut sharing, from, address);
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(received)
    }

    /// Remembers what a device of a scope says that it has of it.
    pub(super) fn put_had(
        &self,
        batch: &mut Batch,
        ambient: &mut impl Ambient,
        sharing: &mut Sharing,
        device: DeviceId,
        have: &Have,
    ) {
        let members = sharing.scopes.get(&have.scope).map(|shared| shared.replica.members());
        if members.is_some_and(|members| members.all.contains_key(&device)) {
            rows::put_had(batch, &self.sealing.shared, ambient, device, have);
            sharing.had.insert((device, have.scope), have.clone());
        }
    }

    /// How many frames were not taken, of all scopes, but those with which someone dealt.
    pub async fn frames_not_taken(&mut self, store: &impl Store) -> Result<u32, Failure> {
        let mut count = 0;
        for (scope, shared) in &self.sharing(store).await?.scopes {
            let frames = rows::not_taken(store, *scope).await?;
            count += frames.iter().filter(|(beginning, _)| !shared.is_dealt(beginning)).count() as u32;
        }
        Ok(count)
    }
}

impl Sharing {
    /// The card of a device that is of a scope.
    fn card_of(&self, device: DeviceId) -> Result<DeviceCard, Failure> {
        let member = self.members_with(device).and_then(|members| members.all.get(&device));
        member.map(|member| member.card.clone()).ok_or(Failure::NotShared(NotShared::Who))
    }

    /// How many documents the packs tell of that a device is not known to have.
    pub fn unsent_to(&self, device: DeviceId) -> u32 {
        let mut documents = std::collections::BTreeSet::new();
        for shared in self.scopes.values().filter(|shared| shared.replica.members().is_member(device)) {
            let replica = &shared.replica;
            let theirs = self.had.get(&(device, replica.scope())).cloned();
            let theirs = theirs.unwrap_or_else(|| nothing_of(replica.have()));
            for pack in replica.packs_for(&theirs).into_iter().filter_map(|id| replica.pack(id)) {
                documents.extend(pack.rows().map(|(row, _)| row.document));
            }
        }
        documents.len() as u32
    }
}
