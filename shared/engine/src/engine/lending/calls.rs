//! The role *appelant*: a campaign lent to someone who calls from elsewhere, and taking back what they noted.
//!
//! What they get is their cards and nothing else of the notebook. What comes back is merged only into cards that this
//! notebook still has.

use std::collections::BTreeSet;

use maillon_shared::api::calls::TakenBack;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::{Answer, Failure, Notice, Response};
use maillon_shared::domain::ids::{CallCardId, CampaignId, DocId, LineId};

use super::super::Engine;
use super::ToLend;
use crate::ambient::Ambient;
use crate::journal::records::campaign;
use crate::notebook::{LentFor, Plan, Target};
use crate::store::Store;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(in super::super) async fn lend_calls(&mut self, id: CampaignId, caller: LineId) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let record = views.campaign(id).ok_or(Failure::NotFound)?;
        if record.campaign.closed_on.is_some() {
            return Err(Failure::Invalid(Invalid::Closed));
        }
        if record.campaign.callers.iter().all(|one| one.id != caller) {
            return Err(Failure::NotFound);
        }
        let theirs = views.cards(id).into_iter().filter(|card| card.caller == Some(caller));
        let mut documents: Vec<DocId> = theirs.map(|card| card.id.into()).collect();
        if documents.is_empty() {
            return Err(Failure::Invalid(Invalid::NobodyToCall));
        }
        documents.push(id.into());
        let to_lend = ToLend {
            lent_for: LentFor::Calls { campaign: id, caller },
            documents,
            beside: Vec::new(),
            erased: BTreeSet::new(),
            file_name: format!("maillon-appels-{today}.maillon"),
        };
        let (lent, number) = self.lend(to_lend).await?;
        let mut plan = Plan::new("lend_calls");
        plan.edit(Target::Document(id.into()), move |document| campaign::lend(document, number, caller, today));
        self.save(plan).await?;
        Ok(Response::Lent(lent))
    }

    pub(in super::super) async fn take_back_calls(&mut self, file: &[u8]) -> Answer {
        let today = self.today();
        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let mut back = notebook.open_lent(store, ambient, file).await?;
        let id = match back.open.lent_for() {
            Some(LentFor::Calls { campaign, .. }) => campaign,
            Some(LentFor::Register { .. } | LentFor::Survey { .. }) => return Err(Failure::LentForOther),
            None => return Err(Failure::NotLentHere),
        };
        let campaign = notebook.views.campaign(id).ok_or(Failure::NotFound)?.campaign.clone();
        if campaign.closed_on.is_some() {
            return Err(Failure::Invalid(Invalid::Closed));
        }
        let theirs: Vec<_> = back.open.views.cards(id).into_iter().cloned().collect();
        let (mut news, mut attempts, mut left_out) = (Vec::new(), 0, 0);
        for card in &theirs {
            // A file of this campaign says nothing of another's cards.
            let Some(held) = notebook.views.card(card.id).filter(|held| held.campaign == id) else {
                left_out += 1;
                continue;
            };
            let is_new = |id| held.attempts.iter().all(|one| one.id != id);
            attempts += card.attempts.iter().filter(|one| is_new(one.id)).count() as u32;
            if held.attempts != card.attempts {
                news.push(card.id);
            }
        }
        let documents: Vec<DocId> = news.iter().map(|id| (*id).into()).collect();
        let copies = back.open.copies(&back.store, &documents).await?;
        let mut plan = Plan::new("take_back_calls");
        let number = LineId(back.notebook);
        plan.edit(Target::Document(id.into()), move |document| campaign::take_back(document, number, today));
        notebook.redo_what_was_undone(store, ambient, &mut plan, &documents).await?;
        let mut progress = |done, total| notices(Notice::Progress { done, total });
        let saved = notebook.absorb(store, ambient, plan, copies, &mut progress).await?;
        let reached_twice = |id: &&CallCardId| {
            notebook.views.card(**id).is_some_and(|card| card.was_reached_twice(&campaign, today.min(campaign.until)))
        };
        let twice = news.iter().filter(reached_twice).count() as u32;
        let act = saved.act;
        self.saved(saved);
        Ok(Response::TakenBack(TakenBack { act, campaign: id, attempts, twice, left_out }))
    }
}
