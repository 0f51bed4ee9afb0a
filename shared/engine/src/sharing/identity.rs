//! Who a device is, and what the 24 words can still do when no device is left.
//!
//! A device draws one secret and has three keys of it: one signs, another opens what is wrapped for it, by the third it answers
//! on networks. Its card is the first two's public keys; its id is their hash. The words give, scope by scope, a key that signs one kind of record only.

use std::fmt;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, Serializable};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::address::EndpointKey;
use super::wire::{FormatError, Reader, Writer};
use crate::ambient::{Ambient, random_array};

/// DHKEM(X25519, HKDF-SHA256) of RFC 9180. Another one comes under another number.
pub const KEM_X25519: u8 = 1;

/// How many bytes a signature has.
pub const SIGNATURE_BYTES: usize = 64;

/// Names a device: the beginning of the hash of its card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub [u8; 16]);

impl fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceId({})", short(&self.0))
    }
}

/// The beginning of an id, to tell one from another.
pub(super) fn short(id: &[u8]) -> String {
    id.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// What others know of a device.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeviceCard {
    signing: [u8; 32],
    agreement: [u8; 32],
}

impl fmt::Debug for DeviceCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceCard({:?})", self.id())
    }
}

impl DeviceCard {
    /// Its id.
    pub fn id(&self) -> DeviceId {
        DeviceId(hash_id(b"maillon/1/device-id", &self.to_bytes()))
    }

    /// As it is written.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.fixed(&[KEM_X25519]);
        writer.fixed(&self.signing);
        writer.fixed(&self.agreement);
        writer.done()
    }

    /// From what is written.
    ///
    /// # Errors
    ///
    /// Bytes that are no card, keys that are none, or a card of a newer version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes);
        match reader.fixed()? {
            [KEM_X25519] => {}
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        }
        let card = DeviceCard { signing: reader.fixed()?, agreement: reader.fixed()? };
        reader.end()?;
        verifying(&card.signing).ok_or(FormatError::Malformed)?;
        card.agreement().ok_or(FormatError::Malformed)?;
        // A point of small order agrees with everyone on nothing.
        if x25519_dalek::x25519([1; 32], card.agreement) == [0; 32] {
            return Err(FormatError::Malformed);
        }
        Ok(card)
    }

    /// Whether it signed these bytes, for this use.
    pub fn signed(&self, usage: Usage, bytes: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> bool {
        verify(&self.signing, usage, bytes, signature)
    }

    /// The same, as bytes: whom an age file is for.
    pub(super) fn agreement_bytes(&self) -> &[u8; 32] {
        &self.agreement
    }

    /// The key that things are wrapped for.
    pub(super) fn agreement(&self) -> Option<<X25519HkdfSha256 as Kem>::PublicKey> {
        <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&self.agreement).ok()
    }
}

/// What a signature is of: one of a record is none of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// A record of the members.
    Record,
    /// A pack.
    Pack,
    /// A courier file.
    Courier,
    /// What a device says in a folder that it has.
    Index,
    /// What a device says first on a line.
    Line,
    /// What is published for the mairie.
    Summary,
    /// That another member is to administer a group, said by one who is neither of the two.
    Succession,
}

impl Usage {
    /// Written for ever.
    const fn context(self) -> &'static [u8] {
        match self {
            Usage::Record => b"maillon/1/record\0",
            Usage::Pack => b"maillon/1/pack\0",
            Usage::Courier => b"maillon/1/courier\0",
            Usage::Index => b"maillon/1/index\0",
            Usage::Line => b"maillon/1/line\0",
            Usage::Summary => b"maillon/1/summary\0",
            Usage::Succession => b"maillon/1/succession\0",
        }
    }
}

/// What only the device knows. Forgotten when dropped; never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DeviceSecret([u8; 32]);

impl fmt::Debug for DeviceSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceSecret(…)")
    }
}

impl DeviceSecret {
    /// A new device.
    pub fn random(ambient: &mut impl Ambient) -> Self {
        DeviceSecret(random_array(ambient))
    }

    /// From 32 secret bytes kept in the vault.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        DeviceSecret(bytes)
    }

    /// The bytes, for the vault to seal.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// What others may know of it.
    pub fn card(&self) -> DeviceCard {
        let (_, public) = self.keypair();
        let mut agreement = [0; 32];
        agreement.copy_from_slice(&public.to_bytes());
        DeviceCard { signing: self.signing().verifying_key().to_bytes(), agreement }
    }

    /// Signs bytes for one use.
    pub fn sign(&self, usage: Usage, bytes: &[u8]) -> [u8; SIGNATURE_BYTES] {
        sign(&self.signing(), usage, bytes)
    }

    /// What the device proves itself with on a network; it signs nothing else.
    pub fn endpoint_secret(&self) -> Zeroizing<[u8; 32]> {
        derived(&self.0, b"", b"maillon/1/device-endpoint")
    }

    /// The key by which it answers there.
    pub fn endpoint(&self) -> EndpointKey {
        EndpointKey::of(&self.endpoint_secret())
    }

    fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(&derived(&self.0, b"", b"maillon/1/device-signing"))
    }

    /// The pair that opens what is wrapped for the device.
    pub(super) fn keypair(&self) -> (<X25519HkdfSha256 as Kem>::PrivateKey, <X25519HkdfSha256 as Kem>::PublicKey) {
        X25519HkdfSha256::derive_keypair(&*derived(&self.0, b"", b"maillon/1/device-agreement"))
    }
}

