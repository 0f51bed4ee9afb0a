//! Call campaigns: the live board, the cards, and whom a list holds that has no card yet.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use maillon_shared::api::calls::{CampaignFile, CampaignRow, CardRow};
use maillon_shared::domain::campaign::{
    CallCard, CallCounts, CallStatus, CallSubject, Campaign, CampaignSource, NamedContact, Turn,
};
use maillon_shared::domain::contact::Address;
use maillon_shared::domain::ids::{CallCardId, CampaignId, DocId, LineId};
use maillon_shared::domain::person::{Person, Silence};
use maillon_shared::domain::register::RegisterEntry;
use maillon_shared::text::sort::sort_key;

use super::{Cached, Content, Views};
use crate::journal::records::campaign::CampaignRecord;

impl Views {
    /// A campaign, with what its document holds beside.
    pub fn campaign(&self, id: CampaignId) -> Option<&CampaignRecord> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::Campaign(record), undone: false, .. }) => Some(record),
            _ => None,
        }
    }

    /// A card.
    pub fn card(&self, id: CallCardId) -> Option<&CallCard> {
        match self.documents.get(&id.into()) {
            Some(Cached { content: Content::CallCard(card), undone: false, .. }) => Some(card),
            _ => None,
        }
    }

    /// The cards of a campaign, by number.
    pub fn cards(&self, campaign: CampaignId) -> Vec<&CallCard> {
        let ids = self.cards.get(&campaign).into_iter().flatten();
        let mut cards: Vec<_> = ids.filter_map(|id| self.card(CallCardId(id.0))).collect();
        cards.sort_by_key(|card| (card.number, card.id));
        cards
    }

    /// The documents of a campaign's cards, undone ones too: what an erasure takes.
    pub fn card_documents(&self, campaign: CampaignId) -> impl Iterator<Item = DocId> {
        self.cards.get(&campaign).into_iter().flatten().copied()
    }

    /// Every campaign: those that go on, then those that ended, the last first.
    pub fn campaign_rows(&self, today: NaiveDate) -> Vec<CampaignRow> {
        let campaigns =
            self.documents.values().filter(|cached| !cached.undone).filter_map(|cached| match &cached.content {
                Content::Campaign(record) => Some(&**record),
                _ => None,
            });
        let mut rows: Vec<_> = campaigns
            .map(|record| CampaignRow {
                counts: match record.turns.last() {
                    Some(turn) => turn.counts,
                    None => self.counts_on(&record.campaign, day_of_board(&record.campaign, today)),
                },
                campaign: record.campaign.clone(),
            })
            .collect();
        rows.sort_by_key(|row| {
            (row.campaign.closed_on.is_some(), std::cmp::Reverse(row.campaign.from), row.campaign.id)
        });
        rows
    }

    /// A campaign and everyone in it; conflicts are the notebook's to tell.
    pub fn campaign_file(&self, id: CampaignId, today: NaiveDate) -> Option<CampaignFile> {
        let record = self.campaign(id)?;
        let campaign = record.campaign.clone();
        let day = day_of_board(&campaign, today);
        let cards: Vec<_> = self.cards(id).into_iter().map(|card| self.card_row(card, &campaign, day)).collect();
        let counts = match record.turns.last() {
            Some(turn) => turn.counts,
            None => count(&cards, &campaign, day),
        };
        Some(CampaignFile {
            day,
            counts,
            missing: if campaign.closed_on.is_none() { self.without_card(&campaign).len() as u32 } else { 0 },
            turns: self.turns(record, today),
            lent: record.lent.iter().map(|(_, lending)| *lending).collect(),
            conflicts: Vec::new(),
            campaign,
            cards,
        })
    }

    /// How each turn ended, or stands: as it was written at closing, else from the attempts.
    pub fn turns(&self, record: &CampaignRecord, today: NaiveDate) -> Vec<Turn> {
        if !record.turns.is_empty() {
            return record.turns.clone();
        }
        let campaign = &record.campaign;
        let turn = |from: NaiveDate| {
            let days = Days::new(u64::from(campaign.every_days.max(1)) - 1);
            let until = from.checked_add_days(days).unwrap_or(from).min(campaign.until).min(today).max(from);
            Turn { from, until, counts: self.counts_on(campaign, until) }
        };
        campaign.turns(today).into_iter().map(turn).collect()
    }

    fn counts_on(&self, campaign: &Campaign, day: NaiveDate) -> CallCounts {
        let rows: Vec<_> = self.cards(campaign.id).into_iter().map(|card| self.card_row(card, campaign, day)).collect();
        count(&rows, campaign, day)
    }

    fn card_row(&self, card: &CallCard, campaign: &Campaign, day: NaiveDate) -> CardRow {
        let status = match self.silence_of(card.about) {
            Some(silence) => CallStatus::Silenced(silence),
            None => card.status(campaign, day),
        };
        CardRow { twice: card.was_reached_twice(campaign, day), status, card: card.clone() }
    }

    /// Why someone of a card is not to be called, whatever the card says.
    pub fn silence_of(&self, about: CallSubject) -> Option<Silence> {
        match about {
            CallSubject::Person(id) => self.person(id)?.state.silence(),
            CallSubject::Register(id) => self.register_entry(id)?.silence(),
        }
    }

    /// Cards, without number, of those in a campaign's list who have none.
    pub fn without_card(&self, campaign: &Campaign) -> Vec<CallCard> {
        let have: HashSet<_> = self
            .cards(campaign.id)
            .into_iter()
            .map(|card| match card.about {
                CallSubject::Person(id) => CallSubject::Person(self.shown_as(id)),
                other @ CallSubject::Register(_) => other,
            })
            .collect();
        let mut cards: Vec<CallCard> = match campaign.source {
            CampaignSource::People => self
                .people()
                .filter(|person| person.state.silence().is_none())
                .map(|person| card_of_person(campaign.id, person))
                .collect(),
            CampaignSource::Register => {
                self.registered().into_iter().map(|entry| card_of_entry(campaign.id, entry)).collect()
            }
            CampaignSource::Unknown(_) => Vec::new(),
        };
        cards.retain(|card| !have.contains(&card.about));
        cards.sort_by_cached_key(|card| (sort_key(&card.family_name), sort_key(&card.given_name), card.about));
        cards
    }
}

