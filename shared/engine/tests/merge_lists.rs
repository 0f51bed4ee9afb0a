//! Two coordinators who edit one list with no network: nothing that either made is lost, and what both named is shown twice.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::settings;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::ids::{DocId, LineId};
use maillon_shared::domain::list_edits::{ListEdits, ListWrite, own_id};
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::domain::time::Instant;
use maillon_shared::text::language::Language;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const LIST: ListId = ListId::ReceptionCounts;

fn two_of_one() -> (Document, Document) {
    let mut nadine = Document::new(Header::new(DocId([9; 16]), Kind::Settings, None, 0), NADINE).unwrap();
    nadine.commit(MORNING);
    let frame = nadine.frame_since(&Vec::new());
    let basile = Document::load(nadine.header.clone(), [frame.as_slice()], BASILE).unwrap();
    (nadine, basile)
}

fn edits(document: &Document) -> ListEdits {
    settings::read(document, &Cell::new(0)).lists
}

fn does(document: &mut Document, write: ListWrite) {
    for change in edits(document).changes_for(&write).unwrap() {
        settings::write_list(document, &change).unwrap();
    }
    document.commit(MORNING);
}

fn meet(nadine: &mut Document, basile: &mut Document) {
    let (from_nadine, from_basile) = (nadine.frame_since(&Vec::new()), basile.frame_since(&Vec::new()));
    nadine.absorb(&from_basile).unwrap();
    basile.absorb(&from_nadine).unwrap();
}

fn shown(document: &Document) -> Vec<String> {
    Lists::of(Language::Fr, &edits(document)).items(LIST).iter().map(|item| item.label.clone()).collect()
}

fn rename(item: &str, words: &str) -> ListWrite {
    ListWrite::Rename { list: LIST, item: item.into(), language: Language::Fr, words: words.into() }
}

fn add(number: u8, words: &str) -> ListWrite {
    ListWrite::Add { list: LIST, id: LineId([number; 16]), words: words.into() }
}

#[test]
fn what_each_added_renamed_hid_and_moved_is_all_there() {
    let (mut nadine, mut basile) = two_of_one();
    does(&mut nadine, add(1, "Prêt de livres"));
    does(&mut basile, add(2, "Prêt de livres"));
    does(&mut nadine, rename("came_in", "Venue"));
    does(&mut basile, ListWrite::Move { list: LIST, item: "came_in".into(), before: None });
    does(&mut basile, ListWrite::Hide(LIST, "oriented".into()));
    does(&mut nadine, rename("oriented", "Adressée"));
    meet(&mut nadine, &mut basile);
    let expected =
        ["Appel", "Renseignement", "Démarche, papiers", "Prêt de livres", "Prêt de livres", "Autre", "Venue"];
    assert_eq!(shown(&nadine), expected);
    assert_eq!(shown(&basile), expected);
    let hidden = Lists::of(Language::Fr, &edits(&basile));
    assert_eq!(hidden.hidden(LIST)[0].label, "Adressée", "hidden by one, renamed by the other: both");
    // Between two that stand at one place there is room all the same.
    let (first, second) = (own_id(LineId([1; 16]), "Prêt de livres"), own_id(LineId([2; 16]), "Prêt de livres"));
    does(&mut nadine, ListWrite::Move { list: LIST, item: "phone_call".into(), before: Some(second.clone()) });
    let ids: Vec<String> =
        Lists::of(Language::Fr, &edits(&nadine)).items(LIST).iter().map(|item| item.id.clone()).collect();
    assert_eq!(ids[2..5], [first, "phone_call".to_owned(), second]);
}

#[test]
fn two_names_given_at_once_are_both_shown_until_one_is_kept() {
    let (mut nadine, mut basile) = two_of_one();
    does(&mut nadine, rename("paperwork", "Papiers"));
    does(&mut basile, rename("paperwork", "Paperasse"));
    meet(&mut nadine, &mut basile);
    let names = |document: &Document| {
        let lists = Lists::of(Language::Fr, &edits(document));
        let item = lists.item(LIST, "paperwork").unwrap();
        let mut names = vec![item.label.clone()];
        names.extend(item.others.iter().cloned());
        names
    };
    let mut both = names(&nadine);
    assert_eq!(both, names(&basile), "the same on both devices");
    let kept = both[0].clone();
    both.sort();
    assert_eq!(both, ["Paperasse", "Papiers"]);
    does(&mut basile, rename("paperwork", &kept));
    meet(&mut nadine, &mut basile);
    assert_eq!(names(&nadine), std::slice::from_ref(&kept));
    assert_eq!(names(&basile), [kept]);
}

#[derive(Clone, Debug)]
enum Gesture {
    Add(u8),
    Rename(usize, u8),
    Hide(usize),
    Move(usize, usize),
}

fn gesture() -> impl Strategy<Value = Gesture> {
    prop_oneof![
        any::<u8>().prop_map(Gesture::Add),
        (0..6usize, any::<u8>()).prop_map(|(item, words)| Gesture::Rename(item, words)),
        (0..6usize).prop_map(Gesture::Hide),
        (0..6usize, 0..7usize).prop_map(|(item, before)| Gesture::Move(item, before)),
    ]
}

proptest! {
    #[test]
    fn both_devices_read_one_list_and_it_holds_all_that_was_added(
        nadines in proptest::collection::vec(gesture(), 0..12), basiles in proptest::collection::vec(gesture(), 0..12),
    ) {
        let (mut nadine, mut basile) = two_of_one();
        let starting = Lists::starting(Language::Fr).items(LIST);
        let mut added = 0;
        for (device, gestures, side) in [(&mut nadine, nadines, 0u8), (&mut basile, basiles, 1)] {
            for (number, gesture) in gestures.into_iter().enumerate() {
                let item = |at: usize| starting[at % starting.len()].id.clone();
                let write = match gesture {
                    Gesture::Add(words) => add(100 * side + number as u8, &format!("Mot {words} {side}{number}")),
                    Gesture::Rename(at, words) => rename(&item(at), &format!("Nom {words} {side}{number}")),
                    Gesture::Hide(at) => ListWrite::Hide(LIST, item(at)),
                    Gesture::Move(at, before) => {
                        let before = starting.get(before).map(|item| item.id.clone()).filter(|id| *id != item(at));
                        ListWrite::Move { list: LIST, item: item(at), before }
                    }
                };
                added += usize::from(matches!(write, ListWrite::Add { .. }));
                does(device, write);
            }
        }
        meet(&mut nadine, &mut basile);
        prop_assert_eq!(edits(&nadine), edits(&basile));
        let lists = Lists::of(Language::Fr, &edits(&nadine));
        prop_assert_eq!(lists.all(LIST).count(), starting.len() + added);
    }
}
