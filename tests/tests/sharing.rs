//! Two devices of one coordinator, a kitchen without signal between them, and a USB stick: what is written on either is on
//! both, nothing is lost, nobody else reads it, and whoever was erased stays so.

#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use maillon_engine::store::Table;
use maillon_shared::api::errors::{FileProblem, NotShared};
use maillon_shared::api::sharing::{Company, CourierOpened, DeviceKey, SharingAnswer, SharingRequest, SharingStatus};
use maillon_shared::api::{Failure, Request, Response, encode};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::ids::{EncounterId, PersonId};
use maillon_shared::domain::settings::SettingsField;
use maillon_tests::harness::Device;
use maillon_tests::village::Village;

use crate::pair::*;

#[test]
fn what_is_written_on_either_is_on_both() {
    let (mut laptop, mut phone) = (laptop(), phone());
    let taken = pair(&mut laptop, &mut phone);
    assert!(taken.changed >= 6, "{taken:?}");
    assert_eq!((taken.erased, taken.waiting, taken.set_aside), (0, 0, 0));
    assert_eq!(taken.name, "Le portable de Nadine");
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    assert_eq!(phone.opens(ODETTE).person.family_name, "Escarvenc");

    // In a kitchen, on the phone; and at the mairie, on the laptop.
    phone.saves(&named(MAURICE, "Calvoulmenque"));
    let mut seen = Encounter::empty(EncounterId([9; 16]), Some(ODETTE), today());
    seen.notes = "Le portail est réparé.".into();
    phone.notes(seen);
    let mut odette = laptop.opens(ODETTE).person;
    odette.given_name = "Odette".into();
    laptop.saves(&odette);

    let (file, documents) = courier(&mut phone);
    assert!(documents >= 2);
    let taken = takes(&mut laptop, &file);
    assert_eq!((taken.changed, taken.two_versions.len()), (2, 0), "Maurice, and what was said to Odette");
    let (file, _) = courier(&mut laptop);
    assert_eq!(takes(&mut phone, &file).changed, 1, "her first name");
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    assert_eq!(phone.opens(ODETTE).person.given_name, "Odette");

    // The same file once more, and both started anew.
    assert_eq!(takes(&mut phone, &file).changed, 0);
    let (mut laptop, mut phone) = (laptop.reopens(), phone.reopens());
    assert_eq!(takes(&mut phone, &file).changed, 0);
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    let (file, documents) = courier(&mut phone);
    assert_eq!(documents, 0, "the laptop said that it has everything");
    assert_eq!(takes(&mut laptop, &file).changed, 0);
    for device in [&mut laptop, &mut phone] {
        let status = status(device);
        assert_eq!((status.untold, status.others[0].unsent, status.waiting, status.set_aside), (0, 0, 0, 0));
        assert!(status.others[0].answered);
    }
}

#[test]
fn a_phone_that_was_used_before_brings_what_it_has() {
    let (mut laptop, mut phone) = (laptop(), phone());
    phone.saves(&named(MAURICE, "Calvoulmenque"));
    pair(&mut laptop, &mut phone);
    let (file, _) = courier(&mut phone);
    takes(&mut laptop, &file);
    assert_eq!(laptop.opens(MAURICE).person.family_name, "Calvoulmenque");
    assert_eq!(shows(&mut phone), shows(&mut laptop));
}

#[test]
fn two_who_wrote_the_same_field_at_once_are_both_heard() {
    let (mut laptop, mut phone) = paired();
    for (device, name) in [(&mut laptop, "Odette"), (&mut phone, "Odile")] {
        let mut odette = device.opens(ODETTE).person;
        odette.given_name = name.into();
        device.saves(&odette);
    }
    let (file, _) = courier(&mut laptop);
    let taken = takes(&mut phone, &file);
    assert_eq!(taken.two_versions.len(), 1);
    let (file, _) = courier(&mut phone);
    takes(&mut laptop, &file);
    assert_eq!(shows(&mut phone), shows(&mut laptop), "both show the same, and both versions");
    let conflicts = laptop.opens(ODETTE).conflicts;
    assert_eq!(conflicts.len(), 1);
    // She is asked; it is written on the phone, and settles it on both.
    let mut odette = phone.opens(ODETTE).person;
    odette.given_name = "Odile".into();
    phone.does(Request::EditPerson {
        id: ODETTE,
        changes: named(ODETTE, "Escarvenc").changes_to(&odette),
        draft: None,
    });
    let (file, _) = courier(&mut phone);
    takes(&mut laptop, &file);
    assert!(laptop.opens(ODETTE).conflicts.is_empty());
    assert_eq!(laptop.opens(ODETTE).person.given_name, "Odile");
}

