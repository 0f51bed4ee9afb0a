//! The legal register without the coordinator: lent to an agent whom the mayor designated by name, taken back, and brought
//! up to date where it is.
//!
//! What leaves is the register's own scope, a few settings of the mairie, and ids of what was erased. What comes back is
//! believed only where it is of that scope, and designates nobody: neither a file put together by someone else nor an
//! agent's can write in the notebook.

use std::collections::{BTreeMap, BTreeSet};

use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::lending::{RegisterBack, RegisterCopy, Sender};
use maillon_shared::api::{Answer, Failure, Notice, Response};
use maillon_shared::domain::campaign::{CallSubject, CampaignSource};
use maillon_shared::domain::ids::{DocId, RegisterAgentId, RegisterEntryId};
use maillon_shared::domain::settings::{Settings, SettingsField};

use super::super::Engine;
use super::ToLend;
use crate::ambient::{Ambient, random_array};
use crate::backup::Backup;
use crate::failures::{failure_of_backup, failure_of_journal, failure_of_unlock};
use crate::journal::document::Heads;
use crate::journal::records::{register_log, settings};
use crate::journal::{Document, Header, Kind, Scope};
use crate::notebook::{Copy, LentFor, Notebook, Plan, Target};
use crate::shelf::Shelf;
use crate::store::Store;
use crate::vault::unlock_with_passphrase;
use crate::views::{Cached, Content, Views};

/// The act by which what an agent wrote comes back.
const TAKE_BACK: &str = "take_back_register";
/// The act by which an agent's copy is brought up to date. Undone there, it would come back as if the agent had undone
/// all of it: it stays.
pub(in super::super) const RENEW_REGISTER: &str = "renew_register";

