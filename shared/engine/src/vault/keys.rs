//! The keys of a notebook: one for the whole, one for each document, and one a use derived from them.
//!
//! A key is never printed, never compared, never leaves this room but sealed, and is forgotten when dropped.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::seal::{KeyId, NONCE_BYTES, OpenError, SealKey, open, open_row, seal, seal_row};
use crate::ambient::{Ambient, random_array};
use crate::store::Table;

/// What a key derived from the notebook's is for. Each use has its own, so that no seal of one use passes for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The key of the keyring.
    Keyring,
    /// The cache of present values.
    Views,
    /// The journal of writes.
    Acts,
    /// The journal of reads.
    Reads,
    /// Forms half filled.
    Drafts,
    /// Small rows beside the header.
    Meta,
    /// The keys of notebooks that were lent.
    Lent,
    /// What is shared: records, what others have, this device's own secret.
    Shared,
}

impl Label {
    /// Written for ever: another text is another key.
    const fn info(self) -> &'static [u8] {
        match self {
            Label::Keyring => b"maillon/1/keyring",
            Label::Views => b"maillon/1/views",
            Label::Acts => b"maillon/1/acts",
            Label::Reads => b"maillon/1/reads",
            Label::Drafts => b"maillon/1/drafts",
            Label::Meta => b"maillon/1/meta",
            Label::Lent => b"maillon/1/lent",
            Label::Shared => b"maillon/1/shared",
        }
    }
}

/// The key of a notebook. Everything in it is sealed, nearer or farther, under this one.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct NotebookKey([u8; 32]);

impl NotebookKey {
    /// A new key.
    pub(super) fn random(ambient: &mut impl Ambient) -> Self {
        let mut key = NotebookKey([0; 32]);
        ambient.random(&mut key.0);
        key
    }

    /// From what a slot held.
    pub(super) fn from_slot(plain: &[u8]) -> Option<Self> {
        plain.try_into().ok().map(NotebookKey)
    }

    /// The bytes, for a slot to seal.
    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Which key this is: what the header says of it.
    pub(super) fn id(&self) -> KeyId {
        self.derived(b"maillon/1/notebook").id()
    }

    /// Sealed under another notebook's key, in a row of it: how a notebook opens those it lent.
    pub fn seal_under(&self, owner: &NotebookKey, ambient: &mut impl Ambient, row: &[u8]) -> Vec<u8> {
        seal_row(&owner.derive(Label::Lent), Table::Meta, row, random_array(ambient), &self.0)
    }

    /// The key that such a row holds.
    pub fn open_under(owner: &NotebookKey, row: &[u8], sealed: &[u8]) -> Result<Self, OpenError> {
        let plain = Zeroizing::new(open_row(&owner.derive(Label::Lent), Table::Meta, row, sealed)?);
        NotebookKey::from_slot(&plain).ok_or(OpenError::Damaged)
    }

    /// The key for one use.
    pub fn derive(&self, label: Label) -> SealKey {
        self.derived(label.info())
    }

    fn derived(&self, info: &[u8]) -> SealKey {
        let mut secret = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, &self.0).expand(info, &mut *secret).expect("a length that HKDF gives");
        SealKey::new(&secret)
    }
}

impl fmt::Debug for NotebookKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NotebookKey(…)")
    }
}

/// The key of one document. Without it the document's frames are noise: erasing is losing this.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DocumentKey([u8; 32]);

impl DocumentKey {
    /// A new key, for a new document.
    pub fn random(ambient: &mut impl Ambient) -> Self {
        let mut key = DocumentKey([0; 32]);
        ambient.random(&mut key.0);
        key
    }

    /// What seals the document's frames.
    pub fn sealing(&self) -> SealKey {
        SealKey::new(&self.0)
    }

    pub(super) fn from_keyring(plain: &[u8]) -> Option<Self> {
        plain.try_into().ok().map(DocumentKey)
    }

    /// Sealed under the key that a scope has for its documents' keys.
    pub(crate) fn seal_under(&self, scope: &SealKey, about: &[u8], nonce: [u8; NONCE_BYTES]) -> Vec<u8> {
        seal(scope, about, nonce, &self.0)
    }

    /// The key that was sealed so.
    pub(crate) fn open_under(scope: &SealKey, about: &[u8], sealed: &[u8]) -> Result<Self, OpenError> {
        DocumentKey::from_keyring(&open(scope, about, sealed)?).ok_or(OpenError::Damaged)
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentKey(…)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::hex;
    use std::collections::BTreeSet;

    const LABELS: [Label; 6] = [Label::Keyring, Label::Views, Label::Acts, Label::Reads, Label::Drafts, Label::Meta];

    #[test]
    fn a_lent_key_opens_under_its_owner_and_in_its_row_only() {
        let mut chance = crate::vault::fixture::Seeded::new(1);
        let (owner, lent) = (NotebookKey::random(&mut chance), NotebookKey::random(&mut chance));
        let sealed = lent.seal_under(&owner, &mut chance, b"row");
        assert_eq!(NotebookKey::open_under(&owner, b"row", &sealed).unwrap().id(), lent.id());
        assert!(NotebookKey::open_under(&owner, b"other row", &sealed).is_err());
        assert!(NotebookKey::open_under(&lent, b"row", &sealed).is_err());
    }

    #[test]
    fn each_use_has_its_own_key() {
        let key = NotebookKey([3; 32]);
        let ids: BTreeSet<KeyId> = LABELS
            .iter()
            .map(|&label| key.derive(label).id())
            .chain([key.id(), key.derive(Label::Lent).id()])
            .collect();
        assert_eq!(ids.len(), LABELS.len() + 2);
    }

    #[test]
    fn derived_keys_do_not_change() {
        // Made with HMAC of another language: not our own output.
        let key = NotebookKey([3; 32]);
        let ids: String = LABELS.iter().map(|&label| hex(&key.derive(label).id().0) + "\n").collect();
        assert_eq!(ids.trim(), include_str!("snapshots/derived-ids.hex").trim());
    }

    #[test]
    fn keys_print_nothing() {
        assert_eq!(format!("{:?} {:?}", NotebookKey([3; 32]), DocumentKey([3; 32])), "NotebookKey(…) DocumentKey(…)");
    }
}
