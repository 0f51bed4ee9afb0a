//! Corrections: another version of what is published, where the difference between the two may be told as well.
//!
//! Whoever has both versions subtracts. So what a correction adds to a total, and what it takes away, must each pass the
//! test of any figure; so must every line; and what was kept back before must still pass. Where a total fails, the table
//! stays as it was, in the books too: what is missing counts later, as if it had been noted late. Where only lines fail,
//! the total alone is corrected. A month is corrected once: three versions make three differences.

use std::collections::BTreeSet;

use super::books::Books;
use super::crowd::Crowd;
use super::fact::{Fact, FactId};
use super::grid::{About, Detail, Rows, Table};
use super::period::{Level, Month, Period};
use super::publication::{DetailSummary, Figure, Line, Publication, TableSummary, latest, was_told};
use super::publish::{Desk, Refusal, Rules};
use crate::domain::disclosure::OTHER;

/// What a closed month should count more, and less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Which month.
    pub month: Month,
    /// What it should count too.
    pub added: Vec<Fact>,
    /// What it should not count.
    pub removed: BTreeSet<FactId>,
}

/// What a correction changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The books from now on.
    pub books: Books,
    /// The new versions, to be added to what is published.
    pub publications: Vec<Publication>,
    /// The tables that stay as they were, for the difference would tell of someone. Not to be published.
    pub left_as_they_were: Vec<Table>,
}

/// What changes between two versions of a table.
struct Difference {
    added: Vec<Fact>,
    removed: Vec<Fact>,
}

impl Difference {
    fn ids(&self) -> BTreeSet<FactId> {
        self.removed.iter().map(|fact| fact.id).collect()
    }

    /// Whether each side of it may be told, there being anything.
    fn may_be_told(&self, rules: &Rules) -> bool {
        let sides = [&self.added, &self.removed].map(|facts| facts.iter().collect::<Crowd>());
        sides.iter().all(|side| side.is_empty() || side.is_enough(rules.enough()))
    }
}

/// Corrects a closed month, and every period that holds it and is published.
pub fn correct(
    books: &Books,
    published: &[Publication],
    correction: &Correction,
    rules: &Rules,
) -> Result<Corrected, Refusal> {
    check(books, correction)?;
    let Correction { month, added, removed } = correction;
    let (mut corrected, mut left, mut changed) = (books.clone(), Vec::new(), Vec::new());
    for table in Table::ALL.iter().copied() {
        let difference = Difference {
            added: added.iter().filter(|fact| fact.table == table).cloned().collect(),
            removed: books.facts(table, &[*month]).filter(|fact| removed.contains(&fact.id)).cloned().collect(),
        };
        if difference.added.is_empty() && difference.removed.is_empty() {
            continue;
        }
        let edited = corrected.edited(*month, &difference.ids(), &difference.added);
        if may_change(&edited, published, table, *month, &difference, rules) {
            corrected = edited;
            changed.push((table, difference));
        } else {
            left.push(table);
        }
    }
    corrected.corrected.insert(*month);
    let periods = Level::ALL.map(|level| Period::around(*month, level));
    let versions = periods.into_iter().filter_map(|period| new_version(&corrected, published, period, &changed, rules));
    Ok(Corrected { publications: versions.collect(), books: corrected, left_as_they_were: left })
}

fn check(books: &Books, correction: &Correction) -> Result<(), Refusal> {
    let month = correction.month;
    if month < books.first() || month >= books.open_month() {
        return Err(Refusal::Open);
    }
    if books.corrected.contains(&month) {
        return Err(Refusal::CorrectedBefore);
    }
    let (counted, here) = (books.counted(), books.of_month(month));
    let mut new = BTreeSet::new();
    let all_new = correction.added.iter().all(|fact| !counted.contains(&fact.id) && new.insert(fact.id));
    let all_here = correction.removed.iter().all(|id| here.iter().any(|fact| fact.id == *id));
    if all_new && all_here { Ok(()) } else { Err(Refusal::NotInTheBooks) }
}

