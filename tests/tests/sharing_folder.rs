//! Devices that meet in a folder which nobody trusts: it loses things, hides them, is set back, is cut off in the middle, and
//! reads all it can.

#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use maillon_shared::api::errors::NotShared;
use maillon_shared::api::sharing::{FolderMet, SharingAnswer, SharingRequest};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::PersonId;
use maillon_tests::harness::{Commons, Device};

use crate::pair::*;

const PLACE: &str = "/media/partage";

/// Both devices have the same, and meet in that folder from now on.
fn met() -> (Device, Device, Commons) {
    let (mut laptop, mut phone) = paired();
    let commons = Commons::made_at(PLACE);
    for device in [&mut laptop, &mut phone] {
        does(device, SharingRequest::SetFolder { of: None, place: Some(PLACE.into()) });
    }
    meets(&mut laptop);
    meets(&mut phone);
    (laptop, phone, commons)
}

#[track_caller]
fn meets(device: &mut Device) -> FolderMet {
    match share(device, SharingRequest::Meet(None)) {
        SharingAnswer::Met(met) => met,
        _ => panic!("what came of meeting"),
    }
}

#[test]
fn what_is_written_on_either_is_on_both_and_nothing_new_puts_nothing_there() {
    let (mut laptop, mut phone, commons) = met();
    phone.saves(&named(MAURICE, "Calvoulmenque"));
    laptop.saves(&named(PersonId([4; 16]), "Barloubérac"));
    assert!(meets(&mut phone).sent > 0);
    assert_eq!(meets(&mut laptop).changed, 1);
    assert_eq!(meets(&mut phone).changed, 1);
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    meets(&mut laptop);
    let before = commons.objects();
    for device in [&mut laptop, &mut phone] {
        let met = meets(device);
        assert_eq!((met.sent, met.changed, met.set_back), (0, 0, false), "{met:?}");
        assert!(met.withheld.is_empty());
        let status = status(device);
        assert_eq!((status.untold, status.others[0].unsent), (0, 0));
    }
    assert_eq!(commons.objects(), before);
    let (mut laptop, mut phone) = (laptop.reopens(), phone.reopens());
    assert_eq!((meets(&mut laptop).changed, meets(&mut phone).changed), (0, 0));
    assert_eq!(commons.objects(), before, "nor after both started anew");
}

#[test]
fn whoever_keeps_the_folder_reads_no_name_and_no_list_of_members() {
    let (mut laptop, _, commons) = met();
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    meets(&mut laptop);
    let devices: Vec<[u8; 16]> = status(&mut laptop).others.iter().map(|other| other.id.0).collect();
    let objects = commons.objects();
    assert!(objects.len() > 10);
    for (path, bytes) in &objects {
        assert!(path.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'/'), "{path}");
        for name in ["Escarvenc", "Calvoulmenque", "Nadine", "Le portable"] {
            assert!(!bytes.windows(name.len()).any(|window| window == name.as_bytes()), "{name}");
        }
        for device in &devices {
            assert!(!bytes.windows(16).any(|window| window == device), "a device is told in the open");
            let hex: String = device.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(!path.contains(&hex));
        }
        assert!(bytes.len() >= 60, "sizes say little: {}", bytes.len());
    }
}

#[test]
fn a_folder_that_loses_things_gets_them_again() {
    let (mut laptop, mut phone, commons) = met();
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    meets(&mut laptop);
    commons.holds(Default::default());
    // The phone finds nothing there, and deletes nothing of its own.
    let before = shows(&mut phone);
    let met = meets(&mut phone);
    assert!(met.set_back, "{met:?}");
    assert_eq!((met.changed, shows(&mut phone)), (0, before));
    meets(&mut laptop);
    assert_eq!(meets(&mut phone).changed, 1);
    assert_eq!(shows(&mut phone), shows(&mut laptop));
}

#[test]
fn a_folder_that_was_set_back_is_noticed() {
    let (mut laptop, mut phone, commons) = met();
    let old = commons.objects();
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    meets(&mut laptop);
    meets(&mut phone);
    commons.holds(old);
    assert!(meets(&mut phone).set_back);
    assert_eq!(shows(&mut phone), shows(&mut laptop), "what was had stays");
}

#[test]
fn a_folder_that_hides_something_is_noticed() {
    let (mut laptop, mut phone, commons) = met();
    let before = commons.objects();
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    meets(&mut laptop);
    // Whoever keeps it lets what replaced something through, and nothing that is new.
    let now = commons.objects();
    commons.holds(
        now.iter().filter(|(path, _)| before.contains_key(*path)).map(|(p, b)| (p.clone(), b.clone())).collect(),
    );
    let met = meets(&mut phone);
    assert_eq!((met.changed, met.withheld.as_slice()), (0, ["Le portable de Nadine".to_owned()].as_slice()));
    commons.holds(now);
    let met = meets(&mut phone);
    assert_eq!((met.changed, met.withheld.len()), (1, 0));
}

