//! How to reach someone: phones and an address, for people and for the directory alike.

use serde::{Deserialize, Serialize};

use super::changes::text_fields;
use super::ids::LineId;

/// A telephone, as it was written: what cannot be read as a number is kept all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// Names the line, so that two people can edit two lines at once.
    pub id: LineId,
    /// The number.
    pub number: String,
    /// "chez sa fille", "matin seulement".
    pub label: String,
}

impl Phone {
    /// An empty line.
    pub fn empty(id: LineId) -> Self {
        Phone { id, number: String::new(), label: String::new() }
    }
}

text_fields! {
    /// The text fields of a telephone.
    PhoneField of Phone {
        /// The number.
        Number = "number" => number,
        /// What is to be known before calling.
        Label = "label" => label,
    }
}

/// Where someone lives or works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Number and way.
    pub line: String,
    /// Hamlet, farm, district.
    pub hamlet: String,
    /// The commune that it was before a merger, which people still name.
    pub former_commune: String,
    /// Postcode.
    pub postcode: String,
    /// The commune's name.
    pub commune: String,
    /// The commune's INSEE code, where it was chosen from the list.
    pub commune_code: String,
}

impl Address {
    /// The shortest way to say where: the hamlet, else the former commune, else the commune.
    pub fn short(&self) -> &str {
        [&self.hamlet, &self.former_commune, &self.commune].into_iter().find(|part| !part.is_empty()).map_or("", |s| s)
    }

    /// The words that a position is of: the number and the way, or the hamlet where there are none; and the commune.
    pub fn located_by(&self) -> [&str; 2] {
        [if self.line.trim().is_empty() { &self.hamlet } else { &self.line }, &self.commune]
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Address::default()
    }
}
