//! Health information and the sheet of a month: written as plans, refused where they could not be, where someone who is
//! accompanied would be the one who got it, or where they are named in what others read.

use maillon_shared::api::errors::Invalid;
use maillon_shared::api::information::{
    BoardFile, InformationAnswer, InformationFile, InformationItems, InformationRead, InformationWrite,
};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::board::{BoardChange, BoardSheet, both_notes};
use maillon_shared::domain::ids::{DocId, GroupId, InformationId};
use maillon_shared::domain::information::{
    DiffusionField, InformationChange, InformationField, InformationItem, InformationState,
};
use maillon_shared::domain::summary::period::{Level, Period};
use maillon_shared::domain::time::PartialDate;

use super::Engine;
use super::commands::{known, short_enough};
use super::events::possible_date;
use super::groups::{name_of, names_nobody_in};
use crate::ambient::Ambient;
use crate::journal::records::{board, information};
use crate::journal::{Header, Kind, Scope};
use crate::notebook::{Plan, Target};
use crate::store::Store;
use crate::views::Views;

/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 4_000;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn read_information(&mut self, asked: InformationRead) -> Result<InformationAnswer, Failure> {
        Ok(match asked {
            InformationRead::All => InformationAnswer::All(self.all_information().await?),
            InformationRead::One(id) => InformationAnswer::One(Box::new(self.one_information(id).await?)),
            InformationRead::Board(month) => InformationAnswer::Board(Box::new(self.board(month)?)),
        })
    }

    pub(super) async fn write_information(&mut self, asked: InformationWrite) -> Answer {
        match asked {
            InformationWrite::Create { item, group, draft } => self.create_information(*item, group, draft).await,
            InformationWrite::Edit { id, changes, draft } => self.edit_information(id, changes, draft).await,
            InformationWrite::Board { month, changes } => self.edit_board(month, changes, None).await,
            InformationWrite::BoardNote { month, read, note, draft } => {
                self.write_board_note(month, &read, note, draft).await
            }
        }
    }

    async fn all_information(&mut self) -> Result<InformationItems, Failure> {
        let today = self.today();
        let groups = self.groups_to_write_in().await?;
        Ok(InformationItems { groups, ..self.notebook()?.views.information_rows(today) })
    }

    async fn one_information(&mut self, id: InformationId) -> Result<InformationFile, Failure> {
        let today = self.today();
        let mut file = self.notebook()?.views.information_file(id, today).ok_or(Failure::NotFound)?;
        file.conflicts = self.conflicts_of(id.into()).await?;
        if let Some((group, _)) = &file.group {
            file.may_write = self.groups_to_write_in().await?.iter().any(|(id, _)| id == group);
        }
        Ok(file)
    }

    async fn create_information(
        &mut self,
        mut begun: InformationItem,
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
        let empty = InformationItem::empty(begun.id);
        let changes = checked(views, &empty, group, empty.changes_to(&begun))?;
        let mut written = empty;
        changes.iter().for_each(|change| written.apply(change));
        let mut plan = Plan::new("create_information");
        plan.ends_draft = draft;
        let header = Header::within(scope, written.id.into(), Kind::Information, None);
        plan.edit(Target::New(header), move |document| information::create(document, &written));
        self.save(plan).await
    }

    async fn edit_information(
        &mut self,
        id: InformationId,
        changes: Vec<InformationChange>,
        draft: Option<DraftKey>,
    ) -> Answer {
        self.writable_document(id.into()).await?;
        let views = &self.notebook()?.views;
        let held = views.information_item(id).ok_or(Failure::NotFound)?;
        let changes = checked(views, held, views.group_of(id.into()), changes)?;
        let mut plan = Plan::new("edit_information");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| information::write(document, change))
        });
        self.save(plan).await
    }

    // ── The noticeboard ─────────────────────────────────────────────────────────────────────────────────────────────

    fn board(&mut self, month: Period) -> Result<BoardFile, Failure> {
        let today = self.today();
        known(is_month(month))?;
        Ok(self.notebook()?.views.board(month, today))
    }

    async fn edit_board(&mut self, month: Period, changes: Vec<BoardChange>, draft: Option<DraftKey>) -> Answer {
        known(is_month(month))?;
        if changes.len() > MOST_CHANGES {
            return Err(Failure::Invalid(Invalid::TooLong));
        }
        let views = &self.notebook()?.views;
        for change in &changes {
            match change {
                BoardChange::Note(note) => short_enough(note)?,
                BoardChange::Put(id, _) | BoardChange::Place(id, _) => known(views.document(*id).is_some())?,
            }
        }
        // Two devices may have begun the sheet apart: what is chosen now is chosen in both.
        let held: Vec<DocId> = views.board_sheets(month).into_iter().map(|(id, _)| id).collect();
        let targets: Vec<Target> = match held.is_empty() {
            true => vec![Target::Journal(Kind::BoardSheet, None, month.number())],
            false => held.into_iter().map(Target::Document).collect(),
        };
        let mut plan = Plan::new("edit_board");
        plan.ends_draft = draft;
        for target in targets {
            let changes = changes.clone();
            plan.edit(target, move |document| changes.iter().try_for_each(|change| board::write(document, change)));
        }
        self.save(plan).await
    }

    /// What came while the note was written, and whoever writes has not read, stays beside it.
    async fn write_board_note(&mut self, month: Period, read: &str, note: String, draft: Option<DraftKey>) -> Answer {
        let sheets = self.notebook()?.views.board_sheets(month);
        let now = BoardSheet::together(sheets.into_iter().map(|(_, sheet)| sheet)).note;
        let note = if now.trim() == read.trim() { note } else { both_notes(&note, &now) };
        self.edit_board(month, vec![BoardChange::Note(note)], draft).await
    }
}

