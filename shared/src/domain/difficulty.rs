//! A difficulty of practice, said without names by someone of a structure.
//!
//! It stays on the author's device. What may be shown to others is a group only: what was said of one subject by people
//! of three structures at least, so that nobody is told by it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::ids::{DifficultyId, EntryId};
use crate::text::fold::fold;

/// From how many structures on a group may be shown.
pub const LEAST_STRUCTURES: usize = 3;

/// A difficulty, as someone said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difficulty {
    /// Names the difficulty.
    pub id: DifficultyId,
    /// The day it was said.
    pub day: NaiveDate,
    /// About what: an item of the list of themes, or words.
    pub theme: String,
    /// What was said, without a name.
    pub words: String,
    /// The structure of who said it, in words.
    pub structure: String,
    /// The structure, where it is in the directory.
    pub structure_entry: Option<EntryId>,
    /// Whether it was a mistake.
    pub withdrawn: bool,
}

text_fields! {
    /// The text fields of a difficulty.
    DifficultyField of Difficulty {
        /// About what.
        Theme = "theme" => theme,
        /// What was said.
        Words = "words" => words,
        /// The structure, in words.
        Structure = "structure" => structure,
    }
}

/// One change to a difficulty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DifficultyChange {
    /// A text field becomes this.
    Text(DifficultyField, String),
    /// It was said that day.
    Day(NaiveDate),
    /// They are of that structure.
    StructureEntry(Option<EntryId>),
    /// It was a mistake, or was not.
    Withdrawn(bool),
}

impl Difficulty {
    /// A difficulty said that day, of which nothing is written yet.
    pub fn empty(id: DifficultyId, day: NaiveDate) -> Self {
        Difficulty {
            id,
            day,
            theme: String::new(),
            words: String::new(),
            structure: String::new(),
            structure_entry: None,
            withdrawn: false,
        }
    }

    /// What to write so that it becomes `edited`: the differences only.
    pub fn changes_to(&self, edited: &Difficulty) -> Vec<DifficultyChange> {
        let texts = self.text_differences(edited);
        let mut changes: Vec<_> = texts.map(|(field, text)| DifficultyChange::Text(field, text.to_owned())).collect();
        let mut differs = |differs: bool, change: DifficultyChange| changes.extend(differs.then_some(change));
        differs(self.day != edited.day, DifficultyChange::Day(edited.day));
        differs(
            self.structure_entry != edited.structure_entry,
            DifficultyChange::StructureEntry(edited.structure_entry),
        );
        differs(self.withdrawn != edited.withdrawn, DifficultyChange::Withdrawn(edited.withdrawn));
        changes
    }
}

/// What was said of one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifficultyGroup {
    /// About what.
    pub theme: String,
    /// What was said, the last first.
    pub said: Vec<Difficulty>,
    /// By people of how many structures.
    pub structures: usize,
}

/// A group that may be shown: what was said, without who said it nor when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedGroup {
    theme: String,
    structures: usize,
    words: Vec<String>,
}

impl DifficultyGroup {
    /// The group as it may be shown; none under three structures. The words are in the order of the letters, which tells
    /// nothing of who said what, nor when.
    pub fn shared(&self) -> Option<SharedGroup> {
        if self.structures < LEAST_STRUCTURES {
            return None;
        }
        let mut words: Vec<String> = self.said.iter().map(|said| said.words.trim().to_owned()).collect();
        words.sort_by_cached_key(|words| (fold(words), words.clone()));
        Some(SharedGroup { theme: self.theme.clone(), structures: self.structures, words })
    }
}

impl SharedGroup {
    /// About what.
    pub fn theme(&self) -> &str {
        &self.theme
    }

    /// By people of how many structures.
    pub fn structures(&self) -> usize {
        self.structures
    }

    /// What was said.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// The difficulties by subject. `structure` says of which structure the entry is that a difficulty has: someone who works
/// at a structure is of it. Who said nothing of theirs is of none.
pub fn groups<'a>(
    difficulties: impl IntoIterator<Item = &'a Difficulty>,
    structure: impl Fn(EntryId) -> (EntryId, String),
) -> Vec<DifficultyGroup> {
    let mut by_theme: BTreeMap<String, Vec<Difficulty>> = BTreeMap::new();
    for difficulty in difficulties.into_iter().filter(|difficulty| !difficulty.withdrawn) {
        by_theme.entry(difficulty.theme.clone()).or_default().push(difficulty.clone());
    }
    let group = |(theme, mut said): (String, Vec<Difficulty>)| {
        said.sort_by_key(|said| (std::cmp::Reverse(said.day), said.id));
        // A structure chosen from the directory and the same one written out are one: both are told by its name.
        let names: BTreeSet<String> = said
            .iter()
            .filter_map(|said| match said.structure_entry.map(&structure) {
                Some((id, name)) if fold(&name).is_empty() => Some(id.to_string()),
                Some((_, name)) => Some(fold(&name)),
                None => Some(fold(&said.structure)).filter(|name| !name.is_empty()),
            })
            .collect();
        DifficultyGroup { theme, said, structures: names.len() }
    };
    by_theme.into_iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(n: u8, structure: &str) -> Difficulty {
        let day = NaiveDate::from_ymd_opt(2026, 6, u32::from(n)).expect("a date");
        let mut one = Difficulty::empty(DifficultyId([n; 16]), day);
        one.theme = "time".into();
        one.words = format!("{} mots", ["zéro", "Un", "deux", "trois", "quatre"][usize::from(n)]);
        one.structure = structure.into();
        one
    }

    fn grouped(said: &[Difficulty]) -> DifficultyGroup {
        let of = |id: EntryId| (id, if id.0[0] == 7 { "Les Tilleuls".to_owned() } else { String::new() });
        groups(said, of).remove(0)
    }

    #[test]
    fn a_group_of_two_structures_stays_with_its_author() {
        let mut three = [said(1, "Les Tilleuls"), said(2, "LES TILLEULS"), said(3, "SAD du Val"), said(4, "")];
        let group = grouped(&three);
        assert_eq!((group.structures, group.shared()), (2, None), "one structure written twice, and one unsaid");
        three[1].structure_entry = Some(EntryId([7; 16]));
        assert_eq!(grouped(&three).structures, 2, "from the directory or written out, it is the same");
        three[3].structure = "Centre de santé".into();
        let shared = grouped(&three).shared().expect("three structures");
        assert_eq!(shared.words(), ["deux mots", "quatre mots", "trois mots", "Un mots"]);
        assert_eq!(shared.structures(), 3);
        three[2].withdrawn = true;
        assert_eq!(grouped(&three).shared(), None, "what was a mistake counts for nobody");
    }
}
