//! A stay at hospital in its document: a line a step.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::api::responses::Conflict;
use maillon_shared::domain::hospital_stay::{HospitalStay, ReturnStep, StayChange, StayField, StayState, StepState};
use maillon_shared::domain::ids::{EntryId, HospitalStayId, PersonId};
use maillon_shared::domain::project::Owner;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};
use super::{lines_in_order, put_in_line, with_ids_as_said};

const STEPS: &str = "steps";
const NOTICED: &str = "noticed";
const ADMITTED: &str = "admitted";
const PLANNED: &str = "planned";
const PLANNED_HOUR: &str = "planned_hour";
const ENTRY: &str = "entry";
const STATE: &str = "state";
const STATE_ON: &str = "state_on";
const ENDED_HOW: &str = "ended_how";
const WHAT: &str = "what";
const OWNER: &str = "owner";
const BY: &str = "by";
const NOTE: &str = "note";

/// Writes a whole stay that begins.
pub fn create(document: &mut Document, stay: &HospitalStay) -> Result<(), JournalError> {
    // The day is always written: without one it would be no stay.
    document.put(Place::Root, NOTICED, stay.noticed.into())?;
    let blank = HospitalStay::noticed(stay.id, stay.person, stay.noticed);
    blank.changes_to(stay).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &StayChange) -> Result<(), JournalError> {
    match change {
        StayChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        StayChange::Noticed(day) => document.put(Place::Root, NOTICED, (*day).into()),
        StayChange::Admitted(day) => document.put(Place::Root, ADMITTED, (*day).into()),
        StayChange::Planned(day) => document.put(Place::Root, PLANNED, (*day).into()),
        StayChange::PlannedHour(hour) => document.put(Place::Root, PLANNED_HOUR, (*hour).into()),
        StayChange::Entry(entry) => {
            let value = entry.map_or(Value::Nothing, |entry| Value::Text(line_key(&entry.0)));
            document.put(Place::Root, ENTRY, value)
        }
        StayChange::Step(id, what) => put_in_line(document, STEPS, *id, WHAT, Value::text(what)),
        StayChange::StepState(id, state) => {
            put_in_line(document, STEPS, *id, STATE, Value::code(state.code(), StepState::ToAsk.code()))
        }
        StayChange::StepOwner(id, owner) => {
            let value = owner.as_ref().map_or(Value::Nothing, |owner| Value::Text(owner.to_string()));
            put_in_line(document, STEPS, *id, OWNER, value)
        }
        StayChange::StepBy(id, day) => put_in_line(document, STEPS, *id, BY, (*day).into()),
        StayChange::StepNote(id, note) => put_in_line(document, STEPS, *id, NOTE, Value::text(note)),
    }
}

/// How it stands. What goes with a state is written before its code, so that a code never stands alone.
pub fn write_state(document: &mut Document, state: &StayState) -> Result<(), JournalError> {
    let mut put = |on: &NaiveDate, how: &str| {
        document.put(Place::Root, STATE_ON, (*on).into())?;
        document.put(Place::Root, ENDED_HOW, Value::text(how))
    };
    match state {
        StayState::Returned { on } => put(on, "")?,
        StayState::Ended { on, how } => put(on, how.code())?,
        StayState::There | StayState::Unknown(_) => {}
    }
    document.put(Place::Root, STATE, Value::code(state.code(), StayState::There.code()))
}

/// Reads the stay; nothing where it is nobody's, or says no day.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<HospitalStay> {
    let fields = document.fields(Place::Root, oddities)?;
    let person = document.header.subject.map(PersonId)?;
    let mut stay = HospitalStay::noticed(HospitalStayId(document.header.id.0), person, fields.day(NOTICED)?);
    for field in StayField::ALL {
        *stay.text_mut(*field) = fields.text(field.code());
    }
    stay.admitted = fields.day(ADMITTED);
    stay.planned = fields.day(PLANNED);
    stay.planned_hour = fields.hour(PLANNED_HOUR);
    stay.entry = fields.id(ENTRY).map(EntryId);
    stay.state = StayState::from_parts(&fields.text(STATE), fields.day(STATE_ON), &fields.text(ENDED_HOW));
    stay.steps = lines_in_order(document, STEPS, oddities, |id, line| ReturnStep {
        id,
        what: line.text(WHAT),
        state: match line.text(STATE).as_str() {
            "" => StepState::ToAsk,
            code => StepState::from_code(code),
        },
        owner: match line.text(OWNER).as_str() {
            "" => None,
            owner => Some(Owner::parse(owner)),
        },
        by: line.day(BY),
        note: line.text(NOTE),
    });
    Some(stay)
}

/// What two devices wrote at once in a stay, as whoever chooses reads it.
pub fn as_said(conflicts: Vec<Conflict>) -> Vec<Conflict> {
    with_ids_as_said(conflicts, &[ENTRY])
}
