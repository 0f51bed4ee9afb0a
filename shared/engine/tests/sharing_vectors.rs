//! The bytes of the sharing format, as they are for ever: what `FORMAT.md` says, in a scope that is the same each time.
//!
//! `read.py` reads the same file with nothing of ours. To write the file anew, when a format is *added*:
//! `MAILLON_WRITE_VECTORS=1 cargo test -p maillon-engine --test all vectors`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use maillon_engine::ambient::{Ambient, StretchError, random_array};
use maillon_engine::sharing::epoch::Use;
use maillon_engine::sharing::frame::{open_frame, seal_frame};
use maillon_engine::sharing::membership::{GROUPS, Newcomer};
use maillon_engine::sharing::pack::Frame;
use maillon_engine::sharing::replica::Prepared;
use maillon_engine::sharing::{DeviceSecret, Replica};
use maillon_engine::vault::{DocumentKey, StretchParams, Stretched};
use maillon_engine::{sharing, vault};
use maillon_shared::domain::ids::DocId;
use maillon_shared::domain::time::Instant;
use sha2::{Digest, Sha256};

const WORDS: [u8; 32] = [42; 32];

/// Blocks of the hash of a counter: any language draws the same.
struct Drawn(u64);

impl Ambient for Drawn {
    type Folder = maillon_engine::link::NoFolder;

    fn now(&self) -> Instant {
        Instant::default()
    }

    fn random(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            chunk.copy_from_slice(&Sha256::digest(self.0.to_be_bytes())[..chunk.len()]);
            self.0 += 1;
        }
    }

    async fn stretch(&mut self, _: &[u8], _: &StretchParams) -> Result<Stretched, StretchError> {
        unreachable!("nothing is stretched here")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Nadine's scope: her phone comes in, a neighbour comes in and leaves, the words take over; a pack before and one after.
fn vectors() -> Vec<(&'static str, Vec<u8>)> {
    let chance = &mut Drawn(1);
    let secrets: Vec<[u8; 32]> = (0..3).map(|_| random_array(chance)).collect();
    let [mut nadine, mut phone, neighbour] = [0, 1, 2].map(|n: usize| DeviceSecret::from_bytes(secrets[n]));
    let mut out = vec![
        ("words", WORDS.to_vec()),
        ("secret of nadine", secrets[0].to_vec()),
        ("card of nadine", nadine.card().to_bytes()),
        ("device id of nadine", nadine.card().id().0.to_vec()),
    ];
    let newcomer = |secret: &DeviceSecret, name: &str, until: &str| Newcomer {
        card: secret.card(),
        name: name.into(),
        until: until.into(),
    };
    let prepared = Prepared::of(&WORDS, chance);
    let mut scope = Replica::create(nadine.clone(), 2, prepared, "Le portable de Nadine", chance);
    out.push(("scope id", scope.scope().0.to_vec()));
    scope.add(newcomer(&phone, "Son téléphone", ""), chance).unwrap();
    scope.add(newcomer(&neighbour, "La voisine", "2026-12-31"), chance).unwrap();
    let key = DocumentKey::random(chance);
    let document = DocId([0xd0; 16]);
    let epoch = scope.epoch_key().unwrap().clone();
    out.push(("key id of the first epoch", scope.members().epoch.0.to_vec()));
    let text = "Une première phrase, écrite dans une cuisine.".as_bytes();
    let bytes = seal_frame(scope.scope(), document, &key, Some(&epoch), text, chance);
    assert_eq!(open_frame(scope.scope(), document, None, Some(&epoch), &bytes).unwrap().frame, text);
    let at = Instant { utc_ms: 1_795_000_000_123, offset_min: 60 };
    let first = scope.write(vec![Frame { document, bytes, heads: vec![[0xaa; 32]] }], at).unwrap();
    out.push(("document id", document.0.to_vec()));
    out.push(("frame", text.to_vec()));
    out.push(("sealed pack of the first epoch", scope.sealed_pack(first, chance).unwrap()));
    scope.remove(&[neighbour.card().id()], chance).unwrap();
    let second = scope.write(Vec::new(), Instant { utc_ms: -1, offset_min: -240 }).unwrap();
    let mut other = Replica::join(phone.clone(), scope.all_records()).unwrap();
    for id in [first, second] {
        other.take_pack(&scope.sealed_pack(id, chance).unwrap());
    }
    other.to_merge();
    let head = other.members().head;
    other.take_over(&WORDS, "Son téléphone", &[nadine.card().id()], head, chance).unwrap();
    let third = other.write(Vec::new(), at).unwrap();
    out.push(("pack of the phone", other.pack(third).unwrap().to_bytes()));
    out.push(("secret of the phone", secrets[1].to_vec()));
    let names = ["create", "add the phone", "add the neighbour", "remove the neighbour", "take over"];
    for (name, record) in names.into_iter().zip(other.all_records()) {
        out.push((name, record.as_bytes().to_vec()));
    }
    out.push(("sealed take over", other.sealed_record(other.members().head, chance).unwrap()));
    out.push(("have", other.have().to_bytes()));
    let uses = [Use::Packs, Use::Records, Use::Documents, Use::Previous];
    out.push(("key ids of the first epoch", uses.iter().flat_map(|usage| epoch.derive(*usage).id().0).collect()));
    out.extend(group_vectors(chance));
    // Forgotten as they would be.
    (nadine, phone) = (DeviceSecret::from_bytes([0; 32]), DeviceSecret::from_bytes([0; 32]));
    drop((nadine, phone));
    out
}

/// A group of three, in which the second comes to administer with the third's agreement.
fn group_vectors(chance: &mut Drawn) -> Vec<(&'static str, Vec<u8>)> {
    let [aude, claire, bernard] = [0, 1, 2].map(|_| DeviceSecret::from_bytes(random_array(chance)));
    let prepared = Prepared::of(&WORDS, chance);
    let mut group = Replica::create(aude, GROUPS, prepared, "Aude", chance);
    for (secret, name) in [(&claire, "Claire"), (&bernard, "Bernard")] {
        group.add(Newcomer { card: secret.card(), name: name.into(), until: String::new() }, chance).unwrap();
    }
    let [mut claires, bernards] = [claire, bernard].map(|secret| Replica::join(secret, group.all_records()).unwrap());
    claires.succeed(bernards.agree(claires.device())).unwrap();
    let names = ["create the group", "add claire", "add bernard", "succeed"];
    let records = claires.all_records();
    names.into_iter().zip(records).map(|(name, record)| (name, record.as_bytes().to_vec())).collect()
}

fn file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sharing_vectors/1.txt")
}

