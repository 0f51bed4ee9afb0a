//! The first row of a notebook: what it is, and the slots that hold its key.
//!
//! ```text
//! "MAILLON" 0 │ format 2 │ notebook id 16 │ kind 1 │ key id 16 │ slots 1 │ slot… │ checksum 8
//! slot: kind 1 │ length 2 │ body
//!   passphrase (1): memory KiB 4 │ passes 4 │ salt 16 │ sealed notebook key
//!   words (2):      sealed notebook key
//! ```
//!
//! Numbers are big-endian. The checksum (the first 8 bytes of SHA-256 of all before it) is *unkeyed*: it tells damage
//! from a wrong passphrase, and guards against nobody. The magic, the format and a checksum at the end stay where they
//! are in every format to come, so that "newer" is told apart from "damaged" too. Slots of unknown kinds are kept as
//! they are: a newer Maillon may have put them there.

use std::fmt;

use sha2::{Digest, Sha256};

use super::seal::KeyId;
use super::stretch::{StretchCost, StretchParams};

/// The format written here.
pub const FORMAT: u16 = 1;

const MAGIC: &[u8; 8] = b"MAILLON\0";
const CHECKSUM_BYTES: usize = 8;
/// More than anyone needs; a bound on what a foreign header makes us do.
const MOST_SLOTS: usize = 32;

/// Whose notebook it is. The mairie's cannot hold a person's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotebookKind {
    /// The coordinator's.
    Coordinator,
    /// The mairie's.
    Mairie,
    /// Lent to a caller, for one campaign.
    Caller,
    /// Lent to a designated agent, for the legal register.
    Agent,
    /// Lent to a tablet, for one survey.
    Tablet,
    /// Of a newer Maillon.
    Unknown(u8),
}

impl NotebookKind {
    /// As written.
    pub const fn number(self) -> u8 {
        match self {
            NotebookKind::Coordinator => 1,
            NotebookKind::Mairie => 2,
            NotebookKind::Caller => 3,
            NotebookKind::Agent => 4,
            NotebookKind::Tablet => 5,
            NotebookKind::Unknown(number) => number,
        }
    }

    /// As read.
    pub const fn from_number(number: u8) -> Self {
        match number {
            1 => NotebookKind::Coordinator,
            2 => NotebookKind::Mairie,
            3 => NotebookKind::Caller,
            4 => NotebookKind::Agent,
            5 => NotebookKind::Tablet,
            number => NotebookKind::Unknown(number),
        }
    }
}

/// One way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The notebook key, sealed under a stretched passphrase.
    Passphrase { params: StretchParams, sealed: Vec<u8> },
    /// The notebook key, sealed under what the 24 words say.
    Words { sealed: Vec<u8> },
    /// Of a newer Maillon.
    Unknown { kind: u8, body: Vec<u8> },
}

impl Slot {
    pub(super) const PASSPHRASE: u8 = 1;
    pub(super) const WORDS: u8 = 2;

    fn kind(&self) -> u8 {
        match self {
            Slot::Passphrase { .. } => Slot::PASSPHRASE,
            Slot::Words { .. } => Slot::WORDS,
            Slot::Unknown { kind, .. } => *kind,
        }
    }

    fn body(&self) -> Vec<u8> {
        match self {
            Slot::Passphrase { params, sealed } => {
                let mut body = Vec::with_capacity(24 + sealed.len());
                body.extend_from_slice(&params.memory_kib.to_be_bytes());
                body.extend_from_slice(&params.passes.to_be_bytes());
                body.extend_from_slice(&params.salt);
                body.extend_from_slice(sealed);
                body
            }
            Slot::Words { sealed } => sealed.clone(),
            Slot::Unknown { body, .. } => body.clone(),
        }
    }

    fn parse(kind: u8, body: &[u8]) -> Option<Self> {
        Some(match kind {
            Slot::PASSPHRASE => {
                let mut rest = Bytes(body);
                let cost = StretchCost {
                    memory_kib: u32::from_be_bytes(rest.take()?),
                    passes: u32::from_be_bytes(rest.take()?),
                };
                let params = cost.salted(rest.take()?);
                // Asking for more memory than any Maillon ever did is damage, not a reason to take it.
                if !cost.is_sensible() {
                    return None;
                }
                Slot::Passphrase { params, sealed: rest.0.to_vec() }
            }
            Slot::WORDS => Slot::Words { sealed: body.to_vec() },
            kind => Slot::Unknown { kind, body: body.to_vec() },
        })
    }
}

/// What stands at the door of a notebook. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Which notebook it is: chance, drawn once.
    pub notebook: [u8; 16],
    /// Whose.
    pub kind: NotebookKind,
    /// Which key its slots hold.
    pub key: KeyId,
    pub(super) slots: Vec<Slot>,
}

/// Why the header was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderError {
    /// Its bytes are not those that were written.
    Damaged,
    /// A newer Maillon wrote it.
    TooNew {
        /// The format it says.
        format: u16,
    },
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HeaderError::Damaged => f.write_str("the notebook's header is damaged"),
            HeaderError::TooNew { format } => write!(f, "the notebook is of format {format}, newer than {FORMAT}"),
        }
    }
}

impl std::error::Error for HeaderError {}

