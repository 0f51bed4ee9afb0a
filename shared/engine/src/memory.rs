//! A store in memory whose disk can fail: so that the engine is tried against every accident, thousands of times a
//! second, twice alike.
//!
//! It is a real store, small: a log of batches, each with its length and checksum, replayed at opening up to the first
//! that is not whole. Under it a [`Disk`] that behaves as disks do: what was written and not synced may, when the power
//! goes, be there, not there, or there in part, sector by sector and in no order. Never shipped.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::contract::{Chance, Reopen};
use crate::store::{Batch, Row, Store, StoreError, Table, Write};

const SECTOR: usize = 512;

/// A disk, shared by whoever opens it in turn. Clones are the same disk.
#[derive(Clone, Debug, Default)]
pub struct Disk(Rc<RefCell<Platter>>);

#[derive(Debug, Default)]
struct Platter {
    /// What a power cut cannot take.
    synced: Vec<u8>,
    /// What a program reads: the synced, and over it the writes not yet synced.
    seen: Vec<u8>,
    pending: Vec<Pending>,
    open: bool,
    dark: bool,
    /// How often the power came back: what was opened before is dead.
    boots: u64,
    steps: u64,
    plan: Plan,
}

#[derive(Debug)]
struct Pending {
    at: usize,
    bytes: Vec<u8>,
}

/// What goes wrong, and when. Steps are writes and syncs, counted since the disk was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The power goes at this step: the writes not yet synced end as chance has it.
    pub cut_at_step: Option<u64>,
    /// The system says "input/output error" at this step, once.
    pub fail_at_step: Option<u64>,
    /// The disk holds this many bytes and no more.
    pub full_after_bytes: Option<usize>,
    /// The folder cannot be written.
    pub read_only: bool,
    /// What decides which unsynced sectors survive.
    pub seed: u64,
}

impl Disk {
    /// An empty disk with nothing planned.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on this goes wrong.
    pub fn plan(&self, plan: Plan) {
        self.0.borrow_mut().plan = plan;
    }

    /// How many writes and syncs there have been.
    pub fn steps(&self) -> u64 {
        self.0.borrow().steps
    }

    /// Cuts the power now.
    pub fn cut(&self) {
        self.0.borrow_mut().cut();
    }

    /// Whether the power is gone.
    pub fn is_dark(&self) -> bool {
        self.0.borrow().dark
    }

    /// Gives the power back (or kills the program, where it was not cut), with nothing planned. What was opened before
    /// is dead.
    pub fn restore(&self) {
        let mut platter = self.0.borrow_mut();
        platter.dark = false;
        platter.open = false;
        platter.boots += 1;
        platter.plan = Plan::default();
    }

    /// Everything on it, as whoever finds the disk would read it.
    pub fn image(&self) -> Vec<u8> {
        self.0.borrow().seen.clone()
    }

    /// Changes one byte, as wear does.
    pub fn spoil(&self, at: usize, change: u8) {
        let mut platter = self.0.borrow_mut();
        platter.seen[at] ^= change;
        platter.synced[at] ^= change;
    }

    /// Another disk with the same content: the folder was copied.
    pub fn copied(&self) -> Disk {
        let platter = self.0.borrow();
        let copy = Platter { synced: platter.seen.clone(), seen: platter.seen.clone(), ..Platter::default() };
        Disk(Rc::new(RefCell::new(copy)))
    }
}

impl Platter {
    fn step(&mut self) -> Result<(), StoreError> {
        if self.dark {
            return Err(no_power());
        }
        self.steps += 1;
        if self.plan.cut_at_step == Some(self.steps) {
            self.cut();
            return Err(no_power());
        }
        if self.plan.fail_at_step == Some(self.steps) {
            return Err(StoreError::Io("input/output error".into()));
        }
        if self.plan.read_only {
            return Err(StoreError::ReadOnly);
        }
        Ok(())
    }

    fn write(&mut self, at: usize, bytes: &[u8]) -> Result<(), StoreError> {
        // Recorded first: a power cut at this very step may still leave the write, or part of it.
        if !self.dark && !self.plan.read_only && self.plan.full_after_bytes.is_none_or(|most| at + bytes.len() <= most)
        {
            self.pending.push(Pending { at, bytes: bytes.to_vec() });
        }
        self.step()?;
        if self.plan.full_after_bytes.is_some_and(|most| at + bytes.len() > most) {
            return Err(StoreError::Full);
        }
        overwrite(&mut self.seen, at, bytes);
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        self.step()?;
        self.synced.clone_from(&self.seen);
        self.pending.clear();
        Ok(())
    }

