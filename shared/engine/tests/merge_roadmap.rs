//! A roadmap written on two devices at once: both end with the same one, nothing is lost, and what was written twice is shown,
//! to be chosen.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::Cell;

use maillon_engine::journal::document::Actor;
use maillon_engine::journal::records::roadmap;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::{EntryId, LineId, RoadmapId};
use maillon_shared::domain::programme::{ActionState, Cents};
use maillon_shared::domain::roadmap::{
    Body, BodyKind, Deviation, Framework, FrameworkHeading, GovernanceDecision, Indicator, IndicatorValue, Line,
    Mandate, Objective, Partnership, Quantity, Roadmap, RoadmapAction, RoadmapAxis, RoadmapChange, RoadmapLines,
};
use maillon_shared::domain::time::{Instant, PartialDate};
use proptest::prelude::*;

const NADINE: Actor = [0xaa; 16];
const BASILE: Actor = [0xbb; 16];
const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn begun(begins: &Roadmap) -> Document {
    let header = Header::new(begins.id.into(), Kind::Roadmap, None, 0);
    let mut document = Document::new(header, NADINE).unwrap();
    roadmap::create(&mut document, begins).unwrap();
    document.commit(MORNING);
    document
}

fn on(device: Actor, document: &mut Document) -> Document {
    let frame = document.frame_since(&Vec::new());
    Document::load(document.header.clone(), [frame.as_slice()], device).unwrap()
}

fn writes(document: &mut Document, changes: &[RoadmapChange]) {
    changes.iter().for_each(|change| roadmap::write(document, change).unwrap());
    document.commit(MORNING);
}

fn says(lines: RoadmapLines, id: LineId, field: &str, text: &str) -> RoadmapChange {
    RoadmapChange::Line(lines, id, field.into(), text.into())
}

fn read(document: &Document) -> Roadmap {
    let oddities = Cell::new(0);
    let roadmap = roadmap::read(document, &oddities).unwrap();
    assert_eq!(oddities.get(), 0);
    roadmap
}

/// Both take in what the other wrote; the roadmap, which is the same on both.
fn meet(one: &mut Document, other: &mut Document) -> Roadmap {
    let (from_one, from_other) = (one.frame_since(&Vec::new()), other.frame_since(&Vec::new()));
    one.absorb(&from_other).unwrap();
    other.absorb(&from_one).unwrap();
    assert_eq!(read(one), read(other));
    assert_eq!(one.conflicts(), other.conflicts(), "both are asked the same");
    read(one)
}

fn of_the_hills() -> Roadmap {
    let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
    roadmap.about.title = "Feuille de route".into();
    roadmap.axes.push(RoadmapAxis { title: "Bien vieillir".into(), ..RoadmapAxis::empty(line(1)) });
    roadmap.actions.push(RoadmapAction {
        title: "Marcher ensemble".into(),
        headings: [line(4)].into(),
        ..RoadmapAction::empty(line(2))
    });
    roadmap.mandates.push(Mandate { who: "La mairie".into(), ..Mandate::empty(line(3)) });
    roadmap
}

#[test]
fn two_who_tick_and_write_in_one_action_both_keep_it() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    let before = read(&nadines);
    let (mut one, mut other) = (before.clone(), before.clone());
    one.actions[0].headings.insert(line(5));
    one.actions[0].planned = Some(Cents(150_000));
    one.mandates[0].ends = PartialDate::parse("2026-12-31");
    other.actions[0].headings.insert(line(6));
    other.actions[0].headings.remove(&line(4));
    other.actions[0].spent = Some(Cents(0));
    let arles = EventCommune { key: "13004".into(), name: "Arles".into() };
    other.actions[0].places.insert(line(7), arles.clone());
    writes(&mut nadines, &before.changes_to(&one));
    writes(&mut basiles, &before.changes_to(&other));
    let met = meet(&mut nadines, &mut basiles);
    let action = &met.actions[0];
    assert_eq!(action.headings, [line(5), line(6)].into());
    assert_eq!((action.planned, action.committed, action.spent), (Some(Cents(150_000)), None, Some(Cents(0))));
    assert_eq!((action.places.get(&line(7)), met.mandates[0].ends), (Some(&arles), PartialDate::parse("2026-12-31")));
    assert!(nadines.conflicts().is_empty(), "nobody wrote what the other did");
}

