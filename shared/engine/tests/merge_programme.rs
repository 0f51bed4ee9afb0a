//! A programme written on two devices at once: both end with the same one, nothing is lost, and what was written twice is
//! shown, to be chosen.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::programme;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{CollectiveId, EntryId, EventId, LineId, ProgrammeId};
use maillon_shared::domain::programme::{
    ActionInWords, ActionState, Adoption, AmountField, AnnualProgramme, Axis, AxisField, Cents, Funding, FundingState,
    ItemIs, PriorityCommune, ProgrammeChange, ProgrammeItem, ProgrammeLines, ProgrammePartner, ProgrammeStatus,
};
use maillon_shared::domain::time::{Instant, PartialDate};
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn date(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap()
}

fn begun(begins: &AnnualProgramme) -> Document {
    let header = Header::new(begins.id.into(), Kind::AnnualProgramme, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    programme::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[ProgrammeChange]) {
    changes.iter().for_each(|change| programme::write(document, change).unwrap());
    document.commit(MORNING);
}

fn read(document: &Document) -> AnnualProgramme {
    let oddities = Cell::new(0);
    let programme = programme::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    programme
}

/// Both take in what the other wrote; the programme, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> AnnualProgramme {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    assert_eq!(one.conflicts(), other.conflicts(), "both are asked the same");
    read(one)
}

fn of_2026() -> AnnualProgramme {
    let mut programme = AnnualProgramme::empty(ProgrammeId([9; 16]), 2026);
    programme.title = "Programmation 2026".into();
    programme.axes.push(Axis { title: "Bien vieillir".into(), ..Axis::empty(line(1)) });
    programme.funding.push(Funding { source: "ARS".into(), ..Funding::empty(line(2)) });
    let walk = ActionInWords { what: "Marcher ensemble".into(), ..ActionInWords::default() };
    programme.items.push(ProgrammeItem {
        is: ItemIs::Words(walk),
        axis: Some(line(1)),
        ..ProgrammeItem::empty(line(3))
    });
    programme
}

#[test]
fn two_who_write_one_programme_both_keep_their_words() {
    let mut nadines = begun(&of_2026());
    let mut basiles = on(BASILE, &mut nadines);
    let before = read(&nadines);
    let (mut one, mut other) = (before.clone(), before.clone());
    one.axes[0].words = "Sortir de chez soi".into();
    one.funding[0].planned = Some(Cents(150_000));
    one.partners.push(ProgrammePartner { name: "CPTS".into(), ..ProgrammePartner::empty(line(4)) });
    other.funding[0].granted = Some(Cents(0));
    other.items[0].action_mut().unwrap().from = Some(date("2026-03"));
    let arles = Some(EventCommune { key: "13004".into(), name: "Arles".into() });
    let to_verify = "dite siège d’une MSP, absente de la liste des MSP".to_owned();
    other.communes.push(PriorityCommune { commune: arles, to_verify, ..PriorityCommune::empty(line(5)) });
    writes(&mut nadines, &before.changes_to(&one));
    writes(&mut basiles, &before.changes_to(&other));
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.funding[0].planned, met.funding[0].granted), (Some(Cents(150_000)), Some(Cents(0))));
    assert_eq!((met.axes[0].words.as_str(), met.partners.len(), met.communes.len()), ("Sortir de chez soi", 1, 1));
    assert_eq!(met.items[0].action().unwrap().from, Some(date("2026-03")));
    assert!(nadines.conflicts().is_empty(), "nobody wrote what the other did");
}

