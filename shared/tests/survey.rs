//! The laws of surveys, and a forum from its tablets to its comparison with the years before.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use maillon_shared::domain::disclosure::Threshold;
use maillon_shared::domain::ids::{ChoiceId, QuestionId, ResponseId, SurveyId};
use maillon_shared::domain::survey::compare::{Said, Series, Worded, combined, gap, over_the_years};
use maillon_shared::domain::survey::leaving::leaving;
use maillon_shared::domain::survey::merge::{Batch, MergeReport, Settled};
use maillon_shared::domain::survey::published::{Percent, PublishedFigure, PublishedN, PublishedTable, read};
use maillon_shared::domain::survey::question::{LineKey, Question, QuestionKind, RespondentKind, Wordings};
use maillon_shared::domain::survey::questionnaire::Survey;
use maillon_shared::domain::survey::response::{Answer, Response, SheetNumber};
use maillon_shared::domain::survey::sitting::{Ending, Page, Sitting, Touch};
use maillon_shared::domain::survey::template::{self, starting_questions};
use maillon_shared::domain::survey::totals::{LineTotal, SurveyTotals, survey_totals};
use proptest::prelude::*;

const SURVEY: SurveyId = SurveyId([7; 16]);
const VISITOR: RespondentKind = RespondentKind::Visitor;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 3).unwrap()
}

/// The forum of a year, which asks every starting question.
fn survey(year: i32) -> Survey {
    let mut survey = Survey::empty(SURVEY, year);
    survey.asks = starting_questions().iter().map(Question::id).zip(1..).collect();
    survey
}

fn batch<'a>(responses: impl IntoIterator<Item = &'a Response>) -> Batch {
    let mut batch = Batch::empty(SURVEY);
    for response in responses {
        batch.take(response.clone()).unwrap();
    }
    batch
}

fn totals(batch: &Batch) -> SurveyTotals {
    survey_totals(&survey(2026), &starting_questions(), &batch.gathered(), &Settled::default()).unwrap()
}

fn union(one: &Batch, other: &Batch) -> Batch {
    let mut both = one.clone();
    both.merge(other).unwrap();
    both
}

/// A form as it was filled, before anything of the house touches it: whose it is, and what was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    /// A tablet's number, or a sheet's.
    tablet: bool,
    number: u8,
    visitor: bool,
    answers: Vec<(usize, Answer)>,
}

impl Form {
    fn kind(&self) -> RespondentKind {
        if self.visitor { VISITOR } else { RespondentKind::Exhibitor }
    }

    fn response(&self) -> Response {
        let questions = starting_questions();
        let answers = self.answers.iter().map(|(at, answer)| (questions[*at].id(), answer.clone()));
        if self.tablet {
            Response::tablet(ResponseId([self.number; 16]), SURVEY, self.kind(), day(), answers)
        } else {
            let sheet = SheetNumber::new(u32::from(self.number)).unwrap();
            Response::paper(SURVEY, sheet, self.kind(), None, answers)
        }
    }
}

fn some_choice() -> impl Strategy<Value = ChoiceId> {
    let every: Vec<_> =
        starting_questions().iter().flat_map(|question| question.choices().into_iter().map(|c| c.id)).collect();
    prop_oneof![12 => proptest::sample::select(every), 1 => Just(ChoiceId([0xEE; 16]))]
}

fn some_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        1 => Just(Answer::Blank),
        5 => some_choice().prop_map(Answer::Single),
        4 => proptest::collection::btree_set(some_choice(), 0..4).prop_map(Answer::Several),
        2 => "[ a-c]{0,3}".prop_map(Answer::Text),
        1 => (0..12_u8).prop_map(Answer::Scale),
    ]
}

/// A form of which the answers are mostly to the question: any choice of it, or of another by mistake.
fn some_form() -> impl Strategy<Value = Form> {
    let answers = proptest::collection::btree_map(0..8_usize, (some_answer(), 0..9_usize), 0..8);
    (any::<bool>(), 1..25_u8, proptest::bool::weighted(0.7), answers).prop_map(|(tablet, number, visitor, answers)| {
        let questions = starting_questions();
        let fitted = |(at, (answer, pick)): (usize, (Answer, usize))| {
            let choices = questions[at].choices();
            let own = choices.get(pick).map(|choice| choice.id);
            match (questions[at].form().kind(), own) {
                (QuestionKind::One, Some(own)) => (at, Answer::Single(own)),
                (QuestionKind::Several, Some(own)) => (at, Answer::Several(BTreeSet::from([own, choices[0].id]))),
                _ => (at, answer),
            }
        };
        Form { tablet, number, visitor, answers: answers.into_iter().map(fitted).collect() }
    })
}

