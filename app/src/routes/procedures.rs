//! Where one is among procedures and their episodes.

use maillon_shared::domain::ids::{LineId, PersonId, ProcedureId, ProcedureRunId, ReceivedSheetId};

/// The screens of procedures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProcedureRoute {
    /// Every procedure, to begin one of them about someone where someone is said.
    List(Option<PersonId>),
    /// A procedure to write.
    New,
    /// A procedure to write from a sheet that came.
    From(ReceivedSheetId),
    /// One procedure.
    One(ProcedureId),
    /// What is being written of it, to change.
    Edit(ProcedureId),
    /// What is being written, to publish.
    Publish(ProcedureId),
    /// One version, as it was published.
    Version(ProcedureId, LineId),
    /// An episode to begin, about someone where someone is said.
    Begin(ProcedureId, Option<PersonId>),
    /// An episode.
    Run(ProcedureRunId),
}

impl ProcedureRoute {
    pub(super) fn path(&self) -> String {
        match self {
            ProcedureRoute::List(None) => String::new(),
            ProcedureRoute::List(Some(person)) => format!("/about/{person}"),
            ProcedureRoute::New => "/new".into(),
            ProcedureRoute::From(sheet) => format!("/new/{sheet}"),
            ProcedureRoute::One(id) => format!("/{id}"),
            ProcedureRoute::Edit(id) => format!("/{id}/edit"),
            ProcedureRoute::Publish(id) => format!("/{id}/publish"),
            ProcedureRoute::Version(id, version) => format!("/{id}/version/{version}"),
            ProcedureRoute::Begin(id, None) => format!("/{id}/begin"),
            ProcedureRoute::Begin(id, Some(person)) => format!("/{id}/begin/{person}"),
            ProcedureRoute::Run(id) => format!("/run/{id}"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => ProcedureRoute::List(None),
            ["about", person] => ProcedureRoute::List(Some(PersonId::parse(person)?)),
            ["new"] => ProcedureRoute::New,
            ["new", sheet] => ProcedureRoute::From(ReceivedSheetId::parse(sheet)?),
            ["run", id] => ProcedureRoute::Run(ProcedureRunId::parse(id)?),
            [id] => ProcedureRoute::One(ProcedureId::parse(id)?),
            [id, "edit"] => ProcedureRoute::Edit(ProcedureId::parse(id)?),
            [id, "publish"] => ProcedureRoute::Publish(ProcedureId::parse(id)?),
            [id, "version", version] => ProcedureRoute::Version(ProcedureId::parse(id)?, LineId::parse(version)?),
            [id, "begin"] => ProcedureRoute::Begin(ProcedureId::parse(id)?, None),
            [id, "begin", person] => ProcedureRoute::Begin(ProcedureId::parse(id)?, Some(PersonId::parse(person)?)),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_reads_back_from_its_path() {
        for route in [
            ProcedureRoute::List(None),
            ProcedureRoute::List(Some(PersonId([3; 16]))),
            ProcedureRoute::New,
            ProcedureRoute::From(ReceivedSheetId([7; 16])),
            ProcedureRoute::One(ProcedureId([7; 16])),
            ProcedureRoute::Edit(ProcedureId([7; 16])),
            ProcedureRoute::Publish(ProcedureId([7; 16])),
            ProcedureRoute::Version(ProcedureId([7; 16]), LineId([8; 16])),
            ProcedureRoute::Begin(ProcedureId([7; 16]), None),
            ProcedureRoute::Begin(ProcedureId([7; 16]), Some(PersonId([3; 16]))),
            ProcedureRoute::Run(ProcedureRunId([7; 16])),
        ] {
            let path = route.path();
            let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
            assert_eq!(ProcedureRoute::parse(&parts), Some(route), "{path}");
        }
        assert_eq!(ProcedureRoute::parse(&["no", "such", "place"]), None);
    }
}