/// What an agent's screens and letters say of the mairie, and how long things are kept; nothing of how the coordinator
/// works.
const TOLD: [SettingsField; 8] = [
    SettingsField::Commune,
    SettingsField::CommuneCode,
    SettingsField::Coordinator,
    SettingsField::Title,
    SettingsField::Controller,
    SettingsField::CallLadder,
    SettingsField::KeepRegisterMonths,
    SettingsField::LockAfterMin,
];

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(in super::super) async fn copy_register(&mut self, asked: RegisterCopy) -> Answer {
        match asked {
            RegisterCopy::Lend(agent) => self.lend_register(agent).await,
            RegisterCopy::TakeBack { file, from } => self.take_back_register(&file, from).await,
            RegisterCopy::Renew { file, words } => self.renew_register(&file, &words).await,
        }
    }

    async fn lend_register(&mut self, id: RegisterAgentId) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let (agent, log) = views.register_agent(id).ok_or(Failure::NotFound)?;
        if !agent.holds_on(today) {
            return Err(Failure::NotDesignated);
        }
        let documents = views.documents_of_the_register();
        let (told, _) = views.settings();
        let erased = self.notebook()?.erased().clone();
        let told = self.told(&told)?;
        let to_lend = ToLend {
            lent_for: LentFor::Register { agent: id },
            documents,
            beside: vec![told],
            erased,
            file_name: format!("maillon-registre-{today}.maillon"),
        };
        let (lent, _) = self.lend(to_lend).await?;
        let mut plan = Plan::new("lend_register");
        plan.edit(Target::Document(log), move |document| register_log::give_copy(document, id, today));
        self.save(plan).await?;
        Ok(Response::Lent(lent))
    }

    /// The settings that an agent is told, in a document of their own.
    fn told(&mut self, from: &Settings) -> Result<Copy, Failure> {
        let header = Header::new(DocId(random_array(&mut self.ambient)), Kind::Settings, None, 0);
        let header = Header { scope: Scope::Register, ..header };
        let actor = random_array(&mut self.ambient);
        let mut document = Document::new(header, actor).map_err(failure_of_journal)?;
        for field in TOLD {
            settings::write(&mut document, field, from.text(field)).map_err(failure_of_journal)?;
        }
        document.commit(self.ambient.now());
        Ok(Copy { frame: document.frame_since(&Heads::new()), header: document.header })
    }

    async fn take_back_register(&mut self, file: &[u8], from: Sender) -> Answer {
        let today = self.today();
        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let mut back = notebook.open_lent(store, ambient, file).await?;
        let id = match back.open.lent_for() {
            Some(LentFor::Register { agent }) => agent,
            Some(LentFor::Calls { .. } | LentFor::Survey { .. }) => return Err(Failure::LentForOther),
            None => return Err(Failure::NotLentHere),
        };
        let agent = notebook.views.register_agent(id).map(|(agent, log)| (agent.clone(), log));
        if from == Sender::Designated && agent.as_ref().is_none_or(|(agent, _)| !agent.holds_on(today)) {
            return Err(Failure::NotDesignated);
        }
        if back.open.views.unreadable > 0 {
            return Err(Failure::UnreadableFile(FileProblem::Damaged));
        }
        let Sorted { taken, mut left_out, closed } = sort_out(notebook, &back.open.views)?;
        let mut copies = back.open.copies(&back.store, &taken).await?;
        designates_nobody(notebook, store, &mut copies).await?;
        let mut plan = Plan::new(TAKE_BACK);
        // Before anything else is written in them: a field in which someone wrote since stays as it is.
        notebook.redo_what_was_undone(store, ambient, &mut plan, &taken).await?;
        if let Some((_, log)) = &agent {
            plan.edit(Target::Document(*log), move |document| register_log::take_back(document, id, today));
        }
        let before = as_they_are(&notebook.views, &taken);
        let mut progress = |done, total| notices(Notice::Progress { done, total });
        let saved = notebook.absorb(store, ambient, plan, copies, &mut progress).await?;
        let mut report = self.what_came(before, &saved.changed).await?;
        let notebook = self.notebook()?;
        // What was undone here, not by taking back, stays undone: whoever wrote in it is told.
        left_out +=
            taken.iter().filter(|id| is_undone_here_alone(&notebook.views, &back.open.views, **id)).count() as u32;
        report.act = saved.act;
        report.agent = agent.map(|(agent, _)| agent.name).unwrap_or_default();
        report.left_out = left_out;
        report.closed = closed;
        self.saved(saved);
        Ok(Response::RegisterBack(Box::new(report)))
    }

    /// On an agent's device: what a newer copy says is merged into this one, and what was erased there is erased here.
    async fn renew_register(&mut self, file: &[u8], words: &str) -> Answer {
        let Some(own @ LentFor::Register { .. }) = self.notebook()?.lent_for() else {
            return Err(Failure::NotUnderstood);
        };
        let backup = Backup::parse(file).map_err(failure_of_backup)?;
        let key = unlock_with_passphrase(&mut self.ambient, &backup.header, words).await.map_err(failure_of_unlock)?;
        let mut newer_store = Shelf::new().open();
        backup.restore(&mut newer_store).await.map_err(failure_of_backup)?;
        let mut newer = Notebook::open(key, &mut newer_store, &mut self.ambient).await?;
        if newer.lent_for() != Some(own) {
            return Err(Failure::LentForOther);
        }
        if newer.views.unreadable > 0 {
            return Err(Failure::UnreadableFile(FileProblem::Damaged));
        }
        self.erase_again_here(newer.erased()).await?;

        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let news = newer.views.every().filter(|(id, cached)| {
            cached.header.kind != Kind::Settings
                && !notebook.was_erased(*id)
                && notebook.views.document(*id).is_none_or(|held| held.header == cached.header)
        });
        let news: Vec<DocId> = news.map(|(id, _)| id).collect();
        let copies = newer.copies(&newer_store, &news).await?;
        let mut plan = Plan::new(RENEW_REGISTER);
        let (told, _) = newer.views.settings();
        let (held, document) = notebook.views.settings();
        let document = document.map_or(Target::Journal(Kind::Settings, None, 0), Target::Document);
        let differs = TOLD.into_iter().filter(|field| told.text(*field) != held.text(*field));
        let changes: Vec<_> = differs.map(|field| (field, told.text(field).to_owned())).collect();
        plan.edit(document, move |document| {
            changes.iter().try_for_each(|(field, text)| settings::write(document, *field, text))
        });
        let before = as_they_are(&notebook.views, &news);
        let mut progress = |done, total| notices(Notice::Progress { done, total });
        let saved = notebook.absorb(store, ambient, plan, copies, &mut progress).await?;
        let report = self.what_came(before, &saved.changed).await?;
        self.saved(saved);
        Ok(Response::RegisterBack(Box::new(report)))
    }

    /// Erases here what was erased where the copy comes from, with drafts and readings of it.
    async fn erase_again_here(&mut self, ids: &BTreeSet<DocId>) -> Result<(), Failure> {
        let notebook = self.open.as_ref().ok_or(Failure::Locked)?;
        if ids.iter().all(|id| notebook.was_erased(*id)) {
            return Ok(());
        }
        let held: BTreeSet<DocId> = ids.iter().copied().filter(|id| notebook.views.document(*id).is_some()).collect();
        // Cards that were made here about whoever was erased there go too.
        let about = held.iter().flat_map(|id| notebook.views.documents_of_entry(RegisterEntryId(id.0)));
        let ids: BTreeSet<DocId> = ids.iter().copied().chain(about).collect();
        self.erase_as_elsewhere(&ids, &held).await
    }

    /// What is new since documents were as they were then.
    async fn what_came(&mut self, before: BTreeMap<DocId, Cached>, changed: &[DocId]) -> Result<RegisterBack, Failure> {
        let Engine { store, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let mut report = RegisterBack::default();
        let mut entries = Vec::new();
        for id in changed {
            let Some(now) = notebook.views.document(*id).filter(|now| !now.undone) else { continue };
            let then = before.get(id).filter(|then| !then.undone);
            match &now.content {
                Content::RegisterEntry(entry) => {
                    entries.push((entry.id, entry.display_name()));
                    match then {
                        None => report.created += 1,
                        Some(then) if then.content != now.content => report.changed += 1,
                        Some(_) => {}
                    }
                }
                Content::RegisterLog { extracts, .. } => {
                    let held = match then.map(|then| &then.content) {
                        Some(Content::RegisterLog { extracts, .. }) => extracts.as_slice(),
                        _ => &[],
                    };
                    let is_new = |id| held.iter().all(|one| one.id != id);
                    report.extracts += extracts.iter().filter(|one| is_new(one.id)).count() as u32;
                }
                Content::CallCard(card) => {
                    let held = match then.map(|then| &then.content) {
                        Some(Content::CallCard(card)) => card.attempts.as_slice(),
                        _ => &[],
                    };
                    let is_new = |id| held.iter().all(|one| one.id != id);
                    report.attempts += card.attempts.iter().filter(|one| is_new(one.id)).count() as u32;
                }
                _ => {}
            }
        }
        for (id, name) in entries {
            let conflicts = notebook.read_document(store, id.into(), |document| document.conflicts()).await?;
            if !conflicts.is_empty() {
                report.two_versions.push((id, name));
            }
        }
        Ok(report)
    }
}

