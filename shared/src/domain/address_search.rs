//! An address found as one types it: "12b che oliviers", "245 rte de la roussiere", "ld les gâts".
//!
//! Ways are compared one by one, word by word: a commune has two thousand of them at most, and nothing is kept between two
//! letters that a new file would have to make again.

use serde::{Deserialize, Serialize};

use super::addresses::{AddressList, HouseNumber, Way};
use super::position::{Point, Position, PositionSource};
use crate::text::fold::{fold, words};
use crate::text::near::{mistakes_allowed, prefix_distance_at_most};

/// An address that was found, as a form takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressFound {
    /// Number and way; empty for a place that is no way.
    pub line: String,
    /// The hamlet.
    pub hamlet: String,
    /// The commune before a merger.
    pub former_commune: String,
    /// Postcode; empty where the file has none.
    pub postcode: String,
    /// The commune.
    pub commune: String,
    /// Its INSEE code.
    pub commune_code: String,
    /// Where it is, where the file says it.
    pub point: Option<Point>,
    /// What the point is of.
    pub from: PositionSource,
}

impl AddressFound {
    /// Its position as the words of an address keep it; empty where it has none.
    pub fn position(&self, words: &[&str]) -> String {
        self.point.map_or_else(String::new, |point| Position::of(point, self.from.clone(), words).to_text())
    }

    /// In one line: number and way, or the place; then the hamlet and the commune.
    pub fn words(&self) -> String {
        let hamlet = if fold(&self.line).ends_with(&fold(&self.hamlet)) { "" } else { &self.hamlet };
        let parts = [self.line.as_str(), hamlet, &self.commune];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Words that are written short, and what they are short of. What is merely cut off needs no line here.
const SHORT: [(&str, &str); 26] = [
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("bvd", "boulevard"),
    ("cdt", "commandant"),
    ("chm", "chemin"),
    ("cne", "capitaine"),
    ("cre", "centre"),
    ("crs", "cours"),
    ("dr", "docteur"),
    ("fbg", "faubourg"),
    ("fg", "faubourg"),
    ("gal", "general"),
    ("gde", "grande"),
    ("grd", "grand"),
    ("lt", "lieutenant"),
    ("mal", "marechal"),
    ("mte", "montee"),
    ("pdt", "president"),
    ("qr", "quartier"),
    ("qtier", "quartier"),
    ("rle", "ruelle"),
    ("rpt", "rond"),
    ("rte", "route"),
    ("sgt", "sergent"),
    ("tra", "traverse"),
    ("vc", "voie"),
];

/// Words that are in nearly every name: they tell nothing apart.
const LITTLE: [&str; 14] = ["a", "au", "aux", "d", "de", "des", "dit", "du", "en", "l", "la", "le", "les", "ld"];

/// What follows a number: "12 bis".
const SUFFIXES: [&str; 6] = ["bis", "ter", "quater", "quinquies", "b", "t"];

/// What was typed, as one reading of it.
struct Reading<'a> {
    number: Option<&'a str>,
    suffix: &'a str,
    /// How unlikely the reading is: figures that do not come first may be of the way's name.
    doubt: u32,
    words: Vec<&'a str>,
}

/// The readings of what was typed, the likelier first: a number and a way, or a way whose name has figures.
fn readings(folded: &str) -> Vec<Reading<'_>> {
    let typed: Vec<&str> = words(folded).collect();
    let mut readings = Vec::new();
    let number = typed.iter().position(|word| word.as_bytes()[0].is_ascii_digit());
    if let Some(at) = number {
        let figures = typed[at].bytes().take_while(u8::is_ascii_digit).count();
        let (number, stuck) = typed[at].split_at(figures);
        let others =
            |from: usize| typed[..at].iter().chain(&typed[from.min(typed.len())..]).copied().collect::<Vec<_>>();
        let doubt = if at == 0 { 0 } else { 3 };
        let next = typed.get(at + 1).copied().filter(|word| stuck.is_empty() && SUFFIXES.contains(word));
        if let Some(suffix) = next {
            readings.push(Reading { number: Some(number), suffix, doubt, words: others(at + 2) });
        }
        readings.push(Reading { number: Some(number), suffix: stuck, doubt, words: others(at + 1) });
    }
    readings.push(Reading { number: None, suffix: "", doubt: 0, words: typed });
    for reading in &mut readings {
        let telling: Vec<&str> = reading.words.iter().copied().filter(|word| !LITTLE.contains(word)).collect();
        if !telling.is_empty() {
            reading.words = telling;
        }
    }
    readings
}

/// How badly a word fits another: 0 the very word, 1 its beginning, then the mistakes.
fn misfit(typed: &str, word: &str) -> Option<u32> {
    if word.starts_with(typed) {
        return Some(u32::from(word.len() != typed.len()));
    }
    let long = |short: &str| SHORT.iter().find(|(known, _)| *known == short).map(|(_, long)| *long);
    if long(typed).is_some_and(|long| long == word) || long(word).is_some_and(|long| long.starts_with(typed)) {
        return Some(1);
    }
    let mistakes = prefix_distance_at_most(typed, word, mistakes_allowed(typed))?;
    Some(2 + 4 * u32::from(mistakes))
}

