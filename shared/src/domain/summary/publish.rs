//! What may be told of a period that is closed, given all that was told before.
//!
//! In time: the total of a table is told where what it adds to what is known passes the test. What it adds is the months
//! of which nothing is told yet: those of its own, that whoever subtracts finds together. So that a longer period can
//! still be told, a shorter one needs twice the persons (what is kept back for that lends itself to the next), and one
//! that follows months kept back is kept back with them, until those have twice the persons too.
//!
//! In lines: those that pass are told, the others are put together, and the last of those that passed joins them until
//! they are enough. The order is the grid's: one that followed the counts would tell of them.

use std::collections::BTreeMap;

use super::books::Books;
use super::crowd::Crowd;
use super::fact::Fact;
use super::grid::{About, Detail, Rows, Table};
use super::period::{Level, Month, Period};
use super::publication::{DetailSummary, Figure, Line, Publication, TableSummary, was_told};
use crate::domain::disclosure::{OTHER, Threshold};

/// A profession that fewer people have is not distinguished.
const SMALL_PROFESSION: u32 = 3;

/// What the rule depends on besides the facts, all of it known to everyone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// From how many distinct persons on a figure is told.
    pub threshold: Threshold,
    /// How many people of each profession there are around.
    pub professionals: BTreeMap<String, u32>,
}

impl Rules {
    /// What a part needs.
    pub(super) fn enough(&self) -> u32 {
        self.threshold.get()
    }

    /// What a part needs that others are to be hidden in: a period within a longer one, lines that are put together.
    /// With fewer, whoever knows the rule could tell something by the choices it made.
    pub(super) fn ample(&self) -> u32 {
        self.threshold.get() * 2
    }
}

/// Why nothing can be published, or corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A month of the period is not closed.
    Open,
    /// The period is published: it may only be corrected.
    Published,
    /// Something that ends later, or holds the period, is published: what was not told in its time stays untold.
    TooLate,
    /// The month was corrected before.
    CorrectedBefore,
    /// The correction takes away what the month does not count, or adds what is counted.
    NotInTheBooks,
}

/// What may be told of a period, to be added to what is `published`.
pub fn publish(
    books: &Books,
    published: &[Publication],
    period: Period,
    rules: &Rules,
) -> Result<Publication, Refusal> {
    let months = books.closed_months(period).ok_or(Refusal::Open)?;
    if published.iter().any(|before| before.period == period) {
        return Err(Refusal::Published);
    }
    let later = |before: Period| (before.last(), before.level()) > (period.last(), period.level());
    if published.iter().any(|before| later(before.period)) {
        return Err(Refusal::TooLate);
    }
    let desk = Desk { books, published, rules };
    let of_level = Table::ALL.iter().copied().filter(|table| table.shortest() <= period.level());
    let tables = of_level.map(|table| desk.table(table, period, &months)).collect();
    Ok(Publication { period, version: 1, threshold: rules.threshold, tables })
}

/// Where it is decided what is told.
pub(super) struct Desk<'a> {
    pub(super) books: &'a Books,
    pub(super) published: &'a [Publication],
    pub(super) rules: &'a Rules,
}

