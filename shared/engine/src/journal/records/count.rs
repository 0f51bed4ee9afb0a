//! Counts of the reception desk in the commune's journal of the month: a line a tap, so that no device overwrites another.

use std::cell::Cell;

use maillon_shared::domain::ids::CountId;
use maillon_shared::domain::reception::{Count, Half};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};
use super::REMOVED;

const COUNTS: &str = "counts";
const DAY: &str = "day";
const HALF: &str = "half";
const WHAT: &str = "what";

/// Writes a tap.
pub fn create(document: &mut Document, count: &Count) -> Result<(), JournalError> {
    let place = Place::Line(COUNTS, count.id.0);
    document.put(place, DAY, count.day.into())?;
    document.put(place, HALF, Value::text(count.half.code()))?;
    document.put(place, WHAT, Value::text(&count.what))
}

/// Writes that a tap was one too many.
pub fn take_back(document: &mut Document, id: CountId) -> Result<(), JournalError> {
    if !document.has_line(COUNTS, id.0) {
        return Ok(());
    }
    document.put(Place::Line(COUNTS, id.0), REMOVED, Value::Flag(true))
}

/// Reads every tap but those taken back.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<Count> {
    let mut counts = Vec::new();
    for (id, line) in document.lines(COUNTS, oddities) {
        let Some(day) = line.day(DAY).filter(|_| !line.flag(REMOVED)) else { continue };
        let half = Half::from_code(&line.text(HALF));
        counts.push(Count { id: CountId(id), day, half, what: line.text(WHAT) });
    }
    counts
}
