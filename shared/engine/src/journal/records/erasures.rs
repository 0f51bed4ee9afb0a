//! What was erased in a scope, as ids: told to the other devices, which erase it too.

use std::cell::Cell;

use maillon_shared::domain::ids::DocId;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

const DOCUMENTS: &str = "documents";
const ERASED: &str = "erased";

/// Says that a document was erased. It is never unsaid.
pub fn add(document: &mut Document, id: DocId) -> Result<(), JournalError> {
    document.put(Place::Line(DOCUMENTS, id.0), ERASED, Value::Flag(true))
}

/// Those that were.
pub fn read(document: &Document) -> Vec<DocId> {
    let oddities = Cell::new(0);
    document.lines(DOCUMENTS, &oddities).into_iter().map(|(id, _)| DocId(id)).collect()
}
