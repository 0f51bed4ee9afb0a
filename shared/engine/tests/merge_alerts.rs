//! Alerts written on two devices at once: in whatever order it came, both end with the same one, nothing is lost, and
//! what one closed while the other found it graver stays open.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::alert;
use maillon_engine::journal::{Document, Header, Kind, Place, Value};
use maillon_shared::domain::alert::{
    Acknowledgement, Alert, AlertChange, AlertState, AlertSubject, Clock, Closing, Handover, Judgement, Moment, Owner,
    Reopening, Severity, Step, Wording,
};
use maillon_shared::domain::ids::{AlertId, LineId, PersonId};
use maillon_shared::domain::time::{Hour, Instant};
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const ODETTE: [u8; 16] = [1; 16];

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn at() -> Moment {
    Moment { day: "2026-06-12".parse().unwrap(), hour: Hour::new(9, 0).unwrap() }
}

fn raised(severity: Severity) -> Document {
    let id = AlertId([9; 16]);
    let mut document = Document::new(Header::new(id.into(), Kind::Alert, Some(ODETTE), 0), NADINE).unwrap();
    let subject = AlertSubject::Person(PersonId(ODETTE));
    let mut new = Alert::raised(id, subject, at(), severity, Owner::Coordinator, [line(1), line(2)]);
    new.words = "Ses volets sont fermés depuis trois jours 🌧️".into();
    alert::create(&mut document, &new).unwrap();
    document.commit(MORNING);
    assert_eq!(read(&document), new);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn read(document: &Document) -> Alert {
    let oddities = Cell::new(0);
    let read = alert::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    read
}

fn writes(document: &mut Document, change: AlertChange) {
    alert::write(document, &change).unwrap();
    document.commit(MORNING);
}

/// Both take in what the other wrote; the alert, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> Alert {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    read(one)
}

fn judge(n: u8, severity: Severity) -> AlertChange {
    AlertChange::Judge(Judgement { id: line(n), severity, at: at(), why: "on m’a rappelée".into() })
}

fn close(document: &Document, n: u8) -> AlertChange {
    let reason = Wording::new("answered").unwrap();
    let knew = read(document).keeps_open();
    AlertChange::Close(Closing { id: line(n), at: at(), reason, note: "vue au marché".into(), knew })
}

fn hand_to(n: u8, name: &str) -> AlertChange {
    let to = Owner::Someone { entry: None, name: Wording::new(name).unwrap() };
    AlertChange::HandOver(Handover { id: line(n), to, at: at(), why: String::new() })
}

#[test]
fn what_one_closes_while_the_other_raises_it_stays_open_until_someone_has_seen_both() {
    let mut nadines = raised(Severity::Priority);
    let mut basiles = on(BASILE, &mut nadines);
    let closing = close(&nadines, 10);
    writes(&mut nadines, closing);
    assert!(read(&nadines).is_closed());
    writes(&mut basiles, judge(20, Severity::Vital));
    let met = meet(&mut nadines, &mut basiles);
    assert!(matches!(met.state(), AlertState::Disputed(closing) if closing.note == "vue au marché"), "nothing is lost");
    assert_eq!(met.severity(), &Severity::Vital);
    assert!(matches!(met.clock(), Clock::Until(_)));
    let closing = close(&basiles, 30);
    writes(&mut basiles, closing);
    assert!(meet(&mut nadines, &mut basiles).is_closed());
}

#[test]
fn a_step_noted_while_it_was_closed_is_there_and_opens_nothing() {
    let mut nadines = raised(Severity::Priority);
    let mut basiles = on(BASILE, &mut nadines);
    let closing = close(&nadines, 10);
    writes(&mut nadines, closing);
    let what = Wording::new("sonné, personne").unwrap();
    writes(&mut basiles, AlertChange::Step(Step { id: line(20), at: at(), with: String::new(), what, under: line(1) }));
    let met = meet(&mut nadines, &mut basiles);
    assert!(met.is_closed());
    assert_eq!(met.steps.len(), 1);
}

#[test]
fn of_two_judgements_at_once_the_graver_holds_and_a_later_one_may_lower_it() {
    let mut nadines = raised(Severity::Priority);
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, judge(30, Severity::Follow));
    writes(&mut basiles, judge(20, Severity::Urgent));
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.severity(), met.judgements.iter().count()), (&Severity::Urgent, 3));
    writes(&mut nadines, judge(5, Severity::Follow));
    assert_eq!(meet(&mut nadines, &mut basiles).severity(), &Severity::Follow, "whoever saw both decides");
}

