//! Two sheets of one person: warned of at entry, shown as one everywhere, and two again when that is taken back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use maillon_engine::store::Table;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::responses::{HitTarget, PersonRow, SimilarPerson};
use maillon_shared::api::{Failure, Request, Response, encode};
use maillon_shared::domain::consent::{ConsentEntry, Objection, Purpose, Recipient, Said, Told, Why, may};
use maillon_shared::domain::contact::Phone;
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{ConsentId, EncounterId, FollowUpId, LineId, MergeId, PersonId};
use maillon_shared::domain::likeness::Likeness;
use maillon_shared::domain::person::{Person, PersonField, PersonState};
use maillon_shared::domain::same_person::SheetField;
use maillon_tests::harness::{Device, just};

const ODETTE: PersonId = PersonId([1; 16]);
const ODETE: PersonId = PersonId([2; 16]);
const MERGE: MergeId = MergeId([9; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn sheet(id: PersonId, given: &str, hamlet: &str) -> Person {
    let mut person = Person::empty(id);
    person.given_name = given.into();
    person.family_name = "Escarvenc".into();
    person.address.hamlet = hamlet.into();
    let number = "04 65 71 00 01".into();
    person.phones = vec![Phone { id: LineId([id.0[0] + 10; 16]), number, label: String::new() }];
    person
}

fn visit(id: u8, person: PersonId, on: NaiveDate) -> Encounter {
    let mut visit = Encounter::empty(EncounterId([id; 16]), Some(person), on);
    visit.notes = format!("visite au jardin {id}");
    visit
}

/// Two sheets written by mistake for one person, each with its story, and someone else.
fn notebook() -> Device {
    let mut device = Device::with_notebook(1, today());
    device.saves(&sheet(ODETTE, "Odette", ""));
    device.saves(&sheet(ODETE, "Odete", "Les Gâts"));
    let mut other = Person::empty(PersonId([3; 16]));
    other.family_name = "Salvoubérac".into();
    device.saves(&other);
    for (id, person, on) in [(4, ODETTE, today() - Days::new(30)), (5, ODETE, today() - Days::new(3))] {
        let mut new = just(visit(id, person, on));
        new.unshared_note = format!("réserve {id}");
        new.follow_ups = vec![FollowUp::open(FollowUpId([id; 16]), None, FollowUpKind::Visit, today())];
        device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    }
    device
}

fn merge(from_other: &[SheetField]) -> Request {
    Request::MergePeople { id: MERGE, kept: ODETTE, other: ODETE, from_other: from_other.iter().copied().collect() }
}

fn people(device: &mut Device) -> Vec<PersonRow> {
    match device.asks(Request::People) {
        Response::People(rows) => rows,
        _ => panic!("people"),
    }
}

fn hits(device: &mut Device, text: &str) -> Vec<HitTarget> {
    match device.asks(Request::Search { text: text.into(), limit: 20 }) {
        Response::Found(hits) => hits.into_iter().map(|hit| hit.target).collect(),
        _ => panic!("hits"),
    }
}

/// All that screens show of these people.
fn everything(device: &mut Device) -> Vec<u8> {
    let rows = people(device);
    let files: Vec<_> = rows.iter().map(|row| device.opens(row.id)).collect();
    let found: Vec<_> = ["odette", "odete", "jardin", "reserve"].iter().map(|text| hits(device, text)).collect();
    encode(&(rows, files, device.today(), found))
}

#[test]
fn someone_entered_twice_is_warned_of_with_why() {
    let mut device = notebook();
    let mut form = sheet(PersonId([7; 16]), "Odette", "les gats");
    form.phones[0].number = "+33 4 65 71 00 01".into();
    let Response::Similar(similar) = device.asks(Request::SimilarPeople(Box::new(form))) else { panic!("similar") };
    let told: Vec<_> = similar.iter().map(|SimilarPerson { row, why }| (row.id, why.clone())).collect();
    assert_eq!(
        told,
        [
            (ODETE, vec![Likeness::Name, Likeness::Phone, Likeness::Hamlet]),
            (ODETTE, vec![Likeness::Name, Likeness::Phone])
        ]
    );
    // Nobody is alike themself, nor alike who they were said to be.
    device.does(merge(&[])).unwrap();
    let form = Box::new(sheet(ODETE, "Odete", "Les Gâts"));
    assert!(device.asks(Request::SimilarPeople(form)) == Response::Similar(Vec::new()));
}

#[test]
fn one_is_shown_everywhere_and_two_again_when_it_is_taken_back() {
    let mut device = notebook();
    let before = everything(&mut device);
    let act = device.does(merge(&[])).unwrap();
    assert_eq!(device.does(merge(&[])), None, "asked twice, said once");

    let mut device = device.reopens();
    let rows = people(&mut device);
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ODETTE, PersonId([3; 16])]);
    assert_eq!(rows[0].last_contact, Some(today() - Days::new(3)));
    for asked in [ODETTE, ODETE] {
        let file = device.opens(asked);
        assert_eq!((file.person.id, file.person.given_name.as_str()), (ODETTE, "Odette"));
        assert_eq!(file.person.address.hamlet, "Les Gâts", "what only the other said is there");
        assert_eq!((file.person.phones.len(), file.open.len(), file.timeline.len()), (1, 2, 2));
        assert!(file.open.iter().all(|follow_up| follow_up.person == Some(ODETTE)));
        assert_eq!(
            file.merged.iter().map(|one| (one.merge, one.other_name.as_str())).collect::<Vec<_>>(),
            [(MERGE, "Odete Escarvenc")]
        );
    }
    let shown = device.today();
    assert_eq!(shown.people, 2);
    assert!(shown.due.iter().all(|row| row.follow_up.person == Some(ODETTE) && row.name == "Odette Escarvenc"));
    assert_eq!(hits(&mut device, "odete escarvenc"), [HitTarget::Person(ODETTE)]);
    assert_eq!(hits(&mut device, "jardin").len(), 2);
    for id in [4, 5] {
        let Response::Encounter(file) = device.asks(Request::Encounter(EncounterId([id; 16]))) else { panic!("one") };
        assert_eq!((file.encounter.person, file.unshared_note), (Some(ODETTE), format!("réserve {id}")));
    }
    let one = everything(&mut device);

    device.does(Request::UnmergePeople(MERGE)).unwrap();
    assert!(everything(&mut device) == before, "two, each as they were");
    assert_eq!(device.is_refused(Request::UnmergePeople(MERGE)), Failure::NotFound);
    let mut device = device.reopens();
    assert!(everything(&mut device) == before);
    // Said by mistake, it is undone as any act; and its undoing too.
    let Response::Acts(acts) = device.asks(Request::Acts { before: None, limit: 1 }) else { panic!("acts") };
    device.does(Request::Undo(acts[0].act)).unwrap();
    assert!(everything(&mut device) == one);
    device.does(Request::Undo(act)).unwrap();
    assert!(everything(&mut device) == before);
    device.shelf().loses(Table::Views);
    assert!(everything(&mut device.reopens()) == before);
}

