//! What is written: each request as a plan of the smallest writes, refused before anything is written where it cannot be.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, TimeDelta};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::{Draft, DraftKey, NewEncounter};
use maillon_shared::api::{Answer, Failure, Notice, Request, Response};
use maillon_shared::domain::directory::{DirectoryEntry, EntryChange, EntryKind};
use maillon_shared::domain::encounter::{EncounterChange, EncounterKind};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, FollowUpState};
use maillon_shared::domain::ids::{ActId, DocId, EncounterId, EntryId, FollowUpId, PersonId, SurveyId};
use maillon_shared::domain::person::{Person, PersonChange};
use maillon_shared::domain::settings::SettingsField;

use super::lending::RENEW_REGISTER;
use super::{Engine, missions};
use crate::ambient::{Ambient, random_array};
use crate::journal::records::{directory, encounter, follow_up, note, person, request, settings};
use crate::journal::{Header, Kind};
use crate::notebook::{INTRODUCE, JOIN_DEVICES, Plan, SUCCESSION, TELL_ERASURES, Target};
use crate::store::Store;

/// Longer than any note.
const LONGEST_TEXT_CHARS: usize = 1_000_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn write(&mut self, request: Request) -> Answer {
        self.notebook()?;
        match request {
            Request::CreatePerson { id, changes, draft } => self.create_person(id, changes, draft).await,
            Request::EditPerson { id, changes, draft } => self.edit_person(id, changes, draft).await,
            Request::RecordEncounter(new) => self.record_encounter(*new).await,
            Request::EditEncounter { id, changes, unshared_note, draft } => {
                self.edit_encounter(id, changes, unshared_note, draft).await
            }
            Request::PlanFollowUp { follow_up, draft } => self.plan_follow_up(follow_up, draft).await,
            Request::Reschedule { id, day, reason } => self.reschedule(id, day, reason).await,
            Request::Complete { id } => self.complete(id).await,
            Request::Cancel { id, why } => self.cancel(id, why).await,
            Request::GiveEntry { entry, draft } => self.give_entry(*entry, draft).await,
            Request::WithdrawEntry { id, withdrawn } => self.withdraw_entry(id, withdrawn).await,
            Request::RecordEmergencyDisclosure { disclosure, draft } => {
                self.record_emergency_disclosure(*disclosure, draft).await
            }
            Request::Assess { assessment, draft } => self.assess(*assessment, draft).await,
            Request::EditAssessment { id, changes, draft } => self.edit_assessment(id, changes, draft).await,
            Request::MergePeople { id, kept, other, from_other } => {
                self.merge_people(id, kept, other, from_other).await
            }
            Request::ErasePeople(people) => self.erase_people(&people).await,
            Request::ForgetOldReads => self.forget_old_reads().await,
            Request::UnmergePeople(id) => self.unmerge_people(id).await,
            Request::CreateEntry { id, kind, changes, draft } => self.create_entry(id, kind, changes, draft).await,
            Request::EditEntry { id, changes, draft } => self.edit_entry(id, changes, draft).await,
            Request::WriteHousehold(write) => self.write_household(*write).await,
            Request::WriteRegister(write) => self.write_register(*write).await,
            Request::EraseRegisterEntries(entries) => self.erase_register_entries(&entries).await,
            Request::WriteProject(write) => self.write_project(*write).await,
            Request::WriteStay(write) => self.write_stay(*write).await,
            Request::WriteMeeting(write) => self.write_meeting(*write).await,
            Request::WriteTriage(write) => self.write_triage(*write).await,
            Request::Count(counted) => self.count(counted).await,
            Request::TakeBack { day, half, what } => self.take_back(day, &half, &what).await,
            Request::PlanRound { round, draft } => self.plan_round(*round, draft).await,
            Request::EditRound { id, changes, draft } => self.edit_round(id, changes, draft).await,
            Request::ArrangeRound(id) => self.arrange_round(id).await,
            Request::WriteAlert(write) => self.write_alert(*write).await,
            Request::WriteAddresses(write) => self.write_addresses(*write).await,
            Request::EditSettings(changes) => self.edit_settings(changes, None).await,
            Request::EditLists(write) => self.edit_lists(&write).await,
            Request::EditOwnCard { changes, draft } => self.edit_settings(changes, Some(draft)).await,
            Request::Undo(act) => self.undo(act).await,
            Request::SaveDraft(draft) => self.save_draft(draft).await,
            Request::DropDraft(key) => self.drop_draft(&key).await,
            Request::CreateCampaign(new) => self.create_campaign(*new).await,
            Request::EditCampaign { id, changes, draft } => self.edit_campaign(id, changes, draft).await,
            Request::RefreshCampaign(id) => self.refresh_campaign(id).await,
            Request::Allot { campaign, allotment } => self.allot(campaign, allotment).await,
            Request::RecordAttempts { attempts, draft } => self.record_attempts(attempts, draft).await,
            Request::EditAttempt { card, id, changes } => self.edit_attempt(card, id, changes).await,
            Request::CloseCampaign(id) => self.close_campaign(id).await,
            Request::WriteCollective(asked) => self.write_collective(*asked).await,
            Request::EraseCalls(campaigns) => self.erase_calls(&campaigns).await,
            _ => Err(Failure::NotUnderstood),
        }
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.ambient.now().day()
    }

    // ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async fn create_person(&mut self, id: PersonId, changes: Vec<PersonChange>, draft: Option<DraftKey>) -> Answer {
        if self.notebook()?.views.document(id.into()).is_some() {
            return Ok(Response::Done);
        }
        valid_person(Person::empty(id), &changes)?;
        let mut plan = Plan::new("create_person");
        plan.ends_draft = draft;
        plan.edit(Target::New(Header::new(id.into(), Kind::Person, None, 0)), move |document| {
            changes.iter().try_for_each(|change| person::write(document, change))
        });
        self.save(plan).await
    }

    async fn edit_person(&mut self, id: PersonId, changes: Vec<PersonChange>, draft: Option<DraftKey>) -> Answer {
        let views = &self.notebook()?.views;
        let person = views.person(id).ok_or(Failure::NotFound)?.clone();
        if views.is_provisional(id) {
            return Err(Failure::Provisional);
        }
        valid_person(person, &changes)?;
        let mut plan = Plan::new("edit_person");
        plan.ends_draft = draft;
        let views = &self.notebook()?.views;
        for (sheet, change) in changes.into_iter().flat_map(|change| views.writes_of(id, change)) {
            plan.edit(Target::Document(sheet.into()), move |document| person::write(document, &change));
        }
        self.save(plan).await
    }

    // ── Encounters ──────────────────────────────────────────────────────────────────────────────────────────────────

    async fn record_encounter(&mut self, new: NewEncounter) -> Answer {
        let today = self.today();
        let id = new.encounter.id;
        let notebook = self.notebook()?;
        if notebook.views.encounter(id).is_some() {
            return Ok(Response::Done);
        }
        let about = new.encounter.person;
        known(notebook.views.person(about.unwrap_or(PersonId([0; 16]))).is_some() || about.is_none())?;
        if !new.follow_ups.is_empty() {
            reminded(about.and_then(|id| notebook.views.person(id)))?;
        }
        if let Some(entry) = new.encounter.with_entry {
            known(notebook.views.entry(entry).is_some())?;
        }
        happened(new.encounter.day, today)?;
        let texts = [&new.encounter.words, &new.encounter.notes, &new.encounter.place, &new.encounter.with];
        texts.into_iter().chain([&new.unshared_note]).try_for_each(|text| short_enough(text))?;
        for planned in &new.follow_ups {
            valid_follow_up(planned, today)?;
        }
        for asked in &new.requests {
            super::triage::valid(asked, today)?;
        }
        let completed = match new.completes {
            Some(follow_up) => Some(notebook.views.follow_up(follow_up).ok_or(Failure::NotFound)?),
            None => None,
        };
        let completed = completed.map(|(follow_up, document)| (follow_up.clone(), document));

        let day = new.encounter.day;
        let mut plan = Plan::new("record_encounter");
        plan.ends_draft = new.draft;
        let meets_the_person = new.encounter.kind != EncounterKind::ThirdParty;
        let taken = new.encounter;
        plan.edit(journal_of(about, day), move |document| encounter::create(document, &taken));
        if !new.unshared_note.trim().is_empty() {
            plan.edit(private_journal_of(about, day), move |document| note::write(document, id, &new.unshared_note));
        }
        // An answer expected may well come by a third party; seeing the person does not.
        let is_done = |follow_up: &FollowUp| {
            use FollowUpKind::{Call, Contact, Visit};
            follow_up.is_open() && (meets_the_person || !matches!(follow_up.kind, Contact | Visit | Call))
        };
        if let Some((follow_up, document)) = completed.filter(|(follow_up, _)| is_done(follow_up)) {
            self.plan_completion(&mut plan, &follow_up, document, day, Some(id));
        }
        for mut planned in new.follow_ups {
            planned.person = about;
            planned.from = Some(id);
            plan.edit(journal_of(about, day), move |document| follow_up::create(document, &planned));
        }
        for mut asked in new.requests {
            asked.from = Some(id);
            asked.person = about;
            let header = Header::new(asked.id.into(), Kind::Episode, about.map(|person| person.0), 0);
            plan.edit(Target::New(header), move |document| request::create(document, &asked));
        }
        self.save(plan).await
    }

    async fn edit_encounter(
        &mut self,
        id: EncounterId,
        changes: Vec<EncounterChange>,
        unshared_note: Option<String>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let notebook = self.notebook()?;
        let (held, document) = notebook.views.encounter(id).ok_or(Failure::NotFound)?;
        for change in &changes {
            match change {
                EncounterChange::Text(_, text) => short_enough(text)?,
                EncounterChange::Day(day) => happened(*day, today)?,
                EncounterChange::WithEntry(Some(entry)) => known(notebook.views.entry(*entry).is_some())?,
                _ => {}
            }
        }
        let (about, day) = (held.person, held.day);
        let note_in = notebook.views.unshared_note(held).map(|(_, document)| document);
        let mut plan = Plan::new("edit_encounter");
        plan.ends_draft = draft;
        plan.edit(Target::Document(document), move |document| {
            changes.iter().try_for_each(|change| encounter::write(document, id, change))
        });
        if let Some(text) = unshared_note {
            short_enough(&text)?;
            if note_in.is_some() || !text.trim().is_empty() {
                let target = note_in.map_or_else(|| private_journal_of(about, day), Target::Document);
                plan.edit(target, move |document| note::write(document, id, &text));
            }
        }
        self.save(plan).await
    }

    // ── Follow-ups ──────────────────────────────────────────────────────────────────────────────────────────────────

    async fn plan_follow_up(&mut self, planned: FollowUp, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let notebook = self.notebook()?;
        if notebook.views.follow_up(planned.id).is_some() {
            return Ok(Response::Done);
        }
        if let Some(person) = planned.person {
            let person = notebook.views.person(person);
            known(person.is_some())?;
            reminded(person)?;
        } else if planned.what.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        valid_follow_up(&planned, today)?;
        let mut plan = Plan::new("plan_follow_up");
        plan.ends_draft = draft;
        plan.edit(journal_of(planned.person, today), move |document| follow_up::create(document, &planned));
        self.save(plan).await
    }

    async fn reschedule(&mut self, id: FollowUpId, day: NaiveDate, reason: String) -> Answer {
        let (held, document) = self.open_follow_up(id)?;
        let views = &self.notebook()?.views;
        reminded(held.person.and_then(|id| views.person(id)))?;
        possible(day)?;
        short_enough(&reason)?;
        if day > held.due && reason.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::NoReason));
        }
        let mut plan = Plan::new("reschedule");
        plan.edit(Target::Document(document), move |document| follow_up::reschedule(document, &held, day, &reason));
        self.save(plan).await
    }

    async fn complete(&mut self, id: FollowUpId) -> Answer {
        let today = self.today();
        let (held, document) = self.open_follow_up(id)?;
        let mut plan = Plan::new("complete");
        self.plan_completion(&mut plan, &held, document, today, None);
        self.save(plan).await
    }

    /// Done, and what comes again by its rhythm: the next one, from the day it was done.
    fn plan_completion(
        &mut self,
        plan: &mut Plan,
        held: &FollowUp,
        document: DocId,
        day: NaiveDate,
        by: Option<EncounterId>,
    ) {
        let id = held.id;
        plan.edit(Target::Document(document), move |document| {
            follow_up::write_state(document, id, &FollowUpState::Done { day, by })
        });
        if let Some(rhythm) = held.rhythm {
            let next = FollowUp {
                id: FollowUpId(random_array(&mut self.ambient)),
                due: rhythm.next_after(day),
                from: by,
                postponed_because: String::new(),
                postponed_times: 0,
                ..held.clone()
            };
            plan.edit(journal_of(held.person, day), move |document| follow_up::create(document, &next));
        }
    }

    async fn cancel(&mut self, id: FollowUpId, why: String) -> Answer {
        let (_, document) = self.open_follow_up(id)?;
        short_enough(&why)?;
        if why.trim().is_empty() {
            return Err(Failure::Invalid(Invalid::NoReason));
        }
        let mut plan = Plan::new("cancel");
        plan.edit(Target::Document(document), move |document| {
            follow_up::write_state(document, id, &FollowUpState::Cancelled { why })
        });
        self.save(plan).await
    }

    fn open_follow_up(&mut self, id: FollowUpId) -> Result<(FollowUp, DocId), Failure> {
        let (held, document) = self.notebook()?.views.follow_up(id).ok_or(Failure::NotFound)?;
        match held.is_open() {
            true => Ok((held.clone(), document)),
            // Someone was quicker: what it has become is on the screen that comes next.
            false => Err(Failure::WrittenSince),
        }
    }

    // ── Directory ───────────────────────────────────────────────────────────────────────────────────────────────────

    async fn create_entry(
        &mut self,
        id: EntryId,
        kind: EntryKind,
        changes: Vec<EntryChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        if self.notebook()?.views.document(id.into()).is_some() {
            return Ok(Response::Done);
        }
        valid_entry(DirectoryEntry::empty(id, kind.clone()), &changes)?;
        let mut plan = Plan::new("create_entry");
        plan.ends_draft = draft;
        plan_new_entry(&mut plan, id, kind, changes);
        self.save(plan).await
    }

    async fn edit_entry(&mut self, id: EntryId, changes: Vec<EntryChange>, draft: Option<DraftKey>) -> Answer {
        let entry = self.notebook()?.views.entry(id).ok_or(Failure::NotFound)?.clone();
        valid_entry(entry, &changes)?;
        let mut plan = Plan::new("edit_entry");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| directory::write(document, change))
        });
        self.save(plan).await
    }

    // ── Settings, drafts, undo ──────────────────────────────────────────────────────────────────────────────────────

    async fn edit_settings(&mut self, changes: Vec<(SettingsField, String)>, draft: Option<DraftKey>) -> Answer {
        changes.iter().try_for_each(|(_, text)| short_enough(text))?;
        let (_, document) = self.notebook()?.views.settings();
        let target = document.map_or(Target::Journal(Kind::Settings, None, 0), Target::Document);
        let mut plan = Plan::new("edit_settings");
        plan.ends_draft = draft;
        plan.edit(target, move |document| {
            changes.iter().try_for_each(|(field, text)| settings::write(document, *field, text))
        });
        self.save(plan).await
    }

    async fn save_draft(&mut self, mut draft: Draft) -> Answer {
        short_enough(&draft.content)?;
        draft.at = self.ambient.now();
        let Engine { store, ambient, open, .. } = self;
        open.as_ref().ok_or(Failure::Locked)?.save_draft(store, ambient, &draft).await?;
        Ok(Response::Done)
    }

    async fn drop_draft(&mut self, key: &DraftKey) -> Answer {
        let Engine { store, open, .. } = self;
        open.as_ref().ok_or(Failure::Locked)?.drop_draft(store, key).await?;
        Ok(Response::Done)
    }

    async fn undo(&mut self, act: ActId) -> Answer {
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        // What left the register, or the notebook, left it: the trace stays.
        match notebook.act_what(store, act).await?.as_str() {
            super::register::RECORD_EXTRACT
            | super::projects::GIVE_SHEET
            | super::neighbours::COPY
            | super::groups::ANSWER_GROUP
            | super::summary::PUBLISH
            | super::summary::CORRECT
            | super::summary::PUBLISH_REPORT
            | super::summary::TAKE
            | super::meetings::GIVE_PAPER
            | super::travelling_sheets::LEAVE
            | RENEW_REGISTER
            | INTRODUCE
            | SUCCESSION
            | JOIN_DEVICES => return Err(Failure::Kept),
            super::triage::ERASE_PROVISIONAL | super::neighbours::END | super::summary::FORGET | TELL_ERASURES => {
                return Err(Failure::Gone);
            }
            _ => {}
        }
        let notebook = self.open.as_mut().ok_or(Failure::Locked)?;
        for id in notebook.born_in(&self.store, act).await? {
            // A group without a name would stay so: it is changed, and not taken back.
            if notebook.views.document(id).is_some_and(|held| held.header.kind == Kind::Group) {
                return Err(Failure::Kept);
            }
            // What others may have read, and written in, does not disappear under them.
            if notebook.views.group_of(id).is_some() && notebook.was_told(&self.store, id).await? {
                return Err(Failure::Kept);
            }
        }
        for scope in notebook.scopes_of_act(&self.store, act).await? {
            self.writable(&scope).await?;
        }
        let Engine { store, ambient, open, notices, .. } = self;
        let notebook = open.as_mut().ok_or(Failure::Locked)?;
        // A person about whom something was written since is not made to disappear under it.
        let born = notebook.born_in(store, act).await?;
        if born.iter().any(|document| notebook.views.would_hide_someone(*document, &born)) {
            return Err(Failure::WrittenSince);
        }
        // Nor a survey under those who answered it: it is withdrawn, which hides it and says so.
        let was_answered = |document: &DocId| {
            let id = SurveyId(document.0);
            notebook.views.survey(id).is_some() && notebook.views.gathered(id).all().next().is_some()
        };
        if born.iter().any(was_answered) {
            return Err(Failure::WrittenSince);
        }
        let mut progress = |done, total| notices(Notice::Progress { done, total });
        let saved = notebook.undo(store, ambient, act, &mut progress).await?;
        // What was undone may be what she had agreed to.
        let people: BTreeSet<PersonId> = notebook.views.consents_of_documents(&saved.changed);
        let saved = self.saved(saved);
        for person in people {
            let _ = self.end_what_may_not_be(person).await;
        }
        Ok(saved)
    }
}

