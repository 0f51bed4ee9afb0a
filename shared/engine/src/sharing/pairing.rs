//! Two devices that do not know each other yet, on one line: each learns the other's card, and both show the same four words.
//!
//! ```text
//! message:  1 commitment │ 2 reveal │ 3 same │ 4 invitation
//! commitment: format 1 │ fixed 32: the hash of "maillon/1/pairing", a zero, 0 or 1: whoever called, the caller's endpoint,
//!           the other's endpoint, then the reveal
//! reveal:   nonce, fixed 32 │ bytes of a card file
//! same:     nothing: someone compared the words there
//! invitation: bytes of a courier file, for the one who joins
//! ```
//!
//! Whoever called commits first, then the other; whoever called reveals first, then the other. So both are bound to their keys
//! and their nonces before either knows the other's, and someone in the middle has one chance in 2⁴⁴ to have both screens show
//! the same words, whatever they compute. The words are those of both reveals.

use sha2::{Digest, Sha256};

use super::card::{CardFile, four_words_of};
use super::line::Ends;
use super::wire::{FormatError, Reader, Writer};
use crate::ambient::{Ambient, random_array};

const FORMAT: u8 = 1;

/// What one says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// To what one is bound.
    Commitment([u8; 32]),
    /// What that was.
    Reveal(Reveal),
    /// Someone compared the words, and they are the same.
    Same,
    /// What is to be joined.
    Invitation(Vec<u8>),
}

/// Who one is, and a number that nobody could know before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    nonce: [u8; 32],
    /// The card, with the name that its owner gives.
    pub card: CardFile,
}

/// The other did not do as it is done: somebody in the middle, or another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

impl From<FormatError> for Broken {
    fn from(_: FormatError) -> Self {
        Broken
    }
}

/// One side of it.
pub struct Pairing {
    ends: Ends,
    ours: Reveal,
    commitment: Option<[u8; 32]>,
    theirs: Option<Reveal>,
}

impl Pairing {
    /// Begins; what is returned is to be said, if anything: whoever called speaks first.
    pub fn begin(card: CardFile, ends: Ends, ambient: &mut impl Ambient) -> (Pairing, Option<Said>) {
        let ours = Reveal { nonce: random_array(ambient), card };
        let first = ends.called.then(|| Said::Commitment(ours.commitment(ends)));
        (Pairing { ends, ours, commitment: None, theirs: None }, first)
    }

    /// Takes a commitment or a reveal, and says what is to be said then.
    ///
    /// # Errors
    ///
    /// It is not what was to come, or not what the other was bound to. Nothing is to be said any more.
    pub fn take(&mut self, said: Said) -> Result<Option<Said>, Broken> {
        match (said, self.commitment, &self.theirs) {
            (Said::Commitment(commitment), None, None) => {
                self.commitment = Some(commitment);
                Ok(Some(match self.ends.called {
                    true => Said::Reveal(self.ours.clone()),
                    false => Said::Commitment(self.ours.commitment(self.ends)),
                }))
            }
            (Said::Reveal(reveal), Some(commitment), None) => {
                let ourselves = reveal.card.card == self.ours.card.card;
                if ourselves || reveal.commitment(self.ends.from_there()) != commitment {
                    return Err(Broken);
                }
                self.theirs = Some(reveal);
                Ok((!self.ends.called).then(|| Said::Reveal(self.ours.clone())))
            }
            _ => Err(Broken),
        }
    }

    /// Who is there and the words that both screens show, once both are known.
    pub fn words(&self) -> Option<(&CardFile, Vec<String>)> {
        let theirs = self.theirs.as_ref()?;
        let (caller, other) = if self.ends.called { (&self.ours, theirs) } else { (theirs, &self.ours) };
        let mut writer = Writer::default();
        writer.fixed(b"maillon/1/pairing-words\0");
        writer.bytes(&caller.to_bytes());
        writer.bytes(&other.to_bytes());
        Some((&theirs.card, four_words_of(&Sha256::digest(writer.done()).into())))
    }
}

impl Reveal {
    fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.fixed(&self.nonce);
        writer.bytes(&self.card.to_bytes());
        writer.done()
    }

    fn commitment(&self, ends: Ends) -> [u8; 32] {
        let (caller, other) = if ends.called { (ends.ours, ends.theirs) } else { (ends.theirs, ends.ours) };
        let mut hash = Sha256::new();
        hash.update(b"maillon/1/pairing\0");
        hash.update([u8::from(ends.called)]);
        hash.update(caller.0);
        hash.update(other.0);
        hash.update(self.to_bytes());
        hash.finalize().into()
    }
}

impl Said {
    /// As it travels.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        match self {
            Said::Commitment(commitment) => {
                writer.fixed(&[1, FORMAT]);
                writer.fixed(commitment);
            }
            Said::Reveal(reveal) => {
                writer.fixed(&[2]);
                writer.fixed(&reveal.to_bytes());
            }
            Said::Same => writer.fixed(&[3]),
            Said::Invitation(courier) => {
                writer.fixed(&[4]);
                writer.fixed(courier);
            }
        }
        writer.done()
    }

    /// From what travelled.
    ///
    /// # Errors
    ///
    /// Other bytes, or those of a newer version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Said, FormatError> {
        let mut reader = Reader::new(bytes);
        let [kind] = reader.fixed()?;
        let said = match kind {
            1 => match reader.fixed()? {
                [FORMAT] => Said::Commitment(reader.fixed()?),
                [0] => return Err(FormatError::Malformed),
                _ => return Err(FormatError::TooNew),
            },
            2 => Said::Reveal(Reveal { nonce: reader.fixed()?, card: CardFile::from_bytes(reader.bytes()?)? }),
            3 => Said::Same,
            4 => return Ok(Said::Invitation(reader.rest().to_vec())),
            0 => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        };
        reader.end()?;
        Ok(said)
    }
}

