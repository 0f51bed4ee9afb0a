//! How many answered what.
//!
//! Every percentage is of those who answered the question, and is never without their number. Those who left it blank
//! are apart, and shown; who answered something that the question has no room for (two choices where one was asked for)
//! is among them, and said. Visitors and exhibitors are never added. A sheet typed twice counts once or, where what was
//! typed differs and nobody chose, not at all: it is shown as to be checked.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::merge::{Gathered, OtherSurvey, Settled, Standing, standing};
use super::question::{LineKey, Question, QuestionKind, RespondentKind};
use super::questionnaire::Survey;
use super::response::{Answer, Response};
use crate::domain::ids::QuestionId;
use crate::domain::summary::compare::Share;

/// What was answered to a survey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyTotals {
    /// Public by public, each with its own numbers.
    pub publics: Vec<PublicTotals>,
    /// Sheets of which two versions differ in what is counted: they are in no total until somebody chooses.
    pub to_check: u32,
    /// Questions that somebody answered, and that the survey does not ask of them, or that have not been received yet:
    /// they are in no total.
    pub left_out: BTreeSet<QuestionId>,
}

/// What one public answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicTotals {
    /// Who.
    pub respondent: RespondentKind,
    /// How many responses.
    pub responses: u32,
    /// Question by question, in the order of the survey.
    pub questions: Vec<QuestionTotals>,
}

/// What one public answered to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionTotals {
    /// Which question.
    pub question: QuestionId,
    /// How it is answered.
    pub kind: QuestionKind,
    /// How many answered it.
    pub n: u32,
    /// How many did not: with those who did, all the responses of the public.
    pub blank: u32,
    /// Of the blanks, how many wrote something that the question has no room for.
    pub unusable: u32,
    /// How many chose each: the lines of the survey's year, in their order, then whatever else was chosen. None for
    /// words.
    pub lines: Vec<LineTotal>,
}

/// How many chose something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTotal {
    /// What.
    pub line: LineKey,
    /// How many. Of several choices read together, whoever chose two of them counts once.
    pub count: u32,
}

impl SurveyTotals {
    /// What one public answered.
    pub fn public(&self, respondent: &RespondentKind) -> Option<&PublicTotals> {
        self.publics.iter().find(|public| public.respondent == *respondent)
    }
}

impl PublicTotals {
    /// What it answered to a question.
    pub fn question(&self, question: QuestionId) -> Option<&QuestionTotals> {
        self.questions.iter().find(|totals| totals.question == question)
    }
}

impl QuestionTotals {
    /// How many chose a line; none where it was not offered, which is not zero.
    pub fn count(&self, line: LineKey) -> Option<u32> {
        self.lines.iter().find(|total| total.line == line).map(|total| total.count)
    }

    /// The share of those who chose a line among those who answered; none where nobody did, or it was not offered.
    pub fn share(&self, line: LineKey) -> Option<Share> {
        share_of(self.count(line)?, self.n)
    }

    /// Whether the percentages may add up to more than a hundred, since one person may choose several: whoever shows
    /// them says so.
    pub fn may_exceed_hundred(&self) -> bool {
        self.kind == QuestionKind::Several
    }
}

/// A count as a share of those who answered, in whole percent, half a percent upwards. Each is rounded by itself: those
/// of a question with one choice may add up to 99 or 101, and nothing is moved to make it a hundred.
pub fn share_of(count: u32, n: u32) -> Option<Share> {
    let percent = (u64::from(count) * 200 + u64::from(n)).checked_div(2 * u64::from(n))?;
    Some(Share { percent: u32::try_from(percent).unwrap_or(u32::MAX), n })
}

/// What is counted of a question, for one public.
struct Counter<'a> {
    question: &'a Question,
    n: u32,
    unusable: u32,
    /// The lines of the year, then those that were chosen all the same. There are few: looking through them is fastest.
    lines: Vec<LineTotal>,
    /// How many lines the year has.
    offered: usize,
}

