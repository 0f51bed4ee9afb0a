//! Stays at hospital, as plans: what a return brings is planned in the same act as the return.

use chrono::{NaiveDate, TimeDelta};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::stays::StayWrite;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::follow_up::FollowUp;
use maillon_shared::domain::hospital_stay::{HospitalStay, StayChange, StayEnd, StayState};
use maillon_shared::domain::ids::HospitalStayId;
use maillon_shared::domain::person::{PersonChange, PersonState};
use maillon_shared::domain::project::Owner;

use super::Engine;
use super::commands::{happened, journal_of, known, possible, reminded, short_enough, valid_follow_up};
use crate::ambient::Ambient;
use crate::journal::records::{follow_up, hospital_stay, person};
use crate::journal::{Document, Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// A slip of the year is likelier than a return so far ahead.
const FURTHEST_RETURN_DAYS: i64 = 366;
/// More help nobody.
const MOST_STEPS: usize = 200;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn write_stay(&mut self, write: StayWrite) -> Answer {
        match write {
            StayWrite::Notice { stay, draft } => self.notice_stay(*stay, draft).await,
            StayWrite::Edit { id, changes, draft } => self.edit_stay(id, changes, draft).await,
            StayWrite::Return { id, on, follow_ups, draft } => self.note_return(id, on, follow_ups, draft).await,
            StayWrite::End { id, on, how, draft } => self.end_stay(id, on, how, draft).await,
        }
    }

    pub(super) async fn stay(&mut self, id: HospitalStayId) -> Answer {
        let today = self.today();
        let mut file = self.notebook()?.views.stay_file(id, today).ok_or(Failure::NotFound)?;
        let (store, notebook) = (&self.store, self.open.as_mut().ok_or(Failure::Locked)?);
        let read = notebook.read_document(store, id.into(), |document: &mut Document| document.conflicts()).await;
        file.conflicts = hospital_stay::as_said(read.unwrap_or_default());
        self.note_read("stay", file.stay.person.0).await?;
        Ok(Response::Stay(Box::new(file)))
    }

    async fn notice_stay(&mut self, mut noticed: HospitalStay, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(noticed.id.into()).is_some() {
            return Ok(Response::Done);
        }
        known(views.person(noticed.person).is_some())?;
        reminded(views.person(noticed.person))?;
        noticed.state = StayState::There;
        happened(noticed.noticed, today)?;
        let blank = HospitalStay::noticed(noticed.id, noticed.person, noticed.noticed);
        valid(views, &blank, &blank.changes_to(&noticed), today)?;
        let mut plan = Plan::new("notice_stay");
        plan.ends_draft = draft;
        let header = Header::new(noticed.id.into(), Kind::HospitalStay, Some(noticed.person.0), 0);
        plan.edit(Target::New(header), move |document| hospital_stay::create(document, &noticed));
        self.save(plan).await
    }

    async fn edit_stay(&mut self, id: HospitalStayId, changes: Vec<StayChange>, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        valid(views, views.stay(id).ok_or(Failure::NotFound)?, &changes, today)?;
        let mut plan = Plan::new("edit_stay");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| hospital_stay::write(document, change))
        });
        self.save(plan).await
    }

    async fn note_return(
        &mut self,
        id: HospitalStayId,
        on: NaiveDate,
        follow_ups: Vec<FollowUp>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let held = views.stay(id).ok_or(Failure::NotFound)?;
        happened(on, today)?;
        if on < held.since() {
            return Err(Failure::Invalid(Invalid::Day));
        }
        let named = held.after_return();
        let person = held.person;
        let mut plan = Plan::new("note_return");
        plan.ends_draft = draft;
        for mut planned in follow_ups {
            if !named.contains(&planned.id) {
                return Err(Failure::NotUnderstood);
            }
            planned.person = Some(person);
            valid_follow_up(&planned, today)?;
            if planned.due < on {
                return Err(Failure::Invalid(Invalid::Day));
            }
            reminded(views.person(person))?;
            match views.follow_up(planned.id) {
                // Planned already, when the return was first noted: only its day may be another, and what was done is done.
                Some((before, document)) if before.is_open() => {
                    let before = before.clone();
                    plan.edit(Target::Document(document), move |document| {
                        follow_up::reschedule(document, &before, planned.due, "")
                    });
                }
                Some(_) => {}
                None => {
                    plan.edit(journal_of(Some(person), planned.due), move |document| {
                        follow_up::create(document, &planned)
                    });
                }
            }
        }
        plan.edit(Target::Document(id.into()), move |document| {
            hospital_stay::write_state(document, &StayState::Returned { on })
        });
        self.save(plan).await
    }

    async fn end_stay(&mut self, id: HospitalStayId, on: NaiveDate, how: StayEnd, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let held = views.stay(id).ok_or(Failure::NotFound)?;
        happened(on, today)?;
        if how != StayEnd::Mistake && on < held.since() {
            return Err(Failure::Invalid(Invalid::Day));
        }
        if matches!(how, StayEnd::Unknown(_)) {
            return Err(Failure::NotUnderstood);
        }
        let mut plan = Plan::new("end_stay");
        plan.ends_draft = draft;
        if how == StayEnd::Deceased {
            let died = PersonChange::State(PersonState::Deceased);
            for (sheet, change) in views.writes_of(held.person, died) {
                plan.edit(Target::Document(sheet.into()), move |document| person::write(document, &change));
            }
        }
        plan.edit(Target::Document(id.into()), move |document| {
            hospital_stay::write_state(document, &StayState::Ended { on, how })
        });
        self.save(plan).await
    }
}

fn valid(views: &Views, held: &HospitalStay, changes: &[StayChange], today: NaiveDate) -> Result<(), Failure> {
    let mut steps: Vec<_> = held.steps.iter().map(|step| step.id).collect();
    for change in changes {
        match change {
            StayChange::Text(_, text) | StayChange::StepNote(_, text) => short_enough(text)?,
            StayChange::Noticed(day) | StayChange::Admitted(Some(day)) => happened(*day, today)?,
            StayChange::Planned(Some(day)) | StayChange::StepBy(_, Some(day)) => {
                possible(*day)?;
                if *day > today + TimeDelta::days(FURTHEST_RETURN_DAYS) {
                    return Err(Failure::Invalid(Invalid::Day));
                }
            }
            StayChange::Entry(Some(entry)) => known(views.entry(*entry).is_some())?,
            StayChange::Step(id, what) => {
                short_enough(what)?;
                if what.trim().is_empty() {
                    return Err(Failure::Invalid(Invalid::Empty));
                }
                steps.push(*id);
            }
            StayChange::StepOwner(_, Some(Owner::Helper(helper))) => known(views.knows_helper(held.person, helper))?,
            StayChange::StepOwner(_, Some(Owner::Unknown(_))) => return Err(Failure::NotUnderstood),
            _ => {}
        }
    }
    // What is said of a step that nobody made would be shown nowhere.
    let spoken_of = changes.iter().filter_map(|change| match change {
        StayChange::StepState(id, _)
        | StayChange::StepOwner(id, _)
        | StayChange::StepBy(id, _)
        | StayChange::StepNote(id, _) => Some(*id),
        _ => None,
    });
    for id in spoken_of {
        known(steps.contains(&id))?;
    }
    if steps.len() > MOST_STEPS { Err(Failure::Invalid(Invalid::TooLong)) } else { Ok(()) }
}
