//! What words of a list say of someone besides their name: that they have died, that two people stand on one line.

use maillon_shared::domain::person::PersonState;
use maillon_shared::text::fold::{fold, words};

/// Whether words say that the person has died.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Died {
    /// They do.
    Yes,
    /// Someone must read them.
    Perhaps,
    /// They do not, or they speak of someone else.
    No,
}

const DEAD: &[&str] = &["dcd", "dcde", "dcdee", "decede", "decedee", "deces", "defunt", "defunte", "mort", "morte"];
const KIN: &[&str] = &[
    "mari",
    "epoux",
    "epouse",
    "femme",
    "conjoint",
    "conjointe",
    "compagnon",
    "compagne",
    "fils",
    "fille",
    "pere",
    "mere",
    "frere",
    "soeur",
    "veuf",
    "veuve",
    "vve",
    "parents",
    "voisin",
    "voisine",
    "chien",
    "chat",
];

/// What a note or a situation says of death.
pub(super) fn died(text: &str) -> Died {
    let folded = fold(text);
    let is_dead = |word: &str| DEAD.contains(&word);
    match words(&folded).next() {
        _ if text.contains('†') => Died::Yes,
        Some(first) if is_dead(first) => Died::Yes,
        _ if !words(&folded).any(is_dead) => Died::No,
        _ if words(&folded).any(|word| KIN.contains(&word)) => Died::No,
        _ => Died::Perhaps,
    }
}

/// A name without the mark that says its bearer has died, and whether it had one: "MARCHAIS Odette (DCD)".
pub(super) fn without_death(name: &str) -> (String, bool) {
    let cross = name.contains('†');
    let name = name.replace('†', " ");
    let is_mark = |word: &&str| {
        let folded = fold(word);
        folded == "decede e" || (folded != "mort" && DEAD.contains(&folded.as_str()))
    };
    let (marks, kept): (Vec<&str>, Vec<&str>) = name.split_whitespace().partition(is_mark);
    (kept.join(" "), cross || !marks.is_empty())
}

/// The state that a cell names; nothing where it says another thing.
pub(super) fn state_named(cell: &str) -> Option<PersonState> {
    let folded = fold(cell);
    let begins = |stems: &[&str]| words(&folded).any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    if died(cell) == Died::Yes {
        Some(PersonState::Deceased)
    } else if begins(&["demenage", "parti"]) {
        Some(PersonState::Moved)
    } else if begins(&["refus"]) {
        Some(PersonState::Refuses)
    } else {
        None
    }
}

/// Whether a name or a courtesy is of two people: "M. et Mme", "Odette et Luc".
pub(super) fn is_of_several(text: &str) -> bool {
    let folded = fold(text);
    text.contains(['&', '/', '+']) || words(&folded).any(|word| matches!(word, "et" | "and"))
}

/// A family name, and the one it was or became: "MARCHAIS née GARRI", "GARRI ép. MARCHAIS".
pub(super) enum Married<'a> {
    /// The name at birth stands after the mark.
    Born(&'a str),
    /// The name of marriage stands after the mark.
    Wed(&'a str),
}

/// The name before the mark, the other after it, and the words after that.
pub(super) fn married(name: &str) -> Option<(&str, Married<'_>, &str)> {
    let mut from = 0;
    for word in name.split_whitespace() {
        let start = from + name[from..].find(word)?;
        from = start + word.len();
        let mark = fold(word);
        let is_birth = matches!(mark.as_str(), "nee" | "ne" | "ne e");
        if start == 0 || !(is_birth || matches!(mark.as_str(), "epouse" | "ep" | "vve" | "veuve")) {
            continue;
        }
        let rest = name[from..].trim_start();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (other, after) = rest.split_at(end);
        if other.is_empty() {
            return None;
        }
        let other = if is_birth { Married::Born(other) } else { Married::Wed(other) };
        return Some((name[..start].trim_end_matches([' ', ',', '(']), other, after.trim()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_death_is_told_from_a_widowhood() {
        for (text, expected) in [
            ("DCD", Died::Yes),
            ("Décédé(e)", Died::Yes),
            ("décédée en mars 2024", Died::Yes),
            ("† 2023", Died::Yes),
            ("serait décédée", Died::Perhaps),
            ("mari décédé en 2019", Died::No),
            ("veuve", Died::No),
            ("aime les fleurs", Died::No),
            ("", Died::No),
        ] {
            assert_eq!(died(text), expected, "{text}");
        }
        assert_eq!(without_death("MARCHAIS Odette (DCD)"), ("MARCHAIS Odette".to_owned(), true));
        assert_eq!(without_death("† Marchais"), ("Marchais".to_owned(), true));
        assert_eq!(without_death("MORT Odette"), ("MORT Odette".to_owned(), false));
    }

    #[test]
    fn a_state_is_named_and_what_names_none_is_not() {
        assert_eq!(state_named("a déménagé"), Some(PersonState::Moved));
        assert_eq!(state_named("REFUS"), Some(PersonState::Refuses));
        assert_eq!(state_named("décédé"), Some(PersonState::Deceased));
        assert_eq!(state_named("présente"), None);
        assert!(is_of_several("M. et Mme") && is_of_several("Luc/Odette") && !is_of_several("Juliette"));
    }

    #[test]
    fn a_married_name_is_cut_in_two() {
        for (name, before, other, after) in [
            ("MARCHAIS née GARRI", "MARCHAIS", "born GARRI", ""),
            ("MARCHAIS (née GARRI)", "MARCHAIS", "born GARRI)", ""),
            ("GARRI ép. MARCHAIS Odette", "GARRI", "wed MARCHAIS", "Odette"),
        ] {
            let found = married(name).map(|(before, other, after)| match other {
                Married::Born(other) => (before, format!("born {other}"), after),
                Married::Wed(other) => (before, format!("wed {other}"), after),
            });
            assert_eq!(found, Some((before, other.to_owned(), after)), "{name}");
        }
        assert!(
            married("Renée Vallone").is_none() && married("MARCHAIS née").is_none() && married("née GARRI").is_none()
        );
    }
}
