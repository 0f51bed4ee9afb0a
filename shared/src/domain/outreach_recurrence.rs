//! On which days an outreach service comes back, as one value: nothing comes back every month nobody knows on which day.
//!
//! It says days, and nothing of holidays or exceptions. No clock is read.

use std::fmt;
use std::num::NonZeroU8;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::calendar::WorkingWeek;
use super::roadmap_parts::Part;

/// What comes back more rarely than that is said by its days.
const MOST_WEEKS: u8 = 52;
const LAST: &str = "last";

/// Which of the days of a month that are the same day of the week. There is no fifth: half of the months have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The last, which is the fourth or the fifth.
    Last,
}

impl Nth {
    /// Every one, in their order.
    pub const ALL: [Nth; 5] = [Nth::First, Nth::Second, Nth::Third, Nth::Fourth, Nth::Last];

    /// The code that is written.
    pub const fn code(self) -> &'static str {
        match self {
            Nth::First => "1",
            Nth::Second => "2",
            Nth::Third => "3",
            Nth::Fourth => "4",
            Nth::Last => LAST,
        }
    }

    /// What a code says.
    pub fn from_code(code: &str) -> Option<Self> {
        Nth::ALL.into_iter().find(|nth| nth.code() == code)
    }

    /// Whether a day is that one, among those of its month that are the same day of the week.
    fn is(self, day: NaiveDate) -> bool {
        let weeks_before = (day.day() - 1) / 7;
        match self {
            Nth::First => weeks_before == 0,
            Nth::Second => weeks_before == 1,
            Nth::Third => weeks_before == 2,
            Nth::Fourth => weeks_before == 3,
            Nth::Last => day.checked_add_days(Days::new(7)).is_none_or(|next| next.month() != day.month()),
        }
    }
}

/// When a service comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recurrence {
    /// Nobody said.
    #[default]
    NotSaid,
    /// Every week on these days.
    Weekly(WorkingWeek),
    /// Every so many weeks, from that day on.
    EveryWeeks {
        /// How many weeks lie between two of its days: 1 to 52.
        weeks: NonZeroU8,
        /// One of its days, and the first.
        from: NaiveDate,
    },
    /// Once a month.
    Monthly {
        /// Which of those days of the month.
        nth: Nth,
        /// Which day of the week.
        weekday: Weekday,
    },
    /// On the days that are written, and on no other.
    GivenDays,
    /// When it is asked for, without any day.
    OnCall,
    /// Written by a newer version.
    Unknown(String),
}

impl Recurrence {
    /// Every so many weeks from a day on; nothing for a number that it cannot be.
    pub fn every(weeks: u8, from: NaiveDate) -> Option<Self> {
        let weeks = NonZeroU8::new(weeks).filter(|weeks| weeks.get() <= MOST_WEEKS)?;
        Some(Recurrence::EveryWeeks { weeks, from })
    }

    /// Every week on these days; nothing where there is none of them.
    pub fn weekly(week: WorkingWeek) -> Option<Self> {
        week.days().next().map(|_| Recurrence::Weekly(week))
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        let known = match text.split(':').collect::<Vec<_>>()[..] {
            [""] => Some(Recurrence::NotSaid),
            ["given_days"] => Some(Recurrence::GivenDays),
            ["on_call"] => Some(Recurrence::OnCall),
            ["weekly", days] => WorkingWeek::parse(days).and_then(Recurrence::weekly),
            ["every", weeks, from] => {
                weeks.parse().ok().zip(from.parse().ok()).and_then(|(weeks, from)| Recurrence::every(weeks, from))
            }
            ["monthly", nth, weekday] => {
                Nth::from_code(nth).zip(weekday_of(weekday)).map(|(nth, weekday)| Recurrence::Monthly { nth, weekday })
            }
            _ => None,
        };
        known.unwrap_or_else(|| Recurrence::Unknown(text.to_owned()))
    }

    /// Whether it comes back on a day by itself.
    pub fn falls_on(&self, day: NaiveDate) -> bool {
        match self {
            Recurrence::Weekly(week) => week.includes(day.weekday()),
            Recurrence::EveryWeeks { weeks, from } => {
                let days = (day - *from).num_days();
                days >= 0 && days % (7 * i64::from(weeks.get())) == 0
            }
            Recurrence::Monthly { nth, weekday } => day.weekday() == *weekday && nth.is(day),
            Recurrence::NotSaid | Recurrence::GivenDays | Recurrence::OnCall | Recurrence::Unknown(_) => false,
        }
    }
}

