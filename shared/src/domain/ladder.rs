//! *Sans réponse*: what is tried next when someone does not answer, step by step, as data that the coordinator edits.
//!
//! Where one stands is read from the attempts themselves and never written beside them, so that two notebooks that merge
//! agree. Whom a step may tell is said by the step: nobody else is told.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::coded::coded;

coded! {
    /// What a step does.
    LadderAction {
        /// Tries the person again, by the same way.
        Retry = "retry",
        /// Asks those whom the person has named for this, and nobody else.
        Named = "named",
        /// Goes to see.
        Visit = "visit",
        /// Tells those whom the law says: the mairie, the rescue services.
        Recipients = "recipients",
    }
}

/// One step: what, how often, and how long after the attempt before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderStep {
    /// What is done.
    pub action: LadderAction,
    /// How often before the next step; at least once.
    pub times: u8,
    /// How many hours after the attempt before.
    pub after_hours: u16,
}

/// The steps, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// The steps.
    pub steps: Vec<LadderStep>,
}

/// More steps than anyone climbs: a bound on what is read.
const MOST_STEPS: usize = 20;
/// A month.
const LONGEST_WAIT_HOURS: u16 = 24 * 31;

/// An attempt that met nobody, as the ladder sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// The person was called, or written to.
    Person,
    /// Someone whom they named was asked.
    Named,
    /// Somebody went there.
    Visit,
    /// Those whom the law says were told.
    Recipients,
}

impl Tried {
    fn is(self, action: &LadderAction) -> bool {
        matches!(
            (self, action),
            (Tried::Person, LadderAction::Retry)
                | (Tried::Named, LadderAction::Named)
                | (Tried::Visit, LadderAction::Visit)
                | (Tried::Recipients, LadderAction::Recipients)
        )
    }
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NextStep {
    /// This, from that moment on.
    Do {
        /// What.
        action: LadderAction,
        /// Its place on the ladder, from 0.
        step: u8,
        /// Not before, by the clock on the wall.
        from: NaiveDateTime,
    },
    /// Every step was done, and nobody answered.
    Exhausted,
}

impl Ladder {
    /// The one to start from between visits and calls of every day.
    pub fn everyday() -> Self {
        Ladder::of([
            (LadderAction::Retry, 2, 24),
            (LadderAction::Named, 1, 24),
            (LadderAction::Visit, 1, 24),
            (LadderAction::Recipients, 1, 24),
        ])
    }

    /// The one to start from when it is hot, cold or flooded: hours count.
    pub fn campaign() -> Self {
        Ladder::of([
            (LadderAction::Retry, 2, 2),
            (LadderAction::Named, 1, 0),
            (LadderAction::Visit, 1, 0),
            (LadderAction::Recipients, 1, 0),
        ])
    }

    fn of(steps: [(LadderAction, u8, u16); 4]) -> Self {
        let step = |(action, times, after_hours)| LadderStep { action, times, after_hours };
        Ladder { steps: steps.into_iter().map(step).collect() }
    }

    /// What comes after these attempts, oldest first, none of which met anybody; nothing where none was made.
    ///
    /// The first attempt brings one to the foot of the ladder. One that is of a later step than its turn (a visit made
    /// at once) is as good as if it had been its turn; one of an earlier step changes nothing but the hour.
    pub fn next(&self, attempts: &[(Tried, NaiveDateTime)]) -> Option<NextStep> {
        let (_, last) = attempts.last()?;
        let (mut step, mut done) = (0, 0);
        for (index, (tried, _)) in attempts.iter().enumerate() {
            if index == 0 && *tried == Tried::Person {
                continue;
            }
            let ahead = self.steps.iter().skip(step).position(|one| tried.is(&one.action));
            let Some(ahead) = ahead else { continue };
            if ahead > 0 {
                (step, done) = (step + ahead, 0);
            }
            done += 1;
            if done >= self.steps[step].times.max(1) {
                (step, done) = (step + 1, 0);
            }
        }
        Some(match self.steps.get(step) {
            None => NextStep::Exhausted,
            Some(next) => NextStep::Do {
                action: next.action.clone(),
                step: step as u8,
                from: last
                    .checked_add_signed(TimeDelta::hours(next.after_hours.into()))
                    .unwrap_or(DateTime::<chrono::Utc>::MAX_UTC.naive_utc()),
            },
        })
    }

