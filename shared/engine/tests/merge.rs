//! What happens when two devices write in one document, neither knowing of the other.
//!
//! Each test is a rule of the journal: the attack it stands against is its name.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{encounter, follow_up, person};
use maillon_engine::journal::{Document, Header, JournalError, Kind, Place, Value};
use maillon_shared::domain::encounter::{Encounter, EncounterKind, EncounterResult};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, FollowUpState};
use maillon_shared::domain::ids::{DocId, EncounterId, FollowUpId, LineId, PersonId};
use maillon_shared::domain::person::{Person, PersonChange, PersonField, PersonState};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The same document on another device, as far as it has come.
fn copied(document: &mut Document, actor: Actor) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], actor).unwrap()
}

/// Each takes what the other wrote.
fn meet(one: &mut Document, other: &mut Document) {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(one.heads(), other.heads(), "after they met, both have come as far");
}

fn sheet(actor: Actor) -> Document {
    Document::new(Header::new(DocId([1; 16]), Kind::Person, None, 0), actor).unwrap()
}

fn journal(actor: Actor) -> Document {
    Document::new(Header::new(DocId([2; 16]), Kind::PersonJournal, Some([1; 16]), 2026), actor).unwrap()
}

fn edit(document: &mut Document, changes: &[PersonChange]) {
    for change in changes {
        person::write(document, change).unwrap();
    }
    document.commit(MORNING);
}

fn text(field: PersonField, text: &str) -> PersonChange {
    PersonChange::Text(field, text.into())
}

fn read(document: &Document) -> Person {
    let oddities = Cell::new(0);
    let person = person::read(document, &oddities);
    assert_eq!(oddities.get(), 0, "nothing is odd");
    person
}

#[test]
fn a_map_first_made_on_two_devices_keeps_the_lines_of_both() {
    // Neither has ever met the other: each made the same document by itself.
    let (mut nadine, mut basile) = (sheet(NADINE), sheet(BASILE));
    edit(
        &mut nadine,
        &[PersonChange::Phone(
            LineId([3; 16]),
            maillon_shared::domain::contact::PhoneField::Number,
            "01 99 00 00 01".into(),
        )],
    );
    edit(
        &mut basile,
        &[PersonChange::Phone(
            LineId([4; 16]),
            maillon_shared::domain::contact::PhoneField::Number,
            "01 99 00 00 02".into(),
        )],
    );
    meet(&mut nadine, &mut basile);
    let mut numbers: Vec<_> = read(&nadine).phones.into_iter().map(|phone| phone.number).collect();
    numbers.sort();
    assert_eq!(numbers, ["01 99 00 00 01", "01 99 00 00 02"]);
    assert_eq!(read(&nadine), read(&basile));
}

#[test]
fn a_stale_form_does_not_take_back_what_a_colleague_wrote() {
    let mut nadine = sheet(NADINE);
    edit(&mut nadine, &[text(PersonField::FamilyName, "Marchais"), text(PersonField::Hamlet, "La Roussière")]);
    let mut basile = copied(&mut nadine, BASILE);
    let opened = read(&nadine);
    edit(&mut basile, &[text(PersonField::Hamlet, "Le Bois-Joli")]);
    let mut saved = opened.clone();
    saved.approach = "sonner deux fois".into();
    edit(&mut nadine, &opened.changes_to(&saved));
    meet(&mut nadine, &mut basile);
    let merged = read(&nadine);
    assert_eq!(merged.address.hamlet, "Le Bois-Joli");
    assert_eq!(merged.approach, "sonner deux fois");
    assert_eq!(nadine.conflicts(), []);
}

