//! *Qui fait quoi*, absences and news of partners, through the door.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::responses::{EntryFile, InTouch, PublicLine, WhoDoesWhat};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::absence::Absence;
use maillon_shared::domain::contact::Phone;
use maillon_shared::domain::directory::{DirectoryEntry, EntryChange, EntryField, EntryKind};
use maillon_shared::domain::encounter::{Encounter, EncounterChange, EncounterKind, EncounterResult};
use maillon_shared::domain::ids::{EncounterId, EntryId, LineId, PersonId};
use maillon_shared::domain::mission::{Mission, MissionChange, MissionField};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::who_does_what::{Doubt, Question};
use maillon_tests::harness::{Device, just};

const BUS: EntryId = EntryId([1; 16]);
const VOLUNTEER: EntryId = EntryId([2; 16]);
const NURSE: EntryId = EntryId([3; 16]);

/// A Friday.
fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn notebook() -> Device {
    let mut device = Device::new(1, today());
    device.creates_notebook(vec![
        (SettingsField::Commune, "Roquebelle-les-Alpilles".into()),
        (SettingsField::CommuneCode, "13900".into()),
    ]);
    device
}

fn mission(id: u8, topic: &str, what: &str) -> Mission {
    let mut mission = Mission::empty(LineId([id; 16]));
    (mission.topic, mission.what) = (topic.into(), what.into());
    mission.communes = [("13900".to_owned(), "Roquebelle-les-Alpilles".to_owned())].into();
    mission.checked_on = Some(today() - Days::new(30));
    mission
}

fn entry(id: EntryId, kind: EntryKind, name: &str, missions: Vec<Mission>) -> DirectoryEntry {
    let mut entry = DirectoryEntry::empty(id, kind);
    entry.name = name.into();
    entry.offers = missions;
    entry.phones = vec![Phone { id: LineId([9; 16]), number: "04 65 71 00 01".into(), label: String::new() }];
    entry
}

fn adds(device: &mut Device, entry: &DirectoryEntry) {
    let changes = DirectoryEntry::empty(entry.id, entry.kind.clone()).changes_to(entry);
    device.does(Request::CreateEntry { id: entry.id, kind: entry.kind.clone(), changes, draft: None }).unwrap();
}

fn edit(id: EntryId, changes: Vec<EntryChange>) -> Request {
    Request::EditEntry { id, changes, draft: None }
}

fn who(device: &mut Device, question: Question) -> WhoDoesWhat {
    match device.asks(Request::WhoDoesWhat(question)) {
        Response::WhoDoesWhat(found) => *found,
        _ => panic!("who does it was asked"),
    }
}

fn names(found: &WhoDoesWhat) -> Vec<&str> {
    found.answers.iter().map(|answer| answer.entry.name.as_str()).collect()
}

fn file(device: &mut Device, id: EntryId) -> EntryFile {
    match device.asks(Request::Entry(id)) {
        Response::Entry(file) => *file,
        _ => panic!("an entry was asked for"),
    }
}

fn leaflet(device: &mut Device, commune: &str) -> Vec<PublicLine> {
    match device.asks(Request::PublicLines(commune.into())) {
        Response::PublicLines(lines) => lines,
        _ => panic!("a leaflet was asked for"),
    }
}

fn in_touch(device: &mut Device) -> InTouch {
    match device.asks(Request::InTouch) {
        Response::InTouch(found) => *found,
        _ => panic!("partners were asked for"),
    }
}

fn transport(commune: &str, public: &str, day: Option<NaiveDate>) -> Question {
    Question { topic: "transport".into(), public: public.into(), commune: commune.into(), day }
}

