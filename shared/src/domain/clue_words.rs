//! The words that clues are told by: trades, rare illnesses, family links, months, forms of address. They are lists, in both
//! languages; none is in the code.

use std::collections::{HashMap, HashSet};

use super::lists::{Item, ListId, Lists};
use crate::text::fold::{fold, words};
use crate::text::tokens::{Token, tokens};

/// The items of the list of months, from January.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// The item of the list of ages that stands for years lived.
const YEARS: &str = "years";

/// The words of both languages that clues are told by, folded.
#[derive(Default)]
pub struct Lexicon {
    pub(super) trades: HashSet<Vec<String>>,
    pub(super) conditions: HashSet<Vec<String>>,
    pub(super) family: HashSet<Vec<String>>,
    pub(super) ages: HashSet<String>,
    pub(super) years: HashSet<String>,
    pub(super) numbers: HashSet<String>,
    pub(super) months: HashMap<String, u32>,
    pub(super) ways: HashSet<String>,
    pub(super) civilities: HashSet<String>,
    pub(super) called: HashSet<String>,
    pub(super) everyday: HashSet<String>,
}

impl Lexicon {
    /// From the lists as the coordinator made them, in both languages: a note in one may use a word of the other.
    pub fn of(lists: [&Lists; 2]) -> Self {
        let phrases = |list: ListId| -> HashSet<Vec<String>> {
            let names = lists.iter().flat_map(|lists| lists.items(list)).flat_map(Item::names);
            let parts = names.flat_map(|name| name.split(", "));
            parts.map(|part| words(&fold(part)).map(singular).collect::<Vec<_>>()).collect()
        };
        let single =
            |list: ListId| -> HashSet<String> { phrases(list).into_iter().map(|words| words.concat()).collect() };
        let mut months = HashMap::new();
        let mut years = HashSet::new();
        for lists in lists {
            for (id, number) in MONTHS.iter().zip(1..) {
                let names = lists.item(ListId::ClueMonths, id).into_iter().flat_map(Item::names);
                months.extend(names.map(|name| (fold(name), number)));
            }
            let names = lists.item(ListId::ClueAges, YEARS).into_iter().flat_map(Item::names);
            years.extend(names.map(|word| singular(&fold(word))));
        }
        Lexicon {
            trades: phrases(ListId::ClueTrades),
            conditions: phrases(ListId::ClueConditions),
            family: phrases(ListId::ClueFamily),
            ages: single(ListId::ClueAges).difference(&years).cloned().collect(),
            years,
            numbers: single(ListId::ClueNumbers),
            months,
            ways: single(ListId::ClueWays),
            civilities: single(ListId::ClueCivilities),
            called: single(ListId::ClueCalled),
            everyday: single(ListId::ClueEveryday),
        }
    }

    /// What someone is called, where a text says "dite la Nine": the words that follow.
    pub fn nicknames_in(&self, text: &str) -> Vec<String> {
        let tokens = tokens(text);
        self.called_in(&tokens).map(|(from, to)| text[tokens[from].from..tokens[to].to].to_owned()).collect()
    }

    /// From which token to which something is said to be what someone is called.
    pub(super) fn called_in<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = (usize, usize)> + 'a {
        let after = |at: usize| {
            let mut next = at + 1;
            // "la Nine", "le Grand": the article is part of it.
            while tokens.get(next).is_some_and(|token| !token.capital && token.folded.len() <= 3) && next < at + 3 {
                next += 1;
            }
            tokens.get(next).is_some_and(|token| token.capital).then_some((next, next))
        };
        let called = tokens.iter().enumerate().filter(|(_, token)| self.called.contains(&singular(&token.folded)));
        called.filter_map(move |(at, _)| after(at))
    }
}

/// A plural and its singular are one word: "fils" stays a word of its own on both sides.
pub(super) fn singular(word: &str) -> String {
    let word = word.strip_suffix('s').or_else(|| word.strip_suffix('x')).filter(|left| left.len() >= 3).unwrap_or(word);
    word.to_owned()
}
