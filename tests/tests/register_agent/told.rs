//! How the story is told: the office, the mairie's computer, and what goes between them.

use chrono::{Days, NaiveDate};
use maillon_shared::api::calls::{CampaignFile, NewAttempt, NewCampaign};
use maillon_shared::api::lending::{Lent, RegisterBack, RegisterCopy, Sender};
use maillon_shared::api::register::{RegisterFile, RegisterList, RegisterLog, RegisterRow, RegisterWrite};
use maillon_shared::api::requests::Secret;
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::campaign::{
    AttemptOutcome, AttemptWay, CallAttempt, CallSubject, Caller, Campaign, CampaignKind,
};
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::directory::{EntryChange, EntryField, EntryKind};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::ids::*;
use maillon_shared::domain::person::{Person, PersonChange};
use maillon_shared::domain::register::{RegisterChange, RegisterField, RegisterState, StrikeOff, StrikeReason};
use maillon_shared::domain::register_log::{ExtractGround, RegisterAgent};
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::time::Hour;
use maillon_tests::harness::Device;

pub const HEAT: CampaignId = CampaignId([0xca; 16]);
pub const LUCETTE: RegisterAgentId = RegisterAgentId([0xa1; 16]);
pub const SHEET: PersonId = PersonId([0x99; 16]);

pub fn day(date: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 1).unwrap() + Days::new(u64::from(date) - 1)
}

pub fn entry(number: u8) -> RegisterEntryId {
    RegisterEntryId([number; 16])
}

pub fn write(write: RegisterWrite) -> Request {
    Request::WriteRegister(Box::new(write))
}

pub fn registers(device: &mut Device, number: u8, name: &str, requested: NaiveDate) {
    let changes = vec![
        RegisterChange::Text(RegisterField::FamilyName, name.into()),
        RegisterChange::Phone(LineId([1; 16]), PhoneField::Number, format!("04 90 00 00 {number:02}")),
        RegisterChange::Requested(Some(requested)),
    ];
    device.does(write(RegisterWrite::Create { id: entry(number), changes, from: None, draft: None })).unwrap();
}

pub fn writes(device: &mut Device, number: u8, field: RegisterField, text: &str) {
    let changes = vec![RegisterChange::Text(field, text.into())];
    device.does(write(RegisterWrite::Edit { id: entry(number), changes, draft: None }));
}

pub fn strikes_off(device: &mut Device, number: u8, on: NaiveDate) {
    let struck = StrikeOff { on, why: StrikeReason::AtRequest, by: "elle-même".into() };
    let state = RegisterState::StruckOff(struck);
    device.does(write(RegisterWrite::SetState { id: entry(number), state, draft: None }));
}

pub fn designates(device: &mut Device, id: RegisterAgentId, name: &str, from: NaiveDate) {
    let agent = RegisterAgent { name: name.into(), ..RegisterAgent::empty(id, from) };
    device.does(write(RegisterWrite::Designate { agent, draft: None }));
}

/// A coordinator about to leave: three people in the register, one of whom she accompanies, an agent designated.
pub fn office() -> Device {
    let mut office = Device::new(7, day(1));
    office.creates_notebook(vec![
        (SettingsField::Commune, "Saint-Aubin-des-Gâts".into()),
        (SettingsField::Leave, "2026-07-20/2026-08-08".into()),
        (SettingsField::CardHours, "le mardi, à la Grange-aux-Loups".into()),
    ]);
    for (number, name) in [(1, "Barloubérac"), (2, "Calvoulmenque"), (3, "Dambastagnol")] {
        registers(&mut office, number, name, day(1));
        office.does(write(RegisterWrite::Acknowledge { id: entry(number), on: day(1) }));
    }
    let mut sheet = Person::empty(SHEET);
    sheet.family_name = "Feuillevert".into();
    sheet.notes = "Zinzoline".into();
    office.saves(&sheet);
    let link = PersonChange::RegisterEntry(Some(entry(1)));
    office.does(Request::EditPerson { id: SHEET, changes: vec![link], draft: None });
    let mut seen = Encounter::empty(EncounterId([5; 16]), Some(SHEET), day(1));
    seen.notes = "Tarentelle".into();
    office.notes(seen);
    let changes = vec![EntryChange::Text(EntryField::Name, "Quenouillard".into())];
    office.does(Request::CreateEntry { id: EntryId([6; 16]), kind: EntryKind::Professional, changes, draft: None });
    designates(&mut office, LUCETTE, "Lucette Barloungade", day(1));
    office
}

