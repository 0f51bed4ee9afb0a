//! A survey written on several devices at once, and what was answered to it: all end with the same, nothing that somebody
//! answered is lost, and what a newer version wrote stays in its place.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;
use std::collections::BTreeSet;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::survey_responses::{Reading, SurveyPart};
use maillon_engine::journal::records::{published_figures, survey, survey_responses};
use maillon_engine::journal::value::{Place, Value};
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::ids::{ChoiceId, DocId, LineId, QuestionId, ResponseId, SurveyId};
use maillon_shared::domain::survey::published::{Percent, PublishedFigure, PublishedN};
use maillon_shared::domain::survey::question::{Question, QuestionChange, RespondentKind, Scale};
use maillon_shared::domain::survey::questionnaire::{SurveyChange, SurveyField};
use maillon_shared::domain::survey::record::{AnsweredBy, RecordChange, SurveyRecord, Told};
use maillon_shared::domain::survey::remarks::{Remark, Verdict};
use maillon_shared::domain::survey::response::{Answer, Response, SheetNumber};
use maillon_shared::domain::survey::template::{self, starting_questions};
use maillon_shared::domain::time::Instant;
use maillon_shared::text::language::Language;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const SURVEY: SurveyId = SurveyId([9; 16]);

fn begins(kind: Kind, writes: impl FnOnce(&mut Document)) -> Document {
    let id = if kind == Kind::Survey { SURVEY.into() } else { DocId([8; 16]) };
    let mut document = Document::new(Header::new(id, kind, None, 0), NADINE).unwrap();
    writes(&mut document);
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

/// Each takes in what the other wrote.
fn meet(one: &mut Document, other: &mut Document) {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
}

// ── What is asked ───────────────────────────────────────────────────────────────────────────────────────────────────

fn forum() -> SurveyRecord {
    let mut forum = SurveyRecord::empty(SURVEY, 2026);
    forum.survey.title = "Forum".into();
    forum.questions = starting_questions();
    forum.survey.asks = forum.questions.iter().map(Question::id).zip(1..).collect();
    forum
}

fn begun() -> Document {
    begins(Kind::Survey, |document| survey::create(document, &forum()).unwrap())
}

fn writes(document: &mut Document, changes: &[RecordChange]) {
    changes.iter().for_each(|change| survey::write(document, change).unwrap());
    document.commit(MORNING);
}

/// The survey, questions by their id: the order in which they are kept is nobody's.
fn record(document: &Document) -> SurveyRecord {
    let oddities = Cell::new(0);
    let mut record = survey::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    record.questions.sort_by_key(Question::id);
    record
}

fn sheet(number: u32, choice: u8, words: &str) -> Response {
    let sheet = SheetNumber::new(number).unwrap();
    let answers = [
        (template::INTEREST, Answer::Single(ChoiceId([choice; 16]))),
        (template::REMARK, Answer::Text(words.to_owned())),
    ];
    Response::paper(SURVEY, sheet, RespondentKind::Visitor, None, answers)
}

fn wording(text: &str) -> RecordChange {
    RecordChange::Edit(template::INTEREST, QuestionChange::Wording(2026, Language::Fr, text.into()))
}

#[test]
fn what_begins_reads_back_as_it_was_made() {
    let (made, read) = (forum(), record(&begun()));
    assert_eq!((made.changes_to(&read), read.changes_to(&made)), (Vec::new(), Vec::new()));
    assert_eq!(read.survey, made.survey);
}

#[test]
fn two_who_correct_one_question_both_see_both_and_two_corrections_apart_both_hold() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[wording("Le forum vous a-t-il plu ?")]);
    let choice = QuestionChange::ChoiceWording(template::INTEREST_YES, 2026, Language::Fr, "plutôt".into());
    writes(&mut basiles, &[wording("Avez-vous aimé le forum ?"), RecordChange::Edit(template::INTEREST, choice)]);
    meet(&mut nadines, &mut basiles);
    assert_eq!(record(&nadines), record(&basiles));
    for document in [&nadines, &basiles] {
        let conflicts = document.conflicts();
        assert_eq!(conflicts.len(), 1);
        let mut both = conflicts[0].values.clone();
        both.sort();
        assert_eq!(both, ["Avez-vous aimé le forum ?", "Le forum vous a-t-il plu ?"]);
    }
    let interest = record(&nadines).question(template::INTEREST).unwrap().clone();
    let choices = interest.choices();
    let yes = choices.iter().find(|choice| choice.id == template::INTEREST_YES).unwrap();
    assert_eq!(yes.wordings.in_year(2026).fr, "plutôt");
    assert_eq!(yes.wordings.in_year(2022).fr, "intéressant", "what was read then stays");
    writes(&mut basiles, &[wording("Le forum vous a-t-il plu ?")]);
    meet(&mut nadines, &mut basiles);
    assert!(nadines.conflicts().is_empty() && basiles.conflicts().is_empty());
}

