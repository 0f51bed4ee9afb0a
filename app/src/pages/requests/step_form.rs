//! What the form of a step holds: a day, words, and what goes with them; what each step makes of it.

use chrono::{Days, NaiveDate};
use maillon_shared::domain::consent::Recipient;
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::request::{Contact, Listening, NO_FURTHER_ACTION, RequestStep, Verdict};

use crate::drafts::Fields;
use crate::routes::StepName;

/// The code of a yes.
pub const ACCEPTED: &str = "accepted";
/// The code of a no.
pub const REFUSED: &str = "refused";

/// A step being said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepForm {
    /// Names the line that it may make.
    pub line: LineId,
    /// The option it is about.
    pub option: Option<LineId>,
    /// The day.
    pub day: NaiveDate,
    /// The words: what was heard, what it is about, why.
    pub text: String,
    /// Whom: towards whom one may turn, who answered.
    pub who: String,
    /// Their entry of the directory.
    pub entry: Option<EntryId>,
    /// What is chosen among several: who gets in touch, yes or no, how it ends.
    pub choice: String,
    /// By when feedback is expected.
    pub by: Option<NaiveDate>,
}

/// What is to be mended before a step can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepProblem {
    /// The day is not come.
    Tomorrow,
    /// What it is really about is not said.
    NoText,
    /// Towards whom is not said.
    NoWho,
    /// Nothing is chosen.
    NoChoice,
    /// Feedback would be expected before today.
    Past,
}

impl StepForm {
    /// A step of that day.
    pub fn empty(line: LineId, option: Option<LineId>, day: NaiveDate) -> Self {
        let none = String::new;
        StepForm { line, option, day, text: none(), who: none(), entry: None, choice: none(), by: None }
    }

    /// What it is opened with, for a step.
    pub fn of(step: StepName, line: LineId, option: Option<LineId>, day: NaiveDate) -> Self {
        let mut form = StepForm::empty(line, option, day);
        if step == StepName::Choose {
            form.choice = Contact::Themselves.code().to_owned();
            form.by = day.checked_add_days(Days::new(14));
        }
        form
    }

    /// All that is to be mended.
    pub fn problems(&self, step: StepName, today: NaiveDate) -> Vec<StepProblem> {
        let no_text = self.text.trim().is_empty();
        let needs_text = matches!(step, StepName::Analyse)
            || (step == StepName::Close && self.choice == NO_FURTHER_ACTION)
            || (step == StepName::Feedback);
        let needs_choice = matches!(step, StepName::Choose | StepName::Reply | StepName::Close);
        let no_who = self.who.trim().is_empty() && self.entry.is_none();
        let found = [
            (self.day > today, StepProblem::Tomorrow),
            (step == StepName::Offer && no_who, StepProblem::NoWho),
            (needs_choice && self.choice.is_empty(), StepProblem::NoChoice),
            (needs_text && no_text, StepProblem::NoText),
            (step == StepName::Choose && self.by.is_some_and(|by| by < today), StepProblem::Past),
        ];
        found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, problem)| problem).collect()
    }

    /// The step that the form says; `entry_name` is what the directory calls the entry that is chosen.
    pub fn to_step(&self, step: StepName, entry_name: &str) -> RequestStep {
        let (day, text) = (self.day, self.text.trim().to_owned());
        let option = self.option.unwrap_or(self.line);
        match step {
            StepName::Listen => RequestStep::Listen(Listening { id: self.line, day, text }),
            StepName::Analyse => RequestStep::Analyse { day, text },
            StepName::Offer => {
                let typed = self.who.trim();
                let name = if self.entry.is_some() { entry_name } else { typed };
                let to = Recipient { entry: self.entry, name: name.to_owned() };
                RequestStep::Offer { id: self.line, to, mission: None, what: text, day }
            }
            StepName::Choose => {
                RequestStep::Choose { option, day, contact: Contact::from_code(&self.choice), feedback_by: self.by }
            }
            StepName::Decline => RequestStep::Decline { option, day, why: text },
            StepName::Reply => {
                let verdict = if self.choice == REFUSED { Verdict::Refused } else { Verdict::Accepted };
                RequestStep::Reply { option, day, verdict, by: self.who.trim().to_owned(), why: text }
            }
            StepName::Feedback => RequestStep::Feedback { option, day, said: text },
            StepName::Close => RequestStep::Close { day, outcome: self.choice.clone(), why: text },
        }
    }
}

/// What differs from the form as it was opened, by name.
pub fn fields_since(opened: &StepForm, form: &StepForm) -> Fields {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let of = |form: &StepForm| {
        [
            ("day", form.day.to_string()),
            ("text", form.text.clone()),
            ("who", form.who.clone()),
            ("entry", form.entry.map(|id| id.to_string()).unwrap_or_default()),
            ("choice", form.choice.clone()),
            ("by", day(form.by)),
        ]
    };
    Fields::that_differ(of(opened), of(form))
}

/// Lays a draft over the form.
pub fn lay(form: &mut StepForm, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "day" => form.day = value.parse().unwrap_or(form.day),
            "text" => form.text = value.to_owned(),
            "who" => form.who = value.to_owned(),
            "entry" => form.entry = EntryId::parse(value),
            "choice" => form.choice = value.to_owned(),
            "by" => form.by = value.parse().ok(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn opened() -> StepForm {
        StepForm::of(StepName::Choose, LineId([1; 16]), Some(LineId([2; 16])), day("2026-06-12"))
    }

    #[test]
    fn a_draft_finds_the_whole_step_again() {
        let form = StepForm {
            day: day("2026-06-11"),
            text: "son neveu la conduit".into(),
            who: "Mme Ribeyrac".into(),
            entry: Some(EntryId([4; 16])),
            choice: "coordination".into(),
            by: None,
            ..opened()
        };
        let mut reopened = opened();
        lay(&mut reopened, &Fields::read(&fields_since(&opened(), &form).write()));
        assert_eq!(reopened, form);
        assert!(fields_since(&opened(), &opened()).is_empty());
    }

    #[test]
    fn each_step_asks_for_what_it_needs_and_no_more() {
        let today = day("2026-06-12");
        let blank = StepForm::empty(LineId([1; 16]), None, today);
        for (step, expected) in [
            (StepName::Listen, vec![]),
            (StepName::Analyse, vec![StepProblem::NoText]),
            (StepName::Offer, vec![StepProblem::NoWho]),
            (StepName::Choose, vec![StepProblem::NoChoice]),
            (StepName::Decline, vec![]),
            (StepName::Reply, vec![StepProblem::NoChoice]),
            (StepName::Feedback, vec![StepProblem::NoText]),
            (StepName::Close, vec![StepProblem::NoChoice]),
        ] {
            assert_eq!(blank.problems(step, today), expected, "{step:?}");
        }
        let closing = StepForm { choice: NO_FURTHER_ACTION.into(), ..blank.clone() };
        assert_eq!(closing.problems(StepName::Close, today), [StepProblem::NoText]);
        let late = StepForm { day: day("2026-06-13"), by: Some(day("2026-06-01")), ..opened() };
        assert_eq!(late.problems(StepName::Choose, today), [StepProblem::Tomorrow, StepProblem::Past]);
    }
}
