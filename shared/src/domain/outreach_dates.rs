//! The days on which an outreach service is, its exceptions held, and which days a duty rota leaves without anyone.
//!
//! A day on a public holiday is to be verified and is never moved. No day is outside from when until when the service is. No
//! clock is read here.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::calendar::{HolidayId, Zone, holiday_on};
use super::outreach::{OutreachKind, OutreachService, OutreachTurn};
use super::outreach_recurrence::Recurrence;
use super::outreach_sessions::{DaySays, SessionState};

/// How far the next day is looked for: one that comes back once a year is found.
const SEARCH_DAYS: usize = 400;
/// For how long what someone made sure of is taken for sure.
const SURE: Months = Months::new(6);

/// A day of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutreachDate {
    /// The day.
    pub day: NaiveDate,
    /// Whether it takes place.
    pub is: DateIs,
    /// Why that is to be verified.
    pub doubt: Option<DateDoubt>,
}

/// Whether a service takes place on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateIs {
    /// It comes back that day.
    Planned,
    /// The day was added.
    Added,
    /// It does not take place, for that reason.
    LeftOut(String),
}

/// Why a day is to be verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateDoubt {
    /// It is a public holiday.
    Holiday(HolidayId),
    /// It was left out, and added too: nobody is sent there for nothing, and someone has to ask.
    SaidTwice,
}

/// Days that follow each other, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DaySpan {
    /// The first.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
}

/// Which days of a rota have nobody, and which have several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rota {
    /// Days on which nobody is on duty.
    pub gaps: Vec<DaySpan>,
    /// Days on which several turns are written.
    pub overlaps: Vec<DaySpan>,
    /// How many days somebody should be on duty: where there is none, that no day lacks anyone says nothing.
    pub to_cover: u32,
}

impl OutreachTurn {
    /// Whether it covers a day. A turn of which the first or the last day is not known covers none.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from.zip(self.until).is_some_and(|(from, until)| (from..=until).contains(&day))
    }
}

impl OutreachService {
    /// Whether a day is from when until when it is.
    pub fn is_within(&self, day: NaiveDate) -> bool {
        self.about.begins.is_none_or(|begins| begins <= day) && self.about.ends.is_none_or(|ends| day <= ends)
    }

    /// Whether it is over.
    pub fn has_ended(&self, today: NaiveDate) -> bool {
        self.about.ends.is_some_and(|ends| ends < today)
    }

    /// What a day is; nothing where it is none of its days.
    pub fn on(&self, day: NaiveDate, zone: Zone) -> Option<OutreachDate> {
        if !self.is_within(day) {
            return None;
        }
        let said = || self.days.iter().filter(|line| line.day == Some(day)).map(|line| &line.says);
        let is_added = said().any(|says| *says == DaySays::Added);
        let comes_back = self.about.recurrence.falls_on(day);
        let left_out = said().find_map(|says| match says {
            DaySays::LeftOut(reason) => Some(reason.clone()),
            _ => None,
        });
        // Whoever adds a holiday means it.
        let holiday = holiday_on(day, zone).filter(|_| self.is_held_by_day() && !is_added);
        // A day that was added and is then cancelled is said once, and nothing is to be asked.
        let twice = (left_out.is_some() && is_added).then_some(DateDoubt::SaidTwice);
        let (is, doubt) = match left_out.or_else(|| self.cancelled_on(day)) {
            Some(reason) if comes_back || is_added => (DateIs::LeftOut(reason), twice),
            Some(_) => return None,
            None if is_added => (DateIs::Added, holiday.map(DateDoubt::Holiday)),
            None if comes_back => (DateIs::Planned, holiday.map(DateDoubt::Holiday)),
            None => return None,
        };
        Some(OutreachDate { day, is, doubt })
    }

    /// Those who are on duty are so on holidays: only days on which people are received are to be verified.
    fn is_held_by_day(&self) -> bool {
        self.about.kind != OutreachKind::DutyRota
    }

    /// Why what was to be held that day was cancelled, where nothing else was held.
    fn cancelled_on(&self, day: NaiveDate) -> Option<String> {
        let mut reason = None;
        for session in self.sessions.iter().filter(|session| session.day == Some(day)) {
            match &session.state {
                SessionState::Cancelled(why) => reason = reason.or_else(|| Some(why.clone())),
                SessionState::Held | SessionState::Unknown(_) => return None,
            }
        }
        reason
    }

