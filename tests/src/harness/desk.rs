//! What comes to an engine from outside, set by a test: the clock, chance, how hard a passphrase is stretched.

use std::cell::Cell;
use std::rc::Rc;

use chrono::{NaiveDate, NaiveTime};
use maillon_engine::ambient::{Ambient, StretchError};
use maillon_engine::link::FolderError;
use maillon_engine::vault::{StretchCost, StretchParams, Stretched, stretch};
use maillon_shared::domain::time::Instant;

use super::Commons;
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

    /// So much later.
    pub fn passes(&self, minutes: i64) {
        let now = self.now();
        self.set(Instant { utc_ms: now.utc_ms + minutes * 60_000, ..now });
    }

    /// What it shows.
    pub fn now(&self) -> Instant {
        self.0.get()
    }
}

fn morning(day: NaiveDate) -> Instant {
    clock::instant(day, NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default())
}

/// Where keys come from, and how hard a passphrase is stretched.
#[derive(Clone, Debug)]
pub enum Keys {
    /// As a test wants them: drawn from a seed, twice alike, and hardly stretched. What is written opens on such a desk
    /// only.
    OfATest(Chance),
    /// As a user's are: from the system's chance, and honestly stretched. What is written opens anywhere, and whoever
    /// goes on with a demonstration has secrets of their own.
    OfAUser,
}

/// The host of an engine in a test.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The clock on the wall.
    pub clock: Clock,
    keys: Keys,
}

impl Desk {
    /// A desk where a test sits.
    pub fn seeded(seed: u64, clock: Clock) -> Self {
        // Never the village's own chance under the same seed: its ids would come twice.
        let chance = Chance::new(seed ^ u64::from_be_bytes(*b"the desk"));
        Desk { clock, keys: Keys::OfATest(chance) }
    }

    /// A desk whose notebooks are as a user's.
    pub fn honest(clock: Clock) -> Self {
        Desk { clock, keys: Keys::OfAUser }
    }
}

impl Ambient for Desk {
    type Folder = Commons;

    fn has_folders(&self) -> bool {
        true
    }

    fn has_network(&self) -> bool {
        true
    }

    async fn open_folder(&mut self, place: &str) -> Result<Commons, FolderError> {
        Commons::at(place).ok_or(FolderError::Away)
    }

    fn now(&self) -> Instant {
        self.clock.now()
    }

    fn random(&mut self, bytes: &mut [u8]) {
        match &mut self.keys {
            Keys::OfATest(chance) => chance.fill(bytes),
            Keys::OfAUser => getrandom::fill(bytes).expect("the system has chance to give"),
        }
    }

    async fn stretch(&mut self, secret: &[u8], params: &StretchParams) -> Result<Stretched, StretchError> {
        match self.keys {
            Keys::OfATest(_) => stretch(secret, &StretchCost { memory_kib: 8, passes: 1 }.salted(params.salt)),
            Keys::OfAUser => stretch(secret, params),
        }
    }
}
