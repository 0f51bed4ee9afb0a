//! The sheet of a month for the noticeboard: what its coordinator says at its top, what they put on it or left out, in which
//! order, and whether it holds on one page.
//!
//! What is on it is said by the items themselves, which others may have written: a sheet keeps only what was chosen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::DocId;

/// How many letters a line of the sheet holds, in the large type in which it is printed.
const LETTERS_IN_A_LINE: usize = 66;
/// How many lines a page holds under the title and the note.
const LINES_ON_A_PAGE: usize = 32;

/// What was chosen for the sheet of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardSheet {
    /// What is said at its top.
    pub note: String,
    /// What was put on it by hand, or left out: what nobody chose for stands as it does by itself.
    pub chosen: BTreeMap<DocId, bool>,
    /// The place of what was put in order; the others come after.
    pub places: BTreeMap<DocId, u32>,
}

/// One change to the sheet of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoardChange {
    /// What is said at its top becomes this.
    Note(String),
    /// Something is on it, or is not.
    Put(DocId, bool),
    /// Something stands there, from 0.
    Place(DocId, u32),
}

impl BoardSheet {
    /// One sheet of what devices chose apart for one month: each note is kept, and what one of them left out is left out.
    pub fn together<'a>(sheets: impl IntoIterator<Item = &'a BoardSheet>) -> BoardSheet {
        let mut one = BoardSheet::default();
        for sheet in sheets {
            one.note = both_notes(&one.note, &sheet.note);
            for (id, is_on) in &sheet.chosen {
                one.chosen.entry(*id).and_modify(|held| *held &= *is_on).or_insert(*is_on);
            }
            for (id, place) in &sheet.places {
                one.places.entry(*id).and_modify(|held| *held = (*held).min(*place)).or_insert(*place);
            }
        }
        one
    }

    /// Where something stands: what was put in order first.
    pub fn place(&self, id: DocId) -> u32 {
        self.places.get(&id).copied().unwrap_or(u32::MAX)
    }
}

/// Two notes in one: what the first says, then each paragraph of the other that is not in it. No word of either is lost. Only a
/// whole paragraph is said already: "fermée le 1" stands in "fermée le 14", and is another day.
pub fn both_notes(one: &str, other: &str) -> String {
    if one.trim().is_empty() {
        return other.to_owned();
    }
    let held: Vec<&str> = paragraphs(one).collect();
    let more: Vec<&str> = paragraphs(other).filter(|words| !held.contains(words)).collect();
    if more.is_empty() { one.to_owned() } else { [held, more].concat().join("\n\n") }
}

fn paragraphs(note: &str) -> impl Iterator<Item = &str> {
    note.split("\n\n").map(str::trim).filter(|words| !words.is_empty())
}

/// Whether what stands on a sheet is likely to hold on one page: each block is the lines of one thing on it. A rough measure:
/// only paper knows.
pub fn holds_on_a_page<'a>(blocks: impl IntoIterator<Item = Vec<&'a str>>) -> bool {
    let lines_of = |text: &str| -> usize {
        text.lines().map(|line| line.chars().count().div_ceil(LETTERS_IN_A_LINE).max(1)).sum()
    };
    // Between two blocks there is the room of a line.
    let block = |texts: Vec<&str>| 1 + texts.into_iter().map(lines_of).sum::<usize>();
    blocks.into_iter().map(block).sum::<usize>() <= LINES_ON_A_PAGE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> DocId {
        DocId([n; 16])
    }

    fn sheet(note: &str, chosen: &[(u8, bool)], places: &[(u8, u32)]) -> BoardSheet {
        BoardSheet {
            note: note.into(),
            chosen: chosen.iter().map(|(n, is_on)| (id(*n), *is_on)).collect(),
            places: places.iter().map(|(n, place)| (id(*n), *place)).collect(),
        }
    }

    #[test]
    fn two_sheets_of_one_month_are_one_and_no_note_is_lost() {
        let one = sheet("Mairie fermée le 14.", &[(1, true), (2, true)], &[(1, 0)]);
        let other = sheet("Marché le jeudi.", &[(2, false), (3, true)], &[(1, 2), (2, 1)]);
        let both = BoardSheet::together([&one, &other]);
        assert_eq!(both.note, "Mairie fermée le 14.\n\nMarché le jeudi.");
        assert_eq!(both.chosen, BTreeMap::from([(id(1), true), (id(2), false), (id(3), true)]));
        assert_eq!((both.place(id(1)), both.place(id(2)), both.place(id(3))), (0, 1, u32::MAX));
        assert_eq!(BoardSheet::together([&both, &one]).note, both.note, "what is said already is not said twice");
    }

    #[test]
    fn a_note_is_said_already_only_where_a_whole_paragraph_says_it() {
        let check = |one: &str, other: &str, expected: &str| {
            assert_eq!(both_notes(one, other), expected, "{one:?} {other:?}");
        };
        check("Mairie fermée le 1", "Mairie fermée le 14", "Mairie fermée le 1\n\nMairie fermée le 14");
        check("Mairie fermée le 14", "Mairie fermée le 1", "Mairie fermée le 14\n\nMairie fermée le 1");
        check("Un\n\nDeux", "Deux\n\nUn", "Un\n\nDeux");
        check("Un\n\nDeux", "Deux\n\nTrois", "Un\n\nDeux\n\nTrois");
        check("", "Un\n\n\nDeux ", "Un\n\n\nDeux ");
        check("Un\n\n\nDeux ", " ", "Un\n\n\nDeux ");
    }

    #[test]
    fn a_page_holds_so_much_and_not_more() {
        let long = "mot ".repeat(400);
        assert!(holds_on_a_page([vec!["Dépistage", "Le 12 mars, salle des fêtes."]]));
        assert!(holds_on_a_page([vec![long.as_str()]]));
        assert!(!holds_on_a_page([vec![long.as_str()], vec![long.as_str()]]));
        assert!(holds_on_a_page(Vec::new()));
    }
}
