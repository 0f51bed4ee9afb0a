//! A backup: one file that holds a whole notebook, sealed as it is.
//!
//! ```text
//! "MAILCOPY" │ format 2 │ header length 4 │ header │ row… │ 255 │ rows 8 │ SHA-256 of all before 32
//! row: table 1 │ key length 4 │ key │ value length 4 │ value       in the order of tables and keys, none twice
//! ```
//!
//! Numbers are big-endian. Nothing is opened to make one, so it can be made while the notebook is locked, and it opens
//! as the notebook does: with the passphrase, or the 24 words. Half-filled forms and the journal of reads stay on the
//! device. The digest tells a file cut short or spoilt; against whoever could *write* the file stand the seals, each
//! row's own, which do not show that a row is missing.
//!
//! A restored notebook is a copy: the engine must take it for a new device, and replay the erasures known elsewhere
//! before anything is shown. That is not known here.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::store::{Batch, Store, StoreError, Table};
use crate::vault::{HEADER_ROW, Header, HeaderError, NotebookKind};

/// The format written here.
pub const FORMAT: u16 = 1;

const MAGIC: &[u8; 8] = b"MAILCOPY";
const END: u8 = 255;
const DIGEST_BYTES: usize = 32;
const DOCUMENT_ID_BYTES: usize = 16;

/// What a backup holds, for a screen to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which notebook it is of.
    pub notebook: [u8; 16],
    /// Whose.
    pub kind: NotebookKind,
    /// How many rows.
    pub rows: u64,
    /// How many documents: each has one key.
    pub documents: u64,
    /// What it weighs.
    pub bytes: u64,
}

/// Why a backup was not made, or not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupError {
    /// The store holds no notebook to copy.
    NoNotebook,
    /// The file is something else.
    NotABackup,
    /// The file is a backup, cut short or spoilt.
    Damaged,
    /// A newer Maillon made it.
    TooNew,
    /// There is something already where it should be restored.
    NotEmpty,
    /// The store said no.
    Store(StoreError),
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackupError::NoNotebook => f.write_str("there is no notebook to copy"),
            BackupError::NotABackup => f.write_str("the file is not a backup"),
            BackupError::Damaged => f.write_str("the backup is damaged"),
            BackupError::TooNew => f.write_str("a newer version made this backup"),
            BackupError::NotEmpty => f.write_str("there is a notebook here already"),
            BackupError::Store(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for BackupError {}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        BackupError::Store(error)
    }
}

impl From<HeaderError> for BackupError {
    fn from(error: HeaderError) -> Self {
        match error {
            HeaderError::Damaged => BackupError::Damaged,
            HeaderError::TooNew { .. } => BackupError::TooNew,
        }
    }
}

/// The row, in [`Table::Meta`], that says that a notebook comes from a backup and was not opened since.
pub const RESTORED_ROW: &[u8] = b"restored";

/// Whether a table's rows go into backups.
fn is_copied(table: Table) -> bool {
    match table {
        Table::Meta | Table::Keyring | Table::Frames | Table::Views | Table::Acts | Table::Shared => true,
        Table::Reads | Table::Drafts => false,
    }
}

/// Whether a row is the key of a document; those of packs are there too, under longer names.
fn is_document(table: Table, key: &[u8]) -> bool {
    table == Table::Keyring && key.len() == DOCUMENT_ID_BYTES
}

/// The whole backup, in memory.
pub async fn write_backup(store: &impl Store) -> Result<Vec<u8>, BackupError> {
    let mut bytes = Vec::new();
    write_backup_to(store, |piece| {
        bytes.extend_from_slice(piece);
        Ok(())
    })
    .await?;
    Ok(bytes)
}

/// The backup, piece by piece, to wherever the host puts it; it is whole only once this has returned without error.
pub async fn write_backup_to(
    store: &impl Store,
    to: impl FnMut(&[u8]) -> Result<(), StoreError>,
) -> Result<Report, BackupError> {
    let header_bytes = store.get(Table::Meta, HEADER_ROW).await?.ok_or(BackupError::NoNotebook)?;
    // A spoilt header makes a backup that nobody can open: better said now than on the day it is needed.
    let header = Header::parse(&header_bytes)?;
    let mut out = Summed { to, digest: Sha256::new(), bytes: 0 };
    out.write(MAGIC)?;
    out.write(&FORMAT.to_be_bytes())?;
    out.write_part(&header_bytes)?;
    let (mut rows, mut documents) = (0, 0);
    for table in Table::ALL.into_iter().filter(|&table| is_copied(table)) {
        let mut write_row = |key: &[u8], value: &[u8]| {
            out.write(&[table as u8])?;
            out.write_part(key)?;
            out.write_part(value)?;
            rows += 1;
            documents += u64::from(is_document(table, key));
            Ok::<(), StoreError>(())
        };
        // In 257 pieces, so that a large notebook is never whole in memory.
        if let Some(value) = store.get(table, b"").await? {
            write_row(b"", &value)?;
        }
        for first in 0..=255 {
            for (key, value) in store.scan(table, &[first]).await? {
                write_row(&key, &value)?;
            }
        }
    }
    out.write(&[END])?;
    out.write(&u64::to_be_bytes(rows))?;
    let digest = out.digest.clone().finalize();
    out.write(&digest)?;
    Ok(Report { notebook: header.notebook, kind: header.kind, rows, documents, bytes: out.bytes })
}

