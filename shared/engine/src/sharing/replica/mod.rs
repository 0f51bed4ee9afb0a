//! One device's whole of a scope, in memory: what it knows, what of it holds, what it wrote itself.
//!
//! It takes in whatever comes, in any order and as often as it likes, keeps what it cannot read or does not believe with the
//! reason, and says what the journal may merge. It does no I/O: whoever holds it keeps what [`Replica::take_record`] and
//! the others gave as new.

mod send;
mod take;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::domain::ids::DocId;

use super::accept::{Doubt, Standing, below, in_order_of, judge};
use super::epoch::{EpochKey, Use};
use super::exchange::Have;
use super::identity::{DeviceId, DeviceSecret, RecoveryCard, RecoverySecret};
use super::membership::{Body, Members, Newcomer, Record, RecordId, ScopeId, Tree};
use super::pack::{Pack, PackId};
use crate::ambient::{Ambient, random_array};
use crate::vault::seal::KeyId;

/// Why something was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotWrite {
    /// This device is of the scope no more.
    NotAMember,
    /// Only the device that administers may.
    NotTheAdministrator,
    /// Nothing is written in the scope any more.
    Closed,
    /// Who is named is no member, or already one.
    Who,
    /// The key of the epoch has not come.
    NoKey,
    /// These are not the words that the scope was made with.
    WrongWords,
    /// Another log of this very device is known: it was copied, and becomes a new device before it writes.
    Copied,
}

/// What came of sealed bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Something new, kept.
    New,
    /// It was known.
    Known,
    /// It is kept, and cannot be read yet: its epoch's key, or whoever signed it, is not known.
    Unread,
    /// It is damaged, or lies about who signed it: it is not kept, and whoever gave it is told.
    Refused,
    /// It is of a newer version: kept.
    TooNew,
}

/// A scope's nonce, and the key that the words give under it: drawn while the words were typed, used later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The nonce.
    pub nonce: [u8; 16],
    /// What a scope of that nonce says of the words.
    pub recovery: RecoveryCard,
}

impl Prepared {
    /// For a scope that is to be.
    pub fn of(words: &[u8], ambient: &mut impl Ambient) -> Prepared {
        let nonce: [u8; 16] = random_array(ambient);
        Prepared { nonce, recovery: RecoverySecret::of(words, &nonce).card() }
    }
}

/// What of a scope is kept between two openings.
pub struct Kept {
    /// The records, the first among them.
    pub records: Vec<Record>,
    /// The epochs' keys that were found: a device of another name, after a restore, still reads what it has.
    pub keys: Vec<EpochKey>,
    /// The packs, and whether the journal has each.
    pub packs: Vec<(Pack, bool)>,
    /// What could not be read, as it came.
    pub unread: Vec<Vec<u8>>,
}

/// One device's whole of a scope.
#[derive(Clone)]
pub struct Replica {
    secret: DeviceSecret,
    tree: Tree,
    keys: BTreeMap<KeyId, EpochKey>,
    packs: BTreeMap<PackId, Pack>,
    /// As they came: under keys, or by devices, that are not known yet.
    unread: BTreeSet<Vec<u8>>,
    /// What the journal has.
    merged: BTreeSet<PackId>,
    /// What the journal has and this device's own packs do not rest on yet.
    unsaid: BTreeSet<PackId>,
    /// One's own last pack.
    last: PackId,
    /// What packs rest on and is not known.
    wanted: BTreeSet<PackId>,
    /// Every number of which a pack is known.
    numbers: BTreeSet<(DeviceId, u64)>,
    /// The devices that signed two packs of one number.
    forked: BTreeSet<DeviceId>,
    standing: Standing,
}

impl Replica {
    /// A scope that begins here.
    pub fn create(
        secret: DeviceSecret,
        kind: u64,
        prepared: Prepared,
        name: &str,
        ambient: &mut impl Ambient,
    ) -> Replica {
        let Prepared { nonce, recovery } = prepared;
        let epoch = EpochKey::random(ambient);
        let first = Newcomer { card: secret.card(), name: name.to_owned(), until: String::new() };
        let wrap = epoch.wrap(&nonce, &first.card, ambient);
        let body = Body::Create { nonce, kind, recovery, first, epoch: epoch.id(), wrap };
        let record = Record::first(&secret, body);
        Replica::join(secret, [record]).unwrap_or_else(|| unreachable!("a scope that was just made"))
    }

    /// A scope that another made: its records, the first among them.
    pub fn join(secret: DeviceSecret, records: impl IntoIterator<Item = Record>) -> Option<Replica> {
        let mut records: Vec<Record> = records.into_iter().collect();
        records.sort_by_key(|record| record.number);
        let mut records = records.into_iter();
        let mut tree = Tree::begin(records.next()?)?;
        for record in records {
            tree.take(record);
        }
        let standing = judge(&tree, &BTreeMap::new());
        let mut replica = Replica {
            secret,
            tree,
            keys: BTreeMap::new(),
            packs: BTreeMap::new(),
            unread: BTreeSet::new(),
            merged: BTreeSet::new(),
            unsaid: BTreeSet::new(),
            last: PackId::NONE,
            wanted: BTreeSet::new(),
            numbers: BTreeSet::new(),
            forked: BTreeSet::new(),
            standing,
        };
        replica.find_keys();
        Some(replica)
    }

