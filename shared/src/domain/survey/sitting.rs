//! Someone before the tablet, from the first question until they hand in or walk away.
//!
//! It knows nobody and no clock: whoever holds the screen says how long nothing was touched. It is written nowhere, so
//! that whoever comes next finds nothing of it.
//!
//! What is handed in is a response; what is not, is none. Whoever walks away in the middle gave nothing, and nothing is
//! kept: they did not say that they wished to, and half a response would make blanks of what was never read. Whoever
//! saw every question and leaves the last page alone has answered, and only forgot a button: that is handed in. Who
//! answered nothing at all gave no response, whatever was pressed: a child who pushes buttons is nobody's opinion.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::question::{Choice, Form, Question, RespondentKind};
use super::questionnaire::Survey;
use super::response::{Answer, Response};
use crate::domain::ids::{QuestionId, ResponseId, SurveyId};

/// After how many seconds the tablet asks whether anyone is there.
pub const STILL_THERE_S: u32 = 60;
/// After how many seconds nobody is.
pub const WALKED_AWAY_S: u32 = 90;

/// Someone before the tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    survey: SurveyId,
    year: i32,
    respondent: RespondentKind,
    questions: Vec<Question>,
    answers: BTreeMap<QuestionId, Answer>,
    page: Page,
}

/// Which page is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// A question, by its place from 0.
    Question(usize),
    /// The last one, where one hands in.
    Last,
    /// It is over.
    Over(Ending),
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Something was handed in.
    Given(Given),
    /// Nothing was answered, or they walked away: nothing is kept.
    Nothing,
}

/// What was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    survey: SurveyId,
    respondent: RespondentKind,
    answers: BTreeMap<QuestionId, Answer>,
}

impl Given {
    /// The response that it is, under an id drawn for it, on a day.
    pub fn response(self, id: ResponseId, day: NaiveDate) -> Response {
        Response::tablet(id, self.survey, self.respondent, day, self.answers)
    }
}

/// What is done at the tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// The question that is shown is answered so; an answer that is none to it does nothing.
    Answer(Answer),
    /// On to the next page.
    Next,
    /// On to the next page, and this question stays blank, whatever was answered.
    Skip,
    /// Back to the page before; what was answered stays.
    Back,
    /// That is all; what was not answered stays blank.
    HandIn,
    /// Nothing was touched for so many seconds.
    Idle(u32),
}

impl Sitting {
    /// Someone of that public sits down. `known` are all the questions; those that this version cannot ask are not.
    pub fn begin(survey: &Survey, known: &[Question], respondent: RespondentKind) -> Self {
        let asked = survey.questions_of(known, &respondent).into_iter();
        let questions: Vec<_> =
            asked.filter(|question| !matches!(question.form(), Form::Unknown(_))).cloned().collect();
        let page = if questions.is_empty() { Page::Last } else { Page::Question(0) };
        Sitting { survey: survey.id, year: survey.year, respondent, questions, answers: BTreeMap::new(), page }
    }

    /// The page that is shown.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The question that is shown, if one is, and what was answered to it.
    pub fn question(&self) -> Option<(&Question, &Answer)> {
        let Page::Question(at) = self.page else { return None };
        let question = self.questions.get(at)?;
        Some((question, self.answers.get(&question.id()).unwrap_or(&Answer::Blank)))
    }

    /// The choices that are offered for the question that is shown, in their order: those of the survey's year.
    pub fn offered(&self) -> Vec<&Choice> {
        let choices = self.question().map(|(question, _)| question.choices()).unwrap_or_default();
        choices.into_iter().filter(|choice| choice.is_offered_in(self.year)).collect()
    }

    /// How many questions there are.
    pub fn questions(&self) -> usize {
        self.questions.len()
    }

    /// Whether the tablet asks if anyone is there, after so many seconds without a touch.
    pub fn asks_if_anyone_is_there(&self, idle_s: u32) -> bool {
        let is_touched = !self.answers.is_empty() || !matches!(self.page, Page::Question(0));
        is_touched && idle_s >= STILL_THERE_S && !matches!(self.page, Page::Over(_))
    }

    /// What it becomes with a touch. Once it is over, nothing changes it.
    pub fn touch(mut self, touch: Touch) -> Self {
        match (&self.page, touch) {
            (Page::Over(_), _) => self,
            (Page::Last, Touch::Idle(seconds)) if seconds >= WALKED_AWAY_S => self.handed_in(),
            (Page::Question(_), Touch::Idle(seconds)) if seconds >= WALKED_AWAY_S => self.over(Ending::Nothing),
            (_, Touch::Idle(_)) => self,
            (_, Touch::HandIn) => self.handed_in(),
            (Page::Question(at), Touch::Answer(answer)) => {
                if let Some(question) = self.questions.get(*at).filter(|question| question.takes(&answer)) {
                    self.answers.insert(question.id(), answer);
                }
                self
            }
            (Page::Question(at), Touch::Next) => {
                let next = at + 1;
                self.to(next)
            }
            (Page::Question(at), Touch::Skip) => {
                let next = at + 1;
                if let Some(question) = self.questions.get(*at) {
                    self.answers.remove(&question.id());
                }
                self.to(next)
            }
            (Page::Question(at), Touch::Back) => {
                let before = at.saturating_sub(1);
                self.to(before)
            }
            (Page::Last, Touch::Back) => {
                let last = self.questions.len().saturating_sub(1);
                self.to(last)
            }
            (Page::Last, Touch::Answer(_) | Touch::Next | Touch::Skip) => self,
        }
    }

