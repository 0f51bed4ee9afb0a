//! Patterns of fictional situations: a story of nobody to begin from, and what to ask at the lunch.

use crate::text::language::Language;

const FR: &str = include_str!("../../lists/patterns-fr.toml");
const EN: &str = include_str!("../../lists/patterns-en.toml");

/// A story to begin from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Names it for ever.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The story.
    pub story: &'static str,
    /// What to ask.
    pub questions: Vec<&'static str>,
}

/// The patterns, in a language.
pub fn patterns(language: Language) -> Vec<Pattern> {
    let text = match language {
        Language::Fr => FR,
        Language::En => EN,
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).filter_map(read).collect()
}

/// A pattern by its id.
pub fn pattern(language: Language, id: &str) -> Option<Pattern> {
    patterns(language).into_iter().find(|pattern| pattern.id == id)
}

fn read(line: &'static str) -> Option<Pattern> {
    let (id, rest) = line.split_once(" = ")?;
    let mut parts = rest.strip_prefix('"')?.strip_suffix('"')?.split('|').map(str::trim);
    Some(Pattern { id, title: parts.next()?, story: parts.next()?, questions: parts.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_patterns_whole() {
        let lines = |text: &str| text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).count();
        let ids = |language| patterns(language).iter().map(|pattern| pattern.id).collect::<Vec<_>>();
        assert_eq!(ids(Language::Fr), ids(Language::En));
        assert_eq!((lines(FR), lines(EN)), (ids(Language::Fr).len(), ids(Language::En).len()));
        for language in Language::ALL {
            for pattern in patterns(language) {
                assert!(pattern.questions.len() >= 2 && !pattern.story.is_empty(), "{}", pattern.id);
            }
        }
    }
}
