//! The devices that a coordinator says to be theirs, for whoever administers what is shared with them: cards, and nothing else.

use std::cell::Cell;
use std::fmt::Write as _;

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};

const DEVICES: &str = "devices";
const CARD: &str = "card";

/// Says that a device is theirs.
pub fn add(document: &mut Document, device: [u8; 16], card: &[u8]) -> Result<(), JournalError> {
    let mut digits = String::with_capacity(card.len() * 2);
    for byte in card {
        let _ = write!(digits, "{byte:02x}");
    }
    document.put(Place::Line(DEVICES, device), CARD, Value::Text(digits))
}

/// The cards of those that are, as bytes.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<Vec<u8>> {
    let lines = document.lines(DEVICES, oddities).into_iter();
    lines.filter_map(|(_, line)| bytes_of(&line.text(CARD))).collect()
}

fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let nibble = |digit: u8| char::from(digit).to_digit(16);
    let byte = |pair: &[u8; 2]| u8::try_from(nibble(pair[0])? << 4 | nibble(pair[1])?).ok();
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}