#[test]
fn what_two_wrote_at_once_is_shown_and_chosen_whatever_it_is() {
    let mut nadines = begun(&of_2026());
    let mut basiles = on(BASILE, &mut nadines);
    let adopted = |by: &str| ProgrammeChange::Status(ProgrammeStatus::Adopted(Adoption::new(date("2026-01-12"), by)));
    writes(
        &mut nadines,
        &[
            adopted("le collectif"),
            ProgrammeChange::Axis(line(1), AxisField::Title, "Vieillir chez soi".into()),
            ProgrammeChange::Amount(line(2), AmountField::Granted, Some(Cents(100))),
            ProgrammeChange::FundingState(line(2), FundingState::Granted),
            ProgrammeChange::ItemIs(line(3), ItemIs::Event(EventId([7; 16]))),
        ],
    );
    writes(
        &mut basiles,
        &[
            adopted("la mairie"),
            ProgrammeChange::Axis(line(1), AxisField::Title, "Vieillir ensemble".into()),
            ProgrammeChange::Amount(line(2), AmountField::Granted, Some(Cents(200))),
            ProgrammeChange::FundingState(line(2), FundingState::Refused),
            ProgrammeChange::ItemIs(line(3), ItemIs::Project(CollectiveId([8; 16]))),
        ],
    );
    meet(&mut nadines, &mut basiles);
    let conflicts = nadines.conflicts();
    assert_eq!(conflicts.len(), 5, "{conflicts:?}");
    // Either version of any of them can be chosen, by what it is called where it is shown.
    for conflict in conflicts {
        let other = conflict.values.last().unwrap();
        let keep = ProgrammeChange::at(&conflict.field, other).unwrap();
        assert_eq!(keep.path(), (conflict.field.clone(), other.clone()));
        writes(&mut nadines, &[keep]);
    }
    meet(&mut nadines, &mut basiles);
    assert!(nadines.conflicts().is_empty() && basiles.conflicts().is_empty());
}

#[test]
fn words_written_while_an_action_becomes_an_event_are_shown_to_no_one_and_come_back_with_it() {
    let mut nadines = begun(&of_2026());
    let mut basiles = on(BASILE, &mut nadines);
    let forum = ItemIs::Event(EventId([7; 16]));
    writes(&mut nadines, &[ProgrammeChange::ItemIs(line(3), forum.clone())]);
    writes(&mut basiles, &[ProgrammeChange::State(line(3), ActionState::Dropped("la pluie".into()))]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.items[0].is, forum, "the event says for itself how it stands");
    writes(&mut nadines, &[ProgrammeChange::ItemIs(line(3), ItemIs::parse(""))]);
    let action = read(&nadines).items[0].action().cloned().unwrap();
    assert_eq!((action.what.as_str(), action.state), ("Marcher ensemble", ActionState::Dropped("la pluie".into())));
}

#[test]
fn an_item_added_to_an_axis_that_is_taken_away_stays_without_one() {
    let mut nadines = begun(&of_2026());
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[ProgrammeChange::Remove(ProgrammeLines::Axes, line(1))]);
    writes(
        &mut basiles,
        &[ProgrammeChange::What(line(6), "Chanter".into()), ProgrammeChange::ItemAxis(line(6), Some(line(1)))],
    );
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.items.len(), 2);
    assert!(met.axes.is_empty() && met.items.iter().all(|item| met.axis_of(item).is_none()));
}

#[test]
fn a_line_that_one_takes_away_while_another_writes_in_it_is_there_with_the_words() {
    let mut nadines = begun(&of_2026());
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[ProgrammeChange::Remove(ProgrammeLines::Funding, line(2))]);
    let asked = ProgrammeChange::Amount(line(2), AmountField::Planned, Some(Cents(500)));
    writes(&mut basiles, &[asked]);
    assert_eq!(meet(&mut nadines, &mut basiles).funding[0].planned, Some(Cents(500)));
}

#[test]
fn a_line_that_was_taken_away_is_there_again_with_the_words_that_are_written_in_it() {
    let mut nadines = begun(&of_2026());
    let mut basiles = on(BASILE, &mut nadines);
    let gone = [
        ProgrammeChange::Remove(ProgrammeLines::Items, line(3)),
        ProgrammeChange::Remove(ProgrammeLines::Funding, line(2)),
    ];
    writes(&mut nadines, &gone);
    let met = meet(&mut nadines, &mut basiles);
    assert!(met.items.is_empty() && met.funding.is_empty());
    // Basile's form was open: what they wrote in a line is not lost, and what they emptied brings no line back.
    writes(
        &mut basiles,
        &[
            ProgrammeChange::State(line(3), ActionState::Running),
            ProgrammeChange::Amount(line(2), AmountField::Granted, None),
        ],
    );
    let met = meet(&mut nadines, &mut basiles);
    let action = met.items[0].action().unwrap();
    assert_eq!((action.what.as_str(), &action.state), ("Marcher ensemble", &ActionState::Running));
    assert!(met.funding.is_empty());
    writes(&mut nadines, &gone[..1]);
    assert!(meet(&mut nadines, &mut basiles).items.is_empty(), "it is taken away again");
}

