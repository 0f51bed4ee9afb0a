//! A procedure, or a protocol: what is done, step by step, by whom, and how long after the beginning.
//!
//! What is being written and what was published are apart. A published version is one value: no change writes in it, so
//! that whoever began with it can say what was done. An episode keeps the version that it was begun with, words and all.
//! A procedure names nobody who is accompanied; an episode may be about someone, and never leaves the notebook.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::coded::coded;
use super::ids::{FollowUpId, LineId, PersonId, ProcedureId, ProcedureRunId};
use super::time::PartialDate;

pub use super::procedure_changes::ProcedureChange;
pub use super::procedure_steps::{ProcedureStep, STEPS, StepChange, StepField};

/// A procedure: what is being written of it, and what was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// Names the procedure.
    pub id: ProcedureId,
    /// What it says as it is being written.
    pub draft: ProcedureText,
    /// By when it is to be looked at again; none where nobody said.
    pub review_on: Option<NaiveDate>,
    /// Why what is said in it is to be verified; empty when it is certain.
    pub to_verify: String,
    /// What was published, as it then was: the oldest first.
    pub versions: Vec<ProcedureVersion>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

/// What a procedure says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureText {
    /// A procedure or a protocol.
    pub kind: ProcedureKind,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Who wrote it.
    pub authors: String,
    /// What is done, in order.
    pub steps: Vec<ProcedureStep>,
    /// Who validated it.
    pub validations: Vec<Validation>,
}

text_fields! {
    /// The text fields of what a procedure says.
    ProcedureField of ProcedureText {
        /// What it is called.
        Title = "title" => title,
        /// What it is for.
        Purpose = "purpose" => purpose,
        /// Who wrote it.
        Authors = "authors" => authors,
    }
}

coded! {
    /// What it is.
    #[derive(Default)]
    ProcedureKind {
        /// How one does something here.
        #[default]
        Procedure = "procedure",
        /// What several agreed to do together.
        Protocol = "protocol",
    }
}

/// That someone validated what is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    /// Names the line.
    pub id: LineId,
    /// Who, in words.
    pub who: String,
    /// When, as far as it is known.
    pub on: Option<PartialDate>,
}

/// What was published. It is one value that nothing changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureVersion {
    /// Names it. Two who publish at once have two versions of one number.
    pub id: LineId,
    /// Its number, from 1.
    pub number: u32,
    /// The day.
    pub on: NaiveDate,
    /// Who published it, in words.
    pub by: String,
    /// What changed since the one before.
    pub changed: String,
    /// What it says.
    pub says: ProcedureText,
}

/// That a procedure was begun: the version that was used stays with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureRun {
    /// Names the episode.
    pub id: ProcedureRunId,
    /// Of which procedure.
    pub procedure: ProcedureId,
    /// The version it was begun with, as it was.
    pub used: ProcedureVersion,
    /// About whom; none for nobody in particular.
    pub person: Option<PersonId>,
    /// The day it began.
    pub began_on: NaiveDate,
    /// Why, or for what, in words.
    pub words: String,
    /// The follow-ups that its steps became.
    pub planned: Vec<PlannedStep>,
}

/// That a step became a follow-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedStep {
    /// The step, of the version used.
    pub step: LineId,
    /// The follow-up.
    pub follow_up: FollowUpId,
}

impl Procedure {
    /// A procedure of which nothing is said yet.
    pub fn empty(id: ProcedureId) -> Self {
        Procedure {
            id,
            draft: ProcedureText::default(),
            review_on: None,
            to_verify: String::new(),
            versions: Vec::new(),
            withdrawn: false,
        }
    }

    /// The versions that hold today: those of the highest number. They are several where two published at once.
    pub fn current(&self) -> impl Iterator<Item = &ProcedureVersion> {
        let last = self.versions.iter().map(|version| version.number).max();
        self.versions.iter().filter(move |version| Some(version.number) == last)
    }

    /// One of its versions.
    pub fn version(&self, id: LineId) -> Option<&ProcedureVersion> {
        self.versions.iter().find(|version| version.id == id)
    }

    /// Whether something is being written that was not published yet: of two versions of one number, until either of
    /// them is taken up in a next one.
    pub fn has_draft(&self) -> bool {
        let mut current = self.current();
        current.next().is_none_or(|one| one.says != self.draft) || current.next().is_some()
    }

    /// The number that the next version is published under.
    pub fn next_number(&self) -> u32 {
        self.versions.iter().map(|version| version.number).max().unwrap_or(0).saturating_add(1)
    }

    /// What it is called: as it was published last, else as it is being written.
    pub fn title(&self) -> &str {
        self.current().next().map_or(&self.draft.title, |version| &version.says.title)
    }

