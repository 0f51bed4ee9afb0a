//! A procedure in its document: what is being written, field by field and line by line; and what was published, each
//! version as one value in a line of its own, so that no two halves of two versions ever meet.
//!
//! An episode keeps the version that it was begun with in the same form, in a document of its own.

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_shared::domain::ids::{FollowUpId, LineId, PersonId, ProcedureId, ProcedureRunId};
use maillon_shared::domain::procedure::{
    PlannedStep, Procedure, ProcedureChange, ProcedureField, ProcedureKind, ProcedureRun, ProcedureStep, ProcedureText,
    ProcedureVersion, STEPS, StepChange, StepField, Validation,
};
use maillon_shared::domain::time::PartialDate;
use serde::{Deserialize, Serialize};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{ORDER, lines_in_order, put_back_line, put_in_line, remove_known_line};

const VALIDATIONS: &str = "validations";
const VERSIONS: &str = "versions";
const PUBLISHED: &str = "published";

const PROCEDURE: &str = "procedure";
const USED: &str = "used";
const BEGAN_ON: &str = "began_on";
const WORDS: &str = "words";
const PLANNED: &str = "planned";
const FOLLOW_UP: &str = "follow_up";

/// A version as it is written for ever. What a newer version adds is left out of what is shown, and stays written.
#[derive(Serialize, Deserialize)]
struct Written {
    format: u32,
    id: String,
    number: u32,
    on: String,
    by: String,
    changed: String,
    kind: String,
    title: String,
    purpose: String,
    authors: String,
    steps: Vec<WrittenStep>,
    validations: Vec<WrittenValidation>,
}

#[derive(Serialize, Deserialize)]
struct WrittenStep {
    id: String,
    what: String,
    how: String,
    who: String,
    after: Option<u16>,
}

#[derive(Serialize, Deserialize)]
struct WrittenValidation {
    id: String,
    who: String,
    on: Option<String>,
}

const FORMAT: u32 = 1;

fn written(version: &ProcedureVersion) -> Value {
    let says = &version.says;
    let step = |step: &ProcedureStep| WrittenStep {
        id: step.id.to_string(),
        what: step.what.clone(),
        how: step.how.clone(),
        who: step.who.clone(),
        after: step.after,
    };
    let validation = |line: &Validation| WrittenValidation {
        id: line.id.to_string(),
        who: line.who.clone(),
        on: line.on.map(|on| on.to_string()),
    };
    let written = Written {
        format: FORMAT,
        id: version.id.to_string(),
        number: version.number,
        on: version.on.to_string(),
        by: version.by.clone(),
        changed: version.changed.clone(),
        kind: says.kind.code().to_owned(),
        title: says.title.clone(),
        purpose: says.purpose.clone(),
        authors: says.authors.clone(),
        steps: says.steps.iter().map(step).collect(),
        validations: says.validations.iter().map(validation).collect(),
    };
    // Texts and numbers have nothing to refuse.
    Value::Text(serde_json::to_string(&written).unwrap_or_default())
}

fn version(text: &str) -> Option<ProcedureVersion> {
    let written: Written = serde_json::from_str(text).ok()?;
    let step = |step: WrittenStep| {
        let id = LineId::parse(&step.id)?;
        Some(ProcedureStep { id, what: step.what, how: step.how, who: step.who, after: step.after })
    };
    let validation = |line: WrittenValidation| {
        let on = line.on.as_deref().and_then(PartialDate::parse);
        Some(Validation { id: LineId::parse(&line.id)?, who: line.who, on })
    };
    Some(ProcedureVersion {
        id: LineId::parse(&written.id)?,
        number: written.number,
        on: written.on.parse().ok()?,
        by: written.by,
        changed: written.changed,
        says: ProcedureText {
            kind: ProcedureKind::from_code(&written.kind),
            title: written.title,
            purpose: written.purpose,
            authors: written.authors,
            steps: written.steps.into_iter().filter_map(step).collect(),
            validations: written.validations.into_iter().filter_map(validation).collect(),
        },
    })
}

/// Writes a whole procedure that begins.
pub fn create(document: &mut Document, procedure: &Procedure) -> Result<(), JournalError> {
    // What it is is always written: without it, it would be no procedure.
    write(document, &ProcedureChange::Kind(procedure.draft.kind.clone()))?;
    Procedure::empty(procedure.id).changes_to(procedure).iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &ProcedureChange) -> Result<(), JournalError> {
    let (container, id) = match change {
        ProcedureChange::Step(step) => return write_step(document, step),
        ProcedureChange::NotValidated(id) => return remove_known_line(document, VALIDATIONS, *id),
        ProcedureChange::Withdrawn(withdrawn) => {
            return document.put(Place::Root, "withdrawn", Value::flag(*withdrawn));
        }
        ProcedureChange::Validated(id, _) | ProcedureChange::ValidatedOn(id, _) => (Some(VALIDATIONS), *id),
        _ => (None, LineId([0; 16])),
    };
    let (path, value) = change.path();
    let value = if value.is_empty() { Value::Nothing } else { Value::Text(value) };
    match container {
        Some(container) => write_in_line(document, container, id, &path, value),
        None => document.put(Place::Root, &path, value),
    }
}

