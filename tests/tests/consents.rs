//! The four entries and the emergency path, through the door: what is given, what ends, what is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::responses::TimelineItem;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::consent::{
    ConsentEntry, EmergencyDisclosure, Objection, Purpose, Recipient, Said, Sharing, Told, Why, may,
};
use maillon_shared::domain::ids::{ConsentId, DisclosureId, PersonId};
use maillon_shared::domain::person::{Person, PersonChange, PersonState};
use maillon_shared::domain::time::Hour;
use maillon_tests::harness::Device;

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

const ODETTE: PersonId = PersonId([1; 16]);

/// A notebook in which Odette is.
fn notebook() -> Device {
    let mut device = Device::with_notebook(1, today());
    let mut odette = Person::empty(ODETTE);
    odette.family_name = "Escarvenc".into();
    device.saves(&odette);
    device
}

fn told(on: NaiveDate) -> Told {
    Told { on, how: "orally".into() }
}

fn entry(id: u8, said: Said) -> ConsentEntry {
    let given = told(today());
    ConsentEntry { id: ConsentId([id; 16]), person: ODETTE, said, given, withdrawn: None, note: String::new() }
}

fn nurses() -> Recipient {
    Recipient::named("Cabinet infirmier du Pont")
}

fn sharing() -> Sharing {
    let until = Some(today() + Days::new(90));
    Sharing { recipient: nurses(), purpose: Purpose::LiaisonSheet, what: "adresse, qui appeler".into(), until }
}

fn give(entry: ConsentEntry) -> Request {
    Request::GiveEntry { entry: Box::new(entry), draft: None }
}

fn call_for_help() -> EmergencyDisclosure {
    EmergencyDisclosure {
        id: DisclosureId([9; 16]),
        person: ODETTE,
        day: today(),
        hour: Hour::new(18, 40).unwrap(),
        ground: "life_in_danger".into(),
        recipient: Recipient::named("SAMU"),
        said: "ne répond plus, porte fermée, volets clos".into(),
    }
}

fn asks_for_a_sheet(device: &mut Device, on: NaiveDate) -> Result<ConsentId, Why> {
    may(&device.opens(ODETTE).entries, &Purpose::LiaisonSheet, &nurses(), on).map(|permit| permit.entry())
}

#[test]
fn each_of_the_four_is_given_and_ends_alone() {
    let mut device = notebook();
    let all = [
        entry(2, Said::Informed),
        entry(3, Said::Accompanied),
        entry(4, Said::Shares(sharing())),
        entry(5, Said::Objects(Objection { recipient: None, purpose: Some(Purpose::Sharing) })),
    ];
    for one in &all {
        device.does(give(one.clone())).unwrap();
        assert_eq!(device.does(give(one.clone())), None, "asked twice, given once");
    }
    let mut device = device.reopens();
    let mut kept = device.opens(ODETTE).entries;
    kept.sort_by_key(|entry| entry.id);
    assert_eq!(kept, all);
    assert_eq!(asks_for_a_sheet(&mut device, today()), Ok(ConsentId([4; 16])));

    device.is_on(today() + Days::new(3));
    let withdrawn = Told { on: today() + Days::new(3), how: "by_phone".into() };
    device.does(Request::WithdrawEntry { id: ConsentId([3; 16]), withdrawn: withdrawn.clone() }).unwrap();
    assert_eq!(asks_for_a_sheet(&mut device, withdrawn.on), Ok(ConsentId([4; 16])), "the agreement alone ended");
    let again = Request::WithdrawEntry { id: ConsentId([3; 16]), withdrawn: withdrawn.clone() };
    assert_eq!(device.is_refused(again), Failure::WrittenSince);
    let act = device.does(Request::WithdrawEntry { id: ConsentId([4; 16]), withdrawn: withdrawn.clone() }).unwrap();
    assert_eq!(asks_for_a_sheet(&mut device, withdrawn.on), Err(Why::Withdrawn(withdrawn.on)));
    device.does(Request::Undo(act)).unwrap();
    assert_eq!(asks_for_a_sheet(&mut device, withdrawn.on), Ok(ConsentId([4; 16])));
    let ended: Vec<_> = device.opens(ODETTE).timeline.into_iter().filter(is_withdrawal).collect();
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].day(), withdrawn.on);
}

