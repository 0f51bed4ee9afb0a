//! What the engine asks of the place where a notebook rests: opaque rows, in tables, ordered by key.
//!
//! A store sees sealed bytes and random ids. It must never see a key, a name, or know what a row means; so a file, a
//! browser's database and a store in memory are the same to the engine, and all pass one suite of tests
//! ([`crate::contract`]).

use std::fmt;

/// Where a row lives. The number is written on disk: never renumber, only add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Table {
    /// The notebook's header and the keys' own seals.
    Meta = 0,
    /// One sealed key a document.
    Keyring = 1,
    /// The documents' changes: document id, then a number.
    Frames = 2,
    /// Present values, sealed: a cache that can be made again from `Frames`.
    Views = 3,
    /// The journal of writes, in order.
    Acts = 4,
    /// The journal of reads, in order.
    Reads = 5,
    /// Forms half filled.
    Drafts = 6,
    /// What is shared: records of the members, packs, what others have.
    Shared = 7,
}

impl Table {
    /// Every table, in the order of their numbers.
    pub const ALL: [Table; 8] = [
        Table::Meta,
        Table::Keyring,
        Table::Frames,
        Table::Views,
        Table::Acts,
        Table::Reads,
        Table::Drafts,
        Table::Shared,
    ];

    /// The table's name where a host wants one.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Meta => "meta",
            Table::Keyring => "keyring",
            Table::Frames => "frames",
            Table::Views => "views",
            Table::Acts => "acts",
            Table::Reads => "reads",
            Table::Drafts => "drafts",
            Table::Shared => "shared",
        }
    }
}

/// One change to the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Puts a row, over the one that was there.
    Put {
        /// The table.
        table: Table,
        /// The row's key.
        key: Vec<u8>,
        /// Its bytes.
        value: Vec<u8>,
    },
    /// Takes a row away; nothing happens where there was none.
    Delete {
        /// The table.
        table: Table,
        /// The row's key.
        key: Vec<u8>,
    },
    /// Takes away every row whose key begins so. An empty prefix empties the table.
    DeletePrefix {
        /// The table.
        table: Table,
        /// How the keys begin.
        prefix: Vec<u8>,
    },
}

/// Changes that happen together or not at all, in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The changes.
    pub writes: Vec<Write>,
}

impl Batch {
    /// Nothing to do yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a row to put.
    pub fn put(&mut self, table: Table, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.writes.push(Write::Put { table, key: key.into(), value: value.into() });
    }

    /// Adds a row to take away.
    pub fn delete(&mut self, table: Table, key: impl Into<Vec<u8>>) {
        self.writes.push(Write::Delete { table, key: key.into() });
    }

    /// Adds the rows to take away whose keys begin so.
    pub fn delete_prefix(&mut self, table: Table, prefix: impl Into<Vec<u8>>) {
        self.writes.push(Write::DeletePrefix { table, prefix: prefix.into() });
    }
}

/// A row: its key and its bytes.
pub type Row = (Vec<u8>, Vec<u8>);

/// Where a notebook rests.
///
/// Futures need not be `Send`: the engine has one thread, and never asks two things at once.
#[allow(async_fn_in_trait, reason = "the engine has one thread; callers are generic over the store")]
pub trait Store {
    /// One row, or none.
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// The rows whose keys begin so, by key. An empty prefix gives the table.
    async fn scan(&self, table: Table, prefix: &[u8]) -> Result<Vec<Row>, StoreError>;

    /// Does the whole batch or none of it, and returns once it would survive a power cut. After an error none of it
    /// is there, and the store can be asked again.
    async fn commit(&mut self, batch: Batch) -> Result<(), StoreError>;

    /// Makes rows taken away unreadable as far as the host can (freed pages, logs), after an erasure.
    async fn purge(&mut self) -> Result<(), StoreError>;

    /// Looks for damage in the store's own structure.
    async fn check(&self) -> Result<(), StoreError>;

    /// About how many bytes the notebook takes.
    async fn bytes(&self) -> Result<u64, StoreError>;
}

/// Why a store could not do it. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The disk, or what the browser allows, is full.
    Full,
    /// The folder cannot be written.
    ReadOnly,
    /// Another window, tab or program has this notebook open.
    InUse,
    /// The store's own structure is damaged: not the seals, the file.
    Damaged(String),
    /// A newer Maillon made it, or changed its tables.
    TooNew,
    /// Anything else the system said.
    Io(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Full => write!(f, "no space left"),
            StoreError::ReadOnly => write!(f, "the folder is read-only"),
            StoreError::InUse => write!(f, "the notebook is open elsewhere"),
            StoreError::Damaged(what) => write!(f, "the store is damaged: {what}"),
            StoreError::TooNew => write!(f, "the store is of a newer version"),
            StoreError::Io(what) => write!(f, "the system refused: {what}"),
        }
    }
}

impl std::error::Error for StoreError {}