/// Words of the notebook, none of which the register needs.
pub const OF_THE_NOTEBOOK: [&str; 5] = ["Feuillevert", "Zinzoline", "Tarentelle", "Quenouillard", "Grange-aux-Loups"];

pub fn copies(office: &mut Device, asked: RegisterCopy) -> Response {
    office.asks(Request::CopyRegister(Box::new(asked)))
}

pub fn lent_to(office: &mut Device, agent: RegisterAgentId) -> Lent {
    match copies(office, RegisterCopy::Lend(agent)) {
        Response::Lent(lent) => lent,
        _ => panic!("a copy of the register"),
    }
}

/// The mairie's computer, on which the file was opened.
pub fn opened(lent: &Lent, seed: u64, today: NaiveDate) -> Device {
    let mut device = Device::new(seed, today);
    device.asks(Request::Restore(lent.file.bytes.clone()));
    device.asks(Request::Unlock(Secret::Passphrase(lent.words.clone())));
    device
}

pub fn copy_of(device: &mut Device) -> Vec<u8> {
    match device.asks(Request::Backup) {
        Response::File(file) => file.bytes,
        _ => panic!("a copy"),
    }
}

pub fn taking_back(file: Vec<u8>, from: Sender) -> Request {
    Request::CopyRegister(Box::new(RegisterCopy::TakeBack { file, from }))
}

pub fn comes_back(office: &mut Device, mairie: &mut Device) -> RegisterBack {
    let file = copy_of(mairie);
    match office.asks(taking_back(file, Sender::Designated)) {
        Response::RegisterBack(back) => *back,
        _ => panic!("the register"),
    }
}

pub fn renews(mairie: &mut Device, lent: &Lent) -> RegisterBack {
    let renew = RegisterCopy::Renew { file: lent.file.bytes.clone(), words: lent.words.clone() };
    match copies(mairie, renew) {
        Response::RegisterBack(back) => *back,
        _ => panic!("the register"),
    }
}

pub fn list(device: &mut Device) -> RegisterList {
    let Response::Register(list) = device.asks(Request::Register) else { panic!("the register") };
    *list
}

pub fn names(device: &mut Device) -> Vec<String> {
    let registered = |row: &&RegisterRow| row.state == RegisterState::Registered;
    list(device).rows.iter().filter(registered).map(|row| row.name.clone()).collect()
}

pub fn opens(device: &mut Device, number: u8) -> RegisterFile {
    let Response::RegisterEntry(file) = device.asks(Request::RegisterEntry(entry(number))) else { panic!("an entry") };
    *file
}

pub fn log(device: &mut Device) -> RegisterLog {
    let Response::RegisterLog(log) = device.asks(Request::RegisterLog) else { panic!("the log") };
    *log
}

pub fn heat_wave(from: NaiveDate, until: NaiveDate) -> Request {
    let mut campaign = Campaign::empty(HEAT, CampaignKind::Heat, from, until);
    campaign.callers = vec![Caller { name: "Lucette".into(), ..Caller::empty(LineId([7; 16])) }];
    Request::CreateCampaign(Box::new(NewCampaign { campaign, draft: None }))
}

pub fn board(device: &mut Device) -> CampaignFile {
    match device.asks(Request::Campaign(HEAT)) {
        Response::Campaign(file) => *file,
        _ => panic!("a campaign"),
    }
}

pub fn calls(device: &mut Device, number: u8, id: u8, on: NaiveDate, outcome: AttemptOutcome) {
    let about = CallSubject::Register(entry(number));
    let card = board(device).cards.into_iter().find(|row| row.card.about == about).unwrap().card.id;
    let attempt = CallAttempt {
        id: AttemptId([id; 16]),
        day: on,
        hour: Hour::new(9, 0).unwrap(),
        caller: Some(LineId([7; 16])),
        way: AttemptWay::Call,
        outcome,
        note: String::new(),
        absent_until: None,
        handled_on: None,
        withdrawn: false,
    };
    device.does(Request::RecordAttempts { attempts: vec![NewAttempt { card, attempt }], draft: None });
}

pub fn records_an_extract(device: &mut Device) {
    device.does(write(RegisterWrite::RecordExtract {
        id: ExtractId([8; 16]),
        asked_by: "La préfecture".into(),
        ground: ExtractGround::AlertPlan,
        detail: String::new(),
        given_to: "Le préfet".into(),
        draft: None,
    }));
}
