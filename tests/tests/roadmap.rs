//! The roadmap: axes, objectives, actions and their money, for several funders at once. What nobody knows is not zero, an
//! action counts once in the whole, and several coordinators write in one.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite, CommonTarget};
use maillon_shared::api::exchanges::{ExchangeAnswer, RecordTarget};
use maillon_shared::api::roadmap::{RoadmapFile, Roadmaps};
use maillon_shared::domain::collective::ProjectChange;
use maillon_shared::domain::event::EventCommune;
use maillon_shared::domain::ids::RoadmapId;
use maillon_shared::domain::programme::{ActionState, Cents};
use maillon_shared::domain::roadmap::{
    Body, Framework, FrameworkHeading, Line, Mandate, Objective, Roadmap, RoadmapAction, RoadmapAxis, RoadmapChange,
    RoadmapLines, Standing,
};
use maillon_shared::domain::time::PartialDate;

use crate::in_common::*;

const ROADMAP: RoadmapId = RoadmapId([130; 16]);
const OTHER: RoadmapId = RoadmapId([131; 16]);
const AGEING: LineId = line(132);
const AT_HOME: LineId = line(133);
const WALK: LineId = line(134);
const ACI: LineId = line(135);
const QPV: LineId = line(136);
const PREVENTION: LineId = line(137);
const ACCESS: LineId = line(138);
const BOARD: LineId = line(139);
const SEAT: LineId = line(140);

const fn line(n: u8) -> LineId {
    LineId([n; 16])
}

fn read(device: &mut Device, asked: CollectiveRead) -> CollectiveAnswer {
    match device.asks(Request::ReadCollective(asked)) {
        Response::Collective(answer) => *answer,
        _ => panic!("something collective"),
    }
}

fn all(device: &mut Device) -> Roadmaps {
    match read(device, CollectiveRead::Roadmaps) {
        CollectiveAnswer::Roadmaps(all) => *all,
        _ => panic!("the roadmaps"),
    }
}

#[track_caller]
fn roadmap(device: &mut Device) -> RoadmapFile {
    match read(device, CollectiveRead::Roadmap(ROADMAP)) {
        CollectiveAnswer::Roadmap(file) => *file,
        _ => panic!("a roadmap"),
    }
}

fn writes(write: CollectiveWrite) -> Request {
    Request::WriteCollective(Box::new(write))
}

fn begins(roadmap: &Roadmap, group: Option<GroupId>) -> Request {
    writes(CollectiveWrite::CreateRoadmap { roadmap: Box::new(roadmap.clone()), group, draft: None })
}

fn changes(changes: Vec<RoadmapChange>) -> Request {
    writes(CollectiveWrite::EditRoadmap { id: ROADMAP, changes, draft: None })
}

fn says(lines: RoadmapLines, id: LineId, field: &str, text: &str) -> RoadmapChange {
    RoadmapChange::Line(lines, id, field.into(), text.into())
}

fn about(field: &str, text: &str) -> RoadmapChange {
    RoadmapChange::About(field.into(), text.into())
}

/// A roadmap as it begins: an axis, an objective, an action in two frameworks, a board with one seat.
fn of_the_hills() -> Roadmap {
    let mut roadmap = Roadmap::empty(ROADMAP);
    roadmap.about.title = "Feuille de route des collines".into();
    (roadmap.about.from, roadmap.about.until) = (Some(2025), Some(2028));
    roadmap.axes.push(RoadmapAxis { title: "Bien vieillir".into(), ..RoadmapAxis::empty(AGEING) });
    let title = "Rester chez soi".into();
    roadmap.objectives.push(Objective { title, axis: Some(AGEING), ..Objective::empty(AT_HOME) });
    for (framework, heading, name) in [(ACI, PREVENTION, "ACI"), (QPV, ACCESS, "QPV")] {
        roadmap.frameworks.push(Framework { name: name.into(), ..Framework::empty(framework) });
        let framework = Some(framework);
        roadmap.headings.push(FrameworkHeading { framework, ..FrameworkHeading::empty(heading) });
    }
    roadmap.actions.push(RoadmapAction {
        objective: Some(AT_HOME),
        title: "Marcher le jeudi".into(),
        planned: Some(Cents(300_000)),
        headings: [PREVENTION, ACCESS].into(),
        ..RoadmapAction::empty(WALK)
    });
    roadmap.bodies.push(Body { title: "Comité de pilotage".into(), ..Body::empty(BOARD) });
    let ends = PartialDate::parse("2026-06-30");
    let mandate = Mandate { body: Some(BOARD), who: "La mairie".into(), ends, ..Mandate::empty(SEAT) };
    roadmap.mandates.push(mandate);
    roadmap
}

