//! The system's clock, its chance, and Argon2 where the engine stands.
//!
//! It must never know what is stretched or why.

use chrono::{Local, Offset, Utc};
use maillon_engine::ambient::{Ambient, StretchError};
use maillon_engine::link::FolderError;
use maillon_engine::vault::{StretchParams, Stretched, stretch};
use maillon_shared::domain::time::Instant;

use crate::folder::SharedFolder;

/// What the engine needs of a computer.
pub(crate) struct SystemAmbient;

impl Ambient for SystemAmbient {
    type Folder = SharedFolder;

    fn has_folders(&self) -> bool {
        true
    }

    async fn open_folder(&mut self, place: &str) -> Result<SharedFolder, FolderError> {
        SharedFolder::open(place)
    }

    fn has_network(&self) -> bool {
        true
    }

    fn now(&self) -> Instant {
        let now = Utc::now();
        // The place's offset at that very instant: it changes twice a year, and on a journey.
        let offset_s = now.with_timezone(&Local).offset().fix().local_minus_utc();
        Instant { utc_ms: now.timestamp_millis(), offset_min: i16::try_from(offset_s / 60).unwrap_or(0) }
    }

    fn random(&mut self, bytes: &mut [u8]) {
        // Going on without chance would make keys that anyone could guess. The mailbox turns this into "stopped".
        getrandom::fill(bytes).expect("the system gives chance");
    }

    async fn stretch(&mut self, secret: &[u8], params: &StretchParams) -> Result<Stretched, StretchError> {
        // In place: the thread is the engine's own, no window waits on it, and nothing else can be asked of a
        // notebook that is being opened.
        stretch(secret, params)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_goes_forward_and_the_offset_is_one_of_the_earth() {
        let before = SystemAmbient.now();
        let after = SystemAmbient.now();
        assert!(after.utc_ms >= before.utc_ms);
        // After this was written, and offsets from -12 h to +14 h.
        assert!(before.utc_ms > 1_760_000_000_000);
        assert!((-720..=840).contains(&before.offset_min), "{}", before.offset_min);
    }

    #[test]
    fn chance_fills_every_byte_it_is_given() {
        let mut drawn = [[0; 64]; 2];
        drawn.iter_mut().for_each(|bytes| SystemAmbient.random(bytes));
        assert_ne!(drawn[0], drawn[1]);
        assert!(drawn.iter().all(|bytes| bytes[32..] != [0; 32]));
    }
}
