//! An attacker who has every publication of three years, and who may be one of the people counted.
//!
//! For each cell of the grid that may not be told (fewer distinct persons than the threshold, or one with half of it),
//! whatever was told of it: the least and the most it can be, by two linear programs, for acts and for persons. What is
//! asked: the range holds as many whole numbers as "fewer than five" does, five (eleven with the other threshold), for
//! whoever reads and for whoever knows their own part. `MAILLON_VILLAGES` says how many villages.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stdout, reason = "an attack says what it tried")]

mod careless;
mod chance;
mod story;
mod system;
mod village;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::domain::disclosure::{OTHER, Threshold};
use maillon_shared::domain::summary::fact::{Fact, Someone};
use maillon_shared::domain::summary::grid::{About, Detail, Table};
use maillon_shared::domain::summary::period::{Level, Month, Period};
use maillon_shared::domain::summary::publication::Publication;

use careless::primary_suppression_alone;
use story::{Story, may_not_be_told, rules};
use system::{Change, State, System, Told, changes, in_cell, told, told_persons};
use village::{FIRST_YEAR, Village, YEARS, month};
use worlds::World;

const VILLAGES: u64 = 30;

/// What an attack tried, and what it found.
#[derive(Debug, Default)]
struct Findings {
    cells: usize,
    programs: usize,
    /// How many versions corrections made, and how many tables they left.
    changed: usize,
    left: usize,
    /// The cells that could be told too narrowly, and by whom.
    found: Vec<String>,
}

/// Someone who knows what happened to them, or nobody.
type Attacker = Option<Someone>;

