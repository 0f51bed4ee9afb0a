//! What was erased, as a file of ids of nobody: kept apart from backups, and given to a notebook that an older one brought
//! back. Written for ever: a first line that says what it is, then an id a line.

use std::collections::BTreeSet;

use maillon_shared::api::errors::FileProblem;
use maillon_shared::domain::ids::DocId;

/// The first line.
const HEAD: &str = "maillon erased 1";
/// A line a document: no notebook erases more.
const LONGEST_FILE_BYTES: usize = 64 << 20;

/// The file.
pub fn write<'a>(ids: impl IntoIterator<Item = &'a DocId>) -> Vec<u8> {
    let mut text = format!("{HEAD}\n");
    for id in ids {
        text.push_str(&id.to_string());
        text.push('\n');
    }
    text.into_bytes()
}

/// What such a file says: all of it, or nothing where a line is none.
pub fn read(file: &[u8]) -> Result<BTreeSet<DocId>, FileProblem> {
    match file.len() {
        0 => return Err(FileProblem::Empty),
        1..=LONGEST_FILE_BYTES => {}
        _ => return Err(FileProblem::TooLarge),
    }
    let text = std::str::from_utf8(file).map_err(|_| FileProblem::UnknownKind)?;
    let mut lines = text.lines().map(str::trim_end);
    if lines.next() != Some(HEAD) {
        return Err(FileProblem::UnknownKind);
    }
    let ids: Option<_> = lines.filter(|line| !line.is_empty()).map(DocId::parse).collect();
    ids.ok_or(FileProblem::Damaged)
}

/// For fuzzing: any bytes are read or refused, and what is read is written and read again the same.
pub fn fuzz_one(bytes: &[u8]) {
    if let Ok(ids) = read(bytes) {
        assert_eq!(read(&write(&ids)), Ok(ids));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_a_spoilt_line_refuses_all() {
        let ids = BTreeSet::from([DocId([1; 16]), DocId([2; 16])]);
        assert_eq!(read(&write(&ids)), Ok(ids.clone()));
        assert_eq!(read(&write(&BTreeSet::new())), Ok(BTreeSet::new()));
        assert_eq!(read(b""), Err(FileProblem::Empty));
        assert_eq!(read(b"nom;type\n"), Err(FileProblem::UnknownKind));
        assert_eq!(read(&[write(&ids).as_slice(), b"Odette\n"].concat()), Err(FileProblem::Damaged));
    }
}
