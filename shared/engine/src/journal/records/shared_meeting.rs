//! A *temps d'échange* in its document: a line a point, a guest, a decision, a paper that was given, so that two who write
//! at once keep both.
//!
//! A decision is written in the fields of a follow-up, and what is done to that follow-up is written here. Of two states
//! written at once, that it was held is what took place; of two presences, the one that asks for most holds.

use std::cell::Cell;

use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::consent::Recipient;
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::ids::{
    ConsentId, EntryId, FollowUpId, HealthProjectId, LineId, PersonId, RequestId, SharedMeetingId,
};
use maillon_shared::domain::meeting_paper::{GivenPaper, PaperKind, PaperWay};
use maillon_shared::domain::project::Owner;
use maillon_shared::domain::shared_meeting::{
    Asked, Came, Decision, Guest, Held, MeetingChange, MeetingField, MeetingState, Origin, Point, Presence,
    SharedMeeting, ToldBack,
};

use super::super::document::{Document, JournalError};
use super::super::undo::UNDONE;
use super::super::value::{Place, Value, line_key};
use super::follow_up::{self, DONE_ON, DUE, POSTPONED_TIMES, POSTPONED_WHY, WHAT};
use super::{ORDER, REMOVED, lines_in_order, put_in_line, remove_line};

const DAY: &str = "day";
const HOUR: &str = "hour";
const ORIGIN: &str = "origin";
/// How it stands.
pub const STATE: &str = "state";
const PLANNED: &str = "planned";
const HELD: &str = "held";
const HELD_ON: &str = "held_on";
/// Whether she was there.
pub const PRESENCE: &str = "presence";
const REPRESENTED_WHY: &str = "represented_why";
const ABSENT_WHY: &str = "absent_why";
const CANCELLED: &str = "cancelled";
const CANCELLED_ON: &str = "cancelled_on";
const CANCELLED_WHY: &str = "cancelled_why";
const TOLD_ON: &str = "told_back_on";
const TOLD_WORDS: &str = "told_back_words";

const POINTS: &str = "points";
const NOTES: &str = "notes";

const GUESTS: &str = "guests";
const WHO: &str = "who";
const ASKED: &str = "asked";
const CAME: &str = "came";

/// The map of decisions.
pub const DECISIONS: &str = "decisions";
const OWNER: &str = "owner";

const GIVEN: &str = "given";
const RECIPIENT: &str = "recipient";
const RECIPIENT_ENTRY: &str = "recipient_entry";
const GUEST: &str = "guest";
const WAY: &str = "way";
const CONSENT: &str = "consent";
const MESSAGE: &str = "message";

fn id(id: Option<[u8; 16]>) -> Value {
    id.map_or(Value::Nothing, |id| Value::Text(line_key(&id)))
}

/// Writes a whole meeting that is planned.
pub fn create(document: &mut Document, meeting: &SharedMeeting) -> Result<(), JournalError> {
    // The day is always written: without one it would be no meeting.
    document.put(Place::Root, DAY, meeting.day.into())?;
    let origin = match meeting.origin {
        Some(Origin::Request(id)) => Value::Text(format!("request:{}", line_key(&id.0))),
        Some(Origin::Project(id)) => Value::Text(format!("project:{}", line_key(&id.0))),
        None => Value::Nothing,
    };
    document.put(Place::Root, ORIGIN, origin)?;
    let blank = SharedMeeting::planned(meeting.id, meeting.person, meeting.day);
    blank.changes_to(meeting).iter().try_for_each(|change| write(document, change))
}

