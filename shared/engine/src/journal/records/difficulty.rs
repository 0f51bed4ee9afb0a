//! A difficulty of practice in its document, which never leaves its author's devices.

use std::cell::Cell;

use maillon_shared::domain::difficulty::{Difficulty, DifficultyChange, DifficultyField};
use maillon_shared::domain::ids::{DifficultyId, EntryId};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};

const DAY: &str = "day";
const STRUCTURE_ENTRY: &str = "structure_entry";
const WITHDRAWN: &str = "withdrawn";

/// Writes a whole difficulty that begins.
pub fn create(document: &mut Document, said: &Difficulty) -> Result<(), JournalError> {
    // The day is always written: without one it would be none.
    document.put(Place::Root, DAY, said.day.into())?;
    Difficulty::empty(said.id, said.day).changes_to(said).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &DifficultyChange) -> Result<(), JournalError> {
    match change {
        DifficultyChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        DifficultyChange::Day(day) => document.put(Place::Root, DAY, (*day).into()),
        DifficultyChange::StructureEntry(entry) => {
            let value = entry.map_or(Value::Nothing, |entry| Value::Text(line_key(&entry.0)));
            document.put(Place::Root, STRUCTURE_ENTRY, value)
        }
        DifficultyChange::Withdrawn(withdrawn) => document.put(Place::Root, WITHDRAWN, Value::flag(*withdrawn)),
    }
}

/// Reads it; nothing where it says no day.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Difficulty> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut said = Difficulty::empty(DifficultyId(document.header.id.0), fields.day(DAY)?);
    for field in DifficultyField::ALL {
        *said.text_mut(*field) = fields.text(field.code());
    }
    said.structure_entry = fields.id(STRUCTURE_ENTRY).map(EntryId);
    said.withdrawn = fields.flag(WITHDRAWN);
    Some(said)
}
