//! Steps in order: what is done, how, by whom, and how long after the beginning. Procedures have them, and the sheets that
//! travel; both write and compare them alike.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::changes::{gone, held, line, text_fields};
use super::ids::LineId;

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureStep {
    /// Names the line.
    pub id: LineId,
    /// What is done.
    pub what: String,
    /// How.
    pub how: String,
    /// Who does it, by their role; empty is whoever keeps the notebook.
    pub who: String,
    /// How many days after the beginning of an episode; none where nobody knows, which is not the first day.
    pub after: Option<u16>,
}

text_fields! {
    /// The text fields of a step.
    StepField of ProcedureStep {
        /// What is done.
        What = "what" => what,
        /// How.
        How = "how" => how,
        /// Who does it.
        Who = "who" => who,
    }
}

/// The code of the lines in a document, a draft and a conflict.
pub const STEPS: &str = "steps";
/// What stands before the path of a line that is taken away.
pub(super) const REMOVE: &str = "remove";
pub(super) const YES: &str = "1";

/// One change to steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepChange {
    /// A field of a step; a new line comes into being.
    Text(LineId, StepField, String),
    /// How many days after the beginning.
    After(LineId, Option<u16>),
    /// A step stands at that place, from 0. Where the order changed, it is said of every step.
    Order(LineId, u16),
    /// A step goes.
    Remove(LineId),
}

impl ProcedureStep {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        ProcedureStep { id, what: String::new(), how: String::new(), who: String::new(), after: None }
    }

    /// The day it falls on in an episode that began then; none where nobody knows.
    pub fn day_after(&self, began_on: NaiveDate) -> Option<NaiveDate> {
        began_on.checked_add_days(Days::new(u64::from(self.after?)))
    }

    /// Every word that someone wrote in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        StepField::ALL.iter().map(|field| self.text(*field))
    }
}

impl StepChange {
    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            StepChange::Text(_, _, words) => Some(words),
            _ => None,
        }
    }

    /// Where it is written, and what; nothing is an empty text.
    pub fn path(&self) -> (String, String) {
        let of = |id: &LineId, field: &str| format!("{STEPS}.{id}.{field}");
        match self {
            StepChange::Text(id, field, text) => (of(id, field.code()), text.clone()),
            StepChange::After(id, days) => (of(id, "after"), said(*days)),
            StepChange::Order(id, at) => (of(id, "order"), at.to_string()),
            StepChange::Remove(id) => (format!("{REMOVE}.{STEPS}.{id}"), YES.to_owned()),
        }
    }

    /// The change that writes that value in that field of a step.
    pub(super) fn at(id: &str, field: &str, value: &str) -> Option<Self> {
        let id = LineId::parse(id)?;
        Some(match field {
            "after" => StepChange::After(id, optional(value, |text| text.parse().ok())?),
            "order" => StepChange::Order(id, value.parse().ok()?),
            field => StepChange::Text(id, StepField::from_code(field)?, value.to_owned()),
        })
    }

    /// What to write so that some steps become others: the differences only.
    pub(super) fn between(before: &[ProcedureStep], after: &[ProcedureStep]) -> Vec<StepChange> {
        let mut changes = Vec::new();
        for step in after {
            let held = held(before, |held| held.id == step.id, || ProcedureStep::empty(step.id));
            let texts = held.text_differences(step);
            changes.extend(texts.map(|(field, text)| StepChange::Text(step.id, field, text.to_owned())));
            if held.after != step.after {
                changes.push(StepChange::After(step.id, step.after));
            }
        }
        changes.extend(gone(before, after, |step| step.id).into_iter().map(StepChange::Remove));
        // Where new steps stand after those of before, the order that lines are written in says it all.
        let is_in = |steps: &[ProcedureStep], id: LineId| steps.iter().any(|step| step.id == id);
        let stays = before.iter().map(|step| step.id).filter(|id| is_in(after, *id));
        let comes = after.iter().map(|step| step.id).filter(|id| !is_in(before, *id));
        if !stays.chain(comes).eq(after.iter().map(|step| step.id)) {
            changes.extend(after.iter().zip(0..).map(|(step, at)| StepChange::Order(step.id, at)));
        }
        changes
    }

    /// Makes the change, as the journal would. A line comes into being with its first field.
    pub(super) fn apply(&self, steps: &mut Vec<ProcedureStep>) {
        match self {
            StepChange::Text(id, field, text) => of(steps, *id).text_mut(*field).clone_from(text),
            StepChange::After(id, days) => of(steps, *id).after = *days,
            StepChange::Order(id, at) => {
                if let Some(from) = steps.iter().position(|step| step.id == *id) {
                    let moved = steps.remove(from);
                    steps.insert(usize::from(*at).min(steps.len()), moved);
                }
            }
            StepChange::Remove(id) => steps.retain(|step| step.id != *id),
        }
    }
}

fn of(steps: &mut Vec<ProcedureStep>, id: LineId) -> &mut ProcedureStep {
    line(steps, |held| held.id == id, || ProcedureStep::empty(id))
}

pub(super) fn said(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Nothing, or a value that reads.
pub(super) fn optional<T>(value: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if value.is_empty() { Some(None) } else { read(value).map(Some) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn steps(of: &[u8]) -> Vec<ProcedureStep> {
        let step = |n: &u8| ProcedureStep { what: format!("pas {n}"), ..ProcedureStep::empty(LineId([*n; 16])) };
        of.iter().map(step).collect()
    }

    #[test]
    fn a_step_that_nobody_dated_falls_on_no_day() {
        let monday = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let at = |after| ProcedureStep { after, ..ProcedureStep::empty(LineId([1; 16])) }.day_after(monday);
        assert_eq!((at(None), at(Some(0))), (None, Some(monday)));
        assert_eq!(at(Some(7)), NaiveDate::from_ymd_opt(2026, 3, 9));
    }

    proptest! {
        #[test]
        fn any_order_of_steps_becomes_any_other(
            before in proptest::sample::subsequence((0..8u8).collect::<Vec<_>>(), 0..8).prop_shuffle(),
            after in proptest::sample::subsequence((0..8u8).collect::<Vec<_>>(), 0..8).prop_shuffle(),
        ) {
            let (mut written, edited) = (steps(&before), steps(&after));
            StepChange::between(&written, &edited).iter().for_each(|change| change.apply(&mut written));
            prop_assert_eq!(&written, &edited);
            prop_assert!(StepChange::between(&written, &edited).is_empty());
        }
    }
}
