//! That two sheets are of one person: a small record that names both, and changes neither.
//!
//! It says which sheet's words are shown where both have some; it holds none of them itself. Ending it shows two people
//! again, each as they were. Whatever devices said at once, in any order, the same sheets make the same person.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ids::{MergeId, PersonId};
use super::person::{Person, PersonField, PersonState};
use super::position::Position;
use crate::text::fold::same;
use crate::text::phone::Phone;

/// That two sheets are of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamePerson {
    /// Names the record.
    pub id: MergeId,
    /// The sheet whose words are shown, but for those chosen from the other.
    pub kept: PersonId,
    /// The other sheet.
    pub other: PersonId,
    /// The fields whose words are the other sheet's.
    pub from_other: BTreeSet<SheetField>,
    /// Whether it ended: they are two again.
    pub ended: bool,
}

/// A field of a sheet that shows one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SheetField {
    /// A text.
    Text(PersonField),
    /// The birth.
    Birth,
}

impl SheetField {
    /// The code that is written.
    pub fn code(self) -> &'static str {
        match self {
            SheetField::Text(field) => field.code(),
            SheetField::Birth => "birth",
        }
    }

    /// The field that a code names.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "birth" => Some(SheetField::Birth),
            code => PersonField::from_code(code).map(SheetField::Text),
        }
    }

    fn is_said(self, sheet: &Person) -> bool {
        match self {
            SheetField::Text(field) => !sheet.text(field).is_empty(),
            SheetField::Birth => sheet.birth.is_some(),
        }
    }
}

/// Which sheets are of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unions {
    /// The sheets of each person, the one whose words are shown first, under its id.
    members: BTreeMap<PersonId, Vec<PersonId>>,
    first_of: BTreeMap<PersonId, PersonId>,
}

impl Unions {
    /// What records that have not ended make together, in whatever order they come.
    pub fn of<'a>(records: impl IntoIterator<Item = &'a SamePerson>) -> Self {
        let records: Vec<_> = records.into_iter().filter(|record| !record.ended).collect();
        let mut groups: Vec<BTreeSet<PersonId>> = Vec::new();
        for record in &records {
            let mut joined = BTreeSet::from([record.kept, record.other]);
            groups.retain(|group| {
                let touches = !group.is_disjoint(&joined);
                if touches {
                    joined.extend(group);
                }
                !touches
            });
            groups.push(joined);
        }
        let mut unions = Unions::default();
        for group in groups {
            let never_other = |id: &&PersonId| records.iter().all(|record| record.other != **id);
            // Where each is the other of someone, the least id: the same on every device.
            let Some(first) = group.iter().find(never_other).or(group.first()).copied() else { continue };
            let rest = group.iter().copied().filter(|id| *id != first);
            let members: Vec<PersonId> = [first].into_iter().chain(rest).collect();
            unions.first_of.extend(members.iter().map(|member| (*member, first)));
            unions.members.insert(first, members);
        }
        unions
    }

    /// The id under which a person is shown.
    pub fn shown_as(&self, id: PersonId) -> PersonId {
        self.first_of.get(&id).copied().unwrap_or(id)
    }

    /// Every sheet of a person, the one whose words are shown first.
    pub fn sheets_of(&self, id: PersonId) -> Vec<PersonId> {
        self.members.get(&self.shown_as(id)).cloned().unwrap_or_else(|| vec![id])
    }

    /// Whether the sheet is one of several.
    pub fn is_one_of_several(&self, id: PersonId) -> bool {
        self.first_of.contains_key(&id)
    }

    /// The ids under which people of several sheets are shown.
    pub fn shown(&self) -> impl Iterator<Item = PersonId> {
        self.members.keys().copied()
    }
}

/// The sheet whose words are shown in a field: the one chosen, else the first that says something.
pub fn source<'a>(field: SheetField, sheets: &[&'a Person], records: &[&SamePerson]) -> Option<&'a Person> {
    let mut records: Vec<_> = records.iter().filter(|record| !record.ended).collect();
    records.sort_by_key(|record| record.id);
    let chosen = records.iter().filter(|record| record.from_other.contains(&field)).map(|record| record.other);
    let chosen = chosen.filter_map(|id| sheets.iter().find(|sheet| sheet.id == id));
    chosen.chain(sheets).find(|sheet| field.is_said(sheet)).or(sheets.first()).copied()
}

