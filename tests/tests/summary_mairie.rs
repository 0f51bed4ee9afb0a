//! A mairie's notebook: it takes what a coordinator published, once the words were compared, and holds nothing else: no
//! name, no key of anyone, no request that makes a person.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use std::collections::BTreeSet;

use maillon_engine::store::{Batch, Store, Table};
use maillon_shared::api::errors::{Damage, FileProblem, NotShared};
use maillon_shared::api::lending::Role;
use maillon_shared::api::requests::Secret;
use maillon_shared::api::summary::{Received, Summaries, SummaryAnswer, SummaryRequest, TableFormat};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::ids::{LineId, PersonId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::publication::Publication;
use maillon_shared::domain::summary::report::{ReportChange, StoryField, Telling};
use maillon_tests::harness::{Device, PASSPHRASE, now};

use crate::summary::{all, day, person, publishes, visits, year_of};

/// Where Ysolde works.
const COMMUNE: &str = "Valcombe-les-Ormes";

fn coordinator() -> Device {
    let mut device = year_of(12);
    device.does(Request::EditSettings(vec![
        (SettingsField::Commune, COMMUNE.into()),
        (SettingsField::Coordinator, "Ysolde Brancassin".into()),
    ]));
    publishes(&mut device);
    device
}

fn mairie() -> Device {
    let mut device = Device::new(88, day("2026-10-06"));
    device.creates_mairies_notebook(COMMUNE);
    device
}

#[track_caller]
fn gives(device: &mut Device) -> Vec<u8> {
    match device.asks(Request::Summary(SummaryRequest::File)) {
        Response::File(file) => file.bytes,
        _ => panic!("a file for the mairie"),
    }
}

#[track_caller]
fn looks_at(mairie: &mut Device, file: &[u8]) -> Received {
    match mairie.asks(Request::Summary(SummaryRequest::LookAt(file.to_vec()))) {
        Response::Summary(SummaryAnswer::Received(received)) => *received,
        _ => panic!("what it brings"),
    }
}

fn take(file: &[u8], compared: bool) -> Request {
    Request::Summary(SummaryRequest::Take { file: file.to_vec(), compared })
}

fn told(summaries: &Summaries) -> Vec<&Publication> {
    summaries.published.iter().map(|one| &one.publication).collect()
}

fn year() -> Period {
    Period::parse("2026").unwrap()
}

/// What the report of the third quarter says, published.
fn publishes_report(device: &mut Device, story: &str) {
    let line = LineId([7; 16]);
    let changes = vec![
        ReportChange::Story(line, StoryField::Text, story.into()),
        ReportChange::Telling(line, Some(Telling::Recomposed)),
    ];
    let period = Period::parse("2026-Q3").unwrap();
    device.does(Request::Summary(SummaryRequest::WriteReport { period, read: Box::default(), changes, draft: None }));
    device.asks(Request::Summary(SummaryRequest::PublishReport(period)));
}

#[test]
fn the_mairie_reads_what_was_published_once_the_words_were_compared() {
    let (mut ysolde, mut mairie) = (coordinator(), mairie());
    assert!(matches!(mairie.asks(Request::Role), Response::Role(Role::Mairie)));
    publishes_report(&mut ysolde, "Le car ne passait plus ; on y va à plusieurs.");
    let file = gives(&mut ysolde);
    let brought = looks_at(&mut mairie, &file);
    assert_eq!((brought.known_since, brought.words.len()), (None, 8));
    assert_eq!(brought.words, all(&mut ysolde).words, "both screens show the same words");
    assert_eq!((brought.commune.as_str(), brought.coordinator.as_str()), (COMMUNE, "Ysolde Brancassin"));
    assert_eq!((brought.new.len(), brought.reports.len()), (12, 1));
    assert!(all(&mut mairie).published.is_empty(), "to look takes nothing");

    let refused = mairie.is_refused(take(&file, false));
    assert_eq!(refused, Failure::NotShared(NotShared::WordsNotCompared));
    mairie.asks(take(&file, true));
    let mut mairie = mairie.reopens();
    let read = all(&mut mairie);
    let written = all(&mut ysolde);
    assert_eq!(told(&read), told(&written));
    assert_eq!(read.reports, written.reports);
    assert!(read.published.iter().all(|one| one.coordinator == "Ysolde Brancassin" && one.commune == COMMUNE));
    assert!(!read.may_publish && read.to_publish.is_empty() && read.words.is_empty());
    let table = SummaryRequest::Table(Period::parse("2026-Q3").unwrap(), TableFormat::Ods);
    assert!(matches!(mairie.asks(Request::Summary(table)), Response::File(_)));

    // The next file brings what is new; the words are known, and the same file twice brings nothing.
    mairie.asks(take(&file, false));
    ysolde.is_on(day("2026-11-02"));
    publishes(&mut ysolde);
    let next = gives(&mut ysolde);
    let brought = looks_at(&mut mairie, &next);
    assert_eq!(brought.known_since, Some(day("2026-10-06")));
    assert_eq!(brought.new, [Period::parse("2026-10").unwrap()]);
    mairie.asks(take(&next, false));
    assert!(looks_at(&mut mairie, &next).is_nothing_new());
    assert!(looks_at(&mut mairie, &file).is_nothing_new(), "nor does an old one");
}

#[test]
fn nothing_in_a_mairies_notebook_makes_a_person_or_opens_what_is_about_one() {
    let mut mairie = mairie();
    let refused = [
        Request::People,
        Request::Today,
        Request::Directory,
        Request::Register,
        Request::Search { text: "a".into(), limit: 5 },
        Request::CreatePerson { id: PersonId([1; 16]), changes: Vec::new(), draft: None },
        Request::ErasePeople(vec![PersonId([1; 16])]),
        Request::Summary(SummaryRequest::Publish),
        Request::Summary(SummaryRequest::Preview),
        Request::Summary(SummaryRequest::File),
        Request::Summary(SummaryRequest::Report(year())),
        Request::EditSettings(vec![(SettingsField::Coordinator, "Someone".into())]),
        Request::Drafts,
    ];
    for request in refused {
        assert_eq!(mairie.is_refused(request), Failure::MairieOnly);
    }
    let changed = vec![(SettingsField::Commune, "Valcombe".into())];
    let act = mairie.does(Request::EditSettings(changed)).unwrap();
    assert_eq!(all(&mut mairie).commune, "Valcombe");
    mairie.asks(Request::Undo(act));
    assert_eq!(all(&mut mairie).commune, COMMUNE);
    let act = mairie.does(take(&gives(&mut coordinator()), true)).unwrap();
    assert_eq!(mairie.is_refused(Request::Undo(act)), Failure::Kept, "what was received stays");
}

#[test]
fn the_mairies_device_holds_not_one_byte_about_anyone() {
    let (mut ysolde, mut mairie) = (coordinator(), mairie());
    // What is told of no one names no one; a person whose name is in no file anyone was given.
    let mut secret = Person::empty(person(99));
    secret.family_name = "Zzyzxqueville".into();
    secret.given_name = "Ombeline".into();
    ysolde.saves(&secret);
    visits(&mut ysolde, 9_000, person(99), day("2026-09-20"));
    let file = gives(&mut ysolde);
    mairie.asks(take(&file, true));

    // Every row, opened with the only key there is: documents of three kinds, and what looks after them.
    let ids: Vec<[u8; 16]> = (1..=12).chain([99]).map(|n| person(n).0).collect();
    let names = ["Calvoulmenque", "Zzyzxqueville", "Ombeline"];
    let held = mairie.everything();
    let mut kinds = BTreeSet::new();
    assert!(held.len() > 12);
    for document in &held {
        kinds.insert(document.kind.clone());
        assert_eq!(document.subject, None, "no document is about anyone");
        for id in &ids {
            assert!(!document.bytes.windows(16).any(|bytes| bytes == id), "{}: an id of someone", document.kind);
            let (hex, list) = (PersonId(*id).to_string(), serde_json::to_string(id).unwrap());
            assert!(!document.words.contains(&hex) && !document.words.contains(&list), "{}: an id", document.kind);
        }
        assert!(names.iter().all(|name| !document.words.contains(name)), "{}: a name", document.kind);
    }
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    assert_eq!(kinds, ["publisher", "settings", "summary"]);
    // Nor does the file that travels.
    let words = String::from_utf8_lossy(&file).into_owned();
    assert!(names.iter().all(|name| !words.contains(name)));
    assert!(ids.iter().all(|id| !file.windows(16).any(|bytes| bytes == id)));
    assert!(mairie.shelf().rows().iter().all(|(table, _)| *table != Table::Drafts && *table != Table::Reads));
}

#[test]
fn what_was_told_is_not_told_otherwise_by_whoever_holds_the_key() {
    let (mut ysolde, mut mairie) = (coordinator(), mairie());
    let file = gives(&mut ysolde);
    mairie.asks(take(&file, true));
    // Another notebook, with the same key on the same commune, that published other figures of the same months: a folder
    // was copied before anything was published, and goes its own way.
    let mut first = year_of(12);
    let mut copy = first.copied();
    copy.is_on(day("2026-10-05"));
    copy.unlocks();
    publishes(&mut first);
    for n in 0..30 {
        visits(&mut copy, 20_000 + n, person(1 + (n % 12) as u8), day("2026-09-21"));
    }
    publishes(&mut copy);
    let mut other = Device::new(89, day("2026-10-06"));
    other.creates_mairies_notebook(COMMUNE);
    other.asks(take(&gives(&mut first), true));
    let before = all(&mut other);
    let lies = gives(&mut copy);
    let brought = looks_at(&mut other, &lies);
    assert!(
        brought.new.is_empty() && brought.differ.contains(&Period::parse("2026-09").unwrap()),
        "{:?}",
        brought.differ
    );
    other.asks(take(&lies, true));
    assert_eq!(told(&all(&mut other)), told(&before), "the first word stands");
}

#[test]
fn a_story_that_is_no_longer_told_is_erased_where_it_was_read() {
    let (mut ysolde, mut mairie) = (coordinator(), mairie());
    publishes_report(&mut ysolde, "Qui craignait la verticalité des escaliers descend au marché.");
    mairie.asks(take(&gives(&mut ysolde), true));
    let q3 = Period::parse("2026-Q3").unwrap();
    assert_eq!(all(&mut mairie).reports[0].stories.len(), 1);
    let changes = vec![ReportChange::Story(LineId([7; 16]), StoryField::Text, "Les escaliers ont une rampe.".into())];
    let Response::Summary(SummaryAnswer::Report(file)) = ysolde.asks(Request::Summary(SummaryRequest::Report(q3)))
    else {
        panic!("the report")
    };
    let write = SummaryRequest::WriteReport { period: q3, read: Box::new(file.report), changes, draft: None };
    ysolde.does(Request::Summary(write));
    ysolde.asks(Request::Summary(SummaryRequest::PublishReport(q3)));
    let brought = looks_at(&mut mairie, &gives(&mut ysolde));
    assert_eq!(brought.reports, [q3]);
    mairie.asks(take(&gives(&mut ysolde), false));
    let reports = all(&mut mairie).reports;
    assert_eq!((reports.len(), reports[0].version), (1, 2));
    for device in [&mut ysolde, &mut mairie] {
        let held = device.everything();
        let says = |words: &str| held.iter().any(|one| one.kind == "published_report" && one.words.contains(words));
        assert!(says("rampe") && !says("verticalité"));
    }
}

#[test]
fn what_is_no_summary_is_said_to_be_none() {
    let mut mairie = mairie();
    let mut look = |file: &[u8]| mairie.is_refused(Request::Summary(SummaryRequest::LookAt(file.to_vec())));
    assert_eq!(look(b""), Failure::UnreadableFile(FileProblem::Empty));
    assert_eq!(look(b"Bonjour, voici l'affiche"), Failure::UnreadableFile(FileProblem::UnknownKind));
    assert_eq!(look(b"MAILSUMM\x09"), Failure::TooNew);
    let mut file = gives(&mut coordinator());
    let middle = file.len() / 2;
    file[middle] ^= 1;
    assert_eq!(look(&file), Failure::UnreadableFile(FileProblem::Damaged));
    // A coordinator's own notebook takes none.
    let mut ysolde = coordinator();
    let file = gives(&mut ysolde);
    assert_eq!(ysolde.is_refused(take(&file, true)), Failure::NotUnderstood);
}

#[test]
fn a_mairies_notebook_stays_one_whatever_its_header_is_made_to_say() {
    let mairie = mairie();
    let mut rows = mairie.shelf().open();
    let header = now(rows.get(Table::Meta, b"header")).unwrap().unwrap();
    let mut header = maillon_engine::vault::Header::parse(&header).unwrap();
    header.kind = maillon_engine::vault::NotebookKind::Coordinator;
    let mut batch = Batch::new();
    batch.put(Table::Meta, b"header", header.to_bytes());
    now(rows.commit(batch)).unwrap();
    let mut changed = mairie.restarts();
    let opened = changed.is_refused(Request::Unlock(Secret::Passphrase(PASSPHRASE.into())));
    assert_eq!(opened, Failure::Damaged(Damage::Header));
}

#[test]
fn a_backup_of_a_mairies_notebook_is_a_mairies_notebook() {
    let (mut ysolde, mut mairie) = (coordinator(), mairie());
    mairie.asks(take(&gives(&mut ysolde), true));
    let Response::File(backup) = mairie.asks(Request::Backup) else { panic!("a backup") };
    let mut other = Device::new(90, day("2026-10-07"));
    other.asks(Request::Restore(backup.bytes));
    other.unlocks();
    assert!(matches!(other.asks(Request::Role), Response::Role(Role::Mairie)));
    assert_eq!(told(&all(&mut other)), told(&all(&mut mairie)));
}
