//! A table of what a collective held and will hold, taken in as events.

use maillon_shared::api::Failure;
use maillon_shared::api::imports::ImportReport;
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::event::{Event, EventChange};
use maillon_shared::domain::ids::{EventId, GroupId};
use maillon_shared::text::fold::fold;

use super::super::super::Engine;
use super::super::super::groups::names_nobody_in;
use super::{cell_not_taken, commune_named, refuse};
use crate::ambient::{Ambient, random_array};
use crate::exchange::of_collective::{CollectiveField, TableLine};
use crate::exchange::refused::Refusal;
use crate::journal::records::event;
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn plan_events(
        &mut self,
        group: Option<GroupId>,
        lines: &[TableLine],
        communes: Option<&Communes>,
        report: &mut ImportReport,
    ) -> Result<Option<Plan>, Failure> {
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let mut becomes: Vec<Event> = Vec::new();
        for line in lines {
            let id = EventId(random_array(&mut self.ambient));
            let views = &self.notebook()?.views;
            let read = match event_of(id, line, communes) {
                Ok(event) => event,
                Err(why) => {
                    refuse(report, line.refused(why));
                    continue;
                }
            };
            let changes = Event::empty(id, read.kind().clone()).changes_to(&read);
            // The commune of a table was typed, whatever its code is.
            let typed = [line.cell(CollectiveField::Commune)];
            let words: Vec<&str> = changes.iter().flat_map(EventChange::words).chain(typed).collect();
            if group.is_some() && names_nobody_in(views, &words).is_err() {
                refuse(report, line.refused(Refusal::NamesSomeone));
                continue;
            }
            let of_those = |event: &&Event| views.group_of(event.id.into()) == group;
            let there = views.events().filter(of_those).chain(&becomes).find(|event| is_same(event, &read));
            match there {
                // What was there stays: it may have been held since. What the line says otherwise is told, cell by cell.
                Some(there) => {
                    let mut differs = vec![
                        (there.state != read.state, CollectiveField::State),
                        (there.host != read.host && !read.host.is_empty(), CollectiveField::Host),
                        (there.theme != read.theme && !read.theme.is_empty(), CollectiveField::Theme),
                    ];
                    differs.retain(|(differs, _)| *differs);
                    let notes = differs.into_iter().map(|(_, field)| cell_not_taken(line, "kept_other", field));
                    report.remarks.extend(notes);
                    report.unchanged += 1;
                }
                None => {
                    report.created += 1;
                    becomes.push(read);
                }
            }
        }
        if becomes.is_empty() {
            return Ok(None);
        }
        let mut plan = Plan::new("load_events");
        for written in becomes {
            let header = Header::within(scope.clone(), written.id.into(), Kind::Event, None);
            plan.edit(Target::New(header), move |document| event::create(document, &written));
        }
        Ok(Some(plan))
    }
}

fn event_of(id: EventId, line: &TableLine, communes: Option<&Communes>) -> Result<Event, Refusal> {
    let mut event = Event::empty(id, line.event_kind());
    event.title = line.event_title();
    if event.title.is_empty() {
        return Err(Refusal::NoName);
    }
    (event.state, event.planned) = line.event_state()?;
    event.commune = commune_named(communes, line.cell(CollectiveField::Code), line.cell(CollectiveField::Commune));
    event.host = line.cell(CollectiveField::Host).to_owned();
    event.theme = line.cell(CollectiveField::Theme).to_owned();
    Ok(event)
}

/// Whether two are the same event: of one kind and name, in one commune, in one year or both in none, with nothing else that
/// tells one from the other. Two forums of a year in one commune are two where another receives them.
fn is_same(one: &Event, other: &Event) -> bool {
    let commune = |event: &Event| event.commune.as_ref().map(|commune| fold(&commune.name));
    let agree = |one: &str, other: &str| one.is_empty() || other.is_empty() || fold(one) == fold(other);
    one.kind() == other.kind()
        && one.year() == other.year()
        && fold(&one.title) == fold(&other.title)
        && commune(one) == commune(other)
        && agree(&one.host, &other.host)
        && agree(&one.theme, &other.theme)
}
