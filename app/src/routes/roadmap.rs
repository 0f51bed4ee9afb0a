//! Where one is among roadmaps.

use maillon_shared::domain::ids::{LineId, RoadmapId};
use maillon_shared::domain::roadmap::RoadmapLines;

/// The screens of roadmaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoadmapRoute {
    /// Every roadmap.
    List,
    /// A roadmap to begin.
    New,
    /// One roadmap.
    One(RoadmapId),
    /// What is said of the whole, to change.
    Edit(RoadmapId),
    /// Bodies, mandates, decisions, partnerships.
    Governance(RoadmapId),
    /// What counts in a framework, as its funder reads it.
    Framework(RoadmapId, LineId),
    /// A line to add, under another where it has one.
    NewLine(RoadmapId, RoadmapLines, Option<LineId>),
    /// A line to change.
    Line(RoadmapId, RoadmapLines, LineId),
}

impl RoadmapRoute {
    pub(super) fn path(&self) -> String {
        match self {
            RoadmapRoute::List => String::new(),
            RoadmapRoute::New => "/new".into(),
            RoadmapRoute::One(id) => format!("/{id}"),
            RoadmapRoute::Edit(id) => format!("/{id}/edit"),
            RoadmapRoute::Governance(id) => format!("/{id}/governance"),
            RoadmapRoute::Framework(id, line) => format!("/{id}/framework/{line}"),
            RoadmapRoute::NewLine(id, lines, None) => format!("/{id}/{}/new", lines.code()),
            RoadmapRoute::NewLine(id, lines, Some(under)) => format!("/{id}/{}/new/{under}", lines.code()),
            RoadmapRoute::Line(id, lines, line) => format!("/{id}/{}/{line}", lines.code()),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => RoadmapRoute::List,
            ["new"] => RoadmapRoute::New,
            [id] => RoadmapRoute::One(RoadmapId::parse(id)?),
            [id, "edit"] => RoadmapRoute::Edit(RoadmapId::parse(id)?),
            [id, "governance"] => RoadmapRoute::Governance(RoadmapId::parse(id)?),
            [id, "framework", line] => RoadmapRoute::Framework(RoadmapId::parse(id)?, LineId::parse(line)?),
            [id, lines, rest @ ..] => {
                let (id, lines) = (RoadmapId::parse(id)?, RoadmapLines::from_code(lines)?);
                match rest {
                    ["new"] => RoadmapRoute::NewLine(id, lines, None),
                    ["new", under] => RoadmapRoute::NewLine(id, lines, Some(LineId::parse(under)?)),
                    [line] => RoadmapRoute::Line(id, lines, LineId::parse(line)?),
                    _ => return None,
                }
            }
        })
    }

    /// Where a draft of a line is taken up again, by what it is kept under.
    pub fn of_draft(subject: &str) -> Option<Self> {
        match subject.split('.').collect::<Vec<_>>()[..] {
            [id, lines, "new", under] => {
                let (id, lines) = (RoadmapId::parse(id)?, RoadmapLines::from_code(lines)?);
                Some(RoadmapRoute::NewLine(id, lines, LineId::parse(under)))
            }
            [id, lines, line] => {
                let (id, lines) = (RoadmapId::parse(id)?, RoadmapLines::from_code(lines)?);
                Some(RoadmapRoute::Line(id, lines, LineId::parse(line)?))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;

    #[test]
    fn every_screen_is_found_again_by_its_address_and_a_line_by_its_draft() {
        let (id, line) = (RoadmapId([7; 16]), LineId([8; 16]));
        for route in [
            RoadmapRoute::List,
            RoadmapRoute::New,
            RoadmapRoute::One(id),
            RoadmapRoute::Edit(id),
            RoadmapRoute::Governance(id),
            RoadmapRoute::Framework(id, line),
            RoadmapRoute::NewLine(id, RoadmapLines::Bodies, None),
            RoadmapRoute::NewLine(id, RoadmapLines::Actions, Some(line)),
            RoadmapRoute::Line(id, RoadmapLines::Values, line),
        ] {
            let route = Route::Roadmap(route);
            assert_eq!(Route::parse(&route.href()), Some(route));
        }
        let of = |subject: &str| RoadmapRoute::of_draft(subject);
        assert_eq!(of(&format!("{id}.bodies.new.")), Some(RoadmapRoute::NewLine(id, RoadmapLines::Bodies, None)));
        let under = Some(RoadmapRoute::NewLine(id, RoadmapLines::Actions, Some(line)));
        assert_eq!(of(&format!("{id}.actions.new.{line}")), under);
        assert_eq!(of(&format!("{id}.values.{line}")), Some(RoadmapRoute::Line(id, RoadmapLines::Values, line)));
        assert_eq!(of("x"), None);
    }
}
