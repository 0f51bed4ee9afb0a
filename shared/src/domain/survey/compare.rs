//! A question beside itself, year after year.
//!
//! Only the same question, the same line and the same public stand beside each other. What was counted here has its
//! number of people; what others published has it or has not. Where it is not known no difference is worked out,
//! nothing is averaged and nothing is added: the figures stand beside each other as they are. No significance is
//! claimed of any: those who answer at a forum are not drawn at random. Words that were not the same in every year are
//! pointed at.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::published::{Percent, PublishedFigure, PublishedN};
use super::question::{LineKey, Question, RespondentKind, Wording, Wordings};
use super::questionnaire::Survey;
use super::totals::{SurveyTotals, share_of};
use crate::domain::ids::QuestionId;
use crate::domain::summary::compare::Share;
use crate::text::fold::fold;

/// A line of a question, for one public, over the years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Which question.
    pub question: QuestionId,
    /// Who answered.
    pub respondent: RespondentKind,
    /// What they chose.
    pub line: LineKey,
    /// What is known of it, the earliest first. A year in which it was not offered has none: that is not zero.
    pub points: Vec<YearPoint>,
}

/// What is known of a line at one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearPoint {
    /// The year.
    pub year: i32,
    /// The event, in words.
    pub event: String,
    /// How much.
    pub said: Said,
    /// What the question was called then.
    pub question: Worded,
    /// What the line was called then.
    pub line: Worded,
    /// Whether something else was published of the same event too: both stand here.
    pub is_contradicted: bool,
}

/// How much, by whom it was counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Said {
    /// It was counted here.
    Counted {
        /// How many chose it.
        count: u32,
        /// Of how many who answered.
        n: u32,
    },
    /// Others published it.
    Published {
        /// How many of a hundred, as it was printed.
        percent: Percent,
        /// Of how many, if that was published.
        n: PublishedN,
        /// Why it is to be verified, where it is.
        to_check: Option<String>,
    },
}

impl Said {
    /// The share, of what was counted and where anyone answered; none of what was published, which is shown as it was.
    pub fn counted_share(&self) -> Option<Share> {
        match self {
            Said::Counted { count, n } => share_of(*count, *n),
            Said::Published { .. } => None,
        }
    }
}

/// Whether something was called then what it is called now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Worded {
    /// It was, but for case, accents and signs.
    AsNow,
    /// It was called so: whoever compares says it.
    Otherwise(Wording),
}

impl Worded {
    /// What a year's words are to those of now.
    fn in_year(wordings: &Wordings, year: i32) -> Self {
        let then = wordings.in_year(year);
        if then.reads_like(&wordings.now()) { Worded::AsNow } else { Worded::Otherwise(then) }
    }

    /// What printed words are to those of now.
    fn printed(wordings: &Wordings, text: &str) -> Self {
        let as_printed = || Wording { fr: text.to_owned(), en: text.to_owned() };
        if wordings.now().says(text) { Worded::AsNow } else { Worded::Otherwise(as_printed()) }
    }
}

/// A question over the years, line by line, for one public: the lines of which anything is known, in the question's
/// order.
///
/// `known` are all the questions, `counted` the surveys and what was counted of each, `published` what others
/// published. A published figure is of the question only if no other reads like it. None for a question in words or
/// that is not known.
pub fn over_the_years<'a>(
    known: &[Question],
    question: QuestionId,
    respondent: &RespondentKind,
    counted: impl IntoIterator<Item = (&'a Survey, &'a SurveyTotals)>,
    published: impl IntoIterator<Item = &'a PublishedFigure>,
) -> Vec<Series> {
    let Some(asked) = known.iter().find(|other| other.id() == question) else { return Vec::new() };
    let mut points: BTreeMap<LineKey, Vec<YearPoint>> = BTreeMap::new();
    let none = Wordings::default();
    for (survey, totals) in counted.into_iter().filter(|(survey, _)| !survey.withdrawn) {
        let Some(totals) = totals.public(respondent).and_then(|public| public.question(question)) else { continue };
        for total in &totals.lines {
            points.entry(total.line).or_default().push(YearPoint {
                year: survey.year,
                event: survey.title.clone(),
                said: Said::Counted { count: total.count, n: totals.n },
                question: Worded::in_year(&asked.wordings, survey.year),
                line: Worded::in_year(asked.line_wordings(total.line).unwrap_or(&none), survey.year),
                is_contradicted: false,
            });
        }
    }
    let published: BTreeSet<_> = published.into_iter().filter(|figure| figure.respondent == *respondent).collect();
    for figure in published {
        let Some((_, line)) = figure.meets(known).filter(|(met, _)| met.id() == question) else { continue };
        let line_words = asked.line_wordings(line);
        points.entry(line).or_default().push(YearPoint {
            year: figure.year,
            event: figure.event.clone(),
            said: Said::Published { percent: figure.percent, n: figure.n, to_check: figure.to_check.clone() },
            question: Worded::printed(&asked.wordings, &figure.question),
            line: line_words.map_or(Worded::AsNow, |words| Worded::printed(words, &figure.answer)),
            is_contradicted: false,
        });
    }
    let mut series: Vec<_> =
        points.into_iter().map(|(line, points)| in_order(asked, respondent, line, points)).collect();
    let order: Vec<_> = whole_order(asked);
    series
        .sort_by_key(|series| (order.iter().position(|line| *line == series.line).unwrap_or(usize::MAX), series.line));
    series
}

