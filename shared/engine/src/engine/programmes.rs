//! Annual programmes: written as plans, refused where they could not be, where they name someone who is accompanied in what
//! others read, or where they show a group what is not its own.

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::programme::{ProgrammeFile, Programmes};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{EntryId, GroupId, ProgrammeId};
use maillon_shared::domain::programme::{
    ActionState, AnnualProgramme, Cents, FundingState, ItemField, ItemIs, ProgrammeChange, ProgrammePartnerField,
    ProgrammeStatus,
};

use super::Engine;
use super::collective::YEARS;
use super::commands::{known, short_enough};
use super::events::possible_date;
use super::groups::{name_of, names_nobody_in};
use crate::ambient::Ambient;
use crate::journal::records::programme;
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 4_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn all_programmes(&mut self) -> Result<Programmes, Failure> {
        let groups = self.groups_to_write_in().await?;
        Ok(Programmes { groups, ..self.notebook()?.views.programme_rows() })
    }

    pub(super) async fn one_programme(&mut self, id: ProgrammeId) -> Result<ProgrammeFile, Failure> {
        let mut file = self.notebook()?.views.programme_file(id).ok_or(Failure::NotFound)?;
        file.conflicts = self.conflicts_of(id.into()).await?;
        if let Some((group, _)) = &file.group {
            file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
        }
        Ok(file)
    }

    pub(super) async fn create_programme(
        &mut self,
        mut begun: AnnualProgramme,
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
        let empty = AnnualProgramme::empty(begun.id, begun.year);
        let mut changes = empty.changes_to(&begun);
        // The year is no difference with the empty one, and is looked at all the same.
        changes.push(ProgrammeChange::Year(begun.year));
        valid_programme(views, &empty, &changes)?;
        if let Some(group) = group {
            changes = changes_in_common(views, group, None, changes)?;
        }
        let mut written = empty;
        changes.iter().for_each(|change| written.apply(change));
        let mut plan = Plan::new("create_programme");
        plan.ends_draft = draft;
        let header = Header::within(scope, written.id.into(), Kind::AnnualProgramme, None);
        plan.edit(Target::New(header), move |document| programme::create(document, &written));
        self.save(plan).await
    }

    pub(super) async fn edit_programme(
        &mut self,
        id: ProgrammeId,
        changes: Vec<ProgrammeChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.programme(id).ok_or(Failure::NotFound)?;
        valid_programme(views, held, &changes)?;
        let changes = match views.group_of(id.into()) {
            Some(group) => changes_in_common(views, group, held.follows, changes)?,
            None => changes,
        };
        let mut plan = Plan::new("edit_programme");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| programme::write(document, change))
        });
        self.save(plan).await
    }
}

/// What is written in a programme that is common: it shows only what is of that group, nobody who is accompanied is named in
/// what changes, and whoever is of this directory is said in words.
fn changes_in_common(
    views: &Views,
    group: GroupId,
    follows: Option<ProgrammeId>,
    changes: Vec<ProgrammeChange>,
) -> Result<Vec<ProgrammeChange>, Failure> {
    let in_words = |change| match change {
        ProgrammeChange::PartnerEntry(line, Some(entry)) => {
            ProgrammeChange::Partner(line, ProgrammePartnerField::Name, name_of(views, entry))
        }
        ProgrammeChange::CarrierEntry(line, Some(entry)) => {
            ProgrammeChange::Item(line, ItemField::Carrier, name_of(views, entry))
        }
        other => other,
    };
    let changes: Vec<ProgrammeChange> = changes.into_iter().map(in_words).collect();
    let follows = followed(follows, &changes);
    for change in &changes {
        let is_theirs = match change {
            ProgrammeChange::ItemIs(_, ItemIs::Project(id)) => views.group_of((*id).into()) == Some(group),
            ProgrammeChange::ItemIs(_, ItemIs::Event(id)) => views.group_of((*id).into()) == Some(group),
            ProgrammeChange::Follows(Some(before)) => views.group_of((*before).into()) == Some(group),
            _ => true,
        };
        if !is_theirs && !comes(views, &follows, change) {
            return Err(Failure::Invalid(Invalid::OfAnotherGroup));
        }
    }
    // Of what stood there before, whoever wrote it answers.
    let written: Vec<&str> = changes.iter().flat_map(ProgrammeChange::words).collect();
    names_nobody_in(views, &written)?;
    Ok(changes)
}