#[test]
fn what_somebody_else_puts_there_is_set_aside() {
    let (mut laptop, mut phone, commons) = met();
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    meets(&mut laptop);
    let mut objects = commons.objects();
    let paths: Vec<String> = objects.keys().cloned().collect();
    let folder = paths[0].rsplit_once('/').unwrap().0.to_owned();
    objects.insert(format!("{folder}/{}", "ab".repeat(16)), vec![7; 400]);
    objects.insert(format!("{folder}/{}", "cd".repeat(16)), Vec::new());
    objects.insert(format!("{folder}/lisez-moi.txt"), b"Bonjour".to_vec());
    // Every object under another's name, one bit wrong.
    for (n, path) in paths.iter().enumerate() {
        let mut spoilt = objects[&paths[(n + 1) % paths.len()]].clone();
        let at = spoilt.len() / 2;
        spoilt[at] ^= 1;
        objects.insert(format!("{}f", &path[..path.len() - 1]), spoilt);
    }
    commons.holds(objects);
    let rows = phone.shelf().rows().len();
    let met = meets(&mut phone);
    assert_eq!(met.changed, 1, "{met:?}");
    assert!(met.set_aside > 0);
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    // It fills no disk, and is not in the way the next time.
    assert!(phone.shelf().rows().len() < rows + 40, "{}", phone.shelf().rows().len() - rows);
    assert_eq!((status(&mut phone).waiting, status(&mut phone).set_aside), (0, 0));
    assert_eq!(meets(&mut phone).changed, 0);
}

/// Who is let in says what they have before everyone knows of them.
#[test]
fn a_newcomers_words_wait_for_nobody() {
    let (mut laptop, mut phone, commons) = met();
    let before = commons.objects();
    let mut tablet = Device::with_notebook(3, today());
    pair(&mut laptop, &mut tablet);
    does(&mut tablet, SharingRequest::SetFolder { of: None, place: Some(PLACE.into()) });
    meets(&mut laptop);
    meets(&mut tablet);
    let all = commons.objects();
    // The phone finds what the tablet put there, and not yet that there is a tablet.
    let folder_of = |path: &str| path.rsplit_once('/').unwrap().0.to_owned();
    let known: std::collections::BTreeSet<String> = before.keys().map(|path| folder_of(path)).collect();
    let early = all.iter().filter(|(path, _)| before.contains_key(*path) || !known.contains(&folder_of(path)));
    commons.holds(early.map(|(path, bytes)| (path.clone(), bytes.clone())).collect());
    meets(&mut phone);
    commons.holds(all);
    let met = meets(&mut phone);
    assert_eq!((met.waiting, met.set_aside), (0, 0), "{met:?}");
    let status = status(&mut phone);
    assert_eq!((status.others.len(), status.waiting, status.set_aside), (2, 0, 0));
}

#[test]
fn a_line_that_is_cut_goes_on_where_it_was() {
    let (mut laptop, mut phone, commons) = met();
    for n in 10..20 {
        laptop.saves(&named(PersonId([n; 16]), "Calvoulmenque"));
        meets(&mut laptop);
    }
    laptop.saves(&named(MAURICE, "Barloubérac"));
    // On either side, after each object.
    let mut cuts = 0;
    for device in [&mut laptop, &mut phone] {
        for after in 0.. {
            // What came is on the disk, whenever the line was cut.
            commons.goes_after(Some(after));
            match device.tries(Request::Sharing(Box::new(SharingRequest::Meet(None)))) {
                Ok(_) => break,
                Err(failure) => assert!(failure == Failure::NotShared(NotShared::FolderAway)),
            }
            cuts += 1;
        }
        commons.goes_after(None);
    }
    let (mut laptop, mut phone) = (laptop.reopens(), phone.reopens());
    assert!(cuts >= 3, "{cuts}");
    meets(&mut laptop);
    meets(&mut phone);
    assert_eq!(shows(&mut phone), shows(&mut laptop));
}