/// A way and its words, folded once for every reading.
struct Words<'a> {
    list: &'a AddressList,
    way: &'a Way,
    /// What is typed of the way itself weighs least.
    parts: [(String, u32); 5],
}

impl<'a> Words<'a> {
    /// Every way of these lists.
    fn of(lists: impl IntoIterator<Item = &'a AddressList>) -> Vec<Self> {
        let mut all = Vec::new();
        for list in lists {
            let commune = fold(&list.commune);
            all.extend(list.ways.iter().map(|way| Words {
                list,
                way,
                parts: [
                    (fold(&way.name), 0),
                    (fold(&way.hamlet), 4),
                    (fold(&way.former_commune), 8),
                    (way.postcode.clone(), 8),
                    (commune.clone(), 8),
                ],
            }));
        }
        all
    }

    /// How badly the way fits words, none of which may be left out.
    fn misfit(&self, typed: &[&str]) -> Option<u32> {
        let of_word = |typed: &&str| {
            let said = self.parts.iter().flat_map(|(part, weight)| words(part).map(move |word| (word, *weight)));
            said.filter_map(|(word, weight)| Some(misfit(typed, word)? + weight)).min()
        };
        typed.iter().map(of_word).sum()
    }
}

/// How badly a number fits.
fn misfit_of_number(typed: &str, suffix: &str, number: &HouseNumber) -> Option<u32> {
    let (digits, held) = (number.number.to_string(), fold(&number.suffix));
    match digits == typed {
        true if held == suffix => Some(0),
        true if held.starts_with(suffix) => Some(1),
        false if suffix.is_empty() && digits.starts_with(typed) => Some(3),
        _ => None,
    }
}

fn found(
    list: &AddressList,
    way: &Way,
    number: Option<&str>,
    point: Option<Point>,
    from: PositionSource,
) -> AddressFound {
    let is_place = number.is_none() && way.numbers.is_empty() && way.hamlet() == way.name;
    let line = match number {
        Some(number) => format!("{number} {}", way.name),
        None if is_place => String::new(),
        None => way.name.clone(),
    };
    AddressFound {
        line,
        hamlet: way.hamlet().to_owned(),
        former_commune: way.former_commune.clone(),
        postcode: way.postcode.clone(),
        commune: list.commune.clone(),
        commune_code: list.commune_code.clone(),
        point,
        from,
    }
}

