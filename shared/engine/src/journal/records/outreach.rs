//! An outreach service in its document: each field and each field of each line is written apart, at the path that its change says.

use std::cell::Cell;

use maillon_shared::domain::ids::{LineId, OutreachId};
use maillon_shared::domain::outreach::{Fielded, Line, OutreachChange, OutreachLines, OutreachService};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{lines_in_order, put_back_line, put_in_line, remove_known_line};

/// Writes a whole service that begins.
pub fn create(document: &mut Document, service: &OutreachService) -> Result<(), JournalError> {
    let changes = OutreachService::empty(service.id).changes_to(service);
    changes.iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &OutreachChange) -> Result<(), JournalError> {
    let value = |text: &str| if text.is_empty() { Value::Nothing } else { Value::text(text) };
    match change {
        OutreachChange::About(field, text) => document.put(Place::Root, field, value(text)),
        OutreachChange::Line(lines, id, field, text) => {
            // Someone took the line away meanwhile: whoever writes in it wants it there, and would lose their words.
            let value = value(text);
            put_back_line(document, lines.code(), *id, &value)?;
            put_in_line(document, lines.code(), *id, field, value)
        }
        OutreachChange::Remove(lines, id) => remove_known_line(document, lines.code(), *id),
        OutreachChange::Withdrawn(withdrawn) => document.put(Place::Root, "withdrawn", Value::flag(*withdrawn)),
    }
}

/// Reads the service; nothing where it says nothing at all.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<OutreachService> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut service = OutreachService::empty(OutreachId(document.header.id.0));
    read_fields(&mut service.about, &fields);
    service.withdrawn = fields.flag("withdrawn");
    service.places = lines(document, OutreachLines::Places, oddities);
    service.days = lines(document, OutreachLines::Days, oddities);
    service.sessions = lines(document, OutreachLines::Sessions, oddities);
    service.turns = lines(document, OutreachLines::Turns, oddities);
    // A title that is missing is to be mended, by whoever sees the rest.
    (service != OutreachService::empty(service.id)).then_some(service)
}

fn lines<T: Line>(document: &Document, lines: OutreachLines, oddities: &Cell<u32>) -> Vec<T> {
    lines_in_order(document, lines.code(), oddities, |id: LineId, fields| {
        let mut line = T::empty(id);
        read_fields(&mut line, fields);
        line
    })
}

/// Reads the fields that this version knows; what it does not stays where it is.
fn read_fields<T: Fielded>(record: &mut T, fields: &Fields<'_>) {
    for name in fields.names("") {
        let code = name.split_once('.').map_or(name.as_str(), |(code, _)| code);
        if T::FIELDS.contains(&code) {
            let text = fields.text(&name);
            if !text.is_empty() {
                record.say(&name, &text);
            }
        }
    }
}
