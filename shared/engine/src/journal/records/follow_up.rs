//! Follow-ups in a journal of the year; and what is done to the actions of a project and to what a *temps d'échange*
//! decided, which are follow-ups too.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, FollowUpState, Rhythm};
use maillon_shared::domain::ids::{EncounterId, FollowUpId, PersonId};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::kinds::Kind;
use super::super::undo::UNDONE;
use super::super::value::{Place, Value, line_key};
use super::project::ACTIONS;
use super::shared_meeting::DECISIONS;

/// The map of follow-ups.
pub const FOLLOW_UPS: &str = "follow_ups";
const KIND: &str = "kind";
pub(super) const WHAT: &str = "what";
pub(super) const DUE: &str = "due";
const HOUR: &str = "hour";
const OWNER: &str = "owner";
const RHYTHM: &str = "rhythm";
const FROM: &str = "from";
pub(super) const STATE: &str = "state";
pub(super) const DONE_ON: &str = "done_on";
const DONE_BY: &str = "done_by";
const CANCELLED_WHY: &str = "cancelled_why";
pub(super) const POSTPONED_WHY: &str = "postponed_why";
pub(super) const POSTPONED_TIMES: &str = "postponed_times";

/// Writes a whole follow-up that begins.
pub fn create(document: &mut Document, follow_up: &FollowUp) -> Result<(), JournalError> {
    let place = Place::Line(FOLLOW_UPS, follow_up.id.0);
    // Planned again under the same id after its planning was undone, it is no longer undone.
    document.put(place, UNDONE, Value::Nothing)?;
    document.put(place, DUE, follow_up.due.into())?;
    document.put(place, KIND, Value::text(follow_up.kind.code()))?;
    document.put(place, WHAT, Value::text(&follow_up.what))?;
    document.put(place, HOUR, follow_up.hour.into())?;
    document.put(place, OWNER, Value::text(&follow_up.owner))?;
    let rhythm = follow_up.rhythm.map_or(Value::Nothing, |rhythm| Value::Text(rhythm.to_string()));
    document.put(place, RHYTHM, rhythm)?;
    let from = follow_up.from.map_or(Value::Nothing, |from| Value::Text(line_key(&from.0)));
    document.put(place, FROM, from)?;
    write_state(document, follow_up.id, &follow_up.state)
}

/// Another day, and why.
pub fn reschedule(
    document: &mut Document,
    follow_up: &FollowUp,
    day: NaiveDate,
    reason: &str,
) -> Result<(), JournalError> {
    let place = place_of(document, follow_up.id);
    if day > follow_up.due {
        document.put(place, POSTPONED_WHY, Value::text(reason))?;
        document.put(place, POSTPONED_TIMES, Value::Int(i64::from(follow_up.postponed_times) + 1))?;
    }
    document.put(place, DUE, day.into())
}

/// Open, done or given up. What goes with a state is written before its code, so that a code never stands alone.
pub fn write_state(document: &mut Document, id: FollowUpId, state: &FollowUpState) -> Result<(), JournalError> {
    let place = place_of(document, id);
    match state {
        FollowUpState::Done { day, by } => {
            document.put(place, DONE_ON, (*day).into())?;
            let by = by.map_or(Value::Nothing, |by| Value::Text(line_key(&by.0)));
            document.put(place, DONE_BY, by)?;
        }
        FollowUpState::Cancelled { why } => document.put(place, CANCELLED_WHY, Value::text(why))?,
        FollowUpState::Open | FollowUpState::Unknown(_) => {}
    }
    document.put(place, STATE, Value::code(state.code(), FollowUpState::Open.code()))
}

/// Where a follow-up stands: the actions of a project are in the project, what a meeting decided is in the meeting.
fn place_of(document: &Document, id: FollowUpId) -> Place {
    match document.header.kind {
        Kind::HealthProject => Place::Line(ACTIONS, id.0),
        Kind::SharedMeeting => Place::Line(DECISIONS, id.0),
        _ => Place::Line(FOLLOW_UPS, id.0),
    }
}

/// Reads the state of a follow-up that is due that day.
pub(super) fn read_state(line: &Fields<'_>, due: NaiveDate) -> FollowUpState {
    match line.text(STATE).as_str() {
        "" | "open" => FollowUpState::Open,
        "done" => FollowUpState::Done { day: line.day(DONE_ON).unwrap_or(due), by: line.id(DONE_BY).map(EncounterId) },
        "cancelled" => FollowUpState::Cancelled { why: line.text(CANCELLED_WHY) },
        other => FollowUpState::Unknown(other.to_owned()),
    }
}

/// Reads every follow-up of a journal.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<FollowUp> {
    let person = document.header.subject.map(PersonId);
    let mut follow_ups = Vec::new();
    for (id, line) in document.lines(FOLLOW_UPS, oddities) {
        let Some(due) = line.day(DUE) else { continue };
        let mut follow_up = FollowUp::open(FollowUpId(id), person, FollowUpKind::from_code(&line.text(KIND)), due);
        follow_up.what = line.text(WHAT);
        follow_up.hour = line.hour(HOUR);
        follow_up.owner = line.text(OWNER);
        follow_up.rhythm = Rhythm::parse(&line.text(RHYTHM));
        follow_up.from = line.id(FROM).map(EncounterId);
        follow_up.postponed_because = line.text(POSTPONED_WHY);
        follow_up.postponed_times = line.int(POSTPONED_TIMES).and_then(|times| u32::try_from(times).ok()).unwrap_or(0);
        follow_up.state = read_state(&line, due);
        follow_ups.push(follow_up);
    }
    follow_ups
}
