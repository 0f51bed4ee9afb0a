//! The power is cut while a story is taken back, a month corrected, a file taken at the mairie: all of it, or nothing yet.

use maillon_shared::api::summary::{Summaries, SummaryAnswer, SummaryRequest};
use maillon_shared::domain::summary::grid::Table as Figures;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::report::{Report, ReportChange, StoryField, Telling};

use super::sharing::at_every_cut;
use super::*;
use crate::journal::Kind;

const STORY: &str = "Une femme ne sortait plus ; elle vient aux ateliers.";

fn period(code: &str) -> Period {
    Period::parse(code).unwrap()
}

fn summary(office: &mut Office, asked: SummaryRequest) -> Result<(), Failure> {
    office.tries(Request::Summary(asked)).map(|_| ())
}

fn all(office: &mut Office) -> Summaries {
    match office.asks(Request::Summary(SummaryRequest::All)) {
        Response::Summary(SummaryAnswer::All(all)) => *all,
        _ => panic!("all of it"),
    }
}

/// A spring is published, with a story.
fn spring() -> Office {
    let mut office = Office::opened("2026-01-12");
    for n in 1..=12 {
        let person = office.enters(n, "Odette", &format!("Marchais {n}"), "");
        office.visits(100 + n, person, "2026-01-12", "au jardin");
    }
    for (first, on) in [(112, "2026-02-10"), (124, "2026-03-10")] {
        office.is(on);
        for n in 1..=12 {
            office.visits(first + n, PersonId([n; 16]), on, "au jardin");
        }
    }
    office.is("2026-04-06");
    summary(&mut office, SummaryRequest::Publish).unwrap();
    let line = LineId([7; 16]);
    let changes = vec![
        ReportChange::Story(line, StoryField::Text, STORY.into()),
        ReportChange::Telling(line, Some(Telling::Recomposed)),
    ];
    let (q1, read) = (period("2026-Q1"), Box::<Report>::default());
    summary(&mut office, SummaryRequest::WriteReport { period: q1, read, changes, draft: None }).unwrap();
    summary(&mut office, SummaryRequest::PublishReport(q1)).unwrap();
    office
}

/// How many published reports the notebook holds, whichever is read.
fn reports_held(office: &Office) -> usize {
    let views = &office.engine.open.as_ref().unwrap().views;
    views.every().filter(|(_, cached)| cached.header.kind == Kind::PublishedReport).count()
}

#[test]
fn whatever_moment_the_power_is_cut_a_story_that_was_taken_back_is_gone() {
    let office = spring();
    let withdraws = |office: &mut Office| summary(office, SummaryRequest::WithdrawReport(period("2026-Q1")));
    let mut ends = [0, 0];
    let cuts = at_every_cut(&office, withdraws, |mut tried, said, at| {
        let stands = !all(&mut tried).reports.is_empty();
        assert!(said.is_err() || !stands, "cut at {at}: it was said to be taken back");
        // The one that stands or the empty one, and never both: what was told before is erased when the notebook opens.
        assert_eq!(reports_held(&tried), 1, "cut at {at}");
        ends[usize::from(stands)] += 1;
    });
    assert!(cuts >= 4 && ends.iter().all(|end| *end > 0), "before and after: {ends:?}");
}

#[test]
fn whatever_moment_the_power_is_cut_a_month_is_corrected_with_all_that_holds_it_or_not_at_all() {
    let mut office = spring();
    for n in 1..=12 {
        office.visits(150 + n, PersonId([n; 16]), "2026-01-15", "noté tard");
    }
    let corrects = |office: &mut Office| summary(office, SummaryRequest::Correct(period("2026-01")));
    let cuts = at_every_cut(&office, corrects, |mut tried, said, at| {
        let told = |code: &str, all: &Summaries| {
            let of_period = all.published.iter().filter(|one| one.publication.period == period(code));
            let last = of_period.max_by_key(|one| one.publication.version).unwrap();
            last.publication.table(Figures::Contacts).unwrap().acts.number()
        };
        let now = all(&mut tried);
        let figures = (told("2026-01", &now), told("2026-Q1", &now));
        assert!([(Some(12), Some(36)), (Some(24), Some(48))].contains(&figures), "cut at {at}: {figures:?}");
        assert!(said.is_err() || figures.0 == Some(24), "cut at {at}: it was said to be corrected");
        // What was not corrected can be.
        if figures.0 == Some(12) {
            corrects(&mut tried).unwrap();
        }
        assert_eq!(told("2026-01", &all(&mut tried)), Some(24), "cut at {at}");
    });
    assert!(cuts >= 1, "the power was cut at {cuts} moments");
}

#[test]
fn whatever_moment_the_power_is_cut_the_mairie_has_a_file_or_takes_it_again() {
    let mut office = spring();
    let Response::File(file) = office.asks(Request::Summary(SummaryRequest::File)) else { panic!("a file") };
    let mut mairie = Office::on(Disk::new(), "2026-04-07");
    let Response::Words(words) = mairie.asks(Request::ProposeWords) else { panic!("words") };
    let new = NewNotebook { passphrase: PASSPHRASE.into(), words: words.join(" "), settings: Vec::new() };
    mairie.does(Request::CreateMairie(new));
    let take = || SummaryRequest::Take { file: file.bytes.clone(), compared: true };
    let expected = all(&mut office);
    let cuts = at_every_cut(
        &mairie,
        |mairie| summary(mairie, take()),
        |mut tried, said, at| {
            let held = all(&mut tried).published.len();
            assert!(held == 0 || held == expected.published.len(), "cut at {at}: {held}");
            assert!(said.is_err() || held > 0, "cut at {at}: it was said to be taken");
            summary(&mut tried, take()).unwrap();
            let now = all(&mut tried);
            assert_eq!((now.published, now.reports), (expected.published.clone(), expected.reports.clone()));
            assert_eq!(now.publishers.len(), 1, "cut at {at}: one key");
        },
    );
    assert!(cuts >= 1, "the power was cut at {cuts} moments");
}
