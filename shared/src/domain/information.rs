//! Health information that comes to the coordinator and has to reach people: who says it, for whom, until when, and who got it.
//!
//! Several coordinators may write in one item: each field is written apart, and each line is its own. It says to which
//! structures, places and kinds of people it was passed on, and never to whom who is accompanied.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::event::{AttendanceTotal, Headcount};
use super::ids::{EntryId, InformationId, LineId};
use super::summary::period::Period;

pub use super::information_changes::{DIFFUSIONS, InformationChange};

/// An item of information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationItem {
    /// Names the item.
    pub id: InformationId,
    /// What it is called.
    pub title: String,
    /// What it says, in the coordinator's own words.
    pub summary: String,
    /// Who says it, in words.
    pub source: String,
    /// Who says it, where they are in the directory.
    pub source_entry: Option<EntryId>,
    /// Where it is published, as plain text: nothing is fetched from there.
    pub link: String,
    /// The day it came.
    pub received: Option<NaiveDate>,
    /// For whom: an item of the list of publics, or words. Nothing is everyone.
    pub audience: String,
    /// The last day on which it holds; none is that nobody knows of an end.
    pub expires: Option<NaiveDate>,
    /// What is to be done with it.
    pub state: InformationState,
    /// Whether it goes on the noticeboard.
    pub for_board: bool,
    /// Who got it.
    pub diffusions: Vec<Diffusion>,
    /// What else is to be known.
    pub note: String,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

text_fields! {
    /// The text fields of an item of information.
    InformationField of InformationItem {
        /// What it is called.
        Title = "title" => title,
        /// What it says.
        Summary = "summary" => summary,
        /// Who says it.
        Source = "source" => source,
        /// Where it is published.
        Link = "link" => link,
        /// For whom.
        Audience = "audience" => audience,
        /// What else is to be known.
        Note = "note" => note,
    }
}

/// That it was passed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diffusion {
    /// Names the line.
    pub id: LineId,
    /// When; none where nobody knows.
    pub on: Option<NaiveDate>,
    /// By which way: an item of the list of channels, or words.
    pub channel: String,
    /// To whom, in words: a structure, a place, a kind of people. Never someone who is accompanied.
    pub to: String,
    /// To whom, where they are in the directory.
    pub entry: Option<EntryId>,
    /// How many copies were left there.
    pub copies: Headcount,
    /// How many people it reached.
    pub people: Headcount,
}

text_fields! {
    /// The text fields of a line of diffusion.
    DiffusionField of Diffusion {
        /// By which way.
        Channel = "channel" => channel,
        /// To whom.
        To = "to" => to,
    }
}

/// What is to be done with an item. It is written as one value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum InformationState {
    /// It came, and nobody read it yet.
    #[default]
    ToRead,
    /// It was read, and is to be passed on.
    ToPassOn,
    /// It was passed on, as far as it is to be.
    PassedOn,
    /// It is not passed on, for that reason.
    SetAside(String),
    /// Written by a newer version.
    Unknown(String),
}

impl InformationState {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        match text.split_once(':') {
            None if text.is_empty() || text == "to_read" => InformationState::ToRead,
            None if text == "to_pass_on" => InformationState::ToPassOn,
            None if text == "passed_on" => InformationState::PassedOn,
            Some(("set_aside", reason)) => InformationState::SetAside(reason.to_owned()),
            _ => InformationState::Unknown(text.to_owned()),
        }
    }

    /// Whether something is still to be done with it. Of what a newer version wrote nobody can tell here, and it is rather
    /// shown once too often.
    pub fn is_waiting(&self) -> bool {
        matches!(self, InformationState::ToRead | InformationState::ToPassOn | InformationState::Unknown(_))
    }

    /// The words that someone types in it.
    pub fn words(&self) -> Option<&str> {
        match self {
            InformationState::SetAside(reason) => Some(reason),
            // Whatever a newer version wrote may name someone.
            InformationState::Unknown(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for InformationState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InformationState::ToRead => f.write_str("to_read"),
            InformationState::ToPassOn => f.write_str("to_pass_on"),
            InformationState::PassedOn => f.write_str("passed_on"),
            InformationState::SetAside(reason) => write!(f, "set_aside:{reason}"),
            InformationState::Unknown(text) => f.write_str(text),
        }
    }
}

