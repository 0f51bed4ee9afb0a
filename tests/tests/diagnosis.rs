//! The shared diagnosis: figures of communes with their source, what is known of care there, and nobody who is accompanied.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite, CommonTarget};
use maillon_shared::api::diagnosis::{Diagnoses, DiagnosisFile, DiagnosisPart};
use maillon_shared::api::exchanges::{ExchangeAnswer, RecordTarget};
use maillon_shared::domain::diagnosis::{
    DiagnosedPlace, Diagnosis, DiagnosisChange, DiagnosisField, DiagnosisLines, Figure, FigureAt, FigureIs, Hundredths,
    Indicator, IndicatorField, Measure, PlaceField, PlaceKind, SupplyFact, SupplyField, SupplyIs, place_line,
};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{DiagnosisId, ProgrammeId};
use maillon_shared::domain::programme::{AnnualProgramme, PriorityCommune};
use maillon_shared::domain::survey::published::{Percent, PublishedN};
use maillon_shared::domain::time::PartialDate;

use crate::in_common::*;

const HILLS: DiagnosisId = DiagnosisId([130; 16]);
const ALONE: LineId = LineId([131; 16]);
const OVER_75: LineId = LineId([132; 16]);
const LEAVES: LineId = LineId([133; 16]);
const ARLES: &str = "13004";
const TARASCON: &str = "13108";

fn read(device: &mut Device, asked: CollectiveRead) -> CollectiveAnswer {
    match device.asks(Request::ReadCollective(asked)) {
        Response::Collective(answer) => *answer,
        _ => panic!("something collective"),
    }
}

fn all(device: &mut Device) -> Diagnoses {
    match read(device, CollectiveRead::Diagnoses) {
        CollectiveAnswer::Diagnoses(all) => *all,
        _ => panic!("the diagnoses"),
    }
}

#[track_caller]
fn part(device: &mut Device, part: DiagnosisPart) -> DiagnosisFile {
    match read(device, CollectiveRead::Diagnosis(HILLS, part)) {
        CollectiveAnswer::Diagnosis(file) => *file,
        _ => panic!("a diagnosis"),
    }
}

fn sheet(device: &mut Device, place: &str) -> DiagnosisFile {
    part(device, DiagnosisPart::Place(place_line(place)))
}

fn writes(write: CollectiveWrite) -> Request {
    Request::WriteCollective(Box::new(write))
}

fn begins(diagnosis: &Diagnosis, group: Option<GroupId>) -> Request {
    writes(CollectiveWrite::CreateDiagnosis { diagnosis: Box::new(diagnosis.clone()), group, draft: None })
}

fn changes(changes: Vec<DiagnosisChange>) -> Request {
    writes(CollectiveWrite::EditDiagnosis { id: HILLS, changes, draft: None })
}

fn commune(key: &str, name: &str) -> EventCommune {
    EventCommune { key: key.into(), name: name.into() }
}

fn of_the_hills() -> Diagnosis {
    let mut diagnosis = Diagnosis::empty(HILLS);
    diagnosis.title = "Diagnostic des collines".into();
    diagnosis.places.push(DiagnosedPlace::of(commune(TARASCON, "Tarascon")));
    diagnosis.places.push(DiagnosedPlace::of(commune(ARLES, "Arles")));
    diagnosis.places.push(DiagnosedPlace::of(commune("241300417", "Intercommunalité")));
    diagnosis.indicators.push(Indicator { name: "Vivant seuls".into(), ..Indicator::empty(ALONE) });
    diagnosis.indicators.push(Indicator {
        name: "75 ans et plus".into(),
        measure: Measure::Share,
        ..Indicator::empty(OVER_75)
    });
    diagnosis
}

fn says(indicator: LineId, place: &str, year: i32, is: FigureIs) -> DiagnosisChange {
    let at = FigureAt { indicator, year, place: place.into() };
    let (source, to_verify) = ("INSEE".into(), "compté deux fois".into());
    DiagnosisChange::figure(at, Figure { is, on: None, source, to_verify })
}

fn share() -> FigureIs {
    FigureIs::Share(Percent::parse("50").unwrap(), PublishedN::NotPublished)
}

