//! What a field holds, and where in a document it is.

use chrono::NaiveDate;
use maillon_shared::domain::time::{Hour, PartialDate};

/// Where fields are: on the document itself, or on one line of one of its maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The document itself.
    Root,
    /// The line that an id names.
    Line(&'static str, [u8; 16]),
}

/// What a field holds. Nothing else is ever written: no list, no map, so that every conflict is between plain values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: the field goes.
    Nothing,
    /// Words, a code, a date.
    Text(String),
    /// A number.
    Int(i64),
    /// Yes or no.
    Flag(bool),
}

impl Value {
    /// Words; empty words are nothing.
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Value::Nothing } else { Value::Text(text.to_owned()) }
    }

    /// A code; the code that needs no saying is nothing.
    pub fn code(code: &str, unsaid: &str) -> Self {
        if code == unsaid { Value::Nothing } else { Value::Text(code.to_owned()) }
    }

    /// A flag; no is nothing.
    pub fn flag(flag: bool) -> Self {
        if flag { Value::Flag(true) } else { Value::Nothing }
    }

    /// The words, if it is words.
    pub fn into_text(self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// As the history shows it.
    pub fn to_text(&self) -> String {
        match self {
            Value::Nothing => String::new(),
            Value::Text(text) => text.clone(),
            Value::Int(number) => number.to_string(),
            Value::Flag(flag) => if *flag { "1" } else { "" }.to_owned(),
        }
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Self {
        Value::Text(day.to_string())
    }
}

impl From<Option<NaiveDate>> for Value {
    fn from(day: Option<NaiveDate>) -> Self {
        day.map_or(Value::Nothing, Value::from)
    }
}

impl From<Option<PartialDate>> for Value {
    fn from(date: Option<PartialDate>) -> Self {
        date.map_or(Value::Nothing, |date| Value::Text(date.to_string()))
    }
}

impl From<Option<Hour>> for Value {
    fn from(hour: Option<Hour>) -> Self {
        hour.map_or(Value::Nothing, |hour| Value::Text(hour.to_string()))
    }
}

/// The key of a line in its map: sixteen bytes in 22 letters of the URL-safe base 64.
pub(super) fn line_key(id: &[u8; 16]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut key = String::with_capacity(22);
    for chunk in id.chunks(3) {
        let mut group = 0_u32;
        for index in 0..3 {
            group = group << 8 | u32::from(chunk.get(index).copied().unwrap_or(0));
        }
        for letter in 0..=chunk.len() {
            let index = (group >> (18 - 6 * letter)) & 63;
            key.push(char::from(LETTERS[index as usize]));
        }
    }
    key
}

/// The id a key of a line names, if it is one.
pub(super) fn line_id(key: &str) -> Option<[u8; 16]> {
    if key.len() != 22 {
        return None;
    }
    let mut bits = 0_u32;
    let mut held = 0;
    let mut bytes = Vec::with_capacity(17);
    for letter in key.bytes() {
        let digit = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_line_is_found_by_its_key(id: [u8; 16]) {
            prop_assert_eq!(line_key(&id).len(), 22);
            prop_assert_eq!(line_id(&line_key(&id)), Some(id));
        }

        #[test]
        fn a_foreign_key_is_nobody(key in "\\PC{0,30}") {
            if let Some(id) = line_id(&key) {
                prop_assert_eq!(line_key(&id).len(), key.len());
            }
        }
    }
}
