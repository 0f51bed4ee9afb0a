//! What a notebook shares: this device's name and secret, the scopes it is of, and what travels of its documents.
//!
//! ```text
//! rows ──── what is kept of it, sealed
//! publish ─ what was written here since, as packs
//! absorb ── what packs bring, into documents
//! exchanges ─ how far all of it is, and what was set aside
//! folder ── meeting other devices in a folder
//! parcels ─ what another device lacks, and what came of what it sent
//! lines ─── the same, said to each other at once
//! neighbours ─ what is shared with a neighbouring coordinator, and how one comes to share it
//! introductions ─ one's newer devices, let into what is shared with others
//! groups ── what several coordinators keep in common, who of them is asked, comes and goes
//! succession ─ administering a group whose list nobody keeps any more, with another's agreement
//! take_over ─ with the twenty-four words, when the device that adds and removes is lost
//! ```
//!
//! A document is in the scope that its header says, from its birth on. The first of a document's frames brings its header
//! and its key; the others bring what was written since. Nothing here is loaded before something is shared, or asked.

mod absorb;
mod exchanges;
mod folder;
mod groups;
mod introductions;
mod lines;
mod neighbours;
mod parcels;
mod publish;
mod rows;
mod succession;
mod take_over;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use maillon_shared::api::Failure;
use maillon_shared::api::errors::NotShared;
use maillon_shared::domain::ids::{DocId, GroupId, NeighbourId};
use maillon_shared::domain::time::Instant;

use super::Notebook;
use crate::ambient::Ambient;
use crate::failures::failure_of_store;
use crate::journal::document::Heads;
use crate::journal::{Header, Scope};
use crate::sharing::address::{Address, EndpointKey};
use crate::sharing::exchange::Have;
use crate::sharing::membership::GROUPS;
use crate::sharing::replica::{CannotWrite, Prepared};
use crate::sharing::{DeviceId, DeviceSecret, Members, PackId, RecordId, Replica, ScopeId};
use crate::store::{Batch, Store};
use crate::vault::{KeyId, Keyring, Label, NotebookKey, Words};

pub use absorb::Absorbed;
pub use exchanges::{Apart, News};
pub use folder::Synced;
pub use introductions::INTRODUCE;
pub use lines::{Exchange, Heard};
pub use parcels::{Received, Sender};
pub use publish::Published;
pub(super) use rows::become_another;
pub use succession::SUCCESSION;

/// The act by which a device takes the settings of those that let it in.
pub const JOIN_DEVICES: &str = "join_devices";
/// The act by which the others are told what was erased here.
pub const TELL_ERASURES: &str = "tell_erasures";

/// So many scopes can be made before the words must be typed again.
const PREPARED: usize = 64;

/// This device, as others know it. Without a name it is one that was restored: nobody knows it yet.
pub struct Identity {
    /// What only it knows.
    pub secret: DeviceSecret,
    /// What its owner calls it.
    pub name: String,
}

impl Identity {
    /// Where it can be reached, at the places where it listens now.
    pub fn address(&self, places: &[String]) -> Address {
        Address { endpoint: self.secret.endpoint(), places: places.to_vec() }
    }
}

/// What is shared.
#[derive(Default)]
pub struct Sharing {
    identity: Option<Identity>,
    /// Where the folder is in which one's own devices meet.
    folder: Option<String>,
    prepared: Vec<Prepared>,
    scopes: BTreeMap<ScopeId, SharedScope>,
    /// How far each document has been told, or came.
    told: HashMap<DocId, Heads>,
    /// What other devices said that they have.
    had: BTreeMap<(DeviceId, ScopeId), Have>,
    /// Where other devices can be reached at once.
    addresses: BTreeMap<DeviceId, Address>,
    /// When something last came from each, by this device's clock.
    met: BTreeMap<DeviceId, Instant>,
    /// The documents in which two people wrote at once.
    two_versions: BTreeSet<DocId>,
}

/// One scope.
pub struct SharedScope {
    /// What is known of it.
    pub replica: Replica,
    kept: Shadow,
    /// The acts before this number were told.
    told_acts: u64,
    /// What each device said last in the folder: the number of its index.
    heard: BTreeMap<DeviceId, u64>,
    /// How many frames of each pack this device put there.
    put: HashMap<PackId, u32>,
    /// What this device said last there.
    said: Option<(u64, Have)>,
    /// How this coordinator is called in it, where others are too.
    side: String,
    /// Where the folder is in which its members meet, where it has one of its own.
    folder: Option<String>,
    /// The packs of others at which nobody looked yet.
    news: BTreeSet<PackId>,
    /// What of what was set aside someone dealt with.
    dealt: BTreeSet<Vec<u8>>,
}