fn number(number: u32) -> FigureIs {
    FigureIs::Number(Hundredths::whole(number))
}

// ── One's own ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_sheet_says_what_is_known_of_a_commune_and_what_nobody_knows_is_not_zero() {
    let mut device = nadine();
    let begun = device.does(begins(&of_the_hills(), None)).unwrap();
    assert_eq!(device.does(begins(&of_the_hills(), None)), None, "asked twice, begun once");
    let share = FigureIs::Share(Percent::parse("12,5").unwrap(), PublishedN::NotPublished);
    let written = device
        .does(changes(vec![
            says(ALONE, ARLES, 2021, number(9_000)),
            says(ALONE, ARLES, 2024, number(0)),
            says(OVER_75, TARASCON, 2024, share.clone()),
        ]))
        .unwrap();
    let mut device = device.reopens();
    let arles = sheet(&mut device, ARLES);
    let years: Vec<_> = arles.diagnosis.years(ALONE, ARLES).map(|(year, figure)| (year, figure.is.clone())).collect();
    assert_eq!(years, [(2021, number(9_000)), (2024, number(0))], "zero is known");
    assert_eq!(arles.diagnosis.last(OVER_75, ARLES), None, "nobody knows, which is not zero");
    assert_eq!(arles.diagnosis.figures.len(), 2, "a sheet holds what is of its commune alone");
    let figure = sheet(&mut device, TARASCON).diagnosis.last(OVER_75, TARASCON).unwrap().1.clone();
    assert_eq!((figure.is, figure.to_verify.as_str()), (share, "compté deux fois"));

    // From one commune to the other, and the number of figures of each indicator.
    let compared = part(&mut device, DiagnosisPart::Indicator(ALONE));
    let rows = compared.diagnosis.compared(ALONE, 2024, PlaceKind::Commune);
    let rows: Vec<_> = rows.iter().map(|(place, figure)| (place.name(), figure.is_some())).collect();
    assert_eq!(rows, [("Arles", true), ("Tarascon", false)], "by name");
    let whole = part(&mut device, DiagnosisPart::Whole);
    assert_eq!((whole.figures_of(ALONE), whole.said_of(TARASCON), whole.diagnosis.figures.len()), (2, 1, 0));
    let row = &all(&mut device).rows[0];
    assert_eq!((row.places, row.figures, row.last_year), (3, 3, Some(2024)));
    assert_eq!(device.finds("compté deux fois").len(), 1);

    device.does(Request::Undo(written)).unwrap();
    assert!(sheet(&mut device, ARLES).diagnosis.figures.is_empty());
    device.does(Request::Undo(begun)).unwrap();
    assert!(all(&mut device).rows.is_empty() && device.finds("collines").is_empty());
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut device = nadine();
    let nameless = Diagnosis { title: " ".into(), ..of_the_hills() };
    assert_eq!(device.is_refused(begins(&nameless, None)), Failure::Invalid(Invalid::NoName));
    device.does(begins(&of_the_hills(), None)).unwrap();
    let mut refused = |change: DiagnosisChange| device.is_refused(changes(vec![change]));
    assert_eq!(refused(says(ALONE, "13999", 2024, number(1))), Failure::NotFound, "of no place");
    assert_eq!(refused(says(ALONE, ARLES, 1789, number(1))), Failure::Invalid(Invalid::Day));
    let share = FigureIs::Share(Percent::parse("50").unwrap(), PublishedN::NotPublished);
    assert_eq!(refused(says(ALONE, ARLES, 2024, share)), Failure::NotUnderstood, "a number is asked");
    let half = FigureIs::Number(Hundredths(50));
    assert_eq!(refused(says(ALONE, ARLES, 2024, half)), Failure::NotUnderstood, "half of someone");
    let named = DiagnosisChange::Supply(LEAVES, SupplyField::Named, "Dr Exemple".into());
    assert_eq!(refused(named), Failure::NotUnderstood, "the directory alone names a professional");
    let elsewhere = DiagnosisChange::Place(LineId([9; 16]), Some(commune(ARLES, "Arles")));
    assert_eq!(refused(elsewhere), Failure::NotUnderstood, "a commune has one line");
}