/// Forms, of which each number has mostly one content: typed twice, it is mostly typed alike.
fn some_forms() -> impl Strategy<Value = Vec<Form>> {
    (proptest::collection::vec(some_form(), 0..40), proptest::collection::vec(any::<prop::sample::Index>(), 0..20))
        .prop_map(|(mut forms, again)| {
            if !forms.is_empty() {
                let twice: Vec<_> = again.iter().map(|at| at.get(&forms).clone()).collect();
                forms.extend(twice);
            }
            forms
        })
}

fn some_batch() -> impl Strategy<Value = Batch> {
    some_forms().prop_map(|forms| batch(&forms.iter().map(Form::response).collect::<Vec<_>>()))
}

// ── An independent recount, over forms as they were filled ──────────────────────────────────────────────────────────

/// What is counted: of whom, which question, what (none is whoever answered at all).
type Counts = BTreeMap<(RespondentKind, QuestionId, Option<LineKey>), u32>;

struct Recount {
    counts: Counts,
    responses: BTreeMap<RespondentKind, u32>,
    to_check: u32,
}

/// What was said, blanks apart: the words, and the rest.
fn parted(form: &Form) -> (BTreeMap<usize, String>, BTreeMap<usize, Answer>) {
    let (mut words, mut rest) = (BTreeMap::new(), BTreeMap::new());
    for (at, answer) in &form.answers {
        match answer {
            Answer::Blank => {}
            Answer::Text(text) if text.trim().is_empty() => {}
            Answer::Several(choices) if choices.is_empty() => {}
            Answer::Text(text) => drop(words.insert(*at, text.trim().to_owned())),
            other => drop(rest.insert(*at, other.clone())),
        }
    }
    (words, rest)
}

