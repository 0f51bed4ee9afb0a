//! Sheets for other territories: written, looked through before they leave, and taken in from files that anyone may have
//! written.

use maillon_shared::api::errors::{FileProblem, Invalid};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::sheets::{AlreadyHere, Looked, SheetAnswer, SheetLeft, SheetRead, SheetWrite};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::ids::{LineId, ReceivedSheetId, SheetId};
use maillon_shared::domain::procedure::StepChange;
use maillon_shared::domain::travelling_sheet::{Leave, Meant, SheetChange, SheetKind, TravellingSheet};

use super::Engine;
use super::commands::short_enough;
use super::procedures::said;
use crate::ambient::{Ambient, random_array};
use crate::exchange::sheet_file::{self, SheetFileError};
use crate::journal::records::travelling_sheet;
use crate::journal::{Header, Kind};
use crate::notebook::{Plan, Target};
use crate::store::Store;

/// Nobody writes so many lines at once.
const MOST_CHANGES: usize = 1_000;
/// What is longer is not read where it arrives.
const LONGEST_TEXT_CHARS: usize = 10_000;
/// The act by which a sheet left.
pub(super) const LEAVE: &str = "leave_sheet";

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) async fn read_sheets(&mut self, asked: SheetRead) -> Answer {
        let views = &self.notebook()?.views;
        let answer = match asked {
            SheetRead::All => SheetAnswer::All(Box::new(views.sheet_rows())),
            SheetRead::One(id) => {
                let mut file = views.sheet_file(id).ok_or(Failure::NotFound)?;
                file.conflicts = said(self.conflicts_of(id.into()).await?);
                SheetAnswer::One(Box::new(file))
            }
            SheetRead::Received(id) => {
                SheetAnswer::Received(Box::new(views.received_file(id).ok_or(Failure::NotFound)?))
            }
            SheetRead::From(source) => {
                // Each line is named by its place: a draft finds it again where the form is opened again.
                let mut places = (1_u128..).map(|at| LineId(at.to_be_bytes()));
                let line = || places.next().unwrap_or(LineId([0; 16]));
                let begun = views.sheet_from(source, line).ok_or(Failure::NotFound)?;
                SheetAnswer::Begun(Box::new(begun))
            }
            SheetRead::Look(file) => {
                let read = sheet_file::read(&file).map_err(failure_of_file)?;
                let here = views.is_here(&read.travelled);
                SheetAnswer::Looked(Box::new(Looked { travelled: read.travelled, unknown: read.unknown, here }))
            }
        };
        Ok(Response::Sheets(Box::new(answer)))
    }

    pub(super) async fn write_sheets(&mut self, asked: SheetWrite) -> Answer {
        match asked {
            SheetWrite::Create { sheet, adapts, draft } => self.create_sheet(*sheet, adapts, draft).await,
            SheetWrite::Edit { id, changes, draft } => self.edit_sheet(id, changes, draft).await,
            SheetWrite::Leave { id, meant } => self.leave_sheet(id, &meant).await,
            SheetWrite::Keep { id, file } => self.keep_sheet(id, &file).await,
            SheetWrite::SetAside { id, aside } => self.set_sheet_aside(id, aside).await,
        }
    }

    async fn create_sheet(
        &mut self,
        mut begun: TravellingSheet,
        adapts: Option<ReceivedSheetId>,
        draft: Option<DraftKey>,
    ) -> Answer {
        let views = &self.notebook()?.views;
        if views.document(begun.id.into()).is_some() {
            return Ok(Response::Done);
        }
        (begun.withdrawn, begun.left, begun.chain) = (false, Vec::new(), Vec::new());
        // Where it comes from is read in what came, and is not the form's to say.
        if let Some(from) = adapts {
            begun.chain = views.received_sheet(from).ok_or(Failure::NotFound)?.travelled.chain_from_here();
        }
        let threshold = views.settings().0.summary_threshold();
        begun.says.results.iter_mut().for_each(|line| line.n = line.n.map(|n| n.within(threshold)));
        let empty = TravellingSheet::empty(begun.id, begun.says.kind.clone());
        let mut changes = empty.changes_to(&begun);
        // What it is is no difference with the empty one, and is looked at all the same.
        changes.push(SheetChange::Kind(begun.says.kind.clone()));
        valid_sheet(&empty, &changes)?;
        let mut plan = Plan::new("create_sheet");
        plan.ends_draft = draft;
        let header = Header::new(begun.id.into(), Kind::TravellingSheet, None, 0);
        plan.edit(Target::New(header), move |document| travelling_sheet::create(document, &begun));
        self.save(plan).await
    }

    async fn edit_sheet(&mut self, id: SheetId, mut changes: Vec<SheetChange>, draft: Option<DraftKey>) -> Answer {
        let views = &self.notebook()?.views;
        valid_sheet(views.travelling_sheet(id).ok_or(Failure::NotFound)?, &changes)?;
        let threshold = views.settings().0.summary_threshold();
        for change in &mut changes {
            if let SheetChange::Count(_, Some(n)) = change {
                *n = n.within(threshold);
            }
        }
        let mut plan = Plan::new("edit_sheet");
        plan.ends_draft = draft;
        plan.edit(Target::Document(id.into()), move |document| {
            changes.iter().try_for_each(|change| travelling_sheet::write(document, change))
        });
        self.save(plan).await
    }

    /// Looked through as it is now, whatever the screen showed: a name that came into the notebook since stops it.
    async fn leave_sheet(&mut self, id: SheetId, meant: &[Meant]) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let sheet = views.travelling_sheet(id).filter(|sheet| !sheet.withdrawn).ok_or(Failure::NotFound)?;
        let travelled = match sheet.to_leave(&views.clues_in_sheet(sheet), meant, today) {
            Ok(travelled) => travelled,
            Err(why) => return Ok(Response::Sheets(Box::new(SheetAnswer::Stays(why)))),
        };
        let version = travelled.provenance.version;
        let has_left = sheet.last_left().is_some_and(|left| left.version == version);
        let of = sheet.says.fingerprint();
        let data = sheet_file::write(&travelled);
        // What could not be read where it arrives does not leave.
        sheet_file::read_data(&data).map_err(failure_of_file)?;
        if !has_left {
            let left = Leave { id: LineId(random_array(&mut self.ambient)), version, on: today, of };
            let mut plan = Plan::new(LEAVE);
            plan.edit(Target::Document(id.into()), move |document| travelling_sheet::leave(document, &left));
            self.save(plan).await?;
        }
        let block = sheet_file::block(&data);
        Ok(Response::Sheets(Box::new(SheetAnswer::Left(Box::new(SheetLeft { travelled, data, block })))))
    }

    async fn keep_sheet(&mut self, id: ReceivedSheetId, file: &[u8]) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        let came = sheet_file::read(file).map_err(failure_of_file)?;
        match views.is_here(&came.travelled) {
            AlreadyHere::Own(_) => return Ok(Response::Done),
            AlreadyHere::Same(held) if views.received_sheet(held).is_some_and(|held| held.withdrawn) => {
                return self.set_sheet_aside(held, false).await;
            }
            AlreadyHere::Same(_) => return Ok(Response::Done),
            AlreadyHere::No | AlreadyHere::Newer(_) | AlreadyHere::Older(_) | AlreadyHere::OtherWords(_) => {}
        }
        if views.document(id.into()).is_some() {
            return Ok(Response::Done);
        }
        let mut plan = Plan::new("keep_sheet");
        let header = Header::new(id.into(), Kind::ReceivedSheet, None, 0);
        plan.edit(Target::New(header), move |document| travelling_sheet::receive(document, today, &came));
        self.save(plan).await
    }

    async fn set_sheet_aside(&mut self, id: ReceivedSheetId, aside: bool) -> Answer {
        self.notebook()?.views.received_sheet(id).ok_or(Failure::NotFound)?;
        let mut plan = Plan::new("set_sheet_aside");
        plan.edit(Target::Document(id.into()), move |document| travelling_sheet::set_aside(document, aside));
        self.save(plan).await
    }
}

