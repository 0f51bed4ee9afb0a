//! Alerts, through the door: raised about whoever it is, never without an owner, answered by the hour, closed for a reason;
//! and what is said of someone in danger, which nothing shows that was not asked for it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use maillon_shared::api::alerts::{AlertFile, AlertRow, AlertWrite, Alerts, Standing};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::responses::{HitTarget, ReadRow, TimelineItem, TimelineKind};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::alert::{
    Acknowledgement, Alert, AlertChange, AlertField, AlertSubject, Clock, Closing, Handover, Judgement, Moment, Owner,
    Population, PopulationField, Reopening, Severity, Step, VigilanceLevel, Wording,
};
use maillon_shared::domain::consent::{EmergencyDisclosure, Recipient};
use maillon_shared::domain::ids::{AccountId, AlertId, DisclosureId, EntryId, LineId, MergeId, PersonId};
use maillon_shared::domain::person::{Person, PersonChange, PersonState, Silence};
use maillon_shared::domain::safeguarding::{Account, LawfulRecipients};
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::time::Hour;
use maillon_tests::harness::Device;

const ODETTE: PersonId = PersonId([1; 16]);
const ODETE: PersonId = PersonId([2; 16]);
const ANSELME: PersonId = PersonId([3; 16]);
const ALERT: AlertId = AlertId([50; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn at(hour: u8) -> Moment {
    Moment { day: today(), hour: Hour::new(hour, 0).unwrap() }
}

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn enters(device: &mut Device, id: PersonId, given: &str, family: &str) {
    let mut person = Person::empty(id);
    (person.given_name, person.family_name) = (given.into(), family.into());
    person.address.hamlet = "La Roussière".into();
    person.phones = vec![maillon_shared::domain::contact::Phone {
        id: line(id.0[0] + 10),
        number: "04 65 71 00 01".into(),
        label: String::new(),
    }];
    device.saves(&person);
}

fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    enters(&mut device, ODETTE, "Odette", "Escarvenc");
    enters(&mut device, ANSELME, "Anselme", "Ribeyrac-Dol");
    device
}

fn about(n: u8, person: PersonId, severity: Severity) -> Alert {
    let lines = [line(n + 100), line(n + 150)];
    let mut alert =
        Alert::raised(AlertId([n; 16]), AlertSubject::Person(person), at(9), severity, Owner::Coordinator, lines);
    alert.kind = "no_news".into();
    alert.source = "neighbour".into();
    alert.words = "Les volets de la maison bleue sont fermés depuis mardi ‏שלום 🌧️".into();
    alert
}

fn of_everyone(n: u8, days: u64, level: Option<VigilanceLevel>) -> Alert {
    let mut alert = about(n, ODETTE, Severity::Information);
    let mut population = Population::until(today() + Days::new(days));
    (population.phenomenon, population.communes) = ("Canicule".into(), "Toute la vallée".into());
    population.level = level;
    alert.subject = AlertSubject::Population(population);
    (alert.kind, alert.words) = ("weather".into(), "Bulletin du matin".into());
    alert
}

fn raise(alert: &Alert) -> Request {
    Request::WriteAlert(Box::new(AlertWrite::Raise { alert: Box::new(alert.clone()), draft: None }))
}

fn edit(change: AlertChange) -> Request {
    Request::WriteAlert(Box::new(AlertWrite::Edit { id: ALERT, changes: vec![change], draft: None }))
}

fn judge(n: u8, severity: Severity, why: &str) -> Request {
    edit(AlertChange::Judge(Judgement { id: line(n), severity, at: at(10), why: why.into() }))
}

fn step(n: u8, what: &str) -> Request {
    let what = Wording::new(what).unwrap();
    edit(AlertChange::Step(Step { id: line(n), at: at(10), with: String::new(), what, under: line(0) }))
}

fn close(n: u8, reason: &str) -> Request {
    let reason = Wording::new(reason).unwrap();
    edit(AlertChange::Close(Closing { id: line(n), at: at(11), reason, note: String::new(), knew: BTreeSet::new() }))
}

fn reopen(n: u8, why: &str) -> Request {
    edit(AlertChange::Reopen(Reopening { id: line(n), at: at(12), why: why.into(), of: BTreeSet::new() }))
}

fn hand_to(n: u8, to: Owner) -> Request {
    edit(AlertChange::HandOver(Handover { id: line(n), to, at: at(10), why: "plus près".into() }))
}

fn someone(name: &str, entry: Option<EntryId>) -> Owner {
    Owner::Someone { entry, name: Wording::new(name).unwrap() }
}

fn opens(device: &mut Device, id: AlertId) -> AlertFile {
    let Response::Alert(file) = device.asks(Request::Alert(id)) else { panic!("an alert") };
    *file
}

fn alerts(device: &mut Device) -> Alerts {
    let Response::Alerts(alerts) = device.asks(Request::Alerts) else { panic!("alerts") };
    *alerts
}

fn ids(rows: &[AlertRow]) -> Vec<u8> {
    rows.iter().map(|row| row.id.0[0]).collect()
}

fn set_state(device: &mut Device, id: PersonId, state: PersonState) {
    device.does(Request::EditPerson { id, changes: vec![PersonChange::State(state)], draft: None });
}

fn hits(device: &mut Device, text: &str) -> Vec<maillon_shared::api::responses::Hit> {
    match device.asks(Request::Search { text: text.into(), limit: 20 }) {
        Response::Found(hits) => hits,
        _ => panic!("hits"),
    }
}

fn reads(device: &mut Device) -> Vec<ReadRow> {
    match device.asks(Request::Reads { before: None, limit: 100 }) {
        Response::Reads(rows) => rows,
        _ => panic!("reads"),
    }
}

// ── Someone ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn an_alert_goes_from_a_neighbours_words_to_needless_care_avoided_and_nothing_of_it_is_lost() {
    let mut device = village();
    let raised = about(50, ODETTE, Severity::Priority);
    device.does(raise(&raised)).unwrap();
    assert_eq!(device.does(raise(&raised)), None, "asked twice, raised once");
    let row = device.today().alerts.remove(0);
    assert_eq!(
        (row.name.as_str(), row.phone.as_str(), row.acknowledged),
        ("Odette Escarvenc", "04 65 71 00 01", false)
    );
    assert_eq!(row.clock, Clock::Until((today() + Days::new(2)).and_hms_opt(9, 0, 0).unwrap()), "a Sunday");

    device.does(edit(AlertChange::Acknowledge(Acknowledgement { id: line(1), by: Owner::Coordinator, at: at(9) })));
    device.does(hand_to(2, someone("Le CCAS", None))).unwrap();
    device.does(judge(3, Severity::Urgent, "n’a pas ouvert à l’infirmière")).unwrap();
    assert_eq!(device.does(judge(3, Severity::Urgent, "encore")), None, "asked twice, said once");
    let escalated = opens(&mut device, ALERT);
    assert_eq!(escalated.row.clock, Clock::Until(today().and_hms_opt(23, 59, 0).unwrap()));
    device.does(step(4, "Passée la voir : elle dormait")).unwrap();
    assert_eq!(opens(&mut device, ALERT).row.clock, Clock::Answered(at(10)));
    assert_eq!(device.today().alerts.len(), 1, "what was done does not close it");
    device.does(close(5, "needless_care_avoided")).unwrap();
    let mut device = device.reopens();
    assert_eq!((device.today().alerts.len(), alerts(&mut device).over.len()), (0, 1));
    let file = opens(&mut device, ALERT);
    assert_eq!(file.row.standing, Standing::Closed(at(11), "needless_care_avoided".into()));
    assert_eq!(
        file.alert.owners.iter().map(|one| one.to.clone()).collect::<Vec<_>>(),
        [Owner::Coordinator, someone("Le CCAS", None)]
    );
    assert_eq!((file.alert.judgements.iter().count(), file.alert.steps.len()), (2, 1));

    // What is over is not gone on with by mistake; whoever opens it again says why.
    assert_eq!(device.is_refused(judge(6, Severity::Vital, "elle est tombée")), Failure::WrittenSince);
    assert_eq!(device.is_refused(reopen(7, " ")), Failure::Invalid(Invalid::NoReason));
    device.does(reopen(8, "elle est tombée")).unwrap();
    device.does(judge(9, Severity::Vital, "elle est tombée")).unwrap();
    assert_eq!(ids(&device.today().alerts), [50]);
    let closed = device.does(close(10, "taken_over")).unwrap();
    device.does(Request::Undo(closed)).unwrap();
    assert_eq!(opens(&mut device, ALERT).row.standing, Standing::Open);
}

