//! What somebody answered. It has no name, no contact, no hour and no device.
//!
//! Once given it never changes. A sheet of paper has an id made of its survey, whose it is and the number on it: whoever
//! types it again, on whichever device, makes the same response. Where the two read otherwise both are kept, and
//! [`super::totals`] says what counts.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::question::RespondentKind;
use crate::domain::ids::{ChoiceId, QuestionId, ResponseId, SurveyId};

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Answer {
    /// None.
    Blank,
    /// One choice.
    Single(ChoiceId),
    /// Choices. Two on paper where one was asked for are typed so too: they are seen, and not counted.
    Several(BTreeSet<ChoiceId>),
    /// Words.
    Text(String),
    /// A step of a scale.
    Scale(u8),
}

impl Answer {
    /// Whether nothing was answered.
    pub fn is_blank(&self) -> bool {
        match self {
            Answer::Blank => true,
            Answer::Several(choices) => choices.is_empty(),
            Answer::Text(text) => text.trim().is_empty(),
            Answer::Single(_) | Answer::Scale(_) => false,
        }
    }

    /// Whether it is in words, which are read and never counted.
    pub fn is_words(&self) -> bool {
        matches!(self, Answer::Text(_))
    }
}

/// The number written on a sheet of paper: from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SheetNumber(pub NonZeroU32);

impl SheetNumber {
    /// A number, if a sheet can have it.
    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number).map(SheetNumber)
    }
}

/// Where a response comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Source {
    /// It was given on a tablet.
    Tablet,
    /// It was typed from a sheet of paper.
    Paper(SheetNumber),
    /// It came in a file that another program made.
    Imported,
}

impl ResponseId {
    /// The id of a sheet: its survey's, where the last bytes are mixed with the number and whose sheet it is. Sheets of
    /// visitors and of exhibitors are numbered apart, from one each. Two sheets of a survey never have the same; sheets of
    /// two surveys would if the surveys' ids agreed in their first bytes, which are random.
    pub fn of_sheet(survey: SurveyId, respondent: &RespondentKind, sheet: SheetNumber) -> Self {
        let whose: u64 = match respondent {
            RespondentKind::Visitor => 0,
            RespondentKind::Exhibitor => 1,
            RespondentKind::Other => 2,
            // Any number that the code alone says: it is the same on every device.
            RespondentKind::Unknown(code) => {
                code.bytes().fold(3, |sum: u64, byte| (sum * 31 + u64::from(byte)) & 0xff_ffff)
            }
        };
        let mixed = whose << 32 | u64::from(sheet.0.get());
        ResponseId((u128::from_be_bytes(survey.0) ^ u128::from(mixed)).to_be_bytes())
    }
}

/// What somebody answered to a survey.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Response {
    id: ResponseId,
    survey: SurveyId,
    source: Source,
    respondent: RespondentKind,
    day: Option<NaiveDate>,
    /// By question. A list and not a map: a survey of sixty thousand is read through from end to end.
    answers: Vec<(QuestionId, Answer)>,
}

impl Response {
    /// A response given on a tablet, under an id drawn for it.
    pub fn tablet(
        id: ResponseId,
        survey: SurveyId,
        respondent: RespondentKind,
        day: NaiveDate,
        answers: impl IntoIterator<Item = (QuestionId, Answer)>,
    ) -> Self {
        Response { id, survey, source: Source::Tablet, respondent, day: Some(day), answers: said(answers) }
    }

    /// A sheet of paper, typed. The day is the one that the sheet says, if it does: never that on which it is typed.
    pub fn paper(
        survey: SurveyId,
        sheet: SheetNumber,
        respondent: RespondentKind,
        day: Option<NaiveDate>,
        answers: impl IntoIterator<Item = (QuestionId, Answer)>,
    ) -> Self {
        let (id, source) = (ResponseId::of_sheet(survey, &respondent, sheet), Source::Paper(sheet));
        Response { id, survey, source, respondent, day, answers: said(answers) }
    }

    /// A line of a file that another program made, under an id that the same line always has.
    pub fn imported(
        id: ResponseId,
        survey: SurveyId,
        respondent: RespondentKind,
        day: Option<NaiveDate>,
        answers: impl IntoIterator<Item = (QuestionId, Answer)>,
    ) -> Self {
        Response { id, survey, source: Source::Imported, respondent, day, answers: said(answers) }
    }

    /// Names the response.
    pub fn id(&self) -> ResponseId {
        self.id
    }

    /// To which survey.
    pub fn survey(&self) -> SurveyId {
        self.survey
    }

    /// Where it comes from.
    pub fn source(&self) -> Source {
        self.source
    }

    /// Who answered.
    pub fn respondent(&self) -> &RespondentKind {
        &self.respondent
    }