/// What is known of the key that the words give in a scope.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RecoveryCard(pub [u8; 32]);

impl fmt::Debug for RecoveryCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecoveryCard({})", short(&self.0))
    }
}

impl RecoveryCard {
    /// Whether the words signed this record.
    pub fn signed(&self, bytes: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> bool {
        verify(&self.0, Usage::Record, bytes, signature)
    }
}

/// The key that the 24 words give in one scope. Forgotten when dropped; never printed.
pub struct RecoverySecret(SigningKey);

impl fmt::Debug for RecoverySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoverySecret(…)")
    }
}

impl RecoverySecret {
    /// From what the words say and the nonce of a scope: two scopes of one coordinator have nothing in common to see.
    pub fn of(entropy: &[u8], scope_nonce: &[u8; 16]) -> Self {
        RecoverySecret(SigningKey::from_bytes(&derived(entropy, scope_nonce, b"maillon/1/recovery")))
    }

    /// What a scope says of it when it is made.
    pub fn card(&self) -> RecoveryCard {
        RecoveryCard(self.0.verifying_key().to_bytes())
    }

    /// Signs a record.
    pub fn sign(&self, bytes: &[u8]) -> [u8; SIGNATURE_BYTES] {
        sign(&self.0, Usage::Record, bytes)
    }
}

/// Sixteen bytes of a hash, for one kind of id.
pub(super) fn hash_id(kind: &[u8], bytes: &[u8]) -> [u8; 16] {
    let digest = Sha256::new().chain_update(kind).chain_update([0]).chain_update(bytes).finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    id
}

fn derived(secret: &[u8], salt: &[u8], info: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut *key).expect("a length that HKDF gives");
    key
}

fn verifying(bytes: &[u8; 32]) -> Option<VerifyingKey> {
    // A key of small order would pass for anybody's.
    VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak())
}

fn sign(key: &SigningKey, usage: Usage, bytes: &[u8]) -> [u8; SIGNATURE_BYTES] {
    key.sign(&[usage.context(), bytes].concat()).to_bytes()
}

fn verify(key: &[u8; 32], usage: Usage, bytes: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> bool {
    let message = [usage.context(), bytes].concat();
    verifying(key).is_some_and(|key| key.verify_strict(&message, &Signature::from_bytes(signature)).is_ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::{hex, unhex};

    #[test]
    fn the_signature_is_the_published_one() {
        // RFC 8032, 7.1, test 2.
        let secret: [u8; 32] =
            unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").try_into().unwrap();
        let key = SigningKey::from_bytes(&secret);
        assert_eq!(
            hex(&key.verifying_key().to_bytes()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        );
        assert_eq!(
            hex(&key.sign(&[0x72]).to_bytes()),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        );
    }

    #[test]
    fn a_signature_of_one_use_is_none_of_another() {
        let device = DeviceSecret([1; 32]);
        let signature = device.sign(Usage::Pack, b"bytes");
        assert!(device.card().signed(Usage::Pack, b"bytes", &signature));
        assert!(!device.card().signed(Usage::Record, b"bytes", &signature));
        assert!(!device.card().signed(Usage::Pack, b"other", &signature));
        assert!(!DeviceSecret([2; 32]).card().signed(Usage::Pack, b"bytes", &signature));
    }

    #[test]
    fn a_card_reads_back_and_a_key_of_small_order_is_none() {
        let card = DeviceSecret([1; 32]).card();
        let bytes = card.to_bytes();
        assert_eq!(DeviceCard::from_bytes(&bytes), Ok(card));
        let mut weak = bytes.clone();
        weak[1..33].copy_from_slice(&{
            let mut identity = [0; 32];
            identity[0] = 1;
            identity
        });
        assert_eq!(DeviceCard::from_bytes(&weak), Err(FormatError::Malformed));
        let mut newer = bytes;
        newer[0] = 9;
        assert_eq!(DeviceCard::from_bytes(&newer), Err(FormatError::TooNew));
    }

    #[test]
    fn the_words_give_another_key_in_each_scope() {
        let words = [7; 32];
        assert_eq!(RecoverySecret::of(&words, &[1; 16]).card(), RecoverySecret::of(&words, &[1; 16]).card());
        assert_ne!(RecoverySecret::of(&words, &[1; 16]).card(), RecoverySecret::of(&words, &[2; 16]).card());
    }

    #[test]
    fn secrets_print_nothing() {
        let printed = format!("{:?} {:?}", DeviceSecret([1; 32]), RecoverySecret::of(&[7; 32], &[1; 16]));
        assert_eq!(printed, "DeviceSecret(…) RecoverySecret(…)");
    }
}
