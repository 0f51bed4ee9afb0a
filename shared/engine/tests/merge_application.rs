//! An application written on two devices at once: both end with the same one, and what was written twice is shown.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::application;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::application::{
    ApplicationChange, ApplicationLines, ApplicationPart, ApplicationStatus, BudgetField, BudgetLine, Deadline,
    FundingApplication, Piece, PieceField, ReportDue,
};
use maillon_shared::domain::ids::{ApplicationId, LineId};
use maillon_shared::domain::programme::Cents;
use maillon_shared::domain::time::{Instant, PartialDate};
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn begun(begins: &FundingApplication) -> Document {
    let header = Header::new(begins.id.into(), Kind::Application, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    application::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[ApplicationChange]) {
    changes.iter().for_each(|change| application::write(document, change).unwrap());
    document.commit(MORNING);
}

fn read(document: &Document) -> FundingApplication {
    let oddities = Cell::new(0);
    let application = application::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    application
}

/// Both take in what the other wrote; the application, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> FundingApplication {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    assert_eq!(one.conflicts(), other.conflicts(), "both are asked the same");
    read(one)
}

fn of_the_region() -> FundingApplication {
    let mut application = FundingApplication::empty(ApplicationId([9; 16]));
    application.title = "Plan cancer régional".into();
    application.parts.push(ApplicationPart { who: "MSP".into(), ..ApplicationPart::empty(line(1)) });
    application.pieces.push(Piece { what: "Statuts".into(), ..Piece::empty(line(2)) });
    application
}

#[test]
fn two_who_write_one_application_both_keep_their_words() {
    let mut nadines = begun(&of_the_region());
    let mut basiles = on(BASILE, &mut nadines);
    let before = read(&nadines);
    let (mut one, mut other) = (before.clone(), before.clone());
    one.deadline = Deadline::parse("2026-03-15T12:00");
    one.parts[0].asked = Some(Cents(150_000));
    one.budget.push(BudgetLine::empty(line(3)).with(BudgetField::Own, Cents(0)));
    other.parts[0].does = "anime les ateliers".into();
    other.pieces[0].done_on = "2026-02-01".parse().ok();
    other.reports.push(ReportDue { due: "2027-01-31".parse().ok(), ..ReportDue::empty(line(4)) });
    writes(&mut nadines, &before.changes_to(&one));
    writes(&mut basiles, &before.changes_to(&other));
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.parts[0].asked, met.parts[0].does.as_str()), (Some(Cents(150_000)), "anime les ateliers"));
    assert_eq!((met.budget[0].amount(BudgetField::Own), met.reports.len()), (Some(Cents(0)), 1));
    assert!(met.pieces[0].done_on.is_some() && met.deadline == one.deadline);
    assert!(nadines.conflicts().is_empty(), "nobody wrote what the other did");
}

#[test]
fn what_two_wrote_at_once_is_shown_and_chosen_whatever_it_is() {
    let mut nadines = begun(&of_the_region());
    let mut basiles = on(BASILE, &mut nadines);
    let on = PartialDate::parse("2026-06").unwrap();
    let granted = ApplicationStatus::Granted { submitted: None, on, amount: Some(Cents(500)) };
    let refused = ApplicationStatus::Refused { submitted: None, on, reason: "hors territoire".into() };
    let at = |status, asked, due: &str| {
        [
            ApplicationChange::Status(status),
            ApplicationChange::PartAsked(line(1), Some(Cents(asked))),
            ApplicationChange::PieceDue(line(2), due.parse().ok()),
            ApplicationChange::Deadline(Deadline::parse(due)),
        ]
    };
    writes(&mut nadines, &at(granted, 100, "2026-03-01"));
    writes(&mut basiles, &at(refused, 200, "2026-03-02"));
    meet(&mut nadines, &mut basiles);
    let conflicts = nadines.conflicts();
    assert_eq!(conflicts.len(), 4, "{conflicts:?}");
    for conflict in conflicts {
        let other = conflict.values.last().unwrap();
        let keep = ApplicationChange::at(&conflict.field, other).unwrap();
        assert_eq!(keep.path(), (conflict.field.clone(), other.clone()));
        writes(&mut nadines, &[keep]);
    }
    meet(&mut nadines, &mut basiles);
    assert!(nadines.conflicts().is_empty() && basiles.conflicts().is_empty());
}