#[test]
fn what_lacks_something_is_refused_and_a_form_that_says_it_is_closed_already_is_not_believed() {
    let mut device = village();
    let mut empty = about(50, ODETTE, Severity::Follow);
    (empty.kind, empty.words) = (String::new(), " ".into());
    assert_eq!(device.is_refused(raise(&empty)), Failure::Invalid(Invalid::Empty));
    let nobody = about(50, PersonId([77; 16]), Severity::Follow);
    assert_eq!(device.is_refused(raise(&nobody)), Failure::NotFound);
    let mut tomorrow = about(50, ODETTE, Severity::Follow);
    tomorrow.received.day = today() + Days::new(9);
    assert_eq!(device.is_refused(raise(&tomorrow)), Failure::Invalid(Invalid::Day));
    let mut endless = of_everyone(50, 800, None);
    assert_eq!(device.is_refused(raise(&endless)), Failure::Invalid(Invalid::Day));
    endless.subject = AlertSubject::Population(Population::until(today() - Days::new(1)));
    assert_eq!(device.is_refused(raise(&endless)), Failure::Invalid(Invalid::Day), "over before it came");

    let mut done = about(50, ODETTE, Severity::Follow);
    let reason = Wording::new("answered").unwrap();
    done.closings = vec![Closing { id: line(9), at: at(9), reason, note: String::new(), knew: done.keeps_open() }];
    device.does(raise(&done)).unwrap();
    assert_eq!(opens(&mut device, ALERT).row.standing, Standing::Open);
    assert_eq!(device.is_refused(judge(10, Severity::Vital, "")), Failure::Invalid(Invalid::NoReason));
    assert_eq!(device.is_refused(judge(10, Severity::Follow, "pareil")), Failure::Invalid(Invalid::Empty));
    assert_eq!(device.is_refused(hand_to(10, someone("Aïcha", Some(EntryId([7; 16]))))), Failure::NotFound);
    assert_eq!(device.is_refused(edit(AlertChange::Until(today()))), Failure::Invalid(Invalid::Day));
}

