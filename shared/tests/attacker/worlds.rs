//! The attacker who knows the rule as well, from its source, and asks of each village that could be: would it have
//! published just this?
//!
//! For a cell that may not be told, other worlds are tried: the same acts, but in other months or in other lines. Those
//! of which the publisher says exactly the same, in every period of the year, cannot be told from the true one. What is
//! asked: between them the cell has as many values as the threshold. This holds for whole numbers, for acts and persons
//! together, and for someone who knows their own acts, which no world moves. A search may miss worlds, never invent one.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maillon_shared::domain::disclosure::{OTHER, Threshold};
use maillon_shared::domain::summary::books::Books;
use maillon_shared::domain::summary::fact::{Fact, FactId, Someone};
use maillon_shared::domain::summary::grid::{Detail, Table};
use maillon_shared::domain::summary::period::{Level, Month, Period};
use maillon_shared::domain::summary::publication::{Publication, latest};
use maillon_shared::domain::summary::publish::{Rules, publish};

use crate::chance::Chance;
use crate::story::{ending_with, may_not_be_told};
use crate::system::{in_cell, rows};

/// How many worlds are tried for a cell.
const TRIES: usize = 4000;

/// The acts of a table in a year, each in its month.
pub struct World {
    pub table: Table,
    pub year: Period,
    pub facts: Vec<Fact>,
}

/// A cell: a total, or a line of a detail.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub period: Period,
    pub line: Option<(Detail, &'static str)>,
}

impl Target {
    pub fn has(self, fact: &Fact) -> bool {
        self.period.holds(Month::of(fact.day)) && self.line.is_none_or(|(detail, row)| in_cell(fact, Some(detail), row))
    }
}

fn first_day(month: Month) -> NaiveDate {
    let (year, month) = month.year_and_month();
    NaiveDate::from_ymd_opt(year, month, 1).expect("a month")
}

impl World {
    /// The world that some books tell of. What was noted late is as good as done late.
    pub fn of(books: &Books, table: Table, year: Period) -> Self {
        let of_month = |month: Month| {
            let facts = books.of_month(month).iter().filter(move |fact| fact.table == table);
            facts.map(move |fact| Fact { day: first_day(month), ..fact.clone() })
        };
        World { table, year, facts: year.months().flat_map(of_month).collect() }
    }

    /// All that is published of it.
    pub fn published(&self, rules: &Rules) -> Vec<Publication> {
        let mut books = Books::starting(self.year.first());
        let mut published = Vec::new();
        for month in self.year.months() {
            books.close(self.facts.iter().filter(|fact| Month::of(fact.day) == month).cloned());
            for period in ending_with(month) {
                let publication = publish(&books, &published, period, rules).expect("closed, and in order");
                published.push(publication);
            }
        }
        published
    }

    /// The cells of the grid that may not be told.
    pub fn targets(&self, threshold: Threshold) -> Vec<Target> {
        let mut targets = Vec::new();
        for period in Level::ALL.into_iter().flat_map(|level| self.year.divided(level)) {
            targets.push(Target { period, line: None });
            for detail in self.table.details(period.level()) {
                targets.extend(rows(detail).into_iter().map(|row| Target { period, line: Some((detail, row)) }));
            }
        }
        targets.retain(|target| may_not_be_told(self.facts.iter().filter(|fact| target.has(fact)), threshold));
        targets
    }

    /// How many values a cell has in worlds of which the same is published, up to `enough`.
    pub fn values(
        &self,
        target: Target,
        own: Option<Someone>,
        rules: &Rules,
        enough: usize,
        chance: &mut Chance,
    ) -> usize {
        let truth = self.published(rules);
        let movable = self.movable(target, own, &truth);
        let places = self.places(target, &truth);
        let is_sum_told = self.told_around(target, &truth).is_some();
        let mut values: BTreeSet<usize> = BTreeSet::new();
        values.insert(self.facts.iter().filter(|fact| target.has(fact)).count());
        let stays = |(at, fact): &(usize, &Fact)| target.has(fact) && !movable.contains(at);
        let own_acts = self.facts.iter().enumerate().filter(stays).count();
        for _ in 0..TRIES {
            if values.len() >= enough || is_sum_told && places.len() < 2 {
                break;
            }
            let facts = if is_sum_told || target.line.is_some() && chance.happens(50) {
                self.other(target, &movable, &places, enough, chance)
            } else {
                // Whoever attacks keeps their own acts in every world: the others' are what there may be more or less of.
                self.more_or_less(target, &movable, own_acts + chance.below(2 * enough), chance)
            };
            let other = World { table: self.table, year: self.year, facts };
            let value = other.facts.iter().filter(|fact| target.has(fact)).count();
            if !values.contains(&value) && other.published(rules) == truth {
                values.insert(value);
            }
        }
        values.len()
    }

