//! A request in its document: facts, each a field of its own; what was heard, what was offered and what was opened from
//! it are lines, so that two devices that each wrote one both did.

use std::cell::Cell;

use maillon_shared::domain::consent::Recipient;
use maillon_shared::domain::ids::{ConsentId, EncounterId, EntryId, FollowUpId, LineId, PersonId, RequestId};
use maillon_shared::domain::request::{
    Contact, LinkKind, Listening, OptionChange, OptionDay, OptionField, Orientation, Request, RequestChange,
    RequestField, RequestLink, RequestState,
};

use super::super::document::{Document, JournalError};
use super::super::undo::UNDONE;
use super::super::value::{Place, Value, line_key};
use super::{REMOVED, remove_line};

/// What tells a request from the other episodes.
pub const EPISODE: &str = "request";
const WHAT: &str = "episode";
const RECEIVED: &str = "received";
const STATE: &str = "state";
const FROM: &str = "from";
/// How the field of another topic begins.
const ALSO: &str = "topic_";
const ANALYSED_ON: &str = "analysed_on";
const TAKEN_ON: &str = "taken_on";
const CLOSED_ON: &str = "closed_on";

const LISTENING: &str = "listening";
const DAY: &str = "day";
const TEXT: &str = "text";

const OPTIONS: &str = "options";
const OFFERED_ON: &str = "offered_on";
const ENTRY: &str = "entry";
const MISSION: &str = "mission";
const CONTACT: &str = "contact";
const PERMIT: &str = "permit";
const FOLLOW_UP: &str = "follow_up";

const STEPS: &str = "steps";
const KIND: &str = "kind";
const TARGET: &str = "target";

fn id(id: Option<[u8; 16]>) -> Value {
    id.map_or(Value::Nothing, |id| Value::Text(line_key(&id)))
}

/// Writes a request that begins: what was said when it was received. What comes of it is steps.
pub fn create(document: &mut Document, request: &Request) -> Result<(), JournalError> {
    document.put(Place::Root, WHAT, Value::text(EPISODE))?;
    document.put(Place::Root, RECEIVED, request.received.into())?;
    for field in RequestField::ALL {
        document.put(Place::Root, field.code(), Value::text(request.text(*field)))?;
    }
    for topic in &request.also {
        write(document, &RequestChange::Also(topic.clone(), true))?;
    }
    document.put(Place::Root, FROM, id(request.from.map(|from| from.0)))?;
    document.put(Place::Root, STATE, Value::code(request.state.code(), RequestState::Received.code()))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &RequestChange) -> Result<(), JournalError> {
    let mut put = |field: &str, value: Value| document.put(Place::Root, field, value);
    match change {
        RequestChange::Text(field, text) => put(field.code(), Value::text(text)),
        RequestChange::Received(day) => put(RECEIVED, (*day).into()),
        RequestChange::Also(topic, there) => put(&format!("{ALSO}{topic}"), Value::flag(*there)),
        RequestChange::State(state) => put(STATE, Value::code(state.code(), RequestState::Received.code())),
        RequestChange::AnalysedOn(day) => put(ANALYSED_ON, (*day).into()),
        RequestChange::TakenOn(day) => put(TAKEN_ON, (*day).into()),
        RequestChange::ClosedOn(day) => put(CLOSED_ON, (*day).into()),
        RequestChange::Listening(heard) => {
            let place = Place::Line(LISTENING, heard.id.0);
            document.put(place, REMOVED, Value::Nothing)?;
            document.put(place, DAY, heard.day.into())?;
            document.put(place, TEXT, Value::text(&heard.text))
        }
        RequestChange::RemoveListening(id) => remove_line(document, LISTENING, *id),
        RequestChange::Offer(option) => offer(document, option),
        RequestChange::RemoveOption(id) => remove_line(document, OPTIONS, *id),
        RequestChange::Option(line, change) if document.has_line(OPTIONS, line.0) => {
            write_option(document, *line, change)
        }
        RequestChange::Option(..) => Ok(()),
        RequestChange::Link(link) => {
            let place = Place::Line(STEPS, link.id.0);
            document.put(place, UNDONE, Value::Nothing)?;
            document.put(place, KIND, Value::text(link.kind.code()))?;
            document.put(place, TARGET, id(Some(link.target)))?;
            document.put(place, DAY, link.on.into())
        }
    }
}

