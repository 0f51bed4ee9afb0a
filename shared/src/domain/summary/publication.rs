//! What is published: figures that are told, and places where none is. There is no third thing.
//!
//! A figure that is not told holds nothing: not the number, nor why it is kept back. "Fewer than five" would be untrue of
//! a figure that is kept back for another's sake, and where it is true it helps who subtracts: of two months with eight
//! persons between them, each of fewer than five, both have four.

use serde::{Deserialize, Serialize};

use super::grid::{Detail, Table};
use super::period::Period;
use crate::domain::disclosure::Threshold;

/// A number that is told, or none. Only [`super::publish`] makes one from what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure(Option<u32>);

impl Figure {
    /// A figure that is kept back.
    pub const UNTOLD: Figure = Figure(None);

    pub(super) fn told(number: u32) -> Self {
        Figure(Some(number))
    }

    /// The number, where it is told. Untold is not zero: it may be fewer than the threshold, zero included, or kept back
    /// so that another figure cannot be recomputed.
    pub fn number(self) -> Option<u32> {
        self.0
    }
}

/// A line of a detail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Which one; [`crate::domain::disclosure::OTHER`] for those that are put together.
    pub row: String,
    /// How many acts.
    pub acts: Figure,
}

/// How the total of a table divides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailSummary {
    /// By what.
    pub detail: Detail,
    /// The lines that are told, in the order of the grid, the others last. Empty where nothing is distinguished.
    pub lines: Vec<Line>,
    /// The lines of the grid that are put with the others, in the order of the grid.
    pub gathered: Vec<String>,
}

/// What is said of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSummary {
    /// Which one.
    pub table: Table,
    /// How many acts.
    pub acts: Figure,
    /// How many distinct persons: of a year only, and of the total only. Persons do not add up, so each more such number
    /// would be a difference that nothing protects (how many came in the year and not in January).
    pub persons: Figure,
    /// How the acts divide.
    pub details: Vec<DetailSummary>,
}

/// What is published of a period. Once published it does not change; a correction is another one, of a later version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Of when.
    pub period: Period,
    /// 1, and one more for each correction.
    pub version: u32,
    /// The threshold that was in force.
    pub threshold: Threshold,
    /// The tables that the grid has at this level, in its order.
    pub tables: Vec<TableSummary>,
}

impl Publication {
    /// What it says of a table.
    pub fn table(&self, table: Table) -> Option<&TableSummary> {
        self.tables.iter().find(|summary| summary.table == table)
    }

    /// What it says of a detail.
    pub fn detail(&self, detail: Detail) -> Option<&DetailSummary> {
        self.table(detail.table())?.details.iter().find(|summary| summary.detail == detail)
    }

    /// The figure of a line; untold where the line is put with others.
    pub fn line(&self, detail: Detail, row: &str) -> Figure {
        let lines = self.detail(detail).map_or(&[][..], |summary| &summary.lines);
        lines.iter().find(|line| line.row == row).map_or(Figure::UNTOLD, |line| line.acts)
    }
}

/// What was last published of a period.
pub fn latest(published: &[Publication], period: Period) -> Option<&Publication> {
    published.iter().filter(|publication| publication.period == period).max_by_key(|publication| publication.version)
}

/// Whether the total of a table was told for a period, in any version.
pub(super) fn was_told(published: &[Publication], table: Table, period: Period) -> bool {
    let of_period = published.iter().filter(|publication| publication.period == period);
    of_period.filter_map(|publication| publication.table(table)).any(|summary| summary.acts.number().is_some())
}
