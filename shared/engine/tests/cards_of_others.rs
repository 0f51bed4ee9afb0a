//! Cards that other programs wrote: each comes in with all that the directory has a field for, goes back out so that our
//! reader and theirs find it again, and what no field holds survives.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use maillon_engine::exchange::directory::{DirectoryLine, Source, write_cards};
use maillon_engine::exchange::vcard::{self, Version};
use maillon_shared::domain::directory::{DirectoryEntry, EntryKind};
use maillon_shared::domain::ids::{EntryId, LineId};

const OF_OTHERS: [&str; 10] = [
    "ez-vcard-4.0",
    "ez-vcard-3.0",
    "ez-vcard-2.1",
    "ez-vcard-2.1-latin1",
    "vobject-3.0",
    "khard-4.0",
    "vcf-2.1",
    "vcf-3.0",
    "vcf-4.0",
    "vcards-js-3.0",
];

fn card(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/vcard");
    fs::read(folder.join(format!("{name}.vcf"))).unwrap()
}

fn entries(file: &[u8]) -> Vec<DirectoryEntry> {
    let lines = Source::read(file).unwrap().lines(&[]);
    let mut number = 0;
    let mut entry = |line: DirectoryLine| {
        number += 1;
        let mut part = 0;
        line.to_entry(EntryId([number; 16]), || {
            part += 1;
            LineId([part; 16])
        })
    };
    lines.into_iter().map(|line| entry(line.unwrap())).collect()
}

#[test]
fn the_same_nurse_comes_in_whole_whoever_wrote_her_card() {
    for name in OF_OTHERS {
        let nurse = entries(&card(name)).remove(0);
        assert_eq!(nurse.kind, EntryKind::Professional, "{name}");
        assert_eq!((nurse.given_name.as_str(), nurse.name.as_str()), ("Maëlle", "Tisserol-Brun"), "{name}");
        assert_eq!(nurse.role, "infirmier", "{name}");
        assert!(nurse.workplace.starts_with("Maison de santé du Grand-Vallat"), "{name}: {}", nurse.workplace);
        let mut numbers: Vec<&str> = nurse.phones.iter().map(|phone| phone.number.as_str()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, ["04 65 71 00 01", "06 39 98 00 02"], "{name}");
        assert_eq!(nurse.email, "maelle@exemple.example", "{name}");
        let address = &nurse.address;
        assert_eq!((address.line.as_str(), address.postcode.as_str()), ("3, rue du Puits", "13999"), "{name}");
        assert_eq!(address.commune, "Roquebelle-les-Alpilles", "{name}");
        // One program has no field for the hamlet, and folds its notes away.
        let has_hamlet = name != "vcards-js-3.0";
        assert_eq!(address.hamlet, if has_hamlet { "La Roussière" } else { "" }, "{name}");
        let notes = nurse.notes.replace(" ;", ";");
        assert!(notes.contains("Passe le mardi; préfère les messages."), "{name}: {notes}");
        if !["khard-4.0", "vcards-js-3.0"].contains(&name) {
            assert!(nurse.notes.contains("attendre au portail : la cour est longue"), "{name}: {}", nurse.notes);
        }
    }
}

#[test]
fn labels_of_telephones_are_theirs() {
    for name in
        ["ez-vcard-4.0", "ez-vcard-3.0", "ez-vcard-2.1", "ez-vcard-2.1-latin1", "vobject-3.0", "vcf-2.1", "vcf-3.0"]
    {
        let nurse = entries(&card(name)).remove(0);
        let labelled = nurse.phones.iter().find(|phone| phone.number.starts_with("04")).unwrap();
        assert_eq!(labelled.label.to_lowercase(), "secrétariat", "{name}");
    }
}

/// What no field holds is in the file that goes out, in either version, and comes in again.
#[test]
fn what_no_field_holds_survives_the_road_there_and_back() {
    for (name, kept) in [
        ("ez-vcard-4.0", &["X-TWITTER:@personne", "X-MATRIX;X-USAGE=travail:@maelle:exemple.example"][..]),
        ("ez-vcard-3.0", &["X-TWITTER:@personne"]),
        ("ez-vcard-2.1", &["X-TWITTER:@personne"]),
        ("vobject-3.0", &["X-TWITTER:@personne"]),
        ("vcf-4.0", &["X-TWITTER:@personne"]),
        ("vcards-js-3.0", &["X-SOCIALPROFILE;TYPE=mastodon:https://exemple.example/@personne"]),
    ] {
        let mut of_others = entries(&card(name));
        of_others.truncate(1);
        for version in [Version::V3, Version::V4] {
            let written = write_cards(&of_others, version, |_| None);
            let text = String::from_utf8(written.clone()).unwrap().replace("\r\n ", "");
            for property in kept {
                assert!(text.contains(&format!("\r\n{property}\r\n")), "{name}, {version:?}: {property} in {text}");
            }
            let again = entries(&written);
            assert_eq!(again[0].card_properties, of_others[0].card_properties, "{name}, {version:?}");
        }
    }
}