#[test]
fn who_can_drive_her_on_a_friday_is_answered_and_survives_a_restart() {
    let mut device = notebook();
    let mut bus = mission(1, "transport", "Minibus vers le marché");
    bus.days = [1, 3].into();
    let mut car = mission(2, "transport", "Voiture avec chauffeur");
    car.publics = ["elders".to_owned()].into();
    car.days = [5].into();
    adds(&mut device, &entry(BUS, EntryKind::Structure, "Bus des Trois-Lavoirs", vec![bus]));
    adds(&mut device, &entry(VOLUNTEER, EntryKind::Relay, "Vauquenard", vec![car]));
    let mut device = device.reopens();
    let friday = Some(today());
    assert_eq!(names(&who(&mut device, transport("13900", "elders", friday))), ["Vauquenard"]);
    assert_eq!(names(&who(&mut device, transport("13900", "children", friday))), [""; 0]);
    assert_eq!(names(&who(&mut device, transport("", "", None))), ["Bus des Trois-Lavoirs", "Vauquenard"]);
    assert_eq!(names(&who(&mut device, transport("13999", "", None))), [""; 0]);
    let all = who(&mut device, Question::default());
    assert_eq!((all.count, all.missions), (2, 2));
    assert_eq!(all.communes, [("13900".to_owned(), "Roquebelle-les-Alpilles".to_owned())]);
    let meals = all.coverage.iter().find(|row| row.topic == "meals").unwrap();
    assert_eq!(meals.nobody, ["13900"], "nobody brings meals");
    let driving = all.coverage.iter().find(|row| row.topic == "transport").unwrap();
    assert_eq!(driving.several, [("13900".to_owned(), 2)]);
    assert_eq!(device.finds("minibus"), ["Bus des Trois-Lavoirs"]);
}

#[test]
fn whoever_is_away_that_day_says_so_and_names_who_stands_in() {
    let mut device = notebook();
    adds(&mut device, &entry(NURSE, EntryKind::Professional, "Escarvain", vec![]));
    let mut bus = entry(BUS, EntryKind::Structure, "Bus des Trois-Lavoirs", vec![mission(1, "transport", "")]);
    let mut away = Absence::empty(LineId([5; 16]));
    (away.from, away.until) = (Some(today() + Days::new(3)), Some(today() + Days::new(10)));
    away.stand_in = Some(NURSE);
    bus.absences = vec![away.clone()];
    adds(&mut device, &bus);
    assert_eq!(who(&mut device, transport("", "", Some(today()))).answers[0].absence, None);
    let monday = Some(today() + Days::new(3));
    let shown = who(&mut device, transport("", "", monday)).answers[0].absence.clone().unwrap();
    assert_eq!((shown.absence, shown.stand_in_is_absent), (away, false));
    let stand_in = shown.stand_in.unwrap();
    assert_eq!((stand_in.name.as_str(), stand_in.phone.as_str()), ("Escarvain", "04 65 71 00 01"));
    // The one who stands in goes away too: better known before one calls.
    let mut theirs = Absence::empty(LineId([6; 16]));
    theirs.note = "en formation".into();
    let changes = Absence::empty(theirs.id).changes_to(&theirs);
    let changes = changes.into_iter().map(|change| EntryChange::Absence(theirs.id, change)).collect();
    device.does(edit(NURSE, changes)).unwrap();
    assert!(who(&mut device, transport("", "", monday)).answers[0].absence.as_ref().unwrap().stand_in_is_absent);
    assert_eq!(file(&mut device, BUS).absences[0].stand_in.as_ref().unwrap().id, NURSE);
}

#[test]
fn what_nobody_made_sure_of_for_long_is_to_be_verified_until_someone_does() {
    let mut device = notebook();
    adds(&mut device, &entry(BUS, EntryKind::Structure, "Bus des Trois-Lavoirs", vec![mission(1, "transport", "")]));
    let doubts = |device: &mut Device| file(device, BUS).doubts[0].1.clone();
    assert_eq!(doubts(&mut device), []);
    device.is_on(today() + Days::new(400));
    assert_eq!(doubts(&mut device), [Doubt::CheckedLongAgo(today() - Days::new(30))]);
    device.does(Request::EditSettings(vec![(SettingsField::RecheckMonths, "24".into())])).unwrap();
    assert_eq!(doubts(&mut device), []);
    let said = MissionChange::Text(MissionField::ToVerify, "le minibus est vendu ?".into());
    let act = device.does(edit(BUS, vec![EntryChange::Mission(LineId([1; 16]), said)])).unwrap();
    assert_eq!(doubts(&mut device), [Doubt::Said("le minibus est vendu ?".into())]);
    device.does(Request::Undo(act)).unwrap();
    assert_eq!(doubts(&mut device), []);
    let act = device.does(edit(BUS, vec![EntryChange::RemoveMission(LineId([1; 16]))])).unwrap();
    assert_eq!(who(&mut device, Question::default()).missions, 0);
    device.does(Request::Undo(act)).unwrap();
    assert_eq!(who(&mut device, Question::default()).missions, 1);
}

