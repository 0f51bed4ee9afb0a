//! Who proposes to administer a group, and who agrees: a line for each device that would, in a document of each coordinator who
//! says something of it.
//!
//! An agreement is a signature of the moment: of the last record that was known. It is worth nothing once another followed.

use std::cell::Cell;

use serde::{Deserialize, Serialize};

use super::super::document::{Document, JournalError};
use super::super::value::{Place, Value};
use super::{bytes_of_digits, digits};

const DEVICES: &str = "devices";
const AFTER: &str = "after";
const BY: &str = "by";
const SIGNATURE: &str = "signature";

/// What a coordinator says of one device: that it would administer, or that they agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Which device.
    pub device: [u8; 16],
    /// After which record.
    pub after: [u8; 32],
    /// Whose device agrees, and its signature; nothing where it is proposed.
    pub agreed: Option<([u8; 16], Vec<u8>)>,
}

/// Writes it, over what was said of that device before.
pub fn write(document: &mut Document, wish: &Wish) -> Result<(), JournalError> {
    let place = Place::Line(DEVICES, wish.device);
    let (by, signature) = match &wish.agreed {
        Some((by, signature)) => (Value::Text(digits(by)), Value::Text(digits(signature))),
        None => (Value::Nothing, Value::Nothing),
    };
    document.put(place, AFTER, Value::Text(digits(&wish.after)))?;
    document.put(place, BY, by)?;
    document.put(place, SIGNATURE, signature)
}

/// Reads what is said.
pub fn read(document: &Document, oddities: &Cell<u32>) -> Vec<Wish> {
    let lines = document.lines(DEVICES, oddities).into_iter();
    lines
        .filter_map(|(device, line)| {
            let after = bytes_of_digits(&line.text(AFTER))?.try_into().ok()?;
            let signature = bytes_of_digits(&line.text(SIGNATURE)).filter(|bytes| !bytes.is_empty());
            let by = bytes_of_digits(&line.text(BY)).and_then(|by| by.try_into().ok());
            Some(Wish { device, after, agreed: by.zip(signature) })
        })
        .collect()
}
