//! What a notebook knows of the people in it, to be found in a text: names alone and together, telephones, births, addresses.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::clues::ClueKind;
use crate::text::fold::{fold, words};

/// How many digits at the end of a number tell it, whatever it begins with.
pub(super) const PHONE_TAIL: usize = 9;

/// Articles and such in a name: no clue by themselves.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "le" | "la"
            | "les"
            | "de"
            | "du"
            | "des"
            | "d"
            | "l"
            | "et"
            | "van"
            | "von"
            | "der"
            | "el"
            | "al"
            | "ben"
            | "saint"
            | "mme"
            | "mr"
            | "mlle"
            | "dr"
            | "sa"
            | "son"
            | "ses"
            | "the"
            | "of"
    )
}

/// What a notebook knows, and that a text must not say.
#[derive(Default)]
pub struct Known {
    pub(super) phrases: HashMap<String, Vec<(Vec<String>, ClueKind)>>,
    pub(super) given: BTreeSet<String>,
    pub(super) births: HashSet<NaiveDate>,
    pub(super) phones: HashSet<String>,
    pub(super) emails: HashSet<String>,
}

impl Known {
    /// Someone's name, or a part of it: the whole of it, and each of its words, are clues.
    pub fn name(&mut self, name: &str) {
        let folded = fold(name);
        let parts: Vec<String> = words(&folded).map(str::to_owned).collect();
        for part in parts.iter().filter(|part| !is_particle(part) && part.chars().count() > 1 && !is_number(part)) {
            self.phrase(vec![part.clone()], ClueKind::Name);
        }
        if parts.len() > 1 {
            self.phrase(parts, ClueKind::Name);
        }
    }

    /// Someone's given name: what begins like it may be what people call them.
    pub fn given_name(&mut self, name: &str) {
        self.name(name);
        let folded = fold(name);
        self.given.extend(words(&folded).filter(|word| word.chars().count() >= 3).map(str::to_owned));
    }

    /// Someone's given and family names: whatever each is by itself ("rose", "petit"), together they name someone, in either
    /// order and however they are written.
    pub fn whole_name(&mut self, given: &str, family: &str) {
        let (given, family) = (fold(given), fold(family));
        if family.is_empty() {
            return;
        }
        let each = words(&given).filter(|word| word.chars().count() > 1);
        for given in [given.as_str()].into_iter().chain(each).filter(|given| !given.is_empty()) {
            for (one, other) in [(given, family.as_str()), (family.as_str(), given)] {
                let parts: Vec<String> = words(one).chain(words(other)).map(str::to_owned).collect();
                self.phrase(parts, ClueKind::Name);
            }
        }
    }

    /// What someone is called. It is a name like another.
    pub fn nickname(&mut self, nickname: &str) {
        self.name(nickname);
    }

    /// A hamlet, a commune: with or without its article.
    pub fn place(&mut self, place: &str) {
        let folded = fold(place);
        let parts: Vec<String> =
            words(&folded).skip_while(|word| is_particle(word) && *word != "saint").map(str::to_owned).collect();
        if parts.iter().any(|part| part.chars().count() > 2) {
            self.phrase(parts, ClueKind::Place);
        }
    }

    /// A number and a way: the way is a clue with or without the number, where it says more than "rue".
    pub fn address(&mut self, line: &str) {
        let folded = fold(line);
        let parts: Vec<String> = words(&folded)
            .skip_while(|word| is_number(word) || matches!(*word, "bis" | "ter"))
            .map(str::to_owned)
            .collect();
        if parts.len() > 1 {
            self.phrase(parts, ClueKind::Address);
        }
    }

    /// A structure, by a name it goes by.
    pub fn structure(&mut self, name: &str) {
        let folded = fold(name);
        let parts: Vec<String> = words(&folded).map(str::to_owned).collect();
        if parts.len() > 1 || parts.first().is_some_and(|part| part.chars().count() > 3) {
            self.phrase(parts, ClueKind::Structure);
        }
    }

