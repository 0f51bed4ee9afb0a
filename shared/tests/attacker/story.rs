//! Three years of publications of a village, as the product would make them: each month once it is closed, then the
//! quarter, then the year, and now and then a correction.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::domain::disclosure::Threshold;
use maillon_shared::domain::summary::books::Books;
use maillon_shared::domain::summary::correct::{Correction, correct};
use maillon_shared::domain::summary::fact::Fact;
use maillon_shared::domain::summary::grid::Table;
use maillon_shared::domain::summary::period::{Level, Month, Period};
use maillon_shared::domain::summary::publication::Publication;
use maillon_shared::domain::summary::publish::{Rules, publish};

use crate::chance::Chance;
use crate::village::{Drawer, FIRST_YEAR, Village, month, months};

/// What was published, and the books it was published from.
pub struct Story {
    /// Everything published, in its order, and how many corrections there had been before.
    pub published: Vec<(Publication, usize)>,
    /// The books before the first correction, then after each.
    pub books: Vec<Books>,
    /// Which month each correction was of.
    pub corrected: Vec<Month>,
    /// How many tables a correction changed, and how many it left.
    pub changed: usize,
    pub left: usize,
}

pub fn rules(threshold: Threshold) -> Rules {
    let professionals = [("infirmier", 4), ("medecin_generaliste", 1), ("pharmacien", 2), ("aide_a_domicile", 9)];
    Rules {
        threshold,
        professionals: professionals.into_iter().map(|(who, number)| (who.to_owned(), number)).collect(),
    }
}

/// The periods that end with a month, in the order in which they are published.
pub fn ending_with(month: Month) -> impl Iterator<Item = Period> {
    Level::ALL.into_iter().map(move |level| Period::around(month, level)).filter(move |period| period.last() == month)
}

impl Story {
    pub fn of(village: &Village, rules: &Rules, seed: u64) -> Self {
        Story::of_changing(village, rules, rules, seed)
    }

    /// In the middle of the second year, the rules change.
    pub fn of_changing(village: &Village, first: &Rules, then: &Rules, seed: u64) -> Self {
        let mut chance = Chance::of(seed ^ 0xC0);
        let mut books = Books::starting(month(FIRST_YEAR, 1));
        let mut story = Story { published: Vec::new(), books: Vec::new(), corrected: Vec::new(), changed: 0, left: 0 };
        let mut noted: Vec<Fact> = Vec::new();
        for month in months() {
            let rules = if month < self::month(FIRST_YEAR + 1, 6) { first } else { then };
            noted.extend(village.noted[&month].iter().cloned());
            books.close(noted.iter().cloned());
            for period in ending_with(month) {
                let before = story.publications();
                let publication = publish(&books, &before, period, rules).expect("closed, and in order");
                story.published.push((publication, story.books.len()));
            }
            if chance.happens(25) {
                story.correct(&mut books, month, village, rules, &mut chance);
            }
        }
        story.books.push(books);
        story
    }

    pub fn publications(&self) -> Vec<Publication> {
        self.published.iter().map(|(publication, _)| publication.clone()).collect()
    }

    /// The books at the end.
    pub fn now(&self) -> &Books {
        self.books.last().expect("books")
    }

    /// Something is found that a month did not count, of a few people or of many; and some facts are mistakes.
    fn correct(&mut self, books: &mut Books, now: Month, village: &Village, rules: &Rules, chance: &mut Chance) {
        let back = chance.below(6);
        let month = months().filter(|month| *month <= now).rev_nth(back);
        let mut added = Vec::new();
        for table in [Table::Contacts, Table::Requests, Table::Alerts, Table::Changes] {
            let many = [0, 1, 3, 12, 60][chance.below(5)];
            // No two corrections find the same.
            let mut found = Drawer::of_found(chance, village.people);
            let facts = (0..many).map(|_| found.fact(table, month));
            let salt = (self.corrected.len() as u8, table as u8);
            added.extend(facts.map(|mut fact| {
                (fact.id.0[14], fact.id.0[15]) = salt;
                fact
            }));
        }
        let removed: BTreeSet<_> = match chance.below(3) {
            0 => books.of_month(month).iter().filter(|_| chance.happens(15)).map(|fact| fact.id).collect(),
            1 => books.of_month(month).iter().filter(|_| chance.happens(2)).map(|fact| fact.id).collect(),
            _ => BTreeSet::new(),
        };
        let Ok(corrected) = correct(books, &self.publications(), &Correction { month, added, removed }, rules) else {
            return;
        };
        self.books.push(std::mem::replace(books, corrected.books));
        self.corrected.push(month);
        self.left += corrected.left_as_they_were.len();
        for publication in corrected.publications {
            self.changed += 1;
            self.published.push((publication, self.books.len()));
        }
    }
}

/// The same from the end.
trait FromTheEnd {
    fn rev_nth(self, back: usize) -> Month;
}

impl<I: Iterator<Item = Month>> FromTheEnd for I {
    fn rev_nth(self, back: usize) -> Month {
        let all: Vec<_> = self.collect();
        all[all.len().saturating_sub(1 + back)]
    }
}

/// Facts of some months by whom they are about: how many persons, and whether one has half.
pub fn may_not_be_told<'a>(facts: impl Iterator<Item = &'a Fact>, threshold: Threshold) -> bool {
    let mut acts = BTreeMap::new();
    for fact in facts {
        if let Some(person) = fact.person {
            *acts.entry(person).or_insert(0) += fact.times.get();
        }
    }
    let (most, all) = (acts.values().max().copied().unwrap_or(0), acts.values().sum::<u32>());
    acts.len() < threshold.get() as usize || most * 2 >= all
}
