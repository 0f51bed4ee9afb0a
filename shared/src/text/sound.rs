//! The sound of a French name: names pronounced alike share a key.
//!
//! Only to suggest that two people may be one; someone always looks. The rules are few and err towards sharing: silent
//! endings fall, the many writings of *o*, *é*, *in*, *an*, *s*, *k*, *f* and *j* become one.

use super::fold::{fold, words};

/// The sound of a name, its words joined in their order. Empty where the name has no letter.
pub fn sound_key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len());
    for word in words(&folded) {
        if !key.is_empty() {
            key.push(' ');
        }
        sound_of_word(word, &mut key);
    }
    key
}

/// The shortest key that tells one name from others.
const TELLING_CHARS: usize = 3;

/// Whether two names sound the same. Silent endings fall until little is left: "Odette" is heard "o", and so is "Otto";
/// so short a key proves nothing.
pub fn heard_alike(one: &str, other: &str) -> bool {
    let sound = sound_key(one);
    sound.chars().count() >= TELLING_CHARS && sound == sound_key(other)
}

/// What a group of letters sounds like, the longest first; `next` must follow where it is not empty.
struct Rule {
    written: &'static str,
    next: &'static str,
    heard: &'static str,
}

const fn rule(written: &'static str, next: &'static str, heard: &'static str) -> Rule {
    Rule { written, next, heard }
}

/// What may follow a nasal vowel for it to be one: a consonant that is neither n nor m. The end of the word also does.
const CONSONANTS: &str = "bcdfghjklpqrstvwxz";
const SOFT: &str = "eiy";

const NASAL: &[Rule] = &[
    rule("ain", CONSONANTS, "1"),
    rule("aim", CONSONANTS, "1"),
    rule("ein", CONSONANTS, "1"),
    rule("eim", CONSONANTS, "1"),
    rule("ien", CONSONANTS, "i1"),
    rule("in", CONSONANTS, "1"),
    rule("im", CONSONANTS, "1"),
    rule("yn", CONSONANTS, "1"),
    rule("ym", CONSONANTS, "1"),
    rule("un", CONSONANTS, "1"),
    rule("um", CONSONANTS, "1"),
    rule("an", CONSONANTS, "2"),
    rule("am", CONSONANTS, "2"),
    rule("en", CONSONANTS, "2"),
    rule("em", CONSONANTS, "2"),
    rule("on", CONSONANTS, "3"),
    rule("om", CONSONANTS, "3"),
];

const PLAIN: &[Rule] = &[
    rule("eaux", "", "o"),
    rule("eau", "", "o"),
    rule("aux", "", "o"),
    rule("ault", "", "o"),
    rule("aud", "", "o"),
    rule("au", "", "o"),
    rule("oeu", "", "eu"),
    rule("sch", "", "ch"),
    rule("sh", "", "ch"),
    rule("ch", "", "ch"),
    rule("ph", "", "f"),
    rule("th", "", "t"),
    rule("gn", "", "ni"),
    rule("gu", SOFT, "g"),
    rule("g", SOFT, "j"),
    rule("sc", SOFT, "s"),
    rule("c", SOFT, "s"),
    rule("ck", "", "k"),
    rule("cqu", "", "k"),
    rule("qu", "", "k"),
    rule("q", "", "k"),
    rule("c", "", "k"),
    rule("ai", "", "e"),
    rule("ay", "", "e"),
    rule("ei", "", "e"),
    rule("ey", "", "e"),
    rule("er", "$", "e"),
    rule("ez", "$", "e"),
    rule("et", "$", "e"),
    rule("y", "", "i"),
    rule("w", "", "v"),
    rule("z", "", "s"),
    rule("x", "", "s"),
    rule("h", "", ""),
];

fn sound_of_word(word: &str, key: &mut String) {
    let start = key.len();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let (taken, heard) = match matching(rest) {
            Some(rule) => (rule.written.len(), rule.heard),
            None => (first.len_utf8(), &rest[..first.len_utf8()]),
        };
        // A doubled letter is heard once.
        if !(key.len() > start && heard.len() == 1 && key.ends_with(heard)) {
            key.push_str(heard);
        }
        rest = &rest[taken..];
    }
    // The endings French leaves silent; one letter always stays.
    while key.len() > start + 1 && key.ends_with(['e', 's', 't', 'd', 'p']) {
        key.pop();
    }
}

fn matching(rest: &str) -> Option<&'static Rule> {
    let nasal = NASAL.iter().find(|rule| {
        rest.strip_prefix(rule.written)
            .is_some_and(|after| after.is_empty() || after.starts_with(|c| rule.next.contains(c)))
    });
    nasal.or_else(|| {
        PLAIN.iter().find(|rule| {
            rest.strip_prefix(rule.written).is_some_and(|after| match rule.next {
                "" => true,
                "$" => after.is_empty() || after == "s",
                next => after.starts_with(|c| next.contains(c)),
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_left_of_a_short_name_proves_nothing() {
        assert!(heard_alike("Dupont", "Dupond"));
        assert!(!heard_alike("Odette", "Otto"));
        assert!(!heard_alike("", ""));
    }

    #[test]
    fn names_heard_alike_share_a_key() {
        for alike in [
            ["Dupont", "Dupond", "DUPON"],
            ["Renault", "Renaud", "Reneau"],
            ["Lefèvre", "Lefevres", "Léfèvre"],
            ["Thierry", "Tierry", "Thiery"],
            ["Philippe", "Filipe", "Phillippe"],
            ["Catherine", "Katherine", "Cathérine"],
            ["Gauthier", "Gautier", "Gotier"],
            ["Martin", "Martain", "Marthin"],
            ["Jean-Louis", "Jean Louis", "Jean Loui"],
        ] {
            let keys = alike.map(sound_key);
            assert!(keys.iter().all(|key| *key == keys[0]), "{alike:?} {keys:?}");
        }
    }

    #[test]
    fn names_heard_apart_do_not() {
        for (left, right) in [("Martin", "Morin"), ("Durand", "Dupont"), ("Marie", "Mario"), ("Paul", "Pascal")] {
            assert_ne!(sound_key(left), sound_key(right), "{left} {right}");
        }
    }

    proptest! {
        #[test]
        fn any_name_has_a_key_and_only_letters_make_one(name in "\\PC{0,20}") {
            let folded = fold(&name);
            let key = sound_key(&name);
            prop_assert!(key.len() <= 2 * folded.len());
            prop_assert_eq!(sound_key(&folded), key);
        }
    }
}
