//! Year beside year, as a text: bars of a few tables, and one table that has them all. It is made of what is told, and
//! computes nothing.

use std::fmt::Write as _;

use maillon_shared::domain::summary::compare;
use maillon_shared::domain::summary::grid::Table;
use maillon_shared::domain::summary::period::{Level, Period};
use maillon_shared::domain::summary::publication::{Figure, Publication, latest};

use super::super::bars::{Bar, bars};
use super::super::paper::{cell, column};
use super::super::words::{short_figure, table_words};
use crate::pages::liaison::escaped;
use crate::words::{mairie as w, summary as s};

/// What is drawn: whom one met, what was asked, what changed.
const DRAWN: [Table; 3] = [Table::Contacts, Table::Requests, Table::Changes];
/// The last of the years are drawn; the table has them all.
const DRAWN_YEARS: usize = 6;

/// The years that are published, beside one another; nothing of one alone.
pub fn comparison(published: &[Publication]) -> String {
    let mut years: Vec<Period> =
        published.iter().map(|one| one.period).filter(|period| period.level() == Level::Year).collect();
    years.sort_by_key(|year| year.first());
    years.dedup();
    if years.len() < 2 {
        return String::new();
    }
    let drawn = &years[years.len().saturating_sub(DRAWN_YEARS)..];
    let pictures: String = DRAWN.into_iter().map(|table| picture(published, drawn, table)).collect();
    format!("<div class=\"years-drawn\">{pictures}</div>\n{}", table_of(published, &years))
}

fn acts(published: &[Publication], year: Period, table: Table) -> Option<Figure> {
    latest(published, year)?.table(table).map(|summary| summary.acts)
}

/// Bars, the earliest year first; nothing where fewer than two are told, for one bar compares nothing.
fn picture(published: &[Publication], years: &[Period], table: Table) -> String {
    let figures: Vec<Figure> =
        years.iter().map(|year| acts(published, *year, table).unwrap_or(Figure::UNTOLD)).collect();
    if figures.iter().filter(|figure| figure.number().is_some()).count() < 2 {
        return String::new();
    }
    let bar = |((year, figure), height): ((&Period, &Figure), Option<u32>)| Bar {
        name: year.year().to_string(),
        height,
        number: short_figure(*figure),
    };
    let drawn: Vec<Bar> = years.iter().zip(&figures).zip(compare::heights(&figures)).map(bar).collect();
    let name = escaped(&w::by_year(table_words(table)));
    format!("<figure><figcaption>{name}</figcaption>{}</figure>\n", bars(&drawn))
}

fn table_of(published: &[Publication], years: &[Period]) -> String {
    let name = escaped(w::years());
    let mut html = format!("<div class=\"scrolled\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\">");
    let _ = write!(html, "<table><caption>{}</caption><thead><tr>", escaped(s::parts_caption()));
    html += &column(s::counted());
    for year in years {
        html += &column(&year.year().to_string());
    }
    html += "</tr></thead><tbody>\n";
    for table in Table::ALL {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(table_words(*table)));
        for year in years {
            let said = acts(published, *year, *table);
            html += &cell(&said.map_or_else(|| s::not_published_short().to_owned(), short_figure));
        }
        html += "</tr>\n";
    }
    html + "</tbody></table></div>\n"
}

#[cfg(test)]
mod tests {
    use super::super::super::paper::tests::year;
    use super::*;

    #[test]
    fn years_are_compared_as_soon_as_there_are_two() {
        assert_eq!(comparison(&[year(2025, 20)]), "");
        let html = comparison(&[year(2026, 30), year(2025, 20)]);
        let (first, second) = (html.find(">2025<").expect("a year"), html.find(">2026<").expect("a year"));
        assert!(first < second, "the earlier year comes first, whichever was received first");
        assert_eq!(html.matches("<rect").count(), 2, "{html}");
        assert!(html.contains("<td>20</td><td>30</td>"), "{html}");
    }

    #[test]
    fn what_is_kept_back_is_said_in_the_table_and_drawn_by_nothing() {
        let html = comparison(&[year(2025, 3), year(2026, 30)]);
        assert!(html.contains(&format!("<td>{}</td><td>30</td>", s::untold_short())), "{html}");
        assert!(!html.contains("<rect"), "one bar compares nothing: {html}");
    }
}
