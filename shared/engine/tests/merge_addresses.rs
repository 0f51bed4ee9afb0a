//! Addresses written on two devices at once: both end with the same list, and no position is made of two.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{address_list, person};
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::addresses::{AddressList, HouseNumber, Way};
use maillon_shared::domain::ids::{DocId, LineId, PersonId};
use maillon_shared::domain::person::{PersonChange, PersonField};
use maillon_shared::domain::position::{Point, Position, PositionSource};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn way(n: u8, numbers: &[u16]) -> Way {
    let number = |number: &u16| HouseNumber { number: *number, suffix: String::new(), point: Point::new(4, 43) };
    Way {
        id: LineId([n; 16]),
        name: format!("Chemin {n}"),
        hamlet: String::new(),
        former_commune: String::new(),
        postcode: "13599".into(),
        point: None,
        numbers: numbers.iter().map(number).collect(),
    }
}

fn list(ways: Vec<Way>) -> AddressList {
    let imported_on = "2026-06-12".parse().unwrap();
    AddressList { commune_code: "13998".into(), commune: "Roquebelle".into(), imported_on, ways }
}

fn document(id: u8, kind: Kind) -> Document {
    Document::new(Header::new(DocId([id; 16]), kind, None, 0), NADINE).unwrap()
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn meet(one: &mut Document, other: &mut Document) {
    one.commit(MORNING);
    other.commit(MORNING);
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
}

fn read(document: &Document) -> AddressList {
    let oddities = Cell::new(0);
    let read = address_list::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    read
}

fn ways(list: &AddressList) -> Vec<(u8, Vec<u16>)> {
    let numbers = |way: &Way| way.numbers.iter().map(|number| number.number).collect();
    list.ways.iter().map(|way| (way.id.0[0], numbers(way))).collect()
}

#[test]
fn two_newer_files_taken_on_two_devices_make_one_list() {
    let mut nadine = document(9, Kind::Addresses);
    address_list::write(&mut nadine, &list(vec![way(1, &[1]), way(2, &[1]), way(3, &[1])])).unwrap();
    nadine.commit(MORNING);
    let mut basile = on(BASILE, &mut nadine);
    // Nadine's file numbers a way; Basile's has lost one, and has another.
    address_list::write(&mut nadine, &list(vec![way(1, &[1, 3]), way(2, &[1]), way(3, &[1])])).unwrap();
    address_list::write(&mut basile, &list(vec![way(1, &[1]), way(2, &[1]), way(4, &[7])])).unwrap();
    meet(&mut nadine, &mut basile);
    assert_eq!(read(&nadine), read(&basile));
    assert_eq!(ways(&read(&nadine)), [(1, vec![1, 3]), (2, vec![1]), (4, vec![7])]);
}

#[test]
fn a_list_taken_away_on_one_device_and_taken_again_on_the_other_is_the_same_on_both() {
    let mut nadine = document(9, Kind::Addresses);
    let old = list(vec![way(1, &[1]), way(2, &[1])]);
    address_list::write(&mut nadine, &old).unwrap();
    nadine.commit(MORNING);
    let mut basile = on(BASILE, &mut nadine);
    address_list::remove(&mut nadine).unwrap();
    address_list::write(&mut basile, &list(vec![way(1, &[1, 2])])).unwrap();
    meet(&mut nadine, &mut basile);
    let oddities = Cell::new(0);
    assert_eq!(address_list::read(&nadine, &oddities), address_list::read(&basile, &oddities));
    // Taken again, whatever was there: it says the file and nothing else.
    address_list::write(&mut nadine, &old).unwrap();
    assert_eq!(read(&nadine), old);
}

fn chooses(document: &mut Document, line: &str, lon: i64) {
    let point = Point::new(lon, 43_600_000).unwrap();
    let position = Position::of(point, PositionSource::Number, &[line, "Roquebelle"]).to_text();
    for (field, text) in
        [(PersonField::AddressLine, line), (PersonField::Position, &position), (PersonField::Commune, "Roquebelle")]
    {
        person::write(document, &PersonChange::Text(field, text.to_owned())).unwrap();
    }
}

proptest! {
    /// Whichever of the two streets and of the two points wins, alone or together, the point shown is of the street shown.
    #[test]
    fn a_position_is_never_made_of_two_choices(first in 1..100_000_i64, second in 1..100_000_i64, typed_over: bool) {
        let mut nadine = document(9, Kind::Person);
        chooses(&mut nadine, "1 rue du Four", 4_000_000);
        nadine.commit(MORNING);
        let mut basile = on(BASILE, &mut nadine);
        chooses(&mut nadine, "2 rue du Four", first);
        match typed_over {
            true => person::write(&mut basile, &PersonChange::Text(PersonField::AddressLine, "Le cabanon".into())).unwrap(),
            false => chooses(&mut basile, "3 rue du Four", second),
        }
        meet(&mut nadine, &mut basile);
        let oddities = Cell::new(0);
        let (here, there) = (person::read(&nadine, &oddities), person::read(&basile, &oddities));
        prop_assert_eq!(&here, &there);
        prop_assert_eq!(here.id, PersonId([9; 16]));
        let lon = here.position().map(|position| i64::from(position.point.lon_microdegrees));
        let expected = match here.address.line.as_str() {
            "2 rue du Four" => Some(first),
            "3 rue du Four" => Some(second),
            _ => None,
        };
        prop_assert!(lon.is_none() || lon == expected, "{lon:?} at {}", here.address.line);
    }
}