impl SharedScope {
    fn new(replica: Replica) -> Self {
        SharedScope {
            replica,
            kept: Shadow::default(),
            told_acts: 0,
            heard: BTreeMap::new(),
            put: HashMap::new(),
            said: None,
            side: String::new(),
            folder: None,
            news: BTreeSet::new(),
            dealt: BTreeSet::new(),
        }
    }
}

/// What of a scope is in rows already.
#[derive(Default)]
struct Shadow {
    records: BTreeSet<RecordId>,
    keys: BTreeSet<KeyId>,
    packs: BTreeSet<PackId>,
    merged: BTreeSet<PackId>,
    unread: BTreeSet<[u8; 32]>,
}

fn failure_of_writing(error: CannotWrite) -> Failure {
    Failure::NotShared(match error {
        CannotWrite::NotAMember | CannotWrite::Closed | CannotWrite::NoKey => NotShared::NotAMember,
        CannotWrite::NotTheAdministrator => NotShared::NotTheAdministrator,
        CannotWrite::Who => NotShared::Who,
        CannotWrite::WrongWords => return Failure::WrongWords,
        CannotWrite::Copied => NotShared::Copied,
    })
}

/// The number that a scope's first record says of what it is for. Written for ever.
fn number_of(scope: &Scope) -> Option<u64> {
    match scope {
        Scope::Mine => Some(1),
        Scope::Notebook => Some(2),
        Scope::Register => Some(3),
        Scope::Directory => Some(4),
        Scope::Neighbour(_) => Some(NEIGHBOURS),
        Scope::Group(_) => Some(GROUPS),
        Scope::Unknown(_) => None,
    }
}

/// The number of what is shared with a neighbouring coordinator.
const NEIGHBOURS: u64 = 5;

/// The scopes that all of one coordinator's devices are of.
pub const OWN_SCOPES: [Scope; 4] = [Scope::Mine, Scope::Notebook, Scope::Register, Scope::Directory];

/// The one of one's own that a number says.
fn own_scope(kind: u64) -> Option<Scope> {
    OWN_SCOPES.into_iter().find(|scope| number_of(scope) == Some(kind))
}

impl SharedScope {
    /// What it is for; nothing where a newer version made it.
    pub fn what(&self) -> Option<Scope> {
        let members = self.replica.members();
        match members.kind {
            NEIGHBOURS => Some(Scope::Neighbour(NeighbourId(members.scope.0))),
            GROUPS => Some(Scope::Group(GroupId(members.scope.0))),
            kind => own_scope(kind),
        }
    }

    /// Whether one's own devices alone are of it.
    pub fn is_own(&self) -> bool {
        own_scope(self.replica.members().kind).is_some()
    }

    /// Whether it is met in the folder of one's own devices, or in that of a group. What is shared with a neighbour names people,
    /// and no folder is for that yet: lines and files are.
    fn meets_with(&self, group: Option<GroupId>) -> bool {
        match group {
            None => self.is_own(),
            Some(_) => self.group() == group,
        }
    }

    /// Whether a document is of it.
    fn holds(&self, header: &Header) -> bool {
        self.what().as_ref() == Some(&header.scope)
    }

    /// Whether this device may write in it.
    fn is_open(&self) -> bool {
        let members = self.replica.members();
        members.is_member(self.replica.device()) && !members.closed
    }
}

impl Sharing {
    /// This device, once it has a name.
    pub fn this(&self) -> Result<&Identity, Failure> {
        let named = self.identity.as_ref().filter(|identity| !identity.name.is_empty());
        named.ok_or(Failure::NotShared(NotShared::NoName))
    }

    /// The scopes.
    pub fn scopes(&self) -> impl Iterator<Item = &SharedScope> {
        self.scopes.values()
    }

    /// Where the folder is in which one's own devices meet, or those of a group.
    pub fn folder_of(&self, group: Option<GroupId>) -> Option<&str> {
        match group {
            None => self.folder.as_deref(),
            Some(id) => self.group(id)?.folder.as_deref(),
        }
    }

    /// The scopes that one's own devices alone are of.
    pub fn own_scopes(&self) -> impl Iterator<Item = &SharedScope> {
        self.scopes.values().filter(|shared| shared.is_own())
    }

    /// The scope for what, if it is shared.
    pub fn scope_for(&self, scope: &Scope) -> Option<&SharedScope> {
        self.scopes.values().find(|shared| shared.what().as_ref() == Some(scope))
    }

