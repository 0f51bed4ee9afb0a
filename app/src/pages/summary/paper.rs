//! A publication as a text: the same on screen, on paper and in a file, whole and in one place.
//!
//! It is HTML, made from figures that are told and from words; every word is escaped. Nothing is computed here: shares,
//! heights, comparisons and sums are `compare`'s, which says nothing where a figure that it needs is kept back.

use std::fmt::Write as _;

use chrono::NaiveDate;
use maillon_shared::api::summary::{Published, Summaries};
use maillon_shared::domain::disclosure::OTHER;
use maillon_shared::domain::summary::compare::{self, Change, Share};
use maillon_shared::domain::summary::grid::{About, Detail, Rows, Table};
use maillon_shared::domain::summary::period::{Level, Period};
use maillon_shared::domain::summary::publication::{DetailSummary, Line, Publication, TableSummary, latest};
use maillon_shared::text::format::{self, DateStyle};

use super::bars::{Bar, bars};
use super::words::{
    Section, column_words, detail_words, figure, number, period_words, row_words, short_figure, table_about,
    table_words, total_words,
};
use crate::pages::liaison::escaped;
use crate::words::{in_a_row, language, summary as w};

/// Whose it is, and since when it is published: as it says itself, where it does.
pub fn head(all: &Summaries, one: &Published) -> String {
    let version = one.publication.version;
    let corrected = if version > 1 { w::version(version) } else { String::new() };
    let said = |own: &str, notebooks: &str| if own.is_empty() { notebooks.to_owned() } else { own.to_owned() };
    let (commune, coordinator) = (said(&one.commune, &all.commune), said(&one.coordinator, &all.coordinator));
    let begins = one.begins.map(|month| w::begins(period_words(Period::around(month, Level::Month))));
    in_a_row([commune, coordinator, w::published_on(day(one.on)), corrected, begins.unwrap_or_default()])
}

/// A day, on paper.
pub fn day(day: NaiveDate) -> String {
    format::date(day, DateStyle::DayYear, language())
}

/// All that a publication says. `level` is that of the headings; `published` is what it is compared with.
pub fn body(of: &Publication, published: &[Publication], level: u8) -> String {
    let sheet = Sheet { of, published, level };
    let mut html = sheet.part_by_part();
    for section in Section::all() {
        html += &sheet.section(section);
    }
    html
}

/// A publication, and what it is written with.
struct Sheet<'a> {
    of: &'a Publication,
    published: &'a [Publication],
    level: u8,
}

