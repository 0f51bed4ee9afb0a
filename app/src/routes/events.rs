//! Where one is among events of the collective.

use maillon_shared::domain::ids::EventId;

/// The screens of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventRoute {
    /// Every event.
    List,
    /// An event to plan.
    New,
    /// A table of events, to take in.
    Load,
    /// One event.
    One(EventId),
    /// An event to change.
    Edit(EventId),
}

impl EventRoute {
    pub(super) fn path(&self) -> String {
        match self {
            EventRoute::List => String::new(),
            EventRoute::New => "/new".into(),
            EventRoute::Load => "/load".into(),
            EventRoute::One(id) => format!("/{id}"),
            EventRoute::Edit(id) => format!("/{id}/edit"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => EventRoute::List,
            ["new"] => EventRoute::New,
            ["load"] => EventRoute::Load,
            [id] => EventRoute::One(EventId::parse(id)?),
            [id, "edit"] => EventRoute::Edit(EventId::parse(id)?),
            _ => return None,
        })
    }
}