fn but(change: impl FnOnce(&mut Roadmap)) -> Roadmap {
    let mut roadmap = of_the_hills();
    change(&mut roadmap);
    roadmap
}

// ── One's own ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_roadmap_of_ones_own_is_written_found_and_undone() {
    let mut device = nadine();
    let begun = device.does(begins(&of_the_hills(), None)).unwrap();
    assert_eq!(device.does(begins(&of_the_hills(), None)), None, "asked twice, begun once");
    assert_eq!(device.finds("rester chez soi").len(), 1);
    let given_up = ActionState::Dropped("La salle est fermée".into());
    device.does(changes(vec![says(RoadmapLines::Actions, WALK, "state", &given_up.to_string())])).unwrap();
    let mut device = device.reopens();
    let rows = all(&mut device).rows;
    assert_eq!((rows.len(), rows[0].from, rows[0].axes.len()), (1, Some(2025), 1));
    assert_eq!(roadmap(&mut device).roadmap.actions[0].state, given_up);
    assert_eq!(device.finds("salle est fermée").len(), 1);
    let noted = says(RoadmapLines::Deviations, line(150), "happened", "Personne n’avait de voiture");
    let act = device.does(changes(vec![noted])).unwrap();
    assert_eq!(roadmap(&mut device).roadmap.deviations.len(), 1);
    device.does(Request::Undo(act)).unwrap();
    // What is written in a line whose coming was undone is there.
    let noted = says(RoadmapLines::Deviations, line(150), "reason", "La salle est loin");
    device.does(changes(vec![noted])).unwrap();
    assert_eq!(roadmap(&mut device).roadmap.deviations[0].happened, "Personne n’avait de voiture");
    // It was a mistake after all.
    device.does(changes(vec![RoadmapChange::Withdrawn(true)])).unwrap();
    assert!(all(&mut device).rows.is_empty() && device.finds("rester chez soi").is_empty());
    device.does(changes(vec![RoadmapChange::Withdrawn(false)])).unwrap();
    assert_eq!(device.is_refused(Request::Undo(begun)), Failure::WrittenSince);
}

#[test]
fn an_action_for_two_funders_is_once_in_the_whole_and_what_nobody_knows_is_not_zero() {
    let mut device = nadine();
    let unknown = || RoadmapAction { title: "Recenser les lieux frais".into(), ..RoadmapAction::empty(line(151)) };
    device.does(begins(&but(|roadmap| roadmap.actions.push(unknown())), None)).unwrap();
    let file = roadmap(&mut device.reopens());
    let whole = file.roadmap.money();
    assert_eq!((whole.planned.sum(), whole.planned.not_known), (Some(Cents(300_000)), 1));
    assert_eq!((whole.spent.sum(), whole.spent.not_known), (None, 2));
    for framework in [ACI, QPV] {
        let view = file.roadmap.in_framework(framework);
        assert_eq!((view.totals.planned.sum(), view.actions.len()), (Some(Cents(300_000)), 1));
    }
    assert_eq!(file.roadmap.in_no_framework().count(), 1);
}

