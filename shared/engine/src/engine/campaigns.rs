//! Call campaigns, as plans.

use std::collections::BTreeMap;

use maillon_shared::api::calls::{Allotment, NewAttempt, NewCampaign};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::Erased;
use maillon_shared::api::{Answer, Failure, Notice, Response};
use maillon_shared::domain::campaign::{AttemptChange, CallCard, Campaign, CampaignChange, CampaignSource};
use maillon_shared::domain::ids::{AttemptId, CallCardId, CampaignId, LineId};
use maillon_shared::text::sort::sort_key;

use super::Engine;
use super::commands::{happened, short_enough};
use crate::ambient::{Ambient, random_array};
use crate::journal::records::{call_card, campaign};
use crate::journal::{Document, Header, Kind, Scope};
use crate::notebook::{Beside, Plan, Target};
use crate::store::Store;

/// Longer than any heat wave: a slip of the year is likelier.
const LONGEST_DAYS: i64 = 366;
/// What is needed is said in a few words.
const LONGEST_NOTE_CHARS: usize = 10_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn campaign(&mut self, id: CampaignId) -> Answer {
        let today = self.today();
        let mut file = self.notebook()?.views.campaign_file(id, today).ok_or(Failure::NotFound)?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let read = notebook.read_document(store, id.into(), |document: &mut Document| document.conflicts()).await;
        file.conflicts = read.unwrap_or_default();
        self.note_read("campaign", id.0).await?;
        Ok(Response::Campaign(Box::new(file)))
    }

    pub(super) async fn create_campaign(&mut self, new: NewCampaign) -> Answer {
        let NewCampaign { campaign, draft } = new;
        let views = &self.notebook()?.views;
        if views.document(campaign.id.into()).is_some() {
            return Ok(Response::Done);
        }
        valid_campaign(&campaign)?;
        let cards = views.without_card(&campaign);
        if cards.is_empty() {
            return Err(Failure::Invalid(Invalid::NobodyToCall));
        }
        let mut plan = Plan::new("create_campaign");
        plan.ends_draft = draft;
        let scope = scope_of(&campaign.source);
        let header = Header { scope: scope.clone(), ..Header::new(campaign.id.into(), Kind::Campaign, None, 0) };
        let caller = match &campaign.callers[..] {
            // One caller calls everyone: there is nothing to share out.
            [only] => Some(only.id),
            _ => None,
        };
        plan.edit(Target::New(header), move |document| campaign::create(document, &campaign));
        self.plan_cards(&mut plan, cards, 0, caller, &scope);
        self.save(plan).await
    }

    fn plan_cards(
        &mut self,
        plan: &mut Plan,
        cards: Vec<CallCard>,
        last_number: u32,
        caller: Option<LineId>,
        scope: &Scope,
    ) {
        for (mut card, number) in cards.into_iter().zip(last_number + 1..) {
            card.id = CallCardId(random_array(&mut self.ambient));
            card.number = number;
            card.caller = caller;
            let header = Header::new(card.id.into(), Kind::CallCard, Some(card.about.bytes()), 0);
            let header = Header { scope: scope.clone(), ..header };
            plan.edit(Target::New(header), move |document| call_card::create(document, &card));
        }
    }

    pub(super) async fn edit_campaign(
        &mut self,
        id: CampaignId,
        changes: Vec<CampaignChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let mut edited = self.going_on(id)?;
        for change in &changes {
            match change {
                CampaignChange::Title(title) => edited.title.clone_from(title),
                CampaignChange::From(day) => edited.from = *day,
                CampaignChange::Until(day) => edited.until = *day,
                CampaignChange::EveryDays(days) => edited.every_days = *days,
                CampaignChange::Caller(_, _, text) => short_enough(text)?,
                CampaignChange::Kind(_) | CampaignChange::Ladder(_) | CampaignChange::RemoveCaller(_) => {}
            }
        }
        valid_campaign(&edited)?;
        let mut plan = Plan::new("edit_campaign");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| campaign::write(document, change))
        });
        self.save(plan).await
    }

    pub(super) async fn refresh_campaign(&mut self, id: CampaignId) -> Answer {
        let campaign = self.going_on(id)?;
        let views = &self.notebook()?.views;
        let last = views.cards(id).iter().map(|card| card.number).max().unwrap_or_default();
        let new = views.without_card(&campaign);
        let mut plan = Plan::new("refresh_campaign");
        let caller = match &campaign.callers[..] {
            [only] => Some(only.id),
            _ => None,
        };
        self.plan_cards(&mut plan, new, last, caller, &scope_of(&campaign.source));
        self.save(plan).await
    }

    pub(super) async fn allot(&mut self, id: CampaignId, allotment: Allotment) -> Answer {
        let campaign = self.going_on(id)?;
        let cards = self.notebook()?.views.cards(id);
        let known = |caller: LineId| campaign.callers.iter().any(|one| one.id == caller);
        let chosen = match allotment {
            Allotment::Evenly => shared_out(&campaign, &cards),
            Allotment::Cards(chosen, caller) => {
                if caller.is_some_and(|caller| !known(caller)) {
                    return Err(Failure::NotFound);
                }
                chosen.into_iter().filter(|id| cards.iter().any(|card| card.id == *id)).map(|id| (id, caller)).collect()
            }
        };
        let mut plan = Plan::new("allot_calls");
        for (card, caller) in chosen {
            plan.edit(Target::Document(card.into()), move |document| call_card::allot(document, caller));
        }
        self.save(plan).await
    }

    pub(super) async fn record_attempts(&mut self, attempts: Vec<NewAttempt>, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let mut plan = Plan::new("record_attempts");
        plan.ends_draft = draft;
        for NewAttempt { card, attempt } in attempts {
            let held = views.card(card).ok_or(Failure::NotFound)?;
            let campaign = &views.campaign(held.campaign).ok_or(Failure::NotFound)?.campaign;
            still_open(campaign)?;
            if held.attempts.iter().any(|one| one.id == attempt.id) {
                continue;
            }
            // What their state forbids is forbidden to paper typed back too.
            if let Some(silence) = views.silence_of(held.about) {
                return Err(Failure::Silenced(silence));
            }
            happened(attempt.day, today)?;
            if attempt.day < campaign.from {
                return Err(Failure::Invalid(Invalid::Day));
            }
            few_words(&attempt.note)?;
            plan.edit(Target::Document(card.into()), move |document| call_card::attempt(document, &attempt));
        }
        self.save(plan).await
    }

    pub(super) async fn edit_attempt(
        &mut self,
        card: CallCardId,
        id: AttemptId,
        changes: Vec<AttemptChange>,
    ) -> Answer {
        let today = self.today();
        let held = self.notebook()?.views.card(card).ok_or(Failure::NotFound)?;
        let attempt = held.attempts.iter().find(|one| one.id == id).ok_or(Failure::NotFound)?;
        for change in &changes {
            match change {
                AttemptChange::Note(note) => few_words(note)?,
                AttemptChange::Handled(Some(day)) if *day < attempt.day => {
                    return Err(Failure::Invalid(Invalid::Day));
                }
                AttemptChange::Handled(Some(day)) => happened(*day, today)?,
                AttemptChange::Handled(None) | AttemptChange::Outcome(_) | AttemptChange::Withdrawn(_) => {}
            }
        }
        let mut plan = Plan::new("edit_attempt");
        plan.edit(Target::Document(card.into()), move |document| {
            changes.iter().try_for_each(|change| call_card::write(document, id, change))
        });
        self.save(plan).await
    }

    pub(super) async fn close_campaign(&mut self, id: CampaignId) -> Answer {
        let today = self.today();
        self.going_on(id)?;
        let views = &self.notebook()?.views;
        let record = views.campaign(id).ok_or(Failure::NotFound)?;
        let turns = views.turns(record, today);
        let mut plan = Plan::new("close_campaign");
        plan.edit(Target::Document(id.into()), move |document| campaign::close(document, today, &turns));
        self.save(plan).await
    }

    /// Only those that are closed: their figures are written, and outlive the cards.
    pub(super) async fn erase_calls(&mut self, campaigns: &[CampaignId]) -> Answer {
        let views = &self.notebook()?.views;
        let mut documents = std::collections::BTreeSet::new();
        for id in campaigns {
            let record = views.campaign(*id).ok_or(Failure::NotFound)?;
            if record.campaign.closed_on.is_none() {
                return Err(Failure::Invalid(Invalid::StillOpen));
            }
            documents.extend(views.card_documents(*id));
        }
        let erased = Erased { documents: documents.len() as u32, drafts: 0 };
        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        notebook.erase(store, ambient, &documents, &Beside::default()).await?;
        notices(Notice::Changed(campaigns.iter().map(|id| (*id).into()).collect()));
        Ok(Response::Erased(erased))
    }

    fn going_on(&mut self, id: CampaignId) -> Result<Campaign, Failure> {
        let campaign = &self.notebook()?.views.campaign(id).ok_or(Failure::NotFound)?.campaign;
        still_open(campaign)?;
        Ok(campaign.clone())
    }
}

