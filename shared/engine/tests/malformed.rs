//! Files that are almost right: the corpus, cut, swapped, repeated and flipped some thousands of times, always the same.
//!
//! Nothing is expected of what is read but what `fuzz_one` checks, and that nothing panics. `MAILLON_FUZZ_ROUNDS` asks for
//! more than CI has time for, `MAILLON_SEED` for others.

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
    try_changed(&corpus(kind), tries, fuzz_one);
}

fn try_changed(files: &[Vec<u8>], tries: usize, fuzz_one: impl Fn(&[u8])) {
    let asked = |name| std::env::var(name).ok().map(|number| number.parse::<u64>().expect("a number"));
    let tries = asked("MAILLON_FUZZ_ROUNDS").map_or(tries, |rounds| rounds as usize);
    files.iter().for_each(|file| fuzz_one(file));
    let mut chance = Chance(0x6d61_696c_6c6f_6e21 ^ asked("MAILLON_SEED").unwrap_or(0));
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
    use maillon_engine::exchange::{csv, directory, people};
    try_malformed("csv", 4_000, |bytes| {
        csv::fuzz_one(bytes);
        directory::fuzz_one(bytes);
        people::fuzz_one(bytes);
    });
}

#[test]
fn malformed_addresses_never_panic() {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use maillon_engine::exchange::addresses;

    let base = "id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;nom_ancienne_commune;lon;lat;type_position;nom_ld\n\
        a;12;bis;Chemin des Oliviers;13999;13998;Roquebelle;;4.627183;43.676647;entrée;Les Gâts\n\
        b;99999;;\"Le Mas; en haut\";13999;13998;Roquebelle;Saint-Elzard;4.6;43.6;segment;\n";
    let own = "cle_interop,commune_insee,commune_nom,voie_nom,numero,suffixe,long,lat\n,2A004,Ajaccio,Cours Grandval,7,,8.7,41.9\n";
    let western: Vec<u8> = base.chars().map(|c| u32::from(c) as u8).collect();
    let mut folded = GzEncoder::new(Vec::new(), Compression::default());
    folded.write_all(base.as_bytes()).expect("in memory");
    let folded = folded.finish().expect("in memory");
    try_changed(&[base.into(), own.into(), western, folded], 4_000, addresses::fuzz_one);
}

#[test]
fn malformed_cards_never_panic() {
    use maillon_engine::exchange::{directory, vcard};
    try_malformed("vcard", 4_000, |bytes| {
        vcard::fuzz_one(bytes);
        directory::fuzz_one(bytes);
    });
}

#[test]
fn malformed_structures_and_services_never_panic() {
    try_malformed("data_inclusion", 4_000, maillon_engine::exchange::directory::fuzz_one);
}

#[test]
fn malformed_headers_seals_and_words_never_panic() {
    use maillon_engine::vault;
    let frozen = include_str!("fixtures/vault-1.txt");
    let hex = frozen.split(|c: char| !c.is_ascii_hexdigit()).filter(|word| word.len() >= 64 && word.len() % 2 == 0);
    let unhex = |word: &str| {
        (0..word.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&word[at..at + 2], 16).expect("hex"))
            .collect::<Vec<u8>>()
    };
    let mut files: Vec<_> = hex.map(unhex).collect();
    assert!(!files.is_empty(), "the frozen notebook has bytes");
    files.push("abaisser abandon abdiquer abeille abolir aborder aboutir aboyer abrasif abreuver".into());
    try_changed(&files, 4_000, |bytes| {
        vault::header::fuzz_one(bytes);
        vault::seal::fuzz_one(bytes);
        vault::words::fuzz_one(bytes);
    });
}

#[test]
fn malformed_frames_and_acts_never_panic() {
    use maillon_engine::journal::{self, Document, Header, Kind, records};
    use maillon_shared::domain::ids::{DocId, LineId};
    use maillon_shared::domain::person::{PersonChange, PersonField, RelatedField};
    use maillon_shared::domain::time::Instant;

    let mut sheet = Document::new(Header::new(DocId([1; 16]), Kind::Person, None, 0), [2; 16]).expect("a sheet");
    let mut files = vec![sheet.header.to_bytes()];
    for number in 0..12_u8 {
        let before = sheet.heads();
        let changes = [
            PersonChange::Text(PersonField::Approach, format!("sonner {number} fois, puis attendre au portail")),
            PersonChange::Related(LineId([number % 3; 16]), RelatedField::Name, "une voisine".repeat(number.into())),
        ];
        for change in &changes {
            records::person::write(&mut sheet, change).expect("written");
        }
        sheet.commit(Instant { utc_ms: 1_000 * i64::from(number), offset_min: 120 });
        files.push(sheet.frame_since(&before));
    }
    files.push(sheet.frame_since(&Vec::new()));
    try_changed(&files, 6_000, journal::fuzz_one);
}

#[test]
fn malformed_lists_of_what_was_erased_never_panic() {
    use maillon_engine::exchange::erased_ids;
    use maillon_shared::domain::ids::DocId;

    let files = [vec![], vec![DocId([1; 16])], vec![DocId([2; 16]), DocId([0xff; 16])]];
    try_changed(&files.map(|ids| erased_ids::write(&ids)), 4_000, erased_ids::fuzz_one);
}

#[test]
fn malformed_requests_are_not_understood_and_never_panic() {
    use maillon_shared::api::requests::{Request, Secret};
    use maillon_shared::api::{decode, encode};
    use maillon_shared::domain::ids::PersonId;
    use maillon_shared::domain::person::{PersonChange, PersonField};

    let changes = vec![PersonChange::Text(PersonField::FamilyName, "Marchais".into())];
    let files = [
        encode(&Request::Unlock(Secret::Passphrase("trois lampes".into()))),
        encode(&Request::CreatePerson { id: PersonId([7; 16]), changes, draft: None }),
        encode(&Request::Search { text: "odete".into(), limit: 20 }),
    ];
    try_changed(&files, 6_000, |bytes| {
        if let Some(request) = decode::<Request>(bytes) {
            assert!(decode(&encode(&request)) == Some(request), "what is understood is understood again");
        }
    });
}
