//! How long a passphrase would hold, said honestly; nothing is ever forbidden.
//!
//! The estimate is of guesses a patient stranger needs who has the files: what looks like a word is guessed whole, the
//! rest sign by sign. Repeated and neighbouring signs count for almost nothing, well-known passphrases for nothing.

use std::collections::HashSet;

use leptos::prelude::*;
use maillon_shared::text::fold::fold;

use crate::words::strength as words;

/// How long it would hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// Minutes: among the first that anyone tries.
    Minutes,
    /// Days.
    Days,
    /// Years.
    Years,
    /// Longer than anyone would try.
    Centuries,
}

/// How long this passphrase would hold.
pub fn hold(passphrase: &str) -> Hold {
    match bits(passphrase) {
        bits if bits < 26.0 => Hold::Minutes,
        bits if bits < 38.0 => Hold::Days,
        bits if bits < 50.0 => Hold::Years,
        _ => Hold::Centuries,
    }
}

/// Passphrases that everyone tries first, folded.
const WELL_KNOWN: [&str; 12] = [
    "123456",
    "12345678",
    "123456789",
    "azerty",
    "azertyuiop",
    "qwerty",
    "password",
    "motdepasse",
    "mot de passe",
    "bonjour",
    "maillon",
    "le petit chat est mort",
];

fn bits(passphrase: &str) -> f64 {
    if WELL_KNOWN.contains(&fold(passphrase).as_str()) {
        return 0.0;
    }
    let mut words = HashSet::new();
    let mut of_words = 0.0;
    // What is no word is guessed sign by sign; the spaces between words cost nothing to guess.
    let mut rest = String::new();
    for run in passphrase.split_inclusive(|sign: char| !sign.is_alphabetic()) {
        let word = run.trim_end_matches(|sign: char| !sign.is_alphabetic());
        match is_word(word) {
            true if words.insert(fold(word)) => of_words += bits_by_sign(word).min(BITS_A_WORD),
            true => of_words += BITS_A_REPETITION,
            false => rest.push_str(word),
        }
        rest.extend(run[word.len()..].chars().filter(|sign| !sign.is_whitespace()));
    }
    of_words + bits_by_sign(&rest)
}

/// A word that people choose is one of some four thousand.
const BITS_A_WORD: f64 = 12.0;
/// A word already there is one of those few.
const BITS_A_REPETITION: f64 = 1.0;
/// No French or English word has so many consonants in a row.
const CONSONANTS_IN_A_ROW: usize = 5;

/// Whether letters in a row look like a word or a name, which is guessed whole.
fn is_word(letters: &str) -> bool {
    let is_consonant = |sign: &char| !"aeiouy".contains(*sign);
    let folded: Vec<char> = fold(letters).chars().collect();
    let in_a_row = folded.split(|sign| !is_consonant(sign)).map(<[char]>::len).max().unwrap_or(0);
    let one_case = letters.chars().skip(1).all(char::is_lowercase) || letters.chars().all(char::is_uppercase);
    folded.len() >= 3 && one_case && in_a_row < CONSONANTS_IN_A_ROW
}

fn bits_by_sign(signs: &str) -> f64 {
    let mut alphabet: f64 = 0.0;
    for (has, size) in [
        (signs.chars().any(char::is_lowercase), 26.0),
        (signs.chars().any(char::is_uppercase), 26.0),
        (signs.chars().any(|sign| sign.is_ascii_digit()), 10.0),
        (signs.chars().any(|sign| !sign.is_alphanumeric()), 20.0),
    ] {
        if has {
            alphabet += size;
        }
    }
    let signs: Vec<char> = signs.chars().collect();
    let mut seen = HashSet::new();
    let counted: f64 = signs
        .iter()
        .enumerate()
        .map(|(at, sign)| {
            let before = at.checked_sub(1).and_then(|at| signs.get(at));
            match before.map(|before| (*sign as i64 - *before as i64).abs()) {
                Some(0) => 0.05,
                Some(1) => 0.2,
                _ if !seen.insert(*sign) => 0.6,
                _ => 1.0,
            }
        })
        .sum();
    if alphabet == 0.0 { 0.0 } else { counted * alphabet.log2() }
}

/// Says how long a passphrase would hold, as it is typed.
#[component]
pub fn Strength(#[prop(into)] passphrase: Signal<String>) -> impl IntoView {
    let said = move || {
        passphrase.with(|passphrase| {
            (!passphrase.is_empty()).then(|| match hold(passphrase) {
                Hold::Minutes => (1, words::minutes()),
                Hold::Days => (2, words::days()),
                Hold::Years => (3, words::years()),
                Hold::Centuries => (4, words::centuries()),
            })
        })
    };
    view! {
        <div class="strength" data-level=move || said().map_or(0, |(level, _)| level).to_string()>
            <div class="gauge" aria-hidden="true">
                <span></span>
                <span></span>
                <span></span>
                <span></span>
            </div>
            <p role="status">{move || said().map_or(words::hint(), |(_, words)| words)}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_first_is_said_to_be() {
        for (passphrase, expected) in [
            ("", Hold::Minutes),
            ("azerty", Hold::Minutes),
            ("Bonjour", Hold::Minutes),
            ("aaaaaaaaaaaaaaaaaaaaaaaa", Hold::Minutes),
            ("12345678901234", Hold::Minutes),
            ("Marius13", Hold::Minutes),
            ("Marius13!?Ventoux", Hold::Years),
            ("cheval cheval cheval cheval", Hold::Minutes),
            ("cheval tracteur", Hold::Minutes),
            ("cheval tracteur lavande", Hold::Days),
            ("cheval tracteur lavande pluie", Hold::Years),
            ("cheval tracteur lavande pluie boussole", Hold::Centuries),
            ("k7%Qz!mB2x@V", Hold::Centuries),
        ] {
            assert_eq!(hold(passphrase), expected, "{passphrase}: {} bits", bits(passphrase));
        }
    }

    #[test]
    fn a_word_more_never_weakens() {
        let mut passphrase = String::new();
        let mut before = Hold::Minutes;
        for word in ["cheval", "tracteur", "lavande", "pluie", "boussole", "grenier"] {
            passphrase = format!("{passphrase} {word}").trim().to_owned();
            assert!(hold(&passphrase) >= before, "{passphrase}");
            before = hold(&passphrase);
        }
    }
}
