//! Encounters in a journal of the year.

use std::cell::Cell;

use maillon_shared::domain::encounter::{Encounter, EncounterChange, EncounterField, EncounterKind, EncounterResult};
use maillon_shared::domain::ids::{EncounterId, EntryId, PersonId};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};

/// The map of encounters.
pub const ENCOUNTERS: &str = "encounters";
const DAY: &str = "day";
const HOUR: &str = "hour";
const KIND: &str = "kind";
const RESULT: &str = "result";
const DURATION: &str = "duration_min";
const WITHDRAWN: &str = "withdrawn";
const WITH_ENTRY: &str = "with_entry";

/// Writes a whole encounter that begins.
pub fn create(document: &mut Document, encounter: &Encounter) -> Result<(), JournalError> {
    let place = Place::Line(ENCOUNTERS, encounter.id.0);
    // The day is always written: a line without one would be no encounter.
    document.put(place, DAY, encounter.day.into())?;
    let beginning = Encounter::empty(encounter.id, encounter.person, encounter.day);
    document.put(place, KIND, Value::text(encounter.kind.code()))?;
    for change in beginning.changes_to(encounter) {
        write(document, encounter.id, &change)?;
    }
    Ok(())
}

/// Writes one change.
pub fn write(document: &mut Document, id: EncounterId, change: &EncounterChange) -> Result<(), JournalError> {
    let place = Place::Line(ENCOUNTERS, id.0);
    match change {
        EncounterChange::Text(field, text) => document.put(place, field.code(), Value::text(text)),
        EncounterChange::Day(day) => document.put(place, DAY, (*day).into()),
        EncounterChange::Hour(hour) => document.put(place, HOUR, (*hour).into()),
        EncounterChange::Kind(kind) => document.put(place, KIND, Value::text(kind.code())),
        EncounterChange::Result(result) => {
            document.put(place, RESULT, Value::code(result.code(), EncounterResult::Met.code()))
        }
        EncounterChange::Duration(minutes) => {
            let value = minutes.map_or(Value::Nothing, |minutes| Value::Int(minutes.into()));
            document.put(place, DURATION, value)
        }
        EncounterChange::Withdrawn(withdrawn) => document.put(place, WITHDRAWN, Value::flag(*withdrawn)),
        EncounterChange::WithEntry(entry) => {
            let value = entry.map_or(Value::Nothing, |entry| Value::Text(line_key(&entry.0)));
            document.put(place, WITH_ENTRY, value)
        }
    }
}

/// Reads every encounter of a journal.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<Encounter> {
    let person = document.header.subject.map(PersonId);
    let mut encounters = Vec::new();
    for (id, line) in document.lines(ENCOUNTERS, oddities) {
        let Some(day) = line.day(DAY) else { continue };
        let mut encounter = Encounter::empty(EncounterId(id), person, day);
        for field in EncounterField::ALL {
            *encounter.text_mut(*field) = line.text(field.code());
        }
        encounter.hour = line.hour(HOUR);
        encounter.kind = EncounterKind::from_code(&line.text(KIND));
        encounter.result = match line.text(RESULT).as_str() {
            "" => EncounterResult::Met,
            code => EncounterResult::from_code(code),
        };
        encounter.duration_min = line.int(DURATION).and_then(|minutes| u16::try_from(minutes).ok());
        encounter.withdrawn = line.flag(WITHDRAWN);
        encounter.with_entry = line.id(WITH_ENTRY).map(EntryId);
        encounters.push(encounter);
    }
    encounters
}