impl InformationItem {
    /// An item of which nothing is said yet.
    pub fn empty(id: InformationId) -> Self {
        InformationItem {
            id,
            title: String::new(),
            summary: String::new(),
            source: String::new(),
            source_entry: None,
            link: String::new(),
            received: None,
            audience: String::new(),
            expires: None,
            state: InformationState::ToRead,
            for_board: false,
            diffusions: Vec::new(),
            note: String::new(),
            withdrawn: false,
        }
    }

    /// Whether it holds no longer: from the day after its last day.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.expires.is_some_and(|last| today > last)
    }

    /// Whether it is over and nobody got it while it held. A line without a day counts: somebody got it, nobody knows when.
    pub fn was_missed(&self, today: NaiveDate) -> bool {
        let in_time = |line: &Diffusion| line.on.zip(self.expires).is_none_or(|(on, last)| on <= last);
        let is_said_passed_on = self.state == InformationState::PassedOn && self.diffusions.is_empty();
        // Of what a newer version wrote nobody can tell here whether it was to be passed on, or was.
        let is_not_asked = matches!(self.state, InformationState::SetAside(_) | InformationState::Unknown(_));
        self.is_over(today) && !is_not_asked && !is_said_passed_on && !self.diffusions.iter().any(in_time)
    }

    /// The last day on which it can still be passed on; none where nothing is to be done, or it is too late.
    pub fn waits_until(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.expires.filter(|last| *last >= today && self.state.is_waiting())
    }

    /// Whether it holds in a month, seen from a day: what is over that day is not on the sheet of its month.
    pub fn holds_in(&self, month: Period, today: NaiveDate) -> bool {
        let Some((first, last)) = days_of(month) else { return false };
        let from = if today > last { first } else { first.max(today) };
        let came = self.received.is_none_or(|day| day <= last);
        let is_set_aside = matches!(self.state, InformationState::SetAside(_));
        came && !is_set_aside && !self.withdrawn && !self.is_over(from)
    }

    /// How many copies were left, as far as it is known.
    pub fn copies(&self) -> AttendanceTotal {
        AttendanceTotal::of(self.diffusions.iter().map(|line| line.copies))
    }

    /// How many people it reached, as far as it is known. Whoever got it twice counts twice: nobody can tell.
    pub fn people(&self) -> AttendanceTotal {
        AttendanceTotal::of(self.diffusions.iter().map(|line| line.people))
    }

    /// Every word that someone wrote in it, for those who look for something.
    pub fn texts(&self) -> Vec<&str> {
        let own = InformationField::ALL.iter().map(|field| self.text(*field)).chain(self.state.words());
        let diffusions = self.diffusions.iter().flat_map(|line| [line.channel.as_str(), &line.to]);
        own.chain(diffusions).filter(|text| !text.is_empty()).collect()
    }
}

impl Diffusion {
    /// A line with nothing on it.
    pub fn empty(id: LineId) -> Self {
        Diffusion {
            id,
            on: None,
            channel: String::new(),
            to: String::new(),
            entry: None,
            copies: Headcount::NotKnown,
            people: Headcount::NotKnown,
        }
    }
}

