//! Addresses of a commune, through the door: a file looked at, taken in, taken again, undone and taken away; an address
//! found as it is typed, and kept with its point for as long as it is that address.
//!
//! `fixtures/adresses.py` says what stands on each line.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use maillon_engine::store::Table;
use maillon_shared::api::addresses::{
    AddressFile, AddressesAnswer, AddressesImported, AddressesQuestion, AddressesWrite, KeptCommune,
};
use maillon_shared::api::errors::{FileProblem, Invalid};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::address_search::AddressFound;
use maillon_shared::domain::ids::{ActId, MergeId, PersonId};
use maillon_shared::domain::person::{Person, PersonField};
use maillon_shared::domain::position::{Point, PositionSource};
use maillon_shared::domain::same_person::SheetField;
use maillon_shared::domain::settings::SettingsField;
use maillon_tests::harness::Device;
use maillon_tests::house::root;
use maillon_tests::village::place::{COMMUNE, COMMUNE_CODE};

const ODETTE: PersonId = PersonId([1; 16]);
const SIMONE: PersonId = PersonId([2; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/fixtures").join(name)).unwrap()
}

fn base() -> Vec<u8> {
    file("adresses-13.csv")
}

fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    let mine = vec![(SettingsField::Commune, COMMUNE.into()), (SettingsField::CommuneCode, COMMUNE_CODE.into())];
    device.asks(Request::EditSettings(mine));
    device
}

fn asks(device: &mut Device, question: AddressesQuestion) -> AddressesAnswer {
    match device.asks(Request::ReadAddresses(Box::new(question))) {
        Response::Addresses(answer) => *answer,
        _ => panic!("addresses were asked for"),
    }
}

fn looks_at(device: &mut Device, file: Vec<u8>) -> AddressFile {
    match asks(device, AddressesQuestion::Look(file)) {
        AddressesAnswer::Look(file) => file,
        _ => panic!("a file was looked at"),
    }
}

fn import(file: Vec<u8>, communes: &[&str]) -> Request {
    let communes = communes.iter().map(|code| (*code).to_owned()).collect();
    Request::WriteAddresses(Box::new(AddressesWrite::Import { file, communes }))
}

fn takes_in(device: &mut Device, file: Vec<u8>, communes: &[&str]) -> AddressesImported {
    match device.asks(import(file, communes)) {
        Response::Addresses(answer) => match *answer {
            AddressesAnswer::Imported(report) => report,
            _ => panic!("a report was asked for"),
        },
        _ => panic!("addresses were taken in"),
    }
}

fn kept(device: &mut Device) -> Vec<KeptCommune> {
    match asks(device, AddressesQuestion::Kept) {
        AddressesAnswer::Kept(communes) => communes,
        _ => panic!("the communes kept were asked for"),
    }
}

fn finds(device: &mut Device, text: &str) -> Vec<AddressFound> {
    match asks(device, AddressesQuestion::Find { text: text.into(), limit: 8 }) {
        AddressesAnswer::Found(found) => found,
        _ => panic!("an address was looked for"),
    }
}

fn undoes(device: &mut Device, act: Option<ActId>) {
    device.does(Request::Undo(act.unwrap())).unwrap();
}

// ── A file ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_file_of_two_communes_is_looked_at_before_anything_is_written() {
    let mut device = village();
    let looked = looks_at(&mut device, base());
    let communes: Vec<_> = looked.communes.iter().map(|one| (one.code.as_str(), one.lines, one.proposed)).collect();
    assert_eq!(communes, [("13998", 618, true), ("13999", 30, false)], "mine first, and proposed");
    let refused: Vec<_> = looked.refused.iter().map(|one| (one.why.as_str(), one.count, one.first)).collect();
    assert_eq!(
        refused,
        [("unreadable", 1, 661), ("cells", 3, 41), ("no_commune", 3, 658), ("no_way", 2, 656), ("odd_number", 4, 652)]
    );
    assert_eq!(looked.lines, 661);
    assert_eq!(kept(&mut device), []);
}