#[test]
fn two_who_ask_one_more_question_ask_it_once_and_of_whom_both_said() {
    let nothing =
        || begins(Kind::Survey, |document| survey::create(document, &SurveyRecord::empty(SURVEY, 2026)).unwrap());
    let mut nadines = nothing();
    let mut basiles = on(BASILE, &mut nadines);
    let adds = record(&nadines).changes_to(&forum());
    writes(&mut nadines, &adds);
    writes(&mut basiles, &adds);
    meet(&mut nadines, &mut basiles);
    assert_eq!((record(&nadines), record(&nadines)), (record(&begun()), record(&basiles)));
    assert!(nadines.conflicts().is_empty(), "who wrote the same agrees: {:?}", nadines.conflicts());
}

#[test]
fn what_was_undone_and_is_said_again_is_there_again() {
    let mut document =
        begins(Kind::Survey, |document| survey::create(document, &SurveyRecord::empty(SURVEY, 2026)).unwrap());
    let said = |document: &mut Document, changes: &[RecordChange]| {
        let before = document.heads();
        writes(document, changes);
        let after = document.heads();
        let is = record(document);
        document.undo(&before, &after, false, MORNING).unwrap();
        assert_ne!(record(document), is);
        writes(document, changes);
        assert_eq!(record(document), is);
    };
    let asks = record(&document).changes_to(&forum());
    said(&mut document, &asks);
    said(&mut document, &[RecordChange::Settle(sheet(1, 1, ""))]);
    assert_eq!(record(&document).settled.all().count(), 1);
}

fn any_change() -> impl Strategy<Value = RecordChange> {
    let new = QuestionId([0x51; 16]);
    let question =
        move || proptest::sample::select(vec![template::INTEREST, template::NEXT_STEPS, template::REMARK, new]);
    let choice = || proptest::sample::select(vec![template::INTEREST_YES, template::NEXT_OTHER, ChoiceId([0x52; 16])]);
    let year = || 2021..2029_i32;
    let text = || "[a-zé]{0,4}";
    let language = || proptest::sample::select(Language::ALL.to_vec());
    let edit = prop_oneof![
        (year(), language(), text()).prop_map(|(year, language, text)| QuestionChange::Wording(year, language, text)),
        (proptest::sample::select(RespondentKind::ALL), any::<bool>())
            .prop_map(|(kind, is)| QuestionChange::AskedOf(kind, is)),
        proptest::option::of(year()).prop_map(QuestionChange::Retired),
        (choice(), year(), language(), text())
            .prop_map(|(id, year, language, text)| QuestionChange::ChoiceWording(id, year, language, text)),
        (choice(), 0..9_u32).prop_map(|(id, place)| QuestionChange::ChoicePlace(id, place)),
        (choice(), proptest::option::of(year())).prop_map(|(id, year)| QuestionChange::ChoiceFrom(id, year)),
        (choice(), proptest::option::of(year())).prop_map(|(id, year)| QuestionChange::ChoiceRetired(id, year)),
        choice().prop_map(|id| QuestionChange::Together(ChoiceId([0x53; 16]), [id].into())),
        (year(), text()).prop_map(|(year, text)| QuestionChange::TogetherWording(
            ChoiceId([0x53; 16]),
            year,
            Language::Fr,
            text
        )),
    ];
    let by = proptest::sample::select(vec![
        AnsweredBy::One,
        AnsweredBy::Several,
        AnsweredBy::Words,
        AnsweredBy::Scale(Scale::new(1, 5).unwrap()),
    ]);
    let told = (1..4_u8, text()).prop_map(|(id, words)| Told {
        id: LineId([id; 16]),
        question: template::REMARK,
        respondent: RespondentKind::Visitor,
        words: format!("m{words}"),
    });
    prop_oneof![
        text().prop_map(|text| RecordChange::Survey(SurveyChange::Text(SurveyField::Title, text))),
        year().prop_map(|year| RecordChange::Survey(SurveyChange::Year(year))),
        (question(), proptest::option::of(0..9_u32))
            .prop_map(|(id, place)| RecordChange::Survey(SurveyChange::Asks(id, place))),
        any::<bool>().prop_map(|is| RecordChange::Survey(SurveyChange::Withdrawn(is))),
        by.prop_map(move |by| RecordChange::Question(new, by)),
        (question(), edit).prop_map(|(id, change)| RecordChange::Edit(id, change)),
        (1..4_u32, 1..4_u8).prop_map(|(number, choice)| RecordChange::Settle(sheet(number, choice, ""))),
        (1..4_u32).prop_map(|number| RecordChange::Unsettle(sheet(number, 1, "").id())),
        told.prop_map(RecordChange::Tell),
        (1..4_u8).prop_map(|id| RecordChange::Untell(LineId([id; 16]))),
    ]
}

