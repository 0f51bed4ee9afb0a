//! Tables in text files, as spreadsheets write and read them.
//!
//! Reading guesses the encoding and the separator, and never fails for what a cell holds. The reader is written here, and
//! not bought, for one reason: a quotation mark that is never closed, common in files typed by hand, must cost one cell
//! and not swallow every line after it.
//!
//! Writing makes what French spreadsheets open with a double click: `;`, UTF-8 with its mark, CRLF. A cell that a
//! spreadsheet would take for a formula (`=` `+` `-` `@`) gets an apostrophe before it, which reading takes away, so that
//! "+33…" comes back as it was.

use super::encoding::decode;
use super::table::{Form, MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, RawRow, RawTable, TableError};

/// A longer text between quotation marks is a mark that was never closed.
const MAX_QUOTED_BYTES: usize = 256 << 10;
/// After so many marks never closed, they are all taken for letters: the search for their ends has cost enough.
const MAX_STRAY_QUOTES: usize = 1_000;

/// Reads a table.
pub fn read(bytes: &[u8]) -> Result<RawTable, TableError> {
    if bytes.len() > MAX_BYTES {
        return Err(TableError::TooManyBytes);
    }
    let (text, encoding) = decode(bytes);
    // "sep=;" is how some spreadsheets tell each other.
    let (separator, body, first_line) = match told_separator(&text) {
        Some((separator, body)) => (separator, body, 2),
        None => (guess_separator(&text), text.as_str(), 1),
    };
    let mut reader = Reader::new(body, separator, first_line);
    let mut rows = Vec::new();
    let mut cells = 0;
    while let Some(row) = reader.next_row() {
        cells += row.cells.len();
        if row.cells.len() > MAX_COLUMNS || cells > MAX_CELLS {
            return Err(TableError::TooManyCells { line: row.line });
        }
        if row.filled() > 0 {
            rows.push(row);
        }
        // One more for the heads.
        if rows.len() > MAX_ROWS + 1 {
            return Err(TableError::TooManyRows);
        }
    }
    RawTable::of_rows(rows, Form::Text { encoding, separator })
}

/// The file of a table: heads, then lines.
pub fn write<R: AsRef<[String]>>(header: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<u8> {
    let mut file = String::from('\u{feff}');
    write_row(header.iter().copied(), &mut file);
    for row in rows {
        write_row(row.as_ref().iter().map(String::as_str), &mut file);
    }
    file.into_bytes()
}

fn write_row<'a>(cells: impl Iterator<Item = &'a str>, file: &mut String) {
    for (column, cell) in cells.enumerate() {
        if column > 0 {
            file.push(';');
        }
        let guard = if looks_like_formula(cell) { "'" } else { "" };
        let quoted = cell.contains([';', '"', '\r', '\n', '\t']) || cell.starts_with(' ') || cell.ends_with(' ');
        if quoted {
            file.push('"');
            file.push_str(guard);
            file.push_str(&cell.replace('"', "\"\""));
            file.push('"');
        } else {
            file.push_str(guard);
            file.push_str(cell);
        }
    }
    file.push_str("\r\n");
}

/// Whether a spreadsheet would compute a cell, whatever apostrophes are before it: these too must come back.
fn looks_like_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Takes away the apostrophe that [`write`], or a spreadsheet, put before what is not a formula.
fn without_guard(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(guarded) if looks_like_formula(guarded) => guarded.to_owned(),
        _ => cell,
    }
}

fn told_separator(text: &str) -> Option<(char, &str)> {
    let rest = text.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &text[4..])?;
    let separator = rest.chars().next().filter(|c| SEPARATORS.contains(c))?;
    let body = &rest[separator.len_utf8()..];
    body.strip_prefix("\r\n").or_else(|| body.strip_prefix('\n')).map(|body| (separator, body))
}

/// What may separate cells, the likeliest in France first.
const SEPARATORS: [char; 4] = [';', '\t', ',', '|'];

