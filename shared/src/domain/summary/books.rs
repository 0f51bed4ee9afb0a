//! The books: which facts counted in which month. They are closed like accounts, and stay with whoever knows the people.
//!
//! A month that is closed does not change by itself, whatever is noted, corrected or erased in the notebook afterwards:
//! a quarter computed from newer facts than its months would tell, by difference, what was added between them. What is
//! noted late counts in the next month that is closed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::crowd::Crowd;
use super::fact::{Fact, FactId, Someone};
use super::grid::Table;
use super::period::{Month, Period};

/// The facts of the months that are closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Books {
    first: Month,
    months: BTreeMap<Month, Vec<Fact>>,
    pub(super) corrected: BTreeSet<Month>,
}

impl Books {
    /// Books that begin with a month: what is older counts nowhere.
    pub fn starting(first: Month) -> Self {
        Books { first, months: BTreeMap::new(), corrected: BTreeSet::new() }
    }

    /// Books as they were kept: the closed months, one after the other. Those after a gap count nowhere.
    pub fn of_months(months: BTreeMap<Month, Vec<Fact>>, corrected: BTreeSet<Month>) -> Option<Self> {
        let first = *months.first_key_value()?.0;
        let mut books = Books { corrected, ..Books::starting(first) };
        for (month, facts) in months {
            if month != books.open_month() {
                break;
            }
            books.months.insert(month, facts);
        }
        Some(books)
    }

    /// The month they begin with.
    pub fn first(&self) -> Month {
        self.first
    }

    /// The first month that counts anything: what is before it was not counted, rather than nothing.
    pub fn began(&self) -> Option<Month> {
        self.months.iter().find(|(_, facts)| !facts.is_empty()).map(|(month, _)| *month)
    }

    /// The month that is closed next.
    pub fn open_month(&self) -> Month {
        self.months.last_key_value().map_or(self.first, |(last, _)| last.next())
    }

    /// Closes the open month: it counts every fact of its days, and of earlier days, that no closed month counts. What is
    /// of later days waits.
    pub fn close(&mut self, facts: impl IntoIterator<Item = Fact>) -> Month {
        let month = self.open_month();
        let mut counted = self.counted();
        let mut new: Vec<Fact> = facts
            .into_iter()
            .filter(|fact| (self.first..=month).contains(&Month::of(fact.day)) && counted.insert(fact.id))
            .collect();
        new.sort_by_key(|fact| fact.id);
        self.months.insert(month, new);
        month
    }

    /// Whether a month was corrected: it is once.
    pub fn was_corrected(&self, month: Month) -> bool {
        self.corrected.contains(&month)
    }

    /// The facts that are counted.
    pub fn counted(&self) -> BTreeSet<FactId> {
        self.months.values().flatten().map(|fact| fact.id).collect()
    }

    /// The facts that a closed month counts.
    pub fn of_month(&self, month: Month) -> &[Fact] {
        self.months.get(&month).map_or(&[], Vec::as_slice)
    }

    /// Writes another id for a person: an id that names no record and is nobody else's, where the person is erased, or
    /// that of their other sheet, where one person turns out to have two. Figures that are told do not change.
    pub fn rename(&mut self, person: Someone, other: Someone) {
        for fact in self.months.values_mut().flatten().filter(|fact| fact.person == Some(person)) {
            fact.person = Some(other);
        }
    }

    /// The months of a period that the books know of. None where one of them is still open.
    pub(super) fn closed_months(&self, period: Period) -> Option<Vec<Month>> {
        let months: Vec<_> = period.months().filter(|month| *month >= self.first).collect();
        let all_closed = months.last().is_some_and(|last| self.months.contains_key(last));
        all_closed.then_some(months)
    }

    /// The facts of a table in some months.
    pub(super) fn facts<'a>(&'a self, table: Table, months: &'a [Month]) -> impl Iterator<Item = &'a Fact> {
        months.iter().flat_map(|month| self.of_month(*month)).filter(move |fact| fact.table == table)
    }

    /// Who is behind a table in some months.
    pub(super) fn crowd(&self, table: Table, months: &[Month]) -> Crowd {
        self.facts(table, months).collect()
    }

    /// The same books, where a month counts some facts of a table less and others more.
    pub(super) fn edited(&self, month: Month, removed: &BTreeSet<FactId>, added: &[Fact]) -> Books {
        let mut books = self.clone();
        let facts = books.months.entry(month).or_default();
        facts.retain(|fact| !removed.contains(&fact.id));
        facts.extend(added.iter().cloned());
        facts.sort_by_key(|fact| fact.id);
        books
    }
}