#[test]
fn every_line_is_accounted_for_and_taking_it_again_changes_nothing() {
    let mut device = village();
    let report = takes_in(&mut device, base(), &["13998"]);
    let refused: u32 = report.refused.iter().map(|one| one.count).sum();
    let [commune] = &report.communes[..] else { panic!("one commune was asked for") };
    assert_eq!((commune.addresses, commune.new, commune.gone, commune.without_point), (612, 612, 0, 9));
    assert_eq!((report.elsewhere, report.again, refused), (30, 6, 13));
    assert_eq!(commune.addresses + report.elsewhere + report.again + refused, 661, "every line");
    assert!(report.act.is_some());

    device.is_on(today() + Days::new(30));
    for again in ["adresses-13.csv", "adresses-13-windows.csv"] {
        let again = takes_in(&mut device, file(again), &["13998"]);
        assert_eq!((again.act, again.communes[0].new, again.communes[0].gone), (None, 0, 0));
    }
    let mut device = device.reopens();
    let communes = kept(&mut device);
    assert_eq!((communes.len(), communes[0].addresses, communes[0].without_point), (1, 612, 9));
    assert_eq!(communes[0].imported_on, today(), "the day of the file that brought something");
    let Response::Verified(verified) = device.asks(Request::Verify) else { panic!("it was verified") };
    assert_eq!((verified.stale_views, verified.unreadable), (0, 0));
}

#[test]
fn a_newer_file_says_what_is_new_and_what_is_gone_and_its_undo_brings_the_old_one_back() {
    let mut device = village();
    takes_in(&mut device, base(), &["13998", "13999"]);
    let newer = String::from_utf8(base()).unwrap();
    let newer: Vec<String> = newer
        .lines()
        .filter(|line| !line.contains(";Impasse du Puits;"))
        .map(|line| line.replace(";Rue du Four;", ";Rue du Vieux-Four;"))
        .collect();
    let report = takes_in(&mut device, newer.join("\n").into_bytes(), &["13998"]);
    assert_eq!((report.communes[0].new, report.communes[0].gone), (33, 66), "33 numbers in each of these ways");
    assert_eq!(kept(&mut device).len(), 2, "the neighbour's stay");
    assert!(finds(&mut device, "rue du vieux four").iter().all(|one| one.line.contains("Vieux-Four")));
    assert_eq!(finds(&mut device, "3 impasse du puits"), []);
    undoes(&mut device, report.act);
    assert_eq!(finds(&mut device, "3 impasse du puits")[0].line, "3 Impasse du Puits");
    assert_eq!(finds(&mut device, "vieux four"), []);
    assert_eq!(kept(&mut device)[0].addresses, 612);
    let again = takes_in(&mut device, newer.join("\n").into_bytes(), &["13998"]);
    assert_eq!(again.communes[0].gone, 66, "and it can be taken in again");
    let back = takes_in(&mut device, base(), &["13998"]);
    assert_eq!((back.communes[0].new, back.communes[0].gone), (66, 33));
    assert_eq!(finds(&mut device, "3 impasse du puits")[0].line, "3 Impasse du Puits");
}

#[test]
fn an_import_is_undone_as_one_and_addresses_are_taken_away_as_one() {
    let mut device = village();
    let report = takes_in(&mut device, base(), &["13998", "13999"]);
    undoes(&mut device, report.act);
    assert_eq!(kept(&mut device), []);
    assert_eq!(finds(&mut device, "rue du four"), []);
    takes_in(&mut device, base(), &["13998", "13999"]);

    let remove = |code: &str| Request::WriteAddresses(Box::new(AddressesWrite::Remove(code.into())));
    let removed = device.does(remove("13999"));
    assert_eq!(kept(&mut device).iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["13998"]);
    assert_eq!(device.is_refused(remove("13999")), Failure::NotFound);
    let mut device = device.reopens();
    assert_eq!(finds(&mut device, "rue de la fontaine"), []);
    undoes(&mut device, removed);
    assert_eq!(kept(&mut device).len(), 2);
    device.does(remove("13999")).unwrap();
    let report = takes_in(&mut device, base(), &["13999"]);
    assert_eq!((report.communes[0].addresses, report.communes[0].new), (30, 30));
    assert_eq!(kept(&mut device).len(), 2);
}

#[test]
fn what_is_no_file_of_addresses_is_refused_and_nothing_is_written() {
    let mut device = village();
    let unreadable = |problem| Failure::UnreadableFile(problem);
    assert_eq!(device.is_refused(import(Vec::new(), &["13998"])), unreadable(FileProblem::Empty));
    assert_eq!(device.is_refused(import(file("mairie-137.csv"), &["13998"])), unreadable(FileProblem::UnknownKind));
    assert_eq!(device.is_refused(import(base(), &[])), Failure::Invalid(Invalid::Empty));
    assert_eq!(device.is_refused(import(base(), &["75056"])), Failure::Invalid(Invalid::Empty));
    device.locks();
    assert_eq!(device.is_refused(import(base(), &["13998"])), Failure::Locked);
    device.unlocks();
    assert_eq!(kept(&mut device), []);
}

