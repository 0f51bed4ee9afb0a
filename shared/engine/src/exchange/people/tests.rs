//! Lists of people, line by line.
#![allow(clippy::unwrap_used, reason = "a test may stop where a list should have been read")]

use maillon_shared::domain::doubles::{Likeness, Proof, likeness};
use maillon_shared::domain::person::{Person, PersonState};
use maillon_shared::domain::time::PartialDate;
use proptest::prelude::*;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 12).unwrap()
}

fn france() -> Communes {
    Communes::parse("communes 1\n>01|Ain\n015|Arboys en Bugey|300|640\n+015|Arbignieu\n+340|Saint-Bois\n>13|Bouches-du-Rhône\n100|Saint-Rémy-de-Provence|210|9599\n").unwrap()
}

fn taken(file: &str) -> Vec<Result<PersonLine, Refused>> {
    let list = PeopleList::read(file.as_bytes()).unwrap();
    let columns: Vec<_> = list.guesses.iter().map(|guess| guess.field).collect();
    list.lines(&columns, &france(), today())
}

fn only(file: &str) -> PersonLine {
    let mut lines = taken(file);
    assert_eq!(lines.len(), 1);
    lines.remove(0).unwrap()
}

fn sheet(line: &PersonLine) -> Person {
    line.to_person(PersonId([7; 16]), || LineId([8; 16]))
}

fn codes(line: &PersonLine) -> Vec<&'static str> {
    line.remarks.iter().map(Remark::code).collect()
}

#[test]
fn a_line_becomes_a_sheet() {
    let line = only(
        "Civ;Nom;Prénom;DDN;Adresse;Lieu-dit;CP;Commune;Tél.;Portable;Personne à prévenir;Lien;Tél. personne à prévenir;\
         Observations;Portage de repas\n\
         Madame;MARCHAIS;Odette;09/04/38;1 rue du Puits;La Roussière;13210;ST REMY DE PROVENCE;04 65 71 00 01 (le matin);\
         06.39.98.00.02;Nadine;fille;06 39 98 00 03;craint les chiens;oui\n",
    );
    assert_eq!((&line.remarks, line.look), (&vec![], None));
    let odette = sheet(&line);
    assert_eq!((odette.display_name().as_str(), odette.civility.as_str()), ("Odette MARCHAIS", "Mme"));
    assert_eq!(odette.birth, PartialDate::parse("1938-04-09"));
    assert_eq!(
        (odette.address.commune.as_str(), odette.address.commune_code.as_str()),
        ("Saint-Rémy-de-Provence", "13100")
    );
    assert_eq!((odette.phones.len(), odette.phones[0].label.as_str()), (2, "le matin"));
    let nadine = odette.first_to_call().unwrap();
    assert_eq!(
        (nadine.name.as_str(), nadine.relation.as_str(), nadine.phone.as_str()),
        ("Nadine", "fille", "06 39 98 00 03")
    );
    // A column that no field is for is left out until someone says that it is of notes.
    assert_eq!(odette.notes, "craint les chiens");
}

#[test]
fn names_are_taken_apart_however_they_are_written() {
    for (head, cell, given, family) in [
        ("Nom et prénom", "MARCHAIS Odette", "Odette", "MARCHAIS"),
        ("Nom et prénom", "Mme MARCHAIS Odette", "Odette", "MARCHAIS"),
        ("Nom et prénom", "Marchais Odette", "Odette", "Marchais"),
        ("Prénom et nom", "Odette de La Tour", "Odette", "de La Tour"),
        ("Nom et prénom", "MARCHAIS née GARRI Odette", "Odette", "MARCHAIS"),
        ("Nom et prénom", "MARCHAIS Odette (DCD)", "Odette", "MARCHAIS"),
        ("Nom et prénom", "Marchais", "", "Marchais"),
    ] {
        let person = sheet(&only(&format!("{head};Ville\n{cell};x\n")));
        assert_eq!((person.given_name.as_str(), person.family_name.as_str()), (given, family), "{cell}");
    }
    let born = only("Nom;Prénom;Nom de naissance\nMARCHAIS;Odette;GARRI\n");
    assert_eq!(sheet(&born).notes, "Nom de naissance : GARRI");
    for couple in ["M. et Mme;VALLONE;Luc", "Mme;VALLONE;Luc et Odette", "M.;VALLONE;Luc/Odette"] {
        assert_eq!(only(&format!("Civilité;Nom;Prénom\n{couple}\n")).look, Some(Look::SeveralPeople), "{couple}");
    }
    assert_eq!(only("Nom et prénom;Ville\nM. et Mme VALLONE;x\n").look, Some(Look::SeveralPeople));
}