    /// A date of birth.
    pub fn birth(&mut self, day: NaiveDate) {
        self.births.insert(day);
    }

    /// A telephone.
    pub fn phone(&mut self, number: &str) {
        // Two numbers may stand in one field.
        for part in number.split(['/', ',', ';', '\n']).chain([number]) {
            let digits: String = part.chars().filter(char::is_ascii_digit).collect();
            if digits.len() >= PHONE_TAIL {
                self.phones.insert(digits[digits.len() - PHONE_TAIL..].to_owned());
            }
        }
    }

    /// An electronic address of someone who is accompanied.
    pub fn email(&mut self, address: &str) {
        if !address.trim().is_empty() {
            self.emails.insert(fold(address.trim()));
        }
    }

    /// The name of someone of the directory: the whole of it, or either part.
    pub fn professional(&mut self, name: &str) {
        let folded = fold(name);
        let parts: Vec<String> = words(&folded).map(str::to_owned).collect();
        for part in parts.iter().filter(|part| !is_particle(part) && part.chars().count() > 2 && !is_number(part)) {
            self.phrase(vec![part.clone()], ClueKind::Professional);
        }
    }

    /// Whether a name is nobody's here: it may be given to someone invented.
    pub fn is_free(&self, name: &str) -> bool {
        let folded = fold(name);
        let taken = words(&folded).any(|word| self.phrases.contains_key(word) || self.given.contains(word));
        !taken
    }

    fn phrase(&mut self, parts: Vec<String>, kind: ClueKind) {
        if let Some(first) = parts.first().cloned() {
            let phrases = self.phrases.entry(first).or_default();
            if !phrases.iter().any(|(held, of)| *held == parts && *of == kind) {
                phrases.push((parts, kind));
            }
        }
    }
}

/// Whether a word is digits.
pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::clues::{Clue, Lexicon, Weight, WrittenFor, find};
    use super::*;

    fn known() -> Known {
        let mut known = Known::default();
        known.given_name("Rose");
        known.name("Petit");
        known.whole_name("Rose", "Petit");
        known.whole_name("Lê", "Van");
        known.phone("06 12 34 56 78");
        known.phone("04 90 12 34 56 / 07 11 22 33 44");
        known
    }

    /// The lists of words, in which "rose" and "petit" are words like others.
    fn lexicon() -> Lexicon {
        let mut lexicon = Lexicon::default();
        lexicon.everyday.extend(["rose".to_owned(), "petit".to_owned()]);
        lexicon
    }

    fn stops(text: &str) -> bool {
        let is_must = |clue: &Clue| clue.weight == Weight::Must;
        find(text, 0, WrittenFor::Sheet, &known(), &lexicon()).iter().any(is_must)
    }

    #[test]
    fn a_telephone_stops_a_text_whatever_stands_in_it_and_around_it() {
        for text in [
            "06 12 34 56 78 (84 ans)",
            "06 12 34 56 78 2 fois",
            "0612345678/0490000000",
            "0490000000 0612345678",
            "+33 (0)6 12 34 56 78",
            "06\u{2011}12\u{2011}34\u{2011}56\u{2011}78",
            "06\u{2009}12 – 34, 56: 78",
            "06 12 34\n56 78",
            "06 12\u{200b} 34 56 78",
            "tel0612345678",
            "ou 07 11 22 33 44",
        ] {
            assert!(stops(text), "{text:?}");
        }
        for text in ["06 00 00 00 00", "06 12 34 56 79", "06 12 et 34 56 78", "12 34"] {
            assert!(!stops(text), "{text:?}");
        }
    }

    #[test]
    fn a_whole_name_stops_a_text_where_each_of_its_words_is_a_word_like_others() {
        for text in
            ["avec rose petit", "PETIT ROSE", "chez lê van", "Van Lê", "Rose\u{ad} Pe\u{ad}tit", "rose pe-\ntit"]
        {
            assert!(stops(text), "{text:?}");
        }
        for text in ["une rose, un petit jardin", "un van"] {
            assert!(!stops(text), "{text:?}");
        }
    }
}