/// The day that a campaign's board is of: today, or its last day.
fn day_of_board(campaign: &Campaign, today: NaiveDate) -> NaiveDate {
    today.min(campaign.closed_on.unwrap_or(campaign.until)).max(campaign.from)
}

fn count(rows: &[CardRow], campaign: &Campaign, day: NaiveDate) -> CallCounts {
    let mut counts = CallCounts::default();
    for row in rows {
        let attempts = row.card.attempts_in_turn(campaign, day).len() as u32;
        counts.add(&row.status, attempts, row.twice);
    }
    counts
}

/// The whole address on one line.
fn whole(address: &Address) -> String {
    let town = format!("{} {}", address.postcode, address.commune);
    let parts = [&address.line, &address.hamlet, &address.former_commune, town.trim()];
    let parts: Vec<&str> = parts.into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// What a caller needs to reach someone of the register: those to notify are whom the person has named.
fn card_of_entry(campaign: CampaignId, entry: &RegisterEntry) -> CallCard {
    let mut card = CallCard::empty(CallCardId([0; 16]), campaign, CallSubject::Register(entry.id));
    card.given_name.clone_from(&entry.given_name);
    card.family_name.clone_from(&entry.family_name);
    card.place = entry.address.short().to_owned();
    card.address = whole(&entry.address);
    card.phones.clone_from(&entry.phones);
    let named = entry.to_notify.iter().map(|other| NamedContact {
        id: other.id,
        name: other.name.clone(),
        relation: other.relation.clone(),
        phone: other.phone.clone(),
    });
    card.named = named.collect();
    card
}

/// What a caller needs to reach someone. Only those whom the person said are to be called first are named to callers.
fn card_of_person(campaign: CampaignId, person: &Person) -> CallCard {
    let about = CallSubject::Person(person.id);
    let mut card = CallCard::empty(CallCardId([0; 16]), campaign, about);
    card.given_name.clone_from(if person.usual_name.is_empty() { &person.given_name } else { &person.usual_name });
    card.family_name.clone_from(&person.family_name);
    card.place = person.address.short().to_owned();
    card.address = whole(&person.address);
    card.approach.clone_from(&person.approach);
    card.phones.clone_from(&person.phones);
    card.named = person
        .related
        .iter()
        .filter(|related| related.call_first)
        .map(|related| NamedContact {
            id: LineId(related.id.0),
            name: related.name.clone(),
            relation: related.relation.clone(),
            phone: related.phone.clone(),
        })
        .collect();
    card
}
