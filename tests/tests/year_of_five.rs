//! A year of five coordinators who have no server, no leader and bad lines: they write apart, meet two by two when they can,
//! lose a file on the way, have the power cut, and one goes away for half a year. In the end everyone reads the same, what
//! two wrote at once is shown and can be undone, and no word that anyone wrote is lost.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::collective::{CommonTarget, EventFile};
use maillon_shared::api::exchanges::{ExchangeAnswer, RecordTarget};
use maillon_shared::api::programme::ProgrammeFile;
use maillon_shared::api::responses::Conflict;
use maillon_shared::api::roadmap::RoadmapFile;
use maillon_shared::domain::collective::ProjectStage;
use maillon_shared::domain::event::{Event, EventChange, EventField, EventKind, EventState};
use maillon_shared::domain::ids::{DocId, EventId, ProgrammeId, RoadmapId};
use maillon_shared::domain::programme::{
    ActionState, AmountField, AnnualProgramme, Axis, AxisField, Cents, Funding, ItemField, ProgrammeChange,
    ProgrammeField, ProgrammeLines,
};
use maillon_shared::domain::roadmap::{
    Framework, FrameworkHeading, Line as _, Roadmap, RoadmapAction, RoadmapChange, RoadmapLines,
};
use maillon_shared::domain::time::PartialDate;

use crate::in_common::*;

const YEAR: ProgrammeId = ProgrammeId([130; 16]);
const FORUM: EventId = EventId([131; 16]);
const AGEING: LineId = LineId([132; 16]);
const ARS: LineId = LineId([133; 16]);
const ROADMAP: RoadmapId = RoadmapId([134; 16]);
const WALK: LineId = LineId([135; 16]);
const ACI: LineId = LineId([136; 16]);
const PREVENTION: LineId = LineId([137; 16]);
const NAMES: [&str; 5] = [NADINE, CLAIRE, BERNARD, "Yvonne Tarrasquel", "Lucien Maussanvel"];
/// Whoever began the group: it does without her from here on.
const LEAVES_IN: u32 = 6;

