//! Structures and services of *data.inclusion*, in and out of the directory, through the door: every item is accounted
//! for, the same file twice adds nothing, one undo takes it all back, and nothing private goes out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::NaiveDate;
use maillon_shared::api::requests::{ExportFormat, Import, ImportTarget};
use maillon_shared::api::responses::{EntryFile, ImportReport};
use maillon_shared::api::{Request, Response};
use maillon_shared::domain::directory::{DirectoryEntry, EntryChange, EntryKind};
use maillon_shared::domain::ids::{EntryId, LineId};
use maillon_shared::domain::mission::{Mission, MissionChange, MissionField};
use maillon_shared::domain::who_does_what::Question;
use maillon_tests::harness::Device;
use serde_json::{Value, json};

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn structure() -> Value {
    json!({
        "source": "dora", "original_id": "17", "id": "dora--17", "nom": "Garage solidaire des Peirons",
        "description": "Prête des voitures et accompagne les personnes dans leurs déplacements quotidiens.",
        "date_maj": "2026-02-14", "siret": "12345678901234", "commune": "Roquebelle-les-Alpilles",
        "code_postal": "13900", "code_insee": "13900", "adresse": "4 rue du Lavoir", "complement_adresse": "Bât. B",
        "telephone": "+33465710009", "courriel": "garage@exemple.example", "site_web": "https://exemple.example/",
        "horaires_accueil": "Mo-Fr 08:30-12:30; PH off", "reseaux_porteurs": ["association"],
        "accessibilite_lieu": "https://exemple.example/accessible", "longitude": 4.8, "latitude": 43.7
    })
}

fn service() -> Value {
    json!({
        "source": "dora", "structure_id": "dora--17", "id": "dora--17-a", "nom": "Prêt de voiture",
        "description": "Une voiture prêtée pour un mois à qui cherche un emploi ou se soigne loin de chez soi.",
        "date_maj": "2026-03-01T10:00:00", "thematiques": ["trouver-un-emploi--maintien-dans-lemploi", "mobilite--acceder-a-un-vehicule"],
        "publics": ["seniors", "etudiants"], "zone_eligibilite": ["13900", "200093201"],
        "horaires_accueil": "Mo,Fr 09:00-12:00", "telephone": "+33465710010", "modes_mobilisation": ["telephoner"],
        "mobilisation_precisions": "Appeler avant de venir.", "contact_nom_prenom": "Basile Escarvain",
        "volume_horaire_hebdomadaire": 2, "code_insee": "13900", "commune": "Roquebelle-les-Alpilles"
    })
}

fn takes(device: &mut Device, file: &Value) -> ImportReport {
    let import = Import {
        into: ImportTarget::Directory,
        file: serde_json::to_vec(file).unwrap(),
        columns: Vec::new(),
        communes: String::new(),
        answers: Vec::new(),
    };
    match device.asks(Request::Import(Box::new(import))) {
        Response::Imported(report) => *report,
        _ => panic!("an import was asked for"),
    }
}

fn only_entry(device: &mut Device) -> DirectoryEntry {
    let rows = match device.asks(Request::Directory) {
        Response::Directory(rows) => rows,
        _ => panic!("the directory was asked for"),
    };
    assert_eq!(rows.len(), 1);
    match device.asks(Request::Entry(rows[0].id)) {
        Response::Entry(file) => EntryFile::clone(&file).entry,
        _ => panic!("an entry was asked for"),
    }
}

