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
