//! Annual programmes, as screens read them: each item as it stands where it is written, the year month by month, and who
//! carries what. Nothing is counted of anyone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maillon_shared::api::collective::CommonTarget;
use maillon_shared::api::programme::{
    CalendarIs, CalendarRow, Carried, Carrier, ItemOffer, ItemShown, ItemState, ProgrammeFile, ProgrammeRow,
    Programmes, YearCalendar,
};
use maillon_shared::domain::collective::CollectiveProject;
use maillon_shared::domain::event::{Event, EventState};
use maillon_shared::domain::ids::{CollectiveId, EntryId, EventId, GroupId, ProgrammeId};
use maillon_shared::domain::programme::{ActionState, AnnualProgramme, ItemIs, ProgrammeItem};
use maillon_shared::domain::programme_calendar::InYear;
use maillon_shared::domain::time::PartialDate;
use maillon_shared::text::fold::fold;
use maillon_shared::text::sort::sort_key;

use super::{Content, Views};

const MONTHS: usize = 12;

impl Views {
    /// A programme.
    pub fn programme(&self, id: ProgrammeId) -> Option<&AnnualProgramme> {
        match self.documents.get(&id.into()).filter(|cached| !cached.undone).map(|cached| &cached.content) {
            Some(Content::Programme(programme)) => Some(programme),
            _ => None,
        }
    }

    /// Every programme that stands.
    pub fn programmes(&self) -> impl Iterator<Item = &AnnualProgramme> {
        let shown = self.documents.values().filter(|cached| !cached.undone);
        shown.filter_map(|cached| match &cached.content {
            Content::Programme(programme) if !programme.withdrawn => Some(&**programme),
            _ => None,
        })
    }

    /// Every programme, the last year first.
    pub fn programme_rows(&self) -> Programmes {
        let row = |programme: &AnnualProgramme| ProgrammeRow {
            id: programme.id,
            year: programme.year,
            title: programme.title.clone(),
            status: programme.status.clone(),
            axes: programme.axes.iter().map(|axis| axis.title.clone()).collect(),
            group: self.group_of(programme.id.into()).map(|id| (id, self.group_name(id))),
        };
        let mut rows: Vec<ProgrammeRow> = self.programmes().map(row).collect();
        rows.sort_by_cached_key(|row| (Reverse(row.year), sort_key(&row.title), row.id));
        Programmes { rows, groups: Vec::new(), offers: self.item_offers(None) }
    }

    /// The programmes of a group, the last year first.
    pub fn programmes_of(&self, group: GroupId) -> Vec<(ProgrammeId, i32, String)> {
        let here = self.programmes().filter(|programme| self.group_of(programme.id.into()) == Some(group));
        let mut rows: Vec<_> = here.map(|one| (one.id, one.year, one.title.clone())).collect();
        rows.sort_by_cached_key(|(id, year, title)| (Reverse(*year), sort_key(title), *id));
        rows
    }

    /// What could be on a programme: of a group, what is of that group; on one's own, everything that is read here.
    fn item_offers(&self, of: Option<GroupId>) -> Vec<ItemOffer> {
        let projects = self.collective_projects().map(|project| ItemOffer {
            to: CommonTarget::Project(project.id),
            title: project.title.clone(),
            year: project.year,
            is_over: project.closed_on.is_some(),
            group: self.group_of(project.id.into()),
        });
        let events = self.events().map(|event| ItemOffer {
            to: CommonTarget::Event(event.id),
            title: event.title.clone(),
            year: event.year(),
            is_over: ItemState::Event(event.state.clone()).is_over(),
            group: self.group_of(event.id.into()),
        });
        let fits = |offer: &ItemOffer| of.is_none() || offer.group == of;
        let mut offers: Vec<ItemOffer> = projects.chain(events).filter(fits).collect();
        offers.sort_by_cached_key(|offer| (sort_key(&offer.title), offer.to));
        offers
    }

    /// One programme and what goes with it.
    pub fn programme_file(&self, id: ProgrammeId) -> Option<ProgrammeFile> {
        let programme = self.programme(id)?;
        let group = self.group_of(id.into());
        let items: Vec<ItemShown> = programme.items.iter().map(|item| self.item_shown(programme, item)).collect();
        let partners = programme.partners.iter().filter_map(|line| line.entry);
        let carriers = programme.items.iter().filter_map(|line| line.carrier_entry);
        let dated = |other: &AnnualProgramme| (other.id, other.year);
        let mut next: Vec<_> = self.programmes().filter(|other| other.follows == Some(id)).collect();
        next.sort_by_key(|other| (other.year, other.id));
        Some(ProgrammeFile {
            calendar: self.year_calendar(programme, &items, group),
            carried: carried(&items),
            names: self.names_of(partners.chain(carriers)),
            offers: self.item_offers(group),
            group: group.map(|id| (id, self.group_name(id))),
            may_write: true,
            follows: programme.follows.and_then(|before| self.programme(before)).map(dated),
            followed_by: next.first().map(|other| dated(other)),
            conflicts: Vec::new(),
            items,
            programme: programme.clone(),
        })
    }

