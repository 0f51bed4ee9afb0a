//! What a group of coordinators keeps in common: one scope for all of them, of kind [`GROUPS`].
//!
//! Members of it are devices; a *side* is all those that bear one coordinator's name there. Whoever founds it administers, and
//! hands that on; they ask neighbours, whose devices are let in at once, so that what is common reaches them by any road.
//! Whether they come is theirs to say: until then nothing of it is merged there. What one side alone wrote is known by
//! the signatures of packs, whatever a document says of itself.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::Failure;
use maillon_shared::api::errors::NotShared;
use maillon_shared::api::groups::Place;
use maillon_shared::domain::group::Standing;
use maillon_shared::domain::ids::{DocId, GroupId, NeighbourId};
use maillon_shared::text::fold::same;

use super::super::Notebook;
use super::{GROUPS, SharedScope, Sharing, failure_of_writing, rows};
use crate::ambient::Ambient;
use crate::failures::failure_of_store;
use crate::journal::Scope;
use crate::sharing::membership::{Member, Newcomer};
use crate::sharing::{DeviceCard, DeviceId, Record, Replica, ScopeId};
use crate::store::{Batch, Store};

/// A neighbour who is asked.
struct Asked {
    name: String,
    /// Their devices now.
    cards: Vec<DeviceCard>,
    /// Those that ever were theirs.
    all: BTreeSet<DeviceId>,
}

/// All devices of one coordinator in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// How they are called there.
    pub name: String,
    /// Their devices that are of it now; none of a side that left it.
    pub devices: Vec<DeviceId>,
    /// Whether it is this coordinator's own.
    pub is_own: bool,
    /// Whether one of its devices decides who is of it.
    pub administers: bool,
}

impl SharedScope {
    /// Which group keeps it in common, closed or not.
    pub fn group(&self) -> Option<GroupId> {
        let members = self.replica.members();
        (members.kind == GROUPS).then_some(GroupId(members.scope.0))
    }

    /// Whether nothing is written in it any more.
    pub fn is_closed(&self) -> bool {
        self.replica.members().closed
    }

    /// Whose devices are or were of it, by name.
    pub fn sides(&self) -> Vec<Side> {
        let members = self.replica.members();
        let mut sides: BTreeMap<&str, Side> = BTreeMap::new();
        for (id, member) in &members.all {
            let side = sides.entry(&member.name).or_insert_with(|| Side {
                name: member.name.clone(),
                devices: Vec::new(),
                is_own: member.name == self.own_name(),
                administers: false,
            });
            if member.left.is_none() {
                side.devices.push(*id);
                side.administers |= members.admin == *id;
            }
        }
        sides.into_values().collect()
    }

    /// Whether this very device founded it.
    pub fn is_founded_here(&self) -> bool {
        let first = self.replica.records().find(|record| record.number == 0);
        let newcomer = first.and_then(|record| record.lets_in());
        newcomer.is_some_and(|newcomer| newcomer.card.id() == self.replica.device())
    }

    /// Who founded it.
    pub fn founder(&self) -> String {
        let first = self.replica.records().find(|record| record.number == 0);
        first.and_then(|record| record.lets_in()).map(|newcomer| newcomer.name.clone()).unwrap_or_default()
    }

    /// Who alone wrote a document: the name of a side; nothing where several did. What no pack tells yet is this side's.
    pub fn sole_writer(&self, document: DocId) -> Option<String> {
        let members = self.replica.members();
        // What was set aside is nobody's word.
        let packs = self.replica.packs().filter(|pack| self.replica.has_merged(pack.id()));
        let packs = packs.filter(|pack| pack.table.rows.iter().any(|row| row.document == document));
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for pack in packs {
            names.insert(members.all.get(&pack.table.device).map_or("", |member| member.name.as_str()));
        }
        match names.len() {
            0 => Some(self.own_name().to_owned()),
            1 => names.first().map(|name| (*name).to_owned()),
            _ => None,
        }
    }

    /// The records by which a device that was removed reads that it was: none that came later, and nothing that was written.
    pub(super) fn why_it_left(&self, device: DeviceId) -> Vec<&Record> {
        let members = self.replica.members();
        let left = members.all.get(&device).and_then(|member| member.left.as_ref());
        let by = left.and_then(|(by, _)| self.replica.records().find(|record| record.id() == *by));
        let Some(by) = by else { return Vec::new() };
        let line = &self.replica.standing().line.records;
        let holds = |record: &&Record| line.contains(&record.id()) && record.number <= by.number;
        self.replica.records().filter(holds).collect()
    }

    /// The device of a side that wrote most of what holds: the one they use, as far as is known here, whatever clocks say.
    fn most_used_device(&self, side: &Side) -> Option<DeviceId> {
        let holds = &self.replica.standing().holds;
        let written = |device: &DeviceId| {
            let packs = self.replica.packs().filter(|pack| pack.table.device == *device && holds.contains(&pack.id()));
            packs.count()
        };
        side.devices.iter().copied().max_by_key(|device| (written(device), *device))
    }
}

