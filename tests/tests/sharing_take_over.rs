//! The device that adds and removes is lost: another takes its place with the twenty-four words, whatever the lost one does
//! meanwhile, and nobody without them.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::errors::NotShared;
use maillon_shared::api::sharing::{CourierOpened, SharingRequest};
use maillon_shared::api::{Failure, Request, Response};
use maillon_tests::harness::{Commons, Device, Wire};

use crate::pair::*;

const PLACE: &str = "/media/partage/repris";

/// A laptop whose words were written down, and a phone that shares with it.
fn laptop_with_words() -> (Device, String, Device) {
    let mut laptop = Device::new(31, today());
    let words = laptop.creates_notebook(Vec::new());
    laptop.saves(&named(ODETTE, "Escarvenc"));
    let mut phone = phone();
    pair(&mut laptop, &mut phone);
    let (back, _) = courier(&mut phone);
    takes(&mut laptop, &back);
    (laptop, words, phone)
}

fn takes_over(device: &mut Device, words: &str) {
    does(device, SharingRequest::TakeOver { words: words.to_owned() });
}

#[test]
fn a_phone_takes_the_place_of_a_stolen_laptop_and_adds_another() {
    let (mut laptop, words, mut phone) = laptop_with_words();
    takes_over(&mut phone, &words);
    let told = status(&mut phone);
    assert!(told.administers && told.is_member);
    assert_eq!((told.others.len(), told.left.as_slice()), (0, ["Le portable de Nadine".to_owned()].as_slice()));
    // A new laptop is let in by the phone, and has everything.
    phone.saves(&named(MAURICE, "Calvoulmenque"));
    let mut new = Device::with_notebook(32, today());
    pair(&mut phone, &mut new);
    assert_eq!(shows(&mut new), shows(&mut phone));
    // The thief writes, and has the stolen laptop tell: nothing of it comes in.
    laptop.saves(&named(SIMONE, "Salvoubérac"));
    let (file, _) = courier(&mut laptop);
    let taken = takes(&mut phone, &file);
    assert_eq!(taken.changed, 0, "{taken:?}");
    assert!(phone.tries(Request::Person(SIMONE)).is_err());
    assert!(status(&mut phone).set_aside > 0, "what came is kept, and said");
    assert_eq!(
        named_others(&mut phone),
        ["Le téléphone"],
        "the new one, called so by `pair`; the laptop is not of them"
    );
}

fn named_others(device: &mut Device) -> Vec<String> {
    status(device).others.into_iter().map(|other| other.name).collect()
}

#[test]
fn a_thief_who_removes_the_phone_first_does_not_win() {
    let (mut laptop, words, mut phone) = laptop_with_words();
    let _commons = Commons::made_at(PLACE);
    for device in [&mut laptop, &mut phone] {
        does(device, SharingRequest::SetFolder { of: None, place: Some(PLACE.into()) });
        share(device, SharingRequest::Meet(None));
    }
    let phone_id = other(&mut laptop);
    does(&mut laptop, SharingRequest::RemoveDevice(phone_id));
    let mut accomplice = Device::with_notebook(33, today());
    pair(&mut laptop, &mut accomplice);
    laptop.saves(&named(SIMONE, "Salvoubérac"));
    share(&mut laptop, SharingRequest::Meet(None));
    // The phone learns in the folder that it was removed, and takes over from where it was a member.
    share(&mut phone, SharingRequest::Meet(None));
    assert!(!status(&mut phone).is_member);
    takes_over(&mut phone, &words);
    let told = status(&mut phone);
    assert!(told.is_member && told.administers && told.others.is_empty(), "{told:?}");
    // What the thief wrote since is in the folder, and counts for nothing.
    share(&mut phone, SharingRequest::Meet(None));
    assert!(phone.tries(Request::Person(SIMONE)).is_err());
    // The laptop learns in its turn that it is of nothing any more.
    share(&mut laptop, SharingRequest::Meet(None));
    assert!(!status(&mut laptop).is_member);
}

#[test]
fn a_restored_laptop_takes_the_place_of_the_one_that_was_lost() {
    let (mut laptop, words, mut phone) = laptop_with_words();
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    let Response::File(backup) = laptop.asks(Request::Backup) else { panic!("a backup") };
    drop(laptop);
    let mut restored = Device::new(34, today());
    restored.asks(Request::Restore(backup.bytes));
    restored.unlocks();
    assert_eq!(
        is_refused(&mut restored, SharingRequest::TakeOver { words: words.clone() }),
        Failure::NotShared(NotShared::NoName),
        "the others must know whom they talk to"
    );
    does(&mut restored, SharingRequest::NameDevice("Le nouveau portable".into()));
    takes_over(&mut restored, &words);
    let told = status(&mut restored);
    assert!(told.is_member && told.administers);
    assert_eq!(named_others(&mut restored), ["Le téléphone"]);
    // The phone hears of it from the file alone, and goes on with the new one.
    let (file, _) = courier(&mut restored);
    let CourierOpened::Taken(taken) = opens(&mut phone, &file, None) else { panic!("the scopes are known") };
    assert_eq!((taken.waiting, taken.set_aside), (0, 0), "{taken:?}");
    assert_eq!(named_others(&mut phone), ["Le nouveau portable"]);
    assert_eq!(phone.opens(MAURICE).person.family_name, "Calvoulmenque");
    phone.saves(&named(SIMONE, "Salvoubérac"));
    let (back, _) = courier(&mut phone);
    takes(&mut restored, &back);
    assert_eq!(shows(&mut restored), shows(&mut phone));
}

#[test]
fn after_a_take_over_both_speak_to_each_other_at_once() {
    let (laptop, words, mut phone) = laptop_with_words();
    drop(laptop);
    takes_over(&mut phone, &words);
    let mut new = Device::with_notebook(35, today());
    pair(&mut phone, &mut new);
    let (back, _) = courier(&mut new);
    takes(&mut phone, &back);
    for device in [&mut phone, &mut new] {
        does(device, SharingRequest::SetTalks(true));
    }
    new.saves(&named(MAURICE, "Calvoulmenque"));
    assert!(Wire::exchange(&mut phone, &mut new).is_well());
    assert_eq!(shows(&mut new), shows(&mut phone));
}

#[test]
fn other_words_take_nothing_over_and_change_nothing() {
    let (mut laptop, words, mut phone) = laptop_with_words();
    let mut stranger = Device::new(36, today());
    let others = stranger.creates_notebook(Vec::new());
    let refused = is_refused(&mut phone, SharingRequest::TakeOver { words: others });
    assert_eq!(refused, Failure::NotShared(NotShared::OtherWords));
    assert!(!status(&mut phone).administers);
    let refused = is_refused(&mut laptop, SharingRequest::TakeOver { words: words.clone() });
    assert_eq!(refused, Failure::NotShared(NotShared::NotAMember), "it administers already");
    does(&mut stranger, SharingRequest::NameDevice("Un autre".into()));
    let refused = is_refused(&mut stranger, SharingRequest::TakeOver { words });
    assert_eq!(refused, Failure::NotShared(NotShared::NotAMember), "there is nothing to take over");
    laptop.saves(&named(MAURICE, "Calvoulmenque"));
    let (file, _) = courier(&mut laptop);
    assert_eq!(takes(&mut phone, &file).changed, 1, "both go on as before");
}
