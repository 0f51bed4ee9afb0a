//! The key of a scope: a new one whenever somebody leaves.
//!
//! Each member has it wrapped for their device (HPKE, RFC 9180). The key before is sealed under the next, so that whoever
//! reads today reads the past, and whoever was removed reads nothing of what comes.

use std::convert::Infallible;
use std::fmt;

use hkdf::Hkdf;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::identity::{DeviceCard, DeviceId, DeviceSecret, KEM_X25519};
use super::wire::{FormatError, Reader, Writer};
use crate::ambient::{Ambient, random_array};
use crate::vault::seal::{KeyId, OpenError, SealKey, open, seal};

/// What an epoch's key is used for. Each use has its own, so that no seal of one passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// The outside of packs.
    Packs,
    /// The outside of records.
    Records,
    /// The keys of documents.
    Documents,
    /// The key of the epoch before.
    Previous,
    /// What a device says in a folder that it has.
    Indexes,
    /// The names of objects in a folder.
    Names,
}

impl Use {
    /// Written for ever.
    const fn info(self) -> &'static [u8] {
        match self {
            Use::Packs => b"maillon/1/epoch-packs",
            Use::Records => b"maillon/1/epoch-records",
            Use::Documents => b"maillon/1/epoch-documents",
            Use::Previous => b"maillon/1/epoch-previous",
            Use::Indexes => b"maillon/1/epoch-indexes",
            Use::Names => b"maillon/1/epoch-names",
        }
    }
}

/// The key of one epoch. Forgotten when dropped; never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct EpochKey([u8; 32]);

impl fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EpochKey(…)")
    }
}

impl EpochKey {
    /// A new key.
    pub fn random(ambient: &mut impl Ambient) -> Self {
        EpochKey(random_array(ambient))
    }

    /// From 32 secret bytes kept in the vault.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        EpochKey(bytes)
    }

    /// The bytes, for the vault to seal.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key for one use.
    pub fn derive(&self, usage: Use) -> SealKey {
        let mut secret = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, &self.0).expand(usage.info(), &mut *secret).expect("a length that HKDF gives");
        SealKey::new(&secret)
    }

    /// Which epoch it is the key of: says nothing of the key itself.
    pub fn id(&self) -> KeyId {
        self.derive(Use::Packs).id()
    }

    /// Sealed under the next epoch's key.
    pub fn seal_under(&self, next: &EpochKey, scope_nonce: &[u8; 16], ambient: &mut impl Ambient) -> Vec<u8> {
        seal(&next.derive(Use::Previous), scope_nonce, random_array(ambient), &self.0)
    }

    /// The key of the epoch before this one.
    ///
    /// # Errors
    ///
    /// The bytes were not sealed under this key for this scope.
    pub fn open_previous(&self, scope_nonce: &[u8; 16], sealed: &[u8]) -> Result<EpochKey, OpenError> {
        let plain = open(&self.derive(Use::Previous), scope_nonce, sealed)?;
        plain.as_slice().try_into().map(EpochKey).map_err(|_| OpenError::Damaged)
    }

    /// Wrapped for a device.
    pub fn wrap(&self, scope_nonce: &[u8; 16], card: &DeviceCard, ambient: &mut impl Ambient) -> Wrap {
        let public = card.agreement().expect("a card whose keys were read");
        let (device, info) = (card.id(), info(scope_nonce));
        let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            &info,
            &self.0,
            &device.0,
            &mut Chance(ambient),
        )
        .expect("a key that can be wrapped for");
        let mut wrap = Wrap { device, encapsulated: [0; 32], sealed: [0; WRAPPED_BYTES] };
        wrap.encapsulated.copy_from_slice(&encapsulated.to_bytes());
        wrap.sealed.copy_from_slice(&sealed);
        wrap
    }
}

const WRAPPED_BYTES: usize = 32 + 16;

/// An epoch's key as one device alone opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrap {
    /// Whose.
    pub device: DeviceId,
    encapsulated: [u8; 32],
    sealed: [u8; WRAPPED_BYTES],
}

impl Wrap {
    /// The key, if it was wrapped for this device in this scope.
    pub fn open(&self, scope_nonce: &[u8; 16], secret: &DeviceSecret) -> Option<EpochKey> {
        let (private, _) = secret.keypair();
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&self.encapsulated).ok()?;
        let plain = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &private,
            &encapsulated,
            &info(scope_nonce),
            &self.sealed,
            &self.device.0,
        );
        let plain = Zeroizing::new(plain.ok()?);
        plain.as_slice().try_into().ok().map(EpochKey)
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        writer.fixed(&[KEM_X25519]);
        writer.fixed(&self.device.0);
        writer.fixed(&self.encapsulated);
        writer.fixed(&self.sealed);
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, FormatError> {
        match reader.fixed()? {
            [KEM_X25519] => {}
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        }
        Ok(Wrap { device: DeviceId(reader.fixed()?), encapsulated: reader.fixed()?, sealed: reader.fixed()? })
    }
}

/// What a wrap is bound to besides the device: the scope, and what it is for.
fn info(scope_nonce: &[u8; 16]) -> Vec<u8> {
    [b"maillon/1/epoch-wrap\0".as_slice(), scope_nonce].concat()
}

/// The host's chance, as the library wants it.
struct Chance<'a, A>(&'a mut A);

impl<A: Ambient> TryRng for Chance<'_, A> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(random_array(self.0)))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(random_array(self.0)))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.random(bytes);
        Ok(())
    }
}

impl<A: Ambient> TryCryptoRng for Chance<'_, A> {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::Seeded;

    const SCOPE: [u8; 16] = [5; 16];

    #[test]
    fn a_wrap_opens_for_its_device_in_its_scope_and_for_nobody_else() {
        let mut chance = Seeded::new(1);
        let (nadine, other) = (DeviceSecret::random(&mut chance), DeviceSecret::random(&mut chance));
        let key = EpochKey::random(&mut chance);
        let wrap = key.wrap(&SCOPE, &nadine.card(), &mut chance);
        assert_eq!(wrap.open(&SCOPE, &nadine).unwrap().id(), key.id());
        assert!(wrap.open(&SCOPE, &other).is_none());
        assert!(wrap.open(&[6; 16], &nadine).is_none());
        let mut for_other = wrap.clone();
        for_other.device = other.card().id();
        assert!(for_other.open(&SCOPE, &nadine).is_none(), "it is bound to the device it names");
    }

    #[test]
    fn whoever_reads_today_reads_the_past_and_not_the_other_way_round() {
        let mut chance = Seeded::new(2);
        let (first, second) = (EpochKey::random(&mut chance), EpochKey::random(&mut chance));
        let sealed = first.seal_under(&second, &SCOPE, &mut chance);
        assert_eq!(second.open_previous(&SCOPE, &sealed).unwrap().id(), first.id());
        assert_eq!(first.open_previous(&SCOPE, &sealed).unwrap_err(), OpenError::UnknownKey);
        assert_eq!(second.open_previous(&[6; 16], &sealed).unwrap_err(), OpenError::Damaged);
    }

    #[test]
    fn hpke_is_the_published_one() {
        // RFC 9180, A.2: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode; the first message.
        let unhex = crate::vault::fixture::unhex;
        let private = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&unhex(
            "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb",
        ))
        .unwrap();
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&unhex(
            "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
        ))
        .unwrap();
        let plain = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &private,
            &encapsulated,
            &unhex("4f6465206f6e2061204772656369616e2055726e"),
            &unhex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"),
            &unhex("436f756e742d30"),
        );
        assert_eq!(plain.unwrap(), b"Beauty is truth, truth beauty");
    }
}