    /// Reads `retry:2:24 named:1:0`, as the settings write it. What is no step is left out; nothing where none is left.
    pub fn parse(text: &str) -> Option<Self> {
        let step = |part: &str| {
            let mut fields = part.split(':');
            let action = fields.next().filter(|code| !code.is_empty()).map(LadderAction::from_code)?;
            let times = fields.next()?.parse().ok().filter(|times| (1..=20).contains(times))?;
            let after_hours = fields.next()?.parse().ok().filter(|hours| *hours <= LONGEST_WAIT_HOURS)?;
            Some(LadderStep { action, times, after_hours })
        };
        let steps: Vec<_> = text.split_whitespace().filter_map(step).take(MOST_STEPS).collect();
        (!steps.is_empty()).then_some(Ladder { steps })
    }
}

impl fmt::Display for Ladder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{}:{}:{}", step.action.code(), step.times, step.after_hours)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(hour: u32) -> NaiveDateTime {
        let day: chrono::NaiveDate = "2026-07-20".parse().expect("a date");
        day.and_hms_opt(0, 0, 0).expect("midnight") + TimeDelta::hours(hour.into())
    }

    /// What comes after those attempts, an hour apart.
    fn next(tried: &[Tried]) -> Option<NextStep> {
        let attempts: Vec<_> = tried.iter().zip(0..).map(|(tried, hour)| (*tried, at(hour))).collect();
        Ladder::campaign().next(&attempts)
    }

    fn action(tried: &[Tried]) -> Option<LadderAction> {
        match next(tried)? {
            NextStep::Do { action, .. } => Some(action),
            NextStep::Exhausted => None,
        }
    }

    #[test]
    fn one_tries_again_then_asks_the_daughter_then_goes_then_tells_whom_the_law_says() {
        use Tried::{Named, Person, Recipients, Visit};
        assert_eq!(next(&[]), None);
        assert_eq!(next(&[Person]), Some(NextStep::Do { action: LadderAction::Retry, step: 0, from: at(2) }));
        assert_eq!(action(&[Person, Person]), Some(LadderAction::Retry));
        assert_eq!(
            next(&[Person, Person, Person]),
            Some(NextStep::Do { action: LadderAction::Named, step: 1, from: at(2) })
        );
        assert_eq!(action(&[Person, Person, Person, Named]), Some(LadderAction::Visit));
        assert_eq!(action(&[Person, Person, Person, Named, Visit]), Some(LadderAction::Recipients));
        assert_eq!(next(&[Person, Person, Person, Named, Visit, Recipients]), Some(NextStep::Exhausted));
    }

    #[test]
    fn whoever_goes_at_once_need_not_telephone_first() {
        use Tried::{Person, Visit};
        assert_eq!(action(&[Visit]), Some(LadderAction::Recipients));
        assert_eq!(action(&[Person, Visit]), Some(LadderAction::Recipients));
        assert_eq!(
            action(&[Person, Visit, Person]),
            Some(LadderAction::Recipients),
            "calling once more is no step back"
        );
    }

    #[test]
    fn a_ladder_reads_back_as_it_is_written() {
        for ladder in [Ladder::everyday(), Ladder::campaign()] {
            assert_eq!(Ladder::parse(&ladder.to_string()), Some(ladder));
        }
        let odd = "retry:0:2 named:1 :1:1 visit:1:99999 drone:1:2 recipients:1:0";
        assert_eq!(Ladder::parse(odd).map(|ladder| ladder.to_string()).as_deref(), Some("drone:1:2 recipients:1:0"));
        assert_eq!(Ladder::parse(""), None);
    }

    proptest! {
        #[test]
        fn one_never_climbs_down(tried in proptest::collection::vec(0..4usize, 0..20)) {
            let all = [Tried::Person, Tried::Named, Tried::Visit, Tried::Recipients];
            let tried: Vec<_> = tried.into_iter().map(|index| all[index]).collect();
            let place = |tried: &[Tried]| match next(tried) {
                None => 0,
                Some(NextStep::Do { step, .. }) => u32::from(step) + 1,
                Some(NextStep::Exhausted) => 100,
            };
            for length in 0..tried.len() {
                prop_assert!(place(&tried[..length]) <= place(&tried[..=length]));
            }
        }

        #[test]
        fn any_words_are_a_ladder_or_none(text in "\\PC{0,60}") {
            if let Some(ladder) = Ladder::parse(&text) {
                prop_assert_eq!(Ladder::parse(&ladder.to_string()), Some(ladder));
            }
        }
    }
}
