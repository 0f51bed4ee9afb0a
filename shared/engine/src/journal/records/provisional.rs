//! A provisional record in its document, which is about the person it may become; and the count of those erased.

use std::cell::Cell;

use chrono::{Datelike, NaiveDate};
use maillon_shared::domain::ids::{PersonId, ProvisionalId};
use maillon_shared::domain::provisional::{
    ErasedProvisional, Provisional, ProvisionalChange, ProvisionalEnd, ProvisionalField,
};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

const REPORTED_ON: &str = "reported_on";
const INFORMED_ON: &str = "informed_on";
const ENDED: &str = "ended";
const MONTH: &str = "month";
const SOURCE: &str = "source";
const WHY: &str = "why";

/// Writes a whole record that begins.
pub fn create(document: &mut Document, record: &Provisional) -> Result<(), JournalError> {
    document.put(Place::Root, REPORTED_ON, record.reported_on.into())?;
    let texts = ProvisionalField::ALL.iter();
    texts.copied().try_for_each(|field| document.put(Place::Root, field.code(), Value::text(record.text(field))))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &ProvisionalChange) -> Result<(), JournalError> {
    match change {
        ProvisionalChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        ProvisionalChange::ReportedOn(day) => document.put(Place::Root, REPORTED_ON, (*day).into()),
    }
}

/// Writes that the person was informed.
pub fn inform(document: &mut Document, day: NaiveDate) -> Result<(), JournalError> {
    document.put(Place::Root, INFORMED_ON, day.into())
}

/// Reads the record; nothing where it is about nobody or says no day.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Provisional> {
    let fields = document.fields(Place::Root, oddities)?;
    let person = PersonId(document.header.subject?);
    let mut record = Provisional::empty(ProvisionalId(document.header.id.0), person, fields.day(REPORTED_ON)?);
    for field in ProvisionalField::ALL {
        *record.text_mut(*field) = fields.text(field.code());
    }
    record.informed_on = fields.day(INFORMED_ON);
    Some(record)
}

/// Counts a record that is erased: a month, a source, a reason. The line has the record's own id, which is chance, so
/// that two devices that erase it count it once.
pub fn count(document: &mut Document, record: &Provisional, why: &ProvisionalEnd) -> Result<(), JournalError> {
    let place = Place::Line(ENDED, record.id.0);
    let (year, month) = (record.reported_on.year(), record.reported_on.month());
    document.put(place, MONTH, Value::Text(format!("{year:04}-{month:02}")))?;
    document.put(place, SOURCE, Value::text(&record.source))?;
    document.put(place, WHY, Value::text(why.code()))
}

/// The records that were erased.
pub fn counted(document: &Document, oddities: &Cell<u32>) -> Vec<ErasedProvisional> {
    let lines = document.lines(ENDED, oddities);
    let read = lines.iter().map(|(_, line)| ErasedProvisional {
        month: line.text(MONTH),
        source: line.text(SOURCE),
        why: ProvisionalEnd::from_code(&line.text(WHY)),
    });
    let mut read: Vec<_> = read.collect();
    read.sort_by(|one, other| (&one.month, &one.source).cmp(&(&other.month, &other.source)));
    read
}