    /// Whether one's own scopes can be made without the words.
    pub fn is_prepared(&self) -> bool {
        self.prepared.len() >= OWN_SCOPES.len()
    }

    /// Whether something can be shared with one neighbour more without the words.
    pub fn is_prepared_for_a_neighbour(&self) -> bool {
        !self.prepared.is_empty()
    }

    /// What another device said that it has of a scope.
    pub fn had(&self, device: DeviceId, scope: ScopeId) -> Option<&Have> {
        self.had.get(&(device, scope))
    }

    /// The devices that are of a scope now and said where they can be reached.
    pub fn reachable(&self) -> impl Iterator<Item = (DeviceId, &Address)> {
        let is_member = |device: &DeviceId| self.members_with(*device).is_some();
        let own = self.identity.as_ref().map(|identity| identity.secret.card().id());
        let others = self.addresses.iter().filter(move |(device, _)| Some(**device) != own && is_member(device));
        others.map(|(device, address)| (*device, address))
    }

    /// Whose device answers by a key.
    pub fn device_at(&self, endpoint: EndpointKey) -> Option<DeviceId> {
        self.reachable().find(|(_, address)| address.endpoint == endpoint).map(|(device, _)| device)
    }

    /// Grows with what there is to tell others.
    pub fn packs(&self) -> u64 {
        self.scopes.values().map(|shared| shared.replica.packs().count() as u64).sum()
    }

    /// Takes away what packs bring of documents, and writes those packs again under other keys.
    pub(super) fn erase(
        &mut self,
        batch: &mut Batch,
        keyring: &Keyring,
        ambient: &mut impl Ambient,
        ids: &BTreeSet<DocId>,
    ) {
        for shared in self.scopes.values_mut() {
            let touched: BTreeSet<PackId> = ids.iter().flat_map(|id| shared.replica.erase(*id)).collect();
            for pack in touched.into_iter().filter_map(|id| shared.replica.pack(id)) {
                rows::put_pack(batch, keyring, ambient, shared.replica.scope(), pack);
            }
        }
        for id in ids.iter().filter(|id| self.told.remove(id).is_some()) {
            rows::forget_told(batch, *id);
        }
    }

    /// Whether a device is of one of the scopes, whose members they are there.
    fn members_with(&self, device: DeviceId) -> Option<&Members> {
        self.scopes.values().map(|shared| shared.replica.members()).find(|members| members.is_member(device))
    }
}

impl Notebook {
    /// What is shared.
    pub async fn sharing(&mut self, store: &impl Store) -> Result<&mut Sharing, Failure> {
        if self.shared.is_none() {
            self.shared = Some(rows::load(&self.sealing.shared, &self.keyring, store).await?);
        }
        Ok(self.shared.get_or_insert_default())
    }

    /// What is shared, taken out to be changed with the documents; it is put back once what changed is on disk, and loaded
    /// again otherwise.
    async fn take_sharing(&mut self, store: &impl Store) -> Result<Sharing, Failure> {
        self.sharing(store).await?;
        Ok(self.shared.take().unwrap_or_default())
    }

    /// Adds the row of what the words give, as they were just typed or drawn, for scopes that are to be made.
    pub fn prepare_for_sharing(batch: &mut Batch, key: &NotebookKey, words: &Words, ambient: &mut impl Ambient) {
        let prepared: Vec<Prepared> = (0..PREPARED).map(|_| Prepared::of(words.entropy(), ambient)).collect();
        rows::put_prepared(batch, &key.derive(Label::Shared), ambient, &prepared);
    }

    /// Keeps what the words give for scopes that are to be made.
    pub async fn prepare_sharing(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        words: &Words,
    ) -> Result<(), Failure> {
        let mut batch = Batch::new();
        Notebook::prepare_for_sharing(&mut batch, &self.key, words, ambient);
        store.commit(batch).await.map_err(failure_of_store)?;
        self.shared = None;
        Ok(())
    }

    /// What this device signs with, drawn now where it has no keys yet; it may have no name.
    pub async fn signing_secret(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
    ) -> Result<DeviceSecret, Failure> {
        if self.sharing(store).await?.identity.is_none() {
            self.name_device(store, ambient, "").await?;
        }
        let identity = self.sharing(store).await?.identity.as_ref();
        Ok(identity.ok_or(Failure::NotShared(NotShared::NoName))?.secret.clone())
    }

