//! People of several sheets, shown as one; and sheets that look alike.
//!
//! The sheets stay what they are: what is shown is made from them again at each change, so that two are two again as
//! soon as the record that said they were one has ended.

use maillon_shared::api::responses::{MergedSheets, SimilarPerson};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::ids::{DocId, MergeId, PersonId};
use maillon_shared::domain::likeness::likeness;
use maillon_shared::domain::person::{Person, PersonChange};
use maillon_shared::domain::same_person::{SamePerson, SheetField, Unions, same_number, source, united};
use maillon_shared::text::fold::same;

use super::{Cached, Content, Views};

/// How many sheets alike are told: more help nobody.
const MOST_ALIKE: usize = 5;

impl Views {
    /// Takes up what a document says of who is one: called with each that changed, or went.
    pub(super) fn reunite(&mut self, id: DocId) {
        let said = match self.documents.get(&id) {
            Some(Cached { content: Content::SamePerson(record), undone: false, .. }) => Some((**record).clone()),
            _ => None,
        };
        let sheet = PersonId(id.0);
        let changed = match said {
            Some(record) => self.merges.insert(id, record.clone()).as_ref() != Some(&record),
            None => self.merges.remove(&id).is_some(),
        };
        if changed {
            self.unions = Unions::of(self.merges.values());
            self.united = self.unions.shown().filter_map(|first| Some((first, self.made_one(first)?))).collect();
        } else if self.unions.is_one_of_several(sheet) {
            let first = self.unions.shown_as(sheet);
            match self.made_one(first) {
                Some(person) => self.united.insert(first, person),
                None => self.united.remove(&first),
            };
        }
    }

    fn made_one(&self, first: PersonId) -> Option<Person> {
        let (sheets, records) = self.sheets_and_records(first);
        (!sheets.is_empty()).then(|| united(first, &sheets, &records))
    }

    fn sheets_and_records(&self, id: PersonId) -> (Vec<&Person>, Vec<&SamePerson>) {
        let members = self.unions.sheets_of(id);
        let records = self.merges.values().filter(|record| !record.ended && members.contains(&record.kept)).collect();
        (members.iter().filter_map(|id| self.sheet(*id)).collect(), records)
    }

