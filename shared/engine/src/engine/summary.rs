//! The activity summary for the mairie: months are closed like accounts, and what ended with them is published, once.
//!
//! What may be told is decided in `domain::summary` from facts that views take out of records; here it is only kept. Of
//! several devices, the one that adds and removes publishes: two that published apart would tell by their difference.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use maillon_shared::api::errors::NotShared;
use maillon_shared::api::responses::File;
use maillon_shared::api::summary::{Published, Summaries, SummaryAnswer, SummaryRequest};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{DocId, PersonId};
use maillon_shared::domain::summary::books::Books;
use maillon_shared::domain::summary::fact::{Fact, FactId, Someone};
use maillon_shared::domain::summary::period::{Level, Month, Period};
use maillon_shared::domain::summary::publication::{Publication, latest};
use maillon_shared::domain::summary::publish::{Rules, publish};
use maillon_shared::text::language::Language;

use super::Engine;
use crate::ambient::{Ambient, random_array};
use crate::exchange::summary_table;
use crate::journal::records::summary;
use crate::journal::{Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;

/// Something was published.
pub(super) const PUBLISH: &str = "publish_summary";
/// Someone who is erased was taken out of the books.
pub(super) const FORGET: &str = "forget_in_books";

/// What closing the months that are over brings.
struct ToPublish {
    books: Books,
    /// The months that are closed by it.
    months: Vec<Month>,
    publications: Vec<Publication>,
}

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn summary(&mut self, asked: SummaryRequest) -> Answer {
        let answer = match asked {
            SummaryRequest::All => SummaryAnswer::All(Box::new(self.summaries().await?)),
            SummaryRequest::Preview => SummaryAnswer::Preview(self.due()?.publications),
            SummaryRequest::Publish => return self.publish_summary().await,
            SummaryRequest::Table(period) => return self.summary_table(period),
        };
        Ok(Response::Summary(answer))
    }

    async fn summaries(&mut self) -> Result<Summaries, Failure> {
        let may_publish = self.may_publish().await?;
        let to_publish = self.due()?.publications.iter().map(|publication| publication.period).collect();
        let views = &self.notebook()?.views;
        let settings = views.settings().0;
        Ok(Summaries {
            commune: settings.commune.clone(),
            coordinator: settings.coordinator.clone(),
            published: views.published(),
            to_publish,
            threshold: settings.summary_threshold(),
            may_publish,
        })
    }

    async fn may_publish(&mut self) -> Result<bool, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let sharing = notebook.sharing(store).await?;
        let mut own = sharing.own_scopes();
        Ok(!sharing.is_copied() && own.all(|shared| shared.replica.members().admin == shared.replica.device()))
    }

    /// What is due: what closing every month that is over would bring, in order: each month, and the quarter and the year that end with it.
    fn due(&mut self) -> Result<ToPublish, Failure> {
        let today = self.today();
        let views = &self.notebook()?.views;
        let settings = views.settings().0;
        let rules = Rules { threshold: settings.summary_threshold(), professionals: views.professionals() };
        let before = views.published();
        let mut waiting = views.facts();
        let mut books = views.books().unwrap_or_else(|| Books::starting(first_month(&waiting, today)));
        let counted = books.counted();
        waiting.retain(|fact| !counted.contains(&fact.id));
        let mut published: Vec<Publication> = before.into_iter().map(|one| one.publication).collect();
        let (mut months, mut publications) = (Vec::new(), Vec::new());
        while books.open_month() < Month::of(today) {
            let open = books.open_month();
            let (now, later): (Vec<Fact>, Vec<Fact>) =
                waiting.into_iter().partition(|fact| Month::of(fact.day) <= open);
            waiting = later;
            let month = books.close(now);
            months.push(month);
            for period in ended_with(month) {
                // A period that was cut short by the beginning of the books is told as far as they go.
                if let Ok(publication) = publish(&books, &published, period, &rules) {
                    published.push(publication.clone());
                    publications.push(publication);
                }
            }
        }
        Ok(ToPublish { books, months, publications })
    }

    async fn publish_summary(&mut self) -> Answer {
        if !self.may_publish().await? {
            return Err(Failure::NotShared(NotShared::NotTheAdministrator));
        }
        let on = self.today();
        let ToPublish { books, months, publications } = self.due()?;
        let mut plan = Plan::new(PUBLISH);
        for month in months {
            let (year, number) = month.year_and_month();
            let period = year * 100 + number as i32;
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::SummaryBook, None, period);
            let facts = books.of_month(month).to_vec();
            plan.edit(Target::New(header), move |document| summary::write_book(document, &facts));
        }
        for publication in publications {
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::Summary, None, 0);
            let published = Published { publication, on };
            plan.edit(Target::New(header), move |document| summary::write_publication(document, &published));
        }
        self.save(plan).await
    }

    /// Writes the books that name people again, without them: someone is counted there, and nobody knows who. What the books
    /// said before is to be erased with the rest.
    pub(super) async fn forget_in_books(&mut self, people: &[PersonId]) -> Result<Vec<DocId>, Failure> {
        let mut books: BTreeMap<DocId, (i32, Vec<Fact>)> = BTreeMap::new();
        for person in people {
            for (id, period, facts) in self.notebook()?.views.books_about(*person) {
                books.entry(id).or_insert_with(|| (period, facts.to_vec()));
            }
        }
        let mut others: BTreeMap<PersonId, Someone> = BTreeMap::new();
        for person in people {
            others.insert(*person, Someone(random_array(&mut self.ambient)));
        }
        let mut plan = Plan::new(FORGET);
        let old: Vec<DocId> = books.keys().copied().collect();
        for (period, mut facts) in books.into_values() {
            for fact in &mut facts {
                if let Some(other) = fact.person.and_then(|person| others.get(&PersonId(person.0))) {
                    fact.person = Some(*other);
                    fact.id = FactId(random_array(&mut self.ambient));
                }
            }
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::SummaryBook, None, period);
            plan.edit(Target::New(header), move |document| summary::write_book(document, &facts));
        }
        if !plan.edits.is_empty() {
            self.save(plan).await?;
        }
        Ok(old)
    }

    fn summary_table(&mut self, period: Period) -> Answer {
        let views = &self.notebook()?.views;
        let publications: Vec<Publication> = views.published().into_iter().map(|one| one.publication).collect();
        let publication = latest(&publications, period).ok_or(Failure::NotFound)?;
        let bytes = summary_table::write(publication, views.lists_in(Language::Fr));
        let name = format!("maillon-synthese-{period}.csv");
        Ok(Response::File(File { name, mime: "text/csv".to_owned(), bytes }))
    }
}

/// The month with which the books begin: the January before last, or that of the first fact where it is later. Older years
/// compare with nothing.
fn first_month(facts: &[Fact], today: NaiveDate) -> Month {
    let january = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
    let first = facts.iter().map(|fact| fact.day).min().map_or(today.year(), |day| day.year());
    Month::of(january(first.clamp(today.year() - 1, today.year())))
}

/// What ends with a month: itself, and the quarter and the year of which it is the last.
fn ended_with(month: Month) -> impl Iterator<Item = Period> {
    Level::ALL.into_iter().map(move |level| Period::around(month, level)).filter(move |period| period.last() == month)
}
