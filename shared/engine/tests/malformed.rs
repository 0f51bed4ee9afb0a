//! Files that are almost right: the corpus, cut, swapped, repeated and flipped some thousands of times, always the same.
//!
//! Nothing is expected of what is read but what `fuzz_one` checks, and that nothing panics.

use std::fs;
use std::path::Path;

/// A generator of numbers, the same at each run (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize
    }

    fn below(&mut self, end: usize) -> usize {
        self.next() % end.max(1)
    }
}

/// What breaks parsers, more often than chance would find it.
const SHARP: [&[u8]; 16] = [
    b"\"",
    b";",
    b",",
    b":",
    b"\r",
    b"\n",
    b"\n ",
    b"\\",
    b"=",
    b"=\r\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"BEGIN:VCARD\n",
    b"END:VCARD\n",
];

fn corpus(kind: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(kind);
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the corpus").map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(files.len() >= 4, "the corpus of {kind} is there");
    files.iter().map(|file| fs::read(file).expect("a file")).collect()
}

fn mutate(bytes: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    match chance.below(6) {
        0 => bytes.truncate(at),
        1 => {
            let until = (at + chance.below(20)).min(bytes.len());
            bytes.drain(at..until);
        }
        2 => {
            let sharp = SHARP[chance.below(SHARP.len())];
            bytes.splice(at..at, sharp.iter().copied());
        }
        3 => {
            let until = (at + chance.below(40)).min(bytes.len());
            let piece = bytes[at..until].to_vec();
            let to = chance.below(bytes.len() + 1);
            bytes.splice(to..to, piece);
        }
        4 => {
            let from = chance.below(other.len());
            let until = (from + chance.below(60)).min(other.len());
            bytes.splice(at..at, other[from..until].iter().copied());
        }
        _ if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        _ => {}
    }
}

/// Tries the corpus as it is, then changed more and more.
fn try_malformed(kind: &str, tries: usize, fuzz_one: impl Fn(&[u8])) {
    let files = corpus(kind);
    files.iter().for_each(|file| fuzz_one(file));
    let mut chance = Chance(0x6d61_696c_6c6f_6e21);
    for _ in 0..tries {
        let mut bytes = files[chance.below(files.len())].clone();
        for _ in 0..1 + chance.below(6) {
            let other = chance.below(files.len());
            mutate(&mut bytes, &files[other], &mut chance);
        }
        fuzz_one(&bytes);
    }
}

#[test]
fn malformed_tables_never_panic() {
    use maillon_engine::exchange::{csv, directory};
    try_malformed("csv", 4_000, |bytes| {
        csv::fuzz_one(bytes);
        directory::fuzz_one(bytes);
    });
}

#[test]
fn malformed_cards_never_panic() {
    use maillon_engine::exchange::{directory, vcard};
    try_malformed("vcard", 4_000, |bytes| {
        vcard::fuzz_one(bytes);
        directory::fuzz_one(bytes);
    });
}
