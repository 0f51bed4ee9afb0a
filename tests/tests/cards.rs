//! Cards that name one another, through the door: who works where, who is of a group, and what no field holds.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use maillon_shared::api::requests::{ExportFormat, Import, ImportTarget};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::directory::{DirectoryEntry, EntryKind};
use maillon_shared::domain::ids::LineId;
use maillon_tests::harness::Device;

fn device() -> Device {
    Device::with_notebook(1, "2026-06-12".parse::<NaiveDate>().unwrap())
}

fn takes(device: &mut Device, file: &str) -> (u32, u32) {
    let (columns, answers) = (Vec::new(), Vec::new());
    let import = Import { into: ImportTarget::Directory, file: file.into(), columns, communes: String::new(), answers };
    let Response::Imported(report) = device.asks(Request::Import(Box::new(import))) else { panic!("a report") };
    (report.created, report.completed)
}

fn gives(device: &mut Device) -> String {
    let Response::File(file) = device.asks(Request::ExportDirectory(ExportFormat::VCard)) else { panic!("a file") };
    String::from_utf8(file.bytes).unwrap().replace("\r\n ", "")
}

fn entries(device: &mut Device) -> Vec<DirectoryEntry> {
    let Response::Directory(rows) = device.asks(Request::Directory) else { panic!("the directory") };
    let mut entry = |id| match device.asks(Request::Entry(id)) {
        Response::Entry(file) => file.entry,
        _ => panic!("an entry"),
    };
    rows.into_iter().map(|row| entry(row.id)).collect()
}

fn named(all: &[DirectoryEntry], name: &str) -> DirectoryEntry {
    all.iter().find(|entry| entry.display_name() == name).unwrap_or_else(|| panic!("{name}")).clone()
}

fn card(lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:4.0\r\n{}\r\nEND:VCARD\r\n", lines.replace('\n', "\r\n"))
}

#[test]
fn who_works_where_is_said_by_cards_that_name_one_another() {
    let mut device = device();
    let file = [
        card("KIND:individual\nFN:Maëlle Tisserol\nUID:maelle@exemple.example"),
        card("KIND:individual\nFN:Basile Orcival\nUID:basile@exemple.example\nORG:Cabinet du Pont"),
        card(
            "KIND:group\nFN:Équipe du mardi\nUID:mardi@exemple.example\nMEMBER:maelle@exemple.example\n\
             MEMBER:basile@exemple.example\nMEMBER:nobody@exemple.example",
        ),
        card("KIND:org\nFN:Pharmacie du Grand-Vallat\nUID:pharmacie@exemple.example"),
        card(
            "KIND:individual\nFN:Aurore Delcamp\nRELATED;TYPE=co-worker:pharmacie@exemple.example\n\
             RELATED;TYPE=spouse;VALUE=text:Jean Delcamp",
        ),
        card("KIND:individual\nFN:Jules Ferrand\nRELATED;TYPE=friend:pharmacie@exemple.example"),
    ];
    assert_eq!(takes(&mut device, &file.concat()), (6, 0));
    let all = entries(&mut device);
    let (group, pharmacy) = (named(&all, "Équipe du mardi"), named(&all, "Pharmacie du Grand-Vallat"));
    assert_eq!((group.kind.clone(), pharmacy.kind.clone()), (EntryKind::Structure, EntryKind::Structure));
    assert_eq!(named(&all, "Maëlle Tisserol").works_at, Some(group.id));
    let basile = named(&all, "Basile Orcival");
    assert_eq!((basile.works_at, basile.workplace.as_str()), (None, "Cabinet du Pont"), "what the card says stands");
    assert_eq!(named(&all, "Aurore Delcamp").works_at, Some(pharmacy.id));
    assert_eq!(named(&all, "Jules Ferrand").works_at, None, "a friend of the house does not work there");
    assert!(named(&all, "Aurore Delcamp").card_properties.contains("RELATED;TYPE=spouse;VALUE=text:Jean Delcamp"));
    assert!(group.card_properties.contains("MEMBER:nobody@exemple.example"), "{}", group.card_properties);
    // The same file again changes nothing.
    assert_eq!(takes(&mut device, &file.concat()), (0, 0));
    assert_eq!(entries(&mut device), all);
}

#[test]
fn the_directory_goes_to_another_notebook_with_who_works_where() {
    let mut here = device();
    let file = [
        card("KIND:org\nFN:Cabinet du Pont\nTEL:04 65 71 00 01\nADR:;;;Val-des-Ormes;;13999;\nUID:un@exemple.example"),
        card("KIND:org\nFN:Cabinet du Pont\nTEL:04 65 71 00 02\nADR:;;;Roquebelle;;13998;\nUID:deux@exemple.example"),
        card("KIND:individual\nFN:Aurore Delcamp\nORG:Cabinet du Pont\nRELATED;TYPE=agent:deux@exemple.example"),
        card("KIND:group\nFN:Équipe du mardi\nMEMBER:jules@exemple.example"),
        card("KIND:individual\nFN:Jules Ferrand\nUID:jules@exemple.example"),
    ];
    assert_eq!(takes(&mut here, &file.concat()).0, 5);
    let all = entries(&mut here);
    let written = gives(&mut here);
    assert!(written.contains("KIND:group") && written.contains("MEMBER;X-MAILLON=1:urn:uuid:"), "{written}");
    let mut there = device();
    takes(&mut there, &written);
    let theirs = entries(&mut there);
    for name in ["Aurore Delcamp", "Jules Ferrand"] {
        let (one, other) = (named(&all, name), named(&theirs, name));
        assert!(one.works_at.is_some(), "{name}");
        assert_eq!((other.works_at, &other.workplace), (one.works_at, &one.workplace), "{name}: one of two of a name");
    }
    let same = |all: &[DirectoryEntry]| {
        let mut all = all.to_vec();
        all.iter_mut().flat_map(|entry| &mut entry.phones).for_each(|phone| phone.id = LineId([0; 16]));
        all
    };
    assert_eq!(same(&theirs), same(&all), "nothing else was lost, nor is it said twice");
    assert_eq!(gives(&mut there), written, "and it goes out as it came");
}
