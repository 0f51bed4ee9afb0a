//! The addresses of a commune, as the national base gives them: reference, and nothing about anyone.
//!
//! They are kept by way, because a way is what changes when a commune names or numbers: a new file writes the ways that it
//! changes, and a list of 20,000 addresses is one document of some two thousand lines.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::LineId;
use super::position::Point;
use crate::text::fold::{fold, words};
use crate::text::sort::sort_key;

/// The addresses of one commune.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressList {
    /// The commune's INSEE code.
    pub commune_code: String,
    /// Its name.
    pub commune: String,
    /// The day of the file that was taken in last.
    pub imported_on: NaiveDate,
    /// The ways, by name.
    pub ways: Vec<Way>,
}

/// A way, or a place that is no way, and its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Names the line: the same on every device, since it is made of the words below.
    pub id: LineId,
    /// "Chemin des Oliviers".
    pub name: String,
    /// The hamlet it is in, where the file says one.
    pub hamlet: String,
    /// The commune that it was before a merger.
    pub former_commune: String,
    /// Postcode; a commune's own file has none.
    pub postcode: String,
    /// Its own point, where the file gives one without a number.
    pub point: Option<Point>,
    /// Its numbers, in order.
    pub numbers: Vec<HouseNumber>,
}

/// A number in a way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HouseNumber {
    /// The number.
    pub number: u16,
    /// "bis", "a"; empty for most.
    pub suffix: String,
    /// Where it is, where the file says it.
    pub point: Option<Point>,
}

impl AddressList {
    /// How many addresses there are.
    pub fn addresses(&self) -> usize {
        self.ways.iter().map(|way| way.numbers.len()).sum()
    }
}

/// Puts ways in the order in which they are shown: by name, then by hamlet.
pub fn put_in_order(ways: &mut [Way]) {
    ways.sort_by_cached_key(|way| (sort_key(&way.name), sort_key(&way.hamlet), way.id));
}

impl Way {
    /// The middle of the way: its own point, else the point of the number in the middle of those that have one.
    pub fn middle(&self) -> Option<Point> {
        let known: Vec<Point> = self.numbers.iter().filter_map(|number| number.point).collect();
        self.point.or_else(|| known.get(known.len() / 2).copied())
    }

    /// The hamlet: the one that the file says, else the place itself where the name is of no way.
    pub fn hamlet(&self) -> &str {
        if self.hamlet.is_empty() && !is_of_a_way(&self.name) { &self.name } else { &self.hamlet }
    }

    /// The numbers in one text: `12@4627183,43676647;12bis;14@…`.
    pub fn numbers_text(&self) -> String {
        let one = |number: &HouseNumber| {
            let at = number.point.map(|at| format!("@{},{}", at.lon_microdegrees, at.lat_microdegrees));
            format!("{}{}{}", number.number, number.suffix, at.unwrap_or_default())
        };
        self.numbers.iter().map(one).collect::<Vec<_>>().join(";")
    }

    /// The numbers that such a text says; what is none is left out.
    pub fn read_numbers(text: &str) -> Vec<HouseNumber> {
        text.split(';').filter_map(HouseNumber::read).collect()
    }
}

impl HouseNumber {
    fn read(text: &str) -> Option<Self> {
        let (number, at) = text.split_once('@').unwrap_or((text, ""));
        let figures = number.bytes().take_while(u8::is_ascii_digit).count();
        let (figures, suffix) = number.split_at(figures);
        let point = at.split_once(',').and_then(|(lon, lat)| Point::new(lon.parse().ok()?, lat.parse().ok()?));
        Some(HouseNumber { number: figures.parse().ok()?, suffix: suffix.to_owned(), point })
    }

    /// The number as one writes it before the way: "12 bis", "12 A".
    pub fn words(&self) -> String {
        match self.suffix.chars().count() {
            0 => self.number.to_string(),
            1 => format!("{} {}", self.number, self.suffix.to_uppercase()),
            _ => format!("{} {}", self.number, self.suffix),
        }
    }
}