/// The documents of a copy that are taken, and what of it is not.
struct Sorted {
    taken: Vec<DocId>,
    left_out: u32,
    closed: u32,
}

fn sort_out(notebook: &Notebook, theirs: &Views) -> Result<Sorted, Failure> {
    let ours = &notebook.views;
    let mut sorted = Sorted { taken: Vec::new(), left_out: 0, closed: 0 };
    let mut all: Vec<_> = theirs.every().collect();
    all.sort_by_key(|(id, _)| *id);
    for (id, cached) in all {
        if cached.header.kind == Kind::Settings {
            continue;
        }
        if !is_of_the_register(cached) {
            return Err(Failure::UnreadableFile(FileProblem::Damaged));
        }
        if !cached.header.is_writable() {
            return Err(Failure::TooNew);
        }
        let held = ours.document(id);
        if held.is_some_and(|held| held.header != cached.header) {
            return Err(Failure::UnreadableFile(FileProblem::Damaged));
        }
        let about = cached.header.subject.map(DocId);
        if notebook.was_erased(id) || about.is_some_and(|entry| notebook.was_erased(entry)) {
            sorted.left_out += u32::from(cached.header.kind == Kind::RegisterEntry);
            continue;
        }
        if held.is_none() && cached.undone {
            continue;
        }
        if let Content::CallCard(card) = &cached.content {
            let campaign = ours.campaign(card.campaign);
            if campaign.is_some_and(|record| record.campaign.closed_on.is_some()) {
                let attempts = ours.card(card.id).map(|held| held.attempts.as_slice()).unwrap_or_default();
                let is_new = |id| attempts.iter().all(|one| one.id != id);
                sorted.closed += card.attempts.iter().filter(|one| is_new(one.id)).count() as u32;
                continue;
            }
            // A card of no campaign, or of nobody, would never show.
            let entry = DocId(card.about.bytes());
            let known = |id: DocId| ours.document(id).is_some() || theirs.document(id).is_some();
            if !known(card.campaign.into()) || !known(entry) {
                continue;
            }
        }
        sorted.taken.push(id);
    }
    Ok(sorted)
}

