//! Lines that are not taken in: each is named with its number and its reason.

/// A line that is not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its number in the file, from 1.
    pub line: usize,
    /// Why.
    pub why: Refusal,
    /// The line as it was read, its first part if it is long.
    pub text: String,
}

/// Why a line is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It names nobody and nothing.
    NoName,
    /// It has more cells than there are columns: they have probably slipped.
    TooManyCells,
    /// It has fewer cells than there are columns, and what must not be read may have slipped into another.
    TooFewCells,
    /// It is part of no card, or is no property.
    NotInACard,
    /// It is a service of a structure that is neither in the file nor in the directory.
    UnknownStructure,
    /// It names no commune by its code.
    NoCommune,
    /// What should be a number is none.
    NoNumber,
    /// It says no year, where one is needed, or no year that can be.
    NoYear,
    /// It says how something stands in words that are not known.
    UnknownState,
    /// It says what it is in words that are not known.
    UnknownKind,
    /// It names someone who is accompanied, in what a group would read.
    NamesSomeone,
    /// A cell is longer than anything that is written in a field.
    TooLong,
    /// It comes after so many lines that they are taken in from a table of their own.
    TooManyLines,
}

impl Refusal {
    /// The code that screens have a sentence for.
    pub const fn code(self) -> &'static str {
        match self {
            Refusal::NoName => "no_name",
            Refusal::TooManyCells => "too_many_cells",
            Refusal::TooFewCells => "too_few_cells",
            Refusal::NotInACard => "not_in_a_card",
            Refusal::UnknownStructure => "unknown_structure",
            Refusal::NoCommune => "no_commune",
            Refusal::NoNumber => "no_number",
            Refusal::NoYear => "no_year",
            Refusal::UnknownState => "unknown_state",
            Refusal::UnknownKind => "unknown_kind",
            Refusal::NamesSomeone => "names_someone",
            Refusal::TooLong => "too_long",
            Refusal::TooManyLines => "too_many_lines",
        }
    }
}
