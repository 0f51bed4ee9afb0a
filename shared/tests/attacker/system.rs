//! The linear system of all that was published of a table in a year, and what it tells of a cell.
//!
//! An unknown is how many acts the finest cell has: a month, a line of a detail, and whether a correction took it away,
//! added it or left it. Every figure that was told is an equation, every detail divides the same months, and no unknown
//! is less than zero, or than what the attacker knows to be their own. Periods of two years have no cell in common.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::domain::disclosure::OTHER;
use maillon_shared::domain::summary::fact::{Fact, FactId, Someone};
use maillon_shared::domain::summary::grid::{Detail, Rows, Table};
use maillon_shared::domain::summary::period::{Month, Period};
use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};

use crate::story::Story;

/// Where a fact stands between corrections of its month (there is one at most).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Kept,
    Removed,
    Added,
}

/// A finest cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub detail: Option<Detail>,
    pub row: &'static str,
    pub month: Month,
    pub state: State,
}

/// A figure that was told: the sum of some cells.
pub struct Told {
    pub period: Period,
    /// Which lines of which detail; none for the total.
    pub lines: Option<(Detail, Vec<&'static str>)>,
    pub acts: u32,
    /// How many corrections there had been.
    pub corrections: usize,
}

/// A correction that changed a table. The attacker knows whether it only added, or only took away.
#[derive(Clone, Debug)]
pub struct Change {
    pub month: Month,
    /// Which correction it was.
    pub number: usize,
    /// What it took away.
    pub removed: Vec<Fact>,
    /// What it added.
    pub added: Vec<Fact>,
}

impl Change {
    fn states(&self) -> Vec<State> {
        let sides = [(State::Removed, &self.removed), (State::Added, &self.added)];
        let some = sides.into_iter().filter(|(_, facts)| !facts.is_empty()).map(|(state, _)| state);
        std::iter::once(State::Kept).chain(some).collect()
    }
}

/// The corrections that changed a table.
pub fn changes(story: &Story, table: Table) -> Vec<Change> {
    let only = |month: Month, number: usize, other: usize| -> Vec<Fact> {
        let of = |books: usize| story.books[books].of_month(month).iter().filter(|fact| fact.table == table);
        of(number).filter(|fact| of(other).all(|there| there.id != fact.id)).cloned().collect()
    };
    let numbered = story.corrected.iter().copied().enumerate();
    let all = numbered.map(|(number, month)| Change {
        month,
        number,
        removed: only(month, number, number + 1),
        added: only(month, number + 1, number),
    });
    all.filter(|change| !change.removed.is_empty() || !change.added.is_empty()).collect()
}

/// All that is known of a table in a year.
pub struct System {
    pub table: Table,
    pub cells: Vec<Cell>,
    equations: Vec<(Vec<usize>, f64)>,
    same_sums: Vec<(Vec<usize>, Vec<usize>)>,
    corrected: Vec<Change>,
    /// How many persons the year had, where it is told.
    persons: Option<f64>,
}

/// The least and the most that a cell can be.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub least: f64,
    pub most: f64,
}

impl Range {
    /// How many whole numbers it holds.
    pub fn values(self) -> f64 {
        (self.most + 1e-6).floor() - (self.least - 1e-6).ceil() + 1.0
    }
}

pub fn rows(detail: Detail) -> Vec<&'static str> {
    match detail.rows() {
        Rows::Closed(rows) => rows.to_vec(),
        Rows::WithOther(rows) => rows.iter().copied().chain([OTHER]).collect(),
        Rows::Professions => Vec::new(),
    }
}

/// What was told of a table in a year.
pub fn told(story: &Story, table: Table, year: Period) -> Vec<Told> {
    let mut all = Vec::new();
    for (publication, corrections) in &story.published {
        if publication.period.year() != year.year() {
            continue;
        }
        let (period, corrections) = (publication.period, *corrections);
        let Some(summary) = publication.table(table) else { continue };
        if let Some(acts) = summary.acts.number() {
            all.push(Told { period, lines: None, acts, corrections });
        }
        for detail in &summary.details {
            for line in &detail.lines {
                let is_in = |row: &&str| {
                    *row == line.row || line.row == OTHER && detail.gathered.iter().any(|gathered| gathered == row)
                };
                let lines: Vec<_> = rows(detail.detail).into_iter().filter(is_in).collect();
                let acts = line.acts.number().expect("a line that is there is told");
                all.push(Told { period, lines: Some((detail.detail, lines)), acts, corrections });
            }
        }
    }
    all
}

