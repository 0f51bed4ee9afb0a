//! What a device sends to others: what they have not, sealed as it was written.

use std::collections::{BTreeMap, BTreeSet};

use super::super::accept::in_order_of;
use super::super::epoch::{EpochKey, Use};
use super::super::exchange::{End, Have, Prefix, prefix};
use super::super::identity::DeviceId;
use super::super::membership::{Record, RecordId};
use super::super::pack::{Pack, PackId};
use super::{Replica, record_about};
use crate::ambient::{Ambient, random_array};
use crate::vault::seal::seal;

impl Replica {
    /// What is known here, for another to compare.
    pub fn have(&self) -> Have {
        let followed: BTreeSet<RecordId> = self.tree.records().map(|record| record.previous).collect();
        let ends = self.tree.records().map(|record| record.id()).filter(|id| !followed.contains(id));
        let mut records: Vec<Prefix> = ends.map(|id| prefix(&id.0)).collect();
        records.sort_unstable();
        // A log that has a gap is said as far as it has none: what is after it comes again with what is missing.
        let whole: BTreeSet<PackId> = self.whole_logs();
        let followed: BTreeSet<PackId> = whole.iter().map(|id| self.packs[id].table.previous).collect();
        let last = whole.difference(&followed).map(|id| (id, &self.packs[id].table));
        let mut ends: Vec<End> = last.map(|(id, table)| End::of(table.device, table.number, *id)).collect();
        ends.sort_unstable();
        Have { scope: self.scope(), records, ends }
    }

    /// The packs before which none of the same device is missing.
    fn whole_logs(&self) -> BTreeSet<PackId> {
        let mut by_number: Vec<(u64, PackId)> = self.packs.iter().map(|(id, pack)| (pack.table.number, *id)).collect();
        by_number.sort_unstable();
        let mut whole = BTreeSet::from([PackId::NONE]);
        for (_, id) in by_number {
            if whole.contains(&self.packs[&id].table.previous) {
                whole.insert(id);
            }
        }
        whole.remove(&PackId::NONE);
        whole
    }

    /// The records that another does not have, the earlier ones first.
    pub fn records_for(&self, have: &Have) -> Vec<&Record> {
        let told: BTreeSet<Prefix> = have.records.iter().copied().collect();
        let mut known: BTreeSet<RecordId> = BTreeSet::new();
        for record in self.tree.records().filter(|record| told.contains(&prefix(&record.id().0))) {
            let mut at = record.id();
            while let Some(record) = self.tree.record(at).filter(|_| known.insert(at)) {
                at = record.previous;
            }
        }
        let mut records: Vec<&Record> = self.tree.records().filter(|record| !known.contains(&record.id())).collect();
        records.sort_by_key(|record| (record.number, record.id()));
        records
    }

    /// The packs that another does not have, each after those it rests on.
    pub fn packs_for(&self, have: &Have) -> Vec<PackId> {
        let here: BTreeMap<(DeviceId, Prefix), PackId> =
            self.packs.iter().map(|(id, pack)| ((pack.table.device, prefix(&id.0)), *id)).collect();
        let mut numbers: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for pack in self.packs.values() {
            let number = numbers.entry(pack.table.device).or_default();
            *number = pack.table.number.max(*number);
        }
        let (mut known, mut ahead) = (BTreeSet::new(), BTreeSet::new());
        for end in &have.ends {
            match here.get(&(end.device, end.pack)) {
                // They have that, and all of that log before it.
                Some(id) => {
                    let mut at = *id;
                    while let Some(pack) = self.packs.get(&at).filter(|_| known.insert(at)) {
                        at = pack.table.previous;
                    }
                }
                // They are further than what is known here: it is for them to send. Where they are not, it is another
                // branch of a log that was forked: all of it is sent, and both sides know of both.
                None if numbers.get(&end.device).is_none_or(|number| *number < end.number) => {
                    ahead.insert(end.device);
                }
                None => {}
            }
        }
        let sent = |id: &&PackId| !known.contains(*id) && !ahead.contains(&self.packs[*id].table.device);
        in_order_of(&self.packs, &self.packs.keys().filter(sent).copied().collect())
    }

    /// A pack as it travels: under the key of the epoch in which its author wrote it; of a line that holds no longer,
    /// under the last key of the one that does, for those who were of that one only.
    pub fn sealed_pack(&self, id: PackId, ambient: &mut impl Ambient) -> Option<Vec<u8>> {
        let pack = self.packs.get(&id)?;
        Some(pack.seal(self.key_as_of(pack.table.record)?, ambient))
    }

    /// The key of the epoch after a record of the line that holds; of any other record, the last key of that line that
    /// is known here: whoever the other line removed must be able to read of it.
    fn key_as_of(&self, record: RecordId) -> Option<&EpochKey> {
        let line = &self.standing.line.records;
        let key_at = |record: &RecordId| self.keys.get(&self.tree.members(*record)?.epoch);
        let on_the_line = line.iter().find(|of_the_line| **of_the_line == record);
        on_the_line.and_then(key_at).or_else(|| line.iter().rev().find_map(key_at))
    }

    /// Any pack, under the newest key that this device has: what a device that went astray could send.
    pub fn seal_as_known(&self, pack: &Pack, ambient: &mut impl Ambient) -> Option<Vec<u8>> {
        let epoch = self.tree.members(pack.table.record).map(|members| members.epoch);
        let key = epoch.and_then(|epoch| self.keys.get(&epoch)).or(self.keys.values().next())?;
        Some(pack.seal(key, ambient))
    }

    /// A record as it travels: under the key of the epoch before it, so that whoever it removes learns of it.
    pub fn sealed_record(&self, id: RecordId, ambient: &mut impl Ambient) -> Option<Vec<u8>> {
        let record = self.tree.record(id)?;
        let before = if record.number == 0 { record.id() } else { record.previous };
        let key = self.key_as_of(before)?;
        Some(seal(&key.derive(Use::Records), &record_about(self.scope()), random_array(ambient), record.as_bytes()))
    }
}
