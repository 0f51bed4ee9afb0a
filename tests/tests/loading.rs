//! The real collective loads: its communes, its structures, what it held and planned, where it looks first. Every line is
//! accounted for, running it again adds nothing, and one gesture undoes it. (Its published percentages, with "n not
//! published", are told in `surveys/published.rs`.)
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use maillon_shared::api::application::Applications;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, CollectiveWrite, Events};
use maillon_shared::api::diagnosis::{DiagnosisFile, DiagnosisPart};
use maillon_shared::api::imports::ImportReport;
use maillon_shared::api::loading::{Load, LoadInto};
use maillon_shared::api::programme::Programmes;
use maillon_shared::api::requests::{Import, ImportTarget};
use maillon_shared::domain::diagnosis::{
    Diagnosis, DiagnosisChange, FigureIs, Hundredths, Indicator, POPULATION, PlaceKind, SupplyField, place_line,
};
use maillon_shared::domain::event::{EventKind, EventState};
use maillon_shared::domain::ids::{DiagnosisId, ProgrammeId};
use maillon_shared::domain::programme::{Adoption, AnnualProgramme, ProgrammeChange, ProgrammeStatus};
use maillon_shared::domain::time::PartialDate;
use maillon_tests::house::root;

use crate::in_common::*;

const PAYS: DiagnosisId = DiagnosisId([150; 16]);

fn table(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/fixtures/pays-darles").join(name)).unwrap()
}

fn read(device: &mut Device, asked: CollectiveRead) -> CollectiveAnswer {
    match device.asks(Request::ReadCollective(asked)) {
        Response::Collective(answer) => *answer,
        _ => panic!("something collective"),
    }
}

/// Looks at a table, agrees to what its columns seem to be, and takes it in.
#[track_caller]
fn loads(device: &mut Device, into: LoadInto, file: Vec<u8>) -> ImportReport {
    let asked = CollectiveRead::Table { into: into.clone(), file: file.clone() };
    let CollectiveAnswer::Table(preview) = read(device, asked) else { panic!("a table") };
    let columns = preview.columns.into_iter().map(|column| column.field).collect();
    let communes = std::fs::read_to_string(root().join("app/data/communes.txt")).unwrap();
    let load = Box::new(Load { into, file, columns, communes });
    match device.asks(Request::WriteCollective(Box::new(CollectiveWrite::Load(load)))) {
        Response::Imported(report) => *report,
        _ => panic!("a report"),
    }
}

fn begins(device: &mut Device, group: Option<GroupId>) {
    let diagnosis = Box::new(Diagnosis { title: "Diagnostic du Pays".into(), ..Diagnosis::empty(PAYS) });
    let write = CollectiveWrite::CreateDiagnosis { diagnosis, group, draft: None };
    device.does(Request::WriteCollective(Box::new(write))).unwrap();
}

fn of_communes() -> LoadInto {
    LoadInto::Communes { diagnosis: PAYS, year: 2021, source: "INSEE".into() }
}

fn diagnosis(device: &mut Device, part: DiagnosisPart) -> DiagnosisFile {
    match read(device, CollectiveRead::Diagnosis(PAYS, part)) {
        CollectiveAnswer::Diagnosis(file) => *file,
        _ => panic!("a diagnosis"),
    }
}

fn events(device: &mut Device) -> Events {
    match read(device, CollectiveRead::Events) {
        CollectiveAnswer::Events(all) => all,
        _ => panic!("the events"),
    }
}

fn programmes(device: &mut Device) -> Programmes {
    match read(device, CollectiveRead::Programmes) {
        CollectiveAnswer::Programmes(all) => *all,
        _ => panic!("the programmes"),
    }
}

fn applications(device: &mut Device) -> Applications {
    match read(device, CollectiveRead::Applications) {
        CollectiveAnswer::Applications(all) => *all,
        _ => panic!("the applications"),
    }
}

fn why(report: &ImportReport) -> Vec<(u32, &str)> {
    report.refused.iter().map(|note| (note.line, note.why.as_str())).collect()
}

