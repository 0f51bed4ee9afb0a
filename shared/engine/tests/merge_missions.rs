//! Missions and absences written on two devices at once: both keep what they ticked and what they typed, in any order.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::directory;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::absence::AbsenceChange;
use maillon_shared::domain::directory::{DirectoryEntry, EntryChange};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::mission::{MissionChange, MissionField};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const MEALS: LineId = LineId([3; 16]);

fn entry(actor: Actor) -> Document {
    Document::new(Header::new(EntryId([1; 16]).into(), Kind::DirectoryEntry, None, 0), actor).unwrap()
}

fn edit(document: &mut Document, changes: &[EntryChange]) {
    changes.iter().try_for_each(|change| directory::write(document, change)).unwrap();
    document.commit(MORNING);
}

fn copied(document: &mut Document, actor: Actor) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], actor).unwrap()
}

fn meet(one: &mut Document, other: &mut Document) {
    let (left, right) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&right).unwrap();
    other.absorb(&left).unwrap();
}

fn read(document: &Document) -> DirectoryEntry {
    directory::read(document, &Cell::new(0))
}

fn meals(change: MissionChange) -> EntryChange {
    EntryChange::Mission(MEALS, change)
}

#[test]
fn two_who_tick_two_boxes_of_one_mission_both_ticked_them() {
    let mut nadine = entry(NADINE);
    edit(
        &mut nadine,
        &[
            meals(MissionChange::Text(MissionField::Topic, "meals".into())),
            meals(MissionChange::Commune("13100".into(), Some("Roquebelle".into()))),
            meals(MissionChange::Day(1, true)),
        ],
    );
    let mut basile = copied(&mut nadine, BASILE);
    edit(&mut nadine, &[meals(MissionChange::Day(5, true)), meals(MissionChange::Public("elders".into(), true))]);
    edit(
        &mut basile,
        &[
            meals(MissionChange::Day(1, false)),
            meals(MissionChange::Commune("13101".into(), Some("Mas-Perdu".into()))),
            meals(MissionChange::Public("public_de_demain".into(), true)),
        ],
    );
    meet(&mut nadine, &mut basile);
    assert_eq!(read(&nadine), read(&basile));
    let merged = &read(&nadine).offers[0];
    assert_eq!(merged.days, [5].into());
    assert_eq!(merged.publics.iter().collect::<Vec<_>>(), ["elders", "public_de_demain"]);
    assert_eq!(merged.communes.keys().collect::<Vec<_>>(), ["13100", "13101"]);
}

#[test]
fn a_mission_taken_away_by_one_keeps_the_words_of_the_other() {
    let mut nadine = entry(NADINE);
    edit(&mut nadine, &[meals(MissionChange::Text(MissionField::Topic, "meals".into()))]);
    let mut basile = copied(&mut nadine, BASILE);
    edit(&mut nadine, &[EntryChange::RemoveMission(MEALS)]);
    edit(&mut basile, &[meals(MissionChange::Text(MissionField::What, "Pains frais".into()))]);
    meet(&mut nadine, &mut basile);
    assert_eq!(read(&nadine).offers, []);
    let held = nadine.present().into_iter().map(|(_, value)| value).collect::<Vec<_>>();
    assert!(held.contains(&"Pains frais".to_owned()), "marked, not deleted: {held:?}");
}

#[test]
fn two_missions_and_two_absences_first_written_apart_are_all_there() {
    let (mut nadine, mut basile) = (entry(NADINE), entry(BASILE));
    let away = |id: u8, day: &str| EntryChange::Absence(LineId([id; 16]), AbsenceChange::From(day.parse().ok()));
    edit(&mut nadine, &[meals(MissionChange::Text(MissionField::Topic, "meals".into())), away(7, "2026-08-03")]);
    let other = LineId([4; 16]);
    let transport = MissionChange::Text(MissionField::Topic, "transport".into());
    edit(&mut basile, &[EntryChange::Mission(other, transport), away(8, "2026-12-24")]);
    meet(&mut nadine, &mut basile);
    assert_eq!(read(&nadine), read(&basile));
    assert_eq!((read(&nadine).offers.len(), read(&nadine).absences.len()), (2, 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_the_order_both_devices_read_the_same(
        edits in proptest::collection::vec((any::<bool>(), 0..2_u8, 0..7_usize, 1..8_u8, "[a-z]{0,5}"), 1..30)
    ) {
        let (mut nadine, mut basile) = (entry(NADINE), entry(BASILE));
        for (is_nadine, line, what, day, word) in edits {
            let line = LineId([10 + line; 16]);
            let change = match what {
                0 => EntryChange::Mission(line, MissionChange::Text(MissionField::What, word)),
                1 => EntryChange::Mission(line, MissionChange::Day(day, word.len() % 2 == 0)),
                2 => EntryChange::Mission(line, MissionChange::Public(format!("p{word}"), true)),
                3 => EntryChange::Mission(line, MissionChange::Commune(format!("c{day}"), (!word.is_empty()).then_some(word))),
                4 => EntryChange::RemoveMission(line),
                5 => EntryChange::Absence(line, AbsenceChange::From(chrono::NaiveDate::from_yo_opt(2026, u32::from(day)))),
                _ => { meet(&mut nadine, &mut basile); continue }
            };
            edit(if is_nadine { &mut nadine } else { &mut basile }, &[change]);
        }
        meet(&mut nadine, &mut basile);
        prop_assert_eq!(read(&nadine), read(&basile));
    }
}