#[test]
fn a_structure_and_its_service_come_in_and_answer_who_does_what() {
    let mut device = Device::with_notebook(1, today());
    // Services first: the order of a file means nothing.
    let report = takes(&mut device, &json!([service(), structure()]));
    assert_eq!((report.created, report.completed, report.refused.len()), (1, 1, 0));
    let garage = only_entry(&mut device);
    assert_eq!((garage.kind.clone(), garage.name.as_str()), (EntryKind::Structure, "Garage solidaire des Peirons"));
    assert_eq!((garage.siret.as_str(), garage.address.commune_code.as_str()), ("12345678901234", "13900"));
    assert_eq!(garage.hours, "lundi-vendredi 08:30-12:30\u{20}; fermé les jours fériés");
    assert_eq!(garage.checked_on, "2026-02-14".parse().ok());
    let lent = &garage.offers[0];
    assert_eq!(lent.topic, "transport");
    assert!(lent.what.starts_with("Prêt de voiture\nUne voiture prêtée"));
    assert_eq!(lent.publics.iter().collect::<Vec<_>>(), ["elders", "etudiants"]);
    assert_eq!(lent.communes.get("13900").map(String::as_str), Some("Roquebelle-les-Alpilles"));
    assert_eq!(lent.days, [1, 5].into());
    assert!(lent.note.contains("200093201") && lent.note.contains("Basile Escarvain"), "{}", lent.note);
    assert!(!lent.for_inhabitants, "nobody said yet that inhabitants may read it");
    let friday =
        Question { topic: "transport".into(), public: "elders".into(), commune: "13900".into(), day: Some(today()) };
    match device.asks(Request::WhoDoesWhat(friday)) {
        Response::WhoDoesWhat(found) => assert_eq!((found.count, found.answers[0].doubts.len()), (1, 0)),
        _ => panic!("who does it was asked"),
    }
    // What has no field is named, and not dropped in silence.
    let left: Vec<&str> = report.remarks.iter().filter(|r| r.why == "left_out").map(|r| r.text.as_str()).collect();
    assert!(left.contains(&"accessibilite_lieu: https://exemple.example/accessible"), "{left:?}");
    assert!(left.contains(&"volume_horaire_hebdomadaire: 2"), "{left:?}");
}

#[test]
fn the_same_file_twice_adds_nothing_and_one_undo_takes_it_all_back() {
    let mut device = Device::with_notebook(1, today());
    let file = json!({ "structures": [structure()], "services": [service()] });
    takes(&mut device, &file);
    let garage = only_entry(&mut device);
    let again = takes(&mut device, &file);
    assert_eq!((again.created, again.completed, again.unchanged, again.act), (0, 0, 2, None));
    // A mission that someone corrected stays as they left it.
    let line = garage.offers[0].id;
    let said = EntryChange::Mission(line, MissionChange::Text(MissionField::What, "Deux voitures".into()));
    device.does(Request::EditEntry { id: garage.id, changes: vec![said], draft: None }).unwrap();
    assert_eq!(takes(&mut device, &file).act, None);
    assert_eq!(only_entry(&mut device).offers[0].what, "Deux voitures");
    // Services alone find the structure that came before.
    assert_eq!(takes(&mut device, &json!({ "items": [service()] })).unchanged, 1);
    let mut device = Device::with_notebook(2, today());
    let all = takes(&mut device, &file).act.unwrap();
    device.does(Request::Undo(all)).unwrap();
    match device.asks(Request::Directory) {
        Response::Directory(rows) => assert!(rows.is_empty()),
        _ => panic!("the directory was asked for"),
    }
}

#[test]
fn a_structure_that_was_there_is_completed_and_keeps_what_was_written() {
    let mut device = Device::with_notebook(1, today());
    let id = EntryId([1; 16]);
    let mut known = DirectoryEntry::empty(id, EntryKind::Structure);
    known.name = "Garage solidaire des Peirons".into();
    known.address.commune = "Roquebelle-les-Alpilles".into();
    known.email = "corrige@exemple.example".into();
    let changes = DirectoryEntry::empty(id, EntryKind::Structure).changes_to(&known);
    device.does(Request::CreateEntry { id, kind: EntryKind::Structure, changes, draft: None }).unwrap();
    let report = takes(&mut device, &json!([structure(), service()]));
    assert_eq!((report.created, report.completed), (0, 2));
    let garage = only_entry(&mut device);
    assert_eq!((garage.id, garage.email.as_str(), garage.offers.len()), (id, "corrige@exemple.example", 1));
    assert!(report.remarks.iter().any(|remark| remark.why == "kept_other" && remark.text == "garage@exemple.example"));
}

#[test]
fn what_cannot_come_in_is_named_with_its_reason() {
    let mut device = Device::with_notebook(1, today());
    let file = json!([structure(), { "id": "x--1", "nom": " " }, 3, {
        "id": "y--1", "structure_id": "nobody--9", "nom": "Service perdu" }, service()]);
    let report = takes(&mut device, &file);
    let mut why: Vec<(u32, &str)> = report.refused.iter().map(|note| (note.line, note.why.as_str())).collect();
    why.sort_unstable();
    assert_eq!(why, [(2, "no_name"), (3, "no_name"), (4, "unknown_structure")]);
    assert_eq!((report.created, report.completed), (1, 1));
    for odd in ["{", "[]", "{\"structures\": {}}", "[[[[", "null"] {
        let import = Import {
            into: ImportTarget::Directory,
            file: odd.as_bytes().to_vec(),
            columns: Vec::new(),
            communes: String::new(),
            answers: Vec::new(),
        };
        let _ = device.tries(Request::Import(Box::new(import)));
    }
    let long = json!([{ "id": "z", "nom": "é".repeat(10_000), "description": "x".repeat(10_000) }]);
    assert_eq!(takes(&mut device, &long).created, 1);
}

