//! The words of a procedure: what it is, its versions, its fields by their path.

use maillon_shared::api::Request;
use maillon_shared::api::procedures::ProcedureWrite;
use maillon_shared::domain::ids::ProcedureId;
use maillon_shared::domain::procedure::{ProcedureChange, ProcedureKind, ProcedureVersion, Validation};
use maillon_shared::domain::time::PartialDate;

use super::steps::after_words;
use crate::words::{in_a_row, procedures as w};
use crate::{browser, when};

/// What it is.
pub fn kind_words(kind: &ProcedureKind) -> String {
    match kind {
        ProcedureKind::Procedure => w::procedure(),
        ProcedureKind::Protocol => w::protocol(),
        ProcedureKind::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// When, as far as it is known.
pub fn at_words(at: PartialDate) -> String {
    match at {
        PartialDate::Day(day) => when::date(day, browser::today()),
        other => when::birth(other),
    }
}

/// A version: its number, when, by whom. Two of one number are told apart by it.
pub fn version_words(version: &ProcedureVersion) -> String {
    let on = when::date(version.on, browser::today());
    in_a_row([w::version(version.number), on, version.by.clone()])
}

/// Who validated it, and when.
pub fn validation_words(line: &Validation) -> String {
    in_a_row([line.who.clone(), line.on.map(at_words).unwrap_or_default()])
}

/// A field, by its path.
pub fn field_words(path: &str) -> String {
    match path.split('.').collect::<Vec<_>>()[..] {
        ["title"] => w::name(),
        ["purpose"] => w::purpose(),
        ["authors"] => w::authors(),
        ["kind"] => w::kind(),
        ["review_on"] => w::review(),
        ["to_verify"] => w::to_verify(),
        ["withdrawn"] => w::the_procedure(),
        ["steps", _, "what"] => w::step_what(),
        ["steps", _, "how"] => w::step_how(),
        ["steps", _, "who"] => w::step_who(),
        ["steps", _, "after"] => w::step_after(),
        ["steps", ..] => w::step(),
        ["validations", ..] => w::validation(),
        ["versions", ..] => w::versions(),
        _ => return path.to_owned(),
    }
    .to_owned()
}

/// A value of a field.
pub fn value_words(path: &str, value: &str) -> String {
    match path.split('.').collect::<Vec<_>>()[..] {
        ["kind"] => kind_words(&ProcedureKind::from_code(value)),
        ["review_on"] | ["validations", _, "on"] => PartialDate::parse(value).map(at_words).unwrap_or_default(),
        ["steps", _, "after"] => after_words(value.parse().ok()),
        // What was published is read on its own page.
        ["versions", ..] => w::published().to_owned(),
        _ => value.to_owned(),
    }
}

/// Asks that one of two values be kept.
pub fn keep(id: ProcedureId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![ProcedureChange::at(path, value)?]))
}

/// Asks that a procedure change, from its own screen.
pub fn edit(id: ProcedureId, changes: Vec<ProcedureChange>) -> Request {
    Request::WriteProcedures(Box::new(ProcedureWrite::Edit { id, changes, draft: None }))
}