fn recount(forms: &[Form]) -> Recount {
    let questions = starting_questions();
    let mut recount = Recount { counts: Counts::new(), responses: BTreeMap::new(), to_check: 0 };
    // Sheets of visitors and of exhibitors are numbered apart; a tablet gives one number to whoever answers.
    let one = |form: &Form| (form.tablet, form.number, !form.tablet && form.visitor);
    let people: BTreeSet<_> = forms.iter().map(one).collect();
    for person in people {
        let theirs: Vec<_> = forms.iter().filter(|form| one(form) == person).collect();
        let (kind, rest) = (theirs[0].kind(), parted(theirs[0]).1);
        if theirs.iter().any(|form| form.kind() != kind || parted(form).1 != rest) {
            recount.to_check += 1;
            continue;
        }
        *recount.responses.entry(kind.clone()).or_default() += 1;
        let spoken: BTreeSet<usize> = theirs.iter().flat_map(|form| parted(form).0.into_keys()).collect();
        for (at, question) in questions.iter().enumerate().filter(|(_, question)| question.asked_of.contains(&kind)) {
            let mut add = |line| *recount.counts.entry((kind.clone(), question.id(), line)).or_default() += 1;
            let chosen: Vec<ChoiceId> = match (question.form().kind(), rest.get(&at)) {
                (QuestionKind::One, Some(Answer::Single(choice))) => vec![*choice],
                (QuestionKind::Several, Some(Answer::Several(choices))) => choices.iter().copied().collect(),
                (QuestionKind::Words, None) if spoken.contains(&at) => Vec::new(),
                _ => continue,
            };
            add(None);
            chosen.iter().for_each(|choice| add(Some(LineKey::Choice(*choice))));
            for group in question.together() {
                if chosen.iter().any(|choice| group.choices().contains(choice)) {
                    add(Some(LineKey::Together(group.id())));
                }
            }
        }
    }
    recount
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn batches_meet_in_any_order_however_often_and_however_they_are_grouped(
        one in some_batch(), two in some_batch(), three in some_batch(),
    ) {
        prop_assert_eq!(union(&one, &one), one.clone());
        prop_assert_eq!(union(&one, &two), union(&two, &one));
        prop_assert_eq!(union(&union(&one, &two), &three), union(&one, &union(&two, &three)));
        prop_assert_eq!(union(&one, &Batch::empty(SURVEY)), one);
    }

    #[test]
    fn a_file_says_what_it_brings_and_brings_nothing_twice(here in some_batch(), file in some_batch()) {
        let mut met = here.clone();
        let first = met.merge(&file).unwrap();
        prop_assert_eq!((first.new + first.known + first.differing) as usize, file.len());
        prop_assert_eq!(met.len(), here.len() + first.new as usize);
        let before = met.clone();
        let again = met.merge(&file).unwrap();
        prop_assert_eq!(again, MergeReport { new: 0, known: file.len() as u32, differing: 0 });
        prop_assert_eq!(met, before);
    }

    /// Whatever the tablets, the order and the repetitions, the totals are those of who recounts the forms one by one.
    #[test]
    fn totals_are_those_of_who_recounts_the_forms(forms in some_forms(), tablets in 1..4_usize) {
        let mut met = Batch::empty(SURVEY);
        for tablet in (0..tablets).rev().chain(0..tablets) {
            let theirs: Vec<_> = forms.iter().skip(tablet).step_by(tablets).map(Form::response).collect();
            met.merge(&batch(&theirs)).unwrap();
        }
        let (totals, recount) = (totals(&met), recount(&forms));
        prop_assert_eq!(totals.to_check, recount.to_check);
        let mut counts = Counts::new();
        for public in &totals.publics {
            prop_assert_eq!(public.responses, recount.responses.get(&public.respondent).copied().unwrap_or(0));
            for question in &public.questions {
                let mut add = |line, count: u32| {
                    counts.extend((count > 0).then(|| ((public.respondent.clone(), question.question, line), count)));
                };
                add(None, question.n);
                question.lines.iter().for_each(|total| add(Some(total.line), total.count));
            }
        }
        prop_assert_eq!(counts, recount.counts);
        prop_assert!(recount.responses.keys().all(|kind| totals.public(kind).is_some()));
    }

    #[test]
    fn those_who_answered_and_those_who_did_not_are_everybody(forms in some_forms()) {
        let met = batch(&forms.iter().map(Form::response).collect::<Vec<_>>());
        let totals = totals(&met);
        let counted: u32 = totals.publics.iter().map(|public| public.responses).sum();
        prop_assert_eq!(counted + totals.to_check, met.len() as u32);
        for public in &totals.publics {
            for question in &public.questions {
                prop_assert_eq!(question.n + question.blank, public.responses);
                prop_assert!(question.unusable <= question.blank);
                let is_choice = |line: &LineKey| matches!(line, LineKey::Choice(_));
                let chosen = question.lines.iter().filter(|total| is_choice(&total.line)).map(|total| total.count);
                if question.kind == QuestionKind::One {
                    prop_assert_eq!(chosen.sum::<u32>(), question.n, "each who answered chose one");
                } else if question.kind == QuestionKind::Several {
                    prop_assert!(chosen.sum::<u32>() >= question.n && question.may_exceed_hundred());
                }
                for total in &question.lines {
                    prop_assert!(total.count <= question.n);
                    let share = question.share(total.line);
                    prop_assert_eq!(share.is_some(), question.n > 0);
                    prop_assert!(share.is_none_or(|share| share.percent <= 100 && share.n == question.n));
                }
            }
        }
    }

    /// A sheet typed on two devices: once where both typed the same, in no total where they did not, until somebody
    /// chose.
    #[test]
    fn a_sheet_typed_twice_counts_once_at_most(form in some_form(), other in some_form(), more in some_forms()) {
        let sheet = |of: &Form| Form { tablet: false, number: 40, visitor: form.visitor, ..of.clone() };
        let (first, second) = (sheet(&form), sheet(&other));
        let rest: Vec<_> = more.iter().map(Form::response).collect();
        let once = batch(rest.iter().chain([&first.response()]));
        let twice = union(&once, &batch([&first.response()]));
        prop_assert_eq!(&twice, &once);
        let differing = union(&once, &batch([&second.response()]));
        prop_assert_eq!(differing.len(), once.len());
        let alike = first.kind() == second.kind() && parted(&first).1 == parted(&second).1;
        let (plain, with_both) = (totals(&once), totals(&differing));
        prop_assert_eq!(with_both.to_check, plain.to_check + u32::from(!alike));
        let mut settled = Settled::default();
        settled.settle(first.response());
        let chosen = survey_totals(&survey(2026), &starting_questions(), &differing.gathered(), &settled).unwrap();
        prop_assert_eq!(chosen, plain, "what somebody chose counts, and nothing else of it");
    }

    /// What leaves gives back no number of people under the threshold, by itself or by subtraction from the whole.
    #[test]
    fn what_leaves_gives_back_no_small_number(
        forms in proptest::collection::vec(some_form(), 0..120),
        threshold in prop_oneof![Just(Threshold::FIVE), Just(Threshold::ELEVEN)],
    ) {
        let responses = forms.iter().zip(1..).map(|(form, number)| {
            let sheet = SheetNumber::new(number).unwrap();
            Response::paper(SURVEY, sheet, form.kind(), None, form.response().answers().to_vec())
        });
        let totals = totals(&batch(&responses.collect::<Vec<_>>()));
        let closed = Survey { closed_on: Some(day()), ..survey(2026) };
        let left = leaving(&closed, &starting_questions(), &totals, threshold).unwrap();
        let is_enough = |count: u32| count >= threshold.get();
        for (public, all) in left.publics.iter().zip(&totals.publics) {
            prop_assert!(public.responses.exactly().is_none_or(is_enough));
            for (question, all) in public.questions.iter().zip(&all.questions) {
                prop_assert!(question.n.exactly().is_none_or(|n| is_enough(n) && n == all.n));
                prop_assert!(question.lines.iter().all(|total| all.count(total.line) == Some(total.count)));
                prop_assert!(question.lines.is_empty() || question.n.exactly().is_some());
                prop_assert!(question.lines.iter().all(|total| is_enough(total.count)));
                prop_assert_eq!(question.lines.len() + question.kept_back.len(), all.lines.len());
                let is_together = |total: &&LineTotal| matches!(total.line, LineKey::Together(_));
                let (together, apart): (Vec<&LineTotal>, Vec<&LineTotal>) = question.lines.iter().partition(is_together);
                let sum: u32 = apart.iter().map(|total| total.count).sum();
                if question.kind == QuestionKind::One && !question.lines.is_empty() {
                    let others = all.n - sum;
                    prop_assert_eq!(question.others.unwrap_or(0), others);
                    prop_assert!(others == 0 || is_enough(others));
                    let asked = starting_questions();
                    let groups = asked.iter().find(|asked| asked.id() == question.question).unwrap().together();
                    for total in together {
                        let group = groups.iter().find(|group| LineKey::Together(group.id()) == total.line).unwrap();
                        let of = |line| group.choices().iter().any(|choice| LineKey::Choice(*choice) == line);
                        let sum: u32 = apart.iter().filter(|each| of(each.line)).map(|each| each.count).sum();
                        prop_assert_eq!(sum, total.count, "it is the sum of what is told");
                    }
                } else {
                    prop_assert_eq!(question.others, None);
                }
            }
        }
    }
}

