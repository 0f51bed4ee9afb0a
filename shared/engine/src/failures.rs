//! What the engine's rooms say went wrong, as the door says it.

use maillon_shared::api::Failure;
use maillon_shared::api::errors::{Damage, FileProblem, NotShared};

use crate::backup::BackupError;
use crate::journal::JournalError;
use crate::link::FolderError;
use crate::store::StoreError;
use crate::vault::{OpenError, UnlockError, WordsError};

pub(crate) fn failure_of_store(error: StoreError) -> Failure {
    match error {
        StoreError::Full => Failure::Full,
        StoreError::ReadOnly => Failure::ReadOnly,
        StoreError::InUse => Failure::InUse,
        StoreError::TooNew => Failure::TooNew,
        StoreError::Damaged(_) => Failure::Damaged(Damage::Store),
        StoreError::Io(what) => Failure::System(what),
    }
}

pub(crate) fn failure_of_folder(error: FolderError) -> Failure {
    match error {
        FolderError::Away => Failure::NotShared(NotShared::FolderAway),
        FolderError::NotAllowed => Failure::NotShared(NotShared::FolderNotAllowed),
        FolderError::Full => Failure::NotShared(NotShared::FolderFull),
        FolderError::Io(what) => Failure::System(what),
    }
}

pub(crate) fn failure_of_open(error: OpenError) -> Failure {
    match error {
        OpenError::Damaged => Failure::Damaged(Damage::Document),
        OpenError::UnknownKey => Failure::UnknownKey,
        OpenError::TooNew => Failure::TooNew,
    }
}

pub(crate) fn failure_of_journal(error: JournalError) -> Failure {
    match error {
        JournalError::Unreadable => Failure::Damaged(Damage::Document),
        JournalError::TooNew => Failure::TooNew,
        JournalError::WrittenSince => Failure::WrittenSince,
        JournalError::NothingToUndo => Failure::AlreadyUndone,
    }
}

pub(crate) fn failure_of_unlock(error: UnlockError) -> Failure {
    match error {
        UnlockError::WrongPassphrase => Failure::WrongPassphrase,
        UnlockError::WrongWords => Failure::WrongWords,
        UnlockError::NoSlot | UnlockError::UnknownKey => Failure::UnknownKey,
        UnlockError::Damaged => Failure::Damaged(Damage::Header),
        UnlockError::TooNew => Failure::TooNew,
        UnlockError::Stretch(why) => Failure::System(why),
    }
}

pub(crate) fn failure_of_words(error: &WordsError) -> Failure {
    match error {
        WordsError::Unknown { positions } => {
            Failure::UnknownWord(positions.first().and_then(|first| u8::try_from(*first).ok()).unwrap_or(1))
        }
        WordsError::Count { found } => Failure::NotTwentyFourWords(u8::try_from(*found).unwrap_or(u8::MAX)),
        WordsError::Checksum => Failure::WordsDoNotAgree,
    }
}

pub(crate) fn failure_of_backup(error: BackupError) -> Failure {
    match error {
        BackupError::NoNotebook => Failure::NoNotebook,
        BackupError::NotABackup => Failure::UnreadableFile(FileProblem::UnknownKind),
        BackupError::Damaged => Failure::UnreadableFile(FileProblem::Damaged),
        BackupError::TooNew => Failure::TooNew,
        BackupError::NotEmpty => Failure::NotebookExists,
        BackupError::Store(error) => failure_of_store(error),
    }
}
