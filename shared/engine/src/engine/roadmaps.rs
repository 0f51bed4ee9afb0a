//! Roadmaps: written as plans, refused where they could not be, where they name someone who is accompanied in what others read,
//! or where they show a group what is not its own.

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::roadmap::{RoadmapFile, Roadmaps};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{CollectiveId, EntryId, GroupId, RoadmapId};
use maillon_shared::domain::programme::{ActionState, Cents};
use maillon_shared::domain::roadmap::{Roadmap, RoadmapChange};
use maillon_shared::domain::time::PartialDate;

use super::Engine;
use super::collective::YEARS;
use super::commands::{known, short_enough};
use super::events::possible_date;
use super::groups::{name_of, names_nobody_in};
use crate::ambient::Ambient;
use crate::journal::records::roadmap;
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 4_000;
/// The fields that say who of the directory someone is, and who in words.
const WHO_ENTRY: &str = "who_entry";
const WHO: &str = "who";

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn all_roadmaps(&mut self) -> Result<Roadmaps, Failure> {
        let groups = self.groups_to_write_in().await?;
        Ok(Roadmaps { groups, ..self.notebook()?.views.roadmap_rows() })
    }

    pub(super) async fn one_roadmap(&mut self, id: RoadmapId) -> Result<RoadmapFile, Failure> {
        let mut file = self.notebook()?.views.roadmap_file(id).ok_or(Failure::NotFound)?;
        file.conflicts = self.conflicts_of(id.into()).await?;
        // Whoever is in one of two versions is called by their name, to be chosen.
        let of_someone = |field: &str| field.rsplit('.').next() == Some(WHO_ENTRY);
        let versions = file.conflicts.iter().filter(|conflict| of_someone(&conflict.field));
        let entries: Vec<EntryId> =
            versions.flat_map(|conflict| conflict.values.iter().filter_map(|value| EntryId::parse(value))).collect();
        let views = &self.notebook()?.views;
        file.names = views.names_of(entries.into_iter().chain(file.roadmap.entries()));
        if let Some((group, _)) = &file.group {
            file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
        }
        Ok(file)
    }

    pub(super) async fn create_roadmap(
        &mut self,
        mut begun: Roadmap,
        group: Option<GroupId>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let scope = group.map_or(Scope::Notebook, Scope::Group);
        self.writable(&scope).await?;
        let views = &self.notebook()?.views;
        if views.document(begun.id.into()).is_some() {
            return Ok(Response::Done);
        }
        begun.withdrawn = false;
        let empty = Roadmap::empty(begun.id);
        let mut changes = empty.changes_to(&begun);
        valid_roadmap(views, &empty, &changes)?;
        if let Some(group) = group {
            changes = changes_in_common(views, group, changes)?;
        }
        let mut written = empty;
        for change in &changes {
            written.apply(change);
        }
        let mut plan = Plan::new("create_roadmap");
        plan.ends_draft = draft;
        let header = Header::within(scope, written.id.into(), Kind::Roadmap, None);
        plan.edit(Target::New(header), move |document| roadmap::create(document, &written));
        self.save(plan).await
    }

    pub(super) async fn edit_roadmap(
        &mut self,
        id: RoadmapId,
        changes: Vec<RoadmapChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.roadmap(id).ok_or(Failure::NotFound)?;
        valid_roadmap(views, held, &changes)?;
        let changes = match views.group_of(id.into()) {
            Some(group) => changes_in_common(views, group, changes)?,
            None => changes,
        };
        let mut plan = Plan::new("edit_roadmap");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| roadmap::write(document, change))
        });
        self.save(plan).await
    }
}

/// What is written in a roadmap that is common: it shows only what is of that group, nobody who is accompanied is named in what
/// changes, and whoever is of this directory is said in words.
fn changes_in_common(
    views: &Views,
    group: GroupId,
    changes: Vec<RoadmapChange>,
) -> Result<Vec<RoadmapChange>, Failure> {
    let in_words = |change| match change {
        RoadmapChange::Line(lines, line, field, entry) if field == WHO_ENTRY && !entry.is_empty() => {
            let name = EntryId::parse(&entry).map(|entry| name_of(views, entry)).unwrap_or_default();
            RoadmapChange::Line(lines, line, WHO.to_owned(), name)
        }
        other => other,
    };
    let changes: Vec<RoadmapChange> = changes.into_iter().map(in_words).collect();
    let is_theirs = |id: CollectiveId| views.group_of(id.into()) == Some(group);
    if !changes.iter().filter_map(project_of).all(is_theirs) {
        return Err(Failure::Invalid(Invalid::OfAnotherGroup));
    }
    // Of what stood there before, whoever wrote it answers.
    let written: Vec<String> = changes.iter().flat_map(RoadmapChange::words).collect();
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    names_nobody_in(views, &written)?;
    Ok(changes)
}

/// The collective project that a change names.
fn project_of(change: &RoadmapChange) -> Option<CollectiveId> {
    match change {
        RoadmapChange::Line(_, _, field, id) if field == "project" => CollectiveId::parse(id),
        _ => None,
    }
}

fn valid_roadmap(views: &Views, held: &Roadmap, changes: &[RoadmapChange]) -> Result<(), Failure> {
    let mut after = held.clone();
    for change in changes {
        // What a newer version wrote is kept where it is, and is not written here.
        if !change.is_known() || !after.apply(change) {
            return Err(Failure::NotUnderstood);
        }
        let (_, value) = change.path();
        short_enough(&value)?;
        match change {
            RoadmapChange::About(field, year) if matches!(field.as_str(), "from" | "until") && !year.is_empty() => {
                let is_possible = year.parse().is_ok_and(|year: i32| YEARS.contains(&year));
                is_possible.then_some(()).ok_or(Failure::Invalid(Invalid::Day))?;
            }
            RoadmapChange::Line(_, _, field, value) if !value.is_empty() => valid_value(views, field, value)?,
            _ => {}
        }
    }
    // One whose title is missing already can still be written in, and be given one.
    let had_one = !held.about.title.trim().is_empty() || *held == Roadmap::empty(held.id);
    match (had_one && after.about.title.trim().is_empty(), changes.len() > MOST_CHANGES) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}

/// Whether what a field of a line says can be. A code means the same in every sort of line.
fn valid_value(views: &Views, field: &str, value: &str) -> Result<(), Failure> {
    match field {
        WHO_ENTRY => known(EntryId::parse(value).is_some_and(|entry| views.entry(entry).is_some())),
        "project" => known(CollectiveId::parse(value).is_some_and(|id| views.collective_project(id).is_some())),
        "begins" | "ends" | "on" | "due" | "signed" => PartialDate::parse(value).map_or(Ok(()), possible_date),
        "planned" | "committed" | "spent" => {
            let fits = Cents::parse(value).is_some_and(|amount| amount <= Cents::MOST);
            fits.then_some(()).ok_or(Failure::NotUnderstood)
        }
        "state" => match ActionState::parse(value) {
            ActionState::Dropped(reason) if reason.trim().is_empty() => Err(Failure::Invalid(Invalid::NoReason)),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}