/// What is written is digested on the way.
struct Summed<F> {
    to: F,
    digest: Sha256,
    bytes: u64,
}

impl<F: FnMut(&[u8]) -> Result<(), StoreError>> Summed<F> {
    fn write(&mut self, piece: &[u8]) -> Result<(), StoreError> {
        self.digest.update(piece);
        self.bytes += piece.len() as u64;
        (self.to)(piece)
    }

    /// Its length, then itself.
    fn write_part(&mut self, part: &[u8]) -> Result<(), StoreError> {
        let length = u32::try_from(part.len()).map_err(|_| StoreError::Io("a row of four gigabytes".into()))?;
        self.write(&length.to_be_bytes())?;
        self.write(part)
    }
}

/// A backup, read and found whole.
#[derive(Clone, Debug)]
pub struct Backup<'a> {
    /// To open it with the passphrase or the words, before anything is restored.
    pub header: Header,
    /// What it holds.
    pub report: Report,
    rows: &'a [u8],
}

impl<'a> Backup<'a> {
    /// Reads a file, all of it, before anything is believed.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, BackupError> {
        let after_magic = bytes.strip_prefix(MAGIC).ok_or(BackupError::NotABackup)?;
        let (summed, digest) = bytes.split_last_chunk::<DIGEST_BYTES>().ok_or(BackupError::Damaged)?;
        if Sha256::digest(summed)[..] != digest[..] {
            return Err(BackupError::Damaged);
        }
        let (format, _) = after_magic.split_first_chunk::<2>().ok_or(BackupError::Damaged)?;
        match u16::from_be_bytes(*format) {
            FORMAT => {}
            0 => return Err(BackupError::Damaged),
            _ => return Err(BackupError::TooNew),
        }
        let mut rest = summed.get(MAGIC.len() + 2..).ok_or(BackupError::Damaged)?;
        let header_bytes = take_part(&mut rest).ok_or(BackupError::Damaged)?;
        let header = Header::parse(header_bytes)?;
        // The end mark and the count close the rows.
        let (rows, end) = rest.split_last_chunk::<9>().ok_or(BackupError::Damaged)?;
        let (&[END], count) = end.split_at(1) else { return Err(BackupError::Damaged) };
        let mut report =
            Report { notebook: header.notebook, kind: header.kind, rows: 0, documents: 0, bytes: bytes.len() as u64 };
        let mut last = None;
        let mut header_row = None;
        let mut rest = rows;
        while !rest.is_empty() {
            let (table, key, value) = take_row(&mut rest)?;
            if last.is_some_and(|last| last >= (table, key)) || !is_copied(table) {
                return Err(BackupError::Damaged);
            }
            last = Some((table, key));
            if (table, key) == (Table::Meta, HEADER_ROW) {
                header_row = Some(value);
            }
            report.rows += 1;
            report.documents += u64::from(is_document(table, key));
        }
        if report.rows.to_be_bytes() != count || header_row != Some(header_bytes) {
            return Err(BackupError::Damaged);
        }
        Ok(Backup { header, report, rows })
    }

    /// Its rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = (Table, &'a [u8], &'a [u8])> {
        let mut rest = self.rows;
        // It was read once already: nothing is left out here.
        std::iter::from_fn(move || if rest.is_empty() { None } else { take_row(&mut rest).ok() })
    }

    /// Puts everything into an empty store, at once or not at all.
    pub async fn restore(&self, store: &mut impl Store) -> Result<Report, BackupError> {
        for table in Table::ALL {
            if !store.scan(table, b"").await?.is_empty() {
                return Err(BackupError::NotEmpty);
            }
        }
        let mut batch = Batch::new();
        // Two devices must never write under one name: the first opening takes a new one.
        batch.put(Table::Meta, RESTORED_ROW, Vec::new());
        for (table, key, value) in self.rows().filter(|(table, key, _)| *table != Table::Meta || *key != RESTORED_ROW) {
            batch.put(table, key, value);
        }
        store.commit(batch).await?;
        Ok(self.report)
    }
}