/// The separator that cuts the first lines into the same number of cells, and into most.
fn guess_separator(text: &str) -> char {
    let score = |separator: char| {
        let mut reader = Reader::new(text, separator, 1);
        let sample = std::iter::from_fn(|| reader.next_row()).filter(|row| row.filled() > 0).take(50);
        let widths: Vec<usize> = sample.map(|row| row.cells.len().min(MAX_COLUMNS)).collect();
        let cut = widths.iter().filter(|width| **width > 1).count();
        let usual = most_common(&widths);
        let alike = widths.iter().filter(|width| **width == usual).count();
        // Lines that are cut at all, then lines cut alike, then the number of cells.
        if usual < 2 { (0, 0, 0) } else { (cut * 100 / widths.len(), alike * 100 / widths.len(), usual) }
    };
    let mut best = (SEPARATORS[0], (0, 0, 0));
    for separator in SEPARATORS {
        let score = score(separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

fn most_common(widths: &[usize]) -> usize {
    let count = |width: usize| widths.iter().filter(|other| **other == width).count();
    widths.iter().copied().max_by_key(|width| (count(*width), *width)).unwrap_or_default()
}

/// Cuts a text into lines and cells.
struct Reader<'a> {
    rest: &'a str,
    separator: char,
    line: usize,
    stray_quotes: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, separator: char, line: usize) -> Self {
        Reader { rest: text, separator, line, stray_quotes: 0 }
    }

    fn next_row(&mut self) -> Option<RawRow> {
        if self.rest.is_empty() {
            return None;
        }
        let mut row = RawRow { line: self.line, cells: Vec::new() };
        loop {
            let cell = self.next_cell();
            // One too many is enough to refuse the line; the rest of it is read past, not kept.
            if row.cells.len() <= MAX_COLUMNS {
                row.cells.push(without_guard(cell));
            }
            if let Some(rest) = self.rest.strip_prefix(self.separator) {
                self.rest = rest;
                continue;
            }
            let end = ["\r\n", "\n", "\r"].into_iter().find_map(|end| self.rest.strip_prefix(end));
            if let Some(rest) = end {
                self.rest = rest;
                self.line += 1;
            }
            return Some(row);
        }
    }

    /// The text of a cell; what is left begins with a separator or the end of a line, or is nothing.
    fn next_cell(&mut self) -> String {
        if let Some(cell) = self.quoted_cell() {
            return cell;
        }
        let end = self.rest.find(|c| self.ends_cell(c)).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at(end);
        self.rest = rest;
        cell.to_owned()
    }

    fn ends_cell(&self, c: char) -> bool {
        c == self.separator || c == '\n' || c == '\r'
    }

    /// The text of a cell between quotation marks, if it is one: its last mark must end it.
    fn quoted_cell(&mut self) -> Option<String> {
        let text = self.rest.trim_start_matches(' ').strip_prefix('"')?;
        if self.stray_quotes >= MAX_STRAY_QUOTES {
            return None;
        }
        let mut cell = String::new();
        let mut from = 0;
        loop {
            let near = &text.as_bytes()[from..text.len().min(MAX_QUOTED_BYTES).max(from)];
            let Some(mark) = near.iter().position(|byte| *byte == b'"').map(|found| from + found) else {
                self.stray_quotes += 1;
                return None;
            };
            cell.push_str(&text[from..mark]);
            let after = &text[mark + 1..];
            if after.starts_with('"') {
                cell.push('"');
                from = mark + 2;
                continue;
            }
            let rest = after.trim_start_matches(' ');
            if !rest.is_empty() && !rest.starts_with(|c| self.ends_cell(c)) {
                self.stray_quotes += 1;
                return None;
            }
            self.line += line_ends(&text[..mark]);
            self.rest = rest;
            return Some(cell);
        }
    }
}

/// How many lines end inside a text, whichever way each ends.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    (0..bytes.len()).filter(|at| ends(*at)).count()
}

/// Reads any bytes, and checks what must hold of any table. For fuzzers.
pub fn fuzz_one(bytes: &[u8]) {
    let Ok(table) = read(bytes) else { return };
    assert!(table.rows.len() <= MAX_ROWS, "more rows than allowed");
    let lines: Vec<usize> = table.rows.iter().map(|row| row.line).collect();
    assert!(lines.is_sorted_by(|a, b| a < b), "lines out of order");
    let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
    let written = write(&header, table.rows.iter().map(|row| &row.cells));
    let again = Reader::new(&decode(&written).0, ';', 1).all();
    let cells = |rows: &[RawRow]| rows.iter().map(|row| row.cells.clone()).collect::<Vec<_>>();
    assert_eq!(again.first().map(|row| &row.cells), Some(&table.header), "the heads changed on their way");
    assert_eq!(cells(&again[1..]), cells(&table.rows), "cells changed on their way");
}

