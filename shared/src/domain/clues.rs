//! Clues by which a text names someone: names, nicknames, numbers, places, dates, ages, trades, rare illnesses, family
//! links. It points; what to do is for whoever writes.
//!
//! The words of a language are lists that the coordinator edits ([`Lexicon`]); who is known is the notebook's
//! ([`Known`]). A clue says where it stands, so that the screen shows it in the text. A village needs little to know
//! someone: what is doubtful is shown too, and marked as something to look at.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::clue_known::{PHONE_TAIL, is_number};
use super::clue_words::singular;
use super::coded::coded;
use crate::text::fold::{fold, is_hidden};
use crate::text::tokens::{Token, readings};

pub use super::clue_known::Known;
pub use super::clue_words::Lexicon;

/// For what a text is written: not everything that is a clue in one is one in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WrittenFor {
    /// A collective project: it names places and partners, and nobody who is accompanied.
    Project,
    /// A difficulty of practice: it names nobody and no structure.
    Difficulty,
    /// A fictional situation: nothing in it may lead to someone.
    Situation,
    /// A sheet for another territory: nobody who is accompanied is named in it, and what else may lead to someone is looked
    /// at.
    Sheet,
    /// A report to the mairie: its stories name nobody, and what else may lead to someone is looked at.
    Report,
}

coded! {
    /// What a clue is.
    ClueKind {
        /// A name.
        Name = "name",
        /// The name of someone of the directory, met in their trade.
        Professional = "professional",
        /// A nickname, or what may be one.
        Nickname = "nickname",
        /// A telephone.
        Phone = "phone",
        /// An electronic address.
        Email = "email",
        /// A number and a way.
        Address = "address",
        /// A hamlet, a commune.
        Place = "place",
        /// The date of birth of someone who is known.
        Birth = "birth",
        /// An exact date, or a year.
        Date = "date",
        /// An age.
        Age = "age",
        /// A trade.
        Trade = "trade",
        /// A rare illness.
        Condition = "condition",
        /// A family link.
        Family = "family",
        /// A structure of the directory.
        Structure = "structure",
        /// Words of a record, as they stand there.
        Copied = "copied",
    }
}

/// What is to be done about a clue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Weight {
    /// It names someone: it goes before the text leaves.
    Must,
    /// It may name someone: whoever writes and whoever reads again look at it.
    Look,
}

/// A clue, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clue {
    /// In which of the texts, from 0.
    pub text: u16,
    /// What it is.
    pub kind: ClueKind,
    /// What is to be done.
    pub weight: Weight,
    /// Where it begins in the text, in bytes.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// The words themselves.
    pub words: String,
}

impl ClueKind {
    /// What is to be done about a clue of this kind, in a text written for that; nothing where it is none there.
    pub fn weight_in(&self, written_for: WrittenFor) -> Option<Weight> {
        use ClueKind::{
            Address, Age, Birth, Condition, Copied, Date, Email, Family, Name, Nickname, Phone, Place, Professional,
            Structure, Trade,
        };
        match (written_for, self) {
            (_, Name | Phone | Birth | Address) => Some(Weight::Must),
            (_, Nickname) => Some(Weight::Look),
            (WrittenFor::Sheet, Email | Place | Age | Condition | Family | Structure | Professional | Copied) => {
                Some(Weight::Look)
            }
            (WrittenFor::Situation, Place | Date | Email | Copied) => Some(Weight::Must),
            (WrittenFor::Situation, Age | Trade | Condition | Family | Structure) => Some(Weight::Look),
            (WrittenFor::Report, Email) => Some(Weight::Must),
            (WrittenFor::Report, Place | Date | Age | Trade | Condition | Family | Copied) => Some(Weight::Look),
            (WrittenFor::Difficulty, Structure) => Some(Weight::Must),
            (WrittenFor::Difficulty, Place | Email) => Some(Weight::Look),
            _ => None,
        }
    }
}

/// Two names that begin with so many letters in common may be of one person.
const ALIKE: usize = 4;
/// No nickname is shorter.
const SHORTEST_NICKNAME: usize = 3;
/// No more than so much stands between two digits of a number.
const MOST_BETWEEN_DIGITS: usize = 3;

/// The clues of a text, in its order. `index` is which text it is, for whoever checks several.
pub fn find(text: &str, index: u16, written_for: WrittenFor, known: &Known, lexicon: &Lexicon) -> Vec<Clue> {
    let mut found = Vec::new();
    for tokens in readings(text) {
        let mut search = Search { text, index, written_for, tokens: &tokens, known, lexicon, found };
        search.known_phrases();
        search.nicknames();
        search.numbers();
        search.known_numbers();
        search.dates();
        search.ages();
        search.words_of_lists();
        search.emails();
        found = search.found;
    }
    tidied(found)
}

