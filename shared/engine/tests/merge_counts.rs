//! Two desks that count with no network: every tap counts once, whatever the order in which they meet.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::count;
use maillon_engine::journal::{Document, Header, Kind, Place, Value};
use maillon_shared::domain::ids::{CountId, DocId};
use maillon_shared::domain::reception::{Count, Half};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn tap(n: u8) -> Count {
    let day = "2026-06-12".parse().unwrap();
    Count { id: CountId([n; 16]), day, half: Half::Morning, what: "came_in".into() }
}

fn journal() -> Document {
    Document::new(Header::new(DocId([9; 16]), Kind::CommuneJournal, None, 202_606), NADINE).unwrap()
}

fn standing(document: &Document) -> Vec<u8> {
    let mut ids: Vec<u8> = count::read(document, &Cell::new(0)).iter().map(|count| count.id.0[0]).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn what_another_wrote_wrongly_costs_that_tap() {
    let mut document = journal();
    count::create(&mut document, &tap(1)).unwrap();
    count::create(&mut document, &tap(2)).unwrap();
    document.put(Place::Line("counts", [1; 16]), "day", Value::Text("hier".into())).unwrap();
    document.put(Place::Line("counts", [2; 16]), "half", Value::Text("night".into())).unwrap();
    count::take_back(&mut document, CountId([8; 16])).unwrap();
    document.commit(MORNING);
    let oddities = Cell::new(0);
    let read = count::read(&document, &oddities);
    assert_eq!(read, [Count { half: Half::Unknown("night".into()), ..tap(2) }]);
    assert_eq!(oddities.get(), 1);
}

proptest! {
    #[test]
    fn every_tap_of_two_desks_counts_once(
        before in 0..4u8, nadines in 0..9u8, basiles in 0..9u8, taken in proptest::collection::vec((any::<bool>(), 1..30u8), 0..5),
    ) {
        let mut nadine = journal();
        let mut expected: Vec<u8> = (1..=before).collect();
        (1..=before).try_for_each(|n| count::create(&mut nadine, &tap(n))).unwrap();
        nadine.commit(MORNING);
        let frame = nadine.frame_since(&Vec::new());
        let mut basile = Document::load(nadine.header.clone(), [frame.as_slice()], BASILE).unwrap();
        (10..10 + nadines).try_for_each(|n| count::create(&mut nadine, &tap(n))).unwrap();
        (20..20 + basiles).try_for_each(|n| count::create(&mut basile, &tap(n))).unwrap();
        expected.extend((10..10 + nadines).chain(20..20 + basiles));
        for (is_nadine, n) in taken {
            let desk = if is_nadine { &mut nadine } else { &mut basile };
            if standing(desk).contains(&n) {
                expected.retain(|one| *one != n);
            }
            count::take_back(desk, CountId([n; 16])).unwrap();
        }
        nadine.commit(MORNING);
        basile.commit(MORNING);
        let (from_nadine, from_basile) = (nadine.frame_since(&Vec::new()), basile.frame_since(&Vec::new()));
        nadine.absorb(&from_basile).unwrap();
        basile.absorb(&from_nadine).unwrap();
        prop_assert_eq!(standing(&nadine), expected);
        prop_assert_eq!(standing(&nadine), standing(&basile));
    }
}
