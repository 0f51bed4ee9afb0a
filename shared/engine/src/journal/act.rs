//! Acts: what one gesture changed, in which documents, from which point to which. The journal of writes, and what undo
//! reads.

use maillon_shared::domain::ids::{ActId, DocId};
use maillon_shared::domain::time::Instant;
use serde::{Deserialize, Serialize};

use super::document::Heads;

/// One act, as it is written for ever. It names nobody and says no word of what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActRecord {
    /// Names the act.
    pub id: ActId,
    /// The device, 8 bytes.
    pub device: [u8; 8],
    /// When.
    pub at: Instant,
    /// What was done, as a code; codes are added, never given another meaning.
    pub what: String,
    /// The documents it wrote in.
    pub documents: Vec<Touched>,
    /// The act that it undoes, if it is an undoing.
    pub undoes: Option<ActId>,
}

/// A document that an act wrote in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// Which.
    pub id: DocId,
    /// How far it was before.
    pub before: Heads,
    /// How far it is after.
    pub after: Heads,
    /// Whether the act made the record that the document is; undoing it undoes the whole record.
    pub born: bool,
}

const ACT_FORMAT: u8 = 1;

impl ActRecord {
    /// Its bytes: a format number, then the fields.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![ACT_FORMAT];
        bytes.extend(postcard::to_allocvec(self).unwrap_or_default());
        bytes
    }

    /// What bytes say, or nothing where they are of another format.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first()? {
            (&ACT_FORMAT, fields) => postcard::from_bytes(fields).ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If this fails, users lose the journal of what they wrote.
    #[test]
    fn an_act_is_written_as_it_always_was() {
        let act = ActRecord {
            id: ActId([1; 16]),
            device: [2; 8],
            at: Instant { utc_ms: 1_000, offset_min: 60 },
            what: "edit_person".into(),
            documents: vec![Touched { id: DocId([3; 16]), before: vec![[4; 32]], after: vec![[5; 32]], born: false }],
            undoes: None,
        };
        let bytes = act.to_bytes();
        let expected = [
            [1].as_slice(),
            &[1; 16],
            &[2; 8],
            &[0xd0, 0x0f, 120],
            &[11],
            b"edit_person",
            &[1],
            &[3; 16],
            &[1],
            &[4; 32],
            &[1],
            &[5; 32],
            &[0],
            &[0],
        ]
        .concat();
        assert_eq!(bytes, expected);
        assert_eq!(ActRecord::from_bytes(&bytes), Some(act));
        assert_eq!(ActRecord::from_bytes(&bytes[..20]), None);
    }
}