/// A new entry in its document, for a form and for an import alike.
pub(super) fn plan_new_entry(plan: &mut Plan, id: EntryId, kind: EntryKind, changes: Vec<EntryChange>) {
    plan.edit(Target::New(Header::new(id.into(), Kind::DirectoryEntry, None, 0)), move |document| {
        directory::write(document, &EntryChange::Kind(kind))?;
        changes.iter().try_for_each(|change| directory::write(document, change))
    });
}

/// Where what concerns a person, or nobody, is written on a day.
pub(super) fn journal_of(about: Option<PersonId>, day: NaiveDate) -> Target {
    match about {
        Some(person) => Target::Journal(Kind::PersonJournal, Some(person.0), day.year()),
        None => Target::Journal(Kind::CommuneJournal, None, day.year() * 100 + day.month() as i32),
    }
}

fn private_journal_of(about: Option<PersonId>, day: NaiveDate) -> Target {
    Target::Journal(Kind::PrivateJournal, about.map(|person| person.0), day.year())
}

pub(super) fn known(known: bool) -> Result<(), Failure> {
    if known { Ok(()) } else { Err(Failure::NotFound) }
}

/// What would never be reminded of is not planned: it would be lost without a word.
pub(super) fn reminded(person: Option<&Person>) -> Result<(), Failure> {
    match person.and_then(|person| person.state.silence()) {
        None => Ok(()),
        Some(silence) => Err(Failure::Silenced(silence)),
    }
}