impl Sharing {
    /// What is kept in common with groups.
    pub fn groups(&self) -> impl Iterator<Item = (GroupId, &SharedScope)> {
        self.scopes.values().filter_map(|shared| Some((shared.group()?, shared)))
    }

    /// What is kept in common with that one.
    pub fn group(&self, id: GroupId) -> Option<&SharedScope> {
        self.scopes.get(&ScopeId(id.0)).filter(|shared| shared.group() == Some(id))
    }

    /// A group of which someone else's device is, and this device.
    pub(super) fn group_with(&self, device: DeviceId) -> Option<&SharedScope> {
        let mut all = self.groups().map(|(_, shared)| shared).filter(|shared| shared.is_open());
        all.find(|shared| shared.sides().iter().any(|side| !side.is_own && side.devices.contains(&device)))
    }

    /// The devices of neighbours, each neighbour under the name that they bear for this one.
    fn asked(&self, neighbours: &[NeighbourId]) -> Result<Vec<Asked>, Failure> {
        let one = |id: &NeighbourId| {
            let shared = self.neighbour(*id).filter(|shared| shared.is_open());
            let shared = shared.ok_or(Failure::NotShared(NotShared::OnAnotherDevice))?;
            let present = shared.theirs().filter(|(_, member)| member.left.is_none());
            Ok(Asked {
                name: shared.neighbour_name(),
                cards: present.map(|(_, member)| member.card.clone()).collect(),
                all: shared.theirs().map(|(id, _)| id).collect(),
            })
        };
        neighbours.iter().map(one).collect()
    }
}

impl Notebook {
    /// Whether this coordinator is of a group: by what they answered, and by nothing that others wrote.
    pub fn is_in_group(&self, shared: &SharedScope) -> bool {
        let answer = shared.group().and_then(|id| self.views.group_answer(id));
        answer.is_some_and(|said| said.standing == Standing::In)
    }

    /// Whether what comes of a scope is merged here.
    pub(super) fn merges(&self, shared: &SharedScope) -> bool {
        shared.group().is_none() || self.is_in_group(shared)
    }

    /// Whether this coordinator may write in a scope now.
    pub async fn may_write_in(&mut self, store: &impl Store, scope: &Scope) -> Result<bool, Failure> {
        let Scope::Group(id) = scope else { return Ok(true) };
        let sharing = self.take_sharing(store).await?;
        let may = sharing.group(*id).is_some_and(|shared| shared.is_open() && self.is_in_group(shared));
        self.shared = Some(sharing);
        Ok(may)
    }

    /// This coordinator's place in a group.
    pub async fn place_in_group(&mut self, store: &impl Store, group: GroupId) -> Result<Place, Failure> {
        let sharing = self.take_sharing(store).await?;
        let place = sharing.group(group).map(|shared| {
            let members = shared.replica.members();
            match self.views.group_answer(group) {
                _ if !members.is_member(shared.replica.device()) => Place::Removed,
                _ if shared.is_closed() => Place::Closed,
                Some(said) if said.standing != Standing::In => Place::Out(said),
                None => Place::Asked,
                Some(_) => Place::In,
            }
        });
        self.shared = Some(sharing);
        place.ok_or(Failure::NotFound)
    }

    /// Of how many records of a group something is told by no pack yet.
    pub async fn untold_in_group(&mut self, store: &impl Store, group: GroupId) -> Result<u32, Failure> {
        let sharing = self.take_sharing(store).await?;
        let untold = match sharing.group(group).filter(|shared| shared.is_open()) {
            Some(shared) => self.untold_in(&sharing, shared, store).await,
            None => Ok(0),
        };
        self.shared = Some(sharing);
        untold
    }

    /// Whether others may have read what stands in a document: some pack tells of it.
    pub async fn was_told(&mut self, store: &impl Store, document: DocId) -> Result<bool, Failure> {
        let scopes = &self.sharing(store).await?.scopes;
        let tells = |shared: &SharedScope| {
            shared.replica.packs().flat_map(|pack| pack.rows()).any(|(row, _)| row.document == document)
        };
        Ok(scopes.values().any(tells))
    }