#[test]
fn the_day_begins_with_what_is_vital_then_goes_by_the_hour() {
    let mut device = village();
    for (n, severity) in [
        (51, Severity::Information),
        (52, Severity::Follow),
        (53, Severity::Vital),
        (54, Severity::Priority),
        (55, Severity::Urgent),
    ] {
        device.does(raise(&about(n, ANSELME, severity))).unwrap();
    }
    assert_eq!(ids(&device.today().alerts), [53, 55, 54, 52, 51]);
    device.is_on(today() + Days::new(30));
    assert_eq!(ids(&device.today().alerts), [53, 55, 54, 52, 51], "and none is forgotten for being late");
}

#[test]
fn a_refusal_closes_doors_and_not_eyes() {
    let mut device = village();
    device.does(raise(&about(50, ODETTE, Severity::Urgent))).unwrap();
    for (state, silence) in [(PersonState::Refuses, Silence::Refuses), (PersonState::Deceased, Silence::Deceased)] {
        set_state(&mut device, ODETTE, state);
        let row = device.today().alerts.remove(0);
        assert_eq!(row.silence, Some(silence), "it is shown to whoever answers for it");
        assert_eq!(row.phone, "", "and proposes no call");
    }
    // A danger is said of someone who refuses, too.
    device.does(raise(&about(51, ODETTE, Severity::Vital))).unwrap();
    device.does(close(9, "deceased")).unwrap();
    assert_eq!(ids(&device.today().alerts), [51]);
}

