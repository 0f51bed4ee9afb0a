//! A procedure written, published and begun on two devices at once: nothing is lost, two versions of one number are two, and
//! an episode says for ever what it was begun with.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use chrono::NaiveDate;
use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::procedure;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::ids::{FollowUpId, LineId, ProcedureId, ProcedureRunId};
use maillon_shared::domain::procedure::{
    PlannedStep, Procedure, ProcedureChange, ProcedureField, ProcedureRun, ProcedureStep, ProcedureVersion, StepChange,
    StepField, Validation,
};
use maillon_shared::domain::time::{Instant, PartialDate};
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn step(n: u8, what: &str) -> ProcedureStep {
    ProcedureStep { what: what.into(), ..ProcedureStep::empty(line(n)) }
}

fn homecoming() -> Procedure {
    let mut procedure = Procedure::empty(ProcedureId([9; 16]));
    procedure.draft.title = "Retour d’hospitalisation".into();
    procedure.draft.steps = vec![step(1, "Appeler le service"), step(2, "Passer voir")];
    procedure
}

fn begun(begins: &Procedure) -> Document {
    let header = Header::new(begins.id.into(), Kind::Procedure, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    procedure::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[ProcedureChange]) {
    changes.iter().for_each(|change| procedure::write(document, change).unwrap());
    document.commit(MORNING);
}

fn publishes(document: &mut Document, id: u8, by: &str) -> ProcedureVersion {
    let held = read(document);
    let version = ProcedureVersion {
        id: line(id),
        number: held.next_number(),
        on: day("2026-06-12"),
        by: by.into(),
        changed: "l’ordre".into(),
        says: held.draft,
    };
    procedure::publish(document, &version).unwrap();
    document.commit(MORNING);
    version
}

fn read(document: &Document) -> Procedure {
    let oddities = Cell::new(0);
    let procedure = procedure::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    procedure
}

/// Both take in what the other wrote; the procedure, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> Procedure {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    assert_eq!(one.conflicts(), other.conflicts(), "both are asked the same");
    read(one)
}

#[test]
fn two_who_write_one_procedure_both_keep_their_words() {
    let mut nadines = begun(&homecoming());
    let mut basiles = on(BASILE, &mut nadines);
    let before = read(&nadines);
    let (mut one, mut other) = (before.clone(), before.clone());
    one.draft.steps[0].how = "au standard".into();
    one.draft.steps.insert(0, step(3, "Noter qui prévient"));
    other.draft.steps[0].after = Some(1);
    other.draft.validations.push(Validation { who: "la MSP".into(), on: PartialDate::parse("2026-05"), id: line(4) });
    writes(&mut nadines, &before.changes_to(&one));
    writes(&mut basiles, &before.changes_to(&other));
    let met = meet(&mut nadines, &mut basiles);
    let steps: Vec<_> = met.draft.steps.iter().map(|step| step.what.as_str()).collect();
    assert_eq!(steps, ["Noter qui prévient", "Appeler le service", "Passer voir"]);
    assert_eq!((met.draft.steps[1].how.as_str(), met.draft.steps[1].after), ("au standard", Some(1)));
    assert_eq!(met.draft.validations, other.draft.validations);
    assert!(nadines.conflicts().is_empty());
}

#[test]
fn what_two_wrote_at_once_is_shown_and_a_step_that_someone_writes_in_comes_back() {
    let mut nadines = begun(&homecoming());
    let mut basiles = on(BASILE, &mut nadines);
    let say = |text: &str| ProcedureChange::Text(ProcedureField::Title, text.into());
    writes(&mut nadines, &[say("Rentrer"), ProcedureChange::Step(StepChange::Remove(line(2)))]);
    let how = StepChange::Text(line(2), StepField::How, "avec la fille".into());
    writes(&mut basiles, &[say("Revenir"), ProcedureChange::Step(how.clone())]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(nadines.conflicts().len(), 1, "the title");
    assert_eq!((met.draft.steps.len(), met.draft.steps[1].how.as_str()), (2, "avec la fille"), "words nobody knew of");
    writes(&mut nadines, &[ProcedureChange::Step(StepChange::Remove(line(2)))]);
    assert_eq!(meet(&mut nadines, &mut basiles).draft.steps.len(), 1, "taken away with all that was known of it");
    writes(&mut basiles, &[ProcedureChange::Step(how)]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.draft.steps.len(), met.draft.steps[1].how.as_str()), (2, "avec la fille"));
}