#[test]
fn whoever_was_erased_is_erased_on_the_other_device_too() {
    let (mut laptop, mut phone) = paired();
    // On the phone something is written about her that the laptop does not know of.
    phone.is_on("2027-01-04".parse().unwrap());
    let mut seen = Encounter::empty(EncounterId([9; 16]), Some(ODETTE), "2027-01-04".parse().unwrap());
    seen.notes = "Le portail est réparé.".into();
    phone.notes(seen);
    let (before, _) = courier(&mut phone);
    let (old, _) = courier(&mut laptop);
    laptop.asks(Request::ErasePeople(vec![ODETTE]));
    let rows_of = |device: &Device, table: Table| device.shelf().rows().iter().filter(|(of, _)| *of == table).count();
    let frames = rows_of(&phone, Table::Frames);

    let (file, _) = courier(&mut laptop);
    let taken = takes(&mut phone, &file);
    assert!(taken.erased >= 3, "{taken:?}");
    assert!(matches!(phone.tries(Request::Person(ODETTE)), Err(Failure::NotFound)));
    assert!(rows_of(&phone, Table::Frames) < frames);
    assert!(phone.finds("portail").is_empty());

    // What the phone wrote before it knew comes to the laptop, and finds nobody.
    let taken = takes(&mut laptop, &before);
    assert_eq!(taken.changed, 0, "{taken:?}");
    assert!(laptop.finds("portail").is_empty());
    // An old file, once more, brings nobody back.
    assert_eq!(takes(&mut phone, &old).changed, 0);
    let (file, _) = courier(&mut phone);
    takes(&mut laptop, &file);
    let (mut laptop, mut phone) = (laptop.reopens(), phone.reopens());
    for device in [&mut laptop, &mut phone] {
        assert!(matches!(device.tries(Request::Person(ODETTE)), Err(Failure::NotFound)));
        assert_eq!(device.opens(SIMONE).person.family_name, "Salvoubérac");
    }
    assert_eq!(shows(&mut phone), shows(&mut laptop));

    // A third device, let in afterwards, gets a whole copy: she is not in it.
    let mut tablet = Device::with_notebook(3, today());
    pair(&mut laptop, &mut tablet);
    assert_eq!(shows(&mut tablet), shows(&mut laptop));
    assert!(matches!(tablet.tries(Request::Person(ODETTE)), Err(Failure::NotFound)));
    assert!(tablet.finds("portail").is_empty());
}

#[test]
fn a_phone_that_was_lost_reads_nothing_more_and_is_heard_no_more() {
    let (mut laptop, mut phone) = paired();
    let (stale, _) = courier(&mut phone);
    let lost = other(&mut laptop);
    does(&mut laptop, SharingRequest::RemoveDevice(lost));
    let told = status(&mut laptop);
    assert!(told.others.is_empty());
    assert_eq!(told.left, ["Le téléphone"]);
    let failure = is_refused(&mut laptop, SharingRequest::MakeCourier(lost));
    assert!(failure == Failure::NotShared(NotShared::Who));

    // Whoever has the phone writes, and sends a file: it is set aside, and said.
    phone.saves(&named(MAURICE, "Calvoulmenque"));
    let (file, _) = courier(&mut phone);
    let taken = takes(&mut laptop, &file);
    assert_eq!(taken.changed, 0);
    assert!(taken.set_aside > 0, "{taken:?}");
    assert!(matches!(laptop.tries(Request::Person(MAURICE)), Err(Failure::NotFound)));
    assert!(status(&mut laptop).set_aside > 0);
    assert_eq!(takes(&mut laptop, &stale).changed, 0);
    // It does not come back under its old keys.
    let card = card(&mut phone);
    let failure = is_refused(&mut laptop, SharingRequest::AddDevice { card, words: None });
    assert!(failure == Failure::NotShared(NotShared::Who));
}