impl Reader<'_> {
    fn all(mut self) -> Vec<RawRow> {
        std::iter::from_fn(|| self.next_row()).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop where a table should have been read")]

    use proptest::prelude::*;

    use super::*;

    fn cells(table: &RawTable) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
    }

    #[test]
    fn a_table_is_read_whatever_separates_its_cells() {
        for (text, separator) in [
            ("nom;ville\nMSP;Arles\n", ';'),
            ("nom,ville\nMSP,Arles\n", ','),
            ("nom\tville\r\nMSP\tArles\r\n", '\t'),
            ("nom|ville\rMSP|Arles", '|'),
            ("sep=|\nnom|ville\nMSP|Arles", '|'),
            ("nom;ville\n\n;;\nMSP;Arles\n\n", ';'),
        ] {
            let table = read(text.as_bytes()).unwrap();
            assert_eq!(table.form.separator(), separator.to_string(), "{text}");
            assert_eq!(table.header, ["nom", "ville"], "{text}");
            assert_eq!(cells(&table), [["MSP", "Arles"]], "{text}");
        }
    }

    #[test]
    fn commas_in_words_and_semicolons_in_one_cell_do_not_mislead() {
        let french = read("nom;adresse\nMSP;1, rue Neuve, Arles\nDAC;2, cours, Arles\n".as_bytes()).unwrap();
        assert_eq!((french.form.separator().as_str(), french.header.len()), (";", 2));
        let codes =
            read("insee,commune,codes\n13004,Arles,13104;13123;13129\n13006,Aureille,13930\n".as_bytes()).unwrap();
        assert_eq!((codes.form.separator().as_str(), codes.header.len()), (",", 3));
        let one = read("nom\nMSP de la Tarasque\n".as_bytes()).unwrap();
        assert_eq!(cells(&one), [["MSP de la Tarasque"]]);
    }

    #[test]
    fn quoted_cells_keep_separators_marks_and_line_ends_and_lines_keep_their_numbers() {
        let table = read("a;b\n\"x;\"\"y\"\"\";\"un\r\ndeux\n\"\nsuite;  \"z\" \n".as_bytes()).unwrap();
        assert_eq!(cells(&table), [["x;\"y\"", "un\r\ndeux\n"], ["suite", "z"]]);
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5]);
    }

    #[test]
    fn a_mark_never_closed_costs_no_other_line() {
        let table = read("a;b\n\"Le Mas;1\nDAC;2\n5\" x;3\n\"Autre\";4\n\"q\"r;5\n".as_bytes()).unwrap();
        let expected = [["\"Le Mas", "1"], ["DAC", "2"], ["5\" x", "3"], ["Autre", "4"], ["\"q\"r", "5"]];
        assert_eq!(cells(&table), expected);
        let last = read("a;b\nDAC;2\n\"sans fin;3\nMSP;4".as_bytes()).unwrap();
        assert_eq!(cells(&last), [["DAC", "2"], ["\"sans fin", "3"], ["MSP", "4"]]);
    }

    #[test]
    fn ragged_lines_are_kept_as_they_are() {
        let table = read("a;b;c\n1\n1;2;3;4\n".as_bytes()).unwrap();
        assert_eq!(cells(&table), [vec!["1"], vec!["1", "2", "3", "4"]]);
        assert_eq!((table.rows[0].cell(0), table.rows[0].cell(2)), ("1", ""));
    }

    #[test]
    fn titles_over_the_heads_are_set_apart() {
        let table = read("Annuaire 2026;;\n;;\nnom;ville;tel\nMSP;Arles;0490180566\n".as_bytes()).unwrap();
        assert_eq!(table.header, ["nom", "ville", "tel"]);
        assert_eq!(table.preamble[0].cell(0), "Annuaire 2026");
        assert_eq!(table.rows[0].line, 4);
    }

    #[test]
    fn what_is_too_large_or_empty_is_said_so() {
        assert_eq!(read(b""), Err(TableError::Empty));
        assert_eq!(read(b"\xef\xbb\xbf;;\n \n"), Err(TableError::Empty));
        assert_eq!(read("x\n".repeat(MAX_ROWS + 2).as_bytes()), Err(TableError::TooManyRows));
        assert!(read("x\n".repeat(MAX_ROWS + 1).as_bytes()).is_ok());
        let wide = format!("a;b\n{}", "x;".repeat(MAX_COLUMNS));
        assert_eq!(read(wide.as_bytes()), Err(TableError::TooManyCells { line: 2 }));
    }

    #[test]
    fn thousands_of_stray_marks_are_read_in_no_time() {
        let text = format!("a;b\n{}", format!("{};\"\"x\n", "\"\"".repeat(300)).repeat(2_000));
        assert_eq!(read(text.as_bytes()).unwrap().rows.len(), 2_000);
    }

    #[test]
    fn nothing_written_is_computed_by_a_spreadsheet_and_all_of_it_comes_back() {
        let row = ["+33 4 90 18 05 66", "=1+1", "-", "@nadine", "'=x", "l'été", "a;b", "\"", " x "].map(String::from);
        let heads: Vec<&str> = vec!["c"; row.len()];
        let file = write(&heads, [&row]);
        assert!(file.starts_with(b"\xef\xbb\xbfc;c;"));
        let text = String::from_utf8(file.clone()).unwrap();
        assert!(text.contains("\r\n'+33 4 90 18 05 66;'=1+1;'-;'@nadine;''=x;l'été;\"a;b\";\"\"\"\";\" x \"\r\n"));
        assert_eq!(read(&file).unwrap().rows[0].cells, row);
    }

    proptest! {
        #[test]
        fn any_table_written_is_read_back(
            rows in proptest::collection::vec(proptest::collection::vec("[a'=+@;\"\r\n\té ,|-]{0,6}", 3), 1..6)
        ) {
            // A line with nothing but spaces is no line.
            let rows: Vec<Vec<String>> =
                rows.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
            let again = Reader::new(&decode(&write(&["x", "y", "z"], &rows)).0, ';', 1).all();
            let cells: Vec<Vec<String>> = again.into_iter().skip(1).map(|row| row.cells).collect();
            prop_assert_eq!(cells, rows);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            fuzz_one(&bytes);
        }

        #[test]
        fn any_disorder_is_read_or_refused(text in "[a\";,\t\r\n'=| ]{0,60}") {
            fuzz_one(text.as_bytes());
        }
    }
}
