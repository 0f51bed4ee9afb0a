//! Views: what screens read. Present values of every document, in memory while the notebook is open.
//!
//! They are read from a sealed cache at unlocking and kept up with each act; documents themselves open one by one, to
//! write, to merge, to tell their history. A view never fails: what is odd is counted. It writes nothing, holds no key,
//! and knows no store.

pub mod cache;

mod addresses;
mod alerts;
mod applications;
mod campaigns;
mod charters;
mod clues;
mod collective;
mod diagnoses;
mod events;
mod exchanged;
mod groups;
mod hits;
mod households;
mod information;
mod liaison;
mod lists;
mod means;
mod meetings;
mod neighbours;
mod outreach;
mod person;
mod places;
mod procedures;
mod programmes;
pub mod projects;
mod provisional;
mod reception;
mod register;
mod retention;
mod roadmaps;
pub mod rounds;
mod search;
mod stays;
pub mod summary;
mod surveys;
pub mod today;
mod travelling_sheets;
mod triage;
mod unanswered;
mod unions;
mod who_does_what;
mod words_in;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use maillon_shared::domain::consent::{ConsentEntry, EmergencyDisclosure};
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::ids::{
    AssessmentId, CampaignId, ConsentId, DisclosureId, DocId, EncounterId, EntryId, FollowUpId, PersonId, ProvisionalId,
};
use maillon_shared::domain::isolation::IsolationAssessment;
use maillon_shared::domain::lists::Lists;
use maillon_shared::domain::person::Person;
use maillon_shared::domain::same_person::{SamePerson, Unions};
use maillon_shared::domain::settings::Settings;
use maillon_shared::text::language::Language;

use crate::journal::{Header, Kind};
pub use cache::{Cached, Content};
use search::SearchIndex;

/// Present values of every document.
#[derive(Default)]
pub struct Views {
    documents: HashMap<DocId, Cached>,
    /// The documents about a person, the sheet apart.
    about: HashMap<[u8; 16], Vec<DocId>>,
    encounters: HashMap<EncounterId, DocId>,
    follow_ups: HashMap<FollowUpId, DocId>,
    cards: HashMap<CampaignId, BTreeSet<DocId>>,
    /// Which sheets were said to be of one person, whether it ended or not.
    merges: HashMap<DocId, SamePerson>,
    unions: Unions,
    /// People of several sheets, as they are shown.
    united: HashMap<PersonId, Person>,
    /// The lists in both languages, made when they are first asked for, until the settings change.
    words: OnceCell<[Lists; 2]>,
    /// Those who were reported, as they are shown while they have no sheet.
    reported: HashMap<PersonId, (ProvisionalId, Person)>,
    /// Made at the first search, and kept up from then on.
    index: Option<SearchIndex>,
    /// Documents that could not be read at all.
    pub unreadable: u32,
}

impl Views {
    /// Puts a document's present values, over those it had.
    pub fn apply(&mut self, id: DocId, cached: Cached) {
        if let Some(before) = self.documents.remove(&id) {
            self.forget_places(id, &before);
        }
        if let Some(subject) = cached.header.subject {
            let about = self.about.entry(subject).or_default();
            if !about.contains(&id) {
                about.push(id);
            }
        }
        if let Content::Journal { encounters, follow_ups, .. } = &cached.content {
            self.encounters.extend(encounters.iter().map(|encounter| (encounter.id, id)));
            self.follow_ups.extend(follow_ups.iter().map(|follow_up| (follow_up.id, id)));
        }
        if let Content::HealthProject(record) = &cached.content {
            self.follow_ups.extend(record.follow_ups().map(|follow_up| (follow_up.id, id)));
        }
        if let Content::SharedMeeting(record) = &cached.content {
            self.follow_ups.extend(record.follow_ups.iter().map(|follow_up| (follow_up.id, id)));
        }
        if let Content::CallCard(card) = &cached.content {
            self.cards.entry(card.campaign).or_default().insert(id);
        }
        if matches!(cached.content, Content::Settings(_)) && self.words.take().is_some() {
            // What records are found by has changed with the words of the lists.
            self.index = None;
        }
        let subject = cached.header.subject.filter(|_| matches!(cached.content, Content::Provisional(_)));
        self.documents.insert(id, cached);
        self.reunite(id);
        if let Some(subject) = subject {
            self.report_again(PersonId(subject));
        }
        if let Some(mut index) = self.index.take() {
            index.refresh(self, id);
            self.index = Some(index);
        }
    }

