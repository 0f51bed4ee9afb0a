//! A survey as it stands in its document: what it asks and in which words, and what was decided of its responses.
//!
//! It holds its own copy of each question that it asks, under the question's id, so that whoever receives the survey has
//! all of it: another coordinator, a tablet. What is known of a question over the years is put together from all the
//! surveys that ask it ([`known_questions`]).
//!
//! Words that a visitor wrote are never in it before somebody read them: [`Told`] are those that may be told.

use serde::{Deserialize, Serialize};

use super::merge::Settled;
use super::question::{Choices, Form, Question, QuestionChange, RespondentKind, Scale};
use super::questionnaire::{Survey, SurveyChange};
use super::response::Response;
use super::template::starting_questions;
use crate::domain::ids::{LineId, QuestionId, ResponseId, SurveyId};

/// A survey, its questions, and what was decided of its responses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyRecord {
    /// The survey.
    pub survey: Survey,
    /// The questions, as it asks them; some may be asked no longer.
    pub questions: Vec<Question>,
    /// What was chosen where a sheet was typed in several ways.
    pub settled: Settled,
    /// Words that may be told, in no order that says who wrote them.
    pub told: Vec<Told>,
}

/// Words that somebody wrote, once another read them and said that they may be told. Nothing ties them to the other
/// answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Names the line.
    pub id: LineId,
    /// To which question.
    pub question: QuestionId,
    /// Who answered.
    pub respondent: RespondentKind,
    /// The words.
    pub words: String,
}

/// One change to a survey in its document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordChange {
    /// The survey itself changes.
    Survey(SurveyChange),
    /// A question comes, answered so; of one that is there already nothing changes.
    Question(QuestionId, AnsweredBy),
    /// A question changes.
    Edit(QuestionId, QuestionChange),
    /// This is what a sheet says.
    Settle(Response),
    /// Nobody knows any more what a sheet says.
    Unsettle(ResponseId),
    /// These words may be told.
    Tell(Told),
    /// Those may no longer.
    Untell(LineId),
}

/// How a question is answered, before it has any choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnsweredBy {
    /// By one choice.
    One,
    /// By any number of choices.
    Several,
    /// In words.
    Words,
    /// By a step of a scale.
    Scale(Scale),
    /// In a way that a newer version knows.
    Unknown(String),
}

/// Before the steps of a scale in its code.
const SCALE: &str = "scale.";

impl AnsweredBy {
    /// How a form is.
    pub fn of(form: &Form) -> Self {
        match form {
            Form::One(_) => AnsweredBy::One,
            Form::Several(_) => AnsweredBy::Several,
            Form::Words => AnsweredBy::Words,
            Form::Scale(scale) => AnsweredBy::Scale(*scale),
            Form::Unknown(code) => AnsweredBy::Unknown(code.clone()),
        }
    }

    /// A form of it, with no choice yet.
    pub fn form(&self) -> Form {
        match self {
            AnsweredBy::One => Form::One(Choices::default()),
            AnsweredBy::Several => Form::Several(Choices::default()),
            AnsweredBy::Words => Form::Words,
            AnsweredBy::Scale(scale) => Form::Scale(*scale),
            AnsweredBy::Unknown(code) => Form::Unknown(code.clone()),
        }
    }