#[test]
fn two_who_write_one_field_both_keep_their_words() {
    let mut nadine = sheet(NADINE);
    edit(&mut nadine, &[text(PersonField::Approach, "sonner")]);
    let mut basile = copied(&mut nadine, BASILE);
    edit(&mut nadine, &[text(PersonField::Approach, "sonner deux fois")]);
    edit(&mut basile, &[text(PersonField::Approach, "passer par le jardin")]);
    meet(&mut nadine, &mut basile);
    let conflicts = nadine.conflicts();
    assert_eq!(conflicts, basile.conflicts(), "both see the same two versions");
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].field, "approach");
    let mut values = conflicts[0].values.clone();
    values.sort();
    assert_eq!(values, ["passer par le jardin", "sonner deux fois"]);
    // Writing the field again, even the value that is shown, settles it.
    let shown = read(&nadine).approach;
    edit(&mut nadine, &[text(PersonField::Approach, &shown)]);
    assert_eq!(nadine.conflicts(), []);
    meet(&mut nadine, &mut basile);
    assert_eq!(read(&basile).approach, shown);
}

#[test]
fn two_variants_of_a_state_are_one_state_and_a_conflict() {
    let appointment =
        FollowUp::open(FollowUpId([5; 16]), Some(PersonId([1; 16])), FollowUpKind::Visit, day("2026-06-12"));
    let mut nadine = journal(NADINE);
    follow_up::create(&mut nadine, &appointment).unwrap();
    nadine.commit(MORNING);
    let mut basile = copied(&mut nadine, BASILE);
    let done = FollowUpState::Done { day: day("2026-06-12"), by: None };
    follow_up::write_state(&mut nadine, appointment.id, &done).unwrap();
    nadine.commit(MORNING);
    let cancelled = FollowUpState::Cancelled { why: "hospitalisée".into() };
    follow_up::write_state(&mut basile, appointment.id, &cancelled).unwrap();
    basile.commit(MORNING);
    meet(&mut nadine, &mut basile);
    let oddities = Cell::new(0);
    let [merged] = follow_up::read(&nadine, &oddities).try_into().unwrap();
    assert!(merged.state == done || merged.state == cancelled, "one whole state: {:?}", merged.state);
    let fields: Vec<_> = nadine.conflicts().into_iter().map(|conflict| conflict.field).collect();
    assert_eq!(fields.len(), 1, "{fields:?}");
    assert!(fields[0].ends_with(".state"));
}

#[test]
fn a_variant_of_tomorrow_is_kept_as_it_is() {
    let mut nadine = journal(NADINE);
    let mut visit = Encounter::empty(EncounterId([6; 16]), Some(PersonId([1; 16])), day("2026-06-12"));
    visit.kind = EncounterKind::Unknown("video_call".into());
    visit.notes = "bonne liaison".into();
    encounter::create(&mut nadine, &visit).unwrap();
    nadine.commit(MORNING);
    let oddities = Cell::new(0);
    assert_eq!(encounter::read(&nadine, &oddities), [visit.clone()]);
    // An edit of something else leaves it alone.
    let mut edited = visit.clone();
    edited.result = EncounterResult::MessageLeft;
    for change in visit.changes_to(&edited) {
        encounter::write(&mut nadine, visit.id, &change).unwrap();
    }
    assert_eq!(encounter::read(&nadine, &oddities), [edited]);
}

#[test]
fn a_value_of_another_type_costs_one_field_and_not_the_record() {
    let mut nadine = sheet(NADINE);
    edit(&mut nadine, &[text(PersonField::FamilyName, "Marchais"), text(PersonField::Hamlet, "Les Gâts")]);
    nadine.put(Place::Root, PersonField::Hamlet.code(), Value::Int(12)).unwrap();
    nadine.put(Place::Root, "birth", Value::Text("vers 1940".into())).unwrap();
    nadine.commit(MORNING);
    let oddities = Cell::new(0);
    let odette = person::read(&nadine, &oddities);
    assert_eq!(odette.family_name, "Marchais");
    assert_eq!(odette.address.hamlet, "");
    assert_eq!(odette.birth, None);
    assert_eq!(oddities.get(), 2, "and it is counted");
}