impl<'a> Counter<'a> {
    fn new(question: &'a Question, year: i32) -> Self {
        let lines: Vec<_> = question.lines_in(year).into_iter().map(|line| LineTotal { line, count: 0 }).collect();
        Counter { question, n: 0, unusable: 0, offered: lines.len(), lines }
    }

    fn count(&mut self, answer: &Answer) {
        if !self.question.takes(answer) {
            self.unusable += 1;
            return;
        }
        self.n += 1;
        let mut add = |key| match self.lines.iter_mut().find(|total| total.line == key) {
            Some(total) => total.count += 1,
            None => self.lines.push(LineTotal { line: key, count: 1 }),
        };
        let together = self.question.together().iter();
        match answer {
            Answer::Blank | Answer::Text(_) => {}
            Answer::Scale(step) => add(LineKey::Step(*step)),
            Answer::Single(choice) => {
                add(LineKey::Choice(*choice));
                let groups = together.filter(|group| group.choices().contains(choice));
                groups.for_each(|group| add(LineKey::Together(group.id())));
            }
            Answer::Several(choices) => {
                choices.iter().for_each(|choice| add(LineKey::Choice(*choice)));
                let groups = together.filter(|group| !group.choices().is_disjoint(choices));
                groups.for_each(|group| add(LineKey::Together(group.id())));
            }
        }
    }

    fn totals(mut self, responses: u32) -> QuestionTotals {
        // Chosen, though it was not offered that year or is not known here yet: somebody said it, so it is shown.
        self.lines[self.offered..].sort_by_key(|total| total.line);
        QuestionTotals {
            question: self.question.id(),
            kind: self.question.form().kind(),
            n: self.n,
            blank: responses.saturating_sub(self.n),
            unusable: self.unusable,
            lines: self.lines,
        }
    }
}

/// What is counted of a public.
struct Public<'a> {
    responses: u32,
    counters: Vec<Counter<'a>>,
    at: BTreeMap<QuestionId, usize>,
}

impl<'a> Public<'a> {
    fn new(survey: &Survey, questions: &'a [Question], respondent: &RespondentKind) -> Self {
        let asked = survey.questions_of(questions, respondent);
        let at = asked.iter().map(|question| question.id()).zip(0..).collect();
        let counters = asked.into_iter().map(|question| Counter::new(question, survey.year)).collect();
        Public { responses: 0, counters, at }
    }

    /// Counts a response once, whichever of its versions has words.
    fn count(&mut self, versions: &[&Response], left_out: &mut BTreeSet<QuestionId>) {
        self.responses += 1;
        let Some((first, others)) = versions.split_first() else { return };
        let mut count = |question: QuestionId, answer: &Answer| match self.at.get(&question) {
            Some(at) => self.counters[*at].count(answer),
            None => {
                left_out.insert(question);
            }
        };
        first.answers().iter().for_each(|(question, answer)| count(*question, answer));
        let mut seen = BTreeSet::new();
        for (question, answer) in
            others.iter().flat_map(|other| other.answers()).filter(|(_, answer)| answer.is_words())
        {
            if first.answer(*question).is_blank() && seen.insert(*question) {
                count(*question, answer);
            }
        }
    }
}

