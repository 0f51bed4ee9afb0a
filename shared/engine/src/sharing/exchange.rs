//! What one device has of a scope, so that another sends what is missing and nothing else.
//!
//! One message each way, then packs and records. It says how far each log has come, by the beginning of a hash: enough to
//! tell packs apart, and nothing about what they hold. It travels inside the seal of its road, or of the epoch.

use super::identity::DeviceId;
use super::membership::ScopeId;
use super::pack::PackId;
use super::wire::{FormatError, Reader, Writer, in_order};

const FORMAT: u8 = 1;
/// How much of a hash tells two packs, or two records, apart.
pub const PREFIX_BYTES: usize = 16;

/// The beginning of a pack's or a record's name.
pub type Prefix = [u8; PREFIX_BYTES];

/// The beginning of a name.
pub fn prefix(id: &[u8; 32]) -> Prefix {
    let mut prefix = [0; PREFIX_BYTES];
    prefix.copy_from_slice(&id[..PREFIX_BYTES]);
    prefix
}

/// How far one device's log has come here: its last pack, and its number. Several where it was forked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    /// Whose.
    pub device: DeviceId,
    /// The number of the last pack.
    pub number: u64,
    /// Which that is.
    pub pack: Prefix,
}

impl End {
    /// The end that a pack is.
    pub fn of(device: DeviceId, number: u64, pack: PackId) -> Self {
        End { device, number, pack: prefix(&pack.0) }
    }
}

/// What one has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Have {
    /// Of which scope.
    pub scope: ScopeId,
    /// The records that no other follows.
    pub records: Vec<Prefix>,
    /// The ends of the logs, each as far as nothing is missing in it.
    pub ends: Vec<End>,
}

impl Have {
    /// As it travels.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.fixed(&[FORMAT]);
        writer.fixed(&self.scope.0);
        writer.list(&self.records, |writer, record| writer.fixed(record));
        writer.list(&self.ends, |writer, end| {
            writer.fixed(&end.device.0);
            writer.number(end.number);
            writer.fixed(&end.pack);
        });
        writer.done()
    }

    /// What travelled.
    ///
    /// # Errors
    ///
    /// Other bytes, or those of a newer version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes);
        match reader.fixed()? {
            [FORMAT] => {}
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        }
        let have = Have {
            scope: ScopeId(reader.fixed()?),
            records: reader.list(|reader| reader.fixed())?,
            ends: reader.list(|reader| {
                Ok(End { device: DeviceId(reader.fixed()?), number: reader.number()?, pack: reader.fixed()? })
            })?,
        };
        reader.end()?;
        in_order(&have.records)?;
        in_order(&have.ends)?;
        Ok(have)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_say_is_short() {
        // Six devices, ten scopes: one message each way.
        let ends = (0..6_u8).map(|n| End { device: DeviceId([n; 16]), number: 40_000, pack: [n; 16] }).collect();
        let have = Have { scope: ScopeId([1; 16]), records: vec![[2; 16]], ends };
        assert_eq!(Have::from_bytes(&have.to_bytes()), Ok(have.clone()));
        assert!(have.to_bytes().len() * 10 < 3_000, "{}", have.to_bytes().len() * 10);
    }
}