/// One sheet out of several; the strictest state holds. `shown_as` is the person's id.
pub fn united(shown_as: PersonId, sheets: &[&Person], records: &[&SamePerson]) -> Person {
    let mut person = Person::empty(shown_as);
    for field in PersonField::ALL {
        if let Some(sheet) = source(SheetField::Text(*field), sheets, records) {
            *person.text_mut(*field) = sheet.text(*field).to_owned();
        }
    }
    // Whichever sheet says it: the point is that of the address shown, whose words may come from several of them.
    let located_by = person.address.located_by();
    if let Some(sheet) = sheets.iter().find(|sheet| Position::still_of(&sheet.position, &located_by).is_some()) {
        person.position = sheet.position.clone();
    }
    person.birth = source(SheetField::Birth, sheets, records).and_then(|sheet| sheet.birth);
    person.register_entry = sheets.iter().find_map(|sheet| sheet.register_entry);
    person.home = sheets.iter().flat_map(|sheet| &sheet.home).copied().collect();
    for sheet in sheets {
        for phone in &sheet.phones {
            if !person.phones.iter().any(|known| same_number(&known.number, &phone.number)) {
                person.phones.push(phone.clone());
            }
        }
        for related in &sheet.related {
            let is_known = |known: &super::person::RelatedPerson| {
                same(&known.name, &related.name) && same_number(&known.phone, &related.phone)
            };
            if !person.related.iter().any(is_known) {
                person.related.push(related.clone());
            }
        }
    }
    let states = sheets.iter().map(|sheet| sheet.state.clone());
    person.state = states.fold(PersonState::Followed, PersonState::stricter);
    person
}

/// Whether two telephones are one, however they are written.
pub fn same_number(one: &str, other: &str) -> bool {
    Phone::parse(one).canonical() == Phone::parse(other).canonical()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(number: u8) -> PersonId {
        PersonId([number; 16])
    }

    fn record(number: u8, kept: u8, other: u8) -> SamePerson {
        let from_other = BTreeSet::new();
        SamePerson { id: MergeId([number; 16]), kept: id(kept), other: id(other), from_other, ended: false }
    }

    fn sheet(number: u8, given: &str, hamlet: &str, state: PersonState) -> Person {
        let mut person = Person::empty(id(number));
        person.given_name = given.into();
        person.address.hamlet = hamlet.into();
        person.state = state;
        person
    }

    #[test]
    fn two_records_that_share_a_sheet_make_one_person() {
        let unions = Unions::of(&[record(1, 1, 2), record(2, 2, 3)]);
        assert_eq!(unions.sheets_of(id(3)), [id(1), id(2), id(3)]);
        assert_eq!(unions.shown_as(id(2)), id(1));
        let ended = SamePerson { ended: true, ..record(1, 1, 2) };
        let unions = Unions::of(&[ended, record(2, 2, 3)]);
        assert_eq!((unions.sheets_of(id(1)), unions.sheets_of(id(3))), (vec![id(1)], vec![id(2), id(3)]));
    }

    #[test]
    fn words_are_those_kept_then_those_there_are_and_the_strictest_state_holds() {
        let one = sheet(1, "Odette", "", PersonState::Followed);
        let other = sheet(2, "Odete", "Les Gâts", PersonState::Refuses);
        let mut said = record(1, 1, 2);
        let both = united(id(1), &[&one, &other], &[&said]);
        assert_eq!((both.given_name.as_str(), both.address.hamlet.as_str()), ("Odette", "Les Gâts"));
        assert_eq!(both.state, PersonState::Refuses);
        said.from_other.insert(SheetField::Text(PersonField::GivenName));
        assert_eq!(united(id(1), &[&one, &other], &[&said]).given_name, "Odete");
    }

    proptest! {
        /// In whatever order records come, and however often, they make the same people; each sheet is in one of them.
        #[test]
        fn unions_do_not_depend_on_the_order(
            pairs in proptest::collection::vec((1..9u8, 1..9u8, any::<bool>()), 0..10), turn in 0..10usize,
        ) {
            let records: Vec<_> = pairs.iter().enumerate().filter(|(_, (one, other, _))| one != other)
                .map(|(at, (kept, other, ended))| SamePerson { ended: *ended, ..record(at as u8, *kept, *other) })
                .collect();
            let unions = Unions::of(&records);
            let mut turned = [records.clone(), records.clone()].concat();
            turned.rotate_left(turn.min(records.len()));
            turned.reverse();
            prop_assert_eq!(&Unions::of(&turned), &unions);
            for record in records.iter().filter(|record| !record.ended) {
                prop_assert_eq!(unions.shown_as(record.kept), unions.shown_as(record.other));
            }
            for number in 1..9 {
                let sheets = unions.sheets_of(id(number));
                prop_assert!(sheets.contains(&id(number)));
                prop_assert_eq!(sheets[0], unions.shown_as(id(number)));
                for sheet in &sheets {
                    prop_assert_eq!(&unions.sheets_of(*sheet), &sheets);
                }
            }
        }
    }
}