/// What was answered to a survey, counted in one pass. `questions` are all that are known; the survey says which it
/// asks. Every public that it asks something is in it, even if nobody of it answered. Responses to another survey are
/// refused.
pub fn survey_totals(
    survey: &Survey,
    questions: &[Question],
    given: &Gathered<'_>,
    settled: &Settled,
) -> Result<SurveyTotals, OtherSurvey> {
    if given.survey() != survey.id {
        return Err(OtherSurvey(given.survey()));
    }
    let asked: BTreeSet<_> = survey.questions(questions).into_iter().flat_map(|question| &question.asked_of).collect();
    let mut publics: BTreeMap<&RespondentKind, Public<'_>> =
        asked.into_iter().map(|kind| (kind, Public::new(survey, questions, kind))).collect();
    let (mut to_check, mut left_out) = (0, BTreeSet::new());
    for versions in given.all() {
        match standing(versions, settled) {
            Standing::ToCheck(_) => to_check += 1,
            Standing::Counts(versions) => {
                let Some(first) = versions.first() else { continue };
                let kind = first.respondent();
                let public = publics.entry(kind).or_insert_with(|| Public::new(survey, questions, kind));
                public.count(&versions, &mut left_out);
            }
        }
    }
    let publics = publics.into_iter().map(|(respondent, public)| {
        let totals = public.counters.into_iter().map(|counter| counter.totals(public.responses));
        PublicTotals { respondent: respondent.clone(), responses: public.responses, questions: totals.collect() }
    });
    Ok(SurveyTotals { publics: publics.collect(), to_check, left_out })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::merge::Batch;
    use super::super::response::SheetNumber;
    use super::super::template::{self, starting_questions};
    use super::*;
    use crate::domain::ids::{ChoiceId, ResponseId, SurveyId};

    const SURVEY: SurveyId = SurveyId([1; 16]);
    const VISITOR: RespondentKind = RespondentKind::Visitor;

    fn survey() -> Survey {
        let mut survey = Survey::empty(SURVEY, 2026);
        survey.asks = starting_questions().iter().map(Question::id).zip(1..).collect();
        survey
    }

    fn visitor(number: u8, answers: Vec<(QuestionId, Answer)>) -> Response {
        let day = NaiveDate::from_ymd_opt(2026, 10, 3).expect("a day");
        Response::tablet(ResponseId([number; 16]), SURVEY, VISITOR, day, answers)
    }

    fn totals(responses: Vec<Response>) -> SurveyTotals {
        let mut batch = Batch::empty(SURVEY);
        for response in responses {
            batch.take(response).expect("of this survey");
        }
        survey_totals(&survey(), &starting_questions(), &batch.gathered(), &Settled::default()).expect("of this survey")
    }

    fn of(totals: &SurveyTotals, question: QuestionId) -> &QuestionTotals {
        totals.public(&VISITOR).and_then(|public| public.question(question)).expect("asked of visitors")
    }

    fn ticked(choices: &[ChoiceId]) -> Answer {
        Answer::Several(choices.iter().copied().collect())
    }

    #[test]
    fn a_percentage_is_of_those_who_answered_and_the_blanks_are_apart() {
        let totals = totals(vec![
            visitor(1, vec![(template::INTEREST, Answer::Single(template::INTEREST_VERY))]),
            visitor(2, vec![(template::INTEREST, Answer::Single(template::INTEREST_YES))]),
            visitor(3, vec![(template::INTEREST, Answer::Single(template::INTEREST_NOT))]),
            visitor(4, vec![(template::INTEREST, ticked(&[template::INTEREST_NOT, template::INTEREST_YES]))]),
            visitor(5, vec![]),
        ]);
        let interest = of(&totals, template::INTEREST);
        assert_eq!((interest.n, interest.blank, interest.unusable), (3, 2, 1));
        let share = |line| interest.share(line).map(|share| (share.percent, share.n));
        assert_eq!(share(LineKey::Choice(template::INTEREST_NOT)), Some((33, 3)));
        assert_eq!(share(LineKey::Together(template::INTERESTED)), Some((67, 3)));
        assert_eq!(
            interest.count(LineKey::Choice(template::INTEREST_LITTLE)),
            Some(0),
            "offered, and chosen by nobody"
        );
        assert_eq!(interest.count(LineKey::Choice(template::USEFUL_NOT)), None, "no choice of this question");
        assert!(!interest.may_exceed_hundred());
    }

    #[test]
    fn who_ticks_several_counts_once_in_n_and_once_in_each() {
        let totals = totals(vec![
            visitor(1, vec![(template::NEXT_STEPS, ticked(&[template::NEXT_RECORD, template::NEXT_CHECKUP]))]),
            visitor(2, vec![(template::NEXT_STEPS, ticked(&[template::NEXT_RECORD]))]),
            visitor(3, vec![]),
        ]);
        let next = of(&totals, template::NEXT_STEPS);
        assert_eq!((next.n, next.blank), (2, 1));
        let percent = |choice| next.share(LineKey::Choice(choice)).map(|share| share.percent);
        assert_eq!((percent(template::NEXT_RECORD), percent(template::NEXT_CHECKUP)), (Some(100), Some(50)));
        assert!(next.may_exceed_hundred());
    }

    #[test]
    fn a_sheet_counts_once_or_waits_and_nobody_is_counted_with_another_public() {
        let sheet = |number, respondent: &RespondentKind, answers: Vec<(QuestionId, Answer)>| {
            let number = SheetNumber::new(number).expect("a number");
            Response::paper(SURVEY, number, respondent.clone(), None, answers)
        };
        let words = |text: &str| vec![(template::REMARK, Answer::Text(text.into()))];
        let useful = |choice| vec![(template::USEFULNESS, Answer::Single(choice))];
        let exhibitor = vec![(template::APPRECIATION, Answer::Single(template::APPRECIATION_GOOD))];
        let totals = totals(vec![
            sheet(1, &VISITOR, words("Merci")),
            sheet(1, &VISITOR, words("Mercy")),
            sheet(1, &VISITOR, vec![]),
            sheet(2, &VISITOR, useful(template::USEFUL_NOT)),
            sheet(2, &VISITOR, useful(template::USEFUL_FULLY)),
            sheet(3, &RespondentKind::Exhibitor, exhibitor.clone()),
            sheet(4, &VISITOR, exhibitor),
        ]);
        assert_eq!(totals.to_check, 1);
        assert_eq!(totals.left_out, BTreeSet::from([template::APPRECIATION]), "not asked of visitors");
        assert_eq!(totals.public(&VISITOR).map(|public| public.responses), Some(2));
        assert_eq!((of(&totals, template::REMARK).n, of(&totals, template::USEFULNESS).n), (1, 0));
        assert!(of(&totals, template::REMARK).lines.is_empty(), "words are not counted");
        assert_eq!(totals.public(&RespondentKind::Exhibitor).map(|public| public.responses), Some(1));
    }

    #[test]
    fn what_another_device_offered_is_shown_and_what_nobody_could_choose_is_no_zero() {
        let unknown = ChoiceId([9; 16]);
        let answered = totals(vec![visitor(1, vec![(template::INTEREST, Answer::Single(unknown))])]);
        let interest = of(&answered, template::INTEREST);
        assert_eq!((interest.n, interest.count(LineKey::Choice(unknown))), (1, Some(1)));
        assert_eq!(interest.share(LineKey::Choice(unknown)).map(|share| share.percent), Some(100));
        let nobody = totals(vec![]);
        assert_eq!(of(&nobody, template::INTEREST).share(LineKey::Choice(template::INTEREST_VERY)), None);
        let elsewhere = survey_totals(&survey(), &[], &Gathered::of(SurveyId([2; 16]), []), &Settled::default());
        assert_eq!(elsewhere, Err(OtherSurvey(SurveyId([2; 16]))));
    }

    #[test]
    fn half_a_percent_goes_up_and_nothing_is_moved_to_make_a_hundred() {
        let percent = |count, n| share_of(count, n).map(|share| share.percent);
        assert_eq!((percent(1, 200), percent(1, 201), percent(199, 200)), (Some(1), Some(0), Some(100)));
        assert_eq!([percent(1, 3), percent(1, 3), percent(1, 3)], [Some(33); 3]);
        assert_eq!((percent(0, 0), percent(0, 4)), (None, Some(0)));
    }
}
