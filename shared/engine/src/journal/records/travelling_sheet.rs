//! A sheet for another territory in its document: each field and each field of each line apart, each version that left as a
//! line that is written once. What came from elsewhere is one value, as it came.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::domain::disclosure::PublicCount;
use maillon_shared::domain::ids::{LineId, ReceivedSheetId, SheetId};
use maillon_shared::domain::travelling_sheet::{
    Leave, Provenance, SheetChange, SheetField, SheetKind, SheetLines, SheetPartner, SheetPartnerField, SheetResult,
    TravellingSheet,
};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};
use super::procedure::{steps, write_in_line, write_step};
use super::{lines_in_order, put_in_line, remove_known_line};
use crate::exchange::sheet_file::{ReadSheet, read_data};

const LEFT: &str = "left";
const CHAIN: &str = "chain";
const DATA: &str = "data";
const RECEIVED_ON: &str = "received_on";
const WITHDRAWN: &str = "withdrawn";

/// A version of a sheet that came from another territory.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReceivedSheet {
    /// Names it.
    pub id: ReceivedSheetId,
    /// The day it came.
    pub received_on: NaiveDate,
    /// What it says, and where it comes from.
    pub travelled: maillon_shared::domain::travelling_sheet::Travelled,
    /// The names of what a newer version wrote beside.
    pub unknown: Vec<String>,
    /// Whether it was set aside.
    pub withdrawn: bool,
}

/// Writes a whole sheet that begins.
pub fn create(document: &mut Document, sheet: &TravellingSheet) -> Result<(), JournalError> {
    // What it is is always written: without it, it would be no sheet.
    write(document, &SheetChange::Kind(sheet.says.kind.clone()))?;
    let empty = TravellingSheet::empty(sheet.id, sheet.says.kind.clone());
    empty.changes_to(sheet).iter().try_for_each(|change| write(document, change))?;
    sheet.chain.iter().zip(1_u128..).try_for_each(|(from, at)| {
        let id = LineId(at.to_be_bytes());
        let texts = [
            ("sheet", from.sheet.to_string()),
            ("version", from.version.to_string()),
            ("title", from.title.clone()),
            ("territory", from.territory.clone()),
            ("author", from.author.clone()),
            ("made_on", from.made_on.to_string()),
        ];
        texts.into_iter().try_for_each(|(field, text)| put_in_line(document, CHAIN, id, field, Value::text(&text)))
    })
}

/// Writes one change.
pub fn write(document: &mut Document, change: &SheetChange) -> Result<(), JournalError> {
    let (path, value) = change.path();
    let value = if value.is_empty() { Value::Nothing } else { Value::Text(value) };
    match change {
        SheetChange::Step(step) => write_step(document, step),
        SheetChange::Remove(lines, id) => remove_known_line(document, lines.code(), *id),
        SheetChange::Withdrawn(withdrawn) => document.put(Place::Root, WITHDRAWN, Value::flag(*withdrawn)),
        SheetChange::Partner(id, ..) => write_in_line(document, SheetLines::Partners.code(), *id, &path, value),
        SheetChange::Result(id, _) | SheetChange::Count(id, _) => {
            write_in_line(document, SheetLines::Results.code(), *id, &path, value)
        }
        SheetChange::Text(..) | SheetChange::Kind(_) => document.put(Place::Root, &path, value),
    }
}

/// Writes that a version left.
pub fn leave(document: &mut Document, left: &Leave) -> Result<(), JournalError> {
    put_in_line(document, LEFT, left.id, "version", Value::Int(i64::from(left.version)))?;
    put_in_line(document, LEFT, left.id, "on", left.on.into())?;
    put_in_line(document, LEFT, left.id, "of", Value::text(&left.of))
}

/// Reads the sheet; nothing where it does not say what it is.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<TravellingSheet> {
    let fields = document.fields(Place::Root, oddities)?;
    let kind = fields.text("kind");
    if kind.is_empty() {
        return None;
    }
    let mut sheet = TravellingSheet::empty(SheetId(document.header.id.0), SheetKind::from_code(&kind));
    for field in SheetField::ALL {
        *sheet.says.text_mut(*field) = fields.text(field.code());
    }
    sheet.withdrawn = fields.flag(WITHDRAWN);
    sheet.says.steps = steps(document, oddities);
    sheet.says.partners = lines_in_order(document, SheetLines::Partners.code(), oddities, |id, line| {
        let mut partner = SheetPartner::empty(id);
        SheetPartnerField::ALL.iter().for_each(|field| *partner.text_mut(*field) = line.text(field.code()));
        partner
    });
    sheet.says.results = lines_in_order(document, SheetLines::Results.code(), oddities, |id, line| SheetResult {
        id,
        what: line.text("what"),
        n: PublicCount::parse(&line.text("n")),
    });
    let chain = lines_in_order(document, CHAIN, oddities, |_, line| {
        Some(Provenance {
            sheet: SheetId::parse(&line.text("sheet"))?,
            version: line.text("version").parse().ok()?,
            title: line.text("title"),
            territory: line.text("territory"),
            author: line.text("author"),
            made_on: line.day("made_on")?,
        })
    });
    sheet.chain = chain.into_iter().flatten().collect();
    let left = lines_in_order(document, LEFT, oddities, |id, line| {
        let version = line.int("version").and_then(|version| u32::try_from(version).ok())?;
        Some(Leave { id, version, on: line.day("on")?, of: line.text("of") })
    });
    sheet.left = left.into_iter().flatten().collect();
    Some(sheet)
}

/// Writes what came, as it came.
pub fn receive(document: &mut Document, on: NaiveDate, came: &ReadSheet) -> Result<(), JournalError> {
    document.put(Place::Root, DATA, Value::text(&came.data))?;
    document.put(Place::Root, RECEIVED_ON, on.into())
}

/// Writes that it is set aside, or is no longer.
pub fn set_aside(document: &mut Document, withdrawn: bool) -> Result<(), JournalError> {
    document.put(Place::Root, WITHDRAWN, Value::flag(withdrawn))
}

/// Reads what came; nothing where it is none.
pub fn read_received(document: &Document, oddities: &Cell<u32>) -> Option<ReceivedSheet> {
    let fields = document.fields(Place::Root, oddities)?;
    let read = read_data(&fields.text(DATA)).ok()?;
    Some(ReceivedSheet {
        id: ReceivedSheetId(document.header.id.0),
        received_on: fields.day(RECEIVED_ON)?,
        travelled: read.travelled,
        unknown: read.unknown,
        withdrawn: fields.flag(WITHDRAWN),
    })
}
