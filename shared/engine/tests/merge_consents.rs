//! The four entries written here and there: both stay, and the stricter holds after any order of merging.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use chrono::NaiveDate;
use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{consent, person};
use maillon_engine::journal::{Document, Header, Kind};
use maillon_engine::views::{Cached, Views};
use maillon_shared::domain::consent::{ConsentEntry, Objection, Purpose, Recipient, Said, Sharing, Told, Why, may};
use maillon_shared::domain::ids::{ConsentId, DocId, PersonId};
use maillon_shared::domain::person::{PersonChange, PersonField};
use maillon_shared::domain::time::Instant;

const ODETTE: PersonId = PersonId([1; 16]);
const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn told(on: &str) -> Told {
    Told { on: day(on), how: "orally".into() }
}

fn entry(id: u8, said: Said) -> ConsentEntry {
    let given = told("2026-06-12");
    ConsentEntry { id: ConsentId([id; 16]), person: ODETTE, said, given, withdrawn: None, note: String::new() }
}

fn nurses() -> Recipient {
    Recipient::named("Cabinet infirmier du Pont")
}

fn consent_to_nurses(id: u8) -> ConsentEntry {
    let sharing = Sharing { recipient: nurses(), purpose: Purpose::LiaisonSheet, what: "adresse".into(), until: None };
    entry(id, Said::Shares(sharing))
}

fn consents(document: u8, actor: Actor) -> Document {
    Document::new(Header::new(DocId([document; 16]), Kind::Consents, Some(ODETTE.0), 0), actor).unwrap()
}

fn copied(document: &mut Document, actor: Actor) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], actor).unwrap()
}

fn meet(one: &mut Document, other: &mut Document) {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
}

fn gives(document: &mut Document, entry: &ConsentEntry) {
    consent::give(document, entry).unwrap();
    document.commit(MORNING);
}

fn withdraws(document: &mut Document, id: u8, on: &str) {
    consent::withdraw(document, ConsentId([id; 16]), &told(on)).unwrap();
    document.commit(MORNING);
}

/// What is asked of everything that was written about Odette, wherever it stands.
fn asks(documents: &[&Document], on: &str) -> Result<ConsentId, Why> {
    let mut views = Views::default();
    let mut sheet = Document::new(Header::new(ODETTE.into(), Kind::Person, None, 0), NADINE).unwrap();
    person::write(&mut sheet, &PersonChange::Text(PersonField::FamilyName, "Marchais".into())).unwrap();
    for document in documents.iter().copied().chain([&sheet]) {
        views.apply(document.header.id, Cached::read(document));
    }
    may(&views.consents(ODETTE), &Purpose::LiaisonSheet, &nurses(), day(on)).map(|permit| permit.entry())
}

#[test]
fn an_objection_here_and_a_consent_there_end_in_an_objection_and_both_are_kept() {
    for (one, other) in [(NADINE, BASILE), (BASILE, NADINE)] {
        let mut nadine = consents(2, one);
        let mut basile = copied(&mut nadine, other);
        gives(&mut nadine, &entry(3, Said::Objects(Objection::default())));
        gives(&mut basile, &consent_to_nurses(4));
        meet(&mut nadine, &mut basile);
        for document in [&nadine, &basile] {
            assert_eq!(asks(&[document], "2026-06-12"), Err(Why::Objects(day("2026-06-12"))));
            assert_eq!(consent::entries(document, &Default::default()).len(), 2);
        }
        assert_eq!(nadine.conflicts(), [], "two entries, and no conflict");
    }
}

#[test]
fn a_document_begun_on_each_device_is_read_with_the_other() {
    let (mut nadine, mut basile) = (consents(2, NADINE), consents(3, BASILE));
    gives(&mut nadine, &consent_to_nurses(4));
    assert_eq!(asks(&[&nadine], "2026-06-12"), Ok(ConsentId([4; 16])));
    gives(&mut basile, &entry(5, Said::Objects(Objection::default())));
    let objects = Err(Why::Objects(day("2026-06-12")));
    assert_eq!(asks(&[&nadine, &basile], "2026-06-12"), objects);
    assert_eq!(asks(&[&basile, &nadine], "2026-06-12"), objects);
}

#[test]
fn of_two_withdrawals_at_once_the_one_that_lets_less_through_holds() {
    for (id, said, holds_until) in
        [(3, Said::Objects(Objection::default()), "2026-06-19"), (4, consent_to_nurses(4).said, "2026-06-14")]
    {
        for (one, other) in [(NADINE, BASILE), (BASILE, NADINE)] {
            let mut nadine = consents(2, one);
            gives(&mut nadine, &entry(id, said.clone()));
            let mut basile = copied(&mut nadine, other);
            withdraws(&mut nadine, id, "2026-06-15");
            withdraws(&mut basile, id, "2026-06-20");
            meet(&mut nadine, &mut basile);
            for document in [&nadine, &basile] {
                let kept = consent::entries(document, &Default::default());
                assert!(kept[0].stands_on(day(holds_until)), "{said:?}");
                assert!(!kept[0].stands_on(day(holds_until).succ_opt().unwrap()), "{said:?}");
            }
        }
    }
}

#[test]
fn what_a_newer_version_wrote_is_kept_and_stops_what_is_shared() {
    let mut nadine = consents(2, NADINE);
    gives(&mut nadine, &consent_to_nurses(4));
    gives(&mut nadine, &entry(5, Said::Unknown("partial_objection".into())));
    let kept = consent::entries(&nadine, &Default::default());
    assert!(kept.contains(&entry(5, Said::Unknown("partial_objection".into()))));
    assert!(kept.contains(&consent_to_nurses(4)));
    assert_eq!(asks(&[&nadine], "2026-06-12"), Err(Why::NotUnderstood));
}
