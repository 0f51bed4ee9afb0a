//! One device's whole of a scope, in memory: what it knows, what of it holds, what it wrote itself.
//!
//! It takes in whatever comes, in any order and as often as it likes, keeps what it cannot read or does not believe with the
//! reason, and says what the journal may merge. It does no I/O: whoever holds it keeps what [`Replica::take_record`] and
//! the others gave as new.

mod send;
mod take;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use super::accept::{Doubt, Standing, in_order_of, judge};
use super::epoch::EpochKey;
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
    pub fn create(secret: DeviceSecret, kind: u64, words: &[u8], name: &str, ambient: &mut impl Ambient) -> Replica {
        let nonce: [u8; 16] = random_array(ambient);
        let epoch = EpochKey::random(ambient);
        let first = Newcomer { card: secret.card(), name: name.to_owned(), until: String::new() };
        let wrap = epoch.wrap(&nonce, &first.card, ambient);
        let recovery: RecoveryCard = RecoverySecret::of(words, &nonce).card();
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
