//! An event in its document: each field and each field of each line is written apart, at the path that its change says.
//! Nobody who came is in it, but at a lunch between professions.

use std::cell::Cell;

use maillon_shared::api::responses::Conflict;
use maillon_shared::domain::collective::{ProjectStep, StepField};
use maillon_shared::domain::event::{
    Attendance, Confirmed, Event, EventChange, EventCommune, EventField, EventKind, EventLines, EventState, Guest,
    Headcount, Speaker, SpeakerField, Stand, StandField, WhoCame,
};
use maillon_shared::domain::ids::{CollectiveId, EntryId, EventId, LineId};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value, line_key};
use super::{lines_in_order, put_in_line, remove_line, with_ids_as_said};

const KIND: &str = "kind";
const ENTRY: &str = "entry";
const CONFIRMED: &str = "confirmed";

/// Writes a whole event that begins.
pub fn create(document: &mut Document, event: &Event) -> Result<(), JournalError> {
    // The kind is always written: without one it would be no event.
    write(document, &EventChange::Kind(event.kind().clone()))?;
    Event::empty(event.id, event.kind().clone()).changes_to(event).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &EventChange) -> Result<(), JournalError> {
    match change {
        EventChange::Remove(lines, id) => return remove_line(document, lines.code(), *id),
        EventChange::Withdrawn(withdrawn) => return document.put(Place::Root, "withdrawn", Value::flag(*withdrawn)),
        EventChange::HostEntry(entry) => return document.put(Place::Root, "host_entry", id_of(entry.map(|id| id.0))),
        EventChange::Project(project) => return document.put(Place::Root, "project", id_of(project.map(|id| id.0))),
        EventChange::StandEntry(id, entry) => {
            return put_in_line(document, EventLines::Stands.code(), *id, ENTRY, id_of(entry.map(|id| id.0)));
        }
        EventChange::SpeakerEntry(id, entry) => {
            return put_in_line(document, EventLines::Speakers.code(), *id, ENTRY, id_of(entry.map(|id| id.0)));
        }
        _ => {}
    }
    let (path, value) = change.path();
    let value = if value.is_empty() { Value::Nothing } else { Value::Text(value) };
    match path.splitn(3, '.').collect::<Vec<_>>()[..] {
        [lines, id, field] => match (EventLines::from_code(lines), LineId::parse(id)) {
            (Some(lines), Some(id)) => put_in_line(document, lines.code(), id, field, value),
            _ => Ok(()),
        },
        _ => document.put(Place::Root, &path, value),
    }
}

fn id_of(id: Option<[u8; 16]>) -> Value {
    id.map_or(Value::Nothing, |id| Value::Text(line_key(&id)))
}

fn confirmed(line: &Fields<'_>) -> Confirmed {
    match line.text(CONFIRMED) {
        code if code.is_empty() => Confirmed::NotYet,
        code => Confirmed::from_code(&code),
    }
}

/// Reads the event; nothing where it says no kind.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Event> {
    let fields = document.fields(Place::Root, oddities)?;
    let kind = fields.text(KIND);
    if kind.is_empty() {
        return None;
    }
    let mut event = Event::empty(EventId(document.header.id.0), EventKind::from_code(&kind));
    for field in EventField::ALL {
        *event.text_mut(*field) = fields.text(field.code());
    }
    event.host_entry = fields.id("host_entry").map(EntryId);
    event.commune = EventCommune::parse(&fields.text("commune"));
    event.planned = fields.date("planned");
    event.until = fields.day("until");
    event.starts = fields.hour("starts");
    event.ends = fields.hour("ends");
    let state = fields.text("state");
    if !state.is_empty() {
        event.state = EventState::parse(&state);
    }
    event.project = fields.id("project").map(CollectiveId);
    event.withdrawn = fields.flag("withdrawn");
    event.stands = lines_in_order(document, EventLines::Stands.code(), oddities, |id, line| {
        let mut stand = Stand { entry: line.id(ENTRY).map(EntryId), confirmed: confirmed(line), ..Stand::empty(id) };
        StandField::ALL.iter().for_each(|field| *stand.text_mut(*field) = line.text(field.code()));
        stand
    });
    event.speakers = lines_in_order(document, EventLines::Speakers.code(), oddities, |id, line| {
        let mut speaker =
            Speaker { entry: line.id(ENTRY).map(EntryId), confirmed: confirmed(line), ..Speaker::empty(id) };
        SpeakerField::ALL.iter().for_each(|field| *speaker.text_mut(*field) = line.text(field.code()));
        speaker
    });
    event.attendance = lines_in_order(document, EventLines::Attendance.code(), oddities, |id, line| Attendance {
        id,
        public: line.text("public"),
        count: Headcount::parse(&line.text("count")).unwrap_or_default(),
    });
    // Of a kind that names nobody, whatever is written there is shown to no one.
    let guests = lines_in_order(document, EventLines::Guests.code(), oddities, |id, line| {
        Some(Guest { id, who: WhoCame::parse(&line.text("who"))? })
    });
    for guest in guests.into_iter().flatten() {
        event.put_guest(guest);
    }
    event.checklist = lines_in_order(document, EventLines::Checklist.code(), oddities, |id, line| {
        let mut step = ProjectStep { due: line.day("due"), done_on: line.day("done_on"), ..ProjectStep::empty(id) };
        StepField::ALL.iter().for_each(|field| *step.text_mut(*field) = line.text(field.code()));
        step
    });
    Some(event)
}

/// What two devices wrote at once in an event, as whoever chooses reads it.
pub fn as_said(conflicts: Vec<Conflict>) -> Vec<Conflict> {
    with_ids_as_said(conflicts, &["host_entry", "project", ENTRY])
}
