//! What has come to the end of its time, what is held about someone, and the erasure of people: the one act that cannot be taken back.

use std::collections::BTreeSet;

use chrono::Datelike;
use maillon_shared::api::collective::CommonTarget;
use maillon_shared::api::information::{BOARD_NOTE_DRAFT, INFORMATION_DRAFT, PASS_ON_DRAFT};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::{Erased, File, HitTarget, Retention};
use maillon_shared::api::{Answer, Failure, Notice, Response};
use maillon_shared::domain::ids::{DocId, PersonId, RegisterEntryId};
use maillon_shared::domain::provisional::ProvisionalEnd;
use maillon_shared::domain::register::RegisterEntry;
use maillon_shared::domain::retention::Kept;

use super::Engine;
use super::commands::known;
use super::queries::WrittenRead;
use crate::ambient::Ambient;
use crate::exchange::erased_ids;
use crate::exchange::personal_data::{self, HeldDocument};
use crate::journal::Kind;
use crate::notebook::Beside;
use crate::store::Store;

/// How many places that name someone are told.
const MOST_MENTIONS: usize = 50;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn retention(&mut self) -> Answer {
        let reads = self.reads_due().await?.len() as u32;
        let today = self.today();
        let views = &self.notebook()?.views;
        let (people, undated) = views.people_due(today);
        let campaigns = views.campaigns_due(today);
        let register = views.register_entries_due(today);
        let requests = views.requests_due(today);
        Ok(Response::Retention(Box::new(Retention { people, undated, reads, campaigns, register, requests })))
    }

    /// The numbers of the lines of the journal of reads whose time is over.
    async fn reads_due(&mut self) -> Result<Vec<u64>, Failure> {
        let today = self.today();
        let notebook = self.open.as_ref().ok_or(Failure::Locked)?;
        let settings = notebook.views.settings().0;
        let mut due = Vec::new();
        for (number, bytes) in notebook.reads_before(&self.store, u64::MAX, usize::MAX).await? {
            if WrittenRead::from_bytes(&bytes).is_some_and(|r| Kept::Reads.is_due(r.at.day(), &settings, today)) {
                due.push(number);
            }
        }
        Ok(due)
    }

    pub(super) async fn forget_old_reads(&mut self) -> Answer {
        let due = self.reads_due().await?;
        let Engine { store, open, .. } = self;
        open.as_ref().ok_or(Failure::Locked)?.forget_reads(store, &due).await?;
        Ok(Response::Done)
    }

    pub(super) async fn personal_data(&mut self, id: PersonId) -> Answer {
        let views = &self.notebook()?.views;
        let shown = views.shown_as(id);
        let person = views.person(id);
        known(person.is_some())?;
        let mut ids = views.documents_about(id);
        // The register is another record, which an erasure leaves; whoever asks what is held is told of it all the same.
        let entry = person.and_then(|person| person.register_entry).filter(|id| views.register_entry(*id).is_some());
        ids.extend(entry.into_iter().flat_map(|entry| views.documents_of_entry(entry)));
        // A round is about nobody: of each, only that they were to be seen that day.
        let rounds = views.rounds_with(id).into_iter().map(|day| HeldDocument {
            kind: Kind::Round.code().to_owned(),
            period: day.year(),
            fields: vec![("day".to_owned(), day.to_string())],
        });
        let rounds = rounds.collect();
        let file = self.data_held_in(&ids, rounds).await?;
        self.note_read("personal_data", shown.0).await?;
        Ok(Response::File(file))
    }

    /// All that is in those documents and beside them, and who read them, as a file for whoever they are about.
    pub(super) async fn data_held_in(
        &mut self,
        ids: &BTreeSet<DocId>,
        beside: Vec<HeldDocument>,
    ) -> Result<File, Failure> {
        let made_on = self.today();
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let mut documents = Vec::new();
        for id in ids {
            let held = notebook.read_document(store, *id, |document| HeldDocument {
                kind: document.header.kind.code().to_owned(),
                period: document.header.period,
                fields: document.present(),
            });
            documents.push(held.await?);
        }
        documents.extend(beside);
        documents.sort_by(|one, other| (&one.kind, one.period).cmp(&(&other.kind, other.period)));
        let mut reads = Vec::new();
        for (_, bytes) in notebook.reads_before(store, u64::MAX, usize::MAX).await? {
            let read = WrittenRead::from_bytes(&bytes);
            reads.extend(
                read.filter(|read| read.about.is_some_and(|id| ids.contains(&DocId(id)))).map(|r| (r.at, r.what)),
            );
        }
        let bytes = personal_data::write(made_on, &documents, &reads);
        let name = format!("maillon-personal-data-{made_on}.json");
        Ok(File { name, mime: "application/json".to_owned(), bytes })
    }

    /// Where else someone is named: words that an erasure leaves, for the coordinator to look at.
    pub(super) fn mentions(&mut self, id: PersonId) -> Answer {
        let views = &mut self.notebook()?.views;
        let name = views.person(id).ok_or(Failure::NotFound)?.display_name();
        let shown = views.shown_as(id);
        let mut hits = views.search(&name, MOST_MENTIONS);
        hits.retain(|hit| match &hit.target {
            HitTarget::Person(person) | HitTarget::Provisional(person, _) => *person != shown,
            HitTarget::Encounter(_, person, _)
            | HitTarget::FollowUp(_, person, _)
            | HitTarget::Request(_, person, _)
            | HitTarget::Alert(_, person, _) => *person != Some(shown),
            HitTarget::Project(_, person, _)
            | HitTarget::Circle(person)
            | HitTarget::Stay(_, person, _)
            | HitTarget::Meeting(_, person, _) => *person != shown,
            // What is another's is theirs to end.
            HitTarget::Received(..) => false,
            // An episode about them goes with them.
            HitTarget::Common(CommonTarget::ProcedureRun(id)) => {
                let person = views.procedure_run(*id).and_then(|run| run.person);
                person.map(|person| views.shown_as(person)) != Some(shown)
            }
            HitTarget::Entry(..) | HitTarget::Register(..) | HitTarget::Round(..) | HitTarget::Common(_) => true,
        });
        Ok(Response::Found(hits))
    }

    pub(super) async fn erase_people(&mut self, people: &[PersonId]) -> Answer {
        for id in people {
            self.count_provisional(*id, ProvisionalEnd::Unsaid).await?;
        }
        self.erase_known_people(people).await
    }

    pub(super) async fn erase_known_people(&mut self, people: &[PersonId]) -> Answer {
        for id in people {
            // Neighbours who read something of them are told that it ended, and erase it as this device does.
            self.end_copies_of(*id).await?;
        }
        let old_books = self.forget_in_books(people).await?;
        let notebook = self.open.as_ref().ok_or(Failure::Locked)?;
        let (mut documents, mut names) = (BTreeSet::new(), Vec::new());
        documents.extend(old_books);
        for id in people {
            // What could not be ended from here is erased here all the same.
            let copies = notebook.views.copies_of(*id).into_iter().map(|copy| DocId(copy.id.0));
            documents.extend(copies.filter(|copy| notebook.views.document(*copy).is_some()));
            let about = notebook.views.documents_about(*id);
            if about.is_empty() {
                return Err(Failure::NotFound);
            }
            documents.extend(about);
            names.extend(notebook.views.person(*id).map(|person| person.display_name()));
        }
        let beside = self.beside(&documents, &names).await?;
        let Engine { store, ambient, open, notices, lately_read, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        notebook.erase(store, ambient, &documents, &beside).await?;
        lately_read.clear();
        let erased = Erased { documents: documents.len() as u32, drafts: beside.drafts.len() as u32 };
        notices(Notice::Changed(documents.into_iter().collect()));
        Ok(Response::Erased(erased))
    }

    pub(super) fn erased_ids(&mut self) -> Answer {
        let name = format!("maillon-erased-{}.txt", self.today());
        let bytes = erased_ids::write(self.notebook()?.erased());
        Ok(Response::File(File { name, mime: "text/plain".to_owned(), bytes }))
    }

    pub(super) async fn erase_again(&mut self, file: &[u8]) -> Answer {
        let Engine { store, ambient, open, notices, lately_read, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let ids = erased_ids::read(file).map_err(Failure::UnreadableFile)?;
        let back: Vec<DocId> = ids.iter().copied().filter(|id| notebook.views.document(*id).is_some()).collect();
        notebook.erase(store, ambient, &ids, &Beside::default()).await?;
        lately_read.clear();
        let erased = Erased { documents: back.len() as u32, drafts: 0 };
        notices(Notice::Changed(back));
        Ok(Response::Erased(erased))
    }

    /// Erases here what was erased on another device, with the drafts and readings about it. `held` are those of which
    /// something is here.
    pub(super) async fn erase_as_elsewhere(
        &mut self,
        ids: &BTreeSet<DocId>,
        held: &BTreeSet<DocId>,
    ) -> Result<(), Failure> {
        let views = &self.notebook()?.views;
        let people = held.iter().filter_map(|id| views.person(PersonId(id.0))).map(|person| person.display_name());
        let entries = held.iter().filter_map(|id| views.register_entry(RegisterEntryId(id.0)));
        let names: Vec<String> = people.chain(entries.map(RegisterEntry::display_name)).collect();
        let beside = self.beside(held, &names).await?;
        let Engine { store, ambient, open, notices, lately_read, .. } = self;
        open.as_mut().ok_or(Failure::Locked)?.erase(store, ambient, ids, &beside).await?;
        lately_read.clear();
        notices(Notice::Changed(held.iter().copied().collect()));
        Ok(())
    }

    /// The drafts and the reads that are about them: by what they say they are about. A form about nobody yet is theirs if
    /// it names them; one about someone else is that person's, whomever it names, and not a word of it is lost.
    pub(super) async fn beside(&self, documents: &BTreeSet<DocId>, names: &[String]) -> Result<Beside, Failure> {
        let notebook = self.open.as_ref().ok_or(Failure::Locked)?;
        let subjects = notebook.views.subjects_in(documents);
        let mut beside = Beside::default();
        for draft in notebook.drafts(&self.store).await? {
            let about_nobody = is_about_nobody(&draft.key);
            let names_them = names.iter().any(|name| !name.is_empty() && draft.content.contains(name));
            if (about_nobody && names_them)
                || subjects.iter().any(|id| is_about(&draft.key, id) || draft.content.contains(id))
            {
                beside.drafts.push(draft.key);
            }
        }
        for (number, bytes) in notebook.reads_before(&self.store, u64::MAX, usize::MAX).await? {
            let about = WrittenRead::from_bytes(&bytes).and_then(|read| read.about);
            if about.is_some_and(|id| documents.contains(&DocId(id))) {
                beside.reads.push(number);
            }
        }
        Ok(beside)
    }
}

/// Whether a form is about nobody, whatever it is filled in for: whom it tells of is in its words.
fn is_about_nobody(key: &DraftKey) -> bool {
    match key.form.as_str() {
        DraftKey::NOTE_WITH_ENTRY
        | DraftKey::REPORT
        | DraftKey::PROCEDURE
        | DraftKey::PUBLISH_PROCEDURE
        | DraftKey::TRAVELLING_SHEET
        | INFORMATION_DRAFT
        | PASS_ON_DRAFT
        | BOARD_NOTE_DRAFT
        | DraftKey::MEANS
        | DraftKey::MEANS_LOAN => true,
        // An episode that is about someone is `PROCEDURE/PERSON`.
        DraftKey::BEGIN_PROCEDURE => !key.subject.contains('/'),
        _ => key.subject.is_empty(),
    }
}

/// Whether a form is about what an id names; the subject of a line is `RECORD/LINE`.
fn is_about(key: &DraftKey, id: &str) -> bool {
    key.subject.split('/').any(|part| part == id)
}
