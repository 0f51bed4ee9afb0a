//! Notebooks that this one lends: small ones of chosen documents, for someone else's device; and taking back what was
//! written there.
//!
//! A lent notebook is made in memory, with a key and document keys of its own, and leaves as a backup: the same sealed
//! file, the same way in. Its key stays here, sealed in a row, so that nobody types anything when it comes back.

use std::collections::{BTreeSet, HashSet};

use maillon_shared::api::Failure;
use maillon_shared::api::errors::{Damage, FileProblem};
use maillon_shared::domain::ids::{ActId, CampaignId, DocId, LineId, RegisterAgentId, SurveyId};

use super::rows::{PAGE, frame_row, sealed};
use super::{Notebook, Plan, SavedAct, Target, erasing};
use crate::ambient::Ambient;
use crate::backup::Backup;
use crate::failures::{failure_of_backup, failure_of_journal, failure_of_open, failure_of_store};
use crate::journal::act::ActRecord;
use crate::journal::document::Heads;
use crate::journal::{Document, Header, JournalError};
use crate::shelf::{Shelf, ShelfStore};
use crate::store::{Batch, Store, Table};
use crate::vault::{DocumentKey, NotebookKey, NotebookKind, open_row};
use crate::views::Cached;

/// For whom this notebook was lent, where it was.
pub(super) const LENT_ROW: &[u8] = b"lent";
/// How the rows begin that keep the keys of those that this one lent.
const LENT_KEYS: &[u8] = b"lent-key:";

/// What a notebook was lent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LentFor {
    /// A campaign, for one of its callers.
    Calls {
        /// The campaign.
        campaign: CampaignId,
        /// The caller.
        caller: LineId,
    },
    /// The legal register, for a designated agent.
    Register {
        /// The agent.
        agent: RegisterAgentId,
    },
    /// A survey, for a tablet.
    Survey {
        /// The survey.
        survey: SurveyId,
    },
}

/// How the row of an agent's begins. A caller's is 32 bytes long and says nothing of itself: it was the first.
const FOR_AN_AGENT: u8 = 1;
/// How the row of a tablet's begins.
const FOR_A_TABLET: u8 = 2;

impl LentFor {
    fn to_bytes(self) -> Vec<u8> {
        match self {
            LentFor::Calls { campaign, caller } => [campaign.0, caller.0].concat(),
            LentFor::Register { agent } => [&[FOR_AN_AGENT], agent.0.as_slice()].concat(),
            LentFor::Survey { survey } => [&[FOR_A_TABLET], survey.0.as_slice()].concat(),
        }
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, Failure> {
        if let ([campaign, caller], []) = bytes.as_chunks::<16>() {
            return Ok(LentFor::Calls { campaign: CampaignId(*campaign), caller: LineId(*caller) });
        }
        match bytes.split_first() {
            Some((&FOR_AN_AGENT, agent)) => match agent.try_into() {
                Ok(agent) => Ok(LentFor::Register { agent: RegisterAgentId(agent) }),
                Err(_) => Err(Failure::Damaged(Damage::Document)),
            },
            Some((&FOR_A_TABLET, survey)) => match survey.try_into() {
                Ok(survey) => Ok(LentFor::Survey { survey: SurveyId(survey) }),
                Err(_) => Err(Failure::Damaged(Damage::Document)),
            },
            Some(_) => Err(Failure::TooNew),
            None => Err(Failure::Damaged(Damage::Document)),
        }
    }

    /// The kind of notebook that is lent for this.
    pub fn kind(self) -> NotebookKind {
        match self {
            LentFor::Calls { .. } => NotebookKind::Caller,
            LentFor::Register { .. } => NotebookKind::Agent,
            LentFor::Survey { .. } => NotebookKind::Tablet,
        }
    }
}

/// A document as it travels: what it is, and all that was written in it.
pub struct Copy {
    /// What it is.
    pub header: Header,
    /// Everything that was written.
    pub frame: Vec<u8>,
}

/// A notebook that came back, open.
pub struct CameBack {
    /// Its number.
    pub notebook: [u8; 16],
    /// The notebook.
    pub open: Notebook,
    /// What it rests on.
    pub store: ShelfStore,
}

fn key_row(notebook: [u8; 16]) -> Vec<u8> {
    [LENT_KEYS, &notebook].concat()
}

pub(super) async fn read_lent(store: &impl Store, meta: &crate::vault::SealKey) -> Result<Option<LentFor>, Failure> {
    let Some(row) = store.get(Table::Meta, LENT_ROW).await.map_err(failure_of_store)? else { return Ok(None) };
    let plain = open_row(meta, Table::Meta, LENT_ROW, &row).map_err(failure_of_open)?;
    LentFor::from_bytes(&plain).map(Some)
}

impl Notebook {
    /// For what this notebook was lent; none where it is its owner's.
    pub fn lent_for(&self) -> Option<LentFor> {
        self.lent_for
    }

