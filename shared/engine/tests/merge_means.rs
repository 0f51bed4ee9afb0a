//! A thing that is offered, written on two devices at once: both end with the same one, two uses promised apart both stand and are
//! told to meet, and what was written twice is shown.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::means;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::ids::{LineId, MeansId};
use maillon_shared::domain::means::{Free, Line, Loan, LoanState, MeansChange, OfferState, SharedMeans};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn begun(begins: &SharedMeans) -> Document {
    let header = Header::new(begins.id.into(), Kind::SharedMeans, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    means::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[MeansChange]) {
    changes.iter().for_each(|change| means::write(document, change).unwrap());
    document.commit(MORNING);
}

fn says(id: LineId, field: &str, text: &str) -> MeansChange {
    MeansChange::Loan(id, field.into(), text.into())
}

fn read(document: &Document) -> SharedMeans {
    let oddities = Cell::new(0);
    let means = means::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    means
}

/// Both take in what the other wrote; the thing, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> SharedMeans {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    assert_eq!(one.conflicts(), other.conflicts(), "both are asked the same");
    read(one)
}

fn stand() -> SharedMeans {
    let mut stand = SharedMeans::empty(MeansId([9; 16]));
    (stand.about.kind, stand.about.title) = ("stand".into(), "Barnum".into());
    stand.about.quantity = Some(1);
    stand
}

fn asked(n: u8, who: &str, from: &str, until: &str) -> Loan {
    let (from, until) = (from.parse().ok(), until.parse().ok());
    Loan { who: who.into(), from, until, number: Some(1), ..Loan::empty(line(n)) }
}

#[test]
fn two_who_promise_one_thing_apart_both_keep_their_words_and_both_are_told() {
    let mut nadines = begun(&stand());
    let mut basiles = on(BASILE, &mut nadines);
    let before = read(&nadines);
    let (mut one, mut other) = (before.clone(), before.clone());
    let agreed = LoanState::Agreed;
    one.loans.push(Loan { state: agreed.clone(), ..asked(1, "CPTS", "2026-03-10", "2026-03-12") });
    other.loans.push(Loan { state: agreed, ..asked(2, "MSP", "2026-03-12", "2026-03-14") });
    writes(&mut nadines, &before.changes_to(&one));
    writes(&mut basiles, &before.changes_to(&other));
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.loans_by_day().iter().map(|loan| loan.who.as_str()).collect::<Vec<_>>(), ["CPTS", "MSP"]);
    let today = day("2026-03-01");
    let told = met.double_bookings(today);
    let [double] = &told[..] else { panic!("they meet once") };
    assert_eq!((double.day, &double.loans[..], double.is_certain), (day("2026-03-12"), &[line(1), line(2)][..], true));
    assert_eq!(met.free(day("2026-03-12"), day("2026-03-12"), today), Free::Known { free: 0, asked: 0 });
    assert!(nadines.conflicts().is_empty(), "nobody wrote what the other did");
}

#[test]
fn what_two_wrote_at_once_is_shown_and_chosen_whatever_it_is() {
    let mut begins = stand();
    begins.loans.push(asked(1, "CPTS", "2026-03-10", "2026-03-12"));
    let mut nadines = begun(&begins);
    let mut basiles = on(BASILE, &mut nadines);
    let at = |quantity: &str, paused: &str, until: &str, state: &str| {
        [
            MeansChange::About("quantity".into(), quantity.into()),
            MeansChange::About("state".into(), format!("paused:{paused}\ttravaux")),
            says(line(1), "until", until),
            says(line(1), "state", state),
        ]
    };
    writes(&mut nadines, &at("2", "2026-03-01", "2026-03-13", "agreed"));
    writes(&mut basiles, &at("3", "2026-04-01", "2026-03-14", "refused:déjà promis"));
    meet(&mut nadines, &mut basiles);
    let conflicts = nadines.conflicts();
    assert_eq!(conflicts.len(), 4, "{conflicts:?}");
    for conflict in conflicts {
        let other = conflict.values.last().unwrap();
        let keep = MeansChange::at(&conflict.field, other).unwrap();
        assert_eq!(keep.path(), (conflict.field.clone(), other.clone()));
        writes(&mut nadines, &[keep]);
    }
    meet(&mut nadines, &mut basiles);
    assert!(nadines.conflicts().is_empty() && basiles.conflicts().is_empty());
}