    /// The code that is written.
    pub fn code(&self) -> String {
        match self {
            AnsweredBy::One => "one".to_owned(),
            AnsweredBy::Several => "several".to_owned(),
            AnsweredBy::Words => "words".to_owned(),
            AnsweredBy::Scale(scale) => {
                let (lowest, highest) = scale.ends();
                format!("{SCALE}{lowest}.{highest}")
            }
            AnsweredBy::Unknown(code) => code.clone(),
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Self {
        let scale = || {
            let (lowest, highest) = code.strip_prefix(SCALE)?.split_once('.')?;
            Scale::new(lowest.parse().ok()?, highest.parse().ok()?).map(AnsweredBy::Scale)
        };
        match code {
            "one" => AnsweredBy::One,
            "several" => AnsweredBy::Several,
            "words" => AnsweredBy::Words,
            _ => scale().unwrap_or_else(|| AnsweredBy::Unknown(code.to_owned())),
        }
    }
}

impl RecordChange {
    /// The words that it writes, if it writes any that somebody chose: what others read of them must name nobody.
    pub fn words(&self) -> Option<&str> {
        match self {
            RecordChange::Survey(SurveyChange::Text(_, text)) => Some(text),
            RecordChange::Edit(
                _,
                QuestionChange::Wording(_, _, text)
                | QuestionChange::ChoiceWording(_, _, _, text)
                | QuestionChange::TogetherWording(_, _, _, text),
            ) => Some(text),
            RecordChange::Tell(told) => Some(&told.words),
            _ => None,
        }
    }
}

impl SurveyRecord {
    /// A survey that asks nothing yet.
    pub fn empty(id: SurveyId, year: i32) -> Self {
        let survey = Survey::empty(id, year);
        SurveyRecord { survey, questions: Vec::new(), settled: Settled::default(), told: Vec::new() }
    }

    /// A question of it.
    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id() == id)
    }

    /// The questions that it asks, in their order.
    pub fn asked(&self) -> Vec<&Question> {
        self.survey.questions(&self.questions)
    }

    /// Whoever is asked something, the usual ones first.
    pub fn publics(&self) -> Vec<RespondentKind> {
        let mut publics: Vec<_> = self.asked().into_iter().flat_map(|question| question.asked_of.clone()).collect();
        publics.sort();
        publics.dedup();
        publics
    }

    /// What to write so that this record becomes `edited`: the differences only. What was decided of responses is decided
    /// one by one, and is no part of a form.
    pub fn changes_to(&self, edited: &SurveyRecord) -> Vec<RecordChange> {
        let mut changes: Vec<_> =
            self.survey.changes_to(&edited.survey).into_iter().map(RecordChange::Survey).collect();
        for question in &edited.questions {
            let id = question.id();
            let (held, is_new) = match self.question(id) {
                Some(held) => (held.clone(), false),
                None => (Question::new(id, AnsweredBy::of(question.form()).form()), true),
            };
            changes.extend(is_new.then(|| RecordChange::Question(id, AnsweredBy::of(question.form()))));
            changes.extend(held.changes_to(question).into_iter().map(|change| RecordChange::Edit(id, change)));
        }
        changes
    }

    /// Makes a change, as the journal would.
    pub fn apply(&mut self, change: &RecordChange) {
        match change {
            RecordChange::Survey(change) => self.survey.apply(change),
            RecordChange::Question(id, by) => {
                if self.question(*id).is_none() {
                    self.questions.push(Question::new(*id, by.form()));
                }
            }
            RecordChange::Edit(id, change) => {
                if let Some(question) = self.questions.iter_mut().find(|question| question.id() == *id) {
                    question.apply(change);
                }
            }
            RecordChange::Settle(response) => self.settled.settle(response.clone()),
            RecordChange::Unsettle(id) => self.settled.unsettle(*id),
            RecordChange::Tell(told) => {
                self.told.retain(|held| held.id != told.id);
                self.told.push(told.clone());
            }
            RecordChange::Untell(id) => self.told.retain(|held| held.id != *id),
        }
    }

    /// The same survey asked again: the questions that it asks, in their order, in their words of now; none of what was
    /// answered.
    pub fn again(&self, id: SurveyId, year: i32) -> SurveyRecord {
        let mut again = SurveyRecord::empty(id, year);
        again.survey.title.clone_from(&self.survey.title);
        let goes_on = |question: &&Question| question.retired.is_none_or(|retired| year < retired);
        again.questions = self.asked().into_iter().filter(goes_on).cloned().collect();
        again.survey.asks = again.questions.iter().map(Question::id).zip(1..).collect();
        again
    }
}