fn valid_sheet(held: &TravellingSheet, changes: &[SheetChange]) -> Result<(), Failure> {
    let mut after = held.clone();
    for change in changes {
        after.apply(change);
        let words = change.words().unwrap_or_default();
        short_enough(words)?;
        if words.chars().count() > LONGEST_TEXT_CHARS {
            return Err(Failure::Invalid(Invalid::TooLong));
        }
        match change {
            SheetChange::Kind(SheetKind::Unknown(_)) => return Err(Failure::NotUnderstood),
            SheetChange::Step(StepChange::After(_, Some(days))) if *days > 3_650 => {
                return Err(Failure::Invalid(Invalid::Day));
            }
            _ => {}
        }
    }
    match (after.says.title.trim().is_empty(), changes.len() > MOST_CHANGES) {
        (true, _) => Err(Failure::Invalid(Invalid::NoName)),
        (_, true) => Err(Failure::Invalid(Invalid::TooLong)),
        _ => Ok(()),
    }
}

fn failure_of_file(error: SheetFileError) -> Failure {
    Failure::UnreadableFile(match error {
        SheetFileError::Empty => FileProblem::Empty,
        SheetFileError::TooLarge => FileProblem::TooLarge,
        SheetFileError::NotOne => FileProblem::UnknownKind,
        SheetFileError::Damaged => FileProblem::Damaged,
    })
}
