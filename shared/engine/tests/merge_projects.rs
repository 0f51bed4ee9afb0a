//! A health project and a circle written on two devices at once: nothing is lost, the project always has its day, what
//! the person stopped stays stopped, and what was done is done once.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{circle, follow_up, project};
use maillon_engine::journal::{Document, Header, Kind, Place, Value};
use maillon_shared::domain::circle::{Helper, MemberChange, MemberField};
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::ids::{DocId, EntryId, FollowUpId, HealthProjectId, LineId, PersonId, SharedMeetingId};
use maillon_shared::domain::project::{
    Goal, GoalState, Halt, HaltKind, HealthProject, Over, Owner, ProjectChange, ProjectField, ProjectLink, Review,
};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn day(n: u64) -> chrono::NaiveDate {
    "2026-06-12".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(n)
}

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn action(n: u8) -> FollowUpId {
    FollowUpId([n; 16])
}

fn begun() -> Document {
    let id = HealthProjectId([9; 16]);
    let header = Header::new(id.into(), Kind::HealthProject, Some([1; 16]), 0);
    let mut document = Document::new(header, NADINE).unwrap();
    let mut begun = HealthProject::empty(id, PersonId([1; 16]), day(0), day(90));
    begun.words = "Je voudrais retourner au marché.".into();
    begun.goals = vec![Goal { id: line(1), words: "Sortir une fois par semaine".into(), state: GoalState::Open }];
    project::create(&mut document, &begun).unwrap();
    for (n, owner) in [(1, Owner::Person), (2, Owner::Coordinator)] {
        project::write(&mut document, &ProjectChange::Action(action(n), format!("action {n}"))).unwrap();
        project::write(&mut document, &ProjectChange::Owner(action(n), owner)).unwrap();
        project::write(&mut document, &ProjectChange::By(action(n), Some(day(7)))).unwrap();
    }
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[ProjectChange]) {
    changes.iter().for_each(|change| project::write(document, change).unwrap());
    document.commit(MORNING);
}

fn halts(document: &mut Document, n: u8, kind: HaltKind, words: &str) {
    project::halt(document, &Halt { id: line(n), kind, on: day(1), words: words.into(), over: None }).unwrap();
    document.commit(MORNING);
}

fn read(document: &Document) -> HealthProject {
    let oddities = Cell::new(0);
    let read = project::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    read
}

/// Both take in what the other wrote; the project, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> HealthProject {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    read(one)
}

#[test]
fn goals_and_actions_of_both_are_there() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[ProjectChange::Goal(line(2), "Revoir sa sœur".into())]);
    writes(
        &mut basiles,
        &[
            ProjectChange::Action(action(3), "demander au voisin".into()),
            ProjectChange::Owner(action(3), Owner::Helper(Helper::Named("Félix".into()))),
            ProjectChange::For(action(3), Some(line(1))),
        ],
    );
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.goals.len(), 2);
    assert_eq!(met.action(action(3)).unwrap().owner, Owner::Helper(Helper::Named("Félix".into())));
    assert_eq!(nadines.conflicts(), [], "nobody wrote where the other did");
}

#[test]
fn of_two_days_the_earlier_is_reminded_of_and_both_are_shown() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[ProjectChange::Review(day(60))]);
    writes(&mut basiles, &[ProjectChange::Review(day(30))]);
    assert_eq!(meet(&mut nadines, &mut basiles).review, day(30));
    let conflicts = nadines.conflicts();
    assert_eq!(conflicts.len(), 1);
    let mut days = conflicts[0].values.clone();
    days.sort();
    assert_eq!((conflicts[0].field.as_str(), days), ("review", vec![day(30).to_string(), day(60).to_string()]));
    writes(&mut nadines, &[ProjectChange::Review(day(60))]);
    assert_eq!(meet(&mut nadines, &mut basiles).review, day(60), "the one who chooses settles it");
    assert_eq!(basiles.conflicts(), []);
}

#[test]
fn two_who_look_at_it_again_both_said_what_was_said() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    for (document, n) in [(&mut nadines, 5), (&mut basiles, 6)] {
        project::review(document, &Review { id: line(n), on: day(90), words: format!("point {n}") }).unwrap();
        project::write(document, &ProjectChange::Review(day(180))).unwrap();
        document.commit(MORNING);
    }
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.reviews.iter().map(|one| one.words.as_str()).collect::<Vec<_>>(), ["point 5", "point 6"]);
    assert_eq!((met.review, nadines.conflicts().len()), (day(180), 0));
}

#[test]
fn a_stop_holds_against_whoever_ended_a_pause_without_knowing_of_it() {
    let mut nadines = begun();
    halts(&mut nadines, 10, HaltKind::Paused, "après les vacances");
    let mut basiles = on(BASILE, &mut nadines);
    halts(&mut nadines, 11, HaltKind::Stopped, "je n’en veux plus");
    project::resume(&mut basiles, line(10), &Over { on: day(2), words: "on reprend".into() }).unwrap();
    basiles.commit(MORNING);
    let met = meet(&mut nadines, &mut basiles);
    assert!(!met.is_running() && !met.is_to_be_reviewed());
    assert_eq!(met.halts.len(), 2);
    assert_eq!(met.halts.iter().find(|halt| halt.id == line(11)).unwrap().words, "je n’en veux plus");
    project::resume(&mut basiles, line(11), &Over { on: day(3), words: "finalement si".into() }).unwrap();
    basiles.commit(MORNING);
    assert!(meet(&mut nadines, &mut basiles).is_running());
}

