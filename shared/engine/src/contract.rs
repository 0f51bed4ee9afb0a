//! What every store must keep, whatever it is made of: one suite, run by each host over its own store.
//!
//! A host names its runner once and gets every case, the ones added later too:
//!
//! ```text
//! macro_rules! case {
//!     ($name:ident) => {
//!         #[test]
//!         fn $name() { block_on(maillon_engine::contract::$name(&mut Folder::fresh())); }
//!     };
//! }
//! maillon_engine::store_contract!(case);
//! ```
//!
//! Never shipped: it stands behind the feature `contract`. What happens when the power goes or the disk is full depends
//! on the host; each tests that its own way ([`crate::memory`] does it for the engine).
#![allow(clippy::unwrap_used, reason = "a suite of tests: to panic is how it says no")]

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use crate::store::{Batch, Row, Store, StoreError, Table, Write};

/// A place where a store rests, empty at the beginning of each case.
#[allow(async_fn_in_trait, reason = "the engine has one thread; callers are generic over the place")]
pub trait Reopen {
    /// The store under test.
    type Store: Store;

    /// Opens the same place again. What was opened before has been closed.
    async fn open(&mut self) -> Result<Self::Store, StoreError>;

    /// Closes, as a program does that ends normally.
    async fn close(&mut self, store: Self::Store) {
        drop(store);
    }
}

/// Calls `$case!(name)` for every case of the contract of stores.
#[macro_export]
macro_rules! store_contract {
    ($case:ident) => {
        $case!(a_new_store_is_empty);
        $case!(a_row_put_is_given_back);
        $case!(a_row_put_again_is_replaced);
        $case!(a_row_deleted_is_gone);
        $case!(tables_do_not_mix);
        $case!(keys_and_values_are_any_bytes);
        $case!(rows_come_by_prefix_in_the_order_of_their_keys);
        $case!(a_prefix_takes_away_its_rows_and_no_other);
        $case!(writes_happen_in_the_order_given);
        $case!(an_empty_batch_changes_nothing);
        $case!(a_row_may_weigh_five_megabytes);
        $case!(thousands_of_rows_go_in_one_batch);
        $case!(what_was_committed_is_there_after_reopening);
        $case!(purging_and_checking_lose_nothing);
        $case!(it_says_what_it_weighs);
        $case!(any_history_reads_as_a_plain_map_would);
    };
}

/// Runs a future that never waits, as those of a store on this thread.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a store of this thread does not wait"),
    }
}

/// Nothing is there, in any table.
pub async fn a_new_store_is_empty(place: &mut impl Reopen) {
    let store = place.open().await.unwrap();
    for table in Table::ALL {
        assert_eq!(store.scan(table, b"").await, Ok(vec![]), "{table:?}");
        assert_eq!(store.get(table, b"header").await, Ok(None), "{table:?}");
    }
    store.check().await.unwrap();
}

/// In every table.
pub async fn a_row_put_is_given_back(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    for table in Table::ALL {
        let mut batch = Batch::new();
        batch.put(table, b"key", table.name());
        store.commit(batch).await.unwrap();
        assert_eq!(store.get(table, b"key").await, Ok(Some(table.name().into())), "{table:?}");
    }
}

/// The last value stands.
pub async fn a_row_put_again_is_replaced(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    for value in ["first, and longer", "second"] {
        let mut batch = Batch::new();
        batch.put(Table::Meta, b"key", value);
        store.commit(batch).await.unwrap();
    }
    assert_eq!(store.scan(Table::Meta, b"").await, Ok(rows(&[(b"key", b"second")])));
}

/// And deleting what is not there is no error.
pub async fn a_row_deleted_is_gone(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    let mut batch = Batch::new();
    batch.put(Table::Drafts, b"gone", b"1");
    batch.put(Table::Drafts, b"kept", b"2");
    store.commit(batch).await.unwrap();
    for _ in 0..2 {
        let mut batch = Batch::new();
        batch.delete(Table::Drafts, b"gone");
        store.commit(batch).await.unwrap();
        assert_eq!(store.get(Table::Drafts, b"gone").await, Ok(None));
        assert_eq!(store.scan(Table::Drafts, b"").await, Ok(rows(&[(b"kept", b"2")])));
    }
}

