//! The lists that the coordinator edits, through the door: their words come everywhere, and nothing noted is lost.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::{ExportFormat, Import, ImportTarget};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::directory::{EntryChange, EntryField, EntryKind};
use maillon_shared::domain::ids::{ActId, EntryId, LineId};
use maillon_shared::domain::list_edits::{ListEdits, ListWrite, own_id};
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::text::language::Language;
use maillon_tests::harness::Device;

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn edits(device: &mut Device) -> ListEdits {
    let Response::Settings(settings) = device.asks(Request::Settings) else { panic!("settings") };
    settings.lists
}

fn does(device: &mut Device, write: ListWrite) -> Option<ActId> {
    device.does(Request::EditLists(Box::new(write)))
}

fn offered(device: &mut Device, list: ListId) -> Vec<String> {
    Lists::of(Language::Fr, &edits(device)).items(list).iter().map(|item| item.label.clone()).collect()
}

fn add(list: ListId, number: u8, words: &str) -> ListWrite {
    ListWrite::Add { list, id: LineId([number; 16]), words: words.into() }
}

fn rename(list: ListId, item: &str, words: &str) -> ListWrite {
    ListWrite::Rename { list, item: item.into(), language: Language::Fr, words: words.into() }
}

fn found(device: &mut Device, text: &str) -> Vec<String> {
    let Response::Found(hits) = device.asks(Request::Search { text: text.into(), limit: 9 }) else { panic!("hits") };
    hits.into_iter().map(|hit| hit.title).collect()
}

#[test]
fn a_list_in_ones_own_words_survives_the_night_and_each_change_is_undone_alone() {
    let mut device = Device::with_notebook(1, today());
    let list = ListId::ReceptionCounts;
    let before = offered(&mut device, list);
    let added = does(&mut device, add(list, 1, "  Prêt  de livres 📚 ")).unwrap();
    assert_eq!(does(&mut device, add(list, 1, "Prêt de livres 📚")), None, "a double answer adds once");
    let renamed = does(&mut device, rename(list, "came_in", "Venue")).unwrap();
    let hidden = does(&mut device, ListWrite::Hide(list, "oriented".into())).unwrap();
    let moved = does(&mut device, ListWrite::Move { list, item: "other".into(), before: Some("came_in".into()) });
    let mut device = device.reopens();
    assert_eq!(
        offered(&mut device, list),
        ["Autre", "Venue", "Appel", "Renseignement", "Démarche, papiers", "Prêt de livres 📚"]
    );
    for act in [renamed, moved.unwrap(), hidden, added] {
        device.does(Request::Undo(act)).unwrap();
    }
    assert_eq!(offered(&mut device, list), before);
}

#[test]
fn what_cannot_be_is_refused_and_changes_nothing() {
    let mut device = Device::with_notebook(1, today());
    let refused = |device: &mut Device, write| match device.is_refused(Request::EditLists(Box::new(write))) {
        Failure::Invalid(why) => Some(why),
        _ => None,
    };
    let list = ListId::Relations;
    assert_eq!(refused(&mut device, add(list, 1, "fille")), Some(Invalid::AlreadyListed));
    assert_eq!(refused(&mut device, add(list, 1, " ")), Some(Invalid::Empty));
    assert_eq!(refused(&mut device, add(list, 1, &"x".repeat(81))), Some(Invalid::ItemTooLong));
    assert_eq!(refused(&mut device, add(ListId::EntryKinds, 1, "Réseau")), Some(Invalid::NeededItem));
    let hide = ListWrite::Hide(ListId::FollowUpKinds, "promise".into());
    assert_eq!(refused(&mut device, hide), Some(Invalid::NeededItem));
    assert_eq!(refused(&mut device, rename(list, "nobody", "Personne")), None, "there is no such item");
    assert_eq!(edits(&mut device), ListEdits::default());
}

#[test]
fn what_is_written_with_an_own_item_is_found_and_goes_out_in_words() {
    let mut device = Device::with_notebook(1, today());
    let role = own_id(LineId([1; 16]), "Tiers-lieu");
    does(&mut device, add(ListId::StructureTypes, 1, "Tiers-lieu"));
    let id = EntryId([7; 16]);
    let (phone, label) = (LineId([8; 16]), own_id(LineId([2; 16]), "Le jeudi"));
    does(&mut device, add(ListId::PhoneLabels, 2, "Le jeudi"));
    let changes = vec![
        EntryChange::Text(EntryField::Name, "La Remise".into()),
        EntryChange::Text(EntryField::Role, role.clone()),
        EntryChange::Phone(phone, PhoneField::Number, "04 90 00 00 01".into()),
        EntryChange::Phone(phone, PhoneField::Label, label),
    ];
    device.does(Request::CreateEntry { id, kind: EntryKind::Structure, changes, draft: None });
    assert_eq!(found(&mut device, "tiers-lieu"), ["La Remise"]);
    does(&mut device, rename(ListId::StructureTypes, &role, "Lieu partagé"));
    assert_eq!(found(&mut device, "partagé"), ["La Remise"], "by its new words");
    assert_eq!(found(&mut device, "tiers"), ["La Remise"], "by its first words still");
    let mut file = |format| {
        let Response::File(file) = device.asks(Request::ExportDirectory(format)) else { panic!("a file") };
        String::from_utf8(file.bytes).unwrap()
    };
    for format in [ExportFormat::Csv, ExportFormat::VCard, ExportFormat::DataInclusion] {
        let text = file(format);
        assert!(text.contains("Lieu partagé") && !text.contains("own-"), "{text}");
    }
    assert!(file(ExportFormat::Csv).contains("(Le jeudi)"));
    // And back in: the words of a file are those of the lists here.
    let mut columns = vec![Some("name".to_owned()), Some("role".to_owned())];
    columns.push(None);
    let table = "nom;type;x\nLa Grange;lieu partagé;\nLe Hangar;TIERS LIEU;\nLe Port;Capitainerie;\n";
    let import = Import {
        into: ImportTarget::Directory,
        file: table.into(),
        columns,
        communes: String::new(),
        answers: Vec::new(),
    };
    let Response::Imported(report) = device.asks(Request::Import(Box::new(import))) else { panic!("a report") };
    assert_eq!((report.created, report.new_roles), (3, vec!["Capitainerie".to_owned()]));
    assert_eq!(found(&mut device, "tiers lieu").len(), 3);
    // What is hidden is still what it is.
    does(&mut device, ListWrite::Hide(ListId::StructureTypes, role));
    assert_eq!(found(&mut device, "partagé").len(), 3);
}

#[test]
fn a_renamed_item_of_everybodys_lists_goes_out_as_it_is_called_here() {
    let mut device = Device::with_notebook(1, today());
    does(&mut device, rename(ListId::Professions, "infirmier", "Infirmière libérale du village"));
    let changes = vec![
        EntryChange::Text(EntryField::Name, "Bonnafé".into()),
        EntryChange::Text(EntryField::Role, "infirmier".into()),
    ];
    device.does(Request::CreateEntry { id: EntryId([7; 16]), kind: EntryKind::Professional, changes, draft: None });
    let Response::File(file) = device.asks(Request::ExportDirectory(ExportFormat::Csv)) else { panic!("a file") };
    assert!(String::from_utf8(file.bytes).unwrap().contains("Infirmière libérale du village"));
    assert_eq!(found(&mut device, "IDEL"), ["Bonnafé"], "by an older name");
    assert_eq!(found(&mut device, "nurse"), ["Bonnafé"], "and in the other language");
}
