//! Publishers that forget something, so that the attack has something to find.

use maillon_shared::domain::disclosure::Threshold;
use maillon_shared::domain::summary::grid::Table;
use maillon_shared::domain::summary::period::{Level, Period};

use crate::story::{Story, may_not_be_told};
use crate::system::{Told, in_cell, rows};

/// Tells every figure that passes the test by itself, and keeps back the others: primary suppression alone.
pub fn primary_suppression_alone(story: &Story, table: Table, year: Period, threshold: Threshold) -> Vec<Told> {
    let mut all = Vec::new();
    for period in Level::ALL.into_iter().flat_map(|level| year.divided(level)) {
        let totals = std::iter::once(None);
        let details = table.details(period.level());
        let lines = details.flat_map(|detail| rows(detail).into_iter().map(move |row| Some((detail, vec![row]))));
        for lines in totals.chain(lines) {
            let detail = lines.as_ref().map(|(detail, rows)| (*detail, rows[0]));
            let facts = period.months().flat_map(|month| story.now().of_month(month));
            let behind: Vec<_> = facts
                .filter(|fact| {
                    fact.table == table && detail.is_none_or(|(detail, row)| in_cell(fact, Some(detail), row))
                })
                .collect();
            if !may_not_be_told(behind.iter().copied(), threshold) {
                let acts = behind.iter().map(|fact| fact.times.get()).sum();
                all.push(Told { period, lines, acts, corrections: story.corrected.len() });
            }
        }
    }
    all
}
