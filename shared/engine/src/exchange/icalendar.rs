//! Events for the calendars of others (iCalendar, RFC 5545): what, where and on which days, and nothing of who comes.
//!
//! Hours are those of the wall, with no zone: a village's events are at the hours of the place where they are. Whoever
//! hands over events says which: nothing here knows whom words may name.

use chrono::{DateTime, Days, NaiveDate};
use maillon_shared::domain::time::{Hour, Instant};

use super::vcard::lines::{escape, write_line};

/// An event with a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    /// What names it for ever: a calendar that has it already replaces it.
    pub uid: String,
    /// What it is called.
    pub title: String,
    /// Where, in words.
    pub place: String,
    /// What it is about.
    pub about: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// From what hour, the first day. Without one it lasts whole days.
    pub starts: Option<Hour>,
    /// Until what hour, the last day.
    pub ends: Option<Hour>,
    /// Whether it will not be held after all.
    pub cancelled: bool,
}

/// Writes a calendar of these events, as it is at this moment.
pub fn write_calendar(events: &[CalendarEvent], at: Instant) -> Vec<u8> {
    let mut file = String::new();
    let mut line = |line: &str| write_line(line, &mut file);
    let stamp = DateTime::from_timestamp_millis(at.utc_ms).unwrap_or_default().format("%Y%m%dT%H%M%SZ");
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Maillon//FR");
    line("CALSCALE:GREGORIAN");
    for event in events {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", escape(&event.uid)));
        line(&format!("DTSTAMP:{stamp}"));
        days(event).iter().for_each(|days| line(days));
        line(&format!("SUMMARY:{}", text(&event.title)));
        for (property, words) in [("LOCATION", &event.place), ("DESCRIPTION", &event.about)] {
            if !words.trim().is_empty() {
                line(&format!("{property}:{}", text(words)));
            }
        }
        if event.cancelled {
            line("STATUS:CANCELLED");
        }
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    file.into_bytes()
}

/// From when until when: hours where the first is known, else whole days, the end of which is the day after the last.
fn days(event: &CalendarEvent) -> Vec<String> {
    let at = |day: NaiveDate, hour: Hour| format!("{}T{:02}{:02}00", day.format("%Y%m%d"), hour.hour, hour.minute);
    let last = event.until.max(event.from);
    let ends = event.ends.filter(|ends| event.starts.is_some_and(|starts| (last, *ends) > (event.from, starts)));
    match event.starts {
        // Of several days with no last hour, the days are said: an hour alone would lose all but the first.
        Some(starts) if ends.is_some() || last == event.from => {
            let begins = format!("DTSTART:{}", at(event.from, starts));
            std::iter::once(begins).chain(ends.map(|ends| format!("DTEND:{}", at(last, ends)))).collect()
        }
        _ => {
            let after = last.checked_add_days(Days::new(1)).unwrap_or(last);
            let whole = |property: &str, day: NaiveDate| format!("{property};VALUE=DATE:{}", day.format("%Y%m%d"));
            vec![whole("DTSTART", event.from), whole("DTEND", after)]
        }
    }
}

/// Words as a value; characters that no line may hold are left out.
fn text(words: &str) -> String {
    let allowed: String = words.trim().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect();
    escape(&allowed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot build its events has failed")]

    use super::*;

    const MORNING: Instant = Instant { utc_ms: 1_781_161_200_000, offset_min: 120 };

    fn forum() -> CalendarEvent {
        CalendarEvent {
            uid: "01@maillon".into(),
            title: "Forum santé, bien vieillir".into(),
            place: "Salle des fêtes; Fontvieille".into(),
            about: String::new(),
            from: "2026-10-09".parse().unwrap(),
            until: "2026-10-09".parse().unwrap(),
            starts: Hour::new(9, 0),
            ends: Hour::new(17, 30),
            cancelled: false,
        }
    }

    fn written(event: CalendarEvent) -> String {
        String::from_utf8(write_calendar(&[event], MORNING)).unwrap()
    }

    #[test]
    fn an_event_has_its_hours_and_its_words_escaped() {
        let file = written(forum());
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && file.ends_with("END:VCALENDAR\r\n"));
        assert!(file.contains("DTSTART:20261009T090000\r\nDTEND:20261009T173000\r\n"), "{file}");
        assert!(file.contains("SUMMARY:Forum santé\\, bien vieillir\r\n"));
        assert!(file.contains("LOCATION:Salle des fêtes\\; Fontvieille\r\n"));
        assert!(file.contains("DTSTAMP:20260611T070000Z\r\n"), "{file}");
        assert!(!file.contains("DESCRIPTION") && !file.contains("STATUS"));
    }

    #[test]
    fn without_an_hour_it_lasts_whole_days_until_the_day_after_the_last() {
        let days = CalendarEvent { starts: None, until: "2026-12-31".parse().unwrap(), cancelled: true, ..forum() };
        let file = written(days);
        assert!(file.contains("DTSTART;VALUE=DATE:20261009\r\nDTEND;VALUE=DATE:20270101\r\n"), "{file}");
        assert!(file.contains("STATUS:CANCELLED\r\n"));
    }

    #[test]
    fn several_days_without_a_last_hour_are_all_said() {
        let three = CalendarEvent { ends: None, until: "2026-10-11".parse().unwrap(), ..forum() };
        assert!(written(three).contains("DTSTART;VALUE=DATE:20261009\r\nDTEND;VALUE=DATE:20261012\r\n"));
    }

    #[test]
    fn an_end_that_is_before_the_beginning_is_none() {
        let late = CalendarEvent { ends: Hour::new(8, 0), until: "2026-10-01".parse().unwrap(), ..forum() };
        let file = written(late);
        assert!(file.contains("DTSTART:20261009T090000\r\nSUMMARY"), "{file}");
    }

    #[test]
    fn no_line_is_longer_than_75_bytes_and_no_word_adds_a_line() {
        let hostile = "é".repeat(200) + "\r\nATTENDEE:x\u{0}\u{1b}";
        let file = written(CalendarEvent { title: hostile.clone(), about: hostile, ..forum() });
        assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.starts_with("ATTENDEE")));
        assert!(!file.contains(['\u{0}', '\u{1b}']));
    }
}
