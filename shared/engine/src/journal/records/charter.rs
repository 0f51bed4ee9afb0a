//! The charter of a post in its document: each field and each field of each line is written apart, at the path that its change
//! says. The points and the answers are fields too, under their moment: there is one of each, which two may write at once.

use std::cell::Cell;

use maillon_shared::domain::charter::{CharterChange, CharterLines, Fielded, Line, PostCharter};
use maillon_shared::domain::ids::{CharterId, LineId};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{lines_in_order, put_back_line, put_in_line, remove_known_line};

/// Writes a whole charter that begins.
pub fn create(document: &mut Document, charter: &PostCharter) -> Result<(), JournalError> {
    let changes = PostCharter::empty(charter.id).changes_to(charter);
    changes.iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &CharterChange) -> Result<(), JournalError> {
    let value = |text: &str| if text.is_empty() { Value::Nothing } else { Value::text(text) };
    match change {
        CharterChange::About(field, text) => document.put(Place::Root, field, value(text)),
        CharterChange::Line(lines, id, field, text) => {
            // Someone took the line away meanwhile: whoever writes in it wants it there, and would lose their words.
            let value = value(text);
            put_back_line(document, lines.code(), *id, &value)?;
            put_in_line(document, lines.code(), *id, field, value)
        }
        CharterChange::Remove(lines, id) => remove_known_line(document, lines.code(), *id),
        CharterChange::Withdrawn(withdrawn) => document.put(Place::Root, "withdrawn", Value::flag(*withdrawn)),
    }
}

/// Reads the charter; nothing where it says nothing at all.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<PostCharter> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut charter = PostCharter::empty(CharterId(document.header.id.0));
    read_fields(&mut charter.about, &fields);
    charter.withdrawn = fields.flag("withdrawn");
    charter.signatories = lines(document, CharterLines::Signatories, oddities);
    charter.commitments = lines(document, CharterLines::Commitments, oddities);
    charter.questions = lines(document, CharterLines::Questions, oddities);
    charter.sections = lines(document, CharterLines::Sections, oddities);
    // A title that is missing is to be mended, by whoever sees the rest.
    (charter != PostCharter::empty(charter.id)).then_some(charter)
}

fn lines<T: Line>(document: &Document, lines: CharterLines, oddities: &Cell<u32>) -> Vec<T> {
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
