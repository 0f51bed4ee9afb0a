//! Where one is in the directory, as the address says it.

use maillon_shared::domain::directory::EntryKind;
use maillon_shared::domain::ids::{EntryId, LineId};

/// The directory's screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectoryRoute {
    /// Every entry.
    List,
    /// An entry to fill, of that kind.
    New(EntryKind),
    /// One entry.
    Entry(EntryId),
    /// An entry to change.
    Edit(EntryId),
    /// A file to take in.
    Import,
    /// The directory as a file.
    Export,
    /// Who does what.
    WhoDoesWhat,
    /// What inhabitants may read, to print.
    Leaflet,
    /// Partners to get in touch with.
    InTouch,
    /// A mission of an entry: a new one, or one to change.
    Mission(EntryId, Option<LineId>),
    /// An absence of an entry: a new one, or one to change.
    Absence(EntryId, Option<LineId>),
}

impl DirectoryRoute {
    /// The part of the address after that of the directory.
    pub fn path(&self) -> String {
        match self {
            DirectoryRoute::List => String::new(),
            DirectoryRoute::New(kind) => format!("/new/{}", kind.code()),
            DirectoryRoute::Entry(id) => format!("/{id}"),
            DirectoryRoute::Edit(id) => format!("/{id}/edit"),
            DirectoryRoute::Import => "/import".into(),
            DirectoryRoute::Export => "/export".into(),
            DirectoryRoute::WhoDoesWhat => "/who-does-what".into(),
            DirectoryRoute::Leaflet => "/leaflet".into(),
            DirectoryRoute::InTouch => "/in-touch".into(),
            DirectoryRoute::Mission(id, line) => format!("/{id}/missions/{}", line_path(*line)),
            DirectoryRoute::Absence(id, line) => format!("/{id}/absences/{}", line_path(*line)),
        }
    }

    /// What an address says.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => DirectoryRoute::List,
            ["new", kind] => DirectoryRoute::New(EntryKind::from_code(kind)),
            ["import"] => DirectoryRoute::Import,
            ["export"] => DirectoryRoute::Export,
            ["who-does-what"] => DirectoryRoute::WhoDoesWhat,
            ["leaflet"] => DirectoryRoute::Leaflet,
            ["in-touch"] => DirectoryRoute::InTouch,
            [id, "missions", line] => DirectoryRoute::Mission(EntryId::parse(id)?, parse_line(line)?),
            [id, "absences", line] => DirectoryRoute::Absence(EntryId::parse(id)?, parse_line(line)?),
            [id] => DirectoryRoute::Entry(EntryId::parse(id)?),
            [id, "edit"] => DirectoryRoute::Edit(EntryId::parse(id)?),
            _ => return None,
        })
    }
}

/// A line of an entry, or a new one.
fn line_path(line: Option<LineId>) -> String {
    line.map_or_else(|| NEW.to_owned(), |line| line.to_string())
}

fn parse_line(part: &str) -> Option<Option<LineId>> {
    if part == NEW { Some(None) } else { LineId::parse(part).map(Some) }
}

const NEW: &str = "new";
