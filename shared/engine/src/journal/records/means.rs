//! A thing that is offered to others in its document, each field and each field of each use written apart; and, in one's own
//! notebook, which of them one said to lend or to borrow.

use std::cell::Cell;

use maillon_shared::domain::ids::{LineId, MeansId};
use maillon_shared::domain::means::{Fielded, LOANS, Line, Loan, MeansChange, SharedMeans};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{lines_in_order, put_back_line, put_in_line, remove_known_line};

/// What stands before the id of what is one's own.
const MINE: &str = "mine.";

/// Writes a whole thing that begins to be offered.
pub fn create(document: &mut Document, means: &SharedMeans) -> Result<(), JournalError> {
    let changes = SharedMeans::empty(means.id).changes_to(means);
    changes.iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &MeansChange) -> Result<(), JournalError> {
    match change {
        MeansChange::About(field, text) => document.put(Place::Root, field, Value::text(text)),
        MeansChange::Loan(id, field, text) => {
            // Someone took the line away meanwhile: whoever writes in it wants it there, and would lose their words.
            let value = Value::text(text);
            put_back_line(document, LOANS, *id, &value)?;
            put_in_line(document, LOANS, *id, field, value)
        }
        MeansChange::RemoveLoan(id) => remove_known_line(document, LOANS, *id),
        MeansChange::Withdrawn(withdrawn) => document.put(Place::Root, "withdrawn", Value::flag(*withdrawn)),
    }
}

/// Reads what is offered; nothing where the document says nothing at all.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<SharedMeans> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut means = SharedMeans::empty(MeansId(document.header.id.0));
    read_fields(&mut means.about, &fields, oddities);
    means.withdrawn = fields.flag("withdrawn");
    means.loans = lines_in_order(document, LOANS, oddities, |id: LineId, line| {
        let mut loan = Loan::empty(id);
        read_fields(&mut loan, line, oddities);
        loan
    });
    // A title that is missing is to be mended, by whoever sees the rest.
    (means != SharedMeans::empty(means.id)).then_some(means)
}

/// Reads the fields that this version knows; what it does not stays where it is. A value that its field cannot hold is odd.
fn read_fields<T: Fielded>(record: &mut T, fields: &Fields<'_>, oddities: &Cell<u32>) {
    for code in T::FIELDS {
        let text = fields.text(code);
        if !text.is_empty() && !record.say(code, &text) {
            oddities.set(oddities.get() + 1);
        }
    }
}

/// Writes that a thing, or a use of one, is this coordinator's own.
pub fn write_mine(document: &mut Document, id: LineId, is_mine: bool) -> Result<(), JournalError> {
    document.put(Place::Root, &format!("{MINE}{id}"), Value::flag(is_mine))
}

/// Reads which are.
pub fn mine(document: &Document, oddities: &Cell<u32>) -> Vec<LineId> {
    let flags = document.fields(Place::Root, oddities).map(|fields| fields.flags(MINE)).unwrap_or_default();
    flags.iter().filter_map(|id| LineId::parse(id)).collect()
}
