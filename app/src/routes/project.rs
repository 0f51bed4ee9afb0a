//! Where one is among health projects, circles and liaison sheets: ids only.

use maillon_shared::domain::ids::{FollowUpId, HealthProjectId, LineId, PersonId, RequestId};
use maillon_shared::domain::project::HaltKind;

/// The screens of health projects and of what goes with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProjectRoute {
    /// A project to begin with someone, perhaps from what she asked for.
    New(PersonId, Option<RequestId>),
    /// One project.
    One(HealthProjectId),
    /// Its words, to change.
    Edit(HealthProjectId),
    /// A goal: a new one, or one to change.
    Goal(HealthProjectId, Option<LineId>),
    /// An action: a new one, or one to change.
    Action(HealthProjectId, Option<FollowUpId>),
    /// Looking at it again.
    Review(HealthProjectId),
    /// A pause, a stop or an end to write down.
    Halt(HealthProjectId, HaltKind),
    /// Taking it up again.
    Resume(HealthProjectId),
    /// Her own copy, in plain words.
    Copy(HealthProjectId),
    /// Who is around someone.
    Circle(PersonId),
    /// Someone of the circle: a new one, or one to change.
    Member(PersonId, Option<LineId>),
    /// A liaison sheet.
    Liaison(PersonId),
}

const NEW: &str = "new";

impl ProjectRoute {
    pub(super) fn path(&self) -> String {
        let or_new = |line: Option<String>| line.unwrap_or_else(|| NEW.to_owned());
        match self {
            ProjectRoute::New(person, None) => format!("/new/{person}"),
            ProjectRoute::New(person, Some(request)) => format!("/new/{person}/{request}"),
            ProjectRoute::One(id) => format!("/{id}"),
            ProjectRoute::Edit(id) => format!("/{id}/edit"),
            ProjectRoute::Goal(id, goal) => format!("/{id}/goals/{}", or_new(goal.map(|id| id.to_string()))),
            ProjectRoute::Action(id, action) => format!("/{id}/actions/{}", or_new(action.map(|id| id.to_string()))),
            ProjectRoute::Review(id) => format!("/{id}/review"),
            ProjectRoute::Halt(id, kind) => format!("/{id}/halt/{}", kind.code()),
            ProjectRoute::Resume(id) => format!("/{id}/resume"),
            ProjectRoute::Copy(id) => format!("/{id}/copy"),
            ProjectRoute::Circle(person) => format!("/circle/{person}"),
            ProjectRoute::Member(person, line) => {
                format!("/circle/{person}/{}", or_new(line.map(|id| id.to_string())))
            }
            ProjectRoute::Liaison(person) => format!("/liaison/{person}"),
        }
    }

    pub(super) fn parse(parts: &[&str]) -> Option<Self> {
        let id = HealthProjectId::parse;
        Some(match parts {
            ["new", person] => ProjectRoute::New(PersonId::parse(person)?, None),
            ["new", person, request] => ProjectRoute::New(PersonId::parse(person)?, Some(RequestId::parse(request)?)),
            ["circle", person] => ProjectRoute::Circle(PersonId::parse(person)?),
            ["circle", person, NEW] => ProjectRoute::Member(PersonId::parse(person)?, None),
            ["circle", person, line] => ProjectRoute::Member(PersonId::parse(person)?, Some(LineId::parse(line)?)),
            ["liaison", person] => ProjectRoute::Liaison(PersonId::parse(person)?),
            [one] => ProjectRoute::One(id(one)?),
            [one, "edit"] => ProjectRoute::Edit(id(one)?),
            [one, "goals", NEW] => ProjectRoute::Goal(id(one)?, None),
            [one, "goals", goal] => ProjectRoute::Goal(id(one)?, Some(LineId::parse(goal)?)),
            [one, "actions", NEW] => ProjectRoute::Action(id(one)?, None),
            [one, "actions", action] => ProjectRoute::Action(id(one)?, Some(FollowUpId::parse(action)?)),
            [one, "review"] => ProjectRoute::Review(id(one)?),
            [one, "halt", kind] => {
                let kind = HaltKind::ALL.iter().find(|known| known.code() == *kind)?;
                ProjectRoute::Halt(id(one)?, kind.clone())
            }
            [one, "resume"] => ProjectRoute::Resume(id(one)?),
            [one, "copy"] => ProjectRoute::Copy(id(one)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_of_a_project_is_found_again_by_its_address() {
        let (id, person, line) = (HealthProjectId([1; 16]), PersonId([2; 16]), LineId([3; 16]));
        let mut routes = vec![
            ProjectRoute::New(person, None),
            ProjectRoute::New(person, Some(RequestId([4; 16]))),
            ProjectRoute::One(id),
            ProjectRoute::Edit(id),
            ProjectRoute::Goal(id, None),
            ProjectRoute::Goal(id, Some(line)),
            ProjectRoute::Action(id, None),
            ProjectRoute::Action(id, Some(FollowUpId([5; 16]))),
            ProjectRoute::Review(id),
            ProjectRoute::Resume(id),
            ProjectRoute::Copy(id),
            ProjectRoute::Circle(person),
            ProjectRoute::Member(person, None),
            ProjectRoute::Member(person, Some(line)),
            ProjectRoute::Liaison(person),
        ];
        routes.extend(HaltKind::ALL.iter().map(|kind| ProjectRoute::Halt(id, kind.clone())));
        for route in routes {
            let path = route.path();
            let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
            assert_eq!(ProjectRoute::parse(&parts), Some(route), "{path}");
        }
        assert_eq!(ProjectRoute::parse(&["new", "nobody"]), None);
    }
}
