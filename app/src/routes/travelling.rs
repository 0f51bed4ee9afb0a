//! Where one is among sheets for other territories.

use maillon_shared::domain::ids::{CollectiveId, EventId, LineId, ProcedureId, ProgrammeId, ReceivedSheetId, SheetId};
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_reads_back_from_its_path() {
        for route in [
            SheetRoute::List,
            SheetRoute::New,
            SheetRoute::From(SheetSource::Project(CollectiveId([7; 16]))),
            SheetRoute::From(SheetSource::Event(EventId([7; 16]))),
            SheetRoute::From(SheetSource::Programme(ProgrammeId([7; 16]))),
            SheetRoute::From(SheetSource::Procedure(ProcedureId([7; 16]), LineId([8; 16]))),
            SheetRoute::From(SheetSource::Received(ReceivedSheetId([7; 16]))),
            SheetRoute::One(SheetId([7; 16])),
            SheetRoute::Edit(SheetId([7; 16])),
            SheetRoute::Leave(SheetId([7; 16])),
            SheetRoute::Received(ReceivedSheetId([7; 16])),
            SheetRoute::Open,
        ] {
            let path = route.path();
            let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
            assert_eq!(SheetRoute::parse(&parts), Some(route), "{path}");
        }
        assert_eq!(SheetRoute::parse(&["no", "such", "place"]), None);
    }
}
