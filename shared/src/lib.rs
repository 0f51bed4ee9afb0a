//! What screens and engine share: the words of the domain, and the one door between them.
//!
//! No I/O, no clock, no CRDT and no key here: these words are compiled into the screens too.

pub mod domain;
pub mod text;

pub mod api;
