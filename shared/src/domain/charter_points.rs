//! The moments of an experiment, and the points that are held at 3, 6 and 12 months: when, how many came, what was said. Who came
//! is numbers, and what nobody counted is not zero.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, Proposal};
use super::charter_stages::PointHeld;
use super::ids::LineId;
use super::roadmap_parts::{Fielded, Line, Part, roadmap_line};

/// A moment of the experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Moment {
    /// Its beginning.
    Start,
    /// Three months later.
    Three,
    /// Six months later.
    Six,
    /// Twelve months later.
    Twelve,
}

impl Moment {
    /// When the questions are asked.
    pub const ASKED: [Moment; 3] = [Moment::Start, Moment::Six, Moment::Twelve];
    /// When a point is held.
    pub const POINTS: [Moment; 3] = [Moment::Three, Moment::Six, Moment::Twelve];
    const ALL: [Moment; 4] = [Moment::Start, Moment::Three, Moment::Six, Moment::Twelve];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            Moment::Start => "start",
            Moment::Three => "three",
            Moment::Six => "six",
            Moment::Twelve => "twelve",
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        Moment::ALL.into_iter().find(|moment| moment.code() == code)
    }

    /// How many months after the beginning.
    pub const fn months(self) -> u32 {
        match self {
            Moment::Start => 0,
            Moment::Three => 3,
            Moment::Six => 6,
            Moment::Twelve => 12,
        }
    }

    /// The day that is proposed for it: so many months after the beginning, or the next day that is worked. It is written
    /// nowhere until someone chooses it.
    pub fn proposed(self, begins: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
        let day = begins.checked_add_months(Months::new(self.months()))?;
        match calendar.propose(day, NaiveDate::MIN) {
            Proposal::Fits => Some(day),
            Proposal::Outside { earlier, later, .. } => later.or(earlier).or(Some(day)),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

roadmap_line! {
    /// A point. Its id is no line's: it is written at the root, under its moment.
    Point {
        /// The day it was moved to; none is the day that is proposed.
        planned: Option<NaiveDate>,
        /// Whether it was held.
        held: PointHeld,
        /// How many were invited; none is that nobody knows, which is not zero.
        invited: Option<u32>,
        /// How many came.
        present: Option<u32>,
        /// How many of those who came are professionals.
        professionals: Option<u32>,
        /// How many are elected.
        elected: Option<u32>,
        /// How many live there.
        inhabitants: Option<u32>,
        /// What was said.
        said: String,
        /// What was decided.
        decisions: String,
    }
}

/// What is said of each moment: every field of each is written apart, under the moment's code. A moment of a newer version is
/// kept where it is written and not read.
impl<T: Line> Part for BTreeMap<Moment, T> {
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (moment, line) in self {
            let none = T::empty(LineId([0; 16]));
            names.extend(none.differences(line).into_iter().map(|(field, _)| format!("{moment}.{field}")));
        }
        names
    }

    fn written(&self, name: &str) -> String {
        let Some((moment, field)) = name.split_once('.') else { return String::new() };
        let line = Moment::from_code(moment).and_then(|moment| self.get(&moment));
        line.map(|line| line.said(field)).unwrap_or_default()
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        let Some((moment, field)) = name.split_once('.') else { return false };
        let Some(moment) = Moment::from_code(moment) else { return false };
        let mut line = self.get(&moment).cloned().unwrap_or_else(|| T::empty(LineId([0; 16])));
        let is_said = line.say(field, text);
        if is_said && line.is_blank() {
            self.remove(&moment);
        } else if is_said {
            self.insert(moment, line);
        }
        is_said
    }

    fn words(&self) -> Vec<String> {
        self.values().flat_map(Fielded::words).collect()
    }

    fn is_known(&self) -> bool {
        self.values().all(Fielded::is_known)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::calendar::Leave;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_point_falls_on_a_day_that_is_worked() {
        let calendar = Calendar::default();
        for (begins, moment, proposed) in [
            ("2026-01-05", Moment::Three, "2026-04-07"),
            ("2026-01-05", Moment::Six, "2026-07-06"),
            ("2026-01-05", Moment::Twelve, "2027-01-05"),
            // The last day of February, which is a Saturday.
            ("2025-11-30", Moment::Three, "2026-03-02"),
            ("2026-01-05", Moment::Start, "2026-01-05"),
        ] {
            assert_eq!(moment.proposed(day(begins), &calendar), Some(day(proposed)), "{begins} {moment}");
        }
        let leaves = Leave::new(day("2026-07-01"), day("2026-07-31")).into_iter().collect();
        let away = Calendar { leaves, ..Calendar::default() };
        assert_eq!(Moment::Six.proposed(day("2026-01-05"), &away), Some(day("2026-08-03")));
        assert_eq!(Moment::Six.proposed(NaiveDate::MAX, &calendar), None);
    }

    #[test]
    fn each_field_of_each_point_is_written_apart_and_nothing_known_is_not_zero() {
        let mut points: BTreeMap<Moment, Point> = BTreeMap::new();
        assert!(points.read("three.present", "0") && points.read("six.said", "Peu de monde"));
        assert_eq!(points.names(), ["three.present", "six.said"]);
        assert_eq!((points[&Moment::Three].present, points[&Moment::Three].invited), (Some(0), None));
        assert_eq!(points.words().into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>(), ["Peu de monde"]);
        for (name, text) in [("nine.present", "1"), ("three.colour", "x"), ("three", "x"), ("three.present", "douze")] {
            assert!(!points.read(name, text), "{name} {text}");
        }
        assert!(points.read("three.present", ""));
        assert_eq!(points.len(), 1);
    }

    proptest! {
        /// Whatever the day of the beginning, what is proposed is worked and is no earlier than the month says.
        #[test]
        fn what_is_proposed_is_worked(days in 0..20_000_u64, months in 0..3_usize) {
            let begins = day("2000-01-01") + chrono::Days::new(days);
            let moment = Moment::POINTS[months];
            let calendar = Calendar::default();
            let proposed = moment.proposed(begins, &calendar).expect("a day");
            prop_assert!(calendar.is_worked(proposed));
            prop_assert!(proposed >= begins + Months::new(moment.months()));
        }
    }
}