#[test]
fn a_use_that_was_taken_away_is_there_with_what_someone_else_writes_in_it() {
    let mut begins = stand();
    begins.loans.push(asked(1, "CPTS", "2026-03-10", "2026-03-12"));
    let mut nadines = begun(&begins);
    let mut basiles = on(BASILE, &mut nadines);
    // At the same moment, neither knowing of the other.
    writes(&mut nadines, &[MeansChange::RemoveLoan(line(1))]);
    writes(&mut basiles, &[says(line(1), "state", "handed_over")]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.loans[0].who.as_str(), &met.loans[0].state), ("CPTS", &LoanState::HandedOver));
    // With all of it known, it goes; and is there again for whoever writes in it afterwards.
    writes(&mut nadines, &[MeansChange::RemoveLoan(line(1))]);
    assert!(meet(&mut nadines, &mut basiles).loans.is_empty());
    writes(&mut basiles, &[says(line(1), "condition", "un pied tordu")]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.loans[0].who.as_str(), met.loans[0].condition.as_str()), ("CPTS", "un pied tordu"));
}

#[test]
fn a_use_whose_coming_is_undone_is_there_with_what_someone_else_wrote_in_it() {
    let mut nadines = begun(&stand());
    let before = nadines.heads();
    let with_it = |means: &SharedMeans| {
        let mut with = means.clone();
        with.loans.push(asked(1, "CPTS", "2026-03-10", "2026-03-12"));
        with
    };
    let held = read(&nadines);
    writes(&mut nadines, &held.changes_to(&with_it(&held)));
    let after = nadines.heads();
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut basiles, &[says(line(1), "purpose", "forum")]);
    nadines.undo(&before, &after, false, MORNING).unwrap();
    assert!(read(&nadines).loans.is_empty());
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.loans[0].who.as_str(), met.loans[0].purpose.as_str()), ("CPTS", "forum"));
}

#[test]
fn what_one_lends_or_has_is_noted_for_oneself_and_each_alone() {
    let header = Header::new(MeansId([8; 16]).into(), Kind::OwnMeans, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    let mine = |document: &Document| {
        let mut mine = means::mine(document, &Cell::new(0));
        mine.sort();
        mine
    };
    means::write_mine(&mut document, line(1), true).unwrap();
    document.commit(MORNING);
    let mut other = on(BASILE, &mut document);
    means::write_mine(&mut document, line(2), true).unwrap();
    document.commit(MORNING);
    means::write_mine(&mut other, line(1), false).unwrap();
    means::write_mine(&mut other, line(3), true).unwrap();
    other.commit(MORNING);
    document.absorb(&other.frame_since(&Vec::new())).unwrap();
    assert_eq!(mine(&document), [line(2), line(3)]);
}

fn any_means() -> impl Strategy<Value = SharedMeans> {
    let loans = proptest::collection::btree_map(1..6_u8, ("[a-zé ]{0,4}", 0..4_u32, 0..4_usize), 0..4);
    ("[a-zé ]{0,4}", 0..3_u32, loans).prop_map(|(words, quantity, loans)| {
        let mut means = stand();
        (means.about.words, means.about.quantity) = (words.clone(), (quantity > 0).then_some(quantity));
        if quantity == 2 {
            means.about.state = OfferState::Ended(words);
        }
        for (n, (words, number, state)) in loans {
            let state = [
                LoanState::Asked,
                LoanState::HandedOver,
                LoanState::GivenBack(day("2026-03-12")),
                LoanState::Refused(words.clone()),
            ][state]
                .clone();
            let loan = asked(n, &format!("w{words}"), "2026-03-10", ["2026-03-12", "tôt"][number as usize % 2]);
            means.loans.push(Loan { number: (number > 0).then_some(number), purpose: words, state, ..loan });
        }
        means
    })
}

fn sorted(means: &SharedMeans) -> SharedMeans {
    let mut means = means.clone();
    means.loans.sort_by_key(|loan| loan.id);
    means
}

proptest! {
    /// Whatever it becomes, it reads back as it was written.
    #[test]
    fn it_reads_back_as_it_was_written(before in any_means(), after in any_means()) {
        let mut document = begun(&before);
        let changes = read(&document).changes_to(&after);
        writes(&mut document, &changes);
        prop_assert_eq!(sorted(&read(&document)), sorted(&after));
    }

    /// Two devices that meet end with the same thing and the same questions, whatever each wrote; and both are told of the same
    /// uses that meet.
    #[test]
    fn two_devices_end_with_the_same(start in any_means(), one in any_means(), other in any_means()) {
        let mut nadines = begun(&start);
        let mut basiles = on(BASILE, &mut nadines);
        let before = read(&nadines);
        writes(&mut nadines, &before.changes_to(&one));
        writes(&mut basiles, &before.changes_to(&other));
        meet(&mut nadines, &mut basiles);
        let today = day("2026-03-01");
        prop_assert_eq!(read(&nadines).double_bookings(today), read(&basiles).double_bookings(today));
    }
}
