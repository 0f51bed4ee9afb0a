//! What a meeting's codes are called, in the language spoken now.

use chrono::NaiveDate;
use maillon_shared::api::responses::HelperShown;
use maillon_shared::api::timeline::MeetingStep;
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::ids::{FollowUpId, LineId};
use maillon_shared::domain::meeting_paper::{GivenPaper, PaperKind, PaperWay};
use maillon_shared::domain::project::Owner;
use maillon_shared::domain::shared_meeting::{
    Asked, Came, MeetingCall, MeetingChange, MeetingField, MeetingState, Presence,
};
use maillon_shared::domain::time::Hour;

use crate::pages::circle::words::{helper_words, who_code_words};
use crate::pages::project::owner_code_words;
use crate::when;
use crate::words::{Word, in_a_row, meeting as w, stay};

/// When a meeting is planned for.
fn when_words(day: NaiveDate, hour: Option<Hour>, today: NaiveDate) -> String {
    in_a_row([when::day(day, today), hour.map(when::hour).unwrap_or_default()])
}

/// How a meeting stands.
pub fn state_words(state: &MeetingState, day: NaiveDate, hour: Option<Hour>, today: NaiveDate) -> String {
    match state {
        MeetingState::Planned => when_words(day, hour, today),
        MeetingState::Held(held) => w::held_on(when::day(held.on, today)),
        MeetingState::Cancelled { on, .. } => w::cancelled_on(when::day(*on, today)),
        MeetingState::Unknown(code) => code.clone(),
    }
}

/// What a meeting asks for, and whether it is grave.
pub fn call_words(call: &MeetingCall, today: NaiveDate) -> (String, bool) {
    match call {
        MeetingCall::Planned(day) => (when::capital(when::day(*day, today)), false),
        MeetingCall::AskWhetherHeld(day) => (w::ask_whether_held(when::day(*day, today)), true),
        MeetingCall::TellBack(day) => (w::to_tell_back(when::day(*day, today)), true),
        MeetingCall::Minutes(_) => (w::minutes_awaited().to_owned(), false),
    }
}

/// Whether the person was there, without saying why not.
pub fn presence_words(presence: &Presence, spoke_for_her: Option<&HelperShown>) -> String {
    match (presence, spoke_for_her) {
        (Presence::There, _) => w::was_there().to_owned(),
        (Presence::Represented { .. }, Some(shown)) => w::was_represented_by(helper_words(shown)),
        (Presence::Represented { .. }, None) => w::was_represented().to_owned(),
        (Presence::Absent { .. }, _) => w::was_absent().to_owned(),
        (Presence::Unknown(code), _) => code.clone(),
    }
}

/// Whether a guest was asked.
pub fn asked_words(asked: &Asked) -> &str {
    match asked {
        Asked::NotYet => w::not_asked(),
        Asked::Asked => w::asked(),
        Asked::Accepts => w::accepts(),
        Asked::Declines => w::declines(),
        Asked::Unknown(code) => code,
    }
}

/// Whether a guest came.
pub fn came_words(came: &Came) -> String {
    match came {
        Came::There => w::came().to_owned(),
        Came::Absent => w::did_not_come().to_owned(),
        Came::Represented(by) => w::came_for_them(by),
        Came::Unknown(code) => code.clone(),
    }
}

/// What took place in a meeting, for a timeline: what, and what was said.
pub fn act_words(step: &MeetingStep) -> (String, String) {
    match step {
        MeetingStep::Planned(purpose) => (w::planned().to_owned(), purpose.clone()),
        MeetingStep::Held(purpose, presence) => {
            (w::meeting().to_owned(), in_a_row([presence_words(presence, None), purpose.clone()]))
        }
        MeetingStep::ToldBack(words) => (w::was_told_back().to_owned(), words.clone()),
        MeetingStep::Cancelled(why) => (w::was_cancelled().to_owned(), why.clone()),
    }
}

/// What left, and how.
pub fn given_words(given: &GivenPaper) -> String {
    let what: &str = match &given.what {
        PaperKind::Invitation => w::invitation(),
        PaperKind::Minutes => w::minutes(),
        PaperKind::Unknown(code) => code,
    };
    let way: &str = match &given.way {
        PaperWay::Paper => w::on_paper(),
        PaperWay::File => w::as_file(),
        PaperWay::Copied => w::as_copy(),
        PaperWay::Unknown(code) => code,
    };
    let named = match (&given.what, given.consent) {
        (PaperKind::Invitation, None) => w::without_name(),
        _ => "",
    };
    in_a_row([what, way, named])
}

/// A field by its path in the document; one that a newer version wrote is shown as it is.
pub fn field_words(path: &str) -> String {
    field_word(path).map_or_else(|| path.to_owned(), |word| word().to_owned())
}

