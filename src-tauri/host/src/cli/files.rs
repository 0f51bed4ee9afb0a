//! Files in, files out. What comes out of a notebook is for its owner's eyes, and is on the disk when it is said to be.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use super::problem::Problem;

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    fs::read(path).map_err(|error| Problem::Unreadable(path.to_owned(), error))
}

/// The text of a file.
pub(super) fn read_text(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path).map_err(|error| Problem::Unreadable(path.to_owned(), error))
}

/// The text of standard input.
pub(super) fn read_input() -> Result<String, Problem> {
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text).map_err(Problem::Input)?;
    Ok(text)
}

/// Writes a new file and reads it back. A file that is there is never written over; one half written is taken away.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let failed = |error| Problem::Unwritable(path.to_owned(), error);
    let mut file = for_the_owner_alone().open(path).map_err(failed)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| sync_folder_of(path));
    let written = match written {
        Ok(()) if fs::read(path).is_ok_and(|back| back == bytes) => Ok(()),
        Ok(()) => Err(Problem::WrittenOtherwise(path.to_owned())),
        Err(error) => Err(failed(error)),
    };
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

fn for_the_owner_alone() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A new file's name is in its folder: it too has to reach the disk.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
