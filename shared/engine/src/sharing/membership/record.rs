//! One signed record of who is of a scope.
//!
//! ```text
//! format 1 │ scope 16 (zeros in Create) │ number │ previous 32 (zeros in Create) │ author │ body │ signature 64
//! ```

use std::fmt;

use maillon_shared::domain::time::Instant;
use sha2::{Digest, Sha256};

use crate::sharing::epoch::Wrap;
use crate::sharing::identity::{
    DeviceCard, DeviceId, DeviceSecret, RecoveryCard, RecoverySecret, SIGNATURE_BYTES, Usage, hash_id, short,
};
use crate::sharing::pack::PackId;
use crate::sharing::wire::{FormatError, Reader, Writer, in_order};
use crate::vault::seal::KeyId;

const FORMAT: u8 = 1;
/// No name of a device is longer.
const NAME_BYTES: usize = 200;

/// Names a scope: the beginning of the hash of the record that created it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(pub [u8; 16]);

impl fmt::Debug for ScopeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScopeId({})", short(&self.0))
    }
}

/// Names a record: the hash of what was signed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub [u8; 32]);

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecordId({})", short(&self.0))
    }
}

/// Who signed a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The device that administers.
    Device(DeviceId),
    /// Whoever has the 24 words.
    Words,
}

/// Someone who comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// Their device.
    pub card: DeviceCard,
    /// What the device is called, for people.
    pub name: String,
    /// Until which day they mean to be of it, as people say days; empty for no end. A device may propose to end it then,
    /// or show nothing more; membership itself ends by a record only.
    pub until: String,
}

/// The last pack that counts of someone who leaves: nothing later does, unless a member who did not know yet took it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    /// Whose.
    pub device: DeviceId,
    /// Its number; 0 for none at all.
    pub number: u64,
    /// Which pack that is; zeros for none.
    pub pack: PackId,
}

/// A new epoch: its key for everyone who stays, and the key before under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEpoch {
    /// Which.
    pub id: KeyId,
    /// The key of the epoch before, sealed under it.
    pub previous: Vec<u8>,
    /// The key, for each who stays, in the order of their ids.
    pub wraps: Vec<Wrap>,
}

/// Who leaves, and the epoch that begins without them: one record, so that there is never one without the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The devices that leave and what counts of each, in the order of their ids.
    pub cuts: Vec<Cut>,
    /// What begins.
    pub epoch: NewEpoch,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A scope begins with one device, which administers it.
    Create {
        /// From chance: it makes the scope's id and what the words give in it its own.
        nonce: [u8; 16],
        /// What it is for, by a number that sharing gives no meaning to.
        kind: u64,
        /// The key that the words give in it.
        recovery: RecoveryCard,
        /// The first device.
        first: Newcomer,
        /// The first epoch.
        epoch: KeyId,
        /// Its key.
        wrap: Wrap,
    },
    /// Someone comes in: they read the past too.
    Add {
        /// Who.
        newcomer: Newcomer,
        /// The key of the epoch that goes on.
        wrap: Wrap,
    },
    /// Some leave.
    Remove(Removal),
    /// Another member administers from now on.
    Transfer(DeviceId),
    /// Whoever has the words makes a device the one that administers, and has others leave.
    TakeOver {
        /// The device, new or known.
        admin: Newcomer,
        /// Who leaves: the one that administered, as a rule.
        removal: Removal,
    },
    /// Nothing is written in the scope any more.
    Close,
    /// In a group, whoever signs administers from now on, with the agreement of another coordinator: neither is the one who did.
    Succeed(Agreement),
}

/// That a member agrees that another administers a group, from a record on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The device of whoever agrees.
    pub by: DeviceId,
    /// Their signature, of what [`Agreement::about`] says.
    pub signature: [u8; SIGNATURE_BYTES],
}

impl Agreement {
    /// Agrees that a device administers, after that record.
    pub fn sign(secret: &DeviceSecret, scope: ScopeId, after: RecordId, admin: DeviceId) -> Agreement {
        let signature = secret.sign(Usage::Succession, &Agreement::about(scope, after, admin));
        Agreement { by: secret.card().id(), signature }
    }

    /// What is signed: the scope, the record after which, and who is to administer.
    pub(in crate::sharing) fn about(scope: ScopeId, after: RecordId, admin: DeviceId) -> Vec<u8> {
        [scope.0.as_slice(), &after.0, &admin.0].concat()
    }
}

