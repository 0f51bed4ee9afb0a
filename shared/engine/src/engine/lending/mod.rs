//! Notebooks lent to someone else's device: a caller's, for one campaign; a designated agent's, for the legal register; a
//! tablet's, for one survey.
//! What they may do there, how they are made, and how they end.
//!
//! What is lent is what that use needs and nothing else of the notebook. What comes back is merged by an act that can be
//! undone.

mod calls;
mod register;
mod surveys;

use std::collections::BTreeSet;

use maillon_shared::api::lending::{Lent, RegisterCopy, Role};
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::api::responses::File;
use maillon_shared::api::surveys::{SurveyRead, SurveyWrite};
use maillon_shared::api::{Answer, Failure, Request, Response};
use maillon_shared::domain::campaign::CampaignSource;
use maillon_shared::domain::ids::{DocId, LineId, SurveyId};
use maillon_shared::text::fold::fold;

pub(super) use register::RENEW_REGISTER;

use super::Engine;
use super::summary::when_a_mairie_may;
use crate::ambient::Ambient;
use crate::backup::write_backup;
use crate::failures::{failure_of_backup, failure_of_store, failure_of_unlock};
use crate::notebook::{Copy, LentFor, Notebook};
use crate::store::{Batch, Store, Table};
use crate::vault::{HEADER_ROW, StretchCost, Words, create};

/// Words of the French list that are typed without an accent: 64 bits, said in one breath over the telephone.
const WORDS: usize = 6;

/// When a lent notebook does something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// Whenever it is asked.
    Always,
    /// As long as it is lent.
    InTime,
    /// Never: it was not lent for this.
    Never,
}

/// A notebook about to be lent.
struct ToLend {
    lent_for: LentFor,
    documents: Vec<DocId>,
    /// Documents made for it.
    beside: Vec<Copy>,
    erased: BTreeSet<DocId>,
    file_name: String,
}

impl<S: Store, A: Ambient> Engine<S, A> {
    /// What the open notebook is for.
    pub(super) fn role(&self) -> Result<Role, Failure> {
        let notebook = self.open.as_ref().ok_or(Failure::Locked)?;
        let today = self.today();
        Ok(match notebook.lent_for() {
            None if notebook.is_mairie() => Role::Mairie,
            None => Role::Coordinator,
            Some(LentFor::Calls { campaign, caller }) => {
                let record = notebook.views.campaign(campaign);
                let over = record.is_none_or(|record| !record.campaign.is_open_to_callers(today));
                Role::Caller { campaign, caller, over }
            }
            Some(LentFor::Survey { survey }) => Role::Tablet { survey },
            Some(LentFor::Register { agent }) => {
                let held = notebook.views.register_agent(agent);
                Role::Agent { agent, over: held.is_none_or(|(agent, _)| !agent.holds_on(today)) }
            }
        })
    }

    /// Whether the notebook that is open may do this: one that was lent does what it was lent for, in its time.
    pub(super) fn may(&self, request: &Request) -> Result<(), Failure> {
        let Ok(role) = self.role() else { return Ok(()) };
        let when = match role {
            Role::Coordinator => return Ok(()),
            Role::Mairie if when_a_mairie_may(request) => return Ok(()),
            Role::Mairie => return Err(Failure::MairieOnly),
            Role::Caller { .. } => when_a_caller_may(request),
            Role::Agent { .. } => when_an_agent_may(request),
            Role::Tablet { survey } => when_a_tablet_may(request, survey),
        };
        match when {
            When::Always => Ok(()),
            When::InTime if role.is_over() => Err(Failure::LendingOver),
            When::InTime => Ok(()),
            When::Never => Err(Failure::NotLentForThis),
        }
    }

