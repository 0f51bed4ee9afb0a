//! Files go out here: the screens make the bytes, this puts them in the user's downloads folder.
//!
//! It never overwrites, never leaves the folder, and gives the file to its owner alone: an export
//! may hold names.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use tauri::ipc::Request;
use tauri::{AppHandle, Manager as _};

use crate::door::bytes_of;

/// The request's header that carries the suggested name, percent-encoded UTF-8.
const NAME: &str = "maillon-name";
/// Longer names are cut: some disks refuse more than 255 bytes.
const NAME_CHARS: usize = 100;
/// After so many files of one name, something is wrong.
const SAME_NAME: usize = 1000;

/// Saves the body's bytes under the suggested name and answers with the path, for the screen to show.
#[tauri::command]
pub async fn save_file(app: AppHandle, request: Request<'_>) -> Result<String, String> {
    let bytes = bytes_of(request.body()).ok_or("a file is made of bytes")?;
    let suggested = request.headers().get(NAME).and_then(|name| name.to_str().ok()).unwrap_or_default();
    let suggested = percent_decode_str(suggested).decode_utf8_lossy();
    let folder = match app.path().download_dir() {
        Ok(folder) => folder,
        // A desktop that names no such folder: the usual place.
        Err(_) => app.path().home_dir().map_err(|error| error.to_string())?.join("Downloads"),
    };
    save(&folder, &suggested, &bytes).map(|path| path.display().to_string()).map_err(|error| error.to_string())
}

fn save(folder: &Path, suggested: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let name = plain_name(suggested);
    for count in 1..=SAME_NAME {
        let path = folder.join(numbered(&name, count));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(file) => {
                return match write_whole(file, bytes) {
                    Ok(()) => Ok(path),
                    Err(error) => {
                        // Half a file must not pass for the whole one.
                        let _ = std::fs::remove_file(&path);
                        Err(error)
                    }
                };
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn write_whole(mut file: File, bytes: &[u8]) -> std::io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// A name and nothing more: no folder, no hidden file, no sign that a disk refuses.
fn plain_name(suggested: &str) -> String {
    let name: String = suggested
        .chars()
        .map(|sign| match sign {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            sign if sign.is_control() => '-',
            sign => sign,
        })
        .collect();
    let name = name.trim_matches(|sign: char| sign == '.' || sign.is_whitespace());
    if name.is_empty() {
        return "maillon".into();
    }
    let (stem, extension) = parts(name);
    let room = NAME_CHARS.saturating_sub(extension.chars().count());
    stem.chars().take(room).chain(extension.chars()).collect()
}

/// `liste.csv`, then `liste (2).csv`.
fn numbered(name: &str, count: usize) -> String {
    if count == 1 {
        return name.to_owned();
    }
    let (stem, extension) = parts(name);
    format!("{stem} ({count}){extension}")
}

/// What stands before the extension, and the extension with its dot (none if it is too long to be one).
fn parts(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= 12 => name.split_at(dot),
        _ => (name, ""),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot write has failed")]
    use super::*;

    #[test]
    fn a_second_export_never_overwrites_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = save(folder.path(), "annuaire.csv", b"un").unwrap();
        let second = save(folder.path(), "annuaire.csv", b"deux").unwrap();
        assert_eq!(second.file_name().unwrap(), "annuaire (2).csv");
        assert_eq!(std::fs::read(first).unwrap(), b"un");
        assert_eq!(std::fs::read(second).unwrap(), b"deux");
    }

    #[cfg(unix)]
    #[test]
    fn an_export_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = save(folder.path(), "annuaire.csv", b"un").unwrap();
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_name_never_leaves_the_folder() {
        for (suggested, expected) in [
            ("annuaire 2026.csv", "annuaire 2026.csv"),
            ("../../.bashrc", "-..-.bashrc"),
            ("C:\\carnet\u{0}.ods", "C--carnet-.ods"),
            (" . ", "maillon"),
            ("", "maillon"),
        ] {
            assert_eq!(plain_name(suggested), expected, "{suggested:?}");
        }
        let long = plain_name(&format!("{}.json", "é".repeat(300)));
        assert_eq!(long.chars().count(), NAME_CHARS);
        assert!(long.ends_with("é.json"));
    }
}
