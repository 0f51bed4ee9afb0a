//! Day one: the mairie's list of people comes in, and every one of its 137 lines is accounted for.
//!
//! `fixtures/mairie.py` says what stands on each line. Numbers are those of the file, its heads being line 1.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maillon_shared::api::requests::{Import, ImportTarget, LineAnswer};
use maillon_shared::api::responses::{ImportPreview, ImportReport, LineNote, PersonRow};
use maillon_shared::api::{Request, Response, encode};
use maillon_shared::domain::person::{Person, PersonState};
use maillon_shared::domain::time::PartialDate;
use maillon_tests::harness::Device;
use maillon_tests::house::root;

/// Words that the column "Pathologie" says, and nothing else in the village.
const OF_HEALTH: [&str; 4] = ["zygomatite", "fibrolalie", "orthopnose", "malvoisine"];

fn list() -> Vec<u8> {
    std::fs::read(root().join("tests/fixtures/mairie-137.csv")).unwrap()
}

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn preview(device: &mut Device) -> ImportPreview {
    match device.asks(Request::PreviewImport { into: ImportTarget::People, file: list() }) {
        Response::Preview(preview) => *preview,
        _ => panic!("a preview was asked for"),
    }
}

fn imports(device: &mut Device, answers: &[LineAnswer]) -> ImportReport {
    let columns = preview(device).columns.into_iter().map(|column| column.field).collect();
    let communes = std::fs::read_to_string(root().join("app/data/communes.txt")).unwrap();
    let import = Import { into: ImportTarget::People, file: list(), columns, communes, answers: answers.to_vec() };
    match device.asks(Request::Import(Box::new(import))) {
        Response::Imported(report) => *report,
        _ => panic!("a report was asked for"),
    }
}

fn people(device: &mut Device) -> Vec<PersonRow> {
    match device.asks(Request::People) {
        Response::People(rows) => rows,
        _ => panic!("people were asked for"),
    }
}

/// Everyone's sheet, by the name as one says it.
fn sheets(device: &mut Device) -> BTreeMap<String, Person> {
    let ids: Vec<_> = people(device).into_iter().map(|row| row.id).collect();
    ids.into_iter().map(|id| device.opens(id).person).map(|person| (person.display_name(), person)).collect()
}

fn lines_of<'a>(notes: &'a [LineNote], code: &str) -> Vec<u32> {
    let of = |note: &&'a LineNote| note.why == code;
    notes.iter().filter(of).map(|note| note.line).collect()
}

#[test]
fn every_line_of_the_mairies_list_is_accounted_for() {
    let mut device = Device::with_notebook(7, today());
    let looked = preview(&mut device);
    assert_eq!((looked.lines, looked.encoding.as_str()), (137, "windows-1252"));
    let withheld: Vec<_> = looked.columns.iter().filter(|column| column.withheld.is_some()).collect();
    assert_eq!((withheld.len(), withheld[0].head.as_str()), (1, "Pathologie"));
    let guessed = looked.columns.iter().filter(|column| column.field.is_some()).count();
    assert_eq!(guessed, looked.columns.len() - 1, "every other column is known");

    let report = imports(&mut device, &[]);
    let refused: Vec<(u32, &str)> = report.refused.iter().map(|note| (note.line, note.why.as_str())).collect();
    assert_eq!(refused, [(130, "no_name"), (131, "no_name"), (132, "too_many_cells"), (133, "too_few_cells")]);
    let to_look: Vec<(u32, &str)> = report.to_look.iter().map(|line| (line.line, line.why.as_str())).collect();
    let expected = [
        (90, "name_alone"),
        (91, "name_alone"),
        (92, "birth_near"),
        (93, "birth_differs"),
        (94, "several_people"),
        (95, "several_people"),
        (124, "perhaps_deceased"),
        (125, "perhaps_deceased"),
    ];
    assert_eq!(to_look, expected);
    assert_eq!(lines_of(&report.joined, "same_birth"), [20, 34, 47, 61, 72, 73]);
    assert_eq!(lines_of(&report.joined, "same_phone"), [85, 86]);
    let lines = report.created + report.completed + report.unchanged;
    assert_eq!((report.created, lines), (117, 125));
    assert_eq!(lines as usize + refused.len() + to_look.len(), 137);
    assert_eq!(people(&mut device).len(), 117);
    let heads: Vec<&str> = report.withheld.iter().map(|column| column.head.as_str()).collect();
    assert_eq!(heads, ["Pathologie"]);
}

