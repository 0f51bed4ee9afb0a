//! Files that come into the notebook and go out of it: each line of an import is accounted for, and one act holds all of
//! it, so that one gesture undoes it.

mod collective;
mod directory;
mod people;
mod register;

use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::requests::{ExportFormat, Import, ImportTarget};
use maillon_shared::api::responses::{File, ImportColumn, ImportPreview};
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::text::language::Language;

use super::Engine;
use crate::ambient::Ambient;
use crate::exchange::data_inclusion::{self, InclusionError};
use crate::exchange::directory::columns::DirectoryField;
use crate::exchange::directory::{Source, SourceError, write_cards, write_table};
use crate::exchange::people::columns::PeopleField;
use crate::exchange::people::{PeopleList, Withheld};
use crate::exchange::register::{RegisterColumn, RegisterList};
use crate::exchange::table::{RawTable, TableError};
use crate::exchange::vcard::{CardsError, Version};
use crate::store::Store;

/// How many lines a preview shows.
const SAMPLE_LINES: usize = 5;
/// How much of a line a report repeats.
const NOTE_CHARS: usize = 120;

impl<S: Store, A: Ambient> Engine<S, A> {
    pub(super) fn preview_import(&mut self, into: ImportTarget, file: &[u8]) -> Answer {
        self.notebook()?;
        let preview = match into {
            ImportTarget::Directory => preview_directory(file)?,
            ImportTarget::People => preview_people(file)?,
            ImportTarget::Register => preview_register(file)?,
        };
        Ok(Response::Preview(Box::new(preview)))
    }

    pub(super) async fn import(&mut self, import: &Import) -> Answer {
        self.notebook()?;
        match import.into {
            ImportTarget::Directory => self.import_directory(import).await,
            ImportTarget::People => self.import_people(import).await,
            ImportTarget::Register => self.import_register(import).await,
        }
    }

    pub(super) fn export_directory(&mut self, format: ExportFormat) -> Answer {
        let today = self.today();
        let views = &self.notebook()?.views;
        // The words of files are French.
        let lists = views.lists_in(Language::Fr);
        let mut entries: Vec<DirectoryEntry> = views.directory_entries().into_iter().cloned().collect();
        if format != ExportFormat::DataInclusion {
            entries.iter_mut().for_each(|entry| own_words(entry, lists));
        }
        let name_of = |id| views.entry(id).map(DirectoryEntry::display_name);
        let file = match format {
            ExportFormat::Csv => File {
                name: "annuaire.csv".to_owned(),
                mime: "text/csv;charset=utf-8".to_owned(),
                bytes: write_table(&entries, name_of),
            },
            ExportFormat::VCard => File {
                name: "annuaire.vcf".to_owned(),
                mime: "text/vcard;charset=utf-8".to_owned(),
                bytes: write_cards(&entries, Version::V4, name_of),
            },
            ExportFormat::DataInclusion => File {
                name: "annuaire.json".to_owned(),
                mime: "application/json".to_owned(),
                bytes: data_inclusion::write(&entries, today, &views.settings().0.commune, lists),
            },
        };
        Ok(Response::File(file))
    }
}

/// Says in words what the lists of this notebook alone say of an entry. What everybody's lists say stays an id: the files
/// know what to write of it.
fn own_words(entry: &mut DirectoryEntry, lists: &Lists) {
    let usual = Lists::starting(Language::Fr);
    let say = |kept: &mut String, of: &[ListId]| {
        let here = of.iter().find_map(|list| lists.item(*list, kept));
        let words = here.map_or_else(|| lists.label(of[0], kept), |item| &item.label);
        if of.iter().all(|list| usual.item(*list, kept).is_none_or(|item| item.label != words)) && words != kept {
            *kept = words.to_owned();
        }
    };
    say(&mut entry.role, &[ListId::StructureTypes, ListId::Professions]);
    entry.phones.iter_mut().for_each(|phone| say(&mut phone.label, &[ListId::PhoneLabels]));
}