/// The programme of which it is the next year's, once these changes are made.
fn followed(held: Option<ProgrammeId>, changes: &[ProgrammeChange]) -> Option<ProgrammeId> {
    let said = changes.iter().rev().find_map(|change| match change {
        ProgrammeChange::Follows(before) => Some(*before),
        _ => None,
    });
    said.unwrap_or(held)
}

/// Whether an item is of what did not come here yet, or was taken back, and is on the programme of the year before: it is
/// said again, and nothing of it is known.
fn comes(views: &Views, follows: &Option<ProgrammeId>, change: &ProgrammeChange) -> bool {
    let ProgrammeChange::ItemIs(_, is) = change else { return false };
    let is_here = match is {
        ItemIs::Project(id) => views.collective_project(*id).is_some(),
        ItemIs::Event(id) => views.event(*id).is_some(),
        ItemIs::Words(_) | ItemIs::Unknown(_) => true,
    };
    let before = follows.and_then(|before| views.programme(before));
    !is_here && before.is_some_and(|before| before.items.iter().any(|item| item.is == *is))
}

fn valid_programme(views: &Views, held: &AnnualProgramme, changes: &[ProgrammeChange]) -> Result<(), Failure> {
    let mut after = held.clone();
    let entry_known = |entry: &Option<EntryId>| known(entry.is_none_or(|entry| views.entry(entry).is_some()));
    let follows = followed(held.follows, changes);
    for change in changes {
        after.apply(change);
        change.words().into_iter().try_for_each(short_enough)?;
        match change {
            ProgrammeChange::Year(year) if !YEARS.contains(year) => return Err(Failure::Invalid(Invalid::Day)),
            ProgrammeChange::Status(status) => valid_status(status)?,
            ProgrammeChange::Follows(Some(before)) => known(views.programme(*before).is_some())?,
            ProgrammeChange::Commune(_, Some(commune)) => {
                short_enough(&commune.key)?;
                short_enough(&commune.name)?;
            }
            ProgrammeChange::PartnerEntry(_, entry) | ProgrammeChange::CarrierEntry(_, entry) => entry_known(entry)?,
            ProgrammeChange::Amount(_, _, Some(amount)) if *amount > Cents::MOST => {
                return Err(Failure::NotUnderstood);
            }
            ProgrammeChange::ItemIs(_, ItemIs::Project(id)) => {
                known(views.collective_project(*id).is_some() || comes(views, &follows, change))?;
            }
            ProgrammeChange::ItemIs(_, ItemIs::Event(id)) => {
                known(views.event(*id).is_some() || comes(views, &follows, change))?;
            }
            ProgrammeChange::FundingState(_, FundingState::Unknown(_))
            | ProgrammeChange::ItemIs(_, ItemIs::Unknown(_))
            | ProgrammeChange::State(_, ActionState::Unknown(_)) => return Err(Failure::NotUnderstood),
            ProgrammeChange::State(_, ActionState::Dropped(reason)) if reason.trim().is_empty() => {
                return Err(Failure::Invalid(Invalid::NoReason));
            }
            ProgrammeChange::From(_, Some(date)) | ProgrammeChange::Until(_, Some(date)) => possible_date(*date)?,
            _ => {}
        }
    }
    match (after.title.trim().is_empty(), changes.len() > MOST_CHANGES) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}

fn valid_status(status: &ProgrammeStatus) -> Result<(), Failure> {
    status.adoption().map_or(Ok(()), |adoption| possible_date(adoption.on))?;
    match status {
        ProgrammeStatus::Unknown(_) => Err(Failure::NotUnderstood),
        ProgrammeStatus::Closed { learnt, .. } if learnt.trim().is_empty() => Err(Failure::Invalid(Invalid::Empty)),
        ProgrammeStatus::Closed { on, .. } => possible_date(*on),
        ProgrammeStatus::Draft | ProgrammeStatus::Adopted(_) => Ok(()),
    }
}