#[test]
fn a_birth_that_is_not_sure_is_kept_as_it_was_written_and_said() {
    let of = |birth: &str| only(&format!("Nom;Date de naissance\nMARCHAIS;{birth}\n"));
    for (birth, code) in [
        ("31/02/1940", "impossible_birth"),
        ("12/03/2062", "future_birth"),
        ("01/01/1838", "old_birth"),
        ("avant guerre", "unreadable_birth"),
        ("12/03/24", "century_of_birth"),
    ] {
        let line = of(birth);
        assert_eq!(codes(&line), [code]);
        let person = sheet(&line);
        assert_eq!((person.birth, person.notes), (None, format!("Naissance à vérifier : {birth}")));
    }
    let about = sheet(&of("vers 1938"));
    assert_eq!((about.birth, about.notes.as_str()), (PartialDate::parse("1938"), "Naissance à vérifier : vers 1938"));
    let other = only("Nom;Prénom;Date de naissance\nMARCHAIS;Léa;12/03/2024\n");
    let either = only("Nom;Prénom;Date de naissance\nMarchais;LEA;12/03/24\n");
    assert_eq!(likeness(&other.traits(), &either.traits()), Likeness::Same(Proof::Birth));
}

#[test]
fn whoever_has_died_comes_in_silent_or_is_to_be_looked_at() {
    for (file, look) in [
        ("Nom;Décédé(e)\nMARCHAIS;oui\n", None),
        ("Nom;Date de décès\nMARCHAIS;12/03/2024\n", None),
        ("Nom;Situation\nMARCHAIS;DCD\n", None),
        ("Nom;Observations\nMARCHAIS;décédée en mars\n", None),
        ("Nom;Date de décès\nMARCHAIS;?\n", Some(Look::PerhapsDeceased)),
        ("Nom;Observations\nMARCHAIS;serait décédée\n", Some(Look::PerhapsDeceased)),
    ] {
        let line = only(file);
        assert_eq!(line.look, look, "{file}");
        assert_eq!(sheet(&line).state == PersonState::Deceased, look.is_none(), "{file}");
    }
    for file in ["Nom;Décédé(e)\nMARCHAIS;non\n", "Nom;Observations\nMARCHAIS;mari décédé en 2019\n"] {
        let line = only(file);
        assert_eq!((line.look, sheet(&line).state), (None, PersonState::Followed), "{file}");
    }
}

#[test]
fn a_commune_that_merged_is_written_with_the_one_it_is_part_of() {
    for file in [
        "Nom;CP;Commune\nA;01300;Arbignieu\n",
        "Nom;CP;Commune\nA;01300;Arboys-en-Bugey (Arbignieu)\n",
        "Nom;CP;Commune;Ancienne commune\nA;01300;Arboys en Bugey;ARBIGNIEU\n",
        "Nom;Ancienne commune;CP\nA;Arbignieu;1300\n",
    ] {
        let line = only(file);
        let address = sheet(&line).address;
        assert_eq!((address.commune.as_str(), address.commune_code.as_str()), ("Arboys en Bugey", "01015"), "{file}");
        assert!(same_text(&address.former_commune, "Arbignieu"), "{file}");
    }
    assert_eq!(codes(&only("Nom;Commune\nA;Arbignieu\n")), ["former_commune"]);
    assert_eq!(sheet(&only("Nom;Commune\nA;Saint-Florent\n")).address.commune, "Saint-Florent");
}

fn same_text(left: &str, right: &str) -> bool {
    maillon_shared::text::fold::same(left, right)
}

#[test]
fn a_sheet_is_completed_and_never_overwritten() {
    let mut known = sheet(&only("Nom;Prénom;Adresse;Commune\nMarchais;Odette;1 rue du Puits;Saint-Florent\n"));
    known.notes = "sonner deux fois".into();
    let line = only(
        "Nom;Prénom;Adresse;Hameau;Tél;Naissance;Observations\nMARCHAIS;ODETTE;9 quai du Port;Le Port;04 65 71 00 01;1938;au fond\n",
    );
    let completed = line.complete(&known, || LineId([9; 16]));
    assert_eq!((&completed.address, &completed.notes), (&known.address, &known.notes));
    assert_eq!((completed.phones.len(), completed.birth), (1, PartialDate::parse("1938")));
    assert_eq!(line.differences(&known), ["9 quai du Port", "Le Port", "au fond"]);
    assert_eq!(line.complete(&completed, || LineId([9; 16])), completed);
    let of_the_file = line.complete_new(&known, || LineId([9; 16]));
    assert_eq!(of_the_file.notes, "sonner deux fois\nau fond");
}

#[test]
fn health_is_not_read_even_when_it_is_asked_for() {
    let file = "Nom;Pathologie;Tél\nMARCHAIS;neuropathie;04 65 71 00 01\n;neuropathie;\n";
    let list = PeopleList::read(file.as_bytes()).unwrap();
    assert_eq!(list.withheld, [None, Some(Withheld::Health), None]);
    let notes = Some(PeopleField::Text(PersonField::Notes));
    let lines = list.lines(&[Some(PeopleField::Text(PersonField::FamilyName)), notes, notes], &france(), today());
    assert!(!format!("{list:?} {lines:?}").contains("neuropathie"));
    let illness = only("Nom;Observations\nMARCHAIS;diabète, porte bleue\n");
    assert_eq!(codes(&illness), ["names_an_illness"]);
}

proptest! {
    #[test]
    fn any_bytes_are_taken_in_or_refused(
        text in "(nom|tél|naissance|observations|pathologie|décès|commune|mme|dcd|née|[a-z;\n\"@0-9é/() .&]){0,30}"
    ) {
        fuzz_one(text.as_bytes());
        fuzz_one(format!("nom;prénom;naissance;commune;observations\n{text}\n").as_bytes());
    }
}
