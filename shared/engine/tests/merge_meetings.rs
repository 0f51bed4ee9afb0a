//! A *temps d'échange* written on two devices at once: nothing is lost, what took place took place, whoever was not there
//! is told back, and what was done is done once.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{follow_up, shared_meeting};
use maillon_engine::journal::{Document, Header, Kind, Place, Value};
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::consent::Recipient;
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::ids::{FollowUpId, LineId, PersonId, SharedMeetingId};
use maillon_shared::domain::meeting_paper::{GivenPaper, PaperKind, PaperWay};
use maillon_shared::domain::project::Owner;
use maillon_shared::domain::shared_meeting::{
    Asked, Came, Guest, Held, MeetingCall, MeetingChange, MeetingField, MeetingState, Point, Presence, SharedMeeting,
    ToldBack,
};
use maillon_shared::domain::time::{Hour, Instant};
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const MEETING: SharedMeetingId = SharedMeetingId([9; 16]);

fn day(n: u64) -> chrono::NaiveDate {
    "2026-06-12".parse::<chrono::NaiveDate>().unwrap() + chrono::Days::new(n)
}

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn decision(n: u8) -> FollowUpId {
    FollowUpId([n; 16])
}

fn begun() -> Document {
    let header = Header::new(MEETING.into(), Kind::SharedMeeting, Some([1; 16]), 0);
    let mut document = Document::new(header, NADINE).unwrap();
    let mut begun = SharedMeeting::planned(MEETING, PersonId([1; 16]), day(7));
    begun.purpose = "préparer l’hiver".into();
    begun.points = vec![Point { id: line(1), what: "le bois".into(), notes: String::new() }];
    begun.guests = vec![Guest::to_ask(line(2), Helper::Named("Félix".into()))];
    shared_meeting::create(&mut document, &begun).unwrap();
    document.commit(MORNING);
    assert_eq!(read(&document), begun, "it reads as it was planned");
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[MeetingChange]) {
    changes.iter().for_each(|change| shared_meeting::write(document, change).unwrap());
    document.commit(MORNING);
}

fn holds(document: &mut Document, n: u64, presence: Presence) {
    shared_meeting::hold(document, &Held { on: day(n), presence }).unwrap();
    document.commit(MORNING);
}

fn decides(document: &mut Document, n: u8) {
    writes(
        document,
        &[
            MeetingChange::Decision(decision(n), format!("décision {n}")),
            MeetingChange::DecisionOwner(decision(n), Owner::Coordinator),
            MeetingChange::DecisionBy(decision(n), day(30)),
        ],
    );
}

fn absent(why: &str) -> Presence {
    Presence::Absent { why: why.into() }
}

fn by_felix(why: &str) -> Presence {
    Presence::Represented { by: Helper::Named("Félix".into()), why: why.into() }
}

fn read(document: &Document) -> SharedMeeting {
    let oddities = Cell::new(0);
    let read = shared_meeting::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    read
}

/// Both take in what the other wrote; the meeting, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> SharedMeeting {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    read(one)
}

#[test]
fn points_guests_and_decisions_of_both_are_there() {
    let mut nadines = begun();
    holds(&mut nadines, 7, Presence::There);
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[MeetingChange::Point(line(3), "les repas".into())]);
    writes(&mut nadines, &[MeetingChange::PointNotes(line(1), "quatre stères".into())]);
    decides(&mut nadines, 20);
    writes(&mut basiles, &[MeetingChange::Guest(line(4), Helper::Named("Aline".into()))]);
    writes(&mut basiles, &[MeetingChange::GuestCame(line(2), Some(Came::Represented("sa femme".into())))]);
    decides(&mut basiles, 21);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.points.len(), met.guests.len(), met.decisions.len()), (2, 2, 2));
    assert_eq!(met.points[0].notes, "quatre stères");
    assert_eq!(met.guests[0].came, Some(Came::Represented("sa femme".into())));
    assert_eq!(nadines.conflicts(), [], "nobody wrote where the other did");
}

#[test]
fn what_is_said_of_a_point_that_was_taken_away_stays_in_the_document() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[MeetingChange::RemovePoint(line(1))]);
    writes(&mut basiles, &[MeetingChange::PointNotes(line(1), "quatre stères".into())]);
    assert!(meet(&mut nadines, &mut basiles).points.is_empty());
    assert!(nadines.present().iter().any(|(_, value)| value == "quatre stères"), "marked, and not deleted");
}

