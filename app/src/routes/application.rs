//! Where one is among applications to calls for projects.

use maillon_shared::domain::ids::ApplicationId;

/// The screens of applications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplicationRoute {
    /// Every application.
    List,
    /// An application to begin.
    New,
    /// One application.
    One(ApplicationId),
    /// An application to change.
    Edit(ApplicationId),
}

impl ApplicationRoute {
    pub(super) fn path(&self) -> String {
        match self {
            ApplicationRoute::List => String::new(),
            ApplicationRoute::New => "/new".into(),
            ApplicationRoute::One(id) => format!("/{id}"),
            ApplicationRoute::Edit(id) => format!("/{id}/edit"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => ApplicationRoute::List,
            ["new"] => ApplicationRoute::New,
            [id] => ApplicationRoute::One(ApplicationId::parse(id)?),
            [id, "edit"] => ApplicationRoute::Edit(ApplicationId::parse(id)?),
            _ => return None,
        })
    }
}
