//! Two devices write in the charter of one post at once: nothing that was written is lost, and both end with the same.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::charter;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::charter::{
    CharterChange, CharterLines, CharterQuestion, Commitment, Line, Moment, PostCharter, Signatory,
};
use maillon_shared::domain::ids::{CharterId, LineId};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn begun(begins: &PostCharter) -> Document {
    let header = Header::new(begins.id.into(), Kind::PostCharter, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    charter::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[CharterChange]) {
    changes.iter().for_each(|change| charter::write(document, change).unwrap());
    document.commit(MORNING);
}

fn says(lines: CharterLines, id: LineId, field: &str, text: &str) -> CharterChange {
    CharterChange::Line(lines, id, field.into(), text.into())
}

fn about(field: &str, text: &str) -> CharterChange {
    CharterChange::About(field.into(), text.into())
}

fn read(document: &Document) -> PostCharter {
    let oddities = Cell::new(0);
    let charter = charter::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    charter
}

/// Both take in what the other wrote; the charter, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> PostCharter {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    assert_eq!(one.conflicts(), other.conflicts(), "both are asked the same");
    read(one)
}

fn of_the_post() -> PostCharter {
    let mut charter = PostCharter::empty(CharterId([9; 16]));
    charter.about.title = "Un poste pour trois villages".into();
    charter.signatories.push(Signatory { who: "La mairie".into(), ..Signatory::empty(line(1)) });
    charter.commitments.push(Commitment { of: Some(line(1)), text: "Un bureau".into(), ..Commitment::empty(line(2)) });
    charter.questions.push(CharterQuestion { text: "Est-ce utile ?".into(), ..CharterQuestion::empty(line(3)) });
    charter
}

#[test]
fn two_who_begin_a_point_and_type_answers_at_once_both_keep_it() {
    let mut nadines = begun(&of_the_post());
    let mut basiles = on(BASILE, &mut nadines);
    let answer =
        |field: &str, text: &str| says(CharterLines::Questions, line(3), &format!("answers.start.{field}"), text);
    let hers = [about("points.three.present", "9"), answer("n", "8"), answer("counts.yes", "6")];
    let theirs =
        [about("points.three.said", "Peu de monde"), about("points.six.invited", "0"), answer("counts.no", "2")];
    writes(&mut nadines, &hers);
    writes(&mut basiles, &theirs);
    let met = meet(&mut nadines, &mut basiles);
    let three = met.point(Moment::Three);
    assert_eq!((three.present, three.said.as_str(), three.invited), (Some(9), "Peu de monde", None));
    assert_eq!(met.point(Moment::Six).invited, Some(0));
    let answers = &met.questions[0].answers[&Moment::Start];
    assert_eq!((answers.n, answers.counts.0["yes"], answers.counts.0["no"]), (Some(8), 6, 2));
    assert!(nadines.conflicts().is_empty(), "nobody wrote what the other did");
}

#[test]
fn what_two_wrote_at_once_is_shown_and_chosen_whatever_it_is() {
    let mut nadines = begun(&of_the_post());
    let mut basiles = on(BASILE, &mut nadines);
    let writing = |n: &str, state: &str, decision: &str| {
        [
            about("points.three.present", n),
            about("decision", decision),
            says(CharterLines::Commitments, line(2), "state", state),
            says(CharterLines::Questions, line(3), "answers.start.n", n),
        ]
    };
    writes(&mut nadines, &writing("9", "under_way", "continue:2027-01-12\tLe conseil\tutile"));
    writes(&mut basiles, &writing("0", "not_held:\t\tpas de salle", "stop:2027\tLe Pays\tfaute d’argent"));
    meet(&mut nadines, &mut basiles);
    let conflicts = nadines.conflicts();
    assert_eq!(conflicts.len(), 4, "{conflicts:?}");
    let mut chosen = Vec::new();
    for conflict in &conflicts {
        for value in &conflict.values {
            let change = CharterChange::at(&conflict.field, value).unwrap_or_else(|| panic!("{conflict:?}"));
            assert!(change.is_known(), "{change:?}");
        }
        chosen.push(CharterChange::at(&conflict.field, &conflict.values[0]).unwrap());
    }
    writes(&mut nadines, &chosen);
    meet(&mut nadines, &mut basiles);
    assert!(basiles.conflicts().is_empty());
}