/// The same key in two tables is two rows.
pub async fn tables_do_not_mix(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    let mut batch = Batch::new();
    for table in Table::ALL {
        batch.put(table, b"key", [table as u8]);
    }
    store.commit(batch).await.unwrap();
    let mut batch = Batch::new();
    batch.delete(Table::Acts, b"key");
    batch.delete_prefix(Table::Views, b"");
    store.commit(batch).await.unwrap();
    for table in Table::ALL {
        let expected = (!matches!(table, Table::Acts | Table::Views)).then(|| vec![table as u8]);
        assert_eq!(store.get(table, b"key").await, Ok(expected), "{table:?}");
    }
}

/// Zeros, high bytes, not UTF-8, nothing at all.
pub async fn keys_and_values_are_any_bytes(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    let all: Vec<u8> = (0..=255).collect();
    let odd: [&[u8]; 7] = [b"", b"\0", b"\0\0", b"a\0b", b"\xff\xff", b"\xc3\x28", &all];
    let mut batch = Batch::new();
    for bytes in odd {
        batch.put(Table::Frames, bytes, bytes);
    }
    store.commit(batch).await.unwrap();
    for bytes in odd {
        assert_eq!(store.get(Table::Frames, bytes).await, Ok(Some(bytes.to_vec())), "{bytes:?}");
    }
    assert_eq!(store.scan(Table::Frames, b"").await.unwrap().len(), odd.len());
}

/// By bytes, shorter first, whatever the order they were put in.
pub async fn rows_come_by_prefix_in_the_order_of_their_keys(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    let mut batch = Batch::new();
    let keys: [&[u8]; 9] = [b"b", b"a\xff\xff", b"a", b"\xff\xff", b"a\x7f", b"a\x80", b"\xff", b"a\0", b"\xfe\xff"];
    for key in keys {
        batch.put(Table::Frames, key, b"");
    }
    store.commit(batch).await.unwrap();
    let scan = async |prefix: &'static [u8]| -> Vec<Vec<u8>> {
        store.scan(Table::Frames, prefix).await.unwrap().into_iter().map(|(key, _)| key).collect()
    };
    assert_eq!(scan(b"a").await, [&b"a"[..], b"a\0", b"a\x7f", b"a\x80", b"a\xff\xff"]);
    assert_eq!(scan(b"\xff").await, [&b"\xff"[..], b"\xff\xff"]);
    assert_eq!(scan(b"\xfe\xff").await, [&b"\xfe\xff"[..]]);
    assert_eq!(scan(b"a\xff").await, [&b"a\xff\xff"[..]]);
    assert_eq!(scan(b"c").await, Vec::<Vec<u8>>::new());
    let mut sorted: Vec<Vec<u8>> = keys.iter().map(|key| key.to_vec()).collect();
    sorted.sort();
    assert_eq!(scan(b"").await, sorted);
}

/// Neither the one just before nor the one just after; an empty prefix empties its table alone.
pub async fn a_prefix_takes_away_its_rows_and_no_other(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    let mut batch = Batch::new();
    for key in [&b"a\xfe"[..], b"a\xff", b"a\xff\0", b"a\xff\xff", b"b", b"\xff", b"\xff\xff\x01"] {
        batch.put(Table::Frames, key, b"");
    }
    batch.put(Table::Acts, b"a\xff", b"");
    store.commit(batch).await.unwrap();

    let mut left = async |prefix: &'static [u8]| -> Vec<Vec<u8>> {
        let mut batch = Batch::new();
        batch.delete_prefix(Table::Frames, prefix);
        store.commit(batch).await.unwrap();
        store.scan(Table::Frames, b"").await.unwrap().into_iter().map(|(key, _)| key).collect()
    };
    assert_eq!(left(b"a\xff").await, [&b"a\xfe"[..], b"b", b"\xff", b"\xff\xff\x01"]);
    assert_eq!(left(b"\xff\xff").await, [&b"a\xfe"[..], b"b", b"\xff"]);
    assert_eq!(left(b"nobody").await.len(), 3);
    assert_eq!(left(b"").await, Vec::<Vec<u8>>::new());
    assert_eq!(store.get(Table::Acts, b"a\xff").await, Ok(Some(vec![])));
}

