//! Means in common: what a structure offers to others, as it says so itself. A room, a stand, posters that are lent, what
//! someone knows, time that is given; who has which of them, when, and what became of it.
//!
//! One document for each thing, so that two who offer something at once do not meet. **Nobody's workload is ever reckoned:**
//! nothing here adds anything up by person or by structure, and nobody is ranked by what they lend, give or keep. Of time and of
//! what someone knows not even what is left is told: one asks whoever offers it. `no_answer_depends_on_who_it_is` holds that.
//! Nobody who is accompanied is in it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::event::EventCommune;
use super::ids::{EntryId, EventId, LineId, MeansId};
use super::roadmap_parts::{Part, may_be_unknown, roadmap_line};

pub use super::means_changes::{LOANS, MeansChange};
pub use super::means_free::{CannotTell, DoubleBooking, Free};
pub use super::means_states::{LoanState, OfferState};
pub use super::roadmap_parts::{Fielded, Line};

/// What someone knows, as the list of kinds has it.
pub const EXPERTISE: &str = "expertise";
/// Time that is given.
pub const TIME: &str = "time";

may_be_unknown! { EventId => EventId::parse }

roadmap_line! {
    /// What is said of the thing. Its id is no line's: it is written at the root.
    Offer {
        /// What it is: an item of the list of kinds, or words.
        kind: String,
        /// What it is called.
        title: String,
        /// What it is, and what goes with it.
        words: String,
        /// On what conditions.
        conditions: String,
        /// Whose it is, in words.
        owner: String,
        /// Whose it is, where they are in the directory.
        owner_entry: Option<EntryId>,
        /// In which commune.
        commune: Option<EventCommune>,
        /// How many of it there are. None is that nobody said, which is not zero.
        quantity: Option<u32>,
        /// For how many people it is.
        capacity: Option<u32>,
        /// Whom to ask.
        contact: String,
        /// From what day it is offered.
        from: Option<NaiveDate>,
        /// Through what day.
        until: Option<NaiveDate>,
        /// Whether it is offered now.
        state: OfferState,
    }
}

roadmap_line! {
    /// A use: that someone asks for it, has it, or had it.
    Loan {
        /// From what day.
        from: Option<NaiveDate>,
        /// Through what day: it is due back then.
        until: Option<NaiveDate>,
        /// Who, in words.
        who: String,
        /// Who, where they are in the directory.
        who_entry: Option<EntryId>,
        /// For what.
        purpose: String,
        /// For which event.
        event: Option<EventId>,
        /// How many of it. None is that nobody said.
        number: Option<u32>,
        /// How far it is.
        state: LoanState,
        /// In what condition it came back.
        condition: String,
    }
}

/// A thing that is offered to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedMeans {
    /// Names the thing.
    pub id: MeansId,
    /// What is said of it.
    pub about: Offer,
    /// Who has it when.
    pub loans: Vec<Loan>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

impl SharedMeans {
    /// A thing of which nothing is said yet.
    pub fn empty(id: MeansId) -> Self {
        SharedMeans { id, about: Offer::empty(LineId([0; 16])), loans: Vec::new(), withdrawn: false }
    }

    /// Whether one may count how many of it are left. Nobody's time is counted, nor what they know.
    pub fn is_counted(&self) -> bool {
        !matches!(self.about.kind.as_str(), EXPERTISE | TIME)
    }

    /// A use of it.
    pub fn loan(&self, id: LineId) -> Option<&Loan> {
        self.loans.iter().find(|loan| loan.id == id)
    }

    /// The uses by their first day; those whose day nobody knows last.
    pub fn loans_by_day(&self) -> Vec<&Loan> {
        let mut loans: Vec<&Loan> = self.loans.iter().collect();
        loans.sort_by_key(|loan| (loan.from.is_none(), loan.from, loan.id));
        loans
    }

    /// What was handed over and is due back, by its day.
    pub fn due_back(&self) -> Vec<(NaiveDate, &Loan)> {
        let out = self.loans.iter().filter(|loan| loan.state == LoanState::HandedOver);
        let mut due: Vec<_> = out.filter_map(|loan| Some((loan.last()?, loan))).collect();
        due.sort_by_key(|(day, loan)| (*day, loan.id));
        due
    }