    /// Forgets what lies beyond, durably or not: a log's writer takes its last record back.
    fn truncate(&mut self, length: usize) {
        self.seen.truncate(length);
        self.synced.truncate(length);
        self.pending.retain(|write| write.at < length);
    }

    fn cut(&mut self) {
        let mut chance = Chance(self.plan.seed ^ self.steps);
        for Pending { at, bytes } in std::mem::take(&mut self.pending) {
            let mut done = 0;
            while done < bytes.len() {
                // Up to the end of the sector, as the disk cuts it.
                let end = (done + SECTOR - (at + done) % SECTOR).min(bytes.len());
                match chance.below(4) {
                    0 => {}
                    1 => {
                        let torn = done + chance.below((end - done) as u64) as usize;
                        overwrite(&mut self.synced, at + done, &bytes[done..torn]);
                    }
                    _ => overwrite(&mut self.synced, at + done, &bytes[done..end]),
                }
                done = end;
            }
        }
        self.seen.clone_from(&self.synced);
        self.dark = true;
    }
}

/// A hole reads as zeros.
fn overwrite(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    if content.len() < at + bytes.len() {
        content.resize(at + bytes.len(), 0);
    }
    content[at..at + bytes.len()].copy_from_slice(bytes);
}

fn no_power() -> StoreError {
    StoreError::Io("the power is gone".into())
}

impl Reopen for Disk {
    type Store = FaultyStore;

    async fn open(&mut self) -> Result<FaultyStore, StoreError> {
        FaultyStore::open(self)
    }
}

/// A store on a [`Disk`].
#[derive(Debug)]
pub struct FaultyStore {
    disk: Disk,
    rows: BTreeMap<(Table, Vec<u8>), Vec<u8>>,
    /// Where the log ends.
    end: usize,
    /// When it was opened: a power cut later, it never writes again.
    boot: u64,
}

impl FaultyStore {
    /// Opens what the disk holds; an empty disk is an empty store.
    pub fn open(disk: &Disk) -> Result<Self, StoreError> {
        let mut platter = disk.0.borrow_mut();
        if platter.dark {
            return Err(no_power());
        }
        if platter.open {
            return Err(StoreError::InUse);
        }
        let mut rows = BTreeMap::new();
        let mut end = 0;
        while let Some((batch, length)) = record(&platter.seen[end..]) {
            apply(&mut rows, batch);
            end += length;
        }
        platter.truncate(end);
        platter.open = true;
        Ok(FaultyStore { disk: disk.clone(), rows, end, boot: platter.boots })
    }

    fn append(&mut self, batch: &Batch) -> Result<usize, StoreError> {
        let record = sealed_record(batch);
        let mut platter = self.disk.0.borrow_mut();
        // Two writes and a sync: as many places where the power may go.
        let (first, second) = record.split_at(record.len() / 2);
        platter.write(self.end, first)?;
        platter.write(self.end + first.len(), second)?;
        platter.sync()?;
        Ok(self.end + record.len())
    }

    fn alive(&self) -> Result<(), StoreError> {
        if self.boot != self.disk.0.borrow().boots || self.disk.is_dark() { Err(no_power()) } else { Ok(()) }
    }
}

impl Drop for FaultyStore {
    fn drop(&mut self) {
        let mut platter = self.disk.0.borrow_mut();
        if self.boot == platter.boots {
            platter.open = false;
        }
    }
}

