//! Periods as they are written in addresses, documents and files: `2026`, `2026-Q3`, `2026-09`.

use std::fmt;

use chrono::NaiveDate;

use super::period::{Level, Month, Period};

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.first().year_and_month();
        match self.level() {
            Level::Year => write!(f, "{year}"),
            Level::Quarter => write!(f, "{year}-Q{}", month.div_ceil(3)),
            Level::Month => write!(f, "{year}-{month:02}"),
        }
    }
}

impl Period {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(code: &str) -> Option<Self> {
        let (year, rest) = code.split_once('-').unwrap_or((code, ""));
        let is_number = |text: &str, digits| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(year, 4) {
            return None;
        }
        let (level, month) = match rest.strip_prefix('Q') {
            Some(quarter) if is_number(quarter, 1) => (Level::Quarter, quarter.parse::<u32>().ok()? * 3),
            None if rest.is_empty() && !code.contains('-') => (Level::Year, 1),
            None if is_number(rest, 2) => (Level::Month, rest.parse().ok()?),
            _ => return None,
        };
        let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month, 1)?;
        Some(Period::around(Month::of(day), level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_reads_back_as_it_is_written() {
        for code in ["2026", "2026-Q1", "2026-Q4", "2026-01", "2026-12"] {
            assert_eq!(Period::parse(code).map(|period| period.to_string()).as_deref(), Some(code));
        }
        for wrong in
            ["", "26", "2026-", "2026-Q0", "2026-Q5", "2026-00", "2026-13", "2026-1", "2026-Q", "20a6", "2026-Q12"]
        {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }
}
