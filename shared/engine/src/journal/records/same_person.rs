//! That two sheets are of one person, in its document: ids and codes, and no word of either sheet.

use std::cell::Cell;

use maillon_shared::domain::ids::{MergeId, PersonId};
use maillon_shared::domain::same_person::{SamePerson, SheetField};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value, line_key};

const KEPT: &str = "kept";
const OTHER: &str = "other";
const ENDED: &str = "ended";
/// How the field begins that says that another field's words are the other sheet's.
const FROM_OTHER: &str = "from_other_";

/// Writes the record.
pub fn create(document: &mut Document, record: &SamePerson) -> Result<(), JournalError> {
    document.put(Place::Root, KEPT, Value::Text(line_key(&record.kept.0)))?;
    document.put(Place::Root, OTHER, Value::Text(line_key(&record.other.0)))?;
    for field in &record.from_other {
        document.put(Place::Root, &format!("{FROM_OTHER}{}", field.code()), Value::Flag(true))?;
    }
    Ok(())
}

/// Writes that they are two again.
pub fn end(document: &mut Document) -> Result<(), JournalError> {
    document.put(Place::Root, ENDED, Value::Flag(true))
}

/// Reads the record; nothing where it does not name two.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<SamePerson> {
    let fields = document.fields(Place::Root, oddities)?;
    let (kept, other) = (PersonId(fields.id(KEPT)?), PersonId(fields.id(OTHER)?));
    let from_other = fields.flags(FROM_OTHER).iter().filter_map(|code| SheetField::from_code(code)).collect();
    let id = MergeId(document.header.id.0);
    (kept != other).then(|| SamePerson { id, kept, other, from_other, ended: fields.flag(ENDED) })
}