#[test]
fn the_29_communes_and_3_intercommunalities_load_with_who_lives_there_and_the_source() {
    let mut device = nadine();
    begins(&mut device, None);
    let report = loads(&mut device, of_communes(), table("communes.csv"));
    assert_eq!((report.created, report.completed, report.unchanged, report.refused.len()), (29, 0, 0, 0));
    let whole = diagnosis(&mut device, DiagnosisPart::Whole).diagnosis;
    let of = |kind| whole.places.iter().filter(|place| PlaceKind::of(place.key()) == kind).count();
    assert_eq!((of(PlaceKind::Commune), of(PlaceKind::Intercommunality)), (29, 3));
    let arles = diagnosis(&mut device, DiagnosisPart::Place(place_line("13004"))).diagnosis;
    let (year, figure) = arles.last(Indicator::usual(POPULATION), "13004").unwrap();
    assert_eq!((year, &figure.is), (2021, &FigureIs::Number(Hundredths::whole(51_811))));
    assert_eq!((figure.source.as_str(), arles.place("13004").unwrap().within.as_str()), ("INSEE", "241300417"));
    let everywhere = diagnosis(&mut device, DiagnosisPart::Indicator(Indicator::usual(POPULATION))).diagnosis;
    let all: i64 = everywhere.figures.values().filter_map(|figure| figure.is.height()).sum();
    assert_eq!(all, 174_008 * 100, "what the 29 lines add up to");

    // Again, it adds nothing; another number than what is there is told, and what is there stays.
    let again = loads(&mut device, of_communes(), table("communes.csv"));
    assert_eq!((again.created, again.completed, again.unchanged, again.act), (0, 0, 29, None));
    let other = "insee,commune,population\n13004,Arles,50000\n,Nulle part,3\n13108,Tarascon,beaucoup\n";
    let told = loads(&mut device, of_communes(), other.as_bytes().to_vec());
    assert_eq!((told.unchanged, told.remarks[0].why.as_str()), (1, "kept_other"));
    assert_eq!(why(&told), [(3, "no_commune"), (4, "no_number")]);
    // What a line says beside the same number is told, and the head of a column may say the year.
    let beside = "insee,commune,Population 2021,source,à vérifier\n13004,Arles,51811,la mairie,compté deux fois\n";
    let told = loads(
        &mut device,
        LoadInto::Communes { diagnosis: PAYS, year: 2026, source: String::new() },
        beside.as_bytes().to_vec(),
    );
    let said: Vec<_> = told.remarks.iter().map(|note| (note.why.as_str(), note.text.as_str())).collect();
    assert_eq!(said, [("kept_other", "la mairie"), ("kept_other", "compté deux fois")]);
    assert_eq!((told.unchanged, told.act), (1, None), "of 2021, which is there");
    device.does(Request::Undo(report.act.unwrap())).unwrap();
    let whole = diagnosis(&mut device, DiagnosisPart::Whole);
    assert!(whole.figures.is_empty() && whole.diagnosis.places.is_empty());
}

#[test]
fn the_15_structures_load_with_who_carries_them_their_territory_and_what_is_to_be_verified() {
    let mut device = nadine();
    let file = table("structures.csv");
    let Response::Preview(preview) =
        device.asks(Request::PreviewImport { into: ImportTarget::Directory, file: file.clone() })
    else {
        panic!("a preview")
    };
    let columns = preview.columns.into_iter().map(|column| column.field).collect();
    let (into, communes, answers) = (ImportTarget::Directory, String::new(), Vec::new());
    let import = Import { into, file, columns, communes, answers };
    let Response::Imported(report) = device.asks(Request::Import(Box::new(import))) else { panic!("a report") };
    assert_eq!((report.created, report.refused.len()), (15, 0));
    let Response::Directory(rows) = device.asks(Request::Directory) else { panic!("a directory") };
    let dac = rows.iter().find(|row| row.name.starts_with("DAC")).unwrap().id;
    let Response::Entry(file) = device.asks(Request::Entry(dac)) else { panic!("an entry") };
    let entry = &file.entry;
    assert_eq!(entry.carrier, "Groupement Provence Santé Coordination");
    assert_eq!(entry.other_names, "Alp'ages coordination");
    assert_eq!(entry.to_verify, "le porteur est dit GCSMS en 2022, groupement en 2024");
}

