//! A person's sheet in its document.

use std::cell::Cell;

use maillon_shared::domain::ids::{HouseholdId, PersonId, RegisterEntryId};
use maillon_shared::domain::person::{Person, PersonChange, PersonField, PersonState, RelatedField, RelatedPerson};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value, line_id, line_key};
use super::{PHONES, lines_in_order, phones, put_in_line, put_phone, remove_line};

const RELATED: &str = "related";
const BIRTH: &str = "birth";
const STATE: &str = "state";
const ABSENT_UNTIL: &str = "absent_until";
const CALL_FIRST: &str = "call_first";
const REGISTER_ENTRY: &str = "register_entry";
const HOME: &str = "home";

/// Writes one change.
pub fn write(document: &mut Document, change: &PersonChange) -> Result<(), JournalError> {
    match change {
        PersonChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        PersonChange::Birth(birth) => document.put(Place::Root, BIRTH, (*birth).into()),
        PersonChange::State(state) => {
            // The day goes first and alone: a state met without its day is not "absent" for anyone.
            if let PersonState::AbsentUntil(day) = state {
                document.put(Place::Root, ABSENT_UNTIL, (*day).into())?;
            }
            document.put(Place::Root, STATE, Value::code(state.code(), PersonState::Followed.code()))
        }
        PersonChange::RegisterEntry(entry) => {
            let value = entry.map_or(Value::Nothing, |entry| Value::Text(line_key(&entry.0)));
            document.put(Place::Root, REGISTER_ENTRY, value)
        }
        PersonChange::Home(home) => {
            let value = home.map_or(Value::Nothing, |home| Value::Text(line_key(&home.0)));
            document.put(Place::Root, HOME, value)
        }
        PersonChange::Phone(id, field, text) => put_phone(document, *id, *field, text),
        PersonChange::RemovePhone(id) => remove_line(document, PHONES, *id),
        PersonChange::Related(id, field, text) => put_in_line(document, RELATED, *id, field.code(), Value::text(text)),
        PersonChange::CallFirst(id, first) => put_in_line(document, RELATED, *id, CALL_FIRST, Value::flag(*first)),
        PersonChange::RemoveRelated(id) => remove_line(document, RELATED, *id),
    }
}

/// Reads the sheet.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Person {
    let mut person = Person::empty(PersonId(document.header.id.0));
    let Some(fields) = document.fields(Place::Root, oddities) else { return person };
    for field in PersonField::ALL {
        *person.text_mut(*field) = fields.text(field.code());
    }
    person.birth = fields.date(BIRTH);
    person.state = state(document, &fields);
    person.register_entry = fields.id(REGISTER_ENTRY).map(RegisterEntryId);
    // Whoever was put in two households at once is of both, until someone says otherwise.
    let homes = document.values(Place::Root, HOME).into_iter().filter_map(Value::into_text);
    person.home = homes.filter_map(|home| line_id(&home)).map(HouseholdId).collect();
    person.phones = phones(document, oddities);
    person.related = lines_in_order(document, RELATED, oddities, |id, line| {
        let mut related = RelatedPerson::empty(id);
        for field in RelatedField::ALL {
            *related.text_mut(*field) = line.text(field.code());
        }
        related.call_first = line.flag(CALL_FIRST);
        related
    });
    person
}

/// The state; the strictest of those that devices wrote at once, neither knowing of the other.
fn state(document: &Document, fields: &Fields<'_>) -> PersonState {
    let texts = |field| document.values(Place::Root, field).into_iter().filter_map(Value::into_text);
    let until =
        fields.day(ABSENT_UNTIL).into_iter().chain(texts(ABSENT_UNTIL).filter_map(|day| day.parse().ok())).max();
    let shown = PersonState::from_parts(&fields.text(STATE), until);
    texts(STATE).map(|code| PersonState::from_parts(&code, until)).fold(shown, PersonState::stricter)
}