#[test]
fn what_one_did_and_the_other_gave_up_was_done() {
    for (first, second) in [(NADINE, BASILE), (BASILE, NADINE)] {
        let mut source = begun();
        let (mut one, mut other) = (on(first, &mut source), on(second, &mut source));
        follow_up::write_state(&mut one, action(1), &FollowUpState::Done { day: day(3), by: None }).unwrap();
        one.commit(MORNING);
        follow_up::write_state(&mut other, action(1), &FollowUpState::Cancelled { why: "vendu".into() }).unwrap();
        other.commit(MORNING);
        let met = meet(&mut one, &mut other);
        assert_eq!(met.action(action(1)).unwrap().state, FollowUpState::Done { day: day(3), by: None });
    }
}

#[test]
fn two_who_put_an_action_off_and_do_it_leave_it_done_once() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    let held = read(&nadines);
    let as_follow_up = held.follow_up(held.action(action(2)).unwrap());
    follow_up::reschedule(&mut nadines, &as_follow_up, day(20), "fermé").unwrap();
    nadines.commit(MORNING);
    follow_up::write_state(&mut basiles, action(2), &FollowUpState::Done { day: day(4), by: None }).unwrap();
    basiles.commit(MORNING);
    let met = meet(&mut nadines, &mut basiles);
    let two = met.action(action(2)).unwrap();
    assert_eq!((two.by, &two.state), (Some(day(20)), &FollowUpState::Done { day: day(4), by: None }));
    assert_eq!(met.actions.len(), 2);
}

#[test]
fn a_damaged_day_leaves_a_day_all_the_same() {
    let mut document = begun();
    document.put(Place::Root, project::REVIEW, Value::text("bientôt")).unwrap();
    document.commit(MORNING);
    let read = project::read(&document, &Cell::new(0)).unwrap();
    assert_eq!(read.review, "2026-09-12".parse::<chrono::NaiveDate>().unwrap());
    let mut gone = begun();
    gone.put(Place::Root, project::REVIEW, Value::Nothing).unwrap();
    gone.commit(MORNING);
    assert_eq!(project::read(&gone, &Cell::new(0)).unwrap().review, read.review);
}

#[test]
fn two_who_link_a_meeting_link_both() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    let meeting = |n: u8| ProjectLink::Meeting(SharedMeetingId([n; 16]));
    writes(&mut nadines, &[ProjectChange::Link(meeting(1))]);
    writes(&mut basiles, &[ProjectChange::Link(meeting(2)), ProjectChange::Link(meeting(1))]);
    assert_eq!(meet(&mut nadines, &mut basiles).links, [meeting(1), meeting(2)]);
}

// ── Circles ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn two_who_change_a_circle_keep_both_and_who_is_named_by_nobody_is_nobody() {
    let header = Header::new(DocId([8; 16]), Kind::Circle, Some([1; 16]), 0);
    let mut nadines = Document::new(header, NADINE).unwrap();
    let says = |document: &mut Document, n: u8, change: MemberChange| {
        circle::write(document, line(n), &change).unwrap();
        document.commit(MORNING);
    };
    says(&mut nadines, 1, MemberChange::Who(Helper::Entry(EntryId([4; 16]))));
    let mut basiles = on(BASILE, &mut nadines);
    says(&mut nadines, 1, MemberChange::Text(MemberField::Needs, "la liste des passages".into()));
    says(&mut nadines, 2, MemberChange::Who(Helper::Related(line(7))));
    says(&mut basiles, 1, MemberChange::Leads(true));
    says(&mut basiles, 3, MemberChange::Leads(true));
    let (from_one, from_other) = (nadines.frame_since(&Vec::new()), basiles.frame_since(&Vec::new()));
    nadines.absorb(&from_other).unwrap();
    basiles.absorb(&from_one).unwrap();
    let members = circle::read(&nadines, &Cell::new(0));
    assert_eq!(members, circle::read(&basiles, &Cell::new(0)));
    assert_eq!(members.len(), 2, "line 3 was never anyone");
    assert!(members[0].leads && members[0].needs == "la liste des passages");
}

// ── Any history ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[derive(Clone, Debug)]
enum Step {
    Words(u8),
    Review(u64),
    HeldReview(u8, u64),
    Goal(u8),
    Action(u8),
    Done(u8),
    GivenUp(u8),
    Pause(u8),
    Stop(u8),
    Close(u8),
    Resume(u8),
    Meet,
}

