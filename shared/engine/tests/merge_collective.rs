//! Collective projects and fictional situations written on two devices at once: both end with the same one, and nothing
//! is lost.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::{collective, situation};
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::collective::{
    CollectiveProject, Indicator, IndicatorField, PartnerField, ProjectChange, ProjectField, ProjectLines, ProjectNeed,
    ProjectStep, ProjectTick, StepField, ValueField,
};
use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::ids::{CollectiveId, LineId, SituationId};
use maillon_shared::domain::situation::{SecondReading, Situation, SituationChange, SituationField};
use maillon_shared::domain::time::Instant;
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn begun() -> Document {
    let id = CollectiveId([9; 16]);
    let mut document = Document::new(Header::new(id.into(), Kind::CollectiveProject, None, 0), NADINE).unwrap();
    let mut project = CollectiveProject::empty(id);
    project.title = "Marcher ensemble".into();
    project.steps.push(ProjectStep { what: "Premier tour".into(), ..ProjectStep::empty(line(1)) });
    project.indicators.push(Indicator { name: "Marcheurs".into(), ..Indicator::empty(line(2)) });
    collective::create(&mut document, &project).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[ProjectChange]) {
    changes.iter().for_each(|change| collective::write(document, change).unwrap());
    document.commit(MORNING);
}

fn exchange(one: &mut Document, other: &mut Document) {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
}

/// Both take in what the other wrote; the project, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> CollectiveProject {
    exchange(one, other);
    let read = |document: &Document| {
        let oddities = Cell::new(0);
        let read = collective::read(document, &oddities).unwrap();
        assert_eq!(oddities.get(), 0);
        read
    };
    assert_eq!(read(one), read(other));
    read(one)
}

fn need(n: u8, topic: &str) -> ProjectChange {
    ProjectChange::Need(ProjectNeed::new(line(n), topic, PublicCount::of(12, Threshold::FIVE), "2026").unwrap())
}

#[test]
fn two_coordinators_who_fill_the_same_project_offline_both_wrote_it() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    let public = |item: &str, there| ProjectChange::Tick(ProjectTick::Public, item.into(), there);
    writes(
        &mut nadines,
        &[
            ProjectChange::Text(ProjectField::Aim, "Sortir de chez soi".into()),
            public("elders", true),
            need(20, "transport"),
            ProjectChange::Partner(line(10), PartnerField::Name, "Le club de marche".into()),
            ProjectChange::StepDue(line(1), "2026-09-01".parse().ok()),
            ProjectChange::Value(line(30), line(2), ValueField::Amount, "12".into()),
        ],
    );
    writes(
        &mut basiles,
        &[
            ProjectChange::Text(ProjectField::Means, "Un minibus".into()),
            public("carers", true),
            need(21, "isolation"),
            ProjectChange::Partner(line(11), PartnerField::Name, "La pharmacie".into()),
            ProjectChange::Step(line(1), StepField::Owner, "La pharmacie".into()),
            ProjectChange::Indicator(line(2), IndicatorField::Target, "20".into()),
            ProjectChange::Value(line(31), line(2), ValueField::Amount, "14".into()),
        ],
    );
    let project = meet(&mut nadines, &mut basiles);
    assert_eq!((project.aim.as_str(), project.means.as_str()), ("Sortir de chez soi", "Un minibus"));
    let publics: Vec<_> = project.ticked(&ProjectTick::Public).iter().map(String::as_str).collect();
    assert_eq!(publics, ["carers", "elders"]);
    let mut topics: Vec<_> = project.needs.iter().map(ProjectNeed::topic).collect();
    topics.sort_unstable();
    assert_eq!(topics, ["isolation", "transport"]);
    assert_eq!(project.partners.len(), 2);
    let step = &project.steps[0];
    assert_eq!((step.owner.as_str(), step.due), ("La pharmacie", "2026-09-01".parse().ok()), "one line, two fields");
    assert_eq!(project.indicators[0].target, "20");
    assert_eq!(project.values_of(line(2)).len(), 2);
}

