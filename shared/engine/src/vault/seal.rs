//! One way to seal bytes, and four ways in which opening them can end.
//!
//! ```text
//! version 1 │ key id 16 │ nonce 24 │ XChaCha20-Poly1305 of the plain bytes │ tag 16
//! ```
//!
//! The key id is derived from the key, is not secret, and is bound to the seal: so an unknown key is told apart from
//! damage before anything is decrypted, and no sealed bytes open under two keys. A row is sealed *for its place*: moved
//! to another table or key, it no longer opens.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::store::Table;

/// How many bytes of chance each seal takes.
pub const NONCE_BYTES: usize = 24;
/// How many bytes a seal adds.
pub const SEAL_BYTES: usize = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

const VERSION: u8 = 1;
const KEY_ID_BYTES: usize = 16;
const TAG_BYTES: usize = 16;

/// Which key sealed something. Says nothing of the key itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; KEY_ID_BYTES]);

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId(")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        write!(f, ")")
    }
}

/// A key that seals, with its id. Forgotten when dropped; never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SealKey {
    cipher: [u8; 32],
    naming: [u8; 32],
    #[zeroize(skip)]
    id: KeyId,
}

impl SealKey {
    /// The key that seals, and its id, from 32 secret bytes used for nothing else.
    pub(crate) fn new(secret: &[u8; 32]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, secret);
        let (mut cipher, mut naming, mut id) = ([0; 32], [0; 32], [0; KEY_ID_BYTES]);
        hkdf.expand(b"maillon/1/seal", &mut cipher).expect("a length that HKDF gives");
        hkdf.expand(b"maillon/1/naming", &mut naming).expect("a length that HKDF gives");
        hkdf.expand(b"maillon/1/key-id", &mut id).expect("a length that HKDF gives");
        SealKey { cipher, naming, id: KeyId(id) }
    }

    /// A row's name for something that must not be told from its row: the same each time, and nothing to whoever has
    /// not the key, even if they guess what it names.
    pub fn row_name(&self, named: &[u8]) -> [u8; 16] {
        let mut name = [0; 16];
        let hkdf = Hkdf::<Sha256>::new(Some(&self.naming), named);
        hkdf.expand(b"maillon/1/row-name", &mut name).expect("a length that HKDF gives");
        name
    }

    /// Which key this is.
    pub fn id(&self) -> KeyId {
        self.id
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealKey({:?})", self.id)
    }
}

/// Why sealed bytes did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// They are not what was sealed, or not in the place they were sealed for.
    Damaged,
    /// They were sealed by another key.
    UnknownKey,
    /// They were sealed by a newer Maillon, in a way this one does not know.
    TooNew,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            OpenError::Damaged => "the sealed bytes are damaged",
            OpenError::UnknownKey => "sealed by a key that is not here",
            OpenError::TooNew => "sealed by a newer version",
        })
    }
}

impl std::error::Error for OpenError {}

/// Seals bytes under a key, bound to what they are about (`about` is authenticated, not kept).
///
/// The nonce must come from chance, fresh each time: 24 bytes never repeat.
pub fn seal(key: &SealKey, about: &[u8], nonce: [u8; NONCE_BYTES], plain: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(SEAL_BYTES + plain.len());
    sealed.push(VERSION);
    sealed.extend_from_slice(&key.id.0);
    sealed.extend_from_slice(&nonce);
    let bound = bound(key.id, about);
    let ciphertext = XChaCha20Poly1305::new(&key.cipher.into())
        .encrypt(&nonce.into(), Payload { msg: plain, aad: &bound })
        .expect("less than 256 gigabytes");
    sealed.extend_from_slice(&ciphertext);
    sealed
}

/// Opens what [`seal`] sealed with the same key about the same thing. What comes out is forgotten when dropped.
pub fn open(key: &SealKey, about: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (&version, rest) = sealed.split_first().ok_or(OpenError::Damaged)?;
    match version {
        VERSION => {}
        0 => return Err(OpenError::Damaged),
        _ => return Err(OpenError::TooNew),
    }
    let (id, rest) = rest.split_first_chunk::<KEY_ID_BYTES>().ok_or(OpenError::Damaged)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(OpenError::Damaged)?;
    if ciphertext.len() < TAG_BYTES {
        return Err(OpenError::Damaged);
    }
    if KeyId(*id) != key.id {
        return Err(OpenError::UnknownKey);
    }
    XChaCha20Poly1305::new(&key.cipher.into())
        .decrypt(nonce.into(), Payload { msg: ciphertext, aad: &bound(key.id, about) })
        .map(Zeroizing::new)
        .map_err(|_| OpenError::Damaged)
}

/// Seals a row for its place and no other.
pub fn seal_row(key: &SealKey, table: Table, row_key: &[u8], nonce: [u8; NONCE_BYTES], plain: &[u8]) -> Vec<u8> {
    seal(key, &place(table, row_key), nonce, plain)
}

/// Opens a row found at this place.
pub fn open_row(key: &SealKey, table: Table, row_key: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    open(key, &place(table, row_key), sealed)
}

/// Which key sealed these bytes, as they say themselves.
pub fn sealed_by(sealed: &[u8]) -> Option<KeyId> {
    sealed.get(1..=KEY_ID_BYTES)?.try_into().ok().map(KeyId)
}

/// Everything that is authenticated beside the plain bytes: the version and the key too, so that none can be changed.
fn bound(id: KeyId, about: &[u8]) -> Vec<u8> {
    let mut bound = Vec::with_capacity(1 + KEY_ID_BYTES + about.len());
    bound.push(VERSION);
    bound.extend_from_slice(&id.0);
    bound.extend_from_slice(about);
    bound
}

