//! The books of the summary, a month each, and what was published of them. Both are written once, whole, and never again:
//! what is told cannot change under whoever read it.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::api::summary::Published;
use maillon_shared::domain::summary::fact::Fact;
use maillon_shared::domain::summary::publication::Publication;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

const FACTS: &str = "facts";
const PUBLICATION: &str = "publication";
const ON: &str = "on";

/// Writes the facts that a month counts.
pub fn write_book(document: &mut Document, facts: &[Fact]) -> Result<(), JournalError> {
    let text = serde_json::to_string(facts).map_err(|_| JournalError::Unreadable)?;
    document.put(Place::Root, FACTS, Value::Text(text))
}

/// Reads the facts of a month; nothing where they are not understood.
pub fn read_book(document: &Document, oddities: &Cell<u32>) -> Option<Vec<Fact>> {
    serde_json::from_str(&document.fields(Place::Root, oddities)?.text(FACTS)).ok()
}

/// Writes what was published, and when.
pub fn write_publication(document: &mut Document, published: &Published) -> Result<(), JournalError> {
    let text = serde_json::to_string(&published.publication).map_err(|_| JournalError::Unreadable)?;
    document.put(Place::Root, ON, published.on.into())?;
    document.put(Place::Root, PUBLICATION, Value::Text(text))
}

/// Reads what was published; nothing where it is not understood.
pub fn read_publication(document: &Document, oddities: &Cell<u32>) -> Option<Published> {
    let fields = document.fields(Place::Root, oddities)?;
    let publication: Publication = serde_json::from_str(&fields.text(PUBLICATION)).ok()?;
    let on: NaiveDate = fields.day(ON)?;
    Some(Published { publication, on })
}