/// In the text's order, without those that stand inside a longer one of the same kind that weighs as much.
fn tidied(mut found: Vec<Clue>) -> Vec<Clue> {
    found.sort_by_key(|clue| (clue.from, std::cmp::Reverse(clue.to), clue.weight, clue.kind.clone()));
    found.dedup();
    let whole = found.clone();
    let is_inside = |clue: &Clue, other: &Clue| {
        other.kind == clue.kind
            && other.weight <= clue.weight
            && other.from <= clue.from
            && clue.to <= other.to
            && (other.to - other.from) > (clue.to - clue.from)
    };
    found.retain(|clue| !whole.iter().any(|other| is_inside(clue, other)));
    found
}

struct Search<'a> {
    text: &'a str,
    index: u16,
    written_for: WrittenFor,
    tokens: &'a [Token],
    known: &'a Known,
    lexicon: &'a Lexicon,
    found: Vec<Clue>,
}

impl Search<'_> {
    fn add(&mut self, kind: ClueKind, from: usize, to: usize) {
        if let Some(weight) = kind.weight_in(self.written_for) {
            self.add_as(kind, weight, from, to);
        }
    }

    fn add_as(&mut self, kind: ClueKind, weight: Weight, from: usize, to: usize) {
        let (from, to) = (self.tokens[from].from, self.tokens[to].to);
        self.add_bytes(kind, weight, from, to);
    }

    fn add_bytes(&mut self, kind: ClueKind, weight: Weight, from: usize, to: usize) {
        if kind.weight_in(self.written_for).is_none() {
            return;
        }
        let words = self.text[from..to].to_owned();
        let (from, to) = (u32::try_from(from).unwrap_or(u32::MAX), u32::try_from(to).unwrap_or(u32::MAX));
        self.found.push(Clue { text: self.index, kind, weight, from, to, words });
    }

    fn says(&self, at: usize, parts: &[String]) -> bool {
        parts.iter().enumerate().all(|(n, part)| self.tokens.get(at + n).is_some_and(|token| token.folded == *part))
    }

    fn known_phrases(&mut self) {
        for at in 0..self.tokens.len() {
            let Some(phrases) = self.known.phrases.get(&self.tokens[at].folded) else { continue };
            for (parts, kind) in phrases {
                if !self.says(at, parts) {
                    continue;
                }
                let last = at + parts.len() - 1;
                match self.doubt(at, parts, kind) {
                    _ if self.is_a_saints(at, parts, kind) => self.add_as(kind.clone(), Weight::Look, at, last),
                    Some(Doubt::Word) => {}
                    Some(Doubt::Either) => self.add_as(kind.clone(), Weight::Look, at, last),
                    None => self.add(kind.clone(), at, last),
                }
            }
        }
    }

    /// "Saint-Rémy": a territory goes by a saint's name, and says so; whoever goes by it too is looked at.
    fn is_a_saints(&self, at: usize, parts: &[String], kind: &ClueKind) -> bool {
        let before = at.checked_sub(1).map(|before| self.tokens[before].folded.as_str());
        self.written_for == WrittenFor::Sheet
            && *kind == ClueKind::Name
            && parts.len() == 1
            && matches!(before, Some("saint" | "sainte"))
    }

    /// A name that is a word too ("Petit", "Rose", "le bourg"): written small, it is the word; at the beginning of a
    /// sentence, nobody can tell. After "Mme" it is a name however it is written.
    fn doubt(&self, at: usize, parts: &[String], kind: &ClueKind) -> Option<Doubt> {
        let token = &self.tokens[at];
        let [only] = parts else { return None };
        let before = at.checked_sub(1).map(|before| &self.tokens[before].folded);
        let is_word = self.lexicon.everyday.contains(&singular(only)) || only.chars().count() < 3;
        if !is_word
            || *kind == ClueKind::Structure
            || before.is_some_and(|word| self.lexicon.civilities.contains(&singular(word)))
        {
            return None;
        }
        match (token.capital, token.begins) {
            (false, _) => Some(Doubt::Word),
            (true, true) => Some(Doubt::Either),
            (true, false) => None,
        }
    }

    fn nicknames(&mut self) {
        for (from, to) in self.lexicon.called_in(self.tokens).collect::<Vec<_>>() {
            self.add(ClueKind::Nickname, from, to);
        }
        for at in 0..self.tokens.len() {
            let token = &self.tokens[at];
            if !token.capital || self.known.phrases.contains_key(&token.folded) {
                continue;
            }
            let is_word = self.lexicon.everyday.contains(&singular(&token.folded));
            if !is_word && (is_said_twice(&token.folded) || self.may_be_a_nickname(token)) {
                self.add(ClueKind::Nickname, at, at);
            }
        }
    }

    /// "Domi" begins like Dominique, "Jeannette" like Jeanne. Any word may stand at the beginning of a sentence: there,
    /// only a name cut short is one.
    fn may_be_a_nickname(&self, token: &Token) -> bool {
        let word = token.folded.as_str();
        if word.chars().count() < SHORTEST_NICKNAME {
            return false;
        }
        let beginning: String = word.chars().take(ALIKE).collect();
        let like = self.known.given.range(beginning.clone()..).take_while(|given| given.starts_with(&beginning));
        let cut_short = |given: &str| given.starts_with(word);
        like.filter(|given| *given != word).any(|given| !token.begins || cut_short(given))
    }

    /// Runs of digits long enough to be a telephone or the number of someone.
    fn numbers(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            let mut end = at;
            let mut digits = String::new();
            while let Some(token) = self.tokens.get(end)
                && is_number(&token.folded)
                && (end == at || self.is_joined(end))
            {
                digits.push_str(&token.folded);
                end += 1;
            }
            if digits.len() >= PHONE_TAIL {
                let mut tails = (0..=digits.len() - PHONE_TAIL).map(|from| &digits[from..from + PHONE_TAIL]);
                let is_known = tails.any(|tail| self.known.phones.contains(tail));
                if self.written_for == WrittenFor::Sheet && !is_known {
                    // Whom to ask is said with a number, and that is meant.
                    self.add_as(ClueKind::Phone, Weight::Look, at, end - 1);
                } else if is_known || self.written_for != WrittenFor::Project {
                    self.add(ClueKind::Phone, at, end - 1);
                }
            }
            at = end.max(at + 1);
        }
    }

    /// The telephones that are known, whatever stands between their digits, before them and after them.
    fn known_numbers(&mut self) {
        let mut digits = String::new();
        let mut places: Vec<(usize, usize)> = Vec::new();
        let mut between = 0;
        for (at, c) in self.text.char_indices() {
            let folded = if c.is_numeric() { fold(c.encode_utf8(&mut [0; 4])) } else { String::new() };
            if folded.len() == 1 && is_number(&folded) {
                digits.push_str(&folded);
                places.push((at, at + c.len_utf8()));
                between = 0;
            } else if c.is_alphabetic() || between == MOST_BETWEEN_DIGITS {
                digits.clear();
                places.clear();
                between = 0;
            } else if !is_hidden(c) {
                between += 1;
            }
            let Some(first) = digits.len().checked_sub(PHONE_TAIL).filter(|_| between == 0) else { continue };
            if self.known.phones.contains(&digits[first..])
                && let Some(((from, _), (_, to))) = places.get(first).copied().zip(places.last().copied())
            {
                self.add_bytes(ClueKind::Phone, Weight::Must, from, to);
            }
        }
    }

    /// Whether only what is written inside a number stands between a token and the one before.
    fn is_joined(&self, at: usize) -> bool {
        let between = &self.text[self.tokens[at - 1].to..self.tokens[at].from];
        between.chars().count() <= 2 && between.chars().all(|c| " .-/()+\u{a0}\u{202f}".contains(c))
    }

    fn dates(&mut self) {
        for at in 0..self.tokens.len() {
            let number = |n: usize| self.tokens.get(at + n).and_then(|token| token.folded.parse::<i32>().ok());
            let ordinal = self.tokens[at].folded.strip_suffix("er").and_then(|first| first.parse::<i32>().ok());
            let Some(first) = number(0).or(ordinal) else { continue };
            let day_month = |n: usize| {
                let word = &self.tokens.get(at + n)?.folded;
                self.lexicon.months.get(word).copied()
            };
            // "12 mars", "12 mars 1941", "12/03/1941", "1941-03-12".
            let (day, month, year, last) = if let Some(month) = day_month(1).filter(|_| (1..=31).contains(&first)) {
                let year = number(2).filter(|year| (1000..3000).contains(year));
                (first, month, year, at + 1 + usize::from(year.is_some()))
            } else if let (Some(month), true) = (number(1), self.is_slashed(at + 1)) {
                match (number(2).filter(|_| self.is_slashed(at + 2)), first) {
                    (Some(last), year) if year >= 1000 => (last, month.unsigned_abs(), Some(year), at + 2),
                    (Some(year), day) => (day, month.unsigned_abs(), Some(long_year(year)), at + 2),
                    (None, day) => (day, month.unsigned_abs(), None, at + 1),
                }
            } else {
                if (1900..2100).contains(&first) && self.tokens[at].folded.len() == 4 {
                    self.add_as_year(at);
                }
                continue;
            };
            let day = u32::try_from(day).unwrap_or(0);
            if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
                continue;
            }
            let is_birth = |birth: &NaiveDate| {
                birth.day() == day && birth.month() == month && year.is_none_or(|year| birth.year() == year)
            };
            // Without its year a day is someone's birthday by chance: in a village of 365 people, every day is.
            let kind = match year.is_some() && self.known.births.iter().any(is_birth) {
                true => ClueKind::Birth,
                false => ClueKind::Date,
            };
            self.add(kind, at, last);
        }
    }

    fn add_as_year(&mut self, at: usize) {
        self.add_as(ClueKind::Date, Weight::Look, at, at);
    }

    fn is_slashed(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        matches!(&self.text[self.tokens[at - 1].to..token.from], "/" | "-" | ".")
    }

    fn ages(&mut self) {
        for at in 0..self.tokens.len() {
            let word = singular(&self.tokens[at].folded);
            if self.lexicon.ages.contains(&word) {
                self.add(ClueKind::Age, at, at);
            }
            if !self.lexicon.years.contains(&word) {
                continue;
            }
            let is_number =
                |token: &Token| is_number(&token.folded) || self.lexicon.numbers.contains(&singular(&token.folded));
            let mut from = at;
            while from > 0 && is_number(&self.tokens[from - 1]) {
                from -= 1;
            }
            if from < at {
                self.add(ClueKind::Age, from, at);
            }
        }
    }

    fn words_of_lists(&mut self) {
        const LONGEST: usize = 4;
        let lists = [
            (ClueKind::Trade, &self.lexicon.trades),
            (ClueKind::Condition, &self.lexicon.conditions),
            (ClueKind::Family, &self.lexicon.family),
        ];
        for at in 0..self.tokens.len() {
            for length in (1..=LONGEST.min(self.tokens.len() - at)).rev() {
                let said: Vec<String> =
                    self.tokens[at..at + length].iter().map(|token| singular(&token.folded)).collect();
                for (kind, _) in lists.iter().filter(|(_, list)| list.contains(&said)) {
                    self.add(kind.clone(), at, at + length - 1);
                }
            }
            // "12 rue …": a way with a number is an address, known or not.
            let is_way = self.lexicon.ways.contains(&singular(&self.tokens[at].folded));
            if is_way && at > 0 && is_number(&self.tokens[at - 1].folded) && self.written_for != WrittenFor::Project {
                let last = (at + 3).min(self.tokens.len() - 1);
                match self.written_for {
                    WrittenFor::Sheet => self.add_as(ClueKind::Address, Weight::Look, at - 1, last),
                    _ => self.add(ClueKind::Address, at - 1, last),
                }
            }
        }
    }

    /// Whether an electronic address is of someone who is known, whatever stands around it.
    fn is_someones(&self, address: &str) -> bool {
        let folded = fold(address.trim_matches(|c: char| !c.is_alphanumeric()));
        self.known.emails.iter().any(|known| folded.contains(known.as_str()))
    }

    fn emails(&mut self) {
        for (at, _) in self.text.match_indices('@') {
            let from = self.text[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
            let from = (from..=at).find(|place| self.text.is_char_boundary(*place)).unwrap_or(at);
            let to = self.text[at..].find(char::is_whitespace).map_or(self.text.len(), |space| at + space);
            if from < at && at + 1 < to {
                let is_meant = self.written_for == WrittenFor::Sheet && !self.is_someones(&self.text[from..to]);
                let weight = if is_meant { Weight::Look } else { Weight::Must };
                self.add_bytes(ClueKind::Email, weight, from, to);
            }
        }
    }
}

enum Doubt {
    /// It is a word.
    Word,
    /// It may be either.
    Either,
}

/// "Mimi", "Jojo": a nickname, whoever's.
fn is_said_twice(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let (one, other) = letters.split_at(letters.len() / 2);
    letters.len() >= 4 && one == other
}

/// "41" is 1941, "12" is 2012.
fn long_year(year: i32) -> i32 {
    match year {
        0..=30 => 2000 + year,
        31..=99 => 1900 + year,
        whole => whole,
    }
}