fn any_step() -> impl Strategy<Value = (bool, Step)> {
    let n = 1..5u8;
    let step = prop_oneof![
        n.clone().prop_map(Step::Words),
        (1..300u64).prop_map(Step::Review),
        (n.clone(), 1..300u64).prop_map(|(n, day)| Step::HeldReview(n, day)),
        n.clone().prop_map(Step::Goal),
        n.clone().prop_map(Step::Action),
        n.clone().prop_map(Step::Done),
        n.clone().prop_map(Step::GivenUp),
        n.clone().prop_map(Step::Pause),
        n.clone().prop_map(Step::Stop),
        n.clone().prop_map(Step::Close),
        (10..45u8).prop_map(Step::Resume),
        Just(Step::Meet),
    ];
    (any::<bool>(), step)
}

fn does(document: &mut Document, nadine: bool, step: &Step) {
    // Who writes chooses ids that nobody else has.
    let own = |n: u8| n + if nadine { 0 } else { 4 };
    let end = |document: &mut Document, n: u8, state: FollowUpState| {
        if document.has_line(project::ACTIONS, action(n).0) {
            follow_up::write_state(document, action(n), &state).unwrap();
        }
    };
    match step {
        Step::Words(n) => {
            let change = ProjectChange::Text(ProjectField::Words, format!("mots {}", own(*n)));
            project::write(document, &change).unwrap();
        }
        Step::Review(n) => project::write(document, &ProjectChange::Review(day(*n))).unwrap(),
        Step::HeldReview(n, next) => {
            let review = Review { id: line(own(*n) + 100), on: day(1), words: "vu".into() };
            project::review(document, &review).unwrap();
            project::write(document, &ProjectChange::Review(day(*next))).unwrap();
        }
        Step::Goal(n) => project::write(document, &ProjectChange::Goal(line(own(*n)), "but".into())).unwrap(),
        Step::Action(n) => {
            project::write(document, &ProjectChange::Action(action(own(*n) + 20), "agir".into())).unwrap();
            project::write(document, &ProjectChange::Owner(action(own(*n) + 20), Owner::Coordinator)).unwrap();
        }
        Step::Done(n) => end(document, *n, FollowUpState::Done { day: day(2), by: None }),
        Step::GivenUp(n) => end(document, *n, FollowUpState::Cancelled { why: "non".into() }),
        Step::Pause(n) => halts(document, own(*n) + 10, HaltKind::Paused, "pause"),
        Step::Close(n) => halts(document, own(*n) + 20, HaltKind::Closed, "fini"),
        Step::Stop(n) => halts(document, own(*n) + 30, HaltKind::Stopped, "stop"),
        Step::Resume(n) => project::resume(document, line(*n), &Over { on: day(3), words: String::new() }).unwrap(),
        Step::Meet => {}
    }
    document.commit(MORNING);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever two devices do, and whenever they meet.
    #[test]
    fn no_history_loses_a_day_a_stop_or_a_word(steps in proptest::collection::vec(any_step(), 0..40)) {
        let mut nadines = begun();
        let mut basiles = on(BASILE, &mut nadines);
        let (mut stopped, mut resumed, mut done) = (Vec::new(), Vec::new(), Vec::new());
        for (nadine, step) in &steps {
            if let Step::Meet = step {
                meet(&mut nadines, &mut basiles);
                continue;
            }
            let document = if *nadine { &mut nadines } else { &mut basiles };
            let known: Vec<LineId> = read(document).halts.iter().map(|halt| halt.id).collect();
            does(document, *nadine, step);
            match step {
                Step::Stop(n) => stopped.push(line(n + 30 + if *nadine { 0 } else { 4 })),
                Step::Resume(n) if known.contains(&line(*n)) => resumed.push(line(*n)),
                Step::Done(n) if document.has_line(project::ACTIONS, action(*n).0) => done.push(action(*n)),
                _ => {}
            }
            let one = read(document);
            prop_assert!(one.review >= one.opened, "there is always a day");
        }
        let met = meet(&mut nadines, &mut basiles);
        prop_assert!(met.review >= met.opened);
        if stopped.iter().any(|halt| !resumed.contains(halt)) {
            prop_assert!(!met.is_running() && !met.is_to_be_reviewed() && !met.has_no_next_step());
        }
        for halt in &stopped {
            prop_assert!(met.halts.iter().any(|one| one.id == *halt && one.words == "stop"), "her words stay");
        }
        let mut ids: Vec<_> = met.actions.iter().map(|one| one.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), met.actions.len());
        let reviews = steps.iter().filter_map(|(nadine, step)| match step {
            Step::HeldReview(n, _) => Some(line(n + 100 + if *nadine { 0 } else { 4 })),
            _ => None,
        });
        for review in reviews {
            prop_assert_eq!(met.reviews.iter().filter(|one| one.id == review).count(), 1);
        }
        // Done is done, unless someone who knew of it gave it up after: then nobody holds both values.
        for id in done {
            let values = nadines.values(Place::Line(project::ACTIONS, id.0), "state");
            if values.contains(&Value::text("done")) {
                let state = &met.action(id).unwrap().state;
                prop_assert!(matches!(state, FollowUpState::Done { .. }), "{state:?}");
            }
        }
    }
}
