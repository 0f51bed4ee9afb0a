//! A device's card as a file, and the words by which two people make sure that it is the right one.
//!
//! ```text
//! "MAILCARD" │ format 1 │ bytes of the card │ bytes of the name
//! "MAILCARD" │ format 2 │ 1, for a neighbour │ bytes of the card │ bytes of the name
//! ```
//!
//! A card says as what its device asks to be taken: as another of the same coordinator's, or as a neighbour's, whose name is
//! then the coordinator's. So nobody who means to give a neighbour a little gives them all.
//!
//! The file may come by any road, and be changed on it. What two people compare are eight words of the card's hash, said
//! aloud: 88 bits, and there is no shorter way than to try, for they are fixed before anyone sees the other's. The name
//! is what its owner calls it; nobody vouches for it but who compares the words.

use maillon_shared::api::sharing::Company;
use sha2::{Digest, Sha256};

use super::identity::DeviceCard;
use super::wire::{FormatError, Reader, Writer};
use crate::vault::words::word_at;

const MAGIC: &[u8; 8] = b"MAILCARD";
const FORMAT: u8 = 1;
const FORMAT_OF_NEIGHBOURS: u8 = 2;
const FOR_A_NEIGHBOUR: u8 = 1;
/// How many words are compared.
const WORDS: usize = 8;
/// How many are, where both sides are bound to what they are of before they see it.
const WORDS_OF_A_PAIRING: usize = 4;
const BITS_A_WORD: usize = 11;
/// A longer name is none.
pub const LONGEST_NAME: usize = 200;

/// A card that came as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFile {
    /// The card.
    pub card: DeviceCard,
    /// What its owner calls the device; of a neighbour's, what they are called themselves.
    pub name: String,
    /// As what it asks to be taken.
    pub company: Company,
}

impl CardFile {
    /// As it travels.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.fixed(MAGIC);
        match self.company {
            Company::Own => writer.fixed(&[FORMAT]),
            Company::Neighbour => writer.fixed(&[FORMAT_OF_NEIGHBOURS, FOR_A_NEIGHBOUR]),
        }
        writer.bytes(&self.card.to_bytes());
        writer.bytes(self.name.as_bytes());
        writer.done()
    }

    /// From what travelled.
    ///
    /// # Errors
    ///
    /// Another file, or the card of a newer version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes);
        if reader.fixed()? != *MAGIC {
            return Err(FormatError::Malformed);
        }
        let company = match reader.fixed()? {
            [FORMAT] => Company::Own,
            [FORMAT_OF_NEIGHBOURS] => match reader.fixed()? {
                [FOR_A_NEIGHBOUR] => Company::Neighbour,
                [0] => return Err(FormatError::Malformed),
                _ => return Err(FormatError::TooNew),
            },
            [0] => return Err(FormatError::Malformed),
            _ => return Err(FormatError::TooNew),
        };
        let card = DeviceCard::from_bytes(reader.bytes()?)?;
        let name = reader.bytes()?;
        reader.end()?;
        let name = std::str::from_utf8(name).ok().filter(|name| name.len() <= LONGEST_NAME);
        Ok(CardFile { card, name: name.ok_or(FormatError::Malformed)?.to_owned(), company })
    }
}

/// The words of a card, from the French list whatever the screens speak: both sides read the same.
pub fn words_of(card: &DeviceCard) -> Vec<String> {
    let digest = Sha256::new().chain_update(b"maillon/1/card-words\0").chain_update(card.to_bytes()).finalize();
    words_at(&digest.into(), WORDS)
}

/// The words of a pairing, of the hash of all that both sides revealed.
pub(super) fn four_words_of(digest: &[u8; 32]) -> Vec<String> {
    words_at(digest, WORDS_OF_A_PAIRING)
}

fn words_at(digest: &[u8; 32], count: usize) -> Vec<String> {
    let bit = |at: usize| usize::from(digest[at / 8] >> (7 - at % 8) & 1);
    let number = |word: usize| (0..BITS_A_WORD).fold(0, |number, at| number << 1 | bit(word * BITS_A_WORD + at));
    (0..count).map(|word| word_at(number(word))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::sharing::DeviceSecret;

    #[test]
    fn a_card_comes_as_a_file() {
        let card = DeviceSecret::from_bytes([1; 32]).card();
        let file = CardFile { card, name: "Le téléphone".into(), company: Company::Own };
        assert_eq!(CardFile::from_bytes(&file.to_bytes()), Ok(file.clone()));
        let of_a_neighbour = CardFile { company: Company::Neighbour, ..file.clone() };
        assert_eq!(CardFile::from_bytes(&of_a_neighbour.to_bytes()), Ok(of_a_neighbour.clone()));
        assert_ne!(file.to_bytes(), of_a_neighbour.to_bytes(), "two people who compare words compare this too");
        assert_eq!(CardFile::from_bytes(b"MAILCARD\x03"), Err(FormatError::TooNew));
        assert_eq!(CardFile::from_bytes(b"MAILCARD\x02\x02"), Err(FormatError::TooNew));
        assert_eq!(CardFile::from_bytes(b"Bonjour, voici la carte"), Err(FormatError::Malformed));
        let long = CardFile { name: "é".repeat(101), ..file };
        assert_eq!(CardFile::from_bytes(&long.to_bytes()), Err(FormatError::Malformed));
    }

    /// If this fails, two versions read other words of one card.
    #[test]
    fn the_words_of_a_card_are_always_the_same() {
        let words = words_of(&DeviceSecret::from_bytes([1; 32]).card());
        assert_eq!(words.len(), 8);
        assert_ne!(words, words_of(&DeviceSecret::from_bytes([2; 32]).card()));
        assert_eq!(words.join(" "), "palace primitif valve algèbre butoir firme devancer circuler");
    }
}