    /// A project as it is read now: where it became common, there.
    fn project_now(&self, id: CollectiveId) -> Option<&CollectiveProject> {
        let project = self.collective_project(id)?;
        let common = project.moved_to.and_then(|common| self.collective_project(common));
        Some(common.unwrap_or(project))
    }

    fn item_shown(&self, programme: &AnnualProgramme, item: &ProgrammeItem) -> ItemShown {
        let nothing = ItemShown {
            item: item.id,
            axis: programme.axis_of(item).map(|axis| axis.id),
            to: None,
            title: String::new(),
            state: ItemState::NotHere,
            from: None,
            until: None,
            carrier: self.carrier(item.carrier_entry, &item.carrier),
            needs: Vec::new(),
            group: None,
        };
        match &item.is {
            ItemIs::Words(action) => ItemShown {
                title: action.what.clone(),
                state: ItemState::Action(action.state.clone()),
                from: action.from,
                until: action.until,
                ..nothing
            },
            ItemIs::Project(id) => match self.project_now(*id) {
                Some(project) => self.project_shown(project, nothing),
                None => ItemShown { to: Some(CommonTarget::Project(*id)), ..nothing },
            },
            ItemIs::Event(id) => match self.event(*id) {
                Some(event) => self.event_shown(event, nothing),
                None => ItemShown { to: Some(CommonTarget::Event(*id)), ..nothing },
            },
            ItemIs::Unknown(_) => nothing,
        }
    }

    fn project_shown(&self, project: &CollectiveProject, item: ItemShown) -> ItemShown {
        let days = || project.steps.iter().filter_map(|step| step.due);
        let (first, last) = (days().min(), days().max());
        let carrier = match item.carrier.name.is_empty() {
            true => self.carrier(project.carrier_entry, &project.carrier),
            false => item.carrier.clone(),
        };
        ItemShown {
            to: Some(CommonTarget::Project(project.id)),
            title: project.title.clone(),
            state: match project.withdrawn {
                true => ItemState::Withdrawn,
                false => ItemState::Project(project.stage.clone(), project.closed_on),
            },
            from: first.map(PartialDate::Day).or(project.year.map(PartialDate::Year)),
            until: last.filter(|last| Some(*last) != first).map(PartialDate::Day),
            carrier,
            needs: project.needs.clone(),
            group: self.group_of(project.id.into()).map(|id| (id, self.group_name(id))),
            ..item
        }
    }

    fn event_shown(&self, event: &Event, item: ItemShown) -> ItemShown {
        let (from, until) = when(event);
        ItemShown {
            to: Some(CommonTarget::Event(event.id)),
            title: event.title.clone(),
            state: match event.withdrawn {
                true => ItemState::Withdrawn,
                false => ItemState::Event(event.state.clone()),
            },
            from,
            until,
            group: self.group_of(event.id.into()).map(|id| (id, self.group_name(id))),
            ..item
        }
    }

    fn carrier(&self, entry: Option<EntryId>, words: &str) -> Carrier {
        let named = entry.map(|entry| self.name_of_entry(entry)).filter(|name| !name.is_empty());
        match named {
            Some(name) => Carrier { name, entry },
            None => Carrier { name: words.trim().to_owned(), entry: None },
        }
    }

    /// The year of a programme: its items, the steps of its projects, and the other events of those whose it is.
    fn year_calendar(&self, programme: &AnnualProgramme, items: &[ItemShown], group: Option<GroupId>) -> YearCalendar {
        let mut year = Year::of(programme.year);
        for item in items {
            let is = CalendarIs::Item(item.state.clone());
            let row = row(is, item.to, &item.title, item.from, item.until);
            match (&item.state, item.to) {
                (ItemState::Withdrawn | ItemState::NotHere, _)
                | (ItemState::Action(ActionState::Dropped(_)) | ItemState::Event(EventState::Cancelled), _) => {}
                (_, Some(CommonTarget::Project(id))) => self.steps_of(id, row, &mut year),
                _ => year.put(row),
            }
        }
        let is_item = |id: EventId| items.iter().any(|item| item.to == Some(CommonTarget::Event(id)));
        for event in self.events().filter(|event| self.group_of(event.id.into()) == group && !is_item(event.id)) {
            let (from, until) = when(event);
            let is_of_the_year = from.is_some() && InYear::of(from, until, programme.year) != InYear::Elsewhere;
            if is_of_the_year && event.state != EventState::Cancelled {
                let is = CalendarIs::Event(event.state.clone());
                year.put(row(is, Some(CommonTarget::Event(event.id)), &event.title, from, until));
            }
        }
        year.sorted()
    }

