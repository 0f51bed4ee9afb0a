//! With whom someone lives, as their sheets say it.

use maillon_shared::domain::household::{Household, Housemate, known_by_name, live_together, same_address};
use maillon_shared::domain::ids::{HouseholdId, PersonId};
use maillon_shared::domain::person::{Person, PersonState};
use maillon_shared::text::fold::fold;
use maillon_shared::text::sort::sort_key;

use super::Views;

impl Views {
    /// With whom a person lives; that one of them died since is the journal's to tell.
    pub(super) fn household_of(&self, person: &Person) -> Household {
        if person.home.is_empty() {
            return Household::default();
        }
        let mut mates: Vec<&Person> = self.people().filter(|other| live_together(person, other)).collect();
        mates.sort_by_cached_key(|mate| (sort_key(&mate.display_name()), mate.id));
        let also = known_by_name(mates.iter().map(|mate| mate.household.as_str()));
        let own = fold(&person.household);
        let mates: Vec<Housemate> = mates
            .into_iter()
            .map(|mate| Housemate {
                id: mate.id,
                name: mate.display_name(),
                state: mate.state.clone(),
                place: mate.address.short().to_owned(),
                same_address: same_address(&person.address, &mate.address),
            })
            .collect();
        // What the person's own sheet says stands there already.
        let also = also.into_iter().filter(|text| fold(text) != own).collect();
        Household { mates, also, mourning: false }
    }

    /// Those of a person's household who died.
    pub fn lost_in_household(&self, id: PersonId) -> Vec<PersonId> {
        let Some(person) = self.person(id).filter(|person| person.state != PersonState::Deceased) else {
            return Vec::new();
        };
        let mates = self.people().filter(|other| live_together(person, other));
        mates.filter(|mate| mate.state == PersonState::Deceased).map(|mate| mate.id).collect()
    }

    /// Which house a person of a round is in, to stand beside those of the same one.
    pub(super) fn house_of(&self, person: &Person) -> Option<(HouseholdId, String)> {
        let address = [&person.address.line, &person.address.hamlet, &person.address.commune];
        let address = address.map(|part| fold(part)).join("|");
        person.home.first().map(|home| (*home, address))
    }
}
