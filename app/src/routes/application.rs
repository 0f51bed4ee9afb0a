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

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;

    #[test]
    fn every_place_is_found_again_by_its_address() {
        let id = ApplicationId([7; 16]);
        for route in
            [ApplicationRoute::List, ApplicationRoute::New, ApplicationRoute::One(id), ApplicationRoute::Edit(id)]
        {
            let route = Route::Application(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
    }
}
