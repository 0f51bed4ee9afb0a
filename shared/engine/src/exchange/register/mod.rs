//! The legal register as a table: one kept before that comes in, the extract that the mayor transmits.

mod extract;
mod list;

pub use extract::write as write_extract;
pub use list::{Listed, RegisterColumn, RegisterLine, RegisterList, fuzz_one};
