//! Information and the sheet of a month, written on two devices at once: both end with the same, and no word is lost.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;
use std::collections::BTreeMap;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{board, information};
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::board::{BoardChange, BoardSheet};
use maillon_shared::domain::event::Headcount;
use maillon_shared::domain::ids::{DocId, InformationId, LineId};
use maillon_shared::domain::information::{
    Diffusion, DiffusionField, InformationChange, InformationItem, InformationState,
};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn begun(begins: &InformationItem) -> Document {
    let header = Header::new(begins.id.into(), Kind::Information, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    information::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[InformationChange]) {
    changes.iter().for_each(|change| information::write(document, change).unwrap());
    document.commit(MORNING);
}

fn read(document: &Document) -> InformationItem {
    let oddities = Cell::new(0);
    let item = information::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    item
}

fn exchange(one: &mut Document, other: &mut Document) {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
}

/// Both take in what the other wrote; the item, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> InformationItem {
    exchange(one, other);
    assert_eq!(read(one), read(other));
    assert_eq!(one.conflicts(), other.conflicts(), "both are asked the same");
    read(one)
}

fn screening() -> InformationItem {
    let mut item = InformationItem::empty(InformationId([9; 16]));
    item.title = "Dépistage".into();
    item.diffusions.push(Diffusion { to: "Boulangerie".into(), ..Diffusion::empty(line(1)) });
    item
}

#[test]
fn two_who_pass_one_item_on_both_said_to_whom() {
    let mut nadines = begun(&screening());
    let mut basiles = on(BASILE, &mut nadines);
    let before = read(&nadines);
    let (mut one, mut other) = (before.clone(), before.clone());
    one.diffusions[0].copies = Headcount::Counted(0);
    one.diffusions.push(Diffusion { to: "École".into(), ..Diffusion::empty(line(2)) });
    one.expires = "2026-03-31".parse().ok();
    other.diffusions[0].people = Headcount::About(40);
    other.diffusions.push(Diffusion { channel: "newsletter".into(), ..Diffusion::empty(line(3)) });
    other.state = InformationState::PassedOn;
    writes(&mut nadines, &before.changes_to(&one));
    writes(&mut basiles, &before.changes_to(&other));
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.diffusions[0].copies, met.diffusions[0].people), (Headcount::Counted(0), Headcount::About(40)));
    assert_eq!((met.diffusions.len(), met.state), (3, InformationState::PassedOn));
    assert!(nadines.conflicts().is_empty(), "nobody wrote what the other did");
}

#[test]
fn what_two_wrote_at_once_is_shown_and_chosen_whatever_it_is() {
    let mut nadines = begun(&screening());
    let mut basiles = on(BASILE, &mut nadines);
    let at = |reason: &str, day: &str, copies| {
        [
            InformationChange::State(InformationState::SetAside(reason.into())),
            InformationChange::Expires(day.parse().ok()),
            InformationChange::DiffusionOn(line(1), day.parse().ok()),
            InformationChange::Copies(line(1), copies),
        ]
    };
    writes(&mut nadines, &at("trop loin", "2026-03-01", Headcount::Counted(3)));
    writes(&mut basiles, &at("déjà dit", "2026-03-02", Headcount::About(5)));
    meet(&mut nadines, &mut basiles);
    let conflicts = nadines.conflicts();
    assert_eq!(conflicts.len(), 4, "{conflicts:?}");
    for conflict in conflicts {
        let other = conflict.values.last().unwrap();
        let keep = InformationChange::at(&conflict.field, other).unwrap();
        assert_eq!(keep.path(), (conflict.field.clone(), other.clone()));
        writes(&mut nadines, &[keep]);
    }
    meet(&mut nadines, &mut basiles);
    assert!(nadines.conflicts().is_empty() && basiles.conflicts().is_empty());
}

