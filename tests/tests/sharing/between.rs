//! Two neighbouring coordinators, as the stories about them tell: who they are, what is asked of their devices, what Odette says.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

pub use chrono::{Days, NaiveDate};
pub use maillon_engine::lines::{Event, Purpose};
pub use maillon_shared::api::errors::{Invalid, NotShared};
pub use maillon_shared::api::neighbours::{
    CopiesFile, NeighbourAnswer, NeighbourFile, NeighbourRequest, Neighbours, ReceivedFile,
};
pub use maillon_shared::api::sharing::{
    Company, CourierOpened, CourierTaken, DeviceKey, PairingFailure, PairingStage, SharingAnswer, SharingRequest,
};
pub use maillon_shared::api::{Failure, Request, Response, encode};
pub use maillon_shared::domain::consent::{
    ConsentEntry, Objection, Purpose as For, Recipient, Said, Sharing, Told, Why,
};
pub use maillon_shared::domain::encounter::Encounter;
pub use maillon_shared::domain::ids::{ConsentId, CopyId, EncounterId, LineId, NeighbourId, PersonId};
pub use maillon_shared::domain::liaison::{Piece, Told as Piecewise};
pub use maillon_shared::domain::person::Person;
pub use maillon_shared::domain::person_copy::{CopyChoice, PersonCopy};
pub use maillon_shared::domain::settings::SettingsField;
pub use maillon_tests::harness::{Device, Wire, just};

pub use crate::pair::{
    MAURICE, ODETTE, SIMONE, card_for, does, is_refused, named, pair, reads_card, share, status, today,
};

pub const NADINE: &str = "Nadine Trescarvoul";
pub const CLAIRE: &str = "Claire Montrouvenc";
pub const COPY: CopyId = CopyId([7; 16]);

pub fn coordinator(seed: u64, name: &str) -> Device {
    let mut device = Device::new(seed, today());
    let coordinator = SettingsField::from_code("coordinator").unwrap();
    device.creates_notebook(vec![(coordinator, name.to_owned())]);
    device
}

/// Nadine's notebook, with Odette and what is told of her to nobody, and someone else.
pub fn nadine() -> Device {
    let mut device = coordinator(41, NADINE);
    let mut odette = Person::empty(ODETTE);
    odette.family_name = "Escarvenc".into();
    odette.given_name = "Odette".into();
    odette.approach = "frapper fort, elle entend mal".into();
    odette.address.hamlet = "La Roussière".into();
    odette.notes = "secret de famille".into();
    device.saves(&odette);
    device.saves(&named(SIMONE, "Salvoubérac"));
    let mut encounter = Encounter::empty(EncounterId([3; 16]), Some(ODETTE), today());
    encounter.notes = "confidence du jardin".into();
    let mut new = just(encounter);
    new.unshared_note = "réserve absolue".into();
    device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    device
}

pub fn claire() -> Device {
    let mut device = coordinator(42, CLAIRE);
    device.saves(&named(MAURICE, "Calvoulmenque"));
    device
}

// ── What is asked of a device ───────────────────────────────────────────────────────────────────────────────────────────

pub fn about(asked: NeighbourRequest) -> Request {
    Request::Neighbour(Box::new(asked))
}

#[track_caller]
pub fn asks(device: &mut Device, asked: NeighbourRequest) -> NeighbourAnswer {
    match device.asks(about(asked)) {
        Response::Neighbour(answer) => *answer,
        _ => panic!("something about neighbours was asked"),
    }
}

#[track_caller]
pub fn neighbours(device: &mut Device) -> Neighbours {
    match asks(device, NeighbourRequest::All) {
        NeighbourAnswer::All(all) => *all,
        _ => panic!("all of them"),
    }
}

#[track_caller]
pub fn only(device: &mut Device) -> NeighbourFile {
    let all = neighbours(device).all;
    assert_eq!(all.len(), 1, "one neighbour");
    match asks(device, NeighbourRequest::One(all[0].id)) {
        NeighbourAnswer::One(file) => *file,
        _ => panic!("one of them"),
    }
}

#[track_caller]
pub fn copies(device: &mut Device, person: PersonId) -> CopiesFile {
    match asks(device, NeighbourRequest::Copies(person)) {
        NeighbourAnswer::Copies(file) => *file,
        _ => panic!("what is copied"),
    }
}