    fn forget_places(&mut self, id: DocId, before: &Cached) {
        if let Content::CallCard(card) = &before.content
            && let Some(cards) = self.cards.get_mut(&card.campaign)
        {
            cards.remove(&id);
        }
        if let Content::HealthProject(record) = &before.content {
            for follow_up in record.follow_ups() {
                if self.follow_ups.get(&follow_up.id) == Some(&id) {
                    self.follow_ups.remove(&follow_up.id);
                }
            }
        }
        if let Content::SharedMeeting(record) = &before.content {
            for follow_up in &record.follow_ups {
                if self.follow_ups.get(&follow_up.id) == Some(&id) {
                    self.follow_ups.remove(&follow_up.id);
                }
            }
        }
        if let Content::Journal { encounters, follow_ups, .. } = &before.content {
            for encounter in encounters {
                if self.encounters.get(&encounter.id) == Some(&id) {
                    self.encounters.remove(&encounter.id);
                }
            }
            for follow_up in follow_ups {
                if self.follow_ups.get(&follow_up.id) == Some(&id) {
                    self.follow_ups.remove(&follow_up.id);
                }
            }
        }
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// One document's present values.
    pub fn document(&self, id: DocId) -> Option<&Cached> {
        self.documents.get(&id)
    }

    /// Every document's present values, in no order; undone ones too.
    pub fn every(&self) -> impl Iterator<Item = (DocId, &Cached)> {
        self.documents.iter().map(|(id, cached)| (*id, cached))
    }

    /// A journal that can be written in: of that kind, about that person, of that period.
    pub fn journal(&self, kind: &Kind, subject: Option<[u8; 16]>, period: i32) -> Option<DocId> {
        let fits = |header: &Header| {
            header.kind == *kind && header.subject == subject && header.period == period && header.is_writable()
        };
        match subject {
            Some(subject) => {
                let about = self.about.get(&subject)?;
                about.iter().copied().filter(|id| self.documents.get(id).is_some_and(|d| fits(&d.header))).min()
            }
            None => self.documents.iter().filter(|(_, cached)| fits(&cached.header)).map(|(id, _)| *id).min(),
        }
    }

    /// A person as they are shown, of one sheet or several; none where there is none, or it was undone. Someone reported
    /// who has no sheet yet is shown as they were reported, wherever one is shown, and is in no list of people.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.known_person(id).or_else(|| self.reported.get(&id).map(|(_, person)| person))
    }

    /// A person who has a sheet.
    fn known_person(&self, id: PersonId) -> Option<&Person> {
        self.united.get(&self.shown_as(id)).or_else(|| self.sheet(id))
    }