fn offer(document: &mut Document, option: &Orientation) -> Result<(), JournalError> {
    let place = Place::Line(OPTIONS, option.id.0);
    document.put(place, REMOVED, Value::Nothing)?;
    document.put(place, OFFERED_ON, option.offered_on.into())?;
    document.put(place, ENTRY, id(option.to.entry.map(|entry| entry.0)))?;
    document.put(place, MISSION, id(option.mission.map(|mission| mission.0)))?;
    for field in OptionField::ALL {
        document.put(place, field.code(), Value::text(option.text(*field)))?;
    }
    Ok(())
}

fn write_option(document: &mut Document, line: LineId, change: &OptionChange) -> Result<(), JournalError> {
    let place = Place::Line(OPTIONS, line.0);
    match change {
        OptionChange::Text(field, text) => document.put(place, field.code(), Value::text(text)),
        OptionChange::Day(which, day) => document.put(place, which.code(), (*day).into()),
        OptionChange::Entry(entry) => document.put(place, ENTRY, id(entry.map(|entry| entry.0))),
        OptionChange::Contact(contact) => {
            document.put(place, CONTACT, Value::code(contact.code(), Contact::Themselves.code()))
        }
        OptionChange::Permit(permit) => document.put(place, PERMIT, id(permit.map(|permit| permit.0))),
        OptionChange::FollowUp(one) => document.put(place, FOLLOW_UP, id(one.map(|one| one.0))),
    }
}

/// Reads the request; nothing where the episode is another.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Request> {
    let fields = document.fields(Place::Root, oddities)?;
    if fields.text(WHAT) != EPISODE {
        return None;
    }
    let received = fields.day(RECEIVED)?;
    let person = document.header.subject.map(PersonId);
    let mut request = Request::received(RequestId(document.header.id.0), person, received);
    for field in RequestField::ALL {
        *request.text_mut(*field) = fields.text(field.code());
    }
    request.also = fields.flags(ALSO).into_iter().collect();
    request.state = match fields.text(STATE).as_str() {
        "" => RequestState::Received,
        code => RequestState::from_code(code),
    };
    request.from = fields.id(FROM).map(EncounterId);
    request.analysed_on = fields.day(ANALYSED_ON);
    request.taken_on = fields.day(TAKEN_ON);
    request.closed_on = fields.day(CLOSED_ON);
    for (line, heard) in document.lines(LISTENING, oddities) {
        let Some(day) = heard.day(DAY).filter(|_| !heard.flag(REMOVED)) else { continue };
        request.listening.push(Listening { id: LineId(line), day, text: heard.text(TEXT) });
    }
    request.listening.sort_by_key(|heard| (heard.day, heard.id));
    for (line, offered) in document.lines(OPTIONS, oddities) {
        let Some(day) = offered.day(OFFERED_ON).filter(|_| !offered.flag(REMOVED)) else { continue };
        let to = Recipient { entry: offered.id(ENTRY).map(EntryId), name: String::new() };
        let mut option = Orientation::offered(LineId(line), to, day);
        for field in OptionField::ALL {
            *option.text_mut(*field) = offered.text(field.code());
        }
        for which in OptionDay::ALL {
            *option.day_mut(which) = offered.day(which.code());
        }
        option.mission = offered.id(MISSION).map(LineId);
        option.contact = match offered.text(CONTACT).as_str() {
            "" => Contact::Themselves,
            code => Contact::from_code(code),
        };
        option.permit = offered.id(PERMIT).map(ConsentId);
        option.follow_up = offered.id(FOLLOW_UP).map(FollowUpId);
        request.options.push(option);
    }
    request.options.sort_by_key(|option| (option.offered_on, option.id));
    for (line, opened) in document.lines(STEPS, oddities) {
        let (Some(target), Some(on)) = (opened.id(TARGET), opened.day(DAY)) else { continue };
        let kind = LinkKind::from_code(&opened.text(KIND));
        request.links.push(RequestLink { id: LineId(line), kind, target, on });
    }
    request.links.sort_by_key(|link| (link.on, link.id));
    Some(request)
}