    /// Whether it is time to look at it again.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        !self.withdrawn && self.review_on.is_some_and(|day| day <= today)
    }

    /// Every word that someone wrote in it, the versions of before among them.
    pub fn texts(&self) -> Vec<&str> {
        let published = self
            .versions
            .iter()
            .flat_map(|version| [version.by.as_str(), &version.changed].into_iter().chain(version.says.texts()));
        self.draft.texts().into_iter().chain([self.to_verify.as_str()]).chain(published).collect()
    }
}

impl ProcedureText {
    /// Every word that someone wrote in it.
    pub fn texts(&self) -> Vec<&str> {
        let own = ProcedureField::ALL.iter().map(|field| self.text(*field));
        let steps = self.steps.iter().flat_map(ProcedureStep::texts);
        let validations = self.validations.iter().map(|line| line.who.as_str());
        own.chain(steps).chain(validations).collect()
    }

    /// Whether it can be published: it has a name, and steps that each say something.
    pub fn is_complete(&self) -> bool {
        let has_words = |step: &ProcedureStep| !step.what.trim().is_empty();
        !self.title.trim().is_empty() && !self.steps.is_empty() && self.steps.iter().all(has_words)
    }
}

impl ProcedureVersion {
    /// What is different in another version, step by step: those that came, those that went, those that changed, those
    /// that stand where they stood.
    pub fn compared_to<'a>(&'a self, before: &'a ProcedureVersion) -> Vec<StepCompared<'a>> {
        let held = |step: &ProcedureStep| before.says.steps.iter().find(|held| held.id == step.id);
        let here = self.says.steps.iter().map(|step| match held(step) {
            None => StepCompared::Came(step),
            Some(held) if held == step => StepCompared::Same(step),
            Some(held) => StepCompared::Changed { before: held, now: step },
        });
        let is_gone = |held: &&ProcedureStep| self.says.steps.iter().all(|step| step.id != held.id);
        here.chain(before.says.steps.iter().filter(is_gone).map(StepCompared::Went)).collect()
    }
}

/// A step in two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepCompared<'a> {
    /// It is in both as it was.
    Same(&'a ProcedureStep),
    /// It came.
    Came(&'a ProcedureStep),
    /// It went.
    Went(&'a ProcedureStep),
    /// It says something else.
    Changed {
        /// What it said.
        before: &'a ProcedureStep,
        /// What it says.
        now: &'a ProcedureStep,
    },
}

impl ProcedureRun {
    /// The follow-up that a step became.
    pub fn follow_up_of(&self, step: LineId) -> Option<FollowUpId> {
        self.planned.iter().find(|planned| planned.step == step).map(|planned| planned.follow_up)
    }
}

impl Validation {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Validation { id, who: String::new(), on: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn step(n: u8, what: &str) -> ProcedureStep {
        ProcedureStep { what: what.into(), ..ProcedureStep::empty(line(n)) }
    }

    fn version(id: u8, number: u32, steps: Vec<ProcedureStep>) -> ProcedureVersion {
        let on = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let says = ProcedureText { title: "Sortie".into(), steps, ..ProcedureText::default() };
        ProcedureVersion { id: line(id), number, on, by: String::new(), changed: String::new(), says }
    }

    #[test]
    fn two_published_at_once_under_one_number_both_hold() {
        let mut procedure = Procedure::empty(ProcedureId([1; 16]));
        assert!(procedure.has_draft() && procedure.current().next().is_none());
        procedure.versions = vec![version(1, 1, Vec::new()), version(2, 2, Vec::new()), version(3, 2, Vec::new())];
        assert_eq!(procedure.current().map(|one| one.id).collect::<Vec<_>>(), [line(2), line(3)]);
        assert_eq!(procedure.next_number(), 3);
        procedure.draft = procedure.versions[1].says.clone();
        assert!(procedure.has_draft(), "nobody has said yet which of the two goes on");
        procedure.versions.pop();
        assert!(!procedure.has_draft());
    }

    #[test]
    fn versions_are_compared_step_by_step() {
        let before = version(1, 1, vec![step(1, "Appeler"), step(2, "Écrire"), step(3, "Visiter")]);
        let now = version(2, 2, vec![step(1, "Appeler"), step(3, "Passer voir"), step(4, "Rappeler")]);
        let compared = now.compared_to(&before);
        let steps = |version: &ProcedureVersion, at: usize| version.says.steps[at].clone();
        assert_eq!(
            compared,
            [
                StepCompared::Same(&steps(&now, 0)),
                StepCompared::Changed { before: &steps(&before, 2), now: &steps(&now, 1) },
                StepCompared::Came(&steps(&now, 2)),
                StepCompared::Went(&steps(&before, 1)),
            ]
        );
    }
}