#[test]
fn a_copied_folder_can_always_merge() {
    let mut original = sheet(NADINE);
    edit(&mut original, &[text(PersonField::FamilyName, "Marchais")]);
    // Both go on from the same files; each opening has an actor of its own, though the device is the same.
    let mut copy = copied(&mut original, *b"\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaafreshone");
    edit(&mut original, &[text(PersonField::GivenName, "Odette")]);
    edit(&mut copy, &[text(PersonField::Hamlet, "La Roussière")]);
    meet(&mut original, &mut copy);
    let merged = read(&original);
    assert_eq!((merged.given_name.as_str(), merged.address.hamlet.as_str()), ("Odette", "La Roussière"));
}

#[test]
fn a_refusal_holds_against_any_other_state_written_at_the_same_moment() {
    for other in [PersonState::Moved, PersonState::AbsentUntil(day("2026-07-01"))] {
        for (one, another) in [(NADINE, BASILE), (BASILE, NADINE)] {
            let mut nadine = sheet(one);
            edit(&mut nadine, &[text(PersonField::FamilyName, "Marchais")]);
            let mut basile = copied(&mut nadine, another);
            edit(&mut nadine, &[PersonChange::State(PersonState::Refuses)]);
            edit(&mut basile, &[PersonChange::State(other.clone())]);
            meet(&mut nadine, &mut basile);
            assert_eq!(read(&nadine).state, PersonState::Refuses);
            assert_eq!(read(&basile).state, PersonState::Refuses);
        }
    }
}

#[test]
fn a_line_taken_away_by_one_is_not_lost_to_the_other_who_writes_in_it() {
    use maillon_shared::domain::contact::PhoneField;
    let line = LineId([3; 16]);
    let mut nadine = sheet(NADINE);
    edit(&mut nadine, &[PersonChange::Phone(line, PhoneField::Number, "01 99 00 00 01".into())]);
    let mut basile = copied(&mut nadine, BASILE);
    edit(&mut nadine, &[PersonChange::RemovePhone(line)]);
    edit(&mut basile, &[PersonChange::Phone(line, PhoneField::Label, "chez sa fille".into())]);
    meet(&mut nadine, &mut basile);
    assert_eq!(read(&nadine).phones, [], "taken away is taken away");
    let history = nadine.history(120);
    assert!(history.iter().any(|row| row.value == "chez sa fille"), "and the words are in the history");
}

#[test]
fn an_undone_change_is_as_it_was_and_can_be_done_again() {
    let mut nadine = sheet(NADINE);
    edit(&mut nadine, &[text(PersonField::FamilyName, "Marchais")]);
    let before = nadine.heads();
    edit(&mut nadine, &[text(PersonField::FamilyName, "Marchet"), text(PersonField::Hamlet, "Les Gâts")]);
    let after = nadine.heads();
    nadine.undo(&before, &after, false, MORNING).unwrap();
    assert_eq!(read(&nadine).family_name, "Marchais");
    assert_eq!(read(&nadine).address.hamlet, "");
    let undone = nadine.heads();
    nadine.undo(&after, &undone, false, MORNING).unwrap();
    assert_eq!(read(&nadine).family_name, "Marchet");
    assert_eq!(read(&nadine).address.hamlet, "Les Gâts");
}

#[test]
fn what_someone_wrote_since_is_not_undone() {
    let mut nadine = sheet(NADINE);
    let before = nadine.heads();
    edit(&mut nadine, &[text(PersonField::FamilyName, "Marchais")]);
    let after = nadine.heads();
    edit(&mut nadine, &[text(PersonField::FamilyName, "Marchet")]);
    assert_eq!(nadine.undo(&before, &after, false, MORNING), Err(JournalError::WrittenSince));
    // Even if they wrote the same word.
    edit(&mut nadine, &[text(PersonField::FamilyName, "Marchais")]);
    assert_eq!(nadine.undo(&before, &after, false, MORNING), Err(JournalError::WrittenSince));
    assert_eq!(read(&nadine).family_name, "Marchais");
}