/// A record, as it was signed. Its bytes are kept, so that its signature holds wherever it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    bytes: Vec<u8>,
    id: RecordId,
    scope: ScopeId,
    /// How many came before it.
    pub number: u64,
    /// The one before; zeros in the first.
    pub previous: RecordId,
    /// Who signed it.
    pub author: Author,
    /// What it says.
    pub body: Body,
}

/// Who signs a record.
pub enum Signer<'a> {
    /// A device.
    Device(&'a DeviceSecret),
    /// The words.
    Words(&'a RecoverySecret),
}

impl Record {
    /// The first record of a scope.
    pub fn first(secret: &DeviceSecret, body: Body) -> Record {
        Record::signed(ScopeId([0; 16]), 0, RecordId([0; 32]), &Signer::Device(secret), body)
    }

    /// The record after another.
    pub fn after(previous: &Record, signer: &Signer<'_>, body: Body) -> Record {
        Record::signed(previous.scope(), previous.number + 1, previous.id, signer, body)
    }

    fn signed(scope: ScopeId, number: u64, previous: RecordId, signer: &Signer<'_>, body: Body) -> Record {
        let author = match signer {
            Signer::Device(secret) => Author::Device(secret.card().id()),
            Signer::Words(_) => Author::Words,
        };
        let mut writer = Writer::default();
        writer.fixed(&[FORMAT]);
        writer.fixed(&scope.0);
        writer.number(number);
        writer.fixed(&previous.0);
        match author {
            Author::Device(id) => {
                writer.fixed(&[0]);
                writer.fixed(&id.0);
            }
            Author::Words => writer.fixed(&[1]),
        }
        body.write(&mut writer);
        let mut bytes = writer.done();
        let signature = match signer {
            Signer::Device(secret) => secret.sign(Usage::Record, &bytes),
            Signer::Words(secret) => secret.sign(&bytes),
        };
        let id = RecordId(Sha256::digest(&bytes).into());
        bytes.extend_from_slice(&signature);
        Record { bytes, id, scope, number, previous, author, body }
    }

    /// From its bytes. The signature is looked at where it is known whose it must be: by [`super::Tree`].
    ///
    /// # Errors
    ///
    /// Bytes that are no record, or one of a newer version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Record, FormatError> {
        let signed = bytes.len().checked_sub(SIGNATURE_BYTES).ok_or(FormatError::Malformed)?;
        let mut reader = Reader::new(&bytes[..signed]);
        match reader.fixed()? {
            [FORMAT] => {}
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        }
        let scope = ScopeId(reader.fixed()?);
        let number = reader.number()?;
        let previous = RecordId(reader.fixed()?);
        let author = match reader.fixed()? {
            [0] => Author::Device(DeviceId(reader.fixed()?)),
            [1] => Author::Words,
            _ => return Err(FormatError::TooNew),
        };
        let body = Body::read(&mut reader)?;
        reader.end()?;
        let is_first = matches!(body, Body::Create { .. });
        if is_first != (number == 0 && previous == RecordId([0; 32]) && scope == ScopeId([0; 16])) {
            return Err(FormatError::Malformed);
        }
        let id = RecordId(Sha256::digest(&bytes[..signed]).into());
        Ok(Record { bytes: bytes.to_vec(), id, scope, number, previous, author, body })
    }

    /// Its bytes, with the signature.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its name.
    pub fn id(&self) -> RecordId {
        self.id
    }

    /// The scope it is of.
    pub fn scope(&self) -> ScopeId {
        match self.body {
            Body::Create { .. } => ScopeId(hash_id(b"maillon/1/scope-id", self.signed_bytes())),
            _ => self.scope,
        }
    }

    /// Who it lets in, if anyone.
    pub fn lets_in(&self) -> Option<&Newcomer> {
        match &self.body {
            Body::Create { first: newcomer, .. }
            | Body::Add { newcomer, .. }
            | Body::TakeOver { admin: newcomer, .. } => Some(newcomer),
            Body::Remove(_) | Body::Transfer(_) | Body::Close | Body::Succeed(_) => None,
        }
    }

    /// What was signed.
    pub(super) fn signed_bytes(&self) -> &[u8] {
        &self.bytes[..self.bytes.len() - SIGNATURE_BYTES]
    }

    /// The signature.
    pub(super) fn signature(&self) -> [u8; SIGNATURE_BYTES] {
        let mut signature = [0; SIGNATURE_BYTES];
        signature.copy_from_slice(&self.bytes[self.bytes.len() - SIGNATURE_BYTES..]);
        signature
    }
}

