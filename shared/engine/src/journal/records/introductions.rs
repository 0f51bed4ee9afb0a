//! The devices that a coordinator says to be theirs, for whoever administers what is shared with them: cards, and nothing else.

use std::cell::Cell;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};
use super::{bytes_of_digits, digits};

const DEVICES: &str = "devices";
const CARD: &str = "card";

/// Says that a device is theirs.
pub fn add(document: &mut Document, device: [u8; 16], card: &[u8]) -> Result<(), JournalError> {
    document.put(Place::Line(DEVICES, device), CARD, Value::Text(digits(card)))
}

/// The cards of those that are, as bytes.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<Vec<u8>> {
    let lines = document.lines(DEVICES, oddities).into_iter();
    lines.filter_map(|(_, line)| bytes_of_digits(&line.text(CARD))).collect()
}
