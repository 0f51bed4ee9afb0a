//! A survey: which questions are asked at one event, in one year, in which order.
//!
//! The questions are not in it: they are the same ones year after year. Several coordinators may prepare it, so each
//! question that is asked is a line of its own.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::question::{Question, RespondentKind};
use crate::domain::changes::text_fields;
use crate::domain::ids::{EventId, QuestionId, SurveyId};

/// A survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// Names the survey.
    pub id: SurveyId,
    /// Of which event.
    pub event: Option<EventId>,
    /// What it is called: "Forum, Fontvieille".
    pub title: String,
    /// The year that it is compared by.
    pub year: i32,
    /// What is asked, and each question's place among the others, smaller numbers first.
    pub asks: BTreeMap<QuestionId, u32>,
    /// The day since which nobody answers any more; its totals leave the notebook after that only.
    pub closed_on: Option<NaiveDate>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

text_fields! {
    /// The text fields of a survey.
    SurveyField of Survey {
        /// What it is called.
        Title = "title" => title,
    }
}

/// One change to a survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SurveyChange {
    /// A text field becomes this.
    Text(SurveyField, String),
    /// It is of that event.
    Event(Option<EventId>),
    /// It is of that year.
    Year(i32),
    /// That question is asked, at that place; or is not.
    Asks(QuestionId, Option<u32>),
    /// Nobody answers since that day; or somebody does again.
    ClosedOn(Option<NaiveDate>),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl Survey {
    /// A survey that asks nothing yet.
    pub fn empty(id: SurveyId, year: i32) -> Self {
        let (event, title, asks) = (None, String::new(), BTreeMap::new());
        Survey { id, event, title, year, asks, closed_on: None, withdrawn: false }
    }

    /// The questions that it asks, in their order. One that this notebook has not received yet is not among them.
    pub fn questions<'a>(&self, known: &'a [Question]) -> Vec<&'a Question> {
        let place = |question: &Question| self.asks.get(&question.id()).copied();
        let mut asked: Vec<_> = known.iter().filter(|question| place(question).is_some()).collect();
        asked.sort_by_key(|question| (place(question), question.id()));
        asked.dedup_by_key(|question| question.id());
        asked
    }

    /// The questions that it asks of them, in their order.
    pub fn questions_of<'a>(&self, known: &'a [Question], respondent: &RespondentKind) -> Vec<&'a Question> {
        let asked = self.questions(known).into_iter();
        asked.filter(|question| question.asked_of.contains(respondent)).collect()
    }

    /// What to write so that this survey becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Survey) -> Vec<SurveyChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| SurveyChange::Text(field, text.to_owned())).collect();
        let mut differs = |differs: bool, change: SurveyChange| changes.extend(differs.then_some(change));
        differs(self.event != edited.event, SurveyChange::Event(edited.event));
        differs(self.year != edited.year, SurveyChange::Year(edited.year));
        differs(self.closed_on != edited.closed_on, SurveyChange::ClosedOn(edited.closed_on));
        differs(self.withdrawn != edited.withdrawn, SurveyChange::Withdrawn(edited.withdrawn));
        for (question, place) in &edited.asks {
            differs(self.asks.get(question) != Some(place), SurveyChange::Asks(*question, Some(*place)));
        }
        for question in self.asks.keys() {
            differs(!edited.asks.contains_key(question), SurveyChange::Asks(*question, None));
        }
        changes
    }

    /// Makes a change, as the journal would.
    pub fn apply(&mut self, change: &SurveyChange) {
        match change {
            SurveyChange::Text(field, text) => self.text_mut(*field).clone_from(text),
            SurveyChange::Event(event) => self.event = *event,
            SurveyChange::Year(year) => self.year = *year,
            SurveyChange::Asks(question, Some(place)) => {
                self.asks.insert(*question, *place);
            }
            SurveyChange::Asks(question, None) => {
                self.asks.remove(question);
            }
            SurveyChange::ClosedOn(day) => self.closed_on = *day,
            SurveyChange::Withdrawn(withdrawn) => self.withdrawn = *withdrawn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::template::{self, starting_questions};
    use super::*;

    fn survey() -> Survey {
        let mut survey = Survey::empty(SurveyId([1; 16]), 2026);
        let asks = [template::USEFULNESS, template::INTEREST, template::APPRECIATION, QuestionId([9; 16])];
        survey.asks = asks.into_iter().zip(1..).collect();
        survey
    }

    #[test]
    fn a_survey_asks_its_questions_in_its_order_each_of_whom_it_is_for() {
        let known = starting_questions();
        let ids = |questions: Vec<&Question>| questions.iter().map(|question| question.id()).collect::<Vec<_>>();
        let visitors = ids(survey().questions_of(&known, &RespondentKind::Visitor));
        assert_eq!(visitors, [template::USEFULNESS, template::INTEREST]);
        assert_eq!(ids(survey().questions_of(&known, &RespondentKind::Exhibitor)), [template::APPRECIATION]);
        let twice: Vec<_> = known.iter().chain(&known).cloned().collect();
        assert_eq!(survey().questions(&twice).len(), 3, "a question is asked once");
    }

    #[test]
    fn a_form_writes_only_what_was_touched_and_makes_the_other() {
        let before = survey();
        assert_eq!(before.changes_to(&before), []);
        let mut edited = before.clone();
        edited.title = "Forum, Fontvieille".into();
        edited.closed_on = NaiveDate::from_ymd_opt(2026, 10, 3);
        edited.asks.remove(&template::INTEREST);
        edited.asks.insert(template::REMARK, 9);
        let changes = before.changes_to(&edited);
        assert_eq!(changes.len(), 4);
        let mut made = before;
        changes.iter().for_each(|change| made.apply(change));
        assert_eq!(made, edited);
    }
}