#[test]
fn the_leaflet_holds_what_was_meant_for_inhabitants_and_not_a_word_more() {
    let mut device = notebook();
    let mut shown = mission(1, "transport", "Minibus vers le marché");
    shown.for_inhabitants = true;
    shown.note = "secret de polichinelle".into();
    shown.to_verify = "numéro douteux".into();
    let mut bus = entry(BUS, EntryKind::Structure, "Bus des Trois-Lavoirs", vec![shown, mission(2, "meals", "")]);
    bus.notes = "notes de coordination".into();
    bus.hours = "de 9 h à 12 h".into();
    adds(&mut device, &bus);
    let mut elsewhere = mission(3, "housing", "");
    elsewhere.for_inhabitants = true;
    elsewhere.communes = [("13999".to_owned(), "Mas-Perdu".to_owned())].into();
    let mut volunteer = mission(4, "isolation", "Visites");
    volunteer.for_inhabitants = true;
    adds(&mut device, &entry(VOLUNTEER, EntryKind::Relay, "Vauquenard", vec![elsewhere, volunteer]));
    let lines = leaflet(&mut device, "13900");
    let told: Vec<_> =
        lines.iter().map(|line| (line.topic.as_str(), line.phone.as_str(), line.hours.as_str())).collect();
    // A neighbour's own number is given only where it was written to be given.
    assert_eq!(told, [("isolation", "", ""), ("transport", "04 65 71 00 01", "de 9 h à 12 h")]);
    let all = format!("{lines:?}");
    for private in ["polichinelle", "douteux", "coordination"] {
        assert!(!all.contains(private), "{private}");
    }
    let number = MissionChange::Text(MissionField::Phone, "06 39 98 00 04".into());
    device.does(edit(VOLUNTEER, vec![EntryChange::Mission(LineId([4; 16]), number)])).unwrap();
    assert_eq!(leaflet(&mut device, "13900")[0].phone, "06 39 98 00 04");
    assert_eq!(leaflet(&mut device, "").len(), 3);
}

#[test]
fn a_partner_comes_back_when_their_rhythm_is_over_and_not_before() {
    let mut device = notebook();
    let mut nurse = entry(NURSE, EntryKind::Professional, "Escarvain", vec![]);
    nurse.touch_months = "3".into();
    adds(&mut device, &nurse);
    adds(&mut device, &entry(BUS, EntryKind::Structure, "Bus des Trois-Lavoirs", vec![]));
    let due = |device: &mut Device| device.today().touch.into_iter().map(|row| row.entry.name).collect::<Vec<_>>();
    assert_eq!(due(&mut device), ["Escarvain"], "never spoken to");
    let with = |id: u8, entry: EntryId, result: EncounterResult| {
        let mut call = Encounter::empty(EncounterId([id; 16]), None, today());
        (call.kind, call.result, call.with_entry) = (EncounterKind::CallOut, result, Some(entry));
        call
    };
    device.notes(with(1, NURSE, EncounterResult::NoAnswer)).unwrap();
    assert_eq!(due(&mut device), ["Escarvain"], "a telephone that rings is no news");
    device.notes(with(2, NURSE, EncounterResult::Met)).unwrap();
    device.notes(with(3, BUS, EncounterResult::Met)).unwrap();
    assert_eq!(file(&mut device, NURSE).last_contact, Some(today()));
    for (days, expected) in [(0, 0), (91, 0), (92, 1), (400, 1)] {
        device.is_on(today() + Days::new(days));
        assert_eq!(due(&mut device).len(), expected, "{days} days later");
    }
    // On leave, nobody is called.
    let mut away = Absence::empty(LineId([5; 16]));
    away.until = Some(today() + Days::new(401));
    let changes = Absence::empty(away.id).changes_to(&away);
    let changes = changes.into_iter().map(|change| EntryChange::Absence(away.id, change)).collect();
    device.does(edit(NURSE, changes)).unwrap();
    assert_eq!(due(&mut device), [""; 0]);
    let silent = in_touch(&mut device);
    assert_eq!((silent.months, silent.silent[0].entry.name.as_str()), (6, "Bus des Trois-Lavoirs"));
    device.is_on(today() + Days::new(402));
    assert_eq!(due(&mut device), ["Escarvain"]);
    // A note that was a mistake is no contact.
    let mut device = device.reopens();
    let wrong = vec![EncounterChange::Withdrawn(true)];
    device.does(Request::EditEncounter { id: EncounterId([2; 16]), changes: wrong, unshared_note: None, draft: None });
    assert_eq!(device.today().touch[0].days, None, "never met, as before");
    assert_eq!(file(&mut device, NURSE).last_contact, None);
}

