//! Where one is among annual programmes.

use maillon_shared::domain::ids::ProgrammeId;

/// The screens of programmes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgrammeRoute {
    /// Every programme.
    List,
    /// A programme to begin.
    New,
    /// A table of priorities, to take in.
    Load,
    /// One programme.
    One(ProgrammeId),
    /// A programme to change.
    Edit(ProgrammeId),
    /// The next year's, to begin from this one.
    Next(ProgrammeId),
    /// Its year, month by month, as it is printed.
    Calendar(ProgrammeId),
}

impl ProgrammeRoute {
    pub(super) fn path(&self) -> String {
        match self {
            ProgrammeRoute::List => String::new(),
            ProgrammeRoute::New => "/new".into(),
            ProgrammeRoute::Load => "/load".into(),
            ProgrammeRoute::One(id) => format!("/{id}"),
            ProgrammeRoute::Edit(id) => format!("/{id}/edit"),
            ProgrammeRoute::Next(id) => format!("/{id}/next"),
            ProgrammeRoute::Calendar(id) => format!("/{id}/calendar"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => ProgrammeRoute::List,
            ["new"] => ProgrammeRoute::New,
            ["load"] => ProgrammeRoute::Load,
            [id] => ProgrammeRoute::One(ProgrammeId::parse(id)?),
            [id, "edit"] => ProgrammeRoute::Edit(ProgrammeId::parse(id)?),
            [id, "next"] => ProgrammeRoute::Next(ProgrammeId::parse(id)?),
            [id, "calendar"] => ProgrammeRoute::Calendar(ProgrammeId::parse(id)?),
            _ => return None,
        })
    }
}