#[test]
fn the_words_chosen_are_shown_and_what_is_edited_then_is_what_is_shown() {
    let mut device = notebook();
    device.does(merge(&[SheetField::Text(PersonField::GivenName)])).unwrap();
    let mut edited = device.opens(ODETTE).person;
    assert_eq!(edited.given_name, "Odete");
    edited.given_name = "Odette-Marie".into();
    edited.address.hamlet = String::new();
    edited.approach = "sonner deux fois".into();
    edited.phones.clear();
    edited.state = PersonState::AbsentUntil(today() + Days::new(9));
    let act = device.saves(&edited).unwrap();
    assert_eq!(device.opens(ODETE).person, edited);
    let mut device = device.reopens();
    assert_eq!(device.opens(ODETE).person, edited);
    device.does(Request::Undo(act)).unwrap();
    assert_eq!(device.opens(ODETTE).person.given_name, "Odete");
    // What was noted of one stays with that sheet when they part.
    device.notes(visit(6, ODETTE, today())).unwrap();
    device.does(Request::UnmergePeople(MERGE)).unwrap();
    assert_eq!((device.opens(ODETTE).timeline.len(), device.opens(ODETE).timeline.len()), (2, 1));
}

#[test]
fn the_strictest_state_and_any_objection_of_either_hold_for_both() {
    let mut device = notebook();
    let mut refuses = sheet(ODETE, "Odete", "Les Gâts");
    refuses.state = PersonState::Refuses;
    device.saves(&refuses);
    let entry = ConsentEntry {
        id: ConsentId([8; 16]),
        person: ODETE,
        said: Said::Objects(Objection::default()),
        given: Told { on: today(), how: "orally".into() },
        withdrawn: None,
        note: String::new(),
    };
    device.does(Request::GiveEntry { entry: Box::new(entry), draft: None }).unwrap();
    assert_eq!(device.today().due.len(), 1);
    device.does(merge(&[])).unwrap();
    assert!(device.today().due.is_empty());
    let file = device.opens(ODETTE);
    assert_eq!(file.person.state, PersonState::Refuses);
    let asked = may(&file.entries, &Purpose::Sharing, &Recipient::named("la mairie"), today());
    assert_eq!(asked, Err(Why::Objects(today())));
    // Her word that she may be contacted again is for both sheets.
    let mut again = file.person;
    again.state = PersonState::Followed;
    device.saves(&again);
    assert_eq!(device.today().due.len(), 2);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let mut device = notebook();
    let with = |kept, other| Request::MergePeople { id: MERGE, kept, other, from_other: BTreeSet::new() };
    assert_eq!(device.is_refused(with(ODETTE, ODETTE)), Failure::Invalid(Invalid::SamePerson));
    assert_eq!(device.is_refused(with(ODETTE, PersonId([77; 16]))), Failure::NotFound);
    device.does(merge(&[])).unwrap();
    let again = Request::MergePeople { id: MergeId([8; 16]), kept: ODETE, other: ODETTE, from_other: BTreeSet::new() };
    assert_eq!(device.is_refused(again), Failure::Invalid(Invalid::SamePerson));
    assert_eq!(device.is_refused(Request::UnmergePeople(MergeId([8; 16]))), Failure::NotFound);
    // A sheet that was said to be someone's is not made to disappear under it.
    let Response::Acts(acts) = device.asks(Request::Acts { before: None, limit: 50 }) else { panic!("acts") };
    let first = acts.iter().rfind(|act| act.what == "create_person").unwrap();
    assert_eq!(device.is_refused(Request::Undo(first.act)), Failure::WrittenSince);
}
