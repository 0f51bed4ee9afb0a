//! The last places, offered to be noted again in one tap, without telling of one person while another is noted.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::encounter::{Encounter, EncounterChange};
use maillon_shared::domain::ids::{EncounterId, PersonId};
use maillon_shared::domain::person::Person;
use maillon_tests::harness::Device;

const ODETTE: PersonId = PersonId([1; 16]);
const SIMONE: PersonId = PersonId([2; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    for (id, name) in [(ODETTE, "Escarvenc"), (SIMONE, "Tardivel-Aubanne")] {
        let mut person = Person::empty(id);
        person.family_name = name.into();
        device.saves(&person);
    }
    device
}

fn meets(device: &mut Device, n: u8, who: Option<PersonId>, days_ago: u64, place: &str) {
    let mut encounter = Encounter::empty(EncounterId([n; 16]), who, today() - Days::new(days_ago));
    encounter.place = place.into();
    device.notes(encounter).unwrap();
}

fn offered(device: &mut Device, who: Option<PersonId>) -> Vec<String> {
    match device.asks(Request::LastPlaces(who)) {
        Response::Places(places) => places,
        _ => panic!("places"),
    }
}

#[test]
fn a_place_noted_with_one_person_is_offered_for_no_other() {
    let mut device = village();
    meets(&mut device, 1, Some(ODETTE), 9, "Chez sa fille Nadège");
    meets(&mut device, 2, Some(ODETTE), 3, "Marché");
    assert_eq!(offered(&mut device, Some(ODETTE)), ["Marché", "Chez sa fille Nadège"]);
    assert!(offered(&mut device, Some(SIMONE)).is_empty());
    meets(&mut device, 3, Some(SIMONE), 1, " marche ");
    meets(&mut device, 4, None, 0, "Salle des fêtes");
    assert_eq!(offered(&mut device, Some(SIMONE)), ["marche"], "of two people, it is anyone's");
    assert_eq!(offered(&mut device, None), ["marche"]);
    device.asks(Request::ErasePeople(vec![ODETTE]));
    assert_eq!(offered(&mut device, None), Vec::<String>::new());
}

#[test]
fn the_last_four_are_offered_and_neither_sentences_nor_mistakes() {
    let mut device = village();
    for (n, place) in (1..).zip(["Mairie", "Église", "Café", "Marché", "École", ""]) {
        meets(&mut device, n, Some(ODETTE), u64::from(20 - n), place);
    }
    meets(&mut device, 30, Some(ODETTE), 0, &"é".repeat(10_000));
    meets(&mut device, 31, Some(ODETTE), 0, "Gare");
    let changes = vec![EncounterChange::Withdrawn(true)];
    let withdrawn = Request::EditEncounter { id: EncounterId([31; 16]), changes, unshared_note: None, draft: None };
    device.does(withdrawn).unwrap();
    assert_eq!(offered(&mut device, Some(ODETTE)), ["École", "Marché", "Café", "Église"]);
}
