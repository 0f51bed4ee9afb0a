//! The report beside the figures, as a text: the same on screen, on paper and in a file, for who wrote it and for who
//! reads it.
//!
//! It is HTML, and every word of it was typed by someone: all of them are escaped.

use std::fmt::Write as _;

use maillon_shared::api::summary::Summaries;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::report::{CommitmentState, PublishedReport, Telling, ToldCommitment, ToldStory};

use super::paper::{cell, column, day, paragraph};
use crate::pages::liaison::escaped;
use crate::words::{in_a_row, mairie as w};

/// The report that is published of a period; nothing where there is none.
pub fn of(all: &Summaries, period: Period, level: u8) -> String {
    let report = all.reports.iter().find(|report| report.period == period);
    report.map(|report| body(report, level)).unwrap_or_default()
}

/// All that a report says. `level` is that of its heading.
pub fn body(report: &PublishedReport, level: u8) -> String {
    let version = if report.version > 1 { w::report_version(report.version) } else { String::new() };
    let mut html = format!("<section class=\"report\">\n{}", heading(level, w::report()));
    html += &paragraph("detail", &in_a_row([w::report_on(day(report.on)), version]));
    html + &words(report, level) + "</section>\n"
}

/// The same without its heading, and without the day of a publication that has not been: as it is being written.
pub fn words(report: &PublishedReport, level: u8) -> String {
    let mut html = paragraphs(&report.lead);
    for story in &report.stories {
        html += &told(story, level + 1);
    }
    if !report.commitments.is_empty() {
        html += &commitments(&report.commitments);
    }
    if !report.next.is_empty() {
        html += &heading(level + 1, w::next());
        html += &paragraphs(&report.next);
    }
    html
}

/// A story, and by what right it is told.
fn told(story: &ToldStory, level: u8) -> String {
    let title = if story.title.is_empty() { w::story() } else { &story.title };
    let right = match story.telling {
        Telling::Agreed => w::agreed(),
        Telling::Recomposed => w::recomposed(),
        // Published by a newer version, which knew.
        Telling::Unknown(_) => "",
    };
    let mut html = heading(level, title) + &paragraphs(&story.text);
    if !right.is_empty() {
        html += &paragraph("detail", right);
    }
    html
}

fn commitments(commitments: &[ToldCommitment]) -> String {
    let mut html = format!("<table class=\"promises\"><caption>{}</caption><thead><tr>", escaped(w::commitments()));
    html += &(column(w::who()) + &column(w::what()) + &column(w::state()));
    html += "</tr></thead><tbody>\n";
    for one in commitments {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(&one.who));
        html += &(cell(&one.what) + &cell(state_words(one.state.as_ref())) + "</tr>\n");
    }
    html + "</tbody></table>\n"
}

/// How far a commitment is, in words.
pub fn state_words(state: Option<&CommitmentState>) -> &'static str {
    match state {
        Some(CommitmentState::Kept) => w::kept(),
        Some(CommitmentState::UnderWay) => w::under_way(),
        Some(CommitmentState::NotYet) => w::not_yet(),
        Some(CommitmentState::Unknown(_)) | None => w::state_unsaid(),
    }
}

fn heading(level: u8, words: &str) -> String {
    format!("<h{level}>{}</h{level}>\n", escaped(words))
}

/// A text as it was typed: an empty line ends a paragraph, the end of a line is one.
fn paragraphs(text: &str) -> String {
    let mut html = String::new();
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            lines.push(escaped(line.trim()));
        } else if !lines.is_empty() {
            let _ = writeln!(html, "<p>{}</p>", lines.join("<br>"));
            lines.clear();
        }
    }
    html
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn report() -> PublishedReport {
        PublishedReport {
            period: Period::parse("2026").unwrap(),
            version: 2,
            on: "2027-01-12".parse().unwrap(),
            lead: "Une année.\n\nPuis :\nune autre.".into(),
            next: String::new(),
            stories: vec![
                ToldStory { title: "<b>Le car</b>".into(), text: "On y va.".into(), telling: Telling::Recomposed },
                ToldStory { title: String::new(), text: "Elle descend.".into(), telling: Telling::Agreed },
            ],
            commitments: vec![
                ToldCommitment { who: "Le Pays".into(), what: "un bureau".into(), state: Some(CommitmentState::Kept) },
                ToldCommitment { who: "La mairie".into(), what: "un véhicule".into(), state: None },
            ],
        }
    }

    #[test]
    fn what_was_typed_is_read_paragraph_by_paragraph_and_never_run() {
        let html = body(&report(), 2);
        assert!(html.contains("<p>Une année.</p>\n<p>Puis :<br>une autre.</p>"), "{html}");
        assert!(html.contains("<h3>&lt;b&gt;Le car&lt;/b&gt;</h3>") && !html.contains("<b>"), "{html}");
        assert!(html.contains(&w::report_version(2)));
    }

    #[test]
    fn each_story_says_by_what_right_and_each_commitment_how_far_it_is() {
        let html = body(&report(), 2);
        for said in [w::recomposed(), w::agreed(), w::kept(), w::state_unsaid()] {
            assert_eq!(html.matches(&escaped(said)).count(), 1, "{said}: {html}");
        }
        assert!(html.contains(&format!("<h3>{}</h3>", w::story())), "a story without a title has one all the same");
        assert!(!html.contains(w::next()), "nothing is said of what comes next where nothing was written");
    }
}