// ── What others published ───────────────────────────────────────────────────────────────────────────────────────────

/// What was published of the forums of 2021 and 2022, without the numbers of people.
const PUBLISHED: &str = include_str!("data/forum-evaluations.csv");

fn published() -> PublishedTable {
    let mut rows = PUBLISHED.lines().map(|line| line.split(';').collect::<Vec<_>>());
    let head = rows.next().unwrap();
    read(&head, rows).unwrap()
}

/// What is shown of a line, year by year, as a screen would write it.
fn shown(series: &Series) -> Vec<(i32, String)> {
    let words = series.points.iter().map(|point| match &point.said {
        Said::Published { percent, n: PublishedN::NotPublished, .. } => format!("{percent} % (n non publié)"),
        Said::Published { percent, n: PublishedN::Published(n), .. } => format!("{percent} % (n = {n})"),
        Said::Counted { count, n } => format!("{count} sur {n}"),
    });
    series.points.iter().map(|point| point.year).zip(words).collect()
}

fn of_line(series: &[Series], line: LineKey) -> &Series {
    series.iter().find(|series| series.line == line).unwrap()
}

#[test]
fn the_two_forums_show_exactly_what_was_published_and_that_n_was_not() {
    let table = published();
    assert_eq!((table.figures.len(), table.refused.len()), (18, 0));
    let known = starting_questions();
    let figures =
        |question, respondent: &RespondentKind| over_the_years(&known, question, respondent, [], &table.figures);
    let check = |question, respondent: RespondentKind, line, expected: &[(i32, &str)]| {
        let series = figures(question, &respondent);
        let expected: Vec<_> =
            expected.iter().map(|(year, percent)| (*year, format!("{percent} % (n non publié)"))).collect();
        assert_eq!(shown(of_line(&series, line)), expected);
    };
    let exhibitor = RespondentKind::Exhibitor;
    check(template::INTEREST, VISITOR, LineKey::Together(template::INTERESTED), &[(2021, "88"), (2022, "96")]);
    check(template::EXCHANGES, VISITOR, LineKey::Together(template::EXCHANGED), &[(2021, "62"), (2022, "46")]);
    check(template::USEFULNESS, VISITOR, LineKey::Together(template::USEFUL), &[(2021, "99"), (2022, "94")]);
    let next =
        |choice, expected: &[(i32, &str)]| check(template::NEXT_STEPS, VISITOR, LineKey::Choice(choice), expected);
    next(template::NEXT_RECORD, &[(2022, "27")]);
    next(template::NEXT_LIFESTYLE, &[(2022, "27")]);
    next(template::NEXT_WELLBEING, &[(2022, "27")]);
    next(template::NEXT_CHECKUP, &[(2021, "26"), (2022, "21")]);
    next(template::NEXT_APPOINTMENT, &[(2022, "14")]);
    check(
        template::MEETING,
        exhibitor.clone(),
        LineKey::Choice(template::MEETING_REACHED),
        &[(2021, "97"), (2022, "100")],
    );
    check(
        template::INFORMING,
        exhibitor.clone(),
        LineKey::Choice(template::INFORMING_REACHED),
        &[(2021, "83"), (2022, "78")],
    );
    check(
        template::APPRECIATION,
        exhibitor.clone(),
        LineKey::Together(template::APPRECIATED),
        &[(2021, "97"), (2022, "100")],
    );
    let publics = [VISITOR, exhibitor];
    let every = publics.iter().flat_map(|public| known.iter().flat_map(|question| figures(question.id(), public)));
    let points: Vec<_> = every.flat_map(|series| series.points).collect();
    assert_eq!(points.len(), 18, "each figure stands once");
    assert!(points.iter().all(|point| point.question == Worded::AsNow && point.line == Worded::AsNow));
}