/// Writes one change. What is said of a line that was taken away is kept in it, and brings it back to nobody.
pub fn write(document: &mut Document, change: &MeetingChange) -> Result<(), JournalError> {
    match change {
        MeetingChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        MeetingChange::Day(day) => document.put(Place::Root, DAY, (*day).into()),
        MeetingChange::Hour(hour) => document.put(Place::Root, HOUR, (*hour).into()),
        MeetingChange::Point(id, what) => put_in_line(document, POINTS, *id, WHAT, Value::text(what)),
        MeetingChange::PointNotes(id, notes) => put_in_line(document, POINTS, *id, NOTES, Value::text(notes)),
        MeetingChange::PointOrder(id, order) if document.has_line(POINTS, id.0) => {
            document.put(Place::Line(POINTS, id.0), ORDER, Value::Int(i64::from(*order)))
        }
        MeetingChange::PointOrder(..) => Ok(()),
        MeetingChange::RemovePoint(id) => remove_line(document, POINTS, *id),
        MeetingChange::Guest(id, who) => {
            // Invited again after all, whether they were taken away or inviting them was undone.
            for mark in [REMOVED, UNDONE] {
                document.put(Place::Line(GUESTS, id.0), mark, Value::Nothing)?;
            }
            put_in_line(document, GUESTS, *id, WHO, Value::text(&who.to_string()))
        }
        MeetingChange::GuestAsked(id, asked) => {
            put_in_line(document, GUESTS, *id, ASKED, Value::code(asked.code(), Asked::NotYet.code()))
        }
        MeetingChange::GuestCame(id, came) => {
            let came = came.as_ref().map_or(Value::Nothing, |came| Value::Text(came.to_string()));
            put_in_line(document, GUESTS, *id, CAME, came)
        }
        MeetingChange::RemoveGuest(id) => remove_line(document, GUESTS, *id),
        MeetingChange::Decision(id, what) => put_in_line(document, DECISIONS, LineId(id.0), WHAT, Value::text(what)),
        MeetingChange::DecisionOwner(id, owner) => {
            put_in_line(document, DECISIONS, LineId(id.0), OWNER, Value::text(&owner.to_string()))
        }
        MeetingChange::DecisionBy(id, day) => put_in_line(document, DECISIONS, LineId(id.0), DUE, (*day).into()),
    }
}

/// Writes that it was held. What goes with a state is written before its code, so that a code never stands alone, and
/// each reason in a field of its own, so that nobody's absence is given the reason of another.
pub fn hold(document: &mut Document, held: &Held) -> Result<(), JournalError> {
    let why = match &held.presence {
        Presence::Represented { .. } => Some(REPRESENTED_WHY),
        Presence::Absent { .. } => Some(ABSENT_WHY),
        Presence::There | Presence::Unknown(_) => None,
    };
    if let Some(field) = why {
        document.put(Place::Root, field, Value::text(held.presence.why()))?;
    }
    document.put(Place::Root, PRESENCE, Value::Text(held.presence.written()))?;
    document.put(Place::Root, HELD_ON, held.on.into())?;
    document.put(Place::Root, STATE, Value::text(HELD))
}

/// Writes that it will not take place.
pub fn cancel(document: &mut Document, on: chrono::NaiveDate, why: &str) -> Result<(), JournalError> {
    document.put(Place::Root, CANCELLED_WHY, Value::text(why))?;
    document.put(Place::Root, CANCELLED_ON, on.into())?;
    document.put(Place::Root, STATE, Value::text(CANCELLED))
}

/// Writes that she was told. The words go first: a day alone ends what is asked for.
pub fn tell_back(document: &mut Document, told: &ToldBack) -> Result<(), JournalError> {
    document.put(Place::Root, TOLD_WORDS, Value::text(&told.words))?;
    document.put(Place::Root, TOLD_ON, told.on.into())
}

/// Writes that something was given: once, and never changed.
pub fn give(document: &mut Document, given: &GivenPaper) -> Result<(), JournalError> {
    let place = Place::Line(GIVEN, given.id.0);
    document.put(place, WHAT, Value::text(given.what.code()))?;
    document.put(place, RECIPIENT, Value::text(&given.recipient.name))?;
    document.put(place, RECIPIENT_ENTRY, id(given.recipient.entry.map(|entry| entry.0)))?;
    document.put(place, GUEST, id(given.guest.map(|guest| guest.0)))?;
    document.put(place, WAY, Value::text(given.way.code()))?;
    document.put(place, CONSENT, id(given.consent.map(|consent| consent.0)))?;
    document.put(place, MESSAGE, Value::text(&given.message))?;
    document.put(place, HOUR, Some(given.hour).into())?;
    document.put(place, DAY, given.day.into())
}

