//! The legal register, through the door: apart from the notebook, acknowledged in eight days, silent once struck off.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::register::{RegisterFile, RegisterList, RegisterLog, RegisterWrite};
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::responses::{HitTarget, Retention};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::contact::{Phone, PhoneField};
use maillon_shared::domain::ids::{ActId, ExtractId, LineId, PersonId, RegisterAgentId, RegisterEntryId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::register::{
    PersonToNotify, RegisterChange, RegisterEntry, RegisterField, RegisterGround, RegisterState, StrikeOff,
    StrikeReason,
};
use maillon_shared::domain::register_log::{AgentField, ExtractGround, RegisterAgent};
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::time::{Instant, PartialDate};
use maillon_tests::harness::Device;

const ODETTE: RegisterEntryId = RegisterEntryId([1; 16]);
const BASILE: RegisterEntryId = RegisterEntryId([2; 16]);
const SHEET: PersonId = PersonId([9; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn odette() -> RegisterEntry {
    let mut odette = RegisterEntry::empty(ODETTE);
    odette.given_name = "Odette".into();
    odette.family_name = "Escarvenc".into();
    odette.birth = PartialDate::parse("1938-04-09");
    odette.address.hamlet = "La Roussière".into();
    odette.ground = Some(RegisterGround::Aged65);
    odette.requested = Some(today() - Days::new(3));
    odette.phones = vec![Phone { id: LineId([3; 16]), number: "04 90 00 00 01".into(), label: String::new() }];
    let daughter = PersonToNotify { name: "Nadine Escarvenc".into(), ..PersonToNotify::empty(LineId([4; 16])) };
    odette.to_notify = vec![daughter];
    odette
}

fn basile() -> RegisterEntry {
    let mut basile = RegisterEntry::empty(BASILE);
    basile.given_name = "Basile".into();
    basile.family_name = "Quillard".into();
    basile.address.hamlet = "Les Gâts".into();
    basile
}

fn write(write: RegisterWrite) -> Request {
    Request::WriteRegister(Box::new(write))
}

fn create(entry: &RegisterEntry, from: Option<PersonId>) -> Request {
    let changes = RegisterEntry::empty(entry.id).changes_to(entry);
    write(RegisterWrite::Create { id: entry.id, changes, from, draft: None })
}

fn edit(id: RegisterEntryId, changes: Vec<RegisterChange>) -> Request {
    write(RegisterWrite::Edit { id, changes, draft: None })
}

fn strike_off(id: RegisterEntryId, on: NaiveDate) -> Request {
    let struck = StrikeOff { on, why: StrikeReason::AtRequest, by: "elle-même".into() };
    write(RegisterWrite::SetState { id, state: RegisterState::StruckOff(struck), draft: None })
}

/// A notebook with Odette and Basile in the register.
fn notebook() -> Device {
    let mut device = Device::with_notebook(1, today());
    device.does(create(&odette(), None)).unwrap();
    device.does(create(&basile(), None)).unwrap();
    device
}

fn list(device: &mut Device) -> RegisterList {
    let Response::Register(list) = device.asks(Request::Register) else { panic!("the register was asked for") };
    *list
}

fn opens(device: &mut Device, id: RegisterEntryId) -> RegisterFile {
    let Response::RegisterEntry(file) = device.asks(Request::RegisterEntry(id)) else { panic!("an entry") };
    *file
}

fn log(device: &mut Device) -> RegisterLog {
    let Response::RegisterLog(log) = device.asks(Request::RegisterLog) else { panic!("the log") };
    *log
}

fn retention(device: &mut Device) -> Retention {
    let Response::Retention(retention) = device.asks(Request::Retention) else { panic!("what is due") };
    *retention
}

fn record_extract(device: &mut Device, id: ExtractId) -> ActId {
    let extract = RegisterWrite::RecordExtract {
        id,
        asked_by: "Préfecture, bureau de la protection civile".into(),
        ground: ExtractGround::AlertPlan,
        detail: "plan canicule".into(),
        given_to: "M. le préfet".into(),
        draft: None,
    };
    device.does(write(extract)).unwrap()
}

fn table(device: &mut Device, id: ExtractId) -> String {
    let Response::File(file) = device.asks(Request::ExtractTable(id)) else { panic!("a file") };
    assert!(!file.name.contains("Escarvenc"));
    String::from_utf8(file.bytes).unwrap()
}

#[test]
fn someone_comes_into_the_register_without_a_sheet_and_stays_through_a_restart() {
    let mut device = notebook();
    assert_eq!(device.does(create(&odette(), None)), None, "asked twice, made once");
    let mut device = device.reopens();
    assert_eq!(opens(&mut device, ODETTE).entry, odette());
    let names: Vec<_> = list(&mut device).rows.into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["Odette Escarvenc", "Basile Quillard"]);
    assert_eq!(device.today().people, 0, "the notebook accompanies nobody of it");
    let Response::Found(hits) = device.asks(Request::Search { text: "escarvenc".into(), limit: 9 }) else { panic!() };
    assert_eq!(hits[0].target, HitTarget::Register(ODETTE, true));
}

#[test]
fn a_request_is_due_in_eight_days_and_no_longer_once_acknowledged() {
    let mut device = notebook();
    let due = device.today().register;
    assert_eq!((due.count, due.late, due.first), (1, 0, Some(today() + Days::new(5))), "Basile's day is unknown");
    device.is_on(today() + Days::new(6));
    assert_eq!(device.today().register.late, 1);
    let act = device.does(write(RegisterWrite::Acknowledge { id: ODETTE, on: today() })).unwrap();
    assert_eq!(device.today().register.count, 0);
    device.does(Request::Undo(act)).unwrap();
    assert_eq!(device.today().register.count, 1);
    device.does(strike_off(ODETTE, today())).unwrap();
    assert_eq!(device.today().register.count, 0, "nothing is due about who is struck off");
}

#[test]
fn whoever_is_struck_off_is_in_no_extract_and_an_undo_brings_them_back() {
    let mut device = notebook();
    let act = device.does(strike_off(ODETTE, today())).unwrap();
    record_extract(&mut device, ExtractId([5; 16]));
    let given = table(&mut device, ExtractId([5; 16]));
    assert!(given.contains("Quillard") && !given.contains("Escarvenc"), "{given}");
    assert_eq!(log(&mut device).extracts[0].entries, 1);
    let row = list(&mut device).rows.into_iter().find(|row| row.id == ODETTE).unwrap();
    assert!(matches!(row.state, RegisterState::StruckOff(_)), "and nothing of it is lost");
    device.does(Request::Undo(act)).unwrap();
    record_extract(&mut device, ExtractId([6; 16]));
    assert!(table(&mut device, ExtractId([6; 16])).contains("Escarvenc"));
}

#[test]
fn an_extract_is_recorded_before_it_is_made_and_stays_written() {
    let mut device = notebook();
    let id = ExtractId([5; 16]);
    assert_eq!(device.is_refused(Request::ExtractTable(id)), Failure::NotFound);
    assert_eq!(device.is_refused(Request::RegisterExtract(id)), Failure::NotFound);
    let act = record_extract(&mut device, id);
    let Response::RegisterExtract(to_give) = device.asks(Request::RegisterExtract(id)) else { panic!("an extract") };
    assert_eq!(to_give.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [ODETTE, BASILE]);
    assert_eq!(to_give.extract.reference(), "05050505");
    assert_eq!(device.is_refused(Request::Undo(act)), Failure::Kept, "what left the register left it");
    device.is_on(today() + Days::new(1));
    assert_eq!(device.is_refused(Request::ExtractTable(id)), Failure::Invalid(Invalid::Day), "it is of its day");
    assert_eq!(log(&mut device).extracts.len(), 1);
    let nobody = RegisterWrite::RecordExtract {
        id: ExtractId([7; 16]),
        asked_by: "  ".into(),
        ground: ExtractGround::AlertPlan,
        detail: String::new(),
        given_to: "quelqu'un".into(),
        draft: None,
    };
    assert_eq!(device.is_refused(write(nobody)), Failure::Invalid(Invalid::NoName));
}

#[test]
fn agents_are_designated_by_name_with_their_days() {
    let mut device = notebook();
    let id = RegisterAgentId([5; 16]);
    let mut agent = RegisterAgent::empty(id, today());
    assert_eq!(
        device.is_refused(write(RegisterWrite::Designate { agent: agent.clone(), draft: None })),
        Failure::Invalid(Invalid::NoName)
    );
    agent.name = "Lucette Barbezan".into();
    device.does(write(RegisterWrite::Designate { agent: agent.clone(), draft: None })).unwrap();
    let function = vec![(AgentField::Function, "secrétaire de mairie".to_owned())];
    device.does(write(RegisterWrite::EditAgent { id, changes: function })).unwrap();
    let before = Some(today() - Days::new(1));
    assert_eq!(
        device.is_refused(write(RegisterWrite::EndAgent { id, on: before })),
        Failure::Invalid(Invalid::Day),
        "nobody ends before they begin"
    );
    device.does(write(RegisterWrite::EndAgent { id, on: Some(today() + Days::new(30)) })).unwrap();
    let agents = log(&mut device.reopens()).agents;
    assert_eq!(agents[0].function, "secrétaire de mairie");
    assert!(agents[0].holds_on(today()) && !agents[0].holds_on(today() + Days::new(30)));
}

#[test]
fn the_sheet_knows_the_entry_and_the_entry_knows_nothing() {
    let mut device = notebook();
    let mut sheet = Person::empty(SHEET);
    sheet.given_name = "Odette".into();
    sheet.family_name = "Escarvenc".into();
    sheet.birth = PartialDate::parse("1938-04-09");
    device.saves(&sheet);
    let file = opens(&mut device, ODETTE);
    assert_eq!(file.sheet, None, "nothing is linked by itself");
    assert_eq!(file.likely.iter().map(|one| one.row.id).collect::<Vec<_>>(), [SHEET]);
    let raw = |device: &mut Device| {
        let Response::File(file) = device.asks(Request::RegisterData(ODETTE)) else { panic!("a file") };
        String::from_utf8(file.bytes).unwrap()
    };
    sheet.register_entry = Some(ODETTE);
    device.saves(&sheet);
    let file = opens(&mut device, ODETTE);
    assert_eq!(file.sheet, Some((SHEET, "Odette Escarvenc".into())));
    assert!(file.likely.is_empty());
    let linked = device.opens(SHEET).register.unwrap();
    assert_eq!((linked.id, linked.state), (ODETTE, Some(RegisterState::Registered)));
    assert!(!raw(&mut device).contains(&SHEET.to_string()), "an agent of the register never learns it");

    // Striking off never touches the sheet, and erasing the sheet strikes nobody off.
    device.does(strike_off(ODETTE, today())).unwrap();
    assert_eq!(device.opens(SHEET).person, sheet);
    let Response::File(held) = device.asks(Request::PersonalData(SHEET)) else { panic!("a file") };
    assert!(String::from_utf8(held.bytes).unwrap().contains("register_entry"), "they are told of the register too");
    let Response::Found(mentions) = device.asks(Request::Mentions(SHEET)) else { panic!("mentions") };
    assert_eq!(mentions[0].target, HitTarget::Register(ODETTE, false), "an erasure says that the entry stays");
    // A form begun from the sheet goes with it.
    let form = DraftKey { form: "register_from".into(), subject: SHEET.to_string() };
    let at = Instant { utc_ms: 0, offset_min: 0 };
    device.asks(Request::SaveDraft(Draft { key: form, content: "à demi rempli".into(), at }));
    let Response::Erased(erased) = device.asks(Request::ErasePeople(vec![SHEET])) else { panic!("erased") };
    assert_eq!(erased.drafts, 1);
    assert_eq!(opens(&mut device, ODETTE).entry.family_name, "Escarvenc");
}

#[test]
fn an_entry_made_from_a_sheet_is_linked_in_the_same_act() {
    let mut device = Device::with_notebook(1, today());
    let mut sheet = Person::empty(SHEET);
    sheet.family_name = "Escarvenc".into();
    device.saves(&sheet);
    let act = device.does(create(&odette(), Some(SHEET))).unwrap();
    assert_eq!(device.opens(SHEET).register.unwrap().id, ODETTE);
    device.does(Request::Undo(act)).unwrap();
    assert_eq!(device.opens(SHEET).register, None);
    assert_eq!(device.is_refused(Request::RegisterEntry(ODETTE)), Failure::NotFound);
    assert_eq!(device.is_refused(create(&basile(), Some(PersonId([8; 16])))), Failure::NotFound);
}

#[test]
fn who_was_struck_off_is_kept_for_its_time_then_really_erased() {
    let mut device = notebook();
    device.does(strike_off(ODETTE, today())).unwrap();
    assert!(retention(&mut device).register.is_empty());
    device.is_on("2027-06-12".parse().unwrap());
    let due = retention(&mut device).register;
    assert_eq!(due.iter().map(|one| one.id).collect::<Vec<_>>(), [ODETTE], "Basile is in it until struck off");
    device.does(Request::EditSettings(vec![(SettingsField::KeepRegisterMonths, "24".into())])).unwrap();
    assert!(retention(&mut device).register.is_empty(), "lengths are set");
    let form = DraftKey { form: "register".into(), subject: ODETTE.to_string() };
    let at = Instant { utc_ms: 0, offset_min: 0 };
    device.asks(Request::SaveDraft(Draft { key: form, content: "Escarvenc".into(), at }));
    let Response::Erased(erased) = device.asks(Request::EraseRegisterEntries(vec![ODETTE])) else { panic!("erased") };
    assert_eq!((erased.documents, erased.drafts), (1, 1));
    assert_eq!(device.is_refused(Request::RegisterEntry(ODETTE)), Failure::NotFound);
    assert!(device.finds("escarvenc").is_empty());
    assert_eq!(device.is_refused(create(&odette(), None)), Failure::NotFound, "no form still open brings them back");
    let mut device = device.reopens();
    assert_eq!(list(&mut device).rows.len(), 1);
}

#[test]
fn only_an_entry_is_erased_as_one() {
    let mut device = notebook();
    let mut sheet = Person::empty(SHEET);
    sheet.family_name = "Escarvenc".into();
    device.saves(&sheet);
    let of_a_sheet = RegisterEntryId(SHEET.0);
    assert_eq!(device.is_refused(Request::EraseRegisterEntries(vec![ODETTE, of_a_sheet])), Failure::NotFound);
    assert_eq!(opens(&mut device, ODETTE).entry, odette(), "and nothing is half erased");
}

#[test]
fn every_reading_of_a_name_is_noted() {
    let mut device = notebook();
    list(&mut device);
    opens(&mut device, ODETTE);
    device.asks(Request::Registered);
    let Response::Reads(rows) = device.asks(Request::Reads { before: None, limit: 9 }) else { panic!("reads") };
    let told: Vec<_> = rows.iter().map(|row| (row.what.as_str(), row.about.as_str())).collect();
    assert_eq!(told, [("register_print", ""), ("register_entry", "Odette Escarvenc"), ("register", "")]);
}

#[test]
fn what_cannot_be_is_refused_and_what_is_long_is_kept() {
    let mut device = notebook();
    let no_name = create(&RegisterEntry::empty(RegisterEntryId([3; 16])), None);
    assert_eq!(device.is_refused(no_name), Failure::Invalid(Invalid::NoName));
    let clear = |field| RegisterChange::Text(field, " ".into());
    let nameless = vec![clear(RegisterField::FamilyName), clear(RegisterField::GivenName)];
    assert_eq!(device.is_refused(edit(ODETTE, nameless)), Failure::Invalid(Invalid::NoName));
    let next_week = today() + Days::new(7);
    let impossible = [
        edit(ODETTE, vec![RegisterChange::Requested(Some(next_week))]),
        edit(ODETTE, vec![RegisterChange::Birth(PartialDate::parse("2031"))]),
        edit(ODETTE, vec![RegisterChange::Birth(PartialDate::parse("0012-04-09"))]),
        write(RegisterWrite::Acknowledge { id: ODETTE, on: next_week }),
        strike_off(ODETTE, next_week),
        strike_off(ODETTE, NaiveDate::MIN),
    ];
    for request in impossible {
        assert_eq!(device.is_refused(request), Failure::Invalid(Invalid::Day));
    }
    assert_eq!(opens(&mut device, ODETTE).entry, odette());
    let endless = "hameau très long, ".repeat(600);
    device.does(edit(ODETTE, vec![RegisterChange::Text(RegisterField::HomeServices, endless.clone())])).unwrap();
    let phone = RegisterChange::Phone(LineId([3; 16]), PhoneField::Number, "=1+1".into());
    device.does(edit(ODETTE, vec![phone])).unwrap();
    assert_eq!(opens(&mut device.reopens(), ODETTE).entry.home_services, endless);
}

#[test]
fn a_cell_that_looks_like_a_formula_is_not_one_in_the_extract() {
    let mut device = notebook();
    device.does(edit(ODETTE, vec![RegisterChange::Text(RegisterField::AddressLine, "=HYPERLINK(1)".into())])).unwrap();
    record_extract(&mut device, ExtractId([5; 16]));
    assert!(table(&mut device, ExtractId([5; 16])).contains("'=HYPERLINK(1)"));
}