#[test]
fn what_took_place_took_place_though_it_was_cancelled_elsewhere() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    shared_meeting::cancel(&mut nadines, day(6), "le médecin ne peut pas").unwrap();
    nadines.commit(MORNING);
    holds(&mut basiles, 7, absent("fatiguée"));
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.state, MeetingState::Held(Held { on: day(7), presence: absent("fatiguée") }));
    assert!(nadines.conflicts().iter().any(|conflict| conflict.field == "state"), "and both are shown");
    assert!(nadines.present().iter().any(|(_, value)| value == "le médecin ne peut pas"));
}

#[test]
fn of_two_presences_the_one_that_asks_for_most_holds_with_its_own_reason() {
    for (one, other, expected) in [
        (Presence::There, by_felix("à l’hôpital"), by_felix("à l’hôpital")),
        (by_felix("à l’hôpital"), absent("n’a pas voulu"), absent("n’a pas voulu")),
        (absent("n’a pas voulu"), Presence::There, absent("n’a pas voulu")),
    ] {
        let mut nadines = begun();
        let mut basiles = on(BASILE, &mut nadines);
        holds(&mut nadines, 7, one);
        holds(&mut basiles, 7, other);
        let met = meet(&mut nadines, &mut basiles);
        assert_eq!(met.held().unwrap().presence, expected);
        assert_eq!(met.call(day(400)), Some(MeetingCall::TellBack(day(7))));
        assert_eq!(nadines.conflicts().iter().filter(|conflict| conflict.field == "presence").count(), 1);
    }
}

#[test]
fn a_decision_done_on_one_side_and_given_up_on_the_other_was_done() {
    let mut nadines = begun();
    holds(&mut nadines, 7, Presence::There);
    decides(&mut nadines, 20);
    let mut basiles = on(BASILE, &mut nadines);
    let done = FollowUpState::Done { day: day(9), by: None };
    follow_up::write_state(&mut nadines, decision(20), &done).unwrap();
    nadines.commit(MORNING);
    follow_up::write_state(&mut basiles, decision(20), &FollowUpState::Cancelled { why: "non".into() }).unwrap();
    basiles.commit(MORNING);
    assert_eq!(meet(&mut nadines, &mut basiles).decisions[0].state, done);
}

#[derive(Clone, Debug)]
enum Step {
    Purpose(u8),
    Day(u64),
    Point(u8),
    Notes(u8),
    RemovePoint(u8),
    Order(u8, u32),
    Guest(u8),
    Asked(u8),
    RemoveGuest(u8),
    Came(u8),
    Decide(u8),
    Done(u8),
    GivenUp(u8),
    Hold(u8),
    Cancel,
    TellBack(u8),
    Give(u8),
    Meet,
}

fn any_step() -> impl Strategy<Value = (bool, Step)> {
    let n = 1..5u8;
    let step = prop_oneof![
        n.clone().prop_map(Step::Purpose),
        (1..300u64).prop_map(Step::Day),
        n.clone().prop_map(Step::Point),
        n.clone().prop_map(Step::Notes),
        n.clone().prop_map(Step::RemovePoint),
        (n.clone(), 1..9u32).prop_map(|(n, order)| Step::Order(n, order)),
        n.clone().prop_map(Step::Guest),
        n.clone().prop_map(Step::Asked),
        n.clone().prop_map(Step::RemoveGuest),
        n.clone().prop_map(Step::Came),
        n.clone().prop_map(Step::Decide),
        n.clone().prop_map(Step::Done),
        n.clone().prop_map(Step::GivenUp),
        (0..3u8).prop_map(Step::Hold),
        Just(Step::Cancel),
        n.clone().prop_map(Step::TellBack),
        n.prop_map(Step::Give),
        Just(Step::Meet),
    ];
    (any::<bool>(), step)
}

/// Who writes chooses ids that nobody else has.
fn own(n: u8, nadine: bool) -> u8 {
    n + if nadine { 100 } else { 150 }
}