/// Every line that the question ever had, in its order.
fn whole_order(question: &Question) -> Vec<LineKey> {
    let choices = question.choices().into_iter().map(|choice| LineKey::Choice(choice.id));
    choices.chain(question.together().iter().map(|group| LineKey::Together(group.id()))).collect()
}

fn in_order(asked: &Question, respondent: &RespondentKind, line: LineKey, mut points: Vec<YearPoint>) -> Series {
    points.sort_by(|one, other| (one.year, &one.event, &one.said).cmp(&(other.year, &other.event, &other.said)));
    let printed = |point: &YearPoint| match &point.said {
        Said::Published { percent, n, .. } => Some((*percent, *n)),
        Said::Counted { .. } => None,
    };
    let contradicted: Vec<_> = points
        .iter()
        .map(|point| {
            let of_the_same = points.iter().filter(|other| {
                other.year == point.year && fold(&other.event) == fold(&point.event) && printed(other).is_some()
            });
            printed(point).is_some() && of_the_same.map(printed).any(|other| other != printed(point))
        })
        .collect();
    for (point, is_contradicted) in points.iter_mut().zip(contradicted) {
        point.is_contradicted = is_contradicted;
    }
    Series { question: asked.id(), respondent: respondent.clone(), line, points }
}

/// What a year has more than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Percentage points between the two percentages as they are shown.
    pub points: i64,
    /// The earlier one.
    pub before: Share,
    /// The later one.
    pub now: Share,
}

/// The difference between two points of a series; none unless both were counted here, and somebody answered each time.
pub fn gap(before: &YearPoint, now: &YearPoint) -> Option<Gap> {
    let (before, now) = (before.said.counted_share()?, now.said.counted_share()?);
    Some(Gap { points: i64::from(now.percent) - i64::from(before.percent), before, now })
}

/// All the points of a series as one, in answers and not in people, who may come every year; none where there is no
/// point, or one of them was not counted here: a rounded percentage, even with its number of people, gives no count
/// back.
pub fn combined(series: &Series) -> Option<Said> {
    let start = (!series.points.is_empty()).then_some((0_u32, 0_u32));
    let sum = series.points.iter().try_fold(start?, |(all, of), point| match point.said {
        Said::Counted { count, n } => Some((all.saturating_add(count), of.saturating_add(n))),
        Said::Published { .. } => None,
    })?;
    Some(Said::Counted { count: sum.0, n: sum.1 })
}

#[cfg(test)]
mod tests {
    use super::super::merge::{Batch, Settled};
    use super::super::question::QuestionChange;
    use super::super::response::{Answer, Response, SheetNumber};
    use super::super::template::{self, starting_questions};
    use super::super::totals::survey_totals;
    use super::*;
    use crate::domain::ids::{ChoiceId, SurveyId};
    use crate::text::language::Language;

    const VISITOR: RespondentKind = RespondentKind::Visitor;
    const INTERESTED: LineKey = LineKey::Together(template::INTERESTED);

    fn published(year: i32, percent: &str) -> PublishedFigure {
        PublishedFigure {
            year,
            event: "Forum".into(),
            respondent: VISITOR,
            question: "Intérêt du forum".into(),
            answer: "intéressant ou très intéressant".into(),
            percent: Percent::parse(percent).expect("a percentage"),
            n: PublishedN::NotPublished,
            to_check: None,
        }
    }

    fn counted(known: &[Question], year: i32, chosen: &[ChoiceId]) -> (Survey, SurveyTotals) {
        let mut survey = Survey::empty(SurveyId([year as u8; 16]), year);
        survey.asks.insert(template::INTEREST, 1);
        let mut batch = Batch::empty(survey.id);
        for (choice, sheet) in chosen.iter().zip(1..) {
            let sheet = SheetNumber::new(sheet).expect("a number");
            let answers = [(template::INTEREST, Answer::Single(*choice))];
            batch.take(Response::paper(survey.id, sheet, VISITOR, None, answers)).expect("of this survey");
        }
        let totals = survey_totals(&survey, known, &batch.gathered(), &Settled::default()).expect("of this survey");
        (survey, totals)
    }

