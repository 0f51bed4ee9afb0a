//! What comes to an engine from outside, set by a test: the clock, chance, how hard a passphrase is stretched.

use std::cell::Cell;
use std::rc::Rc;

use chrono::{NaiveDate, NaiveTime};
use maillon_engine::ambient::{Ambient, StretchError};
use maillon_engine::vault::{StretchCost, StretchParams, Stretched, stretch};
use maillon_shared::domain::time::Instant;

use crate::village::chance::Chance;
use crate::village::clock;

/// A clock that a story sets. Clones show the same hour.
#[derive(Clone, Debug)]
pub struct Clock(Rc<Cell<Instant>>);

impl Clock {
    /// Nine in the morning of that day.
    pub fn at(day: NaiveDate) -> Self {
        Clock(Rc::new(Cell::new(morning(day))))
    }

    /// It is that instant.
    pub fn set(&self, instant: Instant) {
        self.0.set(instant);
    }

    /// It is nine in the morning of that day.
    pub fn is(&self, day: NaiveDate) {
        self.set(morning(day));
    }

    /// What it shows.
    pub fn now(&self) -> Instant {
        self.0.get()
    }
}

fn morning(day: NaiveDate) -> Instant {
    clock::instant(day, NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default())
}

/// How hard a passphrase is stretched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretching {
    /// As a user's is: what is written opens anywhere.
    Honest,
    /// Hardly: a story opens its notebook many times. What is written opens on such a desk only.
    Cheap,
}

/// The host of an engine in a test.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The clock on the wall.
    pub clock: Clock,
    chance: Chance,
    stretching: Stretching,
}

impl Desk {
    /// A desk whose chance this seed determines. Its keys are no secret.
    pub fn new(seed: u64, clock: Clock, stretching: Stretching) -> Self {
        // Never the village's own chance under the same seed: its ids would come twice.
        Desk { clock, chance: Chance::new(seed ^ u64::from_be_bytes(*b"the desk")), stretching }
    }
}

impl Ambient for Desk {
    fn now(&self) -> Instant {
        self.clock.now()
    }

    fn random(&mut self, bytes: &mut [u8]) {
        self.chance.fill(bytes);
    }

    async fn stretch(&mut self, secret: &[u8], params: &StretchParams) -> Result<Stretched, StretchError> {
        match self.stretching {
            Stretching::Honest => stretch(secret, params),
            Stretching::Cheap => stretch(secret, &StretchCost { memory_kib: 8, passes: 1 }.salted(params.salt)),
        }
    }
}