impl Store for FaultyStore {
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.alive()?;
        Ok(self.rows.get(&(table, key.to_vec())).cloned())
    }

    async fn scan(&self, table: Table, prefix: &[u8]) -> Result<Vec<Row>, StoreError> {
        self.alive()?;
        let from = self.rows.range((table, prefix.to_vec())..);
        let with_prefix = from.take_while(|((of, key), _)| *of == table && key.starts_with(prefix));
        Ok(with_prefix.map(|((_, key), value)| (key.clone(), value.clone())).collect())
    }

    async fn commit(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.alive()?;
        match self.append(&batch) {
            Ok(end) => {
                self.end = end;
                apply(&mut self.rows, batch);
                Ok(())
            }
            Err(error) => {
                if !self.disk.is_dark() {
                    self.disk.0.borrow_mut().truncate(self.end);
                }
                Err(error)
            }
        }
    }

    async fn purge(&mut self) -> Result<(), StoreError> {
        self.alive()?;
        let mut batch = Batch::new();
        for ((table, key), value) in &self.rows {
            batch.put(*table, key.clone(), value.clone());
        }
        let log = if batch.writes.is_empty() { Vec::new() } else { sealed_record(&batch) };
        let mut platter = self.disk.0.borrow_mut();
        // Written beside and renamed over: one step.
        platter.step()?;
        self.end = log.len();
        platter.pending.clear();
        platter.synced.clone_from(&log);
        platter.seen = log;
        Ok(())
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.alive()?;
        let platter = self.disk.0.borrow();
        let mut at = 0;
        while let Some((_, length)) = record(&platter.seen[at..]) {
            at += length;
        }
        if at == self.end { Ok(()) } else { Err(StoreError::Damaged(format!("the log is broken at byte {at}"))) }
    }

    async fn bytes(&self) -> Result<u64, StoreError> {
        Ok(self.end as u64)
    }
}

fn apply(rows: &mut BTreeMap<(Table, Vec<u8>), Vec<u8>>, batch: Batch) {
    for write in batch.writes {
        match write {
            Write::Put { table, key, value } => {
                rows.insert((table, key), value);
            }
            Write::Delete { table, key } => {
                rows.remove(&(table, key));
            }
            Write::DeletePrefix { table, prefix } => {
                rows.retain(|(of, key), _| *of != table || !key.starts_with(&prefix));
            }
        }
    }
}

/// `length 4 │ CRC-32 of the rest 4 │ write…`, each write `what 1 │ table 1 │ key length 4 │ key │ value length 4 │ value`.
fn sealed_record(batch: &Batch) -> Vec<u8> {
    let mut body = Vec::new();
    for write in &batch.writes {
        let (what, table, key, value): (u8, Table, &[u8], &[u8]) = match write {
            Write::Put { table, key, value } => (0, *table, key, value),
            Write::Delete { table, key } => (1, *table, key, &[]),
            Write::DeletePrefix { table, prefix } => (2, *table, prefix, &[]),
        };
        body.extend_from_slice(&[what, table as u8]);
        for part in [key, value] {
            body.extend_from_slice(&(part.len() as u32).to_be_bytes());
            body.extend_from_slice(part);
        }
    }
    let mut record = (body.len() as u32).to_be_bytes().to_vec();
    // Zeros are no record: the checksum of nothing is 0, so it is inverted.
    record.extend_from_slice(&(!crc32fast::hash(&body)).to_be_bytes());
    record.extend_from_slice(&body);
    record
}

