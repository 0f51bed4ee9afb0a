//! The words beside the figures of a summary, as they are being written: each text and each field of each line apart.

use std::cell::Cell;

use maillon_shared::domain::ids::LineId;
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

/// Whether a line was taken away, or its writing undone: what is written in it now would be read by nobody.
pub fn is_gone(document: &Document, id: LineId) -> bool {
    let report = read(document, &Cell::new(0));
    let is_read =
        report.stories.iter().any(|story| story.id == id) || report.commitments.iter().any(|one| one.id == id);
    !is_read && [STORIES, COMMITMENTS].into_iter().any(|container| document.has_line(container, id.0))
}

/// What stands between two texts that were written at once.
const PARAGRAPH: &str = "\n\n";
const SHORT: &str = " / ";

/// The texts of a field: more than one where two devices wrote at once.
fn texts(document: &Document, place: Place, field: &str) -> Vec<String> {
    let mut texts: Vec<String> = document.values(place, field).into_iter().filter_map(Value::into_text).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// A text; both where two devices wrote at once, one after the other: words are put in order by whoever reads them again, and
/// none is lost meanwhile.
fn both(document: &Document, place: Place, field: &str, between: &str) -> String {
    texts(document, place, field).join(between)
}

/// Reads what is written.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Report {
    let mut report = Report::default();
    for field in ReportField::ALL {
        *report.text_mut(*field) = both(document, Place::Root, field.code(), PARAGRAPH);
    }
    report.stories = lines_in_order(document, STORIES, oddities, |id, line| {
        let telling = Some(line.text(TELLING)).filter(|code| !code.is_empty());
        let telling = telling.map(|code| Telling::from_code(&code));
        let place = Place::Line(STORIES, id.0);
        // Nobody agreed to two versions, one after the other.
        let is_one = texts(document, place, StoryField::Text.code()).len() < 2;
        let agreed_on = line.day(AGREED_ON).filter(|_| is_one);
        let mut story = Story { telling, agreed_on, ..Story::empty(id) };
        story.title = both(document, place, StoryField::Title.code(), SHORT);
        story.text = both(document, place, StoryField::Text.code(), PARAGRAPH);
        story
    });
    report.commitments = lines_in_order(document, COMMITMENTS, oddities, |id, line| {
        let state = Some(line.text(STATE)).filter(|code| !code.is_empty());
        let state = state.map(|code| CommitmentState::from_code(&code));
        let mut commitment = Commitment { state, ..Commitment::empty(id) };
        for field in CommitmentField::ALL {
            *commitment.text_mut(*field) = both(document, Place::Line(COMMITMENTS, id.0), field.code(), SHORT);
        }
        commitment
    });
    report
}