    /// Its days from a day through another, in their order.
    pub fn dates(&self, from: NaiveDate, until: NaiveDate, zone: Zone) -> Vec<OutreachDate> {
        from.iter_days().take_while(|day| *day <= until).filter_map(|day| self.on(day, zone)).collect()
    }

    /// The next day on which it takes place, today included; none where there is none in about a year.
    pub fn next(&self, today: NaiveDate, zone: Zone) -> Option<OutreachDate> {
        let mut days = today.iter_days().take(SEARCH_DAYS).filter_map(|day| self.on(day, zone));
        days.find(|date| !matches!(date.is, DateIs::LeftOut(_)))
    }

    /// When someone last made sure of it, where that is longer ago than six months and it is not over.
    pub fn to_check_again(&self, today: NaiveDate) -> Option<NaiveDate> {
        let checked = self.about.checked_on.filter(|_| !self.has_ended(today))?;
        checked.checked_add_months(SURE).is_some_and(|until| until < today).then_some(checked)
    }

    /// Which days of the rota have nobody and which have several, from a day through another; nothing for what is no rota, or
    /// one of which nobody wrote a turn yet.
    pub fn rota(&self, from: NaiveDate, until: NaiveDate) -> Option<Rota> {
        if self.about.kind != OutreachKind::DutyRota || self.turns.is_empty() {
            return None;
        }
        let mut rota = Rota::default();
        for day in from.iter_days().take_while(|day| *day <= until) {
            let is_to_cover = self.is_to_cover(day);
            rota.to_cover += u32::from(is_to_cover);
            match self.turns.iter().filter(|turn| turn.covers(day)).count() {
                0 if is_to_cover => lengthen(&mut rota.gaps, day),
                0 | 1 => {}
                _ => lengthen(&mut rota.overlaps, day),
            }
        }
        Some(rota)
    }

    /// Whether somebody should be on duty: on its days where it has days of its own, else every day. Of days that a newer
    /// version wrote nobody can tell here.
    fn is_to_cover(&self, day: NaiveDate) -> bool {
        match &self.about.recurrence {
            Recurrence::NotSaid | Recurrence::OnCall => {
                let left_out = |says: &DaySays| matches!(says, DaySays::LeftOut(_));
                self.is_within(day) && !self.days.iter().any(|line| line.day == Some(day) && left_out(&line.says))
            }
            Recurrence::Unknown(_) => false,
            _ => self.on(day, Zone::France).is_some_and(|date| !matches!(date.is, DateIs::LeftOut(_))),
        }
    }

    /// Days of which several sessions are written: there were two, or one was written twice.
    pub fn days_written_twice(&self) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = self.sessions.iter().filter_map(|session| session.day).collect();
        days.sort();
        let mut twice: Vec<NaiveDate> = days.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
        twice.dedup();
        twice
    }
}