fn any_programme() -> impl Strategy<Value = AnnualProgramme> {
    let text = || "[a-zé\t ]{0,5}";
    let lines = || proptest::collection::btree_map(1..6_u8, (text(), 0..3_usize), 0..4);
    (text(), 2024..2028_i32, lines(), lines()).prop_map(|(title, year, first, second)| {
        let mut programme = AnnualProgramme::empty(ProgrammeId([9; 16]), year);
        programme.title = title;
        for (n, (words, at)) in first {
            let adoption = (at == 1).then(|| Adoption::new(PartialDate::Year(year), &words));
            let closed = ProgrammeStatus::Closed { adopted: adoption, on: date("2026-12"), learnt: words.clone() };
            programme.status = if at == 0 { ProgrammeStatus::Draft } else { closed };
            let commune = (at == 2).then(|| EventCommune { key: format!("k{n}"), name: words.clone() });
            let why = format!("w{words}");
            programme.communes.push(PriorityCommune { commune, why, ..PriorityCommune::empty(line(n)) });
            programme.axes.push(Axis { title: format!("a{words}"), ..Axis::empty(line(n)) });
            let (entry, role) = ((at == 0).then_some(EntryId([n; 16])), format!("r{words}"));
            programme.partners.push(ProgrammePartner { entry, role, ..ProgrammePartner::empty(line(n)) });
        }
        for (n, (words, at)) in second {
            let amount = [None, Some(Cents(0)), Some(Cents(7))][at];
            let source = format!("s{words}");
            programme.funding.push(Funding { source, granted: amount, ..Funding::empty(line(n)) });
            let action = ActionInWords { what: format!("q{words}"), until: Some(date("2026")), ..Default::default() };
            let is = [ItemIs::Words(action), ItemIs::Project(CollectiveId([n; 16])), ItemIs::Event(EventId([n; 16]))];
            let axis = Some(line(n));
            programme.items.push(ProgrammeItem { is: is[at].clone(), axis, ..ProgrammeItem::empty(line(n)) });
        }
        programme
    })
}

/// Lines in an order that does not depend on who wrote first.
fn sorted(programme: &AnnualProgramme) -> AnnualProgramme {
    let mut programme = programme.clone();
    programme.axes.sort_by_key(|line| line.id);
    programme.communes.sort_by_key(|line| line.id);
    programme.partners.sort_by_key(|line| line.id);
    programme.funding.sort_by_key(|line| line.id);
    programme.items.sort_by_key(|line| line.id);
    programme
}

proptest! {
    /// Whatever a programme becomes, it reads back as it was written.
    #[test]
    fn a_programme_reads_back_as_it_was_written(before in any_programme(), after in any_programme()) {
        let mut document = begun(&before);
        // Lines that are taken away stay so: no one writes on them again.
        let changes = read(&document).changes_to(&after);
        writes(&mut document, &changes);
        prop_assert_eq!(sorted(&read(&document)), sorted(&after));
    }

    /// Two devices that meet end with the same programme and the same questions, whatever each wrote.
    #[test]
    fn two_devices_end_with_the_same(start in any_programme(), one in any_programme(), other in any_programme()) {
        let mut nadines = begun(&start);
        let mut basiles = on(BASILE, &mut nadines);
        let before = read(&nadines);
        writes(&mut nadines, &before.changes_to(&one));
        writes(&mut basiles, &before.changes_to(&other));
        let met = meet(&mut nadines, &mut basiles);
        // What only one of them touched is as they wrote it.
        if before.title == other.title {
            prop_assert_eq!(met.title, one.title);
        }
    }
}