/// Writes one change to a step, of a procedure or of a sheet.
pub fn write_step(document: &mut Document, change: &StepChange) -> Result<(), JournalError> {
    let (path, value) = change.path();
    match change {
        StepChange::Remove(id) => remove_known_line(document, STEPS, *id),
        StepChange::Order(id, at) if document.has_line(STEPS, id.0) => {
            document.put(Place::Line(STEPS, id.0), ORDER, Value::Int(i64::from(*at)))
        }
        StepChange::Order(..) => Ok(()),
        StepChange::Text(id, ..) | StepChange::After(id, _) => {
            let value = if value.is_empty() { Value::Nothing } else { Value::Text(value) };
            write_in_line(document, STEPS, *id, &path, value)
        }
    }
}

/// Writes in a line what its path says. Someone took the line away meanwhile: whoever writes in it wants it there, and would
/// lose their words.
pub(super) fn write_in_line(
    document: &mut Document,
    container: &'static str,
    id: LineId,
    path: &str,
    value: Value,
) -> Result<(), JournalError> {
    if value != Value::Nothing {
        put_back_line(document, container, id, &value)?;
    }
    let field = path.rsplit('.').next().unwrap_or_default();
    put_in_line(document, container, id, field, value)
}

/// The steps of a procedure, or of a sheet.
pub(super) fn steps(document: &Document, oddities: &Cell<u32>) -> Vec<ProcedureStep> {
    lines_in_order(document, STEPS, oddities, |id, line| {
        let mut step = ProcedureStep { after: line.text("after").parse().ok(), ..ProcedureStep::empty(id) };
        StepField::ALL.iter().for_each(|field| *step.text_mut(*field) = line.text(field.code()));
        step
    })
}

/// Publishes a version: a line that is written once.
pub fn publish(document: &mut Document, version: &ProcedureVersion) -> Result<(), JournalError> {
    if document.has_line(VERSIONS, version.id.0) {
        return Ok(());
    }
    put_in_line(document, VERSIONS, version.id, PUBLISHED, written(version))
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// Reads the procedure; nothing where it does not say what it is.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Procedure> {
    let fields = document.fields(Place::Root, oddities)?;
    let kind = fields.text("kind");
    if kind.is_empty() {
        return None;
    }
    let mut procedure = Procedure::empty(ProcedureId(document.header.id.0));
    procedure.draft.kind = ProcedureKind::from_code(&kind);
    for field in ProcedureField::ALL {
        *procedure.draft.text_mut(*field) = fields.text(field.code());
    }
    procedure.review_on = day(&fields.text("review_on"));
    procedure.to_verify = fields.text("to_verify");
    procedure.withdrawn = fields.flag("withdrawn");
    procedure.draft.steps = steps(document, oddities);
    procedure.draft.validations = lines_in_order(document, VALIDATIONS, oddities, |id, line| Validation {
        id,
        who: line.text("who"),
        on: PartialDate::parse(&line.text("on")),
    });
    let published = lines_in_order(document, VERSIONS, oddities, |id, line: &Fields<'_>| {
        version(&line.text(PUBLISHED)).filter(|version| version.id == id)
    });
    if published.iter().any(Option::is_none) {
        oddities.set(oddities.get() + 1);
    }
    procedure.versions = published.into_iter().flatten().collect();
    procedure.versions.sort_by_key(|version| (version.number, version.on, version.id));
    Some(procedure)
}

/// Writes that a procedure was begun.
pub fn begin(document: &mut Document, run: &ProcedureRun) -> Result<(), JournalError> {
    document.put(Place::Root, PROCEDURE, Value::Text(run.procedure.to_string()))?;
    document.put(Place::Root, USED, written(&run.used))?;
    document.put(Place::Root, WORDS, Value::text(&run.words))?;
    document.put(Place::Root, BEGAN_ON, run.began_on.into())?;
    run.planned.iter().try_for_each(|planned| {
        let follow_up = Value::Text(planned.follow_up.to_string());
        put_in_line(document, PLANNED, planned.step, FOLLOW_UP, follow_up)
    })
}

/// Reads an episode; nothing where it does not say with which version it was begun, or when.
pub fn read_run(document: &Document, oddities: &Cell<u32>) -> Option<ProcedureRun> {
    let fields = document.fields(Place::Root, oddities)?;
    let planned = lines_in_order(document, PLANNED, oddities, |step, line| {
        FollowUpId::parse(&line.text(FOLLOW_UP)).map(|follow_up| PlannedStep { step, follow_up })
    });
    Some(ProcedureRun {
        id: ProcedureRunId(document.header.id.0),
        procedure: ProcedureId::parse(&fields.text(PROCEDURE))?,
        used: version(&fields.text(USED))?,
        person: document.header.subject.map(PersonId),
        began_on: fields.day(BEGAN_ON)?,
        words: fields.text(WORDS),
        planned: planned.into_iter().flatten().collect(),
    })
}