/// The first and the last day of a period.
pub fn days_of(period: Period) -> Option<(NaiveDate, NaiveDate)> {
    let (year, month) = period.first().year_and_month();
    let (next_year, next_month) = period.last().next().year_and_month();
    let last = NaiveDate::from_ymd_opt(next_year, next_month, 1)?.pred_opt()?;
    Some((NaiveDate::from_ymd_opt(year, month, 1)?, last))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn line(n: u8) -> LineId {
        LineId([n; 16])
    }

    fn item(expires: &str) -> InformationItem {
        let expires = expires.parse().ok();
        InformationItem { title: "Dépistage".into(), expires, ..InformationItem::empty(InformationId([1; 16])) }
    }

    #[test]
    fn a_state_reads_back_as_it_is_written() {
        for state in [
            InformationState::ToRead,
            InformationState::ToPassOn,
            InformationState::PassedOn,
            InformationState::SetAside("trop loin : 80 km".into()),
            InformationState::Unknown("archived:2030".into()),
            InformationState::Unknown("read".into()),
        ] {
            assert_eq!(InformationState::parse(&state.to_string()), state);
        }
        assert_eq!(InformationState::parse(""), InformationState::ToRead);
    }

    #[test]
    fn what_nobody_got_while_it_held_was_missed() {
        let today = day("2026-03-16");
        let check = |state: InformationState, lines: &[&str], expected: bool| {
            let mut item = item("2026-03-15");
            item.state = state.clone();
            for (on, n) in lines.iter().zip(2..) {
                item.diffusions.push(Diffusion { on: on.parse().ok(), ..Diffusion::empty(line(n)) });
            }
            assert_eq!(item.was_missed(today), expected, "{state:?} {lines:?}");
        };
        check(InformationState::ToPassOn, &[], true);
        check(InformationState::ToRead, &[], true);
        check(InformationState::PassedOn, &[], false);
        check(InformationState::SetAside("trop loin".into()), &[], false);
        check(InformationState::Unknown("archived".into()), &[], false);
        check(InformationState::ToPassOn, &["2026-03-15"], false);
        check(InformationState::ToPassOn, &["nobody knows"], false);
        check(InformationState::PassedOn, &["2026-03-16"], true);
        check(InformationState::PassedOn, &["2026-03-16", "2026-03-01"], false);
        assert!(!item("").was_missed(today), "it has no end");
    }

    #[test]
    fn what_waits_says_until_when_and_only_while_something_can_be_done() {
        let mut item = item("2026-03-15");
        assert_eq!(item.waits_until(day("2026-03-15")), Some(day("2026-03-15")));
        assert_eq!(item.waits_until(day("2026-03-16")), None);
        item.state = InformationState::PassedOn;
        assert_eq!(item.waits_until(day("2026-03-01")), None);
    }

    #[test]
    fn a_month_holds_what_is_not_over_in_it() {
        let march = Period::parse("2026-03").expect("a month");
        assert_eq!(days_of(march), Some((day("2026-03-01"), day("2026-03-31"))));
        let check = |expires: &str, today: &str, expected: bool| {
            assert_eq!(item(expires).holds_in(march, day(today)), expected, "{expires} {today}");
        };
        check("", "2026-02-20", true);
        check("2026-02-28", "2026-02-20", false);
        check("2026-03-01", "2026-02-20", true);
        check("2026-03-10", "2026-03-10", true);
        check("2026-03-10", "2026-03-11", false);
        check("2026-03-10", "2026-05-01", true);
        let mut late = item("");
        late.received = "2026-04-01".parse().ok();
        assert!(!late.holds_in(march, day("2026-05-01")), "it had not come yet");
        late.received = None;
        late.state = InformationState::SetAside("trop loin".into());
        assert!(!late.holds_in(march, day("2026-03-01")));
    }

    #[test]
    fn what_nobody_counted_is_not_zero() {
        let mut item = item("");
        let left = |copies, n| Diffusion { copies, ..Diffusion::empty(line(n)) };
        item.diffusions =
            vec![left(Headcount::Counted(30), 2), left(Headcount::NotKnown, 3), left(Headcount::About(20), 4)];
        assert_eq!(item.copies(), AttendanceTotal { known: 50, is_about: true, not_known: 1 });
        assert_eq!(item.people(), AttendanceTotal { known: 0, is_about: false, not_known: 3 });
    }

    proptest! {
        /// It is over from the day after its last day, and not before; and it is never both to be passed on and missed.
        #[test]
        fn an_item_is_over_from_the_day_after(days in -400_i64..400) {
            let item = item("2026-03-15");
            let today = day("2026-03-15") + chrono::Duration::days(days);
            prop_assert_eq!(item.is_over(today), days > 0);
            prop_assert_eq!(item.was_missed(today), item.waits_until(today).is_none());
        }
    }
}
