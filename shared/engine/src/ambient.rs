//! What comes to the engine from outside it: the time, chance, the slow stretching of a passphrase, and folders that are shared.
//!
//! The engine has none of its own, so that a whole village can be simulated in a test, twice alike.

use maillon_shared::domain::time::Instant;

use crate::link::{Folder, FolderError};
use crate::vault::{StretchParams, Stretched};

/// The host's clock, chance, slow work, and its ways to the folders that people share.
#[allow(async_fn_in_trait, reason = "the engine has one thread; callers are generic over the host")]
pub trait Ambient {
    /// The folders that this host opens.
    type Folder: Folder;

    /// Whether it opens any.
    fn has_folders(&self) -> bool {
        false
    }

    /// Opens a folder that someone chose on this device, by its path or address. Nothing is made there.
    async fn open_folder(&mut self, _place: &str) -> Result<Self::Folder, FolderError> {
        Err(FolderError::NotAllowed)
    }

    /// Whether this host carries lines to other devices.
    fn has_network(&self) -> bool {
        false
    }

    /// Now, with the offset of the place.
    fn now(&self) -> Instant;

    /// Fills with bytes nobody can guess.
    fn random(&mut self, bytes: &mut [u8]);

    /// Argon2id, wherever it does not hold the engine up: [`crate::vault::stretch`] on a thread or worker of its own.
    async fn stretch(&mut self, secret: &[u8], params: &StretchParams) -> Result<Stretched, StretchError>;
}

/// The stretching did not come to its end (a worker refused, memory ran out).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StretchError(pub String);

/// Fixed-size random bytes.
pub fn random_array<const N: usize>(ambient: &mut impl Ambient) -> [u8; N] {
    let mut bytes = [0; N];
    ambient.random(&mut bytes);
    bytes
}
