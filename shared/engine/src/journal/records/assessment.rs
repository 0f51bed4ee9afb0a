//! Isolation assessments in a person's journal of the year.
//!
//! Each factor is a field of its own, so that two people who tick two boxes both ticked them.

use std::cell::Cell;

use maillon_shared::domain::ids::{AssessmentId, PersonId};
use maillon_shared::domain::isolation::{AssessmentChange, AssessmentField, IsolationAssessment, IsolationLevel};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

const ASSESSMENTS: &str = "assessments";
const DAY: &str = "day";
const LEVEL: &str = "level";
const WITHDRAWN: &str = "withdrawn";
/// How the field of a factor begins.
const FACTOR: &str = "factor_";

/// Writes a whole assessment that begins.
pub fn create(document: &mut Document, assessment: &IsolationAssessment) -> Result<(), JournalError> {
    let place = Place::Line(ASSESSMENTS, assessment.id.0);
    // The day and the level are always written: without them it would be no assessment.
    document.put(place, DAY, assessment.day.into())?;
    document.put(place, LEVEL, Value::text(assessment.level.code()))?;
    let level = assessment.level.clone();
    let beginning = IsolationAssessment::empty(assessment.id, assessment.person, assessment.day, level);
    beginning.changes_to(assessment).iter().try_for_each(|change| write(document, assessment.id, change))
}

/// Writes one change.
pub fn write(document: &mut Document, id: AssessmentId, change: &AssessmentChange) -> Result<(), JournalError> {
    let place = Place::Line(ASSESSMENTS, id.0);
    match change {
        AssessmentChange::Text(field, text) => document.put(place, field.code(), Value::text(text)),
        AssessmentChange::Day(day) => document.put(place, DAY, (*day).into()),
        AssessmentChange::Factor(factor, there) => {
            document.put(place, &format!("{FACTOR}{factor}"), Value::flag(*there))
        }
        AssessmentChange::Level(level) => document.put(place, LEVEL, Value::text(level.code())),
        AssessmentChange::Withdrawn(withdrawn) => document.put(place, WITHDRAWN, Value::flag(*withdrawn)),
    }
}

/// Reads every assessment of a journal.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<IsolationAssessment> {
    let Some(person) = document.header.subject.map(PersonId) else { return Vec::new() };
    let mut assessments = Vec::new();
    for (id, line) in document.lines(ASSESSMENTS, oddities) {
        let Some(day) = line.day(DAY) else { continue };
        let level = IsolationLevel::from_code(&line.text(LEVEL));
        let mut assessment = IsolationAssessment::empty(AssessmentId(id), person, day, level);
        for field in AssessmentField::ALL {
            *assessment.text_mut(*field) = line.text(field.code());
        }
        assessment.factors = line.flags(FACTOR).into_iter().collect();
        assessment.withdrawn = line.flag(WITHDRAWN);
        assessments.push(assessment);
    }
    assessments
}