    /// A scope as it was kept; nothing where its records make none.
    pub fn restore(secret: DeviceSecret, kept: Kept) -> Option<Replica> {
        let mut replica = Replica::join(secret, kept.records)?;
        replica.keys.extend(kept.keys.into_iter().map(|key| (key.id(), key)));
        replica.find_keys();
        let mut packs = kept.packs;
        packs.sort_by_key(|(pack, _)| (pack.table.number, pack.id()));
        let device = replica.device();
        for (pack, merged) in packs {
            let id = pack.id();
            if merged {
                replica.merged.insert(id);
            }
            if pack.table.device == device {
                replica.last = id;
            }
            replica.keep(pack);
        }
        // What this device's packs rest on, they have said.
        let mut said = BTreeSet::new();
        let mut at: Vec<PackId> = replica.packs.get(&replica.last).map(|_| replica.last).into_iter().collect();
        while let Some(id) = at.pop() {
            if let Some(pack) = replica.packs.get(&id).filter(|_| said.insert(id)) {
                at.extend(below(pack));
            }
        }
        replica.unsaid = replica.merged.difference(&said).copied().collect();
        replica.unread = kept.unread.into_iter().collect();
        replica.wanted.retain(|id| !replica.packs.contains_key(id));
        replica.judge_again();
        Some(replica)
    }

    /// The records that are known.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.tree.records()
    }

    /// The epochs' keys that are known.
    pub fn keys(&self) -> impl Iterator<Item = &EpochKey> {
        self.keys.values()
    }

    /// The packs that are known.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.packs.values()
    }

    /// This device's secret.
    pub fn secret(&self) -> &DeviceSecret {
        &self.secret
    }

    /// The key of the scope's first epoch, from which names in folders are drawn.
    pub fn first_key(&self) -> Option<&EpochKey> {
        let root = self.standing.line.records.first()?;
        self.keys.get(&self.tree.members(*root)?.epoch)
    }

    /// The key under which a device said in a folder what it has.
    pub fn indexes_key(&self, id: KeyId) -> Option<&EpochKey> {
        self.keys.values().find(|key| key.derive(Use::Indexes).id() == id)
    }

    /// Whether a device says that it wrote more than is known here.
    pub fn lacks(&self, have: &Have, device: DeviceId) -> bool {
        let known = self.numbers.range((device, 0)..=(device, u64::MAX)).next_back().map_or(0, |(_, number)| *number);
        have.ends.iter().any(|end| end.device == device && end.number > known)
    }

    /// The key under which a frame brings its document's key.
    pub fn documents_key(&self, id: KeyId) -> Option<&EpochKey> {
        self.keys.values().find(|key| key.derive(Use::Documents).id() == id)
    }

    /// Takes away what any pack brings of a document: those that changed.
    pub fn erase(&mut self, document: DocId) -> Vec<PackId> {
        let packs = self.packs.iter_mut();
        packs.filter_map(|(id, pack)| pack.erase(document).then_some(*id)).collect()
    }

    /// This device.
    pub fn device(&self) -> DeviceId {
        self.secret.card().id()
    }

    /// The scope.
    pub fn scope(&self) -> ScopeId {
        self.tree.scope()
    }

    /// Who is of the scope, as far as is known here.
    pub fn members(&self) -> &Members {
        let head = self.standing.line.records.last();
        head.and_then(|head| self.tree.members(*head)).unwrap_or_else(|| unreachable!("a line is of the tree"))
    }

    /// Who was of it after a record.
    pub fn members_at(&self, record: RecordId) -> Option<&Members> {
        self.tree.members(record)
    }

    /// The key of the epoch that goes on, where this device has it.
    pub fn epoch_key(&self) -> Option<&EpochKey> {
        self.keys.get(&self.members().epoch)
    }

    /// What holds and what does not, as far as is known here.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Whether what holds is what is found when everything is judged again: what comes alone is not, where it can change
    /// nothing for the rest.
    pub fn verify(&self) -> bool {
        judge(&self.tree, &self.packs) == self.standing
    }

    /// A pack that is known here.
    pub fn pack(&self, id: PackId) -> Option<&Pack> {
        self.packs.get(&id)
    }

    /// What came and could not be read.
    pub fn unread(&self) -> impl Iterator<Item = &[u8]> {
        self.unread.iter().map(Vec::as_slice)
    }

    /// Whether the journal has a pack.
    pub fn has_merged(&self, id: PackId) -> bool {
        self.merged.contains(&id)
    }

    /// The packs that hold and that the journal has not had, each after what it rests on. It has them from now on.
    pub fn to_merge(&mut self) -> Vec<PackId> {
        let new: BTreeSet<PackId> = self.standing.holds.difference(&self.merged).copied().collect();
        self.merged.extend(&new);
        self.unsaid.extend(&new);
        in_order_of(&self.packs, &new)
    }

    /// Every record, for whoever is let in: what pairing carries.
    pub fn all_records(&self) -> Vec<Record> {
        let mut records: Vec<Record> = self.tree.records().cloned().collect();
        records.sort_by_key(|record| (record.number, record.id()));
        records
    }

    /// Everything that is in doubt, and why.
    pub fn doubts(&self) -> &BTreeMap<PackId, Doubt> {
        &self.standing.doubts
    }
}

fn record_about(scope: ScopeId) -> Vec<u8> {
    [b"record".as_slice(), &scope.0].concat()
}