impl Header {
    /// The bytes of the row.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&FORMAT.to_be_bytes());
        bytes.extend_from_slice(&self.notebook);
        bytes.push(self.kind.number());
        bytes.extend_from_slice(&self.key.0);
        bytes.push(u8::try_from(self.slots.len()).expect("few slots"));
        for slot in &self.slots {
            let body = slot.body();
            bytes.push(slot.kind());
            bytes.extend_from_slice(&u16::try_from(body.len()).expect("small slots").to_be_bytes());
            bytes.extend_from_slice(&body);
        }
        let checksum = checksum(&bytes);
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// Reads the row.
    pub fn parse(bytes: &[u8]) -> Result<Self, HeaderError> {
        let (signed, sum) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or(HeaderError::Damaged)?;
        let mut rest = Bytes(signed);
        if rest.take() != Some(*MAGIC) || *sum != checksum(signed) {
            return Err(HeaderError::Damaged);
        }
        let format = rest.take().map(u16::from_be_bytes).ok_or(HeaderError::Damaged)?;
        match format {
            FORMAT => Self::parse_format_1(rest).ok_or(HeaderError::Damaged),
            0 => Err(HeaderError::Damaged),
            format => Err(HeaderError::TooNew { format }),
        }
    }

    fn parse_format_1(mut rest: Bytes<'_>) -> Option<Self> {
        let notebook = rest.take()?;
        let [kind] = rest.take()?;
        let key = KeyId(rest.take()?);
        let [count] = rest.take()?;
        if usize::from(count) > MOST_SLOTS {
            return None;
        }
        let mut slots = Vec::with_capacity(count.into());
        for _ in 0..count {
            let [kind] = rest.take()?;
            let length = u16::from_be_bytes(rest.take()?);
            slots.push(Slot::parse(kind, rest.take_slice(length.into())?)?);
        }
        rest.0.is_empty().then_some(Header { notebook, kind: NotebookKind::from_number(kind), key, slots })
    }

    /// Whether a passphrase can open it.
    pub fn has_passphrase(&self) -> bool {
        self.slots.iter().any(|slot| matches!(slot, Slot::Passphrase { .. }))
    }

    /// Whether 24 words can open it.
    pub fn has_words(&self) -> bool {
        self.slots.iter().any(|slot| matches!(slot, Slot::Words { .. }))
    }
}

/// Foreign bytes, read from the front.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn take_slice(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let digest = Sha256::digest(bytes);
    let mut sum = [0; CHECKSUM_BYTES];
    sum.copy_from_slice(&digest[..CHECKSUM_BYTES]);
    sum
}

/// Reads whatever it is given, as a fuzzer would: what is read must be written back byte for byte.
pub fn fuzz_one(bytes: &[u8]) {
    if let Ok(header) = Header::parse(bytes) {
        assert_eq!(header.to_bytes(), bytes, "a header was not kept as it was");
    }
    // A mutator never hits the checksum: read the same bytes with the right one.
    let mut summed = bytes.to_vec();
    summed.extend_from_slice(&checksum(bytes));
    if let Ok(header) = Header::parse(&summed) {
        assert_eq!(header.to_bytes(), summed, "a header was not kept as it was");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::hex;
    use proptest::prelude::*;

    fn header() -> Header {
        Header {
            notebook: [0x11; 16],
            kind: NotebookKind::Coordinator,
            key: KeyId([0x22; 16]),
            slots: vec![
                Slot::Passphrase {
                    params: StretchCost { memory_kib: 65_536, passes: 12 }.salted([0x33; 16]),
                    sealed: vec![0x44; 5],
                },
                Slot::Words { sealed: vec![0x55; 5] },
                Slot::Unknown { kind: 9, body: vec![0x66; 3] },
            ],
        }
    }

    fn summed(mut bytes: Vec<u8>) -> Vec<u8> {
        bytes.truncate(bytes.len() - CHECKSUM_BYTES);
        let sum = checksum(&bytes);
        bytes.extend_from_slice(&sum);
        bytes
    }

    #[test]
    fn the_bytes_of_a_header_do_not_change() {
        assert_eq!(hex(&header().to_bytes()), include_str!("snapshots/header.hex").trim());
    }

    #[test]
    fn what_is_unknown_is_kept() {
        let mut newer = header();
        newer.kind = NotebookKind::Unknown(77);
        assert_eq!(Header::parse(&newer.to_bytes()), Ok(newer));
    }

    #[test]
    fn a_newer_format_says_so_but_only_if_it_is_whole() {
        let mut bytes = header().to_bytes();
        bytes[9] = 2;
        assert_eq!(Header::parse(&bytes), Err(HeaderError::Damaged));
        assert_eq!(Header::parse(&summed(bytes)), Err(HeaderError::TooNew { format: 2 }));
    }

    #[test]
    fn a_header_that_asks_for_all_the_memory_is_damaged() {
        let mut bytes = header().to_bytes();
        let memory_at = 8 + 2 + 16 + 1 + 16 + 1 + 3;
        bytes[memory_at..memory_at + 4].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(Header::parse(&summed(bytes)), Err(HeaderError::Damaged));
    }

    proptest! {
        #[test]
        fn any_byte_changed_is_damage(at: prop::sample::Index, change in 1u8..) {
            let mut bytes = header().to_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= change;
            prop_assert_eq!(Header::parse(&bytes), Err(HeaderError::Damaged));
        }

        #[test]
        fn cut_short_is_damage(at: prop::sample::Index) {
            let bytes = header().to_bytes();
            prop_assert_eq!(Header::parse(&bytes[..at.index(bytes.len())]), Err(HeaderError::Damaged));
        }

        #[test]
        fn foreign_bytes_never_panic(bytes: Vec<u8>) {
            fuzz_one(&bytes);
            fuzz_one(&[MAGIC.as_slice(), &[0, 1], &bytes].concat());
        }

        #[test]
        fn a_header_changed_and_summed_again_is_kept_or_refused(at: prop::sample::Index, byte: u8) {
            let mut bytes = header().to_bytes();
            bytes.truncate(bytes.len() - CHECKSUM_BYTES);
            let at = at.index(bytes.len());
            bytes[at] = byte;
            fuzz_one(&bytes);
        }
    }
}