/// The words that begin the name of a way: what begins otherwise is a place.
const WAYS: [&str; 42] = [
    "allee",
    "allees",
    "autoroute",
    "avenue",
    "boulevard",
    "calade",
    "carrefour",
    "carriera",
    "chaussee",
    "chemin",
    "cite",
    "cote",
    "cour",
    "cours",
    "descente",
    "draille",
    "esplanade",
    "faubourg",
    "impasse",
    "lotissement",
    "mail",
    "montee",
    "parvis",
    "passage",
    "passe",
    "place",
    "placette",
    "promenade",
    "quai",
    "residence",
    "rond",
    "route",
    "rue",
    "ruelle",
    "sente",
    "sentier",
    "square",
    "traverse",
    "venelle",
    "villa",
    "voie",
    "zone",
];

fn is_of_a_way(name: &str) -> bool {
    let folded = fold(name);
    words(&folded).next().is_some_and(|first| WAYS.contains(&first))
}

/// The name that people give a hamlet, whether it is called one or not: "Hameau de la Roussière", "La Roussière".
fn hamlet_key(name: &str) -> String {
    let folded = fold(name);
    let mut left: Vec<&str> = words(&folded).collect();
    let is_called = |left: &[&str]| matches!(left.first(), Some(&("hameau" | "quartier" | "lieudit" | "ecart")));
    if left.len() > 2 && left[..2] == ["lieu", "dit"] {
        left.drain(..2);
    } else if left.len() > 1 && is_called(&left) {
        left.remove(0);
    }
    while left.len() > 1 && matches!(left[0], "de" | "du" | "des" | "d" | "l" | "la" | "le" | "les") {
        left.remove(0);
    }
    left.join(" ")
}

/// Where the hamlets are: each in the middle of its addresses.
#[derive(Debug, Default)]
pub struct Hamlets {
    /// By key: by commune, folded, the points.
    places: Places,
    /// The same by the people who live there, for the hamlets that no address names.
    by_people: Places,
}

type Places = HashMap<String, HashMap<String, Sum>>;

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    lon: i64,
    lat: i64,
    count: i64,
}

impl Sum {
    fn add(&mut self, point: Point) {
        self.lon += i64::from(point.lon_microdegrees);
        self.lat += i64::from(point.lat_microdegrees);
        self.count += 1;
    }

    fn middle(self) -> Option<Point> {
        (self.count > 0).then(|| Point::new(self.lon.div_euclid(self.count), self.lat.div_euclid(self.count))).flatten()
    }
}

