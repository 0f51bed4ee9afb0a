//! Files that come from elsewhere and files that go there: tables, spreadsheets, vCards and calendars.
//!
//! Bytes in, plain values out, and back. Nothing here writes to the notebook, knows what is in it, or makes an id. Foreign
//! bytes never cause a panic and never take unbounded memory; a line that cannot be taken is named with its number and
//! its reason, and the others are kept. Words of files are French, whoever reads the screens: a file must read the same
//! in the next village.

pub mod encoding;

pub mod table;

pub mod addresses;

pub mod csv;
pub mod icalendar;
pub mod spreadsheet;
pub mod summary_table;
pub mod vcard;

mod cells;
pub mod columns;
pub mod refused;

pub mod data_inclusion;
pub mod directory;
pub mod erased_ids;
pub mod of_collective;
pub mod own_card;
pub mod people;
pub mod personal_data;
pub mod register;
pub mod sheet_file;

use table::{RawTable, TableError};

/// Reads a table, whatever kind of file it is in.
pub fn read_table(bytes: &[u8]) -> Result<RawTable, TableError> {
    if spreadsheet::is_spreadsheet(bytes) { spreadsheet::read(bytes) } else { csv::read(bytes) }
}