/// How many persons a year was said to have.
pub fn told_persons(story: &Story, table: Table, year: Period) -> Option<f64> {
    let of_year = story.published.iter().filter(|(publication, _)| publication.period == year);
    of_year.filter_map(|(publication, _)| publication.table(table)?.persons.number()).map(f64::from).next()
}

impl System {
    /// The system of what is told; the corrections that changed the table are known.
    pub fn of(table: Table, year: Period, told: &[Told], corrected: &[Change], persons: Option<f64>) -> Self {
        let details: Vec<_> = Detail::ALL.iter().copied().filter(|detail| detail.table() == table).collect();
        let lines: Vec<(Option<Detail>, &'static str)> = match &details[..] {
            [] => vec![(None, OTHER)],
            all => all.iter().flat_map(|detail| rows(*detail).into_iter().map(|row| (Some(*detail), row))).collect(),
        };
        let corrected: Vec<_> = corrected.iter().filter(|change| year.holds(change.month)).cloned().collect();
        let mut cells = Vec::new();
        for month in year.months() {
            let change = corrected.iter().find(|change| change.month == month);
            let states = change.map_or_else(|| vec![State::Kept], Change::states);
            for (detail, row) in &lines {
                cells.extend(states.iter().map(|state| Cell { detail: *detail, row, month, state: *state }));
            }
        }
        let same_sums = same_sums(&cells);
        let mut system = System { table, cells, equations: Vec::new(), same_sums, corrected, persons };
        for told in told {
            let sum = system.sum(told.period, told.lines.as_ref(), told.corrections);
            system.equations.push((sum, f64::from(told.acts)));
        }
        system
    }

