//! Rounds that go to the nearest first, where the addresses of the commune say where people live.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use maillon_shared::api::addresses::AddressesWrite;
use maillon_shared::api::responses::RoundFile;
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::encounter::{Encounter, EncounterResult};
use maillon_shared::domain::ids::{EncounterId, LineId, PersonId, RoundId};
use maillon_shared::domain::person::{Person, PersonChange, PersonState};
use maillon_shared::domain::position::{Point, Position, PositionSource};
use maillon_shared::domain::round::{Round, RoundChange, RoundField, Stop};
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::time::Hour;
use maillon_shared::domain::travel::OrderMade;
use maillon_tests::harness::Device;
use maillon_tests::house::root;

const ODETTE: PersonId = PersonId([1; 16]);
const SIMONE: PersonId = PersonId([2; 16]);
const ANSELME: PersonId = PersonId([3; 16]);
const LUCIEN: PersonId = PersonId([4; 16]);
const ROUND: RoundId = RoundId([50; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

/// Thousandths of a degree to the east of the mairie.
fn east(thousandths: i64) -> Point {
    Point::new(4_790_000 + thousandths * 1000, 43_690_000).unwrap()
}

fn enters(device: &mut Device, id: PersonId, given: &str, line: &str, hamlet: &str, at: Option<Point>) {
    let mut person = Person::empty(id);
    person.given_name = given.into();
    person.address.line = line.into();
    person.address.hamlet = hamlet.into();
    if let Some(point) = at {
        let position = Position::of(point, PositionSource::Number, &person.address.located_by());
        person.position = position.to_text();
    }
    device.saves(&person);
}

fn starts_at_the_mairie(device: &mut Device) {
    let words = "Mairie, place du Lavoir";
    let position = Position::of(east(0), PositionSource::Number, &[words]).to_text();
    let settings = vec![(SettingsField::Start, words.to_owned()), (SettingsField::StartPosition, position)];
    device.does(Request::EditSettings(settings)).unwrap();
}

/// Odette is far, Simone near, Anselme between; nobody knows where Lucien lives but at La Roussière, as Odette does.
fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    enters(&mut device, ODETTE, "Odette", "2 chemin Haut", "La Roussière", Some(east(50)));
    enters(&mut device, SIMONE, "Simone", "1 rue Basse", "Le Bourg", Some(east(10)));
    enters(&mut device, ANSELME, "Anselme", "3 route Neuve", "Les Aires", Some(east(30)));
    enters(&mut device, LUCIEN, "Lucien", "", "la roussiere", None);
    starts_at_the_mairie(&mut device);
    device
}

fn stop(person: PersonId) -> Stop {
    Stop { id: LineId([person.0[0] + 100; 16]), person, order: 0 }
}

fn plans(device: &mut Device, people: &[PersonId]) -> RoundFile {
    let mut round = Round::empty(ROUND, today());
    round.stops = people.iter().map(|person| stop(*person)).collect();
    device.does(Request::PlanRound { round: Box::new(round), draft: None }).unwrap();
    opens(device)
}

fn opens(device: &mut Device) -> RoundFile {
    let Response::Round(file) = device.asks(Request::Round(ROUND)) else { panic!("a round") };
    *file
}

fn to_see(file: &RoundFile) -> Vec<PersonId> {
    file.stops.iter().map(|stop| stop.person).collect()
}

fn edits(device: &mut Device, changes: Vec<RoundChange>) {
    device.does(Request::EditRound { id: ROUND, changes, draft: None }).unwrap();
}

fn visits(device: &mut Device, id: u8, person: PersonId, result: EncounterResult, hour: u8) {
    let mut visit = Encounter::empty(EncounterId([id; 16]), Some(person), today());
    (visit.result, visit.hour) = (result, Hour::new(hour, 0));
    device.notes(visit).unwrap();
}

#[test]
fn a_round_goes_to_the_nearest_first_and_says_how_far_it_is_as_the_crow_flies() {
    let mut device = village();
    let file = plans(&mut device, &[LUCIEN, ODETTE, SIMONE, ANSELME]);
    assert_eq!(to_see(&file), [SIMONE, ANSELME, LUCIEN, ODETTE], "Lucien with his hamlet");
    assert_eq!(file.order, OrderMade::ByDistance);
    assert_eq!((file.start.as_str(), file.start_is_known), ("Mairie, place du Lavoir", true));
    let flight = file.flight.unwrap();
    // Fifty thousandths of a degree there and back, at that latitude.
    assert!((8_030..8_070).contains(&flight.metres), "{flight:?}");
    assert_eq!((flight.without_place, file.from_last), (0, None));

    let far_first = file.round.moving(stop(ODETTE).id, Some(stop(ANSELME).id));
    edits(&mut device, far_first);
    let file = opens(&mut device);
    assert_eq!((to_see(&file), file.order), (vec![SIMONE, ODETTE, ANSELME, LUCIEN], OrderMade::ByHand));
    assert!(file.flight.unwrap().metres > flight.metres + 3_000, "it goes back and forth, and says so");
    let arranged = device.does(Request::ArrangeRound(ROUND)).unwrap();
    assert_eq!(to_see(&opens(&mut device)), [SIMONE, ANSELME, LUCIEN, ODETTE]);
    assert_eq!(device.does(Request::ArrangeRound(ROUND)), None, "arranged again, nothing moves");
    device.does(Request::Undo(arranged)).unwrap();
    assert_eq!(opens(&mut device).order, OrderMade::ByHand);
}

#[test]
fn what_is_left_is_put_in_order_from_whoever_was_ticked_last() {
    let mut device = village();
    plans(&mut device, &[ODETTE, SIMONE, ANSELME, LUCIEN]);
    visits(&mut device, 10, ODETTE, EncounterResult::Met, 9);
    let file = opens(&mut device);
    assert_eq!(file.from_last.as_deref(), Some("Odette"));
    assert_eq!(file.order, OrderMade::ByHand, "one began at the far end");
    device.does(Request::ArrangeRound(ROUND)).unwrap();
    let file = opens(&mut device);
    assert_eq!(to_see(&file), [ODETTE, LUCIEN, ANSELME, SIMONE]);
    assert_eq!(file.order, OrderMade::ByDistance);
    visits(&mut device, 11, SIMONE, EncounterResult::DoorClosed, 10);
    assert_eq!(opens(&mut device).from_last.as_deref(), Some("Simone"), "a closed door is where one stands too");
    for (id, person) in [(12, ANSELME), (13, LUCIEN)] {
        visits(&mut device, id, person, EncounterResult::Met, id);
    }
    assert_eq!(opens(&mut device).from_last, None, "nobody is left");
}

#[test]
fn one_sets_out_from_an_address_a_hamlet_or_nowhere_that_is_known() {
    let mut device = village();
    plans(&mut device, &[ODETTE, SIMONE, ANSELME]);
    let words = "9 chemin Haut";
    let position = Position::of(east(60), PositionSource::Number, &[words]).to_text();
    let from = |text: &str| RoundChange::Text(RoundField::From, text.into());
    edits(&mut device, vec![from(words), RoundChange::Text(RoundField::FromPosition, position)]);
    device.does(Request::ArrangeRound(ROUND)).unwrap();
    let file = opens(&mut device);
    assert_eq!((to_see(&file), file.start.as_str()), (vec![ODETTE, ANSELME, SIMONE], words));

    edits(&mut device, vec![from("chez la boulangère")]);
    let file = opens(&mut device);
    assert!(!file.start_is_known, "another place, and its point is not known");
    assert_eq!(file.start, "chez la boulangère");
    assert_eq!(file.order, OrderMade::ByDistance, "from door to door all the same");

    let csv = "code_insee;nom_commune;nom_voie;numero;nom_ld;lon;lat\n13998;Roquebelle;Chemin;1;Les Aires;4.850000;43.690000\n";
    let import = AddressesWrite::Import { file: csv.into(), communes: vec!["13998".into()] };
    device.asks(Request::WriteAddresses(Box::new(import)));
    edits(&mut device, vec![from("Hameau des Aires")]);
    let file = opens(&mut device);
    assert!(file.start_is_known, "a hamlet, by the addresses in it");
    device.does(Request::ArrangeRound(ROUND)).unwrap_or(maillon_shared::domain::ids::ActId([0; 16]));
    assert_eq!(to_see(&opens(&mut device)), [ODETTE, ANSELME, SIMONE]);
}

#[test]
fn hamlets_are_placed_by_the_addresses_of_the_commune_where_people_have_no_point() {
    let mut device = Device::with_notebook(1, today());
    for (id, name, hamlet) in
        [(ODETTE, "Odette", "Font-Mistrale"), (SIMONE, "Simone", "La Combe-Neuve"), (ANSELME, "Anselme", "")]
    {
        enters(&mut device, id, name, "", hamlet, None);
    }
    let file = plans(&mut device, &[ODETTE, SIMONE, ANSELME]);
    assert_eq!((file.order, file.flight), (OrderMade::ByHamlet, None), "no place is known");
    let base = std::fs::read(root().join("tests/fixtures/adresses-13.csv")).unwrap();
    device
        .asks(Request::WriteAddresses(Box::new(AddressesWrite::Import { file: base, communes: vec!["13998".into()] })));
    starts_at_the_mairie(&mut device);
    device.does(Request::ArrangeRound(ROUND));
    let file = opens(&mut device);
    assert_eq!(file.order, OrderMade::ByDistance);
    assert_eq!(to_see(&file).last(), Some(&ANSELME), "nobody knows where: last");
    assert_eq!(file.flight.unwrap().without_place, 1);
}

#[test]
fn whoever_is_not_to_be_seen_is_on_no_way() {
    let mut device = village();
    plans(&mut device, &[ODETTE, SIMONE, ANSELME]);
    let refuses = vec![PersonChange::State(PersonState::Refuses)];
    device.does(Request::EditPerson { id: ODETTE, changes: refuses, draft: None }).unwrap();
    let file = opens(&mut device);
    assert_eq!(to_see(&file), [SIMONE, ANSELME]);
    assert!((4_800..4_860).contains(&file.flight.unwrap().metres), "the way to her is not counted: {:?}", file.flight);
}
