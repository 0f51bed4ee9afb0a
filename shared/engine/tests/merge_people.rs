//! Who is one, said on several devices at once: they all end with the same people, in whatever order it came.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::collections::BTreeSet;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{person, same_person};
use maillon_engine::journal::{Document, Header, Kind};
use maillon_engine::views::{Cached, Views};
use maillon_shared::domain::ids::{MergeId, PersonId};
use maillon_shared::domain::person::{PersonChange, PersonField, PersonState};
use maillon_shared::domain::same_person::SamePerson;
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn sheet(number: u8, name: &str, state: PersonState) -> Document {
    let header = Header::new(PersonId([number; 16]).into(), Kind::Person, None, 0);
    let mut sheet = Document::new(header, NADINE).unwrap();
    person::write(&mut sheet, &PersonChange::Text(PersonField::FamilyName, name.into())).unwrap();
    person::write(&mut sheet, &PersonChange::State(state)).unwrap();
    sheet.commit(MORNING);
    sheet
}

fn says_one(number: u8, actor: Actor, kept: u8, other: u8) -> Document {
    let header = Header::new(MergeId([number; 16]).into(), Kind::SamePerson, Some([kept; 16]), 0);
    let mut document = Document::new(header, actor).unwrap();
    let record = SamePerson {
        id: MergeId([number; 16]),
        kept: PersonId([kept; 16]),
        other: PersonId([other; 16]),
        from_other: BTreeSet::new(),
        ended: false,
    };
    same_person::create(&mut document, &record).unwrap();
    document.commit(MORNING);
    document
}

fn views<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Views {
    let mut views = Views::default();
    for document in documents {
        views.apply(document.header.id, Cached::read(document));
    }
    views
}

fn shown(views: &Views) -> Vec<(PersonId, String, PersonState)> {
    views.people_rows().into_iter().map(|row| (row.id, row.name, row.state)).collect()
}

#[test]
fn two_devices_that_each_join_two_of_three_end_with_one_person() {
    let sheets = [
        sheet(1, "Escarvenc", PersonState::Followed),
        sheet(2, "Escarvain", PersonState::Refuses),
        sheet(3, "Escarvin", PersonState::Moved),
    ];
    let (nadine, basile) = (says_one(11, NADINE, 1, 2), says_one(12, BASILE, 2, 3));
    let one = [(PersonId([1; 16]), "Escarvenc".to_owned(), PersonState::Refuses)];
    assert_eq!(shown(&views(sheets.iter().chain([&nadine, &basile]))), one);
    assert_eq!(shown(&views([&basile, &nadine].into_iter().chain(sheets.iter().rev()))), one);
    // Each against the other's grain: whoever is kept, it is the same everywhere.
    let against = says_one(13, BASILE, 2, 1);
    let rows = shown(&views(sheets.iter().chain([&nadine, &against])));
    assert_eq!(rows, shown(&views([&against, &nadine].into_iter().chain(&sheets))));
    assert_eq!(rows.len(), 2);
}

#[test]
fn said_twice_at_once_it_is_taken_back_whole() {
    let sheets = [sheet(1, "Escarvenc", PersonState::Followed), sheet(2, "Escarvain", PersonState::Followed)];
    let (nadine, basile) = (says_one(11, NADINE, 1, 2), says_one(12, BASILE, 2, 1));
    let views = views(sheets.iter().chain([&nadine, &basile]));
    assert_eq!(shown(&views).len(), 1);
    let record = views.merge(MergeId([12; 16])).unwrap();
    assert_eq!(views.merges_of_the_same(record), [MergeId([11; 16]), MergeId([12; 16])]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Sheets change, are said to be one, part again: what is shown never depends on the road by which it came.
    #[test]
    fn whatever_the_order_the_same_people_are_shown(
        pairs in proptest::collection::vec((1..6u8, 1..6u8, any::<bool>()), 0..6), turn in 0..12usize,
    ) {
        let states = [PersonState::Followed, PersonState::Refuses, PersonState::Moved];
        let mut documents: Vec<_> =
            (1..6).map(|number| sheet(number, &format!("Nom{number}"), states[usize::from(number) % 3].clone())).collect();
        for (at, (kept, other, ended)) in pairs.into_iter().enumerate() {
            let mut record = says_one(20 + at as u8, BASILE, kept, other);
            if ended {
                same_person::end(&mut record).unwrap();
                record.commit(MORNING);
            }
            documents.push(record);
        }
        let first = shown(&views(&documents));
        let turn = turn.min(documents.len());
        documents.rotate_left(turn);
        // Some come twice: a cache made again.
        prop_assert_eq!(&shown(&views(documents.iter().rev().chain(&documents))), &first);
        let sheets = first.len();
        prop_assert!((1..=5).contains(&sheets));
    }
}