#[test]
fn what_was_held_and_planned_loads_and_nothing_was_held_nobody_knows_when() {
    let mut device = nadine();
    let report = loads(&mut device, LoadInto::Events(None), table("evenements.csv"));
    assert_eq!((report.created, report.unchanged, report.refused.len()), (12, 0, 0));
    let all = events(&mut device);
    assert_eq!((all.past.len(), all.to_come.len()), (7, 5));
    let forum = all.past.iter().find(|row| row.title == "1er forum").unwrap();
    assert_eq!((&forum.kind, forum.commune.as_str()), (&EventKind::Forum, "Tarascon"));
    assert_eq!(forum.state, EventState::Held(PartialDate::Year(2021)));
    let unplanned = all.to_come.iter().filter(|row| row.at.is_none()).count();
    assert_eq!(unplanned, 2, "nobody knows when");
    let again = loads(&mut device, LoadInto::Events(None), table("evenements.csv"));
    assert_eq!((again.created, again.unchanged, again.act), (0, 12, None));
    let odd = "année;type;titre;commune;état\n;forum;Un forum;Arles;tenu\n2024;forum;Un autre;Arles;rêvé\n";
    let told = loads(&mut device, LoadInto::Events(None), odd.as_bytes().to_vec());
    assert_eq!(why(&told), [(2, "no_year"), (3, "unknown_state")]);
    // Two that another house received are two; what one line says more of what is there is told.
    let two = "année;type;titre;commune;structure hôte;thème;état\n\
        2021;forum;1er forum;Tarascon;CCAS;;tenu\n2021;forum;1er forum;Tarascon;;la douleur;tenu\n";
    let told = loads(&mut device, LoadInto::Events(None), two.as_bytes().to_vec());
    assert_eq!((told.created, told.unchanged), (1, 1));
    assert_eq!((told.remarks[0].line, told.remarks[0].text.as_str()), (3, "la douleur"));
    device.does(Request::Undo(told.act.unwrap())).unwrap();
    device.does(Request::Undo(report.act.unwrap())).unwrap();
    let all = events(&mut device);
    assert!(all.past.is_empty() && all.to_come.is_empty());
}

#[test]
fn priorities_go_into_the_programmes_of_their_years_with_what_is_to_be_verified() {
    let mut device = nadine();
    let report = loads(&mut device, LoadInto::Priorities(None), table("priorites.csv"));
    assert_eq!((report.created, report.refused.len()), (9, 0));
    let rows = programmes(&mut device).rows;
    assert_eq!(
        rows.iter().map(|row| (row.year, row.axes.len())).collect::<Vec<_>>(),
        [(2023, 2), (2022, 0), (2021, 0)]
    );
    let CollectiveAnswer::Programme(file) = read(&mut device, CollectiveRead::Programme(rows[0].id)) else {
        panic!("a programme")
    };
    let communes: Vec<_> = file.programme.communes.iter().map(|line| line.commune.as_ref().unwrap()).collect();
    assert_eq!((communes.len(), communes[0].key.as_str()), (5, "13108"));
    let arles = file.programme.communes.iter().find(|line| line.commune.as_ref().unwrap().name == "Arles").unwrap();
    assert_eq!(arles.to_verify, "dite siège d'une MSP, absente de la liste des MSP");
    let calls = applications(&mut device).rows;
    assert_eq!(calls.len(), 2, "two calls for projects");
    let CollectiveAnswer::Application(call) = read(&mut device, CollectiveRead::Application(calls[0].id)) else {
        panic!("an application")
    };
    assert_eq!((call.application.to_verify.as_str(), call.application.opens), ("appel à projets, 2021", None));
    // The diagnosis of whoever's programme it is says so.
    begins(&mut device, None);
    loads(&mut device, of_communes(), table("communes.csv"));
    let sheet = diagnosis(&mut device, DiagnosisPart::Place(place_line("13004")));
    let said: Vec<_> = sheet.priorities_of("13004").map(|one| (one.year, one.to_verify.is_empty())).collect();
    assert_eq!(said, [(2023, false), (2022, false), (2021, false)]);

    let again = loads(&mut device, LoadInto::Priorities(None), table("priorites.csv"));
    assert_eq!((again.created, again.unchanged, again.act), (0, 9, None));
    device.does(Request::Undo(report.act.unwrap())).unwrap();
    assert!(programmes(&mut device).rows.is_empty() && applications(&mut device).rows.is_empty());
}

#[test]
fn what_was_written_of_a_commune_stays_when_the_table_that_brought_it_is_undone() {
    let mut device = nadine();
    begins(&mut device, None);
    let file = "insee,commune,population\n13108,Tarascon,15396\n".as_bytes();
    let report = loads(&mut device, of_communes(), file.to_vec());
    let fact = LineId([151; 16]);
    let changes = vec![
        DiagnosisChange::Supply(fact, SupplyField::Place, "13108".into()),
        DiagnosisChange::Supply(fact, SupplyField::Note, "part en juin".into()),
    ];
    let write = CollectiveWrite::EditDiagnosis { id: PAYS, changes, draft: None };
    device.does(Request::WriteCollective(Box::new(write))).unwrap();
    device.does(Request::Undo(report.act.unwrap())).unwrap();
    let sheet = diagnosis(&mut device, DiagnosisPart::Place(place_line("13108"))).diagnosis;
    assert_eq!(sheet.supply_of("13108")[0].note, "part en juin");
    assert_eq!(sheet.place("13108").unwrap().name(), "13108", "nobody says its name any more");
    // The table again gives it its name, and twice adds nothing.
    loads(&mut device, of_communes(), file.to_vec());
    let sheet = diagnosis(&mut device, DiagnosisPart::Place(place_line("13108"))).diagnosis;
    assert_eq!((sheet.places.len(), sheet.place("13108").unwrap().name()), (1, "Tarascon"));
    assert_eq!(loads(&mut device, of_communes(), file.to_vec()).act, None);
}