// ── What is answered ────────────────────────────────────────────────────────────────────────────────────────────────

fn responses() -> Document {
    begins(Kind::SurveyResponses, |document| survey_responses::create(document, SURVEY).unwrap())
}

fn adds(document: &mut Document, responses: &[Response]) {
    responses.iter().for_each(|response| survey_responses::add(document, response).unwrap());
    document.commit(MORNING);
}

fn part(document: &Document) -> SurveyPart {
    let oddities = Cell::new(0);
    let part = survey_responses::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    part
}

fn given(document: &Document) -> BTreeSet<Response> {
    let responses = part(document).responses;
    let set: BTreeSet<_> = responses.iter().cloned().collect();
    assert_eq!(set.len(), responses.len(), "each is there once");
    set
}

#[test]
fn a_sheet_typed_alike_on_two_devices_is_one_line_and_one_typed_otherwise_is_two() {
    let mut nadines = responses();
    let mut basiles = on(BASILE, &mut nadines);
    adds(&mut nadines, &[sheet(1, 1, "Merci"), sheet(2, 1, "")]);
    adds(&mut basiles, &[sheet(1, 1, "Merci"), sheet(2, 2, ""), sheet(3, 1, "")]);
    meet(&mut nadines, &mut basiles);
    let all = [sheet(1, 1, "Merci"), sheet(2, 1, ""), sheet(2, 2, ""), sheet(3, 1, "")];
    assert_eq!(given(&nadines), BTreeSet::from(all));
    assert_eq!(part(&nadines), part(&basiles));
    assert!(nadines.conflicts().is_empty());
}

#[test]
fn what_one_takes_back_while_another_types_it_stays_typed() {
    // Whichever of the two devices would be read first.
    for (one, other) in [(NADINE, BASILE), (BASILE, NADINE)] {
        let mut begun = responses();
        let (mut ones, mut others) = (on(one, &mut begun), on(other, &mut begun));
        let before = ones.heads();
        adds(&mut ones, &[sheet(1, 1, "")]);
        let after = ones.heads();
        ones.undo(&before, &after, false, MORNING).unwrap();
        adds(&mut others, &[sheet(1, 1, "")]);
        meet(&mut ones, &mut others);
        assert_eq!(part(&ones), part(&others));
        assert_eq!(given(&ones), BTreeSet::from([sheet(1, 1, "")]), "the other has the sheet before them");
    }
}

#[test]
fn what_was_written_since_stays_where_the_answer_that_began_the_document_is_undone() {
    let mut document = Document::new(Header::new(DocId([8; 16]), Kind::SurveyResponses, None, 0), NADINE).unwrap();
    let before = document.heads();
    survey_responses::create(&mut document, SURVEY).unwrap();
    adds(&mut document, &[sheet(1, 1, "")]);
    let after = document.heads();
    adds(&mut document, &[sheet(2, 1, "")]);
    document.undo(&before, &after, false, MORNING).unwrap();
    assert_eq!(given(&document), BTreeSet::from([sheet(2, 1, "")]));
    adds(&mut document, &[sheet(1, 1, "")]);
    assert_eq!(given(&document).len(), 2);
}

