//! The village's clock: the hours someone works, as instants of mainland France.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Weekday};
use maillon_shared::domain::calendar::Calendar;
use maillon_shared::domain::time::Instant;

use super::chance::Chance;

/// An instant of a day in mainland France.
pub fn instant(day: NaiveDate, time: NaiveTime) -> Instant {
    // The hour itself changes at one in the morning in UTC, when nobody here works: the day decides.
    let summer = (last_sunday(day.year(), 3)..last_sunday(day.year(), 10)).contains(&day);
    let offset_min = if summer { 120 } else { 60 };
    let utc = day.and_time(time).and_utc() - TimeDelta::minutes(offset_min.into());
    Instant { utc_ms: utc.timestamp_millis(), offset_min }
}

/// An instant later by some seconds, the same day.
pub fn later(instant: Instant, seconds: i64) -> Instant {
    Instant { utc_ms: instant.utc_ms + seconds * 1000, ..instant }
}

/// A moment of a day's work.
pub fn working_hour(chance: &mut Chance, day: NaiveDate) -> Instant {
    let minutes = match chance.below(10) {
        0..=5 => chance.between(8 * 60 + 30, 12 * 60),
        _ => chance.between(13 * 60 + 45, 17 * 60 + 50),
    };
    let time = NaiveTime::MIN + TimeDelta::seconds(minutes * 60 + chance.between(0, 59));
    instant(day, time)
}

/// That day if it is worked, or the next one that is.
pub fn worked(calendar: &Calendar, day: NaiveDate) -> NaiveDate {
    if calendar.is_worked(day) { day } else { calendar.worked_after(day).unwrap_or(day) }
}

/// So many days later.
pub fn after(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_days(Days::new(days.max(0) as u64)).unwrap_or(day)
}

fn last_sunday(year: i32, month: u32) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(year, month, 31).unwrap_or(NaiveDate::MAX);
    last - Days::new(last.weekday().days_since(Weekday::Sun).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_reads_as_the_wall_clock_in_winter_and_in_summer() {
        for day in ["2026-01-15", "2026-03-28", "2026-03-29", "2026-07-14", "2026-10-24", "2026-10-25"] {
            let day: NaiveDate = day.parse().expect("a date");
            let noon = instant(day, NaiveTime::from_hms_opt(12, 0, 0).expect("noon"));
            assert_eq!((noon.day(), noon.hour().to_string().as_str()), (day, "12:00"));
        }
        let offset = |text: &str| instant(text.parse().expect("a date"), NaiveTime::MIN).offset_min;
        assert_eq!(["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"].map(offset), [60, 120, 120, 60]);
    }
}
