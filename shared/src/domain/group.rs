//! A group of coordinators who keep some records in common: a collective, without a leader and without a server.
//!
//! What is common is written by all of them, and names nobody who is accompanied. Who is of it is told by signed records of
//! the engine, device by device; what stands here is what people say: what the group is called, and that they come or go.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::coded::coded;
use super::ids::GroupId;

/// A group, as its members call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Names the group.
    pub id: GroupId,
    /// What it is called.
    pub name: String,
    /// What it is for, in words.
    pub aim: String,
}

coded! {
    /// What a coordinator says of their own place in a group. Who says nothing was asked, and has not answered.
    Standing {
        /// They are of it.
        In = "in",
        /// They were asked, and declined.
        Declined = "declined",
        /// They were of it, and left.
        Left = "left",
    }
}

/// What a coordinator said, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What.
    pub standing: Standing,
    /// On which day.
    pub on: NaiveDate,
}

impl Said {
    /// Of two devices of one coordinator that each noted an answer: the later day counts; of one day, that they are of it,
    /// for leaving again is one gesture and reading everything again is not.
    pub fn later(self, other: Said) -> Said {
        let is_in = |said: &Said| said.standing == Standing::In;
        if (other.on, is_in(&other)) > (self.on, is_in(&self)) { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn of_two_answers_the_later_counts_whichever_is_read_first() {
        let on = |standing, day: &str| Said { standing, on: day.parse().unwrap() };
        let (came, left) = (on(Standing::In, "2026-03-01"), on(Standing::Left, "2026-05-01"));
        assert_eq!(came.clone().later(left.clone()), left);
        assert_eq!(left.clone().later(came), left);
        let again = on(Standing::In, "2026-05-01");
        assert_eq!(left.clone().later(again.clone()), again);
        assert_eq!(again.clone().later(left), again);
    }
}
