//! Neighbouring coordinators: who they are, what of someone is copied to them with her consent, how it ends.
//!
//! A copy is written in the document that both read and traced in the giver's own notebook, in one act. It is never undone:
//! it is ended, which erases it on this device at once and on the neighbour's at the next exchange, says there that one
//! ended, and keeps here what was said beside it.

use std::collections::BTreeSet;

use maillon_shared::api::errors::{Invalid, NotShared};
use maillon_shared::api::neighbours::{
    CopiesFile, NeighbourAnswer, NeighbourFile, NeighbourRequest, NeighbourRow, Neighbours, ReceivedFile,
};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Notice, Response};
use maillon_shared::domain::consent::{Purpose, Why};
use maillon_shared::domain::ids::{CopyId, DocId, LineId, NeighbourId, PersonId};
use maillon_shared::domain::liaison::Piece;
use maillon_shared::domain::person::Silence;
use maillon_shared::domain::person_copy::{CopyChoice, CopyTrace, Remark};

use super::Engine;
use super::commands::{known, possible, short_enough};
use super::sharing::{card_of, in_doubt, other_device};
use crate::ambient::{Ambient, random_array};
use crate::journal::records::person_copy;
use crate::journal::{Document, Header, Kind, Scope};
use crate::notebook::{Beside, Plan, SharedScope, Target};
use crate::store::Store;

