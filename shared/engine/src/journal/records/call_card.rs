//! A card of a campaign in its document, which is about the person to reach: what a caller needs, and every attempt.
//!
//! An attempt is a line of its own, so that two callers who reach the same person at once both have their attempt there.

use std::cell::Cell;

use maillon_shared::domain::campaign::{
    AttemptChange, AttemptOutcome, AttemptWay, CallAttempt, CallCard, CallSubject, CardField, NamedContact, NamedField,
};
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::ids::{AttemptId, CallCardId, CampaignId, LineId, PersonId, RegisterEntryId};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};
use super::{lines_in_order, phones, put_in_line, put_phone};

const CAMPAIGN: &str = "campaign";
const ABOUT: &str = "about";
const NUMBER: &str = "number";
const CALLER: &str = "caller";
const NAMED: &str = "named";

const ATTEMPTS: &str = "attempts";
const DAY: &str = "day";
const HOUR: &str = "hour";
const WAY: &str = "way";
const OUTCOME: &str = "outcome";
const NOTE: &str = "note";
const ABSENT_UNTIL: &str = "absent_until";
const HANDLED_ON: &str = "handled_on";
const WITHDRAWN: &str = "withdrawn";

const REGISTER: &str = "register";
const PERSON: &str = "person";

/// Writes a card that is made; of whom it is, is the document's own subject.
pub fn create(document: &mut Document, card: &CallCard) -> Result<(), JournalError> {
    let about = match card.about {
        CallSubject::Register(_) => REGISTER,
        CallSubject::Person(_) => PERSON,
    };
    document.put(Place::Root, CAMPAIGN, Value::Text(line_key(&card.campaign.0)))?;
    document.put(Place::Root, ABOUT, Value::text(about))?;
    document.put(Place::Root, NUMBER, Value::Int(card.number.into()))?;
    for field in CardField::ALL {
        document.put(Place::Root, field.code(), Value::text(card.text(*field)))?;
    }
    for phone in &card.phones {
        for field in PhoneField::ALL {
            put_phone(document, phone.id, *field, phone.text(*field))?;
        }
    }
    for named in &card.named {
        for field in NamedField::ALL {
            put_in_line(document, NAMED, named.id, field.code(), Value::text(named.text(*field)))?;
        }
    }
    allot(document, card.caller)
}

/// Writes who is to call.
pub fn allot(document: &mut Document, caller: Option<LineId>) -> Result<(), JournalError> {
    document.put(Place::Root, CALLER, caller.map_or(Value::Nothing, |id| Value::Text(line_key(&id.0))))
}

/// Writes an attempt.
pub fn attempt(document: &mut Document, attempt: &CallAttempt) -> Result<(), JournalError> {
    let place = Place::Line(ATTEMPTS, attempt.id.0);
    document.put(place, DAY, attempt.day.into())?;
    document.put(place, HOUR, Some(attempt.hour).into())?;
    let caller = attempt.caller.map_or(Value::Nothing, |id| Value::Text(line_key(&id.0)));
    document.put(place, CALLER, caller)?;
    document.put(place, WAY, Value::text(attempt.way.code()))?;
    document.put(place, ABSENT_UNTIL, attempt.absent_until.into())?;
    document.put(place, NOTE, Value::text(&attempt.note))?;
    document.put(place, HANDLED_ON, attempt.handled_on.into())?;
    document.put(place, WITHDRAWN, Value::flag(attempt.withdrawn))?;
    document.put(place, OUTCOME, Value::text(attempt.outcome.code()))
}

/// Writes one change to an attempt.
pub fn write(document: &mut Document, id: AttemptId, change: &AttemptChange) -> Result<(), JournalError> {
    let place = Place::Line(ATTEMPTS, id.0);
    match change {
        AttemptChange::Outcome(outcome) => document.put(place, OUTCOME, Value::text(outcome.code())),
        AttemptChange::Note(note) => document.put(place, NOTE, Value::text(note)),
        AttemptChange::Handled(day) => document.put(place, HANDLED_ON, (*day).into()),
        AttemptChange::Withdrawn(withdrawn) => document.put(place, WITHDRAWN, Value::flag(*withdrawn)),
    }
}

/// Reads the card; nothing where it is of no campaign or of nobody.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<CallCard> {
    let fields = document.fields(Place::Root, oddities)?;
    let subject = document.header.subject?;
    let about = match fields.text(ABOUT).as_str() {
        REGISTER => CallSubject::Register(RegisterEntryId(subject)),
        _ => CallSubject::Person(PersonId(subject)),
    };
    let id = CallCardId(document.header.id.0);
    let mut card = CallCard::empty(id, CampaignId(fields.id(CAMPAIGN)?), about);
    card.number = fields.int(NUMBER).and_then(|number| number.try_into().ok()).unwrap_or_default();
    for field in CardField::ALL {
        *card.text_mut(*field) = fields.text(field.code());
    }
    card.phones = phones(document, oddities);
    card.named = lines_in_order(document, NAMED, oddities, |id, line| {
        let mut named = NamedContact::empty(id);
        for field in NamedField::ALL {
            *named.text_mut(*field) = line.text(field.code());
        }
        named
    });
    card.caller = fields.id(CALLER).map(LineId);
    for (id, line) in document.lines(ATTEMPTS, oddities) {
        let (Some(day), Some(hour)) = (line.day(DAY), line.hour(HOUR)) else { continue };
        card.attempts.push(CallAttempt {
            id: AttemptId(id),
            day,
            hour,
            caller: line.id(CALLER).map(LineId),
            way: AttemptWay::from_code(&line.text(WAY)),
            outcome: AttemptOutcome::from_code(&line.text(OUTCOME)),
            note: line.text(NOTE),
            absent_until: line.day(ABSENT_UNTIL),
            handled_on: line.day(HANDLED_ON),
            withdrawn: line.flag(WITHDRAWN),
        });
    }
    card.attempts.sort_by_key(|one| (one.at(), one.id));
    Some(card)
}
