//! The draft of a report: each difference is a field by name, in plain words, so that an erasure finds the drafts that name
//! someone.

use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::summary::report::{
    CommitmentField, CommitmentState, Report, ReportChange, ReportField, ReportLines, StoryField, Telling,
};

use crate::drafts::Fields;

/// What differs from the report as it was opened, by name.
pub fn fields_since(opened: &Report, form: &Report) -> Fields {
    let mut fields = Fields::default();
    for change in opened.changes_to(form) {
        let (name, value) = named(change);
        fields.put(name, value);
    }
    fields
}

fn named(change: ReportChange) -> (String, String) {
    match change {
        ReportChange::Text(field, text) => (format!("text.{}", field.code()), text),
        ReportChange::Story(id, field, text) => (format!("story.{id}.{}", field.code()), text),
        ReportChange::Telling(id, telling) => {
            (format!("story.{id}.telling"), telling.map(|telling| telling.code().to_owned()).unwrap_or_default())
        }
        ReportChange::AgreedOn(id, day) => {
            (format!("story.{id}.agreed"), day.map(|day| day.to_string()).unwrap_or_default())
        }
        ReportChange::Commitment(id, field, text) => (format!("commitment.{id}.{}", field.code()), text),
        ReportChange::State(id, state) => {
            (format!("commitment.{id}.state"), state.map(|state| state.code().to_owned()).unwrap_or_default())
        }
        ReportChange::Remove(ReportLines::Stories, id) => (format!("remove.stories.{id}"), String::new()),
        ReportChange::Remove(ReportLines::Commitments, id) => (format!("remove.commitments.{id}"), String::new()),
    }
}

/// Lays a draft over the report.
pub fn lay(report: &mut Report, fields: &Fields) {
    for change in fields.iter().filter_map(|(name, value)| meant(name, value)) {
        report.apply(&change);
    }
}

fn meant(name: &str, value: &str) -> Option<ReportChange> {
    let text = value.to_owned();
    let code = Some(value).filter(|code| !code.is_empty());
    let line = |id: &str| LineId::parse(id);
    Some(match name.split('.').collect::<Vec<_>>()[..] {
        ["text", field] => ReportChange::Text(ReportField::from_code(field)?, text),
        ["story", id, "telling"] => ReportChange::Telling(line(id)?, code.map(Telling::from_code)),
        ["story", id, "agreed"] => ReportChange::AgreedOn(line(id)?, value.parse().ok()),
        ["story", id, field] => ReportChange::Story(line(id)?, StoryField::from_code(field)?, text),
        ["commitment", id, "state"] => ReportChange::State(line(id)?, code.map(CommitmentState::from_code)),
        ["commitment", id, field] => ReportChange::Commitment(line(id)?, CommitmentField::from_code(field)?, text),
        ["remove", "stories", id] => ReportChange::Remove(ReportLines::Stories, line(id)?),
        ["remove", "commitments", id] => ReportChange::Remove(ReportLines::Commitments, line(id)?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use maillon_shared::domain::summary::report::{Commitment, Story};

    use super::*;

    #[test]
    fn a_draft_finds_the_whole_report_again() {
        let id = |n: u8| LineId([n; 16]);
        let opened = Report { stories: vec![Story::empty(id(1))], ..Report::default() };
        let mut form = Report { lead: "Une année.".into(), next: "Le transport.".into(), ..Report::default() };
        form.stories.push(Story {
            title: "Sortir".into(),
            text: "Elle sort.".into(),
            telling: Some(Telling::Agreed),
            agreed_on: "2026-10-02".parse().ok(),
            ..Story::empty(id(2))
        });
        form.commitments.push(Commitment {
            who: "La mairie".into(),
            what: "Une salle".into(),
            state: Some(CommitmentState::Kept),
            ..Commitment::empty(id(3))
        });
        let mut found = opened.clone();
        lay(&mut found, &fields_since(&opened, &form));
        assert_eq!(found, form);
    }
}
