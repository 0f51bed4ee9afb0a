//! Those who were reported and have no sheet yet: shown wherever one person is, listed with nobody.

use chrono::NaiveDate;
use maillon_shared::api::triage::ProvisionalRow;
use maillon_shared::domain::ids::{DocId, PersonId, ProvisionalId};
use maillon_shared::domain::provisional::{ErasedProvisional, Provisional};

use super::{Cached, Content, Views};

impl Views {
    /// Takes up who was reported under that id: called with each record that changed, or went.
    pub(super) fn report_again(&mut self, person: PersonId) {
        let about = self.about.get(&person.0).into_iter().flatten().filter_map(|id| self.documents.get(id));
        let records = about.filter(|cached| !cached.undone).filter_map(|cached| match &cached.content {
            Content::Provisional(record) => Some((record.id, record.as_person())),
            _ => None,
        });
        match records.min_by_key(|(id, _)| *id) {
            Some(record) => drop(self.reported.insert(person, record)),
            None => drop(self.reported.remove(&person)),
        }
    }

    /// Whether someone was reported and has no sheet: neither listed, nor shared, nor counted by name.
    pub fn is_provisional(&self, id: PersonId) -> bool {
        self.reported.contains_key(&id) && self.known_person(id).is_none()
    }

    /// The record of someone who has no sheet.
    pub fn provisional(&self, id: PersonId) -> Option<&Provisional> {
        let (record, _) = self.reported.get(&id).filter(|_| self.is_provisional(id))?;
        self.provisional_record(*record)
    }

    /// A record, whether the person has a sheet by now or not.
    pub fn provisional_record(&self, id: ProvisionalId) -> Option<&Provisional> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::Provisional(record), undone: false, .. }) => Some(record),
            _ => None,
        }
    }

    /// The records of those who have no sheet, the nearest end first.
    pub fn provisional_rows(&self, today: NaiveDate) -> Vec<ProvisionalRow> {
        let records = self.reported.keys().filter_map(|person| self.provisional(*person));
        let mut rows: Vec<_> = records.map(|record| provisional_row(record, today)).collect();
        rows.sort_by_key(|row| (row.days_left, row.record.id));
        rows
    }

    /// The records that were erased, as they are counted.
    pub fn erased_provisionals(&self) -> Vec<ErasedProvisional> {
        let mut erased = Vec::new();
        for cached in self.documents.values().filter(|cached| !cached.undone) {
            if let Content::ProvisionalCounts(counted) = &cached.content {
                erased.extend(counted.iter().cloned());
            }
        }
        erased.sort_by(|one, other| (&one.month, &one.source).cmp(&(&other.month, &other.source)));
        erased
    }

    /// Whether someone about whom something else is written would be nowhere, were that document undone with the others
    /// of its act.
    pub fn would_hide_someone(&self, document: DocId, born: &[DocId]) -> bool {
        let person = match self.documents.get(&document).map(|cached| &cached.content) {
            Some(Content::Person(person)) => person.id,
            Some(Content::Provisional(record)) if self.is_provisional(record.person) => record.person,
            _ => return false,
        };
        if self.unions.is_one_of_several(person) {
            return true;
        }
        // Whoever was reported is shown again as they were.
        if self.reported.contains_key(&person) && document == DocId::from(person) {
            return false;
        }
        self.about(person).any(|cached| !born.contains(&cached.header.id) && !cached.content.is_blank())
    }
}

/// A record in a list.
pub(super) fn provisional_row(record: &Provisional, today: NaiveDate) -> ProvisionalRow {
    ProvisionalRow { days_left: record.days_left(today), record: record.clone() }
}
