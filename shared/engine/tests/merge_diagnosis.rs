//! A diagnosis written on two devices at once: both end with the same one, no figure is lost, and a figure that was written
//! twice is shown, to be chosen.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::diagnosis;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::diagnosis::{
    DiagnosedPlace, Diagnosis, DiagnosisChange, DiagnosisLines, Figure, FigureAt, Hundredths, Indicator,
    IndicatorField, SupplyFact, SupplyField, SupplyIs,
};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{DiagnosisId, LineId};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };
const ALONE: LineId = LineId([2; 16]);

fn begun(begins: &Diagnosis) -> Document {
    let header = Header::new(begins.id.into(), Kind::Diagnosis, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    diagnosis::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[DiagnosisChange]) {
    changes.iter().for_each(|change| diagnosis::write(document, change).unwrap());
    document.commit(MORNING);
}

fn read(document: &Document) -> Diagnosis {
    let oddities = Cell::new(0);
    let diagnosis = diagnosis::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    diagnosis
}

/// Both take in what the other wrote; the diagnosis, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> Diagnosis {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    assert_eq!(one.conflicts(), other.conflicts(), "both are asked the same");
    read(one)
}

fn place(key: &str, name: &str) -> DiagnosedPlace {
    DiagnosedPlace::of(EventCommune { key: key.into(), name: name.into() })
}

fn at(place: &str, year: i32) -> FigureAt {
    FigureAt { indicator: ALONE, year, place: place.into() }
}

fn says(place: &str, number: u32, source: &str) -> DiagnosisChange {
    let figure = Figure { source: source.into(), ..Figure::number(Hundredths::whole(number)) };
    DiagnosisChange::figure(at(place, 2024), figure)
}

fn of_the_hills() -> Diagnosis {
    let mut diagnosis = Diagnosis::empty(DiagnosisId([9; 16]));
    diagnosis.title = "Diagnostic partagé".into();
    diagnosis.places = vec![place("13004", "Arles"), place("13108", "Tarascon")];
    diagnosis.indicators.push(Indicator { name: "Vivant seuls".into(), ..Indicator::empty(ALONE) });
    diagnosis
}

#[test]
fn two_who_write_of_two_communes_never_meet_and_both_figures_stay() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[says("13004", 120, "INSEE")]);
    let leaves = [
        DiagnosisChange::Supply(LineId([4; 16]), SupplyField::Place, "13108".into()),
        DiagnosisChange::SupplyIs(LineId([4; 16]), SupplyIs::Vacancy),
    ];
    writes(&mut basiles, &[says("13108", 0, "CCAS"), leaves[0].clone(), leaves[1].clone()]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.figures.len(), met.supply_of("13108").len()), (2, 1));
    assert_eq!(met.figures[&at("13108", 2024)].is.height(), Some(0), "zero is known");
    assert!(nadines.conflicts().is_empty());
}

#[test]
fn the_same_figure_written_twice_keeps_each_number_with_its_own_source() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[says("13004", 120, "INSEE")]);
    writes(&mut basiles, &[says("13004", 132, "la mairie")]);
    meet(&mut nadines, &mut basiles);
    let [conflict] = &nadines.conflicts()[..] else { panic!("one conflict: {:?}", nadines.conflicts()) };
    let mut versions: Vec<(i64, String)> = Vec::new();
    for value in &conflict.values {
        let Some(DiagnosisChange::Figure(_, Some((_, figure)))) = DiagnosisChange::at(&conflict.field, value) else {
            panic!("a figure: {value}")
        };
        versions.push((figure.is.height().unwrap(), figure.source));
    }
    versions.sort();
    assert_eq!(versions, [(12_000, "INSEE".into()), (13_200, "la mairie".into())]);
    let keep = DiagnosisChange::at(&conflict.field, &conflict.values[1]).unwrap();
    writes(&mut nadines, &[keep]);
    meet(&mut nadines, &mut basiles);
    assert!(basiles.conflicts().is_empty());
}

#[test]
fn an_indicator_and_a_commune_taken_away_while_a_figure_is_written_are_there_again() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    let tarascon = place("13108", "Tarascon").id;
    writes(
        &mut nadines,
        &[
            DiagnosisChange::Remove(DiagnosisLines::Indicators, ALONE),
            DiagnosisChange::Remove(DiagnosisLines::Places, tarascon),
        ],
    );
    assert!(read(&nadines).indicators.is_empty());
    writes(&mut basiles, &[says("13108", 3, "CCAS")]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.indicators.len(), met.place("13108").map(DiagnosedPlace::name)), (1, Some("Tarascon")));
    // Once nothing is known any more, they go again.
    writes(&mut nadines, &[DiagnosisChange::Figure(at("13108", 2024).line(), None)]);
    let met = meet(&mut nadines, &mut basiles);
    assert!(met.indicators.is_empty() && met.place("13108").is_none());
}

