//! The native store: one SQLite file in a folder that this program alone has open.
//!
//! SQLite because nothing else has been cut short so often: write-ahead log, synchronous so that a commit returns
//! once it is on the disk, `secure_delete` so that freed pages are zeroed. The folder is locked for the store's
//! lifetime, so the log needs no shared memory (`locking_mode=EXCLUSIVE`). Rows are opaque and sealed: this room knows
//! neither keys nor what a row means.

mod errors;
mod folder;
mod migrations;

use std::path::Path;

use maillon_engine::store::{Batch, Row, Store, StoreError, Table, Write};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};

use errors::said;
use folder::Folder;

/// A notebook's folder, open.
#[derive(Debug)]
pub struct SqliteStore {
    // Closed before the folder is let go: fields drop in this order.
    db: Connection,
    folder: Folder,
    /// A commit failed, and what it wrote may still lie at the end of the log.
    unsettled: bool,
}

/// How SQLite is driven. Only a test of power cuts wants another way than the default.
#[derive(Clone, Copy, Debug)]
pub struct Driving<'a> {
    /// The name of a registered SQLite VFS; the system's by default.
    pub vfs: Option<&'a str>,
    /// How many pages the log may have before they go into the file.
    pub checkpoint_pages: u32,
}

impl Default for Driving<'_> {
    fn default() -> Self {
        Driving { vfs: None, checkpoint_pages: 1_000 }
    }
}

impl SqliteStore {
    /// Whether a store was made in this folder. Says nothing of its state.
    pub fn is_in(dir: &Path) -> bool {
        Folder::database_of(dir).exists()
    }

    /// Makes a store in this folder, itself made if needed, for this user's eyes only. Refused where there is one.
    ///
    /// One whose making was cut short, and which therefore never held a row, is made again.
    pub fn create(dir: &Path) -> Result<Self, StoreError> {
        Self::create_driven(dir, Driving::default())
    }

    /// Opens the store of this folder.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        Self::open_driven(dir, Driving::default())
    }

    /// [`Self::create`], driven otherwise.
    pub fn create_driven(dir: &Path, driving: Driving<'_>) -> Result<Self, StoreError> {
        let folder = Folder::make(dir)?;
        if driving.vfs.is_none() {
            folder.make_database()?;
        }
        let mut db = connect(&folder, driving, OpenFlags::SQLITE_OPEN_CREATE)?;
        if migrations::version(&db)? != 0 {
            return Err(StoreError::Io("there is a notebook in this folder already".into()));
        }
        // Before the first page is written: it cannot be changed afterwards.
        db.pragma_update(None, "auto_vacuum", "INCREMENTAL").map_err(said)?;
        write_ahead(&db, driving)?;
        migrations::run(&mut db)?;
        folder.sync()?;
        Ok(SqliteStore { db, folder, unsettled: false })
    }

    /// [`Self::open`], driven otherwise.
    pub fn open_driven(dir: &Path, driving: Driving<'_>) -> Result<Self, StoreError> {
        let folder = Folder::lock(dir)?;
        let mut db = connect(&folder, driving, OpenFlags::empty())?;
        if migrations::version(&db)? == 0 {
            return Err(StoreError::Damaged("there is no notebook in this file".into()));
        }
        write_ahead(&db, driving)?;
        migrations::run(&mut db)?;
        Ok(SqliteStore { db, folder, unsettled: false })
    }

    fn write(&mut self, batch: &Batch) -> rusqlite::Result<()> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for write in &batch.writes {
            match write {
                Write::Put { table, key, value } => transaction
                    .prepare_cached(&format!("INSERT OR REPLACE INTO {} (key, value) VALUES (?, ?)", table.name()))?
                    .execute(params![key, value])?,
                Write::Delete { table, key } => transaction
                    .prepare_cached(&format!("DELETE FROM {} WHERE key = ?", table.name()))?
                    .execute(params![key])?,
                Write::DeletePrefix { table, prefix } => match end_of(prefix) {
                    Some(end) => transaction
                        .prepare_cached(&format!("DELETE FROM {} WHERE key >= ? AND key < ?", table.name()))?
                        .execute(params![prefix, end])?,
                    None => transaction
                        .prepare_cached(&format!("DELETE FROM {} WHERE key >= ?", table.name()))?
                        .execute(params![prefix])?,
                },
            };
        }
        transaction.commit()
    }

    /// Takes what a failed commit wrote off the end of the log.
    ///
    /// SQLite forgets it at once, but a commit refused at its very last step (the sync) may lie whole in the file, and
    /// the next opening would find it there: what was answered "not saved" would be saved.
    fn settle(&mut self) -> Result<(), StoreError> {
        if self.unsettled {
            self.checkpoint()?;
            self.unsettled = false;
        }
        Ok(())
    }

    /// Brings the log into the file, and cuts the log to nothing.
    fn checkpoint(&self) -> Result<(), StoreError> {
        let busy: i64 = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(said)?;
        if busy == 0 { Ok(()) } else { Err(StoreError::InUse) }
    }
}

