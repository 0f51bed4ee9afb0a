//! What a test user's folders tell to whoever opens them without a key.
//!
//! A marker is searched for in every byte that the program can have written, as UTF-8, UTF-16LE and Latin-1, as it lies
//! there and unpacked from gzip and zlib. (Snappy and LZ4, which browsers' stores use, leave what is random as it is.)

use std::io::Read as _;
use std::path::Path;

use memchr::memmem;

use super::{Home, Told};

/// What every marker of a run begins with: half a marker is enough to be found, as a block may cut the rest.
#[derive(Clone, Debug)]
pub struct Marker {
    start: String,
    count: u32,
}

/// How long each marker is, and how long what they share.
const CHARS: usize = 32;
const SHARED_CHARS: usize = 16;
/// What is packed is unpacked up to so much: enough for a page or a log, too little for a bomb.
const UNPACKED_BYTES: u64 = 4 << 20;

impl Marker {
    /// Markers that nobody has ever typed. The accents tell UTF-8 from Latin-1.
    pub fn new() -> Self {
        let mut bytes = [0; SHARED_CHARS - 2];
        getrandom::fill(&mut bytes).unwrap_or_else(|error| panic!("no chance to be had: {error}"));
        let letters: String = bytes.iter().map(|byte| char::from(b'a' + byte % 26)).collect();
        let (left, right) = letters.split_at(letters.len() / 2);
        Marker { start: format!("é{left}é{right}"), count: 0 }
    }

    /// The next one: 32 characters, told apart from the others by their end.
    pub fn another(&mut self) -> String {
        self.count += 1;
        let rest = CHARS - SHARED_CHARS;
        format!("{}{:x>rest$}", self.start, self.count)
    }

    /// How many were typed.
    pub fn typed(&self) -> u32 {
        self.count
    }

    /// Where any of them can be read: the file, the writing, and what follows there.
    pub fn readable(&self, home: &Home) -> Told<Vec<String>> {
        readable(home, &self.start)
    }
}

impl Default for Marker {
    fn default() -> Self {
        Self::new()
    }
}

/// Where some words can be read in a user's folders.
pub fn readable(home: &Home, words: &str) -> Told<Vec<String>> {
    let mut found = Vec::new();
    for folder in home.written() {
        read_folder(&folder, &writings(words), &mut found)?;
    }
    Ok(found)
}

fn writings(words: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut writings = vec![
        ("UTF-8", words.as_bytes().to_vec()),
        ("UTF-16LE", words.encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ];
    if let Ok(latin1) = words.chars().map(|sign| u8::try_from(u32::from(sign))).collect() {
        writings.push(("Latin-1", latin1));
    }
    writings
}

fn read_folder(folder: &Path, writings: &[(&'static str, Vec<u8>)], found: &mut Vec<String>) -> Told {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // A name is read by more people than a file.
        read_bytes("the name of", &path, path.as_os_str().as_encoded_bytes(), writings, found);
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read_folder(&path, writings, found)?;
        } else if kind.is_file() {
            // A program that is ending may take a file away meanwhile.
            let Ok(bytes) = std::fs::read(&path) else { continue };
            read_bytes("", &path, &bytes, writings, found);
            for unpacked in unpack(&bytes) {
                read_bytes("unpacked,", &path, &unpacked, writings, found);
            }
        }
    }
    Ok(())
}

fn read_bytes(how: &str, path: &Path, bytes: &[u8], writings: &[(&'static str, Vec<u8>)], found: &mut Vec<String>) {
    for (writing, words) in writings {
        for at in memmem::find_iter(bytes, words) {
            let around = &bytes[at.saturating_sub(40)..(at + 80).min(bytes.len())];
            found.push(format!(
                "{how} {} at {at}, {writing}: {}",
                path.display(),
                String::from_utf8_lossy(around).escape_debug()
            ));
        }
    }
}

/// Everything in these bytes that unpacks.
fn unpack(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut unpacked = Vec::new();
    let mut keep = |reader: &mut dyn std::io::Read| {
        let mut whole = Vec::new();
        // What came out before an error is read too.
        let _ = reader.take(UNPACKED_BYTES).read_to_end(&mut whole);
        if whole.len() >= SHARED_CHARS {
            unpacked.push(whole);
        }
    };
    for at in memmem::find_iter(bytes, b"\x1f\x8b\x08") {
        keep(&mut flate2::read::GzDecoder::new(&bytes[at..]));
    }
    for second in [0x01, 0x5e, 0x9c, 0xda] {
        for at in memmem::find_iter(bytes, &[0x78, second]) {
            keep(&mut flate2::read::ZlibDecoder::new(&bytes[at..]));
        }
    }
    unpacked
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_marker_is_as_long_as_it_should_be_and_no_two_are_the_same() {
        let mut marker = Marker::new();
        let (first, second) = (marker.another(), marker.another());
        assert_eq!((first.chars().count(), second.chars().count()), (CHARS, CHARS));
        assert_ne!(first, second);
        assert_ne!(Marker::new().another(), first);
    }

    #[test]
    fn whatever_is_written_in_the_open_is_found() {
        let home = Home::new().unwrap();
        let mut marker = Marker::new();
        let typed = marker.another();
        assert!(marker.readable(&home).unwrap().is_empty());
        let mut packed = flate2::write::ZlibEncoder::new(b"before".to_vec(), flate2::Compression::best());
        packed.write_all(format!("{{\"name\": \"{typed}\"}}").repeat(3).as_bytes()).unwrap();
        let mut zipped = flate2::write::GzEncoder::new(b"\x1f\x8b".to_vec(), flate2::Compression::best());
        zipped.write_all(typed.as_bytes()).unwrap();
        let writings = writings(&typed);
        let files = [
            ("utf-8", writings[0].1.clone()),
            ("utf-16", writings[1].1.clone()),
            ("latin-1", writings[2].1.clone()),
            ("zlib", packed.finish().unwrap()),
            ("gzip", zipped.finish().unwrap()),
        ];
        for (name, bytes) in files {
            let folder = home.tmp().join("deep");
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join(name), bytes).unwrap();
            let found = marker.readable(&home).unwrap();
            assert!(!found.is_empty() && found.iter().all(|line| line.contains(name)), "{name}: {found:?}");
            std::fs::remove_file(folder.join(name)).unwrap();
        }
        std::fs::write(home.profile().join(format!("{typed}.csv")), b"").unwrap();
        assert!(!marker.readable(&home).unwrap().is_empty());
    }
}
