//! An entry of the legal register in its document. Two agents may write in it at once: each field keeps its words, and
//! of two states the one on the side of silence holds.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::domain::ids::RegisterEntryId;
use maillon_shared::domain::register::{
    Acknowledgement, NotifyField, PersonToNotify, RegisterChange, RegisterEntry, RegisterField, RegisterGround,
    RegisterOrigin, RegisterState, StrikeReason,
};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{PHONES, lines_in_order, phones, put_in_line, put_phone, remove_line};

const TO_NOTIFY: &str = "to_notify";
const BIRTH: &str = "birth";
const GROUND: &str = "ground";
const ORIGIN: &str = "origin";
const REQUESTED: &str = "requested_on";
const ACKNOWLEDGEMENT: &str = "acknowledgement";
const ACKNOWLEDGED_ON: &str = "acknowledged_on";
const STATE: &str = "state";
const ENDED_ON: &str = "ended_on";
const STRUCK_WHY: &str = "struck_why";
const STRUCK_BY: &str = "struck_by";

/// Writes one change.
pub fn write(document: &mut Document, change: &RegisterChange) -> Result<(), JournalError> {
    match change {
        RegisterChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        RegisterChange::Birth(birth) => document.put(Place::Root, BIRTH, (*birth).into()),
        RegisterChange::Ground(ground) => {
            let value = ground.as_ref().map_or(Value::Nothing, |ground| Value::text(ground.code()));
            document.put(Place::Root, GROUND, value)
        }
        RegisterChange::Origin(origin) => {
            document.put(Place::Root, ORIGIN, Value::code(origin.code(), RegisterOrigin::Person.code()))
        }
        RegisterChange::Requested(day) => document.put(Place::Root, REQUESTED, (*day).into()),
        RegisterChange::Acknowledgement(acknowledgement) => {
            // The day goes first: given and no day would be asked again.
            if let Acknowledgement::Given(day) = acknowledgement {
                document.put(Place::Root, ACKNOWLEDGED_ON, (*day).into())?;
            }
            let value = Value::code(acknowledgement.code(), Acknowledgement::Awaited.code());
            document.put(Place::Root, ACKNOWLEDGEMENT, value)
        }
        RegisterChange::State(state) => write_state(document, state),
        RegisterChange::Phone(id, field, text) => put_phone(document, *id, *field, text),
        RegisterChange::RemovePhone(id) => remove_line(document, PHONES, *id),
        RegisterChange::Notify(id, field, text) => {
            put_in_line(document, TO_NOTIFY, *id, field.code(), Value::text(text))
        }
        RegisterChange::RemoveNotify(id) => remove_line(document, TO_NOTIFY, *id),
    }
}

fn write_state(document: &mut Document, state: &RegisterState) -> Result<(), JournalError> {
    if let Some(day) = state.ended_on() {
        document.put(Place::Root, ENDED_ON, day.into())?;
    }
    if let RegisterState::StruckOff(struck) = state {
        document.put(Place::Root, STRUCK_WHY, Value::text(struck.why.code()))?;
        document.put(Place::Root, STRUCK_BY, Value::text(&struck.by))?;
    }
    document.put(Place::Root, STATE, Value::code(state.code(), RegisterState::Registered.code()))
}

/// Reads the entry.
pub fn read(document: &Document, oddities: &Cell<u32>) -> RegisterEntry {
    let mut entry = RegisterEntry::empty(RegisterEntryId(document.header.id.0));
    let Some(fields) = document.fields(Place::Root, oddities) else { return entry };
    for field in RegisterField::ALL {
        *entry.text_mut(*field) = fields.text(field.code());
    }
    entry.birth = fields.date(BIRTH);
    let said = |field| Some(fields.text(field)).filter(|code| !code.is_empty());
    entry.ground = said(GROUND).map(|code| RegisterGround::from_code(&code));
    entry.origin = said(ORIGIN).map_or(RegisterOrigin::Person, |code| RegisterOrigin::from_code(&code));
    entry.requested = fields.day(REQUESTED);
    entry.acknowledgement = Acknowledgement::from_parts(&fields.text(ACKNOWLEDGEMENT), fields.day(ACKNOWLEDGED_ON));
    entry.state = state(document, &fields);
    entry.phones = phones(document, oddities);
    entry.to_notify = lines_in_order(document, TO_NOTIFY, oddities, |id, line| {
        let mut other = PersonToNotify::empty(id);
        for field in NotifyField::ALL {
            *other.text_mut(*field) = line.text(field.code());
        }
        other
    });
    entry
}

/// The state; the strictest of those that devices wrote at once, neither knowing of the other.
fn state(document: &Document, fields: &Fields<'_>) -> RegisterState {
    let texts = |field| document.values(Place::Root, field).into_iter().filter_map(Value::into_text);
    let on: Option<NaiveDate> = fields.day(ENDED_ON).or_else(|| texts(ENDED_ON).find_map(|day| day.parse().ok()));
    let of = |code: &str| {
        let why = StrikeReason::from_code(&fields.text(STRUCK_WHY));
        RegisterState::from_parts(code, on, why, fields.text(STRUCK_BY))
    };
    texts(STATE).map(|code| of(&code)).fold(of(&fields.text(STATE)), RegisterState::stricter)
}
