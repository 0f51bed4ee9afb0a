//! Changes to a procedure that is being written, each as a path and a value in words: as the journal writes it, as a draft
//! keeps it, and as a conflict names it. No change writes in a version that was published.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::{gone, held, line};
use super::ids::LineId;
use super::procedure::{Procedure, ProcedureField, ProcedureKind, Validation};
use super::procedure_steps::{REMOVE, STEPS, StepChange, YES, optional, said};
use super::time::PartialDate;

/// Who validated it, in a document, a draft and a conflict.
const VALIDATIONS: &str = "validations";

/// One change to a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProcedureChange {
    /// A text field becomes this.
    Text(ProcedureField, String),
    /// What it is.
    Kind(ProcedureKind),
    /// By when it is to be looked at again.
    ReviewOn(Option<NaiveDate>),
    /// Why it is to be verified.
    ToVerify(String),
    /// A step.
    Step(StepChange),
    /// Who validated it; a new line comes into being.
    Validated(LineId, String),
    /// When they did.
    ValidatedOn(LineId, Option<PartialDate>),
    /// Nobody validated that.
    NotValidated(LineId),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl ProcedureChange {
    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            ProcedureChange::Text(_, words)
            | ProcedureChange::ToVerify(words)
            | ProcedureChange::Validated(_, words) => Some(words),
            ProcedureChange::Step(change) => change.words(),
            _ => None,
        }
    }

    /// Where it is written, and what; nothing is an empty text.
    pub fn path(&self) -> (String, String) {
        match self {
            ProcedureChange::Text(field, text) => (field.code().to_owned(), text.clone()),
            ProcedureChange::Kind(kind) => ("kind".to_owned(), kind.code().to_owned()),
            ProcedureChange::ReviewOn(day) => ("review_on".to_owned(), said(*day)),
            ProcedureChange::ToVerify(why) => ("to_verify".to_owned(), why.clone()),
            ProcedureChange::Step(change) => change.path(),
            ProcedureChange::Validated(id, who) => (format!("{VALIDATIONS}.{id}.who"), who.clone()),
            ProcedureChange::ValidatedOn(id, on) => (format!("{VALIDATIONS}.{id}.on"), said(*on)),
            ProcedureChange::NotValidated(id) => (format!("{REMOVE}.{VALIDATIONS}.{id}"), YES.to_owned()),
            ProcedureChange::Withdrawn(is) => {
                ("withdrawn".to_owned(), if *is { YES.to_owned() } else { String::new() })
            }
        }
    }

    /// The change that writes that value there; nothing where a newer version wrote it, or it is no such value.
    pub fn at(path: &str, value: &str) -> Option<Self> {
        let text = || value.to_owned();
        Some(match path.splitn(3, '.').collect::<Vec<_>>()[..] {
            ["kind"] => ProcedureChange::Kind(ProcedureKind::from_code(value)),
            ["review_on"] => ProcedureChange::ReviewOn(optional(value, |text| text.parse().ok())?),
            ["to_verify"] => ProcedureChange::ToVerify(text()),
            ["withdrawn"] => ProcedureChange::Withdrawn(value == YES),
            [field] => ProcedureChange::Text(ProcedureField::from_code(field)?, text()),
            [REMOVE, STEPS, id] => ProcedureChange::Step(StepChange::Remove(LineId::parse(id)?)),
            [REMOVE, VALIDATIONS, id] => ProcedureChange::NotValidated(LineId::parse(id)?),
            [STEPS, id, field] => ProcedureChange::Step(StepChange::at(id, field, value)?),
            [VALIDATIONS, id, "who"] => ProcedureChange::Validated(LineId::parse(id)?, text()),
            [VALIDATIONS, id, "on"] => {
                ProcedureChange::ValidatedOn(LineId::parse(id)?, optional(value, PartialDate::parse)?)
            }
            _ => return None,
        })
    }
}

