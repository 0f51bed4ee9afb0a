//! The ways into a notebook: its key, held in independent slots that each open alone.
//!
//! Opening ends in one of three ways that people must not confuse: the header is *damaged* (its checksum says so), or
//! it is whole and no slot opens (*wrong passphrase*), or a slot opens on a key that is not this notebook's (*unknown
//! key*). Changing a passphrase makes a new header and touches no other slot; the caller puts it in one atomic row, and
//! until then the old one opens.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::header::{FORMAT, Header, HeaderError, NotebookKind, Slot};
use super::keys::NotebookKey;
use super::seal::{OpenError, SealKey, open, seal};
use super::stretch::{StretchCost, StretchParams, Stretched, passphrase_bytes};
use super::words::Words;
use crate::ambient::{Ambient, StretchError, random_array};

/// The header's row in [`crate::store::Table::Meta`]. It alone is not sealed.
pub const HEADER_ROW: &[u8] = b"header";

/// A new notebook's header and key.
#[derive(Debug)]
pub struct Created {
    /// To put at [`HEADER_ROW`].
    pub header: Header,
    /// What opens everything, until the notebook is locked.
    pub key: NotebookKey,
}

/// Why a notebook did not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnlockError {
    /// The header is whole, and this passphrase does not open it.
    WrongPassphrase,
    /// The header is whole, and these words, though possible ones, are not its own.
    WrongWords,
    /// The header has no slot of this kind.
    NoSlot,
    /// The header, or a slot in it, is not what was written.
    Damaged,
    /// A slot opened, on the key of another notebook.
    UnknownKey,
    /// A newer Maillon wrote it.
    TooNew,
    /// The stretching did not come to its end.
    Stretch(String),
}

impl fmt::Display for UnlockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnlockError::WrongPassphrase => f.write_str("wrong passphrase"),
            UnlockError::WrongWords => f.write_str("the words of another notebook"),
            UnlockError::NoSlot => f.write_str("the notebook does not open this way"),
            UnlockError::Damaged => f.write_str("the notebook's header is damaged"),
            UnlockError::UnknownKey => f.write_str("the key of another notebook"),
            UnlockError::TooNew => f.write_str("a newer version wrote this notebook"),
            UnlockError::Stretch(why) => write!(f, "the passphrase could not be stretched: {why}"),
        }
    }
}

impl std::error::Error for UnlockError {}

impl From<HeaderError> for UnlockError {
    fn from(error: HeaderError) -> Self {
        match error {
            HeaderError::Damaged => UnlockError::Damaged,
            HeaderError::TooNew { .. } => UnlockError::TooNew,
        }
    }
}

impl From<StretchError> for UnlockError {
    fn from(error: StretchError) -> Self {
        UnlockError::Stretch(error.0)
    }
}

/// Makes a notebook that opens with this passphrase, or with these 24 words: [`Words::random`] ones, which the person
/// has written down before anything is made.
///
/// The cost comes from [`StretchCost::measure`]; a test may give a cheap one.
pub async fn create(
    ambient: &mut impl Ambient,
    kind: NotebookKind,
    passphrase: &str,
    words: &Words,
    cost: StretchCost,
) -> Result<Created, UnlockError> {
    let key = NotebookKey::random(ambient);
    let mut header = Header { notebook: random_array(ambient), kind, key: key.id(), slots: Vec::new() };
    let passphrase_slot = passphrase_slot(ambient, &header, &key, passphrase, cost).await?;
    let words_slot = words_slot(ambient, &header, &key, words);
    header.slots = vec![passphrase_slot, words_slot];
    unlock_with_words(&header, words)?;
    Ok(Created { header, key })
}

/// Opens with the passphrase.
pub async fn unlock_with_passphrase(
    ambient: &mut impl Ambient,
    header: &Header,
    passphrase: &str,
) -> Result<NotebookKey, UnlockError> {
    let secret = passphrase_bytes(passphrase);
    let mut tried = None;
    for slot in &header.slots {
        let Slot::Passphrase { params, sealed } = slot else { continue };
        let stretched = ambient.stretch(&secret, params).await?;
        match open_slot(header, &passphrase_key(&stretched), &about_passphrase(header, params), sealed) {
            Err(OpenError::UnknownKey) => tried = Some(UnlockError::WrongPassphrase),
            opened => return checked(opened),
        }
    }
    Err(tried.unwrap_or(UnlockError::NoSlot))
}