#[test]
fn what_two_wrote_at_once_is_shown_and_chosen_whatever_it_is() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    let writing = |title: &str, amount: &str, state: &str, entry: u8, day: &str| {
        [
            RoadmapChange::About("title".into(), title.into()),
            says(RoadmapLines::Actions, line(2), "planned", amount),
            says(RoadmapLines::Actions, line(2), "state", state),
            says(RoadmapLines::Mandates, line(3), "who_entry", &EntryId([entry; 16]).to_string()),
            says(RoadmapLines::Mandates, line(3), "ends", day),
        ]
    };
    writes(&mut nadines, &writing("Une", "100", "running", 7, "2026"));
    writes(&mut basiles, &writing("Autre", "0", "dropped:la pluie", 8, "2027-03-31"));
    meet(&mut nadines, &mut basiles);
    let conflicts = nadines.conflicts();
    assert_eq!(conflicts.len(), 5, "{conflicts:?}");
    for conflict in conflicts {
        let other = conflict.values.last().unwrap();
        let keep = RoadmapChange::at(&conflict.field, other).unwrap();
        assert_eq!(keep.path(), (conflict.field.clone(), other.clone()));
        writes(&mut nadines, &[keep]);
    }
    meet(&mut nadines, &mut basiles);
    assert!(nadines.conflicts().is_empty() && basiles.conflicts().is_empty());
}

#[test]
fn a_line_that_was_taken_away_is_there_again_with_the_words_that_are_written_in_it() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    let gone =
        [RoadmapChange::Remove(RoadmapLines::Actions, line(2)), RoadmapChange::Remove(RoadmapLines::Mandates, line(3))];
    writes(&mut nadines, &gone);
    assert!(meet(&mut nadines, &mut basiles).actions.is_empty());
    // Basile's form was open: what they wrote in a line is not lost, and what they emptied brings no line back.
    writes(
        &mut basiles,
        &[says(RoadmapLines::Actions, line(2), "state", "running"), says(RoadmapLines::Mandates, line(3), "role", "")],
    );
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!((met.actions[0].title.as_str(), &met.actions[0].state), ("Marcher ensemble", &ActionState::Running));
    assert!(met.mandates.is_empty());
    writes(&mut nadines, &gone[..1]);
    assert!(meet(&mut nadines, &mut basiles).actions.is_empty(), "it is taken away again");
}

#[test]
fn a_line_that_one_takes_away_while_another_writes_in_it_is_there_with_the_words() {
    for nadine_removes in [true, false] {
        let mut nadines = begun(&of_the_hills());
        let mut basiles = on(BASILE, &mut nadines);
        let gone = [
            RoadmapChange::Remove(RoadmapLines::Actions, line(2)),
            RoadmapChange::Remove(RoadmapLines::Mandates, line(3)),
        ];
        let words =
            [says(RoadmapLines::Actions, line(2), "planned", "100"), says(RoadmapLines::Mandates, line(3), "who", "")];
        let (remover, writer) =
            if nadine_removes { (&mut nadines, &mut basiles) } else { (&mut basiles, &mut nadines) };
        writes(remover, &gone);
        writes(writer, &words);
        let met = meet(remover, writer);
        assert_eq!(met.actions[0].planned, Some(Cents(100)));
        assert!(met.mandates.is_empty(), "what was emptied brings no line back");
        // It is there: emptying one of its fields does not take it away, and whoever knows all of it can.
        writes(writer, &[says(RoadmapLines::Actions, line(2), "planned", "")]);
        assert_eq!(meet(remover, writer).actions.len(), 1);
        writes(remover, &gone[..1]);
        assert!(meet(remover, writer).actions.is_empty());
    }
}