#[test]
fn a_name_given_by_another_program_is_not_forgotten() {
    // Not an id of ours: kept beside, and the card has one of ours from then on.
    let nurse = entries(&card("vobject-3.0")).remove(0);
    assert!(nurse.card_properties.contains("tisserol-brun-7@exemple.example"), "{}", nurse.card_properties);
    let again = entries(&write_cards(std::slice::from_ref(&nurse), Version::V4, |_| None)).remove(0);
    assert_eq!(again.card_properties, nurse.card_properties);
}

#[test]
fn organisations_and_groups_are_structures_and_keep_their_members() {
    let all = entries(&card("ez-vcard-4.0"));
    assert_eq!(all.len(), 3);
    assert_eq!((all[1].kind.clone(), all[1].role.as_str()), (EntryKind::Structure, "pharmacie"));
    let group = &all[2];
    assert_eq!((group.kind.clone(), group.name.as_str()), (EntryKind::Structure, "Équipe du mardi"));
    let out = String::from_utf8(write_cards(std::slice::from_ref(group), Version::V4, |_| None)).unwrap();
    for kept in ["KIND:group", "MEMBER:urn:uuid:4fbe8971", "RELATED:urn:uuid:f81d4fae"] {
        assert!(out.contains(kept), "{kept} in {out}");
    }
    // Written again by us, a group is a group.
    let again = entries(out.as_bytes()).remove(0);
    assert_eq!((again.kind, &again.card_properties), (EntryKind::Structure, &group.card_properties));
}

/// Whatever came in goes out as cards without a fault, that say the same once read again.
#[test]
fn what_goes_out_is_read_again_without_a_fault() {
    for name in OF_OTHERS {
        let before = entries(&card(name));
        for version in [Version::V3, Version::V4] {
            let written = write_cards(&before, version, |_| None);
            let cards = vcard::read(&written).unwrap();
            assert_eq!(cards.problems, [], "{name}, {version:?}");
            let after = entries(&written);
            for (before, after) in before.iter().zip(&after) {
                let same = |entry: &DirectoryEntry| {
                    let mut entry = entry.clone();
                    entry.id = EntryId([0; 16]);
                    entry.phones.iter_mut().for_each(|phone| phone.id = LineId([0; 16]));
                    entry
                };
                assert_eq!(same(after), same(before), "{name}, {version:?}");
            }
            assert_eq!(after.len(), before.len(), "{name}, {version:?}");
            assert!(written.split(|byte| *byte == b'\n').all(|line| line.len() <= 77), "lines are folded: {name}");
        }
    }
}

/// Python's vobject reads every card we write and finds the name and the number. Where it is not installed, this says so.
#[test]
fn vobject_reads_the_cards_we_write() {
    let script = "import sys, vobject\n\
                  cards = list(vobject.readComponents(sys.stdin.read()))\n\
                  for card in cards: print(card.fn.value, '|', card.contents['tel'][0].value if 'tel' in card.contents else '')\n";
    let python = ["/usr/bin/python3", "python3"].into_iter().find(|python| {
        let tried = Command::new(python).args(["-c", "import vobject"]).stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    });
    let Some(python) = python else {
        eprintln!("SKIPPED: vobject_reads_the_cards_we_write: python3-vobject is not installed");
        return;
    };
    for name in OF_OTHERS {
        let before = entries(&card(name));
        let written = write_cards(&before, Version::V3, |_| None);
        let mut child = Command::new(python)
            .args(["-c", script])
            .env("PYTHONIOENCODING", "utf-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&written).unwrap();
        let said = child.wait_with_output().unwrap();
        assert!(said.status.success(), "{name}");
        let said = String::from_utf8(said.stdout).unwrap();
        let expected: Vec<String> = before
            .iter()
            .map(|entry| {
                let number = entry.phones.first().map(|phone| phone.number.clone()).unwrap_or_default();
                format!("{} | {number}", entry.display_name())
            })
            .collect();
        assert_eq!(
            said.lines().map(str::trim_end).collect::<Vec<_>>(),
            expected.iter().map(|one| one.trim_end()).collect::<Vec<_>>(),
            "{name}"
        );
    }
}
