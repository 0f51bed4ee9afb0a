//! The role *appelant*: a campaign lent to someone who calls from elsewhere, what they may do with it, and taking back
//! what they noted.
//!
//! What they get is their cards and nothing else of the notebook. What comes back is merged only into cards that this
//! notebook still has, by an act that can be undone.

use maillon_shared::api::calls::{Lent, Role, TakenBack};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::responses::File;
use maillon_shared::api::{Answer, Failure, Notice, Request, Response};
use maillon_shared::domain::ids::{CallCardId, CampaignId, DocId, LineId};
use maillon_shared::text::fold::fold;

use super::Engine;
use crate::ambient::Ambient;
use crate::backup::write_backup;
use crate::failures::{failure_of_backup, failure_of_store, failure_of_unlock};
use crate::journal::records::campaign;
use crate::notebook::{LentFor, Notebook, Plan, Target};
use crate::store::{Batch, Store, Table};
use crate::vault::{HEADER_ROW, NotebookKind, StretchCost, Words, create};

/// Words of the French list that are typed without an accent: 64 bits, said in one breath over the telephone.
const WORDS: usize = 6;

impl<S: Store, A: Ambient> Engine<S, A> {
    /// What the open notebook is for.
    pub(super) fn role(&self) -> Result<Role, Failure> {
        let notebook = self.open.as_ref().ok_or(Failure::Locked)?;
        let Some(LentFor { campaign, caller }) = notebook.lent_for() else { return Ok(Role::Coordinator) };
        let today = self.today();
        let record = notebook.views.campaign(campaign);
        let over = record.is_none_or(|record| !record.campaign.is_open_to_callers(today));
        Ok(Role::Caller { campaign, caller, over })
    }

    /// Whether the notebook that is open may do this: one that was lent does what it was lent for, in its time.
    pub(super) fn may(&self, request: &Request) -> Result<(), Failure> {
        let Ok(Role::Caller { over, .. }) = self.role() else { return Ok(()) };
        match request {
            Request::Status
            | Request::Role
            | Request::Lock
            | Request::Unlock(_)
            | Request::CompleteWord(_)
            | Request::ChangePassphrase { .. }
            | Request::Verify
            | Request::Backup
            | Request::EraseLentNotebook => Ok(()),
            Request::Settings
            | Request::Campaigns
            | Request::Campaign(_)
            | Request::RecordAttempts { .. }
            | Request::EditAttempt { .. }
            | Request::Undo(_)
            | Request::SaveDraft(_)
            | Request::DropDraft(_)
            | Request::Drafts => {
                if over {
                    Err(Failure::LendingOver)
                } else {
                    Ok(())
                }
            }
            _ => Err(Failure::NotLentForThis),
        }
    }

    pub(super) async fn lend_calls(&mut self, id: CampaignId, caller: LineId) -> Answer {
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
        let passphrase = six_words(&mut self.ambient);
        let cost = StretchCost::measure(&mut self.ambient).await.map_err(|error| Failure::System(error.0))?;
        // Nobody is told these: what was lent and lost is lent again.
        let words = Words::random(&mut self.ambient);
        let made = create(&mut self.ambient, NotebookKind::Caller, &passphrase, &words, cost)
            .await
            .map_err(failure_of_unlock)?;

        let Engine { store, ambient, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let copies = notebook.copies(store, &documents).await?;
        let shelf = Notebook::lent(&made.key, ambient, LentFor { campaign: id, caller }, copies).await?;
        let mut batch = Batch::new();
        batch.put(Table::Meta, HEADER_ROW, made.header.to_bytes());
        let mut lent = shelf.open();
        lent.commit(batch).await.map_err(failure_of_store)?;
        let bytes = write_backup(&lent).await.map_err(failure_of_backup)?;

        // The key is kept before the file exists for anyone: what is lent can always be taken back.
        let number = made.header.notebook;
        notebook.keep_lent_key(store, ambient, number, &made.key).await?;
        let mut plan = Plan::new("lend_calls");
        plan.edit(Target::Document(id.into()), move |document| campaign::lend(document, LineId(number), caller, today));
        self.save(plan).await?;
        let name = format!("maillon-appels-{today}.maillon");
        let file = File { name, mime: "application/octet-stream".to_owned(), bytes };
        Ok(Response::Lent(Lent { file, words: passphrase }))
    }

    pub(super) async fn take_back_calls(&mut self, file: &[u8]) -> Answer {
        let today = self.today();
        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let mut back = notebook.open_lent(store, ambient, file).await?;
        let LentFor { campaign: id, .. } = back.open.lent_for().ok_or(Failure::NotLentHere)?;
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

    /// Nothing of a lent notebook stays on the device: rows, keys, drafts.
    pub(super) async fn erase_lent_notebook(&mut self) -> Answer {
        if self.notebook()?.lent_for().is_none() {
            return Err(Failure::NotUnderstood);
        }
        let mut batch = Batch::new();
        for table in Table::ALL {
            batch.delete_prefix(table, []);
        }
        self.store.commit(batch).await.map_err(failure_of_store)?;
        self.store.purge().await.map_err(failure_of_store)?;
        self.open = None;
        self.lately_read.clear();
        (self.notices)(Notice::Locked);
        Ok(Response::Done)
    }
}

fn six_words(ambient: &mut impl Ambient) -> String {
    let mut words: Vec<String> = Vec::with_capacity(WORDS);
    while words.len() < WORDS {
        let plain = Words::random(ambient).list().into_iter().filter(|word| fold(word) == *word);
        words.extend(plain.take(WORDS - words.len()));
    }
    words.join(" ")
}