#[test]
fn an_encounter_undone_is_gone_and_comes_back_when_that_is_undone() {
    let mut nadine = journal(NADINE);
    let before = nadine.heads();
    let mut visit = Encounter::empty(EncounterId([6; 16]), Some(PersonId([1; 16])), day("2026-06-12"));
    visit.notes = "elle a retrouvé ses clés".into();
    encounter::create(&mut nadine, &visit).unwrap();
    nadine.commit(MORNING);
    let after = nadine.heads();
    nadine.undo(&before, &after, false, MORNING).unwrap();
    let oddities = Cell::new(0);
    assert_eq!(encounter::read(&nadine, &oddities), []);
    let undone = nadine.heads();
    nadine.undo(&after, &undone, false, MORNING).unwrap();
    assert_eq!(encounter::read(&nadine, &oddities), [visit]);
}

#[test]
fn frames_come_in_any_order_as_often_as_they_like() {
    let mut nadine = sheet(NADINE);
    let mut frames = vec![nadine.frame_since(&Vec::new())];
    for name in ["Marchais", "Marchet", "Marchand"] {
        let heads = nadine.heads();
        edit(&mut nadine, &[text(PersonField::FamilyName, name)]);
        frames.push(nadine.frame_since(&heads));
    }
    let mut basile = sheet(BASILE);
    for frame in frames.iter().rev().chain(&frames) {
        basile.absorb(frame).unwrap();
    }
    assert_eq!(read(&basile).family_name, "Marchand");
    assert_eq!(basile.heads(), nadine.heads());
}

#[test]
fn torn_or_foreign_frames_make_no_document_and_no_panic() {
    let mut nadine = sheet(NADINE);
    edit(&mut nadine, &[text(PersonField::FamilyName, "Marchais")]);
    let whole = nadine.frame_since(&Vec::new());
    let header = nadine.header.clone();
    for cut in 0..whole.len() {
        let torn = Document::load(header.clone(), [&whole[..cut]], BASILE);
        assert!(torn.is_err(), "cut at {cut} of {}", whole.len());
    }
    for index in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[index] ^= 0x10;
        let _ = Document::load(header.clone(), [flipped.as_slice()], BASILE);
    }
}

proptest! {
    // Enough for CI; `cargo xtask soak` asks for more.
    #![proptest_config(ProptestConfig { cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64), ..ProptestConfig::default() })]

    /// Whoever writes what, and in whatever order they meet, both end with the same.
    #[test]
    fn merging_commutes(edits in proptest::collection::vec((0..3_usize, 0..6_usize, "[a-z]{0,6}"), 1..24)) {
        let fields = [PersonField::GivenName, PersonField::Hamlet, PersonField::Approach, PersonField::Notes];
        let mut devices = [sheet(NADINE), sheet(BASILE), sheet([0xcc; 16])];
        for (device, what, words) in edits {
            match what {
                0..4 => edit(&mut devices[device], &[text(fields[what], &words)]),
                4 => edit(&mut devices[device], &[PersonChange::State(PersonState::Refuses)]),
                _ => {
                    let frame = devices[device].frame_since(&Vec::new());
                    devices[(device + 1) % 3].absorb(&frame).unwrap();
                }
            }
        }
        let frames: Vec<_> = devices.iter_mut().map(|device| device.frame_since(&Vec::new())).collect();
        for (index, device) in devices.iter_mut().enumerate() {
            for offset in 0..3 {
                device.absorb(&frames[(index + offset) % 3]).unwrap();
            }
        }
        let reads: Vec<_> = devices.iter().map(read).collect();
        prop_assert_eq!(&reads[0], &reads[1]);
        prop_assert_eq!(&reads[1], &reads[2]);
        prop_assert_eq!(devices[0].conflicts(), devices[1].conflicts());
    }
}
