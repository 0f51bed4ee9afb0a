//! The directories that people would bring: the collective's structures, and a mairie's list of which some lines are bad.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use maillon_engine::exchange::directory::{DirectoryLine, Remark, Source, identity};
use maillon_engine::exchange::encoding::Encoding;
use maillon_engine::exchange::refused::Refused;
use maillon_engine::exchange::table::Form;
use maillon_shared::domain::directory::{EntryField, EntryKind};
use maillon_shared::domain::ids::{EntryId, LineId};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name);
    fs::read(path).expect("the fixture")
}

/// The file, its columns being taken for what they were guessed to be.
fn taken(name: &str) -> (Source, Vec<DirectoryLine>, Vec<Refused>) {
    let source = Source::read(&fixture(name)).expect("a directory");
    let Source::Table(_, guesses) = &source else { panic!("a table") };
    let columns: Vec<_> = guesses.iter().map(|guess| guess.field).collect();
    let (mut lines, mut refused) = (Vec::new(), Vec::new());
    for line in source.lines(&columns) {
        match line {
            Ok(line) => lines.push(line),
            Err(line) => refused.push(line),
        }
    }
    (source, lines, refused)
}

fn remarks(lines: &[DirectoryLine]) -> Vec<(usize, Remark)> {
    lines.iter().flat_map(|line| line.remarks.iter().map(|remark| (line.line, remark.clone()))).collect()
}

#[test]
fn the_structures_of_the_collective_come_in_whole() {
    let (_, lines, refused) = taken("pays-darles/structures.csv");
    assert_eq!((lines.len(), refused.len()), (15, 0));
    assert!(lines.iter().all(|line| line.kind == Some(EntryKind::Structure)));
    let roles: Vec<&str> = lines.iter().map(|line| line.text(EntryField::Role)).collect();
    assert_eq!(roles[0], "cpts");
    assert!(roles[1..6].iter().all(|role| *role == "msp"));
    assert_eq!(
        (roles[6], roles[7], roles[9], roles[12]),
        ("dac", "clic", "atelier_sante_ville", "plateforme_de_repit")
    );
    // No list has these: they are kept, and proposed as new items.
    let expected = [(13, "prévention"), (15, "dispositif régional (addictions)"), (16, "réseau handicap")];
    assert_eq!(remarks(&lines), expected.map(|(line, role)| (line, Remark::NewRole(role.into()))));
    let dac = &lines[6];
    assert_eq!(dac.text(EntryField::Carrier), "Groupement Provence Santé Coordination");
    assert_eq!(dac.text(EntryField::OtherNames), "Alp'ages coordination");
    assert_eq!(dac.text(EntryField::ToVerify), "le porteur est dit GCSMS en 2022, groupement en 2024");
}

#[test]
fn a_mairies_list_comes_in_but_for_the_lines_that_cannot() {
    let (source, lines, refused) = taken("annuaire-500.csv");
    let Source::Table(table, guesses) = &source else { panic!("a table") };
    assert_eq!(table.form, Form::Text { encoding: Encoding::Windows1252, separator: ';' });
    assert_eq!(table.rows.len(), 500);
    let columns: Vec<&str> = guesses.iter().filter_map(|guess| guess.field).map(|field| field.code()).collect();
    let expected = [
        "name",
        "given_name",
        "role",
        "workplace",
        "phone",
        "phone",
        "email",
        "address_line",
        "postcode",
        "commune",
        "hours",
        "notes",
        "to_verify",
    ];
    assert_eq!(columns, expected);

    let reasons: BTreeMap<usize, &str> = refused.iter().map(|refused| (refused.line, refused.why.code())).collect();
    let no_name = [39, 143, 304].map(|line| (line, "no_name"));
    let too_many = [54, 152, 265, 413].map(|line| (line, "too_many_cells"));
    assert_eq!(reasons, no_name.into_iter().chain(too_many).collect());
    assert_eq!(lines.len(), 493);
}

#[test]
fn what_is_odd_in_a_mairies_list_is_kept_and_said() {
    let (_, lines, _) = taken("annuaire-500.csv");
    let of = |code: &str| -> Vec<(usize, String)> {
        let said = |remark: Remark| match remark {
            Remark::UnreadablePhone(text) | Remark::OddEmail(text) | Remark::NewRole(text) => text,
            other => panic!("not expected: {other:?}"),
        };
        let remarks = remarks(&lines).into_iter().filter(|(_, remark)| remark.code() == code);
        remarks.map(|(line, remark)| (line, said(remark))).collect()
    };
    let lines_of = |expected: &[(usize, &str)]| -> Vec<(usize, String)> {
        expected.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
    };
    let phones = [
        (13, "04 65 71 00"),
        (90, "0465710"),
        (192, "12 34 56 78 90 12"),
        (335, "sur liste rouge"),
        (473, "04 65 71 O5 12"),
    ];
    assert_eq!(of("unreadable_phone"), lines_of(&phones));
    assert_eq!(of("odd_email"), lines_of(&[(77, "à demander"), (403, "à demander")]));
    let roles = [
        (25, "Sourcier"),
        (66, "Tiers-lieu"),
        (120, "Réseau handicap"),
        (224, "Conteuse"),
        (366, "Tiers-lieu"),
        (482, "Ludothèque"),
    ];
    assert_eq!(of("new_role"), lines_of(&roles));
    assert_eq!(remarks(&lines).len(), phones.len() + 2 + roles.len());
    // The line whose quotation mark is never closed says what it says, and no other line was swallowed.
    assert_eq!(lines[0].text(EntryField::AddressLine), "\"1, chemin du Puits");
}

#[test]
fn those_written_twice_are_known_again() {
    let (_, lines, _) = taken("annuaire-500.csv");
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut twice = Vec::new();
    for line in &lines {
        let entry = line.to_entry(EntryId([0; 16]), || LineId([0; 16]));
        let keys = identity(&entry);
        match keys.iter().find_map(|key| known.get(key)) {
            Some(first) => twice.push((line.line, *first)),
            None => keys.into_iter().for_each(|key| assert_eq!(known.insert(key, line.line), None)),
        }
    }
    let expected = [(62, 12), (132, 33), (207, 57), (242, 114), (320, 203), (379, 252), (432, 18), (501, 5)];
    assert_eq!(twice, expected);
}
