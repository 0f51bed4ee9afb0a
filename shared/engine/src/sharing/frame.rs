//! What of a document travels: sealed under the document's own key, so that losing the key is losing the document.
//!
//! ```text
//! length, the document's key sealed under the epoch's key for documents, or nothing
//! the frame, sealed under the document's key: codec │ what the codec makes of it
//! ```
//!
//! The key goes with the first frame that a scope sees of a document. Both are under one digest: whoever erases a
//! document takes both away.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use maillon_shared::domain::ids::DocId;

use super::epoch::{EpochKey, Use};
use super::membership::ScopeId;
use super::pack::Unopened;
use super::wire::{Reader, Writer};
use crate::ambient::{Ambient, random_array};
use crate::vault::DocumentKey;
use crate::vault::seal::{open, seal};

/// The journal's change chunks, deflated: readable for ever.
const DEFLATED: u8 = 0;
/// No frame comes to more: a few hundred kilobytes are a document of ten years.
const LARGEST: u64 = 64 << 20;

/// What a frame brings.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The document's key, where it goes with the frame.
    pub key: Option<DocumentKey>,
    /// The journal's frame.
    pub frame: Vec<u8>,
}

/// Seals a frame; with its document's key under an epoch's, where the scope has not had it.
pub fn seal_frame(
    scope: ScopeId,
    document: DocId,
    key: &DocumentKey,
    under: Option<&EpochKey>,
    frame: &[u8],
    ambient: &mut impl Ambient,
) -> Vec<u8> {
    let about = about(scope, document);
    let mut deflated = DeflateEncoder::new(vec![DEFLATED], Compression::best());
    // Into memory: it does not fail.
    let _ = deflated.write_all(frame);
    let plain = deflated.finish().unwrap_or_default();
    let mut writer = Writer::default();
    let sealed_key = under.map(|epoch| key.seal_under(&epoch.derive(Use::Documents), &about, random_array(ambient)));
    writer.bytes(&sealed_key.unwrap_or_default());
    writer.fixed(&seal(&key.sealing(), &about, random_array(ambient), &plain));
    writer.done()
}

/// The document's key as a frame brings it, sealed; nothing where it brings none.
pub fn key_of(bytes: &[u8]) -> Option<Vec<u8>> {
    Reader::new(bytes).bytes().ok().filter(|sealed| !sealed.is_empty()).map(<[u8]>::to_vec)
}

/// Opens a frame: with the key that goes with it, or with the one that is known.
///
/// # Errors
///
/// The document's key is not known, or the bytes are not what was sealed, or newer.
pub fn open_frame(
    scope: ScopeId,
    document: DocId,
    known: Option<&DocumentKey>,
    epoch: Option<&EpochKey>,
    bytes: &[u8],
) -> Result<Brought, Unopened> {
    let about = about(scope, document);
    let mut reader = Reader::new(bytes);
    let sealed_key = reader.bytes()?;
    let key = match (sealed_key.is_empty(), epoch) {
        (true, _) => None,
        (false, None) => return Err(Unopened::UnknownEpoch),
        (false, Some(epoch)) => Some(DocumentKey::open_under(&epoch.derive(Use::Documents), &about, sealed_key)?),
    };
    let opening = key.as_ref().or(known).ok_or(Unopened::UnknownEpoch)?;
    let plain = open(&opening.sealing(), &about, reader.rest())?;
    let (codec, deflated) = plain.split_first().ok_or(Unopened::Damaged)?;
    if *codec != DEFLATED {
        return Err(Unopened::TooNew);
    }
    let mut frame = Vec::new();
    // One byte more than is allowed tells too much from just enough.
    let read = DeflateDecoder::new(deflated).take(LARGEST + 1).read_to_end(&mut frame);
    match read {
        Ok(length) if length as u64 <= LARGEST => Ok(Brought { key, frame }),
        _ => Err(Unopened::Damaged),
    }
}

fn about(scope: ScopeId, document: DocId) -> Vec<u8> {
    [b"frame".as_slice(), &scope.0, &document.0].concat()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::Seeded;

    const SCOPE: ScopeId = ScopeId([9; 16]);
    const DOCUMENT: DocId = DocId([1; 16]);

    #[test]
    fn the_first_frame_brings_the_key_that_opens_the_next() {
        let mut chance = Seeded::new(1);
        let (epoch, key) = (EpochKey::random(&mut chance), DocumentKey::random(&mut chance));
        let first = seal_frame(SCOPE, DOCUMENT, &key, Some(&epoch), b"a first word", &mut chance);
        let next = seal_frame(SCOPE, DOCUMENT, &key, None, b"another", &mut chance);
        let brought = open_frame(SCOPE, DOCUMENT, None, Some(&epoch), &first).unwrap();
        assert_eq!(brought.frame, b"a first word");
        let brought = open_frame(SCOPE, DOCUMENT, brought.key.as_ref(), Some(&epoch), &next).unwrap();
        assert!(brought.frame == b"another" && brought.key.is_none());
        assert_eq!(open_frame(SCOPE, DOCUMENT, None, Some(&epoch), &next).unwrap_err(), Unopened::UnknownEpoch);
    }

    #[test]
    fn a_frame_is_of_its_document_and_scope_and_of_no_other() {
        let mut chance = Seeded::new(2);
        let (epoch, key) = (EpochKey::random(&mut chance), DocumentKey::random(&mut chance));
        let frame = seal_frame(SCOPE, DOCUMENT, &key, None, b"word", &mut chance);
        let opened = |scope, document| open_frame(scope, document, Some(&key), Some(&epoch), &frame);
        assert!(opened(SCOPE, DOCUMENT).is_ok());
        assert_eq!(opened(SCOPE, DocId([2; 16])).unwrap_err(), Unopened::Damaged);
        assert_eq!(opened(ScopeId([8; 16]), DOCUMENT).unwrap_err(), Unopened::Damaged);
    }
}
