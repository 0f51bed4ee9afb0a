//! Rounds written on two devices at once: in whatever order it came, both end with the same one, and nothing is lost.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::round;
use maillon_engine::journal::{Document, Header, Kind, Place, Value};
use maillon_shared::domain::ids::{LineId, PersonId, RoundId};
use maillon_shared::domain::round::{Round, RoundChange, RoundField, Stop};
use maillon_shared::domain::time::{Hour, Instant};
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn stop(n: u8, order: i64) -> Stop {
    Stop { id: LineId([n; 16]), person: PersonId([n; 16]), order }
}

fn planned(stops: u8) -> Document {
    let id = RoundId([9; 16]);
    let mut document = Document::new(Header::new(id.into(), Kind::Round, None, 0), NADINE).unwrap();
    let mut round = Round::empty(id, "2026-06-12".parse().unwrap());
    round.stops = (1..=stops).map(|n| stop(n, i64::from(n) * 1024)).collect();
    round::create(&mut document, &round).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[RoundChange]) {
    changes.iter().for_each(|change| round::write(document, change).unwrap());
    document.commit(MORNING);
}

/// Both take in what the other wrote; the round, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> Round {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    let read = |document: &Document| {
        let oddities = Cell::new(0);
        let read = round::read(document, &oddities).unwrap();
        assert_eq!(oddities.get(), 0);
        read
    };
    assert_eq!(read(one), read(other));
    read(one)
}

fn people(round: &Round) -> Vec<u8> {
    round.stops.iter().map(|stop| stop.person.0[0]).collect()
}

#[test]
fn two_who_each_move_another_stop_both_moved_it() {
    let mut nadines = planned(4);
    let mut basiles = on(BASILE, &mut nadines);
    let held = round::read(&nadines, &Cell::new(0)).unwrap();
    writes(&mut nadines, &held.moving(LineId([4; 16]), Some(LineId([1; 16]))));
    writes(&mut basiles, &held.moving(LineId([2; 16]), None));
    assert_eq!(people(&meet(&mut nadines, &mut basiles)), [4, 1, 3, 2]);
}

#[test]
fn one_who_adds_someone_and_one_who_says_when_to_be_back_both_did() {
    let mut nadines = planned(2);
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[RoundChange::Stop(stop(7, 4096)), RoundChange::RemoveStop(LineId([1; 16]))]);
    let back = [
        RoundChange::BackAt(Hour::new(17, 0)),
        RoundChange::Text(RoundField::BackWith, "la boulangère".into()),
        RoundChange::Order(LineId([1; 16]), 9999),
        RoundChange::Order(LineId([200; 16]), 1),
    ];
    writes(&mut basiles, &back);
    let round = meet(&mut nadines, &mut basiles);
    assert_eq!(people(&round), [2, 7], "who was taken away while moved stays away");
    assert_eq!((round.back_at, round.back_with.as_str()), (Hour::new(17, 0), "la boulangère"));
}

#[test]
fn what_another_wrote_wrongly_costs_that_value_and_not_the_round() {
    let mut document = planned(2);
    document.put(Place::Root, "distance_m", Value::Int(-5)).unwrap();
    document.put(Place::Root, "back_at", Value::Text("33:99".into())).unwrap();
    document.put(Place::Line("stops", [1; 16]), "person", Value::Text("nobody".into())).unwrap();
    document.put(Place::Line("stops", [2; 16]), "order", Value::Text("first".into())).unwrap();
    document.commit(MORNING);
    let oddities = Cell::new(0);
    let round = round::read(&document, &oddities).unwrap();
    assert_eq!((people(&round), round.distance_m, round.back_at), (vec![2], None, None));
    assert_eq!(oddities.get(), 3);
    document.put(Place::Root, "day", Value::Text("demain".into())).unwrap();
    assert_eq!(round::read(&document, &oddities), None);
}

fn any_change() -> impl Strategy<Value = RoundChange> {
    let line = || (1..6u8).prop_map(|n| LineId([n; 16]));
    prop_oneof![
        (line(), any::<i64>()).prop_map(|(id, order)| RoundChange::Order(id, order)),
        line().prop_map(RoundChange::RemoveStop),
        (6..12u8, any::<i64>()).prop_map(|(n, order)| RoundChange::Stop(stop(n, order))),
        any::<Option<u32>>().prop_map(RoundChange::Distance),
        "[a-z]{0,6}".prop_map(|text| RoundChange::Text(RoundField::From, text)),
        any::<bool>().prop_map(RoundChange::Withdrawn),
    ]
}

proptest! {
    #[test]
    fn whatever_two_devices_do_they_end_with_one_round(
        nadine in proptest::collection::vec(any_change(), 0..12),
        basile in proptest::collection::vec(any_change(), 0..12),
    ) {
        let mut nadines = planned(4);
        let mut basiles = on(BASILE, &mut nadines);
        writes(&mut nadines, &nadine);
        writes(&mut basiles, &basile);
        let round = meet(&mut nadines, &mut basiles);
        let taken_away = |n: u8| nadine.iter().chain(&basile).any(|change| *change == RoundChange::RemoveStop(LineId([n; 16])));
        for n in 1..=4 {
            prop_assert_eq!(people(&round).contains(&n), !taken_away(n));
        }
    }
}
