//! What may be computed from published figures: shares, heights of bars, comparisons, sums. Screens, alternative texts
//! and files compute nothing themselves, so that none of them says what the figures keep back.
//!
//! Each function reads published figures only. Where one that it needs is untold, it says nothing.

use serde::{Deserialize, Serialize};

use super::grid::{Detail, Table};
use super::period::{Level, Period};
use super::publication::{DetailSummary, Figure, Publication, latest};
use crate::domain::disclosure::OTHER;

/// A part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// In percent, rounded.
    pub percent: u32,
    /// Of how many.
    pub n: u32,
}

/// The share of a figure in another; none where either is untold, or the whole is zero.
pub fn share(part: Figure, whole: Figure) -> Option<Share> {
    let (part, n) = (part.number()?, whole.number()?);
    let percent = (u64::from(part) * 100 + u64::from(n) / 2).checked_div(u64::from(n))?;
    Some(Share { percent: u32::try_from(percent).unwrap_or(u32::MAX), n })
}

/// A figure beside an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The later one.
    pub now: u32,
    /// The earlier one, which the percentage is of.
    pub before: u32,
    /// What the later one has more, in percent of the earlier, rounded towards zero; none of zero.
    pub percent: Option<i64>,
}

/// A figure compared with an earlier one; none where either is untold.
pub fn change(now: Figure, before: Figure) -> Option<Change> {
    let (now, before) = (now.number()?, before.number()?);
    let percent = ((i64::from(now) - i64::from(before)) * 100).checked_div(i64::from(before));
    Some(Change { now, before, percent })
}

/// The total of a table, compared with the same period of the year before, as both were last published.
pub fn with_the_year_before(published: &[Publication], table: Table, period: Period) -> Option<Change> {
    let of = |period| latest(published, period).and_then(|one| one.table(table)).map(|summary| summary.acts);
    change(of(period)?, of(period.a_year_before())?)
}

/// The heights of bars, in percent of the highest that is told; none for one that is untold, which is drawn as a gap and
/// not as a low bar.
pub fn heights(figures: &[Figure]) -> Vec<Option<u32>> {
    let highest = figures.iter().filter_map(|figure| figure.number()).max().unwrap_or(0);
    let whole = Figure::told(highest);
    figures.iter().map(|figure| share(*figure, whole).map(|share| share.percent).or(figure.number())).collect()
}

/// What is told of a table within a period of which no total is told: at least so many.
pub fn at_least(published: &[Publication], table: Table, period: Period) -> Option<u32> {
    let told =
        |period| latest(published, period).and_then(|one| one.table(table)).and_then(|summary| summary.acts.number());
    if let Some(total) = told(period) {
        return Some(total);
    }
    let shorter = Level::ALL.into_iter().rev().find(|level| *level < period.level())?;
    let parts: Vec<_> = period.divided(shorter).filter_map(|part| at_least(published, table, part)).collect();
    (!parts.is_empty()).then(|| parts.iter().fold(0, |sum: u32, part| sum.saturating_add(*part)))
}

/// A line of a year, summed over the quarters of a detail that is told by quarter; none where one of them keeps it back,
/// nor for the others, where they are not the same ones in each quarter.
pub fn over_the_year(published: &[Publication], detail: Detail, row: &str, year: Period) -> Option<u32> {
    let quarters: Vec<_> =
        year.divided(Level::Quarter).map(|quarter| last_detail(published, detail, quarter)).collect::<Option<_>>()?;
    if row == OTHER && quarters.windows(2).any(|two| two[0].gathered != two[1].gathered) {
        return None;
    }
    let line = |quarter: &DetailSummary| quarter.lines.iter().find(|line| line.row == row)?.acts.number();
    quarters.into_iter().map(line).try_fold(0_u32, |sum, acts| Some(sum.saturating_add(acts?)))
}

/// A detail as it was last told: a correction may tell the total alone.
fn last_detail(published: &[Publication], detail: Detail, period: Period) -> Option<&DetailSummary> {
    let of_period = published.iter().rev().filter(|publication| publication.period == period);
    of_period.filter_map(|publication| publication.detail(detail)).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_untold_has_no_share_no_bar_and_no_comparison() {
        let (ten, thirty) = (Figure::told(10), Figure::told(30));
        assert_eq!(share(ten, thirty), Some(Share { percent: 33, n: 30 }));
        assert_eq!((share(Figure::UNTOLD, thirty), share(ten, Figure::UNTOLD)), (None, None));
        assert_eq!(share(Figure::told(0), Figure::told(0)), None);
        assert_eq!(heights(&[ten, Figure::UNTOLD, thirty]), [Some(33), None, Some(100)]);
        assert_eq!(heights(&[Figure::told(0)]), [Some(0)]);
        assert_eq!(change(ten, thirty), Some(Change { now: 10, before: 30, percent: Some(-66) }));
        assert_eq!((change(ten, Figure::UNTOLD), change(Figure::UNTOLD, ten)), (None, None));
        assert_eq!(change(ten, Figure::told(0)).and_then(|change| change.percent), None);
    }
}
