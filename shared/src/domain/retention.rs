//! How long each kind of record is kept, and when its time is over.
//!
//! It only says what is due: nothing is ever destroyed by a clock. Someone looks, prints the slip, has it signed, erases.

use chrono::{Months, NaiveDate};

use super::settings::Settings;

/// The kinds of record, each with a clock of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All that is about a person: from their last contact on.
    Notebook,
    /// The journal of reads: from each line's day on.
    Reads,
    /// The cards and the named attempts of a call campaign: from its last day on. Figures stay.
    Calls,
    /// An entry of the legal register: from the day they were struck off, or opposed, on.
    Register,
}

impl Kept {
    /// For how many months, unless the settings say otherwise.
    pub const fn usual_months(self) -> u32 {
        match self {
            Kept::Notebook => 24,
            Kept::Reads => 12,
            Kept::Calls => 2,
            Kept::Register => 12,
        }
    }

    /// For how many months, as the settings say; a length that is none is the usual one.
    pub fn months(self, settings: &Settings) -> u32 {
        let said = match self {
            Kept::Notebook => &settings.keep_notebook_months,
            Kept::Reads => &settings.keep_reads_months,
            Kept::Calls => &settings.keep_calls_months,
            Kept::Register => &settings.keep_register_months,
        };
        said.trim().parse().ok().filter(|months| (1..=1200).contains(months)).unwrap_or(self.usual_months())
    }

    /// The first day on which it is due: the same date so many months later, or the last of that month.
    pub fn due_on(self, last: NaiveDate, settings: &Settings) -> NaiveDate {
        last.checked_add_months(Months::new(self.months(settings))).unwrap_or(NaiveDate::MAX)
    }

    /// Whether its time is over on a day.
    pub fn is_due(self, last: NaiveDate, settings: &Settings, today: NaiveDate) -> bool {
        self.due_on(last, settings) <= today
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_clock_ends_on_the_same_date_and_not_a_day_before() {
        let settings = Settings::default();
        assert_eq!(Kept::Notebook.due_on(day("2024-06-12"), &settings), day("2026-06-12"));
        assert!(!Kept::Notebook.is_due(day("2024-06-12"), &settings, day("2026-06-11")));
        assert!(Kept::Notebook.is_due(day("2024-06-12"), &settings, day("2026-06-12")));
        assert_eq!(Kept::Notebook.due_on(day("2024-02-29"), &settings), day("2026-02-28"));
        assert_eq!(Kept::Reads.due_on(day("2024-06-12"), &settings), day("2025-06-12"));
    }

    #[test]
    fn lengths_are_set_and_what_is_no_length_is_the_usual_one() {
        let with = |months: &str| Settings { keep_notebook_months: months.into(), ..Settings::default() };
        assert_eq!(Kept::Notebook.months(&with(" 36 ")), 36);
        for wrong in ["", "0", "-3", "deux ans", "99999999999"] {
            assert_eq!(Kept::Notebook.months(&with(wrong)), 24, "{wrong}");
        }
        assert_eq!(Kept::Reads.months(&with("36")), 12, "each has its own");
    }

    proptest! {
        #[test]
        fn what_is_due_stays_due_until_someone_is_met_again(last in 0..3_000u64, today in 0..3_000u64, more in 0..900u64) {
            let (settings, from) = (Settings::default(), day("2020-01-01"));
            let (last, today) = (from + Days::new(last), from + Days::new(today));
            let later = today + Days::new(more);
            prop_assert!(!Kept::Notebook.is_due(last, &settings, today) || Kept::Notebook.is_due(last, &settings, later));
            prop_assert!(!Kept::Notebook.is_due(today, &settings, today));
        }
    }
}
