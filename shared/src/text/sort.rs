//! Sorting the French way.
//!
//! First the letters alone, capitals and small ones equal, accents, spaces, hyphens and apostrophes ignored (as ISO 14651
//! does, so that "Saint-Rémy" and "Saint Rémy" stay side by side); then accents; then the writing itself, so that two
//! texts never tie unless they are one. Accents are compared from the first letter on, as CLDR does for France.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::expanded;

/// Ends a level of comparison: below everything else, so that "Martin" comes before "Martine" whatever follows.
const LEVEL: char = '\u{1}';
/// Ends a part of a name: below every letter, so that all the Martin come before the first Martine.
const PART: char = '\u{2}';

/// A key whose plain order is the French order of the texts.
pub fn sort_key(text: &str) -> String {
    sort_key_of(&[text])
}

/// A key for a list in the order of several parts: family name, then given names.
pub fn sort_key_of(parts: &[&str]) -> String {
    let length: usize = parts.iter().map(|part| part.len() + 1).sum();
    let mut key = String::with_capacity(3 * length);
    let mut accents = String::with_capacity(length);
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            key.push(PART);
            accents.push(PART);
        }
        push_letters(part, &mut key, &mut accents);
    }
    key.push(LEVEL);
    key.push_str(&accents);
    for (place, part) in parts.iter().enumerate() {
        key.push(if place == 0 { LEVEL } else { PART });
        key.push_str(part);
    }
    key
}

fn push_letters(text: &str, key: &mut String, accents: &mut String) {
    for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
        let mut letter = |letter: char| {
            key.push(letter);
            accents.push(letter);
        };
        if let Some(letters) = expanded(c) {
            letters.chars().for_each(letter);
        } else if is_combining_mark(c) {
            accents.push(c);
        } else if c.is_alphanumeric() {
            letter(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted<'a>(texts: &[&'a str]) -> Vec<&'a str> {
        let mut sorted = texts.to_vec();
        sorted.sort_by_key(|text| sort_key(text));
        sorted
    }

    #[test]
    fn a_french_list_reads_in_the_order_of_a_dictionary() {
        for expected in [
            ["cote", "coté", "côte", "côté"].as_slice(),
            &["Abeille", "École", "ecole b", "Ecolier", "Zoé"],
            &["Lebrun", "Le Goff", "Legrand", "L'Héritier"],
            &["Sainte-Cécile", "Saint Rémy", "Saint-Rémy", "Stéphane"],
            &["œil", "Oeil b", "oeuf"],
            &["Martin", "martin", "Martine", "Martin-Paul"],
        ] {
            let mut shuffled = expected.to_vec();
            shuffled.reverse();
            assert_eq!(sorted(&shuffled), expected);
        }
    }

    #[test]
    fn people_are_listed_by_family_then_by_given_name() {
        let mut people =
            [["Martine", "Anne"], ["Martin", "Zoé"], ["Martin", "Élise"], ["Martín", "Paul"], ["Martin", ""]];
        people.sort_by_key(|person| sort_key_of(person));
        let expected =
            [["Martin", ""], ["Martin", "Élise"], ["Martín", "Paul"], ["Martin", "Zoé"], ["Martine", "Anne"]];
        assert_eq!(people, expected);
    }

    proptest! {
        #[test]
        fn only_one_text_has_a_given_key(a in "\\PC{0,12}", b in "\\PC{0,12}") {
            prop_assert_eq!(sort_key(&a) == sort_key(&b), a == b);
        }

        #[test]
        fn accents_never_outweigh_letters(a in "[a-y]{1,8}") {
            let accented = a.replace('e', "é").replace('a', "à");
            let longer = sort_key(&format!("{a}a"));
            prop_assert!(sort_key(&accented) < longer);
        }
    }
}