#[test]
fn twenty_thousand_addresses_are_one_document_and_come_back_with_a_backup() {
    let mut device = village();
    let head = "code_insee;nom_commune;nom_voie;numero;rep;code_postal;nom_ld;lon;lat\n";
    let line = |n: u32| {
        let (way, number) = (n / 10, n % 10 + 1);
        format!("13998;Roquebelle;Chemin du Mas {way};{number};;13599;Hameau {};4.{n:06};43.{n:06}\n", way % 40)
    };
    let whole = [head.to_owned(), (0..20_000).map(line).collect()].concat();
    let before = (device.shelf().rows().len(), device.shelf().bytes());
    let report = takes_in(&mut device, whole.into_bytes(), &["13998"]);
    assert_eq!(report.communes[0].addresses, 20_000);
    let documents = device.shelf().rows().into_iter().filter(|(table, _)| *table == Table::Keyring).count();
    assert!(device.shelf().rows().len() - before.0 <= 6 && documents < 10, "one document, whatever its size");
    let bytes = device.shelf().bytes() - before.1;
    assert!(bytes < 3_000_000, "{bytes} bytes: less than the file");
    let Response::File(backup) = device.asks(Request::Backup) else { panic!("a backup was asked for") };
    let mut elsewhere = Device::new(9, today());
    elsewhere.asks(Request::Restore(backup.bytes));
    elsewhere.unlocks();
    let found = finds(&mut elsewhere, "7 che du mas 1999");
    assert_eq!(found[0].line, "7 Chemin du Mas 1999");
    assert_eq!(found[0].point, Point::of_degrees("4.019996", "43.019996"));
}

#[test]
fn taking_in_another_commune_leaves_the_first_as_it_was() {
    let mut nadine = village();
    takes_in(&mut nadine, base(), &["13999"]);
    let (code, list) = ("13999", kept(&mut nadine));
    takes_in(&mut nadine, base(), &["13998"]);
    assert_eq!(kept(&mut nadine).into_iter().find(|one| one.code == code), list.into_iter().next());
}

// ── An address ──────────────────────────────────────────────────────────────────────────────────────────────────────

/// Someone, at the first address that is found for some words.
fn lives_at(device: &mut Device, id: PersonId, family: &str, typed: &str) -> Person {
    let found = finds(device, typed).remove(0);
    let mut person = Person::empty(id);
    person.family_name = family.into();
    takes_address(&mut person, &found);
    device.saves(&person);
    person
}

fn takes_address(person: &mut Person, found: &AddressFound) {
    person.address.line.clone_from(&found.line);
    person.address.hamlet.clone_from(&found.hamlet);
    person.address.former_commune.clone_from(&found.former_commune);
    person.address.postcode.clone_from(&found.postcode);
    person.address.commune.clone_from(&found.commune);
    person.address.commune_code.clone_from(&found.commune_code);
    person.position = found.position(&person.address.located_by());
}

#[test]
fn an_address_is_found_as_one_types_it_with_all_that_is_known_of_it() {
    let mut device = village();
    assert_eq!(finds(&mut device, "4 bis rue du four"), [], "nothing was taken in yet");
    takes_in(&mut device, base(), &["13998"]);
    let found = finds(&mut device, "4bis r du four").remove(0);
    assert_eq!((found.line.as_str(), found.hamlet.as_str()), ("4 bis Rue du Four", ""));
    assert_eq!((found.commune.as_str(), found.commune_code.as_str()), (COMMUNE, COMMUNE_CODE));
    assert_eq!((found.postcode.as_str(), found.former_commune.as_str()), ("13599", ""));
    let found = finds(&mut device, "200 che canaux font mistrale").remove(0);
    assert_eq!((found.line.as_str(), found.hamlet.as_str()), ("200 Chemin des Canaux", "Font-Mistrale"));
    assert_eq!(found.former_commune, "Saint-Elzard-de-Crau");
    assert_eq!(found.from, PositionSource::Number);
    let unknown = finds(&mut device, "999 che canaux font mistrale").remove(0);
    assert_eq!((unknown.line.as_str(), unknown.from), ("999 Chemin des Canaux", PositionSource::Way));
    let lavoir = finds(&mut device, "5 place du lavoir").remove(0);
    assert!(lavoir.point.unwrap().lon_microdegrees > 4_000_000, "the door, and not the middle of the plot");
}