/// Adds a day to the last span, where it follows it.
fn lengthen(spans: &mut Vec<DaySpan>, day: NaiveDate) {
    match spans.last_mut().filter(|span| span.last.succ_opt() == Some(day)) {
        Some(span) => span.last = day,
        None => spans.push(DaySpan { first: day, last: day }),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Days, Weekday};
    use proptest::prelude::*;

    use super::super::calendar::WorkingWeek;
    use super::super::ids::{LineId, OutreachId};
    use super::super::outreach::{OutreachDay, OutreachSession};
    use super::super::outreach_recurrence::Nth;
    use super::super::roadmap_parts::Line;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn service(recurrence: &str) -> OutreachService {
        let mut service = OutreachService::empty(OutreachId([9; 16]));
        service.about.kind = OutreachKind::Consultation;
        service.about.recurrence = Recurrence::parse(recurrence);
        service
    }

    fn says(service: &mut OutreachService, on: &str, says: &str) {
        let id = line(u8::try_from(service.days.len()).expect("few") + 1);
        service.days.push(OutreachDay { day: Some(day(on)), says: DaySays::parse(says), ..OutreachDay::empty(id) });
    }

    fn told(service: &OutreachService, from: &str, until: &str) -> Vec<(String, DateIs, bool)> {
        let dates = service.dates(day(from), day(until), Zone::France);
        dates.into_iter().map(|date| (date.day.to_string(), date.is, date.doubt.is_some())).collect()
    }

    #[test]
    fn a_holiday_is_to_be_verified_and_is_not_moved() {
        let mut fridays = service("monthly:2:5");
        let expected = ("2026-05-08".to_owned(), DateIs::Planned, true);
        assert_eq!(told(&fridays, "2026-05-01", "2026-05-31"), [expected], "it is where it comes back");
        says(&mut fridays, "2026-05-08", "added");
        assert!(!told(&fridays, "2026-05-01", "2026-05-31")[0].2, "someone wrote that it is held all the same");
        fridays.about.recurrence = Recurrence::GivenDays;
        assert_eq!(told(&fridays, "2026-05-01", "2026-05-31"), [("2026-05-08".to_owned(), DateIs::Added, false)]);
        fridays.about.recurrence = Recurrence::parse("monthly:2:5");
        fridays.days.clear();
        fridays.about.kind = OutreachKind::DutyRota;
        assert!(!told(&fridays, "2026-05-01", "2026-05-31")[0].2, "those on duty are so on holidays");
    }

    #[test]
    fn a_day_left_out_says_why_and_one_added_is_there() {
        let mut tuesdays = service("monthly:3:2");
        says(&mut tuesdays, "2026-03-17", "left_out:congrès");
        says(&mut tuesdays, "2026-03-24", "added");
        says(&mut tuesdays, "2026-03-25", "left_out:rien à laisser");
        let left_out = DateIs::LeftOut("congrès".into());
        let expected = [("2026-03-17".to_owned(), left_out, false), ("2026-03-24".to_owned(), DateIs::Added, false)];
        assert_eq!(told(&tuesdays, "2026-03-01", "2026-03-31"), expected);
        assert_eq!(tuesdays.next(day("2026-03-01"), Zone::France).map(|date| date.day), Some(day("2026-03-24")));
        says(&mut tuesdays, "2026-03-24", "left_out:la salle");
        assert!(told(&tuesdays, "2026-03-24", "2026-03-24")[0].2, "it was said twice");
        tuesdays.about.ends = Some(day("2026-03-20"));
        assert_eq!(told(&tuesdays, "2026-03-24", "2026-03-24"), [], "it is over by then, whatever was added");
        assert_eq!(tuesdays.next(day("2026-03-18"), Zone::France), None);
    }

    #[test]
    fn what_was_cancelled_is_announced_to_nobody() {
        let mut weekly = service("weekly:1");
        let cancelled = SessionState::Cancelled("grève".into());
        let one = OutreachSession { day: Some(day("2026-03-02")), state: cancelled, ..OutreachSession::empty(line(1)) };
        weekly.sessions.push(one.clone());
        assert_eq!(told(&weekly, "2026-03-02", "2026-03-02")[0].1, DateIs::LeftOut("grève".into()));
        weekly.sessions.push(OutreachSession { state: SessionState::Held, ..one });
        assert_eq!(told(&weekly, "2026-03-02", "2026-03-02")[0].1, DateIs::Planned, "the other of that day was held");
        assert_eq!(weekly.days_written_twice(), [day("2026-03-02")]);
        weekly.sessions.pop();
        says(&mut weekly, "2026-03-02", "added");
        let (_, is, is_doubtful) = told(&weekly, "2026-03-02", "2026-03-02").remove(0);
        assert_eq!((is, is_doubtful), (DateIs::LeftOut("grève".into()), false), "it was added, and then cancelled");
    }

    #[test]
    fn what_was_made_sure_of_half_a_year_ago_is_to_be_again() {
        let mut one = service("on_call");
        assert_eq!(one.to_check_again(day("2026-09-01")), None, "nobody ever said");
        one.about.checked_on = Some(day("2026-02-28"));
        assert_eq!(one.to_check_again(day("2026-08-28")), None);
        assert_eq!(one.to_check_again(day("2026-08-29")), one.about.checked_on);
        one.about.ends = Some(day("2026-08-01"));
        assert_eq!(one.to_check_again(day("2026-08-29")), None, "it is over");
    }

    fn rota(recurrence: &str, turns: &[(&str, &str)]) -> OutreachService {
        let mut rota = service(recurrence);
        rota.about.kind = OutreachKind::DutyRota;
        for (n, (from, until)) in turns.iter().enumerate() {
            let id = line(u8::try_from(n).expect("few") + 1);
            let (from, until) = (from.parse().ok(), until.parse().ok());
            rota.turns.push(OutreachTurn { from, until, ..OutreachTurn::empty(id) });
        }
        rota
    }

    fn told_spans(spans: &[DaySpan]) -> Vec<String> {
        spans.iter().map(|span| format!("{} {}", span.first, span.last)).collect()
    }

    #[test]
    fn gaps_and_overlaps_of_a_rota_are_said() {
        let every_day = rota("", &[("2026-03-02", "2026-03-04"), ("2026-03-04", "2026-03-05"), ("2026-03-08", "")]);
        let found = every_day.rota(day("2026-03-01"), day("2026-03-08")).expect("a rota");
        let gaps = ["2026-03-01 2026-03-01", "2026-03-06 2026-03-08"];
        assert_eq!(told_spans(&found.gaps), gaps, "a turn without a last day covers none");
        assert_eq!(told_spans(&found.overlaps), ["2026-03-04 2026-03-04"]);
        let weekends = rota("weekly:67", &[("2026-03-07", "2026-03-08")]);
        let found = weekends.rota(day("2026-03-01"), day("2026-03-15")).expect("a rota");
        assert_eq!(told_spans(&found.gaps), ["2026-03-01 2026-03-01", "2026-03-14 2026-03-15"]);
        assert_eq!(found.to_cover, 5);
        let to_cover = |one: &OutreachService| one.rota(day("2026-03-01"), day("2026-03-15")).map(|rota| rota.to_cover);
        let turn = [("2026-03-01", "2026-03-15")];
        for nothing_to_cover in ["given_days", "yearly:3"] {
            assert_eq!(to_cover(&rota(nothing_to_cover, &turn)), Some(0), "{nothing_to_cover}");
        }
        let mut over = rota("", &turn);
        assert_eq!(to_cover(&over), Some(15));
        over.about.ends = Some(day("2026-02-28"));
        assert_eq!(to_cover(&over), Some(0), "it is over");
        assert_eq!(rota("", &[]).rota(day("2026-03-01"), day("2026-03-15")), None, "nobody wrote a turn yet");
        assert_eq!(service("").rota(day("2026-03-01"), day("2026-03-15")), None);
    }

    fn any_recurrence() -> impl Strategy<Value = Recurrence> {
        let from = day("2026-01-01");
        let weekday = || (0u8..7).prop_map(|number| Weekday::try_from(number).expect("a day"));
        prop_oneof![
            proptest::collection::vec(weekday(), 1..4).prop_map(|days| Recurrence::Weekly(WorkingWeek::of(days))),
            (1u8..9, 0u64..60)
                .prop_map(move |(weeks, days)| Recurrence::every(weeks, from + Days::new(days)).expect("so many")),
            (proptest::sample::select(Nth::ALL.to_vec()), weekday())
                .prop_map(|(nth, weekday)| Recurrence::Monthly { nth, weekday }),
            Just(Recurrence::GivenDays),
            Just(Recurrence::OnCall),
        ]
    }

    proptest! {
        /// No day is outside, exceptions hold whatever comes back, and what says nothing changes nothing.
        #[test]
        fn no_day_is_outside_and_exceptions_hold(
            recurrence in any_recurrence(),
            begins in proptest::option::of(0u64..120),
            length in proptest::option::of(0u64..120),
            exceptions in proptest::collection::vec((0u64..200, proptest::bool::ANY), 0..8),
        ) {
            let first = day("2026-01-01");
            let mut one = service("");
            one.about.recurrence = recurrence;
            one.about.begins = begins.map(|days| first + Days::new(days));
            one.about.ends = length.map(|days| one.about.begins.unwrap_or(first) + Days::new(days));
            for (n, (after, is_added)) in exceptions.iter().enumerate() {
                let says = if *is_added { DaySays::Added } else { DaySays::LeftOut("congé".into()) };
                let id = line(u8::try_from(n).expect("few") + 1);
                one.days.push(OutreachDay { day: Some(first + Days::new(*after)), says, ..OutreachDay::empty(id) });
            }
            let dates = one.dates(first, first + Days::new(220), Zone::France);
            prop_assert!(dates.windows(2).all(|two| two[0].day < two[1].day), "each once, in their order");
            for date in &dates {
                prop_assert!(one.is_within(date.day));
                let says = |wanted: bool| exceptions.iter().any(|(after, is_added)| {
                    first + Days::new(*after) == date.day && *is_added == wanted
                });
                match &date.is {
                    DateIs::LeftOut(_) => prop_assert!(says(false)),
                    DateIs::Added => prop_assert!(says(true) && !says(false)),
                    DateIs::Planned => {
                        prop_assert!(!says(false) && !says(true) && one.about.recurrence.falls_on(date.day));
                    }
                }
            }
            for line in one.days.iter().filter(|line| line.says == DaySays::Added) {
                let added = line.day.expect("a day");
                prop_assert_eq!(one.is_within(added), dates.iter().any(|date| date.day == added));
            }
        }
    }
}
