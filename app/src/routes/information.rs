//! Where one is among health information and the noticeboard's sheets.

use maillon_shared::domain::ids::InformationId;
use maillon_shared::domain::summary::period::Period;

/// The screens of information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InformationRoute {
    /// Every item.
    List,
    /// An item that came.
    New,
    /// One item.
    One(InformationId),
    /// An item to change.
    Edit(InformationId),
    /// To whom an item was passed on.
    Pass(InformationId),
    /// The noticeboard's sheet of a month.
    Board(Period),
    /// What is said at its top.
    BoardNote(Period),
}

impl InformationRoute {
    pub(super) fn path(&self) -> String {
        match self {
            InformationRoute::List => String::new(),
            InformationRoute::New => "/new".into(),
            InformationRoute::One(id) => format!("/{id}"),
            InformationRoute::Edit(id) => format!("/{id}/edit"),
            InformationRoute::Pass(id) => format!("/{id}/pass"),
            InformationRoute::Board(month) => format!("/board/{month}"),
            InformationRoute::BoardNote(month) => format!("/board/{month}/note"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => InformationRoute::List,
            ["new"] => InformationRoute::New,
            ["board", month] => InformationRoute::Board(Period::parse(month)?),
            ["board", month, "note"] => InformationRoute::BoardNote(Period::parse(month)?),
            [id] => InformationRoute::One(InformationId::parse(id)?),
            [id, "edit"] => InformationRoute::Edit(InformationId::parse(id)?),
            [id, "pass"] => InformationRoute::Pass(InformationId::parse(id)?),
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
        let id = InformationId([7; 16]);
        let month = Period::parse("2026-03").expect("a month");
        for route in [
            InformationRoute::List,
            InformationRoute::New,
            InformationRoute::One(id),
            InformationRoute::Edit(id),
            InformationRoute::Pass(id),
            InformationRoute::Board(month),
            InformationRoute::BoardNote(month),
        ] {
            let route = Route::Information(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
    }
}
