//! What a stay's codes are called, in the language spoken now.

use chrono::NaiveDate;
use maillon_shared::api::timeline::StayStep;
use maillon_shared::domain::hospital_stay::{StayCall, StayChange, StayEnd, StayField, StayState, StepState};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::project::Owner;
use maillon_shared::domain::time::Hour;

use crate::lists::label;
use crate::pages::project::owner_code_words;
use crate::when;
use crate::words::{Word, stay as w};

/// What a step is: an item of the list, or words of one's own.
pub fn step_words(what: &str) -> String {
    label(ListId::DischargeSteps, what).to_owned()
}

/// How far a step is.
pub fn step_state_words(state: &StepState) -> &str {
    match state {
        StepState::ToAsk => w::to_ask(),
        StepState::InHand => w::in_hand(),
        StepState::Done => w::done(),
        StepState::NotNeeded => w::not_needed(),
        StepState::Unknown(code) => code,
    }
}

/// When the return is meant to be.
pub fn return_words(planned: Option<NaiveDate>, hour: Option<Hour>, today: NaiveDate) -> String {
    match (planned, hour) {
        (None, _) => w::return_unknown().to_owned(),
        (Some(day), None) => w::return_planned(when::day(day, today)),
        (Some(day), Some(hour)) => w::return_planned_at(when::day(day, today), when::hour(hour)),
    }
}

/// How a stay stands.
pub fn state_words(state: &StayState, today: NaiveDate) -> String {
    match state {
        StayState::There => w::there().to_owned(),
        StayState::Returned { on } => w::returned_on(when::day(*on, today)),
        StayState::Ended { on, how } => w::ended_on(end_words(how), when::day(*on, today)),
        StayState::Unknown(code) => code.clone(),
    }
}

/// How a stay ends that is no return.
pub fn end_words(how: &StayEnd) -> &str {
    match how {
        StayEnd::Elsewhere => w::elsewhere(),
        StayEnd::Deceased => w::deceased(),
        StayEnd::Mistake => w::mistake(),
        StayEnd::Unknown(code) => code,
    }
}

/// What a stay asks for, and whether it is grave.
pub fn call_words(call: &StayCall, today: NaiveDate) -> (String, bool) {
    match call {
        StayCall::HomeWithGaps(gaps) => (w::home_with_gaps(*gaps), true),
        StayCall::AskWhetherHome(day) => (w::ask_whether_home(when::day(*day, today)), true),
        StayCall::ReturnWithGaps(day, gaps) => (w::return_with_gaps(*gaps, when::day(*day, today)), true),
        StayCall::ReturnReady(day) => (w::return_ready(when::day(*day, today)), false),
        StayCall::AskWhen => (w::ask_when().to_owned(), false),
    }
}

/// What took place in a stay.
pub fn act_words(step: &StayStep) -> (String, String) {
    match step {
        StayStep::Noticed(place) => (w::noticed().to_owned(), place.clone()),
        StayStep::Returned => (w::came_back().to_owned(), String::new()),
        StayStep::Ended(how) => (w::stay_over().to_owned(), end_words(how).to_owned()),
    }
}

/// What a field of a stay is called, by its path in the document.
pub fn field_words(path: &str) -> String {
    let word: Word = match path.split('.').collect::<Vec<_>>()[..] {
        ["noticed"] => w::noticed_on,
        ["admitted"] => w::admitted,
        ["planned"] => w::planned,
        ["planned_hour"] => w::planned_hour,
        ["entry"] => w::place,
        ["state"] => w::state,
        ["state_on"] => w::state_on,
        ["ended_how"] => w::ended_how,
        ["steps", _, "state"] => w::step_state,
        ["steps", _, "owner"] => w::step_owner,
        ["steps", _, "by"] => w::step_by,
        ["steps", _, "note"] => w::step_note,
        ["steps", ..] => w::step,
        [field] => match StayField::from_code(field) {
            Some(field) => text_words(field),
            None => return path.to_owned(),
        },
        _ => return path.to_owned(),
    };
    word().to_owned()
}

