//! Everyone, and the directory, as lists sorted the French way.

use std::collections::HashMap;

use chrono::NaiveDate;
use maillon_shared::api::responses::{EntryFile, EntryRow, PersonRow};
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::ids::{EntryId, PersonId};
use maillon_shared::domain::person::{Person, PersonState, Reminders};
use maillon_shared::text::sort::sort_key_of;

use super::{Content, Views};

/// When someone was last met, and is next due.
#[derive(Clone, Copy, Default)]
pub(super) struct Rhythm {
    pub(super) last_contact: Option<NaiveDate>,
    pub(super) next_due: Option<NaiveDate>,
}

impl Views {
    /// When each person was last met and is next due, in one pass.
    pub(super) fn rhythms(&self) -> HashMap<PersonId, Rhythm> {
        let mut rhythms: HashMap<PersonId, Rhythm> = HashMap::new();
        for cached in self.documents.values().filter(|cached| !cached.undone) {
            let Some(person) = cached.header.subject.map(|id| self.shown_as(PersonId(id))) else { continue };
            if let Content::CallCard(card) = &cached.content {
                let rhythm = rhythms.entry(person).or_default();
                rhythm.last_contact = rhythm.last_contact.max(card.last_reached());
                continue;
            }
            let rhythm = match &cached.content {
                Content::Journal { .. } | Content::HealthProject(_) | Content::SharedMeeting(_) => {
                    rhythms.entry(person).or_default()
                }
                _ => continue,
            };
            if let Content::Journal { encounters, .. } = &cached.content {
                let last =
                    encounters.iter().filter(|encounter| encounter.is_contact()).map(|encounter| encounter.day).max();
                rhythm.last_contact = rhythm.last_contact.max(last);
            }
            if let Content::SharedMeeting(record) = &cached.content {
                rhythm.last_contact = rhythm.last_contact.max(record.meeting.last_contact());
            }
            let open = self.follow_ups_in(cached).filter(|follow_up| follow_up.is_open());
            let due = open.map(|follow_up| follow_up.due).min();
            rhythm.next_due = match (rhythm.next_due, due) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
        rhythms
    }

    /// Everyone, by family name.
    pub fn people_rows(&self) -> Vec<PersonRow> {
        let rhythms = self.rhythms();
        let mut people: Vec<&Person> = self.people().collect();
        people.sort_by_cached_key(|person| (person_sort_key(person), person.id));
        people.into_iter().map(|person| row(person, rhythms.get(&person.id).copied().unwrap_or_default())).collect()
    }

    /// The directory, by name.
    pub fn entry_rows(&self) -> Vec<EntryRow> {
        self.directory_entries().into_iter().map(entry_row).collect()
    }

    /// One entry and what goes with it; conflicts are the journal's to tell.
    pub fn entry_file(&self, id: EntryId, today: NaiveDate) -> Option<EntryFile> {
        let entry = self.entry(id)?.clone();
        let works_at_name =
            entry.works_at.and_then(|id| self.entry(id)).map(DirectoryEntry::display_name).unwrap_or_default();
        let mut members: Vec<_> = self.entries().filter(|member| member.works_at == Some(id)).collect();
        members.sort_by_cached_key(|member| entry_sort_key(member));
        let members = members.into_iter().map(entry_row).collect();
        Some(EntryFile {
            doubts: self.doubts_of(&entry, today),
            absences: entry.absences.iter().map(|absence| self.absence_shown(absence, today)).collect(),
            last_contact: self.last_contact_with(id),
            entry,
            works_at_name,
            members,
            conflicts: Vec::new(),
        })
    }
}

fn row(person: &Person, rhythm: Rhythm) -> PersonRow {
    PersonRow {
        id: person.id,
        name: person.display_name(),
        family_name: person.family_name.clone(),
        place: person.address.short().to_owned(),
        birth: person.birth,
        state: person.state.clone(),
        last_contact: rhythm.last_contact,
        next_due: rhythm.next_due.and_then(|due| reminded_from(&person.state, due)),
    }
}

/// The first day on which something due that day is reminded of; none while the state cancels it.
fn reminded_from(state: &PersonState, due: NaiveDate) -> Option<NaiveDate> {
    match state.reminders_on(due) {
        Reminders::Show => Some(due),
        Reminders::Wait(until) => Some(until),
        Reminders::Cancelled(_) => None,
    }
}

pub(super) fn entry_row(entry: &DirectoryEntry) -> EntryRow {
    EntryRow {
        id: entry.id,
        kind: entry.kind.clone(),
        name: entry.display_name(),
        role: entry.role.clone(),
        place: entry.address.short().to_owned(),
        phone: entry.phones.first().map(|phone| phone.number.clone()).unwrap_or_default(),
        to_verify: !entry.to_verify.is_empty(),
    }
}

fn person_sort_key(person: &Person) -> String {
    match person.family_name.is_empty() {
        false => sort_key_of(&[&person.family_name, &person.given_name]),
        true => sort_key_of(&[&person.display_name()]),
    }
}

pub(super) fn entry_sort_key(entry: &DirectoryEntry) -> (String, EntryId) {
    (sort_key_of(&[&entry.name, &entry.given_name]), entry.id)
}
