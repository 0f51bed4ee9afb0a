//! A sheet of Excel's: numbers as they are, days as days.

use chrono::{Days, NaiveDate};

use super::Sheet;
use super::xml::{Attributes, Event, Events, unescaped};
use super::zip::Archive;
use crate::exchange::encoding::decode;
use crate::exchange::table::{MAX_CELLS, MAX_COLUMNS, RawRow, TableError};

/// The rows of any sheet of Excel's.
const LAST_LINE: usize = 1 << 20;

pub(super) fn rows(archive: &mut Archive<'_>) -> Result<Vec<RawRow>, TableError> {
    let book = text_of(archive, "xl/workbook.xml")?.ok_or(TableError::Damaged)?;
    let links = text_of(archive, "xl/_rels/workbook.xml.rels")?.unwrap_or_default();
    let shared = shared_texts(&text_of(archive, "xl/sharedStrings.xml")?.unwrap_or_default())?;
    let styles = styles(&text_of(archive, "xl/styles.xml")?.unwrap_or_default());
    let from_1904 = Events::of(&book).any(|event| {
        let is_set =
            |attributes: Attributes<'_>| attributes.get("date1904").is_some_and(|set| set == "1" || set == "true");
        matches!(event, Event::Open("workbookPr", attributes, _) if is_set(attributes))
    });
    for sheet in sheets(&book, &links) {
        let Some(text) = text_of(archive, &sheet)? else { continue };
        let rows = Reading { shared: &shared, styles: &styles, from_1904 }.rows(&text)?;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

fn text_of(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, TableError> {
    Ok(archive.file(name)?.map(|bytes| decode(&bytes).0))
}

/// The files of the sheets, those one sees, in their order.
fn sheets(book: &str, links: &str) -> Vec<String> {
    let opened = |text: &'_ str, sought: &'static str| -> Vec<[Option<String>; 3]> {
        let attributes = Events::of(text).filter_map(|event| match event {
            Event::Open(name, attributes, _) if name == sought => Some(attributes),
            _ => None,
        });
        let wanted = if sought == "sheet" { ["id", "state", "name"] } else { ["Id", "Target", "Type"] };
        attributes.map(|attributes| wanted.map(|name| attributes.get(name))).collect()
    };
    let links = opened(links, "Relationship");
    let file = |id: &str| {
        let target =
            links.iter().find(|[link, ..]| link.as_deref() == Some(id)).and_then(|[_, target, _]| target.as_deref());
        target.map(|target| target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
    };
    let seen = opened(book, "sheet")
        .into_iter()
        .filter(|[_, state, _]| state.as_deref().is_none_or(|state| state == "visible"));
    seen.filter_map(|[id, ..]| file(&id?)).collect()
}

/// The texts that cells name by their number.
fn shared_texts(text: &str) -> Result<Vec<String>, TableError> {
    let mut texts: Vec<String> = Vec::new();
    let (mut in_text, mut phonetic) = (false, false);
    for event in Events::of(text) {
        match event {
            Event::Open("si", ..) => texts.push(String::new()),
            Event::Open("rPh", _, closes) => phonetic = !closes,
            Event::Close("rPh") => phonetic = false,
            Event::Open("t", _, closes) => in_text = !closes,
            Event::Close("t") => in_text = false,
            Event::Text(part) if in_text && !phonetic => add(texts.last_mut(), &unescaped(part)),
            Event::Plain(part) if in_text && !phonetic => add(texts.last_mut(), part),
            _ => {}
        }
        if texts.len() > MAX_CELLS {
            return Err(TableError::TooManyCells { line: 1 });
        }
    }
    Ok(texts)
}

fn add(text: Option<&mut String>, part: &str) {
    if let Some(text) = text {
        // How Excel writes an end of line that it keeps.
        text.push_str(&part.replace("_x000D_", ""));
    }
}

/// Of each style, whether it shows numbers as days.
fn styles(text: &str) -> Vec<bool> {
    let (mut days, mut styles, mut in_cells) = (Vec::new(), Vec::new(), false);
    for event in Events::of(text) {
        match event {
            Event::Open("numFmt", attributes, _) => {
                let code = attributes.get("formatCode").unwrap_or_default();
                days.extend(attributes.number("numFmtId").filter(|_| shows_days(&code)));
            }
            Event::Open("cellXfs", _, closes) => in_cells = !closes,
            Event::Close("cellXfs") => in_cells = false,
            Event::Open("xf", attributes, _) if in_cells => {
                let format = attributes.number("numFmtId").unwrap_or_default();
                styles.push(matches!(format, 14..=17 | 22 | 27..=36 | 50..=58) || days.contains(&format));
            }
            _ => {}
        }
        if styles.len() > MAX_CELLS || days.len() > MAX_COLUMNS {
            break;
        }
    }
    styles
}

/// Whether the code of a format has a day or a year in it, outside what it writes to the letter.
fn shows_days(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    code.chars().any(|c| {
        let literal = quoted || bracketed || escaped;
        escaped = c == '\\' && !literal;
        match c {
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ => {}
        }
        !literal
            && matches!(c.to_ascii_lowercase(), 'd' | 'y' | 'j' | 'a')
            && !code.to_ascii_lowercase().contains("general")
    })
}

struct Reading<'a> {
    shared: &'a [String],
    styles: &'a [bool],
    from_1904: bool,
}

#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: usize,
    text: String,
    in_text: bool,
}

impl Reading<'_> {
    fn rows(&self, text: &str) -> Result<Vec<RawRow>, TableError> {
        let mut sheet = Sheet::default();
        let (mut line, mut row, mut cell) = (0, Vec::new(), Cell::default());
        let mut next_column = 0;
        for event in Events::of(text) {
            match event {
                Event::Open("row", attributes, _) => {
                    let told = attributes.number("r").filter(|told| *told > line && *told <= LAST_LINE);
                    line = told.unwrap_or(line + 1);
                    next_column = 0;
                }
                Event::Close("row") => sheet.push(line, std::mem::take(&mut row))?,
                Event::Open("c", attributes, _) => {
                    let column = attributes.get("r").and_then(|place| column_of(&place)).unwrap_or(next_column);
                    let kind = attributes.get("t").unwrap_or_default();
                    let style = attributes.number("s").unwrap_or_default();
                    cell = Cell { column, kind, style, ..Cell::default() };
                    next_column = column + 1;
                }
                Event::Open("v" | "t", _, closes) => cell.in_text = !closes,
                Event::Close("v" | "t") => cell.in_text = false,
                Event::Text(part) if cell.in_text => add(Some(&mut cell.text), &unescaped(part)),
                Event::Plain(part) if cell.in_text => add(Some(&mut cell.text), part),
                Event::Close("c") => {
                    let said = self.said(&cell);
                    if said.trim().is_empty() {
                        continue;
                    }
                    if cell.column >= MAX_COLUMNS {
                        return Err(TableError::TooManyCells { line });
                    }
                    row.resize(row.len().max(cell.column + 1), String::new());
                    row[cell.column] = said;
                }
                Event::Close("sheetData") => break,
                _ => {}
            }
        }
        Ok(sheet.finish())
    }

    fn said(&self, cell: &Cell) -> String {
        let text = cell.text.trim();
        match cell.kind.as_str() {
            "s" => text.parse().ok().and_then(|place: usize| self.shared.get(place)).cloned().unwrap_or_default(),
            "b" => if text == "1" { "oui" } else { "non" }.to_owned(),
            "e" => String::new(),
            "str" | "inlineStr" => cell.text.clone(),
            "d" => text.get(..10).unwrap_or(text).to_owned(),
            _ => self.number(cell, text),
        }
    }

    fn number(&self, cell: &Cell, text: &str) -> String {
        let Ok(number) = text.parse::<f64>() else { return text.to_owned() };
        let is_day = self.styles.get(cell.style).copied().unwrap_or_default();
        if is_day && let Some(day) = self.day(number) {
            return day.to_string();
        }
        // "1.3210E4" is a postcode.
        match number.fract() == 0.0 && number.abs() < 1e15 {
            true => format!("{number:.0}"),
            false => text.to_owned(),
        }
    }

    /// The day of a number: days since the end of 1899, a 29 February 1900 that never was among them.
    fn day(&self, number: f64) -> Option<NaiveDate> {
        let days = Some(number).filter(|number| (1.0..3_000_000.0).contains(number))? as u64;
        let first = match (self.from_1904, days) {
            (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
            (false, ..60) => NaiveDate::from_ymd_opt(1899, 12, 31)?,
            (false, _) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        };
        first.checked_add_days(Days::new(days))
    }
}

/// The column of "AB12", from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let column =
        letters.fold(0, |column: usize, letter| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A' + 1));
    column.checked_sub(1)
}
