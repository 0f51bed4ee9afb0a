//! Periods as they are written in addresses and files (`2026`, `2026-Q3`, `2026-09`), and in what documents say they are of
//! (`2026`, `20263`, `202609`).

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

impl Period {
    /// The period as one number: of four digits, five or six.
    pub fn number(self) -> i32 {
        let (year, month) = self.first().year_and_month();
        match self.level() {
            Level::Year => year,
            Level::Quarter => year * 10 + month.div_ceil(3) as i32,
            Level::Month => year * 100 + month as i32,
        }
    }

    /// Reads what [`Period::number`] writes.
    pub fn from_number(number: i32) -> Option<Self> {
        let digits = number.to_string();
        match digits.len() {
            5 => Self::parse(&format!("{}-Q{}", &digits[..4], &digits[4..])),
            6 => Self::parse(&format!("{}-{}", &digits[..4], &digits[4..])),
            _ => Self::parse(&digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_reads_back_as_it_is_written() {
        for code in ["2026", "2026-Q1", "2026-Q4", "2026-01", "2026-12"] {
            let period = Period::parse(code);
            assert_eq!(period.map(|period| period.to_string()).as_deref(), Some(code));
            assert_eq!(period.and_then(|period| Period::from_number(period.number())), period);
        }
        for wrong in
            ["", "26", "2026-", "2026-Q0", "2026-Q5", "2026-00", "2026-13", "2026-1", "2026-Q", "20a6", "2026-Q12"]
        {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
        for wrong in [0, -2026, 26, 20260, 20265, 202600, 202613, 2026012] {
            assert_eq!(Period::from_number(wrong), None, "{wrong}");
        }
    }
}