    /// The same acts elsewhere: a few more or less in the cell, from and to the places that are kept back with it.
    fn other(
        &self,
        target: Target,
        movable: &[usize],
        places: &[Place],
        enough: usize,
        chance: &mut Chance,
    ) -> Vec<Fact> {
        let mut facts = self.facts.clone();
        let mut moved = movable.to_vec();
        chance.shuffle(&mut moved);
        let inside: Vec<_> = places.iter().filter(|place| place.is_in(target)).collect();
        let outside: Vec<_> = places.iter().filter(|place| !place.is_in(target)).collect();
        let mut there = self.facts.iter().filter(|fact| target.has(fact)).count();
        let wished = if chance.happens(50) {
            chance.below(2 * enough)
        } else {
            (there + chance.below(2 * enough)).saturating_sub(enough)
        };
        let one_place = chance.below(places.len());
        for at in moved {
            let is_there = target.has(&facts[at]);
            let to = match (there > wished, there < wished, is_there) {
                (true, _, true) => &outside,
                (_, true, false) => &inside,
                _ => continue,
            };
            if to.is_empty() {
                continue;
            }
            to[if chance.happens(50) { one_place % to.len() } else { chance.below(to.len()) }].put(&mut facts[at]);
            there = if is_there { there - 1 } else { there + 1 };
        }
        // What else is kept back may be anywhere too.
        let emptied: Vec<_> = places.iter().filter(|_| chance.happens(40)).collect();
        for at in movable {
            let fact = &mut facts[*at];
            if !target.has(fact) && !outside.is_empty() && emptied.iter().any(|place| place.has(fact)) {
                outside[one_place % outside.len()].put(fact);
            }
        }
        facts
    }

    /// Nothing is told of the cell nor of what it is a part of: it may be as small or as large as one likes.
    fn more_or_less(&self, target: Target, movable: &[usize], wished: usize, chance: &mut Chance) -> Vec<Fact> {
        let (in_cell_too, elsewhere_too) = (chance.happens(10), chance.happens(50));
        let stays = |(at, fact): &(usize, &Fact)| {
            !movable.contains(at) || if target.has(fact) { in_cell_too } else { elsewhere_too }
        };
        let all = self.facts.iter().enumerate();
        let mut facts: Vec<Fact> = all.filter(stays).map(|(_, fact)| fact.clone()).collect();
        for stranger in 0..wished.saturating_sub(facts.iter().filter(|fact| target.has(fact)).count()) {
            let mut id = [0xFF; 16];
            id[0] = stranger as u8;
            let rows = target.line.map(|(detail, row)| (detail, row.to_owned())).into_iter().collect();
            let day = first_day(target.period.first());
            let times = std::num::NonZeroU32::MIN;
            facts.push(Fact { id: FactId(id), table: self.table, day, person: Some(Someone(id)), times, rows });
        }
        facts
    }

    /// The period whose total is told and of which the cell is a part that is kept back.
    fn told_around(&self, target: Target, truth: &[Publication]) -> Option<Period> {
        let told = |period: &Period| {
            let table = latest(truth, *period).and_then(|one| one.table(self.table));
            table.is_some_and(|table| table.acts.number().is_some())
        };
        match target.line {
            Some(_) => Some(target.period).filter(told),
            None => std::iter::once(target.period).chain(target.period.larger()).find(told),
        }
    }

    /// Where acts can be without a change of what is told: the months, or the lines, that are kept back together.
    fn places(&self, target: Target, truth: &[Publication]) -> Vec<Place> {
        match target.line {
            Some((detail, _)) => {
                let told = latest(truth, target.period).and_then(|one| one.detail(detail));
                let is_told =
                    |row: &str| told.is_some_and(|told| row != OTHER && told.lines.iter().any(|line| line.row == row));
                rows(detail).into_iter().filter(|row| !is_told(row)).map(|row| Place::Line(detail, row)).collect()
            }
            None => {
                let told = |period: Period| {
                    let table = latest(truth, period).and_then(|one| one.table(self.table));
                    table.is_some_and(|table| table.acts.number().is_some())
                };
                let larger = self.told_around(target, truth).unwrap_or(self.year);
                let shorter = |month: Month| {
                    let around = Level::ALL.into_iter().map(move |level| Period::around(month, level));
                    around.filter(move |period| period.level() < larger.level())
                };
                larger.months().filter(|month| !shorter(*month).any(told)).map(Place::Month).collect()
            }
        }
    }

    fn movable(&self, target: Target, own: Option<Someone>, truth: &[Publication]) -> Vec<usize> {
        let places = self.places(target, truth);
        let is_there = |fact: &Fact| {
            let in_time = target.line.is_none() || target.period.holds(Month::of(fact.day));
            in_time && places.iter().any(|place| place.has(fact))
        };
        let all = self.facts.iter().enumerate();
        let others = all.filter(|(_, fact)| own.is_none() || fact.person != own);
        others.filter(|(_, fact)| is_there(fact)).map(|(at, _)| at).collect()
    }
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Month(Month),
    Line(Detail, &'static str),
}

impl Place {
    fn has(self, fact: &Fact) -> bool {
        match self {
            Place::Month(month) => Month::of(fact.day) == month,
            Place::Line(detail, row) => in_cell(fact, Some(detail), row),
        }
    }

    fn is_in(self, target: Target) -> bool {
        match self {
            Place::Month(month) => target.period.holds(month),
            Place::Line(detail, row) => target.line == Some((detail, row)),
        }
    }

    fn put(self, fact: &mut Fact) {
        match self {
            Place::Month(month) => fact.day = first_day(month),
            Place::Line(detail, row) => {
                fact.rows.insert(detail, row.to_owned());
            }
        }
    }
}
