//! The periods of summaries: months, quarters, years, and nothing in between.
//!
//! Periods that overlap without one holding the other (a school year, a mandate) would cut months out of sums: there are
//! none.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A month of the calendar, counted from the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month(i32);

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Month(day.year() * 12 + day.month0() as i32)
    }

    /// The year, and the month from 1 to 12.
    pub fn year_and_month(self) -> (i32, u32) {
        (self.0.div_euclid(12), self.0.rem_euclid(12) as u32 + 1)
    }

    /// The month after.
    pub fn next(self) -> Self {
        Month(self.0 + 1)
    }
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
}

impl Level {
    /// Every level, the shortest first.
    pub const ALL: [Level; 3] = [Level::Month, Level::Quarter, Level::Year];

    fn months(self) -> i32 {
        match self {
            Level::Month => 1,
            Level::Quarter => 3,
            Level::Year => 12,
        }
    }
}

/// A month, a quarter or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    level: Level,
    /// How many periods of that length lie between the year 0 and this one.
    number: i32,
}

impl Period {
    /// The period of a level that a month lies in.
    pub fn around(month: Month, level: Level) -> Self {
        Period { level, number: month.0.div_euclid(level.months()) }
    }

    /// Whether it is of our times: one that was read from someone else's file may be none.
    pub fn is_sensible(self) -> bool {
        let first = i64::from(self.number) * i64::from(self.level.months());
        (1900 * 12..2200 * 12).contains(&first)
    }

    /// How long it is.
    pub fn level(self) -> Level {
        self.level
    }

    /// The year it lies in.
    pub fn year(self) -> i32 {
        self.first().year_and_month().0
    }

    /// The same period of the year before.
    pub fn a_year_before(self) -> Self {
        Period { level: self.level, number: self.number - 12 / self.level.months() }
    }

    /// Its months.
    pub fn months(self) -> impl Iterator<Item = Month> {
        let first = self.first().0;
        (first..first + self.level.months()).map(Month)
    }

    /// Its first month.
    pub fn first(self) -> Month {
        Month(self.number * self.level.months())
    }

    /// Its last month.
    pub fn last(self) -> Month {
        Month(self.first().0 + self.level.months() - 1)
    }

    /// Whether a month lies in it.
    pub fn holds(self, month: Month) -> bool {
        (self.first()..=self.last()).contains(&month)
    }

    /// The longer periods that hold it, the shortest first.
    pub fn larger(self) -> impl Iterator<Item = Period> {
        Level::ALL
            .into_iter()
            .filter(move |level| *level > self.level)
            .map(move |level| Self::around(self.first(), level))
    }

    /// The periods of a shorter level in it.
    pub fn divided(self, level: Level) -> impl Iterator<Item = Period> {
        let count = (self.level.months() / level.months()).max(0);
        let first = Self::around(self.first(), level).number;
        (first..first + count).map(move |number| Period { level, number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: i32, month: u32) -> Month {
        Month::of(NaiveDate::from_ymd_opt(year, month, 15).expect("a day"))
    }

    #[test]
    fn a_month_lies_in_its_quarter_and_its_year() {
        let may = month(2026, 5);
        let quarter = Period::around(may, Level::Quarter);
        assert_eq!(quarter.months().map(|month| month.year_and_month().1).collect::<Vec<_>>(), [4, 5, 6]);
        let larger: Vec<_> = Period::around(may, Level::Month).larger().collect();
        assert_eq!(larger, [quarter, Period::around(may, Level::Year)]);
        assert_eq!(quarter.a_year_before(), Period::around(month(2025, 6), Level::Quarter));
        assert!(quarter.holds(month(2026, 6)) && !quarter.holds(month(2026, 7)));
        assert_eq!(Period::around(may, Level::Year).divided(Level::Quarter).nth(1), Some(quarter));
        assert_eq!((quarter.year(), quarter.last().next()), (2026, month(2026, 7)));
    }
}