#[test]
fn whoever_was_erased_is_in_no_copy_of_the_folder_made_afterwards() {
    let (mut laptop, mut phone, commons) = met();
    laptop.asks(Request::ErasePeople(vec![ODETTE]));
    assert!(meets(&mut laptop).sent > 0);
    assert!(meets(&mut phone).erased > 0);
    meets(&mut phone);
    meets(&mut laptop);
    assert!(matches!(phone.tries(Request::Person(ODETTE)), Err(Failure::NotFound)));
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    // A device that comes to know everything that is there, with every key: she is not in it.
    let copy = commons.objects();
    let mut tablet = Device::with_notebook(3, today());
    pair(&mut laptop, &mut tablet);
    meets(&mut laptop);
    let mut all = commons.objects();
    all.extend(copy);
    commons.holds(all);
    does(&mut tablet, SharingRequest::SetFolder { of: None, place: Some(PLACE.into()) });
    meets(&mut tablet);
    assert!(matches!(tablet.tries(Request::Person(ODETTE)), Err(Failure::NotFound)));
    assert_eq!(shows(&mut tablet), shows(&mut laptop));
}

#[test]
fn a_phone_that_left_learns_of_it_in_the_folder_and_reads_nothing_more() {
    let (mut laptop, mut phone, _commons) = met();
    let lost = status(&mut laptop).others[0].id;
    does(&mut laptop, SharingRequest::RemoveDevice(lost));
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    meets(&mut laptop);
    let met = meets(&mut phone);
    assert_eq!(met.changed, 0, "{met:?}");
    assert!(!status(&mut phone).is_member);
    assert!(matches!(phone.tries(Request::Person(MAURICE)), Err(Failure::NotFound)));
    phone.saves(&named(PersonId([5; 16]), "Dambastagnol"));
    assert_eq!(meets(&mut phone).sent, 0);
    assert_eq!(meets(&mut laptop).changed, 0);
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let (mut laptop, _) = paired();
    let away = Failure::NotShared(NotShared::FolderAway);
    assert!(is_refused(&mut laptop, SharingRequest::Meet(None)) == away);
    assert!(
        is_refused(&mut laptop, SharingRequest::SetFolder { of: None, place: Some("/media/absent".into()) }) == away
    );
    assert_eq!(status(&mut laptop).folder, None);
    Commons::made_at("/media/cle");
    does(&mut laptop, SharingRequest::SetFolder { of: None, place: Some(" /media/cle ".into()) });
    assert_eq!(status(&mut laptop).folder.as_deref(), Some("/media/cle"));
    does(&mut laptop, SharingRequest::SetFolder { of: None, place: None });
    assert!(is_refused(&mut laptop, SharingRequest::Meet(None)) == away);
}

/// What came before the stick was pulled is on the disk: what is written afterwards may rest on it, and says so.
#[test]
fn a_stick_that_is_pulled_takes_nothing_along() {
    let (mut laptop, phone, commons) = met();
    for n in 10..20 {
        laptop.saves(&named(PersonId([n; 16]), "Calvoulmenque"));
        meets(&mut laptop);
    }
    let mut phone = phone;
    for after in [1, 2, 3, 5] {
        commons.goes_after(Some(after));
        let _ = phone.tries(Request::Sharing(Box::new(SharingRequest::Meet(None))));
        phone = phone.reopens();
        commons.goes_after(None);
        // Of those who came, each is written in again.
        for n in 10..20 {
            let Ok(maillon_shared::api::Response::Person(file)) = phone.tries(Request::Person(PersonId([n; 16])))
            else {
                continue;
            };
            let mut person = file.person;
            person.given_name = format!("Odile {after}");
            phone.saves(&person);
        }
    }
    meets(&mut phone);
    meets(&mut laptop);
    // A third device finds all of it at once, in whatever order its names have.
    let mut tablet = Device::with_notebook(3, today());
    pair(&mut laptop, &mut tablet);
    does(&mut tablet, SharingRequest::SetFolder { of: None, place: Some(PLACE.into()) });
    let met = meets(&mut tablet);
    assert_eq!((met.waiting, met.set_aside), (0, 0), "{met:?}");
    meets(&mut phone);
    assert_eq!(shows(&mut phone), shows(&mut laptop));
    assert_eq!(shows(&mut tablet), shows(&mut laptop));
}

/// The same folder of before, after another one: what was erased meanwhile is put again there.
#[test]
fn going_back_to_an_older_folder_erases_there_too() {
    let (mut laptop, _, first) = met();
    Commons::made_at("/media/autre");
    does(&mut laptop, SharingRequest::SetFolder { of: None, place: Some("/media/autre".into()) });
    meets(&mut laptop);
    laptop.asks(Request::ErasePeople(vec![ODETTE]));
    meets(&mut laptop);
    let before = first.objects();
    does(&mut laptop, SharingRequest::SetFolder { of: None, place: Some(PLACE.into()) });
    meets(&mut laptop);
    let after = first.objects();
    let replaced = before.iter().filter(|(path, bytes)| after.get(*path).is_some_and(|now| now != *bytes)).count();
    assert!(replaced >= 2, "the pack that brought her, and what the laptop says: {replaced}");
}
