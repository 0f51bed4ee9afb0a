//! An entry of the directory in its document.

use std::cell::Cell;

use maillon_shared::domain::directory::{DirectoryEntry, EntryChange, EntryField, EntryKind};
use maillon_shared::domain::ids::EntryId;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};
use super::{PHONES, absence, mission, phones, put_phone, remove_line};

const KIND: &str = "kind";
const WORKS_AT: &str = "works_at";
const CHECKED_ON: &str = "checked_on";

/// Writes one change.
pub fn write(document: &mut Document, change: &EntryChange) -> Result<(), JournalError> {
    match change {
        EntryChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        EntryChange::Kind(kind) => document.put(Place::Root, KIND, Value::text(kind.code())),
        EntryChange::WorksAt(entry) => {
            let value = entry.map_or(Value::Nothing, |entry| Value::Text(line_key(&entry.0)));
            document.put(Place::Root, WORKS_AT, value)
        }
        EntryChange::CheckedOn(day) => document.put(Place::Root, CHECKED_ON, (*day).into()),
        EntryChange::Phone(id, field, text) => put_phone(document, *id, *field, text),
        EntryChange::RemovePhone(id) => remove_line(document, PHONES, *id),
        EntryChange::Mission(id, change) => mission::write(document, *id, change),
        EntryChange::RemoveMission(id) => mission::remove(document, *id),
        EntryChange::Absence(id, change) => absence::write(document, *id, change),
        EntryChange::RemoveAbsence(id) => absence::remove(document, *id),
    }
}

/// Reads the entry.
pub fn read(document: &Document, oddities: &Cell<u32>) -> DirectoryEntry {
    let mut entry = DirectoryEntry::empty(EntryId(document.header.id.0), EntryKind::Structure);
    let Some(fields) = document.fields(Place::Root, oddities) else { return entry };
    entry.kind = EntryKind::from_code(&fields.text(KIND));
    for field in EntryField::ALL {
        *entry.text_mut(*field) = fields.text(field.code());
    }
    entry.works_at = fields.id(WORKS_AT).map(EntryId);
    entry.checked_on = fields.day(CHECKED_ON);
    entry.phones = phones(document, oddities);
    entry.offers = mission::read(document, oddities);
    entry.absences = absence::read(document, oddities);
    entry
}