#[test]
fn a_line_that_one_takes_away_once_more_while_another_writes_in_it_is_there_with_the_words() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    let gone = [RoadmapChange::Remove(RoadmapLines::Actions, line(2))];
    writes(&mut nadines, &gone);
    meet(&mut nadines, &mut basiles);
    writes(&mut nadines, &gone);
    writes(&mut basiles, &[says(RoadmapLines::Actions, line(2), "planned", "100")]);
    let met = meet(&mut nadines, &mut basiles);
    assert_eq!(met.actions.first().map(|action| action.planned), Some(Some(Cents(100))));
}

#[test]
fn a_word_that_loses_against_another_keeps_its_line_too() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    let renamed = |to: &str| [says(RoadmapLines::Actions, line(2), "title", to)];
    writes(&mut nadines, &renamed("Marcher le lundi"));
    writes(&mut nadines, &[RoadmapChange::Remove(RoadmapLines::Actions, line(2))]);
    writes(&mut basiles, &renamed("Marcher le mardi"));
    assert_eq!(meet(&mut nadines, &mut basiles).actions.len(), 1);
    assert_eq!(nadines.conflicts().len(), 1, "both titles are shown");
}

#[test]
fn a_line_that_each_took_away_after_writing_in_it_is_gone() {
    let mut nadines = begun(&of_the_hills());
    let mut basiles = on(BASILE, &mut nadines);
    for (document, field) in [(&mut nadines, "planned"), (&mut basiles, "spent")] {
        writes(document, &[says(RoadmapLines::Actions, line(2), field, "100")]);
        writes(document, &[RoadmapChange::Remove(RoadmapLines::Actions, line(2))]);
    }
    assert!(meet(&mut nadines, &mut basiles).actions.is_empty());
    assert!(!nadines.has_two_versions(), "what each knew is nobody's words");
}

#[test]
fn what_is_written_in_a_line_whose_coming_was_undone_is_there() {
    for at_once in [true, false] {
        let mut nadines = begun(&of_the_hills());
        let before = nadines.heads();
        writes(&mut nadines, &[says(RoadmapLines::Actions, line(8), "title", "Recenser les lieux frais")]);
        let after = nadines.heads();
        let mut basiles = on(BASILE, &mut nadines);
        nadines.undo(&before, &after, false, MORNING).unwrap();
        assert_eq!(read(&nadines).actions.len(), 1);
        if !at_once {
            meet(&mut nadines, &mut basiles);
        }
        writes(&mut basiles, &[says(RoadmapLines::Actions, line(8), "planned", "100")]);
        let met = meet(&mut nadines, &mut basiles);
        let cool = met.actions.iter().find(|action| action.id == line(8)).unwrap();
        assert_eq!((cool.title.as_str(), cool.planned), ("Recenser les lieux frais", Some(Cents(100))));
    }
}

#[test]
fn an_undone_removal_and_an_undone_undoing_say_what_was_there() {
    let mut nadines = begun(&of_the_hills());
    let mut acts = vec![nadines.heads()];
    writes(&mut nadines, &[RoadmapChange::Remove(RoadmapLines::Actions, line(2))]);
    acts.push(nadines.heads());
    nadines.undo(&acts[0], &acts[1], false, MORNING).unwrap();
    assert_eq!(read(&nadines), of_the_hills());
    acts.push(nadines.heads());
    nadines.undo(&acts[1], &acts[2], false, MORNING).unwrap();
    assert!(read(&nadines).actions.is_empty());
}

#[test]
fn a_roadmap_without_a_title_is_there_to_be_given_one() {
    let mut nadines = begun(&of_the_hills());
    writes(&mut nadines, &[RoadmapChange::About("title".into(), String::new())]);
    let nameless = read(&nadines);
    assert_eq!((nameless.about.title.as_str(), nameless.actions.len()), ("", 1));
    let empty = begun(&Roadmap::empty(RoadmapId([9; 16])));
    assert!(roadmap::read(&empty, &Cell::new(0)).is_none(), "it says nothing at all");
}

#[test]
fn an_amount_that_no_form_writes_is_in_no_sum() {
    let mut nadines = begun(&of_the_hills());
    let forged = u64::MAX.to_string();
    writes(&mut nadines, &[says(RoadmapLines::Actions, line(2), "planned", &forged)]);
    let amount = i64::MIN.to_string();
    writes(&mut nadines, &[says(RoadmapLines::Values, line(8), "amount", &amount)]);
    let held = read(&nadines);
    assert_eq!((held.money().planned.sum(), held.values[0].amount), (None, None));
}

