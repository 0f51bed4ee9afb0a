//! What a device wrote in a scope: a table that it signs, the frames that the table answers for, one seal around both.
//!
//! ```text
//! sealed under the epoch's key for packs, about "pack" and the scope:
//!   length │ format 1 │ length, signed │ signature 64 │ frames │ zeros up to a size class
//! signed:
//!   scope 16 │ device 16 │ number │ previous 32 │ when │ record 32 │ seen │ rows
//! ```
//!
//! The table says the digest of each frame as it is sealed, and not the frame: a frame that was erased leaves the table,
//! and its signature, whole. So does forwarding: a pack stays its author's whoever carries it.

use std::fmt;

use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::time::Instant;
use sha2::{Digest, Sha256};

use super::epoch::{EpochKey, Use};
use super::identity::{DeviceCard, DeviceId, DeviceSecret, SIGNATURE_BYTES, Usage, short};
use super::membership::{RecordId, ScopeId, read_instant, write_instant};
use super::wire::{FormatError, Reader, Writer, in_order};
use crate::ambient::{Ambient, random_array};
use crate::vault::seal::{KeyId, OpenError, open, seal, sealed_by};

const FORMAT: u8 = 1;
/// No pack shows that it is smaller.
const SMALLEST: usize = 256;

/// Names a pack: the hash of what was signed. Zeros name none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackId(pub [u8; 32]);

impl PackId {
    /// No pack: what comes before the first.
    pub const NONE: PackId = PackId([0; 32]);
}

impl fmt::Debug for PackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PackId({})", short(&self.0))
    }
}

/// Another device's pack that the author had taken in, and all that comes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// Whose.
    pub device: DeviceId,
    /// Its number.
    pub number: u64,
    /// Which.
    pub pack: PackId,
}

/// What a pack brings of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which document.
    pub document: DocId,
    /// The hash of the frame as it travels.
    pub digest: [u8; 32],
    /// How far the document is after it.
    pub heads: Vec<[u8; 32]>,
}

/// What the author of a pack signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The scope.
    pub scope: ScopeId,
    /// The author.
    pub device: DeviceId,
    /// From 1, without gaps.
    pub number: u64,
    /// The author's pack before it.
    pub previous: PackId,
    /// When it was written, by the author's clock: for display, and for nothing else.
    pub at: Instant,
    /// The last record that the author knew.
    pub record: RecordId,
    /// What they had taken in of others since their pack before.
    pub seen: Vec<Seen>,
    /// What it brings.
    pub rows: Vec<Row>,
}

/// A pack, as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    signed: Vec<u8>,
    signature: [u8; SIGNATURE_BYTES],
    id: PackId,
    /// What is signed.
    pub table: Table,
    /// The frames, one a row; none where it was erased.
    frames: Vec<Option<Vec<u8>>>,
}

/// What a document's frame is before it is in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Which document.
    pub document: DocId,
    /// As it travels: sealed under its document's key (`super::frame`).
    pub bytes: Vec<u8>,
    /// How far the document is after it.
    pub heads: Vec<[u8; 32]>,
}

/// Why a sealed pack or record did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// Sealed under the key of an epoch that is not here: of another scope, or of a time when this device was no member.
    UnknownEpoch,
    /// It is not what was sealed.
    Damaged,
    /// Of a format that only a newer version knows.
    TooNew,
}

impl From<OpenError> for Unopened {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Damaged => Unopened::Damaged,
            OpenError::UnknownKey => Unopened::UnknownEpoch,
            OpenError::TooNew => Unopened::TooNew,
        }
    }
}

impl From<FormatError> for Unopened {
    fn from(error: FormatError) -> Self {
        match error {
            FormatError::Malformed => Unopened::Damaged,
            FormatError::TooNew => Unopened::TooNew,
        }
    }
}