    /// One sheet as it is written, whoever it is shown with.
    pub fn sheet(&self, id: PersonId) -> Option<&Person> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::Person(person), undone: false, .. }) => Some(person),
            _ => None,
        }
    }

    /// The id under which a person is shown.
    pub fn shown_as(&self, id: PersonId) -> PersonId {
        self.unions.shown_as(id)
    }

    /// Every sheet of a person, the one whose words are shown first.
    pub fn sheets_of(&self, id: PersonId) -> Vec<PersonId> {
        self.unions.sheets_of(id)
    }

    /// A follow-up under the id its person is shown as.
    pub fn follow_up_shown(&self, follow_up: &FollowUp) -> FollowUp {
        let owner = self.owner_name(follow_up);
        FollowUp { person: follow_up.person.map(|id| self.shown_as(id)), owner, ..follow_up.clone() }
    }

    /// An encounter under the id its person is shown as.
    pub fn encounter_shown(&self, encounter: &Encounter) -> Encounter {
        Encounter { person: encounter.person.map(|id| self.shown_as(id)), ..encounter.clone() }
    }

    /// The record that says that two sheets are of one person.
    pub fn merge(&self, id: MergeId) -> Option<&SamePerson> {
        self.merges.get(&id.into()).filter(|record| !record.ended)
    }

    /// Every record that joins the same two sheets as this one: two devices may have said it at once.
    pub fn merges_of_the_same(&self, record: &SamePerson) -> Vec<MergeId> {
        let pair = |record: &SamePerson| (record.kept.min(record.other), record.kept.max(record.other));
        let same = self.merges.values().filter(|other| !other.ended && pair(other) == pair(record));
        let mut ids: Vec<_> = same.map(|record| record.id).collect();
        ids.sort();
        ids
    }

    /// Which sheets a person is made of, for a screen to offer to part them.
    pub(super) fn merged_sheets(&self, id: PersonId) -> Vec<MergedSheets> {
        let name = |id| self.sheet(id).map(Person::display_name).unwrap_or_default();
        let mut records = self.sheets_and_records(id).1;
        records.sort_by_key(|record| record.id);
        if !self.unions.is_one_of_several(id) {
            records.clear();
        }
        let row = |record: &SamePerson| MergedSheets {
            merge: record.id,
            kept: record.kept,
            kept_name: name(record.kept),
            other: record.other,
            other_name: name(record.other),
        };
        records.into_iter().map(row).collect()
    }

    /// On which sheets a change is to be written, so that the person shown becomes as it says.
    pub fn writes_of(&self, id: PersonId, change: PersonChange) -> Vec<(PersonId, PersonChange)> {
        if !self.unions.is_one_of_several(id) {
            return vec![(id, change)];
        }
        let (sheets, records) = self.sheets_and_records(id);
        let Some(first) = sheets.first().map(|sheet| sheet.id) else { return vec![(id, change)] };
        let of = |field| source(field, &sheets, &records).map_or(first, |sheet| sheet.id);
        let has_phone = |line| sheets.iter().find(|sheet| sheet.phones.iter().any(|phone| phone.id == line));
        let has_related = |line| sheets.iter().find(|sheet| sheet.related.iter().any(|related| related.id == line));
        match &change {
            PersonChange::Text(field, text) if text.is_empty() => {
                // What is cleared is cleared on each: another sheet's words must not come up in its place.
                let said = sheets.iter().filter(|sheet| !sheet.text(*field).is_empty());
                said.map(|sheet| (sheet.id, change.clone())).collect()
            }
            PersonChange::Birth(None) => sheets.iter().map(|sheet| (sheet.id, change.clone())).collect(),
            PersonChange::Text(field, _) => vec![(of(SheetField::Text(*field)), change)],
            PersonChange::Birth(Some(_)) => vec![(of(SheetField::Birth), change)],
            // The strictest holds: a state that is to hold is written on each.
            // Cleared or chosen, it is so on each: another sheet's must not come up in its place.
            PersonChange::RegisterEntry(_) => sheets.iter().map(|sheet| (sheet.id, change.clone())).collect(),
            PersonChange::Home(_) => sheets.iter().map(|sheet| (sheet.id, change.clone())).collect(),
            PersonChange::State(_) => sheets.iter().map(|sheet| (sheet.id, change.clone())).collect(),
            PersonChange::Phone(line, ..) => vec![(has_phone(*line).map_or(first, |sheet| sheet.id), change)],
            PersonChange::Related(line, ..) | PersonChange::CallFirst(line, _) => {
                vec![(has_related(*line).map_or(first, |sheet| sheet.id), change)]
            }
            PersonChange::RemovePhone(line) => {
                let shown = sheets.iter().flat_map(|sheet| &sheet.phones).find(|phone| phone.id == *line);
                let lines = sheets.iter().flat_map(|sheet| sheet.phones.iter().map(|phone| (sheet.id, phone)));
                let alike = lines.filter(|(_, phone)| shown.is_some_and(|s| same_number(&s.number, &phone.number)));
                alike.map(|(sheet, phone)| (sheet, PersonChange::RemovePhone(phone.id))).collect()
            }
            PersonChange::RemoveRelated(line) => {
                let shown = sheets.iter().flat_map(|sheet| &sheet.related).find(|related| related.id == *line);
                let lines = sheets.iter().flat_map(|sheet| sheet.related.iter().map(|related| (sheet.id, related)));
                let alike = lines.filter(|(_, related)| {
                    shown.is_some_and(|s| same(&s.name, &related.name) && same_number(&s.phone, &related.phone))
                });
                alike.map(|(sheet, related)| (sheet, PersonChange::RemoveRelated(related.id))).collect()
            }
        }
    }

    /// Who is likely the person that a form describes, the likeliest first.
    pub fn similar_people(&self, form: &Person) -> Vec<SimilarPerson> {
        let asked = self.shown_as(form.id);
        let mut alike: Vec<_> = self
            .people()
            .filter(|person| person.id != asked)
            .filter_map(|person| likeness(form, person).map(|(weight, why)| (weight, person.id, why)))
            .collect();
        alike.sort_by_key(|(weight, id, _)| (std::cmp::Reverse(*weight), *id));
        alike.truncate(MOST_ALIKE);
        let mut rows: Vec<_> = if alike.is_empty() { Vec::new() } else { self.people_rows() };
        let mut found = Vec::new();
        for (_, id, why) in alike {
            if let Some(at) = rows.iter().position(|row| row.id == id) {
                found.push(SimilarPerson { row: rows.swap_remove(at), why });
            }
        }
        found
    }
}