#[track_caller]
pub fn received(device: &mut Device, id: CopyId) -> ReceivedFile {
    match asks(device, NeighbourRequest::Received(id)) {
        NeighbourAnswer::Received(file) => *file,
        _ => panic!("what was received"),
    }
}

#[track_caller]
pub fn preview(device: &mut Device, choice: CopyChoice) -> Result<PersonCopy, Why> {
    match asks(device, NeighbourRequest::Preview(choice)) {
        NeighbourAnswer::Preview(leaves) => leaves,
        _ => panic!("what would leave"),
    }
}

/// The file for the only neighbour's only device.
#[track_caller]
pub fn file_for(device: &mut Device) -> Vec<u8> {
    let to = only(device).row.devices[0].id;
    made_for(device, to)
}

#[track_caller]
pub fn made_for(device: &mut Device, to: DeviceKey) -> Vec<u8> {
    match share(device, SharingRequest::MakeCourier(to)) {
        SharingAnswer::Courier(made) => made.file.bytes,
        _ => panic!("a file"),
    }
}

#[track_caller]
pub fn opens(device: &mut Device, file: &[u8], checked: Option<(DeviceKey, Company)>) -> CourierOpened {
    match share(device, SharingRequest::OpenCourier { file: file.to_vec(), checked }) {
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

/// A file each way.
pub fn meet(one: &mut Device, other: &mut Device) {
    let file = file_for(one);
    takes(other, &file);
    let back = file_for(other);
    takes(one, &back);
}

/// Claire's card is added, and her device takes what is proposed once the words were compared.
#[track_caller]
pub fn befriend(nadine: &mut Device, claire: &mut Device) -> NeighbourId {
    let card = card_for(claire, Company::Neighbour);
    let read = reads_card(nadine, &card);
    assert_eq!((read.name.as_str(), read.company, read.is_member), (CLAIRE, Company::Neighbour, false));
    nadine.asks(about(NeighbourRequest::Add { card, words: None }));
    let file = made_for(nadine, read.id);
    let CourierOpened::Proposes(sender) = opens(claire, &file, None) else { panic!("not known yet") };
    assert_eq!((sender.name.as_str(), sender.company), (NADINE, Company::Neighbour));
    let taken = opens(claire, &file, Some((sender.id, Company::Neighbour)));
    assert!(matches!(taken, CourierOpened::Taken(_)), "the words were compared");
    neighbours(nadine).all[0].id
}

pub fn both() -> (Device, Device, NeighbourId) {
    let (mut nadine, mut claire) = (nadine(), claire());
    let id = befriend(&mut nadine, &mut claire);
    (nadine, claire, id)
}

// ── What Odette says ────────────────────────────────────────────────────────────────────────────────────────────────────

pub fn told(on: NaiveDate) -> Told {
    Told { on, how: "orally".into() }
}

pub fn agrees(device: &mut Device) -> ConsentId {
    let what = "où j’habite, comment m’aborder".into();
    let said = Sharing { recipient: Recipient::named(CLAIRE), purpose: For::Sharing, what, until: None };
    says(device, 11, Said::Shares(said))
}

pub fn says(device: &mut Device, id: u8, said: Said) -> ConsentId {
    let id = ConsentId([id; 16]);
    let entry = ConsentEntry { id, person: ODETTE, said, given: told(today()), withdrawn: None, note: String::new() };
    device.does(Request::GiveEntry { entry: Box::new(entry), draft: None }).unwrap();
    id
}

pub fn choice(neighbour: NeighbourId, pieces: impl IntoIterator<Item = Piece>) -> CopyChoice {
    CopyChoice {
        person: ODETTE,
        neighbour,
        pieces: pieces.into_iter().collect(),
        message: "Je suis absente en juillet.".into(),
        until: Some(today() + Days::new(30)),
    }
}

pub fn copy(choice: CopyChoice) -> Request {
    about(NeighbourRequest::Copy { id: COPY, choice, draft: None })
}

/// Odette agreed, and where she lives and how to approach her was copied and has arrived.
pub fn copied() -> (Device, Device, NeighbourId) {
    let (mut nadine, mut claire, id) = both();
    agrees(&mut nadine);
    nadine.does(copy(choice(id, [Piece::Address, Piece::Approach]))).unwrap();
    meet(&mut nadine, &mut claire);
    (nadine, claire, id)
}

pub fn everyone(device: &mut Device) -> Vec<String> {
    match device.asks(Request::People) {
        Response::People(rows) => rows.into_iter().map(|row| row.name).collect(),
        _ => panic!("everyone"),
    }
}