/// A sheet is of a month of our times.
fn is_month(month: Period) -> bool {
    month.level() == Level::Month && month.is_sensible()
}

/// The changes as they are written: possible, and in a group naming nobody who is accompanied, with whoever is of this
/// directory said in words.
fn checked(
    views: &Views,
    held: &InformationItem,
    group: Option<GroupId>,
    changes: Vec<InformationChange>,
) -> Result<Vec<InformationChange>, Failure> {
    valid_information(views, held, &changes)?;
    // Who got it is a structure, a place, a kind of people: what was given to someone who is accompanied is on their sheet.
    let to_whom: Vec<&str> = changes.iter().filter_map(InformationChange::to_whom).collect();
    if !to_whom.is_empty() {
        names_nobody_in(views, &to_whom)?;
    }
    if group.is_none() {
        return Ok(changes);
    }
    let in_words = |change| match change {
        InformationChange::SourceEntry(Some(entry)) => {
            InformationChange::Text(InformationField::Source, name_of(views, entry))
        }
        InformationChange::DiffusionEntry(line, Some(entry)) => {
            InformationChange::Diffusion(line, DiffusionField::To, name_of(views, entry))
        }
        other => other,
    };
    let changes: Vec<InformationChange> = changes.into_iter().map(in_words).collect();
    // Of what stood there before, whoever wrote it answers.
    let written: Vec<&str> = changes.iter().filter_map(InformationChange::words).collect();
    names_nobody_in(views, &written)?;
    Ok(changes)
}

fn valid_information(views: &Views, held: &InformationItem, changes: &[InformationChange]) -> Result<(), Failure> {
    let mut after = held.clone();
    for change in changes {
        after.apply(change);
        change.words().map_or(Ok(()), short_enough)?;
        change.day().map(PartialDate::Day).into_iter().try_for_each(possible_date)?;
        match change {
            InformationChange::State(InformationState::Unknown(_)) => return Err(Failure::NotUnderstood),
            InformationChange::State(InformationState::SetAside(reason)) if reason.trim().is_empty() => {
                return Err(Failure::Invalid(Invalid::NoReason));
            }
            InformationChange::SourceEntry(Some(entry)) | InformationChange::DiffusionEntry(_, Some(entry)) => {
                known(views.entry(*entry).is_some())?;
            }
            _ => {}
        }
    }
    match (after.title.trim().is_empty(), changes.len() > MOST_CHANGES) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}
