//! The words of the domain: one file a notion. It knows nobody.

pub mod time;