#[test]
fn what_is_added_to_a_programme_that_was_adopted_is_told_and_a_draft_comes_first() {
    let mut device = nadine();
    let aims = |aim: &str| format!("période;type;objet\n2023;objectif;{aim}\n").into_bytes();
    loads(&mut device, LoadInto::Priorities(None), aims("rompre l'isolement"));
    let id = programmes(&mut device).rows[0].id;
    let adopted = ProgrammeStatus::Adopted(Adoption::new(PartialDate::Year(2023), "le conseil"));
    let changes = vec![ProgrammeChange::Status(adopted)];
    let write = CollectiveWrite::EditProgramme { id, changes, draft: None };
    device.does(Request::WriteCollective(Box::new(write))).unwrap();
    let report = loads(&mut device, LoadInto::Priorities(None), aims("bien vieillir"));
    let said: Vec<_> = report.remarks.iter().map(|note| (note.why.as_str(), note.text.as_str())).collect();
    assert_eq!((report.created, said), (1, vec![("not_a_draft", "bien vieillir")]));
    let mut draft = AnnualProgramme::empty(ProgrammeId([152; 16]), 2023);
    draft.title = "Suite".into();
    let write = CollectiveWrite::CreateProgramme { programme: Box::new(draft), group: None, draft: None };
    device.does(Request::WriteCollective(Box::new(write))).unwrap();
    let report = loads(&mut device, LoadInto::Priorities(None), aims("aller vers"));
    assert_eq!((report.created, report.remarks.len()), (1, 0));
}

#[test]
fn a_line_that_names_someone_who_is_accompanied_does_not_reach_a_group() {
    let Three { mut nadine, mut claire, bernard: _, id } = three();
    writes_own(&mut nadine);
    begins(&mut nadine, Some(id));
    let named = "insee,commune,population,epci\n13004,Arles,51811,CA\n13108,Tarascon,15396,chez Odette Escarvenc\n";
    let report = loads(&mut nadine, of_communes(), named.as_bytes().to_vec());
    assert_eq!((report.created, why(&report)), (1, vec![(3, "names_someone")]));
    // Neither beside the code of a commune, whether the list has that code or not.
    for code in ["13038", "13999"] {
        let named = format!("insee;commune;population\n{code};chez Odette Escarvenc;3000\n");
        let report = loads(&mut nadine, of_communes(), named.into_bytes());
        assert_eq!(why(&report), [(2, "names_someone")], "{code}");
        let named = format!("année;type;titre;insee;commune;état\n2021;forum;Un;{code};chez Odette Escarvenc;tenu\n");
        let report = loads(&mut nadine, LoadInto::Events(Some(id)), named.into_bytes());
        assert_eq!(why(&report), [(2, "names_someone")], "{code}");
    }
    // A commune that the list has is called as the list calls it.
    let otherwise = "insee;commune;population\n13038;Un mas;3000\n";
    assert_eq!(loads(&mut nadine, of_communes(), otherwise.as_bytes().to_vec()).created, 1);
    let whole = diagnosis(&mut nadine, DiagnosisPart::Whole).diagnosis;
    assert_eq!(whole.place("13038").unwrap().name(), "Fontvieille");
    let named = "année;type;titre;commune;état\n2021;forum;Le forum d'Odette Escarvenc;Arles;tenu\n";
    let report = loads(&mut nadine, LoadInto::Events(Some(id)), named.as_bytes().to_vec());
    assert_eq!(why(&report), [(2, "names_someone")]);
    let named = "période;type;objet\n2021;objectif;aider Odette Escarvenc\n";
    let report = loads(&mut nadine, LoadInto::Priorities(Some(id)), named.as_bytes().to_vec());
    assert_eq!(why(&report), [(2, "names_someone")]);
    meet_as(id, (&mut nadine, NADINE), (&mut claire, CLAIRE));
    assert_eq!(diagnosis(&mut claire, DiagnosisPart::Whole).diagnosis.places.len(), 3);
}