impl Sheet<'_> {
    fn heading(&self, deeper: u8, words: &str) -> String {
        let level = self.level + deeper;
        format!("<h{level}>{}</h{level}>\n", escaped(words))
    }

    /// The totals of a year by quarter, or of a quarter by month, as each of them was published.
    fn part_by_part(&self) -> String {
        let (shorter, title) = match self.of.period.level() {
            Level::Year => (Level::Quarter, w::by_quarter()),
            Level::Quarter => (Level::Month, w::by_month()),
            Level::Month => return String::new(),
        };
        let parts: Vec<Period> = self.of.period.divided(shorter).collect();
        if parts.iter().all(|part| latest(self.published, *part).is_none()) {
            return String::new();
        }
        // Several periods may stand on one screen: each of these regions has a name of its own.
        let name = escaped(&[title, &period_words(self.of.period)].join(", "));
        let mut html = self.heading(0, title);
        let _ = write!(html, "<div class=\"scrolled\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\">");
        let _ = write!(html, "<table><caption>{}</caption><thead><tr>", escaped(w::parts_caption()));
        html += &column(w::counted());
        for part in &parts {
            html += &column(&column_words(*part));
        }
        html += &column(w::together_column());
        html += "</tr></thead><tbody>\n";
        for summary in self.of.tables.iter().filter(|summary| summary.table.shortest() <= shorter) {
            let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(table_words(summary.table)));
            for part in &parts {
                let said = latest(self.published, *part).and_then(|one| one.table(summary.table));
                html += &cell(&said.map_or_else(|| w::not_published_short().to_owned(), |one| short_figure(one.acts)));
            }
            html += &cell(&short_figure(summary.acts));
            html += "</tr>\n";
        }
        html + "</tbody></table></div>\n"
    }

    /// A section: its tables, then a line for each of those that have little to say.
    fn section(&self, section: Section) -> String {
        let (mut told, mut quiet) = (String::new(), String::new());
        for summary in self.of.tables.iter().filter(|summary| Section::of(summary.table) == section) {
            match summary.acts.number() {
                Some(0) if summary.table.about() == About::Nobody => {
                    quiet += &item(&w::nothing(table_words(summary.table)));
                }
                Some(total) => told += &self.table(summary, total),
                None => quiet += &item(&self.untold(summary.table)),
            }
        }
        if told.is_empty() && quiet.is_empty() {
            return String::new();
        }
        let mut html = format!("<section>\n{}", self.heading(0, section.title()));
        html += &paragraph("detail", section.about());
        html += &told;
        if !quiet.is_empty() {
            let _ = write!(html, "<ul class=\"quiet-lines\">\n{quiet}</ul>\n");
        }
        html + "</section>\n"
    }

    /// A table whose total is kept back; what shorter periods told of it is told already.
    fn untold(&self, table: Table) -> String {
        match compare::at_least(self.published, table, self.of.period) {
            Some(least) => w::untold_at_least(table_words(table), number(least)),
            None => w::untold_table(table_words(table)),
        }
    }

    fn table(&self, summary: &TableSummary, total: u32) -> String {
        let table = summary.table;
        let is_of_people_over_a_year = table.about() == About::People && self.of.period.level() == Level::Year;
        let said = total_words(table, total);
        let said = match summary.persons.number() {
            Some(persons) if table == Table::Contacts => w::with_persons(said, number(persons)),
            Some(persons) => w::of_persons(said, number(persons)),
            None if is_of_people_over_a_year => w::persons_untold(said),
            None => said,
        };
        let mut html = self.heading(1, table_words(table));
        html += &paragraph("detail", table_about(table));
        html += &paragraph("total", &said);
        if let Some(change) = compare::with_the_year_before(self.published, table, self.of.period) {
            html += &paragraph("change", &change_words(change));
        }
        for detail in &summary.details {
            html += &self.detail(summary, detail);
        }
        if self.of.period.level() == Level::Year {
            for detail in table.details(Level::Quarter) {
                html += &self.over_the_year(detail);
            }
        }
        html
    }

    /// How a total divides: bars, and a table that says the same.
    fn detail(&self, summary: &TableSummary, detail: &DetailSummary) -> String {
        let name = detail_words(detail.detail);
        if detail.lines.iter().all(|line| line.acts.number().is_none()) {
            return paragraph("untold", &w::untold_table(name));
        }
        let figures: Vec<_> = detail.lines.iter().map(|line| line.acts).collect();
        let drawn: Vec<Bar> = detail
            .lines
            .iter()
            .zip(compare::heights(&figures))
            .map(|(line, height)| {
                let name = row_words(detail.detail, &line.row).to_owned();
                Bar { name, height, number: short_figure(line.acts) }
            })
            .collect();
        let mut html = format!("<div class=\"divided\">{}<table><caption>{}</caption>", bars(&drawn), escaped(name));
        html += "<thead><tr>";
        html += &(column(w::line()) + &column(w::count()) + &column(w::share_column()));
        html += "</tr></thead><tbody>\n";
        for line in &detail.lines {
            let share = compare::share(line.acts, summary.acts).map(share_words).unwrap_or_default();
            let _ = write!(html, "<tr><th scope=\"row\">{}</th>", row_name(detail, line));
            html += &(cell(&figure(line.acts)) + &cell(&share));
            html += "</tr>\n";
        }
        html + "</tbody></table></div>\n"
    }

    /// A detail that is told by quarter, its lines summed over the year. Where nothing of it can be, nothing is said.
    fn over_the_year(&self, detail: Detail) -> String {
        let (rows, others): (&[&str], &[&str]) = match detail.rows() {
            Rows::Closed(rows) => (rows, &[]),
            Rows::WithOther(rows) => (rows, &[OTHER]),
            Rows::Professions => return String::new(),
        };
        let sum = |row: &&str| compare::over_the_year(self.published, detail, row, self.of.period);
        let lines: Vec<_> = rows.iter().chain(others).map(|row| (*row, sum(row))).collect();
        if lines.iter().all(|(_, sum)| sum.is_none()) {
            return String::new();
        }
        let caption = w::over_quarters(detail_words(detail));
        let mut html = format!("<table><caption>{}</caption><thead><tr>", escaped(&caption));
        html += &(column(w::line()) + &column(w::count()) + "</tr></thead><tbody>\n");
        for (row, sum) in lines {
            let said = sum.map_or_else(|| w::untold().to_owned(), number);
            let _ =
                writeln!(html, "<tr><th scope=\"row\">{}</th>{}</tr>", escaped(row_words(detail, row)), cell(&said));
        }
        html + "</tbody></table>\n"
    }
}