#[test]
fn the_bytes_are_those_of_always() {
    let written = vectors().iter().fold(String::new(), |mut text, (name, bytes)| {
        let _ = writeln!(text, "{name}: {}", hex(bytes));
        text
    });
    if std::env::var_os("MAILLON_WRITE_VECTORS").is_some() {
        std::fs::write(file(), &written).unwrap();
    }
    let committed = std::fs::read_to_string(file()).unwrap();
    for (line, expected) in written.lines().zip(committed.lines()) {
        assert_eq!(line, expected);
    }
    assert_eq!(written.lines().count(), committed.lines().count());
}

/// Another program, in another language, with its own ciphers, reads what we write.
#[test]
fn another_program_reads_them() {
    let reader = file().with_file_name("read.py");
    let output = match Command::new("python3").arg(&reader).arg(file()).output() {
        Ok(output) => output,
        Err(_) if std::env::var_os("CI").is_none() => return,
        Err(error) => panic!("python3: {error}"),
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("Une première phrase, écrite dans une cuisine."), "{said}");
}

/// A few thousand spoilt copies of each: nothing panics, and nothing but what was written is read.
#[test]
fn spoilt_bytes_never_make_a_parser_panic() {
    let corpus = vectors();
    let rounds: u64 = std::env::var("MAILLON_FUZZ_ROUNDS").map_or(6_000, |rounds| rounds.parse().unwrap());
    let mut state = 1_u64;
    let mut below = move |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % limit.max(1) as u64) as usize
    };
    for _ in 0..rounds {
        let mut bytes = corpus[below(corpus.len())].1.clone();
        for _ in 0..=below(3) {
            let at = below(bytes.len());
            match below(5) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, below(256) as u8),
                2 if at < bytes.len() => bytes[at] = 0xff,
                3 if at < bytes.len() => drop(bytes.remove(at)),
                _ if at < bytes.len() => bytes[at] ^= 1 << below(8),
                _ => {}
            }
        }
        sharing::fuzz_one(&bytes);
        vault::seal::fuzz_one(&bytes);
    }
}