    /// The entries of the directory in it.
    pub fn entries(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.about.owner_entry.into_iter().chain(self.loans.iter().filter_map(|loan| loan.who_entry))
    }
}

impl Offer {
    /// Whether it is offered no longer: it was said so, or its last day is over.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        matches!(self.state, OfferState::Ended(_)) || self.until.is_some_and(|until| until < today)
    }
}

impl Loan {
    /// Its last day. One before the first, which two devices can make of two good ones, counts for nothing.
    pub fn last(&self) -> Option<NaiveDate> {
        self.until.map(|until| self.from.map_or(until, |from| until.max(from)))
    }

    /// Whether it is asked for and its days are not over: nobody answers what was asked for yesterday.
    pub fn awaits_an_answer(&self, today: NaiveDate) -> bool {
        self.state == LoanState::Asked && self.last().or(self.from).is_none_or(|end| end >= today)
    }

    /// Since how many days it should be back; none where it is not late.
    pub fn days_late(&self, today: NaiveDate) -> Option<u32> {
        let due = self.last().filter(|due| self.state == LoanState::HandedOver && *due < today)?;
        u32::try_from((today - due).num_days()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn lent(n: u8, from: &str, until: &str, state: LoanState) -> Loan {
        Loan { from: from.parse().ok(), until: until.parse().ok(), state, ..Loan::empty(LineId([n; 16])) }
    }

    #[test]
    fn what_is_due_back_is_told_by_its_day_and_what_was_given_back_is_not() {
        let mut stand = SharedMeans::empty(MeansId([1; 16]));
        stand.loans.push(lent(1, "2026-03-10", "2026-03-12", LoanState::HandedOver));
        stand.loans.push(lent(2, "2026-03-01", "2026-03-03", LoanState::HandedOver));
        stand.loans.push(lent(3, "2026-03-01", "2026-03-02", LoanState::GivenBack(day("2026-03-02"))));
        stand.loans.push(lent(4, "2026-03-01", "2026-03-02", LoanState::Agreed));
        stand.loans.push(lent(5, "2026-03-01", "", LoanState::HandedOver));
        let due: Vec<_> = stand.due_back().into_iter().map(|(day, loan)| (day.to_string(), loan.id.0[0])).collect();
        assert_eq!(due, [("2026-03-03".to_owned(), 2), ("2026-03-12".to_owned(), 1)]);
        let late = |at: usize, today: &str| stand.loans[at].days_late(day(today));
        assert_eq!((late(1, "2026-03-03"), late(1, "2026-03-05")), (None, Some(2)), "it is due through its last day");
        assert_eq!((late(2, "2026-03-05"), late(3, "2026-03-05"), late(4, "2026-03-05")), (None, None, None));
    }

    #[test]
    fn what_was_asked_for_awaits_an_answer_while_its_days_last() {
        let awaits = |from: &str, until: &str, state| lent(1, from, until, state).awaits_an_answer(day("2026-03-10"));
        for (from, until, is_awaited) in [
            ("2026-03-08", "2026-03-10", true),
            ("2026-03-08", "2026-03-09", false),
            ("2026-03-09", "", false),
            ("2026-03-12", "", true),
            ("", "2026-03-09", false),
            ("", "", true),
        ] {
            assert_eq!(awaits(from, until, LoanState::Asked), is_awaited, "{from} {until}");
            assert!(!awaits(from, until, LoanState::Agreed));
        }
    }

    #[test]
    fn what_is_offered_is_over_after_its_last_day_or_once_it_was_said() {
        let mut about = Offer::empty(LineId([1; 16]));
        assert!(!about.is_over(day("2026-03-10")));
        about.until = Some(day("2026-03-10"));
        assert!(!about.is_over(day("2026-03-10")) && about.is_over(day("2026-03-11")));
        (about.until, about.state) = (None, OfferState::Ended("vendu".into()));
        assert!(about.is_over(day("2026-03-10")));
    }

    #[test]
    fn a_last_day_before_the_first_counts_for_nothing() {
        let loan = lent(1, "2026-03-10", "2026-03-02", LoanState::HandedOver);
        assert_eq!(loan.last(), Some(day("2026-03-10")));
    }
}
