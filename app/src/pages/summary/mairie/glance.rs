//! What a period says, in a few totals, as a text. Like the paper it is made of what is told, and computes nothing.

use std::fmt::Write as _;

use maillon_shared::domain::summary::compare;
use maillon_shared::domain::summary::grid::Table;
use maillon_shared::domain::summary::publication::{Publication, TableSummary};

use super::super::paper::{change_words, paragraph};
use super::super::words::{number, table_words};
use crate::pages::liaison::escaped;
use crate::words::mairie as w;

/// What is read first: who was met, what was asked, what changed, what is missing; then the rest of the grid.
const IN_ORDER: [Table; 10] = [
    Table::Contacts,
    Table::Requests,
    Table::Changes,
    Table::Missing,
    Table::Events,
    Table::Reception,
    Table::CampaignCalls,
    Table::Meetings,
    Table::Alerts,
    Table::Partners,
];
/// How many are a glance.
const MOST: usize = 6;

/// The totals that are told, each beside that of the year before where both are.
pub fn totals(of: &Publication, published: &[Publication]) -> String {
    let told = IN_ORDER.into_iter().filter_map(|table| {
        let summary = of.table(table)?;
        summary.acts.number().filter(|total| *total > 0).map(|total| (summary, total))
    });
    let items: String = told.take(MOST).map(|(summary, total)| item(of, published, summary, total)).collect();
    if items.is_empty() {
        return paragraph("detail", w::none_told());
    }
    format!("<ul class=\"totals\">\n{items}</ul>\n")
}

fn item(of: &Publication, published: &[Publication], summary: &TableSummary, total: u32) -> String {
    let mut html = format!("<li><strong>{}</strong>", escaped(&number(total)));
    let mut line = |class: &str, words: &str| {
        let _ = write!(html, "<span class=\"{class}\">{}</span>", escaped(words));
    };
    line("what", table_words(summary.table));
    if let Some(persons) = summary.persons.number().filter(|_| summary.table == Table::Contacts) {
        line("detail", &w::persons(persons, number(persons)));
    }
    if let Some(change) = compare::with_the_year_before(published, summary.table, of.period) {
        line("detail", &change_words(change));
    }
    html + "</li>\n"
}

#[cfg(test)]
mod tests {
    use super::super::super::paper::tests::year;
    use super::*;

    #[test]
    fn a_total_stands_beside_that_of_the_year_before() {
        let published = [year(2025, 20), year(2026, 30)];
        let html = totals(&published[1], &published);
        assert_eq!(html.matches("<li>").count(), 1, "{html}");
        assert!(html.contains("<strong>30</strong>"), "{html}");
        let change = compare::with_the_year_before(&published, Table::Contacts, published[1].period);
        assert!(html.contains(&change.map(change_words).unwrap_or_default()), "{html}");
        assert!(html.contains(&w::persons(30, 30)), "{html}");
    }

    #[test]
    fn what_is_kept_back_is_in_no_glance() {
        let published = [year(2026, 3)];
        assert_eq!(totals(&published[0], &published), paragraph("detail", w::none_told()));
    }
}