#[test]
fn a_value_under_a_name_that_its_field_does_not_have_changes_nothing() {
    let mut nadines = begun(&of_the_hills());
    let forged = [("title.x", "Autre"), ("state.x", "done"), ("planned.x", "5")];
    writes(&mut nadines, &forged.map(|(field, text)| says(RoadmapLines::Actions, line(2), field, text)));
    writes(&mut nadines, &[says(RoadmapLines::Bodies, line(8), "title", "Comité")]);
    writes(&mut nadines, &[says(RoadmapLines::Bodies, line(8), "kind.x", "steering")]);
    let held = read(&nadines);
    assert_eq!(held.actions, of_the_hills().actions);
    assert_eq!(held.bodies[0].kind, BodyKind::NotSaid);
}

#[test]
fn a_field_that_a_newer_version_wrote_stays_where_it_is() {
    let mut nadines = begun(&of_the_hills());
    writes(&mut nadines, &[says(RoadmapLines::Actions, line(2), "colour", "rouge")]);
    assert_eq!(read(&nadines), of_the_hills());
}

fn any_roadmap() -> impl Strategy<Value = Roadmap> {
    let lines = || proptest::collection::btree_map(1..6_u8, ("[a-zé\t ]{0,5}", 0..3_usize), 0..4);
    (lines(), lines(), lines()).prop_map(|(first, second, third)| {
        let mut roadmap = of_the_hills();
        (roadmap.axes, roadmap.actions, roadmap.mandates) = (Vec::new(), Vec::new(), Vec::new());
        let date = |at: usize| [None, PartialDate::parse("2026"), PartialDate::parse("2026-03-31")][at];
        for (n, (words, at)) in first {
            let (id, said) = (line(n), format!("w{words}"));
            roadmap.axes.push(RoadmapAxis { title: said.clone(), ..RoadmapAxis::empty(id) });
            let axis = Some(line(n));
            roadmap.objectives.push(Objective { axis, title: said.clone(), ..Objective::empty(id) });
            let target = (at > 0).then_some(Quantity(-500));
            roadmap.indicators.push(Indicator { name: said.clone(), target, ..Indicator::empty(id) });
            let (on, n) = (date(at), (at == 1).then_some(0));
            roadmap.values.push(IndicatorValue { on, n, source: said.clone(), ..IndicatorValue::empty(id) });
            roadmap.deviations.push(Deviation { on, happened: said, ..Deviation::empty(id) });
        }
        for (n, (words, at)) in second {
            let places = (at == 1).then(|| (line(n), EventCommune { key: "k".into(), name: words.clone() }));
            let state = [ActionState::Planned, ActionState::Done, ActionState::Dropped(words.clone())][at].clone();
            roadmap.actions.push(RoadmapAction {
                title: format!("a{words}"),
                begins: date(at),
                planned: [None, Some(Cents(0)), Some(Cents(7))][at],
                headings: (0..n).map(line).collect(),
                places: places.into_iter().collect(),
                state,
                ..RoadmapAction::empty(line(n))
            });
        }
        for (n, (words, at)) in third {
            let (id, said) = (line(n), format!("g{words}"));
            roadmap.frameworks.push(Framework { name: said.clone(), ..Framework::empty(id) });
            roadmap.headings.push(FrameworkHeading {
                framework: Some(id),
                title: said.clone(),
                ..FrameworkHeading::empty(id)
            });
            let kind = [BodyKind::Steering, BodyKind::WorkingGroup, BodyKind::Unknown("x".into())][at].clone();
            roadmap.bodies.push(Body { title: said.clone(), kind, ..Body::empty(id) });
            roadmap.mandates.push(Mandate { who: said.clone(), ends: date(at), ..Mandate::empty(id) });
            roadmap.decisions.push(GovernanceDecision {
                text: said.clone(),
                due: date(at),
                ..GovernanceDecision::empty(id)
            });
            roadmap.partnerships.push(Partnership { object: said, signed: date(at), ..Partnership::empty(id) });
        }
        roadmap
    })
}

