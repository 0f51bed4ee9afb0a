//! A mairie's notebook: it takes what a coordinator published, signed by a key whose words were compared once, and holds
//! nothing else. It has no request that makes a person.

use std::collections::BTreeMap;

use maillon_shared::api::errors::{FileProblem, NotShared};
use maillon_shared::api::summary::{Published, Publisher, Received, SummaryRequest};
use maillon_shared::api::{Answer, Failure, Request};
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::publication::Publication;
use maillon_shared::domain::summary::report::PublishedReport;

use super::super::Engine;
use super::super::lending::any_notebook_does;
use crate::ambient::{Ambient, random_array};
use crate::journal::records::summary;
use crate::journal::{Header, Kind};
use crate::notebook::{Plan, Target};
use crate::sharing::FormatError;
use crate::sharing::card::words_of;
use crate::sharing::summary_file::SummaryFile;
use crate::store::Store;

/// What a file brought was taken.
pub(in super::super) const TAKE: &str = "take_summary";

/// Ten years of months are less than a tenth of it.
const LARGEST: usize = 32 << 20;

/// Whether a mairie's notebook does this: it reads what was published, and is looked after like another.
pub(in super::super) fn when_a_mairie_may(request: &Request) -> bool {
    match request {
        any if any_notebook_does(any) => true,
        // Its settings are all that can be undone: what was taken stays.
        Request::Settings | Request::Undo(_) => true,
        Request::EditSettings(changes) => changes.iter().all(|(field, _)| {
            matches!(field, SettingsField::Commune | SettingsField::CommuneCode | SettingsField::LockAfterMin)
        }),
        Request::Summary(asked) => matches!(
            asked,
            SummaryRequest::All | SummaryRequest::Table(..) | SummaryRequest::LookAt(_) | SummaryRequest::Take { .. }
        ),
        _ => false,
    }
}

/// What a file brings that is not here.
struct Brought {
    card: Vec<u8>,
    said: SummaryFile,
    received: Received,
    publications: Vec<usize>,
    reports: Vec<PublishedReport>,
}

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) fn look_at_summary(&mut self, file: &[u8]) -> Result<Received, Failure> {
        Ok(self.brought(file)?.received)
    }

    pub(super) async fn take_summary(&mut self, file: &[u8], compared: bool) -> Answer {
        let since = self.today();
        let Brought { card, said, received, publications, reports } = self.brought(file)?;
        let mut plan = Plan::new(TAKE);
        if received.known_since.is_none() {
            if !compared {
                return Err(Failure::NotShared(NotShared::WordsNotCompared));
            }
            let (commune, coordinator) = (said.commune.clone(), said.coordinator.clone());
            let publisher = Publisher { card, commune, coordinator, since };
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::Publisher, None, 0);
            plan.edit(Target::New(header), move |document| summary::write_publisher(document, &publisher));
        }
        for at in publications {
            let mut published = said.publications[at].clone();
            // What was published before it said whose it was is of whoever signs it now.
            for (own, whole) in
                [(&mut published.commune, &said.commune), (&mut published.coordinator, &said.coordinator)]
            {
                if own.is_empty() {
                    own.clone_from(whole);
                }
            }
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::Summary, None, 0);
            plan.edit(Target::New(header), move |document| summary::write_publication(document, &published));
        }
        for report in reports {
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::PublishedReport, None, 0);
            plan.edit(Target::New(header), move |document| summary::write_report(document, &report));
        }
        let saved = self.save(plan).await?;
        self.forget_old_reports().await?;
        Ok(saved)
    }

    /// Reads a file against what is here.
    fn brought(&mut self, file: &[u8]) -> Result<Brought, Failure> {
        if !self.notebook()?.is_mairie() {
            return Err(Failure::NotUnderstood);
        }
        let views = &self.notebook()?.views;
        let problem = |problem| Err(Failure::UnreadableFile(problem));
        if file.is_empty() {
            return problem(FileProblem::Empty);
        }
        if file.len() > LARGEST {
            return problem(FileProblem::TooLarge);
        }
        if !SummaryFile::is_one(file) {
            return problem(FileProblem::UnknownKind);
        }
        let (card, said) = SummaryFile::from_bytes(file).map_err(|error| match error {
            FormatError::Malformed => Failure::UnreadableFile(FileProblem::Damaged),
            FormatError::TooNew => Failure::TooNew,
        })?;
        let words = words_of(&card);
        let card = card.to_bytes();
        let known_since = views.publishers().into_iter().find(|held| held.card == card).map(|held| held.since);
        let mut received = Received {
            commune: said.commune.clone(),
            coordinator: said.coordinator.clone(),
            words,
            known_since,
            new: Vec::new(),
            corrected: Vec::new(),
            reports: Vec::new(),
            differ: Vec::new(),
        };
        let held = views.published();
        let mut here: BTreeMap<(String, u32), Publication> =
            held.into_iter().map(|one| (place_of(&one.publication), one.publication)).collect();
        let mut publications = Vec::new();
        // What was once told is not told otherwise under the same version.
        let differs =
            |one: &&Published| here.get(&place_of(&one.publication)).is_some_and(|held| *held != one.publication);
        let differ: Vec<Period> = said.publications.iter().filter(differs).map(|one| one.publication.period).collect();
        for (at, one) in said.publications.iter().enumerate() {
            let publication = &one.publication;
            let period = publication.period;
            // A quarter that is counted from other months than those that were read tells, by difference, what is other.
            let touches = |other: &Period| other.holds(period.first()) || period.holds(other.first());
            match here.get(&place_of(publication)) {
                Some(held) if held != publication => received.differ.push(period),
                Some(_) => {}
                None if differ.iter().any(touches) => received.differ.push(period),
                None => {
                    let is_later = here.values().any(|held| held.period == period);
                    let list = if is_later { &mut received.corrected } else { &mut received.new };
                    list.push(period);
                    here.insert(place_of(publication), publication.clone());
                    publications.push(at);
                }
            }
        }
        let mut reports: Vec<PublishedReport> = Vec::new();
        for report in &said.reports {
            let held = views.published_reports().into_iter().find(|held| held.period == report.period);
            let is_later = held.as_ref().is_none_or(|held| (report.on, report.version) > (held.on, held.version));
            if is_later && reports.iter().all(|other| other.period != report.period) {
                received.reports.push(report.period);
                reports.push(report.clone());
            } else if held.is_some_and(|held| (held.on, held.version) == (report.on, report.version) && held != *report)
            {
                received.differ.push(report.period);
            }
        }
        received.differ.sort_by_key(|period| (period.first(), period.level()));
        received.differ.dedup();
        Ok(Brought { card, said, received, publications, reports })
    }
}

fn place_of(publication: &Publication) -> (String, u32) {
    (publication.period.to_string(), publication.version)
}