#[test]
fn a_line_that_one_takes_away_while_another_writes_in_it_is_there_again() {
    let mut nadines = begun(&screening());
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[InformationChange::Remove(line(1))]);
    writes(&mut basiles, &[InformationChange::Diffusion(line(1), DiffusionField::Channel, "shops".into())]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.diffusions[0].to.as_str(), met.diffusions[0].channel.as_str()), ("Boulangerie", "shops"));
    writes(&mut basiles, &[InformationChange::Remove(line(1))]);
    assert!(meet(&mut nadines, &mut basiles).diffusions.is_empty(), "both knew of it");
}

#[test]
fn a_month_that_two_devices_chose_for_at_once_keeps_what_both_chose_and_said() {
    let header = Header::new(DocId([8; 16]), Kind::BoardSheet, None, 202_603);
    let mut nadines = Document::new(header, NADINE).unwrap();
    let writes = |document: &mut Document, changes: &[BoardChange]| {
        changes.iter().for_each(|change| board::write(document, change).unwrap());
        document.commit(MORNING);
    };
    let read = |document: &Document| -> BoardSheet { board::read(document, &Cell::new(0)) };
    let (screening, forum) = (DocId([1; 16]), DocId([2; 16]));
    writes(&mut nadines, &[BoardChange::Put(forum, true)]);
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[BoardChange::Note("Mairie fermée.".into()), BoardChange::Place(screening, 0)]);
    writes(&mut basiles, &[BoardChange::Note("Marché le jeudi.".into()), BoardChange::Put(screening, false)]);
    exchange(&mut nadines, &mut basiles);
    let (hers, theirs) = (read(&nadines), read(&basiles));
    assert_eq!(hers, theirs);
    assert!(hers.note.contains("fermée") && hers.note.contains("jeudi"), "{}", hers.note);
    assert_eq!(hers.chosen, BTreeMap::from([(screening, false), (forum, true)]));
    assert_eq!(hers.place(screening), 0);
    writes(&mut nadines, &[BoardChange::Note("Mairie fermée, marché le jeudi.".into())]);
    exchange(&mut nadines, &mut basiles);
    assert_eq!(read(&basiles).note, "Mairie fermée, marché le jeudi.");
}

fn any_item() -> impl Strategy<Value = InformationItem> {
    let lines = proptest::collection::btree_map(1..6_u8, ("[a-zé ]{0,4}", 0..3_u32), 0..4);
    (lines, "[a-zé ]{0,4}").prop_map(|(lines, words)| {
        let mut item = screening();
        item.diffusions.clear();
        for (n, (words, number)) in lines {
            let on = ["2026-03-01", "2026-03-02", "nobody knows"][number as usize].parse().ok();
            let copies = if number == 0 { Headcount::NotKnown } else { Headcount::Counted(number - 1) };
            let to = format!("t{words}");
            item.diffusions.push(Diffusion { on, copies, to, channel: words, ..Diffusion::empty(line(n)) });
        }
        item.for_board = words.len() > 2;
        item.state = InformationState::SetAside(words);
        item
    })
}

fn sorted(item: &InformationItem) -> InformationItem {
    let mut item = item.clone();
    item.diffusions.sort_by_key(|line| line.id);
    item
}

proptest! {
    /// Whatever an item becomes, it reads back as it was written.
    #[test]
    fn an_item_reads_back_as_it_was_written(before in any_item(), after in any_item()) {
        let mut document = begun(&before);
        let changes = read(&document).changes_to(&after);
        writes(&mut document, &changes);
        prop_assert_eq!(sorted(&read(&document)), sorted(&after));
    }

    /// Two devices that meet end with the same item and the same questions, whatever each wrote.
    #[test]
    fn two_devices_end_with_the_same(start in any_item(), one in any_item(), other in any_item()) {
        let mut nadines = begun(&start);
        let mut basiles = on(BASILE, &mut nadines);
        let before = read(&nadines);
        writes(&mut nadines, &before.changes_to(&one));
        writes(&mut basiles, &before.changes_to(&other));
        meet(&mut nadines, &mut basiles);
    }
}