/// Draws, the same each time for one seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        // Splitmix: enough to vary a story, and the same on every machine.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut drawn = self.0;
        drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((drawn ^ (drawn >> 31)) % n as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// The five, their group, and what each of them wrote.
struct Five {
    devices: Vec<Device>,
    group: GroupId,
    chance: Chance,
    /// Who wrote, in which document, and which words: none may be lost.
    said: Vec<(usize, DocId, String)>,
    /// So many lines were drawn.
    lines: u8,
    /// Files that never arrived, and devices that went out in the middle.
    lost: u32,
    cuts: u32,
}

/// What everyone must read alike.
#[derive(Debug, PartialEq)]
struct Shown {
    programme: AnnualProgramme,
    project: CollectiveProject,
    event: Event,
    roadmap: Roadmap,
    conflicts: [Vec<Conflict>; 4],
}

fn collective(device: &mut Device, asked: CollectiveRead) -> CollectiveAnswer {
    match device.asks(Request::ReadCollective(asked)) {
        Response::Collective(answer) => *answer,
        _ => panic!("something collective"),
    }
}

fn programme(device: &mut Device) -> ProgrammeFile {
    match collective(device, CollectiveRead::Programme(YEAR)) {
        CollectiveAnswer::Programme(file) => *file,
        _ => panic!("a programme"),
    }
}

fn event(device: &mut Device) -> EventFile {
    match collective(device, CollectiveRead::Event(FORUM)) {
        CollectiveAnswer::Event(file) => *file,
        _ => panic!("an event"),
    }
}

fn roadmap(device: &mut Device) -> RoadmapFile {
    match collective(device, CollectiveRead::Roadmap(ROADMAP)) {
        CollectiveAnswer::Roadmap(file) => *file,
        _ => panic!("a roadmap"),
    }
}

fn shown(device: &mut Device) -> Shown {
    let (programme, project, event) = (programme(device), project(device, WALKS), event(device));
    let roadmap = roadmap(device);
    // Of two values that differ, each device may show either first; which there are is the same.
    let sorted = |mut conflicts: Vec<Conflict>| {
        conflicts.iter_mut().for_each(|conflict| conflict.values.sort());
        conflicts.sort_by(|one, other| one.field.cmp(&other.field));
        conflicts
    };
    Shown {
        programme: programme.programme,
        project: project.project,
        event: event.event,
        roadmap: roadmap.roadmap,
        conflicts: [programme.conflicts, project.conflicts, event.conflicts, roadmap.conflicts].map(sorted),
    }
}

fn writes(write: CollectiveWrite) -> Request {
    Request::WriteCollective(Box::new(write))
}

fn of_year(change: ProgrammeChange) -> Request {
    writes(CollectiveWrite::EditProgramme { id: YEAR, changes: vec![change], draft: None })
}

fn of_forum(change: EventChange) -> Request {
    writes(CollectiveWrite::EditEvent { id: FORUM, changes: vec![change], draft: None })
}

fn of_roadmap(change: RoadmapChange) -> Request {
    writes(CollectiveWrite::EditRoadmap { id: ROADMAP, changes: vec![change], draft: None })
}

/// An action for one funder, as the roadmap begins.
fn roadmap_of_the_hills() -> Roadmap {
    let mut begun = Roadmap::empty(ROADMAP);
    begun.about.title = "Feuille de route des collines".into();
    begun.frameworks.push(Framework { name: "ACI".into(), ..Framework::empty(ACI) });
    begun.headings.push(FrameworkHeading { framework: Some(ACI), ..FrameworkHeading::empty(PREVENTION) });
    let (title, headings) = ("Marcher le jeudi".into(), [PREVENTION].into());
    begun.actions.push(RoadmapAction { title, headings, planned: Some(Cents(300_000)), ..RoadmapAction::empty(WALK) });
    begun
}

impl Five {
    /// Nadine asks the four others, and begins the year, a project and a forum.
    fn begin(seed: u64) -> Five {
        let mut devices: Vec<Device> =
            NAMES.iter().enumerate().map(|(n, name)| coordinator(seed * 10 + n as u64, name)).collect();
        let (nadine, others) = devices.split_first_mut().unwrap();
        for other in others.iter_mut() {
            befriends(nadine, other);
        }
        let neighbours = groups(nadine).neighbours.into_iter().map(|(id, _)| id).collect();
        let name = "Le collectif des collines".into();
        let found =
            GroupRequest::Found { name, aim: "Une année ensemble".into(), neighbours, words: None, draft: None };
        let group = founds(nadine, found);
        for (other, name) in others.iter_mut().zip(&NAMES[1..]) {
            let to = member(nadine, group, name).devices[0].id;
            takes(other, &made_for(nadine, to));
            other.asks(of_groups(GroupRequest::Accept(group)));
            meet_as(group, (other, name), (nadine, NADINE));
        }
        let mut year = AnnualProgramme::empty(YEAR, 2026);
        year.title = "Programmation des collines".into();
        year.axes.push(Axis { title: "Bien vieillir".into(), ..Axis::empty(AGEING) });
        year.funding.push(Funding { source: "ARS".into(), ..Funding::empty(ARS) });
        let begins = CollectiveWrite::CreateProgramme { programme: Box::new(year), group: Some(group), draft: None };
        nadine.does(writes(begins)).unwrap();
        writes_own(nadine);
        nadine.does(shares(group)).unwrap();
        let mut forum = Event::empty(FORUM, EventKind::Forum);
        forum.title = "Rencontre des collines".into();
        let plans = CollectiveWrite::CreateEvent { event: Box::new(forum), group: Some(group), draft: None };
        nadine.does(writes(plans)).unwrap();
        let roadmap = Box::new(roadmap_of_the_hills());
        nadine.does(writes(CollectiveWrite::CreateRoadmap { roadmap, group: Some(group), draft: None })).unwrap();
        for (other, name) in others.iter_mut().zip(&NAMES[1..]) {
            meet_as(group, (nadine, NADINE), (other, name));
        }
        Five { devices, group, chance: Chance(seed), said: Vec::new(), lines: 140, lost: 0, cuts: 0 }
    }

    fn line(&mut self) -> LineId {
        self.lines += 1;
        LineId([self.lines; 16])
    }

    /// One writes something, wherever it falls.
    fn one_writes(&mut self, who: usize, month: u32) {
        let words = format!("{} écrit {}", NAMES[who], self.said.len());
        let (doc, request, says) = match self.chance.below(17) {
            0 => (YEAR.into(), of_year(ProgrammeChange::Text(ProgrammeField::Aim, words.clone())), true),
            1 => (YEAR.into(), of_year(ProgrammeChange::Axis(AGEING, AxisField::Words, words.clone())), true),
            2 => {
                let line = self.line();
                (YEAR.into(), of_year(ProgrammeChange::What(line, words.clone())), true)
            }
            3 => {
                let amount = Some(Cents(100 * self.chance.below(90_000) as u64));
                let which = [AmountField::Planned, AmountField::Granted, AmountField::Spent][self.chance.below(3)];
                (YEAR.into(), of_year(ProgrammeChange::Amount(ARS, which, amount)), false)
            }
            4 => match self.an_action(who) {
                Some(line) => {
                    let state = ActionState::Dropped(words.clone());
                    (YEAR.into(), of_year(ProgrammeChange::State(line, state)), true)
                }
                None => return,
            },
            5 => match self.an_action(who) {
                Some(line) => {
                    (YEAR.into(), of_year(ProgrammeChange::Item(line, ItemField::Carrier, words.clone())), true)
                }
                None => return,
            },
            6 => match self.an_action(who) {
                Some(line) => (YEAR.into(), of_year(ProgrammeChange::Remove(ProgrammeLines::Items, line)), false),
                None => return,
            },
            7 => (WALKS.into(), says(ProjectField::Aim, &words), true),
            8 => {
                let line = self.line();
                (WALKS.into(), edits(vec![ProjectChange::Step(line, StepField::What, words.clone())]), true)
            }
            9 => {
                let stage = [ProjectStage::Idea, ProjectStage::Building, ProjectStage::UnderWay];
                let stage = stage[self.chance.below(3)].clone();
                (WALKS.into(), edits(vec![ProjectChange::Stage(stage)]), false)
            }
            10 => {
                let line = self.line();
                let change = RoadmapChange::Line(RoadmapLines::Actions, line, "title".into(), words.clone());
                (ROADMAP.into(), of_roadmap(change), true)
            }
            11 => match self.an_action_of_the_roadmap(who) {
                Some(line) => {
                    let change = RoadmapChange::Line(RoadmapLines::Actions, line, "words".into(), words.clone());
                    (ROADMAP.into(), of_roadmap(change), true)
                }
                None => return,
            },
            12 => match self.an_action_of_the_roadmap(who) {
                Some(line) => {
                    let amount = (100 * self.chance.below(90_000)).to_string();
                    let field = ["planned", "committed", "spent"][self.chance.below(3)];
                    let change = RoadmapChange::Line(RoadmapLines::Actions, line, field.into(), amount);
                    (ROADMAP.into(), of_roadmap(change), false)
                }
                None => return,
            },
            13 => match self.an_action_of_the_roadmap(who) {
                Some(line) => {
                    let change = RoadmapChange::Remove(RoadmapLines::Actions, line);
                    (ROADMAP.into(), of_roadmap(change), false)
                }
                None => return,
            },
            14 => {
                let line = self.line();
                let change = RoadmapChange::Line(RoadmapLines::Decisions, line, "text".into(), words.clone());
                (ROADMAP.into(), of_roadmap(change), true)
            }
            15 => (FORUM.into(), of_forum(EventChange::Text(EventField::Theme, words.clone())), true),
            _ => {
                let day = PartialDate::parse(&format!("2026-{month:02}")).unwrap();
                let state = if self.chance.one_in(2) { EventState::Held(day) } else { EventState::Postponed };
                (FORUM.into(), of_forum(EventChange::State(state)), false)
            }
        };
        self.devices[who].does(request);
        if says {
            self.said.push((who, doc, words));
        }
    }

    /// An action that this coordinator sees.
    fn an_action(&mut self, who: usize) -> Option<LineId> {
        let items = programme(&mut self.devices[who]).programme.items;
        (!items.is_empty()).then(|| items[self.chance.below(items.len())].id)
    }

    /// An action of the roadmap that this coordinator sees.
    fn an_action_of_the_roadmap(&mut self, who: usize) -> Option<LineId> {
        let actions = roadmap(&mut self.devices[who]).roadmap.actions;
        (!actions.is_empty()).then(|| actions[self.chance.below(actions.len())].id)
    }

    /// A file from one for another, which arrives.
    fn sends(&mut self, from: usize, to: usize) {
        let key = member(&mut self.devices[from], self.group, NAMES[to]).devices[0].id;
        let file = made_for(&mut self.devices[from], key);
        takes(&mut self.devices[to], &file);
    }

    /// Two of them see each other, or think that they will.
    fn two_meet(&mut self, among: &[usize]) {
        let from = among[self.chance.below(among.len())];
        let to = among[self.chance.below(among.len())];
        if from == to {
            return;
        }
        if self.chance.one_in(4) {
            // The stick stays in a pocket.
            let key = member(&mut self.devices[from], self.group, NAMES[to]).devices[0].id;
            made_for(&mut self.devices[from], key);
            self.lost += 1;
        } else {
            self.sends(from, to);
        }
        if self.chance.one_in(3) {
            self.sends(to, from);
        }
        if self.chance.one_in(5) {
            let out = self.devices.remove(to);
            self.devices.insert(to, out.reopens());
            self.cuts += 1;
        }
    }

    /// Everyone of these meets everyone.
    fn all_meet(&mut self, among: &[usize]) {
        for _ in 0..2 {
            for from in among {
                for to in among.iter().filter(|to| *to != from) {
                    self.sends(*from, *to);
                }
            }
        }
    }

    #[track_caller]
    fn all_read_the_same(&mut self, among: &[usize]) -> Shown {
        let reference = shown(&mut self.devices[among[0]]);
        for who in &among[1..] {
            assert_eq!(shown(&mut self.devices[*who]), reference, "{} and {}", NAMES[*who], NAMES[among[0]]);
        }
        reference
    }

    /// Whatever any of these wrote is still what is shown, or among what two wrote at once, or in what the field was before.
    #[track_caller]
    fn nothing_is_lost(&mut self, who: usize, by: &[usize]) {
        let (device, said) = (&mut self.devices[who], &self.said);
        for doc in [DocId::from(YEAR), WALKS.into(), FORUM.into(), ROADMAP.into()] {
            let Response::History(history) = device.asks(Request::History(doc)) else { panic!("a history") };
            for (_, _, words) in said.iter().filter(|(wrote, of, _)| *of == doc && by.contains(wrote)) {
                let kept = history.iter().any(|was| was.value.contains(words.as_str()));
                assert!(kept, "“{words}” is lost for {}", NAMES[who]);
            }
        }
    }

    fn lives_a_year(&mut self) {
        for month in 1..=12 {
            // Who began it all is not there any more, and nobody takes her place.
            let there: Vec<usize> = if month < LEAVES_IN { (0..5).collect() } else { (1..5).collect() };
            for device in &self.devices {
                device.is_on(NaiveDate::from_ymd_opt(2026, month, 15).unwrap());
            }
            for who in &there {
                for _ in 0..1 + self.chance.below(2) {
                    self.one_writes(*who, month);
                }
            }
            for _ in 0..4 {
                self.two_meet(&there);
            }
        }
    }
}

#[test]
fn a_year_that_five_wrote_apart_is_one_year_for_all() {
    let (mut conflicts, mut lost, mut cuts, mut said) = (0, 0, 0, 0);
    for seed in [7, 8, 9] {
        let mut five = Five::begin(seed);
        five.lives_a_year();
        // The four who stayed agree without her.
        let stayed = [1, 2, 3, 4];
        five.all_meet(&stayed);
        five.all_read_the_same(&stayed);
        five.nothing_is_lost(3, &stayed);
        // She is back after half a year, with what she wrote before she left.
        let everyone = [0, 1, 2, 3, 4];
        five.all_meet(&everyone);
        let read = five.all_read_the_same(&everyone);
        for who in everyone {
            five.nothing_is_lost(who, &everyone);
        }
        conflicts += read.conflicts.iter().map(Vec::len).sum::<usize>();
        (lost, cuts, said) = (lost + five.lost, cuts + five.cuts, said + five.said.len());
        choosing_is_for_everyone_and_can_be_undone(&mut five);
    }
    // A year in which nothing went wrong would prove nothing.
    assert!(conflicts >= 3 && lost >= 9 && cuts >= 5 && said >= 100, "{conflicts} {lost} {cuts} {said}");
}

/// Whoever sees two versions chooses one for all, and may take it back.
#[track_caller]
fn choosing_is_for_everyone_and_can_be_undone(five: &mut Five) {
    let everyone = [0, 1, 2, 3, 4];
    let before = five.all_read_the_same(&everyone);
    let Some(conflict) = before.conflicts[0].first() else { return };
    for device in &mut five.devices {
        let Response::Exchange(answer) = device.asks(Request::Exchange(Box::new(ExchangeRequest::All))) else {
            panic!("all of it")
        };
        let ExchangeAnswer::All(all) = *answer else { panic!("all of it") };
        let there = RecordTarget::Common(CommonTarget::Programme(YEAR));
        assert!(all.two_versions.iter().any(|record| record.to == there), "it is shown where one looks");
    }
    // The other than the one that is shown.
    let conflict =
        programme(&mut five.devices[4]).conflicts.into_iter().find(|one| one.field == conflict.field).unwrap();
    let other = ProgrammeChange::at(&conflict.field, &conflict.values[1]).unwrap();
    let chosen = five.devices[4].does(of_year(other)).unwrap();
    five.all_meet(&everyone);
    let after = five.all_read_the_same(&everyone);
    assert_ne!(after.programme, before.programme);
    assert!(after.conflicts[0].iter().all(|left| left.field != conflict.field), "it is settled for everyone");
    five.devices[4].does(Request::Undo(chosen)).unwrap();
    five.all_meet(&everyone);
    assert_eq!(five.all_read_the_same(&everyone).programme, before.programme, "as it was shown before");
    let Response::History(history) = five.devices[0].asks(Request::History(YEAR.into())) else { panic!("a history") };
    let had = |value: &String| history.iter().any(|was| was.field == conflict.field && was.value == *value);
    assert!(conflict.values.iter().all(had), "neither is lost");
}
