//! Events of the collective: written as plans, refused where they could not be, or name someone who is accompanied in what
//! others read.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use maillon_shared::api::calendar::EventCalendar;
use maillon_shared::api::collective::Events;
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::File;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::clues::{Weight, WrittenFor};
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
use crate::exchange::icalendar::{CalendarEvent, write_calendar};
use crate::journal::records::event;
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 3_000;
/// So many are looked through for names in one go.
const AT_ONCE: usize = 1_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn all_events(&mut self) -> Result<Events, Failure> {
        let groups = self.groups_to_write_in().await?;
        Ok(Events { groups, ..self.notebook()?.views.event_rows() })
    }

    /// The events that have a day, as calendars read them. A calendar is read by whoever has it: an event whose words name
    /// someone who is accompanied is left out, common or not, and so it is said.
    pub(super) fn event_calendar(&mut self) -> Result<EventCalendar, Failure> {
        let now = self.ambient.now();
        let views = &self.notebook()?.views;
        let days: Vec<Option<CalendarEvent>> = views.events().map(|event| of_calendar(views, event)).collect();
        let without_day = days.iter().filter(|event| event.is_none()).count() as u32;
        let known: Vec<CalendarEvent> = days.into_iter().flatten().collect();
        let mut events: Vec<CalendarEvent> = Vec::new();
        for some in known.chunks(AT_ONCE) {
            let words: Vec<String> =
                some.iter().map(|event| [event.title.as_str(), &event.place, &event.about].join("\n")).collect();
            let clues = views.clues(&words.iter().map(String::as_str).collect::<Vec<_>>(), WrittenFor::Project);
            let naming: BTreeSet<usize> =
                clues.iter().filter(|clue| clue.weight == Weight::Must).map(|clue| clue.text.into()).collect();
            events.extend(some.iter().enumerate().filter(|(at, _)| !naming.contains(at)).map(|(_, one)| one.clone()));
        }
        let naming = (known.len() - events.len()) as u32;
        events.sort_by(|one, other| (one.from, &one.uid).cmp(&(other.from, &other.uid)));
        let file = (!events.is_empty()).then(|| File {
            name: "evenements.ics".to_owned(),
            mime: "text/calendar;charset=utf-8".to_owned(),
            bytes: write_calendar(&events, now),
        });
        Ok(EventCalendar { file, events: events.len() as u32, without_day, naming })
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

/// An event as a calendar holds it; none where no day is known, or it was put off until nobody knows when.
fn of_calendar(views: &Views, event: &Event) -> Option<CalendarEvent> {
    let is_of_a_calendar = |day: &NaiveDate| (1900..=2200).contains(&day.year());
    let (from, until) = event.days().filter(|(from, until)| [from, until].into_iter().all(is_of_a_calendar))?;
    if event.state == EventState::Postponed {
        return None;
    }
    let commune = event.commune.as_ref().map_or("", |commune| commune.name.trim());
    let host = event.host_entry.map(|entry| name_of(views, entry)).filter(|name| !name.is_empty());
    let host = host.unwrap_or_else(|| event.host.trim().to_owned());
    let place: Vec<&str> = [event.place.trim(), &host, commune].into_iter().filter(|part| !part.is_empty()).collect();
    Some(CalendarEvent {
        uid: format!("{}@maillon", event.id),
        title: event.title.clone(),
        place: place.join(", "),
        about: event.theme.clone(),
        from,
        until,
        starts: event.starts,
        ends: event.ends,
        cancelled: event.state == EventState::Cancelled,
    })
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