fn preview_directory(file: &[u8]) -> Result<ImportPreview, Failure> {
    let source = Source::read(file).map_err(failure_of_source)?;
    let fields = DirectoryField::all().map(|field| field.code().to_owned()).collect();
    Ok(match &source {
        Source::Table(table, guesses) => {
            let column = |at: usize| guesses.get(at).and_then(|guess| guess.field).map(DirectoryField::code);
            ImportPreview { fields, ..preview_table(table, column, &[]) }
        }
        Source::Cards(cards) => ImportPreview {
            encoding: "vcard".to_owned(),
            separator: String::new(),
            columns: Vec::new(),
            lines: cards.cards.len() as u32,
            sample: source
                .lines(&[])
                .into_iter()
                .flatten()
                .take(SAMPLE_LINES)
                .map(|line| vec![line.display_name()])
                .collect(),
            fields,
        },
        Source::Inclusion(items) => ImportPreview {
            encoding: "data-inclusion".to_owned(),
            separator: String::new(),
            columns: Vec::new(),
            lines: items.len() as u32,
            sample: source
                .lines(&[])
                .into_iter()
                .flatten()
                .filter(|line| !line.display_name().is_empty())
                .take(SAMPLE_LINES)
                .map(|line| vec![line.display_name()])
                .collect(),
            fields,
        },
    })
}

fn preview_people(file: &[u8]) -> Result<ImportPreview, Failure> {
    let list = PeopleList::read(file).map_err(failure_of_table)?;
    let column = |at: usize| list.guesses.get(at).and_then(|guess| guess.field).map(PeopleField::code);
    let fields = PeopleField::all().map(|field| field.code().to_owned()).collect();
    Ok(ImportPreview { lines: list.len() as u32, fields, ..preview_table(&list.table, column, &list.withheld) })
}

fn preview_register(file: &[u8]) -> Result<ImportPreview, Failure> {
    let list = RegisterList::read(file).map_err(failure_of_table)?;
    let column = |at: usize| list.guesses.get(at).copied().flatten().map(RegisterColumn::code);
    let fields = RegisterColumn::all().map(|field| field.code().to_owned()).collect();
    Ok(ImportPreview { lines: list.len() as u32, fields, ..preview_table(list.table(), column, list.withheld()) })
}

/// What a table seems to hold, but for the fields a column can be given.
fn preview_table(
    table: &RawTable,
    field: impl Fn(usize) -> Option<&'static str>,
    withheld: &[Option<Withheld>],
) -> ImportPreview {
    let column = |(at, head): (usize, &String)| ImportColumn {
        head: head.clone(),
        field: field(at).map(str::to_owned),
        withheld: withheld.get(at).copied().flatten().map(|why| why.code().to_owned()),
    };
    ImportPreview {
        encoding: table.form.code().to_owned(),
        separator: table.form.separator(),
        columns: table.header.iter().enumerate().map(column).collect(),
        lines: table.rows.len() as u32,
        sample: table.rows.iter().take(SAMPLE_LINES).map(|row| row.cells.clone()).collect(),
        fields: Vec::new(),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(NOTE_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn failure_of_source(error: SourceError) -> Failure {
    match error {
        SourceError::Table(error) => failure_of_table(error),
        SourceError::Cards(CardsError::TooManyBytes) => Failure::UnreadableFile(FileProblem::TooLarge),
        SourceError::Inclusion(InclusionError::TooLarge) => Failure::UnreadableFile(FileProblem::TooLarge),
        SourceError::Cards(_) | SourceError::Inclusion(_) => Failure::UnreadableFile(FileProblem::Damaged),
    }
}

pub(super) fn failure_of_table(error: TableError) -> Failure {
    Failure::UnreadableFile(match error {
        TableError::Empty => FileProblem::Empty,
        TableError::TooManyBytes | TableError::TooManyRows | TableError::TooManyCells { .. } => FileProblem::TooLarge,
        TableError::Damaged => FileProblem::Damaged,
        TableError::UnknownKind => FileProblem::UnknownKind,
    })
}