impl Pack {
    /// Signs what a device wrote. `rows` of the table are made from the frames.
    pub fn sign(secret: &DeviceSecret, mut table: Table, frames: Vec<Frame>) -> Pack {
        table.rows = frames
            .iter()
            .map(|frame| Row {
                document: frame.document,
                digest: Sha256::digest(&frame.bytes).into(),
                heads: frame.heads.clone(),
            })
            .collect();
        let signed = table.to_bytes();
        let signature = secret.sign(Usage::Pack, &signed);
        let id = PackId(Sha256::digest(&signed).into());
        Pack { signed, signature, id, table, frames: frames.into_iter().map(|frame| Some(frame.bytes)).collect() }
    }

    /// Its name.
    pub fn id(&self) -> PackId {
        self.id
    }

    /// Whether this card signed it.
    pub fn is_signed_by(&self, card: &DeviceCard) -> bool {
        card.id() == self.table.device && card.signed(Usage::Pack, &self.signed, &self.signature)
    }

    /// Its rows, each with its frame where it was not erased.
    pub fn rows(&self) -> impl Iterator<Item = (&Row, Option<&[u8]>)> {
        self.table.rows.iter().zip(self.frames.iter().map(Option::as_deref))
    }

    /// Takes away what it brings of a document. Says whether there was anything.
    pub fn erase(&mut self, document: DocId) -> bool {
        let mut erased = false;
        for (row, frame) in self.table.rows.iter().zip(&mut self.frames) {
            erased |= row.document == document && frame.take().is_some();
        }
        erased
    }

    /// As it is kept, and as it stands inside the seal.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.fixed(&[FORMAT]);
        writer.bytes(&self.signed);
        writer.fixed(&self.signature);
        // A frame is never empty: nothing stands for one that was erased.
        writer.list(&self.frames, |writer, frame| writer.bytes(frame.as_deref().unwrap_or_default()));
        writer.done()
    }

    /// From its bytes. Whose signature it must be is known to whoever knows the members.
    ///
    /// # Errors
    ///
    /// Bytes that are no pack, frames that the table does not answer for, or a pack of a newer version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Pack, FormatError> {
        let mut reader = Reader::new(bytes);
        match reader.fixed()? {
            [FORMAT] => {}
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        }
        let signed = reader.bytes()?.to_vec();
        let signature = reader.fixed()?;
        let table = Table::from_bytes(&signed)?;
        let frames =
            reader.list(|reader| Ok(Some(reader.bytes()?).filter(|frame| !frame.is_empty()).map(<[u8]>::to_vec)))?;
        reader.end()?;
        let answered = |(row, frame): (&Row, &Option<Vec<u8>>)| {
            frame.as_ref().is_none_or(|frame| row.digest == <[u8; 32]>::from(Sha256::digest(frame)))
        };
        if frames.len() != table.rows.len() || !table.rows.iter().zip(&frames).all(answered) {
            return Err(FormatError::Malformed);
        }
        let id = PackId(Sha256::digest(&signed).into());
        Ok(Pack { signed, signature, id, table, frames })
    }

    /// As it travels: whoever carries it sees a size class and which epoch it is of, by a number that says nothing.
    pub fn seal(&self, epoch: &EpochKey, ambient: &mut impl Ambient) -> Vec<u8> {
        let inside = self.to_bytes();
        let mut writer = Writer::default();
        writer.bytes(&inside);
        let mut plain = writer.done();
        plain.resize(size_class(plain.len()), 0);
        seal(&epoch.derive(Use::Packs), &about(self.table.scope), random_array(ambient), &plain)
    }

    /// What travelled.
    ///
    /// # Errors
    ///
    /// It was sealed under another epoch's key or for another scope, or is damaged, or newer.
    pub fn open(epoch: &EpochKey, scope: ScopeId, sealed: &[u8]) -> Result<Pack, Unopened> {
        let plain = open(&epoch.derive(Use::Packs), &about(scope), sealed)?;
        let mut reader = Reader::new(&plain);
        let pack = Pack::from_bytes(reader.bytes()?)?;
        if pack.table.scope != scope || reader.rest().iter().any(|byte| *byte != 0) {
            return Err(Unopened::Damaged);
        }
        Ok(pack)
    }

    /// Under which epoch's key something was sealed, as it says itself.
    pub fn epoch_of(sealed: &[u8]) -> Option<KeyId> {
        sealed_by(sealed)
    }
}

