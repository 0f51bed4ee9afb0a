//! Two devices of one coordinator, as the stories of sharing tell them.

#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::NaiveDate;
use maillon_shared::api::sharing::{
    CardRead, Company, CourierOpened, CourierTaken, DeviceKey, SharingAnswer, SharingRequest, SharingStatus,
};
use maillon_shared::api::{Failure, Request, Response, encode};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::ids::{EncounterId, PersonId};
use maillon_shared::domain::person::Person;
use maillon_tests::harness::{Device, just};

pub const ODETTE: PersonId = PersonId([1; 16]);
pub const SIMONE: PersonId = PersonId([2; 16]);
pub const MAURICE: PersonId = PersonId([3; 16]);

pub fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

pub fn named(id: PersonId, name: &str) -> Person {
    let mut person = Person::empty(id);
    person.family_name = name.into();
    person
}

/// The laptop, with two people and what was said to them.
pub fn laptop() -> Device {
    let mut device = Device::with_notebook(1, today());
    device.saves(&named(ODETTE, "Escarvenc"));
    device.saves(&named(SIMONE, "Salvoubérac"));
    for (id, person) in [(3, ODETTE), (4, SIMONE)] {
        let mut encounter = Encounter::empty(EncounterId([id; 16]), Some(person), today());
        encounter.notes = format!("visite au jardin, {id}");
        let mut new = just(encounter);
        new.unshared_note = format!("réserve {id}");
        device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    }
    device
}

pub fn phone() -> Device {
    Device::with_notebook(2, today())
}

#[track_caller]
pub fn share(device: &mut Device, asked: SharingRequest) -> SharingAnswer {
    match device.asks(Request::Sharing(Box::new(asked))) {
        Response::Sharing(answer) => *answer,
        _ => panic!("something about sharing was asked"),
    }
}

#[track_caller]
pub fn does(device: &mut Device, asked: SharingRequest) {
    assert!(matches!(device.asks(Request::Sharing(Box::new(asked))), Response::Done));
}

#[track_caller]
pub fn is_refused(device: &mut Device, asked: SharingRequest) -> Failure {
    device.is_refused(Request::Sharing(Box::new(asked)))
}

#[track_caller]
pub fn status(device: &mut Device) -> SharingStatus {
    match share(device, SharingRequest::Status) {
        SharingAnswer::Status(status) => *status,
        _ => panic!("the status"),
    }
}

#[track_caller]
pub fn card(device: &mut Device) -> Vec<u8> {
    card_for(device, Company::Own)
}

#[track_caller]
pub fn card_for(device: &mut Device, company: Company) -> Vec<u8> {
    match device.asks(Request::Sharing(Box::new(SharingRequest::Card(company)))) {
        Response::File(file) => file.bytes,
        _ => panic!("a card"),
    }
}

#[track_caller]
pub fn reads_card(device: &mut Device, card: &[u8]) -> CardRead {
    match share(device, SharingRequest::ReadCard(card.to_vec())) {
        SharingAnswer::Card(card) => card,
        _ => panic!("a card"),
    }
}

#[track_caller]
pub fn other(device: &mut Device) -> DeviceKey {
    status(device).others[0].id
}

/// The file for the other device, and how many documents it brings.
#[track_caller]
pub fn courier(device: &mut Device) -> (Vec<u8>, u32) {
    let to = other(device);
    match share(device, SharingRequest::MakeCourier(to)) {
        SharingAnswer::Courier(made) => (made.file.bytes, made.documents),
        _ => panic!("a courier file"),
    }
}

#[track_caller]
pub fn opens(device: &mut Device, file: &[u8], checked: Option<DeviceKey>) -> CourierOpened {
    match share(
        device,
        SharingRequest::OpenCourier { file: file.to_vec(), checked: checked.map(|id| (id, Company::Own)) },
    ) {
        SharingAnswer::Opened(opened) => opened,
        _ => panic!("what came of a file"),
    }
}

#[track_caller]
pub fn takes(device: &mut Device, file: &[u8]) -> CourierTaken {
    match opens(device, file, None) {
        CourierOpened::Taken(taken) => taken,
        CourierOpened::Proposes(_) => panic!("the sender is known"),
    }
}

/// Both devices name themselves, the laptop lets the phone in, and the first file is opened once the words were compared.
pub fn paired() -> (Device, Device) {
    let (mut laptop, mut phone) = (laptop(), phone());
    pair(&mut laptop, &mut phone);
    (laptop, phone)
}

#[track_caller]
pub fn pair(laptop: &mut Device, phone: &mut Device) -> CourierTaken {
    if status(laptop).this.is_none() {
        does(laptop, SharingRequest::NameDevice("Le portable de Nadine".into()));
    }
    does(phone, SharingRequest::NameDevice("Le téléphone".into()));
    let card = card(phone);
    let read = reads_card(laptop, &card);
    assert_eq!(read.words, status(phone).this.unwrap().words, "both read the same eight words");
    does(laptop, SharingRequest::AddDevice { card, words: None });
    let SharingAnswer::Courier(made) = share(laptop, SharingRequest::MakeCourier(read.id)) else { panic!("a file") };
    let CourierOpened::Proposes(sender) = opens(phone, &made.file.bytes, None) else { panic!("not known yet") };
    assert_eq!(sender.words, status(laptop).this.unwrap().words);
    match opens(phone, &made.file.bytes, Some(sender.id)) {
        CourierOpened::Taken(taken) => taken,
        CourierOpened::Proposes(_) => panic!("the words were compared"),
    }
}

/// What the screens of a device show of everyone.
pub fn shows(device: &mut Device) -> Vec<Vec<u8>> {
    let people = match device.asks(Request::People) {
        Response::People(rows) => rows,
        _ => panic!("everyone"),
    };
    let mut shown: Vec<Vec<u8>> = people.iter().map(|row| encode(&device.opens(row.id))).collect();
    shown.push(encode(&people));
    shown
}