#[test]
fn a_question_that_is_reworded_while_another_types_answers_is_not_compared_with_them() {
    let mut nadines = begun(&of_the_post());
    let mut basiles = on(BASILE, &mut nadines);
    let typed = vec![says(CharterLines::Questions, line(3), "answers.start.n", "8")];
    let typed = read(&basiles).with_what_is_asked(typed);
    writes(&mut nadines, &[says(CharterLines::Questions, line(3), "text", "Est-ce bien placé ?")]);
    writes(&mut basiles, &typed);
    let met = meet(&mut nadines, &mut basiles);
    let question = &met.questions[0];
    assert_eq!((question.text.as_str(), question.compared().count()), ("Est-ce bien placé ?", 0));
    let (moment, answers) = question.asked_otherwise().next().unwrap();
    assert_eq!((moment, answers.n, answers.asked_in_words()), (Moment::Start, Some(8), "Est-ce utile ?"));
    // Whoever types the next answers asks what the question says now.
    let later = met.with_what_is_asked(vec![says(CharterLines::Questions, line(3), "answers.six.n", "9")]);
    writes(&mut nadines, &later);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.questions[0].compared().map(|(moment, _)| moment).collect::<Vec<_>>(), [Moment::Six]);
}

#[test]
fn a_line_that_one_takes_away_while_another_writes_in_it_is_there() {
    let mut nadines = begun(&of_the_post());
    let mut basiles = on(BASILE, &mut nadines);
    let gone = [(CharterLines::Commitments, line(2)), (CharterLines::Questions, line(3))];
    writes(&mut nadines, &gone.map(|(lines, id)| CharterChange::Remove(lines, id)));
    writes(&mut basiles, &[says(CharterLines::Questions, line(3), "answers.start.n", "8")]);
    let met = meet(&mut nadines, &mut basiles);
    assert!(met.commitments.is_empty());
    assert_eq!(met.questions[0].answers[&Moment::Start].n, Some(8));
}

#[test]
fn what_a_newer_version_wrote_stays_where_it_is() {
    let mut document = begun(&of_the_post());
    let newer = [
        about("points.nine.said", "x"),
        about("decision", "sleep:2030"),
        says(CharterLines::Signatories, line(1), "kind", "region"),
    ];
    writes(&mut document, &newer);
    let mut basiles = on(BASILE, &mut document);
    writes(&mut basiles, &[about("title", "Le poste")]);
    let met = meet(&mut document, &mut basiles);
    assert_eq!(met.about.decision.to_string(), "sleep:2030");
    assert_eq!((met.signatories[0].kind.code(), met.about.title.as_str()), ("region", "Le poste"));
    assert!(document.present().iter().any(|(name, text)| name == "points.nine.said" && text == "x"));
}

fn any_change() -> impl Strategy<Value = CharterChange> {
    let id = (1..5_u8).prop_map(line);
    let moment = proptest::sample::select(vec!["start", "three", "six", "twelve"]);
    prop_oneof![
        "[a-c]{0,3}".prop_map(|text| about("aim", &text)),
        (moment.clone(), "[0-9]?").prop_map(|(moment, n)| about(&format!("points.{moment}.present"), &n)),
        (id.clone(), "[a-c]{0,3}").prop_map(|(id, text)| says(CharterLines::Signatories, id, "who", &text)),
        (id.clone(), moment, "[0-9]?")
            .prop_map(|(id, moment, n)| { says(CharterLines::Questions, id, &format!("answers.{moment}.n"), &n) }),
        (id, proptest::sample::select(CharterLines::ALL.to_vec()))
            .prop_map(|(id, lines)| CharterChange::Remove(lines, id)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever each writes, in whatever order they meet, both read the same.
    #[test]
    fn whatever_two_write_both_end_with_the_same(
        ones in proptest::collection::vec(any_change(), 1..8),
        others in proptest::collection::vec(any_change(), 1..8),
    ) {
        let mut nadines = begun(&of_the_post());
        let mut basiles = on(BASILE, &mut nadines);
        writes(&mut nadines, &ones);
        writes(&mut basiles, &others);
        meet(&mut nadines, &mut basiles);
    }
}
