//! Where one is among groups of coordinators.

use maillon_shared::domain::ids::{CollectiveId, GroupId};

/// The screens of groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupRoute {
    /// Every group.
    List,
    /// A group to found.
    New,
    /// One group.
    One(GroupId),
    /// A group's name, to change.
    Edit(GroupId),
    /// A project to put in common.
    Share(CollectiveId),
}

impl GroupRoute {
    pub(super) fn path(&self) -> String {
        match self {
            GroupRoute::List => String::new(),
            GroupRoute::New => "/new".into(),
            GroupRoute::One(id) => format!("/{id}"),
            GroupRoute::Edit(id) => format!("/{id}/edit"),
            GroupRoute::Share(id) => format!("/share/{id}"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => GroupRoute::List,
            ["new"] => GroupRoute::New,
            ["share", id] => GroupRoute::Share(CollectiveId::parse(id)?),
            [id] => GroupRoute::One(GroupId::parse(id)?),
            [id, "edit"] => GroupRoute::Edit(GroupId::parse(id)?),
            _ => return None,
        })
    }
}
