//! Households said on two devices at once: those who were put together are together, whatever was said elsewhere.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::person;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_engine::views::{Cached, Views};
use maillon_shared::domain::ids::{HouseholdId, PersonId};
use maillon_shared::domain::person::{PersonChange, PersonField};
use maillon_shared::domain::time::Instant;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

const ODETTE: u8 = 1;
const LUCIEN: u8 = 2;
const SIMONE: u8 = 3;

/// A device's sheets, by number.
type Sheets = Vec<(u8, Document)>;

fn two_devices() -> (Sheets, Sheets) {
    let mut nadine = Vec::new();
    for (number, name) in [(ODETTE, "Odette"), (LUCIEN, "Lucien"), (SIMONE, "Simone")] {
        let header = Header::new(PersonId([number; 16]).into(), Kind::Person, None, 0);
        let mut sheet = Document::new(header, NADINE).unwrap();
        person::write(&mut sheet, &PersonChange::Text(PersonField::GivenName, name.into())).unwrap();
        sheet.commit(MORNING);
        nadine.push((number, sheet));
    }
    let copy = |(number, sheet): &mut (u8, Document)| {
        let frame = sheet.frame_since(&Vec::new());
        (*number, Document::load(sheet.header.clone(), [frame.as_slice()], BASILE).unwrap())
    };
    let basile = nadine.iter_mut().map(copy).collect();
    (nadine, basile)
}

fn puts(sheets: &mut Sheets, home: Option<u8>, people: &[u8]) {
    for (_, sheet) in sheets.iter_mut().filter(|(number, _)| people.contains(number)) {
        person::write(sheet, &PersonChange::Home(home.map(|home| HouseholdId([home; 16])))).unwrap();
        sheet.commit(MORNING);
    }
}

fn meet(nadine: &mut Sheets, basile: &mut Sheets) {
    for ((_, one), (_, other)) in nadine.iter_mut().zip(basile.iter_mut()) {
        let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
        one.absorb(&from_other).unwrap();
        other.absorb(&from_one).unwrap();
    }
}

fn lives_with(sheets: &Sheets, who: u8) -> Vec<u8> {
    let mut views = Views::default();
    for (_, sheet) in sheets {
        views.apply(sheet.header.id, Cached::read(sheet));
    }
    let file = views.person_file(PersonId([who; 16]), "2026-06-12".parse().unwrap()).unwrap();
    let mut mates: Vec<u8> = file.household.mates.iter().map(|mate| mate.id.0[0]).collect();
    mates.sort_unstable();
    mates
}

#[test]
fn the_same_two_put_together_twice_are_together() {
    let (mut nadine, mut basile) = two_devices();
    puts(&mut nadine, Some(41), &[ODETTE, LUCIEN]);
    puts(&mut basile, Some(42), &[LUCIEN, ODETTE]);
    meet(&mut nadine, &mut basile);
    for device in [&nadine, &basile] {
        assert_eq!((lives_with(device, ODETTE), lives_with(device, LUCIEN)), (vec![LUCIEN], vec![ODETTE]));
    }
}

#[test]
fn someone_put_with_one_here_and_another_there_lives_with_both_until_someone_says_otherwise() {
    let (mut nadine, mut basile) = two_devices();
    puts(&mut nadine, Some(41), &[ODETTE, LUCIEN]);
    puts(&mut basile, Some(42), &[ODETTE, SIMONE]);
    meet(&mut nadine, &mut basile);
    for device in [&nadine, &basile] {
        assert_eq!(lives_with(device, ODETTE), [LUCIEN, SIMONE]);
        assert_eq!((lives_with(device, LUCIEN), lives_with(device, SIMONE)), (vec![ODETTE], vec![ODETTE]));
    }
    puts(&mut nadine, Some(41), &[ODETTE]);
    meet(&mut nadine, &mut basile);
    for device in [&nadine, &basile] {
        assert_eq!((lives_with(device, ODETTE), lives_with(device, SIMONE)), (vec![LUCIEN], vec![]));
    }
}

#[test]
fn who_left_on_one_device_while_the_other_wrote_their_address_has_left() {
    let (mut nadine, mut basile) = two_devices();
    puts(&mut nadine, Some(41), &[ODETTE, LUCIEN]);
    meet(&mut nadine, &mut basile);
    puts(&mut nadine, None, &[LUCIEN]);
    let (_, lucien) = &mut basile[1];
    person::write(lucien, &PersonChange::Text(PersonField::AddressLine, "3 rue du Puits".into())).unwrap();
    lucien.commit(MORNING);
    meet(&mut nadine, &mut basile);
    assert_eq!((lives_with(&basile, ODETTE), lives_with(&nadine, LUCIEN)), (vec![], vec![]));
}
