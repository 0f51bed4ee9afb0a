//! The words on screen, in both languages, and which of them is spoken now.
//!
//! `locales/fr.json` and `locales/en.json` hold them; the build makes a function of each, so that a word misspelt, or
//! missing in one language, does not compile. Said inside a view, a word follows the language as it changes. Nothing
//! here is stored with the notebook: the language is each device's own.

use leptos::prelude::*;
use leptos::reactive::graph::Observer;
use maillon_shared::text::language::Language;

use crate::browser;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A word that takes nothing.
pub type Word = fn() -> &'static str;

/// Where the browser keeps the choice.
const KEPT_AS: &str = "maillon.language";

thread_local! {
    static LANGUAGE: ArcRwSignal<Language> = ArcRwSignal::new(first_language());
}

/// What was chosen on this device, else what the browser prefers, else French.
fn first_language() -> Language {
    // Unit tests are run without a browser, which nobody set to a language.
    if cfg!(not(target_arch = "wasm32")) {
        return Language::default();
    }
    let chosen = browser::kept(KEPT_AS).and_then(|code| Language::parse(&code));
    chosen.or_else(|| Language::parse(&browser::preferred_language())).unwrap_or_default()
}

/// The language spoken now. Inside a view, it is followed.
pub fn language() -> Language {
    LANGUAGE.with(|language| if Observer::get().is_some() { language.get() } else { language.get_untracked() })
}

/// From now on, speaks that language.
pub fn speak(language: Language) {
    browser::keep(KEPT_AS, language.code());
    LANGUAGE.with(|signal| signal.set(language));
}

/// What is known, one after the other: "72 ans · La Roussière". What is empty is not said, and no line begins with a dot.
pub fn in_a_row<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let mut row = String::new();
    for part in parts {
        let part = part.as_ref().trim();
        if !row.is_empty() && !part.is_empty() {
            row.push_str("\u{a0}· ");
        }
        row.push_str(part);
    }
    row
}

/// Speaks that language until another is spoken, or the page is left: nothing of it is kept.
pub fn speak_for_now(language: Language) {
    LANGUAGE.with(|signal| signal.set(language));
}

fn is_french() -> bool {
    language() == Language::Fr
}

fn say(french: &'static str, english: &'static str) -> &'static str {
    if is_french() { french } else { english }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::text::french::typeset;

    #[test]
    fn what_is_empty_is_not_said() {
        assert_eq!(in_a_row(["", "72 ans", " ", "La Roussière"]), "72 ans\u{a0}· La Roussière");
        assert_eq!(in_a_row([""; 2]), "");
    }

    #[test]
    fn every_french_word_is_typeset() {
        for (name, french, _) in ALL {
            assert_eq!(*french, typeset(french), "{name}");
        }
    }

    #[test]
    fn apostrophes_are_curved_and_no_space_is_left_at_an_end() {
        for (name, french, english) in ALL {
            for text in [french, english] {
                assert!(!text.contains('\''), "{name}: {text}");
                assert_eq!(text.trim(), *text, "{name}");
            }
        }
    }

    #[test]
    fn english_keeps_to_plain_spaces() {
        for (name, _, english) in ALL {
            assert!(!english.contains(['\u{a0}', '\u{202f}', '«', '»']), "{name}: {english}");
        }
    }
}
