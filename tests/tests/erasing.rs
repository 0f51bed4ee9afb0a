//! Clocks say whose time is over; an erasure leaves nothing, and nothing brings back whom it erased.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_engine::store::{Batch, Store, Table};
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::responses::{EliminationSlip, File, Hit, Retention, SlipRow, TimelineKind, Verification};
use maillon_shared::api::triage::TriageWrite;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::consent::{ConsentEntry, Said, Told};
use maillon_shared::domain::encounter::{Encounter, EncounterResult};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{ConsentId, DocId, EncounterId, FollowUpId, MergeId, PersonId, RequestId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::request::Request as CareRequest;
use maillon_shared::domain::settings::SettingsField;
use maillon_tests::harness::{Device, just, now};

const ODETTE: PersonId = PersonId([1; 16]);
const SIMONE: PersonId = PersonId([2; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn named(id: PersonId, name: &str) -> Person {
    let mut person = Person::empty(id);
    person.family_name = name.into();
    person
}

/// Odette, of whom there is something of every kind, in two years; and Simone.
fn notebook() -> Device {
    let mut device = Device::with_notebook(1, today());
    device.saves(&named(ODETTE, "Escarvenc"));
    device.saves(&named(SIMONE, "Salvoubérac"));
    for (id, person, on) in [
        (3, ODETTE, today() - Days::new(300)),
        (4, ODETTE, today() - Days::new(40)),
        (5, SIMONE, today() - Days::new(40)),
    ] {
        let mut encounter = Encounter::empty(EncounterId([id; 16]), Some(person), on);
        encounter.notes = if person == SIMONE { "voisine de Mme Escarvenc" } else { "visite au jardin" }.into();
        let mut new = just(encounter);
        new.unshared_note = format!("réserve {id}");
        new.follow_ups = vec![FollowUp::open(FollowUpId([id; 16]), None, FollowUpKind::Visit, today())];
        new.requests = vec![CareRequest::received(RequestId([id + 50; 16]), Some(person), on)];
        device.does(Request::RecordEncounter(Box::new(new))).unwrap();
    }
    let given = Told { on: today(), how: "orally".into() };
    let (said, note) = (Said::Informed, String::new());
    let entry = ConsentEntry { id: ConsentId([6; 16]), person: ODETTE, said, given, withdrawn: None, note };
    device.does(Request::GiveEntry { entry: Box::new(entry), draft: None });
    for (form, subject, content) in [
        ("encounter", EncounterId([4; 16]).to_string(), "la suite"),
        ("person", String::new(), "{\"name\":\"Escarvenc\"}"),
        ("person", SIMONE.to_string(), "la sienne, où Mme Escarvenc est nommée"),
    ] {
        let key = DraftKey { form: form.into(), subject };
        device.asks(Request::SaveDraft(Draft { key, content: content.into(), at: Default::default() }));
    }
    device
}

fn retention(device: &mut Device) -> Retention {
    match device.asks(Request::Retention) {
        Response::Retention(due) => *due,
        _ => panic!("what is due"),
    }
}

#[test]
fn whose_time_is_over_is_told_on_the_day_and_not_before() {
    let mut device = notebook();
    device.saves(&named(PersonId([9; 16]), "Jamais Vue"));
    // A call that nobody answered is no contact: it does not keep anyone longer.
    let mut call = Encounter::empty(EncounterId([8; 16]), Some(ODETTE), today());
    call.result = EncounterResult::NoAnswer;
    device.notes(call);
    let last = today() - Days::new(40);
    let due_on = last.checked_add_months(chrono::Months::new(24)).unwrap();
    device.is_on(due_on - Days::new(1));
    assert_eq!((retention(&mut device).people.len(), retention(&mut device).undated), (0, 1));
    device.is_on(due_on);
    let due = retention(&mut device).people;
    let told: Vec<_> = due.iter().map(|person| (person.id, person.last, person.due_on)).collect();
    assert_eq!(told, [(ODETTE, last, due_on), (SIMONE, last, due_on)]);
    // A length that the settings make longer.
    device.does(Request::EditSettings(vec![(SettingsField::KeepNotebookMonths, "36".into())]));
    assert!(retention(&mut device).people.is_empty());
}

#[test]
fn a_slip_counts_by_kind_and_year_and_names_nobody() {
    let mut device = notebook();
    let Response::Slip(slip) = device.asks(Request::EliminationSlip(vec![ODETTE])) else { panic!("a slip") };
    let EliminationSlip { people, notes, rows, .. } = *slip;
    assert_eq!((people, notes), (1, 2));
    let row = |kind, year, count| SlipRow { kind, year, count };
    assert_eq!(
        rows,
        [
            row(TimelineKind::Encounter, 2025, 1),
            row(TimelineKind::Encounter, 2026, 1),
            row(TimelineKind::Request, 2025, 1),
            row(TimelineKind::Request, 2026, 1),
            row(TimelineKind::FollowUp, 2026, 2),
            row(TimelineKind::Entry, 2026, 1),
        ]
    );
}

#[test]
fn reads_are_forgotten_when_their_time_is_over() {
    let mut device = notebook();
    device.opens(ODETTE);
    device.is_on(today() + Days::new(200));
    device.opens(SIMONE);
    device.is_on(today() + Days::new(365));
    assert_eq!(retention(&mut device).reads, 1);
    device.asks(Request::ForgetOldReads);
    let Response::Reads(reads) = device.asks(Request::Reads { before: None, limit: 10 }) else { panic!("reads") };
    assert_eq!(reads.iter().map(|read| read.about.as_str()).collect::<Vec<_>>(), ["Salvoubérac"]);
    assert_eq!(retention(&mut device).reads, 0);
}

#[test]
fn all_that_is_held_about_someone_goes_out_as_one_file() {
    let mut device = notebook();
    device.opens(ODETTE);
    let Response::File(File { name, bytes, .. }) = device.asks(Request::PersonalData(ODETTE)) else { panic!("a file") };
    assert_eq!(name, "maillon-personal-data-2026-06-12.json");
    let held: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let kinds: Vec<_> = held["documents"].as_array().unwrap().iter().map(|document| &document["kind"]).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "person_journal").count(), 2);
    for kind in ["person", "private_journal", "episode", "consents"] {
        assert!(kinds.iter().any(|held| *held == kind), "{kind}");
    }
    let text = String::from_utf8(bytes).unwrap();
    for word in ["Escarvenc", "visite au jardin", "réserve 3", "réserve 4", "informed"] {
        assert!(text.contains(word), "{word}");
    }
    assert!(!text.contains("Salvoub") && !text.contains("réserve 5"), "and nothing of anyone else");
    assert_eq!(held["reads"].as_array().unwrap().len(), 1);
    assert_eq!(device.is_refused(Request::PersonalData(PersonId([77; 16]))), Failure::NotFound);
}

fn erase(device: &mut Device, id: PersonId) -> (u32, u32) {
    match device.asks(Request::ErasePeople(vec![id])) {
        Response::Erased(erased) => (erased.documents, erased.drafts),
        _ => panic!("erased"),
    }
}

/// The rows that are of documents, with the ids they begin with.
fn documents(device: &Device) -> Vec<DocId> {
    let tables = [Table::Keyring, Table::Frames, Table::Views];
    let rows = device.shelf().rows().into_iter().filter(|(table, _)| tables.contains(table));
    let mut ids: Vec<_> = rows.map(|(_, (key, _))| DocId(key[..16].try_into().unwrap())).collect();
    ids.sort();
    ids.dedup();
    ids
}

#[test]
fn an_erasure_leaves_nothing_and_takes_nothing_else() {
    let mut device = notebook();
    device.opens(ODETTE);
    device.opens(SIMONE);
    let before = documents(&device);
    let simone = device.opens(SIMONE);
    let Response::Found(mentions) = device.asks(Request::Mentions(ODETTE)) else { panic!("mentions") };
    let told: Vec<_> = mentions.iter().map(|Hit { title, .. }| title.as_str()).collect();
    assert_eq!(told, ["Salvoubérac"], "words that stay are told first");

    // A sheet, two journals, two private ones, two requests, the entries; the drafts of her visit and of her name.
    assert_eq!(erase(&mut device, ODETTE), (8, 2));
    assert_eq!(documents(&device).len(), before.len() - 8);
    for round in 0..2 {
        assert_eq!(device.is_refused(Request::Person(ODETTE)), Failure::NotFound, "round {round}");
        assert_eq!(device.is_refused(Request::ErasePeople(vec![ODETTE])), Failure::NotFound);
        for id in [3, 4] {
            assert_eq!(device.is_refused(Request::Encounter(EncounterId([id; 16]))), Failure::NotFound);
            assert_eq!(device.is_refused(Request::FollowUp(FollowUpId([id; 16]))), Failure::NotFound);
        }
        assert_eq!(device.finds("escarvenc"), ["Salvoubérac"], "but where another's note names her");
        assert!(device.finds("jardin").is_empty());
        let shown = device.today();
        assert_eq!((shown.people, shown.due.len(), shown.requests.len(), shown.anomalies), (1, 1, 1, 0));
        let Response::Reads(reads) = device.asks(Request::Reads { before: None, limit: 50 }) else { panic!("reads") };
        assert!(!reads.is_empty() && reads.iter().all(|read| read.about == "Salvoubérac"));
        let Response::Drafts(drafts) = device.asks(Request::Drafts) else { panic!("drafts") };
        assert_eq!(
            drafts.iter().map(|draft| draft.content.as_str()).collect::<Vec<_>>(),
            ["la sienne, où Mme Escarvenc est nommée"]
        );
        assert_eq!(device.opens(SIMONE), simone);
        let Response::Verified(Verification { unreadable, stale_views, .. }) = device.asks(Request::Verify) else {
            panic!("verified")
        };
        assert_eq!((unreadable, stale_views), (0, 0));
        device = device.reopens();
    }
    // Neither a form still open nor an undo makes her again.
    let changes = Person::empty(ODETTE).changes_to(&named(ODETTE, "Escarvenc"));
    assert_eq!(device.is_refused(Request::CreatePerson { id: ODETTE, changes, draft: None }), Failure::NotFound);
    let Response::Acts(acts) = device.asks(Request::Acts { before: None, limit: 50 }) else { panic!("acts") };
    for act in acts.iter().filter(|act| act.about.is_empty() && act.what != "edit_settings") {
        assert_eq!(device.is_refused(Request::Undo(act.act)), Failure::NotFound, "{}", act.what);
    }
}

#[test]
fn two_sheets_of_one_person_are_erased_together() {
    let mut device = notebook();
    let merge =
        Request::MergePeople { id: MergeId([9; 16]), kept: SIMONE, other: ODETTE, from_other: Default::default() };
    device.does(merge);
    erase(&mut device, ODETTE);
    let mut device = device.reopens();
    assert!(device.asks(Request::People) == Response::People(Vec::new()));
    assert_eq!(documents(&device).len(), 0, "nobody else was in this notebook");
}

#[test]
fn old_rows_that_come_back_are_erased_again_before_anything_is_shown() {
    let mut device = notebook();
    let old = device.shelf().rows();
    erase(&mut device, ODETTE);
    let kept = documents(&device);
    device.locks();
    // A page of the old file surfaces, or someone copies part of an older folder over this one.
    let mut batch = Batch::new();
    for (table, (key, value)) in old {
        let of_a_document = matches!(table, Table::Keyring | Table::Frames | Table::Views);
        if of_a_document && !kept.contains(&DocId(key[..16].try_into().unwrap())) {
            batch.put(table, key, value);
        }
    }
    assert!(batch.writes.len() > 20);
    now(device.shelf().open().commit(batch)).unwrap();
    let mut device = device.restarts();
    device.unlocks();
    assert_eq!(device.is_refused(Request::Person(ODETTE)), Failure::NotFound);
    assert_eq!(documents(&device), kept, "and the rows are gone");
    assert_eq!(device.today().anomalies, 0);

    // A backup made since carries what was erased, as ids of nobody.
    let Response::File(backup) = device.asks(Request::Backup) else { panic!("a backup") };
    let mut restored = Device::new(5, today());
    restored.asks(Request::Restore(backup.bytes));
    restored.unlocks();
    let changes = Person::empty(ODETTE).changes_to(&named(ODETTE, "Escarvenc"));
    assert_eq!(restored.is_refused(Request::CreatePerson { id: ODETTE, changes, draft: None }), Failure::NotFound);
    assert_eq!(restored.opens(SIMONE).person.family_name, "Salvoubérac");
}

#[test]
fn a_backup_made_before_is_told_what_was_erased_since() {
    let mut device = notebook();
    let Response::File(backup) = device.asks(Request::Backup) else { panic!("a backup") };
    erase(&mut device, ODETTE);
    let Response::File(File { name, bytes: told, .. }) = device.asks(Request::ErasedIds) else { panic!("a file") };
    assert_eq!(name, "maillon-erased-2026-06-12.txt");
    assert_eq!(told.iter().filter(|byte| **byte == b'\n').count(), 9, "its head, and a line a document");

    let mut restored = Device::new(6, today());
    restored.asks(Request::Restore(backup.bytes));
    restored.unlocks();
    assert_eq!(restored.opens(ODETTE).person.family_name, "Escarvenc");
    for (file, problem) in [
        (Vec::new(), FileProblem::Empty),
        (b"un autre fichier\n".to_vec(), FileProblem::UnknownKind),
        ([told.as_slice(), b"pas un id\n"].concat(), FileProblem::Damaged),
    ] {
        assert_eq!(restored.is_refused(Request::EraseAgain(file)), Failure::UnreadableFile(problem));
    }
    for documents in [8, 0] {
        let Response::Erased(erased) = restored.asks(Request::EraseAgain(told.clone())) else { panic!("erased") };
        assert_eq!(erased.documents, documents, "and a second time nothing");
    }
    let mut restored = restored.reopens();
    assert_eq!(restored.is_refused(Request::Person(ODETTE)), Failure::NotFound);
    assert!(restored.finds("jardin").is_empty());
    assert_eq!(restored.opens(SIMONE).timeline.len(), 2);
}

#[test]
fn a_request_of_nobody_named_comes_to_the_end_of_its_time_and_waits_to_be_looked_at() {
    let mut device = notebook();
    let nameless = RequestId([41; 16]);
    for (id, whose) in [(nameless, None), (RequestId([42; 16]), Some(ODETTE))] {
        let mut asked = CareRequest::received(id, whose, today());
        asked.verbatim = "le car ne passe plus".into();
        let write = TriageWrite::Receive { request: Box::new(asked), reported: None, draft: None };
        device.does(Request::WriteTriage(Box::new(write))).unwrap();
    }
    // As long as for everyone; what was asked by someone goes with them.
    let over = today().checked_add_months(chrono::Months::new(24)).unwrap();
    device.is_on(over - Days::new(1));
    assert_eq!(retention(&mut device).requests, []);
    device.is_on(over);
    let due = retention(&mut device).requests;
    assert_eq!(due.iter().map(|due| (due.request.id, due.due_on)).collect::<Vec<_>>(), [(nameless, over)]);
    device.asks(Request::WriteTriage(Box::new(TriageWrite::EraseRequest(nameless))));
    assert_eq!(retention(&mut device).requests, []);
}
