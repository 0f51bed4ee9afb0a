//! A follow-up: what is to be done, for whom, by whom, and when it falls due.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::ids::{EncounterId, FollowUpId, HealthProjectId, PersonId, SharedMeetingId};
use super::time::Hour;

/// What is to be done, by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// Names the follow-up.
    pub id: FollowUpId,
    /// About whom; none for what concerns nobody in particular.
    pub person: Option<PersonId>,
    /// A contact, a promise, anything else.
    pub kind: FollowUpKind,
    /// What is to be done, in a few words.
    pub what: String,
    /// The day it falls due.
    pub due: NaiveDate,
    /// The hour, for an appointment.
    pub hour: Option<Hour>,
    /// Who does it; empty is the coordinator.
    pub owner: String,
    /// Whether, once done, it comes again.
    pub rhythm: Option<Rhythm>,
    /// Open, done or given up.
    pub state: FollowUpState,
    /// The encounter it was decided in.
    pub from: Option<EncounterId>,
    /// The project of which it is an action: it stands there, and nowhere else.
    pub project: Option<HealthProjectId>,
    /// The *temps d'échange* of which it is a decision: it stands there, and nowhere else.
    pub meeting: Option<SharedMeetingId>,
    /// Why it is no longer the day first said: the last reason given.
    pub postponed_because: String,
    /// How often it was put off.
    pub postponed_times: u32,
}

impl FollowUp {
    /// Something to do by that day.
    pub fn open(id: FollowUpId, person: Option<PersonId>, kind: FollowUpKind, due: NaiveDate) -> Self {
        FollowUp {
            id,
            person,
            kind,
            what: String::new(),
            due,
            hour: None,
            owner: String::new(),
            rhythm: None,
            state: FollowUpState::Open,
            from: None,
            project: None,
            meeting: None,
            postponed_because: String::new(),
            postponed_times: 0,
        }
    }

    /// Whether it still waits.
    pub fn is_open(&self) -> bool {
        self.state == FollowUpState::Open
    }

    /// How many days it is late on a day; zero when it is not.
    pub fn days_late(&self, today: NaiveDate) -> u32 {
        u32::try_from((today - self.due).num_days()).unwrap_or(0)
    }
}

coded! {
    /// What a follow-up is.
    FollowUpKind {
        /// To see or call the person again.
        Contact = "contact",
        /// A visit at home.
        Visit = "visit",
        /// A call.
        Call = "call",
        /// Something the coordinator told someone they would do.
        Promise = "promise",
        /// An answer expected from someone else.
        Answer = "answer",
        /// Anything else to do.
        Task = "task",
    }
}

/// How far a follow-up is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FollowUpState {
    /// To do.
    Open,
    /// Done that day, by that encounter if by one.
    Done {
        /// The day.
        day: NaiveDate,
        /// The encounter.
        by: Option<EncounterId>,
    },
    /// Given up, and why.
    Cancelled {
        /// Why.
        why: String,
    },
    /// Written by a newer version.
    Unknown(String),
}

impl FollowUpState {
    /// The code that is written; what goes with it is beside it.
    pub fn code(&self) -> &str {
        match self {
            FollowUpState::Open => "open",
            FollowUpState::Done { .. } => "done",
            FollowUpState::Cancelled { .. } => "cancelled",
            FollowUpState::Unknown(code) => code,
        }
    }
}

/// How often something comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// How many.
    pub every: u16,
    /// Of what.
    pub unit: RhythmUnit,
}

/// What a rhythm counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RhythmUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
}

impl Rhythm {
    /// Every week.
    pub const WEEKLY: Rhythm = Rhythm { every: 1, unit: RhythmUnit::Weeks };
    /// Every other week.
    pub const FORTNIGHTLY: Rhythm = Rhythm { every: 2, unit: RhythmUnit::Weeks };
    /// Every month.
    pub const MONTHLY: Rhythm = Rhythm { every: 1, unit: RhythmUnit::Months };
    /// Every quarter.
    pub const QUARTERLY: Rhythm = Rhythm { every: 3, unit: RhythmUnit::Months };

    /// The day after that one on which it falls due again. The last days of a month stay the last days.
    pub fn next_after(self, day: NaiveDate) -> NaiveDate {
        let every = u32::from(self.every.max(1));
        let next = match self.unit {
            RhythmUnit::Days => day.checked_add_days(Days::new(every.into())),
            RhythmUnit::Weeks => day.checked_add_days(Days::new(u64::from(every) * 7)),
            RhythmUnit::Months => day.checked_add_months(Months::new(every)),
        };
        next.unwrap_or(NaiveDate::MAX)
    }

    /// Reads `1w`, `2w`, `1m`, `10d`, as the documents write it.
    pub fn parse(text: &str) -> Option<Self> {
        let unit = match text.chars().last()? {
            'd' => RhythmUnit::Days,
            'w' => RhythmUnit::Weeks,
            'm' => RhythmUnit::Months,
            _ => return None,
        };
        let every = text[..text.len() - 1].parse().ok().filter(|every| *every > 0)?;
        Some(Rhythm { every, unit })
    }
}

impl std::fmt::Display for Rhythm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.unit {
            RhythmUnit::Days => 'd',
            RhythmUnit::Weeks => 'w',
            RhythmUnit::Months => 'm',
        };
        write!(f, "{}{unit}", self.every)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_monthly_rhythm_keeps_to_the_month() {
        assert_eq!(Rhythm::MONTHLY.next_after(day("2026-01-31")), day("2026-02-28"));
        assert_eq!(Rhythm::QUARTERLY.next_after(day("2025-11-30")), day("2026-02-28"));
        assert_eq!(Rhythm::FORTNIGHTLY.next_after(day("2026-12-25")), day("2027-01-08"));
    }

    #[test]
    fn a_rhythm_reads_back_as_it_is_written() {
        for rhythm in [Rhythm::WEEKLY, Rhythm::FORTNIGHTLY, Rhythm::MONTHLY, Rhythm::QUARTERLY] {
            assert_eq!(Rhythm::parse(&rhythm.to_string()), Some(rhythm));
        }
        for wrong in ["", "m", "0w", "-1d", "99999999d", "1y", "é"] {
            assert_eq!(Rhythm::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn late_is_counted_in_days_and_never_below_none() {
        let follow_up = FollowUp::open(FollowUpId([0; 16]), None, FollowUpKind::Contact, day("2026-06-04"));
        assert_eq!(follow_up.days_late(day("2026-06-12")), 8);
        assert_eq!(follow_up.days_late(day("2026-06-01")), 0);
    }
}
