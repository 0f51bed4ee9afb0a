//! What a file seems to hold before it comes in, and what came of it: every line is accounted for.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{ActId, PersonId};
use crate::domain::time::PartialDate;

/// What a file seems to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// How the text is written: `utf-8`, `windows-1252`; or what it is: `vcard`, `xlsx`, `ods`.
    pub encoding: String,
    /// What separates columns; empty where nothing does.
    pub separator: String,
    /// The columns, each with what it seems to be.
    pub columns: Vec<ImportColumn>,
    /// How many lines or cards.
    pub lines: u32,
    /// The first ones, cell by cell.
    pub sample: Vec<Vec<String>>,
    /// The fields a column can be given, as codes.
    pub fields: Vec<String>,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportColumn {
    /// What its head says.
    pub head: String,
    /// The field it seems to be, as a code.
    pub field: Option<String>,
    /// Why it is never read, as a code: its cells are nowhere.
    pub withheld: Option<String>,
}

/// What came of an import: every line is accounted for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// The act, by which all of it can be undone; none where nothing was written.
    pub act: Option<ActId>,
    /// Entries or sheets made.
    pub created: u32,
    /// Lines that completed one with what it lacked.
    pub completed: u32,
    /// Lines that say nothing new.
    pub unchanged: u32,
    /// For people: the lines that were found to be of someone on another line, or already there, each with what told it
    /// and the name. They are counted above.
    pub joined: Vec<LineNote>,
    /// For people: the lines that someone must look at; nothing of them was written.
    pub to_look: Vec<LineToLook>,
    /// Lines left out, each with its reason.
    pub refused: Vec<LineNote>,
    /// What is odd in lines that were taken in all the same, and what no field could hold.
    pub remarks: Vec<LineNote>,
    /// Types or professions that no list has, kept as they are written.
    pub new_roles: Vec<String>,
    /// The columns that were never read, by their heads.
    pub withheld: Vec<ImportColumn>,
}

/// A line of an import that someone must look at before it comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineToLook {
    /// Its number in the file, from 1.
    pub line: u32,
    /// Why, as a code.
    pub why: String,
    /// Whom it is of: the name as the line writes it.
    pub name: String,
    /// Who that may be.
    pub like: Option<Alike>,
}

/// Someone whom a line may be of, with what tells them from others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Where they live.
    pub place: String,
    /// Birth.
    pub birth: Option<PartialDate>,
}

/// What is to be said of a line of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineNote {
    /// Its number in the file, from 1.
    pub line: u32,
    /// Why, as a code.
    pub why: String,
    /// The line, or the part of it that is meant, as it was read, shortened.
    pub text: String,
}
