//! Rounds, as plans.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::StopSilence;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{PersonId, RoundId};
use maillon_shared::domain::round::{Round, RoundChange, RoundField};

use super::Engine;
use super::commands::{known, possible, short_enough};
use crate::ambient::Ambient;
use crate::journal::records::round;
use crate::journal::{Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;
use crate::views::rounds::silence;

/// A day's driving is never so long: a slip of a digit is likelier.
const LONGEST_M: u32 = 2_000_000;
/// Nobody sees so many people in a day.
const MOST_STOPS: usize = 200;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn plan_round(&mut self, mut planned: Round, draft: Option<DraftKey>) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        if views.document(planned.id.into()).is_some() {
            return Ok(Response::Done);
        }
        planned.withdrawn = false;
        let mut met = BTreeSet::new();
        planned.stops.retain(|stop| met.insert(views.shown_as(stop.person)));
        let lines: BTreeSet<_> = planned.stops.iter().map(|stop| stop.id).collect();
        if planned.stops.is_empty() || lines.len() < planned.stops.len() {
            return Err(Failure::Invalid(Invalid::Empty));
        }
        valid(views, planned.day, &Round::empty(planned.id, planned.day).changes_to(&planned), today)?;
        if planned.stops.len() > MOST_STOPS {
            return Err(Failure::Invalid(Invalid::TooLong));
        }
        for change in planned.ordered_as(&views.proposed_order(&planned)) {
            if let RoundChange::Order(id, order) = change
                && let Some(stop) = planned.stops.iter_mut().find(|stop| stop.id == id)
            {
                stop.order = order;
            }
        }
        let mut plan = Plan::new("plan_round");
        plan.ends_draft = draft;
        let header = Header::new(planned.id.into(), Kind::Round, None, 0);
        plan.edit(Target::New(header), move |document| round::create(document, &planned));
        self.save(plan).await
    }

    pub(super) async fn edit_round(
        &mut self,
        id: RoundId,
        mut changes: Vec<RoundChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let held = views.round(id).ok_or(Failure::NotFound)?;
        // Whoever is on the round already is seen once.
        changes.retain(|change| match change {
            RoundChange::Stop(stop) => {
                let is_there = |other: PersonId| views.shown_as(other) == views.shown_as(stop.person);
                !held.stops.iter().any(|other| other.id == stop.id || is_there(other.person))
            }
            _ => true,
        });
        let day = changes.iter().find_map(|change| match change {
            RoundChange::Day(day) => Some(*day),
            _ => None,
        });
        valid(views, day.unwrap_or(held.day), &changes, today)?;
        if held.stops.len() + changes.len() > 2 * MOST_STOPS {
            return Err(Failure::Invalid(Invalid::TooLong));
        }
        let mut plan = Plan::new("edit_round");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| round::write(document, change))
        });
        self.save(plan).await
    }

    pub(super) async fn arrange_round(&mut self, id: RoundId) -> Answer {
        let views = &self.notebook()?.views;
        let held = views.round(id).ok_or(Failure::NotFound)?;
        let changes = held.ordered_as(&views.proposed_order(held));
        let mut plan = Plan::new("arrange_round");
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| round::write(document, change))
        });
        self.save(plan).await
    }
}

fn valid(views: &Views, day: NaiveDate, changes: &[RoundChange], today: NaiveDate) -> Result<(), Failure> {
    for change in changes {
        match change {
            RoundChange::Text(RoundField::From | RoundField::BackWith, text) => short_enough(text)?,
            RoundChange::Distance(Some(metres)) if *metres > LONGEST_M => {
                return Err(Failure::Invalid(Invalid::TooFar));
            }
            RoundChange::Stop(stop) => {
                let person = views.person(stop.person);
                known(person.is_some())?;
                if views.is_provisional(stop.person) {
                    return Err(Failure::Provisional);
                }
                match person.and_then(|person| silence(person, day)) {
                    None => {}
                    Some(StopSilence::Away(_)) => return Err(Failure::Invalid(Invalid::Away)),
                    Some(StopSilence::For(why)) => return Err(Failure::Silenced(why)),
                }
            }
            _ => {}
        }
    }
    possible(day)?;
    // A slip of the year is likelier than a round so far ahead.
    if day > today + TimeDelta::days(366) {
        return Err(Failure::Invalid(Invalid::Day));
    }
    Ok(())
}