pub(super) fn short_enough(text: &str) -> Result<(), Failure> {
    match text.len() <= LONGEST_TEXT_CHARS || text.chars().count() <= LONGEST_TEXT_CHARS {
        true => Ok(()),
        false => Err(Failure::Invalid(Invalid::TooLong)),
    }
}

/// A day someone may write: no slip of a digit makes one that no calendar shows.
pub(super) fn possible(day: NaiveDate) -> Result<(), Failure> {
    if (1900..=2200).contains(&day.year()) { Ok(()) } else { Err(Failure::Invalid(Invalid::Day)) }
}

/// What took place did so by tomorrow at the latest: clocks and midnights are forgiven.
pub(super) fn happened(day: NaiveDate, today: NaiveDate) -> Result<(), Failure> {
    possible(day)?;
    match day <= today + TimeDelta::days(1) {
        true => Ok(()),
        false => Err(Failure::Invalid(Invalid::Day)),
    }
}

pub(super) fn valid_follow_up(planned: &FollowUp, today: NaiveDate) -> Result<(), Failure> {
    possible(planned.due)?;
    // A slip of the year is likelier than a promise for so long.
    if planned.due > today + TimeDelta::days(366 * 10) {
        return Err(Failure::Invalid(Invalid::Day));
    }
    short_enough(&planned.what)?;
    short_enough(&planned.owner)
}

fn valid_person(mut person: Person, changes: &[PersonChange]) -> Result<(), Failure> {
    for change in changes {
        match change {
            PersonChange::Text(field, text) => {
                short_enough(text)?;
                *person.text_mut(*field) = text.clone();
            }
            PersonChange::Phone(_, _, text) | PersonChange::Related(_, _, text) => short_enough(text)?,
            _ => {}
        }
    }
    if person.display_name().is_empty() { Err(Failure::Invalid(Invalid::NoName)) } else { Ok(()) }
}

fn valid_entry(mut entry: DirectoryEntry, changes: &[EntryChange]) -> Result<(), Failure> {
    for change in changes {
        match change {
            EntryChange::Text(field, text) => {
                short_enough(text)?;
                *entry.text_mut(*field) = text.clone();
            }
            EntryChange::Phone(_, _, text) => short_enough(text)?,
            EntryChange::Mission(_, change) => missions::valid(change)?,
            EntryChange::Absence(_, change) => missions::valid_absence(change)?,
            _ => {}
        }
    }
    if entry.display_name().is_empty() { Err(Failure::Invalid(Invalid::NoName)) } else { Ok(()) }
}
