//! The words of an event: what it is, how it stands, when, how many came, and its fields by their path.

use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::domain::event::{Confirmed, EventChange, EventCommune, EventKind, EventState, Headcount, WhoCame};
use maillon_shared::domain::ids::EventId;
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::time::PartialDate;

use crate::lists::label;
use crate::words::{events as w, in_a_row};
use crate::{browser, when};

/// What an event is.
pub fn kind_words(kind: &EventKind) -> String {
    match kind {
        EventKind::Forum => w::forum(),
        EventKind::Conference => w::conference(),
        EventKind::Workshop => w::workshop(),
        EventKind::Lunch => w::lunch(),
        EventKind::SchoolAction => w::school_action(),
        EventKind::TherapeuticEducation => w::therapeutic_education(),
        EventKind::Other => w::other(),
        EventKind::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// How it stands, in a choice.
pub fn state_words(state: &EventState) -> String {
    match state {
        EventState::Planned => w::planned(),
        EventState::Held(_) => w::held(),
        EventState::Postponed => w::postponed(),
        EventState::Cancelled => w::cancelled(),
        EventState::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// How it stands, where that is not what one expects.
pub fn state_tag(state: &EventState) -> Option<String> {
    match state {
        EventState::Planned | EventState::Held(_) => None,
        other => Some(state_words(other)),
    }
}

/// When it is or was, as far as it is known.
pub fn at_words(at: Option<PartialDate>) -> String {
    match at {
        None => w::to_schedule().to_owned(),
        Some(PartialDate::Day(day)) => when::date(day, browser::today()),
        Some(other) => when::birth(other),
    }
}

/// Whether someone comes.
pub fn confirmed_words(confirmed: &Confirmed) -> String {
    match confirmed {
        Confirmed::NotYet => w::not_yet().to_owned(),
        Confirmed::Yes => w::comes().to_owned(),
        Confirmed::No => w::comes_not().to_owned(),
        Confirmed::Unknown(code) => code.clone(),
    }
}

/// How many came; what is not known is said.
pub fn count_words(count: Headcount) -> String {
    match count {
        Headcount::NotKnown => w::not_known().to_owned(),
        Headcount::Counted(count) => w::persons(count),
        Headcount::About(count) => w::about_persons(count),
    }
}

/// A field of an event, by its path.
pub fn field_words(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let line = match parts.first().copied() {
        Some("stands") => w::stand(),
        Some("speakers") => w::speaker(),
        Some("attendance") => w::attendance(),
        Some("guests") => w::guest(),
        Some("checklist") => w::to_do(),
        _ => "",
    };
    let field = match parts.last().copied().unwrap_or_default() {
        "kind" => w::kind(),
        "title" => w::name(),
        "theme" => w::theme(),
        "place" => w::place(),
        "host" | "host_entry" => w::host(),
        "commune" => w::commune(),
        "planned" => w::day(),
        "until" => w::until(),
        "starts" => w::starts(),
        "ends" => w::ends(),
        "state" => w::state(),
        "project" => w::project(),
        "withdrawn" => w::withdrawn_field(),
        "name" | "entry" | "who" => w::who(),
        "structure" => w::structure(),
        "subject" => w::subject(),
        "contact" => w::contact(),
        "confirmed" => w::confirmed(),
        "public" => w::public(),
        "count" => w::how_many(),
        "what" => w::what(),
        "owner" => w::owner(),
        "due" => w::due(),
        "done_on" => w::done_on_field(),
        _ => return path.to_owned(),
    };
    in_a_row([line, field])
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str) -> String {
    match path.rsplit('.').next().unwrap_or_default() {
        "kind" => kind_words(&EventKind::from_code(value)),
        "state" => match EventState::parse(value) {
            EventState::Held(at) => in_a_row([w::held().to_owned(), at_words(Some(at))]),
            other => state_words(&other),
        },
        "planned" => at_words(PartialDate::parse(value)),
        "confirmed" => confirmed_words(&Confirmed::from_code(value)),
        "count" => Headcount::parse(value).map(count_words).unwrap_or_default(),
        "public" => label(ListId::Publics, value).to_owned(),
        "commune" => EventCommune::parse(value).map(|commune| commune.name).unwrap_or_default(),
        "who" => match WhoCame::parse(value) {
            Some(WhoCame::Named(name)) => name,
            _ => w::of_the_directory().to_owned(),
        },
        // Ids say nothing to anyone.
        "entry" | "host_entry" => w::of_the_directory().to_owned(),
        "project" => w::a_project().to_owned(),
        "withdrawn" => w::yes().to_owned(),
        _ => value.to_owned(),
    }
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: EventId, path: &str, value: &str) -> Option<Request> {
    Some(edit(id, vec![EventChange::at(path, value)?]))
}

/// Asks that an event change, from its own screen.
pub fn edit(id: EventId, changes: Vec<EventChange>) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::EditEvent { id, changes, draft: None }))
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::event::{EventField, SpeakerField, StandField};

    use super::*;

    #[test]
    fn every_text_field_has_its_words() {
        for field in EventField::ALL {
            assert_ne!(field_words(field.code()), field.code());
        }
        for field in StandField::ALL {
            assert!(!field_words(&format!("stands.x.{}", field.code())).contains("stands"));
        }
        for field in SpeakerField::ALL {
            assert!(!field_words(&format!("speakers.x.{}", field.code())).contains("speakers"));
        }
    }

    #[test]
    fn not_known_is_said_and_is_not_zero() {
        assert_ne!(count_words(Headcount::NotKnown), count_words(Headcount::Counted(0)));
    }
}