#[test]
fn words_judged_on_two_devices_at_once_have_one_verdict_on_both() {
    let remark = Remark {
        response: sheet(1, 1, "").id(),
        question: template::REMARK,
        respondent: RespondentKind::Visitor,
        text: "Merci".into(),
    };
    let reading = |verdict, told| Reading { remark: remark.clone(), verdict, told: LineId([told; 16]) };
    let judged = |document: &mut Document, reading: &Reading| {
        survey_responses::judge(document, reading).unwrap();
        document.commit(MORNING);
    };
    let mut nadines = responses();
    let mut basiles = on(BASILE, &mut nadines);
    let (kept, leaves) = (reading(Verdict::KeptBack, 1), reading(Verdict::MayLeave("Merci".into()), 2));
    judged(&mut nadines, &kept);
    judged(&mut basiles, &leaves);
    meet(&mut nadines, &mut basiles);
    let readings = part(&nadines).readings;
    assert_eq!((readings.len(), &readings), (1, &part(&basiles).readings));
    assert!([&kept, &leaves].contains(&&readings[0]), "one of the two, whole: {readings:?}");
}

#[test]
fn what_a_newer_version_answers_is_odd_and_stays_where_it_is() {
    let newer = r#"{"id":"AQEBAQEBAQEBAQEBAQEBEQ","of":"visitor","from":"voice","answers":{}}"#;
    let mut document = begins(Kind::SurveyResponses, |document| {
        survey_responses::create(document, SURVEY).unwrap();
        survey_responses::add(document, &sheet(1, 1, "")).unwrap();
        document.put(Place::Line("responses", [5; 16]), "said", Value::Text(newer.into())).unwrap();
    });
    let mut basiles = on(BASILE, &mut document);
    adds(&mut basiles, &[sheet(2, 1, "")]);
    meet(&mut document, &mut basiles);
    for document in [&document, &basiles] {
        let oddities = Cell::new(0);
        let part = survey_responses::read(document, &oddities).unwrap();
        assert_eq!((part.responses.len(), oddities.get()), (2, 1), "it is said, and costs no other");
        assert!(document.present().iter().any(|(_, value)| value == newer), "the document holds it");
    }
}

#[test]
fn a_question_that_a_newer_version_asks_stays_and_is_asked_again() {
    let newer = QuestionId([0x66; 16]);
    let mut document = begun();
    let by = AnsweredBy::Unknown("ranking".into());
    let asks = [RecordChange::Question(newer, by.clone()), RecordChange::Survey(SurveyChange::Asks(newer, Some(12)))];
    writes(&mut document, &asks);
    let mut basiles = on(BASILE, &mut document);
    writes(&mut basiles, &[RecordChange::Survey(SurveyChange::Text(SurveyField::Title, "Le forum".into()))]);
    meet(&mut document, &mut basiles);
    let question = record(&document).question(newer).unwrap().clone();
    assert_eq!(AnsweredBy::of(question.form()), by);
    assert!(record(&document).again(SurveyId([10; 16]), 2027).question(newer).is_some());
    assert!(document.present().iter().any(|(_, value)| value == "ranking"));
}

#[test]
fn a_table_kept_on_two_devices_says_nothing_twice() {
    let figure = |percent: &str| PublishedFigure {
        year: 2021,
        event: "Forum".into(),
        respondent: RespondentKind::Visitor,
        question: "Intérêt du forum".into(),
        answer: "intéressant".into(),
        percent: Percent::parse(percent).unwrap(),
        n: PublishedN::NotPublished,
        to_check: None,
    };
    let kept = |percents: &[&str]| {
        let figures: BTreeSet<_> = percents.iter().map(|percent| figure(percent)).collect();
        begins(Kind::PublishedFigures, |document| published_figures::create(document, "Presse", &figures).unwrap())
    };
    let mut nadines = kept(&["88", "88.0"]);
    let mut basiles = on(BASILE, &mut nadines);
    let again = [figure("88"), figure("90")].into();
    published_figures::create(&mut basiles, "Presse", &again).unwrap();
    basiles.commit(MORNING);
    meet(&mut nadines, &mut basiles);
    for document in [&nadines, &basiles] {
        let oddities = Cell::new(0);
        let (source, figures) = published_figures::read(document, &oddities).unwrap();
        assert_eq!((source.as_str(), oddities.get()), ("Presse", 0));
        assert_eq!(figures, ["88", "88.0", "90"].map(figure).into(), "88 and 88.0 were not printed alike");
    }
}

