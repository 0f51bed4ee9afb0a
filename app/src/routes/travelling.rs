//! Where one is among sheets for other territories.

use maillon_shared::domain::ids::{
    CollectiveId, EventId, LineId, ProcedureId, ProgrammeId, ReceivedSheetId, SheetId,
};
use maillon_shared::domain::travelling_sheet::SheetSource;

/// The screens of sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetRoute {
    /// Every sheet.
    List,
    /// A sheet to write.
    New,
    /// A sheet to write from something.
    From(SheetSource),
    /// One sheet, that is written here.
    One(SheetId),
    /// A sheet to change.
    Edit(SheetId),
    /// What names someone in it is looked at, and it leaves.
    Leave(SheetId),
    /// One sheet, that came.
    Received(ReceivedSheetId),
    /// A file to open.
    Open,
}

impl SheetRoute {
    pub(super) fn path(&self) -> String {
        match self {
            SheetRoute::List => String::new(),
            SheetRoute::New => "/new".into(),
            SheetRoute::From(from) => format!("/new/{}", source_code(*from)),
            SheetRoute::One(id) => format!("/{id}"),
            SheetRoute::Edit(id) => format!("/{id}/edit"),
            SheetRoute::Leave(id) => format!("/{id}/leave"),
            SheetRoute::Received(id) => format!("/received/{id}"),
            SheetRoute::Open => "/open".into(),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => SheetRoute::List,
            ["new"] => SheetRoute::New,
            ["new", source] => SheetRoute::From(source_of(source)?),
            ["open"] => SheetRoute::Open,
            ["received", id] => SheetRoute::Received(ReceivedSheetId::parse(id)?),
            [id] => SheetRoute::One(SheetId::parse(id)?),
            [id, "edit"] => SheetRoute::Edit(SheetId::parse(id)?),
            [id, "leave"] => SheetRoute::Leave(SheetId::parse(id)?),
            _ => return None,
        })
    }
}

/// From what a sheet is begun, as an address and a draft say it.
pub fn source_code(source: SheetSource) -> String {
    match source {
        SheetSource::Project(id) => format!("project-{id}"),
        SheetSource::Event(id) => format!("event-{id}"),
        SheetSource::Programme(id) => format!("programme-{id}"),
        SheetSource::Procedure(id, version) => format!("procedure-{id}-{version}"),
        SheetSource::Received(id) => format!("received-{id}"),
    }
}

/// What such a code says.
pub fn source_of(code: &str) -> Option<SheetSource> {
    Some(match code.split('-').collect::<Vec<_>>()[..] {
        ["project", id] => SheetSource::Project(CollectiveId::parse(id)?),
        ["event", id] => SheetSource::Event(EventId::parse(id)?),
        ["programme", id] => SheetSource::Programme(ProgrammeId::parse(id)?),
        ["procedure", id, version] => SheetSource::Procedure(ProcedureId::parse(id)?, LineId::parse(version)?),
        ["received", id] => SheetSource::Received(ReceivedSheetId::parse(id)?),
        _ => return None,
    })
}