fn does(document: &mut Document, nadine: bool, step: &Step) {
    let own = |n: &u8| own(*n, nadine);
    let end = |document: &mut Document, n: &u8, state: FollowUpState| {
        if document.has_line(shared_meeting::DECISIONS, decision(own(n)).0) {
            follow_up::write_state(document, decision(own(n)), &state).unwrap();
        }
    };
    let change = match step {
        Step::Purpose(n) => MeetingChange::Text(MeetingField::Purpose, format!("but {}", own(n))),
        Step::Day(n) => MeetingChange::Day(day(*n)),
        Step::Point(n) => MeetingChange::Point(line(own(n)), "point".into()),
        Step::Notes(n) => MeetingChange::PointNotes(line(own(n)), format!("dit {}", own(n))),
        Step::RemovePoint(n) => MeetingChange::RemovePoint(line(own(n))),
        Step::Order(n, order) => MeetingChange::PointOrder(line(own(n)), *order),
        Step::Guest(n) => MeetingChange::Guest(line(own(n)), Helper::Named(format!("invité {}", own(n)))),
        Step::Asked(n) => MeetingChange::GuestAsked(line(own(n)), Asked::Accepts),
        Step::RemoveGuest(n) => MeetingChange::RemoveGuest(line(own(n))),
        Step::Came(n) => MeetingChange::GuestCame(line(own(n)), Some(Came::There)),
        Step::Decide(n) => return decides(document, own(n)),
        Step::Done(n) => {
            end(document, n, FollowUpState::Done { day: day(9), by: None });
            return document.commit(MORNING);
        }
        Step::GivenUp(n) => {
            end(document, n, FollowUpState::Cancelled { why: "non".into() });
            return document.commit(MORNING);
        }
        Step::Hold(0) => return holds(document, 7, Presence::There),
        Step::Hold(1) => return holds(document, 7, by_felix("à l’hôpital")),
        Step::Hold(_) => return holds(document, 7, absent("n’a pas voulu")),
        Step::Cancel => {
            // As the engine does: what was held is not cancelled.
            if read(document).held().is_none() {
                shared_meeting::cancel(document, day(6), "empêchés").unwrap();
            }
            return document.commit(MORNING);
        }
        Step::TellBack(n) => {
            let told = ToldBack { on: day(8), words: format!("dit {}", own(n)) };
            shared_meeting::tell_back(document, &told).unwrap();
            return document.commit(MORNING);
        }
        Step::Give(n) => {
            let given = GivenPaper {
                id: line(own(n)),
                day: day(8),
                hour: Hour { hour: 10, minute: 0 },
                what: PaperKind::Minutes,
                recipient: Recipient::named("Odette"),
                guest: None,
                way: PaperWay::Paper,
                consent: None,
                message: String::new(),
            };
            shared_meeting::give(document, &given).unwrap();
            return document.commit(MORNING);
        }
        Step::Meet => return,
    };
    writes(document, &[change]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever two devices do, and whenever they meet.
    #[test]
    fn no_history_loses_a_line_or_forgets_what_took_place(steps in proptest::collection::vec(any_step(), 0..40)) {
        let mut nadines = begun();
        let mut basiles = on(BASILE, &mut nadines);
        let (mut held, mut told, mut done) = (false, false, Vec::new());
        for (nadine, step) in &steps {
            if let Step::Meet = step {
                meet(&mut nadines, &mut basiles);
                continue;
            }
            let document = if *nadine { &mut nadines } else { &mut basiles };
            does(document, *nadine, step);
            held |= matches!(step, Step::Hold(_));
            told |= matches!(step, Step::TellBack(_));
            if let Step::Done(n) = step
                && document.has_line(shared_meeting::DECISIONS, decision(own(*n, *nadine)).0)
            {
                done.push(decision(own(*n, *nadine)));
            }
        }
        let met = meet(&mut nadines, &mut basiles);
        prop_assert_eq!(met.held().is_some(), held, "once held anywhere, it was held");
        prop_assert_eq!(met.told_back.is_some(), told);
        if let Some(one) = met.held() {
            let asks = !told && one.presence != Presence::There;
            prop_assert_eq!(met.to_tell_back().is_some(), asks);
            if one.presence != Presence::There {
                prop_assert!(!one.presence.why().is_empty(), "nobody is absent without a reason");
            }
        }
        let said: Vec<String> = nadines.present().into_iter().map(|(_, value)| value).collect();
        for (nadine, step) in &steps {
            let number = |n: &u8| own(*n, *nadine);
            match step {
                Step::Notes(n) => {
                    let notes = format!("dit {}", number(n));
                    prop_assert!(said.contains(&notes));
                }
                Step::Guest(n) => {
                    let guest = format!("named:invité {}", number(n));
                    prop_assert!(said.contains(&guest));
                }
                Step::Decide(n) => {
                    prop_assert_eq!(met.decisions.iter().filter(|one| one.id == decision(number(n))).count(), 1);
                }
                Step::Give(n) => {
                    prop_assert_eq!(met.given.iter().filter(|one| one.id == line(number(n))).count(), 1);
                }
                _ => {}
            }
        }
        for id in done {
            let values = nadines.values(Place::Line(shared_meeting::DECISIONS, id.0), "state");
            if values.contains(&Value::text("done")) {
                let state = &met.decision(id).unwrap().state;
                prop_assert!(matches!(state, FollowUpState::Done { .. }), "{state:?}");
            }
        }
    }
}
