//! What stages, fields and values of a request are called.

use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::request::{LinkKind, Request as CareRequest, RequestField, RequestStep, Stage};

use crate::lists::label;
use crate::when;
use crate::words::requests as w;

/// A stage.
pub fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Received => w::stage_received(),
        Stage::Heard => w::stage_heard(),
        Stage::Analysed => w::stage_analysed(),
        Stage::Oriented => w::stage_oriented(),
        Stage::WithGroup => w::stage_with_group(),
        Stage::Closed => w::stage_closed(),
    }
}

/// What a request may open.
pub fn link_words(kind: &LinkKind) -> String {
    match kind {
        LinkKind::HealthProject => w::link_health_project().to_owned(),
        LinkKind::SharedMeeting => w::link_shared_meeting().to_owned(),
        LinkKind::Alert => w::link_alert().to_owned(),
        LinkKind::CollectiveProject => w::link_collective_project().to_owned(),
        LinkKind::Unknown(code) => code.clone(),
    }
}

/// Who asks: an item of the list, and the name that was said.
pub fn asker_words(request: &CareRequest) -> String {
    let source = label(ListId::RequestSources, &request.source);
    match request.asked_by.trim() {
        "" => source.to_owned(),
        by => w::asked_by_of(source, by),
    }
}

/// A field by its path.
pub fn field_words(path: &str) -> String {
    let parts: Vec<_> = path.split('.').collect();
    let word = match parts[..] {
        ["listening", _, _] => w::listening(),
        ["options", _, "chosen_on"] => w::field_chosen_on(),
        ["options", _, "declined_on" | "declined_why"] => w::field_declined(),
        ["options", _, "accepted_on"] => w::field_accepted_on(),
        ["options", _, "refused_on" | "refused_why"] => w::field_refused(),
        ["options", _, "feedback_by"] => w::feedback_by(),
        ["options", _, "feedback_on" | "feedback"] => w::feedback(),
        ["options", _, "contact"] => w::contact(),
        ["options", ..] => w::options(),
        ["steps", ..] => w::opened(),
        [code] => match code {
            "received" => w::received_on(),
            "source" => w::source(),
            "asked_by" => w::asked_by(),
            "place" => w::place(),
            "topic" => w::topics(),
            "verbatim" => w::verbatim(),
            "analysed_on" | "analysis" => w::analysis(),
            "taken_on" => w::stage_with_group(),
            "closed_on" | "outcome" => w::outcome(),
            "closing" => w::closing(),
            "state" => w::stage(),
            code if code.starts_with("topic_") => w::topics(),
            other => return other.to_owned(),
        },
        _ => return path.to_owned(),
    };
    word.to_owned()
}

/// A value by the path of its field, as it is written.
pub fn value_words(path: &str, value: &str) -> String {
    let code = path.rsplit('.').next().unwrap_or_default();
    match code {
        "source" => label(ListId::RequestSources, value).to_owned(),
        "topic" => label(ListId::RequestTopics, value).to_owned(),
        "outcome" => label(ListId::RequestOutcomes, value).to_owned(),
        "contact" => match value {
            "coordination" => w::contact_me().to_owned(),
            _ => w::contact_themselves().to_owned(),
        },
        "state" => Stage::from_code(value).map_or_else(|| value.to_owned(), |stage| stage_words(stage).to_owned()),
        "entry" | "mission" | "permit" | "follow_up" | "target" | "from" => w::linked().to_owned(),
        code if code == "received" || code == "day" || code.ends_with("_on") || code.ends_with("_by") => {
            value.parse().map_or_else(|_| value.to_owned(), when::whole_date)
        }
        code => match code.strip_prefix("topic_") {
            Some(topic) => label(ListId::RequestTopics, topic).to_owned(),
            None => value.to_owned(),
        },
    }
}

/// What to say so that a text of the request is this and nothing else; nothing for what only its own form mends.
pub fn keep(path: &str, value: &str) -> Option<RequestStep> {
    match path {
        "received" => value.parse().ok().map(RequestStep::ReceivedOn),
        path => RequestField::from_code(path).map(|field| RequestStep::Say(field, value.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_request_has_words_and_may_be_kept() {
        for field in RequestField::ALL {
            assert_ne!(field_words(field.code()), field.code(), "{field:?}");
            assert!(keep(field.code(), "x").is_some(), "{field:?}");
        }
        assert_eq!(keep("options.00.chosen_on", "2026-06-12"), None);
    }
}