fn place(table: Table, row_key: &[u8]) -> Vec<u8> {
    let mut place = Vec::with_capacity(4 + 1 + row_key.len());
    place.extend_from_slice(b"row/");
    place.push(table as u8);
    place.extend_from_slice(row_key);
    place
}

/// Opens whatever it is given, as a fuzzer would: nothing may open, nothing may panic.
pub fn fuzz_one(bytes: &[u8]) {
    let key = SealKey::new(&[7; 32]);
    assert!(open(&key, b"fuzz", bytes).is_err(), "bytes that nobody sealed were opened");
    let _ = sealed_by(bytes);
    // A mutator never hits the key id: the same bytes, as if this key had sealed them.
    if let Some(id) = bytes.get(1..=KEY_ID_BYTES) {
        let claimed = [&bytes[..1], &key.id.0, &bytes[1 + id.len()..]].concat();
        assert!(open(&key, b"fuzz", &claimed).is_err(), "bytes that nobody sealed were opened");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::{hex, unhex};
    use proptest::prelude::*;

    fn key(byte: u8) -> SealKey {
        SealKey::new(&[byte; 32])
    }

    #[test]
    fn the_cipher_is_the_published_one() {
        // draft-irtf-cfrg-xchacha-03, A.3.1
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                      sunscreen would be it.";
        let key = unhex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
        let nonce: [u8; 24] = unhex("404142434445464748494a4b4c4d4e4f5051525354555657").try_into().unwrap();
        let aad = unhex("50515253c0c1c2c3c4c5c6c7");
        let sealed = XChaCha20Poly1305::new_from_slice(&key)
            .unwrap()
            .encrypt(&nonce.into(), Payload { msg: plain, aad: &aad })
            .unwrap();
        assert_eq!(
            hex(&sealed),
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39\
             ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
             21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49"
        );
    }

    #[test]
    fn hkdf_is_the_published_one() {
        // RFC 5869, A.1
        let salt = unhex("000102030405060708090a0b0c");
        let mut okm = [0; 42];
        Hkdf::<Sha256>::new(Some(&salt), &[0x0b; 22]).expand(&unhex("f0f1f2f3f4f5f6f7f8f9"), &mut okm).unwrap();
        assert_eq!(hex(&okm), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    #[test]
    fn the_bytes_of_a_seal_do_not_change() {
        // Made with libsodium and HMAC of another language: not our own output.
        let sealed = seal_row(&key(1), Table::Frames, b"document", [2; 24], "Nadine est passée".as_bytes());
        assert_eq!(hex(&sealed), include_str!("snapshots/seal.hex").trim());
    }

    #[test]
    fn another_key_is_told_apart_from_damage() {
        let sealed = seal(&key(1), b"", [2; 24], b"plain");
        assert_eq!(open(&key(2), b"", &sealed).unwrap_err(), OpenError::UnknownKey);
        assert_eq!(open(&key(1), b"other", &sealed).unwrap_err(), OpenError::Damaged);
        assert_eq!(sealed_by(&sealed), Some(key(1).id()));
    }

    #[test]
    fn a_row_moved_elsewhere_does_not_open() {
        let sealed = seal_row(&key(1), Table::Frames, b"a", [2; 24], b"plain");
        assert_eq!(*open_row(&key(1), Table::Frames, b"a", &sealed).unwrap(), b"plain");
        assert_eq!(open_row(&key(1), Table::Frames, b"b", &sealed).unwrap_err(), OpenError::Damaged);
        assert_eq!(open_row(&key(1), Table::Views, b"a", &sealed).unwrap_err(), OpenError::Damaged);
    }

    #[test]
    fn a_newer_seal_says_so() {
        let mut sealed = seal(&key(1), b"", [2; 24], b"plain");
        sealed[0] = 2;
        assert_eq!(open(&key(1), b"", &sealed).unwrap_err(), OpenError::TooNew);
    }

    #[test]
    fn a_key_never_prints_itself() {
        let secret = key(9);
        let printed = format!("{secret:?}");
        assert!(!printed.contains(&hex(&secret.cipher)) && !printed.contains(&format!("{:?}", secret.cipher)));
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(plain: Vec<u8>, about: Vec<u8>, secret: [u8; 32], nonce: [u8; 24]) {
            let key = SealKey::new(&secret);
            let sealed = seal(&key, &about, nonce, &plain);
            prop_assert_eq!(sealed.len(), plain.len() + SEAL_BYTES);
            prop_assert_eq!(&*open(&key, &about, &sealed).unwrap(), &plain);
        }

        #[test]
        fn any_byte_changed_is_noticed(plain: Vec<u8>, at: prop::sample::Index, change in 1u8..) {
            let mut sealed = seal(&key(1), b"about", [2; 24], &plain);
            let at = at.index(sealed.len());
            sealed[at] ^= change;
            let expected = match at {
                0 if sealed[0] == 0 => OpenError::Damaged,
                0 => OpenError::TooNew,
                1..=16 => OpenError::UnknownKey,
                _ => OpenError::Damaged,
            };
            prop_assert_eq!(open(&key(1), b"about", &sealed).unwrap_err(), expected);
        }

        #[test]
        fn cut_short_is_damaged(plain: Vec<u8>, at: prop::sample::Index) {
            let sealed = seal(&key(1), b"about", [2; 24], &plain);
            let short = &sealed[..at.index(sealed.len())];
            prop_assert_eq!(open(&key(1), b"about", short).unwrap_err(), OpenError::Damaged);
        }

        #[test]
        fn foreign_bytes_never_open_nor_panic(bytes: Vec<u8>) {
            fuzz_one(&bytes);
        }
    }
}