    fn interested(known: &[Question], counted: &[(Survey, SurveyTotals)], published: &[PublishedFigure]) -> Series {
        let counted = counted.iter().map(|(survey, totals)| (survey, totals));
        let series = over_the_years(known, template::INTEREST, &VISITOR, counted, published);
        series.into_iter().find(|series| series.line == INTERESTED).expect("known")
    }

    #[test]
    fn what_was_published_stands_beside_what_was_counted_and_nothing_is_worked_out_of_it() {
        let known = starting_questions();
        let years = [
            counted(&known, 2026, &[template::INTEREST_VERY, template::INTEREST_NOT]),
            counted(&known, 2027, &[template::INTEREST_YES]),
        ];
        let series = interested(&known, &years, &[published(2022, "96"), published(2021, "88")]);
        let shown: Vec<_> = series.points.iter().map(|point| (point.year, point.said.counted_share())).collect();
        let share = |percent, n| Some(Share { percent, n });
        assert_eq!(shown, [(2021, None), (2022, None), (2026, share(50, 2)), (2027, share(100, 1))]);
        let [first, second, third, fourth] = &series.points[..] else { panic!("four years") };
        assert_eq!((gap(first, second), gap(second, third)), (None, None));
        assert_eq!(gap(third, fourth).map(|gap| gap.points), Some(50));
        assert_eq!(combined(&series), None);
        assert_eq!(combined(&interested(&known, &years, &[])), Some(Said::Counted { count: 2, n: 3 }));
        assert_eq!(combined(&Series { points: Vec::new(), ..series }), None);
    }

    #[test]
    fn words_that_were_others_are_pointed_at() {
        let mut known = starting_questions();
        known[0].wordings.correct(2027, Language::Fr, "Ce forum vous a-t-il intéressé ?");
        let years = [counted(&known, 2026, &[]), counted(&known, 2027, &[])];
        let mut accents_apart = published(2022, "96");
        accents_apart.answer = "INTERESSANT OU TRES INTERESSANT".into();
        let series = interested(&known, &years, &[accents_apart]);
        let words: Vec<_> = series.points.iter().map(|point| point.question != Worded::AsNow).collect();
        assert_eq!(words, [true, true, false]);
        assert!(series.points.iter().all(|point| point.line == Worded::AsNow));
    }

    #[test]
    fn what_was_not_offered_in_a_year_is_not_zero() {
        let mut known = starting_questions();
        known[0].apply(&QuestionChange::ChoiceFrom(template::INTEREST_NOT, Some(2027)));
        let years =
            [counted(&known, 2026, &[template::INTEREST_VERY]), counted(&known, 2027, &[template::INTEREST_VERY])];
        let counted = years.iter().map(|(survey, totals)| (survey, totals));
        let series = over_the_years(&known, template::INTEREST, &VISITOR, counted, []);
        let lines: Vec<_> = series.iter().map(|series| series.line).collect();
        assert_eq!(lines, known[0].lines_in(2027), "in the question's order");
        let late = &series[3];
        assert_eq!(late.points.iter().map(|point| point.year).collect::<Vec<_>>(), [2027]);
    }

    #[test]
    fn two_figures_of_one_event_that_disagree_both_stand_and_one_read_twice_stands_once() {
        let known = starting_questions();
        let figures = [published(2021, "88"), published(2021, "88"), published(2021, "89"), published(2022, "96")];
        let series = interested(&known, &[], &figures);
        let flags: Vec<_> = series.points.iter().map(|point| (point.year, point.is_contradicted)).collect();
        assert_eq!(flags, [(2021, true), (2021, true), (2022, false)]);
    }

    #[test]
    fn another_public_or_a_survey_that_was_a_mistake_stands_beside_nothing() {
        let known = starting_questions();
        let (mut survey, totals) = counted(&known, 2026, &[template::INTEREST_VERY]);
        let series = |survey: &Survey, respondent: RespondentKind| {
            over_the_years(&known, template::INTEREST, &respondent, [(survey, &totals)], &[published(2021, "88")]).len()
        };
        assert_eq!(series(&survey, RespondentKind::Exhibitor), 0);
        assert_eq!(series(&survey, VISITOR), 5);
        survey.withdrawn = true;
        assert_eq!(series(&survey, VISITOR), 1);
    }
}