impl Body {
    fn write(&self, writer: &mut Writer) {
        match self {
            Body::Create { nonce, kind, recovery, first, epoch, wrap } => {
                writer.fixed(&[1]);
                writer.fixed(nonce);
                writer.number(*kind);
                writer.fixed(&recovery.0);
                first.write(writer);
                writer.fixed(&epoch.0);
                wrap.write(writer);
            }
            Body::Add { newcomer, wrap } => {
                writer.fixed(&[2]);
                newcomer.write(writer);
                wrap.write(writer);
            }
            Body::Remove(removal) => {
                writer.fixed(&[3]);
                removal.write(writer);
            }
            Body::Transfer(to) => {
                writer.fixed(&[4]);
                writer.fixed(&to.0);
            }
            Body::TakeOver { admin, removal } => {
                writer.fixed(&[5]);
                admin.write(writer);
                removal.write(writer);
            }
            Body::Close => writer.fixed(&[6]),
            Body::Succeed(Agreement { by, signature }) => {
                writer.fixed(&[7]);
                writer.fixed(&by.0);
                writer.fixed(signature);
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, FormatError> {
        Ok(match reader.fixed()? {
            [1] => Body::Create {
                nonce: reader.fixed()?,
                kind: reader.number()?,
                recovery: RecoveryCard(reader.fixed()?),
                first: Newcomer::read(reader)?,
                epoch: KeyId(reader.fixed()?),
                wrap: Wrap::read(reader)?,
            },
            [2] => Body::Add { newcomer: Newcomer::read(reader)?, wrap: Wrap::read(reader)? },
            [3] => Body::Remove(Removal::read(reader)?),
            [4] => Body::Transfer(DeviceId(reader.fixed()?)),
            [5] => Body::TakeOver { admin: Newcomer::read(reader)?, removal: Removal::read(reader)? },
            [6] => Body::Close,
            [7] => Body::Succeed(Agreement { by: DeviceId(reader.fixed()?), signature: reader.fixed()? }),
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        })
    }
}

impl Newcomer {
    fn write(&self, writer: &mut Writer) {
        writer.bytes(&self.card.to_bytes());
        writer.bytes(self.name.as_bytes());
        writer.bytes(self.until.as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, FormatError> {
        let card = DeviceCard::from_bytes(reader.bytes()?)?;
        let mut text = || {
            let bytes = reader.bytes()?;
            let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= NAME_BYTES);
            text.map(str::to_owned).ok_or(FormatError::Malformed)
        };
        Ok(Newcomer { card, name: text()?, until: text()? })
    }
}

impl Removal {
    fn write(&self, writer: &mut Writer) {
        writer.list(&self.cuts, |writer, cut| {
            writer.fixed(&cut.device.0);
            writer.number(cut.number);
            writer.fixed(&cut.pack.0);
        });
        writer.fixed(&self.epoch.id.0);
        writer.bytes(&self.epoch.previous);
        writer.list(&self.epoch.wraps, |writer, wrap| wrap.write(writer));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, FormatError> {
        let cuts = reader.list(|reader| {
            let cut =
                Cut { device: DeviceId(reader.fixed()?), number: reader.number()?, pack: PackId(reader.fixed()?) };
            if (cut.number == 0) == (cut.pack == PackId([0; 32])) { Ok(cut) } else { Err(FormatError::Malformed) }
        })?;
        in_order(&cuts.iter().map(|cut| cut.device).collect::<Vec<_>>())?;
        let id = KeyId(reader.fixed()?);
        let previous = reader.bytes()?.to_vec();
        let wraps = reader.list(Wrap::read)?;
        in_order(&wraps.iter().map(|wrap| wrap.device).collect::<Vec<_>>())?;
        Ok(Removal { cuts, epoch: NewEpoch { id, previous, wraps } })
    }
}

/// When something was written, for display only.
pub(in crate::sharing) fn write_instant(writer: &mut Writer, at: Instant) {
    // Zigzag: instants before 1970 are no reason to refuse anything.
    writer.number(((at.utc_ms << 1) ^ (at.utc_ms >> 63)) as u64);
    writer.number(u64::from(((at.offset_min << 1) ^ (at.offset_min >> 15)) as u16));
}

/// See [`write_instant`].
pub(in crate::sharing) fn read_instant(reader: &mut Reader<'_>) -> Result<Instant, FormatError> {
    let ms = reader.number()?;
    let offset = u16::try_from(reader.number()?).map_err(|_| FormatError::Malformed)?;
    Ok(Instant {
        utc_ms: (ms >> 1) as i64 ^ -((ms & 1) as i64),
        offset_min: (offset >> 1) as i16 ^ -((offset & 1) as i16),
    })
}