impl Desk<'_> {
    pub(super) fn table(&self, table: Table, period: Period, months: &[Month]) -> TableSummary {
        let everyone = self.books.crowd(table, months);
        if table.about() == About::People && !self.may_be_told(table, period, months) {
            return TableSummary { table, acts: Figure::UNTOLD, persons: Figure::UNTOLD, details: Vec::new() };
        }
        let persons = match (table.about(), period.level()) {
            (About::People, Level::Year) if everyone.is_enough(self.rules.enough()) => Figure::told(everyone.persons()),
            _ => Figure::UNTOLD,
        };
        let details = table.details(period.level()).map(|detail| self.detail(detail, months)).collect();
        TableSummary { table, acts: Figure::told(everyone.acts()), persons, details }
    }

    fn may_be_told(&self, table: Table, period: Period, months: &[Month]) -> bool {
        let untold = self.untold(table, period, months);
        if untold.is_empty() {
            // It is the sum of what is told already.
            return true;
        }
        let hides_others = untold.len() == months.len() && period.level() != Level::Year;
        let needed = if hides_others { self.rules.ample() } else { self.rules.enough() };
        self.books.crowd(table, &untold).is_enough(needed)
            && period.larger().all(|larger| self.leaves(table, larger, period))
    }

    /// Whether a longer period can be told when this one is: what was kept back before is ample without it. Enough would
    /// not do: that this one is told would say that what came before is five persons, and what comes after the rest.
    fn leaves(&self, table: Table, larger: Period, period: Period) -> bool {
        let before: Vec<_> = larger.months().filter(|month| *month < period.first()).collect();
        self.untold_is(self.rules.ample(), table, &self.untold(table, larger, &before))
    }

    /// Whether some months of which nothing is told pass the test together, if there are any.
    pub(super) fn untold_is_enough(&self, table: Table, untold: &[Month]) -> bool {
        self.untold_is(self.rules.enough(), table, untold)
    }

    fn untold_is(&self, persons: u32, table: Table, untold: &[Month]) -> bool {
        let known: Vec<_> = untold.iter().copied().filter(|month| *month >= self.books.first()).collect();
        known.is_empty() || self.books.crowd(table, &known).is_enough(persons)
    }

    /// The months, out of these, that no shorter period told, alone or with others.
    pub(super) fn untold(&self, table: Table, period: Period, months: &[Month]) -> Vec<Month> {
        let shorter = |month: Month| {
            Level::ALL
                .into_iter()
                .filter(move |level| *level < period.level())
                .map(move |level| Period::around(month, level))
        };
        let told = |month: Month| shorter(month).any(|shorter| was_told(self.published, table, shorter));
        months.iter().copied().filter(|month| !told(*month)).collect()
    }

    fn detail(&self, detail: Detail, months: &[Month]) -> DetailSummary {
        let mut facts: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
        for fact in self.books.facts(detail.table(), months) {
            facts.entry(self.row(detail, fact)).or_default().push(fact);
        }
        let rows: BTreeMap<&str, Crowd> =
            facts.into_iter().map(|(row, facts)| (row, facts.into_iter().collect())).collect();
        match (detail.rows(), detail.table().about()) {
            (Rows::Professions, _) => professions(detail, &rows, &self.rules.professionals),
            (Rows::Closed(order), About::Nobody) => lines(detail, order, &[], &rows),
            (Rows::WithOther(order), About::Nobody) => lines(detail, order, &[OTHER], &rows),
            (Rows::Closed(order), About::People) => self.people(detail, order, &[], &rows),
            (Rows::WithOther(order), About::People) => self.people(detail, order, &[OTHER], &rows),
        }
    }

    /// The line a fact counts in. A profession that nobody is known to have has none: its name may be anything.
    fn row<'f>(&self, detail: Detail, fact: &'f Fact) -> &'f str {
        let row = detail.row_of(fact.rows.get(&detail).map(String::as_str));
        let is_unknown = detail.rows() == Rows::Professions && !self.rules.professionals.contains_key(row);
        if is_unknown { OTHER } else { row }
    }

    /// The lines of a table about people: those that pass, and the others together.
    fn people(&self, detail: Detail, order: &[&str], others: &[&str], rows: &BTreeMap<&str, Crowd>) -> DetailSummary {
        let together = |some: &[&str]| {
            let crowds = some.iter().filter_map(|row| rows.get(row));
            crowds.fold(Crowd::default(), |all, crowd| all.and(crowd))
        };
        let mut told: Vec<&str> = order.to_vec();
        told.retain(|row| together(&[row]).is_enough(self.rules.enough()));
        let all = || order.iter().chain(others).copied();
        loop {
            let gathered: Vec<&str> = all().filter(|row| !told.contains(row)).collect();
            let is_ample = gathered.is_empty() || together(&gathered).is_enough(self.rules.ample());
            if told.is_empty() {
                return nothing_distinguished(detail, order.iter().copied());
            }
            if is_ample {
                return lines(detail, &told, &gathered, rows);
            }
            told.pop();
        }
    }
}

/// No line at all: they are all together, and the total says how many.
fn nothing_distinguished<'a>(detail: Detail, rows: impl Iterator<Item = &'a str>) -> DetailSummary {
    DetailSummary { detail, lines: Vec::new(), gathered: rows.map(str::to_owned).collect() }
}

/// Some lines as they are, and one for the others.
fn lines(detail: Detail, told: &[&str], gathered: &[&str], rows: &BTreeMap<&str, Crowd>) -> DetailSummary {
    let acts = |row: &str| rows.get(row).map_or(0, Crowd::acts);
    let mut lines: Vec<Line> =
        told.iter().map(|row| Line { row: (*row).to_owned(), acts: Figure::told(acts(row)) }).collect();
    if !gathered.is_empty() {
        let together = gathered.iter().fold(0u32, |sum, row| sum.saturating_add(acts(row)));
        lines.push(Line { row: OTHER.to_owned(), acts: Figure::told(together) });
    }
    let named = gathered.iter().filter(|row| **row != OTHER);
    let gathered = named.map(|row| (*row).to_owned()).collect();
    DetailSummary { detail, lines, gathered }
}

/// A line for each profession that three people have. The others are put together, and they too are three at least.
fn professions(detail: Detail, rows: &BTreeMap<&str, Crowd>, around: &BTreeMap<String, u32>) -> DetailSummary {
    let people = |row: &str| around.get(row).copied().unwrap_or(0);
    let named = || around.keys().map(String::as_str).filter(|row| *row != OTHER);
    let (mut told, mut gathered): (Vec<&str>, Vec<&str>) = named().partition(|row| people(row) >= SMALL_PROFESSION);
    // An item of the list may be called so itself: it is with the others, once.
    gathered.extend((around.contains_key(OTHER) || rows.contains_key(OTHER)).then_some(OTHER));
    while !gathered.is_empty() && gathered.iter().map(|row| people(row)).sum::<u32>() < SMALL_PROFESSION {
        match told.pop() {
            Some(last) => gathered.push(last),
            None => break,
        }
    }
    if told.is_empty() {
        return nothing_distinguished(detail, named());
    }
    lines(detail, &told, &gathered, rows)
}
