//! From a sentence with choices and gaps to what a coordinator would have written.
//!
//! It knows the grammar that the text files need (a choice, a gap, an elision) and nothing of the stories.

use std::borrow::Cow;

use maillon_shared::text::french::typeset;

use super::chance::Chance;

/// What the gaps of a sentence are filled with: who it is about and who is around them.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Whether the person is a woman: how words agree.
    pub woman: bool,
    /// "Mme" and the family name.
    pub called: String,
    /// "sa fille", "son neveu".
    pub relative: String,
    /// "la voisine", or her name.
    pub neighbour: String,
    /// A commune nearby.
    pub nearby: String,
    /// Those of the directory who have a part in every story, by gap.
    pub cast: Vec<(&'static str, String)>,
}

impl Around {
    fn fill(&self, gap: &str) -> Option<Cow<'_, str>> {
        let agreeing = |woman: &'static str, man: &'static str| Cow::Borrowed(if self.woman { woman } else { man });
        Some(match gap {
            "elle" => agreeing("elle", "il"),
            "lui" => agreeing("elle", "lui"),
            "de_lui" => agreeing("d'elle", "de lui"),
            "e" => agreeing("e", ""),
            "Mme" => Cow::Borrowed(&self.called),
            "proche" => Cow::Borrowed(&self.relative),
            "voisine" => Cow::Borrowed(&self.neighbour),
            "voisinage" => Cow::Borrowed(&self.nearby),
            other => Cow::Borrowed(self.cast.iter().find(|(name, _)| *name == other)?.1.as_str()),
        })
    }
}

/// A sentence as written on the day: its choices made, its gaps filled, its capitals and spaces in place.
///
/// # Panics
/// When the sentence has a gap that nothing fills: the text files are ours, and a test reads all of them.
pub fn say(chance: &mut Chance, sentence: &str, around: &Around) -> String {
    let filled = fill(&choose(chance, sentence), around);
    typeset(&capitals(&elisions(&filled)))
}

/// Chooses in each `(a|b)`. Brackets without a bar are brackets.
fn choose(chance: &mut Chance, sentence: &str) -> String {
    let mut chosen = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some(open) = rest.find('(') {
        let Some(length) = rest[open..].find(')') else { break };
        let inside = &rest[open + 1..open + length];
        chosen.push_str(&rest[..open]);
        if inside.contains('|') {
            let choices: Vec<&str> = inside.split('|').collect();
            chosen.push_str(choices[chance.below(choices.len())]);
        } else {
            chosen.push_str(&rest[open..=open + length]);
        }
        rest = &rest[open + length + 1..];
    }
    chosen.push_str(rest);
    chosen
}

fn fill(sentence: &str, around: &Around) -> String {
    let mut filled = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let close = open + rest[open..].find('}').unwrap_or_else(|| panic!("a gap never closed: {sentence}"));
        let gap = &rest[open + 1..close];
        filled.push_str(&rest[..open]);
        filled.push_str(&around.fill(gap).unwrap_or_else(|| panic!("nothing fills {{{gap}}}: {sentence}")));
        rest = &rest[close + 1..];
    }
    filled.push_str(rest);
    filled
}

/// "de le" and "à le" before a name that brings its article.
fn elisions(sentence: &str) -> String {
    sentence
        .replace(" de le ", " du ")
        .replace(" à le ", " au ")
        .replace("que il", "qu'il")
        .replace("que elle", "qu'elle")
}

fn capitals(sentence: &str) -> String {
    let mut begins = true;
    let mut before = ' ';
    let mut written = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        if begins && c.is_alphabetic() {
            written.extend(c.to_uppercase());
            begins = false;
        } else {
            written.push(c);
            // "M." is followed by a name, which has its capital already; so has what follows a number.
            begins = (begins && !c.is_alphanumeric()) || (c == ' ' && matches!(before, '.' | '?' | '!'));
        }
        before = c;
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sentence: &str) -> String {
        let around = Around {
            woman: false,
            relative: "sa fille".into(),
            cast: vec![("ccas", "le CCAS".into())],
            ..Around::default()
        };
        say(&mut Chance::new(3), sentence, &around)
    }

    #[test]
    fn a_sentence_agrees_and_begins_with_a_capital() {
        assert_eq!(said("venu{e} avec {proche}. {elle} reviendra."), "Venu avec sa fille. Il reviendra.");
        assert_eq!(said("12 h 30 déjà. réponse de {ccas}"), "12\u{a0}h\u{a0}30 déjà. Réponse du CCAS");
    }

    #[test]
    fn a_choice_is_made_and_plain_brackets_stay() {
        assert!(["Le chat.", "Le chien."].contains(&said("le (chat|chien).").as_str()));
        assert_eq!(said("Rendez-vous (à confirmer)."), "Rendez-vous (à confirmer).");
    }

    #[test]
    #[should_panic(expected = "nothing fills {oncle}")]
    fn a_gap_that_nothing_fills_is_a_mistake_of_ours() {
        said("{oncle} viendra.");
    }
}