fn text_words(field: StayField) -> Word {
    match field {
        StayField::Place => w::place,
        StayField::Ward => w::ward,
        StayField::Phone => w::phone,
        StayField::ToldBy => w::told_by,
        StayField::GoingTo => w::going_to,
        StayField::Notes => w::notes,
    }
}

/// What a value says, by the path of its field.
pub fn value_words(path: &str, value: &str) -> String {
    let day = |value: &str| value.parse().map_or_else(|_| value.to_owned(), when::whole_date);
    match path.split('.').collect::<Vec<_>>()[..] {
        ["steps", _, "what"] => step_words(value),
        ["steps", _, "state"] => step_state_words(&step_state(value)).to_owned(),
        ["steps", _, "owner"] if !value.is_empty() => owner_code_words(value),
        ["steps", _, "by"] | ["noticed" | "admitted" | "planned" | "state_on"] => day(value),
        ["planned_hour"] => Hour::parse(value).map_or_else(|| value.to_owned(), when::hour),
        // Which entry it is says nothing to anyone: an id of nobody.
        ["entry"] if !value.is_empty() => w::of_the_directory().to_owned(),
        ["state"] => match value {
            "" | "there" => w::there().to_owned(),
            "returned" => w::came_back().to_owned(),
            "ended" => w::stay_over().to_owned(),
            other => other.to_owned(),
        },
        ["ended_how"] if !value.is_empty() => end_words(&StayEnd::from_code(value)).to_owned(),
        _ => value.to_owned(),
    }
}

fn step_state(code: &str) -> StepState {
    if code.is_empty() { StepState::ToAsk } else { StepState::from_code(code) }
}

/// What to write so that a field says this and nothing else; nothing for how the stay stands, which is said by doing it.
pub fn change(path: &str, value: &str) -> Option<StayChange> {
    let (text, day) = (value.to_owned(), value.parse().ok());
    Some(match path.split('.').collect::<Vec<_>>()[..] {
        ["steps", id, "what"] => StayChange::Step(LineId::parse(id)?, text),
        ["steps", id, "state"] => StayChange::StepState(LineId::parse(id)?, step_state(value)),
        ["steps", id, "owner"] => {
            StayChange::StepOwner(LineId::parse(id)?, (!value.is_empty()).then(|| Owner::parse(value)))
        }
        ["steps", id, "by"] => StayChange::StepBy(LineId::parse(id)?, day),
        ["steps", id, "note"] => StayChange::StepNote(LineId::parse(id)?, text),
        ["noticed"] => StayChange::Noticed(day?),
        ["admitted"] => StayChange::Admitted(day),
        ["planned"] => StayChange::Planned(day),
        ["planned_hour"] => StayChange::PlannedHour(Hour::parse(value)),
        ["entry"] if value.is_empty() => StayChange::Entry(None),
        ["entry"] => StayChange::Entry(Some(EntryId::parse(value)?)),
        [field] => StayChange::Text(StayField::from_code(field)?, text),
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
            ("place".to_owned(), "Hôpital d’Arles"),
            ("planned".to_owned(), "2026-06-20"),
            ("planned_hour".to_owned(), "10:30"),
            ("noticed".to_owned(), "2026-06-12"),
            ("entry".to_owned(), "07070707070707070707070707070707"),
            (format!("steps.{id}.what"), "keys"),
            (format!("steps.{id}.state"), "done"),
            (format!("steps.{id}.owner"), "coordinator"),
            (format!("steps.{id}.by"), "2026-06-19"),
            (format!("steps.{id}.note"), "chez la voisine"),
        ] {
            assert_ne!(field_words(&path), path);
            assert!(change(&path, value).is_some(), "{path}");
            assert!(!value_words(&path, value).is_empty());
        }
        assert_eq!(change("entry", ""), Some(StayChange::Entry(None)));
        assert_eq!(change("entry", "no id"), None, "nobody is emptied by what is no id");
        for by_doing in ["state", "state_on", "ended_how"] {
            assert_ne!(field_words(by_doing), by_doing);
            assert_eq!(change(by_doing, "returned"), None, "it is said by its own screen");
        }
    }
}