fn field_word(path: &str) -> Option<Word> {
    Some(match path.split('.').collect::<Vec<_>>()[..] {
        ["day"] => w::day,
        ["hour"] => w::hour,
        ["place"] => w::place,
        ["purpose"] => w::purpose,
        ["origin"] => w::origin,
        ["state"] => w::state,
        ["held_on"] => w::held_when,
        ["presence"] => w::presence,
        ["represented_why" | "absent_why"] => w::why_not,
        ["cancelled_on" | "cancelled_why"] => w::was_cancelled,
        ["told_back_on" | "told_back_words"] => w::was_told_back,
        ["points", _, "what"] => w::point,
        ["points", _, "notes"] => w::point_notes,
        ["points", ..] => w::points,
        ["guests", _, "asked"] => w::answer,
        ["guests", _, "came"] => w::attendance,
        ["guests", ..] => w::guest,
        ["decisions", _, "owner"] => w::owner,
        ["decisions", _, "due"] => w::by,
        ["decisions", ..] => w::decision,
        ["given", ..] => w::given,
        _ => return None,
    })
}

/// What a value says, by the path of its field.
pub fn value_words(path: &str, value: &str) -> String {
    let day = |value: &str| value.parse().map_or_else(|_| value.to_owned(), when::whole_date);
    match path.split('.').collect::<Vec<_>>()[..] {
        ["day" | "held_on" | "cancelled_on" | "told_back_on"] | ["decisions", _, "due"] | ["given", _, "day"] => {
            day(value)
        }
        ["hour"] | ["given", _, "hour"] => Hour::parse(value).map_or_else(|| value.to_owned(), when::hour),
        // Which record it is says nothing to anyone: an id of nobody.
        ["origin"] if value.starts_with("request:") => w::of_a_request().to_owned(),
        ["origin"] if value.starts_with("project:") => w::of_a_project().to_owned(),
        ["given", _, "consent" | "guest"] if !value.is_empty() => w::noted().to_owned(),
        ["given", _, "recipient_entry"] if !value.is_empty() => stay::of_the_directory().to_owned(),
        ["state"] => match value {
            "" | "planned" => w::planned().to_owned(),
            "held" => w::was_held().to_owned(),
            "cancelled" => w::was_cancelled().to_owned(),
            other => other.to_owned(),
        },
        ["presence"] => match value.strip_prefix("represented:") {
            Some(by) => w::was_represented_by(who_code_words(by)),
            None => presence_words(&Presence::from_parts(value, "", ""), None),
        },
        ["guests", _, "who"] => who_code_words(value),
        ["guests", _, "asked"] => asked_words(&asked_of(value)).to_owned(),
        ["guests", _, "came"] if !value.is_empty() => came_words(&Came::parse(value)),
        ["decisions", _, "owner"] if !value.is_empty() => owner_code_words(value),
        _ => value.to_owned(),
    }
}

fn asked_of(code: &str) -> Asked {
    if code.is_empty() { Asked::NotYet } else { Asked::from_code(code) }
}

/// What to write so that a field says this and nothing else; nothing for how the meeting stands, which is said by doing it.
pub fn change(path: &str, value: &str) -> Option<MeetingChange> {
    let text = value.to_owned();
    Some(match path.split('.').collect::<Vec<_>>()[..] {
        ["day"] => MeetingChange::Day(value.parse().ok()?),
        ["hour"] => MeetingChange::Hour(Hour::parse(value)),
        ["points", id, "what"] => MeetingChange::Point(LineId::parse(id)?, text),
        ["points", id, "notes"] => MeetingChange::PointNotes(LineId::parse(id)?, text),
        ["guests", id, "who"] => MeetingChange::Guest(LineId::parse(id)?, Helper::parse(value)?),
        ["guests", id, "asked"] => MeetingChange::GuestAsked(LineId::parse(id)?, asked_of(value)),
        ["guests", id, "came"] => {
            MeetingChange::GuestCame(LineId::parse(id)?, (!value.is_empty()).then(|| Came::parse(value)))
        }
        ["decisions", id, "what"] => MeetingChange::Decision(FollowUpId::parse(id)?, text),
        ["decisions", id, "owner"] => MeetingChange::DecisionOwner(FollowUpId::parse(id)?, Owner::parse(value)),
        ["decisions", id, "due"] => MeetingChange::DecisionBy(FollowUpId::parse(id)?, value.parse().ok()?),
        [field] => MeetingChange::Text(MeetingField::from_code(field)?, text),
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
            ("day".to_owned(), "2026-06-20"),
            ("hour".to_owned(), "10:30"),
            ("place".to_owned(), "Mairie"),
            ("purpose".to_owned(), "préparer l’hiver"),
            (format!("points.{id}.what"), "le bois"),
            (format!("points.{id}.notes"), "quatre stères"),
            (format!("guests.{id}.who"), "named:Félix"),
            (format!("guests.{id}.asked"), "accepts"),
            (format!("guests.{id}.came"), "there"),
            (format!("decisions.{id}.what"), "commander"),
            (format!("decisions.{id}.owner"), "coordinator"),
            (format!("decisions.{id}.due"), "2026-06-19"),
        ] {
            assert!(field_word(&path).is_some(), "{path}");
            assert!(change(&path, value).is_some(), "{path}");
            assert!(!value_words(&path, value).is_empty());
        }
        for by_doing in ["state", "presence", "held_on", "cancelled_why", "told_back_words", "absent_why"] {
            assert!(field_word(by_doing).is_some(), "{by_doing}");
            assert_eq!(change(by_doing, "held"), None, "it is said by its own screen");
        }
    }
}