fn is_withdrawal(item: &TimelineItem) -> bool {
    matches!(item, TimelineItem::Withdrawn(_))
}

#[test]
fn an_objection_undone_is_as_if_it_had_not_been_said() {
    let mut device = notebook();
    device.does(give(entry(4, Said::Shares(sharing())))).unwrap();
    let act = device.does(give(entry(5, Said::Objects(Objection::default())))).unwrap();
    assert_eq!(asks_for_a_sheet(&mut device, today()), Err(Why::Objects(today())));
    device.does(Request::Undo(act)).unwrap();
    assert!(asks_for_a_sheet(&mut device, today()).is_ok());
    assert_eq!(device.opens(ODETTE).entries.len(), 1);
}

#[test]
fn an_entry_that_does_not_say_enough_is_refused() {
    let mut device = notebook();
    let change = |change: fn(&mut ConsentEntry)| {
        let mut one = entry(4, Said::Shares(sharing()));
        change(&mut one);
        give(one)
    };
    let shares = |change: fn(&mut Sharing)| {
        let mut sharing = sharing();
        change(&mut sharing);
        give(entry(4, Said::Shares(sharing)))
    };
    let tomorrow_or_later = |one: &mut ConsentEntry| one.given.on = today() + Days::new(2);
    let before_it_was_given = |one: &mut ConsentEntry| one.withdrawn = Some(told(today() - Days::new(1)));
    for (request, why) in [
        (change(|one| one.given.how = " ".into()), Invalid::NoWay),
        (change(tomorrow_or_later), Invalid::Day),
        (change(before_it_was_given), Invalid::Day),
        (shares(|sharing| sharing.recipient.name.clear()), Invalid::NoRecipient),
        (shares(|sharing| sharing.what = "  ".into()), Invalid::Empty),
        (shares(|sharing| sharing.until = Some(today() - Days::new(1))), Invalid::Day),
        (
            give(entry(5, Said::Objects(Objection { recipient: Some(Recipient::named("")), purpose: None }))),
            Invalid::NoRecipient,
        ),
    ] {
        assert_eq!(device.is_refused(request), Failure::Invalid(why));
    }
    let mut of_nobody = entry(4, Said::Informed);
    of_nobody.person = PersonId([8; 16]);
    assert_eq!(device.is_refused(give(of_nobody)), Failure::NotFound);
    let nothing = Request::WithdrawEntry { id: ConsentId([4; 16]), withdrawn: told(today()) };
    assert_eq!(device.is_refused(nothing), Failure::NotFound);
    assert!(device.opens(ODETTE).entries.is_empty());
}

#[test]
fn in_danger_nothing_is_asked_and_what_was_said_is_written() {
    let mut device = notebook();
    device.does(give(entry(5, Said::Objects(Objection::default())))).unwrap();
    device.does(Request::EditPerson {
        id: ODETTE,
        changes: vec![PersonChange::State(PersonState::Refuses)],
        draft: None,
    });
    let record = |disclosure| Request::RecordEmergencyDisclosure { disclosure: Box::new(disclosure), draft: None };
    device.does(record(call_for_help())).unwrap();
    assert_eq!(device.does(record(call_for_help())), None);
    let mut device = device.reopens();
    let file = device.opens(ODETTE);
    assert_eq!(file.disclosures, [call_for_help()]);
    assert!(file.timeline.iter().any(|item| matches!(item, TimelineItem::Disclosure(_))));
    for (change, why) in [
        ((|d| d.ground.clear()) as fn(&mut EmergencyDisclosure), Invalid::NoReason),
        (|d| d.said.clear(), Invalid::Empty),
        (|d| d.recipient.name.clear(), Invalid::NoRecipient),
        (|d| d.day = today() + Days::new(2), Invalid::Day),
    ] {
        let mut lacking = EmergencyDisclosure { id: DisclosureId([7; 16]), ..call_for_help() };
        change(&mut lacking);
        assert_eq!(device.is_refused(record(lacking)), Failure::Invalid(why));
    }
}
