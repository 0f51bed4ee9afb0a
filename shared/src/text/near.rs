//! Nearness: what someone typed finds what they meant.
//!
//! A query is words; each must be the beginning of some word of the text, give or take one typing mistake from four
//! letters and two from eight. A mistake is a letter missing, added, changed, or two neighbours swapped. Words with a
//! digit allow none: another postcode is another place. Everything here reads text already folded ([`super::fold`]) and
//! allocates nothing per text, since it runs at each key pressed over the whole notebook.

use super::fold::{fold, words};

/// Words longer than this are compared to the letter: the rows of the comparison live on the stack.
const LONGEST: usize = 32;

/// What someone typed, ready to be compared with many texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<QueryWord>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct QueryWord {
    text: String,
    mistakes: u8,
}

/// How far a text is from a query: the less, the better. Only to be compared with another of the same query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Distance(pub u16);

impl Query {
    /// Folds what someone typed.
    pub fn new(typed: &str) -> Self {
        let folded = fold(typed);
        let words = words(&folded).map(|word| QueryWord { text: word.to_owned(), mistakes: mistakes_allowed(word) });
        Query { words: words.collect() }
    }

    /// Whether nothing was typed that can be searched.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The folded words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.text.as_str())
    }

    /// How far a folded text is, typing mistakes forgiven; `None` where a word of the query is nowhere in it.
    pub fn distance(&self, folded: &str) -> Option<Distance> {
        self.sum(folded, |query, word| near(&query.text, word, query.mistakes))
    }

    /// The same with no mistake forgiven: faster, and what is asked first where a list is long.
    pub fn distance_to_the_letter(&self, folded: &str) -> Option<Distance> {
        self.sum(folded, |query, word| near(&query.text, word, 0))
    }

    fn sum(&self, folded: &str, near: impl Fn(&QueryWord, &str) -> Option<u16>) -> Option<Distance> {
        let mut total = 0;
        for query in &self.words {
            let mut best: Option<u16> = None;
            for (place, word) in words(folded).enumerate() {
                if let Some(near) = near(query, word) {
                    // Between two equals, the one named earlier in the text: "Martin Paul" before "Paul Martin".
                    let here = near * 8 + place.min(7) as u16;
                    best = Some(best.map_or(here, |best| best.min(here)));
                    if here == 0 {
                        break;
                    }
                }
            }
            total += best?;
        }
        Some(Distance(total))
    }
}

/// How many typing mistakes a folded word forgives.
pub fn mistakes_allowed(word: &str) -> u8 {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return 0;
    }
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// 0 the very word, 1 its beginning, then the mistakes: in a whole word first, in a beginning after.
fn near(query: &str, word: &str, mistakes: u8) -> Option<u16> {
    if word.starts_with(query) {
        return Some(u16::from(word.len() != query.len()));
    }
    if mistakes == 0 {
        return None;
    }
    let beginning = prefix_distance_at_most(query, word, mistakes)?;
    let whole = distance_at_most(query, word, mistakes);
    Some(match whole {
        Some(whole) if whole == beginning => 2 * u16::from(whole),
        _ => 2 * u16::from(beginning) + 1,
    })
}

/// The number of mistakes between two folded words, if at most `max`.
pub fn distance_at_most(query: &str, word: &str, max: u8) -> Option<u8> {
    compare(query, word, max, End::Whole)
}

/// The number of mistakes between a folded query and whichever beginning of a folded word is nearest, if at most `max`.
pub fn prefix_distance_at_most(query: &str, word: &str, max: u8) -> Option<u8> {
    compare(query, word, max, End::Beginning)
}

/// Where the query must end in the word.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Whole,
    Beginning,
}

fn compare(query: &str, word: &str, max: u8, end: End) -> Option<u8> {
    if query.is_ascii() && word.is_ascii() {
        return alignment(query.as_bytes(), word.as_bytes(), max, end);
    }
    let (mut left, mut right) = (['\0'; LONGEST + 1], ['\0'; LONGEST + 1]);
    alignment(letters(query, &mut left), letters(word, &mut right), max, end)
}

/// The letters of a word, one too many where it is too long: enough for [`alignment`] to see it.
fn letters<'a>(word: &str, buffer: &'a mut [char; LONGEST + 1]) -> &'a [char] {
    let mut length = 0;
    for (slot, letter) in buffer.iter_mut().zip(word.chars()) {
        *slot = letter;
        length += 1;
    }
    &buffer[..length]
}

