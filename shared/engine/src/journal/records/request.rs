//! A request in its document.

use std::cell::Cell;

use maillon_shared::domain::ids::{EncounterId, PersonId, RequestId};
use maillon_shared::domain::request::{Request, RequestField, RequestState};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};

/// What tells a request from the other episodes.
pub const EPISODE: &str = "request";
const WHAT: &str = "episode";
const RECEIVED: &str = "received";
const STATE: &str = "state";
const FROM: &str = "from";

/// Writes a request that begins.
pub fn create(document: &mut Document, request: &Request) -> Result<(), JournalError> {
    document.put(Place::Root, WHAT, Value::text(EPISODE))?;
    document.put(Place::Root, RECEIVED, request.received.into())?;
    for field in RequestField::ALL {
        document.put(Place::Root, field.code(), Value::text(request.text(*field)))?;
    }
    let from = request.from.map_or(Value::Nothing, |from| Value::Text(line_key(&from.0)));
    document.put(Place::Root, FROM, from)?;
    document.put(Place::Root, STATE, Value::code(request.state.code(), RequestState::Received.code()))
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
    request.state = match fields.text(STATE).as_str() {
        "" => RequestState::Received,
        code => RequestState::from_code(code),
    };
    request.from = fields.id(FROM).map(EncounterId);
    Some(request)
}