/// Reads the meeting; nothing where it is about nobody, or says no day.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<SharedMeeting> {
    let fields = document.fields(Place::Root, oddities)?;
    let person = document.header.subject.map(PersonId)?;
    let mut meeting = SharedMeeting::planned(SharedMeetingId(document.header.id.0), person, fields.day(DAY)?);
    for field in MeetingField::ALL {
        *meeting.text_mut(*field) = fields.text(field.code());
    }
    meeting.hour = fields.hour(HOUR);
    meeting.origin = origin(&fields.text(ORIGIN));
    let texts = |field: &str| document.values(Place::Root, field).into_iter().filter_map(Value::into_text);
    let states: Vec<String> = texts(STATE).collect();
    let code = if states.iter().any(|state| state == HELD) { HELD.to_owned() } else { fields.text(STATE) };
    meeting.state = match code.as_str() {
        "" | PLANNED => MeetingState::Planned,
        HELD => {
            let written = texts(PRESENCE).max_by_key(|one| (Presence::strictness(one), one.clone()));
            let (represented, absent) = (fields.text(REPRESENTED_WHY), fields.text(ABSENT_WHY));
            MeetingState::Held(Held {
                // Nobody is left untold for a damaged field.
                on: fields.day(HELD_ON).unwrap_or(meeting.day),
                presence: Presence::from_parts(&written.unwrap_or_default(), &represented, &absent),
            })
        }
        CANCELLED => MeetingState::Cancelled {
            on: fields.day(CANCELLED_ON).unwrap_or(meeting.day),
            why: fields.text(CANCELLED_WHY),
        },
        other => MeetingState::Unknown(other.to_owned()),
    };
    meeting.told_back = fields.day(TOLD_ON).map(|on| ToldBack { on, words: fields.text(TOLD_WORDS) });
    meeting.points = lines_in_order(document, POINTS, oddities, |id, line| Point {
        id,
        what: line.text(WHAT),
        notes: line.text(NOTES),
    });
    meeting.guests = lines_in_order(document, GUESTS, oddities, |id, line| {
        let who = line.text(WHO);
        Guest {
            id,
            who: Helper::parse(&who).unwrap_or(Helper::Named(who)),
            asked: match line.text(ASKED).as_str() {
                "" => Asked::NotYet,
                code => Asked::from_code(code),
            },
            came: match line.text(CAME).as_str() {
                "" => None,
                came => Some(Came::parse(came)),
            },
        }
    });
    let without_day = meeting.shown_on();
    meeting.decisions = lines_in_order(document, DECISIONS, oddities, |id, line| {
        let by = line.day(DUE).unwrap_or(without_day);
        let read = follow_up::read_state(line, by);
        let mut written = document.values(Place::Line(DECISIONS, id.0), follow_up::STATE).into_iter();
        let state = match read {
            // Of states written at once, that it was done is what took place.
            FollowUpState::Cancelled { .. } if written.any(|one| one.into_text().as_deref() == Some("done")) => {
                FollowUpState::Done { day: line.day(DONE_ON).unwrap_or(by), by: None }
            }
            other => other,
        };
        Decision {
            id: FollowUpId(id.0),
            what: line.text(WHAT),
            owner: Owner::parse(&line.text(OWNER)),
            by,
            state,
            postponed_because: line.text(POSTPONED_WHY),
            postponed_times: line.int(POSTPONED_TIMES).and_then(|times| u32::try_from(times).ok()).unwrap_or(0),
        }
    });
    for (id, line) in document.lines(GIVEN, oddities) {
        let (Some(day), Some(hour)) = (line.day(DAY), line.hour(HOUR)) else { continue };
        meeting.given.push(GivenPaper {
            id: LineId(id),
            day,
            hour,
            what: PaperKind::from_code(&line.text(WHAT)),
            recipient: Recipient { entry: line.id(RECIPIENT_ENTRY).map(EntryId), name: line.text(RECIPIENT) },
            guest: line.id(GUEST).map(LineId),
            way: PaperWay::from_code(&line.text(WAY)),
            consent: line.id(CONSENT).map(ConsentId),
            message: line.text(MESSAGE),
        });
    }
    meeting.given.sort_by_key(|given| (given.day, given.hour, given.id));
    Some(meeting)
}

/// What a meeting came from; nothing where a newer version wrote another kind.
fn origin(text: &str) -> Option<Origin> {
    let (kind, key) = text.split_once(':')?;
    let id = super::super::value::line_id(key)?;
    match kind {
        "request" => Some(Origin::Request(RequestId(id))),
        "project" => Some(Origin::Project(HealthProjectId(id))),
        _ => None,
    }
}
