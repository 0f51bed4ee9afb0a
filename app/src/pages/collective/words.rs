//! The words of a collective project: how far it is, what is ticked, and its fields by their path.

use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::domain::collective::{
    IndicatorField, PartnerField, ProjectChange, ProjectField, ProjectStage, ProjectTick, StepField,
};
use maillon_shared::domain::disclosure::PublicCount;
use maillon_shared::domain::ids::{CollectiveId, LineId};
use maillon_shared::domain::lists::ListId;

use crate::lists::label;
use crate::words::{collective as w, in_a_row};

/// How far a project is.
pub fn stage_words(stage: &ProjectStage) -> String {
    match stage {
        ProjectStage::Idea => w::idea(),
        ProjectStage::Building => w::building(),
        ProjectStage::UnderWay => w::under_way(),
        ProjectStage::Evaluating => w::evaluating(),
        ProjectStage::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// How many people, as it may be said to anyone.
pub fn count_words(count: PublicCount) -> String {
    match (count.exactly(), count.fewer_than()) {
        (Some(persons), _) => w::persons(persons),
        (None, Some(threshold)) => w::fewer_than(threshold),
        (None, None) => String::new(),
    }
}

/// The list that what is ticked comes from.
pub fn list_of(tick: &ProjectTick) -> ListId {
    match tick {
        ProjectTick::Determinant => ListId::HealthDeterminants,
        ProjectTick::Public => ListId::Publics,
        ProjectTick::Ottawa | ProjectTick::Unknown(_) => ListId::OttawaAxes,
    }
}

/// A field of a project, by its path in the document.
pub fn field_words(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    let line = match parts.first().copied() {
        Some("needs") => w::need(),
        Some("partners") => w::partner(),
        Some("steps") => w::step(),
        Some("indicators") => w::indicator(),
        Some("values") => w::measure(),
        _ => "",
    };
    let code = parts.last().copied().unwrap_or_default();
    let field = match code {
        "title" => w::name(),
        "year" => w::year(),
        "stage" => w::stage(),
        "axis" => w::axis(),
        "aim" => w::aim(),
        "public" => w::public_words(),
        "carrier" | "carrier_entry" => w::carrier(),
        "place" => w::place(),
        "means" => w::means(),
        "evaluation" => w::evaluation(),
        "transferability" => w::transferability(),
        "learnt" => w::learnt(),
        "closed_on" => w::closed_day(),
        "follows" => w::follows_field(),
        "withdrawn" => w::withdrawn_field(),
        "topic" => w::need_topic(),
        "persons" => w::need_count(),
        "period" => w::need_period(),
        "name" if parts[0] == "indicators" => w::indicator_name(),
        "name" | "entry" => w::partner_name(),
        "brings" => w::partner_brings(),
        "what" => w::step_what(),
        "owner" => w::step_owner(),
        "due" => w::step_due(),
        "done_on" => w::step_done_on(),
        "unit" => w::indicator_unit(),
        "target" => w::indicator_target(),
        "of" => w::indicator(),
        "day" => w::measure_day(),
        "amount" => w::measure_amount(),
        "source" => w::measure_source(),
        "to_verify" => w::measure_to_verify(),
        other => match other.split_once('_') {
            Some(("ottawa", item)) => return in_a_row([w::ottawa(), label(ListId::OttawaAxes, item)]),
            Some(("determinant", item)) => {
                return in_a_row([w::determinants(), label(ListId::HealthDeterminants, item)]);
            }
            Some(("public", item)) => return in_a_row([w::publics(), label(ListId::Publics, item)]),
            Some(("commune", _)) => w::communes(),
            _ => return path.to_owned(),
        },
    };
    in_a_row([line, field])
}

/// What a field says, by its path and its value as it is written.
pub fn value_words(path: &str, value: &str) -> String {
    match path.rsplit('.').next().unwrap_or_default() {
        "stage" => stage_words(&ProjectStage::from_code(value)),
        "topic" => label(ListId::RequestTopics, value).to_owned(),
        "persons" => PublicCount::parse(value).map(count_words).unwrap_or_default(),
        // Ids say nothing to anyone.
        "entry" | "carrier_entry" => w::of_the_directory().to_owned(),
        "of" | "follows" => w::another().to_owned(),
        code if value == "1" && (code.contains('_') || code == "withdrawn") => w::yes().to_owned(),
        _ => value.to_owned(),
    }
}

/// What makes a field, by its path, say this and nothing else; nothing for what a newer version wrote.
pub fn keep(id: CollectiveId, path: &str, value: &str) -> Option<Request> {
    let text = value.to_owned();
    let day = value.parse().ok();
    let change = match path.split('.').collect::<Vec<_>>()[..] {
        ["year"] => ProjectChange::Year(value.parse().ok()),
        ["stage"] => ProjectChange::Stage(ProjectStage::from_code(value)),
        ["partners", line, field] => {
            ProjectChange::Partner(LineId::parse(line)?, PartnerField::from_code(field)?, text)
        }
        ["steps", line, "due"] => ProjectChange::StepDue(LineId::parse(line)?, day),
        ["steps", line, "done_on"] => ProjectChange::StepDone(LineId::parse(line)?, day),
        ["steps", line, field] => ProjectChange::Step(LineId::parse(line)?, StepField::from_code(field)?, text),
        ["indicators", line, field] => {
            ProjectChange::Indicator(LineId::parse(line)?, IndicatorField::from_code(field)?, text)
        }
        [field] => ProjectChange::Text(ProjectField::from_code(field)?, text),
        _ => return None,
    };
    Some(edit(id, vec![change]))
}

/// Asks that a project change, from its own screen.
pub fn edit(id: CollectiveId, changes: Vec<ProjectChange>) -> Request {
    Request::WriteCollective(Box::new(CollectiveWrite::EditProject { id, changes, draft: None }))
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::collective::ValueField;

    use super::*;

    #[test]
    fn keeping_a_version_writes_that_field_alone() {
        let (id, line) = (CollectiveId([1; 16]), LineId([2; 16]));
        let said = |path: &str, value: &str| match keep(id, path, value) {
            Some(Request::WriteCollective(write)) => match *write {
                CollectiveWrite::EditProject { changes, .. } => Some(changes),
                _ => None,
            },
            _ => None,
        };
        assert_eq!(said("title", "Marcher"), Some(vec![ProjectChange::Text(ProjectField::Title, "Marcher".into())]));
        let owner = ProjectChange::Step(line, StepField::Owner, "La pharmacie".into());
        assert_eq!(said(&format!("steps.{line}.owner"), "La pharmacie"), Some(vec![owner]));
        assert_eq!(said("steps.x.owner", ""), None);
        assert_eq!(said("of_a_newer_version", ""), None);
    }

    #[test]
    fn every_text_field_has_its_words() {
        for field in ProjectField::ALL {
            assert_ne!(field_words(field.code()), field.code());
        }
        for field in ValueField::ALL {
            assert!(!field_words(&format!("values.x.{}", field.code())).contains("values"));
        }
    }
}
