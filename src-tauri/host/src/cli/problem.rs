//! Why a command did not do it: an exit code and a code for programs, a sentence for people.

use std::io;
use std::path::PathBuf;

use maillon_shared::api::Failure;
use maillon_shared::text::language::Language;

use super::sentences;

/// What went wrong.
#[derive(Debug)]
pub(super) enum Problem {
    // ── What was typed ──────────────────────────────────────────────────────────────────────────────────────────────
    NoCommand,
    UnknownCommand(String),
    UnknownOption(String),
    OptionLacksValue(&'static str),
    OptionNotHere(&'static str),
    BadValue(&'static str),
    Lacks(&'static str),
    TooMany,
    NoFolder,
    /// Neither a file nor a terminal to ask at.
    NoPassphrase,
    PassphrasesDiffer,
    /// A line of standard input, counting from 1.
    BadLine(u32),

    // ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────
    Unreadable(PathBuf, io::Error),
    Unwritable(PathBuf, io::Error),
    /// What was read back is not what was written.
    WrittenOtherwise(PathBuf),
    Input(io::Error),
    Output(io::Error),

    // ── The notebook ────────────────────────────────────────────────────────────────────────────────────────────────
    Refused(Failure),
    /// So many documents could not be read.
    DamagedDocuments(u32),
    /// So many lines of an import were refused.
    RefusedLines(u32),
    /// Nobody said that the words of a device were compared: these.
    NotCompared(Vec<String>),
    /// The engine answered something else than what was asked.
    Unexpected,
}

impl Problem {
    /// As `docs/command-line.md` says.
    pub(super) fn exit_code(&self) -> u8 {
        use Problem::*;
        match self {
            NoCommand | UnknownCommand(_) | UnknownOption(_) | OptionLacksValue(_) | OptionNotHere(_) | BadValue(_)
            | Lacks(_) | TooMany | NoFolder | NoPassphrase | PassphrasesDiffer | BadLine(_) => 1,
            Unreadable(_, error) if error.kind() == io::ErrorKind::NotFound => 7,
            // Text was expected, in UTF-8.
            Unreadable(_, error) | Input(error) if error.kind() == io::ErrorKind::InvalidData => 1,
            Unwritable(_, error) if error.kind() == io::ErrorKind::AlreadyExists => 9,
            Unwritable(_, error) if is_full_or_read_only(error) => 6,
            WrittenOtherwise(_) | DamagedDocuments(_) => 3,
            RefusedLines(_) => 8,
            NotCompared(_) => 9,
            Refused(failure) => exit_code_of(failure),
            Unreadable(..) | Unwritable(..) | Input(_) | Output(_) | Unexpected => 10,
        }
    }

    /// A stable word for programs.
    pub(super) fn code(&self) -> &'static str {
        match self.exit_code() {
            1 => "usage",
            2 => "wrong_passphrase",
            3 => "damaged",
            4 => "unknown_key",
            5 => "in_use",
            6 => "full_or_read_only",
            7 => "not_found",
            8 => "refused_lines",
            9 => "refused",
            _ => "system",
        }
    }

    /// What to say to someone.
    pub(super) fn sentence(&self, language: Language) -> String {
        sentences::problem(self, language)
    }
}

fn exit_code_of(failure: &Failure) -> u8 {
    match failure {
        Failure::WrongPassphrase
        | Failure::WrongWords
        | Failure::UnknownWord(_)
        | Failure::NotTwentyFourWords(_)
        | Failure::WordsDoNotAgree => 2,
        Failure::Damaged(_) => 3,
        Failure::UnknownKey => 4,
        Failure::InUse => 5,
        Failure::Full | Failure::ReadOnly => 6,
        Failure::NoNotebook | Failure::NotFound => 7,
        Failure::NotebookExists
        | Failure::EmptyPassphrase
        | Failure::TooNew
        | Failure::WrittenSince
        | Failure::AlreadyUndone
        | Failure::Kept
        | Failure::Gone
        | Failure::NotYet(_)
        | Failure::Provisional
        | Failure::Silenced(_)
        | Failure::NotPermitted(_)
        | Failure::NotAccompanied(_)
        | Failure::Invalid(_)
        | Failure::NotLentForThis
        | Failure::MairieOnly
        | Failure::LendingOver
        | Failure::NotLentHere
        | Failure::LentForOther
        | Failure::NotDesignated
        | Failure::NotShared(_)
        | Failure::UnreadableFile(_) => 9,
        Failure::Locked | Failure::System(_) | Failure::NotUnderstood | Failure::Stopped => 10,
    }
}

fn is_full_or_read_only(error: &io::Error) -> bool {
    use io::ErrorKind::*;
    matches!(error.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem | PermissionDenied)
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Problem::Refused(failure)
    }
}