    /// The day it was given, if anyone knows.
    pub fn day(&self) -> Option<NaiveDate> {
        self.day
    }

    /// What was answered to a question; blank where nothing was.
    pub fn answer(&self, question: QuestionId) -> &Answer {
        let found = self.answers.binary_search_by_key(&question, |(question, _)| *question);
        found.map_or(&Answer::Blank, |at| &self.answers[at].1)
    }

    /// What was answered, in the order of the questions' ids: no blank is among it, and no question twice.
    pub fn answers(&self) -> &[(QuestionId, Answer)] {
        &self.answers
    }

    /// The same sheet under another number; none of what is no sheet.
    pub fn renumbered(&self, number: SheetNumber) -> Option<Response> {
        let Source::Paper(_) = self.source else { return None };
        Some(Response::paper(self.survey, number, self.respondent.clone(), self.day, self.answers.iter().cloned()))
    }

    /// Whether something was written in it.
    pub fn has_words(&self) -> bool {
        self.answers.iter().any(|(_, answer)| answer.is_words())
    }

    /// What is counted of it: all of it but words, which others may read once somebody has.
    pub fn without_words(&self) -> Response {
        let mut counted = self.clone();
        counted.answers.retain(|(_, answer)| !answer.is_words());
        counted
    }

    /// Whether another counts the same: the same kind of respondent, the same answers apart from words and the day.
    pub fn counts_like(&self, other: &Response) -> bool {
        fn counted(response: &Response) -> impl Iterator<Item = &(QuestionId, Answer)> {
            response.answers.iter().filter(|(_, answer)| !answer.is_words())
        }
        self.respondent == other.respondent && counted(self).eq(counted(other))
    }
}

/// What was answered, without blanks: a question passed over and one never seen are written alike, so that a sheet
/// typed by two people reads alike. Words lose the spaces around them, for the same reason.
fn said(answers: impl IntoIterator<Item = (QuestionId, Answer)>) -> Vec<(QuestionId, Answer)> {
    let said = answers.into_iter().filter(|(_, answer)| !answer.is_blank());
    let trimmed = said.map(|(question, answer)| match answer {
        Answer::Text(text) => (question, Answer::Text(text.trim().to_owned())),
        other => (question, other),
    });
    trimmed.collect::<BTreeMap<_, _>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SURVEY: SurveyId = SurveyId([1; 16]);
    const QUESTION: QuestionId = QuestionId([2; 16]);

    fn sheet(number: u32, answers: Vec<(QuestionId, Answer)>) -> Response {
        Response::paper(SURVEY, SheetNumber::new(number).expect("a number"), RespondentKind::Visitor, None, answers)
    }

    #[test]
    fn a_sheet_typed_on_two_devices_is_the_same_response() {
        let here = sheet(17, vec![(QUESTION, Answer::Text("Merci ".into()))]);
        let there = sheet(17, vec![(QUESTION, Answer::Text("Merci".into())), (QuestionId([3; 16]), Answer::Blank)]);
        assert_eq!(here, there);
        assert_ne!(here.id(), sheet(18, vec![]).id());
        let number = SheetNumber::new(17).expect("a number");
        assert_ne!(
            here.id(),
            ResponseId::of_sheet(SurveyId([4; 16]), &RespondentKind::Visitor, number),
            "another survey has its own sheet 17"
        );
        let exhibitors = ResponseId::of_sheet(SURVEY, &RespondentKind::Exhibitor, number);
        assert_ne!(here.id(), exhibitors, "an exhibitor has another sheet 17");
        assert_ne!(here.id().0, SURVEY.0);
        assert_eq!(SheetNumber::new(0), None);
    }

    #[test]
    fn what_was_not_answered_is_blank_however_it_was_left() {
        let answers = [Answer::Blank, Answer::Text("  ".into()), Answer::Several(BTreeSet::new())];
        for answer in answers {
            let response = sheet(1, vec![(QUESTION, answer)]);
            assert!(response.answers().is_empty() && response.answer(QUESTION).is_blank());
        }
        assert!(!sheet(1, vec![(QUESTION, Answer::Scale(0))]).answer(QUESTION).is_blank(), "zero is an answer");
    }

    #[test]
    fn words_written_otherwise_count_the_same_and_another_choice_does_not() {
        let other = QuestionId([3; 16]);
        let one = sheet(1, vec![(QUESTION, Answer::Single(ChoiceId([5; 16]))), (other, Answer::Text("Bien".into()))]);
        let two = sheet(1, vec![(QUESTION, Answer::Single(ChoiceId([5; 16])))]);
        let three = sheet(1, vec![(QUESTION, Answer::Single(ChoiceId([6; 16])))]);
        assert!(one.counts_like(&two) && !one.counts_like(&three) && !two.counts_like(&sheet(1, vec![])));
    }
}
