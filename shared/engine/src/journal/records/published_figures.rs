//! Figures that others published, as they were read of one table: a line each, named by what it says, so that the same
//! table read on two devices says nothing twice.

use std::cell::Cell;
use std::collections::BTreeSet;

use maillon_shared::domain::survey::published::{Percent, PublishedFigure, PublishedN};
use maillon_shared::domain::survey::question::RespondentKind;
use sha2::{Digest, Sha256};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};

const FIGURES: &str = "figures";

/// Writes the figures of a table, and what it was called.
pub fn create(document: &mut Document, source: &str, figures: &BTreeSet<PublishedFigure>) -> Result<(), JournalError> {
    // Always written: without it it would be no table.
    document.put(Place::Root, "source", Value::Text(source.to_owned()))?;
    figures.iter().try_for_each(|figure| add(document, figure))
}

fn add(document: &mut Document, figure: &PublishedFigure) -> Result<(), JournalError> {
    let n = match figure.n {
        PublishedN::NotPublished => String::new(),
        PublishedN::Published(n) => n.to_string(),
    };
    let fields = [
        ("year", figure.year.to_string()),
        ("event", figure.event.clone()),
        ("of", figure.respondent.code().to_owned()),
        ("question", figure.question.clone()),
        ("answer", figure.answer.clone()),
        ("percent", figure.percent.to_string()),
        ("n", n),
        ("to_check", figure.to_check.clone().unwrap_or_default()),
    ];
    let mut hash = Sha256::new();
    for (_, text) in &fields {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    let mut name = [0; 16];
    name.copy_from_slice(&hash.finalize()[..16]);
    fields.iter().try_for_each(|(field, text)| document.put(Place::Line(FIGURES, name), field, Value::text(text)))
}

/// Reads the table: what it was called, and its figures; nothing where it says of no table.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<(String, BTreeSet<PublishedFigure>)> {
    let fields = document.fields(Place::Root, oddities)?;
    let source = fields.names("source").iter().any(String::is_empty).then(|| fields.text("source"))?;
    let lines = document.lines(FIGURES, oddities);
    let figures = lines.iter().filter_map(|(_, line)| {
        let figure = figure(line);
        if figure.is_none() {
            oddities.set(oddities.get() + 1);
        }
        figure
    });
    Some((source, figures.collect()))
}

fn figure(line: &Fields<'_>) -> Option<PublishedFigure> {
    let n = match line.text("n").as_str() {
        "" => PublishedN::NotPublished,
        n => PublishedN::Published(n.parse().ok()?),
    };
    Some(PublishedFigure {
        year: line.text("year").parse().ok()?,
        event: line.text("event"),
        respondent: RespondentKind::from_code(&line.text("of")),
        question: line.text("question"),
        answer: line.text("answer"),
        percent: Percent::parse(&line.text("percent"))?,
        n,
        to_check: Some(line.text("to_check")).filter(|why| !why.is_empty()),
    })
}