/// The questions that are known: those that everybody starts with, and those of every survey, each as it became over the
/// years. The earliest survey of a year is read first, so that every notebook with the same surveys knows the same.
pub fn known_questions<'a>(records: impl IntoIterator<Item = &'a SurveyRecord>) -> Vec<Question> {
    let mut records: Vec<_> = records.into_iter().collect();
    records.sort_by_key(|record| (record.survey.year, record.survey.id));
    let mut known = starting_questions();
    for question in records.into_iter().flat_map(|record| &record.questions) {
        let by = AnsweredBy::of(question.form());
        let held = match known.iter_mut().position(|held| held.id() == question.id()) {
            Some(at) => at,
            None => {
                known.push(Question::new(question.id(), by.form()));
                known.len() - 1
            }
        };
        let held = &mut known[held];
        if AnsweredBy::of(held.form()) == by {
            let nothing = Question::new(question.id(), by.form());
            nothing.changes_to(question).iter().for_each(|change| held.apply(change));
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::super::question::LineKey;
    use super::super::template;
    use super::*;
    use crate::domain::ids::ChoiceId;
    use crate::text::language::Language;

    fn forum(number: u8, year: i32) -> SurveyRecord {
        let mut record = SurveyRecord::empty(SurveyId([number; 16]), year);
        record.survey.title = format!("Forum {year}");
        record.questions = vec![template::question(template::INTEREST), template::question(template::REMARK)];
        record.survey.asks = record.questions.iter().map(Question::id).zip(1..).collect();
        record
    }

    #[test]
    fn a_survey_made_from_nothing_by_its_changes_is_the_survey() {
        let made = forum(1, 2026);
        let mut written = SurveyRecord::empty(made.survey.id, made.survey.year);
        let changes = written.changes_to(&made);
        changes.iter().for_each(|change| written.apply(change));
        assert_eq!(written, made);
        assert!(made.changes_to(&made).is_empty());
        assert!(changes.iter().filter_map(RecordChange::words).any(|words| words == "Forum 2026"));
    }

    #[test]
    fn how_a_question_is_answered_is_a_code_that_reads_back() {
        let scale = AnsweredBy::Scale(Scale::new(0, 10).expect("a scale"));
        for by in [AnsweredBy::One, AnsweredBy::Several, AnsweredBy::Words, scale, AnsweredBy::Unknown("rank".into())] {
            assert_eq!((AnsweredBy::from_code(&by.code()), AnsweredBy::of(&by.form())), (by.clone(), by));
        }
        assert_eq!(AnsweredBy::from_code("scale.5.1"), AnsweredBy::Unknown("scale.5.1".into()));
    }

    #[test]
    fn a_question_is_known_as_it_became_over_the_years_whichever_survey_comes_first() {
        let (before, mut now) = (forum(1, 2026), forum(2, 2027));
        let reworded = "Ce forum vous a-t-il intéressé ?";
        let new = ChoiceId([8; 16]);
        for change in [
            QuestionChange::Wording(2027, Language::Fr, reworded.into()),
            QuestionChange::ChoiceWording(new, 2027, Language::Fr, "sans avis".into()),
            QuestionChange::ChoiceFrom(new, Some(2027)),
            QuestionChange::ChoiceRetired(template::INTEREST_NOT, Some(2027)),
        ] {
            now.apply(&RecordChange::Edit(template::INTEREST, change));
        }
        let known = known_questions([&now, &before]);
        assert_eq!(known, known_questions([&before, &now]));
        assert_eq!(known.len(), starting_questions().len(), "the same question is known once");
        let interest = known.iter().find(|question| question.id() == template::INTEREST).expect("known");
        assert_eq!(interest.wordings.in_year(2026).fr, "Intérêt du forum");
        assert_eq!(interest.wordings.now().fr, reworded);
        let offered = |year| interest.lines_in(year).contains(&LineKey::Choice(template::INTEREST_NOT));
        assert_eq!((offered(2026), offered(2027)), (true, false));
        assert!(!interest.lines_in(2026).contains(&LineKey::Choice(new)));
    }

    #[test]
    fn a_survey_asked_again_asks_the_same_and_has_no_answer() {
        let mut before = forum(1, 2026);
        before.survey.asks.remove(&template::REMARK);
        before.told.push(Told {
            id: LineId([1; 16]),
            question: template::REMARK,
            respondent: RespondentKind::Visitor,
            words: "Merci".into(),
        });
        let again = before.again(SurveyId([2; 16]), 2027);
        assert_eq!(again.asked().iter().map(|question| question.id()).collect::<Vec<_>>(), [template::INTEREST]);
        assert!(again.told.is_empty() && again.survey.closed_on.is_none() && again.survey.event.is_none());
    }
}
