//! How alone someone is: a dated grid of factors, none of them clinical, and a level that a person chose.
//!
//! Nothing computes the level: the same factors weigh differently in two lives. An emergency is an alert, not a level.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::{AssessmentId, PersonId};

/// One look at someone's isolation, on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IsolationAssessment {
    /// Names the assessment.
    pub id: AssessmentId,
    /// Whose isolation.
    pub person: PersonId,
    /// The day.
    pub day: NaiveDate,
    /// What makes them alone: items of the list of factors, or of the coordinator's own.
    pub factors: BTreeSet<String>,
    /// How much, as the coordinator sees it.
    pub level: IsolationLevel,
    /// What the factors do not say.
    pub note: String,
    /// Whether it was a mistake: it stays in the history and shows nowhere else.
    pub withdrawn: bool,
}

coded! {
    /// How alone someone is.
    IsolationLevel {
        /// Little.
        Low = "low",
        /// Somewhat.
        Moderate = "moderate",
        /// Very.
        High = "high",
    }
}

text_fields! {
    /// The text fields of an assessment.
    AssessmentField of IsolationAssessment {
        /// What the factors do not say.
        Note = "note" => note,
    }
}

/// One change to an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AssessmentChange {
    /// A text field becomes this.
    Text(AssessmentField, String),
    /// It was made that day.
    Day(NaiveDate),
    /// A factor is there, or is not.
    Factor(String, bool),
    /// The level becomes this.
    Level(IsolationLevel),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl IsolationAssessment {
    /// An assessment of that day and level, with no factor yet.
    pub fn empty(id: AssessmentId, person: PersonId, day: NaiveDate, level: IsolationLevel) -> Self {
        let (factors, note) = (BTreeSet::new(), String::new());
        IsolationAssessment { id, person, day, factors, level, note, withdrawn: false }
    }

    /// What to write so that this assessment becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &IsolationAssessment) -> Vec<AssessmentChange> {
        let mut changes: Vec<_> =
            self.text_differences(edited).map(|(field, text)| AssessmentChange::Text(field, text.to_owned())).collect();
        if self.day != edited.day {
            changes.push(AssessmentChange::Day(edited.day));
        }
        for factor in self.factors.symmetric_difference(&edited.factors) {
            changes.push(AssessmentChange::Factor(factor.clone(), edited.factors.contains(factor)));
        }
        if self.level != edited.level {
            changes.push(AssessmentChange::Level(edited.level.clone()));
        }
        if self.withdrawn != edited.withdrawn {
            changes.push(AssessmentChange::Withdrawn(edited.withdrawn));
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assessment() -> IsolationAssessment {
        let day = NaiveDate::from_ymd_opt(2026, 6, 12).expect("a date");
        let mut one =
            IsolationAssessment::empty(AssessmentId([2; 16]), PersonId([1; 16]), day, IsolationLevel::Moderate);
        one.factors = ["lives_alone".to_owned(), "no_vehicle".to_owned()].into();
        one
    }

    #[test]
    fn a_grid_writes_only_the_boxes_that_were_touched() {
        assert_eq!(assessment().changes_to(&assessment()), []);
        let mut edited = assessment();
        edited.factors = ["lives_alone".to_owned(), "recent_loss".to_owned()].into();
        assert_eq!(
            assessment().changes_to(&edited),
            [
                AssessmentChange::Factor("no_vehicle".into(), false),
                AssessmentChange::Factor("recent_loss".into(), true)
            ]
        );
        edited = assessment();
        edited.level = IsolationLevel::High;
        assert_eq!(assessment().changes_to(&edited), [AssessmentChange::Level(IsolationLevel::High)]);
    }
}
