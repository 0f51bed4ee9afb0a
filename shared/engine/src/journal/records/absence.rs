//! Absences in an entry's document.

use std::cell::Cell;

use maillon_shared::domain::absence::{Absence, AbsenceChange, AbsenceField};
use maillon_shared::domain::ids::{EntryId, LineId};

use super::super::document::{Document, JournalError};
use super::super::value::{Value, line_key};
use super::{lines_in_order, put_in_line, remove_line};

const ABSENCES: &str = "absences";
const FROM: &str = "from";
const UNTIL: &str = "until";
const STAND_IN: &str = "stand_in";

/// Writes one change.
pub fn write(document: &mut Document, id: LineId, change: &AbsenceChange) -> Result<(), JournalError> {
    let mut put = |field: &str, value: Value| put_in_line(document, ABSENCES, id, field, value);
    match change {
        AbsenceChange::Text(field, text) => put(field.code(), Value::text(text)),
        AbsenceChange::From(day) => put(FROM, (*day).into()),
        AbsenceChange::Until(day) => put(UNTIL, (*day).into()),
        AbsenceChange::StandIn(entry) => {
            put(STAND_IN, entry.map_or(Value::Nothing, |entry| Value::Text(line_key(&entry.0))))
        }
    }
}

/// Takes an absence away.
pub fn remove(document: &mut Document, id: LineId) -> Result<(), JournalError> {
    remove_line(document, ABSENCES, id)
}

/// Reads the absences, in the order in which they were written.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<Absence> {
    lines_in_order(document, ABSENCES, oddities, |id, line| {
        let mut absence = Absence::empty(id);
        for field in AbsenceField::ALL {
            *absence.text_mut(*field) = line.text(field.code());
        }
        absence.from = line.day(FROM);
        absence.until = line.day(UNTIL);
        absence.stand_in = line.id(STAND_IN).map(EntryId);
        absence
    })
}