/// Opens with the 24 words.
pub fn unlock_with_words(header: &Header, words: &Words) -> Result<NotebookKey, UnlockError> {
    let mut tried = None;
    for slot in &header.slots {
        let Slot::Words { sealed } = slot else { continue };
        match open_slot(header, &words_key(words), &about(header, Slot::WORDS), sealed) {
            Err(OpenError::UnknownKey) => tried = Some(UnlockError::WrongWords),
            opened => return checked(opened),
        }
    }
    Err(tried.unwrap_or(UnlockError::NoSlot))
}

/// The header with another passphrase, every other slot as it was. Returned only once the new passphrase has opened
/// it, from its bytes, stretched anew: what was not tried must not replace what worked.
pub async fn change_passphrase(
    ambient: &mut impl Ambient,
    header: &Header,
    key: &NotebookKey,
    passphrase: &str,
    cost: StretchCost,
) -> Result<Header, UnlockError> {
    if key.id() != header.key {
        return Err(UnlockError::UnknownKey);
    }
    let slot = passphrase_slot(ambient, header, key, passphrase, cost).await?;
    let changed = with_slot(header, slot);
    let read_back = Header::parse(&changed.to_bytes())?;
    unlock_with_passphrase(ambient, &read_back, passphrase).await?;
    Ok(read_back)
}

/// The header with other words (the paper was lost, or seen), every other slot as it was.
pub fn renew_words(
    ambient: &mut impl Ambient,
    header: &Header,
    key: &NotebookKey,
) -> Result<(Header, Words), UnlockError> {
    if key.id() != header.key {
        return Err(UnlockError::UnknownKey);
    }
    let words = Words::random(ambient);
    let slot = words_slot(ambient, header, key, &words);
    let read_back = Header::parse(&with_slot(header, slot).to_bytes())?;
    unlock_with_words(&read_back, &words)?;
    Ok((read_back, words))
}

/// In the place of the slots of its kind, or at the end.
fn with_slot(header: &Header, slot: Slot) -> Header {
    let same = |other: &Slot| std::mem::discriminant(other) == std::mem::discriminant(&slot);
    let at = header.slots.iter().position(same).unwrap_or(header.slots.len());
    let mut slots: Vec<Slot> = header.slots.iter().filter(|other| !same(other)).cloned().collect();
    slots.insert(at.min(slots.len()), slot);
    Header { slots, ..header.clone() }
}

async fn passphrase_slot(
    ambient: &mut impl Ambient,
    header: &Header,
    key: &NotebookKey,
    passphrase: &str,
    cost: StretchCost,
) -> Result<Slot, UnlockError> {
    let params = cost.salted(random_array(ambient));
    let stretched = ambient.stretch(&passphrase_bytes(passphrase), &params).await?;
    let nonce = random_array(ambient);
    let sealed = seal(&passphrase_key(&stretched), &about_passphrase(header, &params), nonce, key.expose());
    Ok(Slot::Passphrase { params, sealed })
}

fn words_slot(ambient: &mut impl Ambient, header: &Header, key: &NotebookKey, words: &Words) -> Slot {
    let nonce = random_array(ambient);
    Slot::Words { sealed: seal(&words_key(words), &about(header, Slot::WORDS), nonce, key.expose()) }
}

fn open_slot(
    header: &Header,
    slot_key: &SealKey,
    about: &[u8],
    sealed: &[u8],
) -> Result<Option<NotebookKey>, OpenError> {
    let plain = open(slot_key, about, sealed)?;
    let key = NotebookKey::from_slot(&plain).ok_or(OpenError::Damaged)?;
    Ok((key.id() == header.key).then_some(key))
}

/// A slot that opened holds this notebook's key, or another's.
fn checked(opened: Result<Option<NotebookKey>, OpenError>) -> Result<NotebookKey, UnlockError> {
    match opened {
        Ok(Some(key)) => Ok(key),
        Ok(None) | Err(OpenError::UnknownKey) => Err(UnlockError::UnknownKey),
        Err(OpenError::Damaged) => Err(UnlockError::Damaged),
        Err(OpenError::TooNew) => Err(UnlockError::TooNew),
    }
}

fn passphrase_key(stretched: &Stretched) -> SealKey {
    slot_key(stretched.expose(), b"maillon/1/slot/passphrase")
}

/// 256 bits of chance need no stretching.
fn words_key(words: &Words) -> SealKey {
    slot_key(words.expose(), b"maillon/1/slot/words")
}