#[test]
fn a_visit_with_a_nurse_is_news_of_the_nurse_and_leaves_with_the_person() {
    let mut device = notebook();
    adds(&mut device, &entry(NURSE, EntryKind::Professional, "Escarvain", vec![]));
    let odette = PersonId([7; 16]);
    let mut person = Person::empty(odette);
    person.family_name = "Marchevel".into();
    device.saves(&person);
    let mut visit = Encounter::empty(EncounterId([1; 16]), Some(odette), today());
    visit.with_entry = Some(NURSE);
    device.notes(visit).unwrap();
    match device.asks(Request::Encounter(EncounterId([1; 16]))) {
        Response::Encounter(file) => assert_eq!(file.entry_name, "Escarvain"),
        _ => panic!("an encounter was asked for"),
    }
    assert_eq!(file(&mut device, NURSE).last_contact, Some(today()));
    device.asks(Request::ErasePeople(vec![odette]));
    assert_eq!(file(&mut device, NURSE).last_contact, None, "nothing of her is left to tell of it");
    let mut unknown = Encounter::empty(EncounterId([2; 16]), None, today());
    unknown.with_entry = Some(EntryId([8; 16]));
    let refused = device.is_refused(Request::RecordEncounter(Box::new(just(unknown))));
    assert_eq!(refused, Failure::NotFound);
}

#[test]
fn what_cannot_be_is_refused_and_what_is_long_is_kept() {
    let mut device = notebook();
    let long = "é".repeat(10_000);
    adds(&mut device, &entry(BUS, EntryKind::Structure, "Bus", vec![mission(1, "transport", &long)]));
    assert_eq!(who(&mut device, Question::default()).answers[0].mission.what, long);
    let line = LineId([1; 16]);
    for (change, why) in [
        (MissionChange::Day(8, true), Invalid::Day),
        (MissionChange::CheckedOn("0026-06-12".parse().ok()), Invalid::Day),
        (MissionChange::Public(String::new(), true), Invalid::Empty),
        (MissionChange::Public("x".repeat(500), true), Invalid::TooLong),
        (MissionChange::Commune("13900".into(), Some("x".repeat(500))), Invalid::TooLong),
    ] {
        let refused = device.is_refused(edit(BUS, vec![EntryChange::Mission(line, change)]));
        assert_eq!(refused, Failure::Invalid(why));
    }
    let impossible = maillon_shared::domain::absence::AbsenceChange::From("9999-01-01".parse().ok());
    let refused = device.is_refused(edit(BUS, vec![EntryChange::Absence(line, impossible)]));
    assert_eq!(refused, Failure::Invalid(Invalid::Day));
    let rhythm = EntryChange::Text(EntryField::TouchMonths, "jamais plus".into());
    device.does(edit(BUS, vec![rhythm])).unwrap();
    assert!(device.today().touch.is_empty(), "what is no rhythm asks for nothing");
}

#[test]
fn a_note_begun_with_a_nurse_that_names_someone_goes_with_them_and_the_nurses_own_form_stays() {
    let mut device = notebook();
    adds(&mut device, &entry(NURSE, EntryKind::Professional, "Escarvain", vec![]));
    let odette = PersonId([7; 16]);
    let mut person = Person::empty(odette);
    person.family_name = "Marchevel".into();
    device.saves(&person);
    for form in [DraftKey::NOTE_WITH_ENTRY, "entry"] {
        let key = DraftKey { form: form.into(), subject: NURSE.to_string() };
        let content = "words\u{1f}Passe chez Marchevel le mardi".to_owned();
        device.asks(Request::SaveDraft(Draft { key, content, at: maillon_shared::domain::time::Instant::default() }));
    }
    device.asks(Request::ErasePeople(vec![odette]));
    let Response::Drafts(left) = device.asks(Request::Drafts) else { panic!("drafts were asked for") };
    assert_eq!(left.iter().map(|draft| draft.key.form.as_str()).collect::<Vec<_>>(), ["entry"]);
}
