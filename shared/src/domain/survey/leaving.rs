//! What may leave the notebook of a survey's totals, for the mairie or anyone else.
//!
//! Whoever holds the survey sees every number of it: the answers are anonymous, and the collective learns from them.
//! What leaves is read by people who may know who was there, so it follows the rule of [`crate::domain::disclosure`],
//! where an answer stands for a person:
//!
//! - a question that fewer than the threshold answered leaves no line, and no number under it;
//! - lines under the threshold are kept back. Where one choice is asked for, the others and the whole would give them
//!   back: so where they are too few together, the line next to them in the question's order is kept back with them. It
//!   is chosen by its place and not by its number, so that whoever knows the rule learns nothing from the choice. That
//!   nobody at all chose some lines may be told so: it is true of everyone alike;
//! - where several are, no sum holds them, but everyone chose one at least: so where the lines that are told leave
//!   someone out, the line next to those kept back is kept back too;
//! - choices read together leave only where one choice is asked for and each of them leaves by itself: they tell no
//!   more;
//! - that some left a question blank tells nothing of anyone, so each question leaves with its own number;
//! - words never leave from here: [`super::remarks`] says which do.
//!
//! Totals that grow and leave twice give back those between. So they leave once the survey is closed and nothing in it
//! is to be checked; whoever keeps what left lets the first word stand.

use serde::{Deserialize, Serialize};

use super::question::{LineKey, Question, QuestionKind, RespondentKind};
use super::questionnaire::Survey;
use super::totals::{LineTotal, QuestionTotals, SurveyTotals};
use crate::domain::disclosure::{PublicCount, Threshold};
use crate::domain::ids::{QuestionId, SurveyId};

/// Totals that may leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingTotals {
    /// Of which survey.
    pub survey: SurveyId,
    /// Of which year.
    pub year: i32,
    /// Public by public.
    pub publics: Vec<LeavingPublic>,
}

/// What may be told of a public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingPublic {
    /// Who.
    pub respondent: RespondentKind,
    /// How many responses.
    pub responses: PublicCount,
    /// Question by question, in the order of the survey.
    pub questions: Vec<LeavingQuestion>,
}

/// What may be told of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingQuestion {
    /// Which question.
    pub question: QuestionId,
    /// How it is answered.
    pub kind: QuestionKind,
    /// How many answered.
    pub n: PublicCount,
    /// The lines that are told, in their order; none of them is of fewer people than the threshold.
    pub lines: Vec<LineTotal>,
    /// The lines that are not told by themselves.
    pub kept_back: Vec<LineKey>,
    /// How many chose one of those, where each chose one line and some lines are told.
    pub others: Option<u32>,
}

/// Why nothing may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stays {
    /// Somebody may still answer.
    Open,
    /// It was a mistake.
    Withdrawn,
    /// So many sheets are to be checked first.
    ToCheck(u32),
}

impl std::fmt::Display for Stays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Stays::Open => f.write_str("the survey is not closed"),
            Stays::Withdrawn => f.write_str("the survey was a mistake"),
            Stays::ToCheck(sheets) => write!(f, "{sheets} sheets are to be checked"),
        }
    }
}

impl std::error::Error for Stays {}

/// What of these totals may leave. `questions` are all that are known.
pub fn leaving(
    survey: &Survey,
    questions: &[Question],
    totals: &SurveyTotals,
    threshold: Threshold,
) -> Result<LeavingTotals, Stays> {
    if survey.withdrawn {
        return Err(Stays::Withdrawn);
    }
    if survey.closed_on.is_none() {
        return Err(Stays::Open);
    }
    if totals.to_check > 0 {
        return Err(Stays::ToCheck(totals.to_check));
    }
    let publics = totals.publics.iter().map(|public| LeavingPublic {
        respondent: public.respondent.clone(),
        responses: PublicCount::of(public.responses, threshold),
        questions: public.questions.iter().map(|totals| question(questions, totals, threshold)).collect(),
    });
    Ok(LeavingTotals { survey: survey.id, year: survey.year, publics: publics.collect() })
}

