//! The command line, as an administrator drives it.
#![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod administrator;

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use administrator::{Administrator, finished};
use serde_json::json;

const ODETTE: &str = "given_name: Odette\nfamily_name: Marchais\nhamlet: La Roussière\nphone: 04 65 71 00 01\n";
const ELIE: &str = "given_name: Élie\nfamily_name: Saint-Aubin\nbirth: 1938-04\n";

fn fixture(name: &str) -> String {
    format!("{}/../../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn people_entered_one_day_are_found_the_next_by_a_misspelt_name() {
    let administrator = Administrator::with_a_notebook();
    let ids = administrator.types(&["add-person"], &format!("{ODETTE}\n{ELIE}")).well();
    let ids: Vec<&str> = ids.lines().collect();
    assert_eq!(ids.len(), 2);

    let listed = administrator.asks(&["--json", "list"]).json();
    let people: Vec<_> = listed.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect();
    assert_eq!(people, ["Odette Marchais", "Élie Saint-Aubin"]);
    assert_eq!(listed[1]["birth"], "1938-04");

    let found = administrator.asks(&["--json", "search", "marhcais"]).json();
    assert_eq!(found[0]["id"], ids[0]);
    // A name need not be an argument, which everyone on the machine can read.
    let found = administrator.types(&["--json", "search", "-"], "st aubin\n").json();
    assert_eq!(found[0]["id"], ids[1]);
}

#[test]
fn a_note_and_what_comes_next_show_on_the_day() {
    let administrator = Administrator::with_a_notebook();
    let odette = administrator.types(&["add-person"], ODETTE).well();
    let next = chrono::Local::now().date_naive() + chrono::TimeDelta::days(2);
    let next = next.to_string();
    let note = ["note", odette.trim(), "--kind", "call_out", "--next", &next];
    administrator.types(&note, "A bien dormi.\nVoudrait de la visite.").well();

    let today = administrator.asks(&["--json", "today"]).json();
    assert_eq!(today["noted_today"], 1);
    assert_eq!(today["week"][0]["person"], odette.trim());
    assert_eq!(today["week"][0]["due"], next);
    assert!(administrator.asks(&["today"]).well().contains("Odette Marchais"));
}

#[test]
fn the_addresses_of_a_commune_come_in_and_running_it_again_changes_nothing() {
    let administrator = Administrator::with_a_notebook();
    let base = fixture("adresses-13.csv");
    let looked = administrator.asks(&["--json", "import", "--addresses", "--preview", &base]).json();
    assert_eq!((&looked["lines"], &looked["communes"][0]["proposed"]), (&json!(661), &json!(false)));
    // Two communes, and none is the coordinator's: which is asked for, and nothing is guessed.
    administrator.asks(&["import", "--addresses", &base]).refused(1);
    let asked = ["--json", "import", "--addresses", &base, "--commune", "13998"];
    let done = administrator.asks(&asked);
    assert_eq!(done.code, 8, "{done:#?}");
    let report: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((&report["communes"][0]["addresses"], &report["elsewhere"]), (&json!(612), &json!(30)));
    let again: serde_json::Value = serde_json::from_str(&administrator.asks(&asked).out).unwrap();
    assert_eq!((&again["act"], &again["communes"][0]["new"]), (&json!(null), &json!(0)));
    // The commune kept is taken again without being said.
    let said = administrator.asks(&["import", "--addresses", &base]);
    assert!(said.out.contains("612") && said.out.contains("la première est la 652"), "{said:#?}");
}

#[test]
fn another_passphrase_and_other_words_are_told_from_damage() {
    let administrator = Administrator::with_a_notebook();
    administrator.runs(&["--passphrase-file", "passphrase", "list"]).well();
    std::fs::write(administrator.path("other"), "le mistral tourne à Maussane").unwrap();
    assert!(administrator.runs(&["--passphrase-file", "other", "list"]).refused(2).contains("intact"));

    let words = std::fs::read_to_string(administrator.path("words")).unwrap();
    let shorter = words.rsplit_once(' ').unwrap().0;
    for (wrong, why) in
        [(shorter.to_owned(), "23"), (format!("{shorter} maillon"), "24"), ("zoologie ".repeat(24), "24")]
    {
        std::fs::write(administrator.path("words"), wrong).unwrap();
        assert!(administrator.asks(&["list"]).refused(2).contains(why));
    }
}

#[test]
fn a_new_passphrase_opens_and_the_old_one_does_not() {
    let administrator = Administrator::with_a_notebook();
    std::fs::write(administrator.path("next"), "la Crau en avril").unwrap();
    administrator.asks(&["change-passphrase", "--new-passphrase-file", "next"]).well();
    administrator.runs(&["--passphrase-file", "next", "list"]).well();
    administrator.runs(&["--passphrase-file", "passphrase", "list"]).refused(2);
    administrator.asks(&["list"]).well();
}

#[test]
fn a_notebook_open_elsewhere_is_left_alone_until_it_is_free() {
    let administrator = Administrator::with_a_notebook();
    let mut first = administrator.command(&["--words-file", "words", "add-person"]);
    let mut first = first.stdin(Stdio::piped()).spawn().unwrap();
    let mut typed = first.stdin.take().unwrap();
    let mut answers = BufReader::new(first.stdout.take().unwrap()).lines();
    typed.write_all(format!("{ODETTE}\n").as_bytes()).unwrap();
    assert!(answers.next().unwrap().is_ok());

    for command in ["status", "list", "verify", "create"] {
        administrator.asks(&[command]).refused(5);
    }
    typed.write_all(ELIE.as_bytes()).unwrap();
    drop(typed);
    assert!(answers.next().unwrap().is_ok());
    finished(first).well();
    assert_eq!(administrator.asks(&["list"]).well().lines().count(), 2);
}

#[test]
fn where_there_is_no_notebook_nothing_is_asked_and_nothing_is_left() {
    let administrator = Administrator::new();
    assert_eq!(administrator.runs(&["--json", "status"]).json()["notebook"], false);
    // No passphrase is given, and none is missed.
    for command in ["list", "today", "verify", "export", "change-passphrase"] {
        administrator.runs(&[command]).refused(7);
    }
    assert!(!administrator.path("notebook").exists());
}

#[test]
fn a_directory_comes_in_is_searched_backed_up_and_restored_elsewhere() {
    let administrator = Administrator::with_a_notebook();
    let structures = fixture("pays-darles/structures.csv");
    let preview = administrator.asks(&["--json", "import", "--preview", &structures]).json();
    assert_eq!((&preview["lines"], &preview["columns"][0]["field"]), (&json!(15), &json!("name")));
    assert_eq!(administrator.asks(&["list", "directory"]).well(), "");

    let report = administrator.asks(&["--json", "import", &structures]).json();
    assert_eq!((&report["created"], &report["refused"]), (&json!(15), &json!([])));
    // Once more, nothing is added.
    let again = administrator.asks(&["--json", "import", &structures]).json();
    assert_eq!((&again["created"], &again["unchanged"]), (&json!(0), &json!(15)));
    let found = administrator.asks(&["search", "chateaurenrad"]).well();
    assert!(found.contains("MSP de Châteaurenard"), "{found}");
    let listed = administrator.asks(&["list", "directory"]).well();
    assert_eq!(listed.lines().count(), 15);

    administrator.asks(&["backup", "carnet.maillon"]).well();
    // A backup is never written over another, nor a notebook over a notebook.
    administrator.asks(&["backup", "carnet.maillon"]).refused(9);
    administrator.asks(&["restore", "carnet.maillon"]).refused(9);
    administrator.runs(&["--notebook", "elsewhere", "restore", "carnet.maillon"]).well();
    let elsewhere = ["--notebook", "elsewhere"];
    let verified = administrator.asks(&[&elsewhere[..], &["--json", "verify"]].concat()).json();
    assert_eq!((&verified["unreadable"], &verified["stale_views"]), (&json!(0), &json!(0)));
    assert_eq!(administrator.asks(&[&elsewhere[..], &["list", "directory"]].concat()).well(), listed);
}

#[test]
fn a_directory_with_bad_lines_comes_in_without_them_and_says_which() {
    let administrator = Administrator::with_a_notebook();
    let done = administrator.asks(&["import", &fixture("annuaire-500.csv")]);
    assert_eq!(done.code, 8, "{done:#?}");
    let refused: Vec<_> = done.out.lines().filter(|line| line.contains(" refusée")).collect();
    assert_eq!(refused.len(), 7, "{}", done.out);
    assert!(
        refused[0].starts_with("Ligne 39 refusée") && refused[0].ends_with("elle n'a pas de nom"),
        "{}",
        refused[0]
    );
    let listed = administrator.asks(&["--json", "list", "directory"]).json();
    assert_eq!(listed.as_array().unwrap().len(), 485);

    // What goes out comes in again whole, in either form.
    for format in ["csv", "vcard"] {
        let file = format!("annuaire.{format}");
        administrator.asks(&["export", "--format", format, "-o", &file]).well();
        let report = administrator.asks(&["--json", "import", &file]).json();
        assert_eq!((&report["created"], &report["completed"]), (&json!(0), &json!(0)), "{format}: {report}");
    }
}

#[test]
fn a_list_of_people_comes_in_without_their_health() {
    let administrator = Administrator::with_a_notebook();
    let list = fixture("mairie-137.csv");
    let preview = administrator.asks(&["--json", "import", "--people", "--preview", &list]).json();
    assert_eq!((&preview["lines"], &preview["columns"][10]["withheld"]), (&json!(137), &json!("health")));
    let done = administrator.asks(&["import", "--people", &list]);
    assert_eq!(done.code, 8, "{done:#?}");
    for said in ["Colonne Pathologie : jamais lue : santé", "Ligne 90, à regarder", "Ligne 133 refusée"] {
        assert!(done.out.replace('\u{a0}', " ").contains(said), "{said}: {}", done.out);
    }
    assert!(!done.out.contains("zygomatite"), "{}", done.out);
    assert_eq!(administrator.asks(&["list"]).well().lines().count(), 117);
    let again = administrator.asks(&["--json", "import", "--people", &list]);
    let report: serde_json::Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!((&report["act"], &report["unchanged"]), (&json!(null), &json!(125)));
    assert_eq!(report["to_look"][0]["why"], "name_alone");
}

#[test]
fn a_register_kept_before_comes_in_without_anyones_health_and_once() {
    let administrator = Administrator::with_a_notebook();
    let list = fixture("registre-300.csv");
    let preview = administrator.asks(&["--json", "import", "--register", "--preview", &list]).json();
    assert_eq!((&preview["lines"], &preview["columns"][3]["field"]), (&json!(300), &json!("ground")));
    let report = administrator.asks(&["--json", "import", "--register", &list]).json();
    assert_eq!((&report["created"], &report["refused"]), (&json!(300), &json!([])));
    let said = administrator.asks(&["import", "--register", &list]).well().replace('\u{a0}', " ");
    assert!(said.contains("créées : 0") && said.contains("Colonne Handicap : jamais lue : santé"), "{said}");
    assert!(!said.contains("quinquelette"), "{said}");
    // The register is apart: nobody of it became a person of the notebook, nor an entry of the directory.
    assert_eq!(administrator.asks(&["list"]).well(), "");
    assert_eq!(administrator.asks(&["list", "directory"]).well(), "");
    // A line without a name is refused, by its number and reason.
    std::fs::write(administrator.path("bad.csv"), "Nom;Prénom;Observations\n;;décédée\n").unwrap();
    let done = administrator.asks(&["import", "--register", "bad.csv"]);
    assert_eq!(done.code, 8, "{done:#?}");
    assert!(done.out.contains("elle n'a pas de nom"), "{done:#?}");
    // A file goes to one place.
    administrator.asks(&["import", "--register", "--people", &list]).refused(1);
}

#[test]
fn a_file_that_is_no_backup_makes_no_notebook() {
    let administrator = Administrator::with_a_notebook();
    administrator.asks(&["backup", "carnet.maillon"]).well();
    let sound = std::fs::read(administrator.path("carnet.maillon")).unwrap();
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 1;
    for (name, bytes) in [("flipped", &flipped[..]), ("cut", &sound[..sound.len() - 1]), ("empty", b"")] {
        std::fs::write(administrator.path(name), bytes).unwrap();
        let done = administrator.runs(&["--notebook", "elsewhere", "restore", name]);
        assert!([3, 9].contains(&done.code), "{name}: {done:#?}");
        administrator.runs(&["--notebook", "elsewhere", "list"]).refused(7);
    }
    administrator.runs(&["--notebook", "elsewhere", "restore", "nowhere"]).refused(7);
}

#[test]
fn a_notebook_is_never_made_over_another() {
    let administrator = Administrator::with_a_notebook();
    administrator.types(&["add-person"], ODETTE).well();
    administrator.runs(&["--passphrase-file", "passphrase", "create"]).refused(9);
    administrator.runs(&["restore", "passphrase"]).refused(9);
    assert_eq!(administrator.asks(&["list"]).well().lines().count(), 1);
}

#[test]
fn a_sheet_that_is_not_understood_is_refused_by_its_line_and_the_ones_before_are_kept() {
    let administrator = Administrator::with_a_notebook();
    let done = administrator.types(&["add-person"], &format!("{ODETTE}\nnom: Saint-Aubin\n"));
    assert_eq!(done.out.lines().count(), 1);
    let why = done.refused(1);
    assert!(why.contains('6') && !why.contains("Aubin"), "{why}");
    administrator.types(&["add-person"], "hamlet: La Roussière\n").refused(9);
    std::fs::write(administrator.path("latin1"), b"tourne \xe0 Mouri\xe8s").unwrap();
    administrator.runs(&["--passphrase-file", "latin1", "list"]).refused(1);
    assert_eq!(administrator.asks(&["list"]).well().lines().count(), 1);
}

#[test]
fn flipped_bytes_are_said_and_never_change_what_is_read() {
    let administrator = Administrator::with_a_notebook();
    administrator.types(&["add-person"], &format!("{ODETTE}\n{ELIE}")).well();
    let listed = administrator.asks(&["--json", "list"]).well();
    let file = administrator.path("notebook").join("notebook.db");
    let sound = std::fs::read(&file).unwrap();

    let mut damaged = 0;
    // Everywhere in the file, and never twice at the same place of a page.
    for place in (0..sound.len()).step_by(499) {
        let mut flipped = sound.clone();
        flipped[place] ^= 0x41;
        std::fs::write(&file, &flipped).unwrap();
        let verified = administrator.asks(&["verify"]);
        match verified.code {
            // Nothing is kept at that place, or what was there could be made again.
            0 => assert_eq!(administrator.asks(&["--json", "list"]).well(), listed, "at {place}"),
            3 => damaged += 1,
            4 => {}
            _ => panic!("at {place}: {verified:#?}"),
        }
        for said in [&verified.out, &verified.err] {
            assert!(!said.contains("Marchais") && !said.contains("Aubin"), "at {place}: {said}");
        }
    }
    assert!(damaged >= 5, "only {damaged} places of the file hold anything");
    std::fs::write(&file, &sound).unwrap();
    assert_eq!(administrator.asks(&["--json", "list"]).well(), listed);
}

#[test]
fn a_mairies_notebook_is_made_and_keeps_no_file_on_anyone() {
    let mairie = Administrator::new();
    let create = ["--passphrase-file", "passphrase", "--json", "create-mairie", "--set", "commune=Valcombe"];
    assert_eq!(mairie.runs(&create).json()["words"].as_array().map(Vec::len), Some(24));
    let asks = |arguments: &[&str]| mairie.runs(&[&["--passphrase-file", "passphrase"], arguments].concat());
    assert!(asks(&["list"]).refused(9).contains("celui de la mairie"));
    std::fs::write(mairie.path("affiche"), "Bonjour, voici l'affiche").unwrap();
    assert!(asks(&["receive", mairie.path("affiche").to_str().unwrap()]).refused(9).contains("d'aucune sorte connue"));
    asks(&["receive", mairie.path("nowhere").to_str().unwrap()]).refused(7);
    asks(&["verify"]).well();
}

#[test]
fn it_speaks_french_unless_asked_for_english() {
    let administrator = Administrator::new();
    let said = |language: Option<&str>, arguments: &[&str]| {
        let mut command = administrator.command(arguments);
        command.envs(language.map(|tag| ("LANG", tag)));
        finished(command.spawn().unwrap()).refused(7)
    };
    let (french, english) = ("maillon: pas de carnet ici\n", "maillon: no notebook here\n");
    assert_eq!(said(None, &["list"]), french);
    assert_eq!(said(Some("C.UTF-8"), &["list"]), french);
    assert_eq!(said(Some("en_GB.UTF-8"), &["list"]), english);
    assert_eq!(said(Some("fr_FR.UTF-8"), &["list", "--lang", "en"]), english);
    let program = said(Some("en_GB.UTF-8"), &["list", "--json"]);
    let program: serde_json::Value = serde_json::from_str(&program).unwrap();
    assert_eq!(program["error"], "not_found");
}

#[test]
fn help_and_documentation_name_every_command() {
    let administrator = Administrator::new();
    let documentation = include_str!("../../../docs/command-line.md");
    let french = administrator.runs(&["--help"]).well();
    let english = administrator.runs(&["help", "--lang", "en"]).well();
    for command in [
        "status",
        "create",
        "create-mairie",
        "receive",
        "change-passphrase",
        "list",
        "today",
        "search",
        "add-person",
        "note",
        "import",
        "export",
        "verify",
        "backup",
        "restore",
    ] {
        for text in [documentation, &french, &english] {
            assert!(text.contains(command), "{command}");
        }
    }
}
