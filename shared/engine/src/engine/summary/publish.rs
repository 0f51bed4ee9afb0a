//! Months are closed like accounts, what ended with them is published, once, and corrected, once.
//!
//! Of several devices, the one that adds and removes publishes: two that published apart would tell by their difference.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use maillon_shared::api::errors::{Invalid, NotShared};
use maillon_shared::api::summary::{Published, WouldCorrect};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{DocId, PersonId};
use maillon_shared::domain::summary::books::Books;
use maillon_shared::domain::summary::correct::{Correction, correct};
use maillon_shared::domain::summary::fact::{Fact, FactId, Someone};
use maillon_shared::domain::summary::period::{Level, Month, Period};
use maillon_shared::domain::summary::publication::Publication;
use maillon_shared::domain::summary::publish::{Refusal, Rules, publish};

use super::super::Engine;
use crate::ambient::{Ambient, random_array};
use crate::journal::records::summary;
use crate::journal::{Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::summary::as_another_thing;

/// Something was published.
pub(in super::super) const PUBLISH: &str = "publish_summary";
/// A month was corrected.
pub(in super::super) const CORRECT: &str = "correct_summary";
/// Someone who is erased was taken out of the books.
pub(in super::super) const FORGET: &str = "forget_in_books";

/// What closing the months that are over brings.
struct ToPublish {
    books: Books,
    /// The months that are closed by it.
    months: Vec<Month>,
    publications: Vec<Publication>,
}

impl<S: Store, A: Ambient> Engine<S, A> {
    /// Exactly what would be published now.
    pub(super) fn would_be_published(&mut self) -> Result<Vec<Publication>, Failure> {
        Ok(self.due()?.publications)
    }

    pub(super) async fn may_publish(&mut self) -> Result<bool, Failure> {
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
        waiting.retain(|fact| !is_counted(&counted, fact));
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

    pub(super) async fn publish_summary(&mut self) -> Answer {
        if !self.may_publish().await? {
            return Err(Failure::NotShared(NotShared::NotTheAdministrator));
        }
        let ToPublish { books, months, publications } = self.due()?;
        let mut plan = Plan::new(PUBLISH);
        for month in months {
            let (year, number) = month.year_and_month();
            let period = year * 100 + number as i32;
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::SummaryBook, None, period);
            let facts = books.of_month(month).to_vec();
            plan.edit(Target::New(header), move |document| summary::write_book(document, &facts));
        }
        self.put_publications(&mut plan, &books, publications, None)?;
        self.save(plan).await
    }

    /// Writes the books that name people again, without them: someone is counted there, and nobody knows who. What the books
    /// said before is to be erased with the rest.
    pub(in super::super) async fn forget_in_books(&mut self, people: &[PersonId]) -> Result<Vec<DocId>, Failure> {
        let mut books: BTreeMap<DocId, (i32, Vec<Fact>, bool)> = BTreeMap::new();
        for person in people {
            for book in self.notebook()?.views.books_about(*person) {
                books.entry(book.id).or_insert_with(|| (book.period, book.facts.to_vec(), book.corrected));
            }
        }
        let mut others: BTreeMap<PersonId, Someone> = BTreeMap::new();
        for person in people {
            others.insert(*person, Someone(random_array(&mut self.ambient)));
        }
        let mut plan = Plan::new(FORGET);
        let old: Vec<DocId> = books.keys().copied().collect();
        for (period, mut facts, corrected) in books.into_values() {
            for fact in &mut facts {
                if let Some(other) = fact.person.and_then(|person| others.get(&PersonId(person.0))) {
                    fact.person = Some(*other);
                    fact.id = FactId(random_array(&mut self.ambient));
                }
            }
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::SummaryBook, None, period);
            plan.edit(Target::New(header), move |document| {
                summary::write_book(document, &facts)?;
                if corrected { summary::mark_corrected(document) } else { Ok(()) }
            });
        }
        if !plan.edits.is_empty() {
            self.save(plan).await?;
        }
        Ok(old)
    }

    // ── Corrections ─────────────────────────────────────────────────────────────────────────────────────────────────

    pub(super) async fn preview_correction(&mut self, period: Period) -> Result<WouldCorrect, Failure> {
        let may_publish = self.may_publish().await?;
        let (correction, books, published, rules) = self.correction_of(period)?;
        let (added, removed) = (correction.added.len() as u32, correction.removed.len() as u32);
        let corrected_before = books.was_corrected(correction.month);
        let (publications, left_as_they_were) = match correct(&books, &published, &correction, &rules) {
            Ok(corrected) => (corrected.publications, corrected.left_as_they_were),
            Err(Refusal::CorrectedBefore) => (Vec::new(), Vec::new()),
            Err(_) => return Err(Failure::NotFound),
        };
        Ok(WouldCorrect { added, removed, publications, left_as_they_were, corrected_before, may_publish })
    }

    /// Corrects a closed month: its book is written again, and new versions are published of what says otherwise now.
    pub(super) async fn correct_summary(&mut self, period: Period) -> Answer {
        if !self.may_publish().await? {
            return Err(Failure::NotShared(NotShared::NotTheAdministrator));
        }
        let (correction, books, published, rules) = self.correction_of(period)?;
        let month = correction.month;
        let corrected = match correct(&books, &published, &correction, &rules) {
            Ok(corrected) => corrected,
            Err(Refusal::CorrectedBefore) => return Err(Failure::Invalid(Invalid::CorrectedBefore)),
            Err(_) => return Err(Failure::NotFound),
        };
        // A month is corrected once: a correction that changes nothing would waste it.
        if corrected.publications.is_empty() {
            return Ok(Response::Done);
        }
        let book = self.notebook()?.views.book_of(month).ok_or(Failure::NotFound)?;
        let facts = corrected.books.of_month(month).to_vec();
        let mut plan = Plan::new(CORRECT);
        plan.edit(Target::Document(book), move |document| {
            summary::write_book(document, &facts)?;
            summary::mark_corrected(document)
        });
        self.put_publications(&mut plan, &corrected.books, corrected.publications, Some(month))?;
        self.save(plan).await
    }

    /// What a month should count more, and less: what was noted late and is counted nowhere yet, and what was taken back.
    fn correction_of(&mut self, period: Period) -> Result<(Correction, Books, Vec<Publication>, Rules), Failure> {
        if period.level() != Level::Month {
            return Err(Failure::NotFound);
        }
        let month = period.first();
        let views = &self.notebook()?.views;
        let settings = views.settings().0;
        let rules = Rules { threshold: settings.summary_threshold(), professionals: views.professionals() };
        let books = views.books().ok_or(Failure::NotFound)?;
        let counted = books.counted();
        let mut added = views.facts();
        added.retain(|fact| Month::of(fact.day) == month && !is_counted(&counted, fact));
        let taken_back = views.facts_taken_back();
        let removed = books.of_month(month).iter().map(|fact| fact.id).filter(|id| taken_back.contains(id)).collect();
        let published = views.published().into_iter().map(|one| one.publication).collect();
        Ok((Correction { month, added, removed }, books, published, rules))
    }

    fn put_publications(
        &mut self,
        plan: &mut Plan,
        books: &Books,
        publications: Vec<Publication>,
        corrects: Option<Month>,
    ) -> Result<(), Failure> {
        let on = self.today();
        let views = &self.notebook()?.views;
        let settings = views.settings().0;
        let (commune, coordinator) = (settings.commune.clone(), settings.coordinator.clone());
        let before = views.published();
        // Whoever begins in September has a first year of four months: it says so, rather than be taken for a poor one.
        let began = books.began();
        for publication in publications {
            let period = publication.period;
            let begins = began.filter(|month| period.holds(*month) && *month != period.first());
            // It is said once: another month in a later version would tell what a correction added before it.
            let first = before.iter().find(|one| one.publication.period == period);
            let begins = first.map_or(begins, |first| first.begins);
            let (commune, coordinator) = (commune.clone(), coordinator.clone());
            let published = Published { publication, on, commune, coordinator, begins, corrects };
            let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::Summary, None, 0);
            plan.edit(Target::New(header), move |document| summary::write_publication(document, &published));
        }
        Ok(())
    }
}

/// Whether a thing is counted, as what it is now or as what it was when its month was closed: the request that turns out to
/// be the hospital's is the same request.
fn is_counted(counted: &BTreeSet<FactId>, fact: &Fact) -> bool {
    counted.contains(&fact.id) || as_another_thing(fact).is_some_and(|other| counted.contains(&other))
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