impl Hamlets {
    /// The hamlets of these communes.
    pub fn of<'a>(lists: impl IntoIterator<Item = &'a AddressList>) -> Self {
        let mut hamlets = Hamlets::default();
        for list in lists {
            let commune = fold(&list.commune);
            for way in &list.ways {
                let key = hamlet_key(way.hamlet());
                if key.is_empty() {
                    continue;
                }
                let sum = hamlets.places.entry(key).or_default().entry(commune.clone()).or_default();
                for point in way.point.into_iter().chain(way.numbers.iter().filter_map(|number| number.point)) {
                    sum.add(point);
                }
            }
        }
        hamlets
    }

    /// Someone lives there, in that hamlet: where no address names it, it is in the middle of its people.
    pub fn lives_there(&mut self, hamlet: &str, commune: &str, point: Point) {
        let key = hamlet_key(hamlet);
        if !key.is_empty() {
            self.by_people.entry(key).or_default().entry(fold(commune)).or_default().add(point);
        }
    }

    /// The middle of a hamlet: in that commune, or in the only one that has a hamlet of that name.
    pub fn middle(&self, hamlet: &str, commune: &str) -> Option<Point> {
        let (key, commune) = (hamlet_key(hamlet), fold(commune));
        let among = |places: &Places| {
            let of_that_name = places.get(&key)?;
            let alone = || of_that_name.values().next().filter(|_| of_that_name.len() == 1);
            of_that_name.get(&commune).or_else(alone)?.middle()
        };
        among(&self.places).or_else(|| among(&self.by_people))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lon: i64, lat: i64) -> Option<Point> {
        Point::new(lon, lat)
    }

    fn way(name: &str, hamlet: &str, numbers: &[(u16, Option<Point>)]) -> Way {
        let number = |(number, point): &(u16, Option<Point>)| HouseNumber {
            number: *number,
            suffix: String::new(),
            point: *point,
        };
        Way {
            id: LineId([1; 16]),
            name: name.into(),
            hamlet: hamlet.into(),
            former_commune: String::new(),
            postcode: String::new(),
            point: None,
            numbers: numbers.iter().map(number).collect(),
        }
    }

    fn list(commune: &str, ways: Vec<Way>) -> AddressList {
        let imported_on = "2026-06-12".parse().expect("a date");
        AddressList { commune_code: "13999".into(), commune: commune.into(), imported_on, ways }
    }

    #[test]
    fn a_hamlet_is_in_the_middle_of_its_addresses_whatever_it_is_called() {
        let roussiere =
            way("Chemin du Haut", "Hameau de la Roussière", &[(1, at(100, 10)), (3, at(200, 30)), (5, None)]);
        let place = Way { point: at(600, 50), ..way("La Roussière", "", &[]) };
        let hamlets = Hamlets::of(&[list("Valombre", vec![roussiere, place, way("Rue Basse", "", &[(1, at(9, 9))])])]);
        for name in ["La Roussière", "roussiere", "Lieu-dit La Roussière", "HAMEAU DE LA ROUSSIERE"] {
            assert_eq!(hamlets.middle(name, "Valombre"), at(300, 30), "{name}");
        }
        assert_eq!(hamlets.middle("La Roussière", ""), at(300, 30), "only one is of that name");
        assert_eq!(hamlets.middle("Rue Basse", "Valombre"), None, "a street is no hamlet");
        assert_eq!(hamlets.middle("", "Valombre"), None);
    }

    #[test]
    fn two_hamlets_of_one_name_are_told_by_their_commune() {
        let here = list("Valombre", vec![way("Le Moulin", "", &[(1, at(100, 100))])]);
        let there = list("Saint-Amande", vec![way("Le Moulin", "", &[(1, at(900, 900))])]);
        let hamlets = Hamlets::of(&[here, there]);
        assert_eq!(hamlets.middle("Le Moulin", "ST AMANDE"), at(900, 900));
        assert_eq!(hamlets.middle("Le Moulin", ""), None, "it may be either");
    }

    #[test]
    fn a_hamlet_that_no_address_names_is_where_its_people_are() {
        let mut hamlets = Hamlets::of(&[list("Valombre", vec![way("Le Moulin", "", &[(1, at(100, 100))])])]);
        hamlets.lives_there("Les Gâts", "Valombre", at(10, 10).expect("a point"));
        hamlets.lives_there("les gats", "Valombre", at(30, 30).expect("a point"));
        hamlets.lives_there("Le Moulin", "Valombre", at(900, 900).expect("a point"));
        assert_eq!(hamlets.middle("Les Gâts", "Valombre"), at(20, 20));
        assert_eq!(hamlets.middle("Le Moulin", "Valombre"), at(100, 100), "the addresses know better");
    }

    #[test]
    fn a_way_without_a_point_of_its_own_is_at_its_middle_number() {
        let way = way("Rue Basse", "", &[(1, at(1, 1)), (2, None), (3, at(3, 3)), (9, at(9, 9))]);
        assert_eq!(way.middle(), at(3, 3));
        assert_eq!(way.hamlet(), "");
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_they_were_written(
            numbers in proptest::collection::vec((0..9999_u16, "([a-z]{0,4})?", proptest::option::of((-180_000_000_i64..180_000_000, 1..90_000_000_i64))), 0..12),
        ) {
            let numbers: Vec<HouseNumber> = numbers.into_iter().map(|(number, suffix, point)| HouseNumber {
                number, suffix, point: point.and_then(|(lon, lat)| at(lon, lat)),
            }).collect();
            let way = Way { numbers: numbers.clone(), ..way("x", "", &[]) };
            prop_assert_eq!(Way::read_numbers(&way.numbers_text()), numbers);
        }

        #[test]
        fn foreign_texts_are_no_panic(text in "\\PC{0,60}") {
            let _ = (Way::read_numbers(&text), hamlet_key(&text), is_of_a_way(&text));
        }
    }
}