#[test]
fn handed_to_two_at_once_one_owns_it_and_the_other_is_told() {
    let mut nadines = raised(Severity::Priority);
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, hand_to(10, "Aïcha"));
    writes(&mut basiles, hand_to(20, "Le CCAS"));
    let met = meet(&mut nadines, &mut basiles);
    let name = |owner: &Owner| match owner {
        Owner::Someone { name, .. } => name.as_str().to_owned(),
        other => other.code().to_owned(),
    };
    assert_eq!(
        (name(met.owner()), met.rivals.iter().map(name).collect::<Vec<_>>()),
        ("Le CCAS".into(), vec!["Aïcha".into()])
    );
    writes(&mut nadines, hand_to(30, "Aïcha"));
    assert!(meet(&mut nadines, &mut basiles).rivals.is_empty());
}

#[test]
fn what_another_wrote_wrongly_costs_that_value_and_never_the_owner() {
    let mut document = raised(Severity::Priority);
    for (place, field) in [(Place::Line("owners", [2; 16]), "day"), (Place::Line("judgements", [1; 16]), "hour")] {
        document.put(place, field, Value::Text("demain".into())).unwrap();
    }
    document.put(Place::Line("ends", [4; 16]), "day", Value::Text("2026-06-12".into())).unwrap();
    document.put(Place::Line("ends", [4; 16]), "hour", Value::Text("10:00".into())).unwrap();
    document.commit(MORNING);
    let oddities = Cell::new(0);
    let read = alert::read(&document, &oddities).unwrap();
    assert_eq!(read.owner(), &Owner::Coordinator);
    assert!(read.severity().is_vital(), "what cannot be read does not wait");
    assert_eq!(read.state(), AlertState::Open, "a closing without a reason closes nothing");
    assert_eq!(oddities.get(), 2);
}

/// What someone does, from what they know.
#[derive(Clone, Debug)]
enum Doing {
    Judge(Severity),
    HandOver(String),
    Acknowledge,
    Step,
    Close,
    Reopen,
    Meet,
}

fn any_doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        proptest::sample::select(Severity::ALL).prop_map(Doing::Judge),
        "[a-z]{1,6}".prop_map(Doing::HandOver),
        Just(Doing::Acknowledge),
        Just(Doing::Step),
        Just(Doing::Close),
        Just(Doing::Reopen),
        Just(Doing::Meet),
    ]
}

proptest! {
    /// Whatever two devices do and whenever they meet: somebody owns it, its clock is its severity's, it is closed for a
    /// reason by someone who had seen everything, and not a line is lost.
    #[test]
    fn an_alert_keeps_its_rules_through_any_history(
        doings in proptest::collection::vec((any::<bool>(), any_doing()), 0..16),
    ) {
        let mut nadines = raised(Severity::Priority);
        let mut basiles = on(BASILE, &mut nadines);
        let (mut handed, mut judged, mut done) = (1, 1, 0);
        for (n, (by_nadine, doing)) in (20..).zip(doings) {
            let document = if by_nadine { &mut nadines } else { &mut basiles };
            let held = read(document);
            let id = line(n);
            let change = match doing {
                Doing::Judge(severity) => {
                    judged += 1;
                    judge(n, severity)
                }
                Doing::HandOver(name) => {
                    handed += 1;
                    hand_to(n, &name)
                }
                Doing::Acknowledge => AlertChange::Acknowledge(Acknowledgement { id, by: Owner::StandIn, at: at() }),
                Doing::Step => {
                    done += 1;
                    let under = held.judgements.last().id;
                    let what = Wording::new("appelée").unwrap();
                    AlertChange::Step(Step { id, at: at(), with: String::new(), what, under })
                }
                Doing::Close => close(document, n),
                Doing::Reopen if held.state() != AlertState::Open => {
                    let of = held.closings.iter().map(|closing| closing.id).collect();
                    AlertChange::Reopen(Reopening { id, at: at(), why: "encore".into(), of })
                }
                Doing::Reopen => continue,
                Doing::Meet => {
                    meet(&mut nadines, &mut basiles);
                    continue;
                }
            };
            writes(document, change);
        }
        let met = meet(&mut nadines, &mut basiles);
        prop_assert_eq!(met.owners.iter().count(), handed);
        prop_assert_eq!(met.judgements.iter().count(), judged);
        prop_assert_eq!(met.steps.len(), done);
        let last = met.judgements.last();
        match met.clock() {
            Clock::Until(deadline) => prop_assert_eq!(Some(deadline), last.severity.deadline(last.at)),
            Clock::Still => prop_assert_eq!(last.severity.deadline(last.at), None),
            Clock::Answered(_) => prop_assert!(met.steps.iter().any(|step| step.under == last.id)),
        }
        if let AlertState::Closed(closing) = met.state() {
            prop_assert!(!closing.reason.as_str().is_empty());
            prop_assert!(met.judgements.iter().all(|one| closing.knew.contains(&one.id)));
            prop_assert!(met.reopenings.iter().all(|one| closing.knew.contains(&one.id)));
        }
    }
}