fn about(scope: ScopeId) -> Vec<u8> {
    [b"pack".as_slice(), &scope.0].concat()
}

/// The size that is shown of a length: at most an eighth more, and few different ones (the Padmé classes).
pub(super) fn size_class(length: usize) -> usize {
    if length <= SMALLEST {
        return SMALLEST;
    }
    let exponent = length.ilog2();
    let kept = exponent.ilog2() + 1;
    let step = 1_usize << (exponent - kept);
    length.div_ceil(step) * step
}

impl Table {
    fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.fixed(&self.scope.0);
        writer.fixed(&self.device.0);
        writer.number(self.number);
        writer.fixed(&self.previous.0);
        write_instant(&mut writer, self.at);
        writer.fixed(&self.record.0);
        writer.list(&self.seen, |writer, seen| {
            writer.fixed(&seen.device.0);
            writer.number(seen.number);
            writer.fixed(&seen.pack.0);
        });
        writer.list(&self.rows, |writer, row| {
            writer.fixed(&row.document.0);
            writer.fixed(&row.digest);
            writer.list(&row.heads, |writer, head| writer.fixed(head));
        });
        writer.done()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes);
        let table = Table {
            scope: ScopeId(reader.fixed()?),
            device: DeviceId(reader.fixed()?),
            number: reader.number()?,
            previous: PackId(reader.fixed()?),
            at: read_instant(&mut reader)?,
            record: RecordId(reader.fixed()?),
            seen: reader.list(|reader| {
                Ok(Seen { device: DeviceId(reader.fixed()?), number: reader.number()?, pack: PackId(reader.fixed()?) })
            })?,
            rows: reader.list(|reader| {
                Ok(Row {
                    document: DocId(reader.fixed()?),
                    digest: reader.fixed()?,
                    heads: reader.list(|reader| reader.fixed())?,
                })
            })?,
        };
        reader.end()?;
        in_order(&table.seen)?;
        let first = table.number == 1;
        if table.number == 0 || first != (table.previous == PackId::NONE) {
            return Err(FormatError::Malformed);
        }
        // One's own packs are said by the one before, and a pack brings a document once.
        let mut documents: Vec<DocId> = table.rows.iter().map(|row| row.document).collect();
        documents.sort_unstable();
        if table.seen.iter().any(|seen| seen.device == table.device) || in_order(&documents).is_err() {
            return Err(FormatError::Malformed);
        }
        Ok(table)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;
    use crate::vault::fixture::Seeded;

    const SCOPE: ScopeId = ScopeId([9; 16]);

    fn frame(n: u8, length: usize) -> Frame {
        Frame { document: DocId([n; 16]), bytes: vec![n; length], heads: vec![[n; 32]] }
    }

    fn pack(secret: &DeviceSecret, frames: Vec<Frame>) -> Pack {
        let table = Table {
            scope: SCOPE,
            device: secret.card().id(),
            number: 1,
            previous: PackId::NONE,
            at: Instant { utc_ms: 1_780_000_000_000, offset_min: -120 },
            record: RecordId([3; 32]),
            seen: vec![Seen { device: DeviceId([4; 16]), number: 2, pack: PackId([5; 32]) }],
            rows: Vec::new(),
        };
        Pack::sign(secret, table, frames)
    }

    #[test]
    fn a_pack_travels_sealed_and_stays_its_authors() {
        let mut chance = Seeded::new(1);
        let (nadine, other) = (DeviceSecret::random(&mut chance), DeviceSecret::random(&mut chance));
        let (epoch, next) = (EpochKey::random(&mut chance), EpochKey::random(&mut chance));
        let written = pack(&nadine, vec![frame(1, 40), frame(2, 900)]);
        let sealed = written.seal(&epoch, &mut chance);
        let opened = Pack::open(&epoch, SCOPE, &sealed).unwrap();
        assert_eq!(opened, written);
        assert!(opened.is_signed_by(&nadine.card()) && !opened.is_signed_by(&other.card()));
        assert_eq!(Pack::open(&next, SCOPE, &sealed), Err(Unopened::UnknownEpoch));
        assert_eq!(Pack::open(&epoch, ScopeId([8; 16]), &sealed), Err(Unopened::Damaged));
        assert_eq!(Pack::epoch_of(&sealed), Some(epoch.id()));
    }

    #[test]
    fn what_was_erased_leaves_the_signature_whole() {
        let nadine = DeviceSecret::from_bytes([1; 32]);
        let mut written = pack(&nadine, vec![frame(1, 40), frame(2, 900)]);
        let id = written.id();
        assert!(written.erase(DocId([1; 16])) && !written.erase(DocId([1; 16])) && !written.erase(DocId([7; 16])));
        let read = Pack::from_bytes(&written.to_bytes()).unwrap();
        assert!(read.is_signed_by(&nadine.card()) && read.id() == id);
        let frames: Vec<bool> = read.rows().map(|(_, frame)| frame.is_some()).collect();
        assert_eq!(frames, [false, true]);
        assert!(!read.to_bytes().windows(40).any(|bytes| bytes == [1; 40]), "nothing of the frame is left");
    }

    #[test]
    fn a_frame_put_in_anothers_place_is_refused() {
        let nadine = DeviceSecret::from_bytes([1; 32]);
        let mut written = pack(&nadine, vec![frame(1, 40), frame(2, 40)]);
        written.frames.swap(0, 1);
        assert_eq!(Pack::from_bytes(&written.to_bytes()), Err(FormatError::Malformed));
    }

    #[test]
    fn sizes_say_little() {
        let classes =
            |from: usize, to: usize| (from..to).map(size_class).collect::<std::collections::BTreeSet<_>>().len();
        assert_eq!(classes(0, SMALLEST + 1), 1);
        assert!(classes(SMALLEST, 100_000) < 150, "{}", classes(SMALLEST, 100_000));
        for length in [257, 1_000, 65_537, 1 << 20] {
            assert!((length..=length + length / 8).contains(&size_class(length)), "{length}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let nadine = DeviceSecret::from_bytes([1; 32]);
        let twice = pack(&nadine, vec![frame(1, 40), frame(1, 41)]);
        assert_eq!(Pack::from_bytes(&twice.to_bytes()), Err(FormatError::Malformed), "a document twice");
        let mut table = pack(&nadine, Vec::new()).table;
        table.number = 2;
        let headless = Pack::sign(&nadine, table.clone(), Vec::new());
        assert_eq!(Pack::from_bytes(&headless.to_bytes()), Err(FormatError::Malformed), "a second with none before");
        table.previous = PackId([6; 32]);
        table.seen[0].device = nadine.card().id();
        let own = Pack::sign(&nadine, table, Vec::new());
        assert_eq!(Pack::from_bytes(&own.to_bytes()), Err(FormatError::Malformed), "one's own among others'");
    }

    proptest! {
        #[test]
        fn any_byte_changed_in_a_sealed_pack_is_noticed(at: prop::sample::Index, change in 1_u8..) {
            let epoch = EpochKey::random(&mut Seeded::new(3));
            let written = pack(&DeviceSecret::from_bytes([1; 32]), vec![frame(1, 40)]);
            let mut sealed = written.seal(&epoch, &mut Seeded::new(4));
            let at = at.index(sealed.len());
            sealed[at] ^= change;
            prop_assert!(Pack::open(&epoch, SCOPE, &sealed).is_err());
        }

        #[test]
        fn foreign_bytes_never_make_a_parser_panic(bytes: Vec<u8>) {
            super::super::fuzz_one(&bytes);
        }
    }
}