impl Procedure {
    /// What to write so that what is being written becomes `edited`: the differences only. Versions are published, and
    /// never written so.
    pub fn changes_to(&self, edited: &Procedure) -> Vec<ProcedureChange> {
        let (before, after) = (&self.draft, &edited.draft);
        let texts = before.text_differences(after);
        let mut changes: Vec<_> = texts.map(|(field, text)| ProcedureChange::Text(field, text.to_owned())).collect();
        let mut differs = |differs: bool, change: ProcedureChange| changes.extend(differs.then_some(change));
        differs(before.kind != after.kind, ProcedureChange::Kind(after.kind.clone()));
        differs(self.review_on != edited.review_on, ProcedureChange::ReviewOn(edited.review_on));
        differs(self.to_verify != edited.to_verify, ProcedureChange::ToVerify(edited.to_verify.clone()));
        differs(self.withdrawn != edited.withdrawn, ProcedureChange::Withdrawn(edited.withdrawn));
        changes.extend(StepChange::between(&before.steps, &after.steps).into_iter().map(ProcedureChange::Step));
        for line in &after.validations {
            let held = held(&before.validations, |held| held.id == line.id, || Validation::empty(line.id));
            if held.who != line.who {
                changes.push(ProcedureChange::Validated(line.id, line.who.clone()));
            }
            if held.on != line.on {
                changes.push(ProcedureChange::ValidatedOn(line.id, line.on));
            }
        }
        let lines_gone = gone(&before.validations, &after.validations, |line| line.id);
        changes.extend(lines_gone.into_iter().map(ProcedureChange::NotValidated));
        changes
    }

    /// Makes a change, as the journal would. A line comes into being with its first field.
    pub fn apply(&mut self, change: &ProcedureChange) {
        match change {
            ProcedureChange::Text(field, text) => self.draft.text_mut(*field).clone_from(text),
            ProcedureChange::Kind(kind) => self.draft.kind = kind.clone(),
            ProcedureChange::ReviewOn(day) => self.review_on = *day,
            ProcedureChange::ToVerify(why) => self.to_verify.clone_from(why),
            ProcedureChange::Step(change) => change.apply(&mut self.draft.steps),
            ProcedureChange::Validated(id, who) => self.validation(*id).who.clone_from(who),
            ProcedureChange::ValidatedOn(id, on) => self.validation(*id).on = *on,
            ProcedureChange::NotValidated(id) => self.draft.validations.retain(|line| line.id != *id),
            ProcedureChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
    }

    fn validation(&mut self, id: LineId) -> &mut Validation {
        line(&mut self.draft.validations, |held| held.id == id, || Validation::empty(id))
    }
}

#[cfg(test)]
mod tests {
    use super::super::ids::ProcedureId;
    use super::super::procedure::ProcedureStep;
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn with_steps(steps: &[u8]) -> Procedure {
        let mut procedure = Procedure::empty(ProcedureId([1; 16]));
        let step = |n: &u8| ProcedureStep { what: format!("pas {n}"), ..ProcedureStep::empty(line(*n)) };
        procedure.draft.steps = steps.iter().map(step).collect();
        procedure
    }

    #[test]
    fn every_change_reads_back_from_its_path() {
        let before = with_steps(&[1, 2]);
        let mut after = with_steps(&[2, 3, 1]);
        after.draft.kind = ProcedureKind::Protocol;
        (after.draft.title, after.draft.purpose, after.draft.authors) = ("a. b".into(), "p".into(), "w".into());
        after.draft.steps[1].after = Some(7);
        after.draft.steps[1].how = "au téléphone".into();
        let on = PartialDate::parse("2026-03");
        after.draft.validations.push(Validation { id: line(9), who: "la MSP".into(), on });
        after.review_on = NaiveDate::from_ymd_opt(2027, 3, 1);
        (after.to_verify, after.withdrawn) = ("un délai".into(), true);
        let mut written = before.clone();
        before.changes_to(&after).iter().for_each(|change| written.apply(change));
        assert_eq!(written, after);
        let changes: Vec<_> = before.changes_to(&after).into_iter().chain(after.changes_to(&before)).collect();
        assert!(changes.len() > 20);
        for change in changes {
            let (path, value) = change.path();
            assert_eq!(ProcedureChange::at(&path, &value), Some(change), "{path} {value}");
        }
    }

    #[test]
    fn nothing_is_written_in_what_was_published() {
        let id = line(7).to_string();
        for (path, value) in [
            ("of_tomorrow".to_owned(), "x"),
            ("review_on".into(), "demain"),
            (format!("steps.{id}.after"), "une semaine"),
            (format!("versions.{id}.published"), "{}"),
            (format!("remove.versions.{id}"), "1"),
        ] {
            assert_eq!(ProcedureChange::at(&path, value), None, "{path} {value}");
        }
    }
}