#[test]
fn two_sheets_of_one_person_have_one_alert_and_it_follows_them() {
    let mut device = village();
    enters(&mut device, ODETE, "Odete", "Escarvenc");
    device.does(raise(&about(50, ODETE, Severity::Priority))).unwrap();
    let request =
        Request::MergePeople { id: MergeId([9; 16]), kept: ODETTE, other: ODETE, from_other: BTreeSet::new() };
    device.does(request).unwrap();
    assert_eq!(device.today().alerts[0].person, Some(ODETTE));
    assert_eq!(opens(&mut device, ALERT).alert.person(), Some(ODETTE));
    for id in [ODETTE, ODETE] {
        let told = device.opens(id).timeline.into_iter().filter(|item| item.kind() == TimelineKind::Alert).count();
        assert_eq!(told, 1);
    }
    device.does(Request::UnmergePeople(MergeId([9; 16])));
    assert_eq!(device.today().alerts[0].person, Some(ODETE));
}

#[test]
fn its_words_are_found_and_not_shown_and_mending_one_leaves_the_others() {
    let mut device = village();
    device.does(raise(&about(50, ODETTE, Severity::Priority))).unwrap();
    let found = hits(&mut device, "volets");
    assert_eq!(found[0].target, HitTarget::Alert(ALERT, Some(ODETTE), today()));
    assert_eq!((found[0].title.as_str(), found[0].detail.as_str()), ("Odette Escarvenc", ""));
    device.does(edit(AlertChange::Text(AlertField::Kind, "fall".into()))).unwrap();
    let alert = opens(&mut device, ALERT).alert;
    assert_eq!((alert.kind.as_str(), alert.source.as_str()), ("fall", "neighbour"));
}

#[test]
fn a_file_does_not_end_under_an_open_alert_and_goes_with_it_when_it_is_erased() {
    let mut device = village();
    device.does(raise(&about(50, ODETTE, Severity::Priority))).unwrap();
    device.is_on(today() + Days::new(900));
    let due = |device: &mut Device| match device.asks(Request::Retention) {
        Response::Retention(retention) => retention.people.iter().map(|one| one.id).collect::<Vec<_>>(),
        _ => panic!("retention"),
    };
    assert_eq!(due(&mut device), []);
    device.does(close(9, "answered")).unwrap();
    assert_eq!(due(&mut device), [ODETTE]);
    let Response::Slip(slip) = device.asks(Request::EliminationSlip(vec![ODETTE])) else { panic!("a slip") };
    assert!(slip.rows.iter().any(|row| row.kind == TimelineKind::Alert && row.count == 1));
    let Response::File(pack) = device.asks(Request::PersonalData(ODETTE)) else { panic!("a pack") };
    assert!(String::from_utf8(pack.bytes).unwrap().contains("volets"));
    device.asks(Request::ErasePeople(vec![ODETTE]));
    assert_eq!(device.is_refused(Request::Alert(ALERT)), Failure::NotFound);
    assert!(hits(&mut device, "volets").is_empty());
}

// ── Everyone ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_is_watched_shows_calmly_while_it_lasts_keeps_what_came_of_it_and_ends_by_itself() {
    let mut device = village();
    device.does(raise(&of_everyone(50, 3, Some(VigilanceLevel::Yellow)))).unwrap();
    let shown = device.today();
    assert_eq!((ids(&shown.alerts), ids(&shown.watched)), (vec![], vec![50]));
    assert_eq!(shown.watched[0].place, "Toute la vallée");
    device.does(edit(AlertChange::Level(Some(VigilanceLevel::Orange)))).unwrap();
    device.does(edit(AlertChange::Population(PopulationField::Outcome, "Fontaine ouverte".into()))).unwrap();
    device.does(step(3, "Réunion avec les aides à domicile")).unwrap();
    let population = opens(&mut device, ALERT).row.population.unwrap();
    assert!(population.level.unwrap().asks_for_a_campaign());
    assert_eq!(hits(&mut device, "fontaine")[0].title, "Canicule");

    device.is_on(today() + Days::new(3));
    assert_eq!(ids(&device.today().watched), [50], "its last day is one of its days");
    device.is_on(today() + Days::new(4));
    assert_eq!((device.today().watched.len(), alerts(&mut device).over[0].standing.clone()), (0, Standing::Expired));
    assert_eq!(opens(&mut device, ALERT).alert.steps.len(), 1);
    device.does(edit(AlertChange::Until(today() + Days::new(9)))).unwrap();
    assert_eq!(ids(&device.today().watched), [50], "it goes on");
    // What must be answered by an hour stands with the others.
    device.does(judge(5, Severity::Urgent, "l’eau est coupée")).unwrap();
    assert_eq!(ids(&device.today().alerts), [50]);
}