/// A day of the week by its figure, 1 being Monday.
fn weekday_of(figure: &str) -> Option<Weekday> {
    let figure: u8 = figure.parse().ok()?;
    Weekday::try_from(figure.checked_sub(1)?).ok()
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Recurrence::NotSaid => Ok(()),
            Recurrence::Weekly(week) => write!(f, "weekly:{week}"),
            Recurrence::EveryWeeks { weeks, from } => write!(f, "every:{weeks}:{from}"),
            Recurrence::Monthly { nth, weekday } => {
                write!(f, "monthly:{}:{}", nth.code(), weekday.number_from_monday())
            }
            Recurrence::GivenDays => f.write_str("given_days"),
            Recurrence::OnCall => f.write_str("on_call"),
            Recurrence::Unknown(text) => f.write_str(text),
        }
    }
}

impl Part for Recurrence {
    fn written(&self, _: &str) -> String {
        self.to_string()
    }

    fn read(&mut self, name: &str, text: &str) -> bool {
        if name.is_empty() {
            *self = Recurrence::parse(text);
        }
        name.is_empty()
    }

    fn words(&self) -> Vec<String> {
        match self {
            // Whatever a newer version wrote may name someone.
            Recurrence::Unknown(text) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    fn is_known(&self) -> bool {
        !matches!(self, Recurrence::Unknown(_))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn days_of(recurrence: &str, from: &str, until: &str) -> Vec<String> {
        let recurrence = Recurrence::parse(recurrence);
        let all = day(from).iter_days().take_while(|one| *one <= day(until));
        all.filter(|one| recurrence.falls_on(*one)).map(|one| one.to_string()).collect()
    }

    #[test]
    fn a_value_reads_back_and_what_is_none_is_kept_as_it_is() {
        for text in ["", "weekly:15", "every:2:2026-03-03", "monthly:3:2", "monthly:last:5", "given_days", "on_call"] {
            let read = Recurrence::parse(text);
            assert!(read.is_known() && read.to_string() == text, "{text}");
        }
        for text in ["weekly:", "weekly:8", "every:0:2026-03-03", "every:53:2026-03-03", "every:2", "monthly:5:2"] {
            let read = Recurrence::parse(text);
            assert_eq!((read.clone(), read.to_string()), (Recurrence::Unknown(text.into()), text.into()));
        }
    }

    #[test]
    fn days_are_those_of_the_almanac() {
        assert_eq!(days_of("monthly:3:2", "2026-03-01", "2026-05-31"), ["2026-03-17", "2026-04-21", "2026-05-19"]);
        assert_eq!(days_of("monthly:last:5", "2026-01-01", "2026-02-28"), ["2026-01-30", "2026-02-27"]);
        assert_eq!(
            days_of("every:2:2026-03-03", "2026-02-01", "2026-04-01"),
            ["2026-03-03", "2026-03-17", "2026-03-31"]
        );
        assert_eq!(days_of("weekly:67", "2026-03-01", "2026-03-08"), ["2026-03-01", "2026-03-07", "2026-03-08"]);
        for no_day_of_its_own in ["", "given_days", "on_call", "yearly:3"] {
            assert!(days_of(no_day_of_its_own, "2026-01-01", "2026-12-31").is_empty(), "{no_day_of_its_own}");
        }
    }

    fn any_weekday() -> impl Strategy<Value = Weekday> {
        (0u8..7).prop_map(|number| Weekday::try_from(number).expect("a day of the week"))
    }

    proptest! {
        /// Each month has one of each, and it is that day of the week; the last has none after it.
        #[test]
        fn a_month_has_one_nth_weekday(
            year in 1950i32..2200, month in 1u32..=12, weekday in any_weekday(), nth in proptest::sample::select(Nth::ALL.to_vec()),
        ) {
            let recurrence = Recurrence::Monthly { nth, weekday };
            let first = NaiveDate::from_ymd_opt(year, month, 1).expect("a month");
            let days: Vec<NaiveDate> = first.iter_days().take_while(|day| day.month() == month).collect();
            let those: Vec<&NaiveDate> = days.iter().filter(|day| day.weekday() == weekday).collect();
            let found: Vec<&NaiveDate> = days.iter().filter(|day| recurrence.falls_on(**day)).collect();
            let expected = match nth {
                Nth::Last => those.last(),
                nth => those.get(Nth::ALL.iter().position(|one| *one == nth).expect("one of them")),
            };
            prop_assert_eq!(found.first(), expected);
            prop_assert_eq!(found.len(), 1);
        }

        /// So many weeks lie between two of its days, and none is before the first.
        #[test]
        fn so_many_weeks_lie_between(weeks in 1u8..=52, after in 0u64..2_000) {
            let from = day("2026-03-03");
            let recurrence = Recurrence::every(weeks, from).expect("so many");
            let some_day = from + Days::new(after);
            prop_assert_eq!(recurrence.falls_on(some_day), after % (7 * u64::from(weeks)) == 0);
            prop_assert!(!recurrence.falls_on(from - Days::new(7 * u64::from(weeks))));
        }
    }
}
