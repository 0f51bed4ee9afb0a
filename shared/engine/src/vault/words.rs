//! The 24 words: a second way in, written on paper, that opens the notebook and its backups.
//!
//! French words of BIP39, so that other programs could read them. They hold no data: only a key. People copy them from
//! paper, so reading is forgiving (capitals, accents, spaces, numbers, commas), and says *which* word is wrong.

use std::fmt;
use std::sync::OnceLock;

use bip39::{Language, Mnemonic};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::ambient::Ambient;

/// How many there are.
pub const COUNT: usize = 24;

/// The secret that the words say. Forgotten when dropped; never printed.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Words([u8; 32]);

impl Words {
    /// New words.
    pub fn random(ambient: &mut impl Ambient) -> Self {
        let mut words = Words([0; 32]);
        ambient.random(&mut words.0);
        words
    }

    /// The words to show and to write down, composed as screens write them ("académie").
    pub fn list(&self) -> Vec<String> {
        let mnemonic = Mnemonic::from_entropy_in(Language::French, &self.0).expect("256 bits are 24 words");
        mnemonic.words().map(shown).collect()
    }

    /// Reads what someone typed or pasted.
    pub fn parse(typed: &str) -> Result<Self, WordsError> {
        let folded = Zeroizing::new(fold(typed));
        let mut canonical = Zeroizing::new(String::with_capacity(COUNT * 12));
        let mut count = 0;
        let mut unknown = Vec::new();
        for word in folded.split(' ').filter(|word| !word.is_empty()) {
            count += 1;
            match list().find(|&(_, known)| known == word) {
                Some((word, _)) => {
                    canonical.push_str(word);
                    canonical.push(' ');
                }
                None => unknown.push(count),
            }
        }
        if !unknown.is_empty() {
            return Err(WordsError::Unknown { positions: unknown });
        }
        if count != COUNT {
            return Err(WordsError::Count { found: count });
        }
        let mnemonic = Mnemonic::parse_in_normalized(Language::French, &canonical).map_err(|_| WordsError::Checksum)?;
        let (mut entropy, _) = mnemonic.to_entropy_array();
        let mut words = Words([0; 32]);
        words.0.copy_from_slice(&entropy[..32]);
        entropy.zeroize();
        Ok(words)
    }

    /// The secret itself: what the words give in each scope is derived from it.
    pub(crate) fn entropy(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether the word typed is the one at this position, counted from 1: for the re-typing that proves the paper.
    pub fn is_word(&self, position: usize, typed: &str) -> bool {
        let list = self.list();
        position.checked_sub(1).and_then(|at| list.get(at)).is_some_and(|word| fold(word) == fold(typed).trim())
    }

    /// The secret itself, for what derives keys from it.
    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(…)")
    }
}

/// Why these are not somebody's 24 words. Positions count from 1; the words themselves are secret and not repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordsError {
    /// Words that are not in the list.
    Unknown {
        /// Where they stand.
        positions: Vec<usize>,
    },
    /// All known, but not 24.
    Count {
        /// How many there are.
        found: usize,
    },
    /// All known, but they do not go together: one is not the right one, or two are swapped.
    Checksum,
}

impl fmt::Display for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WordsError::Unknown { positions } => write!(f, "words not in the list, at {positions:?}"),
            WordsError::Count { found } => write!(f, "{found} words instead of {COUNT}"),
            WordsError::Checksum => f.write_str("the words do not go together"),
        }
    }
}

impl std::error::Error for WordsError {}

/// The words of the list that begin so, to complete what is being typed. At most eight.
pub fn suggest(beginning: &str) -> Vec<String> {
    let beginning = fold(beginning);
    let beginning = beginning.trim();
    if beginning.is_empty() {
        return Vec::new();
    }
    list().filter(|(_, folded)| folded.starts_with(beginning)).take(8).map(|(word, _)| shown(word)).collect()
}

/// A word of the list by its number, of eleven bits: for what two people read to each other.
pub fn word_at(number: usize) -> String {
    shown(Language::French.word_list()[number % Language::French.word_list().len()])
}

/// Every word, as in the list and folded.
fn list() -> impl Iterator<Item = (&'static str, &'static str)> {
    static FOLDED: OnceLock<Vec<String>> = OnceLock::new();
    let words = Language::French.word_list();
    let folded = FOLDED.get_or_init(|| words.iter().map(|word| fold(word)).collect());
    words.iter().copied().zip(folded.iter().map(String::as_str))
}

/// The list is decomposed; screens and paper want "é" in one piece.
fn shown(word: &str) -> String {
    word.nfc().collect()
}

/// Small letters without accents; all the rest (numbers, commas, line ends, apostrophes) separates words.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|&letter| !is_combining_mark(letter)).flat_map(char::to_lowercase) {
        match letter {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            letter if letter.is_alphabetic() => folded.push(letter),
            _ => folded.push(' '),
        }
    }
    folded
}

