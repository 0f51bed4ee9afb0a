//! What stands in a folder for other devices: names that say nothing, and what each device says that it has.
//!
//! ```text
//! path:   scope's name / device's name / object's name
//! object: a sealed record, a sealed pack, or an index; nobody outside tells which
//! index:  sealed: bytes of what is signed │ signature │ zeros
//! ```
//!
//! Names are drawn from the key of the scope's first epoch, so that members know them and nobody else does. An index has a
//! number that only grows: a folder that was set back is noticed.

use super::address::{Address, optional_address};
use super::epoch::{EpochKey, Use};
use super::exchange::Have;
use super::identity::{DeviceCard, DeviceId, DeviceSecret, Usage};
use super::membership::{RecordId, ScopeId};
use super::pack::{PackId, Unopened, size_class};
use super::wire::{FormatError, Reader, Writer};
use crate::ambient::{Ambient, random_array};
use crate::vault::seal::{KeyId, SealKey, open, seal, sealed_by};

const FORMAT: u8 = 2;
/// As it was before devices said where they can be reached.
const WITHOUT_ADDRESS: u8 = 1;

/// What things of a scope are called in folders.
pub struct Names {
    key: SealKey,
    scope: ScopeId,
}

impl Names {
    /// From the key of the scope's first epoch.
    pub fn of(scope: ScopeId, first: &EpochKey) -> Names {
        Names { key: first.derive(Use::Names), scope }
    }

    fn name(&self, kind: &[u8], id: &[u8]) -> String {
        let name = self.key.row_name(&[kind, b"\0", &self.scope.0, id].concat());
        name.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Where everything of the scope is.
    pub fn scope(&self) -> String {
        self.name(b"scope", b"")
    }

    /// Where a device writes, and nobody else.
    pub fn device(&self, device: DeviceId) -> String {
        format!("{}/{}", self.scope(), self.name(b"device", &device.0))
    }

    /// A pack's name, wherever it is.
    pub fn pack(&self, id: PackId) -> String {
        self.name(b"pack", &id.0)
    }

    /// A record's name, wherever it is.
    pub fn record(&self, id: RecordId) -> String {
        self.name(b"record", &id.0)
    }

    /// The name of a device's index, where it writes.
    pub fn index(&self, device: DeviceId) -> String {
        self.name(b"index", &device.0)
    }
}

/// What a device says in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Who.
    pub device: DeviceId,
    /// Grows each time.
    pub generation: u64,
    /// What it has.
    pub have: Have,
    /// Where it can be reached at once.
    pub address: Option<Address>,
}

impl Index {
    /// As it stands in a folder: signed inside, sealed outside, of a size class.
    pub fn seal(&self, secret: &DeviceSecret, epoch: &EpochKey, ambient: &mut impl Ambient) -> Vec<u8> {
        let mut signed = Writer::default();
        signed.fixed(&[FORMAT]);
        signed.fixed(&self.device.0);
        signed.number(self.generation);
        signed.bytes(&self.have.to_bytes());
        signed.bytes(&self.address.as_ref().map(Address::to_bytes).unwrap_or_default());
        let signed = signed.done();
        let mut inside = Writer::default();
        inside.bytes(&signed);
        inside.fixed(&secret.sign(Usage::Index, &signed));
        let mut inside = inside.done();
        inside.resize(size_class(inside.len()), 0);
        seal(&epoch.derive(Use::Indexes), &about(self.have.scope), random_array(ambient), &inside)
    }

    /// Under which key something was sealed, by that key's id.
    pub fn key_of(sealed: &[u8]) -> Option<KeyId> {
        sealed_by(sealed)
    }

    /// What stood there, if this device signed it.
    ///
    /// # Errors
    ///
    /// Another's words, those of another scope or epoch, spoilt ones, or newer.
    pub fn open(scope: ScopeId, card: &DeviceCard, epoch: &EpochKey, sealed: &[u8]) -> Result<Index, Unopened> {
        let plain = open(&epoch.derive(Use::Indexes), &about(scope), sealed)?;
        let mut reader = Reader::new(&plain);
        let signed = reader.bytes()?.to_vec();
        let signature = reader.fixed()?;
        let index = Index::from_signed(&signed)?;
        let theirs = index.device == card.id() && index.have.scope == scope;
        match theirs && card.signed(Usage::Index, &signed, &signature) {
            true => Ok(index),
            false => Err(Unopened::Damaged),
        }
    }

    fn from_signed(bytes: &[u8]) -> Result<Index, FormatError> {
        let mut reader = Reader::new(bytes);
        let [format] = reader.fixed()?;
        match format {
            WITHOUT_ADDRESS | FORMAT => {}
            0 => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        }
        let index = Index {
            device: DeviceId(reader.fixed()?),
            generation: reader.number()?,
            have: Have::from_bytes(reader.bytes()?)?,
            address: match format {
                WITHOUT_ADDRESS => None,
                _ => optional_address(reader.bytes()?)?,
            },
        };
        reader.end()?;
        Ok(index)
    }
}

fn about(scope: ScopeId) -> Vec<u8> {
    [b"index".as_slice(), &scope.0].concat()
}

/// Reads foreign bytes as what an index signs.
pub fn fuzz_one(bytes: &[u8]) {
    let _ = Index::from_signed(bytes);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::Seeded;

    const SCOPE: ScopeId = ScopeId([7; 16]);

    #[test]
    fn an_index_is_its_devices_and_of_its_scope() {
        let mut chance = Seeded::new(1);
        let (nadine, other) = (DeviceSecret::from_bytes([1; 32]), DeviceSecret::from_bytes([2; 32]));
        let epoch = EpochKey::random(&mut chance);
        let have = Have { scope: SCOPE, records: vec![[3; 16]], ends: Vec::new() };
        let index = Index { device: nadine.card().id(), generation: 7, have, address: None };
        let sealed = index.seal(&nadine, &epoch, &mut chance);
        assert_eq!(Index::open(SCOPE, &nadine.card(), &epoch, &sealed), Ok(index.clone()));
        assert!(Index::open(SCOPE, &other.card(), &epoch, &sealed).is_err());
        assert!(Index::open(ScopeId([8; 16]), &nadine.card(), &epoch, &sealed).is_err());
        assert!(Index::open(SCOPE, &nadine.card(), &EpochKey::random(&mut chance), &sealed).is_err());
        let in_anothers_name = index.seal(&other, &epoch, &mut chance);
        assert!(Index::open(SCOPE, &nadine.card(), &epoch, &in_anothers_name).is_err());
    }

    #[test]
    fn names_say_nothing_to_whoever_has_not_the_key() {
        let (one, other) = (EpochKey::from_bytes([1; 32]), EpochKey::from_bytes([2; 32]));
        let device = DeviceId([9; 16]);
        let (ours, theirs) = (Names::of(SCOPE, &one), Names::of(SCOPE, &other));
        assert_eq!(ours.device(device), Names::of(SCOPE, &one).device(device));
        assert_ne!(ours.device(device), theirs.device(device));
        assert_ne!(ours.scope(), Names::of(ScopeId([8; 16]), &one).scope());
        assert_ne!(ours.pack(PackId([1; 32])), ours.record(RecordId([1; 32])));
        assert!(!ours.device(device).contains("0909"));
    }
}
