//! The parsers of what a disk, a stick or a keyboard gives, fed with spoilt bytes: none may panic.
//!
//! A seeded mutator over the frozen notebooks, so that a failure can be had again. `MAILLON_FUZZ_ROUNDS` asks for more
//! than CI has time for, `MAILLON_SEED` for others; a coverage-guided fuzzer can call the same functions.
#![allow(clippy::unwrap_used, reason = "tests")]

use maillon_engine::vault::{header, seal, words};
use maillon_engine::{backup, vault};

const ROUNDS_IN_CI: u64 = 4_000;

/// SplitMix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
    }

    /// A few of the accidents that happen to bytes.
    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let length = 1 + self.below(16);
            let end = (at + length).min(bytes.len());
            match self.below(8) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let copied = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, copied);
                }
                // Lengths that lie.
                3 => bytes[at..end].fill(0xff),
                4 => bytes[at..end].fill(0),
                5 => bytes.insert(at, self.below(256) as u8),
                _ if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                _ => {}
            }
        }
    }
}

fn fuzz(name: &str, corpus: &[Vec<u8>], parser: fn(&[u8])) {
    let rounds: u64 = std::env::var("MAILLON_FUZZ_ROUNDS").ok().map_or(ROUNDS_IN_CI, |rounds| rounds.parse().unwrap());
    let first = std::env::var("MAILLON_SEED").map_or(0, |seed| seed.parse::<u64>().unwrap() << 32);
    for seed in first..first + rounds {
        let mut chance = Chance(seed);
        let mut bytes = corpus[chance.below(corpus.len())].clone();
        chance.spoil(&mut bytes);
        let done = std::panic::catch_unwind(|| parser(&bytes));
        assert!(done.is_ok(), "{name}, seed {seed}: {bytes:02x?}");
    }
}

fn frozen(name: &str) -> Vec<u8> {
    let text = include_str!("fixtures/vault-1.txt");
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = ")).unwrap();
    let digits = value.as_bytes();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[test]
fn spoilt_headers() {
    fuzz("header", &[frozen("Meta/header")], header::fuzz_one);
}

#[test]
fn spoilt_seals() {
    let corpus = ["Meta/keyring-key", "Keyring/document", "Frames/document/1", "Views/document"].map(frozen);
    fuzz("seal", &corpus, seal::fuzz_one);
}

#[test]
fn spoilt_backups() {
    fuzz("backup", &[include_bytes!("fixtures/backup-1.maillon").to_vec()], backup::fuzz_one);
}

#[test]
fn mistyped_words() {
    let text = include_str!("fixtures/vault-1.txt");
    let words = text.lines().find_map(|line| line.strip_prefix("words = ")).unwrap();
    assert!(vault::Words::parse(words).is_ok());
    fuzz("words", &[words.into(), words.to_uppercase().into(), "académie".into()], words::fuzz_one);
}
