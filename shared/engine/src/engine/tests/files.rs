//! What comes in and goes out as files.

use super::*;

const DIRECTORY: &str = "nom;type;porteur;commune;tél;notes\r\n\
    MSP de la Tarasque;MSP;;Tarascon;04 65 71 00 01;\r\n\
    Pôle infos seniors Arles;CLIC / pôle infos seniors;CCAS d'Arles;Arles;;\r\n\
    ;MSP;;Arles;;personne\r\n\
    L'Oustau;maison d'un nouveau genre;;Arles;à demander;\r\n";

impl Office {
    fn imports(&mut self, file: &[u8]) -> ImportReport {
        let Response::Preview(preview) =
            self.asks(Request::PreviewImport { into: ImportTarget::Directory, file: file.to_vec() })
        else {
            panic!("a preview")
        };
        let columns = preview.columns.into_iter().map(|column| column.field).collect();
        let (into, communes) = (ImportTarget::Directory, String::new());
        let import = Import { into, file: file.to_vec(), columns, communes, answers: Vec::new() };
        match self.asks(Request::Import(Box::new(import))) {
            Response::Imported(report) => *report,
            _ => panic!("a report"),
        }
    }

    fn directory(&mut self) -> Vec<String> {
        match self.asks(Request::Directory) {
            Response::Directory(rows) => rows.into_iter().map(|row| row.name).collect(),
            _ => panic!("a directory"),
        }
    }

    fn exports(&mut self, format: ExportFormat) -> Vec<u8> {
        match self.asks(Request::ExportDirectory(format)) {
            Response::File(file) => file.bytes,
            _ => panic!("a file"),
        }
    }
}

#[test]
fn every_line_of_an_import_is_accounted_for_and_again_adds_nothing() {
    let mut office = Office::opened("2026-06-12");
    let report = office.imports(DIRECTORY.as_bytes());
    assert_eq!((report.created, report.completed, report.unchanged), (3, 0, 0));
    let refused: Vec<_> = report.refused.iter().map(|note| (note.line, note.why.as_str())).collect();
    assert_eq!(refused, [(4, "no_name")]);
    assert_eq!(report.new_roles, ["maison d'un nouveau genre"]);
    assert!(report.remarks.iter().any(|note| note.line == 5 && note.why == "unreadable_phone"));
    assert_eq!(office.directory(), ["L'Oustau", "MSP de la Tarasque", "Pôle infos seniors Arles"]);

    let again = office.imports(DIRECTORY.as_bytes());
    assert_eq!((again.created, again.completed, again.unchanged, again.act), (0, 0, 3, None));

    // A later file completes what was lacking, and takes back nothing.
    let more = office
        .imports("nom;commune;tél;porteur\nMSP de la Tarasque;TARASCON;04 65 71 00 01;Les soignants\n".as_bytes());
    assert_eq!((more.created, more.completed), (0, 1));
    assert_eq!(office.fails(Request::Undo(report.act.unwrap())), Failure::WrittenSince);
}

#[test]
fn an_import_is_undone_by_one_gesture() {
    let mut office = Office::opened("2026-06-12");
    let mut file = String::from("nom;commune\n");
    for number in 0..300 {
        file.push_str(&format!("Association du hameau {number};Arles\n"));
    }
    let report = office.imports(file.as_bytes());
    assert_eq!((report.created, office.directory().len()), (300, 300));
    assert!(office.notices.borrow().iter().any(|notice| matches!(notice, Notice::Progress { .. })), "and says how far");
    let mut office = office.restarts();
    office.unlocks();
    assert_eq!(office.directory().len(), 300);
    office.does(Request::Undo(report.act.unwrap())).unwrap();
    assert_eq!(office.directory(), [""; 0]);
    // And taken in again, under other ids.
    assert_eq!(office.imports(file.as_bytes()).created, 300);
}

#[test]
fn a_directory_goes_out_and_comes_back_the_same_in_both_kinds_of_file() {
    for format in [ExportFormat::Csv, ExportFormat::VCard] {
        let mut office = Office::opened("2026-06-12");
        office.imports(DIRECTORY.as_bytes());
        let file = office.exports(format);
        let again = office.imports(&file);
        assert_eq!((again.created, again.completed, again.unchanged), (0, 0, 3), "{format:?}");
        let mut elsewhere = Office::opened("2026-06-12");
        assert_eq!(elsewhere.imports(&file).created, 3);
        assert_eq!(elsewhere.directory(), office.directory());
        assert_eq!(elsewhere.exports(format), file, "{format:?}");
    }
}

#[test]
fn a_file_that_is_none_is_refused_in_words() {
    let mut office = Office::opened("2026-06-12");
    let empty = maillon_shared::api::errors::FileProblem::Empty;
    for file in [Vec::new(), b" \n\n".to_vec()] {
        let preview = Request::PreviewImport { into: ImportTarget::Directory, file };
        assert_eq!(office.fails(preview), Failure::UnreadableFile(empty));
    }
}

#[test]
fn an_import_takes_back_nothing_and_says_what_it_did_not_take() {
    let mut office = Office::opened("2026-06-12");
    office.imports("nom;commune;horaires\nPharmacie du Cours;Arles;8 h à 19 h\n".as_bytes());
    let report = office.imports("nom;commune;horaires\nPharmacie du Cours;Arles;fermée le lundi\n".as_bytes());
    assert_eq!((report.created, report.unchanged), (0, 1));
    let said: Vec<_> = report.remarks.iter().map(|note| (note.line, note.why.as_str(), note.text.as_str())).collect();
    assert_eq!(said, [(2, "kept_other", "fermée le lundi")]);
}

#[test]
fn two_of_one_name_that_share_no_telephone_and_no_address_are_two() {
    let mut office = Office::opened("2026-06-12");
    let file = "nom;commune;adresse;tél\n\
        Cabinet infirmier;Arles;1 rue du Lavoir;04 65 71 00 01\n\
        Cabinet infirmier;Arles;9 quai du Port;04 65 71 00 02\n\
        Cabinet infirmier;Arles;1 rue du Lavoir;04 65 71 00 01\n";
    let report = office.imports(file.as_bytes());
    assert_eq!((report.created, report.unchanged), (2, 1));
}

#[test]
fn someone_in_a_file_works_at_the_structure_of_that_name() {
    let mut office = Office::opened("2026-06-12");
    office.imports(
        "nom;prénom;type;structure\nMSP du Lavoir;;MSP;\nTrémoulac;Maud;infirmière;msp du lavoir\n".as_bytes(),
    );
    let Response::Directory(rows) = office.asks(Request::Directory) else { panic!("a directory") };
    let maud = rows.iter().find(|row| row.name == "Maud Trémoulac").unwrap().id;
    let Response::Entry(file) = office.asks(Request::Entry(maud)) else { panic!("an entry") };
    assert_eq!(file.works_at_name, "MSP du Lavoir");
    let exported = office.exports(ExportFormat::Csv);
    assert_eq!(office.imports(&exported).unchanged, 2);
}
