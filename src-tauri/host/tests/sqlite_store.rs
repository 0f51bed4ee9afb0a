//! The SQLite store keeps the contract of stores, and says what is wrong with a folder.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use maillon_engine::contract::{self, Model, Reopen, now};
use maillon_engine::store::{Batch, Store, StoreError, Table};
use maillon_host::sqlite::SqliteStore;
use tempfile::TempDir;

/// A folder of its own, gone after the test.
struct Folder(TempDir);

impl Folder {
    fn fresh() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn dir(&self) -> PathBuf {
        self.0.path().join("notebook")
    }

    /// With one row.
    fn with_a_notebook() -> Self {
        let folder = Folder::fresh();
        let mut store = SqliteStore::create(&folder.dir()).unwrap();
        now(store.commit(row("key", "value"))).unwrap();
        folder
    }
}

impl Reopen for Folder {
    type Store = SqliteStore;

    async fn open(&mut self) -> Result<SqliteStore, StoreError> {
        if SqliteStore::is_in(&self.dir()) { SqliteStore::open(&self.dir()) } else { SqliteStore::create(&self.dir()) }
    }
}

macro_rules! case {
    ($name:ident) => {
        #[test]
        fn $name() {
            now(contract::$name(&mut Folder::fresh()));
        }
    };
}
maillon_engine::store_contract!(case);

