//! A register kept before comes in: 300 lines, each accounted for, and nothing of anyone's health or of a remark.
//!
//! `fixtures/registre.py` says what stands on each line. Numbers are those of the file, its heads being line 1.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maillon_shared::api::register::{RegisterList, RegisterWrite};
use maillon_shared::api::requests::{Import, ImportTarget, LineAnswer};
use maillon_shared::api::responses::ImportReport;
use maillon_shared::api::{Request, Response, encode};
use maillon_shared::domain::ids::{PersonId, RegisterEntryId};
use maillon_shared::domain::register::{
    Acknowledgement, RegisterChange, RegisterEntry, RegisterField, RegisterGround, RegisterOrigin, RegisterState,
    StrikeOff, StrikeReason,
};
use maillon_tests::harness::Device;
use maillon_tests::house::root;

/// Words that the columns which must not be read say, and nothing else.
const NEVER: [&str; 2] = ["quinquelette", "taux 80"];

fn register() -> Vec<u8> {
    std::fs::read(root().join("tests/fixtures/registre-300.csv")).unwrap()
}

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn takes_over(device: &mut Device, file: Vec<u8>, answers: &[LineAnswer]) -> ImportReport {
    let looked = device.asks(Request::PreviewImport { into: ImportTarget::Register, file: file.clone() });
    let Response::Preview(looked) = looked else { panic!("a preview was asked for") };
    let columns = looked.columns.into_iter().map(|column| column.field).collect();
    let answers = answers.to_vec();
    let import = Import { into: ImportTarget::Register, file, columns, communes: String::new(), answers };
    match device.asks(Request::Import(Box::new(import))) {
        Response::Imported(report) => *report,
        _ => panic!("a report was asked for"),
    }
}

fn entries(device: &mut Device) -> Vec<RegisterEntry> {
    match device.asks(Request::Registered) {
        Response::Registered(entries) => entries,
        _ => panic!("those who are in it were asked for"),
    }
}

fn list(device: &mut Device) -> RegisterList {
    match device.asks(Request::Register) {
        Response::Register(list) => *list,
        _ => panic!("the register was asked for"),
    }
}

fn counts(report: &ImportReport) -> (u32, u32, u32, usize, usize) {
    (report.created, report.completed, report.unchanged, report.to_look.len(), report.refused.len())
}

fn refused(report: &ImportReport) -> Vec<(u32, &str)> {
    report.refused.iter().map(|note| (note.line, note.why.as_str())).collect()
}

fn strikes_off(device: &mut Device, id: RegisterEntryId) {
    let struck = StrikeOff { on: today(), why: StrikeReason::AtRequest, by: String::new() };
    let write = RegisterWrite::SetState { id, state: RegisterState::StruckOff(struck), draft: None };
    device.does(Request::WriteRegister(Box::new(write))).unwrap();
}

#[test]
fn three_hundred_people_come_in_and_one_gesture_takes_them_out() {
    let mut device = Device::with_notebook(7, today());
    let report = takes_over(&mut device, register(), &[]);
    assert_eq!(counts(&report), (300, 0, 0, 0, 0), "{:?} {:?}", report.to_look, report.joined);
    assert_eq!(report.remarks, []);
    let withheld: Vec<_> = report.withheld.iter().map(|column| column.head.as_str()).collect();
    assert_eq!(withheld, ["Handicap"]);
    let mut device = device.reopens();
    let entries = entries(&mut device);
    assert_eq!(entries.len(), 300);
    assert_eq!(entries.iter().filter(|entry| entry.phones.is_empty()).count(), 20);
    assert_eq!(entries.iter().filter(|entry| !entry.to_notify.is_empty()).count(), 100);
    let mut hamlets: BTreeMap<&str, u32> = BTreeMap::new();
    entries.iter().for_each(|entry| *hamlets.entry(&entry.address.hamlet).or_default() += 1);
    assert_eq!(hamlets.len(), 12);
    let grounds =
        |ground: RegisterGround| entries.iter().filter(|entry| entry.ground.as_ref() == Some(&ground)).count();
    let of_each = [RegisterGround::Aged65, RegisterGround::UnfitOver60, RegisterGround::Disability].map(grounds);
    assert_eq!(of_each, [210, 60, 30]);
    assert!(entries.iter().all(|entry| entry.requested.is_some() && entry.birth.is_some()));
    assert!(entries.iter().all(|entry| entry.acknowledgement == Acknowledgement::TakenOver));
    let by_others = entries.iter().filter(|entry| entry.origin == RegisterOrigin::ThirdParty).count();
    assert_eq!(by_others, 30);
    assert_eq!(device.today().register.count, 0, "nobody is told to write 300 letters again");
    device.does(Request::Undo(report.act.unwrap())).unwrap();
    assert!(list(&mut device).rows.is_empty());
}

