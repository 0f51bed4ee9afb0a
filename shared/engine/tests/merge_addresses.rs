//! Two devices that each took in a file of one commune, and meet: one list is shown, the same on both.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use chrono::NaiveDate;
use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::address_list;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_engine::views::{Cached, Views};
use maillon_shared::domain::addresses::{AddressList, Way};
use maillon_shared::domain::ids::{DocId, LineId};
use maillon_shared::domain::time::Instant;

const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const DEVICES: [Actor; 2] = [[0xaa; 16], [0xbb; 16]];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn way(id: u8, name: &str) -> Way {
    Way {
        id: LineId([id; 16]),
        name: name.into(),
        hamlet: String::new(),
        former_commune: String::new(),
        postcode: "13599".into(),
        point: None,
        numbers: Vec::new(),
    }
}

fn list(taken_in: &str, ways: Vec<Way>) -> AddressList {
    AddressList { commune_code: "13998".into(), commune: "Roquebelle".into(), imported_on: day(taken_in), ways }
}

fn taken_in(id: u8, device: Actor, list: &AddressList) -> Document {
    let header = Header::new(DocId([id; 16]), Kind::Addresses, None, 0);
    let mut document = Document::new(header, device).unwrap();
    address_list::write(&mut document, list).unwrap();
    document.commit(MORNING);
    document
}

/// The names of the ways that are shown, whatever the order in which the documents come.
fn shown(documents: [&Document; 2]) -> Vec<String> {
    let told = |order: [&Document; 2]| {
        let mut views = Views::default();
        for document in order {
            views.apply(document.header.id, Cached::read(document));
        }
        let lists = views.address_lists();
        assert_eq!(lists.len(), 1, "one commune, one list");
        lists["13998"].0.ways.iter().map(|way| way.name.clone()).collect::<Vec<_>>()
    };
    let [one, other] = documents;
    assert_eq!(told([one, other]), told([other, one]));
    told([one, other])
}

#[test]
fn of_two_files_of_one_commune_the_later_is_shown_on_both() {
    let june = list("2026-06-12", vec![way(1, "Rue du Four"), way(2, "Chemin des Canaux")]);
    let july = list("2026-07-01", vec![way(1, "Rue du Four"), way(3, "Impasse du Lavoir")]);
    let (one, other) = (taken_in(1, DEVICES[0], &june), taken_in(2, DEVICES[1], &july));
    assert_eq!(shown([&one, &other]), ["Impasse du Lavoir", "Rue du Four"]);
}

#[test]
fn one_file_taken_in_again_on_two_devices_apart_keeps_every_way_of_both() {
    let first = list("2026-06-12", vec![way(1, "Rue du Four")]);
    let mut one = taken_in(1, DEVICES[0], &first);
    let frame = one.frame_since(&Vec::new());
    let mut other = Document::load(one.header.clone(), [frame.as_slice()], DEVICES[1]).unwrap();
    let again = list("2026-07-01", vec![way(1, "Rue du Four"), way(2, "Chemin des Canaux")]);
    let elsewhere = list("2026-07-01", vec![way(1, "Rue du Four"), way(3, "Impasse du Lavoir")]);
    for (document, list) in [(&mut one, &again), (&mut other, &elsewhere)] {
        address_list::write(document, list).unwrap();
        document.commit(MORNING);
    }
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    for document in [&one, &other] {
        let list = address_list::read(document, &std::cell::Cell::new(0)).unwrap();
        let names: Vec<_> = list.ways.iter().map(|way| way.name.as_str()).collect();
        assert_eq!(names, ["Chemin des Canaux", "Impasse du Lavoir", "Rue du Four"]);
    }
}
