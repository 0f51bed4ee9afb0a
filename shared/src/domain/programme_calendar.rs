//! Where a stretch of time stands in the twelve months of a year, as far as it is known.
//!
//! A month is shown only where someone said it: what is known by its year alone has no month, and is told apart rather
//! than put in January.

use std::ops::RangeInclusive;

use chrono::Datelike;

use super::time::PartialDate;

/// Where something stands in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InYear {
    /// From one month to another, 1 to 12.
    Months(RangeInclusive<u32>),
    /// Some time of that year, or nobody knows when.
    NoMonth,
    /// In another year.
    Elsewhere,
}

impl InYear {
    /// Where it stands in that year. An end before the beginning, which two devices can make of two good ones, counts for
    /// nothing.
    pub fn of(from: Option<PartialDate>, until: Option<PartialDate>, year: i32) -> InYear {
        let until = until.filter(|until| !ends_before(*until, from));
        let (Some(first), Some(last)) = (from.or(until), until.or(from)) else { return InYear::NoMonth };
        if last.year() < year || first.year() > year {
            return InYear::Elsewhere;
        }
        // Of what goes on over the turn of the year, the months of this one.
        let begins = if first.year() < year { Some(1) } else { month_of(first) };
        let ends = if last.year() > year { Some(12) } else { month_of(last) };
        match (begins, ends) {
            (Some(begins), Some(ends)) => InYear::Months(begins..=ends.max(begins)),
            // It lasts until some time of that year: until its end at the latest.
            (Some(begins), None) if first != last => InYear::Months(begins..=12),
            // It began nobody knows in which month: where it ends is known.
            (None, Some(ends)) => InYear::Months(ends..=ends),
            _ => InYear::NoMonth,
        }
    }
}

/// Whether an end is before the beginning, as far as both are known.
pub fn ends_before(until: PartialDate, from: Option<PartialDate>) -> bool {
    from.is_some_and(|from| until.latest() < first_month(from))
}

/// The first day it can be, as far as months go.
fn first_month(date: PartialDate) -> chrono::NaiveDate {
    let (year, month) = (date.year(), month_of(date).unwrap_or(1));
    match date {
        PartialDate::Day(day) => day,
        _ => chrono::NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(chrono::NaiveDate::MIN),
    }
}

/// Its month, where one is known.
pub fn month_of(date: PartialDate) -> Option<u32> {
    match date {
        PartialDate::Year(_) => None,
        PartialDate::Month(_, month) => Some(month),
        PartialDate::Day(day) => Some(day.month()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_shown_only_where_someone_said_it() {
        let check = |from: &str, until: &str, expected: InYear| {
            let placed = InYear::of(PartialDate::parse(from), PartialDate::parse(until), 2026);
            assert_eq!(placed, expected, "{from} {until}");
        };
        let months = |first: u32, last: u32| InYear::Months(first..=last);
        check("", "", InYear::NoMonth);
        check("2026", "", InYear::NoMonth);
        check("2026", "2026", InYear::NoMonth);
        check("2026-03", "", months(3, 3));
        check("2026-03-31", "", months(3, 3));
        check("2026-03", "2026-05-02", months(3, 5));
        check("2026-03", "2026", months(3, 12));
        check("2026", "2026-05", months(5, 5));
        check("", "2026-05", months(5, 5));
    }

    #[test]
    fn what_goes_over_the_turn_of_the_year_shows_the_months_of_this_one() {
        let placed = |from: &str, until: &str| InYear::of(PartialDate::parse(from), PartialDate::parse(until), 2026);
        assert_eq!(placed("2025-11", "2026-02"), InYear::Months(1..=2));
        assert_eq!(placed("2026-11", "2027-02"), InYear::Months(11..=12));
        assert_eq!(placed("2025", "2027"), InYear::Months(1..=12));
        assert_eq!(placed("2025-11", ""), InYear::Elsewhere);
        assert_eq!(placed("2027", ""), InYear::Elsewhere);
        assert_eq!(placed("2024-11", "2025-02"), InYear::Elsewhere);
    }

    #[test]
    fn an_end_before_the_beginning_counts_for_nothing() {
        let placed = |from: &str, until: &str| InYear::of(PartialDate::parse(from), PartialDate::parse(until), 2026);
        assert_eq!(placed("2026-09", "2026-03"), InYear::Months(9..=9));
        assert_eq!(placed("2026-09-20", "2026-09-02"), InYear::Months(9..=9));
        assert_eq!(placed("2026-09-20", "2026-09"), InYear::Months(9..=9));
    }
}
