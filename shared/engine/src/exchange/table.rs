//! Tables as files have them, whatever kind of file: heads, lines with their numbers, and nothing of what they mean.

use super::encoding::Encoding;

/// The largest file read.
pub const MAX_BYTES: usize = 64 << 20;
/// The most lines read.
pub const MAX_ROWS: usize = 200_000;
/// The most columns in a line.
pub const MAX_COLUMNS: usize = 1_000;
/// The most cells in a file.
pub const MAX_CELLS: usize = 8_000_000;

/// What kind of file a table was in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A text.
    Text {
        /// How it was written.
        encoding: Encoding,
        /// What separates the cells.
        separator: char,
    },
    /// A spreadsheet of Excel's.
    Xlsx,
    /// A spreadsheet of LibreOffice's.
    Ods,
}

impl Default for Form {
    fn default() -> Self {
        Form::Text { encoding: Encoding::Utf8, separator: ';' }
    }
}

impl Form {
    /// The encoding of a text, or the kind of spreadsheet, as people and programs name them.
    pub const fn code(self) -> &'static str {
        match self {
            Form::Text { encoding, .. } => encoding.code(),
            Form::Xlsx => "xlsx",
            Form::Ods => "ods",
        }
    }

    /// What separates the cells, where something does.
    pub fn separator(self) -> String {
        match self {
            Form::Text { separator, .. } => separator.to_string(),
            Form::Xlsx | Form::Ods => String::new(),
        }
    }
}

/// A table as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawTable {
    /// The heads of the columns; empty texts where the first line is not made of heads.
    pub header: Vec<String>,
    /// The line of the heads, from 1.
    pub header_line: usize,
    /// The lines under the heads. Lines with nothing in them are left out.
    pub rows: Vec<RawRow>,
    /// Lines over the heads: titles, dates of issue.
    pub preamble: Vec<RawRow>,
    /// What kind of file it was in.
    pub form: Form,
}

impl RawTable {
    /// The table that lines make: titles, heads, then the rest.
    pub(super) fn of_rows(rows: Vec<RawRow>, form: Form) -> Result<Self, TableError> {
        if rows.is_empty() {
            return Err(TableError::Empty);
        }
        let mut preamble = rows;
        let mut rows = preamble.split_off(title_lines(&preamble));
        let RawRow { line: header_line, cells: header } = rows.remove(0);
        Ok(RawTable { header, header_line, rows, preamble, form })
    }

    /// Takes the first line for a line like the others: the table has no heads.
    pub fn without_heads(mut self) -> Self {
        let empty = vec![String::new(); self.header.len()];
        let cells = std::mem::replace(&mut self.header, empty);
        self.rows.insert(0, RawRow { line: self.header_line, cells });
        self
    }
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// Where it begins in the file, from 1, as an editor numbers lines.
    pub line: usize,
    /// Its cells, as many as the line has.
    pub cells: Vec<String>,
}

impl RawRow {
    /// The text of a cell without the spaces around it; empty where the line is too short.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }
}

/// Why a file is not read as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableError {
    /// Nothing is in it.
    Empty,
    /// It is larger than [`MAX_BYTES`], or unfolds to more than a spreadsheet would hold.
    TooManyBytes,
    /// It has more lines than [`MAX_ROWS`].
    TooManyRows,
    /// This line has more cells than [`MAX_COLUMNS`], or the file up to it more than [`MAX_CELLS`].
    TooManyCells {
        /// The line, from 1.
        line: usize,
    },
    /// It begins as a spreadsheet, and is not a whole one.
    Damaged,
    /// It is a spreadsheet locked with a passphrase, or an archive of something else.
    UnknownKind,
}

impl std::fmt::Display for TableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TableError::Empty => write!(f, "nothing in the file"),
            TableError::TooManyBytes => write!(f, "more than {} MB", MAX_BYTES >> 20),
            TableError::TooManyRows => write!(f, "more than {MAX_ROWS} lines"),
            TableError::TooManyCells { line } => write!(f, "too many cells at line {line}"),
            TableError::Damaged => write!(f, "the spreadsheet is damaged"),
            TableError::UnknownKind => write!(f, "no spreadsheet that can be read"),
        }
    }
}

impl std::error::Error for TableError {}

/// How many lines are over the heads: those with one filled cell, at the top of a table that has three columns or more.
fn title_lines(rows: &[RawRow]) -> usize {
    let filled: Vec<usize> = rows.iter().take(50).map(RawRow::filled).collect();
    let titles = filled.iter().take_while(|filled| **filled == 1).count();
    let is_table = filled.get(titles).is_some_and(|heads| *heads >= 3);
    if titles <= 10 && is_table { titles } else { 0 }
}