    /// Documents as they travel.
    pub async fn copies(&mut self, store: &impl Store, ids: &[DocId]) -> Result<Vec<Copy>, Failure> {
        let mut copies = Vec::with_capacity(ids.len());
        for id in ids {
            let read = |document: &mut Document| Copy {
                header: document.header.clone(),
                frame: document.frame_since(&Heads::new()),
            };
            copies.push(self.read_document(store, *id, read).await?);
        }
        Ok(copies)
    }

    /// The rows of a notebook of these documents and nothing else, the header apart; it knows which documents were erased,
    /// by their ids.
    pub async fn lent(
        key: &NotebookKey,
        ambient: &mut impl Ambient,
        lent_for: LentFor,
        copies: Vec<Copy>,
        erased: &BTreeSet<DocId>,
    ) -> Result<Shelf, Failure> {
        let shelf = Shelf::new();
        let mut store = shelf.open();
        store.commit(Notebook::first_rows(key, ambient)).await.map_err(failure_of_store)?;
        let mut notebook = Notebook::open(key.clone(), &mut store, ambient).await?;
        let mut batch = Batch::new();
        let meta = &notebook.sealing.meta;
        batch.put(Table::Meta, LENT_ROW, sealed(meta, ambient, Table::Meta, LENT_ROW, &lent_for.to_bytes()));
        if !erased.is_empty() {
            erasing::put_erased(&mut batch, meta, ambient, erased);
        }
        for Copy { header, frame } in copies {
            let id = header.id;
            let key = DocumentKey::random(ambient);
            batch.put(Table::Keyring, id.0, notebook.keyring.seal_document_key(ambient, &id.0, &key));
            let key = key.sealing();
            for (number, plain) in [(0, header.to_bytes()), (1, frame.clone())] {
                let row = frame_row(id, number);
                batch.put(Table::Frames, row, sealed(&key, ambient, Table::Frames, &row, &plain));
            }
            let document = Document::load(header, [frame.as_slice()], notebook.actor).map_err(failure_of_journal)?;
            notebook.put_view(&mut batch, ambient, id, &Cached::read(&document));
            notebook.counts.documents += 1;
        }
        notebook.put_counts(&mut batch, ambient);
        store.commit(batch).await.map_err(failure_of_store)?;
        Ok(shelf)
    }

    /// Keeps the key of a notebook that is lent.
    pub async fn keep_lent_key(
        &self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        notebook: [u8; 16],
        key: &NotebookKey,
    ) -> Result<(), Failure> {
        let row = key_row(notebook);
        let mut batch = Batch::new();
        batch.put(Table::Meta, row.clone(), key.seal_under(&self.key, ambient, &row));
        store.commit(batch).await.map_err(failure_of_store)
    }

    /// Opens the copy of a notebook that this one lent.
    pub async fn open_lent(
        &self,
        store: &impl Store,
        ambient: &mut impl Ambient,
        file: &[u8],
    ) -> Result<CameBack, Failure> {
        let backup = Backup::parse(file).map_err(failure_of_backup)?;
        let notebook = backup.header.notebook;
        let row = key_row(notebook);
        let kept = store.get(Table::Meta, &row).await.map_err(failure_of_store)?.ok_or(Failure::NotLentHere)?;
        let key = NotebookKey::open_under(&self.key, &row, &kept).map_err(failure_of_open)?;
        let mut store = Shelf::new().open();
        backup.restore(&mut store).await.map_err(failure_of_backup)?;
        // What does not open with the key of that notebook was put together by someone else.
        let open = Notebook::open(key, &mut store, ambient).await.map_err(|failure| match failure {
            Failure::UnknownKey => Failure::UnreadableFile(FileProblem::Damaged),
            other => other,
        })?;
        Ok(CameBack { notebook, open, store })
    }