/// A campaign of the register is the register's, whoever keeps the notebook; one of people accompanied is not.
fn scope_of(source: &CampaignSource) -> Scope {
    match source {
        CampaignSource::Register => Scope::Register,
        CampaignSource::People | CampaignSource::Unknown(_) => Scope::Notebook,
    }
}

/// Whoever has no caller yet, hamlet by hamlet, in parts as even as they come: a caller who knows a hamlet calls it.
fn shared_out(campaign: &Campaign, cards: &[&CallCard]) -> Vec<(CallCardId, Option<LineId>)> {
    let mut load: BTreeMap<LineId, usize> = campaign.callers.iter().map(|caller| (caller.id, 0)).collect();
    let mut places: BTreeMap<String, Vec<&CallCard>> = BTreeMap::new();
    for card in cards {
        match card.caller.and_then(|caller| load.get_mut(&caller)) {
            Some(load) => *load += 1,
            None => places.entry(sort_key(&card.place)).or_default().push(card),
        }
    }
    let mut places: Vec<_> = places.into_values().collect();
    // The largest first: the small ones then make the parts even.
    places.sort_by_key(|cards| std::cmp::Reverse(cards.len()));
    let fair = cards.len().div_ceil(load.len().max(1));
    let mut shared = Vec::new();
    for place in places {
        let mut place = &place[..];
        while !place.is_empty() {
            let lightest = load.iter_mut().min_by_key(|(id, load)| (**load, **id));
            let Some((caller, load)) = lightest else { return shared };
            // A hamlet larger than a fair part is cut in two.
            let (now, later) = place.split_at(place.len().min(fair.saturating_sub(*load).max(1)));
            shared.extend(now.iter().map(|card| (card.id, Some(*caller))));
            *load += now.len();
            place = later;
        }
    }
    shared
}

fn still_open(campaign: &Campaign) -> Result<(), Failure> {
    match campaign.closed_on {
        None => Ok(()),
        Some(_) => Err(Failure::Invalid(Invalid::Closed)),
    }
}

fn valid_campaign(campaign: &Campaign) -> Result<(), Failure> {
    short_enough(&campaign.title)?;
    let days = (campaign.until - campaign.from).num_days();
    if !(0..LONGEST_DAYS).contains(&days) || !(1..=31).contains(&campaign.every_days) {
        return Err(Failure::Invalid(Invalid::Day));
    }
    campaign.callers.iter().try_for_each(|caller| short_enough(&caller.name).and(short_enough(&caller.slots)))
}

fn few_words(note: &str) -> Result<(), Failure> {
    if note.chars().count() > LONGEST_NOTE_CHARS { Err(Failure::Invalid(Invalid::TooLong)) } else { Ok(()) }
}
