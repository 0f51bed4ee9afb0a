//! Applications to calls for projects: written as plans, refused where they could not be, where they name someone who is
//! accompanied in what others read, or where they tie a group to what is not its own.

use maillon_shared::api::application::{ApplicationFile, Applications};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::application::{
    ApplicationChange, ApplicationField, ApplicationStatus, FundingApplication, PartField, ReportKind,
};
use maillon_shared::domain::ids::{ApplicationId, GroupId};
use maillon_shared::domain::programme::Cents;

use super::Engine;
use super::commands::{known, short_enough};
use super::events::possible_date;
use super::groups::{name_of, names_nobody_in};
use crate::ambient::Ambient;
use crate::journal::records::application;
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 4_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn all_applications(&mut self) -> Result<Applications, Failure> {
        let now = self.ambient.now();
        let groups = self.groups_to_write_in().await?;
        Ok(Applications { groups, ..self.notebook()?.views.application_rows(now) })
    }

    pub(super) async fn one_application(&mut self, id: ApplicationId) -> Result<ApplicationFile, Failure> {
        let now = self.ambient.now();
        let mut file = self.notebook()?.views.application_file(id, now).ok_or(Failure::NotFound)?;
        file.conflicts = self.conflicts_of(id.into()).await?;
        if let Some((group, _)) = &file.group {
            file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
        }
        Ok(file)
    }

    pub(super) async fn create_application(
        &mut self,
        mut begun: FundingApplication,
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
        let empty = FundingApplication::empty(begun.id);
        let changes = checked(views, &empty, group, empty.changes_to(&begun))?;
        let mut written = empty;
        changes.iter().for_each(|change| written.apply(change));
        let mut plan = Plan::new("create_application");
        plan.ends_draft = draft;
        let header = Header::within(scope, written.id.into(), Kind::Application, None);
        plan.edit(Target::New(header), move |document| application::create(document, &written));
        self.save(plan).await
    }

    pub(super) async fn edit_application(
        &mut self,
        id: ApplicationId,
        changes: Vec<ApplicationChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.application(id).ok_or(Failure::NotFound)?;
        let changes = checked(views, held, views.group_of(id.into()), changes)?;
        let mut plan = Plan::new("edit_application");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| application::write(document, change))
        });
        self.save(plan).await
    }
}

/// The changes as they are written: possible, and in a group naming nobody who is accompanied, with whoever is of this
/// directory said in words.
fn checked(
    views: &Views,
    held: &FundingApplication,
    group: Option<GroupId>,
    changes: Vec<ApplicationChange>,
) -> Result<Vec<ApplicationChange>, Failure> {
    valid_application(views, held, &changes)?;
    let Some(group) = group else { return Ok(changes) };
    let in_words = |change| match change {
        ApplicationChange::LeadEntry(Some(entry)) => {
            ApplicationChange::Text(ApplicationField::Lead, name_of(views, entry))
        }
        ApplicationChange::PartEntry(line, Some(entry)) => {
            ApplicationChange::Part(line, PartField::Who, name_of(views, entry))
        }
        other => other,
    };
    let changes: Vec<ApplicationChange> = changes.into_iter().map(in_words).collect();
    for change in &changes {
        let is_theirs = match change {
            ApplicationChange::Project(_, Some(id)) => views.group_of((*id).into()) == Some(group),
            ApplicationChange::Programme(Some(id)) => views.group_of((*id).into()) == Some(group),
            _ => true,
        };
        if !is_theirs {
            return Err(Failure::Invalid(Invalid::OfAnotherGroup));
        }
    }
    // Of what stood there before, whoever wrote it answers.
    let written: Vec<&str> = changes.iter().filter_map(ApplicationChange::words).collect();
    names_nobody_in(views, &written)?;
    Ok(changes)
}

fn valid_application(views: &Views, held: &FundingApplication, changes: &[ApplicationChange]) -> Result<(), Failure> {
    let mut after = held.clone();
    for change in changes {
        after.apply(change);
        change.words().map_or(Ok(()), short_enough)?;
        change.dates().into_iter().try_for_each(possible_date)?;
        if change.amount().is_some_and(|amount| amount > Cents::MOST) {
            return Err(Failure::NotUnderstood);
        }
        match change {
            ApplicationChange::Status(ApplicationStatus::Unknown(_))
            | ApplicationChange::ReportKind(_, ReportKind::Unknown(_)) => return Err(Failure::NotUnderstood),
            ApplicationChange::Status(ApplicationStatus::GivenUp(reason)) if reason.trim().is_empty() => {
                return Err(Failure::Invalid(Invalid::NoReason));
            }
            ApplicationChange::LeadEntry(Some(entry)) | ApplicationChange::PartEntry(_, Some(entry)) => {
                known(views.entry(*entry).is_some())?;
            }
            ApplicationChange::Project(_, Some(project)) => known(views.collective_project(*project).is_some())?,
            ApplicationChange::Programme(Some(programme)) => known(views.programme(*programme).is_some())?,
            _ => {}
        }
    }
    match (after.title.trim().is_empty(), changes.len() > MOST_CHANGES) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}