#[test]
fn two_who_publish_at_once_make_two_versions_of_one_number() {
    let mut nadines = begun(&homecoming());
    publishes(&mut nadines, 20, "Nadine");
    let mut basiles = on(BASILE, &mut nadines);
    writes(&mut nadines, &[ProcedureChange::Step(StepChange::Text(line(3), StepField::What, "Rappeler".into()))]);
    writes(&mut basiles, &[ProcedureChange::Step(StepChange::After(line(1), Some(0)))]);
    let hers = publishes(&mut nadines, 21, "Nadine");
    let his = publishes(&mut basiles, 22, "Basile");
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((hers.number, his.number), (2, 2));
    assert_eq!(met.versions.len(), 3);
    assert_eq!(met.current().cloned().collect::<Vec<_>>(), [hers, his], "told apart by who published each");
    assert!(met.has_draft(), "what both wrote stands to be published");
    assert_eq!((met.draft.steps.len(), met.draft.steps[0].after), (3, Some(0)));
    let third = publishes(&mut basiles, 23, "Basile");
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((third.number, met.current().count(), met.has_draft()), (3, 1, false));
}

#[derive(Clone, Debug)]
enum Does {
    Writes(u8, String),
    Moves(u8, u16),
    Removes(u8),
    Publishes,
    Meets,
}

fn does() -> impl Strategy<Value = (bool, Does)> {
    let what = prop_oneof![
        (1..5u8, "[a-c]{0,3}").prop_map(|(n, text)| Does::Writes(n, text)),
        (1..5u8, 0..4u16).prop_map(|(n, at)| Does::Moves(n, at)),
        (1..5u8).prop_map(Does::Removes),
        Just(Does::Publishes),
        Just(Does::Meets),
    ];
    (any::<bool>(), what)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_published_later_an_episode_says_what_it_was_begun_with(
        story in proptest::collection::vec(does(), 1..16),
    ) {
        let mut nadines = begun(&homecoming());
        let used = publishes(&mut nadines, 20, "Nadine");
        let mut basiles = on(BASILE, &mut nadines);
        let run = ProcedureRun {
            id: ProcedureRunId([30; 16]),
            procedure: ProcedureId([9; 16]),
            used: used.clone(),
            person: None,
            began_on: day("2026-06-12"),
            words: "le retour".into(),
            planned: vec![PlannedStep { step: line(1), follow_up: FollowUpId([31; 16]) }],
        };
        let header = Header::new(run.id.into(), Kind::ProcedureRun, None, 0);
        let mut episode = Document::new(header, NADINE).unwrap();
        procedure::begin(&mut episode, &run).unwrap();
        episode.commit(MORNING);
        let mut published = vec![used.clone()];
        for ((is_basile, what), n) in story.into_iter().zip(40..) {
            let document = if is_basile { &mut basiles } else { &mut nadines };
            match what {
                Does::Writes(n, text) => {
                    writes(document, &[ProcedureChange::Step(StepChange::Text(line(n), StepField::What, text))]);
                }
                Does::Moves(n, at) => writes(document, &[ProcedureChange::Step(StepChange::Order(line(n), at))]),
                Does::Removes(n) => writes(document, &[ProcedureChange::Step(StepChange::Remove(line(n)))]),
                Does::Publishes => published.push(publishes(document, n, "quelqu’un")),
                Does::Meets => drop(meet(&mut nadines, &mut basiles)),
            }
        }
        let met = meet(&mut nadines, &mut basiles);
        let mut episodes = on(BASILE, &mut episode);
        let oddities = Cell::new(0);
        prop_assert_eq!(procedure::read_run(&episodes, &oddities), Some(run));
        prop_assert_eq!(met.version(used.id), Some(&used), "nor does the version itself change");
        prop_assert_eq!(met.versions.len(), published.len());
        for version in &published {
            prop_assert_eq!(met.version(version.id), Some(version));
        }
        episodes.commit(MORNING);
    }
}