#[test]
fn a_mandate_is_in_force_through_its_last_day_and_a_day_later_it_is_not() {
    let mut device = nadine();
    device.does(begins(&of_the_hills(), None)).unwrap();
    let seat = roadmap(&mut device).roadmap.mandates[0].clone();
    let on = |day: &str| seat.standing(day.parse().unwrap());
    assert!(matches!(on("2026-06-30"), Standing::InForce(Some(_))));
    assert!(matches!(on("2026-07-01"), Standing::Ended(_)));
    let due = |day: &str| roadmap(&mut device).roadmap.due_soon(day.parse().unwrap()).len();
    let counts = ["2026-03-29", "2026-03-30", "2026-06-30", "2026-07-01"].map(due);
    assert_eq!(counts, [0, 1, 1, 0], "within three months, and no longer than it holds");
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let mut device = nadine();
    let refused = |device: &mut Device, begun: Roadmap| device.is_refused(begins(&begun, None));
    let nameless = but(|roadmap| roadmap.about.title = " ".into());
    assert_eq!(refused(&mut device, nameless), Failure::Invalid(Invalid::NoName));
    let ancient = but(|roadmap| roadmap.about.from = Some(1789));
    assert_eq!(refused(&mut device, ancient), Failure::Invalid(Invalid::Day));
    let dropped = but(|roadmap| roadmap.actions[0].state = ActionState::Dropped(" ".into()));
    assert_eq!(refused(&mut device, dropped), Failure::Invalid(Invalid::NoReason));
    let tomorrow = but(|roadmap| roadmap.actions[0].state = ActionState::Unknown("asleep".into()));
    assert_eq!(refused(&mut device, tomorrow), Failure::NotUnderstood);
    let rich = but(|roadmap| roadmap.actions[0].spent = Some(Cents(u64::MAX)));
    assert_eq!(refused(&mut device, rich), Failure::NotUnderstood);
    let unknown = but(|roadmap| roadmap.actions[0].who_entry = Some(CLUB));
    assert_eq!(refused(&mut device, unknown), Failure::NotFound);
    let unknown = but(|roadmap| roadmap.actions[0].project = Some(OWN));
    assert_eq!(refused(&mut device, unknown), Failure::NotFound);
    let nowhere = device.is_refused(begins(&of_the_hills(), Some(GroupId([9; 16]))));
    assert_eq!(nowhere, Failure::NotShared(NotShared::NotOfTheGroup));
    assert!(all(&mut device).rows.is_empty());
    device.does(begins(&of_the_hills(), None)).unwrap();
    for change in [
        about("colour", "x"),
        says(RoadmapLines::Actions, WALK, "planned", "mille"),
        says(RoadmapLines::Mandates, SEAT, "ends", "un jour"),
    ] {
        assert_eq!(device.is_refused(changes(vec![change])), Failure::NotUnderstood);
    }
}

// ── A group's ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn two_members_write_one_action_at_once_and_end_with_the_same() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    nadine.does(begins(&of_the_hills(), Some(id))).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert_eq!(group(&mut claire, id).roadmaps, [(ROADMAP, "Feuille de route des collines".to_owned())]);
    let of_walk = |field: &str, text: &str| says(RoadmapLines::Actions, WALK, field, text);
    nadine.does(changes(vec![of_walk("title", "Marcher le lundi"), of_walk("committed", "120000")])).unwrap();
    claire.does(changes(vec![of_walk("title", "Marcher le mardi"), of_walk("state", "running")])).unwrap();
    // One takes the board away before the other writes in it, and the objective at the same moment: what was written is there.
    let gone = [(RoadmapLines::Bodies, BOARD), (RoadmapLines::Objectives, AT_HOME)];
    nadine.does(changes(gone.map(|(lines, id)| RoadmapChange::Remove(lines, id)).into())).unwrap();
    claire.does(changes(vec![says(RoadmapLines::Objectives, AT_HOME, "words", "Le plus longtemps possible")])).unwrap();
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    claire.does(changes(vec![says(RoadmapLines::Bodies, BOARD, "words", "Deux fois par an")])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    meet_as(id, (&mut claire, CLAIRE), (&mut nadine, NADINE));
    let (hers, theirs) = (roadmap(&mut nadine), roadmap(&mut claire));
    assert_eq!((&hers.roadmap, &hers.conflicts), (&theirs.roadmap, &theirs.conflicts));
    let walk = &hers.roadmap.actions[0];
    assert_eq!((walk.committed, &walk.state), (Some(Cents(120_000)), &ActionState::Running));
    assert_eq!(hers.roadmap.bodies[0].words, "Deux fois par an");
    assert_eq!(hers.roadmap.objectives[0].words, "Le plus longtemps possible");
    let two_versions = match claire.asks(Request::Exchange(Box::new(ExchangeRequest::All))) {
        Response::Exchange(answer) => match *answer {
            ExchangeAnswer::All(all) => all.two_versions,
            _ => panic!("all of it"),
        },
        _ => panic!("all of it"),
    };
    assert_eq!(two_versions[0].to, RecordTarget::Common(CommonTarget::Roadmap(ROADMAP)));
    let [conflict] = &hers.conflicts[..] else { panic!("one conflict: {:?}", hers.conflicts) };
    assert_eq!(conflict.field, format!("actions.{WALK}.title"));
    let kept = RoadmapChange::at(&conflict.field, "Marcher le mardi").unwrap();
    nadine.does(changes(vec![kept])).unwrap();
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let file = roadmap(&mut claire);
    assert!(file.conflicts.is_empty());
    assert_eq!(file.roadmap.actions[0].title, "Marcher le mardi");
}