    /// An entry of the directory.
    pub fn entry(&self, id: EntryId) -> Option<&DirectoryEntry> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::Entry(entry), undone: false, .. }) => Some(entry),
            _ => None,
        }
    }

    /// An encounter and the document it is in.
    pub fn encounter(&self, id: EncounterId) -> Option<(&Encounter, DocId)> {
        let document = self.encounters.get(&id)?;
        match &self.documents.get(document)?.content {
            Content::Journal { encounters, .. } => {
                encounters.iter().find(|encounter| encounter.id == id).map(|encounter| (encounter, *document))
            }
            _ => None,
        }
    }

    /// A follow-up and the document it is in.
    pub fn follow_up(&self, id: FollowUpId) -> Option<(&FollowUp, DocId)> {
        let document = self.follow_ups.get(&id)?;
        match &self.documents.get(document)?.content {
            Content::Journal { follow_ups, .. } => {
                follow_ups.iter().find(|follow_up| follow_up.id == id).map(|follow_up| (follow_up, *document))
            }
            Content::HealthProject(record) => {
                record.follow_ups().find(|follow_up| follow_up.id == id).map(|follow_up| (follow_up, *document))
            }
            Content::SharedMeeting(record) => {
                record.follow_ups.iter().find(|follow_up| follow_up.id == id).map(|follow_up| (follow_up, *document))
            }
            _ => None,
        }
    }

    /// The unshared note of an encounter, and the document it is in.
    pub fn unshared_note(&self, encounter: &Encounter) -> Option<(&str, DocId)> {
        let of = |id: &DocId, cached: &'_ Cached| match &cached.content {
            Content::Private { notes } => notes.iter().position(|(of, _)| *of == encounter.id).map(|at| (*id, at)),
            _ => None,
        };
        let (id, at) = match encounter.person {
            Some(person) => {
                let sheets = self.sheets_of(person);
                let mut about = sheets.iter().filter_map(|sheet| self.about.get(&sheet.0)).flatten();
                about.find_map(|id| of(id, self.documents.get(id)?))?
            }
            None => self.documents.iter().find_map(|(id, cached)| of(id, cached))?,
        };
        match &self.documents.get(&id)?.content {
            Content::Private { notes } => Some((notes.get(at)?.1.as_str(), id)),
            _ => None,
        }
    }

    /// A look at someone's isolation, and the document it is in.
    pub fn assessment(&self, id: AssessmentId) -> Option<(&IsolationAssessment, DocId)> {
        self.documents.iter().filter(|(_, cached)| !cached.undone).find_map(|(document, cached)| {
            match &cached.content {
                Content::Journal { assessments, .. } => {
                    assessments.iter().find(|assessment| assessment.id == id).map(|assessment| (assessment, *document))
                }
                _ => None,
            }
        })
    }

    /// The four entries about a person, in no order: what is asked before anything is shared.
    pub fn consents(&self, person: PersonId) -> Vec<ConsentEntry> {
        let entries = self.about(person).filter_map(|cached| match &cached.content {
            Content::Consents { entries, .. } => Some(entries),
            _ => None,
        });
        entries.flatten().cloned().collect()
    }

    /// One of the four entries, and the document it is in.
    pub fn consent(&self, id: ConsentId) -> Option<(&ConsentEntry, DocId)> {
        self.documents.iter().filter(|(_, cached)| !cached.undone).find_map(|(document, cached)| {
            match &cached.content {
                Content::Consents { entries, .. } => {
                    entries.iter().find(|entry| entry.id == id).map(|entry| (entry, *document))
                }
                _ => None,
            }
        })
    }

    /// What was said in an emergency.
    pub fn disclosure(&self, id: DisclosureId) -> Option<&EmergencyDisclosure> {
        self.documents.values().filter(|cached| !cached.undone).find_map(|cached| match &cached.content {
            Content::Consents { disclosures, .. } => disclosures.iter().find(|disclosure| disclosure.id == id),
            _ => None,
        })
    }

    /// The settings, and the document they are in. Where devices began with settings of their own, those that stand are
    /// of the device that let the others in; what any of them called an item of a list stays known.
    pub fn settings(&self) -> (Settings, Option<DocId>) {
        let mut found: Vec<_> = self
            .documents
            .iter()
            .filter_map(|(id, cached)| match &cached.content {
                Content::Settings(settings) => Some((cached.undone, *id, &**settings)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(ended, id, _)| (*ended, *id));
        let Some(((_, id, first), others)) = found.split_first() else { return (Settings::default(), None) };
        let mut settings = (*first).clone();
        others.iter().for_each(|(_, _, other)| settings.lists.take_in(&other.lists));
        (settings, Some(*id))
    }

    /// The lists as the coordinator made them, in a language.
    pub fn lists_in(&self, language: Language) -> &Lists {
        let [french, english] = self.words.get_or_init(|| {
            let edits = self.settings().0.lists;
            Language::ALL.map(|language| Lists::of(language, &edits))
        });
        match language {
            Language::Fr => french,
            Language::En => english,
        }
    }

    fn about(&self, person: PersonId) -> impl Iterator<Item = &Cached> {
        let sheets = self.sheets_of(person).into_iter();
        let about = sheets.filter_map(|sheet| self.about.get(&sheet.0)).flatten();
        about.filter_map(|id| self.documents.get(id)).filter(|cached| !cached.undone)
    }

    /// Every person, in no order; those of several sheets as one.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        let alone =
            self.documents.values().filter(|cached| !cached.undone).filter_map(|cached| match &cached.content {
                Content::Person(person) if !self.unions.is_one_of_several(person.id) => Some(&**person),
                _ => None,
            });
        alone.chain(self.united.values())
    }

    fn entries(&self) -> impl Iterator<Item = &DirectoryEntry> {
        self.documents.values().filter(|cached| !cached.undone).filter_map(|cached| match &cached.content {
            Content::Entry(entry) => Some(&**entry),
            _ => None,
        })
    }

    /// Every entry of the directory, for an import or an export, by name.
    pub fn directory_entries(&self) -> Vec<&DirectoryEntry> {
        let mut entries: Vec<_> = self.entries().collect();
        entries.sort_by_cached_key(|entry| lists::entry_sort_key(entry));
        entries
    }
}