/// Whether a document is what the register's scope is made of: nothing else is taken from an agent's device.
fn is_of_the_register(cached: &Cached) -> bool {
    let Header { kind, subject, period, scope, .. } = &cached.header;
    let shape = match (kind, &cached.content) {
        (Kind::RegisterEntry, Content::RegisterEntry(_)) => subject.is_none() && *period == 0,
        (Kind::RegisterLog, Content::RegisterLog { .. }) => subject.is_none(),
        (Kind::Campaign, Content::Campaign(record)) => {
            subject.is_none() && *period == 0 && record.campaign.source == CampaignSource::Register
        }
        (Kind::CallCard, Content::CallCard(card)) => match card.about {
            CallSubject::Register(entry) => *subject == Some(entry.0) && *period == 0,
            CallSubject::Person(_) => false,
        },
        _ => false,
    };
    *scope == Scope::Register && shape
}

/// Refuses a file that would designate someone, or end a designation: no agent's device does that.
async fn designates_nobody(notebook: &mut Notebook, store: &impl Store, copies: &mut [Copy]) -> Result<(), Failure> {
    for Copy { header, frame } in copies.iter().filter(|copy| copy.header.kind == Kind::RegisterLog) {
        let (held, mut frames) = match notebook.views.document(header.id) {
            Some(_) => {
                let ours = notebook.copies(store, &[header.id]).await?;
                let frames: Vec<_> = ours.into_iter().map(|copy| copy.frame).collect();
                (notebook.views.agents_in(header.id), frames)
            }
            None => (Vec::new(), Vec::new()),
        };
        frames.push(frame.clone());
        let frames = frames.iter().map(Vec::as_slice);
        let merged = Document::load(header.clone(), frames, [0; 16]).map_err(failure_of_journal)?;
        match Cached::read(&merged).content {
            Content::RegisterLog { agents, .. } if agents == held => {}
            _ => return Err(Failure::UnreadableFile(FileProblem::Damaged)),
        }
    }
    Ok(())
}

fn as_they_are(views: &Views, ids: &[DocId]) -> BTreeMap<DocId, Cached> {
    ids.iter().filter_map(|id| Some((*id, views.document(*id)?.clone()))).collect()
}

/// Whether an entry is undone here and was not undone there, where someone wrote in it.
fn is_undone_here_alone(ours: &Views, theirs: &Views, id: DocId) -> bool {
    let (Some(held), Some(back)) = (ours.document(id), theirs.document(id)) else { return false };
    held.header.kind == Kind::RegisterEntry && held.undone && !back.undone
}
