//! What of someone is copied to neighbouring coordinators, and what they copied here.
//!
//! A copy is received where its document is in a neighbour's scope and no trace here says that it was given. What is over is
//! counted, and nothing of it is told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use maillon_shared::api::neighbours::GivenRow;
use maillon_shared::domain::consent::{Permit, Purpose, Recipient, Said, Sharing, Told, Why, may};
use maillon_shared::domain::ids::{CopyId, DocId, NeighbourId, PersonId};
use maillon_shared::domain::liaison::Piece;
use maillon_shared::domain::person_copy::{CopyChoice, CopyTrace, PersonCopy};

use super::{Content, Views};
use crate::journal::Scope;

impl Views {
    /// Whether something of someone may be copied to a neighbour of that name today.
    pub fn may_copy(&self, person: PersonId, neighbour: &str, today: NaiveDate) -> Result<Permit, Why> {
        may(&self.consents(person), &Purpose::Sharing, &Recipient::named(neighbour), today)
    }

    /// What a copy would say; nothing where there is no such person.
    pub fn copy_for(&self, choice: &CopyChoice, id: CopyId, permit: &Permit) -> Option<PersonCopy> {
        let person = self.person(choice.person)?;
        let mut copy = PersonCopy::permitted(permit, id, person.display_name(), choice);
        // Nobody reads it for longer than she agreed to.
        let agreed_until = self.consent(permit.entry()).and_then(|(entry, _)| entry.until());
        copy.until = copy.until.into_iter().chain(agreed_until).min();
        let running = self.running_projects(person.id);
        for piece in Piece::ALL.iter().filter(|piece| choice.pieces.contains(piece)) {
            copy.told.extend(self.told(piece, person, &running, permit.day()));
        }
        Some(copy)
    }

    /// With whom, and what, someone agreed to share: those consents that stand.
    pub fn agreed_to_share(&self, person: PersonId, purpose: &Purpose, today: NaiveDate) -> Vec<(Sharing, Told)> {
        let mut agreed = Vec::new();
        for entry in self.consents(person).iter().filter(|entry| entry.stands_on(today)) {
            if let Said::Shares(sharing) = &entry.said
                && sharing.purpose == *purpose
            {
                agreed.push((sharing.clone(), entry.given.clone()));
            }
        }
        agreed.sort_by(|(one, _), (other, _)| one.recipient.name.cmp(&other.recipient.name));
        agreed
    }

    /// What of someone was copied, the last first; those that ended too. What was said beside one that stands is in the
    /// document that both read.
    pub fn copies_of(&self, person: PersonId) -> Vec<CopyTrace> {
        let shown = self.shown_as(person);
        let about_them = self.traces().into_iter().filter(|copy| self.shown_as(copy.person) == shown);
        let mut copies: Vec<CopyTrace> = about_them.map(|copy| self.with_remarks(copy)).collect();
        copies.sort_by_key(|copy| std::cmp::Reverse((copy.on, copy.since, copy.id)));
        copies
    }

    /// What stands of what is copied to a neighbour, by the person's name.
    pub fn given_to(&self, neighbour: NeighbourId, today: NaiveDate) -> Vec<GivenRow> {
        let traces = self.traces().into_iter().filter(|copy| copy.neighbour == neighbour && copy.stands());
        let mut rows: Vec<GivenRow> = traces.map(|copy| self.given_row(self.with_remarks(copy), today)).collect();
        rows.sort_by(|one, other| (&one.name, one.copy.id).cmp(&(&other.name, other.copy.id)));
        rows
    }

    /// A trace with whom it is about, and why it could not be copied again.
    pub fn given_row(&self, copy: CopyTrace, today: NaiveDate) -> GivenRow {
        let name = self.person(copy.person).map(|person| person.display_name()).unwrap_or_default();
        let why_not = self.may_copy(copy.person, &copy.to, today).err().filter(|_| copy.stands());
        GivenRow { copy, name, why_not }
    }

    /// What a neighbour copied here, by the person's name. Nothing is told of what is over.
    pub fn received_from(&self, neighbour: NeighbourId, today: NaiveDate) -> Vec<PersonCopy> {
        let scope = Scope::Neighbour(neighbour);
        let here = self.documents.values().filter(|cached| cached.header.scope == scope && !cached.undone);
        let mut copies: Vec<PersonCopy> = here
            .filter_map(|cached| match &cached.content {
                Content::PersonCopy(copy) if self.trace(copy.id).is_none() => Some(as_read(copy, today)),
                _ => None,
            })
            .collect();
        copies.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        copies
    }

