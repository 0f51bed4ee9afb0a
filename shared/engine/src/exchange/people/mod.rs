//! A mairie's list of people: from a table to sheets.
//!
//! It is read as the directory is: looked at, its columns confirmed, then each line becomes a [`PersonLine`] or is refused
//! with its reason. Two things are its own. What is about health is emptied before anything else looks at the table
//! ([`withheld`]). And a line never says who it is: whether it is of someone already there is for
//! [`maillon_shared::domain::doubles`] to tell, and for someone to look at where that is not sure.

mod birth;
mod said;
mod withheld;

pub mod columns;
mod line;

pub(super) use birth::read_past_day;
pub use line::{Look, PersonLine, Remark};
pub use withheld::Withheld;

use chrono::NaiveDate;
use maillon_shared::domain::communes::Communes;
use maillon_shared::domain::ids::{LineId, PersonId};
use maillon_shared::domain::person::PersonField;

use super::cells::split_postcode;
use super::columns::ColumnGuess;
use super::refused::{Refusal, Refused};
use super::table::{RawRow, RawTable, TableError};
use columns::{PeopleField, given_name_first};

/// A list of people that someone wants to take in.
#[derive(Clone, Debug)]
pub struct PeopleList {
    /// The table, but for what is never read.
    pub table: RawTable,
    /// What each column seems to be.
    pub guesses: Vec<ColumnGuess<PeopleField>>,
    /// Which columns are never read, and why.
    pub withheld: Vec<Option<Withheld>>,
    /// Lines in which what is never read has slipped elsewhere.
    slipped: Vec<Refused>,
}

impl PeopleList {
    /// Looks at a file.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        let mut table = columns::settle_heads(super::read_table(bytes)?);
        let (withheld, slipped) = withheld::withhold(&mut table);
        let guesses = columns::guess(&table, &withheld);
        Ok(PeopleList { table, guesses, withheld, slipped })
    }

    /// How many lines it has under its heads.
    pub fn len(&self) -> usize {
        self.table.rows.len() + self.slipped.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What each line says, in their order. `columns` is the field of each column, as someone confirmed it; one that is
    /// never read is not read for having a field.
    pub fn lines(
        &self,
        columns: &[Option<PeopleField>],
        communes: &Communes,
        today: NaiveDate,
    ) -> Vec<Result<PersonLine, Refused>> {
        let taken = self.table.rows.iter().map(|row| self.line_of_row(row, columns, communes, today));
        let mut lines: Vec<_> = taken.chain(self.slipped.iter().cloned().map(Err)).collect();
        lines.sort_by_key(|line| match line {
            Ok(line) => line.line,
            Err(refused) => refused.line,
        });
        lines
    }

    fn line_of_row(
        &self,
        row: &RawRow,
        columns: &[Option<PeopleField>],
        communes: &Communes,
        today: NaiveDate,
    ) -> Result<PersonLine, Refused> {
        let refused = |why| {
            let text = row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
            let text = text.collect::<Vec<_>>().join(" | ");
            Err(Refused { line: row.line, why, text: text.chars().take(200).collect() })
        };
        let width = self.table.header.len();
        if (width..row.cells.len()).any(|column| !row.cell(column).is_empty()) {
            return refused(Refusal::TooManyCells);
        }
        let mut line = PersonLine::new(row.line);
        let mut contact: [Vec<&str>; 3] = Default::default();
        for (column, field) in columns.iter().enumerate().take(width) {
            let (Some(field), cell, head) = (field, row.cell(column), self.table.header[column].as_str()) else {
                continue;
            };
            match field {
                PeopleField::ContactName => contact[0].push(cell),
                PeopleField::ContactRelation => contact[1].push(cell),
                PeopleField::ContactPhone => contact[2].push(cell),
                field => take_cell(&mut line, *field, head, cell, today),
            }
        }
        let [name, relation, phone] = contact.map(|cells| cells.join(" "));
        line.push_contact(&name, &relation, &phone);
        line.settle(communes);
        if line.display_name().is_empty() { refused(Refusal::NoName) } else { Ok(line) }
    }
}

fn take_cell(line: &mut PersonLine, field: PeopleField, head: &str, cell: &str, today: NaiveDate) {
    match field {
        PeopleField::Text(PersonField::Civility) => line.push_civility(cell),
        PeopleField::Text(PersonField::FamilyName) => line.push_family_name(cell),
        PeopleField::Text(PersonField::GivenName) => line.push_given_name(cell),
        PeopleField::Text(PersonField::Notes) => {
            let is_of_notes = columns::is_of_notes(head);
            line.push_note((!is_of_notes && !head.trim().is_empty()).then_some(head), cell);
        }
        PeopleField::Text(field) => line.push(field, cell),
        PeopleField::FullName => line.push_full_name(cell, given_name_first(head)),
        PeopleField::BirthName => line.push_birth_name(cell),
        PeopleField::Birth => line.push_birth(cell, today),
        PeopleField::Phone => line.push_phones(cell),
        PeopleField::PostcodeAndCommune => match split_postcode(cell) {
            Some((postcode, commune)) => {
                line.push(PersonField::Postcode, postcode);
                line.push(PersonField::Commune, commune);
            }
            None => line.push(PersonField::Commune, cell),
        },
        PeopleField::State => line.push_state(head, cell),
        PeopleField::Death => line.push_death(cell, today),
        PeopleField::ContactName | PeopleField::ContactRelation | PeopleField::ContactPhone => {}
    }
}

/// Looks at any bytes and takes them in as they were guessed. For fuzzers.
pub fn fuzz_one(bytes: &[u8]) {
    let Ok(list) = PeopleList::read(bytes) else { return };
    let columns: Vec<_> = list.guesses.iter().map(|guess| guess.field).collect();
    let today = NaiveDate::from_ymd_opt(2026, 6, 12).unwrap_or_default();
    let lines = list.lines(&columns, &Communes::default(), today);
    assert_eq!(lines.len(), list.len(), "a line is not accounted for");
    for (column, withheld) in list.withheld.iter().enumerate() {
        let is_empty = list.table.rows.iter().all(|row| row.cell(column).is_empty());
        assert!(withheld.is_none() || (is_empty && columns[column].is_none()), "what is never read was read");
    }
    for line in lines.into_iter().flatten() {
        let person = line.to_person(PersonId([0; 16]), || LineId([0; 16]));
        assert!(!person.display_name().is_empty(), "a sheet without a name");
        assert_eq!(line.complete(&person, || LineId([1; 16])), person, "the same line adds something");
        assert_eq!(line.differences(&person), [""; 0], "the same line says otherwise");
    }
}

#[cfg(test)]
mod tests;
