//! What is said of one day of an outreach service: that it is left out or added, that it was held or cancelled, and how many of
//! its places were taken. Counts only; what nobody knows is not zero.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::outreach::OutreachSession;
use super::roadmap_parts::Part;

const LEFT_OUT: &str = "left_out";
const ADDED: &str = "added";
const HELD: &str = "held";
const CANCELLED: &str = "cancelled";

/// What a day is, beside what comes back. It is one value: no day is left out nobody knows why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DaySays {
    /// Nobody said: nothing changes.
    #[default]
    NotSaid,
    /// It does not take place that day, for that reason.
    LeftOut(String),
    /// It takes place that day too.
    Added,
    /// Written by a newer version.
    Unknown(String),
}

impl DaySays {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        match text.split_once(':') {
            Some((LEFT_OUT, reason)) => DaySays::LeftOut(reason.to_owned()),
            None if text.is_empty() => DaySays::NotSaid,
            None if text == ADDED => DaySays::Added,
            _ => DaySays::Unknown(text.to_owned()),
        }
    }
}

impl fmt::Display for DaySays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DaySays::NotSaid => Ok(()),
            DaySays::LeftOut(reason) => write!(f, "{LEFT_OUT}:{reason}"),
            DaySays::Added => f.write_str(ADDED),
            DaySays::Unknown(text) => f.write_str(text),
        }
    }
}

/// Whether a session was held. It is one value: none is cancelled nobody knows why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionState {
    /// It was held.
    #[default]
    Held,
    /// It was cancelled, for that reason.
    Cancelled(String),
    /// Written by a newer version.
    Unknown(String),
}

impl SessionState {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        match text.split_once(':') {
            Some((CANCELLED, reason)) => SessionState::Cancelled(reason.to_owned()),
            None if text.is_empty() || text == HELD => SessionState::Held,
            _ => SessionState::Unknown(text.to_owned()),
        }
    }
}

impl fmt::Display for SessionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SessionState::Held => f.write_str(HELD),
            SessionState::Cancelled(reason) => write!(f, "{CANCELLED}:{reason}"),
            SessionState::Unknown(text) => f.write_str(text),
        }
    }
}

/// Values that are written as they are displayed, with words in some of them.
macro_rules! with_reason {
    ($($of:ident: $with_words:pat => $words:expr),* $(,)?) => {$(
        impl Part for $of {
            fn written(&self, _: &str) -> String {
                self.to_string()
            }

            fn read(&mut self, name: &str, text: &str) -> bool {
                if name.is_empty() {
                    *self = $of::parse(text);
                }
                name.is_empty()
            }

            // Whatever a newer version wrote may name someone.
            fn words(&self) -> Vec<String> {
                match self {
                    $with_words => vec![$words.clone()],
                    _ => Vec::new(),
                }
            }

            fn is_known(&self) -> bool {
                !matches!(self, $of::Unknown(_))
            }
        }
    )*};
}

with_reason! {
    DaySays: DaySays::LeftOut(words) | DaySays::Unknown(words) => words,
    SessionState: SessionState::Cancelled(words) | SessionState::Unknown(words) => words,
}

/// How many of the places offered were taken, over the sessions of which both are known. It never goes without how many those
/// sessions are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillRate {
    /// The places offered in those sessions.
    pub offered: u64,
    /// The places taken in them.
    pub taken: u64,
    /// How many sessions those are.
    pub sessions: u32,
    /// How many were held of which one of the two is not known.
    pub not_told: u32,
    /// How many were cancelled: nobody could come to them.
    pub cancelled: u32,
    /// How many who had a place did not come, over the sessions that say so.
    pub no_shows: u64,
    /// How many sessions say so.
    pub no_shows_told: u32,
}

impl FillRate {
    /// The rate of these sessions.
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a OutreachSession>) -> Self {
        let mut rate = FillRate::default();
        for session in sessions {
            match session.state {
                SessionState::Held => {}
                SessionState::Cancelled(_) => {
                    rate.cancelled += 1;
                    continue;
                }
                // Nobody can tell here whether anyone could come.
                SessionState::Unknown(_) => {
                    rate.not_told += 1;
                    continue;
                }
            }
            match (session.offered, session.taken) {
                (Some(offered), Some(taken)) => {
                    rate.offered += u64::from(offered);
                    rate.taken += u64::from(taken);
                    rate.sessions += 1;
                }
                _ => rate.not_told += 1,
            }
            if let Some(no_shows) = session.no_shows {
                rate.no_shows += u64::from(no_shows);
                rate.no_shows_told += 1;
            }
        }
        rate
    }

    /// Out of a hundred; none where no place is known to have been offered.
    pub fn percent(&self) -> Option<u64> {
        (self.offered > 0).then(|| (self.taken * 100 + self.offered / 2) / self.offered)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::ids::LineId;
    use super::super::roadmap_parts::Line;
    use super::*;

    fn session(offered: Option<u32>, taken: Option<u32>) -> OutreachSession {
        OutreachSession { offered, taken, ..OutreachSession::empty(LineId([1; 16])) }
    }

    #[test]
    fn a_value_reads_back_and_keeps_its_reason() {
        for text in ["", "added", "left_out:la salle : prise", "moved:2026"] {
            assert_eq!(DaySays::parse(text).to_string(), text);
        }
        for text in ["held", "cancelled:la neige", "asleep"] {
            assert_eq!(SessionState::parse(text).to_string(), text);
        }
        assert_eq!(SessionState::parse(""), SessionState::Held);
        assert_eq!(DaySays::parse("left_out:la salle").words(), ["la salle"]);
        assert!(!DaySays::parse("moved:2026").is_known() && DaySays::Added.is_known());
    }

    #[test]
    fn what_is_not_known_is_not_zero_and_what_was_cancelled_offered_nothing() {
        let cancelled = OutreachSession { state: SessionState::Cancelled("neige".into()), ..session(Some(9), Some(0)) };
        let sessions = [session(Some(8), Some(6)), session(None, Some(3)), session(Some(4), None), cancelled];
        let rate = FillRate::of(&sessions);
        assert_eq!((rate.offered, rate.taken, rate.sessions), (8, 6, 1));
        assert_eq!((rate.not_told, rate.cancelled, rate.percent()), (2, 1, Some(75)));
        assert_eq!(FillRate::of(&sessions[1..]).percent(), None, "nobody can tell");
        assert_eq!(FillRate::of(&[session(Some(0), Some(0))]).percent(), None, "no place was offered");
        assert_eq!(FillRate::of(&[session(Some(4), Some(5))]).percent(), Some(125), "someone was squeezed in");
    }

    proptest! {
        /// Every session is counted once, and the rate is of those alone of which both are known.
        #[test]
        fn every_session_is_counted_once(
            counts in proptest::collection::vec((proptest::option::of(0u32..30), proptest::option::of(0u32..30)), 0..12),
        ) {
            let sessions: Vec<OutreachSession> = counts.iter().map(|(offered, taken)| session(*offered, *taken)).collect();
            let rate = FillRate::of(&sessions);
            let both: Vec<(u32, u32)> = counts.iter().filter_map(|(offered, taken)| offered.zip(*taken)).collect();
            prop_assert_eq!(rate.sessions as usize, both.len());
            prop_assert_eq!((rate.sessions + rate.not_told + rate.cancelled) as usize, counts.len());
            prop_assert_eq!(rate.taken, both.iter().map(|(_, taken)| u64::from(*taken)).sum::<u64>());
        }
    }
}
