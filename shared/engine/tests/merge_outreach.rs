//! An outreach service written on two devices at once: both end with the same one, and what was written twice is shown.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::outreach;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::ids::{LineId, OutreachId};
use maillon_shared::domain::outreach::{
    DaySays, Line, OutreachChange, OutreachDay, OutreachKind, OutreachLines, OutreachService, OutreachSession,
    OutreachTurn, Recurrence,
};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn begun(begins: &OutreachService) -> Document {
    let header = Header::new(begins.id.into(), Kind::Outreach, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    outreach::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[OutreachChange]) {
    changes.iter().for_each(|change| outreach::write(document, change).unwrap());
    document.commit(MORNING);
}

fn read(document: &Document) -> OutreachService {
    let oddities = Cell::new(0);
    let service = outreach::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    service
}

/// Both take in what the other wrote; the service, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> OutreachService {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    assert_eq!(one.conflicts(), other.conflicts(), "both are asked the same");
    read(one)
}

fn cardiology() -> OutreachService {
    let mut service = OutreachService::empty(OutreachId([9; 16]));
    (service.about.title, service.about.kind) = ("Cardiologie".into(), OutreachKind::Consultation);
    service.about.recurrence = Recurrence::parse("monthly:3:2");
    let day = "2026-03-17".parse().ok();
    service.sessions.push(OutreachSession { day, offered: Some(8), ..OutreachSession::empty(line(1)) });
    service.turns.push(OutreachTurn { who: "Dr Duval".into(), ..OutreachTurn::empty(line(2)) });
    service
}

#[test]
fn two_who_write_one_service_both_keep_what_they_wrote() {
    let mut nadines = begun(&cardiology());
    let mut basiles = on(BASILE, &mut nadines);
    let before = read(&nadines);
    assert_eq!(before, cardiology());
    let (mut one, mut other) = (before.clone(), before.clone());
    one.sessions[0].taken = Some(0);
    let (day, says) = ("2026-04-21".parse().ok(), DaySays::LeftOut("congrès".into()));
    one.days.push(OutreachDay { day, says, ..OutreachDay::empty(line(3)) });
    other.sessions[0].no_shows = Some(1);
    other.about.hours = "9 h – 12 h".into();
    writes(&mut nadines, &before.changes_to(&one));
    writes(&mut basiles, &before.changes_to(&other));
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.sessions[0].taken, met.sessions[0].no_shows), (Some(0), Some(1)));
    assert!(met.days.len() == 1 && met.about.hours == other.about.hours);
    assert!(nadines.conflicts().is_empty(), "nobody wrote what the other did");
}

#[test]
fn a_day_and_its_reason_are_one_value_and_two_of_them_are_to_be_chosen_from() {
    let mut nadines = begun(&cardiology());
    let mut basiles = on(BASILE, &mut nadines);
    let when = |text: &str| [OutreachChange::About("recurrence".into(), text.into())];
    writes(&mut nadines, &when("monthly:2:2"));
    writes(&mut basiles, &when("every:4:2026-03-03"));
    let met = meet(&mut nadines, &mut basiles);
    assert!(["monthly:2:2", "every:4:2026-03-03"].contains(&met.about.recurrence.to_string().as_str()));
    let conflicts = nadines.conflicts();
    assert_eq!((conflicts.len(), conflicts[0].field.as_str(), conflicts[0].values.len()), (1, "recurrence", 2));
}

#[test]
fn a_session_that_one_takes_away_while_another_counts_in_it_is_there_with_its_count() {
    let mut nadines = begun(&cardiology());
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[OutreachChange::Remove(OutreachLines::Sessions, line(1))]);
    assert!(read(&nadines).sessions.is_empty());
    writes(&mut basiles, &[OutreachChange::Line(OutreachLines::Sessions, line(1), "taken".into(), "5".into())]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.sessions.iter().map(|session| session.taken).collect::<Vec<_>>(), [Some(5)]);
    writes(&mut nadines, &[OutreachChange::Remove(OutreachLines::Sessions, line(1))]);
    assert!(meet(&mut nadines, &mut basiles).sessions.is_empty(), "what was known is taken away");
}

#[test]
fn what_a_newer_version_wrote_stays_where_it_is() {
    let mut nadines = begun(&cardiology());
    writes(&mut nadines, &[OutreachChange::About("recurrence".into(), "yearly:3".into())]);
    let held = read(&nadines);
    assert_eq!(held.about.recurrence, Recurrence::Unknown("yearly:3".into()));
    let mut edited = held.clone();
    edited.about.hours = "9 h".into();
    writes(&mut nadines, &held.changes_to(&edited));
    assert_eq!(read(&nadines).about.recurrence, Recurrence::Unknown("yearly:3".into()));
}

fn any_change() -> impl Strategy<Value = OutreachChange> {
    let value = prop_oneof![Just(String::new()), Just("3".to_owned()), Just("7".to_owned())];
    prop_oneof![
        (0u8..3, prop_oneof![Just("offered"), Just("taken")], value.clone()).prop_map(|(n, field, value)| {
            OutreachChange::Line(OutreachLines::Sessions, line(n + 1), field.to_owned(), value)
        }),
        (0u8..3).prop_map(|n| OutreachChange::Remove(OutreachLines::Sessions, line(n + 1))),
        value.prop_map(|value| OutreachChange::About("capacity".into(), value)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever two devices write, both end with the same service.
    #[test]
    fn both_end_with_the_same(
        ones in proptest::collection::vec(any_change(), 0..6), others in proptest::collection::vec(any_change(), 0..6),
    ) {
        let mut nadines = begun(&cardiology());
        let mut basiles = on(BASILE, &mut nadines);
        writes(&mut nadines, &ones);
        writes(&mut basiles, &others);
        meet(&mut nadines, &mut basiles);
    }
}
