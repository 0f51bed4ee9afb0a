//! A round in its document: a line a stop, which holds the id of a person and a number, and no word about anyone.

use std::cell::Cell;

use maillon_shared::domain::ids::{LineId, PersonId, RoundId};
use maillon_shared::domain::round::{Round, RoundChange, RoundField, Stop};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};
use super::{ORDER, REMOVED, remove_line};

const STOPS: &str = "stops";
const DAY: &str = "day";
const BACK_AT: &str = "back_at";
const RETURNED_AT: &str = "returned_at";
const DISTANCE: &str = "distance_m";
const WITHDRAWN: &str = "withdrawn";
const PERSON: &str = "person";

/// Writes a whole round that begins.
pub fn create(document: &mut Document, round: &Round) -> Result<(), JournalError> {
    // The day is always written: without one it would be no round.
    document.put(Place::Root, DAY, round.day.into())?;
    Round::empty(round.id, round.day).changes_to(round).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &RoundChange) -> Result<(), JournalError> {
    match change {
        RoundChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        RoundChange::Day(day) => document.put(Place::Root, DAY, (*day).into()),
        RoundChange::BackAt(hour) => document.put(Place::Root, BACK_AT, (*hour).into()),
        RoundChange::ReturnedAt(hour) => document.put(Place::Root, RETURNED_AT, (*hour).into()),
        RoundChange::Distance(metres) => {
            let value = metres.map_or(Value::Nothing, |metres| Value::Int(metres.into()));
            document.put(Place::Root, DISTANCE, value)
        }
        RoundChange::Stop(stop) => {
            let place = Place::Line(STOPS, stop.id.0);
            document.put(place, PERSON, Value::Text(line_key(&stop.person.0)))?;
            document.put(place, ORDER, Value::Int(stop.order))
        }
        RoundChange::Order(id, order) if document.has_line(STOPS, id.0) => {
            document.put(Place::Line(STOPS, id.0), ORDER, Value::Int(*order))
        }
        RoundChange::Order(..) => Ok(()),
        RoundChange::RemoveStop(id) => remove_line(document, STOPS, *id),
        RoundChange::Withdrawn(withdrawn) => document.put(Place::Root, WITHDRAWN, Value::flag(*withdrawn)),
    }
}

/// Reads the round; nothing where it says no day.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Round> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut round = Round::empty(RoundId(document.header.id.0), fields.day(DAY)?);
    for field in RoundField::ALL {
        *round.text_mut(*field) = fields.text(field.code());
    }
    round.back_at = fields.hour(BACK_AT);
    round.returned_at = fields.hour(RETURNED_AT);
    round.distance_m = fields.int(DISTANCE).and_then(|metres| u32::try_from(metres).ok());
    round.withdrawn = fields.flag(WITHDRAWN);
    for (id, line) in document.lines(STOPS, oddities) {
        let Some(person) = line.id(PERSON).map(PersonId).filter(|_| !line.flag(REMOVED)) else { continue };
        round.stops.push(Stop { id: LineId(id), person, order: line.int(ORDER).unwrap_or(i64::MAX) });
    }
    round.stops.sort_by_key(|stop| (stop.order, stop.id));
    Some(round)
}
