//! Unshared notes in a private journal of the year: one for an encounter, under the encounter's id.

use std::cell::Cell;

use maillon_shared::domain::ids::EncounterId;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

const NOTES: &str = "notes";
const TEXT: &str = "text";

/// Writes the note of an encounter.
pub fn write(document: &mut Document, encounter: EncounterId, text: &str) -> Result<(), JournalError> {
    document.put(Place::Line(NOTES, encounter.0), TEXT, Value::text(text))
}

/// Reads every note.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<(EncounterId, String)> {
    let lines = document.lines(NOTES, oddities).into_iter();
    lines.map(|(id, line)| (EncounterId(id), line.text(TEXT))).filter(|(_, text)| !text.is_empty()).collect()
}