    /// A project stands where its steps do. Where none has a day it has no month, if nobody says that it is of another year;
    /// where each has one in another year, so does it.
    fn steps_of(&self, id: CollectiveId, project: CalendarRow, year: &mut Year) {
        let Some(held) = self.collective_project(id) else { return };
        let (mut is_dated, mut is_of_the_year) = (false, false);
        for step in &held.steps {
            let Some(day) = step.due.or(step.done_on).map(PartialDate::Day) else { continue };
            is_dated = true;
            if day.year() == year.number {
                is_of_the_year = true;
                let is = CalendarIs::Step { what: step.what.clone(), done: step.done_on.is_some() };
                year.put(row(is, project.to, &project.title, Some(day), None));
            }
        }
        match is_dated || held.year.is_some_and(|of| of != year.number) {
            _ if is_of_the_year => {}
            true => year.calendar.elsewhere.push(project),
            false => year.calendar.no_month.push(project),
        }
    }
}

/// When an event is or was. Of one that is put off nobody knows until when, the day for which it was planned says nothing.
fn when(event: &Event) -> (Option<PartialDate>, Option<PartialDate>) {
    if event.state == EventState::Postponed {
        return (None, None);
    }
    let last = event.days().filter(|(first, last)| first != last).map(|(_, last)| PartialDate::Day(last));
    (event.shown_at(), last)
}

fn row(
    is: CalendarIs,
    to: Option<CommonTarget>,
    title: &str,
    from: Option<PartialDate>,
    until: Option<PartialDate>,
) -> CalendarRow {
    CalendarRow { is, to, title: title.to_owned(), from, until, goes_on: false }
}

/// A year as it fills.
struct Year {
    number: i32,
    calendar: YearCalendar,
}

impl Year {
    fn of(number: i32) -> Self {
        Year { number, calendar: YearCalendar { months: vec![Vec::new(); MONTHS], ..YearCalendar::default() } }
    }

    fn put(&mut self, row: CalendarRow) {
        match InYear::of(row.from, row.until, self.number) {
            InYear::Months(months) => {
                let first = *months.start();
                for (month, rows) in (1..).zip(&mut self.calendar.months) {
                    if months.contains(&month) {
                        rows.push(CalendarRow { goes_on: month > first, ..row.clone() });
                    }
                }
            }
            InYear::NoMonth => self.calendar.no_month.push(row),
            InYear::Elsewhere => self.calendar.elsewhere.push(row),
        }
    }

    /// In each month: what goes on, then by day, then what has only the month.
    fn sorted(mut self) -> YearCalendar {
        let order = |row: &CalendarRow| {
            let day = match row.from {
                Some(PartialDate::Day(day)) => Some(day),
                _ => None,
            };
            (!row.goes_on, day.is_none(), day, row.from, sort_key(&row.title), row.to)
        };
        self.calendar.months.iter_mut().for_each(|rows| rows.sort_by_cached_key(order));
        self.calendar.no_month.sort_by_cached_key(order);
        self.calendar.elsewhere.sort_by_cached_key(order);
        self.calendar
    }
}

/// Who carries what, by name. Someone in words and someone of the directory are told apart: two may bear one name.
fn carried(items: &[ItemShown]) -> Vec<Carried> {
    let mut by: BTreeMap<(Option<EntryId>, String), Carried> = BTreeMap::new();
    for item in items {
        let is_dropped = matches!(item.state, ItemState::Action(ActionState::Dropped(_)));
        if is_dropped || matches!(item.state, ItemState::Withdrawn | ItemState::NotHere) {
            continue;
        }
        let words = if item.carrier.entry.is_some() { String::new() } else { fold(&item.carrier.name) };
        let held = by.entry((item.carrier.entry, words));
        held.or_insert_with(|| Carried { by: item.carrier.clone(), items: Vec::new() }).items.push(item.item);
    }
    let mut all: Vec<Carried> = by.into_values().collect();
    all.sort_by_cached_key(|one| (one.by.name.is_empty(), sort_key(&one.by.name), one.by.entry));
    all
}