#[test]
fn a_line_that_was_taken_away_is_there_again_with_the_words_that_are_written_in_it() {
    let mut nadines = begun(&of_the_region());
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[ApplicationChange::Remove(ApplicationLines::Pieces, line(2))]);
    assert!(meet(&mut nadines, &mut basiles).pieces.is_empty());
    writes(&mut basiles, &[ApplicationChange::Piece(line(2), PieceField::Who, "Basile".into())]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.pieces[0].what.as_str(), met.pieces[0].who.as_str()), ("Statuts", "Basile"));
}

#[test]
fn what_is_written_in_a_line_whose_coming_was_undone_is_there() {
    for at_once in [true, false] {
        let mut nadines = begun(&of_the_region());
        let before = nadines.heads();
        writes(&mut nadines, &[ApplicationChange::Piece(line(8), PieceField::What, "Comptes".into())]);
        let after = nadines.heads();
        let mut basiles = on(BASILE, &mut nadines);
        nadines.undo(&before, &after, false, MORNING).unwrap();
        assert!(read(&nadines).pieces.iter().all(|piece| piece.id != line(8)));
        if !at_once {
            meet(&mut nadines, &mut basiles);
        }
        writes(&mut basiles, &[ApplicationChange::Piece(line(8), PieceField::Who, "Basile".into())]);
        let met = meet(&mut nadines, &mut basiles);
        let accounts = met.pieces.iter().find(|piece| piece.id == line(8)).unwrap();
        assert_eq!((accounts.what.as_str(), accounts.who.as_str()), ("Comptes", "Basile"));
    }
}

fn any_application() -> impl Strategy<Value = FundingApplication> {
    let lines = || proptest::collection::btree_map(1..6_u8, ("[a-zé ]{0,4}", 0..3_u64), 0..4);
    (lines(), lines()).prop_map(|(first, second)| {
        let mut application = of_the_region();
        application.parts.clear();
        application.pieces.clear();
        for (n, (words, number)) in first {
            let (who, asked) = (format!("w{words}"), (number > 0).then_some(Cents(number)));
            application.parts.push(ApplicationPart { who, asked, ..ApplicationPart::empty(line(n)) });
            let budget = BudgetLine { label: format!("b{words}"), ..BudgetLine::empty(line(n)) };
            application.budget.push(budget.with(BudgetField::Asked, Cents(number)));
            application.status = ApplicationStatus::GivenUp(words);
        }
        for (n, (words, number)) in second {
            let due = ["2026-03-01", "2026-03-02", "tôt"][number as usize].parse().ok();
            application.pieces.push(Piece { what: format!("p{words}"), due, ..Piece::empty(line(n)) });
            let note = format!("n{words}");
            application.reports.push(ReportDue { handed_in_on: due, note, ..ReportDue::empty(line(n)) });
        }
        application
    })
}

fn sorted(application: &FundingApplication) -> FundingApplication {
    let mut application = application.clone();
    application.parts.sort_by_key(|line| line.id);
    application.budget.sort_by_key(|line| line.id);
    application.pieces.sort_by_key(|line| line.id);
    application.reports.sort_by_key(|line| line.id);
    application
}

proptest! {
    /// Whatever an application becomes, it reads back as it was written.
    #[test]
    fn an_application_reads_back_as_it_was_written(before in any_application(), after in any_application()) {
        let mut document = begun(&before);
        let changes = read(&document).changes_to(&after);
        writes(&mut document, &changes);
        prop_assert_eq!(sorted(&read(&document)), sorted(&after));
    }

    /// Two devices that meet end with the same application and the same questions, whatever each wrote.
    #[test]
    fn two_devices_end_with_the_same(start in any_application(), one in any_application(), other in any_application()) {
        let mut nadines = begun(&start);
        let mut basiles = on(BASILE, &mut nadines);
        let before = read(&nadines);
        writes(&mut nadines, &before.changes_to(&one));
        writes(&mut basiles, &before.changes_to(&other));
        meet(&mut nadines, &mut basiles);
    }
}
