//! A roadmap in its document: each field and each field of each line is written apart, at the path that its change says.

use std::cell::Cell;

use maillon_shared::domain::ids::{LineId, RoadmapId};
use maillon_shared::domain::roadmap::{Fielded, Line, Roadmap, RoadmapChange, RoadmapLines};

use super::super::document::{Document, JournalError};
use super::super::fields::Fields;
use super::super::value::{Place, Value};
use super::{lines_in_order, put_back_line, put_in_line, remove_known_line};

/// Writes a whole roadmap that begins.
pub fn create(document: &mut Document, roadmap: &Roadmap) -> Result<(), JournalError> {
    let changes = Roadmap::empty(roadmap.id).changes_to(roadmap);
    changes.iter().try_for_each(|change| write(document, change))
}

/// Writes one change.
pub fn write(document: &mut Document, change: &RoadmapChange) -> Result<(), JournalError> {
    let value = |text: &str| if text.is_empty() { Value::Nothing } else { Value::text(text) };
    match change {
        RoadmapChange::About(field, text) => document.put(Place::Root, field, value(text)),
        RoadmapChange::Line(lines, id, field, text) => {
            // Someone took the line away meanwhile: whoever writes in it wants it there, and would lose their words.
            let value = value(text);
            put_back_line(document, lines.code(), *id, &value)?;
            put_in_line(document, lines.code(), *id, field, value)
        }
        RoadmapChange::Remove(lines, id) => remove_known_line(document, lines.code(), *id),
        RoadmapChange::Withdrawn(withdrawn) => document.put(Place::Root, "withdrawn", Value::flag(*withdrawn)),
    }
}

/// Reads the roadmap; nothing where it says nothing at all.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Option<Roadmap> {
    let fields = document.fields(Place::Root, oddities)?;
    let mut roadmap = Roadmap::empty(RoadmapId(document.header.id.0));
    read_fields(&mut roadmap.about, &fields);
    roadmap.withdrawn = fields.flag("withdrawn");
    roadmap.axes = lines(document, RoadmapLines::Axes, oddities);
    roadmap.objectives = lines(document, RoadmapLines::Objectives, oddities);
    roadmap.actions = lines(document, RoadmapLines::Actions, oddities);
    roadmap.indicators = lines(document, RoadmapLines::Indicators, oddities);
    roadmap.values = lines(document, RoadmapLines::Values, oddities);
    roadmap.deviations = lines(document, RoadmapLines::Deviations, oddities);
    roadmap.frameworks = lines(document, RoadmapLines::Frameworks, oddities);
    roadmap.headings = lines(document, RoadmapLines::Headings, oddities);
    roadmap.bodies = lines(document, RoadmapLines::Bodies, oddities);
    roadmap.mandates = lines(document, RoadmapLines::Mandates, oddities);
    roadmap.decisions = lines(document, RoadmapLines::Decisions, oddities);
    roadmap.partnerships = lines(document, RoadmapLines::Partnerships, oddities);
    // A title that is missing is to be mended, by whoever sees the rest.
    (roadmap != Roadmap::empty(roadmap.id)).then_some(roadmap)
}

fn lines<T: Line>(document: &Document, lines: RoadmapLines, oddities: &Cell<u32>) -> Vec<T> {
    lines_in_order(document, lines.code(), oddities, |id: LineId, fields| {
        let mut line = T::empty(id);
        read_fields(&mut line, fields);
        line
    })
}

/// Reads the fields that this version knows; what it does not stays where it is.
fn read_fields<T: Fielded>(record: &mut T, fields: &Fields<'_>) {
    for name in fields.names("") {
        let code = name.split_once('.').map_or(name.as_str(), |(code, _)| code);
        if T::FIELDS.contains(&code) {
            let text = fields.text(&name);
            if !text.is_empty() {
                record.say(&name, &text);
            }
        }
    }
}