#[test]
fn taken_over_again_it_adds_nothing_and_touches_nothing() {
    let mut device = Device::with_notebook(7, today());
    takes_over(&mut device, register(), &[]);
    let before = entries(&mut device);
    let again = takes_over(&mut device, register(), &[]);
    assert_eq!(counts(&again), (0, 0, 300, 0, 0), "{:?}", again.to_look);
    assert_eq!(again.act, None);
    assert!(entries(&mut device) == before);
}

#[test]
fn what_an_agent_wrote_since_stays() {
    let mut device = Device::with_notebook(7, today());
    takes_over(&mut device, register(), &[]);
    let one = entries(&mut device).swap_remove(0);
    let changes = vec![RegisterChange::Text(RegisterField::HomeServices, "une autre aide".into())];
    device.does(Request::WriteRegister(Box::new(RegisterWrite::Edit { id: one.id, changes, draft: None }))).unwrap();
    takes_over(&mut device, register(), &[]);
    let after = entries(&mut device).into_iter().find(|entry| entry.id == one.id).unwrap();
    assert_eq!(after.home_services, "une autre aide");
}

#[test]
fn nobody_who_went_out_is_brought_back_by_a_list() {
    let mut device = Device::with_notebook(7, today());
    takes_over(&mut device, register(), &[]);
    let id = entries(&mut device)[0].id;
    strikes_off(&mut device, id);
    let again = takes_over(&mut device, register(), &[]);
    assert_eq!((again.created, again.unchanged, again.refused.len()), (0, 299, 1));
    assert_eq!(again.refused[0].why, "register_ended");
    assert_eq!(entries(&mut device).len(), 299);
}

#[test]
fn of_health_and_of_remarks_not_a_word_is_left_anywhere() {
    let mut device = Device::with_notebook(7, today());
    let report = takes_over(&mut device, register(), &[]);
    let mut said = encode(&Ok::<_, ()>(Response::Imported(Box::new(report))));
    said.extend(encode(&device.asks(Request::Registered)));
    let preview = device.asks(Request::PreviewImport { into: ImportTarget::Register, file: register() });
    let Response::Preview(preview) = preview else { panic!("a preview") };
    for column in preview.columns.iter().filter(|column| column.withheld.is_some()) {
        assert_eq!(column.field, None);
    }
    let said = String::from_utf8_lossy(&said).to_lowercase();
    for word in NEVER {
        assert!(!said.contains(word), "{word}");
    }
}

#[test]
fn what_a_line_says_of_a_death_or_a_refusal_enters_nobody() {
    let mut device = Device::with_notebook(7, today());
    let table = "Nom;Prénom;Né le;Situation;Motif\n\
        Escarvenc;Odette;09/04/1938;décédée;65 ans\n\
        Quintrendrol;Basile;01/02/1940;a déménagé;65 ans\n\
        Barloungade;Simone;03/05/1941;refus;65 ans\n\
        Calvoussagne;Marius;31/02/1942;;voisine inquiète\n\
        ;;05/06/1943;;65 ans\n\
        Mailleltagne;M. et Mme;;;65 ans\n";
    let report = takes_over(&mut device, table.as_bytes().to_vec(), &[]);
    let said = [(2, "register_deceased"), (3, "register_moved"), (4, "register_refuses"), (6, "no_name")];
    assert_eq!(refused(&report), said);
    assert_eq!(report.created, 1);
    let remarks: Vec<_> = report.remarks.iter().map(|note| (note.line, note.why.as_str())).collect();
    assert_eq!(remarks, [(5, "birth_left_out"), (5, "unknown_ground")]);
    assert_eq!(report.to_look.iter().map(|line| line.why.as_str()).collect::<Vec<_>>(), ["several_people"]);
    assert_eq!(entries(&mut device)[0].family_name, "Calvoussagne");
}

#[test]
fn a_namesake_waits_until_someone_says_who_they_are() {
    let mut device = Device::with_notebook(7, today());
    takes_over(&mut device, "Nom;Prénom;Né le\nEscarvenc;Odette;09/04/1938\n".into(), &[]);
    let namesake = "Nom;Prénom;Hameau\nEscarvenc;Odette;Les Gâts\n";
    let report = takes_over(&mut device, namesake.into(), &[]);
    assert_eq!(counts(&report), (0, 0, 0, 1, 0));
    let like = report.to_look[0].like.clone().unwrap();
    let same = |same: Option<PersonId>| [LineAnswer { line: 2, same }];
    let report = takes_over(&mut device, namesake.into(), &same(Some(like.id)));
    assert_eq!(counts(&report), (0, 1, 0, 0, 0));
    assert_eq!(entries(&mut device)[0].address.hamlet, "Les Gâts");
    device.does(Request::Undo(report.act.unwrap())).unwrap();
    let report = takes_over(&mut device, namesake.into(), &same(None));
    assert_eq!((report.created, entries(&mut device).len()), (1, 2));
}
