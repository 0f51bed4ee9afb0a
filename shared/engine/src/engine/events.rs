//! Events of the collective: written as plans, refused where they could not be, or name someone who is accompanied in what
//! others read.

use maillon_shared::api::collective::Events;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::event::{
    Event, EventChange, EventField, EventKind, EventState, SpeakerField, StandField, WhoCame,
};
use maillon_shared::domain::ids::{EntryId, EventId, GroupId};
use maillon_shared::domain::time::PartialDate;

use super::Engine;
use super::collective::YEARS;
use super::commands::{known, possible, short_enough};
use super::groups::{name_of, names_nobody_in};
use crate::ambient::Ambient;
use crate::journal::records::event;
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 3_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn all_events(&mut self) -> Result<Events, Failure> {
        let groups = self.groups_to_write_in().await?;
        Ok(Events { groups, ..self.notebook()?.views.event_rows() })
    }

    pub(super) async fn create_event(
        &mut self,
        mut event: Event,
        group: Option<GroupId>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let views = &self.notebook()?.views;
        if views.document(event.id.into()).is_some() {
            return Ok(Response::Done);
        }
        event.withdrawn = false;
        let empty = Event::empty(event.id, event.kind().clone());
        let mut changes = empty.changes_to(&event);
        valid_event(views, &empty, &changes)?;
        if group.is_some() {
            changes = changes_in_common(views, changes)?;
        }
        let mut written = empty;
        changes.iter().for_each(|change| written.apply(change));
        let mut plan = Plan::new("create_event");
        plan.ends_draft = draft;
        let header = Header::within(scope, written.id.into(), Kind::Event, None);
        plan.edit(Target::New(header), move |document| event::create(document, &written));
        self.save(plan).await
    }

    pub(super) async fn edit_event(
        &mut self,
        id: EventId,
        changes: Vec<EventChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.event(id).ok_or(Failure::NotFound)?;
        valid_event(views, held, &changes)?;
        let changes = match views.group_of(id.into()) {
            Some(_) => changes_in_common(views, changes)?,
            None => changes,
        };
        let mut plan = Plan::new("edit_event");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| event::write(document, change))
        });
        self.save(plan).await
    }
}

/// What is written in an event that is common: nobody who is accompanied is named in what changes, and whoever is of this
/// directory is said in words.
fn changes_in_common(views: &Views, changes: Vec<EventChange>) -> Result<Vec<EventChange>, Failure> {
    let in_words = |change| match change {
        EventChange::StandEntry(line, Some(entry)) => EventChange::Stand(line, StandField::Name, name_of(views, entry)),
        EventChange::SpeakerEntry(line, Some(entry)) => {
            EventChange::Speaker(line, SpeakerField::Name, name_of(views, entry))
        }
        EventChange::HostEntry(Some(entry)) => EventChange::Text(EventField::Host, name_of(views, entry)),
        EventChange::Guest(line, WhoCame::Entry(entry)) => {
            EventChange::Guest(line, WhoCame::Named(name_of(views, entry)))
        }
        other => other,
    };
    let changes: Vec<EventChange> = changes.into_iter().map(in_words).collect();
    // Of what stood there before, whoever wrote it answers. A guest of what is no lunch is not shown, and would be sent.
    let written: Vec<&str> = changes.iter().flat_map(EventChange::words).collect();
    names_nobody_in(views, &written)?;
    Ok(changes)
}

fn valid_event(views: &Views, held: &Event, changes: &[EventChange]) -> Result<(), Failure> {
    let mut after = held.clone();
    let entry_known = |entry: &Option<EntryId>| known(entry.is_none_or(|entry| views.entry(entry).is_some()));
    for change in changes {
        after.apply(change);
        change.words().into_iter().try_for_each(short_enough)?;
        match change {
            EventChange::Commune(Some(commune)) => {
                short_enough(&commune.key)?;
                short_enough(&commune.name)?;
            }
            EventChange::Guest(_, WhoCame::Entry(entry)) => entry_known(&Some(*entry))?,
            EventChange::Kind(EventKind::Unknown(_)) | EventChange::State(EventState::Unknown(_)) => {
                return Err(Failure::NotUnderstood);
            }
            EventChange::HostEntry(entry) | EventChange::StandEntry(_, entry) | EventChange::SpeakerEntry(_, entry) => {
                entry_known(entry)?
            }
            EventChange::Planned(Some(date)) | EventChange::State(EventState::Held(date)) => possible_date(*date)?,
            EventChange::Until(Some(day))
            | EventChange::ToDoDue(_, Some(day))
            | EventChange::ToDoDone(_, Some(day)) => possible(*day)?,
            EventChange::Project(Some(project)) => known(views.collective_project(*project).is_some())?,
            _ => {}
        }
    }
    let until_first = match (after.shown_at(), after.until) {
        (Some(PartialDate::Day(first)), Some(last)) => last < first,
        _ => false,
    };
    match (after.title.trim().is_empty(), until_first, changes.len() > MOST_CHANGES) {
        (true, ..) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true, _) => Err(Failure::Invalid(Invalid::Day)),
        (.., true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}

pub(super) fn possible_date(date: PartialDate) -> Result<(), Failure> {
    match YEARS.contains(&date.year()) {
        true => Ok(()),
        false => Err(Failure::Invalid(Invalid::Day)),
    }
}