#[test]
fn an_indicator_or_a_commune_of_which_something_is_known_is_not_taken_away() {
    let mut device = nadine();
    device.does(begins(&of_the_hills(), None)).unwrap();
    device.does(changes(vec![says(ALONE, ARLES, 2024, number(3))])).unwrap();
    let arles = DiagnosedPlace::of(commune(ARLES, "Arles")).id;
    let takes = |lines, id| changes(vec![DiagnosisChange::Remove(lines, id)]);
    let needed = Failure::Invalid(Invalid::NeededItem);
    assert_eq!(device.is_refused(takes(DiagnosisLines::Indicators, ALONE)), needed);
    assert_eq!(device.is_refused(takes(DiagnosisLines::Places, arles)), needed);
    let measures = |measure| changes(vec![DiagnosisChange::Measure(ALONE, measure)]);
    assert_eq!(device.is_refused(measures(Measure::Share)), needed, "a number is no percentage");
    device.does(measures(Measure::Number)).unwrap();
    device.does(takes(DiagnosisLines::Indicators, OVER_75)).unwrap();
    let at = FigureAt { indicator: ALONE, year: 2024, place: ARLES.into() };
    device.does(changes(vec![DiagnosisChange::Figure(at.line(), None)])).unwrap();
    device.does(takes(DiagnosisLines::Places, arles)).unwrap();
    // Who had the form open meanwhile wrote of an indicator that is gone: it is there again, with its name.
    device.does(changes(vec![says(OVER_75, TARASCON, 2024, share())])).unwrap();
    let again = sheet(&mut device, TARASCON).diagnosis;
    assert_eq!(again.indicator(OVER_75).map(|one| one.name.as_str()), Some("75 ans et plus"));
    let at = FigureAt { indicator: OVER_75, year: 2024, place: TARASCON.into() };
    device.does(changes(vec![DiagnosisChange::Figure(at.line(), None)])).unwrap();
    let whole = part(&mut device, DiagnosisPart::Whole);
    assert_eq!((whole.diagnosis.indicators.len(), whole.diagnosis.places.len()), (1, 2));
}

#[test]
fn who_leaves_is_told_with_a_day_and_the_programme_says_where_one_looks_first() {
    let mut device = nadine();
    writes_own(&mut device);
    device.does(begins(&of_the_hills(), None)).unwrap();
    let mut after = of_the_hills();
    after.supply.push(SupplyFact {
        place: TARASCON.into(),
        is: SupplyIs::Leaves,
        profession: "médecin généraliste".into(),
        count: Some(1),
        from: PartialDate::parse("2026-06"),
        entry: Some(CLUB),
        source: "la MSP".into(),
        to_verify: "dit par une seule personne".into(),
        ..SupplyFact::empty(LEAVES)
    });
    device.does(changes(of_the_hills().changes_to(&after))).unwrap();
    let mut programme = AnnualProgramme::empty(ProgrammeId([134; 16]), 2026);
    programme.title = "Programmation".into();
    let first = Some(commune(TARASCON, "Tarascon"));
    programme.communes.push(PriorityCommune {
        commune: first,
        why: "sans médecin".into(),
        ..PriorityCommune::empty(LineId([135; 16]))
    });
    let programme = Box::new(programme);
    device.does(writes(CollectiveWrite::CreateProgramme { programme, group: None, draft: None })).unwrap();
    let file = sheet(&mut device, TARASCON);
    let fact = file.diagnosis.supply_of(TARASCON)[0];
    assert_eq!((fact.from, file.name_of(fact.entry)), (PartialDate::parse("2026-06"), "Club des Alpilles"));
    let first: Vec<_> = file.priorities_of(TARASCON).map(|one| (one.year, one.why.as_str())).collect();
    assert_eq!((first, file.priorities_of(ARLES).count()), (vec![(2026, "sans médecin")], 0));
}

