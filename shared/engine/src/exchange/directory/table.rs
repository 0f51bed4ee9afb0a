//! The directory as a table.

use maillon_shared::domain::directory::{DirectoryEntry, EntryField};
use maillon_shared::domain::ids::EntryId;

use super::columns::DirectoryField;
use super::line::{DirectoryLine, Remark, kind_named, kind_words, label_words, read_day, role_words};
use crate::exchange::cells::{split_full_name, split_postcode};
use crate::exchange::csv;
use crate::exchange::refused::{Refusal, Refused};
use crate::exchange::table::{RawRow, RawTable};

/// What each line of a table says, its columns being what someone confirmed. A column beyond them is left out.
pub fn lines_of_table(table: &RawTable, columns: &[Option<DirectoryField>]) -> Vec<Result<DirectoryLine, Refused>> {
    table.rows.iter().map(|row| line_of_row(row, table.header.len(), columns)).collect()
}

fn line_of_row(row: &RawRow, width: usize, columns: &[Option<DirectoryField>]) -> Result<DirectoryLine, Refused> {
    let refused = |why| {
        let text = row.cells.join(" | ");
        Err(Refused { line: row.line, why, text: text.chars().take(200).collect() })
    };
    if (width..row.cells.len()).any(|column| !row.cell(column).is_empty()) {
        return refused(Refusal::TooManyCells);
    }
    let mut line = DirectoryLine { line: row.line, ..DirectoryLine::default() };
    for (column, field) in columns.iter().enumerate() {
        if let Some(field) = field {
            take_cell(&mut line, *field, row.cell(column));
        }
    }
    line.settle();
    // A cell too many, empty at the end: harmless, unless something is not where it should be.
    let slipped = row.cells.len() > width && line.remarks.iter().any(|remark| !matches!(remark, Remark::NewRole(_)));
    if slipped {
        return refused(Refusal::TooManyCells);
    }
    if line.display_name().is_empty() { refused(Refusal::NoName) } else { Ok(line) }
}

fn take_cell(line: &mut DirectoryLine, field: DirectoryField, cell: &str) {
    if cell.is_empty() {
        return;
    }
    match field {
        DirectoryField::Text(field) => line.push(field, cell),
        DirectoryField::Phone => line.push_phones(cell),
        DirectoryField::Kind => match kind_named(cell) {
            Some(kind) => line.kind = Some(kind),
            None => line.push(EntryField::Notes, cell),
        },
        DirectoryField::FullName => {
            let (given, family) = split_full_name(cell);
            line.push(EntryField::GivenName, &given);
            line.push(EntryField::Name, &family);
        }
        DirectoryField::PostcodeAndCommune => match split_postcode(cell) {
            Some((postcode, commune)) => {
                line.push(EntryField::Postcode, postcode);
                line.push(EntryField::Commune, commune);
            }
            None => line.push(EntryField::Commune, cell),
        },
        DirectoryField::CheckedOn => match read_day(cell) {
            Some(day) => line.checked_on = Some(day),
            None => {
                line.remarks.push(Remark::UnreadableDate(cell.to_owned()));
                line.push(EntryField::Notes, cell);
            }
        },
    }
}

/// The table of entries. `name_of` says what an entry is called: where someone works may be one.
pub fn write_table(entries: &[DirectoryEntry], name_of: impl Fn(EntryId) -> Option<String>) -> Vec<u8> {
    let phones = entries.iter().map(|entry| entry.phones.len()).max().unwrap_or_default().max(1);
    // Written apart, names and communes are read back without a guess.
    let joined =
        |field: &DirectoryField| matches!(field, DirectoryField::FullName | DirectoryField::PostcodeAndCommune);
    let columns: Vec<(DirectoryField, usize)> = DirectoryField::all()
        .filter(|field| !joined(field))
        .flat_map(|field| (0..if field == DirectoryField::Phone { phones } else { 1 }).map(move |place| (field, place)))
        .collect();
    let head = |(field, place): &(DirectoryField, usize)| match place {
        0 => field.head().to_owned(),
        place => format!("{} {}", field.head(), place + 1),
    };
    let heads: Vec<String> = columns.iter().map(head).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let rows = entries.iter().map(|entry| {
        columns.iter().map(|(field, place)| cell_of(entry, *field, *place, &name_of)).collect::<Vec<String>>()
    });
    csv::write(&heads, rows)
}

fn cell_of(
    entry: &DirectoryEntry,
    field: DirectoryField,
    place: usize,
    name_of: &impl Fn(EntryId) -> Option<String>,
) -> String {
    match field {
        DirectoryField::Kind => kind_words(&entry.kind).to_owned(),
        DirectoryField::Text(EntryField::Role) => role_words(&entry.kind, &entry.role).to_owned(),
        DirectoryField::Text(EntryField::Workplace) if entry.workplace.is_empty() => {
            entry.works_at.and_then(name_of).unwrap_or_default()
        }
        DirectoryField::Text(field) => entry.text(field).to_owned(),
        DirectoryField::Phone => entry.phones.get(place).map_or(String::new(), |phone| {
            let label = label_words(&phone.label);
            if label.is_empty() { phone.number.clone() } else { format!("{} ({label})", phone.number) }
        }),
        DirectoryField::CheckedOn => entry.checked_on.map_or(String::new(), |day| day.format("%d/%m/%Y").to_string()),
        DirectoryField::FullName => entry.display_name(),
        DirectoryField::PostcodeAndCommune => {
            format!("{} {}", entry.address.postcode, entry.address.commune).trim().to_owned()
        }
    }
}
