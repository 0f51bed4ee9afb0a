//! How many of a thing are free on some days, and which uses meet: a function of what is said and of the day, which is given. No
//! clock is read, and who lends or borrows changes nothing.
//!
//! What nobody said is never guessed: where it matters, nobody can tell. Two who promise the same thing apart are both right when
//! they write; that they meet is told, and neither is refused.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::ids::LineId;
use super::means::{Loan, LoanState, OfferState, SharedMeans};

/// So many double bookings of one thing say enough, whatever somebody wrote in it.
const MOST_DOUBLES: usize = 20;

/// How many of a thing are free all through some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Free {
    /// It is time, or what someone knows: nobody counts that. One asks.
    NotCounted,
    /// It is not offered on one of those days.
    NotOffered,
    /// Nobody can tell.
    CannotTell(CannotTell),
    /// So many are free on each of those days.
    Known {
        /// How many.
        free: u32,
        /// How many uses are asked for meanwhile, and nobody answered.
        asked: u32,
    },
}

/// Why nobody can tell how many are free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CannotTell {
    /// Whether it is offered was written by a newer version.
    State,
    /// Nobody said how many there are.
    Quantity,
    /// So many uses do not say how many they take, or until when.
    Uses(u32),
}

/// Uses that meet and are more than there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubleBooking {
    /// On what day first.
    pub day: NaiveDate,
    /// Which uses.
    pub loans: Vec<LineId>,
    /// Whether there is no doubt: how many there are is said, and these uses take more.
    pub is_certain: bool,
}

/// Whether a use has what it is of on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Has {
    No,
    Yes,
    /// Nobody said from when, or until when.
    Perhaps,
}

impl Loan {
    /// Whether it has what it is of, on a day. What is late is out until someone says that it came back.
    fn has(&self, day: NaiveDate, today: NaiveDate) -> Has {
        match self.state {
            LoanState::Asked | LoanState::Refused(_) => return Has::No,
            LoanState::Unknown(_) if self.from.is_none_or(|from| day >= from) => return Has::Perhaps,
            LoanState::Unknown(_) => return Has::No,
            // It is free again from the day on which it came back.
            LoanState::GivenBack(on) => {
                let was = self.from.is_some_and(|from| day >= from && day < on);
                return if was { Has::Yes } else { Has::No };
            }
            LoanState::Agreed | LoanState::HandedOver | LoanState::NotGivenBack(_) => {}
        }
        let is_out = self.is_out();
        let from = match self.from {
            // What is out already is out, even before the day that was agreed, or where nobody said since when.
            Some(from) if is_out => from.min(today),
            Some(from) => from,
            None if is_out && day >= today => today,
            None => return Has::Perhaps,
        };
        if day < from {
            return Has::No;
        }
        let within = |last: NaiveDate, after: Has| if day <= last { Has::Yes } else { after };
        match (&self.state, self.last()) {
            (LoanState::NotGivenBack(_), _) => Has::Yes,
            (_, Some(last)) if !is_out || last >= today => within(last, Has::No),
            (_, None) if !is_out => within(from, Has::Perhaps),
            _ => within(from.max(today), Has::Perhaps),
        }
    }

    /// Whether it is out, whatever its days.
    fn is_out(&self) -> bool {
        matches!(self.state, LoanState::HandedOver | LoanState::NotGivenBack(_))
    }

    /// Whether it is asked for, on a day.
    fn asks(&self, day: NaiveDate) -> bool {
        let days = self.from.map(|from| from..=self.last().unwrap_or(from));
        self.state == LoanState::Asked && days.is_some_and(|days| days.contains(&day))
    }

    /// Whether it is asked for on one of those days, as far as anyone knows.
    fn asks_within(&self, first: NaiveDate, last: NaiveDate) -> bool {
        let is_over = self.last().or(self.from).is_some_and(|end| end < first);
        self.state == LoanState::Asked && !is_over && self.from.is_none_or(|from| from <= last)
    }