    /// A copy that a neighbour gave, and who did.
    pub fn received(&self, id: CopyId, today: NaiveDate) -> Option<(NeighbourId, PersonCopy)> {
        let cached = self.documents.get(&id.into()).filter(|cached| !cached.undone)?;
        match (&cached.header.scope, &cached.content) {
            (Scope::Neighbour(neighbour), Content::PersonCopy(copy)) if self.trace(id).is_none() => {
                Some((*neighbour, as_read(copy, today)))
            }
            _ => None,
        }
    }

    /// The trace of a copy that was given.
    pub fn trace(&self, id: CopyId) -> Option<CopyTrace> {
        self.traces().into_iter().find(|copy| copy.id == id)
    }

    /// Where it is written: of two devices that began apart, in both.
    pub fn trace_documents(&self, id: CopyId) -> Vec<DocId> {
        let here = self.documents.iter().filter(|(_, cached)| !cached.undone);
        let has_it = here.filter(|(_, cached)| match &cached.content {
            Content::GivenCopies(copies) => copies.iter().any(|copy| copy.id == id),
            _ => false,
        });
        has_it.map(|(id, _)| *id).collect()
    }

    /// Of whom these documents say what they agreed to.
    pub fn consents_of_documents(&self, documents: &[DocId]) -> BTreeSet<PersonId> {
        let held = documents.iter().filter_map(|id| self.documents.get(id));
        let consents = held.filter(|cached| matches!(cached.content, Content::Consents { .. }));
        consents.filter_map(|cached| cached.header.subject.map(PersonId)).collect()
    }

    /// Every trace of what stands.
    pub fn standing_copies(&self) -> Vec<CopyTrace> {
        self.traces().into_iter().filter(CopyTrace::stands).collect()
    }

    /// The document of a copy, as both sides read it.
    pub fn shared_copy(&self, id: CopyId) -> Option<&PersonCopy> {
        match &self.documents.get(&id.into())?.content {
            Content::PersonCopy(copy) => Some(copy),
            _ => None,
        }
    }

    /// On which days a neighbour ended copies that were read here, the last first.
    pub fn ended_by(&self, neighbour: NeighbourId) -> Vec<NaiveDate> {
        let scope = Scope::Neighbour(neighbour);
        let here = self.documents.values().filter(|cached| cached.header.scope == scope && !cached.undone);
        let mut ends: Vec<_> = here
            .filter_map(|cached| match &cached.content {
                Content::CopyEnds(ends) => Some(ends),
                _ => None,
            })
            .flatten()
            .filter(|(id, _)| self.trace(*id).is_none())
            .collect();
        ends.sort_unstable();
        ends.dedup_by_key(|(id, _)| *id);
        let mut days: Vec<NaiveDate> = ends.into_iter().map(|(_, day)| *day).collect();
        days.sort_unstable_by_key(|day| std::cmp::Reverse(*day));
        days
    }

    /// The copies that were ended and whose document is still here.
    pub fn ended_and_still_here(&self) -> Vec<CopyId> {
        let ended = self.traces().into_iter().filter(|copy| !copy.stands()).map(|copy| copy.id);
        ended.filter(|id| self.documents.contains_key(&DocId(id.0))).collect()
    }

    /// Every trace, each once: where two documents have it, the later copy counts, and an end in either.
    fn traces(&self) -> Vec<CopyTrace> {
        let here = self.documents.values().filter(|cached| !cached.undone);
        let all = here.filter_map(|cached| match &cached.content {
            Content::GivenCopies(copies) => Some(copies),
            _ => None,
        });
        let mut by: BTreeMap<CopyId, CopyTrace> = BTreeMap::new();
        for copy in all.flatten() {
            let held = by.entry(copy.id).or_insert_with(|| copy.clone());
            let ended = held.ended.into_iter().chain(copy.ended).min();
            if (copy.on, &copy.pieces) > (held.on, &held.pieces) {
                *held = copy.clone();
            }
            held.ended = ended;
        }
        by.into_values().collect()
    }

    fn with_remarks(&self, mut copy: CopyTrace) -> CopyTrace {
        if let Some(shared) = self.shared_copy(copy.id).filter(|_| copy.stands()) {
            copy.remarks = shared.remarks.clone();
        }
        copy
    }
}

/// As whoever received it reads it today.
fn as_read(copy: &PersonCopy, today: NaiveDate) -> PersonCopy {
    match copy.is_over(today) {
        false => copy.clone(),
        true => PersonCopy {
            name: String::new(),
            told: Vec::new(),
            message: String::new(),
            remarks: Vec::new(),
            ..copy.clone()
        },
    }
}