/// Reads whatever it is given, as a fuzzer would: what is read must be written and read again the same.
pub fn fuzz_one(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(words) = Words::parse(&text) {
        assert_eq!(Words::parse(&words.list().join(" ")).as_ref(), Ok(&words));
    }
    let _ = suggest(&text);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::vault::fixture::{hex, unhex};
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};
    use std::collections::BTreeSet;

    fn words(byte: u8) -> Words {
        Words([byte; 32])
    }

    #[test]
    fn the_list_is_the_published_one() {
        // french.txt of the BIP39 repository.
        let text: String = Language::French.word_list().iter().flat_map(|word| [word, "\n"]).collect();
        assert_eq!(hex(&Sha256::digest(text)), "ebc3959ab7801a1df6bac4fa7d970652f1df76b683cd2f4003c941c63d517e59");
    }

    #[test]
    fn no_two_words_fold_alike_and_all_are_letters() {
        let folded: BTreeSet<&str> = list().map(|(_, folded)| folded).collect();
        assert_eq!(folded.len(), 2048);
        assert!(folded.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
    }

    #[test]
    fn the_published_vectors_hold_in_french() {
        // BIP39's own vectors of 256 bits are in English; a word's number is the same in every language.
        let vectors = [
            (
                "0000000000000000000000000000000000000000000000000000000000000000",
                "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon \
                 abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art",
            ),
            (
                "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
                "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful \
                 legal winner thank year wave sausage worth title",
            ),
            (
                "8080808080808080808080808080808080808080808080808080808080808080",
                "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor \
                 acoustic avoid letter advice cage absurd amount doctor acoustic bless",
            ),
            (
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote",
            ),
            (
                "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c",
                "hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel \
                 tennis maple dilemma loan word shrug inflict delay length",
            ),
            (
                "9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863",
                "panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol speed nation \
                 flash devote level hobby quick inner drive ghost inside",
            ),
            (
                "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
                "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen \
                 patrol group space point ten exist slush involve unfold",
            ),
        ];
        for (entropy, english) in vectors {
            let french: Vec<&str> = english
                .split_whitespace()
                .map(|word| {
                    let number = Language::English.find_word(word).unwrap();
                    Language::French.word_list()[usize::from(number)]
                })
                .collect();
            assert_eq!(Words::parse(&french.join(" ")).unwrap().0.as_slice(), unhex(entropy), "{english}");
        }
    }

    #[test]
    fn paper_is_read_however_it_was_copied() {
        let said = words(0x5a);
        let list = said.list();
        let numbered: String = list.iter().enumerate().map(|(at, word)| format!("{}. {word}\n", at + 1)).collect();
        let bare: String = list.iter().map(|word| fold(word) + "  ").collect();
        let decomposed: String = list.iter().flat_map(|word| word.nfd().chain([' '])).collect();
        for typed in [
            list.join(" "),
            list.join(", ").to_uppercase(),
            numbered,
            bare,
            decomposed,
            format!("\u{a0}«\u{202f}{}\u{202f}»\r\n", list.join("’")),
        ] {
            assert_eq!(Words::parse(&typed).as_ref(), Ok(&said), "{typed:?}");
        }
    }

    #[test]
    fn an_error_says_where() {
        let mut list = words(0x5a).list();
        list.swap(0, 1);
        assert_eq!(Words::parse(&list.join(" ")), Err(WordsError::Checksum));
        list.swap(0, 1);
        assert_eq!(Words::parse(&list[..23].join(" ")), Err(WordsError::Count { found: 23 }));
        list[4] = "mistrall".into();
        list[23] = "xyz".into();
        assert_eq!(Words::parse(&list.join(" ")), Err(WordsError::Unknown { positions: vec![5, 24] }));
        assert_eq!(Words::parse(""), Err(WordsError::Count { found: 0 }));
    }

    #[test]
    fn a_wrong_word_is_noticed_at_the_retyping() {
        let said = words(0x5a);
        let list = said.list();
        assert!(said.is_word(1, &list[0].to_uppercase()) && said.is_word(24, &format!(" {} ", list[23])));
        assert!(!said.is_word(2, &list[0]) && !said.is_word(0, &list[0]) && !said.is_word(25, &list[0]));
        assert!(!said.is_word(1, ""));
    }

    #[test]
    fn typing_is_completed_without_accents() {
        assert_eq!(suggest("acade"), ["académie"]);
        assert_eq!(suggest("ACADÉ"), ["académie"]);
        assert_eq!(suggest("bel"), ["belette", "bélier", "belote"]);
        assert!(suggest("").is_empty() && suggest("zzz").is_empty());
        assert_eq!(suggest("a").len(), 8);
    }

    #[test]
    fn words_print_nothing() {
        assert_eq!(format!("{:?}", words(1)), "Words(…)");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(entropy: [u8; 32]) {
            let said = Words(entropy);
            prop_assert_eq!(Words::parse(&said.list().join(" ")), Ok(said));
        }

        #[test]
        fn foreign_text_never_panics(bytes: Vec<u8>) {
            fuzz_one(&bytes);
        }
    }
}
