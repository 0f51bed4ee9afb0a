//! The sheet of a month for the noticeboard: the note, and for each thing that may be on it whether it was chosen, and its place.
//!
//! What is chosen stands in fields named by what it is about, and in no line of its own: two devices would both make the line,
//! and one of the two would hide the other.

use std::cell::Cell;

use maillon_shared::domain::board::{BoardChange, BoardSheet, both_notes};
use maillon_shared::domain::ids::DocId;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

const NOTE: &str = "note";
/// Before the id of something that is on the sheet, or is not.
const CHOSEN: &str = "chosen.";
/// Before the id of something that has a place.
const PLACE: &str = "place.";
const ON: &str = "on";
const OFF: &str = "off";

/// Writes one change.
pub fn write(document: &mut Document, change: &BoardChange) -> Result<(), JournalError> {
    match change {
        BoardChange::Note(note) => document.put(Place::Root, NOTE, Value::text(note)),
        BoardChange::Put(id, is_on) => {
            let said = if *is_on { ON } else { OFF };
            document.put(Place::Root, &format!("{CHOSEN}{id}"), Value::text(said))
        }
        BoardChange::Place(id, place) => {
            document.put(Place::Root, &format!("{PLACE}{id}"), Value::Int((*place).into()))
        }
    }
}

/// Reads what was chosen. A note that two devices wrote at once is both, one after the other.
pub fn read(document: &Document, oddities: &Cell<u32>) -> BoardSheet {
    let mut sheet = BoardSheet::default();
    let Some(fields) = document.fields(Place::Root, oddities) else { return sheet };
    let mut others = fields.other_texts(NOTE);
    others.sort_unstable();
    sheet.note = others.iter().fold(fields.text(NOTE), |note, other| both_notes(&note, other));
    for (id, said) in fields.texts(CHOSEN) {
        // What a newer version says of it is not known here: it stands as it does by itself.
        if let (Some(id), ON | OFF) = (DocId::parse(&id), said.as_str()) {
            sheet.chosen.insert(id, said == ON);
        }
    }
    for id in fields.names(PLACE) {
        let place = fields.int(&format!("{PLACE}{id}")).and_then(|place| u32::try_from(place).ok());
        if let Some((id, place)) = DocId::parse(&id).zip(place) {
            sheet.places.insert(id, place);
        }
    }
    sheet
}