/// Optimal string alignment, along the diagonal only: cells further than `max` from it cannot count.
fn alignment<L: Copy + Eq>(query: &[L], word: &[L], max: u8, end: End) -> Option<u8> {
    if query.len() > LONGEST || word.len() > LONGEST {
        let same = if end == End::Beginning { word.starts_with(query) } else { word == query };
        return same.then_some(0);
    }
    let band = usize::from(max);
    if query.len() > word.len() + band || (end == End::Whole && word.len() > query.len() + band) {
        return None;
    }
    const FAR: u8 = u8::MAX - 1;
    let (mut before, mut above, mut row) = ([FAR; LONGEST + 1], [FAR; LONGEST + 1], [FAR; LONGEST + 1]);
    for (column, cell) in above.iter_mut().enumerate().take(word.len().min(band) + 1) {
        *cell = column as u8;
    }
    for i in 1..=query.len() {
        row.fill(FAR);
        let first = i.saturating_sub(band);
        let last = (i + band).min(word.len());
        let mut least = FAR;
        for j in first..=last {
            let mut cost = above[j].saturating_add(1);
            if j > 0 {
                let changed = u8::from(query[i - 1] != word[j - 1]);
                cost = cost.min(row[j - 1].saturating_add(1)).min(above[j - 1].saturating_add(changed));
                if i > 1 && j > 1 && query[i - 1] == word[j - 2] && query[i - 2] == word[j - 1] {
                    cost = cost.min(before[j - 2].saturating_add(1));
                }
            }
            row[j] = cost;
            least = least.min(cost);
        }
        if least > max {
            return None;
        }
        (before, above, row) = (above, row, before);
    }
    let cost = match end {
        End::Whole => above[word.len()],
        End::Beginning => above[..=word.len()].iter().copied().min().unwrap_or(FAR),
    };
    (cost <= max).then_some(cost)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook algorithm, whole table, to be compared with.
    fn textbook(left: &str, right: &str) -> Vec<Vec<usize>> {
        let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let change = usize::from(a[i - 1] != b[j - 1]);
                    let mut cost = (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + change);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        cost = cost.min(d[i - 2][j - 2] + 1);
                    }
                    cost
                };
            }
        }
        d
    }

    #[test]
    fn mistakes_are_counted_as_people_make_them() {
        for (query, word, max, expected) in [
            ("gonzalez", "gonzales", 2, Some(1)),
            ("dupnot", "dupont", 1, Some(1)),
            ("dupond", "dupont", 1, Some(1)),
            ("lefevre", "lefebvre", 1, Some(1)),
            ("martin", "marten", 0, None),
            ("martin", "martin", 0, Some(0)),
            ("martin", "bertin", 1, None),
            ("", "", 0, Some(0)),
            ("", "ab", 1, None),
            ("ab", "", 2, Some(2)),
            ("владимир", "владимр", 1, Some(1)),
        ] {
            assert_eq!(distance_at_most(query, word, max), expected, "{query} {word}");
        }
        assert_eq!(prefix_distance_at_most("chateuar", "chateaurenard", 2), Some(1));
        assert_eq!(prefix_distance_at_most("gnzo", "gonzalez", 1), None);
        assert_eq!(prefix_distance_at_most("gno", "gonzalez", 1), Some(1));
    }

    #[test]
    fn what_was_typed_finds_what_was_meant() {
        for (typed, text, found) in [
            ("remy", "Saint-Rémy-de-Provence", true),
            ("st rémy prov", "Saint-Rémy-de-Provence", true),
            ("prov remy", "Saint-Rémy-de-Provence", true),
            ("gonsalez", "Mme Gonzalès Pilar", true),
            ("chateaurenrad", "Châteaurenard", true),
            ("pilra gonzales", "Gonzalès Pilar", true),
            ("lia", "Léa Martin", false),
            ("13210", "13230 Port-Saint-Louis", false),
            ("13210", "13210 Saint-Rémy", true),
            ("remy marseille", "Saint-Rémy-de-Provence", false),
            ("", "n'importe qui", true),
        ] {
            assert_eq!(Query::new(typed).distance(&fold(text)).is_some(), found, "{typed} in {text}");
        }
        assert!(Query::new(" - ").is_empty());
    }

    #[test]
    fn the_nearest_comes_first() {
        let query = Query::new("martin");
        let distance = |text: &str| query.distance(&fold(text)).expect("found");
        let best_first = ["Martin Paul", "Paul Martin", "Martine Paul", "Marten Paul", "Martenot Paul"];
        assert!(best_first.map(distance).is_sorted_by(|a, b| a < b), "{:?}", best_first.map(distance));
        assert_eq!(query.distance_to_the_letter("marten paul"), None);
    }

    proptest! {
        #[test]
        fn the_band_agrees_with_the_whole_table(a in "[abcé]{0,9}", b in "[abcé]{0,9}", max in 0u8..4) {
            let table = textbook(&a, &b);
            let last = table.last().expect("a row");
            let allowed = |cost: usize| (cost <= usize::from(max)).then_some(cost as u8);
            prop_assert_eq!(distance_at_most(&a, &b, max), allowed(last[last.len() - 1]));
            let nearest = last.iter().copied().min().expect("a cell");
            prop_assert_eq!(prefix_distance_at_most(&a, &b, max), allowed(nearest));
        }

        #[test]
        fn words_too_long_for_the_rows_are_compared_to_the_letter(tail in "[a-z]{0,9}") {
            let long = format!("{}{tail}", "x".repeat(LONGEST + 1));
            prop_assert_eq!(distance_at_most(&long, &long, 2), Some(0));
            prop_assert_eq!(distance_at_most(&long, "x", 2), None);
            let accented = "é".repeat(LONGEST + 5);
            prop_assert_eq!(distance_at_most(&accented, "é", 2), None);
        }

        #[test]
        fn every_word_of_a_text_finds_it(text in "[a-zé]{1,8}( [a-zé]{1,8}){0,3}") {
            let folded = fold(&text);
            for word in words(&folded) {
                prop_assert!(Query::new(word).distance(&folded).is_some());
            }
        }
    }
}
