//! Two devices that write in one stay, neither knowing of the other: after any order of merging both keep their words.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use chrono::NaiveDate;
use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::hospital_stay;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_engine::views::{Cached, Views};
use maillon_shared::domain::hospital_stay::{HospitalStay, ReturnStep, StayChange, StayField, StayState, StepState};
use maillon_shared::domain::ids::{EntryId, HospitalStayId, LineId, PersonId};
use maillon_shared::domain::project::Owner;
use maillon_shared::domain::time::Instant;

const ODETTE: PersonId = PersonId([1; 16]);
const STAY: HospitalStayId = HospitalStayId([2; 16]);
const KEYS: LineId = LineId([3; 16]);
const MEALS: LineId = LineId([4; 16]);
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const DEVICES: [Actor; 2] = [[0xaa; 16], [0xbb; 16]];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn begun() -> Document {
    let mut stay = HospitalStay::noticed(STAY, ODETTE, day("2026-06-12"));
    stay.place = "Hôpital de Valsonne".into();
    stay.steps = vec![ReturnStep::to_ask(KEYS, "keys".into()), ReturnStep::to_ask(MEALS, "meals".into())];
    let mut document =
        Document::new(Header::new(STAY.into(), Kind::HospitalStay, Some(ODETTE.0), 0), DEVICES[0]).unwrap();
    hospital_stay::create(&mut document, &stay).unwrap();
    document.commit(MORNING);
    document
}

fn read(document: &Document) -> HospitalStay {
    let mut views = Views::default();
    views.apply(document.header.id, Cached::read(document));
    views.stay(STAY).unwrap().clone()
}

/// Two devices write apart, then each takes what the other wrote: both read the same.
fn after_merging(writes: [&dyn Fn(&mut Document); 2]) -> (HospitalStay, Document) {
    let mut one = begun();
    let frame = one.frame_since(&Vec::new());
    let mut other = Document::load(one.header.clone(), [frame.as_slice()], DEVICES[1]).unwrap();
    for (document, write) in [&mut one, &mut other].into_iter().zip(writes) {
        write(document);
        document.commit(MORNING);
    }
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(&one), read(&other), "both read the same");
    (read(&one), one)
}

fn change(document: &mut Document, changes: &[StayChange]) {
    changes.iter().for_each(|change| hospital_stay::write(document, change).unwrap());
}

#[test]
fn two_who_see_to_two_steps_and_two_who_answer_one_all_keep_their_words() {
    let (stay, _) = after_merging([
        &|document| {
            change(document, &[StayChange::StepState(KEYS, StepState::Done)]);
            change(document, &[StayChange::StepNote(MEALS, "portage demandé".into())]);
        },
        &|document| {
            change(document, &[StayChange::StepOwner(MEALS, Some(Owner::Coordinator))]);
            change(document, &[StayChange::Planned(Some(day("2026-06-18")))]);
        },
    ]);
    assert_eq!(stay.steps[0].state, StepState::Done);
    assert_eq!(stay.steps[1].note, "portage demandé");
    assert_eq!(stay.steps[1].owner, Some(Owner::Coordinator));
    assert_eq!(stay.planned, Some(day("2026-06-18")));
}

#[test]
fn two_steps_added_at_once_are_both_there() {
    let add = |id: u8, what: &str| StayChange::Step(LineId([id; 16]), what.into());
    let (stay, _) = after_merging([&|document| change(document, &[add(10, "le chat")]), &|document| {
        change(document, &[add(11, "le bois")])
    }]);
    let what: Vec<_> = stay.steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(what.len(), 4);
    assert!(what.contains(&"le chat") && what.contains(&"le bois"));
}

#[test]
fn two_days_for_one_return_are_shown_as_two() {
    let (_, document) =
        after_merging([&|document| change(document, &[StayChange::Planned(Some(day("2026-06-18")))]), &|document| {
            change(document, &[StayChange::Planned(Some(day("2026-06-20")))])
        }]);
    let conflicts = document.conflicts();
    let planned = conflicts.iter().find(|conflict| conflict.field == "planned").unwrap();
    assert_eq!(planned.values.len(), 2);
}

#[test]
fn whom_two_chose_at_once_is_said_as_whoever_chooses_reads_it() {
    let chosen = |n: u8| move |document: &mut Document| change(document, &[StayChange::Entry(Some(EntryId([n; 16])))]);
    let (_, document) = after_merging([&chosen(7), &chosen(8)]);
    let conflicts = hospital_stay::as_said(document.conflicts());
    let entry = conflicts.iter().find(|conflict| conflict.field == "entry").unwrap();
    let mut said: Vec<_> = entry.values.iter().map(|value| EntryId::parse(value)).collect();
    said.sort();
    assert_eq!(said, [Some(EntryId([7; 16])), Some(EntryId([8; 16]))]);
}

/// A return noted on one device while an end is on another is one of the two everywhere, whole, and both are shown.
#[test]
fn a_return_and_another_end_never_make_a_state_of_two_halves() {
    let home = StayState::Returned { on: day("2026-06-18") };
    let (stay, document) =
        after_merging([&|document| hospital_stay::write_state(document, &home).unwrap(), &|document| {
            change(document, &[StayChange::Text(StayField::Notes, "demander la date".into())])
        }]);
    assert_eq!(stay.state, home);
    assert_eq!(stay.notes, "demander la date");
    assert!(document.conflicts().is_empty());
}