    /// Makes a notebook in memory, and the file that it leaves as; its key is kept here before the file exists for anyone,
    /// so that what is lent can always be taken back.
    async fn lend(&mut self, to_lend: ToLend) -> Result<(Lent, LineId), Failure> {
        let ToLend { lent_for, documents, beside, erased, file_name } = to_lend;
        let passphrase = six_words(&mut self.ambient);
        let cost = StretchCost::measure(&mut self.ambient).await.map_err(|error| Failure::System(error.0))?;
        // Nobody is told these: what was lent and lost is lent again.
        let words = Words::random(&mut self.ambient);
        let made =
            create(&mut self.ambient, lent_for.kind(), &passphrase, &words, cost).await.map_err(failure_of_unlock)?;

        let Engine { store, ambient, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let mut copies = notebook.copies(store, &documents).await?;
        copies.extend(beside);
        let shelf = Notebook::lent(&made.key, ambient, lent_for, copies, &erased).await?;
        let mut batch = Batch::new();
        batch.put(Table::Meta, HEADER_ROW, made.header.to_bytes());
        let mut lent = shelf.open();
        lent.commit(batch).await.map_err(failure_of_store)?;
        let bytes = write_backup(&lent).await.map_err(failure_of_backup)?;
        let number = made.header.notebook;
        notebook.keep_lent_key(store, ambient, number, &made.key).await?;
        let file = File { name: file_name, mime: "application/octet-stream".to_owned(), bytes };
        Ok((Lent { file, words: passphrase }, LineId(number)))
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
        self.close();
        Ok(Response::Done)
    }
}

/// What any notebook does, whosever it is: it opens, is verified, copied and locked.
pub(super) fn any_notebook_does(request: &Request) -> bool {
    matches!(
        request,
        Request::Status
            | Request::Role
            | Request::Lock
            | Request::Unlock(_)
            | Request::CompleteWord(_)
            | Request::ChangePassphrase { .. }
            | Request::Verify
            | Request::Backup
    )
}

/// What any lent notebook does: what all do, and it is handed back and erased.
fn when_anyone_may(request: &Request) -> When {
    match request {
        any if any_notebook_does(any) => When::Always,
        Request::EraseLentNotebook => When::Always,
        Request::Undo(_) | Request::SaveDraft(_) | Request::DropDraft(_) | Request::Drafts => When::InTime,
        _ => When::Never,
    }
}

/// A caller calls.
fn when_a_caller_may(request: &Request) -> When {
    match request {
        Request::Settings
        | Request::Campaigns
        | Request::Campaign(_)
        | Request::RecordAttempts { .. }
        | Request::EditAttempt { .. } => When::InTime,
        other => when_anyone_may(other),
    }
}

/// Whoever stands before a tablet answers the survey that it was lent for; what was answered before is for the notebook
/// that lent it.
fn when_a_tablet_may(request: &Request, survey: SurveyId) -> When {
    match request {
        Request::Settings => When::Always,
        Request::ReadSurveys(asked) if **asked == SurveyRead::One(survey) => When::InTime,
        Request::WriteSurveys(write) => match &**write {
            SurveyWrite::Respond { responses, .. } if responses.iter().all(|one| one.survey() == survey) => {
                When::InTime
            }
            _ => When::Never,
        },
        // Once given, an answer is not taken back by whoever comes next, who finds nothing half answered either.
        Request::Undo(_) | Request::SaveDraft(_) | Request::DropDraft(_) | Request::Drafts => When::Never,
        other => when_anyone_may(other),
    }
}

/// An agent keeps the register and calls those who are in it. Who is designated, what is erased and when a campaign is
/// over is for the notebook that lent it: figures are kept once everything came back.
fn when_an_agent_may(request: &Request) -> When {
    let in_time = |may: bool| if may { When::InTime } else { When::Never };
    match request {
        // Whose register it is stays said when the time is over.
        Request::Settings => When::Always,
        Request::CopyRegister(copy) if matches!(**copy, RegisterCopy::Renew { .. }) => When::Always,
        Request::Today
        | Request::Register
        | Request::RegisterEntry(_)
        | Request::Registered
        | Request::RegisterLog
        | Request::RegisterExtract(_)
        | Request::ExtractTable(_)
        | Request::History(_)
        | Request::Campaigns
        | Request::Campaign(_)
        | Request::EditCampaign { .. }
        | Request::RefreshCampaign(_)
        | Request::Allot { .. }
        | Request::RecordAttempts { .. }
        | Request::EditAttempt { .. }
        | Request::LendCalls { .. }
        | Request::TakeBackCalls(_) => When::InTime,
        Request::CreateCampaign(new) => in_time(new.campaign.source == CampaignSource::Register),
        Request::WriteRegister(write) => in_time(match &**write {
            RegisterWrite::Create { from, .. } => from.is_none(),
            RegisterWrite::Edit { .. }
            | RegisterWrite::Acknowledge { .. }
            | RegisterWrite::SetState { .. }
            | RegisterWrite::RecordExtract { .. } => true,
            RegisterWrite::Designate { .. } | RegisterWrite::EditAgent { .. } | RegisterWrite::EndAgent { .. } => false,
        }),
        other => when_anyone_may(other),
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
