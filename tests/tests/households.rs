//! People who live together, through the door: from one sheet to the other, one address, a move, a death, an erasure.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, Months, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::households::HouseholdWrite;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::household::Household;
use maillon_shared::domain::ids::{ActId, AssessmentId, HouseholdId, LineId, MergeId, PersonId, RoundId};
use maillon_shared::domain::isolation::{IsolationAssessment, IsolationLevel};
use maillon_shared::domain::person::{Person, PersonState};
use maillon_shared::domain::round::{Round, Stop};
use maillon_shared::domain::travel::OrderMade;
use maillon_tests::harness::Device;

const ODETTE: PersonId = PersonId([1; 16]);
const LUCIEN: PersonId = PersonId([2; 16]);
const SIMONE: PersonId = PersonId([3; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn sheet(id: PersonId, name: &str, line: &str) -> Person {
    let mut person = Person::empty(id);
    person.given_name = name.into();
    person.address.line = line.into();
    person.address.hamlet = if line.is_empty() { String::new() } else { "Le Mas".into() };
    person
}

fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    device.saves(&sheet(ODETTE, "Odette", "3 rue du Puits"));
    device.saves(&Person { household: "Léo, leur petit-fils".into(), ..sheet(LUCIEN, "Lucien", "") });
    device.saves(&sheet(SIMONE, "Simone", "8 chemin du Four"));
    device
}

fn join(person: PersonId, with: PersonId, same_address: bool) -> Request {
    let home = HouseholdId([person.0[0] + 40; 16]);
    Request::WriteHousehold(Box::new(HouseholdWrite::Join { person, with, home, same_address, draft: None }))
}

fn leave(person: PersonId) -> Request {
    Request::WriteHousehold(Box::new(HouseholdWrite::Leave(person)))
}

fn household(device: &mut Device, of: PersonId) -> Household {
    device.opens(of).household
}

fn mates(device: &mut Device, of: PersonId) -> Vec<PersonId> {
    household(device, of).mates.into_iter().map(|mate| mate.id).collect()
}

fn moves(device: &mut Device, who: PersonId, line: &str) -> Option<ActId> {
    let mut person = device.opens(who).person;
    person.address.line = line.into();
    device.saves(&person)
}

#[test]
fn those_who_live_together_are_one_tap_apart_and_the_address_is_copied_once() {
    let mut device = village();
    let joined = device.does(join(LUCIEN, ODETTE, true)).unwrap();
    let mut device = device.reopens();
    assert_eq!((mates(&mut device, ODETTE), mates(&mut device, LUCIEN)), (vec![LUCIEN], vec![ODETTE]));
    assert_eq!(device.opens(LUCIEN).person.address.line, "3 rue du Puits");
    assert_eq!(household(&mut device, ODETTE).also, ["Léo, leur petit-fils"], "known by a first name, from his sheet");
    assert_eq!(household(&mut device, LUCIEN).also, [""; 0], "his own sheet says it already");

    // A third comes; nobody has to be told twice.
    device.does(join(SIMONE, LUCIEN, false));
    assert_eq!(mates(&mut device, SIMONE), [LUCIEN, ODETTE]);
    let same = |device: &mut Device, of| household(device, of).mates.iter().map(|m| m.same_address).collect::<Vec<_>>();
    assert_eq!(same(&mut device, SIMONE), [false, false]);
    assert_eq!(same(&mut device, ODETTE), [true, false]);

    // Odette moves: the others keep theirs until someone says that they came along.
    moves(&mut device, ODETTE, "1 place du Lavoir").unwrap();
    assert_eq!(device.opens(LUCIEN).person.address.line, "3 rue du Puits");
    let along = HouseholdWrite::SameAddress { of: ODETTE, people: vec![LUCIEN] };
    let along = device.does(Request::WriteHousehold(Box::new(along))).unwrap();
    assert_eq!(device.opens(LUCIEN).person.address.line, "1 place du Lavoir");
    assert_eq!(device.opens(SIMONE).person.address.line, "8 chemin du Four");
    device.does(Request::Undo(along)).unwrap();
    assert_eq!(device.opens(LUCIEN).person.address.line, "3 rue du Puits");

    // Simone leaves; what she wrote of her address is hers.
    let left = device.does(leave(SIMONE)).unwrap();
    assert_eq!((mates(&mut device, SIMONE), mates(&mut device, ODETTE)), (vec![], vec![LUCIEN]));
    device.does(Request::Undo(left)).unwrap();
    assert_eq!(mates(&mut device, SIMONE), [LUCIEN, ODETTE]);
    assert_eq!(device.is_refused(Request::Undo(joined)), Failure::WrittenSince, "an address was written since");
}

#[test]
fn what_cannot_be_is_refused_and_asking_twice_changes_nothing() {
    let mut device = village();
    assert_eq!(device.is_refused(join(ODETTE, ODETTE, true)), Failure::Invalid(Invalid::SamePerson));
    assert_eq!(device.is_refused(join(ODETTE, PersonId([9; 16]), true)), Failure::NotFound);
    let stranger = HouseholdWrite::SameAddress { of: ODETTE, people: vec![SIMONE] };
    assert_eq!(device.is_refused(Request::WriteHousehold(Box::new(stranger))), Failure::NotFound);
    device.does(join(LUCIEN, ODETTE, true)).unwrap();
    assert_eq!(device.does(join(LUCIEN, ODETTE, true)), None);
    // The one who has an address gives it, whoever was named first.
    let mut device = village();
    device.does(join(ODETTE, LUCIEN, true)).unwrap();
    assert_eq!(device.opens(LUCIEN).person.address.line, "3 rue du Puits");
    assert_eq!(device.opens(ODETTE).person.address.line, "3 rue du Puits");
}

#[test]
fn after_a_death_the_one_who_stays_is_looked_at_gently_and_once() {
    let mut device = village();
    device.does(join(LUCIEN, ODETTE, true)).unwrap();
    assert!(!household(&mut device, ODETTE).mourning);
    device.is_on(today() + Days::new(10));
    let mut lucien = device.opens(LUCIEN).person;
    lucien.state = PersonState::Deceased;
    device.saves(&lucien);
    let file = household(&mut device, ODETTE);
    assert_eq!(file.mates[0].state, PersonState::Deceased);
    assert!(file.mourning && !household(&mut device, LUCIEN).mourning);
    // A look made before says nothing of it; one made since does.
    let mut look = |number: u8, day| {
        let seen = IsolationAssessment::empty(AssessmentId([number; 16]), ODETTE, day, IsolationLevel::Moderate);
        device.does(Request::Assess { assessment: Box::new(seen), draft: None });
        device.opens(ODETTE).household.mourning
    };
    assert!(look(5, today()));
    assert!(!look(6, today() + Days::new(10)));
    let mut device = village();
    device.does(join(LUCIEN, ODETTE, true)).unwrap();
    device.saves(&lucien);
    device.is_on(today() + Months::new(24));
    assert!(!household(&mut device, ODETTE).mourning, "two years later it is left in peace");
}

#[test]
fn erasing_one_leaves_nothing_of_them_with_the_others() {
    let mut device = village();
    device.does(join(LUCIEN, ODETTE, true)).unwrap();
    device.does(join(SIMONE, ODETTE, false)).unwrap();
    device.asks(Request::ErasePeople(vec![LUCIEN]));
    assert_eq!(mates(&mut device, ODETTE), [SIMONE]);
    assert_eq!(household(&mut device, ODETTE).also, [""; 0], "whom his sheet alone named");
    let mut device = device.reopens();
    assert_eq!(mates(&mut device, SIMONE), [ODETTE]);
    let Response::File(file) = device.asks(Request::PersonalData(ODETTE)) else { panic!("a file") };
    let held = String::from_utf8(file.bytes).unwrap();
    assert!(!held.contains("Lucien") && !held.contains("Léo") && !held.contains(&LUCIEN.to_string()), "{held}");
}

#[test]
fn someone_of_two_sheets_lives_with_those_of_both_and_leaves_with_both() {
    let mut device = village();
    device.does(join(LUCIEN, ODETTE, false)).unwrap();
    let merge = Request::MergePeople {
        id: MergeId([7; 16]),
        kept: SIMONE,
        other: LUCIEN,
        from_other: std::collections::BTreeSet::new(),
    };
    device.does(merge).unwrap();
    assert_eq!((mates(&mut device, SIMONE), mates(&mut device, ODETTE)), (vec![ODETTE], vec![SIMONE]));
    device.does(leave(SIMONE)).unwrap();
    assert_eq!(mates(&mut device, ODETTE), []);
}

#[test]
fn two_of_one_house_are_seen_one_after_the_other() {
    let mut device = village();
    let others = PersonId([4; 16]);
    // Between the two in the order of names, at the same address.
    device.saves(&sheet(others, "Marcel", "3 rue du Puits"));
    device.does(join(LUCIEN, ODETTE, true)).unwrap();
    let mut round = Round::empty(RoundId([5; 16]), today());
    let stop = |person: PersonId| Stop { id: LineId([person.0[0] + 100; 16]), person, order: 0 };
    round.stops = [ODETTE, others, SIMONE, LUCIEN].map(stop).into();
    device.does(Request::PlanRound { round: Box::new(round), draft: None }).unwrap();
    let Response::Round(file) = device.asks(Request::Round(RoundId([5; 16]))) else { panic!("a round") };
    let order: Vec<PersonId> = file.stops.iter().map(|stop| stop.person).collect();
    let place = |id| order.iter().position(|one| *one == id).unwrap();
    assert_eq!(place(ODETTE).abs_diff(place(LUCIEN)), 1, "{order:?}");
    assert_eq!(file.order, OrderMade::ByHamlet, "the order proposed is the one shown");
}
