//! Where one is in the legal register.

use maillon_shared::domain::ids::{ExtractId, PersonId, RegisterEntryId};

/// The legal register's screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterRoute {
    /// Every entry.
    List,
    /// The list, to print.
    Print,
    /// Someone to enter, perhaps with what a sheet says of them.
    New(Option<PersonId>),
    /// One entry.
    Entry(RegisterEntryId),
    /// An entry to change.
    Edit(RegisterEntryId),
    /// The letter that acknowledges a request.
    Letter(RegisterEntryId),
    /// Someone to strike off.
    StrikeOff(RegisterEntryId),
    /// All that is held about someone: given, or destroyed.
    Data(RegisterEntryId),
    /// Who may open the register.
    Agents,
    /// Someone to designate.
    NewAgent,
    /// What was given of it.
    Extracts,
    /// An extract to record.
    NewExtract,
    /// An extract to give.
    Extract(ExtractId),
    /// A register kept before, to take in.
    Import,
}

impl RegisterRoute {
    pub(super) fn path(&self) -> String {
        match self {
            RegisterRoute::List => String::new(),
            RegisterRoute::Print => "/print".into(),
            RegisterRoute::New(None) => "/new".into(),
            RegisterRoute::New(Some(person)) => format!("/new/{person}"),
            RegisterRoute::Entry(id) => format!("/{id}"),
            RegisterRoute::Edit(id) => format!("/{id}/edit"),
            RegisterRoute::Letter(id) => format!("/{id}/letter"),
            RegisterRoute::StrikeOff(id) => format!("/{id}/strike-off"),
            RegisterRoute::Data(id) => format!("/{id}/data"),
            RegisterRoute::Agents => "/agents".into(),
            RegisterRoute::NewAgent => "/agents/new".into(),
            RegisterRoute::Extracts => "/extracts".into(),
            RegisterRoute::NewExtract => "/extracts/new".into(),
            RegisterRoute::Extract(id) => format!("/extracts/{id}"),
            RegisterRoute::Import => "/import".into(),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => RegisterRoute::List,
            ["print"] => RegisterRoute::Print,
            ["new"] => RegisterRoute::New(None),
            ["new", person] => RegisterRoute::New(Some(PersonId::parse(person)?)),
            ["agents"] => RegisterRoute::Agents,
            ["agents", "new"] => RegisterRoute::NewAgent,
            ["extracts"] => RegisterRoute::Extracts,
            ["extracts", "new"] => RegisterRoute::NewExtract,
            ["extracts", id] => RegisterRoute::Extract(ExtractId::parse(id)?),
            ["import"] => RegisterRoute::Import,
            [id] => RegisterRoute::Entry(RegisterEntryId::parse(id)?),
            [id, "edit"] => RegisterRoute::Edit(RegisterEntryId::parse(id)?),
            [id, "letter"] => RegisterRoute::Letter(RegisterEntryId::parse(id)?),
            [id, "strike-off"] => RegisterRoute::StrikeOff(RegisterEntryId::parse(id)?),
            [id, "data"] => RegisterRoute::Data(RegisterEntryId::parse(id)?),
            _ => return None,
        })
    }
}