/// Reads a backup and restores it into an empty store: all of it, or nothing.
pub async fn read_backup(bytes: &[u8], store: &mut impl Store) -> Result<Report, BackupError> {
    Backup::parse(bytes)?.restore(store).await
}

fn take_row<'a>(rest: &mut &'a [u8]) -> Result<(Table, &'a [u8], &'a [u8]), BackupError> {
    let (&table, after) = rest.split_first().ok_or(BackupError::Damaged)?;
    // A table that a newer Maillon added.
    let table = *Table::ALL.get(usize::from(table)).ok_or(BackupError::TooNew)?;
    *rest = after;
    let key = take_part(rest).ok_or(BackupError::Damaged)?;
    let value = take_part(rest).ok_or(BackupError::Damaged)?;
    Ok((table, key, value))
}

fn take_part<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let (part, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    *rest = after;
    Some(part)
}

/// Reads whatever it is given, as a fuzzer would: what is read must be written back byte for byte.
pub fn fuzz_one(bytes: &[u8]) {
    let check = |bytes: &[u8]| {
        if let Ok(backup) = Backup::parse(bytes) {
            let rows: u64 = backup.rows().map(|(_, key, value)| 9 + key.len() as u64 + value.len() as u64).sum();
            let frame = MAGIC.len() + 2 + 4 + backup.header.to_bytes().len() + 9 + DIGEST_BYTES;
            assert_eq!(rows + frame as u64, bytes.len() as u64, "a backup was not read whole");
            assert_eq!(backup.rows().count() as u64, backup.report.rows);
        }
    };
    check(bytes);
    // A mutator never hits the digest: read the same bytes with the right one.
    let summed = bytes.get(..bytes.len().saturating_sub(DIGEST_BYTES)).unwrap_or_default();
    check(&[summed, &Sha256::digest(summed)].concat());
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::contract::{Chance, Model, now};
    use crate::memory::{Disk, FaultyStore, Plan};
    use crate::vault::fixture::{Seeded, unhex};
    use crate::vault::{Keyring, Words, unlock_with_passphrase, unlock_with_words};
    use proptest::prelude::*;

    /// The frozen notebook: a header and a keyring that open.
    fn frozen(name: &str) -> &'static str {
        let mut lines = include_str!("../tests/fixtures/vault-1.txt").lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(" = ")).unwrap()
    }

    /// A notebook with some rows in every table.
    fn notebook(disk: &Disk) -> FaultyStore {
        let mut batch = Batch::new();
        for row in ["header", "keyring-key"] {
            batch.put(Table::Meta, row, unhex(frozen(&format!("Meta/{row}"))));
        }
        let mut chance = Chance(8);
        for table in Table::ALL {
            for number in 0..9u8 {
                let mut key = vec![chance.draw() as u8, number];
                // A document's key is named by the document's id.
                key.resize(if table == Table::Keyring { DOCUMENT_ID_BYTES } else { 2 }, 0);
                batch.put(table, key, vec![table as u8; usize::from(number) * 30]);
            }
            batch.put(table, b"", b"an empty key");
        }
        let mut store = FaultyStore::open(disk).unwrap();
        now(store.commit(batch)).unwrap();
        store
    }

    fn backup() -> Vec<u8> {
        now(write_backup(&notebook(&Disk::new()))).unwrap()
    }

    fn with_digest(mut bytes: Vec<u8>) -> Vec<u8> {
        bytes.truncate(bytes.len() - DIGEST_BYTES);
        let digest = Sha256::digest(&bytes);
        bytes.extend_from_slice(&digest);
        bytes
    }

    #[test]
    fn a_restored_notebook_is_the_same_but_for_drafts_and_reads() {
        let store = notebook(&Disk::new());
        let bytes = now(write_backup(&store)).unwrap();
        let mut restored = FaultyStore::open(&Disk::new()).unwrap();
        let report = now(read_backup(&bytes, &mut restored)).unwrap();
        for table in Table::ALL {
            let mut rows = now(restored.scan(table, b"")).unwrap();
            if table == Table::Meta {
                let said = rows.iter().position(|(key, _)| key == RESTORED_ROW).unwrap();
                rows.remove(said);
            }
            match table {
                Table::Reads | Table::Drafts => assert!(rows.is_empty(), "{table:?}"),
                _ => assert_eq!(rows, now(store.scan(table, b"")).unwrap(), "{table:?}"),
            }
        }
        assert_eq!((report.rows, report.documents, report.bytes), (6 * 10 + 2, 9, bytes.len() as u64));
    }

    #[test]
    fn a_backup_opens_with_the_passphrase_or_the_words_before_it_is_restored() {
        let bytes = backup();
        let backup = Backup::parse(&bytes).unwrap();
        now(unlock_with_passphrase(&mut Seeded::new(1), &backup.header, frozen("passphrase"))).unwrap();
        let key = unlock_with_words(&backup.header, &Words::parse(frozen("words")).unwrap()).unwrap();
        let row = backup.rows().find(|(table, key, _)| (*table, *key) == (Table::Meta, b"keyring-key")).unwrap();
        Keyring::open(&key, row.2).unwrap();
    }

    #[test]
    fn a_backup_is_never_restored_over_something() {
        let bytes = backup();
        let mut store = FaultyStore::open(&Disk::new()).unwrap();
        let mut batch = Batch::new();
        batch.put(Table::Drafts, b"a form", b"half filled");
        now(store.commit(batch.clone())).unwrap();
        assert_eq!(now(read_backup(&bytes, &mut store)), Err(BackupError::NotEmpty));
        let mut model = Model::default();
        model.apply(&batch);
        now(model.assert_is(&store));
    }

    #[test]
    fn a_restoration_cut_short_leaves_nothing_or_all() {
        let bytes = backup();
        for step in 1..=3 {
            for seed in 0..20 {
                let disk = Disk::new();
                disk.plan(Plan { cut_at_step: Some(step), seed, ..Plan::default() });
                let mut store = FaultyStore::open(&disk).unwrap();
                assert!(now(read_backup(&bytes, &mut store)).is_err());
                disk.restore();
                let mut store = FaultyStore::open(&disk).unwrap();
                match now(read_backup(&bytes, &mut store)) {
                    Ok(_) => {}
                    Err(BackupError::NotEmpty) => assert_eq!(now(write_backup(&store)).unwrap(), bytes),
                    Err(other) => panic!("{other}"),
                }
            }
        }
    }

    #[test]
    fn an_empty_store_is_no_notebook() {
        let store = FaultyStore::open(&Disk::new()).unwrap();
        assert_eq!(now(write_backup(&store)), Err(BackupError::NoNotebook));
    }

    #[test]
    fn what_is_not_a_backup_says_so() {
        for bytes in [&b""[..], b"MAIL", b"PK\x03\x04 and so on", b"MAILLON\0"] {
            assert_eq!(Backup::parse(bytes).unwrap_err(), BackupError::NotABackup);
        }
        assert_eq!(Backup::parse(MAGIC).unwrap_err(), BackupError::Damaged);
    }

    #[test]
    fn a_newer_backup_says_so() {
        let mut bytes = backup();
        bytes[9] = 2;
        assert_eq!(Backup::parse(&with_digest(bytes)).unwrap_err(), BackupError::TooNew);
    }

    #[test]
    fn a_full_disk_stops_the_writing_and_says_so() {
        let store = notebook(&Disk::new());
        let mut room = 500;
        let written = now(write_backup_to(&store, |piece| {
            room -= piece.len() as i64;
            if room < 0 { Err(StoreError::Full) } else { Ok(()) }
        }));
        assert_eq!(written, Err(BackupError::Store(StoreError::Full)));
    }

    #[test]
    fn a_stowaway_row_is_refused() {
        let bytes = backup();
        let at_end = bytes.len() - DIGEST_BYTES - 9;
        let mut draft = vec![Table::Drafts as u8, 0, 0, 0, 1, b'x', 0, 0, 0, 0];
        let mut spoilt = bytes[..at_end].to_vec();
        spoilt.append(&mut draft);
        spoilt.push(END);
        spoilt.extend_from_slice(&63u64.to_be_bytes());
        spoilt.extend_from_slice(&[0; DIGEST_BYTES]);
        assert_eq!(Backup::parse(&with_digest(spoilt)).unwrap_err(), BackupError::Damaged);
    }

    proptest! {
        #[test]
        fn any_byte_changed_is_noticed(at: prop::sample::Index, change in 1u8..) {
            let mut bytes = backup();
            let at = at.index(bytes.len());
            bytes[at] ^= change;
            let expected = if at < MAGIC.len() { BackupError::NotABackup } else { BackupError::Damaged };
            prop_assert_eq!(Backup::parse(&bytes).unwrap_err(), expected);
        }

        #[test]
        fn cut_short_is_damaged(at: prop::sample::Index) {
            let bytes = backup();
            let short = &bytes[..MAGIC.len() + at.index(bytes.len() - MAGIC.len())];
            prop_assert_eq!(Backup::parse(short).unwrap_err(), BackupError::Damaged);
        }

        #[test]
        fn foreign_bytes_never_panic(at: prop::sample::Index, byte: u8, more: Vec<u8>) {
            let mut bytes = backup();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            fuzz_one(&bytes);
            bytes.splice(at..at, more.clone());
            fuzz_one(&bytes);
            fuzz_one(&more);
        }
    }
}