/// Reads foreign bytes as what is said: what reads back is what was written.
pub fn fuzz_one(bytes: &[u8]) {
    if let Ok(said) = Said::from_bytes(bytes) {
        assert_eq!(said.to_bytes(), bytes, "what is said has one form");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;
    use crate::sharing::DeviceSecret;
    use crate::sharing::address::EndpointKey;
    use crate::vault::fixture::Seeded;
    use maillon_shared::api::sharing::Company;

    fn card(n: u8, name: &str) -> CardFile {
        CardFile { card: DeviceSecret::from_bytes([n; 32]).card(), name: name.into(), company: Company::Own }
    }

    fn ends(ours: u8, theirs: u8, called: bool) -> Ends {
        Ends { ours: EndpointKey([ours; 32]), theirs: EndpointKey([theirs; 32]), called }
    }

    /// One line between two, every word of it carried.
    fn speak(caller: &mut Pairing, first: Said, other: &mut Pairing) -> Result<(), Broken> {
        let mut to_other = Some(first);
        while let Some(said) = to_other {
            let Some(answer) = other.take(Said::from_bytes(&said.to_bytes())?)? else { break };
            to_other = caller.take(Said::from_bytes(&answer.to_bytes())?)?;
        }
        Ok(())
    }

    #[test]
    fn both_screens_show_the_same_four_words_and_each_others_name() {
        let mut chance = Seeded::new(1);
        let (mut phone, first) = Pairing::begin(card(2, "Le téléphone"), ends(2, 1, true), &mut chance);
        let (mut office, none) = Pairing::begin(card(1, "Le portable"), ends(1, 2, false), &mut chance);
        assert_eq!(none, None, "whoever is called waits");
        speak(&mut phone, first.unwrap(), &mut office).unwrap();
        let (there, words) = phone.words().unwrap();
        let (back, same) = office.words().unwrap();
        assert_eq!((there.name.as_str(), back.name.as_str()), ("Le portable", "Le téléphone"));
        assert_eq!((words.len(), &words), (4, &same));
    }

    #[test]
    fn someone_in_the_middle_shows_other_words_on_each_side() {
        let mut chance = Seeded::new(1);
        let (mut phone, first) = Pairing::begin(card(2, "Le téléphone"), ends(2, 9, true), &mut chance);
        let (mut middle, _) = Pairing::begin(card(8, "Le portable"), ends(9, 2, false), &mut chance);
        speak(&mut phone, first.unwrap(), &mut middle).unwrap();
        let (mut middle, first) = Pairing::begin(card(9, "Le téléphone"), ends(9, 1, true), &mut chance);
        let (mut office, _) = Pairing::begin(card(1, "Le portable"), ends(1, 9, false), &mut chance);
        speak(&mut middle, first.unwrap(), &mut office).unwrap();
        assert_ne!(phone.words().unwrap().1, office.words().unwrap().1);
    }

    #[test]
    fn nobody_reveals_other_than_they_were_bound_to_nor_before_the_other_is_bound() {
        let mut chance = Seeded::new(1);
        let (phone, first) = Pairing::begin(card(2, "Le téléphone"), ends(2, 1, true), &mut chance);
        let (mut office, _) = Pairing::begin(card(1, "Le portable"), ends(1, 2, false), &mut chance);
        assert_eq!(office.take(Said::Reveal(phone.ours.clone())), Err(Broken), "before it was bound");
        office.take(first.clone().unwrap()).unwrap();
        let other = Reveal { nonce: [7; 32], card: phone.ours.card.clone() };
        assert_eq!(office.take(Said::Reveal(other)), Err(Broken));
        let renamed = CardFile { name: "Un autre".into(), ..phone.ours.card.clone() };
        assert_eq!(office.take(Said::Reveal(Reveal { card: renamed, ..phone.ours.clone() })), Err(Broken));
        assert_eq!(office.take(first.unwrap()), Err(Broken), "nor is bound twice");
        assert!(office.words().is_none());
    }

    #[test]
    fn what_is_said_back_is_no_answer() {
        let mut chance = Seeded::new(1);
        let (mut phone, first) = Pairing::begin(card(2, "Le téléphone"), ends(2, 1, true), &mut chance);
        let Ok(Some(said)) = phone.take(first.unwrap()) else { panic!("it reveals") };
        assert_eq!(phone.take(said), Err(Broken));
    }

    proptest! {
        #[test]
        fn foreign_bytes_never_make_the_parser_panic(bytes: Vec<u8>, kind in 0_u8..6) {
            fuzz_one(&bytes);
            fuzz_one(&[&[kind], bytes.as_slice()].concat());
        }
    }
}