/// Whether a table may change, given its edited books: nothing was told that the month is a part of, or both the
/// difference and what is left may be told.
fn may_change(
    edited: &Books,
    published: &[Publication],
    table: Table,
    month: Month,
    difference: &Difference,
    rules: &Rules,
) -> bool {
    let told = Level::ALL.map(|level| Period::around(month, level));
    let told: Vec<_> = told.into_iter().filter(|period| was_told(published, table, *period)).collect();
    if table.about() == About::Nobody || told.is_empty() {
        return true;
    }
    let desk = Desk { books: edited, published, rules };
    let still_enough = |period: Period| {
        let months = edited.closed_months(period).unwrap_or_default();
        desk.untold_is_enough(table, &desk.untold(table, period, &months)) && desk.untold_is_enough(table, &months)
    };
    difference.may_be_told(rules) && told.into_iter().all(still_enough)
}

/// The new version of a published period; none where it stays as it is.
fn new_version(
    books: &Books,
    published: &[Publication],
    period: Period,
    changed: &[(Table, Difference)],
    rules: &Rules,
) -> Option<Publication> {
    let mut version = latest(published, period)?.clone();
    let before = version.tables.clone();
    let months = books.closed_months(period)?;
    for summary in &mut version.tables {
        let Some((_, difference)) = changed.iter().find(|(table, _)| *table == summary.table) else { continue };
        if summary.acts.number().is_none() {
            continue;
        }
        let desk = Desk { books, published, rules };
        *summary = match summary.table.about() {
            About::Nobody => with_the_same_lines(desk.table(summary.table, period, &months), &desk, summary, &months),
            About::People => corrected_table(&desk, summary, &months, difference),
        };
    }
    version.version += 1;
    version.threshold = rules.threshold;
    (version.tables != before).then_some(version)
}

/// The new total, and those of its details of which every line may change. How many distinct persons is not told again:
/// one more or one less would be one person's.
fn corrected_table(desk: &Desk<'_>, before: &TableSummary, months: &[Month], difference: &Difference) -> TableSummary {
    let details = before.details.iter().filter_map(|detail| corrected_detail(desk, detail, months, difference));
    TableSummary {
        table: before.table,
        acts: Figure::told(desk.books.crowd(before.table, months).acts()),
        persons: Figure::UNTOLD,
        details: details.collect(),
    }
}

/// A table about nobody is told anew; but professions keep the lines that they had: others, of a directory that grew
/// meanwhile, would tell by their difference what one of a few did.
fn with_the_same_lines(
    mut now: TableSummary,
    desk: &Desk<'_>,
    before: &TableSummary,
    months: &[Month],
) -> TableSummary {
    for detail in &mut now.details {
        let told = before.details.iter().find(|told| told.detail == detail.detail);
        let Some(told) = told.filter(|told| told.detail.rows() == Rows::Professions) else { continue };
        let acts = |row: &str| {
            let facts = desk.books.facts(told.detail.table(), months);
            facts.filter(|fact| line_of(told, fact) == row).collect::<Crowd>().acts()
        };
        let lines = told.lines.iter();
        detail.lines = lines.map(|line| Line { row: line.row.clone(), acts: Figure::told(acts(&line.row)) }).collect();
        detail.gathered.clone_from(&told.gathered);
    }
    now
}

fn corrected_detail(
    desk: &Desk<'_>,
    before: &DetailSummary,
    months: &[Month],
    difference: &Difference,
) -> Option<DetailSummary> {
    let enough = desk.rules.enough();
    let mut lines = Vec::new();
    for line in &before.lines {
        let of = |facts: &[Fact]| facts.iter().filter(|fact| line_of(before, fact) == line.row).collect::<Crowd>();
        let (added, removed) = (of(&difference.added), of(&difference.removed));
        // A line that does not change while its total does tells that nobody was in it: zero is too few as well.
        let each_side = (difference.added.is_empty() || added.is_enough(enough))
            && (difference.removed.is_empty() || removed.is_enough(enough));
        let facts = desk.books.facts(before.detail.table(), months);
        let now: Crowd = facts.filter(|fact| line_of(before, fact) == line.row).collect();
        if !each_side || !now.is_enough(enough) {
            return None;
        }
        lines.push(Line { row: line.row.clone(), acts: Figure::told(now.acts()) });
    }
    Some(DetailSummary { detail: before.detail, lines, gathered: before.gathered.clone() })
}

/// The line, out of those that were told, that a fact counts in.
fn line_of<'a>(before: &DetailSummary, fact: &'a Fact) -> &'a str {
    let row = row(before.detail, fact);
    if before.lines.iter().any(|line| line.row == row) { row } else { OTHER }
}

fn row(detail: Detail, fact: &Fact) -> &str {
    detail.row_of(fact.rows.get(&detail).map(String::as_str))
}
