//! What a text has word for word from others: the runs of words that stand in both, however they are spelt.
//!
//! The text is cut into runs once; the others, which may be a whole notebook, are then read one by one.

use std::collections::HashMap;

use super::tokens::{Token, tokens};

/// So many words in the same order are copied, and not a turn of phrase that everyone uses.
pub const RUN: usize = 6;
/// A sentence is copied even where it is shorter, from so many words on.
pub const SENTENCE: usize = 4;
/// Words of so many letters say something: "il n’y a plus" says nothing by itself.
const FULL: usize = 4;

/// A text whose runs are looked for in others.
pub struct Runs {
    tokens: Vec<Token>,
    /// Where each run begins, by how many words it has and by its first words.
    places: HashMap<u64, Vec<usize>>,
    copied: Vec<bool>,
}

impl Runs {
    /// The runs of a text.
    pub fn of(text: &str) -> Self {
        let tokens = tokens(text);
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for at in 0..tokens.len() {
            if at + SENTENCE <= tokens.len() {
                places.entry(hash(&tokens[at..at + SENTENCE])).or_default().push(at);
            }
        }
        let copied = vec![false; tokens.len()];
        Runs { tokens, places, copied }
    }

    /// Reads another text, and keeps what stands in both.
    pub fn read(&mut self, other: &str) {
        // What is too short to hold a run is not taken apart.
        if self.places.is_empty() || other.len() < SENTENCE * 2 {
            return;
        }
        let theirs = tokens(other);
        for at in 0..(theirs.len() + 1).saturating_sub(SENTENCE) {
            let Some(places) = self.places.get(&hash(&theirs[at..at + SENTENCE])) else { continue };
            for place in places.clone() {
                let alike = |(one, other): &(&Token, &Token)| one.folded == other.folded;
                let length = self.tokens[place..].iter().zip(&theirs[at..]).take_while(alike).count();
                if is_copied(&theirs, at, length) {
                    self.copied[place..place + length].fill(true);
                }
            }
        }
    }

    /// What is copied, in bytes: from where to where.
    pub fn copied(&self) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut before = false;
        for (token, copied) in self.tokens.iter().zip(&self.copied) {
            match (copied, before, found.last_mut()) {
                (true, true, Some((_, to))) => *to = token.to,
                (true, ..) => found.push((token.from, token.to)),
                _ => {}
            }
            before = *copied;
        }
        found
    }
}

/// Whether so many words, from there, are a run that is copied: long enough, or a whole sentence.
fn is_copied(theirs: &[Token], at: usize, length: usize) -> bool {
    let full = theirs[at..at + length].iter().filter(|token| token.folded.chars().count() >= FULL).count();
    if length >= RUN && full * 2 >= RUN {
        return true;
    }
    let whole = || {
        let end = (at + SENTENCE..=at + length).rev();
        end.into_iter().any(|end| theirs.get(end).is_none_or(|next| next.begins))
    };
    length >= SENTENCE && full >= 2 && theirs[at].begins && whole()
}

/// FNV-1a over the words: what is found by it is compared word by word afterwards.
fn hash(tokens: &[Token]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    for token in tokens {
        token.folded.bytes().for_each(&mut add);
        add(b' ');
    }
    hash
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn copied(text: &str, records: &[&str]) -> Vec<String> {
        let mut runs = Runs::of(text);
        records.iter().for_each(|record| runs.read(record));
        runs.copied().into_iter().map(|(from, to)| text[from..to].to_owned()).collect()
    }

    #[test]
    fn a_sentence_taken_over_is_found_however_it_is_spelt() {
        let record = "Visite ce matin. Elle garde les volets fermés depuis la mort du chien, et ne répond plus.";
        for (text, expected) in [
            (
                "Une dame garde les volets fermes, depuis la mort du chien !",
                "garde les volets fermes, depuis la mort du chien",
            ),
            ("ELLE GARDE LES VOLETS FERMÉS depuis l’hiver.", "ELLE GARDE LES VOLETS FERMÉS depuis"),
            ("Elle garde les volets clos depuis la mort d’un ami.", ""),
            ("Quelqu’un ne sort plus et ferme ses volets.", ""),
        ] {
            assert_eq!(copied(text, &[record]).concat(), expected, "{text}");
        }
        assert_eq!(copied("On dit : elle a peur du noir. Voilà.", &["Elle a peur du noir."]), ["elle a peur du noir"]);
        assert_eq!(copied("Il n’y a pas de bus, et il n’y a pas de train.", &["Il n’y a pas de lait."]), [""; 0]);
    }

    proptest! {
        /// Whatever stands around it, and wherever it was cut from.
        #[test]
        fn a_run_of_a_record_is_always_found(
            record in proptest::collection::vec("[a-zéè]{4,8}", 6..20),
            before in proptest::collection::vec("[a-z]{1,8}", 0..6),
            from in 0..14usize,
        ) {
            let from = from.min(record.len() - RUN);
            let run = record[from..from + RUN].join(" ");
            let text = format!("{} {}", before.join(" "), run.to_uppercase());
            let found = copied(&text, &[&record.join(", ")]);
            prop_assert!(found.iter().any(|found| found.to_lowercase().contains(&run)), "{:?}", found);
        }
    }
}
