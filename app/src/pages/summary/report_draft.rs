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
        // What it was written over: another device may write there before the draft is taken up again.
        let over = text_of(opened, &change);
        let (name, value) = named(change);
        if let Some(over) = over.filter(|over| !over.is_empty()) {
            fields.put(format!("{OVER}{name}"), over);
        }
        fields.put(name, value);
    }
    fields
}

/// How the names of texts begin that were written over.
const OVER: &str = "over.";

/// The text that a change is of, as it stands in a report.
fn text_of(report: &Report, change: &ReportChange) -> Option<String> {
    match change {
        ReportChange::Text(field, _) => Some(report.text(*field).to_owned()),
        ReportChange::Story(id, StoryField::Text, _) => {
            let story = report.stories.iter().find(|story| story.id == *id);
            Some(story.map(|story| story.text.clone()).unwrap_or_default())
        }
        _ => None,
    }
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
    for (name, value) in fields.iter() {
        let Some(change) = meant(name, value) else { continue };
        let now = text_of(report, &change).unwrap_or_default();
        let over = fields.iter().find(|(other, _)| other.strip_prefix(OVER) == Some(name)).map_or("", |(_, over)| over);
        let came_since = now != over && !now.trim().is_empty() && !value.contains(now.trim());
        let change = match change {
            ReportChange::Text(field, text) if came_since => ReportChange::Text(field, beside(&text, &now)),
            ReportChange::Story(id, StoryField::Text, text) if came_since => {
                ReportChange::Story(id, StoryField::Text, beside(&text, &now))
            }
            change => change,
        };
        report.apply(&change);
    }
}

/// Both texts: what was drafted, and what came since.
fn beside(drafted: &str, since: &str) -> String {
    format!("{}\n\n{}", drafted.trim_end(), since.trim())
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

    #[test]
    fn a_draft_writes_over_nothing_that_came_since() {
        let opened = Report { lead: "Un été.".into(), ..Report::default() };
        let form = Report { lead: "Un été sans canicule.".into(), ..Report::default() };
        let draft = fields_since(&opened, &form);
        let mut same = opened.clone();
        lay(&mut same, &draft);
        assert_eq!(same, form);
        let mut changed = Report { lead: "Un été, deux axes.".into(), ..Report::default() };
        lay(&mut changed, &draft);
        assert_eq!(changed.lead, "Un été sans canicule.\n\nUn été, deux axes.");
    }
}
