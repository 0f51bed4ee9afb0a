//! The liaison sheets that were given about a person, in their document. A line is written once, and never changed.

use std::cell::Cell;

use maillon_shared::domain::consent::Recipient;
use maillon_shared::domain::ids::{ConsentId, EntryId, LineId, PersonId};
use maillon_shared::domain::liaison::{GivenSheet, GivenWay, Piece};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};

const GIVEN: &str = "given";
const DAY: &str = "day";
const HOUR: &str = "hour";
const RECIPIENT: &str = "recipient";
const RECIPIENT_ENTRY: &str = "recipient_entry";
const WAY: &str = "way";
const CONSENT: &str = "consent";
const MESSAGE: &str = "message";
/// What went: a field a piece, so named.
const PIECE: &str = "piece.";

/// Writes that a sheet was given.
pub fn give(document: &mut Document, given: &GivenSheet) -> Result<(), JournalError> {
    let place = Place::Line(GIVEN, given.id.0);
    let id = |id: Option<[u8; 16]>| id.map_or(Value::Nothing, |id| Value::Text(line_key(&id)));
    document.put(place, RECIPIENT, Value::text(&given.recipient.name))?;
    document.put(place, RECIPIENT_ENTRY, id(given.recipient.entry.map(|entry| entry.0)))?;
    document.put(place, WAY, Value::text(given.way.code()))?;
    document.put(place, CONSENT, id(given.consent.map(|consent| consent.0)))?;
    document.put(place, MESSAGE, Value::text(&given.message))?;
    for piece in &given.pieces {
        document.put(place, &format!("{PIECE}{}", piece.code()), Value::flag(true))?;
    }
    document.put(place, HOUR, Some(given.hour).into())?;
    document.put(place, DAY, given.day.into())
}

/// Reads every sheet that was given.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<GivenSheet> {
    let Some(person) = document.header.subject.map(PersonId) else { return Vec::new() };
    let mut given = Vec::new();
    for (id, line) in document.lines(GIVEN, oddities) {
        let (Some(day), Some(hour)) = (line.day(DAY), line.hour(HOUR)) else { continue };
        given.push(GivenSheet {
            id: LineId(id),
            person,
            day,
            hour,
            recipient: Recipient { entry: line.id(RECIPIENT_ENTRY).map(EntryId), name: line.text(RECIPIENT) },
            way: GivenWay::from_code(&line.text(WAY)),
            consent: line.id(CONSENT).map(ConsentId),
            pieces: line.flags(PIECE).iter().map(|code| Piece::from_code(code)).collect(),
            message: line.text(MESSAGE),
        });
    }
    given
}