    /// Gives this device its name, and its keys where it has none.
    pub async fn name_device(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        name: &str,
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let secret = match sharing.identity.take() {
            Some(identity) => identity.secret,
            None => DeviceSecret::random(ambient),
        };
        let identity = Identity { secret, name: name.to_owned() };
        let mut batch = Batch::new();
        rows::put_identity(&mut batch, &self.sealing.shared, ambient, &identity);
        store.commit(batch).await.map_err(failure_of_store)?;
        // Scopes that were kept from before a restore are read again, by the new device.
        self.shared = None;
        Ok(())
    }

    /// Remembers where one's own devices meet, or those of a group; or that they meet nowhere.
    pub async fn set_folder(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        group: Option<GroupId>,
        place: Option<&str>,
    ) -> Result<(), Failure> {
        let mut sharing = self.take_sharing(store).await?;
        let mut batch = Batch::new();
        // A place of what nobody knows would be a row of nothing.
        let scope = match group {
            Some(id) => Some(sharing.group(id).ok_or(Failure::NotFound)?.replica.scope()),
            None => None,
        };
        rows::put_folder(&mut batch, &self.sealing.shared, ambient, scope, place);
        for (id, shared) in sharing.scopes.iter_mut().filter(|(_, shared)| shared.meets_with(group)) {
            rows::forget_folder(&mut batch, *id);
            (shared.heard, shared.put, shared.said) = Default::default();
        }
        store.commit(batch).await.map_err(failure_of_store)?;
        match scope.and_then(|scope| sharing.scopes.get_mut(&scope)) {
            Some(shared) => shared.folder = place.map(str::to_owned),
            None => sharing.folder = place.map(str::to_owned),
        }
        self.shared = Some(sharing);
        Ok(())
    }

    /// Whether this device talks to the others on the networks it is on.
    pub async fn talks(&self, store: &impl Store) -> Result<bool, Failure> {
        rows::talks(&self.sealing.shared, store).await
    }

    /// Has this device talk to the others on the networks it is on, or keep silent there.
    pub async fn set_talks(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        talks: bool,
    ) -> Result<(), Failure> {
        let mut batch = Batch::new();
        rows::put_talks(&mut batch, &self.sealing.shared, ambient, talks);
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// Remembers where a device that is of a scope can be reached.
    fn put_address(
        &self,
        batch: &mut Batch,
        ambient: &mut impl Ambient,
        sharing: &mut Sharing,
        device: DeviceId,
        address: &Address,
    ) {
        let known = sharing.addresses.get(&device);
        // Whoever does not say where they are now may still be where they were.
        let silent = |known: &&Address| address.places.is_empty() && known.endpoint == address.endpoint;
        if known != Some(address) && known.filter(silent).is_none() {
            rows::put_address(batch, &self.sealing.shared, ambient, device, address);
            sharing.addresses.insert(device, address.clone());
        }
    }

    /// Makes the scopes of one's own devices, if there are none.
    async fn make_own_scopes(
        &self,
        sharing: &mut Sharing,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
    ) -> Result<(), Failure> {
        let missing: Vec<u64> =
            OWN_SCOPES.iter().filter(|scope| sharing.scope_for(scope).is_none()).filter_map(number_of).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let (secret, name) = sharing.this().map(|this| (this.secret.clone(), this.name.clone()))?;
        let mut batch = Batch::new();
        for kind in missing {
            let prepared = sharing.prepared.pop().ok_or(Failure::NotShared(NotShared::WordsNeeded))?;
            let replica = Replica::create(secret.clone(), kind, prepared, &name, ambient);
            let mut shared = SharedScope::new(replica);
            self.put_scope(&mut batch, ambient, &mut shared);
            sharing.scopes.insert(shared.replica.scope(), shared);
        }
        rows::put_prepared(&mut batch, &self.sealing.shared, ambient, &sharing.prepared);
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// Writes what of a scope is in no row yet. What it brings of documents that were erased here is taken away first.
    fn put_scope(&self, batch: &mut Batch, ambient: &mut impl Ambient, shared: &mut SharedScope) {
        let erased: BTreeSet<DocId> = shared
            .replica
            .packs()
            .filter(|pack| !shared.kept.packs.contains(&pack.id()))
            .flat_map(|pack| pack.rows())
            .filter(|(row, frame)| frame.is_some() && self.erased.contains(&row.document))
            .map(|(row, _)| row.document)
            .collect();
        for id in erased {
            shared.replica.erase(id);
        }
        rows::put_scope(batch, &self.sealing.shared, &self.keyring, ambient, shared);
    }
}