fn any_response() -> impl Strategy<Value = Response> {
    (1..6_u32, 1..3_u8, "[ab]{0,1}", any::<bool>()).prop_map(|(number, choice, words, is_tablet)| match is_tablet {
        false => sheet(number, choice, &words),
        true => {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 10, 3).unwrap();
            let answers = [(template::INTEREST, Answer::Single(ChoiceId([choice; 16])))];
            Response::tablet(ResponseId([number as u8; 16]), SURVEY, RespondentKind::Visitor, day, answers)
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever two write at once, however often they meet meanwhile, both end with the same survey.
    #[test]
    fn any_changes_of_two_end_in_one_survey(
        steps in proptest::collection::vec((0..3_usize, proptest::collection::vec(any_change(), 0..5)), 0..10)
    ) {
        let mut nadines = begun();
        let mut basiles = on(BASILE, &mut nadines);
        for (who, changes) in &steps {
            match who {
                0 => writes(&mut nadines, changes),
                1 => writes(&mut basiles, changes),
                _ => meet(&mut nadines, &mut basiles),
            }
        }
        meet(&mut nadines, &mut basiles);
        prop_assert_eq!(record(&nadines), record(&basiles));
        prop_assert_eq!(nadines.conflicts(), basiles.conflicts());
        // And a third, who takes both in the other order.
        let mut third = on([0xcc; 16], &mut basiles);
        prop_assert_eq!(record(&third), record(&nadines));
        let frame = nadines.frame_since(&Vec::new());
        third.absorb(&frame).unwrap();
        prop_assert_eq!(record(&third), record(&nadines));
    }

    /// One device alone reads back what a form wrote.
    #[test]
    fn a_survey_reads_back_as_its_changes_make_it(changes in proptest::collection::vec(any_change(), 0..12)) {
        let mut document = begun();
        let mut made = forum();
        for change in &changes {
            // A form knows the questions that are there.
            if matches!(change, RecordChange::Edit(id, _) if made.question(*id).is_none()) {
                continue;
            }
            writes(&mut document, std::slice::from_ref(change));
            made.apply(change);
        }
        made.told.sort_by(|one, other| (&one.words, one.id).cmp(&(&other.words, other.id)));
        let read = record(&document);
        prop_assert_eq!(&read.survey.title, &made.survey.title);
        prop_assert_eq!((read.survey.year, read.survey.withdrawn), (made.survey.year, made.survey.withdrawn));
        prop_assert_eq!(&read.settled, &made.settled);
        prop_assert_eq!(&read.told, &made.told);
        for question in &made.questions {
            let held = read.question(question.id());
            prop_assert!(held.is_some());
            prop_assert_eq!(AnsweredBy::of(held.unwrap().form()), AnsweredBy::of(question.form()));
            prop_assert_eq!(read.survey.asks.get(&question.id()), made.survey.asks.get(&question.id()));
            prop_assert_eq!(&held.unwrap().wordings, &question.wordings);
            prop_assert_eq!(&held.unwrap().asked_of, &question.asked_of);
        }
    }

    /// Whatever two add at once, and in whatever order they meet, all of it is there, each once, and the same on both.
    #[test]
    fn whatever_is_answered_on_two_devices_is_there_once(
        steps in proptest::collection::vec((0..3_usize, proptest::collection::vec(any_response(), 0..6)), 0..8)
    ) {
        let mut nadines = responses();
        let mut basiles = on(BASILE, &mut nadines);
        let mut all = BTreeSet::new();
        for (who, responses) in steps {
            match who {
                0 => adds(&mut nadines, &responses),
                1 => adds(&mut basiles, &responses),
                _ => {
                    meet(&mut nadines, &mut basiles);
                    continue;
                }
            }
            all.extend(responses);
        }
        meet(&mut nadines, &mut basiles);
        prop_assert_eq!(given(&nadines), all);
        prop_assert_eq!(part(&nadines), part(&basiles));
    }
}
