//! The words beside the figures of a summary, as they are being written: each text and each field of each line apart.

use std::cell::Cell;

use maillon_shared::domain::summary::report::{
    Commitment, CommitmentField, CommitmentState, Report, ReportChange, ReportField, ReportLines, Story, StoryField,
    Telling,
};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};
use super::{lines_in_order, put_in_line, remove_line};

const STORIES: &str = "stories";
const COMMITMENTS: &str = "commitments";

const TELLING: &str = "telling";
const AGREED_ON: &str = "agreed_on";
const STATE: &str = "state";

/// Writes one change.
pub fn write(document: &mut Document, change: &ReportChange) -> Result<(), JournalError> {
    match change {
        ReportChange::Text(field, text) => document.put(Place::Root, field.code(), Value::text(text)),
        ReportChange::Story(id, field, text) => put_in_line(document, STORIES, *id, field.code(), Value::text(text)),
        ReportChange::Telling(id, telling) => {
            let code = telling.as_ref().map_or("", Telling::code);
            put_in_line(document, STORIES, *id, TELLING, Value::text(code))
        }
        ReportChange::AgreedOn(id, day) => put_in_line(document, STORIES, *id, AGREED_ON, (*day).into()),
        ReportChange::Commitment(id, field, text) => {
            put_in_line(document, COMMITMENTS, *id, field.code(), Value::text(text))
        }
        ReportChange::State(id, state) => {
            let code = state.as_ref().map_or("", CommitmentState::code);
            put_in_line(document, COMMITMENTS, *id, STATE, Value::text(code))
        }
        ReportChange::Remove(ReportLines::Stories, id) => remove_line(document, STORIES, *id),
        ReportChange::Remove(ReportLines::Commitments, id) => remove_line(document, COMMITMENTS, *id),
    }
}

/// A text; both where two devices wrote at once, one after the other: prose is put in order by whoever reads it again, and
/// no word of it is lost meanwhile.
fn prose(document: &Document, place: Place, field: &str) -> String {
    let mut texts: Vec<String> = document.values(place, field).into_iter().filter_map(Value::into_text).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.join("\n\n")
}

/// Reads what is written.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Report {
    let mut report = Report::default();
    for field in ReportField::ALL {
        *report.text_mut(*field) = prose(document, Place::Root, field.code());
    }
    report.stories = lines_in_order(document, STORIES, oddities, |id, line| {
        let telling = Some(line.text(TELLING)).filter(|code| !code.is_empty());
        let telling = telling.map(|code| Telling::from_code(&code));
        let mut story = Story { telling, agreed_on: line.day(AGREED_ON), ..Story::empty(id) };
        for field in StoryField::ALL {
            *story.text_mut(*field) = prose(document, Place::Line(STORIES, id.0), field.code());
        }
        story
    });
    report.commitments = lines_in_order(document, COMMITMENTS, oddities, |id, line| {
        let state = Some(line.text(STATE)).filter(|code| !code.is_empty());
        let state = state.map(|code| CommitmentState::from_code(&code));
        let mut commitment = Commitment { state, ..Commitment::empty(id) };
        CommitmentField::ALL.iter().for_each(|field| *commitment.text_mut(*field) = line.text(field.code()));
        commitment
    });
    report
}
