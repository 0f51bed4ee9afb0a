//! Meeting other devices in a folder: what they put there and is not known comes in, what they lack is put there.
//!
//! Each device writes under its own name; only what a device that left had put is written over by whoever administers, once
//! something of it is erased. Nothing in the folder is believed: what comes is judged as from any road, what
//! was lost there is put again, and what somebody says that they have, and the folder does not give, is told.

use std::collections::BTreeSet;

use maillon_shared::api::Failure;
use maillon_shared::api::errors::NotShared;
use maillon_shared::domain::ids::GroupId;

use super::super::Notebook;
use super::{SharedScope, Sharing, rows};
use crate::ambient::Ambient;
use crate::failures::{failure_of_folder, failure_of_store};
use crate::link::{Folder, FolderError};
use crate::sharing::address::Address;
use crate::sharing::index::{Index, Names};
use crate::sharing::pack::Pack;
use crate::sharing::replica::Came;
use crate::sharing::{DeviceId, PackId, ScopeId};
use crate::store::{Batch, Store};

/// What is fetched is kept after so many objects: a folder that goes away takes nothing of it along.
const KEEP_EVERY: usize = 32;

/// A scope's part of a folder, as it was found.
struct Found<'a> {
    /// What things are called in it.
    names: Names,
    /// The paths of all objects.
    there: Vec<String>,
    /// What has come of it until now.
    synced: &'a mut Synced,
    /// Hears how far a long exchange is.
    progress: &'a mut dyn FnMut(u32, u32),
}

/// What came of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// How many objects were put there.
    pub sent: u32,
    /// How many packs came.
    pub packs: u32,
    /// How many objects are under keys that have not come.
    pub unread: u32,
    /// How many objects are none that a member made, or are spoilt.
    pub refused: u32,
    /// The devices that say they wrote more than the folder gives.
    pub withheld: BTreeSet<DeviceId>,
    /// Whether the folder was set back: it shows less than it showed before.
    pub set_back: bool,
}