impl Store for SqliteStore {
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement =
            self.db.prepare_cached(&format!("SELECT value FROM {} WHERE key = ?", table.name())).map_err(said)?;
        statement.query_row(params![key], |row| row.get(0)).optional().map_err(said)
    }

    async fn scan(&self, table: Table, prefix: &[u8]) -> Result<Vec<Row>, StoreError> {
        let table = table.name();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let rows: rusqlite::Result<Vec<Row>> = match end_of(prefix) {
            Some(end) => self
                .db
                .prepare_cached(&format!("SELECT key, value FROM {table} WHERE key >= ? AND key < ? ORDER BY key"))
                .and_then(|mut statement| statement.query_map(params![prefix, end], row)?.collect()),
            None => self
                .db
                .prepare_cached(&format!("SELECT key, value FROM {table} WHERE key >= ? ORDER BY key"))
                .and_then(|mut statement| statement.query_map(params![prefix], row)?.collect()),
        };
        rows.map_err(said)
    }

    async fn commit(&mut self, batch: Batch) -> Result<(), StoreError> {
        self.settle()?;
        if batch.writes.is_empty() {
            return Ok(());
        }
        self.write(&batch).map_err(|error| {
            self.unsettled = true;
            // At once if it can be; before the next commit in any case.
            let _ = self.settle();
            said(error)
        })
    }

    async fn purge(&mut self) -> Result<(), StoreError> {
        self.settle()?;
        // Deleted rows were zeroed in the file's pages by `secure_delete`; what is left of them is in the log.
        self.db.execute_batch("PRAGMA incremental_vacuum").map_err(said)?;
        self.checkpoint()
    }

    async fn check(&self) -> Result<(), StoreError> {
        let verdict: String = self.db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(said)?;
        if verdict == "ok" { Ok(()) } else { Err(StoreError::Damaged(verdict)) }
    }

    async fn bytes(&self) -> Result<u64, StoreError> {
        self.folder.bytes()
    }
}

/// A connection to the folder's file, before anything is read from it.
fn connect(folder: &Folder, driving: Driving<'_>, more: OpenFlags) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let path = folder.database();
    let db = match driving.vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs),
        None => Connection::open_with_flags(path, flags),
    }
    .map_err(said)?;
    // SQLite falls back on reading by itself, and would say so only at the first write.
    if db.is_readonly("main").map_err(said)? {
        return Err(StoreError::ReadOnly);
    }
    // Five statements a table.
    db.set_prepared_statement_cache_capacity(5 * Table::ALL.len());
    for (pragma, value) in [
        // Before the first look at the file: then the log needs no shared memory.
        ("locking_mode", "EXCLUSIVE"),
        ("secure_delete", "ON"),
        // Nothing beside the folder, not even sealed.
        ("temp_store", "MEMORY"),
        ("cell_size_check", "ON"),
        ("trusted_schema", "OFF"),
        // Only macOS knows these: elsewhere a sync is a sync.
        ("fullfsync", "ON"),
        ("checkpoint_fullfsync", "ON"),
    ] {
        db.pragma_update(None, pragma, value).map_err(said)?;
    }
    Ok(db)
}

/// Durable at each commit.
fn write_ahead(db: &Connection, driving: Driving<'_>) -> Result<(), StoreError> {
    // FULL, and more: changing to the log deletes an older journal, and were that deletion not synced, the journal
    // could come back with the power and undo the file. Before the change, therefore; the log itself wants no more.
    db.pragma_update(None, "synchronous", "EXTRA").map_err(said)?;
    let mode: String = db.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).map_err(said)?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(StoreError::Io(format!("the log cannot be written ahead here, but {mode}")));
    }
    db.pragma_update(None, "wal_autocheckpoint", driving.checkpoint_pages).map_err(said)
}

/// The first key after all those that begin so; none where they go on to the end of the table.
fn end_of(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|&byte| byte != 0xff)?;
    let mut end = prefix[..=last].to_vec();
    end[last] += 1;
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::end_of;

    #[test]
    fn the_end_of_a_prefix_is_the_next_key_of_its_length() {
        for (prefix, end) in [
            (&b""[..], None),
            (b"\xff\xff", None),
            (b"a", Some(&b"b"[..])),
            (b"a\xff", Some(b"b")),
            (b"a\0", Some(b"a\x01")),
            (b"a\xfe\xff", Some(b"a\xff")),
        ] {
            assert_eq!(end_of(prefix).as_deref(), end, "{prefix:?}");
        }
    }
}