// ── A group's ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn two_members_write_the_same_figure_at_once_and_choose_the_one_with_its_source() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    nadine.does(begins(&of_the_hills(), Some(id))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert_eq!(group(&mut claire, id).diagnoses, [(HILLS, "Diagnostic des collines".into())]);
    nadine.does(changes(vec![says(ALONE, ARLES, 2024, number(120))])).unwrap();
    claire.does(changes(vec![says(ALONE, ARLES, 2024, number(132))])).unwrap();
    claire.does(changes(vec![says(ALONE, TARASCON, 2024, number(7))])).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let (hers, theirs) = (sheet(&mut nadine, ARLES), sheet(&mut claire, ARLES));
    assert_eq!((&hers.diagnosis, &hers.conflicts), (&theirs.diagnosis, &theirs.conflicts));
    let [conflict] = &hers.conflicts[..] else { panic!("one conflict: {:?}", hers.conflicts) };
    assert_eq!(sheet(&mut nadine, TARASCON).diagnosis.figures.len(), 1, "the other figure stays");
    match nadine.asks(Request::Exchange(Box::new(ExchangeRequest::All))) {
        Response::Exchange(answer) => match *answer {
            ExchangeAnswer::All(all) => {
                let there = RecordTarget::Common(CommonTarget::Diagnosis(HILLS));
                assert_eq!(all.two_versions.iter().map(|one| one.to).collect::<Vec<_>>(), [there]);
            }
            _ => panic!("all of it"),
        },
        _ => panic!("all of it"),
    }
    let keep = DiagnosisChange::at(&conflict.field, &conflict.values[1]).unwrap();
    let chosen = nadine.does(changes(vec![keep])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert!(sheet(&mut claire, ARLES).conflicts.is_empty());
    nadine.does(Request::Undo(chosen)).unwrap();
}

#[test]
fn nobody_who_is_accompanied_is_named_anywhere_in_a_diagnosis_of_a_group() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    let named = || "Odette Escarvenc".to_owned();
    let refused = Failure::Invalid(Invalid::NamesSomeone);
    nadine.does(begins(&of_the_hills(), Some(id))).unwrap();
    let typed = DiagnosedPlace::of(commune("chez odette escarvenc", &named()));
    let sourced = |source: String, to_verify: String| {
        let at = FigureAt { indicator: ALONE, year: 2024, place: ARLES.into() };
        DiagnosisChange::figure(at, Figure { source, to_verify, ..Figure::number(Hundredths::whole(1)) })
    };
    for change in [
        DiagnosisChange::Text(DiagnosisField::Title, named()),
        DiagnosisChange::Text(DiagnosisField::About, named()),
        DiagnosisChange::Place(typed.id, typed.place.clone()),
        DiagnosisChange::PlaceText(DiagnosedPlace::of(commune(ARLES, "Arles")).id, PlaceField::Note, named()),
        DiagnosisChange::PlaceText(DiagnosedPlace::of(commune(ARLES, "Arles")).id, PlaceField::Within, named()),
        DiagnosisChange::Indicator(ALONE, IndicatorField::Name, named()),
        DiagnosisChange::Indicator(ALONE, IndicatorField::Unit, named()),
        DiagnosisChange::Indicator(ALONE, IndicatorField::Counts, named()),
        sourced(named(), String::new()),
        sourced(String::new(), named()),
        DiagnosisChange::Supply(LEAVES, SupplyField::Profession, named()),
        DiagnosisChange::Supply(LEAVES, SupplyField::Structure, named()),
        DiagnosisChange::Supply(LEAVES, SupplyField::Named, named()),
        DiagnosisChange::Supply(LEAVES, SupplyField::Source, named()),
        DiagnosisChange::Supply(LEAVES, SupplyField::Note, named()),
        DiagnosisChange::Supply(LEAVES, SupplyField::ToVerify, named()),
    ] {
        assert_eq!(nadine.is_refused(changes(vec![change.clone()])), refused, "{change:?}");
    }
    // Whoever is of this directory is said in words: nobody else has it.
    let leaves = DiagnosisChange::Supply(LEAVES, SupplyField::Place, ARLES.into());
    nadine.does(changes(vec![leaves, DiagnosisChange::SupplyEntry(LEAVES, Some(CLUB))])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let file = sheet(&mut claire, ARLES);
    let fact = file.diagnosis.supply_of(ARLES)[0];
    assert_eq!((fact.entry, fact.named.as_str()), (None, "Club des Alpilles"));
}
