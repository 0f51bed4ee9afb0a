//! The two languages the screens speak.
//!
//! The engine speaks neither: it is given a language only to be told which words a file made for people should carry.

use serde::{Deserialize, Serialize};

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French, as in France: what the village speaks.
    #[default]
    Fr,
    /// English, written the British way (12 June, 24-hour clock).
    En,
}

impl Language {
    /// Both languages, French first.
    pub const ALL: [Language; 2] = [Language::Fr, Language::En];

    /// The code that `<html lang>` and the settings write.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Fr => "fr",
            Language::En => "en",
        }
    }

    /// Reads a language tag such as `fr`, `fr-FR` or `en_GB.UTF-8`. `None` for a language the screens do not speak.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next()?.trim();
        Language::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_by_its_first_part() {
        for (tag, expected) in [
            ("fr", Some(Language::Fr)),
            ("FR-be", Some(Language::Fr)),
            ("en_GB.UTF-8", Some(Language::En)),
            ("de", None),
            ("french", None),
            ("", None),
        ] {
            assert_eq!(Language::parse(tag), expected, "{tag}");
        }
    }
}