#[test]
fn a_project_that_became_common_is_one_choice_and_one_that_was_a_mistake_says_so() {
    let Three { mut nadine, claire: _, bernard: _, id } = three();
    writes_own(&mut nadine);
    nadine.does(begins(&but(|roadmap| roadmap.actions[0].project = Some(OWN)), None)).unwrap();
    nadine.does(shares(id)).unwrap();
    let file = roadmap(&mut nadine);
    let ids: Vec<_> = file.projects.iter().map(|(id, _)| *id).collect();
    assert_eq!((ids, &file.withdrawn_projects[..]), (vec![OWN], &[][..]));
    let withdrawn = vec![ProjectChange::Withdrawn(true)];
    nadine.does(writes(CollectiveWrite::EditProject { id: WALKS, changes: withdrawn, draft: None })).unwrap();
    assert_eq!(roadmap(&mut nadine).withdrawn_projects, [OWN]);
}

#[test]
fn nobody_who_is_accompanied_is_named_anywhere_in_a_roadmap_of_a_group() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    let named = "Odette Escarvenc";
    let refused = Failure::Invalid(Invalid::NamesSomeone);
    let names = but(|roadmap| roadmap.about.aim = format!("Pour {named}"));
    assert_eq!(nadine.is_refused(begins(&names, Some(id))), refused);
    nadine.does(begins(&of_the_hills(), Some(id))).unwrap();
    let typed = EventCommune { key: "chez odette escarvenc".into(), name: named.into() };
    let mut worded = vec![about("title", named), about("aim", named)];
    let new = line(152);
    for (lines, fields) in [
        (RoadmapLines::Axes, &["title", "words"][..]),
        (RoadmapLines::Objectives, &["title", "words"]),
        (RoadmapLines::Actions, &["title", "words", "who", "to_verify"]),
        (RoadmapLines::Indicators, &["name", "unit"]),
        (RoadmapLines::Values, &["source", "to_verify"]),
        (RoadmapLines::Deviations, &["foreseen", "happened", "reason", "decision"]),
        (RoadmapLines::Frameworks, &["name", "funder", "words", "to_verify"]),
        (RoadmapLines::Headings, &["title"]),
        (RoadmapLines::Bodies, &["title", "words"]),
        (RoadmapLines::Mandates, &["who", "role"]),
        (RoadmapLines::Decisions, &["text", "follow_up"]),
        (RoadmapLines::Partnerships, &["who", "object", "to_verify"]),
    ] {
        worded.extend(fields.iter().map(|field| says(lines, new, field, named)));
    }
    let dropped = ActionState::Dropped(named.into()).to_string();
    worded.push(says(RoadmapLines::Actions, WALK, "state", &dropped));
    worded.push(says(RoadmapLines::Decisions, new, "state", &dropped));
    worded.push(says(RoadmapLines::Actions, WALK, &format!("places.{new}"), &typed.written()));
    for change in worded {
        assert_eq!(nadine.is_refused(changes(vec![change.clone()])), refused, "{change:?}");
    }
    // Whoever is of this directory is said in words: nobody else has it. A project of one's own is nobody else's either.
    let club = CLUB.to_string();
    nadine.does(changes(vec![says(RoadmapLines::Actions, WALK, "who_entry", &club)])).unwrap();
    nadine.does(changes(vec![says(RoadmapLines::Partnerships, new, "who_entry", &club)])).unwrap();
    let own = says(RoadmapLines::Actions, WALK, "project", &OWN.to_string());
    assert_eq!(nadine.is_refused(changes(vec![own])), Failure::Invalid(Invalid::OfAnotherGroup));
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    let file = roadmap(&mut claire);
    assert_eq!(file.who(file.roadmap.actions[0].who_entry, &file.roadmap.actions[0].who), "Club des Alpilles");
    assert_eq!(file.roadmap.partnerships[0].who, "Club des Alpilles");
    // On one's own notebook one writes what one wants.
    let own = but(|roadmap| (roadmap.id, roadmap.about.aim) = (OTHER, named.into()));
    nadine.does(begins(&own, None)).unwrap();
    // Whoever leaves reads it as it was, and writes in it no more.
    claire.asks(of_groups(GroupRequest::Leave(id)));
    let gone = changes(vec![RoadmapChange::Remove(RoadmapLines::Axes, AGEING)]);
    assert_eq!(claire.is_refused(gone), Failure::NotShared(NotShared::NotOfTheGroup));
    assert!(!roadmap(&mut claire).may_write);
}
