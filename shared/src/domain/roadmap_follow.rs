//! How a roadmap goes: what is measured, with what it was measured on, and what went otherwise than foreseen.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ids::LineId;
use super::roadmap::Roadmap;
use super::roadmap_parts::{Part, may_be_unknown, roadmap_line};
use super::time::PartialDate;

/// A number that someone measured, in thousandths: no machine rounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quantity(pub i64);

impl Quantity {
    /// No indicator of a village is larger.
    pub const MOST: Quantity = Quantity(1_000_000_000_000);

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        let number: i64 = text.parse().ok()?;
        (number.unsigned_abs() <= Quantity::MOST.0.unsigned_abs()).then_some(Quantity(number))
    }

    /// What someone meant by the number they typed: "12", "12,5", "1 250", "-3". At most two decimals: "1.250" is a
    /// thousand and a bit for one and one and a quarter for another.
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, text) = text.strip_prefix(['-', '−']).map_or((1, text), |rest| (-1, rest));
        let (whole, rest) = text.split_once([',', '.']).unwrap_or((text, ""));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if rest.len() > 2 || (text.contains([',', '.']) && !is_number(rest)) {
            return None;
        }
        // Thousands are parted by spaces, in French: "12 50" is a slip, and nobody can tell of what.
        let groups: Vec<&str> = whole.split_whitespace().collect();
        let by_three = groups.iter().skip(1).all(|group| group.len() == 3);
        let fits = groups.len() == 1 || (by_three && groups.first().is_some_and(|first| first.len() <= 3));
        let whole = groups.concat();
        if !fits || !is_number(&whole) {
            return None;
        }
        let thousandths: i64 = format!("{rest:0<3}").parse().ok()?;
        let number = whole.parse::<i64>().ok()?.checked_mul(1_000)?.checked_add(thousandths)?;
        (number <= Quantity::MOST.0).then_some(Quantity(sign * number))
    }

    /// The number as one would type it, with a comma.
    pub fn plain(self) -> String {
        let (whole, rest) = (self.0.unsigned_abs() / 1_000, self.0.unsigned_abs() % 1_000);
        let sign = if self.0 < 0 { "-" } else { "" };
        let rest = format!("{rest:03}");
        match rest.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            rest => format!("{sign}{whole},{rest}"),
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

may_be_unknown! { Quantity => Quantity::parse }

roadmap_line! {
    /// Something that is measured.
    Indicator {
        /// For which objective; none is for the whole roadmap.
        objective: Option<LineId>,
        /// What is measured.
        name: String,
        /// In what.
        unit: String,
        /// How much is hoped for.
        target: Option<Quantity>,
    }
}

roadmap_line! {
    /// What was measured.
    IndicatorValue {
        /// Of which indicator.
        indicator: Option<LineId>,
        /// When.
        on: Option<PartialDate>,
        /// How much; none is that nobody knows, which is not zero.
        amount: Option<Quantity>,
        /// On how many it was measured; none is that it was not published.
        n: Option<u32>,
        /// Who says so.
        source: String,
        /// Why it is to be verified; empty when it is certain.
        to_verify: String,
    }
}

roadmap_line! {
    /// What went otherwise than foreseen.
    Deviation {
        /// Of which action; none is of the whole.
        action: Option<LineId>,
        /// When.
        on: Option<PartialDate>,
        /// What was foreseen.
        foreseen: String,
        /// What happened.
        happened: String,
        /// Why.
        reason: String,
        /// What was decided then.
        decision: String,
    }
}

impl Indicator {
    /// Whether it is a percentage, which says on how many it was measured, or that nobody published it.
    pub fn is_percentage(&self) -> bool {
        self.unit.contains('%')
    }
}

impl Roadmap {
    /// What was measured of an indicator, by date; what has none first.
    pub fn values_of(&self, indicator: LineId) -> Vec<&IndicatorValue> {
        self.values_where(|value| value.indicator == Some(indicator))
    }

    /// What was measured of no indicator that is there: it has none, or that was taken away.
    pub fn values_of_none(&self) -> Vec<&IndicatorValue> {
        self.values_where(|value| self.indicators.iter().all(|one| Some(one.id) != value.indicator))
    }

    fn values_where(&self, is_one: impl Fn(&IndicatorValue) -> bool) -> Vec<&IndicatorValue> {
        let mut values: Vec<_> = self.values.iter().filter(|value| is_one(value)).collect();
        values.sort_by_key(|value| (value.on.map(PartialDate::latest), value.id));
        values
    }

    /// The indicators of an objective; of none, those that have none that is there.
    pub fn indicators_of(&self, objective: Option<LineId>) -> impl Iterator<Item = &Indicator> {
        let there = |id: Option<LineId>| self.objectives.iter().find(|one| Some(one.id) == id).map(|one| one.id);
        self.indicators.iter().filter(move |indicator| there(indicator.objective) == objective)
    }

    /// What went otherwise than foreseen, the last first; what has no date at the end.
    pub fn deviations_by_date(&self) -> Vec<&Deviation> {
        let mut all: Vec<_> = self.deviations.iter().collect();
        all.sort_by_key(|line| (std::cmp::Reverse(line.on.map(PartialDate::latest)), line.id));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it_and_written_back_the_same() {
        for (typed, meant, plain) in [
            ("12", Some(12_000), "12"),
            ("12,5", Some(12_500), "12,5"),
            ("1 250", Some(1_250_000), "1250"),
            ("0.12", Some(120), "0,12"),
            ("1.250", None, ""),
            ("1,250", None, ""),
            ("-3", Some(-3_000), "-3"),
            ("0", Some(0), "0"),
            ("12 50", None, ""),
            ("12,", None, ""),
            ("environ 30", None, ""),
            ("", None, ""),
            ("1,2345", None, ""),
            ("9999999999999999", None, ""),
        ] {
            let read = Quantity::typed(typed);
            assert_eq!(read, meant.map(Quantity), "{typed}");
            if let Some(read) = read {
                assert_eq!(read.plain(), plain);
                assert_eq!(Quantity::parse(&read.to_string()), Some(read));
            }
        }
    }

    #[test]
    fn what_no_form_writes_is_no_number() {
        assert_eq!(Quantity::parse(&i64::MIN.to_string()), None);
        assert_eq!(Quantity::parse(&Quantity::MOST.to_string()), Some(Quantity::MOST));
    }

    #[test]
    fn a_measure_and_a_heading_whose_line_was_taken_away_are_still_there() {
        use super::super::ids::RoadmapId;
        use super::super::roadmap::{FrameworkHeading, Line};
        let mut roadmap = Roadmap::empty(RoadmapId([9; 16]));
        let [rate, gone] = [1, 2].map(|n| LineId([n; 16]));
        roadmap.indicators.push(Indicator::empty(rate));
        for (n, of) in [(3, Some(rate)), (4, Some(gone)), (5, None)] {
            roadmap.values.push(IndicatorValue { indicator: of, ..IndicatorValue::empty(LineId([n; 16])) });
            let framework = of.filter(|id| *id == gone);
            roadmap.headings.push(FrameworkHeading { framework, ..FrameworkHeading::empty(LineId([n; 16])) });
        }
        assert_eq!((roadmap.values_of(rate).len(), roadmap.values_of_none().len()), (1, 2));
        assert_eq!(roadmap.headings_of_none().count(), 3);
    }

    #[test]
    fn an_unknown_value_stays_unknown() {
        let mut value =
            IndicatorValue { amount: Some(Quantity(0)), ..super::super::roadmap::Line::empty(LineId([1; 16])) };
        assert!(super::super::roadmap::Fielded::say(&mut value, "amount", ""));
        assert_eq!(value.amount, None);
    }
}
