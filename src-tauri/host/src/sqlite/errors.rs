//! What SQLite and the system say, in the few words that a screen has a sentence for.

use std::io;

use maillon_engine::store::StoreError;
use rusqlite::{Error, ErrorCode, ffi};

/// SQLite's words.
pub(super) fn said(error: Error) -> StoreError {
    let what = error.to_string();
    match error {
        Error::SqliteFailure(ffi::Error { code, extended_code }, _) => match code {
            ErrorCode::DiskFull => StoreError::Full,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => StoreError::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::InUse,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged(what),
            ErrorCode::SystemIoFailure
                if matches!(extended_code, ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS) =>
            {
                StoreError::Damaged(what)
            }
            _ => StoreError::Io(what),
        },
        // A column that is not what the tables were made with.
        Error::FromSqlConversionFailure(..) | Error::InvalidColumnType(..) | Error::IntegralValueOutOfRange(..) => {
            StoreError::Damaged(what)
        }
        _ => StoreError::Io(what),
    }
}

/// The system's words.
pub(super) fn system(error: io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full,
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => StoreError::ReadOnly,
        io::ErrorKind::WouldBlock => StoreError::InUse,
        _ => StoreError::Io(error.to_string()),
    }
}