fn slot_key(secret: &[u8; 32], info: &[u8]) -> SealKey {
    let mut derived = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, secret).expand(info, &mut *derived).expect("a length that HKDF gives");
    SealKey::new(&derived)
}

/// What a slot is bound to, so that it cannot be carried into another notebook, nor the notebook's kind changed.
fn about(header: &Header, slot_kind: u8) -> Vec<u8> {
    let mut about = b"slot/".to_vec();
    about.extend_from_slice(&FORMAT.to_be_bytes());
    about.extend_from_slice(&header.notebook);
    about.push(header.kind.number());
    about.push(slot_kind);
    about
}

fn about_passphrase(header: &Header, params: &StretchParams) -> Vec<u8> {
    let mut about = about(header, Slot::PASSPHRASE);
    about.extend_from_slice(&params.memory_kib.to_be_bytes());
    about.extend_from_slice(&params.passes.to_be_bytes());
    about.extend_from_slice(&params.salt);
    about
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::{CHEAP, Seeded, now};
    use crate::vault::{KeyId, Label};
    use proptest::prelude::*;

    const PASSPHRASE: &str = "le mistral se lève tôt";

    struct Made {
        header: Header,
        key: NotebookKey,
        words: Words,
    }

    fn notebook(seed: u64) -> (Seeded, Made) {
        let mut ambient = Seeded::new(seed);
        let words = Words::random(&mut ambient);
        let created = now(create(&mut ambient, NotebookKind::Coordinator, PASSPHRASE, &words, CHEAP)).unwrap();
        (ambient, Made { header: created.header, key: created.key, words })
    }

    fn same(a: &NotebookKey, b: &NotebookKey) -> bool {
        a.expose() == b.expose()
    }

    #[test]
    fn a_notebook_opens_with_its_passphrase_or_its_words() {
        let (mut ambient, made) = notebook(1);
        let header = Header::parse(&made.header.to_bytes()).unwrap();
        assert!(same(&now(unlock_with_passphrase(&mut ambient, &header, PASSPHRASE)).unwrap(), &made.key));
        let typed = Words::parse(&made.words.list().join(" ").to_uppercase()).unwrap();
        assert!(same(&unlock_with_words(&header, &typed).unwrap(), &made.key));
    }

    #[test]
    fn wrong_passphrase_damage_and_unknown_key_are_three_answers() {
        let (mut ambient, mine) = notebook(1);
        let (_, theirs) = notebook(2);

        let wrong = now(unlock_with_passphrase(&mut ambient, &mine.header, "le mistral se couche")).unwrap_err();

        let mut bytes = mine.header.to_bytes();
        bytes[60] ^= 1;
        let damaged = UnlockError::from(Header::parse(&bytes).unwrap_err());

        // Their slots were copied over by someone who knows the passphrase, but the rows are mine.
        let mut mixed = theirs.header.clone();
        mixed.key = mine.header.key;
        let unknown = now(unlock_with_passphrase(&mut ambient, &mixed, PASSPHRASE)).unwrap_err();

        assert_eq!(
            [&wrong, &damaged, &unknown],
            [&UnlockError::WrongPassphrase, &UnlockError::Damaged, &UnlockError::UnknownKey]
        );
        let said: std::collections::BTreeSet<String> =
            [wrong, damaged, unknown].iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 3);
    }

    #[test]
    fn the_words_of_another_notebook_say_so() {
        let (_, mine) = notebook(1);
        let (_, theirs) = notebook(2);
        assert_eq!(unlock_with_words(&mine.header, &theirs.words).unwrap_err(), UnlockError::WrongWords);
    }

    #[test]
    fn a_slot_carried_into_another_notebook_does_not_open() {
        let (mut ambient, mine) = notebook(1);
        let mut other = mine.header.clone();
        other.notebook[0] ^= 1;
        assert_eq!(now(unlock_with_passphrase(&mut ambient, &other, PASSPHRASE)).unwrap_err(), UnlockError::Damaged);
        let mut other = mine.header.clone();
        other.kind = NotebookKind::Mairie;
        assert_eq!(unlock_with_words(&other, &mine.words).unwrap_err(), UnlockError::Damaged);
    }

    #[test]
    fn changing_the_passphrase_rewrites_one_slot() {
        let (mut ambient, made) = notebook(1);
        let mut header = made.header.clone();
        header.slots.push(Slot::Unknown { kind: 40, body: b"from a newer version".to_vec() });

        let changed = now(change_passphrase(&mut ambient, &header, &made.key, "la Crau en mai", CHEAP)).unwrap();

        assert_eq!(changed.slots[1..], header.slots[1..], "the words and what is unknown stay as they were");
        assert!(same(&now(unlock_with_passphrase(&mut ambient, &changed, "la Crau en mai")).unwrap(), &made.key));
        assert_eq!(
            now(unlock_with_passphrase(&mut ambient, &changed, PASSPHRASE)).unwrap_err(),
            UnlockError::WrongPassphrase
        );
        assert!(same(&unlock_with_words(&changed, &made.words).unwrap(), &made.key));
    }

    #[test]
    fn a_new_passphrase_is_tried_before_it_replaces_the_old() {
        let (mut ambient, made) = notebook(1);
        let before = ambient.stretched;
        now(change_passphrase(&mut ambient, &made.header, &made.key, "la Crau en mai", CHEAP)).unwrap();
        assert_eq!(ambient.stretched, before + 2, "once to seal, once to try");

        /// A machine whose memory fails: it never stretches twice alike.
        struct Failing(Seeded, u8);
        impl Ambient for Failing {
            type Folder = crate::link::NoFolder;

            fn now(&self) -> maillon_shared::domain::time::Instant {
                self.0.now()
            }
            fn random(&mut self, bytes: &mut [u8]) {
                self.0.random(bytes);
            }
            async fn stretch(&mut self, _: &[u8], _: &StretchParams) -> Result<Stretched, StretchError> {
                self.1 += 1;
                Ok(Stretched::from_bytes([self.1; 32]))
            }
        }
        let mut failing = Failing(Seeded::new(3), 0);
        assert_eq!(
            now(change_passphrase(&mut failing, &made.header, &made.key, "la Crau en mai", CHEAP)).unwrap_err(),
            UnlockError::WrongPassphrase
        );
    }

    #[test]
    fn the_key_of_another_notebook_is_never_sealed_into_this_one() {
        let (mut ambient, mine) = notebook(1);
        let (_, theirs) = notebook(2);
        assert_eq!(
            now(change_passphrase(&mut ambient, &mine.header, &theirs.key, "x", CHEAP)).unwrap_err(),
            UnlockError::UnknownKey
        );
        assert_eq!(renew_words(&mut ambient, &mine.header, &theirs.key).unwrap_err(), UnlockError::UnknownKey);
    }

    #[test]
    fn new_words_replace_the_old() {
        let (mut ambient, made) = notebook(1);
        let (header, words) = renew_words(&mut ambient, &made.header, &made.key).unwrap();
        assert!(same(&unlock_with_words(&header, &words).unwrap(), &made.key));
        assert_eq!(unlock_with_words(&header, &made.words).unwrap_err(), UnlockError::WrongWords);
        assert!(same(&now(unlock_with_passphrase(&mut ambient, &header, PASSPHRASE)).unwrap(), &made.key));
    }

    #[test]
    fn a_header_without_a_way_in_says_so() {
        let (mut ambient, made) = notebook(1);
        let mut header = made.header.clone();
        header.slots = vec![Slot::Unknown { kind: 40, body: Vec::new() }];
        assert_eq!(now(unlock_with_passphrase(&mut ambient, &header, PASSPHRASE)).unwrap_err(), UnlockError::NoSlot);
        assert_eq!(unlock_with_words(&header, &made.words).unwrap_err(), UnlockError::NoSlot);
    }

    #[test]
    fn nothing_secret_is_in_the_header() {
        let (_, made) = notebook(1);
        let bytes = made.header.to_bytes();
        let holds = |secret: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
        assert!(!holds(made.key.expose()) && !holds(made.words.expose()) && !holds(PASSPHRASE.as_bytes()));
        assert_ne!(made.header.key, made.key.derive(Label::Meta).id());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// The checksum guards against accidents only; whatever an attacker writes with a right one, no wrong key
        /// comes out.
        #[test]
        fn a_header_rewritten_by_hand_never_gives_another_key(at: prop::sample::Index, change in 1u8..) {
            let (mut ambient, made) = notebook(1);
            let mut header = made.header.clone();
            let Slot::Passphrase { sealed, .. } = &mut header.slots[0] else { unreachable!() };
            let at = at.index(sealed.len() + 16);
            match at.checked_sub(sealed.len()) {
                None => sealed[at] ^= change,
                Some(at) => { let KeyId(id) = &mut header.key; id[at] ^= change }
            }
            prop_assert!(now(unlock_with_passphrase(&mut ambient, &header, PASSPHRASE)).is_err());
        }
    }
}
