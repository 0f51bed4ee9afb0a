//! The words of a text with where they stand, so that what is found in them can be shown in the text.

use unicode_normalization::char::is_combining_mark;

use super::fold::fold;

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
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = None;
    let mut last = 0;
    let is_part = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_part(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                let word = &text[from..at];
                let folded = fold(word);
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

    proptest! {
        #[test]
        fn every_word_is_a_part_of_the_text(text in "\\PC{0,60}") {
            for token in tokens(&text) {
                prop_assert_eq!(fold(&text[token.from..token.to]), token.folded);
            }
        }
    }
}