/// The name of a line; under that of the others, which lines they are.
fn row_name(detail: &DetailSummary, line: &Line) -> String {
    let name = escaped(row_words(detail.detail, &line.row));
    if line.row != OTHER || detail.gathered.is_empty() {
        return name;
    }
    let gathered: Vec<&str> = detail.gathered.iter().map(|row| row_words(detail.detail, row)).collect();
    format!("{name} <span class=\"detail\">{}</span>", escaped(&w::among_others(gathered.join(", "))))
}

/// A share, with what it is of.
fn share_words(share: Share) -> String {
    w::share_of(w::percent(share.percent), number(share.n))
}

/// What there was a year before, and how much that is in percent of it. Under one percent, the number says enough.
pub fn change_words(change: Change) -> String {
    let before = number(change.before);
    match change.percent {
        Some(percent) if percent > 0 => w::year_before_and(before, w::more(percent)),
        Some(percent) if percent < 0 => w::year_before_and(before, w::less(percent.unsigned_abs())),
        _ => w::year_before(before),
    }
}

pub fn paragraph(class: &str, words: &str) -> String {
    format!("<p class=\"{class}\">{}</p>\n", escaped(words))
}

fn item(words: &str) -> String {
    format!("<li>{}</li>\n", escaped(words))
}

pub fn column(words: &str) -> String {
    format!("<th scope=\"col\">{}</th>", escaped(words))
}

pub fn cell(words: &str) -> String {
    format!("<td>{}</td>", escaped(words))
}

#[cfg(test)]
pub mod tests {
    use std::collections::BTreeMap;
    use std::num::NonZeroU32;

    use maillon_shared::domain::disclosure::Threshold;
    use maillon_shared::domain::summary::books::Books;
    use maillon_shared::domain::summary::fact::{Fact, FactId, Someone};
    use maillon_shared::domain::summary::period::Month;
    use maillon_shared::domain::summary::publish::{Rules, publish};

    use super::*;

    /// A quarter in which so many people were met once each: one in two at home, the others by telephone.
    fn quarter(met: u8) -> Publication {
        met_on(NaiveDate::from_ymd_opt(2026, 7, 3).expect("a day"), met, Level::Quarter)
    }

    /// A year in which so many were.
    pub fn year(year: i32, met: u8) -> Publication {
        met_on(NaiveDate::from_ymd_opt(year, 1, 5).expect("a day"), met, Level::Year)
    }

    fn met_on(day: NaiveDate, met: u8, level: Level) -> Publication {
        let mut books = Books::starting(Month::of(day));
        let fact = |n: u8| Fact {
            id: FactId([n; 16]),
            table: Table::Contacts,
            day,
            person: Some(Someone([n; 16])),
            times: NonZeroU32::MIN,
            rows: BTreeMap::from([(Detail::ContactsByWay, ["home_visit", "call"][usize::from(n % 2)].to_owned())]),
        };
        let of = Period::around(Month::of(day), level);
        for _ in of.months() {
            books.close((0..met).map(fact));
        }
        let rules = Rules { threshold: Threshold::FIVE, professionals: BTreeMap::new() };
        publish(&books, &[], of, &rules).expect("a period that is over")
    }

    #[test]
    fn what_is_told_is_drawn_and_written_and_the_others_say_which_they_are() {
        let publication = quarter(24);
        let html = body(&publication, &[], 2);
        assert!(html.contains(&total_words(Table::Contacts, 24)), "{html}");
        assert_eq!(html.matches("<rect").count(), 2, "{html}");
        assert!(html.contains(&w::share_of(w::percent(50), 24)), "{html}");
        let gathered = [w::call(), w::desk(), w::accompaniment()].join(", ");
        assert!(html.contains(&w::among_others(gathered)), "{html}");
    }

    #[test]
    fn what_is_kept_back_is_a_line_and_no_picture() {
        let html = body(&quarter(4), &[], 2);
        assert!(html.contains(&w::untold_table(w::contacts())), "{html}");
        assert!(!html.contains(&total_words(Table::Contacts, 4)) && !html.contains("<svg"), "{html}");
    }
}