    /// The days on which it may begin or end to have what it is of.
    fn turns(&self, today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let back = match self.state {
            LoanState::GivenBack(on) => Some(on),
            _ => None,
        };
        let after = [self.from, self.last(), Some(today)].into_iter().flatten();
        let after = after.filter_map(|day| day.checked_add_days(Days::new(1)));
        // What is out is out from today on, whatever its first day.
        self.from.into_iter().chain(back).chain([today]).chain(after)
    }
}

impl SharedMeans {
    /// How many a use takes. Of a thing of which there is one, it takes that one.
    fn taken_by(&self, loan: &Loan) -> Option<u32> {
        loan.number.or(self.about.quantity.filter(|quantity| *quantity == 1))
    }

    /// Whether it is offered all through some days; none is that a newer version wrote whether it is.
    pub fn is_offered(&self, first: NaiveDate, last: NaiveDate) -> Option<bool> {
        let about = &self.about;
        let holds = match &about.state {
            OfferState::Offered => true,
            OfferState::Paused { until, .. } => until.is_some_and(|until| first > until),
            OfferState::Ended(_) => false,
            OfferState::Unknown(_) => return None,
        };
        let begun = about.from.is_none_or(|from| first >= from);
        Some(holds && begun && about.until.is_none_or(|until| last <= until))
    }

    /// How many of it are free on each day from the first to the last.
    pub fn free(&self, first: NaiveDate, last: NaiveDate, today: NaiveDate) -> Free {
        let last = last.max(first);
        match self.is_offered(first, last) {
            None => return Free::CannotTell(CannotTell::State),
            Some(false) => return Free::NotOffered,
            Some(true) if !self.is_counted() => return Free::NotCounted,
            Some(true) => {}
        }
        let Some(quantity) = self.about.quantity else { return Free::CannotTell(CannotTell::Quantity) };
        let turns = self.loans.iter().flat_map(|loan| loan.turns(today));
        let days: BTreeSet<NaiveDate> = turns.filter(|day| first < *day && *day <= last).chain([first]).collect();
        let (mut most, mut not_said) = (0_u64, BTreeSet::new());
        for day in days {
            let mut out = 0_u64;
            for loan in &self.loans {
                match (loan.has(day, today), self.taken_by(loan)) {
                    (Has::No, _) => {}
                    (Has::Yes, Some(number)) => out += u64::from(number),
                    // Whoever did not say how many takes one at least.
                    (Has::Yes, None) => {
                        out += 1;
                        not_said.insert(loan.id);
                    }
                    (Has::Perhaps, _) => drop(not_said.insert(loan.id)),
                }
            }
            most = most.max(out);
        }
        let free = u64::from(quantity).saturating_sub(most) as u32;
        match not_said.len() {
            // Where all of it is surely taken, what else nobody said changes nothing.
            uses if uses > 0 && free > 0 => Free::CannotTell(CannotTell::Uses(uses as u32)),
            _ => {
                let asked = self.loans.iter().filter(|loan| loan.asks_within(first, last)).count() as u32;
                Free::Known { free, asked }
            }
        }
    }

    /// The uses, asked for or promised, that meet from today on and are more than there are; or that may be, where nobody said
    /// how many there are, or until when one has it. The same uses are told once, with the first day on which they meet. Nobody's
    /// time is counted.
    pub fn double_bookings(&self, today: NaiveDate) -> Vec<DoubleBooking> {
        if !self.is_counted() {
            return Vec::new();
        }
        let begin = self.loans.iter().filter_map(|loan| loan.from).filter(|from| *from > today);
        let days: BTreeSet<NaiveDate> = begin.chain([today]).collect();
        let mut found: Vec<DoubleBooking> = Vec::new();
        for day in days {
            let (mut sure, mut all): (Vec<&Loan>, Vec<&Loan>) = (Vec::new(), Vec::new());
            for loan in &self.loans {
                match loan.has(day, today) {
                    Has::No if !loan.asks(day) => {}
                    // Nobody knows whether it has ended; of one that nobody said when it begins, no day can be told.
                    Has::Perhaps if loan.from.is_none() && !loan.is_out() => {}
                    Has::Perhaps => all.push(loan),
                    Has::Yes | Has::No => {
                        sure.push(loan);
                        all.push(loan);
                    }
                }
            }
            for (meet, is_certain) in [(sure, true), (all, false)] {
                let can_be_told = !is_certain || self.about.quantity.is_some();
                if !can_be_told || !self.are_too_many(&meet) {
                    continue;
                }
                let mut loans: Vec<LineId> = meet.iter().map(|loan| loan.id).collect();
                loans.sort();
                if !found.iter().any(|told| loans.iter().all(|id| told.loans.binary_search(id).is_ok())) {
                    found.push(DoubleBooking { day, loans, is_certain });
                }
                if found.len() == MOST_DOUBLES {
                    return found;
                }
            }
        }
        found
    }