#[test]
fn two_titles_are_both_shown_and_a_line_taken_away_while_it_was_written_in_stays_away() {
    let mut nadines = begun();
    let mut basiles = on(BASILE, &mut nadines);
    writes(
        &mut nadines,
        &[
            ProjectChange::Text(ProjectField::Title, "Marcher à deux".into()),
            ProjectChange::Remove(ProjectLines::Steps, line(1)),
        ],
    );
    writes(
        &mut basiles,
        &[
            ProjectChange::Text(ProjectField::Title, "Marcher en semaine".into()),
            ProjectChange::Step(line(1), StepField::What, "Premier tour, à neuf heures".into()),
        ],
    );
    let project = meet(&mut nadines, &mut basiles);
    assert!(project.steps.is_empty());
    let conflicts = nadines.conflicts();
    assert_eq!(conflicts.len(), 1);
    let mut said = conflicts[0].values.clone();
    said.sort();
    assert_eq!(said, ["Marcher en semaine", "Marcher à deux"]);
}

/// A second reading is of a text: what someone wrote elsewhere at that moment was not read.
#[test]
fn what_was_written_elsewhere_while_it_was_read_was_not_read() {
    let id = SituationId([7; 16]);
    let mut nadines = Document::new(Header::new(id.into(), Kind::Situation, None, 0), NADINE).unwrap();
    let mut one = Situation::empty(id);
    (one.title, one.story) = ("Le poêle".into(), "Quelqu’un a froid.".into());
    situation::create(&mut nadines, &one).unwrap();
    nadines.commit(MORNING);
    let mut basiles = on(BASILE, &mut nadines);
    let reading = SecondReading { reader: "Basile".into(), day: "2026-06-12".parse().unwrap(), of: one.fingerprint() };
    situation::read_by(&mut basiles, &reading).unwrap();
    basiles.commit(MORNING);
    let held = |document: &Document| situation::read(document, &Cell::new(0)).unwrap();
    assert!(held(&basiles).is_read());
    let more = SituationChange::Text(SituationField::Story, "Quelqu’un a froid, et personne ne vient.".into());
    situation::write(&mut nadines, &more).unwrap();
    nadines.commit(MORNING);
    exchange(&mut nadines, &mut basiles);
    for document in [&nadines, &basiles] {
        let held = held(document);
        assert!(held.reading.is_some() && !held.is_read());
    }
}

fn change() -> impl Strategy<Value = ProjectChange> {
    let text = || proptest::sample::select(vec!["", "un", "deux", "été 🚲", "مرحبا"]).prop_map(str::to_owned);
    let id = || (1..5_u8).prop_map(line);
    let lines = proptest::sample::select(vec![
        ProjectLines::Needs,
        ProjectLines::Partners,
        ProjectLines::Steps,
        ProjectLines::Indicators,
        ProjectLines::Values,
    ]);
    prop_oneof![
        (proptest::sample::select(ProjectField::ALL), text())
            .prop_map(|(field, text)| ProjectChange::Text(field, text)),
        (id(), proptest::sample::select(StepField::ALL), text())
            .prop_map(|(id, f, text)| ProjectChange::Step(id, f, text)),
        (id(), proptest::sample::select(PartnerField::ALL), text())
            .prop_map(|(id, f, text)| ProjectChange::Partner(id, f, text)),
        (id(), id(), proptest::sample::select(ValueField::ALL), text())
            .prop_map(|(id, of, f, text)| ProjectChange::Value(id, of, f, text)),
        (text(), any::<bool>()).prop_map(|(item, there)| ProjectChange::Tick(ProjectTick::Ottawa, item, there)),
        (lines, id()).prop_map(|(lines, id)| ProjectChange::Remove(lines, id)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever two devices write, they agree once they met; and what only one of them said stands.
    #[test]
    fn two_devices_always_agree(
        nadine in proptest::collection::vec(change(), 0..12), basile in proptest::collection::vec(change(), 0..12),
    ) {
        let mut nadines = begun();
        let mut basiles = on(BASILE, &mut nadines);
        writes(&mut nadines, &nadine);
        writes(&mut basiles, &basile);
        let last = |changes: &[ProjectChange], asked: ProjectField| {
            changes.iter().rev().find_map(|change| match change {
                ProjectChange::Text(field, text) if *field == asked => Some(text.clone()),
                _ => None,
            })
        };
        let project = meet(&mut nadines, &mut basiles);
        for field in ProjectField::ALL {
            match (last(&nadine, *field), last(&basile, *field)) {
                (Some(text), None) | (None, Some(text)) => prop_assert_eq!(project.text(*field), text),
                _ => {}
            }
        }
    }
}