impl Notebook {
    /// Meets one's other devices in a folder, or the members of a group. What came is kept; it is merged by [`Notebook::absorb_packs`].
    ///
    /// # Errors
    ///
    /// What the store or the folder says; what was done until then stays done.
    pub async fn meet_in_folder(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        (group, folder): (Option<GroupId>, &mut impl Folder),
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<Synced, Failure> {
        let mut sharing = self.take_sharing(store).await?;
        sharing.this()?;
        let met = sharing.scopes().filter(|shared| shared.meets_with(group));
        let scopes: Vec<ScopeId> = met.map(|shared| shared.replica.scope()).collect();
        if scopes.is_empty() {
            self.shared = Some(sharing);
            return Err(Failure::NotShared(NotShared::NotAMember));
        }
        let mut synced = Synced::default();
        for id in scopes {
            let Some(mut shared) = sharing.scopes.remove(&id) else { continue };
            let met = match find(&shared, folder, &mut synced, progress).await {
                Ok(Some(found)) => self.meet_in_scope(&mut sharing, &mut shared, store, ambient, folder, found).await,
                // Without the first epoch's key nothing has a name.
                Ok(None) => Ok(()),
                Err(error) => Err(Met::Folder(error)),
            };
            sharing.scopes.insert(id, shared);
            // What was taken in is on disk: only after the store itself failed is everything read again.
            match met {
                Ok(()) => {}
                Err(Met::Folder(error)) => {
                    self.shared = Some(sharing);
                    return Err(failure_of_folder(error));
                }
                Err(Met::Store(failure)) => return Err(failure),
            }
        }
        self.shared = Some(sharing);
        Ok(synced)
    }

    async fn meet_in_scope(
        &mut self,
        sharing: &mut Sharing,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        folder: &mut impl Folder,
        mut found: Found<'_>,
    ) -> Result<(), Met> {
        self.fetch(shared, store, ambient, folder, &mut found).await?;
        self.hear(sharing, shared, store, ambient, folder, &mut found).await?;
        if shared.is_open() {
            self.put_there(shared, store, ambient, folder, &mut found).await?;
            self.say(shared, store, ambient, folder, &found).await?;
        }
        Ok(())
    }

    /// Takes in every object that is not known.
    async fn fetch(
        &mut self,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        folder: &mut impl Folder,
        Found { names, there, synced, progress }: &mut Found<'_>,
    ) -> Result<(), Met> {
        let known = known_names(shared, names);
        let devices = shared.replica.members().all.keys();
        let indexes: BTreeSet<String> = devices.map(|device| names.index(*device)).collect();
        let is_news = |path: &&String| {
            let name = last_part(path);
            !known.contains(name) && !indexes.contains(name)
        };
        let news: Vec<&String> = there.iter().filter(is_news).collect();
        let mut unread = Vec::new();
        let mut went_away = Ok(());
        for (done, path) in news.iter().enumerate() {
            let bytes = match folder.get(path).await {
                Ok(Some(bytes)) => bytes,
                Ok(None) => continue,
                Err(error) => {
                    went_away = Err(Met::Folder(error));
                    break;
                }
            };
            match shared.replica.take(&bytes) {
                Came::New => synced.packs += 1,
                Came::Refused => synced.refused += 1,
                Came::Unread | Came::TooNew => unread.push(bytes),
                Came::Known => {}
            }
            if done % KEEP_EVERY == KEEP_EVERY - 1 {
                self.keep(shared, store, ambient).await?;
                progress(done as u32, news.len() as u32);
            }
        }
        // What nobody here can read stays in the folder, which anyone may fill: it is fetched again, and fills no disk here.
        synced.unread += unread.iter().filter(|sealed| shared.replica.forget_unread(sealed)).count() as u32;
        // What came before it went away is on the disk before anything is merged.
        self.keep(shared, store, ambient).await?;
        went_away
    }

    async fn keep(
        &mut self,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
    ) -> Result<(), Met> {
        let mut batch = Batch::new();
        self.put_scope(&mut batch, ambient, shared);
        commit(store, batch).await
    }

    /// Reads what each device says that it has.
    async fn hear(
        &mut self,
        sharing: &mut Sharing,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        folder: &mut impl Folder,
        Found { names, there, synced, .. }: &mut Found<'_>,
    ) -> Result<(), Met> {
        let scope = shared.replica.scope();
        let own = shared.replica.device();
        let members: Vec<_> =
            shared.replica.members().present().map(|(id, member)| (id, member.card.clone())).collect();
        let mut batch = Batch::new();
        let mut went_away = Ok(());
        for (device, card) in members.into_iter().filter(|(device, _)| *device != own) {
            let path = format!("{}/{}", names.device(device), names.index(device));
            let seen = shared.heard.get(&device).copied().unwrap_or_default();
            let bytes = match there.contains(&path) {
                true => match folder.get(&path).await {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        went_away = Err(Met::Folder(error));
                        break;
                    }
                },
                false => None,
            };
            let Some(bytes) = bytes else {
                synced.set_back |= seen > 0;
                continue;
            };
            let key = Index::key_of(&bytes).and_then(|id| shared.replica.indexes_key(id));
            let Some(Ok(index)) = key.map(|key| Index::open(scope, &card, key, &bytes)) else {
                // Sealed for an epoch that has not come, or spoilt: what it says is heard another time.
                continue;
            };
            if index.generation < seen {
                synced.set_back = true;
                continue;
            }
            if shared.replica.lacks(&index.have, device) {
                synced.withheld.insert(device);
            }
            if index.generation > seen {
                self.put_met(&mut batch, ambient, sharing, device);
            }
            shared.heard.insert(device, index.generation);
            rows::put_heard(&mut batch, &self.sealing.shared, ambient, scope, device, index.generation);
            rows::put_had(&mut batch, &self.sealing.shared, ambient, device, &index.have);
            sharing.had.insert((device, scope), index.have);
            if let Some(address) = &index.address {
                self.put_address(&mut batch, ambient, sharing, device, address);
            }
        }
        commit(store, batch).await?;
        went_away
    }