/// Lines in an order that does not depend on who wrote first.
fn sorted(roadmap: &Roadmap) -> Roadmap {
    let mut roadmap = roadmap.clone();
    roadmap.axes.sort_by_key(|line| line.id);
    roadmap.objectives.sort_by_key(|line| line.id);
    roadmap.actions.sort_by_key(|line| line.id);
    roadmap.indicators.sort_by_key(|line| line.id);
    roadmap.values.sort_by_key(|line| line.id);
    roadmap.deviations.sort_by_key(|line| line.id);
    roadmap.frameworks.sort_by_key(|line| line.id);
    roadmap.headings.sort_by_key(|line| line.id);
    roadmap.bodies.sort_by_key(|line| line.id);
    roadmap.mandates.sort_by_key(|line| line.id);
    roadmap.decisions.sort_by_key(|line| line.id);
    roadmap.partnerships.sort_by_key(|line| line.id);
    roadmap
}

/// What one does in a line: writes in a field, empties it, or takes the line away.
#[derive(Clone, Debug)]
enum Does {
    Writes(usize),
    Empties(usize),
    Removes,
}

fn any_deeds() -> impl Strategy<Value = Vec<Does>> {
    let one = prop_oneof![
        3 => (0..3_usize).prop_map(Does::Writes),
        1 => (0..3_usize).prop_map(Does::Empties),
        2 => Just(Does::Removes),
    ];
    proptest::collection::vec(one, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Two write in a line and take it away, and meet twice: while words stand in it that the last who wrote did not take away
    /// themselves, it is there; and it is gone only where somebody took it away.
    #[test]
    fn a_line_is_gone_only_with_what_was_known_of_it(rounds in proptest::collection::vec((any_deeds(), any_deeds()), 1..3)) {
        let mut nadines = begun(&of_the_hills());
        let mut basiles = on(BASILE, &mut nadines);
        let (mut amount, mut was_there) = (0_u64, true);
        for (hers, theirs) in rounds {
            let (mut keeps, mut removes) = (false, !was_there);
            for (document, deeds) in [(&mut nadines, &hers), (&mut basiles, &theirs)] {
                for deed in deeds {
                    let field = |n: usize| ["planned", "committed", "spent"][n];
                    let change = match deed {
                        Does::Writes(n) => {
                            amount += 1;
                            says(RoadmapLines::Actions, line(2), field(*n), &amount.to_string())
                        }
                        Does::Empties(n) => says(RoadmapLines::Actions, line(2), field(*n), ""),
                        Does::Removes => RoadmapChange::Remove(RoadmapLines::Actions, line(2)),
                    };
                    writes(document, &[change]);
                }
                removes |= deeds.iter().any(|deed| matches!(deed, Does::Removes));
                keeps |= matches!(deeds.last(), Some(Does::Writes(_)));
            }
            was_there = !meet(&mut nadines, &mut basiles).actions.is_empty();
            prop_assert!(was_there || (removes && !keeps));
        }
    }

    /// Whatever a roadmap becomes, it reads back as it was written.
    #[test]
    fn a_roadmap_reads_back_as_it_was_written(before in any_roadmap(), after in any_roadmap()) {
        let mut document = begun(&before);
        let changes = read(&document).changes_to(&after);
        writes(&mut document, &changes);
        prop_assert_eq!(sorted(&read(&document)), sorted(&after));
    }

    /// Two devices that meet end with the same roadmap and the same questions, whatever each wrote.
    #[test]
    fn two_devices_end_with_the_same(start in any_roadmap(), one in any_roadmap(), other in any_roadmap()) {
        let mut nadines = begun(&start);
        let mut basiles = on(BASILE, &mut nadines);
        let before = read(&nadines);
        writes(&mut nadines, &before.changes_to(&one));
        writes(&mut basiles, &before.changes_to(&other));
        let met = meet(&mut nadines, &mut basiles);
        let counted: usize = met.actions.len();
        prop_assert!(met.money().planned.known_lines as usize <= counted);
    }
}