    /// Whether uses that meet take more than there are; where nobody said how many there are, two may.
    fn are_too_many(&self, meet: &[&Loan]) -> bool {
        // Whoever did not say how many takes one at least.
        let least: u64 = meet.iter().map(|loan| u64::from(self.taken_by(loan).unwrap_or(1))).sum();
        match self.about.quantity {
            Some(quantity) => least > u64::from(quantity),
            None => meet.len() > 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ids::MeansId;
    use super::super::means::{EXPERTISE, Line, TIME};
    use super::*;

    fn day(n: u64) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
        first.checked_add_days(Days::new(n)).expect("a day")
    }

    fn loan(n: u8, from: u64, until: u64, number: u32, state: LoanState) -> Loan {
        let (from, until) = (Some(day(from)), Some(day(until)));
        Loan { from, until, number: Some(number), state, ..Loan::empty(LineId([n; 16])) }
    }

    fn stands(quantity: u32) -> SharedMeans {
        let mut stands = SharedMeans::empty(MeansId([1; 16]));
        (stands.about.kind, stands.about.quantity) = ("stand".into(), Some(quantity));
        stands
    }

    fn known(free: u32, asked: u32) -> Free {
        Free::Known { free, asked }
    }

    #[test]
    fn what_is_promised_or_out_is_not_free_and_what_is_asked_for_is_told() {
        let mut stands = stands(5);
        stands.loans.push(loan(1, 2, 4, 2, LoanState::Agreed));
        stands.loans.push(loan(2, 4, 6, 2, LoanState::HandedOver));
        stands.loans.push(loan(3, 4, 4, 5, LoanState::Asked));
        stands.loans.push(loan(4, 2, 6, 5, LoanState::Refused("déjà promis".into())));
        // The second is handed over on its first day.
        let free = |first, last| stands.free(day(first), day(last), day(4));
        assert_eq!(free(0, 1), known(5, 0));
        assert_eq!(free(0, 3), known(3, 0), "on each of those days");
        assert_eq!(free(3, 5), known(1, 1), "both are out on the day where they meet");
        assert_eq!(free(5, 5), known(3, 0));
        assert_eq!(free(7, 9), known(5, 0));
    }

    #[test]
    fn what_nobody_said_is_not_guessed() {
        let mut stands = stands(5);
        stands.loans.push(loan(1, 2, 4, 2, LoanState::Agreed));
        let uses = Free::CannotTell(CannotTell::Uses(1));
        let free = |stands: &SharedMeans, at| stands.free(day(at), day(at), day(0));
        stands.loans[0].number = None;
        assert_eq!((free(&stands, 1), free(&stands, 3)), (known(5, 0), uses), "how many it takes is not said");
        stands.loans[0].number = Some(2);
        stands.loans[0].until = None;
        assert_eq!((free(&stands, 1), free(&stands, 2), free(&stands, 3)), (known(5, 0), known(3, 0), uses));
        stands.loans[0].from = None;
        assert_eq!(free(&stands, 1), uses, "nor when");
        stands.about.quantity = None;
        assert_eq!(free(&stands, 1), Free::CannotTell(CannotTell::Quantity));
        stands.about.quantity = Some(0);
        stands.loans.clear();
        assert_eq!(free(&stands, 1), known(0, 0), "none is said, and known");
        stands.about.state = OfferState::Unknown("given_away".into());
        assert_eq!(free(&stands, 1), Free::CannotTell(CannotTell::State));
    }

    #[test]
    fn whoever_takes_the_only_one_need_not_say_how_many() {
        let mut room = stands(1);
        room.loans.push(Loan { number: None, ..loan(1, 2, 2, 1, LoanState::Agreed) });
        assert_eq!(room.free(day(2), day(2), day(0)), known(0, 0));
    }

    #[test]
    fn what_is_late_is_out_until_someone_says_that_it_came_back() {
        let mut stands = stands(1);
        stands.loans.push(loan(1, 2, 4, 1, LoanState::HandedOver));
        let free = |stands: &SharedMeans, at| stands.free(day(at), day(at), day(6));
        assert_eq!(free(&stands, 6), known(0, 0));
        assert_eq!(free(&stands, 7), Free::CannotTell(CannotTell::Uses(1)), "nobody knows when it comes back");
        stands.loans[0].state = LoanState::GivenBack(day(6));
        assert_eq!((free(&stands, 5), free(&stands, 6)), (known(0, 0), known(1, 0)), "from the day it came back");
        stands.loans[0].state = LoanState::NotGivenBack("perdu".into());
        assert_eq!(free(&stands, 200), known(0, 0));
    }

    #[test]
    fn it_is_offered_between_its_days_and_not_while_it_is_paused() {
        let mut stands = stands(1);
        let offered = |stands: &SharedMeans, first, last| stands.is_offered(day(first), day(last));
        (stands.about.from, stands.about.until) = (Some(day(2)), Some(day(8)));
        assert_eq!(
            (offered(&stands, 2, 8), offered(&stands, 1, 3), offered(&stands, 8, 9)),
            (Some(true), Some(false), Some(false))
        );
        stands.about.state = OfferState::Paused { until: Some(day(4)), reason: String::new() };
        assert_eq!((offered(&stands, 4, 5), offered(&stands, 5, 5)), (Some(false), Some(true)));
        stands.about.state = OfferState::Paused { until: None, reason: String::new() };
        assert_eq!(offered(&stands, 5, 5), Some(false), "nobody knows until when");
        stands.about.state = OfferState::Ended("vendu".into());
        assert_eq!(stands.free(day(5), day(5), day(0)), Free::NotOffered);
    }

    /// The double bookings, by their first day and the first byte of each use.
    fn told(stands: &SharedMeans, today: u64) -> Vec<(NaiveDate, Vec<u8>, bool)> {
        let all = stands.double_bookings(day(today)).into_iter();
        all.map(|one| (one.day, one.loans.iter().map(|id| id.0[0]).collect(), one.is_certain)).collect()
    }

    #[test]
    fn what_is_out_before_its_day_or_since_nobody_knows_when_is_not_free() {
        let mut stands = stands(1);
        stands.loans.push(loan(1, 10, 12, 1, LoanState::HandedOver));
        let free = |stands: &SharedMeans, first, last| stands.free(day(first), day(last), day(8));
        assert_eq!((free(&stands, 8, 8), free(&stands, 9, 9)), (known(0, 0), known(0, 0)), "it is out already");
        assert_eq!((free(&stands, 7, 7), free(&stands, 7, 9)), (known(1, 0), known(0, 0)));
        assert_eq!((free(&stands, 12, 12), free(&stands, 13, 13)), (known(0, 0), known(1, 0)));
        stands.loans[0].from = None;
        assert_eq!((free(&stands, 8, 8), free(&stands, 13, 13)), (known(0, 0), known(1, 0)));
        stands.loans[0].until = None;
        assert_eq!(free(&stands, 8, 8), known(0, 0));
        assert_eq!(free(&stands, 9, 9), Free::CannotTell(CannotTell::Uses(1)));
        stands.loans[0].state = LoanState::Agreed;
        assert_eq!(free(&stands, 8, 8), Free::CannotTell(CannotTell::Uses(1)), "what is promised is not out");
    }

    #[test]
    fn what_is_surely_taken_is_told_whatever_else_nobody_said() {
        let mut stands = stands(2);
        stands.loans.push(loan(1, 2, 4, 2, LoanState::Agreed));
        stands.loans.push(Loan { until: None, ..loan(2, 1, 1, 1, LoanState::Agreed) });
        let free = |stands: &SharedMeans, at| stands.free(day(at), day(at), day(0));
        assert_eq!((free(&stands, 3), free(&stands, 5)), (known(0, 0), Free::CannotTell(CannotTell::Uses(1))));
        stands.loans[0].number = Some(1);
        stands.loans.push(Loan { number: None, ..loan(3, 3, 3, 1, LoanState::Agreed) });
        assert_eq!(free(&stands, 3), known(0, 0), "whoever did not say how many takes one at least");
    }

    #[test]
    fn what_was_asked_for_and_is_over_is_asked_for_no_longer() {
        let mut stands = stands(2);
        stands.loans.push(Loan { from: None, ..loan(1, 0, 3, 1, LoanState::Asked) });
        let free = |stands: &SharedMeans, at| stands.free(day(at), day(at), day(0));
        assert_eq!((free(&stands, 3), free(&stands, 4)), (known(2, 1), known(2, 0)));
        stands.loans[0].until = None;
        assert_eq!(free(&stands, 4), known(2, 1), "nobody knows when");
    }

    #[test]
    fn uses_that_perhaps_meet_are_told_so() {
        let mut stands = stands(1);
        stands.loans.push(Loan { until: None, ..loan(1, 10, 10, 1, LoanState::Agreed) });
        stands.loans.push(loan(2, 12, 13, 1, LoanState::Agreed));
        assert_eq!(told(&stands, 0), [(day(12), vec![1, 2], false)], "nobody said until when");
        stands.loans[0] = loan(1, 2, 4, 1, LoanState::HandedOver);
        stands.loans[1] = loan(2, 7, 8, 1, LoanState::Agreed);
        assert_eq!(told(&stands, 6), [(day(7), vec![1, 2], false)], "it is late, and promised from tomorrow");
        stands.loans[0].from = None;
        assert_eq!(told(&stands, 6), [(day(7), vec![1, 2], false)], "nobody said since when, and it is out");
        stands.loans.push(loan(3, 7, 8, 1, LoanState::Asked));
        let both = [(day(7), vec![2, 3], true), (day(7), vec![1, 2, 3], false)];
        assert_eq!(told(&stands, 6), both, "what is certain is told apart");
    }

    #[test]
    fn what_somebody_wrote_without_end_is_told_with_an_end() {
        let mut stands = stands(0);
        for n in 0..200 {
            stands.loans.push(loan(n, u64::from(n), u64::from(n), 1, LoanState::Agreed));
        }
        assert_eq!(stands.double_bookings(day(0)).len(), MOST_DOUBLES);
    }

    #[test]
    fn uses_that_meet_are_told_and_neither_is_refused() {
        let mut stands = stands(3);
        stands.loans.push(loan(1, 2, 4, 2, LoanState::Agreed));
        stands.loans.push(loan(2, 4, 6, 2, LoanState::Asked));
        stands.loans.push(loan(3, 6, 9, 1, LoanState::Agreed));
        assert_eq!(told(&stands, 0), [(day(4), vec![1, 2], true)]);
        assert_eq!(told(&stands, 5), [], "what is over meets nobody");
        stands.loans[1].number = None;
        assert_eq!(told(&stands, 0), [], "it takes one at least, and that is there");
        stands.about.quantity = None;
        assert_eq!(told(&stands, 0), [(day(4), vec![1, 2], false), (day(6), vec![2, 3], false)], "perhaps");
        stands.about.quantity = Some(1);
        stands.loans.truncate(1);
        assert_eq!(told(&stands, 0), [(day(2), vec![1], true)], "more than there are");
    }

    #[test]
    fn nobody_s_time_is_counted() {
        for kind in [TIME, EXPERTISE] {
            let mut given = stands(5);
            given.about.kind = kind.into();
            given.loans.push(loan(1, 2, 4, 2, LoanState::Agreed));
            assert_eq!(given.free(day(3), day(3), day(0)), Free::NotCounted);
            given.loans.push(loan(2, 2, 4, 4, LoanState::Agreed));
            assert_eq!(given.double_bookings(day(0)), [], "that they meet is not counted either");
        }
    }

    fn any_state() -> impl Strategy<Value = LoanState> {
        prop_oneof![
            Just(LoanState::Asked),
            Just(LoanState::Agreed),
            Just(LoanState::HandedOver),
            (0..12_u64).prop_map(|at| LoanState::GivenBack(day(at))),
            Just(LoanState::NotGivenBack(String::new())),
            Just(LoanState::Refused("non".into())),
            Just(LoanState::Unknown("sold".into())),
        ]
    }

    fn any_means() -> impl Strategy<Value = SharedMeans> {
        let at = || proptest::option::weighted(0.9, 0..12_u64);
        let line = (at(), at(), proptest::option::weighted(0.9, 1..4_u32), any_state());
        (proptest::option::weighted(0.9, 0..6_u32), proptest::collection::vec(line, 0..5)).prop_map(
            |(quantity, lines)| {
                let mut means = stands(0);
                means.about.quantity = quantity;
                for (n, (from, until, number, state)) in (1..).zip(lines) {
                    let (from, until) = (from.map(day), until.map(day));
                    means.loans.push(Loan { from, until, number, state, ..Loan::empty(LineId([n; 16])) });
                }
                means
            },
        )
    }

    proptest! {
        /// Over some days as many are free as on the worst of them, looked at one by one; and where one of them cannot be told,
        /// none of it can, unless on another surely none is.
        #[test]
        fn some_days_are_as_free_as_the_worst_of_them(
            means in any_means(), first in 0..12_u64, more in 0..8_u64, today in 0..12_u64,
        ) {
            let alone = |at: u64| means.free(day(at), day(at), day(today));
            let days: Vec<Free> = (first..=first + more).map(alone).collect();
            let is_surely_taken = days.iter().any(|one| matches!(one, Free::Known { free: 0, .. }));
            let whole = means.free(day(first), day(first + more), day(today));
            let can_tell = days.iter().all(|one| matches!(one, Free::Known { .. }));
            match whole {
                Free::Known { free, .. } => {
                    prop_assert!(can_tell || is_surely_taken);
                    let worst = days.iter().filter_map(|one| match one {
                        Free::Known { free, .. } => Some(*free),
                        _ => None,
                    });
                    prop_assert_eq!(Some(free), worst.min());
                }
                _ => prop_assert!(!can_tell && !is_surely_taken),
            }
        }

        /// What is free and what is out are never more than there are, unless a double booking says so.
        #[test]
        fn what_is_out_and_what_is_free_add_up_or_it_is_told(means in any_means(), today in 0..12_u64) {
            let Free::Known { free, .. } = means.free(day(today), day(today), day(today)) else { return Ok(()) };
            let out = means.loans.iter().filter(|loan| loan.has(day(today), day(today)) == Has::Yes);
            let out: u32 = out.map(|loan| means.taken_by(loan).unwrap_or(1)).sum();
            let quantity = means.about.quantity.unwrap_or_default();
            let is_over = means.double_bookings(day(today)).iter().any(|one| one.day == day(today) && one.is_certain);
            prop_assert!(free + out == quantity || (free == 0 && is_over), "{} and {} of {}", free, out, quantity);
        }

        /// Whoever lends or borrows, whatever they are called and however often: no answer depends on it.
        #[test]
        fn no_answer_depends_on_who_it_is(means in any_means(), first in 0..12_u64, more in 0..8_u64, today in 0..12_u64) {
            let mut another = means.clone();
            another.about.owner = "Le Pays".into();
            another.loans.iter_mut().for_each(|loan| loan.who = "toujours les mêmes".into());
            let (first, last, today) = (day(first), day(first + more), day(today));
            prop_assert_eq!(means.free(first, last, today), another.free(first, last, today));
            prop_assert_eq!(means.double_bookings(today), another.double_bookings(today));
            let due = |of: &SharedMeans| of.due_back().iter().map(|(day, loan)| (*day, loan.id)).collect::<Vec<_>>();
            prop_assert_eq!(due(&means), due(&another));
        }
    }
}