#[test]
fn an_older_schema_comes_in_too() {
    let mut device = Device::with_notebook(1, today());
    let file = json!({
        "structures": [{ "id": "s1", "source": "x", "nom": "CCAS de Mas-Perdu", "typologie": "CCAS", "date_maj": "2026-01-01",
            "presentation_resume": "Aide sociale", "presentation_detail": null, "telephone": "04 65 71 00 03" }],
        "services": [{ "id": "v1", "structure_id": "s1", "source": "x", "nom": "Portage de repas",
            "thematiques": ["equipement-et-alimentation--alimentation"], "profils": ["seniors-65", "tous-publics"],
            "zone_diffusion_type": "commune", "zone_diffusion_code": "13901", "zone_diffusion_nom": "Mas-Perdu" }]
    });
    assert_eq!(takes(&mut device, &file).refused, []);
    let ccas = only_entry(&mut device);
    assert_eq!((ccas.role.as_str(), ccas.missions.as_str()), ("ccas", "Aide sociale"));
    let meals = &ccas.offers[0];
    assert_eq!((meals.topic.as_str(), meals.publics.iter().next().map(String::as_str)), ("meals", Some("elders")));
    assert_eq!(meals.communes, [("13901".to_owned(), "Mas-Perdu".to_owned())].into());
}

#[test]
fn nothing_private_goes_out_and_what_goes_out_comes_back() {
    let mut device = Device::with_notebook(1, today());
    takes(&mut device, &json!([structure(), service()]));
    let garage = only_entry(&mut device);
    let mut hidden = Mission::empty(LineId([8; 16]));
    (hidden.topic, hidden.what) = ("violence".into(), "Mise à l'abri".into());
    let mut changes: Vec<EntryChange> = Mission::empty(hidden.id)
        .changes_to(&hidden)
        .into_iter()
        .map(|change| EntryChange::Mission(hidden.id, change))
        .collect();
    changes.push(EntryChange::Mission(garage.offers[0].id, MissionChange::ForInhabitants(true)));
    device.does(Request::EditEntry { id: garage.id, changes, draft: None }).unwrap();
    let mut relay = DirectoryEntry::empty(EntryId([3; 16]), EntryKind::Relay);
    relay.name = "Vauquenard".into();
    let changes = DirectoryEntry::empty(relay.id, EntryKind::Relay).changes_to(&relay);
    device.does(Request::CreateEntry { id: relay.id, kind: EntryKind::Relay, changes, draft: None }).unwrap();
    let file = match device.asks(Request::ExportDirectory(ExportFormat::DataInclusion)) {
        Response::File(file) => file,
        _ => panic!("a file was asked for"),
    };
    assert_eq!(file.name, "annuaire.json");
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    for private in ["Vauquenard", "abri", "Escarvain", "200093201"] {
        assert!(!text.contains(private), "{private} in {text}");
    }
    let out: Value = serde_json::from_slice(&file.bytes).unwrap();
    let (structure, service) = (&out["structures"][0], &out["services"][0]);
    assert_eq!(service["structure_id"], structure["id"]);
    assert_eq!(service["thematiques"], json!(["mobilite--etre-accompagne-dans-son-parcours-mobilite"]));
    assert_eq!((&service["zone_eligibilite"], &service["telephone"]), (&json!(["13900"]), &json!("+33465710010")));
    for item in [structure, service] {
        for required in ["source", "id", "nom", "description", "date_maj"] {
            assert!(item[required].as_str().is_some_and(|text| !text.is_empty()), "{required} in {item}");
        }
        let description = item["description"].as_str().unwrap().chars().count();
        assert!((50..=2000).contains(&description), "{description}");
    }
    let mut other = Device::with_notebook(2, today());
    let report = takes(&mut other, &out);
    assert_eq!((report.created, report.completed, report.refused.len()), (1, 1, 0));
    assert_eq!(only_entry(&mut other).offers[0].topic, "transport");
}
