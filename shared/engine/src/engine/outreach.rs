//! Outreach services: written as plans, refused where they could not be, or where they name someone who is accompanied in what
//! others read.

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::outreach::{OutreachAnswer, OutreachFile, OutreachRead, OutreachServices, OutreachWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{EntryId, GroupId, OutreachId};
use maillon_shared::domain::outreach::{
    DaySays, MOST_PLACES, OutreachChange, OutreachService, Recurrence, SessionState,
};
use maillon_shared::domain::time::PartialDate;

use super::Engine;
use super::commands::{known, short_enough};
use super::events::possible_date;
use super::groups::{name_of, names_nobody_in};
use crate::ambient::Ambient;
use crate::journal::records::outreach;
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
    pub(super) async fn read_outreach(&mut self, asked: OutreachRead) -> Result<OutreachAnswer, Failure> {
        Ok(match asked {
            OutreachRead::All => OutreachAnswer::All(self.all_outreach().await?),
            OutreachRead::One(id) => OutreachAnswer::One(Box::new(self.one_outreach(id).await?)),
        })
    }

    pub(super) async fn write_outreach(&mut self, asked: OutreachWrite) -> Answer {
        match asked {
            OutreachWrite::Create { service, group, draft } => self.create_outreach(*service, group, draft).await,
            OutreachWrite::Edit { id, changes, draft } => self.edit_outreach(id, changes, draft).await,
        }
    }

    async fn all_outreach(&mut self) -> Result<OutreachServices, Failure> {
        let today = self.today();
        let groups = self.groups_to_write_in().await?;
        Ok(OutreachServices { groups, ..self.notebook()?.views.outreach_rows(today) })
    }

    async fn one_outreach(&mut self, id: OutreachId) -> Result<OutreachFile, Failure> {
        let today = self.today();
        let mut file = self.notebook()?.views.outreach_file(id, today).ok_or(Failure::NotFound)?;
        file.conflicts = self.conflicts_of(id.into()).await?;
        // Whoever is in one of two versions is called by their name, to be chosen.
        let of_someone = |field: &str| field.rsplit('.').next() == Some(WHO_ENTRY);
        let versions = file.conflicts.iter().filter(|conflict| of_someone(&conflict.field));
        let entries: Vec<EntryId> =
            versions.flat_map(|conflict| conflict.values.iter().filter_map(|value| EntryId::parse(value))).collect();
        let views = &self.notebook()?.views;
        file.shown.names = views.names_of(entries.into_iter().chain(file.shown.service.entries()));
        if let Some((group, _)) = &file.shown.group {
            file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
        }
        Ok(file)
    }

    async fn create_outreach(
        &mut self,
        mut begun: OutreachService,
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
        let empty = OutreachService::empty(begun.id);
        let changes = checked(views, &empty, group, empty.changes_to(&begun))?;
        let mut written = empty;
        for change in &changes {
            written.apply(change);
        }
        let mut plan = Plan::new("create_outreach");
        plan.ends_draft = draft;
        let header = Header::within(scope, written.id.into(), Kind::Outreach, None);
        plan.edit(Target::New(header), move |document| outreach::create(document, &written));
        self.save(plan).await
    }

    async fn edit_outreach(&mut self, id: OutreachId, changes: Vec<OutreachChange>, draft: Option<DraftKey>) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.outreach(id).ok_or(Failure::NotFound)?;
        let changes = checked(views, held, views.group_of(id.into()), changes)?;
        let mut plan = Plan::new("edit_outreach");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| outreach::write(document, change))
        });
        self.save(plan).await
    }
}

/// The changes as they are written: possible, and in a group naming nobody who is accompanied, with whoever is of this
/// directory said in words.
fn checked(
    views: &Views,
    held: &OutreachService,
    group: Option<GroupId>,
    changes: Vec<OutreachChange>,
) -> Result<Vec<OutreachChange>, Failure> {
    valid_outreach(views, held, &changes)?;
    if group.is_none() {
        return Ok(changes);
    }
    let name = |entry: &str| EntryId::parse(entry).map(|entry| name_of(views, entry)).unwrap_or_default();
    let in_words = |change| match change {
        OutreachChange::About(field, entry) if field == WHO_ENTRY && !entry.is_empty() => {
            OutreachChange::About(WHO.to_owned(), name(&entry))
        }
        OutreachChange::Line(lines, line, field, entry) if field == WHO_ENTRY && !entry.is_empty() => {
            OutreachChange::Line(lines, line, WHO.to_owned(), name(&entry))
        }
        other => other,
    };
    let changes: Vec<OutreachChange> = changes.into_iter().map(in_words).collect();
    // Of what stood there before, whoever wrote it answers.
    let written: Vec<String> = changes.iter().flat_map(OutreachChange::words).collect();
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    names_nobody_in(views, &written)?;
    Ok(changes)
}

fn valid_outreach(views: &Views, held: &OutreachService, changes: &[OutreachChange]) -> Result<(), Failure> {
    let mut after = held.clone();
    for change in changes {
        // What a newer version wrote is kept where it is, and is not written here.
        if !change.is_known() || !after.apply(change) {
            return Err(Failure::NotUnderstood);
        }
        let (_, value) = change.path();
        short_enough(&value)?;
        match change {
            OutreachChange::About(field, value) | OutreachChange::Line(_, _, field, value) if !value.is_empty() => {
                valid_value(views, field, value)?;
            }
            _ => {}
        }
    }
    // One whose title is missing already can still be written in, and be given one.
    let had_one = !held.about.title.trim().is_empty() || *held == OutreachService::empty(held.id);
    match (had_one && after.about.title.trim().is_empty(), changes.len() > MOST_CHANGES) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}

/// Whether what a field says can be. A code means the same wherever it stands.
fn valid_value(views: &Views, field: &str, value: &str) -> Result<(), Failure> {
    let no_reason = |reason: &str| match reason.trim().is_empty() {
        true => Err(Failure::Invalid(Invalid::NoReason)),
        false => Ok(()),
    };
    match field {
        WHO_ENTRY => known(EntryId::parse(value).is_some_and(|entry| views.entry(entry).is_some())),
        "day" | "begins" | "ends" | "from" | "until" | "checked_on" => {
            PartialDate::parse(value).map_or(Ok(()), possible_date)
        }
        "recurrence" => match Recurrence::parse(value) {
            Recurrence::EveryWeeks { from, .. } => possible_date(PartialDate::Day(from)),
            _ => Ok(()),
        },
        "capacity" | "offered" | "taken" | "no_shows" => {
            let fits = value.parse().is_ok_and(|places: u32| places <= MOST_PLACES);
            fits.then_some(()).ok_or(Failure::NotUnderstood)
        }
        "says" => match DaySays::parse(value) {
            DaySays::LeftOut(reason) => no_reason(&reason),
            _ => Ok(()),
        },
        "state" => match SessionState::parse(value) {
            SessionState::Cancelled(reason) => no_reason(&reason),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}