/// The addresses that fit what was typed, the best first, `limit` at most.
pub fn find<'a>(lists: impl IntoIterator<Item = &'a AddressList>, typed: &str, limit: usize) -> Vec<AddressFound> {
    let folded = fold(typed);
    let mut offers: Vec<(u32, AddressFound)> = Vec::new();
    if folded.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Vec::new();
    }
    let known = Words::of(lists);
    for reading in readings(&folded).iter().filter(|reading| !reading.words.is_empty()) {
        let fitting =
            known.iter().filter_map(|one| Some((one.misfit(&reading.words)? + reading.doubt, one.list, one.way)));
        let mut ways: Vec<(u32, &AddressList, &Way)> = fitting.collect();
        ways.sort_by(|one, other| {
            (one.0, &one.2.name, &one.1.commune).cmp(&(other.0, &other.2.name, &other.1.commune))
        });
        ways.truncate(limit.saturating_mul(2));
        let are_few = ways.len() <= 2;
        for (misfit, list, way) in ways {
            let whole = |misfit: u32, number: Option<&str>| {
                (misfit, found(list, way, number, way.middle(), PositionSource::Way))
            };
            let one = |misfit: u32, number: &HouseNumber| {
                let from = if number.point.is_some() { PositionSource::Number } else { PositionSource::Way };
                (misfit, found(list, way, Some(&number.words()), number.point.or(way.middle()), from))
            };
            let Some(typed) = reading.number else {
                offers.push(whole(misfit, None));
                if are_few {
                    offers.extend(way.numbers.iter().take(limit).map(|number| one(misfit + 2, number)));
                }
                continue;
            };
            let fitting: Vec<_> = way
                .numbers
                .iter()
                .filter_map(|number| Some((misfit_of_number(typed, reading.suffix, number)?, number)))
                .collect();
            if !fitting.iter().any(|(misfit, _)| *misfit < 3) {
                // A house that has been numbered since: its way is known.
                let words =
                    [typed, reading.suffix].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
                offers.push(whole(misfit + 6, Some(&words)));
            }
            offers.extend(fitting.into_iter().map(|(far, number)| one(misfit + far, number)));
        }
    }
    offers.sort_by_key(|(misfit, _)| *misfit);
    let mut kept: Vec<AddressFound> = Vec::new();
    for (_, offer) in offers {
        let is_there = kept
            .iter()
            .any(|held| held.line == offer.line && held.hamlet == offer.hamlet && held.commune == offer.commune);
        if !is_there && kept.len() < limit {
            kept.push(offer);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::LineId;

    fn number(number: u16, suffix: &str) -> HouseNumber {
        let point = Point::new(4_600_000 + i64::from(number), 43_600_000);
        HouseNumber { number, suffix: suffix.into(), point }
    }

    fn way(name: &str, hamlet: &str, numbers: Vec<HouseNumber>) -> Way {
        Way {
            id: LineId([1; 16]),
            name: name.into(),
            hamlet: hamlet.into(),
            former_commune: "Aubignan-le-Vieux".into(),
            postcode: "13998".into(),
            point: Point::new(1, 1),
            numbers,
        }
    }

    fn valombre() -> AddressList {
        AddressList {
            commune_code: "13999".into(),
            commune: "Valombre-sur-Lène".into(),
            imported_on: "2026-06-12".parse().expect("a date"),
            ways: vec![
                way("Chemin des Oliviers", "La Roussière", vec![number(12, ""), number(12, "bis"), number(120, "")]),
                way("Route de la Roussière", "", vec![number(245, "")]),
                way("Rue du 8 Mai 1945", "", vec![number(3, ""), number(8, "")]),
                way("Boulevard du Général Aubrac", "", vec![number(1, "a"), number(1, "b")]),
                way("Les Gâts", "", Vec::new()),
                way("Avenue de l’Église", "", vec![number(7, "")]),
            ],
        }
    }

    fn first(typed: &str) -> String {
        find([&valombre()], typed, 8)
            .first()
            .map(|found| format!("{}/{}", found.line, found.hamlet))
            .unwrap_or_default()
    }

    #[test]
    fn an_address_is_found_as_one_types_it() {
        for (typed, expected) in [
            ("12 chemin des oliviers", "12 Chemin des Oliviers/La Roussière"),
            ("12bis che oliv", "12 bis Chemin des Oliviers/La Roussière"),
            ("12 bis, CHM. des Oliviers", "12 bis Chemin des Oliviers/La Roussière"),
            ("12 b chemin oliviers", "12 bis Chemin des Oliviers/La Roussière"),
            ("chemin des olivers 12", "12 Chemin des Oliviers/La Roussière"),
            ("120 oliviers", "120 Chemin des Oliviers/La Roussière"),
            ("245 rte de la roussiere", "245 Route de la Roussière/"),
            ("3 rue du 8 mai", "3 Rue du 8 Mai 1945/"),
            ("rue du 8 mai 1945", "Rue du 8 Mai 1945/"),
            ("1b bd gal aubrac", "1 B Boulevard du Général Aubrac/"),
            ("ld les gats", "/Les Gâts"),
            ("7 av eglise", "7 Avenue de l’Église/"),
            ("av de l’église", "Avenue de l’Église/"),
            ("99 chemin des oliviers", "99 Chemin des Oliviers/La Roussière"),
        ] {
            assert_eq!(first(typed), expected, "{typed}");
        }
        for nothing in ["", "12", "x", "zzzzzz", "12 zzzzz", "😀", "مرحبا"] {
            assert_eq!(first(nothing), "", "{nothing}");
        }
    }

    #[test]
    fn a_number_that_is_known_has_its_point_and_another_the_middle_of_its_way() {
        let found = |typed: &str| find([&valombre()], typed, 8).remove(0);
        let known = found("12 bis chemin des oliviers");
        assert_eq!((known.point, &known.from), (Point::new(4_600_012, 43_600_000), &PositionSource::Number));
        let unknown = found("99 chemin des oliviers");
        assert_eq!((unknown.point, &unknown.from), (Point::new(1, 1), &PositionSource::Way));
        assert_eq!(known.words(), "12 bis Chemin des Oliviers, La Roussière, Valombre-sur-Lène");
        assert_eq!(found("ld les gats").words(), "Les Gâts, Valombre-sur-Lène");
        let position = known.position(&[&known.line, &known.commune]);
        assert!(Position::still_of(&position, &["12 BIS chemin des oliviers", "valombre sur lene"]).is_some());
    }

    #[test]
    fn a_way_alone_offers_its_numbers_and_no_more_than_asked() {
        let lines =
            |typed: &str, limit| find([&valombre()], typed, limit).into_iter().map(|one| one.line).collect::<Vec<_>>();
        assert_eq!(
            lines("chemin des oliviers", 8),
            ["Chemin des Oliviers", "12 Chemin des Oliviers", "12 bis Chemin des Oliviers", "120 Chemin des Oliviers"]
        );
        assert_eq!(lines("chemin des oliviers", 2).len(), 2);
        assert!(lines("1 chemin des oliviers", 8).contains(&"1 Chemin des Oliviers".to_owned()), "a new house");
        assert_eq!(lines("valombre", 3).len(), 3);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_no_panic(typed in "\\PC{0,40}", limit in 0..20_usize) {
            prop_assert!(find([&valombre()], &typed, limit).len() <= limit);
        }
    }
}