    /// The cells whose sum a figure is, after so many corrections.
    pub fn sum(&self, period: Period, lines: Option<&(Detail, Vec<&'static str>)>, corrections: usize) -> Vec<usize> {
        let of_lines = |cell: &Cell| match lines {
            Some((detail, rows)) => cell.detail == Some(*detail) && rows.contains(&cell.row),
            None => cell.detail == self.cells[0].detail,
        };
        let of_state = |cell: &Cell| match cell.state {
            State::Kept => true,
            State::Removed => !self.is_corrected(cell.month, corrections),
            State::Added => self.is_corrected(cell.month, corrections),
        };
        let which = self.cells.iter().enumerate();
        which
            .filter(|(_, cell)| period.holds(cell.month) && of_lines(cell) && of_state(cell))
            .map(|(at, _)| at)
            .collect()
    }

    /// The cells of one side of a correction, in a line.
    pub fn side(&self, month: Month, state: State, (detail, row): (Option<Detail>, &str)) -> Vec<usize> {
        let is_it = |cell: &Cell| (cell.month, cell.state, cell.detail, cell.row) == (month, state, detail, row);
        (0..self.cells.len()).filter(|at| is_it(&self.cells[*at])).collect()
    }

    /// Every line of every detail.
    pub fn lines(&self) -> BTreeSet<(Option<Detail>, &'static str)> {
        self.cells.iter().map(|cell| (cell.detail, cell.row)).collect()
    }

    fn is_corrected(&self, month: Month, corrections: usize) -> bool {
        self.corrected.iter().any(|change| change.month == month && change.number < corrections)
    }

    /// What someone knows of themselves: at least so much is in each cell.
    pub fn known_by(&self, story: &Story, who: Someone) -> Vec<f64> {
        let mut own = vec![0.0; self.cells.len()];
        let (first, now) = (&story.books[0], story.now());
        let months: BTreeSet<Month> = self.cells.iter().map(|cell| cell.month).collect();
        for month in months {
            let of_them = |facts: &[Fact]| -> Vec<Fact> {
                facts.iter().filter(|fact| fact.table == self.table && fact.person == Some(who)).cloned().collect()
            };
            // The books that first counted the month, before it could be corrected.
            let was = story.books.iter().find(|books| !books.of_month(month).is_empty()).unwrap_or(first);
            let (was, is) = (of_them(was.of_month(month)), of_them(now.of_month(month)));
            let ids = |facts: &[Fact]| facts.iter().map(|fact| fact.id).collect::<BTreeSet<FactId>>();
            let (before, after) = (ids(&was), ids(&is));
            for fact in was.iter().chain(is.iter().filter(|fact| !before.contains(&fact.id))) {
                let state = match (before.contains(&fact.id), after.contains(&fact.id)) {
                    (true, true) => State::Kept,
                    (true, false) => State::Removed,
                    _ => State::Added,
                };
                for (at, cell) in self.cells.iter().enumerate() {
                    if cell.month == month && cell.state == state && in_cell(fact, cell.detail, cell.row) {
                        own[at] += f64::from(fact.times.get());
                    }
                }
            }
        }
        own
    }

    /// The least and the most that the sum of some cells can be, for whoever knows their own part.
    pub fn acts(&self, target: &[usize], own: &[f64]) -> Range {
        self.range(|direction| {
            let (mut problem, cells) = self.problem(direction, own);
            let sum = problem.add_var(1.0, (0.0, f64::INFINITY));
            problem.add_constraint(sum_of(&cells, target, -1.0, sum), ComparisonOp::Eq, 0.0);
            problem
        })
    }

    /// The same of how many persons are behind them. A person has an act at least; someone of the year is there, or has
    /// an act elsewhere.
    pub fn people(&self, target: &[usize], own: &[f64]) -> Range {
        let detail = self.cells[target[0]].detail;
        let is_elsewhere = |at: &usize| self.cells[*at].detail == detail && !target.contains(at);
        let elsewhere: Vec<usize> = (0..self.cells.len()).filter(is_elsewhere).collect();
        let least = if target.iter().any(|at| own[*at] > 0.0) { 1.0 } else { 0.0 };
        self.range(|direction| {
            let (mut problem, cells) = self.problem(direction, own);
            let who = problem.add_var(1.0, (least, self.persons.unwrap_or(f64::INFINITY)));
            problem.add_constraint(sum_of(&cells, target, -1.0, who), ComparisonOp::Le, 0.0);
            if let Some(persons) = self.persons {
                problem.add_constraint(sum_of(&cells, &elsewhere, 1.0, who), ComparisonOp::Ge, persons);
            }
            problem
        })
    }

    fn range(&self, problem: impl Fn(OptimizationDirection) -> Problem) -> Range {
        let solve = |direction| solved(&problem(direction), direction);
        Range { least: solve(OptimizationDirection::Minimize), most: solve(OptimizationDirection::Maximize) }
    }

    /// All that is known, with nothing aimed at yet.
    fn problem(&self, direction: OptimizationDirection, own: &[f64]) -> (Problem, Vec<Variable>) {
        let mut problem = Problem::new(direction);
        let cells: Vec<_> = own.iter().map(|own| problem.add_var(0.0, (*own, f64::INFINITY))).collect();
        for (sum, acts) in &self.equations {
            let sum: LinearExpr = sum.iter().map(|at| (cells[*at], 1.0)).collect();
            problem.add_constraint(sum, ComparisonOp::Eq, *acts);
        }
        for (one, other) in &self.same_sums {
            let one = one.iter().map(|at| (cells[*at], 1.0));
            let sum: LinearExpr = one.chain(other.iter().map(|at| (cells[*at], -1.0))).collect();
            problem.add_constraint(sum, ComparisonOp::Eq, 0.0);
        }
        (problem, cells)
    }
}

/// The details of a table divide the same acts, month by month and state by state.
fn same_sums(cells: &[Cell]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut by_place: BTreeMap<(Month, State), BTreeMap<Option<Detail>, Vec<usize>>> = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate() {
        by_place.entry((cell.month, cell.state)).or_default().entry(cell.detail).or_default().push(at);
    }
    let mut same = Vec::new();
    for details in by_place.into_values() {
        let details: Vec<_> = details.into_values().collect();
        same.extend(details.windows(2).map(|two| (two[0].clone(), two[1].clone())));
    }
    same
}

/// Some cells, each as often as said, and one unknown more.
fn sum_of(cells: &[Variable], which: &[usize], often: f64, more: Variable) -> LinearExpr {
    which.iter().map(|at| (cells[*at], often)).chain([(more, 1.0)]).collect()
}

/// Whether a fact counts in a line.
pub fn in_cell(fact: &Fact, detail: Option<Detail>, row: &str) -> bool {
    detail.is_none_or(|detail| detail.row_of(fact.rows.get(&detail).map(String::as_str)) == row)
}

fn solved(problem: &Problem, direction: OptimizationDirection) -> f64 {
    match problem.solve() {
        Ok(solution) => solution.into_solution().expect("no limit of time is set").objective(),
        Err(microlp::Error::Unbounded) => match direction {
            OptimizationDirection::Maximize => f64::INFINITY,
            OptimizationDirection::Minimize => f64::NEG_INFINITY,
        },
        Err(error) => panic!("what was published contradicts itself: {error}"),
    }
}
