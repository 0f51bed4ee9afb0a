//! Looks at someone's isolation, as plans.

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::AssessmentId;
use maillon_shared::domain::isolation::{AssessmentChange, IsolationAssessment};

use super::Engine;
use super::commands::{happened, journal_of, known, short_enough};
use crate::ambient::Ambient;
use crate::journal::records::assessment;
use crate::notebook::{Plan, Target};
use crate::store::Store;

/// An item of a list is a few words.
const LONGEST_FACTOR_BYTES: usize = 400;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn assess(&mut self, seen: IsolationAssessment, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.assessment(seen.id).is_some() {
            return Ok(Response::Done);
        }
        known(views.person(seen.person).is_some())?;
        happened(seen.day, today)?;
        short_enough(&seen.note)?;
        seen.factors.iter().try_for_each(|factor| is_a_factor(factor))?;
        let mut plan = Plan::new("assess");
        plan.ends_draft = draft;
        let target = journal_of(Some(seen.person), seen.day);
        plan.edit(target, move |document| assessment::create(document, &seen));
        self.save(plan).await
    }

    pub(super) async fn edit_assessment(
        &mut self,
        id: AssessmentId,
        changes: Vec<AssessmentChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let (_, document) = self.notebook()?.views.assessment(id).ok_or(Failure::NotFound)?;
        for change in &changes {
            match change {
                AssessmentChange::Text(_, text) => short_enough(text)?,
                AssessmentChange::Day(day) => happened(*day, today)?,
                AssessmentChange::Factor(factor, _) => is_a_factor(factor)?,
                AssessmentChange::Level(_) | AssessmentChange::Withdrawn(_) => {}
            }
        }
        let mut plan = Plan::new("edit_assessment");
        plan.ends_draft = draft;
        plan.edit(Target::Document(document), move |document| {
            changes.iter().try_for_each(|change| assessment::write(document, id, change))
        });
        self.save(plan).await
    }
}

fn is_a_factor(factor: &str) -> Result<(), Failure> {
    match factor.len() {
        0 => Err(Failure::Invalid(Invalid::Empty)),
        1..=LONGEST_FACTOR_BYTES => Ok(()),
        _ => Err(Failure::Invalid(Invalid::TooLong)),
    }
}