fn row(key: &str, value: &str) -> Batch {
    let mut batch = Batch::new();
    batch.put(Table::Meta, key, value);
    batch
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn only_its_user_may_look_into_a_notebook() {
    let folder = Folder::fresh();
    let mut store = SqliteStore::create(&folder.dir()).unwrap();
    now(store.commit(row("key", "value"))).unwrap();
    assert_eq!(mode(&folder.dir()), 0o700);
    for file in ["notebook.db", "notebook.db-wal", "lock"] {
        assert_eq!(mode(&folder.dir().join(file)), 0o600, "{file}");
    }
}

#[test]
fn a_second_window_is_told_that_the_notebook_is_open() {
    let folder = Folder::with_a_notebook();
    let first = SqliteStore::open(&folder.dir()).unwrap();
    assert_eq!(SqliteStore::open(&folder.dir()).unwrap_err(), StoreError::InUse);
    assert_eq!(SqliteStore::create(&folder.dir()).unwrap_err(), StoreError::InUse);
    drop(first);
    SqliteStore::open(&folder.dir()).unwrap();
}

#[test]
fn a_notebook_is_never_made_over_another() {
    let folder = Folder::with_a_notebook();
    assert!(matches!(SqliteStore::create(&folder.dir()).unwrap_err(), StoreError::Io(_)));
    let store = SqliteStore::open(&folder.dir()).unwrap();
    assert_eq!(now(store.get(Table::Meta, b"key")), Ok(Some(b"value".to_vec())));
}

#[test]
fn a_notebook_is_never_made_by_opening_one() {
    let folder = Folder::fresh();
    fs::create_dir(folder.dir()).unwrap();
    assert!(SqliteStore::open(&folder.dir()).is_err());
    assert!(!SqliteStore::is_in(&folder.dir()));
    // A file that lost its content is not an empty notebook.
    fs::write(folder.dir().join("notebook.db"), b"").unwrap();
    assert!(matches!(SqliteStore::open(&folder.dir()).unwrap_err(), StoreError::Damaged(_)));
}

#[test]
fn a_folder_copied_while_open_opens_with_all_that_was_acknowledged() {
    let folder = Folder::fresh();
    let mut store = SqliteStore::create(&folder.dir()).unwrap();
    now(store.commit(row("key", "value"))).unwrap();
    let copy = folder.0.path().join("copy");
    fs::create_dir(&copy).unwrap();
    for file in ["notebook.db", "notebook.db-wal"] {
        fs::copy(folder.dir().join(file), copy.join(file)).unwrap();
    }
    let copied = SqliteStore::open(&copy).unwrap();
    assert_eq!(now(copied.get(Table::Meta, b"key")), Ok(Some(b"value".to_vec())));
}

#[test]
fn damage_is_said_and_nothing_is_made_up() {
    // The whole file is noise.
    let folder = Folder::with_a_notebook();
    let file = folder.dir().join("notebook.db");
    fs::write(&file, vec![0x5a; 8_192]).unwrap();
    assert!(matches!(SqliteStore::open(&folder.dir()).unwrap_err(), StoreError::Damaged(_)));

    // One page in the middle is.
    let folder = Folder::fresh();
    let file = folder.dir().join("notebook.db");
    let mut store = SqliteStore::create(&folder.dir()).unwrap();
    let mut batch = Batch::new();
    for number in 0..2_000u32 {
        batch.put(Table::Frames, number.to_be_bytes(), vec![7; 100]);
    }
    now(store.commit(batch)).unwrap();
    drop(store);
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2 / 4_096 * 4_096;
    bytes[middle..middle + 4_096].fill(0x5a);
    fs::write(&file, bytes).unwrap();
    let store = SqliteStore::open(&folder.dir()).unwrap();
    assert!(matches!(now(store.check()).unwrap_err(), StoreError::Damaged(_)));
    assert!(matches!(now(store.scan(Table::Frames, b"")).unwrap_err(), StoreError::Damaged(_)));
}

#[test]
fn a_file_of_another_program_or_of_a_newer_maillon_is_left_alone() {
    for (sql, expected) in [
        ("CREATE TABLE recipes (name)", StoreError::Damaged("the file is not a notebook's".into())),
        ("PRAGMA application_id = 0x4d41494c; PRAGMA user_version = 99; CREATE TABLE meta (key)", StoreError::TooNew),
    ] {
        let folder = Folder::fresh();
        fs::create_dir(folder.dir()).unwrap();
        let file = folder.dir().join("notebook.db");
        rusqlite::Connection::open(&file).unwrap().execute_batch(sql).unwrap();
        let before = fs::read(&file).unwrap();
        assert_eq!(SqliteStore::open(&folder.dir()).unwrap_err(), expected);
        assert_eq!(SqliteStore::create(&folder.dir()).unwrap_err(), expected);
        assert_eq!(fs::read(&file).unwrap(), before);
    }
}

/// `fixtures/notebook-1.sqlite` was made once by the first schema and is never made again: it stands for the notebooks
/// that people have.
#[test]
fn a_notebook_of_the_first_schema_opens() {
    let folder = Folder::fresh();
    fs::create_dir(folder.dir()).unwrap();
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/notebook-1.sqlite");
    fs::copy(frozen, folder.dir().join("notebook.db")).unwrap();
    let mut expected = Batch::new();
    // The tables that there were.
    for table in Table::ALL.into_iter().filter(|table| *table != Table::Shared) {
        for number in 0..20u8 {
            expected.put(table, [0xff, number], vec![number; usize::from(number) * 10]);
        }
    }
    let mut model = Model::default();
    model.apply(&expected);
    let mut store = SqliteStore::open(&folder.dir()).unwrap();
    now(store.check()).unwrap();
    now(model.assert_is(&store));
    now(store.commit(row("key", "value"))).unwrap();
}

#[test]
fn what_was_erased_is_nowhere_in_the_folder_after_the_purge() {
    const MARKER: &[u8] = b"k3y-0f-th3-3ras3d-p3rs0n";
    let folder = Folder::fresh();
    let found = || {
        let files = fs::read_dir(folder.dir()).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
        files.filter(|bytes| bytes.windows(MARKER.len()).any(|window| window == MARKER)).count()
    };
    let mut store = SqliteStore::create(&folder.dir()).unwrap();
    for round in 0..3u8 {
        let mut batch = Batch::new();
        for number in 0..200u8 {
            batch.put(Table::Frames, [round, number], [MARKER, &[number; 50]].concat());
            batch.put(Table::Acts, [round, number], vec![number; 300]);
        }
        // Long enough to overflow its page.
        batch.put(Table::Frames, [round, 255], MARKER.repeat(1_000));
        now(store.commit(batch)).unwrap();
        if round == 1 {
            drop(store);
            store = SqliteStore::open(&folder.dir()).unwrap();
        }
    }
    assert!(found() > 0);
    let mut batch = Batch::new();
    batch.delete_prefix(Table::Frames, b"");
    now(store.commit(batch)).unwrap();
    now(store.purge()).unwrap();
    assert_eq!(found(), 0, "while it is open");
    assert_eq!(now(store.scan(Table::Acts, b"")).unwrap().len(), 600);
    drop(store);
    assert_eq!(found(), 0, "when it is closed");
}

/// A small file system of its own; needs root.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// None, with the reason said, where it cannot be had; in CI it can.
    fn of(options: &str) -> Option<Self> {
        match Self::mounted(options) {
            Ok(disk) => Some(disk),
            Err(why) => {
                assert!(std::env::var("CI").is_err(), "in CI nothing is skipped: {why}");
                eprintln!("skipped, no small disk of its own: {why}");
                None
            }
        }
    }

    fn mounted(options: &str) -> Result<Self, String> {
        let dir = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(dir.path()).output();
        match mounted {
            Ok(output) if output.status.success() => Ok(SmallDisk(dir)),
            Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn remount(&self, options: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(self.0.path()).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn on_a_full_disk_nothing_is_lost_and_work_goes_on_once_there_is_room() {
    let Some(disk) = SmallDisk::of("size=1m") else { return };
    let dir = disk.0.path().join("notebook");
    let mut store = SqliteStore::create(&dir).unwrap();
    let mut model = Model::default();
    let mut number = 0u32;
    let refused = loop {
        let mut batch = Batch::new();
        batch.put(Table::Frames, number.to_be_bytes(), vec![number as u8; 3_000]);
        batch.put(Table::Acts, number.to_be_bytes(), b"and");
        match now(store.commit(batch.clone())) {
            Ok(()) => model.apply(&batch),
            Err(error) => break error,
        }
        number += 1;
        assert!(number < 1_000, "the disk never filled");
    };
    assert_eq!(refused, StoreError::Full);
    assert!(number > 20, "{number}");
    now(model.assert_is(&store));

    // Reopened while still full: all is there, and can be read.
    drop(store);
    let mut store = SqliteStore::open(&dir).unwrap();
    now(model.assert_is(&store));

    disk.remount("size=8m");
    let mut batch = Batch::new();
    batch.put(Table::Frames, b"after", vec![1; 3_000]);
    now(store.commit(batch.clone())).unwrap();
    model.apply(&batch);
    now(model.assert_is(&store));
    now(store.check()).unwrap();
}

#[test]
fn a_read_only_folder_says_so() {
    let Some(disk) = SmallDisk::of("size=4m") else { return };
    let dir = disk.0.path().join("notebook");
    let mut store = SqliteStore::create(&dir).unwrap();
    now(store.commit(row("key", "value"))).unwrap();
    drop(store);

    disk.remount("ro");
    assert_eq!(SqliteStore::open(&dir).unwrap_err(), StoreError::ReadOnly);
    assert_eq!(SqliteStore::create(&disk.0.path().join("other")).unwrap_err(), StoreError::ReadOnly);

    disk.remount("rw");
    let store = SqliteStore::open(&dir).unwrap();
    assert_eq!(now(store.get(Table::Meta, b"key")), Ok(Some(b"value".to_vec())));
}
