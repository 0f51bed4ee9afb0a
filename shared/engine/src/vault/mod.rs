//! Keys and seals: how a notebook is unreadable to whoever finds it.
//!
//! ```text
//! passphrase ─ Argon2id ─┐
//!                        ├─ slots ─► notebook key ─ HKDF, one label a use ─┬─► views, acts, reads, drafts, meta
//! 24 words ─── HKDF ─────┘                                                 └─► keyring key ─► one key a document
//! ```
//!
//! What rests on a disk says which of three things went wrong, because each asks something else of the person in
//! front of it: *wrong passphrase* (type again), *damaged* (take a backup), *unknown key* (this was sealed for another
//! notebook). This module never touches a store, a clock or a source of chance: bytes come in, bytes go out. Nobody
//! but this room and the sharing one handles a key.

pub mod header;
pub mod keyring;
pub mod keys;
pub mod seal;
pub mod slots;
pub mod stretch;
pub mod words;

pub use header::{Header, HeaderError, NotebookKind};
pub use keyring::{Keyring, RenewError};
pub use keys::{DocumentKey, Label, NotebookKey};
pub use seal::{KeyId, NONCE_BYTES, OpenError, SealKey, open, open_row, seal, seal_row};
pub use slots::{
    Created, HEADER_ROW, UnlockError, change_passphrase, create, renew_words, unlock_with_passphrase, unlock_with_words,
};
pub use stretch::{StretchCost, StretchParams, Stretched, stretch};
pub use words::{Words, WordsError};

/// The place where tests stand: chance that is the same each time, a clock that stands still, Argon2 at once.
#[cfg(test)]
pub(crate) mod fixture {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use maillon_shared::domain::time::Instant;
    use sha2::{Digest, Sha256};

    use super::{StretchCost, StretchParams, Stretched, stretch};
    use crate::ambient::{Ambient, StretchError};

    /// Cheap enough for hundreds of tests. Never what a user gets.
    pub const CHEAP: StretchCost = StretchCost { memory_kib: 8, passes: 1 };

    /// Chance drawn from a seed.
    pub struct Seeded {
        seed: u64,
        drawn: u64,
        /// How often something was stretched.
        pub stretched: usize,
    }

    impl Seeded {
        pub fn new(seed: u64) -> Self {
            Seeded { seed, drawn: 0, stretched: 0 }
        }
    }

    impl Ambient for Seeded {
        type Folder = crate::link::NoFolder;

        fn now(&self) -> Instant {
            Instant::default()
        }

        fn random(&mut self, bytes: &mut [u8]) {
            for chunk in bytes.chunks_mut(32) {
                let mut hash = Sha256::new();
                hash.update(self.seed.to_be_bytes());
                hash.update(self.drawn.to_be_bytes());
                self.drawn += 1;
                chunk.copy_from_slice(&hash.finalize()[..chunk.len()]);
            }
        }

        async fn stretch(&mut self, secret: &[u8], params: &StretchParams) -> Result<Stretched, StretchError> {
            self.stretched += 1;
            stretch(secret, params)
        }
    }

    /// Runs what never waits.
    pub fn now<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("nothing here waits for anything"),
        }
    }

    pub fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub fn unhex(text: &str) -> Vec<u8> {
        let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        digits
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).expect("ASCII"), 16).expect("hexadecimal"))
            .collect()
    }
}
