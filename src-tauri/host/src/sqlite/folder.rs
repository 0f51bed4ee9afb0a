//! The folder of a notebook: made for one user, locked for one program.
//!
//! ```text
//! notebook.db       everything, sealed
//! notebook.db-wal   what was committed and is not yet in the file; both go together when a folder is copied
//! lock              held by the program that has the notebook open; empty
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use maillon_engine::store::StoreError;

use super::errors::system;

const DATABASE: &str = "notebook.db";
const LOG: &str = "notebook.db-wal";
const LOCK: &str = "lock";
/// How often, and after how long, a lock is asked for again: a window that is just closing still holds it, and so does,
/// for an instant, any process that this program is starting.
const TRIES: u32 = 15;
const PAUSE: Duration = Duration::from_millis(20);

/// A folder held by this program until dropped.
#[derive(Debug)]
pub(super) struct Folder {
    dir: PathBuf,
    /// The system lets the lock go with the file, however the program ends.
    _lock: File,
}

impl Folder {
    /// Where the database of a folder is.
    pub(super) fn database_of(dir: &Path) -> PathBuf {
        dir.join(DATABASE)
    }

    /// Makes the folder where there is none, then holds it.
    pub(super) fn make(dir: &Path) -> Result<Self, StoreError> {
        if !dir.is_dir() {
            private_dir(dir).map_err(system)?;
            if let Some(parent) = dir.parent() {
                sync_dir(parent).map_err(system)?;
            }
        }
        Self::lock(dir)
    }

    /// Holds a folder that is there.
    pub(super) fn lock(dir: &Path) -> Result<Self, StoreError> {
        let lock = private_file().create(true).truncate(false).open(dir.join(LOCK)).map_err(system)?;
        let mut tries = TRIES;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Folder { dir: dir.to_owned(), _lock: lock }),
                Err(TryLockError::WouldBlock) if tries > 0 => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(StoreError::InUse),
                Err(TryLockError::Error(error)) => return Err(system(error)),
            }
            tries -= 1;
        }
    }

    /// Makes the database's file, empty: SQLite would let others read it, and gives the log the file's rights.
    pub(super) fn make_database(&self) -> Result<(), StoreError> {
        match private_file().create_new(true).open(self.database()) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(system(error)),
        }
    }

    /// Where the database is.
    pub(super) fn database(&self) -> PathBuf {
        Self::database_of(&self.dir)
    }

    /// Makes the names in the folder survive a power cut; SQLite does it for its log only.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        sync_dir(&self.dir).map_err(system)
    }

    /// What the files weigh.
    pub(super) fn bytes(&self) -> Result<u64, StoreError> {
        let mut bytes = 0;
        for name in [DATABASE, LOG] {
            match fs::metadata(self.dir.join(name)) {
                Ok(file) => bytes += file.len(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(system(error)),
            }
        }
        Ok(bytes)
    }
}

#[cfg(unix)]
fn private_dir(dir: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

#[cfg(not(unix))]
fn private_dir(dir: &Path) -> io::Result<()> {
    // A user's own folders are closed to others there.
    DirBuilder::new().recursive(true).create(dir)
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

#[cfg(unix)]
fn sync_dir(dir: &Path) -> io::Result<()> {
    let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
    File::open(dir)?.sync_all()
}

#[cfg(not(unix))]
fn sync_dir(_: &Path) -> io::Result<()> {
    // Windows opens no folder as a file, and writes its names with the files.
    Ok(())
}