#[test]
fn two_who_add_the_same_commune_add_it_once() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    let fontvieille = place("13038", "Fontvieille");
    let adds = DiagnosisChange::Place(fontvieille.id, fontvieille.place.clone());
    writes(&mut nadines, std::slice::from_ref(&adds));
    writes(&mut basiles, &[adds]);
    assert_eq!(meet(&mut nadines, &mut basiles).places.len(), 3);
    assert!(nadines.conflicts().is_empty(), "they wrote the same");
}

#[test]
fn a_fact_that_was_taken_away_is_there_again_with_the_words_that_are_written_in_it() {
    let mut nadines = begun(&of_the_hills());
    let fact = SupplyFact { place: "13004".into(), ..SupplyFact::empty(LineId([4; 16])) };
    let place = DiagnosisChange::Supply(fact.id, SupplyField::Place, fact.place);
    writes(&mut nadines, &[place, DiagnosisChange::Remove(DiagnosisLines::Supply, fact.id)]);
    assert!(read(&nadines).supply.is_empty());
    writes(&mut nadines, &[DiagnosisChange::Supply(fact.id, SupplyField::Note, "revient en mai".into())]);
    assert_eq!(read(&nadines).supply[0].note, "revient en mai");
}

/// As whoever undoes the table that brought a place and an indicator leaves them: every field of theirs is gone.
#[test]
fn what_was_written_of_a_place_whose_table_was_undone_is_shown_by_its_key() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    let tarascon = place("13108", "Tarascon").id;
    writes(
        &mut nadines,
        &[
            DiagnosisChange::Place(tarascon, None),
            DiagnosisChange::Indicator(ALONE, IndicatorField::Name, String::new()),
        ],
    );
    let leaves = DiagnosisChange::Supply(LineId([4; 16]), SupplyField::Place, "13108".into());
    writes(&mut basiles, &[leaves, says("13108", 3, "CCAS")]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.place("13108").map(DiagnosedPlace::name), Some("13108"), "nobody says its name any more");
    assert_eq!((met.supply_of("13108").len(), met.figures.len(), met.indicators.len()), (1, 1, 1));
    // Whoever says again which it is has the whole of it.
    writes(&mut basiles, &[DiagnosisChange::Place(tarascon, place("13108", "Tarascon").place)]);
    assert_eq!(meet(&mut nadines, &mut basiles).place("13108").map(DiagnosedPlace::name), Some("Tarascon"));
}

fn any_diagnosis() -> impl Strategy<Value = Diagnosis> {
    let lines = || proptest::collection::btree_map(1..6_u8, ("[a-zé ]{0,4}", 0..3_u32), 0..4);
    (lines(), lines()).prop_map(|(first, second)| {
        let mut diagnosis = of_the_hills();
        for (n, (words, number)) in first {
            let key = format!("1300{n}");
            if diagnosis.place(&key).is_none() {
                diagnosis.places.push(place(&key, &words));
            }
            diagnosis
                .figures
                .insert(at(&key, 2024), Figure { source: words, ..Figure::number(Hundredths::whole(number)) });
        }
        for (n, (words, number)) in second {
            let (count, note) = (Some(number), format!("n{words}"));
            diagnosis.supply.push(SupplyFact { count, note, ..SupplyFact::empty(LineId([n; 16])) });
        }
        diagnosis
    })
}

fn sorted(diagnosis: &Diagnosis) -> Diagnosis {
    let mut diagnosis = diagnosis.clone();
    diagnosis.places.sort_by_key(|line| line.id);
    diagnosis.supply.sort_by_key(|line| line.id);
    diagnosis
}

proptest! {
    /// Whatever a diagnosis becomes, it reads back as it was written.
    #[test]
    fn a_diagnosis_reads_back_as_it_was_written(before in any_diagnosis(), after in any_diagnosis()) {
        let mut document = begun(&before);
        let changes = read(&document).changes_to(&after);
        writes(&mut document, &changes);
        prop_assert_eq!(sorted(&read(&document)), sorted(&after));
    }

    /// Two devices that meet end with the same diagnosis and the same questions, whatever each wrote.
    #[test]
    fn two_devices_end_with_the_same(start in any_diagnosis(), one in any_diagnosis(), other in any_diagnosis()) {
        let mut nadines = begun(&start);
        let mut basiles = on(BASILE, &mut nadines);
        let before = read(&nadines);
        writes(&mut nadines, &before.changes_to(&one));
        writes(&mut basiles, &before.changes_to(&other));
        let met = meet(&mut nadines, &mut basiles);
        // No figure is shown nowhere: what it is of is there.
        for at in met.figures.keys() {
            prop_assert!(met.place(&at.place).is_some() && met.indicator(at.indicator).is_some());
        }
    }
}

#[test]
fn a_field_of_an_indicator_that_two_wrote_is_shown() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    let name = |text: &str| [DiagnosisChange::Indicator(ALONE, IndicatorField::Name, text.into())];
    writes(&mut nadines, &name("Seuls"));
    writes(&mut basiles, &name("Seules"));
    meet(&mut nadines, &mut basiles);
    assert_eq!(nadines.conflicts().len(), 1);
}
