//! Events of the collective, as screens read them: those to come, those that were, what is still to be done for them, and
//! whom nobody met yet at a lunch.

use chrono::{Days, NaiveDate};
use maillon_shared::api::collective::{EventFile, EventRow, EventStepRow, Events};
use maillon_shared::domain::collective::CollectiveProject;
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::event::{Event, EventState, WhoCame};
use maillon_shared::domain::ids::{CollectiveId, EntryId, EventId};
use maillon_shared::domain::lunch::not_met_yet;
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

impl Views {
    /// An event.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Event(event)) => Some(event),
            _ => None,
        }
    }

    /// Every event that stands.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Event(event) if !event.withdrawn => Some(&**event),
            _ => None,
        })
    }

    /// Every event: those to come, the next first and those without a day last; those that were, the last first.
    pub fn event_rows(&self) -> Events {
        let (mut to_come, mut past): (Vec<&Event>, Vec<&Event>) =
            self.events().partition(|event| matches!(event.state, EventState::Planned | EventState::Postponed));
        to_come.sort_by_cached_key(|event| {
            let at = event.planned.map(maillon_shared::domain::time::PartialDate::latest);
            (event.is_to_schedule(), at.is_none(), at, sort_key(&event.title), event.id)
        });
        past.sort_by_cached_key(|event| {
            let at = event.shown_at().map(maillon_shared::domain::time::PartialDate::latest);
            (std::cmp::Reverse(at), sort_key(&event.title), event.id)
        });
        let rows = |events: Vec<&Event>| events.into_iter().map(|event| self.event_row(event)).collect();
        Events { to_come: rows(to_come), past: rows(past), groups: Vec::new(), projects: self.running_collective() }
    }

    fn event_row(&self, event: &Event) -> EventRow {
        EventRow {
            id: event.id,
            kind: event.kind().clone(),
            title: event.title.clone(),
            at: event.shown_at(),
            state: event.state.clone(),
            commune: event.commune.as_ref().map(|commune| commune.name.clone()).unwrap_or_default(),
            to_do: event.to_do().len() as u32,
            group: self.group_of(event.id.into()).map(|id| (id, self.group_name(id))),
        }
    }

    /// The projects that go on, by title.
    fn running_collective(&self) -> Vec<(CollectiveId, String)> {
        let going_on = self.collective_projects().filter(|project| project.goes_on());
        let mut projects: Vec<&CollectiveProject> = going_on.collect();
        projects.sort_by_cached_key(|project| (sort_key(&project.title), project.id));
        projects.into_iter().map(|project| (project.id, project.title.clone())).collect()
    }

    /// One event and what goes with it.
    pub fn event_file(&self, id: EventId) -> Option<EventFile> {
        let event = self.event(id)?;
        let stands = event.stands.iter().filter_map(|stand| stand.entry);
        let speakers = event.speakers.iter().filter_map(|speaker| speaker.entry);
        let guests = event.guests().iter().filter_map(|guest| match guest.who {
            WhoCame::Entry(entry) => Some(entry),
            WhoCame::Named(_) => None,
        });
        let names = self.names_of(stands.chain(speakers).chain(guests).chain(event.host_entry));
        let project = event.project.and_then(|project| self.collective_project(project));
        Some(EventFile {
            names,
            project: project.map(|project| (project.id, project.title.clone())),
            projects: self.running_collective(),
            group: self.group_of(id.into()).map(|id| (id, self.group_name(id))),
            may_write: true,
            not_met_yet: if event.kind().names_who_came() { self.not_met_at_lunch() } else { Vec::new() },
            conflicts: Vec::new(),
            event: event.clone(),
        })
    }

    /// The professionals of the directory who were at no lunch yet, by name.
    fn not_met_at_lunch(&self) -> Vec<(EntryId, String, bool)> {
        let directory: Vec<DirectoryEntry> = self.entries().cloned().collect();
        let events: Vec<Event> = self.events().cloned().collect();
        let absent = not_met_yet(&directory, &events);
        let mut named: Vec<_> = absent
            .into_iter()
            .map(|absent| (absent.entry, self.name_of_entry(absent.entry), absent.may_have_come))
            .collect();
        named.sort_by_cached_key(|(id, name, _)| (sort_key(name), *id));
        named
    }

    /// What is to be done for events to come, up to so many days after a day, the earliest first.
    pub fn event_steps(&self, day: NaiveDate, days_after: u64) -> Vec<EventStepRow> {
        let horizon = day.checked_add_days(Days::new(days_after)).unwrap_or(day);
        let to_come = self.events().filter(|event| event.state == EventState::Planned);
        let mut rows = Vec::new();
        for event in to_come {
            for step in event.to_do() {
                let Some(due) = step.due.filter(|due| *due <= horizon) else { continue };
                rows.push(EventStepRow {
                    event: event.id,
                    title: event.title.clone(),
                    step: step.id,
                    what: step.what.clone(),
                    owner: step.owner.clone(),
                    due,
                    days_late: u32::try_from((day - due).num_days()).unwrap_or(0),
                });
            }
        }
        rows.sort_by_key(|row| (row.due, row.event, row.step));
        rows
    }

    /// The events of the days to come, the next first.
    pub fn events_of_the_week(&self, day: NaiveDate, days_after: u64) -> Vec<EventRow> {
        let horizon = day.checked_add_days(Days::new(days_after)).unwrap_or(day);
        let planned = self.events().filter(|event| event.state == EventState::Planned);
        let mut soon: Vec<&Event> =
            planned.filter(|event| event.days().is_some_and(|(first, last)| first <= horizon && last >= day)).collect();
        soon.sort_by_key(|event| (event.days(), event.starts, event.id));
        soon.into_iter().map(|event| self.event_row(event)).collect()
    }
}
