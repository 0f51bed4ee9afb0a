//! The words of a text with where they stand, so that what is found in them can be shown in the text.

use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;

use super::fold::{fold, is_hidden};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it begins, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// As it is compared.
    pub folded: String,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it begins a sentence.
    pub begins: bool,
}

/// The words of a text: letters and digits, as [`fold`] parts them.
pub fn tokens(text: &str) -> Vec<Token> {
    parted(text, |_, c| is_hidden(c))
}

/// Every way to read the words of a text: what nobody sees may part two words as well, and a word that a line cut in two is
/// one.
pub fn readings(text: &str) -> Vec<Vec<Token>> {
    let mut readings = vec![tokens(text)];
    if text.contains(is_hidden) {
        readings.push(parted(text, |_, _| false));
    }
    let cuts = cuts(text);
    if !cuts.is_empty() {
        readings.push(parted(text, |at, c| is_hidden(c) || cuts.contains(&at)));
    }
    readings
}

/// Where a hyphen and the end of a line stand inside a word, in bytes.
fn cuts(text: &str) -> BTreeSet<usize> {
    let mut cuts = BTreeSet::new();
    for (at, hyphen) in text.match_indices(['-', '\u{2010}', '\u{ad}']) {
        let after = &text[at + hyphen.len()..];
        let word = after.trim_start();
        let between = &after[..after.len() - word.len()];
        if between.contains('\n') && word.starts_with(char::is_alphabetic) {
            cuts.insert(at);
            cuts.extend(between.char_indices().map(|(n, _)| at + hyphen.len() + n));
        }
    }
    cuts
}

/// The words of a text, in which what is passed over stands inside a word.
fn parted(text: &str, is_passed: impl Fn(usize, char) -> bool) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = None;
    let mut last = 0;
    let is_part = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_part(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) if at == text.len() || !is_passed(at, c) => {
                start = None;
                let inside = text[from..at].char_indices().filter(|(n, c)| !is_passed(from + n, *c));
                let word: String = inside.map(|(_, c)| c).collect();
                let folded = fold(&word);
                if !folded.is_empty() {
                    let capital = word.chars().next().is_some_and(char::is_uppercase);
                    let begins = tokens.is_empty() || ends_a_sentence(&text[last..from]);
                    tokens.push(Token { from, to: at, folded, capital, begins });
                    last = at;
                }
            }
            _ => {}
        }
    }
    tokens
}

/// Whether a new sentence begins after that.
fn ends_a_sentence(between: &str) -> bool {
    between.contains(['.', '!', '?', '…', ':', '\n', '«', '“', '"', '—', '–', '•'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let text = "Hier, l’Odette d’E\u{301}guilles. Elle dort";
        let said: Vec<_> = tokens(text).into_iter().map(|token| (token.folded, token.capital, token.begins)).collect();
        let expected = [
            ("hier", true, true),
            ("l", false, false),
            ("odette", true, false),
            ("d", false, false),
            ("eguilles", true, false),
            ("elle", true, true),
            ("dort", false, false),
        ];
        assert_eq!(said, expected.map(|(word, capital, begins)| (word.to_owned(), capital, begins)));
    }

    #[test]
    fn what_nobody_sees_or_the_end_of_a_line_cuts_no_word_in_two() {
        let is_read = |text: &str, word: &str| {
            readings(text).iter().flatten().any(|token| token.folded == word && token.from < token.to)
        };
        for text in
            ["d’Es\u{ad}carvenc", "Es\u{200b}carvenc,", "\u{feff}Escarvenc", "Escar-\nvenc", "Escar\u{ad}\n venc"]
        {
            assert!(is_read(text, "escarvenc"), "{text:?}");
        }
        assert!(is_read("Odette\u{200b}Escarvenc", "escarvenc"), "what is not seen may part two words");
        assert!(is_read("rendez-\nvous", "rendez"), "and a hyphen that is meant parts them");
    }

    proptest! {
        #[test]
        fn every_word_is_a_part_of_the_text(text in "\\PC{0,60}") {
            for token in tokens(&text) {
                prop_assert_eq!(fold(&text[token.from..token.to]), token.folded);
            }
        }
    }
}