    /// Founds a group with neighbours. One's own other devices are of it from the beginning.
    ///
    /// # Errors
    ///
    /// Two of them go by one name, one is no neighbour of this device, or the words are needed again.
    pub async fn found_group(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        own_name: &str,
        neighbours: &[NeighbourId],
    ) -> Result<GroupId, Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let secret = sharing.this()?.secret.clone();
        let asked = sharing.asked(neighbours)?;
        let prepared = sharing.prepared.pop().ok_or(Failure::NotShared(NotShared::WordsNeeded))?;
        let own = secret.card().id();
        let mut replica = Replica::create(secret, GROUPS, prepared, own_name, ambient);
        let others = sharing.own_scopes().flat_map(|shared| shared.replica.members().present());
        let cards: BTreeMap<DeviceId, _> =
            others.filter(|(id, _)| *id != own).map(|(id, member)| (id, member.card.clone())).collect();
        for card in cards.into_values() {
            let newcomer = Newcomer { card, name: own_name.to_owned(), until: String::new() };
            replica.add(newcomer, ambient).map_err(failure_of_writing)?;
        }
        let id = GroupId(replica.scope().0);
        let mut batch = Batch::new();
        rows::put_prepared(&mut batch, &self.sealing.shared, ambient, &sharing.prepared);
        let mut shared = SharedScope { side: own_name.to_owned(), ..SharedScope::new(replica) };
        let_in(&mut shared, ambient, asked)?;
        self.put_shared(&mut batch, ambient, &mut sharing, shared);
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(id)
    }

    /// Asks more neighbours.
    ///
    /// # Errors
    ///
    /// This device does not administer, or as for [`Notebook::found_group`].
    pub async fn ask_into_group(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        group: GroupId,
        neighbours: &[NeighbourId],
    ) -> Result<(), Failure> {
        let asked = self.sharing(store).await?.asked(neighbours)?;
        self.change_group(store, ambient, group, |shared, ambient| let_in(shared, ambient, asked)).await
    }

    /// Has a coordinator leave with all their devices: what is written from now on is not for them.
    ///
    /// # Errors
    ///
    /// This device does not administer, or they are not of it, or they are oneself.
    pub async fn remove_from_group(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        group: GroupId,
        name: &str,
    ) -> Result<(), Failure> {
        self.change_group(store, ambient, group, |shared, ambient| {
            let side = side_named(shared, name)?;
            shared.replica.remove(&side.devices, ambient).map_err(failure_of_writing).map(|_| ())
        })
        .await
    }

    /// Has another coordinator administer, by the device that they use most.
    ///
    /// # Errors
    ///
    /// As for [`Notebook::remove_from_group`].
    pub async fn hand_group_on(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        group: GroupId,
        name: &str,
    ) -> Result<(), Failure> {
        self.change_group(store, ambient, group, |shared, _| {
            let device = shared.most_used_device(&side_named(shared, name)?);
            let device = device.ok_or(Failure::NotShared(NotShared::Who))?;
            shared.replica.transfer(device).map_err(failure_of_writing).map(|_| ())
        })
        .await
    }

    /// Ends a group: what is there stays read, and nothing more is written in it.
    ///
    /// # Errors
    ///
    /// This device does not administer, or it is closed already.
    pub async fn close_group(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        group: GroupId,
    ) -> Result<(), Failure> {
        let close =
            |shared: &mut SharedScope, _: &mut _| shared.replica.close().map_err(failure_of_writing).map(|_| ());
        self.change_group(store, ambient, group, close).await
    }

    async fn change_group<A: Ambient>(
        &mut self,
        store: &mut impl Store,
        ambient: &mut A,
        group: GroupId,
        change: impl FnOnce(&mut SharedScope, &mut A) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let shared = sharing.scopes.get_mut(&ScopeId(group.0)).filter(|shared| shared.group() == Some(group));
        let shared = shared.ok_or(Failure::NotFound)?;
        change(shared, ambient)?;
        let mut batch = Batch::new();
        self.put_scope(&mut batch, ambient, shared);
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = Some(sharing);
        Ok(())
    }
}

/// Lets devices of others in. Two sides of one name would be taken for one: a name that is there is theirs only where a device of
/// theirs bears it.
fn let_in(shared: &mut SharedScope, ambient: &mut impl Ambient, asked: Vec<Asked>) -> Result<(), Failure> {
    for one in asked {
        let members = shared.replica.members();
        let is_anothers = |(id, member): (&DeviceId, &Member)| {
            same(&member.name, &one.name) && (member.name != one.name || !one.all.contains(id))
        };
        let of_that_name = members.all.values().any(|member| member.name == one.name);
        let is_theirs = members.all.keys().any(|id| one.all.contains(id));
        let is_taken = if of_that_name { !is_theirs } else { members.all.iter().any(is_anothers) };
        if same(&one.name, shared.own_name()) || is_taken {
            return Err(Failure::NotShared(NotShared::SameName));
        }
        // Whoever left comes back by another device only.
        let new: Vec<DeviceCard> = one.cards.into_iter().filter(|card| !members.all.contains_key(&card.id())).collect();
        let is_there = members.all.iter().any(|(id, member)| one.all.contains(id) && member.left.is_none());
        if new.is_empty() && !is_there {
            return Err(Failure::NotShared(NotShared::Who));
        }
        for card in new {
            let newcomer = Newcomer { card, name: one.name.clone(), until: String::new() };
            shared.replica.add(newcomer, ambient).map_err(failure_of_writing)?;
        }
    }
    Ok(())
}

/// The side of that name, which is another's and is of the group.
fn side_named(shared: &SharedScope, name: &str) -> Result<Side, Failure> {
    let side = shared.sides().into_iter().find(|side| side.name == name && !side.is_own && !side.devices.is_empty());
    side.ok_or(Failure::NotShared(NotShared::Who))
}
