//! The legal register as a table: the extract that the mayor transmits.

mod extract;

pub use extract::write as write_extract;