    /// Takes in what was written elsewhere, in documents of this notebook or in new ones, with whatever else a plan
    /// writes.
    pub async fn absorb(
        &mut self,
        store: &mut impl Store,
        ambient: &mut impl Ambient,
        mut plan: Plan,
        copies: Vec<Copy>,
        progress: &mut dyn FnMut(u32, u32),
    ) -> Result<SavedAct, Failure> {
        for Copy { header, frame } in copies {
            let target = match self.views.document(header.id) {
                Some(_) => Target::Document(header.id),
                None => Target::New(header),
            };
            plan.edit(target, move |document| document.absorb(&frame).map(|_| ()));
        }
        self.save(store, ambient, plan, progress).await
    }

    /// What was taken back once and undone comes again with the file that brought it: what a document knows already would
    /// change nothing by itself. A field in which someone wrote since stays as it is.
    pub async fn redo_what_was_undone(
        &self,
        store: &impl Store,
        ambient: &mut impl Ambient,
        plan: &mut Plan,
        ids: &[DocId],
    ) -> Result<(), Failure> {
        let at = ambient.now();
        let ids: HashSet<_> = ids.iter().copied().collect();
        for undoing in self.undoings_of(store, plan.what).await? {
            for touched in undoing.documents.into_iter().filter(|touched| ids.contains(&touched.id)) {
                plan.edit(Target::Document(touched.id), move |document| {
                    match document.undo(&touched.before, &touched.after, touched.born, at) {
                        Err(JournalError::NothingToUndo | JournalError::WrittenSince) => Ok(()),
                        other => other,
                    }
                });
            }
        }
        Ok(())
    }

    /// The acts that undid one of that code, oldest first.
    async fn undoings_of(&self, store: &impl Store, what: &str) -> Result<Vec<ActRecord>, Failure> {
        let (mut undoings, mut of_that_code) = (Vec::new(), HashSet::<ActId>::new());
        let mut before = u64::MAX;
        loop {
            let page = self.acts_before(store, before, PAGE as usize).await?;
            let Some((lowest, _)) = page.last() else { break };
            before = *lowest;
            for (_, record) in page {
                if record.what == what {
                    of_that_code.insert(record.id);
                } else if record.undoes.is_some() {
                    undoings.push(record);
                }
            }
        }
        undoings.retain(|undoing| undoing.undoes.is_some_and(|act| of_that_code.contains(&act)));
        undoings.reverse();
        Ok(undoings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If this fails, a notebook that was lent is its borrower's no more: such rows are on callers' devices.
    #[test]
    fn for_what_a_notebook_was_lent_is_written_as_it_always_was() {
        let calls = LentFor::Calls { campaign: CampaignId([7; 16]), caller: LineId([9; 16]) };
        assert_eq!(calls.to_bytes(), [[7; 16], [9; 16]].concat());
        let register = LentFor::Register { agent: RegisterAgentId([5; 16]) };
        assert_eq!(register.to_bytes(), [&[1], [5; 16].as_slice()].concat());
        let survey = LentFor::Survey { survey: SurveyId([6; 16]) };
        assert_eq!(survey.to_bytes(), [&[2], [6; 16].as_slice()].concat());
        for lent_for in [calls, register, survey] {
            assert_eq!(LentFor::from_bytes(&lent_for.to_bytes()), Ok(lent_for));
        }
        assert_eq!(LentFor::from_bytes(&[3, 0, 0]), Err(Failure::TooNew));
        assert_eq!(LentFor::from_bytes(&[1, 0, 0]), Err(Failure::Damaged(Damage::Document)));
    }
}
