//! The legal register: its entries, who may open it, what was given of it, and what is due.
//!
//! Nothing here knows who is accompanied but [`Views::sheet_of_entry`], which is the notebook's: a device that holds the
//! register alone has no sheet to find.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maillon_shared::api::register::{DueRegisterEntry, RegisterDue, RegisterList, RegisterLog, RegisterRow};
use maillon_shared::domain::campaign::CallCard;
use maillon_shared::domain::ids::{DocId, ExtractId, PersonId, RegisterAgentId, RegisterEntryId};
use maillon_shared::domain::person::{Person, RelatedPerson};
use maillon_shared::domain::register::{PersonToNotify, RegisterEntry};
use maillon_shared::domain::register_log::{RegisterAgent, RegisterExtract};
use maillon_shared::domain::retention::Kept;
use maillon_shared::text::sort::sort_key_of;

use super::{Cached, Content, Views};
use crate::journal::Scope;

impl Views {
    /// An entry of the register, struck off or not; none where there is none, or it was undone.
    pub fn register_entry(&self, id: RegisterEntryId) -> Option<&RegisterEntry> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::RegisterEntry(entry), undone: false, .. }) => Some(entry),
            _ => None,
        }
    }

    fn every_register_entry(&self) -> impl Iterator<Item = &RegisterEntry> {
        self.documents.values().filter(|cached| !cached.undone).filter_map(|cached| match &cached.content {
            Content::RegisterEntry(entry) => Some(&**entry),
            _ => None,
        })
    }

    /// Every entry, struck off or not, by name.
    pub fn register_entries(&self) -> Vec<&RegisterEntry> {
        let mut entries: Vec<_> = self.every_register_entry().collect();
        entries.sort_by_cached_key(|entry| (sort_key_of(&[&entry.family_name, &entry.given_name]), entry.id));
        entries
    }

    /// Those who are in the register today, by name: whom a campaign calls and an extract holds.
    pub fn registered(&self) -> Vec<&RegisterEntry> {
        let mut entries = self.register_entries();
        entries.retain(|entry| entry.is_registered());
        entries
    }

    /// The register as a list.
    pub fn register_list(&self, today: NaiveDate) -> RegisterList {
        RegisterList {
            day: today,
            rows: self.register_entries().into_iter().map(register_row).collect(),
            due: self.register_due(today),
        }
    }

    /// What is to be acknowledged, in numbers: *Aujourd'hui* names nobody of the register.
    pub fn register_due(&self, today: NaiveDate) -> RegisterDue {
        let days: Vec<_> = self.every_register_entry().filter_map(RegisterEntry::acknowledgement_due).collect();
        RegisterDue {
            count: days.len() as u32,
            late: days.iter().filter(|day| **day < today).count() as u32,
            first: days.iter().min().copied(),
        }
    }

    /// The entries whose time is over, the longest first.
    pub fn register_entries_due(&self, today: NaiveDate) -> Vec<DueRegisterEntry> {
        let (settings, _) = self.settings();
        let ended = self.every_register_entry().filter_map(|entry| Some((entry, entry.state.ended_on()?)));
        let mut due: Vec<_> = ended
            .filter(|(_, ended)| Kept::Register.is_due(*ended, &settings, today))
            .map(|(entry, ended)| DueRegisterEntry {
                id: entry.id,
                name: entry.display_name(),
                ended,
                due_on: Kept::Register.due_on(ended, &settings),
            })
            .collect();
        due.sort_by_key(|entry| (entry.due_on, entry.id));
        due
    }

    /// Every document about someone of the register: the entry, and their cards in campaigns.
    pub fn documents_of_entry(&self, id: RegisterEntryId) -> BTreeSet<DocId> {
        let cards = self.about.get(&id.0).into_iter().flatten().copied();
        cards.chain([id.into()]).collect()
    }

    /// The sheet on which someone said that this entry is of that person: known on the notebook's side only.
    pub fn sheet_of_entry(&self, id: RegisterEntryId) -> Option<&Person> {
        let mut linked: Vec<_> = self.people().filter(|person| person.register_entry == Some(id)).collect();
        linked.sort_by_key(|person| person.id);
        linked.first().copied()
    }

    /// An entry as a sheet would say it, to look for who it may be of.
    pub fn entry_as_person(entry: &RegisterEntry) -> Person {
        Person {
            family_name: entry.family_name.clone(),
            given_name: entry.given_name.clone(),
            birth: entry.birth,
            address: entry.address.clone(),
            phones: entry.phones.clone(),
            related: entry.to_notify.iter().map(as_related).collect(),
            ..Person::empty(PersonId(entry.id.0))
        }
    }

    /// Who may open the register, and what was given of it, the last first.
    pub fn register_log(&self) -> RegisterLog {
        let (mut agents, mut extracts) = (Vec::new(), Vec::new());
        for cached in self.documents.values() {
            if let Content::RegisterLog { agents: some, extracts: others } = &cached.content {
                agents.extend(some.iter().cloned());
                extracts.extend(others.iter().cloned());
            }
        }
        agents.sort_by_key(|agent: &RegisterAgent| (agent.ended, std::cmp::Reverse(agent.designated), agent.id));
        extracts.sort_by_key(|extract: &RegisterExtract| std::cmp::Reverse((extract.day, extract.id)));
        RegisterLog { agents, extracts }
    }

    /// The agents of one log.
    pub fn agents_in(&self, log: DocId) -> Vec<RegisterAgent> {
        match self.documents.get(&log).map(|cached| &cached.content) {
            Some(Content::RegisterLog { agents, .. }) => agents.clone(),
            _ => Vec::new(),
        }
    }

    /// The documents of the register's scope, for whoever the mayor designated: entries, struck off or not, the log,
    /// campaigns made from it, and the cards of those that go on.
    pub fn documents_of_the_register(&self) -> Vec<DocId> {
        let goes_on =
            |card: &CallCard| self.campaign(card.campaign).is_some_and(|record| record.campaign.closed_on.is_none());
        let is_given = |cached: &Cached| match &cached.content {
            Content::RegisterEntry(_) | Content::RegisterLog { .. } | Content::Campaign(_) => true,
            Content::CallCard(card) => goes_on(card),
            _ => false,
        };
        let of_the_register = self
            .documents
            .iter()
            .filter(|(_, cached)| cached.header.scope == Scope::Register && !cached.undone && is_given(cached));
        let mut ids: Vec<_> = of_the_register.map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids
    }

    /// A designated agent, and the document they are in.
    pub fn register_agent(&self, id: RegisterAgentId) -> Option<(&RegisterAgent, DocId)> {
        self.documents.iter().find_map(|(document, cached)| match &cached.content {
            Content::RegisterLog { agents, .. } => {
                agents.iter().find(|agent| agent.id == id).map(|agent| (agent, *document))
            }
            _ => None,
        })
    }

    /// That an extract was asked for.
    pub fn extract(&self, id: ExtractId) -> Option<&RegisterExtract> {
        self.documents.values().find_map(|cached| match &cached.content {
            Content::RegisterLog { extracts, .. } => extracts.iter().find(|extract| extract.id == id),
            _ => None,
        })
    }
}

fn as_related(other: &PersonToNotify) -> RelatedPerson {
    RelatedPerson {
        name: other.name.clone(),
        relation: other.relation.clone(),
        phone: other.phone.clone(),
        ..RelatedPerson::empty(other.id)
    }
}

fn register_row(entry: &RegisterEntry) -> RegisterRow {
    RegisterRow {
        id: entry.id,
        name: entry.display_name(),
        family_name: entry.family_name.clone(),
        place: entry.address.short().to_owned(),
        hamlet: entry.address.hamlet.clone(),
        birth: entry.birth,
        phone: entry.phones.first().map(|phone| phone.number.clone()).unwrap_or_default(),
        state: entry.state.clone(),
        acknowledge_by: entry.acknowledgement_due(),
    }
}
