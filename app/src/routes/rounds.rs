//! Where one is among rounds.

use maillon_shared::domain::ids::RoundId;

/// The screens of rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoundRoute {
    /// Every round.
    List,
    /// A round to plan.
    New,
    /// One round.
    One(RoundId),
    /// A round to change.
    Edit(RoundId),
}

impl RoundRoute {
    pub(super) fn path(&self) -> String {
        match self {
            RoundRoute::List => String::new(),
            RoundRoute::New => "/new".into(),
            RoundRoute::One(id) => format!("/{id}"),
            RoundRoute::Edit(id) => format!("/{id}/edit"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => RoundRoute::List,
            ["new"] => RoundRoute::New,
            [id] => RoundRoute::One(RoundId::parse(id)?),
            [id, "edit"] => RoundRoute::Edit(RoundId::parse(id)?),
            _ => return None,
        })
    }
}