/// So that "empty the table, then fill it" is one batch.
pub async fn writes_happen_in_the_order_given(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    let mut batch = Batch::new();
    batch.put(Table::Views, b"old", b"1");
    batch.put(Table::Views, b"twice", b"1");
    batch.delete_prefix(Table::Views, b"");
    batch.put(Table::Views, b"twice", b"2");
    batch.put(Table::Views, b"twice", b"3");
    batch.put(Table::Views, b"back", b"1");
    batch.delete(Table::Views, b"back");
    batch.put(Table::Views, b"back", b"2");
    batch.put(Table::Views, b"out", b"1");
    batch.delete(Table::Views, b"out");
    store.commit(batch).await.unwrap();
    assert_eq!(store.scan(Table::Views, b"").await, Ok(rows(&[(b"back", b"2"), (b"twice", b"3")])));
}

/// And is no error.
pub async fn an_empty_batch_changes_nothing(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    store.commit(Batch::new()).await.unwrap();
    let mut batch = Batch::new();
    batch.put(Table::Meta, b"key", b"value");
    store.commit(batch).await.unwrap();
    store.commit(Batch::new()).await.unwrap();
    assert_eq!(store.scan(Table::Meta, b"").await, Ok(rows(&[(b"key", b"value")])));
}

/// An imported directory, a long history.
pub async fn a_row_may_weigh_five_megabytes(place: &mut impl Reopen) {
    let mut chance = Chance(5);
    let heavy: Vec<u8> = (0..5_000_000).map(|_| chance.draw() as u8).collect();
    let mut store = place.open().await.unwrap();
    let mut batch = Batch::new();
    batch.put(Table::Frames, b"heavy", heavy.clone());
    batch.put(Table::Frames, b"light", b"1");
    store.commit(batch).await.unwrap();
    assert!(store.get(Table::Frames, b"heavy").await == Ok(Some(heavy.clone())), "while open");
    place.close(store).await;
    let store = place.open().await.unwrap();
    assert!(store.get(Table::Frames, b"heavy").await == Ok(Some(heavy)), "after reopening");
}

/// A whole import is one act.
pub async fn thousands_of_rows_go_in_one_batch(place: &mut impl Reopen) {
    const MANY: u32 = 5_000;
    let value = |number: u32| vec![number as u8; 40 + (number % 60) as usize];
    let mut store = place.open().await.unwrap();
    let mut batch = Batch::new();
    // In another order than their keys'.
    for number in (0..MANY).map(|number| number * 2_713 % MANY) {
        batch.put(Table::Frames, number.to_be_bytes(), value(number));
    }
    store.commit(batch).await.unwrap();
    let found = store.scan(Table::Frames, b"").await.unwrap();
    let expected: Vec<Row> = (0..MANY).map(|number| (number.to_be_bytes().to_vec(), value(number))).collect();
    assert!(found == expected, "{} rows of {MANY}", found.len());
    assert_eq!(store.scan(Table::Frames, &[0, 0, 1]).await.unwrap().len(), 256);
    let mut batch = Batch::new();
    batch.delete_prefix(Table::Frames, [0, 0, 1]);
    store.commit(batch).await.unwrap();
    assert_eq!(store.scan(Table::Frames, b"").await.unwrap().len(), MANY as usize - 256);
}

/// Puts, replacements and deletions alike.
pub async fn what_was_committed_is_there_after_reopening(place: &mut impl Reopen) {
    for time in 0..5u8 {
        let mut store = place.open().await.unwrap();
        for before in 0..time {
            assert_eq!(store.get(Table::Acts, &[before]).await, Ok(Some(vec![before])), "at opening {time}");
        }
        assert_eq!(store.get(Table::Meta, b"last").await, Ok(time.checked_sub(1).map(|last| vec![last])));
        assert_eq!(store.get(Table::Drafts, b"draft").await, Ok((time % 2 == 1).then(Vec::new)));
        let mut batch = Batch::new();
        batch.put(Table::Acts, [time], [time]);
        batch.put(Table::Meta, b"last", [time]);
        match time % 2 {
            0 => batch.put(Table::Drafts, b"draft", b""),
            _ => batch.delete(Table::Drafts, b"draft"),
        }
        store.commit(batch).await.unwrap();
        place.close(store).await;
    }
}