#[test]
fn nobody_joins_by_a_file_alone() {
    let (mut laptop, mut phone) = (laptop(), phone());
    for device in [&mut laptop, &mut phone] {
        assert!(is_refused(device, SharingRequest::Card(Company::Own)) == Failure::NotShared(NotShared::NoName));
    }
    does(&mut laptop, SharingRequest::NameDevice("  Le portable  ".into()));
    assert_eq!(status(&mut laptop).this.unwrap().name, "Le portable");
    let own = card(&mut laptop);
    assert!(reads_card(&mut laptop, &own).is_this);
    let refused = |device: &mut Device, card: &[u8]| {
        is_refused(device, SharingRequest::AddDevice { card: card.to_vec(), words: None })
    };
    assert!(refused(&mut laptop, &own) == Failure::NotShared(NotShared::Who));
    assert!(refused(&mut laptop, b"Bonjour") == Failure::NotShared(NotShared::NoCard));
    does(&mut phone, SharingRequest::NameDevice("Le téléphone".into()));
    let card = card(&mut phone);
    does(&mut laptop, SharingRequest::AddDevice { card, words: None });
    let (file, _) = courier(&mut laptop);
    // Someone else's words were compared: nothing is joined.
    assert!(matches!(opens(&mut phone, &file, Some(DeviceKey([9; 16]))), CourierOpened::Proposes(_)));
    assert!(!status(&mut phone).shares);
    // Another device cannot open it, a spoilt one is told from another's, and a letter is none.
    let mut other_phone = Device::with_notebook(7, today());
    does(&mut other_phone, SharingRequest::NameDevice("Un autre".into()));
    let opened = |device: &mut Device, file: &[u8]| {
        is_refused(device, SharingRequest::OpenCourier { file: file.to_vec(), checked: None })
    };
    assert!(opened(&mut other_phone, &file) == Failure::NotShared(NotShared::ForAnother));
    let mut spoilt = file.clone();
    let last = spoilt.len() - 1;
    spoilt[last] ^= 1;
    assert!(opened(&mut phone, &spoilt) == Failure::UnreadableFile(FileProblem::Damaged));
    assert!(opened(&mut phone, b"Bonjour") == Failure::UnreadableFile(FileProblem::UnknownKind));

    // A notebook that shares with its own devices joins nobody else's.
    let (mut elsewhere, mut their_phone) = (Device::with_notebook(11, today()), Device::with_notebook(12, today()));
    pair(&mut elsewhere, &mut their_phone);
    let card = match elsewhere.asks(Request::Sharing(Box::new(SharingRequest::Card(Company::Own)))) {
        Response::File(file) => file.bytes,
        _ => panic!("a card"),
    };
    let theirs = reads_card(&mut laptop, &card).id;
    does(&mut laptop, SharingRequest::AddDevice { card, words: None });
    let SharingAnswer::Courier(made) = share(&mut laptop, SharingRequest::MakeCourier(theirs)) else {
        panic!("a file")
    };
    let CourierOpened::Proposes(sender) = opens(&mut elsewhere, &made.file.bytes, None) else { panic!("not known") };
    let asked = SharingRequest::OpenCourier { file: made.file.bytes, checked: Some((sender.id, Company::Own)) };
    assert!(is_refused(&mut elsewhere, asked) == Failure::NotShared(NotShared::SharesAlready));
    assert!(matches!(elsewhere.tries(Request::Person(ODETTE)), Err(Failure::NotFound)));
}

#[test]
fn a_restored_copy_is_a_new_device_that_is_let_in_again() {
    let (mut laptop, mut phone) = paired();
    phone.saves(&named(MAURICE, "Calvoulmenque"));
    let (file, _) = courier(&mut phone);
    takes(&mut laptop, &file);
    let Response::File(backup) = phone.asks(Request::Backup) else { panic!("a copy") };
    let mut restored = Device::new(21, today());
    restored.asks(Request::Restore(backup.bytes));
    restored.unlocks();
    let told = status(&mut restored);
    assert!(told.this.is_none() && !told.is_member, "{told:?}");
    assert_eq!(restored.opens(MAURICE).person.family_name, "Calvoulmenque");
    restored.saves(&named(MAURICE, "Calvoulmenque-Barloubérac"));
    does(&mut restored, SharingRequest::NameDevice("Le nouveau téléphone".into()));
    let told = status(&mut restored);
    assert!(told.shares && !told.is_member);
    let card = card(&mut restored);
    let new = reads_card(&mut laptop, &card).id;
    does(&mut laptop, SharingRequest::AddDevice { card, words: None });
    let SharingAnswer::Courier(made) = share(&mut laptop, SharingRequest::MakeCourier(new)) else { panic!("a file") };
    takes(&mut restored, &made.file.bytes);
    let told = status(&mut restored);
    assert!(told.is_member);
    let SharingAnswer::Courier(made) =
        share(&mut restored, SharingRequest::MakeCourier(named_device(&told, "Le portable de Nadine")))
    else {
        panic!("a file")
    };
    takes(&mut laptop, &made.file.bytes);
    assert_eq!(laptop.opens(MAURICE).person.family_name, "Calvoulmenque-Barloubérac");
    assert_eq!(shows(&mut restored), shows(&mut laptop));
}

fn named_device(status: &SharingStatus, name: &str) -> DeviceKey {
    status.others.iter().find(|other| other.name == name).unwrap().id
}

