//! The books of the summary, a month each, what was published of them, and whose summaries a mairie takes. What is
//! published is written once, whole, and never again: what is told cannot change under whoever read it. A book is written
//! once more where its month is corrected.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::api::summary::{Published, Publisher};
use maillon_shared::domain::summary::fact::Fact;
use maillon_shared::domain::summary::period::Month;
use maillon_shared::domain::summary::publication::Publication;
use maillon_shared::domain::summary::report::PublishedReport;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

const FACTS: &str = "facts";
const CORRECTED: &str = "corrected";
const PUBLICATION: &str = "publication";
const REPORT: &str = "report";
const ON: &str = "on";
const COMMUNE: &str = "commune";
const COORDINATOR: &str = "coordinator";
/// As `202609`.
const BEGINS: &str = "begins";
const CORRECTS: &str = "corrects";
const CARD: &str = "card";

/// What a month counts.
pub struct Book {
    /// Its facts.
    pub facts: Vec<Fact>,
    /// Whether it was corrected: it is once.
    pub corrected: bool,
}

/// Writes the facts that a month counts.
pub fn write_book(document: &mut Document, facts: &[Fact]) -> Result<(), JournalError> {
    let text = serde_json::to_string(facts).map_err(|_| JournalError::Unreadable)?;
    document.put(Place::Root, FACTS, Value::Text(text))
}

/// Says that a month is corrected.
pub fn mark_corrected(document: &mut Document) -> Result<(), JournalError> {
    document.put(Place::Root, CORRECTED, Value::Flag(true))
}

/// Reads the facts of a month; nothing where they are not understood.
pub fn read_book(document: &Document, oddities: &Cell<u32>) -> Option<Book> {
    let fields = document.fields(Place::Root, oddities)?;
    let facts = serde_json::from_str(&fields.text(FACTS)).ok()?;
    Some(Book { facts, corrected: fields.flag(CORRECTED) })
}

/// Writes what was published, when, by whom.
pub fn write_publication(document: &mut Document, published: &Published) -> Result<(), JournalError> {
    let text = serde_json::to_string(&published.publication).map_err(|_| JournalError::Unreadable)?;
    document.put(Place::Root, ON, published.on.into())?;
    document.put(Place::Root, COMMUNE, Value::text(&published.commune))?;
    document.put(Place::Root, COORDINATOR, Value::text(&published.coordinator))?;
    for (field, month) in [(BEGINS, published.begins), (CORRECTS, published.corrects)] {
        let value = month.map(|month| {
            let (year, month) = month.year_and_month();
            Value::Int(i64::from(year) * 100 + i64::from(month))
        });
        document.put(Place::Root, field, value.unwrap_or(Value::Nothing))?;
    }
    document.put(Place::Root, PUBLICATION, Value::Text(text))
}

/// Reads what was published; nothing where it is not understood.
pub fn read_publication(document: &Document, oddities: &Cell<u32>) -> Option<Published> {
    let fields = document.fields(Place::Root, oddities)?;
    let publication: Publication = serde_json::from_str(&fields.text(PUBLICATION)).ok()?;
    let on: NaiveDate = fields.day(ON)?;
    let month = |field: &str| {
        let number = fields.int(field)?;
        let (year, month) = (i32::try_from(number / 100).ok()?, u32::try_from(number % 100).ok()?);
        NaiveDate::from_ymd_opt(year, month, 1).map(Month::of)
    };
    let (commune, coordinator) = (fields.text(COMMUNE), fields.text(COORDINATOR));
    Some(Published { publication, on, commune, coordinator, begins: month(BEGINS), corrects: month(CORRECTS) })
}

/// Writes the report that was published.
pub fn write_report(document: &mut Document, report: &PublishedReport) -> Result<(), JournalError> {
    let text = serde_json::to_string(report).map_err(|_| JournalError::Unreadable)?;
    document.put(Place::Root, REPORT, Value::Text(text))
}

/// Reads it; nothing where it is not understood.
pub fn read_report(document: &Document, oddities: &Cell<u32>) -> Option<PublishedReport> {
    serde_json::from_str(&document.fields(Place::Root, oddities)?.text(REPORT)).ok()
}

/// Writes whose summaries are taken.
pub fn write_publisher(document: &mut Document, publisher: &Publisher) -> Result<(), JournalError> {
    let card = serde_json::to_string(&publisher.card).map_err(|_| JournalError::Unreadable)?;
    document.put(Place::Root, CARD, Value::Text(card))?;
    document.put(Place::Root, COMMUNE, Value::text(&publisher.commune))?;
    document.put(Place::Root, COORDINATOR, Value::text(&publisher.coordinator))?;
    document.put(Place::Root, ON, publisher.since.into())
}

/// Reads it; nothing where it is not understood.
pub fn read_publisher(document: &Document, oddities: &Cell<u32>) -> Option<Publisher> {
    let fields = document.fields(Place::Root, oddities)?;
    Some(Publisher {
        card: serde_json::from_str(&fields.text(CARD)).ok()?,
        commune: fields.text(COMMUNE),
        coordinator: fields.text(COORDINATOR),
        since: fields.day(ON)?,
    })
}