fn question(questions: &[Question], totals: &QuestionTotals, threshold: Threshold) -> LeavingQuestion {
    let n = PublicCount::of(totals.n, threshold);
    let is_together = |line: &LineTotal| matches!(line.line, LineKey::Together(_));
    let apart: Vec<_> = totals.lines.iter().filter(|line| !is_together(line)).copied().collect();
    let (told, others) = match (n.exactly(), &totals.kind) {
        (Some(_), QuestionKind::One | QuestionKind::Scale) => of_one(&apart, threshold),
        (Some(n), QuestionKind::Several) => (of_several(&apart, n, threshold), None),
        // Too few answered; or in words; or in a way that a newer version counts, and tells.
        (None, _) | (Some(_), QuestionKind::Words | QuestionKind::Unknown(_)) => (Vec::new(), None),
    };
    let is_told = |line: LineKey| told.iter().any(|told: &LineTotal| told.line == line);
    let asked = questions.iter().find(|question| question.id() == totals.question);
    let may_be_told = |line: &LineTotal| match line.line {
        LineKey::Together(id) if totals.kind == QuestionKind::One => {
            let group = asked.and_then(|asked| asked.together().iter().find(|group| group.id() == id));
            let counted = |line: &LineKey| totals.count(*line).is_some();
            group.is_some_and(|group| {
                let mut choices = group.choices().iter().map(|choice| LineKey::Choice(*choice)).filter(counted);
                choices.all(is_told)
            })
        }
        LineKey::Together(_) => false,
        line => is_told(line),
    };
    let (lines, kept_back): (Vec<_>, Vec<_>) = totals.lines.iter().copied().partition(may_be_told);
    let kept_back = kept_back.into_iter().map(|line| line.line).collect();
    LeavingQuestion { question: totals.question, kind: totals.kind.clone(), n, lines, kept_back, others }
}

/// The lines of a whole that may be told, and how many are in the others together: nobody at all, or enough.
pub(in crate::domain) fn of_one(lines: &[LineTotal], threshold: Threshold) -> (Vec<LineTotal>, Option<u32>) {
    let small: u32 = lines.iter().map(|line| line.count).filter(|count| *count < threshold.get()).sum();
    let told = told(lines, threshold, 0 < small && small < threshold.get());
    let others = lines.iter().map(|line| line.count).sum::<u32>() - told.iter().map(|line| line.count).sum::<u32>();
    let is_parted = !told.is_empty() && told.len() < lines.len();
    (told, is_parted.then_some(others))
}

/// The lines that may be told where everyone of `n` chose one at least.
fn of_several(lines: &[LineTotal], n: u32, threshold: Threshold) -> Vec<LineTotal> {
    let large: u32 = lines.iter().map(|line| line.count).filter(|count| *count >= threshold.get()).sum();
    told(lines, threshold, large < n)
}