/// The first record, if it is whole, and its length with its frame.
fn record(log: &[u8]) -> Option<(Batch, usize)> {
    let (length, rest) = log.split_first_chunk::<4>()?;
    let (sum, rest) = rest.split_first_chunk::<4>()?;
    let mut body = rest.get(..u32::from_be_bytes(*length) as usize)?;
    if u32::from_be_bytes(*sum) != !crc32fast::hash(body) {
        return None;
    }
    let length = 8 + body.len();
    let mut batch = Batch::new();
    while let Some(([what, table], rest)) = body.split_first_chunk::<2>() {
        body = rest;
        let table = *Table::ALL.get(usize::from(*table))?;
        let mut part = || {
            let (length, rest) = body.split_first_chunk::<4>()?;
            let (part, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
            body = rest;
            Some(part.to_vec())
        };
        let (key, value) = (part()?, part()?);
        batch.writes.push(match what {
            0 => Write::Put { table, key, value },
            1 => Write::Delete { table, key },
            2 => Write::DeletePrefix { table, prefix: key },
            _ => return None,
        });
    }
    Some((batch, length))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::contract::{self, Model, now};

    macro_rules! case {
        ($name:ident) => {
            #[test]
            fn $name() {
                now(contract::$name(&mut Disk::new()));
            }
        };
    }
    crate::store_contract!(case);

    /// A history cut at each of its steps in turn: after it, all that was acknowledged is there, and of the batch under
    /// way all or nothing.
    #[test]
    fn a_power_cut_at_any_step_loses_nothing_acknowledged() {
        let (mut whole, mut absent) = (0, 0);
        for seed in 0..40 {
            for step in 1.. {
                let disk = Disk::new();
                disk.plan(Plan { cut_at_step: Some(step), seed, ..Plan::default() });
                let mut chance = Chance(seed);
                let mut acknowledged = Model::default();
                let mut store = FaultyStore::open(&disk).unwrap();
                let mut under_way = None;
                for _ in 0..12 {
                    let mut batch = chance.batch();
                    batch.put(Table::Acts, b"always something", chance.draw().to_be_bytes());
                    let mut after = acknowledged.clone();
                    after.apply(&batch);
                    match now(store.commit(batch)) {
                        Ok(()) => acknowledged = after,
                        Err(error) => {
                            assert_eq!(error, no_power());
                            under_way = Some(after);
                            break;
                        }
                    }
                }
                let Some(under_way) = under_way else {
                    assert!(step > 36, "three steps a commit");
                    break;
                };
                disk.restore();
                assert!(now(store.get(Table::Acts, b"always something")).is_err(), "that program is dead");
                let store = FaultyStore::open(&disk).unwrap();
                now(store.check()).unwrap();
                match (now(acknowledged.is(&store)).unwrap(), now(under_way.is(&store)).unwrap()) {
                    (true, false) => absent += 1,
                    (false, true) => whole += 1,
                    other => panic!("seed {seed}, step {step}: {other:?}"),
                }
            }
        }
        // Were unsynced writes never kept or never lost, this would try nothing.
        assert!(whole > 50 && absent > 50, "{whole} kept, {absent} lost");
    }

    #[test]
    fn after_an_error_nothing_changed_and_the_store_can_be_asked_again() {
        for step in 1..=3 {
            let disk = Disk::new();
            let mut store = FaultyStore::open(&disk).unwrap();
            disk.plan(Plan { fail_at_step: Some(step), ..Plan::default() });
            let mut batch = Batch::new();
            batch.put(Table::Meta, b"key", b"value");
            assert_eq!(now(store.commit(batch.clone())), Err(StoreError::Io("input/output error".into())));
            now(Model::default().assert_is(&store));
            drop(store);
            let mut store = FaultyStore::open(&disk).unwrap();
            now(Model::default().assert_is(&store));
            now(store.commit(batch)).unwrap();
            assert_eq!(now(store.get(Table::Meta, b"key")), Ok(Some(b"value".to_vec())));
        }
    }

    #[test]
    fn a_full_disk_and_a_closed_folder_say_so() {
        let disk = Disk::new();
        let mut store = FaultyStore::open(&disk).unwrap();
        let mut small = Batch::new();
        small.put(Table::Meta, b"key", b"value");
        let mut large = Batch::new();
        large.put(Table::Frames, b"key", vec![1; 2_000]);

        disk.plan(Plan { full_after_bytes: Some(1_000), ..Plan::default() });
        now(store.commit(small.clone())).unwrap();
        assert_eq!(now(store.commit(large.clone())), Err(StoreError::Full));
        now(store.commit(small.clone())).unwrap();

        disk.plan(Plan { read_only: true, ..Plan::default() });
        assert_eq!(now(store.commit(small)), Err(StoreError::ReadOnly));
        disk.plan(Plan::default());
        now(store.commit(large)).unwrap();
        now(store.check()).unwrap();
    }

    #[test]
    fn a_second_opening_is_refused() {
        let disk = Disk::new();
        let first = FaultyStore::open(&disk).unwrap();
        assert_eq!(FaultyStore::open(&disk).unwrap_err(), StoreError::InUse);
        drop(first);
        FaultyStore::open(&disk).unwrap();
    }

    #[test]
    fn what_was_deleted_is_on_the_disk_until_the_purge() {
        let disk = Disk::new();
        let mut store = FaultyStore::open(&disk).unwrap();
        let on_disk = || disk.image().windows(6).any(|window| window == b"secret");
        let mut batch = Batch::new();
        batch.put(Table::Frames, b"key", b"secret");
        now(store.commit(batch)).unwrap();
        let mut batch = Batch::new();
        batch.delete(Table::Frames, b"key");
        now(store.commit(batch)).unwrap();
        assert!(on_disk());
        now(store.purge()).unwrap();
        assert!(!on_disk());
    }

    #[test]
    fn wear_is_noticed() {
        let disk = Disk::new();
        let mut store = FaultyStore::open(&disk).unwrap();
        let mut batch = Batch::new();
        batch.put(Table::Frames, b"key", b"value");
        now(store.commit(batch)).unwrap();
        disk.spoil(12, 1);
        assert!(matches!(now(store.check()), Err(StoreError::Damaged(_))));
    }
}
