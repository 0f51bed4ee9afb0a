//! Files that come from elsewhere and files that go there: tables and vCards.
//!
//! Bytes in, plain values out, and back. Nothing here writes to the notebook, knows what is in it, or makes an id. Foreign
//! bytes never cause a panic and never take unbounded memory; a line that cannot be taken is named with its number and
//! its reason, and the others are kept. Words of files are French, whoever reads the screens: a file must read the same
//! in the next village.

pub mod encoding;

pub mod csv;
pub mod vcard;

pub mod directory;
pub mod personal_data;
