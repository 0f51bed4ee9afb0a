//! An item of information in its document: each field and each field of each line is written apart, at the path that its change
//! says.

use std::cell::Cell;

use maillon_shared::domain::event::Headcount;
use maillon_shared::domain::ids::{EntryId, InformationId, LineId};
use maillon_shared::domain::information::{
    DIFFUSIONS, Diffusion, DiffusionField, InformationChange, InformationField, InformationItem, InformationState,
};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{lines_in_order, put_back_line, put_in_line, remove_known_line};

/// Writes a whole item that begins.
pub fn create(document: &mut Document, item: &InformationItem) -> Result<(), JournalError> {
    let empty = InformationItem::empty(item.id);
    empty.changes_to(item).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &InformationChange) -> Result<(), JournalError> {
    match change {
        InformationChange::Remove(id) => return remove_known_line(document, DIFFUSIONS, *id),
        InformationChange::ForBoard(for_board) => {
            return document.put(Place::Root, "for_board", Value::flag(*for_board));
        }
        InformationChange::Withdrawn(withdrawn) => {
            return document.put(Place::Root, "withdrawn", Value::flag(*withdrawn));
        }
        _ => {}
    }
    let (path, value) = change.path();
    let value = if value.is_empty() { Value::Nothing } else { Value::Text(value) };
    match path.splitn(3, '.').collect::<Vec<_>>()[..] {
        [DIFFUSIONS, id, field] => match LineId::parse(id) {
            Some(id) => {
                // Someone took the line away meanwhile: whoever writes in it wants it there, and would lose their words.
                if value != Value::Nothing {
                    put_back_line(document, DIFFUSIONS, id, &value)?;
                }
                put_in_line(document, DIFFUSIONS, id, field, value)
            }
            None => Ok(()),
        },
        _ => document.put(Place::Root, &path, value),
    }
}

/// Reads the item; nothing where the document says nothing.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<InformationItem> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut item = InformationItem::empty(InformationId(document.header.id.0));
    for field in InformationField::ALL {
        *item.text_mut(*field) = fields.text(field.code());
    }
    item.source_entry = EntryId::parse(&fields.text("source_entry"));
    item.received = fields.day("received");
    item.expires = fields.day("expires");
    item.state = InformationState::parse(&fields.text("state"));
    item.for_board = fields.flag("for_board");
    item.withdrawn = fields.flag("withdrawn");
    item.diffusions = lines_in_order(document, DIFFUSIONS, oddities, diffusion);
    Some(item)
}

fn diffusion(id: LineId, line: &Fields<'_>) -> Diffusion {
    let count = |field: &str| Headcount::parse(&line.text(field)).unwrap_or_default();
    let (entry, on) = (EntryId::parse(&line.text("entry")), line.day("on"));
    let mut read = Diffusion { entry, on, copies: count("copies"), people: count("people"), ..Diffusion::empty(id) };
    DiffusionField::ALL.iter().for_each(|field| *read.text_mut(*field) = line.text(field.code()));
    read
}
