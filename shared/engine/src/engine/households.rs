//! People who live together, as plans; and since when someone of the household is gone.

use chrono::{Months, NaiveDate};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::households::HouseholdWrite;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::household::{live_together, moving_to};
use maillon_shared::domain::ids::{HouseholdId, PersonId};
use maillon_shared::domain::isolation::IsolationAssessment;
use maillon_shared::domain::person::{PersonChange, PersonState};

use super::Engine;
use super::commands::known;
use crate::ambient::Ambient;
use crate::journal::records::person;
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// For how long after a death the one who stays is shown as bereaved: what the list of isolation factors says.
const MOURNING_MONTHS: u32 = 24;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn write_household(&mut self, write: HouseholdWrite) -> Answer {
        let views = &self.notebook()?.views;
        let mut plan;
        match write {
            HouseholdWrite::Join { person, with, home, same_address, draft } => {
                plan = Plan::new("join_household");
                plan.ends_draft = draft;
                let changes = joining(views, person, with, home, same_address)?;
                write_all(&mut plan, views, changes);
            }
            HouseholdWrite::Leave(person) => {
                plan = Plan::new("leave_household");
                known(views.person(person).is_some())?;
                write_all(&mut plan, views, vec![(person, PersonChange::Home(None))]);
            }
            HouseholdWrite::SameAddress { of, people } => {
                plan = Plan::new("same_address");
                let home = views.person(of).ok_or(Failure::NotFound)?;
                let mut changes = Vec::new();
                for id in people {
                    let person = views.person(id).filter(|person| live_together(home, person));
                    let person = person.ok_or(Failure::NotFound)?;
                    changes.extend(moving_to(person, home).into_iter().map(|change| (id, change)));
                }
                write_all(&mut plan, views, changes);
            }
        }
        if plan.edits.is_empty() {
            return Ok(Response::Done);
        }
        self.save(plan).await
    }

    /// Whether someone of the household died, and nobody has looked at the person's isolation since.
    pub(super) async fn is_mourning(&mut self, id: PersonId, looks: &[IsolationAssessment]) -> bool {
        let now = self.ambient.now();
        let (today, offset_min) = (now.day(), now.offset_min);
        let Some(notebook) = self.open.as_mut() else { return false };
        let mut last: Option<NaiveDate> = None;
        for lost in notebook.views.lost_in_household(id) {
            for sheet in notebook.views.sheets_of(lost) {
                let read = notebook
                    .read_document(&self.store, sheet.into(), move |document| document.history(offset_min))
                    .await;
                let died = read.unwrap_or_default().into_iter().find(|field| field.field == "state");
                let died = died.filter(|field| field.value == PersonState::Deceased.code()).map(|field| field.at.day());
                last = last.max(died);
            }
        }
        let Some(last) = last else { return false };
        let is_recent = last.checked_add_months(Months::new(MOURNING_MONTHS)).is_some_and(|end| today < end);
        is_recent && looks.iter().all(|look| look.day < last)
    }
}

/// What to write so that someone lives with another.
fn joining(
    views: &Views,
    person: PersonId,
    with: PersonId,
    home: HouseholdId,
    same_address: bool,
) -> Result<Vec<(PersonId, PersonChange)>, Failure> {
    let (one, other) = (views.person(person).ok_or(Failure::NotFound)?, views.person(with).ok_or(Failure::NotFound)?);
    if one.id == other.id {
        return Err(Failure::Invalid(Invalid::SamePerson));
    }
    let mut changes = Vec::new();
    let home = match other.home.first() {
        Some(home) => *home,
        None => {
            changes.push((with, PersonChange::Home(Some(home))));
            home
        }
    };
    if one.home.iter().ne([&home]) {
        changes.push((person, PersonChange::Home(Some(home))));
    }
    if same_address {
        let (who, moved) = match other.address.is_empty() {
            true => (with, moving_to(other, one)),
            false => (person, moving_to(one, other)),
        };
        changes.extend(moved.into_iter().map(|change| (who, change)));
    }
    Ok(changes)
}

fn write_all(plan: &mut Plan, views: &Views, changes: Vec<(PersonId, PersonChange)>) {
    for (id, change) in changes {
        for (sheet, change) in views.writes_of(id, change) {
            plan.edit(Target::Document(sheet.into()), move |document| person::write(document, &change));
        }
    }
}