#[test]
fn a_point_is_of_an_address_and_goes_with_it() {
    let mut device = village();
    takes_in(&mut device, base(), &["13998", "13999"]);
    let mut odette = lives_at(&mut device, ODETTE, "Escarvenc", "4 bis rue du four");
    let held = device.opens(ODETTE).person;
    assert_eq!(held.position().map(|position| position.from), Some(PositionSource::Number));
    assert_eq!(held, odette);

    // Whoever types over the street, here or on another device, or imports another one, has no point left.
    odette.address.line = "6 rue du Four".into();
    let typed = device.saves(&odette);
    assert_eq!(device.opens(ODETTE).person.position(), None);
    device.does(Request::Undo(typed.unwrap())).unwrap();
    assert!(device.opens(ODETTE).person.position().is_some(), "with the address, its point is back");
    odette.address.line = "4 BIS RUE DU FOUR".into();
    device.saves(&odette);
    assert!(device.opens(ODETTE).person.position().is_some(), "the same address, otherwise written");
    odette.address.commune = "Saint-Aubin-des-Gâts".into();
    device.saves(&odette);
    assert_eq!(device.opens(ODETTE).person.position(), None, "there is such a street in the next village too");
}

#[test]
fn of_two_sheets_of_one_person_the_point_is_that_of_the_address_shown() {
    let mut device = village();
    takes_in(&mut device, base(), &["13998"]);
    lives_at(&mut device, ODETTE, "Escarvenc", "4 bis rue du four");
    let mut simone = Person::empty(SIMONE);
    simone.family_name = "Escarvenc".into();
    simone.address.line = "12 chemin de Nulle-Part".into();
    device.saves(&simone);
    let merge =
        |kept, other| Request::MergePeople { id: MergeId([9; 16]), kept, other, from_other: Default::default() };
    device.does(merge(SIMONE, ODETTE)).unwrap();
    let one = device.opens(SIMONE).person;
    assert_eq!((one.address.line.as_str(), one.position()), ("12 chemin de Nulle-Part", None));
    device.does(Request::UnmergePeople(MergeId([9; 16]))).unwrap();
    let merge =
        Request::MergePeople { id: MergeId([8; 16]), kept: ODETTE, other: SIMONE, from_other: Default::default() };
    device.does(merge).unwrap();
    assert!(device.opens(ODETTE).person.position().is_some());
    device.does(Request::UnmergePeople(MergeId([8; 16]))).unwrap();
    let from_other = BTreeSet::from([SheetField::Text(PersonField::AddressLine)]);
    device.does(Request::MergePeople { id: MergeId([7; 16]), kept: SIMONE, other: ODETTE, from_other }).unwrap();
    let one = device.opens(SIMONE).person;
    assert_eq!(one.address.line, "4 bis Rue du Four");
    assert!(one.position().is_some(), "the street is the other sheet's, and so is its point");
}

#[test]
fn someone_erased_takes_their_point_along_and_leaves_the_addresses() {
    let mut device = village();
    takes_in(&mut device, base(), &["13998"]);
    let odette = lives_at(&mut device, ODETTE, "Escarvenc", "4 bis rue du four");
    let Response::File(data) = device.asks(Request::PersonalData(ODETTE)) else { panic!("her data were asked for") };
    let data = String::from_utf8(data.bytes).unwrap();
    assert!(data.contains(&odette.position), "what is held about her says where her door is");
    device.asks(Request::ErasePeople(vec![ODETTE]));
    assert_eq!(kept(&mut device)[0].addresses, 612);
    assert_eq!(finds(&mut device, "4 bis rue du four")[0].line, "4 bis Rue du Four");
    assert_eq!(device.finds("Escarvenc"), Vec::<String>::new());
    let history = device.tries(Request::Person(ODETTE));
    assert!(matches!(history, Err(Failure::NotFound)), "nobody is there");
}

#[test]
fn a_point_has_a_field_of_its_own_in_the_history() {
    let mut device = village();
    takes_in(&mut device, base(), &["13998"]);
    let odette = lives_at(&mut device, ODETTE, "Escarvenc", "4 bis rue du four");
    let Response::History(history) = device.asks(Request::History(ODETTE.into())) else { panic!("a history") };
    let said = history.iter().find(|one| one.field == PersonField::Position.code()).unwrap();
    assert_eq!(said.value, odette.position);
}