fn some_figure() -> impl Strategy<Value = PublishedFigure> {
    let rows: Vec<_> = published().figures.into_iter().collect();
    let n = proptest::option::of(1..200_u32).prop_map(|n| match n.and_then(std::num::NonZeroU32::new) {
        Some(n) => PublishedN::Published(n),
        None => PublishedN::NotPublished,
    });
    let other = prop_oneof![4 => Just(None), 1 => Just(Some("Intérêt de la conférence"))];
    (proptest::sample::select(rows), 2019..2024_i32, 0..=100_u32, n, any::<bool>(), other).prop_map(
        |(figure, year, percent, n, crossed, other)| {
            let percent = Percent::parse(&percent.to_string()).unwrap();
            let question = other.map_or(figure.question.clone(), str::to_owned);
            let respondent = match figure.respondent {
                RespondentKind::Visitor if crossed => RespondentKind::Exhibitor,
                kind => kind,
            };
            PublishedFigure { year, percent, n, question, respondent, ..figure }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Year on year, only the same question, line and public; a number of people is the one that was published, or
    /// none; and nothing is worked out where there is none.
    #[test]
    fn only_the_same_question_stands_beside_itself_and_no_number_of_people_is_invented(
        figures in proptest::collection::btree_set(some_figure(), 0..30),
        forms in some_forms(),
    ) {
        let known = starting_questions();
        let (survey, totals) = (survey(2026), totals(&batch(&forms.iter().map(Form::response).collect::<Vec<_>>())));
        let mut stood = Vec::new();
        for respondent in [VISITOR, RespondentKind::Exhibitor, RespondentKind::Other] {
            for question in &known {
                for series in over_the_years(&known, question.id(), &respondent, [(&survey, &totals)], &figures) {
                    prop_assert_eq!((series.question, &series.respondent), (question.id(), &respondent));
                    for point in &series.points {
                        match &point.said {
                            Said::Counted { count, n } => {
                                let public = totals.public(&respondent).unwrap();
                                let counted = public.question(question.id()).unwrap();
                                prop_assert_eq!((Some(*count), *n), (counted.count(series.line), counted.n));
                            }
                            Said::Published { percent, n, .. } => {
                                stood.push((series.question, series.line, point.year, *percent, *n));
                            }
                        }
                    }
                    for (before, now) in series.points.iter().zip(series.points.iter().skip(1)) {
                        let counted = |said: &Said| matches!(said, Said::Counted { n, .. } if *n > 0);
                        prop_assert_eq!(gap(before, now).is_some(), counted(&before.said) && counted(&now.said));
                    }
                    let all_counted = series.points.iter().all(|point| matches!(point.said, Said::Counted { .. }));
                    prop_assert_eq!(combined(&series).is_some(), all_counted);
                }
            }
        }
        let as_printed = |words: &Wordings| words.now().fr.replace('’', "'");
        let meant = |figure: &PublishedFigure| {
            let asked = known.iter().find(|question| as_printed(&question.wordings) == figure.question)?;
            let is_it = |line: &LineKey| asked.line_wordings(*line).is_some_and(|own| as_printed(own) == figure.answer);
            let line = asked.lines_in(2021).into_iter().find(is_it)?;
            let is_asked = asked.asked_of.contains(&figure.respondent);
            is_asked.then_some((asked.id(), line, figure.year, figure.percent, figure.n))
        };
        let mut expected: Vec<_> = figures.iter().filter_map(meant).collect();
        stood.sort();
        expected.sort();
        prop_assert_eq!(stood, expected);
    }
}

// ── A forum end to end ──────────────────────────────────────────────────────────────────────────────────────────────

/// Someone answers at a tablet; none where they left.
fn sits(number: u8, answers: Vec<Option<Answer>>) -> Option<Response> {
    let begun = Sitting::begin(&survey(2026), &starting_questions(), VISITOR);
    let answered = answers.into_iter().fold(begun, |sitting, answer| match answer {
        Some(answer) => sitting.touch(Touch::Answer(answer)).touch(Touch::Next),
        None => sitting.touch(Touch::Skip),
    });
    match answered.touch(Touch::HandIn).page() {
        Page::Over(Ending::Given(given)) => Some(given.clone().response(ResponseId([number; 16]), day())),
        _ => None,
    }
}

#[test]
fn a_forum_of_three_tablets_and_some_paper_is_counted_once_beside_the_years_before() {
    // 45 visitors at three tablets; every ninth one answers nothing about the first question, every fifth ticks two
    // next steps, and the others none.
    let visitor = |number: u8| {
        let interest = match number % 9 {
            0 => None,
            1 | 2 => Some(Answer::Single(template::INTEREST_LITTLE)),
            3..=5 => Some(Answer::Single(template::INTEREST_YES)),
            _ => Some(Answer::Single(template::INTEREST_VERY)),
        };
        let two = BTreeSet::from([template::NEXT_RECORD, template::NEXT_CHECKUP]);
        let next = number.is_multiple_of(5).then_some(Answer::Several(two));
        let useful = Some(Answer::Single(template::USEFUL_FULLY));
        sits(number, vec![interest, None, useful, next]).unwrap()
    };
    let tablets: Vec<_> =
        (0..3_u8).map(|tablet| batch(&(1..=15).map(|n| visitor(tablet * 15 + n)).collect::<Vec<_>>())).collect();
    let sheet = |number: u32, choice| {
        let answers = [(template::INTEREST, Answer::Single(choice))];
        Response::paper(SURVEY, SheetNumber::new(number).unwrap(), VISITOR, None, answers)
    };
    let here: Vec<_> = (1..=8).map(|number| sheet(number, template::INTEREST_NOT)).collect();
    let there = [sheet(4, template::INTEREST_NOT), sheet(8, template::INTEREST_YES)];

    let mut met = Batch::empty(SURVEY);
    let reports: Vec<_> = [0, 2, 1, 2].iter().map(|tablet| met.merge(&tablets[*tablet]).unwrap()).collect();
    assert_eq!(reports[3], MergeReport { new: 0, known: 15, differing: 0 }, "one file came twice");
    met.merge(&batch(&here)).unwrap();
    assert_eq!(
        met.merge(&batch(&there)),
        Ok(MergeReport { new: 0, known: 1, differing: 1 }),
        "two sheets were typed twice"
    );
    assert_eq!(met.len(), 53);

    let waiting = totals(&met);
    assert_eq!((waiting.to_check, waiting.public(&VISITOR).unwrap().responses), (1, 52));
    let mut settled = Settled::default();
    settled.settle(sheet(8, template::INTEREST_YES));
    let known = starting_questions();
    let (survey, counted) = (survey(2026), survey_totals(&survey(2026), &known, &met.gathered(), &settled).unwrap());
    let visitors = counted.public(&VISITOR).unwrap();
    let interest = visitors.question(template::INTEREST).unwrap();
    assert_eq!((visitors.responses, interest.n, interest.blank), (53, 48, 5));
    let next = visitors.question(template::NEXT_STEPS).unwrap();
    assert_eq!((next.n, next.blank, next.count(LineKey::Choice(template::NEXT_RECORD))), (9, 44, Some(9)));

    let table = published();
    let series = over_the_years(&known, template::INTEREST, &VISITOR, [(&survey, &counted)], &table.figures);
    let years = shown(of_line(&series, LineKey::Together(template::INTERESTED)));
    let expected = [(2021, "88 % (n non publié)"), (2022, "96 % (n non publié)"), (2026, "31 sur 48")];
    assert_eq!(years, expected.map(|(year, text)| (year, text.to_owned())));
}

#[test]
fn sixty_thousand_responses_are_each_counted_once() {
    let id = |number: u32| {
        let mut id = [0xAA; 16];
        id[..4].copy_from_slice(&number.wrapping_mul(0x9E37_79B1).to_be_bytes());
        ResponseId(id)
    };
    let next = [template::NEXT_RECORD, template::NEXT_LIFESTYLE, template::NEXT_CHECKUP];
    let mut met = Batch::empty(SURVEY);
    for number in 0..60_000_u32 {
        let interest = [template::INTEREST_VERY, template::INTEREST_YES, template::INTEREST_NOT][number as usize % 3];
        let ticked = next.iter().take(number as usize % 4).copied().collect();
        let answers = [
            (template::INTEREST, Answer::Single(interest)),
            (template::EXCHANGES, Answer::Single(template::EXCHANGES_MOST)),
            (template::USEFULNESS, Answer::Single(template::USEFUL_PARTLY)),
            (template::NEXT_STEPS, Answer::Several(ticked)),
            (template::REMARK, Answer::Text("Merci".to_owned())),
        ];
        met.take(Response::tablet(id(number), SURVEY, VISITOR, day(), answers)).unwrap();
    }
    let started = std::time::Instant::now();
    let totals = totals(&met);
    let took = started.elapsed();
    let visitors = totals.public(&VISITOR).unwrap();
    let count = |question, line| visitors.question(question).unwrap().count(line);
    assert_eq!(count(template::INTEREST, LineKey::Together(template::INTERESTED)), Some(40_000));
    assert_eq!(count(template::NEXT_STEPS, LineKey::Choice(template::NEXT_CHECKUP)), Some(15_000));
    assert_eq!(visitors.question(template::NEXT_STEPS).map(|next| (next.n, next.blank)), Some((45_000, 15_000)));
    // One pass takes well under a second without optimisation; looking at each for each other takes minutes.
    assert!(took.as_secs() < 20, "it took {took:?}");
}
