//! What a project's codes are called, in the language spoken now.

use maillon_shared::api::responses::{HelperShown, ProjectStep};
use maillon_shared::domain::ids::{FollowUpId, LineId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::project::{GoalState, HaltKind, Owner, ProjectChange, ProjectField};

use crate::lists::label;
use crate::pages::circle::words::{helper_words, who_code_words};
use crate::when;
use crate::words::{Word, project as w};

/// Who carries an action.
pub fn owner_words(owner: &Owner, shown: Option<&HelperShown>, person: &str) -> String {
    match (owner, shown) {
        (Owner::Person, _) => person.to_owned(),
        (Owner::Coordinator, _) => w::coordination().to_owned(),
        (_, Some(shown)) => helper_words(shown),
        (other, None) => owner_code_words(&other.to_string()),
    }
}

/// Who carries an action, by the code that is written.
pub fn owner_code_words(code: &str) -> String {
    match Owner::parse(code) {
        Owner::Person => w::she().to_owned(),
        Owner::Coordinator => w::coordination().to_owned(),
        _ => who_code_words(code),
    }
}

/// How a project is halted.
pub fn halted_words(kind: &HaltKind) -> &str {
    match kind {
        HaltKind::Paused => w::paused(),
        HaltKind::Stopped => w::stopped(),
        HaltKind::Closed => w::closed(),
        HaltKind::Unknown(code) => code,
    }
}

/// How far a goal is.
pub fn state_words(state: &GoalState) -> &str {
    match state {
        GoalState::Open => w::open(),
        GoalState::Reached => w::is_reached(),
        GoalState::Dropped => w::dropped(),
        GoalState::Unknown(code) => code,
    }
}

/// What took place in a project, for a timeline: what, and what was said.
pub fn act_words(step: &ProjectStep) -> (String, String) {
    match step {
        ProjectStep::Opened(words) => (w::opened().to_owned(), words.clone()),
        ProjectStep::Reviewed(words) => (w::reviewed().to_owned(), words.clone()),
        ProjectStep::Halted(kind, words) => (w::project_is(halted_words(kind)), words.clone()),
        ProjectStep::Resumed(words) => (w::resumed().to_owned(), words.clone()),
    }
}

/// A field by its path; one that a newer version wrote is shown as it is.
pub fn field_words(path: &str) -> String {
    field_word(path).map_or_else(|| path.to_owned(), |word| word().to_owned())
}

fn field_word(path: &str) -> Option<Word> {
    Some(match path.split('.').collect::<Vec<_>>()[..] {
        ["words"] => w::own_words,
        ["topic"] => w::topic,
        ["review"] => w::review_day,
        ["opened"] => w::opened,
        ["from"] => w::from_request,
        ["goals", _, "words"] => w::goal,
        ["goals", _, "state"] => w::goal_state,
        ["actions", _, "what"] => w::action,
        ["actions", _, "owner"] => w::owner,
        ["actions", _, "due"] => w::by,
        ["actions", _, "goal"] => w::for_goal,
        ["actions", _, "state"] => w::action_state,
        ["actions", _, _] => w::action,
        ["reviews", ..] => w::reviewed,
        ["halts", ..] => w::halt,
        ["links", ..] => w::what_next,
        _ => return None,
    })
}

/// A value by the path of its field, as it is written.
pub fn value_words(path: &str, value: &str) -> String {
    let day = |value: &str| value.parse().map_or_else(|_| value.to_owned(), when::whole_date);
    match path.split('.').collect::<Vec<_>>()[..] {
        ["topic"] => label(ListId::RequestTopics, value).to_owned(),
        // Which record it is says nothing to anyone: an id of nobody.
        ["from"] | ["actions", _, "goal" | "done_by"] if !value.is_empty() => w::yes().to_owned(),
        ["review"] | ["opened"] => day(value),
        ["actions", _, "owner"] => owner_code_words(value),
        ["goals", _, "state"] => state_words(&goal_state(value)).to_owned(),
        ["actions", _, "state"] => match value {
            "done" => w::is_done().to_owned(),
            "cancelled" => w::is_given_up().to_owned(),
            "" => w::open().to_owned(),
            other => other.to_owned(),
        },
        ["halts", _, "what"] => halted_words(&HaltKind::from_code(value)).to_owned(),
        [.., "due" | "done_on" | "on" | "over_on"] => day(value),
        _ => value.to_owned(),
    }
}

fn goal_state(code: &str) -> GoalState {
    if code.is_empty() { GoalState::Open } else { GoalState::from_code(code) }
}

/// What to write so that a field says this and nothing else; nothing for what is said by doing it.
pub fn change(path: &str, value: &str) -> Option<ProjectChange> {
    let text = value.to_owned();
    Some(match path.split('.').collect::<Vec<_>>()[..] {
        ["review"] => ProjectChange::Review(value.parse().ok()?),
        ["goals", id, "words"] => ProjectChange::Goal(LineId::parse(id)?, text),
        ["goals", id, "state"] => ProjectChange::GoalState(LineId::parse(id)?, goal_state(value)),
        ["actions", id, "what"] => ProjectChange::Action(FollowUpId::parse(id)?, text),
        ["actions", id, "owner"] => ProjectChange::Owner(FollowUpId::parse(id)?, Owner::parse(value)),
        ["actions", id, "due"] => ProjectChange::By(FollowUpId::parse(id)?, value.parse().ok()),
        [field] => ProjectChange::Text(ProjectField::from_code(field)?, text),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_two_devices_write_at_once_has_words_and_can_be_settled() {
        let id = LineId([7; 16]);
        for (path, value) in [
            ("words".to_owned(), "Marcher"),
            ("topic".to_owned(), "transport"),
            ("review".to_owned(), "2026-09-12"),
            (format!("goals.{id}.words"), "Sortir"),
            (format!("goals.{id}.state"), "reached"),
            (format!("actions.{id}.what"), "appeler"),
            (format!("actions.{id}.owner"), "coordinator"),
            (format!("actions.{id}.due"), "2026-07-01"),
        ] {
            assert!(field_word(&path).is_some(), "{path}");
            assert!(change(&path, value).is_some(), "{path}");
        }
        assert_eq!(change(&format!("actions.{id}.state"), "done"), None, "it is done by doing it");
        assert_eq!(change("colour", "vert"), None);
    }
}