/// Which cells of a table and a year are attacked.
type Cells = fn(Table, Period) -> Vec<(Period, Option<(Detail, &'static str)>)>;

struct Attack<'a> {
    cells: Cells,
    story: &'a Story,
    threshold: Threshold,
    findings: Findings,
}

fn years() -> impl Iterator<Item = Period> {
    (FIRST_YEAR..FIRST_YEAR + YEARS).map(|year| Period::around(month(year, 1), Level::Year))
}

/// The cells that may be published, and the totals of shorter periods than the grid has.
fn of_the_grid(table: Table, year: Period) -> Vec<(Period, Option<(Detail, &'static str)>)> {
    let periods = Level::ALL.into_iter().flat_map(|level| year.divided(level));
    periods.flat_map(|period| std::iter::once((period, None)).chain(lines(table, period.level(), period))).collect()
}

/// Each line of each detail in each month, which nobody ever publishes.
fn finer_than_the_grid(table: Table, year: Period) -> Vec<(Period, Option<(Detail, &'static str)>)> {
    let months: Vec<_> = year.divided(Level::Month).collect();
    let of_level = |level| months.iter().flat_map(move |month| lines(table, level, *month));
    Level::ALL.into_iter().flat_map(of_level).collect()
}

/// The lines of the details that are told at a level, in some period.
fn lines(table: Table, level: Level, period: Period) -> impl Iterator<Item = (Period, Option<(Detail, &'static str)>)> {
    let rows = |detail| system::rows(detail).into_iter().map(move |row| (detail, row));
    table.details(level).flat_map(rows).map(move |line| (period, Some(line)))
}

fn people_tables() -> impl Iterator<Item = Table> {
    Table::ALL.iter().copied().filter(|table| table.about() == About::People)
}

impl Attack<'_> {
    fn year(&mut self, table: Table, year: Period, told: &[Told], persons: Option<f64>) {
        let system = System::of(table, year, told, &changes(self.story, table), persons);
        let of_month = |month: Month| self.story.now().of_month(month).iter().map(move |fact| (month, fact));
        let facts: Vec<(Month, &Fact)> =
            year.months().flat_map(of_month).filter(|(_, fact)| fact.table == table).collect();
        let everyone: Vec<&Fact> = facts.iter().map(|(_, fact)| *fact).collect();
        let corrections = self.story.corrected.len();
        for (period, lines) in (self.cells)(table, year) {
            let (detail, row) = lines.map_or((None, ""), |(detail, row)| (Some(detail), row));
            let is_in = |month: Month, fact: &Fact| period.holds(month) && in_cell(fact, detail, row);
            let behind: Vec<&Fact> =
                facts.iter().filter(|(month, fact)| is_in(*month, fact)).map(|(_, fact)| *fact).collect();
            let lines = lines.map(|(detail, row)| (detail, vec![row]));
            let target = system.sum(period, lines.as_ref(), corrections);
            self.cell(&system, &target, &behind, &everyone, &format!("{} {period:?} {row}", table.code()));
        }
        self.differences(&system, &everyone);
    }

    /// What a correction added or took away, line by line, is as good as a cell.
    fn differences(&mut self, system: &System, facts: &[&Fact]) {
        for Change { month, removed, added, .. } in changes(self.story, system.table) {
            for (state, changed) in [(State::Removed, &removed), (State::Added, &added)] {
                for (detail, row) in system.lines() {
                    let target = system.side(month, state, (detail, row));
                    let behind: Vec<&Fact> = changed.iter().filter(|fact| in_cell(fact, detail, row)).collect();
                    if !target.is_empty() {
                        let name = format!("{} {month:?} {state:?} {row}", system.table.code());
                        self.cell(system, &target, &behind, facts, &name);
                    }
                }
            }
        }
    }

    fn cell(&mut self, system: &System, target: &[usize], behind: &[&Fact], facts: &[&Fact], name: &str) {
        if !may_not_be_told(behind.iter().copied(), self.threshold) {
            return;
        }
        self.findings.cells += 1;
        let inside = [busiest(behind.iter().copied()), busiest(facts.iter().copied())];
        let attackers: BTreeSet<Attacker> = inside.into_iter().chain([None]).collect();
        let mut found = Vec::new();
        for attacker in attackers {
            let own = attacker.map_or_else(|| vec![0.0; system.cells.len()], |who| system.known_by(self.story, who));
            self.findings.programs += 4;
            for (what, range) in [("acts", system.acts(target, &own)), ("persons", system.people(target, &own))] {
                if range.values() < f64::from(self.threshold.get()) {
                    found.push(format!("{what} {range:?} to {attacker:?}"));
                }
            }
        }
        if !found.is_empty() {
            let truth = behind.iter().map(|fact| fact.times.get()).sum::<u32>();
            self.findings.found.push(format!("{name}, in truth {truth} acts: {found:?}"));
        }
    }
}

fn busiest<'a>(facts: impl Iterator<Item = &'a Fact>) -> Attacker {
    let mut acts: BTreeMap<Someone, u32> = BTreeMap::new();
    for fact in facts {
        if let Some(who) = fact.person {
            *acts.entry(who).or_default() += fact.times.get();
        }
    }
    acts.into_iter().max_by_key(|(_, acts)| *acts).map(|(who, _)| who)
}

/// What a publisher is attacked by: what it told of a table in a year, and of how many persons.
type Publisher = fn(&Story, Table, Period, Threshold) -> (Vec<Told>, Option<f64>);

fn maillon(story: &Story, table: Table, year: Period, _: Threshold) -> (Vec<Told>, Option<f64>) {
    (told(story, table, year), told_persons(story, table, year))
}

fn careless(story: &Story, table: Table, year: Period, threshold: Threshold) -> (Vec<Told>, Option<f64>) {
    (primary_suppression_alone(story, table, year, threshold), None)
}

fn attack(seed: u64, threshold: Threshold, publisher: Publisher, cells: Cells) -> Findings {
    let story = Story::of(&Village::random(seed), &rules(threshold), seed);
    attack_of(&story, threshold, publisher, cells)
}

fn attack_of(story: &Story, threshold: Threshold, publisher: Publisher, cells: Cells) -> Findings {
    let findings = Findings { changed: story.changed, left: story.left, ..Findings::default() };
    let mut attack = Attack { cells, story, threshold, findings };
    for year in years() {
        for table in people_tables() {
            let (told, persons) = publisher(story, table, year, threshold);
            attack.year(table, year, &told, persons);
        }
    }
    attack.findings
}

#[test]
fn three_years_of_publications_pin_nobody_down() {
    let villages = std::env::var("MAILLON_VILLAGES").map_or(VILLAGES, |number| number.parse().unwrap());
    let mut all = Findings::default();
    for seed in 0..villages {
        let threshold = if seed % 3 == 2 { Threshold::ELEVEN } else { Threshold::FIVE };
        let findings = attack(seed, threshold, maillon, of_the_grid);
        let first = &findings.found[..findings.found.len().min(6)];
        assert!(first.is_empty(), "village {seed}: {} found, {first:#?}", findings.found.len());
        all.cells += findings.cells;
        all.programs += findings.programs;
        all.changed += findings.changed;
        all.left += findings.left;
    }
    assert!(all.changed > 0 && all.left > 0, "corrections are made, and refused");
    println!("{villages} villages: {all:?}");
}

/// A village that takes the higher threshold, or leaves it, in the middle of a year keeps what the lower one promises.
#[test]
fn nor_does_a_threshold_that_changes_meanwhile() {
    for seed in 0..4 {
        let (five, eleven) = (rules(Threshold::FIVE), rules(Threshold::ELEVEN));
        let (first, then) = if seed % 2 == 0 { (&five, &eleven) } else { (&eleven, &five) };
        let story = Story::of_changing(&Village::random(seed), first, then, seed);
        let findings = attack_of(&story, Threshold::FIVE, maillon, of_the_grid);
        let first = &findings.found[..findings.found.len().min(6)];
        assert!(first.is_empty(), "village {seed}: {} found, {first:#?}", findings.found.len());
    }
}

#[test]
fn nor_can_a_line_be_pinned_down_to_a_month() {
    for seed in 0..2 {
        let findings = attack(seed, Threshold::FIVE, maillon, finer_than_the_grid);
        println!("{} cells, {} linear programs", findings.cells, findings.programs);
        let first = &findings.found[..findings.found.len().min(6)];
        assert!(first.is_empty(), "village {seed}: {} found, {first:#?}", findings.found.len());
    }
}

/// Without secondary suppression the same attacker succeeds: it can.
#[test]
fn primary_suppression_alone_is_undone_by_subtracting() {
    let findings = attack(1, Threshold::FIVE, careless, of_the_grid);
    println!("{} of {} cells, as {:?}", findings.found.len(), findings.cells, findings.found.first());
    assert!(findings.found.len() > findings.cells / 10);
}

/// A summary that says nothing would be safe. What a village of ninety is told must be worth reading.
#[test]
fn a_village_of_ninety_has_something_to_read() {
    for (threshold, least) in [(Threshold::FIVE, [70, 70, 95, 60]), (Threshold::ELEVEN, [28, 42, 95, 30])] {
        let mut told = Counted::new();
        for seed in 0..20 {
            let story = Story::of(&Village::typical(seed), &rules(threshold), seed);
            for (publication, _) in story.published.iter().filter(|(publication, _)| publication.version == 1) {
                count(publication, &mut told);
            }
        }
        let share = |(level, what): (Level, What)| {
            let of = told.iter().filter(|((at, which, _), _)| (*at, *which) == (level, what));
            let (said, all) = of.fold((0, 0), |(said, all), (_, counted)| (said + counted.0, all + counted.1));
            said * 100 / all
        };
        let levels = Level::ALL.map(|level| (level, What::Total)).into_iter().chain([(Level::Year, What::Line)]);
        let shares: Vec<_> = levels.map(share).collect();
        println!("threshold {}: {shares:?} %, {told:#?}", threshold.get());
        assert!(shares.iter().zip(least).all(|(share, least)| *share >= least), "{shares:?}");
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Total,
    Line,
}

/// How many cells of the grid are told, out of how many.
type Counted = BTreeMap<(Level, What, &'static str), (usize, usize)>;

fn count(publication: &Publication, told: &mut Counted) {
    let level = publication.period.level();
    for summary in publication.tables.iter().filter(|summary| summary.table.about() == About::People) {
        let total = told.entry((level, What::Total, summary.table.code())).or_default();
        total.0 += usize::from(summary.acts.number().is_some());
        total.1 += 1;
        for detail in summary.table.details(level) {
            let lines = publication.detail(detail).map_or(&[][..], |detail| &detail.lines);
            let line = told.entry((level, What::Line, detail.code())).or_default();
            line.0 += lines.iter().filter(|line| line.row != OTHER).count();
            line.1 += system::rows(detail).iter().filter(|row| **row != OTHER).count();
        }
    }
}

/// Someone who knows their own acts knows that the cells they are in are not empty: one value less is theirs to know.
#[test]
fn whoever_knows_the_rule_as_well_cannot_tell_the_village_from_others() {
    let villages = std::env::var("MAILLON_VILLAGES").map_or(VILLAGES, |number| number.parse().unwrap()).div_ceil(10);
    let (mut cells, mut few) = (0, Vec::new());
    for seed in 0..villages {
        let threshold = if seed % 3 == 2 { Threshold::ELEVEN } else { Threshold::FIVE };
        let rules = rules(threshold);
        let story = Story::of(&Village::random(seed), &rules, seed);
        let mut chance = chance::Chance::of(seed);
        let year = years().nth(1).unwrap();
        for table in people_tables() {
            let world = World::of(story.now(), table, year);
            for target in world.targets(threshold) {
                cells += 1;
                let enough = threshold.get() as usize;
                let inside = busiest(world.facts.iter().filter(|fact| target.has(fact)));
                for (attacker, enough) in [(None, enough), (inside.or(busiest(world.facts.iter())), enough - 1)] {
                    let values = world.values(target, attacker, &rules, enough, &mut chance);
                    if values < enough {
                        few.push(format!("village {seed}: {} {target:?} to {attacker:?}: {values}", table.code()));
                    }
                }
            }
        }
    }
    assert!(few.is_empty(), "{} of {cells} cells: {few:#?}", few.len());
    println!("{cells} cells, each with enough values");
}
