//! Spreadsheets of Excel's and LibreOffice's, read as tables; and a table written as one of LibreOffice's.
//!
//! The reader is written here, and not bought: the crate there is fills a rectangle as large as the farthest cell, or as
//! the number of rows that a file says are repeated, so that some bytes of a bad file ask for all the memory there is,
//! which ends a browser's worker. Here nothing grows but by what is read, under limits of its own. One sheet is read: the
//! first that says something.

mod ods;
mod write;
mod xlsx;
mod xml;
mod zip;

use super::table::{Form, MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RawRow, RawTable, TableError};
pub use write::write_ods;
use zip::Archive;

/// What Excel's spreadsheets were before 2007, and what those locked with a passphrase still are.
const OLD_OR_LOCKED: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether a file is a spreadsheet rather than a text.
pub fn is_spreadsheet(bytes: &[u8]) -> bool {
    zip::is_archive(bytes) || bytes.starts_with(OLD_OR_LOCKED)
}

/// Reads a table.
pub fn read(bytes: &[u8]) -> Result<RawTable, TableError> {
    if bytes.len() > MAX_BYTES {
        return Err(TableError::TooManyBytes);
    }
    if bytes.starts_with(OLD_OR_LOCKED) {
        return Err(TableError::UnknownKind);
    }
    let mut archive = Archive::read(bytes)?;
    if archive.has("xl/workbook.xml") {
        RawTable::of_rows(xlsx::rows(&mut archive)?, Form::Xlsx)
    } else if archive.has("content.xml") {
        RawTable::of_rows(ods::rows(&mut archive)?, Form::Ods)
    } else {
        Err(TableError::UnknownKind)
    }
}

/// The lines of a sheet as they are read, under the limits of any table.
#[derive(Default)]
struct Sheet {
    rows: Vec<RawRow>,
    cells: usize,
    bytes: usize,
}

impl Sheet {
    /// Adds a line, if it says something.
    fn push(&mut self, line: usize, mut cells: Vec<String>) -> Result<(), TableError> {
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        self.cells += cells.len();
        self.bytes += cells.iter().map(String::len).sum::<usize>();
        if cells.len() > MAX_COLUMNS || self.cells > MAX_CELLS {
            return Err(TableError::TooManyCells { line });
        }
        if self.bytes > MAX_BYTES {
            return Err(TableError::TooManyBytes);
        }
        // One more for the heads.
        if self.rows.len() > MAX_ROWS {
            return Err(TableError::TooManyRows);
        }
        // A line is after the one before, whatever a file that is not well formed says.
        let line = self.rows.last().map_or(line, |before| line.max(before.line.saturating_add(1)));
        self.rows.push(RawRow { line, cells });
        Ok(())
    }

    /// The lines, none shorter than the first that has heads: a sheet has no end of line, so that none is ragged.
    fn finish(mut self) -> Vec<RawRow> {
        let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let room = MAX_CELLS / self.rows.len().max(1);
        for row in &mut self.rows {
            row.cells.resize(row.cells.len().max(width.min(room)), String::new());
        }
        self.rows
    }
}

/// Reads any bytes, and checks what must hold of any table. For fuzzers.
pub fn fuzz_one(bytes: &[u8]) {
    let Ok(table) = read(bytes) else { return };
    assert!(table.rows.len() <= MAX_ROWS, "more rows than allowed");
    assert!(table.rows.is_sorted_by(|a, b| a.line < b.line), "lines out of order");
    assert!(table.rows.iter().all(|row| row.cells.len() <= MAX_COLUMNS), "more cells than allowed");
}