/// An erasure's last step touches nothing else.
pub async fn purging_and_checking_lose_nothing(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    let mut batch = Batch::new();
    for number in 0..500u32 {
        batch.put(Table::Frames, number.to_be_bytes(), vec![1; 300]);
    }
    store.commit(batch).await.unwrap();
    let mut batch = Batch::new();
    batch.delete_prefix(Table::Frames, [0, 0, 0]);
    store.commit(batch).await.unwrap();
    for _ in 0..2 {
        store.purge().await.unwrap();
        store.check().await.unwrap();
        assert_eq!(store.scan(Table::Frames, b"").await.unwrap().len(), 500 - 256);
    }
    place.close(store).await;
    let mut store = place.open().await.unwrap();
    store.check().await.unwrap();
    assert_eq!(store.scan(Table::Frames, b"").await.unwrap().len(), 500 - 256);
    let mut batch = Batch::new();
    batch.put(Table::Frames, b"after", b"1");
    store.commit(batch).await.unwrap();
    assert_eq!(store.get(Table::Frames, b"after").await, Ok(Some(b"1".to_vec())));
}

/// Roughly: a browser only estimates.
pub async fn it_says_what_it_weighs(place: &mut impl Reopen) {
    let mut store = place.open().await.unwrap();
    let mut batch = Batch::new();
    let mut chance = Chance(7);
    batch.put(Table::Frames, b"heavy", (0..1_000_000).map(|_| chance.draw() as u8).collect::<Vec<u8>>());
    store.commit(batch).await.unwrap();
    let bytes = store.bytes().await.unwrap();
    assert!((900_000..50_000_000).contains(&bytes), "{bytes}");
}

/// Hundreds of batches at random, some reopenings, checked against a map that cannot be wrong.
pub async fn any_history_reads_as_a_plain_map_would(place: &mut impl Reopen) {
    let mut chance = Chance(2_026);
    let mut model = Model::default();
    let mut store = place.open().await.unwrap();
    for step in 0..300 {
        let batch = chance.batch();
        model.apply(&batch);
        store.commit(batch).await.unwrap();
        if chance.draw().is_multiple_of(40) {
            place.close(store).await;
            store = place.open().await.unwrap();
        }
        if step % 10 == 0 {
            model.assert_is(&store).await;
        }
    }
    model.assert_is(&store).await;
    store.check().await.unwrap();
}

/// What a store should hold: the simplest thing that could.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    rows: BTreeMap<(Table, Vec<u8>), Vec<u8>>,
}

impl Model {
    /// Does what the batch says.
    pub fn apply(&mut self, batch: &Batch) {
        for write in &batch.writes {
            match write.clone() {
                Write::Put { table, key, value } => {
                    self.rows.insert((table, key), value);
                }
                Write::Delete { table, key } => {
                    self.rows.remove(&(table, key));
                }
                Write::DeletePrefix { table, prefix } => {
                    self.rows.retain(|(of, key), _| *of != table || !key.starts_with(&prefix));
                }
            }
        }
    }

    /// What one table should give.
    pub fn table(&self, table: Table) -> Vec<Row> {
        let of_the_table = self.rows.iter().filter(|((of, _), _)| *of == table);
        of_the_table.map(|((_, key), value)| (key.clone(), value.clone())).collect()
    }

    /// Whether a store holds exactly this.
    pub async fn is(&self, store: &impl Store) -> Result<bool, StoreError> {
        for table in Table::ALL {
            if store.scan(table, b"").await? != self.table(table) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Panics where a store holds something else, naming the table.
    pub async fn assert_is(&self, store: &impl Store) {
        for table in Table::ALL {
            assert_eq!(store.scan(table, b"").await.unwrap(), self.table(table), "{table:?}");
        }
    }
}

/// Chance from a seed (SplitMix64), so that a failure can be had again.
#[derive(Clone, Debug)]
pub struct Chance(pub u64);

impl Chance {
    /// A number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.draw() % limit
    }

    /// A batch of a few writes over few keys, so that they often meet.
    pub fn batch(&mut self) -> Batch {
        let mut batch = Batch::new();
        for _ in 0..self.below(6) {
            let table = Table::ALL[self.below(Table::ALL.len() as u64) as usize];
            let letters = [0, b'a', 0xff];
            let key: Vec<u8> = (0..self.below(4)).map(|_| letters[self.below(3) as usize]).collect();
            match self.below(10) {
                0..7 => {
                    let fill = self.draw() as u8;
                    // Most rows are small; some take several pages.
                    let length = if self.below(8) == 0 { self.below(9_000) } else { self.below(80) };
                    batch.put(table, key, vec![fill; length as usize]);
                }
                7..9 => batch.delete(table, key),
                _ => batch.delete_prefix(table, key),
            }
        }
        batch
    }
}

fn rows(rows: &[(&[u8], &[u8])]) -> Vec<Row> {
    rows.iter().map(|(key, value)| (key.to_vec(), value.to_vec())).collect()
}
