//! A sheet of LibreOffice's: what is shown in each cell, and days as days.

use super::Sheet;
use super::xml::{Attributes, Event, Events, unescaped};
use super::zip::Archive;
use crate::exchange::encoding::decode;
use crate::exchange::table::{MAX_COLUMNS, MAX_ROWS, RawRow, TableError};

pub(super) fn rows(archive: &mut Archive<'_>) -> Result<Vec<RawRow>, TableError> {
    if let Some(manifest) = archive.file("META-INF/manifest.xml")?
        && decode(&manifest).0.contains("encryption-data")
    {
        return Err(TableError::UnknownKind);
    }
    let content = archive.file("content.xml")?.ok_or(TableError::Damaged)?;
    let content = decode(&content).0;
    let mut reading = Reading::default();
    for event in Events::of(&content) {
        match event {
            Event::Open(name, attributes, closes) => {
                reading.open(name, attributes);
                if closes {
                    reading.close(name)?;
                }
            }
            Event::Close("table") if !reading.sheet.rows.is_empty() => break,
            Event::Close(name) => reading.close(name)?,
            Event::Text(text) => reading.text(&unescaped(text)),
            Event::Plain(text) => reading.text(text),
        }
    }
    Ok(reading.sheet.finish())
}

#[derive(Default)]
struct Reading {
    sheet: Sheet,
    line: usize,
    rows_repeated: usize,
    row: Vec<String>,
    /// Empty cells that a filled one may follow.
    gap: usize,
    cell: Option<Cell>,
    /// Whether a paragraph is open: nothing between paragraphs is said.
    in_paragraph: bool,
    /// How deep one is in what a cell does not show: a comment.
    hidden: usize,
}

struct Cell {
    repeated: usize,
    /// What it is worth, where what it shows is less.
    value: Option<String>,
    paragraphs: Vec<String>,
}

impl Reading {
    fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        match name {
            "annotation" => self.hidden += 1,
            _ if self.hidden > 0 => {}
            // A table may stand in a cell of another.
            "table" if self.sheet.rows.is_empty() => self.line = 0,
            "table-row" => {
                self.rows_repeated = attributes.number("number-rows-repeated").unwrap_or(1);
                self.row.clear();
                self.gap = 0;
            }
            "table-cell" | "covered-table-cell" => {
                let day = |day: String| day.get(..10).map(str::to_owned);
                let value = match attributes.get("value-type").as_deref() {
                    Some("date") => attributes.get("date-value").and_then(day),
                    _ => None,
                };
                let repeated = attributes.number("number-columns-repeated").unwrap_or(1);
                self.cell = Some(Cell { repeated, value, paragraphs: Vec::new() });
            }
            "p" => {
                if let Some(cell) = &mut self.cell {
                    cell.paragraphs.push(String::new());
                    self.in_paragraph = true;
                }
            }
            "s" => self.text(&" ".repeat(attributes.number("c").unwrap_or(1).min(100))),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_paragraph
            && self.hidden == 0
            && let Some(paragraph) = self.cell.as_mut().and_then(|cell| cell.paragraphs.last_mut())
        {
            paragraph.push_str(text);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), TableError> {
        match name {
            "annotation" => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            "p" => self.in_paragraph = false,
            "table-cell" | "covered-table-cell" => {
                let Some(Cell { repeated, value, paragraphs }) = self.cell.take() else { return Ok(()) };
                let text = value.unwrap_or_else(|| paragraphs.join("\n"));
                if text.trim().is_empty() {
                    self.gap = self.gap.saturating_add(repeated);
                    return Ok(());
                }
                let width = self.row.len().saturating_add(self.gap).saturating_add(repeated);
                if width > MAX_COLUMNS {
                    return Err(TableError::TooManyCells { line: self.line.saturating_add(1) });
                }
                self.row.resize(self.row.len() + self.gap, String::new());
                self.row.resize(width, text);
                self.gap = 0;
            }
            "table-row" => {
                let row = std::mem::take(&mut self.row);
                if row.is_empty() {
                    self.line = self.line.saturating_add(self.rows_repeated);
                    return Ok(());
                }
                if self.rows_repeated > MAX_ROWS {
                    return Err(TableError::TooManyRows);
                }
                for _ in 0..self.rows_repeated {
                    self.line = self.line.saturating_add(1);
                    self.sheet.push(self.line, row.clone())?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
