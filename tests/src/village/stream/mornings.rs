//! How a day begins: who arrives, who passes by, what the directory gains.

use chrono::NaiveDate;
use maillon_shared::api::Request;
use maillon_shared::domain::directory::DirectoryEntry;

use super::super::clock;
use super::{Stream, What};

impl Stream {
    pub(super) fn agenda_of_the_directory(&mut self, first: NaiveDate) {
        let span = (self.plan.today - first).num_days();
        for index in 0..self.plan.entries {
            // Most of it on the first days, as a list that one takes over; the rest as one meets people.
            let day = if index < 12 {
                0
            } else if self.chance.happens(70) {
                self.chance.between(0, 9)
            } else {
                self.chance.between(10, span - 2)
            };
            self.write(clock::after(first, day.min(span - 2)), What::Entry(index));
            if self.chance.happens(25) {
                let check = self.chance.between(day + 20, day + 20 + span);
                self.write(clock::after(first, check), What::Check(index));
            }
        }
    }

    pub(super) fn morning(&mut self) {
        let today = self.today();
        let (arrivals, desk) = match self.plan.records {
            None => (self.arrivals_of_a_commune(today), self.chance.between(0, 4) - 2),
            Some(records) => self.arrivals_to_reach(records, today),
        };
        (0..arrivals).for_each(|_| self.write(today, What::Arrival));
        (0..desk).for_each(|_| self.write(today, What::Desk));
        let next = clock::worked(&self.calendar, clock::after(today, 1));
        self.write_morning(next);
    }

    /// The notebook fills in the first months, then people come as others leave.
    fn arrivals_of_a_commune(&mut self, today: NaiveDate) -> i64 {
        let filling = ((self.plan.today - self.plan.first).num_days() / 5).clamp(10, 120);
        let so_far = (today - self.plan.first).num_days() + 1;
        let wanted = self.plan.followed * so_far.min(filling) as usize / filling as usize;
        let missing = wanted.saturating_sub(self.followed) as i64;
        missing.min(1 + self.plan.followed as i64 / 30)
    }

    /// As many people as bring the notebook to its number of records, and as many passers-by as they leave to count.
    fn arrivals_to_reach(&mut self, records: usize, today: NaiveDate) -> (i64, i64) {
        self.lived_days += self.followed as f64;
        let span = (self.plan.today - self.plan.first).num_days().max(1) as f64;
        let gone = (today - self.plan.first).num_days() as f64;
        let worked_days_left = ((span - gone) * 0.63).max(30.0);
        let made = self.tally.records() as f64;
        if self.followed > 0 && gone > 60.0 {
            let lived_days = self.lived_days.max(1.0);
            self.pace = (made - self.passers_by as f64) / lived_days;
        }
        let wanted = (records as f64 * 0.97 - made) / worked_days_left / self.pace.max(0.05);
        let missing = (wanted.min(self.plan.followed as f64 * 1.6) - self.followed as f64).max(0.0);
        let arrivals = (missing / 8.0).ceil().min(1.0 + self.plan.followed as f64 / 40.0) as i64;
        let late = (records as f64 * gone / span - made).max(0.0);
        let desk = (late / 10.0).min(self.plan.followed as f64 / 20.0) as i64 + self.chance.between(0, 1);
        (if span - gone < 20.0 { 0 } else { arrivals }, desk)
    }

    pub(super) fn entry(&mut self, index: usize) {
        let entry = &self.directory.entries[index];
        let (id, kind) = (entry.id, entry.kind.clone());
        let changes = DirectoryEntry::empty(id, kind.clone()).changes_to(entry);
        self.make(Request::CreateEntry { id, kind, changes, draft: None });
    }

    pub(super) fn check(&mut self, index: usize) {
        let before = self.directory.entries[index].clone();
        let mut after = before.clone();
        after.checked_on = Some(self.today());
        after.to_verify.clear();
        if self.chance.happens(20) {
            after.absence =
                (*self.chance.pick(&["en congé jusqu'à la fin du mois", "remplacement le jeudi", ""])).into();
        }
        let changes = before.changes_to(&after);
        if !changes.is_empty() {
            self.make(Request::EditEntry { id: before.id, changes, draft: None });
        }
        self.directory.entries[index] = after;
    }
}
