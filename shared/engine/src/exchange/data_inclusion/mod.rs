//! Structures and services as *data.inclusion* writes them, the French common ground of social support: JSON, its
//! schemas 0.11 to 1 read, version 1 written.
//!
//! A structure becomes an entry and a service a mission of it. The producer's identifiers make ours, so that the same file
//! taken in again adds nothing. What goes out is for everyone: structures only, and missions that inhabitants may read.

mod read;
mod words;
mod write;

pub use read::{Inclusion, InclusionError, is_inclusion};
pub use write::write;
