//! Archives, as spreadsheets are kept in: one file of it at a time, unfolded up to a limit.
//!
//! What an archive says of sizes is never believed: each file is cut where the limit is, whatever it unfolds to.

use std::io::Read as _;

use flate2::read::DeflateDecoder;

use crate::exchange::table::TableError;

/// The most that all files read of one archive unfold to.
pub(super) const MAX_UNFOLDED_BYTES: usize = 128 << 20;
/// The most files in an archive.
const MAX_FILES: usize = 10_000;

const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const LONGEST_COMMENT: usize = 65_535;
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_BYTES: usize = 46;
const LOCAL: &[u8] = b"PK\x03\x04";
const LOCAL_BYTES: usize = 30;

/// An archive.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    files: Vec<Entry>,
    /// How much more may be unfolded.
    left: usize,
}

struct Entry {
    name: Vec<u8>,
    is_locked: bool,
    method: u16,
    folded_bytes: usize,
    at: usize,
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(length)?)?;
    Some(digits.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// Whether bytes begin as an archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(LOCAL) || bytes.starts_with(END)
}

impl<'a> Archive<'a> {
    /// Reads the list of files at its end.
    pub fn read(bytes: &'a [u8]) -> Result<Self, TableError> {
        let files = list(bytes).ok_or(TableError::Damaged)?;
        Ok(Archive { bytes, files, left: MAX_UNFOLDED_BYTES })
    }

    /// Whether a file is in it.
    pub fn has(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.name == name.as_bytes())
    }

    /// A file, unfolded; nothing where it is not there.
    pub fn file(&mut self, name: &str) -> Result<Option<Vec<u8>>, TableError> {
        let Some(file) = self.files.iter().find(|file| file.name == name.as_bytes()) else { return Ok(None) };
        if file.is_locked {
            return Err(TableError::UnknownKind);
        }
        let folded = folded(self.bytes, file).ok_or(TableError::Damaged)?;
        let unfolded = match file.method {
            0 if folded.len() > self.left => return Err(TableError::TooManyBytes),
            0 => folded.to_vec(),
            8 => {
                let mut unfolded = Vec::new();
                let mut reader = DeflateDecoder::new(folded).take(self.left as u64 + 1);
                reader.read_to_end(&mut unfolded).map_err(|_| TableError::Damaged)?;
                unfolded
            }
            _ => return Err(TableError::UnknownKind),
        };
        self.left = self.left.checked_sub(unfolded.len()).ok_or(TableError::TooManyBytes)?;
        Ok(Some(unfolded))
    }
}

fn list(bytes: &[u8]) -> Option<Vec<Entry>> {
    let from = bytes.len().saturating_sub(END_BYTES + LONGEST_COMMENT);
    let end = from + bytes.get(from..)?.windows(END.len()).rposition(|window| window == END)?;
    let (count, mut at) = (number(bytes, end + 10, 2)?, number(bytes, end + 16, 4)?);
    if count > MAX_FILES {
        return None;
    }
    let mut files = Vec::new();
    for _ in 0..count {
        let entry = bytes.get(at..at.checked_add(ENTRY_BYTES)?).filter(|entry| entry.starts_with(ENTRY))?;
        let [name, extra, comment] = [28, 30, 32].map(|place| number(entry, place, 2).unwrap_or_default());
        let name_at = at + ENTRY_BYTES;
        files.push(Entry {
            name: bytes.get(name_at..name_at + name)?.to_vec(),
            is_locked: number(entry, 8, 2)? & 1 == 1,
            method: number(entry, 10, 2)? as u16,
            folded_bytes: number(entry, 20, 4)?,
            at: number(entry, 42, 4)?,
        });
        at = name_at + name + extra + comment;
    }
    Some(files)
}

/// The bytes of a file as they are in the archive.
fn folded<'a>(bytes: &'a [u8], file: &Entry) -> Option<&'a [u8]> {
    let head = bytes.get(file.at..file.at.checked_add(LOCAL_BYTES)?).filter(|head| head.starts_with(LOCAL))?;
    let start = file.at + LOCAL_BYTES + number(head, 26, 2)? + number(head, 28, 2)?;
    bytes.get(start..start.checked_add(file.folded_bytes)?)
}