/// The words were shown once, long ago; a notebook made before anything could be shared asks for them.
#[test]
fn a_notebook_of_before_asks_for_the_words_once() {
    let mut laptop = Device::new(1, today());
    let words = laptop.creates_notebook(Vec::new());
    does(&mut laptop, SharingRequest::NameDevice("Le portable".into()));
    laptop.shelf().loses_row(Table::Shared, b"w");
    let mut laptop = laptop.reopens();
    assert!(status(&mut laptop).words_needed);
    let mut phone = phone();
    does(&mut phone, SharingRequest::NameDevice("Le téléphone".into()));
    let card = card(&mut phone);
    let add = |words: Option<&str>| SharingRequest::AddDevice { card: card.clone(), words: words.map(str::to_owned) };
    assert!(is_refused(&mut laptop, add(None)) == Failure::NotShared(NotShared::WordsNeeded));
    let Response::Words(others) = phone.asks(Request::ProposeWords) else { panic!("words") };
    assert!(is_refused(&mut laptop, add(Some(&others.join(" ")))) == Failure::WrongWords);
    does(&mut laptop, add(Some(&words)));
    assert!(!status(&mut laptop).words_needed);
}

/// The phone was made with settings of its own; those of the laptop stand on both, and no item of a list loses its words.
#[test]
fn the_settings_of_the_one_who_lets_in_stand() {
    let (mut laptop, mut phone) = (Device::new(1, today()), Device::new(2, today()));
    let commune = |device: &mut Device| match device.asks(Request::Settings) {
        Response::Settings(settings) => settings.text(SettingsField::Commune).to_owned(),
        _ => panic!("the settings"),
    };
    for seed in 0..6 {
        laptop = Device::new(seed, today());
        phone = Device::new(seed + 100, today());
        laptop.creates_notebook(vec![(SettingsField::Commune, "Salvoubrac".into())]);
        phone.creates_notebook(vec![(SettingsField::Commune, "Ailleurs".into())]);
        pair(&mut laptop, &mut phone);
        assert_eq!(commune(&mut phone), "Salvoubrac");
        let (file, _) = courier(&mut phone);
        takes(&mut laptop, &file);
        assert_eq!(commune(&mut laptop), "Salvoubrac");
    }
    phone.does(Request::EditSettings(vec![(SettingsField::Commune, "Salvoubrac-le-Haut".into())]));
    let (file, _) = courier(&mut phone);
    takes(&mut laptop, &file);
    assert_eq!(commune(&mut laptop), "Salvoubrac-le-Haut");
}

/// A third device's file may come before anyone said that there is a third device.
#[test]
fn devices_that_never_met_hear_each_other() {
    let (mut laptop, mut phone) = paired();
    let mut tablet = Device::with_notebook(3, today());
    pair(&mut laptop, &mut tablet);
    tablet.saves(&named(MAURICE, "Calvoulmenque"));
    let to = named_device(&status(&mut tablet), "Le téléphone");
    let SharingAnswer::Courier(made) = share(&mut tablet, SharingRequest::MakeCourier(to)) else { panic!("a file") };
    let taken = takes(&mut phone, &made.file.bytes);
    assert!(taken.changed >= 1 && taken.set_aside == 0, "{taken:?}");
    assert_eq!(phone.opens(MAURICE).person.family_name, "Calvoulmenque");
    assert_eq!(status(&mut phone).others.len(), 2);
}

/// A file that was made first and opened last, and one that never came.
#[test]
fn what_is_missing_is_waited_for_and_said() {
    let (mut laptop, mut phone) = paired();
    let (answer, _) = courier(&mut phone);
    takes(&mut laptop, &answer);
    let names = ["Barloubérac", "Calvoulmenque", "Dambastagnol"];
    let mut files = Vec::new();
    for (n, name) in (10..).zip(names) {
        laptop.saves(&named(PersonId([n; 16]), name));
        files.push(courier(&mut laptop).0);
    }
    // Nothing was said back: each file brings all that the ones before it did.
    assert_eq!(takes(&mut phone, &files[2]).changed, 3);
    assert_eq!(takes(&mut phone, &files[0]).changed, 0);
    assert_eq!(takes(&mut phone, &files[1]).changed, 0);
    assert_eq!(shows(&mut phone), shows(&mut laptop));
}

/// Everything that a coordinator does in two years, of every kind, arrives: nothing is of a scope where it is not taken.
#[test]
fn two_years_of_a_commune_arrive_whole() {
    let village = Village::demo(7, today());
    let mut laptop = Device::new(1, village.today());
    laptop.creates_notebook(village.settings());
    laptop.lives(village.requests());
    laptop.is_on(today());
    let mut phone = phone();
    let taken = pair(&mut laptop, &mut phone);
    assert!(taken.changed > 300, "{}", taken.changed);
    assert_eq!((taken.waiting, taken.set_aside), (0, 0));
    assert!(shows(&mut phone) == shows(&mut laptop));
    for asked in [Request::Today, Request::Directory, Request::Register, Request::Campaigns, Request::Settings] {
        assert!(encode(&phone.tries(asked.clone())) == encode(&laptop.tries(asked)), "the same on both screens");
    }
}
