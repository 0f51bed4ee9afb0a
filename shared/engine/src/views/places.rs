//! The places where one met lately, to be noted again in one tap.
//!
//! A place may describe someone ("chez sa fille"): it is offered for whom it was noted, or where it was noted with several
//! people, and is then anyone's.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use maillon_shared::domain::ids::PersonId;
use maillon_shared::text::fold::fold;

use super::{Content, Views};

/// How many are offered.
const OFFERED: usize = 4;
/// A place longer than that is a sentence.
const LONGEST_CHARS: usize = 40;

/// A place, when it was last noted, and with whom it was.
struct Known {
    last: (NaiveDate, String),
    with: BTreeSet<PersonId>,
}

impl Views {
    /// The last places that may be offered for someone, or for nobody in particular; the last one first.
    pub fn last_places(&self, person: Option<PersonId>) -> Vec<String> {
        let person = person.map(|id| self.shown_as(id));
        let mut known: BTreeMap<String, Known> = BTreeMap::new();
        for cached in self.documents.values().filter(|cached| !cached.undone) {
            let Content::Journal { encounters, .. } = &cached.content else { continue };
            for encounter in encounters.iter().filter(|encounter| !encounter.withdrawn) {
                let place = encounter.place.trim();
                if place.is_empty() || place.chars().count() > LONGEST_CHARS {
                    continue;
                }
                let noted = (encounter.day, place.to_owned());
                let entry =
                    known.entry(fold(place)).or_insert_with(|| Known { last: noted.clone(), with: BTreeSet::new() });
                entry.last = entry.last.clone().max(noted);
                entry.with.extend(encounter.person.map(|id| self.shown_as(id)));
            }
        }
        let is_offered = |one: &Known| one.with.len() > 1 || person.is_some_and(|person| one.with.contains(&person));
        let mut places: Vec<_> = known.into_values().filter(is_offered).map(|one| one.last).collect();
        places.sort_by_key(|(day, place)| (Reverse(*day), place.clone()));
        places.into_iter().take(OFFERED).map(|(_, place)| place).collect()
    }
}
