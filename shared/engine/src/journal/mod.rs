//! The journal: what was written, by whom, and how it merges. Small CRDT documents, written field by field.
//!
//! Nobody else says the word automerge. To the rest of the house a document is its header, its fields, and *frames*:
//! opaque bytes that any device holding the document can absorb, in any order, as often as it likes.
//!
//! It does no I/O and knows no key: frames are sealed and kept by whoever holds the document.

pub mod kinds;
pub mod value;

pub mod document;
pub mod fields;
mod genesis;
pub mod history;
mod undo;

pub mod records;

pub mod act;

pub use document::{Document, JournalError};
pub use kinds::{Header, Kind, Scope};
pub use value::{Place, Value};

/// Reads any bytes as a frame, a header and an act, and checks what must hold of whatever they make. For fuzzers.
pub fn fuzz_one(bytes: &[u8]) {
    use maillon_shared::domain::ids::DocId;

    let id = DocId([1; 16]);
    if let Some(header) = Header::from_bytes(id, bytes) {
        assert_eq!(Header::from_bytes(id, &header.to_bytes()), Some(header), "a header reads back");
    }
    if let Some(act) = act::ActRecord::from_bytes(bytes) {
        assert_eq!(act::ActRecord::from_bytes(&act.to_bytes()), Some(act), "an act reads back");
    }
    for kind in [Kind::Person, Kind::PersonJournal] {
        let header = Header::new(id, kind, None, 0);
        if let Ok(document) = Document::load(header.clone(), [bytes], [2; 16]) {
            crate::views::Cached::read(&document);
            document.conflicts();
        }
        if let Ok(mut document) = Document::new(header, [2; 16]) {
            // A frame refused leaves the document as it was.
            let before = document.heads();
            if document.absorb(bytes).is_err() {
                assert_eq!(document.heads(), before, "a frame refused changed the document");
            }
            crate::views::Cached::read(&document);
        }
    }
}