#[test]
fn what_is_odd_in_the_mairies_list_is_kept_and_said() {
    let mut device = Device::with_notebook(7, today());
    let report = imports(&mut device, &[]);
    for (code, lines) in [
        ("impossible_birth", vec![100, 101, 102]),
        ("future_birth", vec![103]),
        ("unreadable_birth", vec![104]),
        ("century_of_birth", vec![105]),
        ("birth_not_sure", vec![106]),
        ("old_birth", vec![107]),
        ("former_commune", vec![113, 114, 115, 116, 117]),
        ("deceased", vec![120, 121, 122, 123]),
        ("unreadable_phone", vec![134, 135]),
        ("names_an_illness", vec![]),
    ] {
        assert_eq!(lines_of(&report.remarks, code), lines, "{code}");
    }
    let sheets = sheets(&mut device);
    let births: Vec<String> =
        sheets.values().filter_map(|person| person.birth).map(|birth| birth.to_string()).collect();
    for birth in ["1938-04-09", "1941-05-01", "1937", "1939", "1945-06-05", "1936"] {
        assert!(births.iter().any(|known| known == birth), "{birth}");
    }
    assert!(sheets.values().filter_map(|person| person.birth).map(PartialDate::year).all(|year| year <= 2026));
    let kept = |text: &str| sheets.values().any(|person| person.birth.is_none() && person.notes.contains(text));
    for text in ["31/02/1940", "30/02/38", "12/13/1935", "12/03/2062", "inconnue", "12/03/24", "01/01/1838"] {
        assert!(kept(text), "{text}");
    }
    let dead = sheets.values().filter(|person| person.state == PersonState::Deceased).count();
    assert_eq!(dead, 4);
    let former: Vec<_> = sheets.values().filter(|person| !person.address.former_commune.is_empty()).collect();
    assert_eq!(former.len(), 5);
    assert!(former.iter().all(|person| person.address.commune_code == "01015"));
    assert!(sheets.values().any(|person| person.address.commune == "Trifouilles-le-Haut"));
    let nadine =
        sheets.values().find_map(|person| person.related.iter().find(|related| related.name.contains("Nadine")));
    assert_eq!(nadine.unwrap().phone, "06 39 98 50 36");
    // What two lines said of one person is on one sheet.
    let twice = &sheets["Lucienne ESTOULLONDE"];
    assert_eq!((twice.phones.len(), twice.notes.as_str()), (1, "sonner fort"));
}

#[test]
fn nothing_of_a_refused_column_is_anywhere() {
    let mut device = Device::with_notebook(7, today());
    let (looked, report) = (preview(&mut device), imports(&mut device, &[]));
    let mut told = vec![encode(&looked), encode(&report)];
    let ids: Vec<_> = people(&mut device).into_iter().map(|row| row.id).collect();
    for id in ids {
        told.push(encode(&device.asks(Request::Person(id))));
        told.push(encode(&device.asks(Request::History(id.into()))));
    }
    for request in [
        Request::People,
        Request::Today,
        Request::Drafts,
        Request::Acts { before: None, limit: 1_000 },
        Request::Reads { before: None, limit: 1_000 },
        Request::Backup,
    ] {
        told.push(encode(&device.asks(request)));
    }
    told.extend(device.shelf().rows().into_iter().map(|(_, (key, value))| [key, value].concat()));
    for (place, bytes) in told.iter().enumerate() {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(OF_HEALTH.iter().all(|word| !text.contains(word)), "in answer or row {place}");
        assert!(!text.contains("ald n°"), "in answer or row {place}");
    }
    for word in OF_HEALTH {
        assert_eq!(device.finds(word), [""; 0]);
    }
}

#[test]
fn the_same_list_once_more_changes_nothing_and_one_gesture_undoes_it() {
    let mut device = Device::with_notebook(7, today());
    let report = imports(&mut device, &[]);
    let (before, rows) = (sheets(&mut device), device.shelf().rows().len());
    let again = imports(&mut device, &[]);
    assert_eq!((again.act, again.created, again.completed, again.unchanged), (None, 0, 0, 125));
    assert_eq!((&again.refused, &again.to_look.len()), (&report.refused, &report.to_look.len()));
    assert_eq!(sheets(&mut device), before);
    let mut device = device.reopens();
    let third = imports(&mut device, &[]);
    assert_eq!((third.act, third.created, third.completed), (None, 0, 0));
    assert_eq!(sheets(&mut device), before);
    // Readings are noted; nothing else is written.
    assert!(device.shelf().rows().len() >= rows);

    device.does(Request::Undo(report.act.unwrap())).unwrap();
    assert_eq!(people(&mut device), []);
    assert_eq!(imports(&mut device, &[]).created, 117);
}

#[test]
fn a_line_to_look_at_comes_in_once_someone_says_what_it_is() {
    let mut device = Device::with_notebook(7, today());
    let report = imports(&mut device, &[]);
    let like = |line: u32| report.to_look.iter().find(|look| look.line == line).unwrap().like.clone();
    let germaine = like(90).unwrap();
    assert_eq!(germaine.name, "Germaine GARRINGADE");
    let answers = [
        LineAnswer { line: 90, same: Some(germaine.id) },
        LineAnswer { line: 91, same: None },
        LineAnswer { line: 93, same: None },
        LineAnswer { line: 125, same: None },
    ];
    let answered = imports(&mut device, &answers);
    assert_eq!((answered.created, answered.to_look.len()), (3, 4));
    assert_eq!(lines_of(&answered.joined, "answered"), [90]);
    let again = imports(&mut device, &answers);
    assert_eq!((again.act, again.created, again.completed), (None, 0, 0));
    // Without the answers, those who came in are known again.
    let bare = imports(&mut device, &[]);
    assert_eq!((bare.act, bare.created, bare.completed), (None, 0, 0));
    assert_eq!(people(&mut device).len(), 120);

    // The last act first, and nothing is left.
    device.does(Request::Undo(answered.act.unwrap())).unwrap();
    device.does(Request::Undo(report.act.unwrap())).unwrap();
    assert_eq!(people(&mut device), []);
}
