//! A household: people who live together, each with a sheet of their own, or known by a first name only.
//!
//! Nothing but the sheets holds it: each says by an id, which names nobody, of which household it is. So erasing someone
//! leaves nothing of them on the others' sheets, and the address stays where it is, on each sheet. Where two devices put
//! someone in two households at once, the sheet keeps both, and all of them are shown as living together.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::contact::Address;
use super::ids::PersonId;
use super::person::{Person, PersonChange, PersonField, PersonState};
use crate::text::fold::fold;

/// The fields of a sheet that say where someone lives.
pub const ADDRESS: [PersonField; 7] = [
    PersonField::AddressLine,
    PersonField::Hamlet,
    PersonField::FormerCommune,
    PersonField::Postcode,
    PersonField::Commune,
    PersonField::CommuneCode,
    PersonField::Position,
];

/// Someone who lives with a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Housemate {
    /// Who.
    pub id: PersonId,
    /// The name, as one says it.
    pub name: String,
    /// Whether they are away, moved, refuse, or died.
    pub state: PersonState,
    /// Where they live, in short.
    pub place: String,
    /// Whether that is where the person lives.
    pub same_address: bool,
}

/// With whom a person lives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    /// The others, by name.
    pub mates: Vec<Housemate>,
    /// Those known by a first name only, as the sheets of the others say it.
    pub also: Vec<String>,
    /// Whether one of them died and nobody has looked at the person's isolation since.
    pub mourning: bool,
}

/// Whether two people are of one household.
pub fn live_together(one: &Person, other: &Person) -> bool {
    one.id != other.id && !one.home.is_disjoint(&other.home)
}

/// Whether two addresses are the same, as far as they are written.
pub fn same_address(one: &Address, other: &Address) -> bool {
    let parts = |address: &Address| {
        [&address.line, &address.hamlet, &address.former_commune, &address.postcode, &address.commune]
            .map(|part| fold(part))
    };
    parts(one) == parts(other)
}

/// What to write so that someone lives where another does: the differences only.
pub fn moving_to(person: &Person, home: &Person) -> Vec<PersonChange> {
    let differs = ADDRESS.into_iter().filter(|field| person.text(*field) != home.text(*field));
    differs.map(|field| PersonChange::Text(field, home.text(field).to_owned())).collect()
}

/// An order in which those of one house come one after the other, where the first of them stood.
pub fn side_by_side<K: Copy, H: PartialEq>(order: Vec<K>, house_of: impl Fn(K) -> Option<H>) -> Vec<K> {
    let mut houses: Vec<(Option<H>, Vec<K>)> = Vec::new();
    for one in order {
        let house = house_of(one);
        match houses.iter_mut().find(|(known, _)| known.is_some() && *known == house) {
            Some((_, stops)) => stops.push(one),
            None => houses.push((house, vec![one])),
        }
    }
    houses.into_iter().flat_map(|(_, stops)| stops).collect()
}

/// The names of those known by a first name only: what each sheet says, once.
pub fn known_by_name<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut met = BTreeSet::new();
    let said = texts.into_iter().map(str::trim).filter(|text| !text.is_empty());
    said.filter(|text| met.insert(fold(text))).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::HouseholdId;

    fn person(number: u8, homes: &[u8]) -> Person {
        let mut person = Person::empty(PersonId([number; 16]));
        person.home = homes.iter().map(|home| HouseholdId([*home; 16])).collect();
        person
    }

    #[test]
    fn one_lives_with_those_of_any_household_one_was_put_in() {
        let (odette, lucien, simone) = (person(1, &[1, 2]), person(2, &[1]), person(3, &[2]));
        assert!(live_together(&odette, &lucien) && live_together(&simone, &odette));
        assert!(!live_together(&lucien, &simone), "neither was put with the other");
        assert!(!live_together(&odette, &odette) && !live_together(&person(4, &[]), &person(5, &[])));
    }

    #[test]
    fn moving_writes_what_differs_and_clears_what_is_no_more() {
        let (mut odette, mut lucien) = (person(1, &[1]), person(2, &[1]));
        lucien.address.line = "3 rue du Puits".into();
        lucien.address.commune = "Saint-Rémy".into();
        odette.address.hamlet = "Le Mas".into();
        odette.address.commune = "Saint-Rémy".into();
        assert!(!same_address(&odette.address, &lucien.address));
        assert_eq!(
            moving_to(&odette, &lucien),
            [
                PersonChange::Text(PersonField::AddressLine, "3 rue du Puits".into()),
                PersonChange::Text(PersonField::Hamlet, String::new())
            ]
        );
        assert_eq!(moving_to(&lucien, &lucien), []);
        odette.address = Address { commune: "SAINT REMY".into(), line: "3, rue du puits".into(), ..Address::default() };
        assert!(same_address(&odette.address, &lucien.address), "written otherwise, it is the same house");
    }

    #[test]
    fn a_first_name_said_on_two_sheets_is_said_once() {
        assert_eq!(
            known_by_name(["Léo, son petit-fils ", "", "LEO, son petit fils", "Mina"]),
            ["Léo, son petit-fils", "Mina"]
        );
    }

    proptest! {
        #[test]
        fn a_house_is_one_stop_and_nobody_is_lost(houses in proptest::collection::vec(proptest::option::of(0..4u8), 0..20)) {
            let order: Vec<usize> = (0..houses.len()).collect();
            let sorted = side_by_side(order.clone(), |at| houses[at]);
            let mut all = sorted.clone();
            all.sort_unstable();
            prop_assert_eq!(&all, &order);
            for house in houses.iter().flatten() {
                let places: Vec<usize> =
                    sorted.iter().enumerate().filter(|(_, at)| houses[**at] == Some(*house)).map(|(place, _)| place).collect();
                prop_assert_eq!(places.last().copied().unwrap_or(0) - places[0], places.len() - 1);
            }
            // Whoever lives with nobody keeps their place among the others who do.
            let alone = |order: &[usize]| order.iter().copied().filter(|at| houses[*at].is_none()).collect::<Vec<_>>();
            prop_assert_eq!(alone(&sorted), alone(&order));
        }
    }
}