    /// Puts there what is in no place of it, and again what was erased since it was put.
    async fn put_there(
        &mut self,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        folder: &mut impl Folder,
        Found { names, there, synced, progress }: &mut Found<'_>,
    ) -> Result<(), Met> {
        let own = names.device(shared.replica.device());
        let anywhere: BTreeSet<&str> = there.iter().map(|path| last_part(path)).collect();
        let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
        let orphaned = orphaned_places(shared, names);
        let records: Vec<_> = shared.replica.records().map(|record| record.id()).collect();
        for id in records {
            let name = names.record(id);
            if anywhere.contains(name.as_str()) {
                continue;
            }
            let Some(bytes) = shared.replica.sealed_record(id, ambient) else { continue };
            folder.put(&format!("{own}/{name}"), bytes).await.map_err(Met::Folder)?;
            synced.sent += 1;
        }
        let holds = &shared.replica.standing().holds;
        let places_of = |pack: &Pack| -> Vec<String> {
            let (id, name) = (pack.id(), names.pack(pack.id()));
            // What was put once is put again without what was erased, whether it still holds or not.
            let is_stale = shared.put.get(&id) != Some(&frames_of(pack));
            let mine = format!("{own}/{name}");
            let is_mine = match there.contains(mine.as_str()) {
                true => is_stale,
                false => holds.contains(&id) && !anywhere.contains(name.as_str()),
            };
            let orphaned = orphaned.iter().map(|device| format!("{device}/{name}"));
            let orphaned = orphaned.filter(|path| is_stale && lacks_frames(pack) && there.contains(path.as_str()));
            orphaned.chain(is_mine.then_some(mine)).collect()
        };
        let to_put = shared.replica.packs().map(|pack| (pack.id(), places_of(pack)));
        let to_put: Vec<(PackId, Vec<String>)> = to_put.filter(|(_, places)| !places.is_empty()).collect();
        let total = to_put.len() as u32;
        for (done, (id, places)) in to_put.into_iter().enumerate() {
            let Some(bytes) = shared.replica.sealed_pack(id, ambient) else { continue };
            for place in places {
                folder.put(&place, bytes.clone()).await.map_err(Met::Folder)?;
            }
            let frames = shared.replica.pack(id).map_or(0, frames_of);
            let mut batch = Batch::new();
            rows::put_put(&mut batch, &self.sealing.shared, ambient, shared.replica.scope(), id, frames);
            commit(store, batch).await?;
            shared.put.insert(id, frames);
            synced.sent += 1;
            if done % KEEP_EVERY == KEEP_EVERY - 1 {
                progress(done as u32, total);
            }
        }
        Ok(())
    }

    /// Says what this device has, where that is not what it said last.
    async fn say(
        &mut self,
        shared: &mut SharedScope,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        folder: &mut impl Folder,
        Found { names, there, .. }: &Found<'_>,
    ) -> Result<(), Met> {
        let device = shared.replica.device();
        let path = format!("{}/{}", names.device(device), names.index(device));
        let have = shared.replica.have();
        let said = shared.said.as_ref().is_some_and(|(_, said)| *said == have);
        if said && there.contains(&path) {
            return Ok(());
        }
        let Some(epoch) = shared.replica.epoch_key().cloned() else { return Ok(()) };
        let generation = shared.said.as_ref().map_or(0, |(generation, _)| *generation) + 1;
        // The number is spent before anyone sees it: after a cut, none is used twice.
        let mut batch = Batch::new();
        rows::put_said(&mut batch, &self.sealing.shared, ambient, generation, &have);
        commit(store, batch).await?;
        // Where it listens now says nothing about when the others will read this.
        let address = Address { endpoint: shared.replica.secret().endpoint(), places: Vec::new() };
        let index = Index { device, generation, have: have.clone(), address: Some(address) };
        let bytes = index.seal(shared.replica.secret(), &epoch, ambient);
        folder.put(&path, bytes).await.map_err(Met::Folder)?;
        shared.said = Some((generation, have));
        Ok(())
    }
}

/// Looks into a scope's part of a folder.
async fn find<'a>(
    shared: &SharedScope,
    folder: &mut impl Folder,
    synced: &'a mut Synced,
    progress: &'a mut dyn FnMut(u32, u32),
) -> Result<Option<Found<'a>>, FolderError> {
    let Some(first) = shared.replica.first_key() else { return Ok(None) };
    let names = Names::of(shared.replica.scope(), first);
    let there = folder.list(&names.scope()).await?;
    Ok(Some(Found { names, there, synced, progress }))
}

/// Which of the two failed.
enum Met {
    Folder(FolderError),
    Store(Failure),
}

async fn commit(store: &mut impl Store, batch: Batch) -> Result<(), Met> {
    match batch.writes.is_empty() {
        true => Ok(()),
        false => store.commit(batch).await.map_err(|error| Met::Store(failure_of_store(error))),
    }
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Where nobody writes any more: the places of devices that left. Whoever administers writes there what is to be erased.
fn orphaned_places(shared: &SharedScope, names: &Names) -> Vec<String> {
    let members = shared.replica.members();
    match members.admin == shared.replica.device() {
        true => {
            let left = members.all.iter().filter(|(_, member)| member.left.is_some());
            left.map(|(device, _)| names.device(*device)).collect()
        }
        false => Vec::new(),
    }
}

/// Whether something of a pack was erased.
fn lacks_frames(pack: &Pack) -> bool {
    pack.rows().any(|(_, frame)| frame.is_none())
}

/// How many of a pack's frames were not erased.
fn frames_of(pack: &Pack) -> u32 {
    pack.rows().filter(|(_, frame)| frame.is_some()).count() as u32
}

/// What everything that is known is called in a folder.
fn known_names(shared: &SharedScope, names: &Names) -> BTreeSet<String> {
    let packs = shared.replica.packs().map(|pack| names.pack(pack.id()));
    let records = shared.replica.records().map(|record| names.record(record.id()));
    packs.chain(records).collect()
}