/// Something was copied to a neighbour.
pub(super) const COPY: &str = "copy_to_neighbour";
/// A copy ended.
pub(super) const END: &str = "end_copy";

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn neighbour(&mut self, asked: NeighbourRequest) -> Answer {
        let answer = match asked {
            NeighbourRequest::All => NeighbourAnswer::All(Box::new(self.neighbours().await?)),
            NeighbourRequest::One(id) => NeighbourAnswer::One(Box::new(self.one_neighbour(id).await?)),
            NeighbourRequest::Received(id) => NeighbourAnswer::Received(Box::new(self.received_copy(id).await?)),
            NeighbourRequest::Copies(person) => NeighbourAnswer::Copies(Box::new(self.copies_of(person).await?)),
            NeighbourRequest::Preview(choice) => {
                let name = self.name_of_neighbour(choice.neighbour).await?;
                let today = self.today();
                self.note_read("copy_preview", choice.person.0).await?;
                let views = &self.notebook()?.views;
                let id = CopyId([0; 16]);
                let leaves = match views.may_copy(choice.person, &name, today) {
                    Ok(permit) => Ok(views.copy_for(&choice, id, &permit).ok_or(Failure::NotFound)?),
                    Err(why) => Err(why),
                };
                NeighbourAnswer::Preview(leaves)
            }
            NeighbourRequest::Add { card, words } => return self.add_neighbour(&card, words).await,
            NeighbourRequest::Copy { id, choice, draft } => return self.copy_to_neighbour(id, choice, draft).await,
            NeighbourRequest::End(id) => return self.end_copy(id).await,
            NeighbourRequest::Remark { copy, id, words, draft } => return self.remark(copy, id, &words, draft).await,
        };
        Ok(Response::Neighbour(Box::new(answer)))
    }

    // ── Who they are ────────────────────────────────────────────────────────────────────────────────────────────────

    /// How neighbours call this coordinator. A device that has no name yet is called so too.
    pub(super) async fn name_for_neighbours(&mut self) -> Result<String, Failure> {
        let Engine { store, ambient, open, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        let name = notebook.views.settings().0.coordinator.trim().to_owned();
        let name: String = name.chars().take(100).collect();
        if name.is_empty() {
            return Err(Failure::NotShared(NotShared::NoCoordinator));
        }
        if notebook.sharing(store).await?.this().is_err() {
            notebook.name_device(store, ambient, &name).await?;
        }
        Ok(name)
    }

    async fn add_neighbour(&mut self, card: &[u8], words: Option<String>) -> Answer {
        let file = card_of(card)?;
        let own_name = self.name_for_neighbours().await?;
        if file.company != maillon_shared::api::sharing::Company::Neighbour {
            return Err(Failure::NotShared(NotShared::OtherCompany));
        }
        if let Some(typed) = words {
            self.prepare_with(&typed).await?;
        }
        let Engine { store, ambient, open, .. } = self;
        open.as_mut().ok_or(Failure::Locked)?.add_neighbour(store, ambient, &file, &own_name).await?;
        self.tell_sharing();
        Ok(Response::Done)
    }

    async fn neighbours(&mut self) -> Result<Neighbours, Failure> {
        let may_talk = self.ambient.has_network();
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let name = notebook.views.settings().0.coordinator.trim().to_owned();
        let talks = notebook.talks(store).await?;
        let sharing = notebook.sharing(store).await?;
        let words_needed = !sharing.is_prepared_for_a_neighbour();
        let ids: Vec<NeighbourId> = sharing.neighbours().map(|(id, _)| id).collect();
        let mut all = Vec::new();
        for id in ids {
            all.push(self.row_of(id).await?);
        }
        all.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        Ok(Neighbours { name, words_needed, talks, may_talk, all })
    }

    async fn row_of(&mut self, id: NeighbourId) -> Result<NeighbourRow, Failure> {
        let today = self.today();
        let near = self.near().await?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let untold = notebook.untold_to(store, id).await?;
        let (given, received) = (notebook.views.given_to(id, today), notebook.views.received_from(id, today));
        let sharing = notebook.sharing(store).await?;
        let shared = sharing.neighbour(id).ok_or(Failure::NotFound)?;
        let members = shared.replica.members();
        let present = shared.theirs().filter(|(_, member)| member.left.is_none());
        let is_over =
            |row: &&maillon_shared::api::neighbours::GivenRow| row.copy.is_to_end(today) || row.why_not.is_some();
        Ok(NeighbourRow {
            id,
            name: shared.neighbour_name(),
            devices: present.map(|(device, _)| other_device(sharing, members, device, &near)).collect(),
            untold,
            is_member: shared.may_write(),
            given: given.len() as u32,
            to_end: given.iter().filter(is_over).count() as u32,
            received: if shared.may_write() { received.len() as u32 } else { 0 },
        })
    }

    async fn one_neighbour(&mut self, id: NeighbourId) -> Result<NeighbourFile, Failure> {
        let row = self.row_of(id).await?;
        let today = self.today();
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let given = notebook.views.given_to(id, today);
        let mut received = notebook.views.received_from(id, today);
        received.retain(|_| row.is_member);
        let ended = notebook.views.ended_by(id);
        let sharing = notebook.sharing(store).await?;
        let (waiting, set_aside) = in_doubt(sharing.neighbour(id).ok_or(Failure::NotFound)?);
        Ok(NeighbourFile { row, given, received, ended, waiting, set_aside })
    }

    async fn name_of_neighbour(&mut self, id: NeighbourId) -> Result<String, Failure> {
        self.in_scope_of(id, SharedScope::neighbour_name).await
    }

    async fn in_scope_of<T>(&mut self, id: NeighbourId, read: impl FnOnce(&SharedScope) -> T) -> Result<T, Failure> {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        Ok(read(notebook.sharing(store).await?.neighbour(id).ok_or(Failure::NotFound)?))
    }

    // ── What is copied ──────────────────────────────────────────────────────────────────────────────────────────────

    async fn received_copy(&mut self, id: CopyId) -> Result<ReceivedFile, Failure> {
        let today = self.today();
        let (neighbour, copy) = self.notebook()?.views.received(id, today).ok_or(Failure::NotFound)?;
        self.note_read("received_copy", id.0).await?;
        let (from, is_member) =
            self.in_scope_of(neighbour, |shared| (shared.neighbour_name(), shared.may_write())).await?;
        // A device that hears nothing from them any more does not know whether it ended.
        known(is_member)?;
        let is_over = copy.is_over(today);
        Ok(ReceivedFile { neighbour, from, copy, is_over })
    }

    async fn copies_of(&mut self, person: PersonId) -> Result<CopiesFile, Failure> {
        let today = self.today();
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let shown = notebook.views.person(person).ok_or(Failure::NotFound)?;
        let (person, name) = (shown.id, shown.display_name());
        let agreed = notebook.views.agreed_to_share(person, &Purpose::Sharing, today);
        let copies = notebook.views.copies_of(person);
        let given = copies.into_iter().map(|copy| notebook.views.given_row(copy, today)).collect();
        let sharing = notebook.sharing(store).await?;
        let neighbours = sharing.neighbours().filter(|(_, shared)| shared.may_write());
        let mut neighbours: Vec<_> = neighbours.map(|(id, shared)| (id, shared.neighbour_name())).collect();
        neighbours.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
        self.note_read("copies", person.0).await?;
        Ok(CopiesFile { person, name, neighbours, agreed, given })
    }

    async fn copy_to_neighbour(&mut self, id: CopyId, choice: CopyChoice, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let (to, may_write) =
            self.in_scope_of(choice.neighbour, |shared| (shared.neighbour_name(), shared.may_write())).await?;
        if !may_write {
            return Err(Failure::NotShared(NotShared::OnAnotherDevice));
        }
        let views = &self.notebook()?.views;
        let person = views.person(choice.person).ok_or(Failure::NotFound)?;
        if let Some(why @ (Silence::Refuses | Silence::Deceased)) = person.state.silence() {
            return Err(Failure::Silenced(why));
        }
        // Whoever was reported has agreed to nothing yet.
        if views.is_provisional(choice.person) {
            return Err(Failure::Provisional);
        }
        let permit = views.may_copy(choice.person, &to, today).map_err(Failure::NotPermitted)?;
        short_enough(&choice.message)?;
        if choice.message.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::NoReason));
        }
        if let Some(until) = choice.until {
            possible(until)?;
            if until < today {
                return Err(Failure::Invalid(Invalid::Day));
            }
        }
        let before = views.trace(id);
        if before.as_ref().is_some_and(|trace| !trace.stands() || trace.neighbour != choice.neighbour) {
            return Err(Failure::WrittenSince);
        }
        // One person is copied once to a neighbour: what they read is one page, and ends at once.
        let already = |trace: &CopyTrace| trace.neighbour == choice.neighbour && trace.stands() && trace.id != id;
        if before.is_none() && views.copies_of(choice.person).iter().any(already) {
            return Err(Failure::WrittenSince);
        }
        let mut copy = views.copy_for(&choice, id, &permit).ok_or(Failure::NotFound)?;
        copy.since = before.map_or(today, |trace| trace.since);
        let trace = CopyTrace {
            id,
            person: choice.person,
            neighbour: choice.neighbour,
            to,
            since: copy.since,
            on: copy.on,
            until: copy.until,
            consent: Some(permit.entry()),
            pieces: choice.pieces.into_iter().filter(|piece| !matches!(piece, Piece::Unknown(_))).collect(),
            message: copy.message.clone(),
            ended: None,
            remarks: Vec::new(),
        };
        let ids: Vec<LineId> =
            (0..person_copy::lines_told(&copy)).map(|_| LineId(random_array(&mut self.ambient))).collect();
        let target = match self.notebook()?.views.document(id.into()) {
            Some(_) => Target::Document(id.into()),
            None => {
                let scope = Scope::Neighbour(choice.neighbour);
                Target::New(Header::within(scope, id.into(), Kind::PersonCopy, None))
            }
        };
        let mut plan = Plan::new(COPY);
        plan.ends_draft = draft;
        plan.edit(target, move |document| person_copy::write(document, &copy, &ids));
        for traces in self.traces_of(id, choice.person)? {
            let trace = trace.clone();
            plan.edit(traces, move |document| person_copy::trace(document, &trace));
        }
        self.save(plan).await
    }

    async fn remark(&mut self, copy: CopyId, id: LineId, words: &str, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let neighbour = match views.trace(copy) {
            Some(trace) if trace.stands() => trace.neighbour,
            Some(_) => return Err(Failure::NotFound),
            None => {
                let (neighbour, received) = views.received(copy, today).ok_or(Failure::NotFound)?;
                known(!received.is_over(today))?;
                neighbour
            }
        };
        short_enough(words)?;
        let words = words.trim().to_owned();
        if words.is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        let (by, may_write) =
            self.in_scope_of(neighbour, |shared| (shared.own_name().to_owned(), shared.may_write())).await?;
        if !may_write {
            return Err(Failure::NotShared(NotShared::OnAnotherDevice));
        }
        let remark = Remark { id, day: today, by, words };
        let mut plan = Plan::new("remark_on_copy");
        plan.ends_draft = draft;
        plan.edit(Target::Document(copy.into()), move |document| person_copy::put_remark(document, &remark));
        self.save(plan).await
    }

    /// Ends a copy: what was said beside it is kept, the neighbour is told that one ended, and it is erased.
    pub(super) async fn end_copy(&mut self, id: CopyId) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let trace = views.trace(id).ok_or(Failure::NotFound)?;
        let is_here = views.document(id.into()).is_some();
        if !trace.stands() && !is_here {
            return Err(Failure::NotFound);
        }
        if trace.stands() {
            let said = views.shared_copy(id).map(|copy| copy.remarks.clone()).unwrap_or_default();
            // Ended where nobody can be told, it would be read there for ever.
            if !self.in_scope_of(trace.neighbour, SharedScope::may_write).await.unwrap_or(false) {
                return Err(Failure::NotShared(NotShared::OnAnotherDevice));
            }
            let mut plan = Plan::new(END);
            for traces in self.traces_of(id, trace.person)? {
                let said = said.clone();
                plan.edit(traces, move |document| person_copy::end_trace(document, id, today, &said));
            }
            let target = self.ends_of(trace.neighbour)?;
            plan.edit(target, move |document: &mut Document| person_copy::end(document, id, today));
            self.save(plan).await?;
        }
        self.erase_ended(&[id]).await?;
        Ok(Response::Done)
    }

    async fn erase_ended(&mut self, ids: &[CopyId]) -> Result<(), Failure> {
        let Engine { store, ambient, open, notices, .. } = self;
        let documents: BTreeSet<DocId> = ids.iter().map(|id| DocId(id.0)).collect();
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        notebook.erase(store, ambient, &documents, &Beside::default()).await?;
        notices(Notice::Changed(documents.into_iter().collect()));
        Ok(())
    }

    /// Erases the copies that were ended and that a cut, or a full disk, left here.
    pub(super) async fn erase_what_ended(&mut self) -> Result<(), Failure> {
        let left = self.notebook()?.views.ended_and_still_here();
        match left.is_empty() {
            true => Ok(()),
            false => self.erase_ended(&left).await,
        }
    }

    /// Ends what is copied of someone without a consent that stands: withdrawn, or objected to.
    pub(super) async fn end_what_may_not_be(&mut self, person: PersonId) -> Result<(), Failure> {
        let today = self.today();
        let views = &self.notebook()?.views;
        let standing = views.copies_of(person).into_iter().filter(CopyTrace::stands);
        let not_permitted = standing.filter(|copy| views.may_copy(person, &copy.to, today).is_err());
        let ids = not_permitted.map(|copy| copy.id).collect();
        self.end_each(ids).await
    }

    /// Ends all that is copied of someone.
    pub(super) async fn end_copies_of(&mut self, person: PersonId) -> Result<(), Failure> {
        let standing = self.notebook()?.views.copies_of(person).into_iter().filter(CopyTrace::stands);
        let ids = standing.map(|copy| copy.id).collect();
        self.end_each(ids).await
    }

    async fn end_each(&mut self, ids: Vec<CopyId>) -> Result<(), Failure> {
        for id in ids {
            match self.end_copy(id).await {
                // From where it was copied, it is ended: the screens say that it is to be.
                Ok(_) | Err(Failure::NotShared(NotShared::OnAnotherDevice) | Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    /// Ends what she ended, wherever it was noted: on another device, or before a cut.
    pub(super) async fn end_what_she_ended(&mut self) -> Result<(), Failure> {
        let today = self.today();
        let views = &self.notebook()?.views;
        let is_over = |copy: &CopyTrace| {
            matches!(views.may_copy(copy.person, &copy.to, today), Err(Why::Objects(_) | Why::Withdrawn(_)))
        };
        let over: Vec<CopyId> =
            views.standing_copies().iter().filter(|copy| is_over(copy)).map(|copy| copy.id).collect();
        self.end_each(over).await?;
        self.erase_what_ended().await
    }

    /// Where a trace is written: where it is, else in the person's own journal of them.
    fn traces_of(&mut self, id: CopyId, person: PersonId) -> Result<Vec<Target>, Failure> {
        let held = self.notebook()?.views.trace_documents(id);
        Ok(match held.is_empty() {
            true => vec![Target::Journal(Kind::GivenCopies, Some(person.0), 0)],
            false => held.into_iter().map(Target::Document).collect(),
        })
    }

    /// Where the ends of a neighbour's copies are written: one document a device that began one.
    fn ends_of(&mut self, neighbour: NeighbourId) -> Result<Target, Failure> {
        let scope = Scope::Neighbour(neighbour);
        let views = &self.notebook()?.views;
        let is_it = |header: &Header| header.kind == Kind::CopyEnds && header.scope == scope && header.is_writable();
        let held = views.every().filter(|(_, cached)| is_it(&cached.header)).map(|(id, _)| id).min();
        Ok(match held {
            Some(id) => Target::Document(id),
            None => {
                let id = DocId(random_array(&mut self.ambient));
                Target::New(Header::within(scope, id, Kind::CopyEnds, None))
            }
        })
    }
}