/// The lines that reach the threshold; without the one that comes after the last line that does not, or else before the
/// first, where these need another.
fn told(lines: &[LineTotal], threshold: Threshold, need_another: bool) -> Vec<LineTotal> {
    let is_small = |line: &LineTotal| line.count < threshold.get();
    let after = lines.iter().rposition(is_small).map(|last| last + 1).filter(|after| *after < lines.len());
    let before = || lines.iter().position(is_small).and_then(|first| first.checked_sub(1));
    let last_large = || lines.iter().rposition(|line| !is_small(line));
    let another = need_another.then(|| after.or_else(before).or_else(last_large)).flatten();
    let large = lines.iter().enumerate().filter(|(at, line)| !is_small(line) && Some(*at) != another);
    large.map(|(_, line)| *line).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use chrono::NaiveDate;

    use super::super::template::{self, starting_questions};
    use super::super::totals::PublicTotals;
    use super::*;

    fn closed() -> Survey {
        let mut survey = Survey::empty(SurveyId([1; 16]), 2026);
        survey.closed_on = NaiveDate::from_ymd_opt(2026, 10, 3);
        survey
    }

    /// Totals of one question, of which the lines have these counts in their order.
    fn totals(question: QuestionId, n: u32, counts: &[u32]) -> SurveyTotals {
        let asked = template::question(question);
        let lines = asked.lines_in(2026).into_iter().zip(counts).map(|(line, count)| LineTotal { line, count: *count });
        let kind = asked.form().kind();
        let question = QuestionTotals { question, kind, n, blank: 3, unusable: 0, lines: lines.collect() };
        let public = PublicTotals { respondent: RespondentKind::Visitor, responses: n + 3, questions: vec![question] };
        SurveyTotals { publics: vec![public], to_check: 0, left_out: Default::default() }
    }

    #[track_caller]
    fn check(question: QuestionId, n: u32, counts: &[u32], told: &[u32], others: Option<u32>) {
        let totals = totals(question, n, counts);
        let left = leaving(&closed(), &starting_questions(), &totals, Threshold::FIVE).expect("it may leave");
        let question = &left.publics[0].questions[0];
        assert_eq!(
            (question.lines.iter().map(|line| line.count).collect::<Vec<_>>(), question.others),
            (told.to_vec(), others)
        );
        assert_eq!(question.lines.len() + question.kept_back.len(), counts.len(), "each line is told or kept back");
    }

    #[test]
    fn lines_too_small_are_put_with_others_so_that_none_is_given_back() {
        check(template::INTEREST, 53, &[30, 12, 6, 5, 42], &[30, 12, 6, 5, 42], None);
        check(template::INTEREST, 53, &[30, 14, 6, 3, 44], &[30, 14, 44], Some(9));
        check(template::INTEREST, 53, &[3, 14, 30, 6, 17], &[30, 6], Some(17));
        check(template::INTEREST, 53, &[40, 4, 5, 4, 44], &[40, 5], Some(8));
        check(template::INTEREST, 53, &[40, 13, 0, 0, 53], &[40, 13, 53], Some(0));
        check(template::INTEREST, 7, &[6, 1, 0, 0, 7], &[], None);
        check(template::INTEREST, 4, &[4, 0, 0, 0, 4], &[], None);
    }

    #[test]
    fn of_several_choices_those_too_small_are_left_out_and_words_have_no_line() {
        check(template::NEXT_STEPS, 40, &[30, 4, 0, 20, 9, 5, 1], &[30, 20, 9, 5], None);
        check(template::NEXT_STEPS, 40, &[36, 4, 0, 0, 0, 0, 0], &[], None);
        check(template::NEXT_STEPS, 40, &[20, 4, 5, 10, 0, 0, 0], &[5, 10], None);
        check(template::REMARK, 12, &[], &[], None);
    }

    /// Whoever knows the rule and reads what left looks for every count that gives it: of a line that was kept back
    /// they find no number under the threshold, nor two of which it is one. That nobody chose it, or enough did, they
    /// may.
    #[test]
    fn whoever_knows_the_rule_finds_no_number_that_was_kept_back() {
        let lines = |counts: &[u32]| -> Vec<LineTotal> {
            (0..).zip(counts).map(|(step, count)| LineTotal { line: LineKey::Step(step), count: *count }).collect()
        };
        let vectors = |n: u32| {
            let of_four = move |at: u32| {
                [at % (n + 1), at / (n + 1) % (n + 1), at / (n + 1).pow(2) % (n + 1), at / (n + 1).pow(3)]
            };
            (0..(n + 1).pow(4)).map(of_four)
        };
        let mut tried = 0;
        for n in 5..=16 {
            let mut worlds: BTreeMap<_, Vec<[u32; 4]>> = BTreeMap::new();
            for counts in vectors(n) {
                let sum: u32 = counts.iter().sum();
                let lines = lines(&counts);
                let keys = |told: Vec<LineTotal>| told.iter().map(|line| (line.line, line.count)).collect::<Vec<_>>();
                if sum == n {
                    let (told, others) = of_one(&lines, Threshold::FIVE);
                    worlds.entry((QuestionKind::One, keys(told), others)).or_default().push(counts);
                }
                if sum >= n {
                    let told = of_several(&lines, n, Threshold::FIVE);
                    worlds.entry((QuestionKind::Several, keys(told), None)).or_default().push(counts);
                }
            }
            for ((_, told, others), worlds) in worlds.iter().filter(|((_, _, others), _)| *others != Some(0)) {
                for at in (0..4).filter(|at| told.iter().all(|(line, _)| *line != LineKey::Step(*at))) {
                    let values: BTreeSet<_> = worlds.iter().map(|counts| counts[usize::from(at)]).collect();
                    let is_large = values.first().is_some_and(|least| *least >= Threshold::FIVE.get());
                    assert!(
                        values.len() > 2 || is_large,
                        "of {n}, told {told:?}, others {others:?}: line {at} is in {values:?}"
                    );
                    tried += 1;
                }
            }
        }
        assert!(tried > 1000, "{tried}");
    }

    #[test]
    fn a_number_under_the_threshold_is_nowhere() {
        let totals = totals(template::INTEREST, 4, &[4, 0, 0, 0, 4]);
        let left = leaving(&closed(), &starting_questions(), &totals, Threshold::ELEVEN).expect("it may leave");
        let public = &left.publics[0];
        assert_eq!((public.responses.fewer_than(), public.questions[0].n.fewer_than()), (Some(11), Some(11)));
    }

    #[test]
    fn nothing_leaves_before_the_survey_is_over() {
        let mut totals = totals(template::INTEREST, 20, &[20, 0, 0, 0, 20]);
        let of = |survey: &Survey, totals: &SurveyTotals| {
            leaving(survey, &starting_questions(), totals, Threshold::FIVE).err()
        };
        assert_eq!(of(&closed(), &totals), None);
        assert_eq!(of(&Survey { closed_on: None, ..closed() }, &totals), Some(Stays::Open));
        assert_eq!(of(&Survey { withdrawn: true, ..closed() }, &totals), Some(Stays::Withdrawn));
        totals.to_check = 2;
        assert_eq!(of(&closed(), &totals), Some(Stays::ToCheck(2)));
    }
}
