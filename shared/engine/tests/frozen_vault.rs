//! Notebooks made by every version that people have used still open.
//!
//! `fixtures/vault-N.txt` was written once, by version N of the format, and is never made again: if this fails, users
//! lose their notebooks. So it is for `fixtures/backup-N.maillon`, put together from the same rows by a program in
//! another language that follows the format as it is described. A new format brings a new file and a new test; the old
//! ones stay.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use maillon_engine::ambient::{Ambient, StretchError};
use maillon_engine::backup::Backup;
use maillon_engine::store::Table;
use maillon_engine::vault::{
    Header, Keyring, Label, NotebookKey, NotebookKind, StretchParams, Stretched, Words, open_row, stretch,
    unlock_with_passphrase, unlock_with_words,
};
use maillon_shared::domain::time::Instant;

struct Machine;

impl Ambient for Machine {
    type Folder = maillon_engine::link::NoFolder;

    fn now(&self) -> Instant {
        Instant::default()
    }

    fn random(&mut self, _: &mut [u8]) {
        panic!("opening a notebook takes no chance");
    }

    async fn stretch(&mut self, secret: &[u8], params: &StretchParams) -> Result<Stretched, StretchError> {
        stretch(secret, params)
    }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits for anything"),
    }
}

struct Frozen(BTreeMap<&'static str, &'static str>);

impl Frozen {
    fn read(text: &'static str) -> Self {
        Frozen(text.lines().filter_map(|line| line.split_once(" = ")).collect())
    }

    fn text(&self, name: &str) -> &'static str {
        self.0[name]
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        let digits = self.text(name).as_bytes();
        digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    }
}

#[test]
fn a_notebook_of_format_1_opens_and_reads() {
    let frozen = Frozen::read(include_str!("fixtures/vault-1.txt"));
    let header = Header::parse(&frozen.bytes("Meta/header")).unwrap();
    assert_eq!((header.notebook.to_vec(), header.kind), (frozen.bytes("notebook"), NotebookKind::Coordinator));

    let by_passphrase = now(unlock_with_passphrase(&mut Machine, &header, frozen.text("passphrase"))).unwrap();
    let by_words = unlock_with_words(&header, &Words::parse(frozen.text("words")).unwrap()).unwrap();
    for key in [by_passphrase, by_words] {
        reads(&frozen, &key);
    }
}

fn reads(frozen: &Frozen, key: &NotebookKey) {
    let document: [u8; 16] = frozen.bytes("document").try_into().unwrap();
    let ring = Keyring::open(key, &frozen.bytes("Meta/keyring-key")).unwrap();
    let document_key = ring.open_document_key(&document, &frozen.bytes("Keyring/document")).unwrap();
    let frame = [document.as_slice(), &[0, 0, 0, 1]].concat();
    let plain = open_row(&document_key.sealing(), Table::Frames, &frame, &frozen.bytes("Frames/document/1")).unwrap();
    assert_eq!(std::str::from_utf8(&plain).unwrap(), frozen.text("frame"));

    let view = open_row(&key.derive(Label::Views), Table::Views, &document, &frozen.bytes("Views/document")).unwrap();
    assert_eq!(std::str::from_utf8(&view).unwrap(), frozen.text("view"));
}

#[test]
fn a_backup_of_format_1_opens_and_reads() {
    let backup = Backup::parse(include_bytes!("fixtures/backup-1.maillon")).unwrap();
    assert_eq!((backup.report.rows, backup.report.documents), (5, 1));

    let frozen = Frozen::read(include_str!("fixtures/vault-1.txt"));
    let key = unlock_with_words(&backup.header, &Words::parse(frozen.text("words")).unwrap()).unwrap();
    let row = |table: Table| backup.rows().filter(move |row| row.0 == table).last().unwrap();
    let (_, document, sealed) = row(Table::Keyring);
    let document: [u8; 16] = document.try_into().unwrap();
    let ring = Keyring::open(&key, row(Table::Meta).2).unwrap();
    let document_key = ring.open_document_key(&document, sealed).unwrap();
    let (_, place, sealed) = row(Table::Frames);
    let plain = open_row(&document_key.sealing(), Table::Frames, place, sealed).unwrap();
    assert_eq!(std::str::from_utf8(&plain).unwrap(), frozen.text("frame"));
}
