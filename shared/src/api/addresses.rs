//! Addresses of communes, through the door: a file looked at and taken in, an address found.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::address_search::AddressFound;
use crate::domain::ids::ActId;

/// What may be asked of the addresses.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressesQuestion {
    /// The communes whose addresses are kept.
    Kept,
    /// What a file holds, commune by commune. Nothing is written.
    Look(Vec<u8>),
    /// The addresses that fit what was typed.
    Find {
        /// As it is typed.
        text: String,
        /// How many at most.
        limit: u16,
    },
}

/// What may be done with them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressesWrite {
    /// The addresses of some communes of a file are kept, over those that were.
    Import {
        /// The file.
        file: Vec<u8>,
        /// The communes to keep, by their INSEE codes.
        communes: Vec<String>,
    },
    /// Those of a commune go.
    Remove(String),
}

/// What is answered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressesAnswer {
    /// The communes whose addresses are kept, by name.
    Kept(Vec<KeptCommune>),
    /// What a file holds.
    Look(AddressFile),
    /// What was found, the best first.
    Found(Vec<AddressFound>),
    /// What came of a file.
    Imported(AddressesImported),
}

/// A commune whose addresses are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCommune {
    /// Its INSEE code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many addresses.
    pub addresses: u32,
    /// How many ways and places.
    pub ways: u32,
    /// How many of the addresses have no point.
    pub without_point: u32,
    /// The day of the last file.
    pub imported_on: NaiveDate,
}

/// What a file of addresses holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressFile {
    /// How many lines, those refused among them.
    pub lines: u32,
    /// The communes, the coordinator's first, then by name.
    pub communes: Vec<CommuneOfFile>,
    /// The lines refused.
    pub refused: Vec<RefusedLines>,
}

/// A commune in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommuneOfFile {
    /// Its INSEE code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many lines are of it.
    pub lines: u32,
    /// Whether one keeps it already, or it is the coordinator's: what is proposed.
    pub proposed: bool,
}

/// Lines refused for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedLines {
    /// Why, as a code.
    pub why: String,
    /// How many.
    pub count: u32,
    /// The first of them, by number.
    pub first: u32,
}

/// What came of a file: every line is accounted for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressesImported {
    /// The act, by which all of it can be undone; none where nothing was written.
    pub act: Option<ActId>,
    /// The communes kept.
    pub communes: Vec<ImportedCommune>,
    /// Lines of communes that were not to be kept.
    pub elsewhere: u32,
    /// Lines that say an address again.
    pub again: u32,
    /// The lines refused.
    pub refused: Vec<RefusedLines>,
}

/// What came of the addresses of a commune.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedCommune {
    /// Its INSEE code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Addresses now.
    pub addresses: u32,
    /// How many of them were not known.
    pub new: u32,
    /// How many that were known are in the file no more.
    pub gone: u32,
    /// How many have no point.
    pub without_point: u32,
}