    fn to(mut self, at: usize) -> Self {
        self.page = if at < self.questions.len() { Page::Question(at) } else { Page::Last };
        self
    }

    fn handed_in(mut self) -> Self {
        let answers = std::mem::take(&mut self.answers);
        if answers.values().all(Answer::is_blank) {
            return self.over(Ending::Nothing);
        }
        let given = Given { survey: self.survey, respondent: self.respondent.clone(), answers };
        self.over(Ending::Given(given))
    }

    /// Nothing of it stays but how it ended.
    fn over(mut self, ending: Ending) -> Self {
        self.answers.clear();
        self.page = Page::Over(ending);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::question::QuestionChange;
    use super::super::template::{self, starting_questions};
    use super::*;

    fn sitting() -> Sitting {
        let mut survey = Survey::empty(SurveyId([1; 16]), 2026);
        survey.asks = [template::INTEREST, template::USEFULNESS].into_iter().zip(1..).collect();
        Sitting::begin(&survey, &starting_questions(), RespondentKind::Visitor)
    }

    fn very() -> Touch {
        Touch::Answer(Answer::Single(template::INTEREST_VERY))
    }

    /// What was handed in after these touches.
    fn given(touches: impl IntoIterator<Item = Touch>) -> Option<Response> {
        let over = touches.into_iter().fold(sitting(), Sitting::touch);
        assert_eq!(over.answers.len(), 0, "nothing stays for whoever comes next");
        let day = NaiveDate::from_ymd_opt(2026, 10, 3).expect("a day");
        match over.page {
            Page::Over(Ending::Given(given)) => Some(given.response(ResponseId([5; 16]), day)),
            Page::Over(Ending::Nothing) => None,
            other => panic!("not over: {other:?}"),
        }
    }

    #[test]
    fn what_is_handed_in_is_what_was_answered_and_the_rest_is_blank() {
        let response = given([very(), Touch::Next, Touch::Skip, Touch::HandIn]).expect("handed in");
        assert_eq!(response.answer(template::INTEREST), &Answer::Single(template::INTEREST_VERY));
        assert!(response.answer(template::USEFULNESS).is_blank());
        assert_eq!(response.respondent(), &RespondentKind::Visitor);
        assert!(given([very(), Touch::HandIn]).is_some(), "one may stop early");
    }

    #[test]
    fn one_goes_back_and_finds_what_one_answered_and_may_take_it_back() {
        let back =
            [very(), Touch::Next, Touch::Next, Touch::Back, Touch::Back].into_iter().fold(sitting(), Sitting::touch);
        let (question, answer) = back.question().expect("a question is shown");
        assert_eq!((question.id(), answer), (template::INTEREST, &Answer::Single(template::INTEREST_VERY)));
        assert_eq!(back.clone().touch(Touch::Back), back, "there is nothing before the first");
        assert_eq!(given([very(), Touch::Skip, Touch::HandIn]), None);
    }

    #[test]
    fn what_is_offered_is_what_the_year_offers() {
        let mut known = starting_questions();
        known[0].apply(&QuestionChange::ChoiceRetired(template::INTEREST_VERY, Some(2026)));
        let mut survey = Survey::empty(SurveyId([1; 16]), 2026);
        survey.asks.insert(template::INTEREST, 1);
        let offered = |survey: &Survey| {
            let sitting = Sitting::begin(survey, &known, RespondentKind::Visitor);
            sitting.offered().iter().map(|choice| choice.id).collect::<Vec<_>>()
        };
        assert_eq!(offered(&survey), [template::INTEREST_YES, template::INTEREST_LITTLE, template::INTEREST_NOT]);
        survey.year = 2025;
        assert_eq!(offered(&survey).len(), 4);
    }

    #[test]
    fn an_answer_to_another_question_does_nothing() {
        let wrong = Touch::Answer(Answer::Scale(3));
        assert_eq!(sitting().touch(wrong), sitting());
    }

    #[test]
    fn who_walks_away_gave_nothing_unless_they_saw_everything() {
        let away = Touch::Idle(WALKED_AWAY_S);
        assert_eq!(given([very(), Touch::Next, away.clone()]), None);
        assert!(given([very(), Touch::Next, Touch::Next, away.clone()]).is_some());
        assert_eq!(given([Touch::Next, Touch::Next, away]), None, "nothing was answered");
        assert_eq!(given([Touch::HandIn]), None);
        let waits = sitting().touch(very());
        assert_eq!(waits.clone().touch(Touch::Idle(WALKED_AWAY_S - 1)), waits);
        assert!(waits.asks_if_anyone_is_there(STILL_THERE_S) && !waits.asks_if_anyone_is_there(STILL_THERE_S - 1));
        assert!(!sitting().asks_if_anyone_is_there(WALKED_AWAY_S), "nobody has touched it yet");
    }

    #[test]
    fn once_over_nothing_changes_it() {
        let over = sitting().touch(very()).touch(Touch::HandIn);
        for touch in [very(), Touch::Back, Touch::Next, Touch::Idle(WALKED_AWAY_S), Touch::HandIn] {
            assert_eq!(over.clone().touch(touch), over);
        }
    }
}