// ── In danger ───────────────────────────────────────────────────────────────────────────────────────────────────────

fn account(n: u8) -> Account {
    Account {
        id: AccountId([n; 16]),
        person: ODETTE,
        alert: Some(ALERT),
        at: at(8),
        said: Wording::new("« Il m’enferme le soir », zirconium").unwrap(),
        by: "sa voisine".into(),
        to: "la coordinatrice".into(),
        proof: "bleu au poignet, vu".into(),
    }
}

fn keep(account: &Account) -> Request {
    Request::WriteAlert(Box::new(AlertWrite::Keep { account: Box::new(account.clone()), draft: None }))
}

#[test]
fn what_is_said_of_someone_in_danger_shows_nowhere_until_asked_for_and_each_opening_is_written() {
    let mut device = village();
    device.does(raise(&about(50, ODETTE, Severity::Urgent))).unwrap();
    device.does(keep(&account(1))).unwrap();
    assert_eq!(device.does(keep(&account(1))), None, "asked twice, kept once");
    let mut device = device.reopens();
    assert!(hits(&mut device, "zirconium").is_empty());
    let file = device.opens(ODETTE);
    assert!(file.timeline.iter().any(|item| matches!(item, TimelineItem::Account(_, when) if *when == at(8))));
    assert!(!format!("{file:?}").contains("zirconium"));
    let shown = opens(&mut device, ALERT);
    assert_eq!(shown.accounts, 1);
    assert!(!format!("{shown:?}").contains("zirconium"));

    for _ in 0..2 {
        let Response::Accounts(kept) = device.asks(Request::Accounts(ODETTE)) else { panic!("accounts") };
        assert_eq!(kept, [account(1)]);
    }
    let opened = reads(&mut device).into_iter().filter(|read| read.what == "accounts").count();
    assert_eq!(opened, 2, "each opening, though the sheet was read a minute before");

    // It is theirs all the same: in the pack of what is held, counted on the slip, and gone when they are.
    let Response::File(pack) = device.asks(Request::PersonalData(ODETTE)) else { panic!("a pack") };
    assert!(String::from_utf8(pack.bytes).unwrap().contains("zirconium"));
    let Response::Slip(slip) = device.asks(Request::EliminationSlip(vec![ODETTE])) else { panic!("a slip") };
    assert!(slip.rows.iter().any(|row| row.kind == TimelineKind::Account));
    device.asks(Request::ErasePeople(vec![ODETTE]));
    assert_eq!(device.is_refused(Request::Accounts(ODETTE)), Failure::NotFound);
}

#[test]
fn what_is_told_is_written_once_and_stands_with_the_alert() {
    let mut device = village();
    device.does(raise(&about(50, ODETTE, Severity::Urgent))).unwrap();
    let disclosure = EmergencyDisclosure {
        id: DisclosureId([5; 16]),
        person: ODETTE,
        day: today(),
        hour: Hour::new(10, 0).unwrap(),
        ground: "abuse".into(),
        recipient: Recipient::named("3977"),
        said: "Violences au domicile".into(),
    };
    device.does(Request::RecordEmergencyDisclosure { disclosure: Box::new(disclosure.clone()), draft: None });
    assert_eq!(opens(&mut device, ALERT).disclosures, [disclosure]);
    // What was said elsewhere is no word of someone else's alert.
    let mut wrong = account(2);
    wrong.person = ANSELME;
    assert_eq!(device.is_refused(keep(&wrong)), Failure::NotFound);
}

#[test]
fn whom_the_law_lets_be_told_is_the_places_to_say() {
    let mut device = village();
    device.does(raise(&about(50, ODETTE, Severity::Urgent))).unwrap();
    assert_eq!(opens(&mut device, ALERT).recipients, LawfulRecipients::usual());
    let mut here = LawfulRecipients::usual();
    here.0[0].phone = "04 90 00 00 00".into();
    let change = (SettingsField::LawfulRecipients, here.to_string());
    device.does(Request::EditSettings(vec![change]));
    assert_eq!(opens(&mut device, ALERT).recipients, here);
}
