//! Sheets for other territories: whoever is named in one stops it, wherever the name stands and however it is written; what
//! comes from elsewhere is read as words and says where it was made.
#![allow(clippy::unwrap_used, reason = "a story says what is wrong by failing")]

use chrono::NaiveDate;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::procedures::{NewRun, ProcedureWrite};
use maillon_shared::api::sheets::{
    AlreadyHere, Looked, ReceivedFile, SheetAnswer, SheetFile, SheetLeft, SheetRead, SheetWrite, Sheets,
};
use maillon_shared::api::triage::TriageWrite;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::clues::{ClueKind, Weight};
use maillon_shared::domain::collective::{CollectiveProject, Partner, ProjectField};
use maillon_shared::domain::contact::Phone;
use maillon_shared::domain::directory::{EntryChange, EntryField, EntryKind};
use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::ids::{
    CollectiveId, EntryId, LineId, PersonId, ProcedureId, ProcedureRunId, ProvisionalId, ReceivedSheetId, SheetId,
};
use maillon_shared::domain::person::{Person, RelatedPerson};
use maillon_shared::domain::procedure::{Procedure, ProcedureStep, StepChange, StepField};
use maillon_shared::domain::provisional::Provisional;
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::time::PartialDate;
use maillon_shared::domain::travelling_sheet::{
    Meant, SheetChange, SheetField, SheetKind, SheetPartnerField, SheetResult, SheetSource, StaysHere, TravellingSheet,
};
use maillon_tests::harness::Device;

const ODETTE: PersonId = PersonId([1; 16]);
const WALKS: SheetId = SheetId([80; 16]);
const CAME: ReceivedSheetId = ReceivedSheetId([81; 16]);
const AGAIN: ReceivedSheetId = ReceivedSheetId([93; 16]);
const STEP: LineId = LineId([82; 16]);
const PARTNER: LineId = LineId([83; 16]);
const RESULT: LineId = LineId([84; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn text(field: SheetField, words: &str) -> SheetChange {
    SheetChange::Text(field, words.into())
}

fn read(device: &mut Device, asked: SheetRead) -> SheetAnswer {
    match device.asks(Request::ReadSheets(Box::new(asked))) {
        Response::Sheets(answer) => *answer,
        _ => panic!("something about sheets"),
    }
}

fn write(write: SheetWrite) -> Request {
    Request::WriteSheets(Box::new(write))
}

#[track_caller]
fn sheet(device: &mut Device, id: SheetId) -> SheetFile {
    match read(device, SheetRead::One(id)) {
        SheetAnswer::One(file) => *file,
        _ => panic!("a sheet"),
    }
}

fn all(device: &mut Device) -> Sheets {
    match read(device, SheetRead::All) {
        SheetAnswer::All(all) => *all,
        _ => panic!("all of them"),
    }
}

fn received(device: &mut Device, id: ReceivedSheetId) -> ReceivedFile {
    match read(device, SheetRead::Received(id)) {
        SheetAnswer::Received(file) => *file,
        _ => panic!("one that came"),
    }
}

fn looks(device: &mut Device, file: &[u8]) -> Looked {
    match read(device, SheetRead::Look(file.to_vec())) {
        SheetAnswer::Looked(looked) => *looked,
        _ => panic!("what a file holds"),
    }
}

fn begun(device: &mut Device, from: SheetSource) -> TravellingSheet {
    match read(device, SheetRead::From(from)) {
        SheetAnswer::Begun(sheet) => *sheet,
        _ => panic!("a sheet begun"),
    }
}

fn leaves(device: &mut Device, id: SheetId, meant: Vec<Meant>) -> Result<SheetLeft, StaysHere> {
    match device.asks(write(SheetWrite::Leave { id, meant })) {
        Response::Sheets(answer) => match *answer {
            SheetAnswer::Left(left) => Ok(*left),
            SheetAnswer::Stays(why) => Err(why),
            _ => panic!("whether it leaves"),
        },
        _ => panic!("whether it leaves"),
    }
}

fn edits(changes: Vec<SheetChange>) -> Request {
    write(SheetWrite::Edit { id: WALKS, changes, draft: None })
}

fn page(left: &SheetLeft) -> Vec<u8> {
    format!("<!doctype html>\n<html><body>\n<h1>Une fiche</h1>\n{}</body></html>\n", left.block).into_bytes()
}

/// A notebook that knows Odette, her son and her doctor.
fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    let mut odette = Person::empty(ODETTE);
    (odette.given_name, odette.family_name) = ("Odette".into(), "Escarvenc".into());
    odette.birth = PartialDate::parse("1941-03-12");
    odette.address.line = "12 chemin des Oliviers".into();
    odette.email = "la.nine@exemple.test".into();
    odette.phones.push(Phone { number: "04 90 12 34 56".into(), ..Phone::empty(LineId([9; 16])) });
    odette.related.push(RelatedPerson { name: "Basile Térouanne".into(), ..RelatedPerson::empty(LineId([3; 16])) });
    device.saves(&odette);
    let field = |code: &str, text: &str| EntryChange::Text(EntryField::from_code(code).unwrap(), text.into());
    let doctor = vec![field("given_name", "Zélie"), field("name", "Morvandal")];
    device.asks(Request::CreateEntry {
        id: EntryId([5; 16]),
        kind: EntryKind::Professional,
        changes: doctor,
        draft: None,
    });
    let club = vec![field("name", "Club des Alpilles"), field("role", "association")];
    device.asks(Request::CreateEntry { id: EntryId([6; 16]), kind: EntryKind::Structure, changes: club, draft: None });
    device
}

fn walks() -> TravellingSheet {
    let mut sheet = TravellingSheet::empty(WALKS, SheetKind::Action);
    (sheet.says.title, sheet.says.territory) = ("Marcher le jeudi".into(), "Le pays des collines".into());
    (sheet.says.author, sheet.says.licence) = ("la coordinatrice".into(), "CC BY 4.0".into());
    sheet.says.steps.push(ProcedureStep { what: "Reconnaître le chemin".into(), ..ProcedureStep::empty(STEP) });
    sheet
}

fn creates(sheet: &TravellingSheet, adapts: Option<ReceivedSheetId>) -> Request {
    write(SheetWrite::Create { sheet: Box::new(sheet.clone()), adapts, draft: None })
}

/// Every place where someone writes words.
fn every_place(words: &str) -> Vec<SheetChange> {
    let mut places: Vec<_> = SheetField::ALL.iter().map(|field| text(*field, words)).collect();
    places.extend(StepField::ALL.iter().map(|field| SheetChange::Step(StepChange::Text(STEP, *field, words.into()))));
    places.extend(SheetPartnerField::ALL.iter().map(|field| SheetChange::Partner(PARTNER, *field, words.into())));
    places.push(SheetChange::Result(RESULT, words.into()));
    places
}

#[test]
fn whoever_is_named_stops_it_in_every_place() {
    let mut device = village();
    for (planted, at) in every_place("Avec Mme Escarvenc, un jeudi").into_iter().zip(0..) {
        let mut device = device.copied().reopens();
        device.does(creates(&walks(), None)).unwrap();
        device.does(edits(vec![planted.clone()])).unwrap();
        let clues = sheet(&mut device, WALKS).clues;
        assert!(clues.iter().any(|clue| clue.kind == ClueKind::Name), "{planted:?}");
        // Nobody can mean it.
        let meant = clues.iter().map(Meant::of).collect();
        let why = leaves(&mut device, WALKS, meant).unwrap_err();
        assert!(matches!(why, StaysHere::NamesSomeone(1..)), "{at}: {planted:?} {why:?}");
    }
    device.does(creates(&walks(), None)).unwrap();
    assert!(leaves(&mut device, WALKS, Vec::new()).is_ok());
}

#[test]
fn whatever_leads_to_someone_accompanied_stops_it_and_the_rest_is_meant_one_by_one() {
    let mut device = village();
    device.does(creates(&walks(), None)).unwrap();
    for planted in [
        "pour Odette",
        "chez les ESCARVENC",
        "son fils Basile Terouanne",
        "au 04.90.12.34.56",
        "au +33 4 90 12 34 56",
        "née le 12 mars 1941",
        "au chemin des oliviers",
        "écrire à La.Nine@exemple.test",
    ] {
        device.does(edits(vec![text(SheetField::Context, planted)])).unwrap();
        let all_meant = sheet(&mut device, WALKS).clues;
        let meant = all_meant.iter().map(Meant::of).collect();
        assert!(matches!(leaves(&mut device, WALKS, meant), Err(StaysHere::NamesSomeone(_))), "{planted}");
    }
    device.does(edits(vec![text(SheetField::Context, "")])).unwrap();
    let contact = "Zélie Morvandal, 04 90 00 00 00, msp@exemple.test, avec le Club des Alpilles";
    device.does(edits(vec![text(SheetField::Contact, contact)])).unwrap();
    let clues = sheet(&mut device, WALKS).clues;
    assert!(clues.iter().all(|clue| clue.weight == Weight::Look), "{clues:?}");
    let mut meant: Vec<Meant> = clues.iter().map(Meant::of).collect();
    for kind in ["professional", "phone", "email", "structure"] {
        assert!(meant.iter().any(|meant| meant.kind.code() == kind), "{kind}: {meant:?}");
    }
    let last = meant.pop().unwrap();
    assert_eq!(leaves(&mut device, WALKS, meant.clone()).unwrap_err(), StaysHere::NotLookedAt(1));
    meant.push(last);
    let left = leaves(&mut device, WALKS, meant).unwrap();
    assert!(left.data.contains("Morvandal"));
}

#[test]
fn a_name_stops_it_however_it_is_written() {
    let mut device = village();
    device.does(creates(&walks(), None)).unwrap();
    let written = ["escarvenc", "ESCARVENC", "Éscârvenç", "eScArVeNc", "Escarvenc’s", "ESCÀRVËNC"];
    let between = [" ", ",", "\n", "-", "’", "«\u{a0}", "\u{202f}"];
    let forms = written.iter().flat_map(|name| between.map(|around| format!("avec{around}{name}{around}merci")));
    let count = every_place("").len();
    for (form, at) in forms.zip((0..count).cycle()) {
        device.does(edits(vec![every_place(&form).swap_remove(at)])).unwrap();
        let why = leaves(&mut device, WALKS, Vec::new());
        assert!(matches!(why, Err(StaysHere::NamesSomeone(1..))), "{form:?} in place {at}: {why:?}");
        device.does(edits(vec![every_place("x").swap_remove(at)])).unwrap();
    }
}

#[test]
fn a_sheet_made_in_one_notebook_opens_in_another_and_says_where_it_was_made() {
    let (mut here, mut there) = (village(), Device::with_notebook(2, today()));
    let mut hostile = walks();
    hostile.says.worked = "</script><script>alert(1)</script> [ici](javascript:alert(1))".into();
    here.does(creates(&hostile, None)).unwrap();
    let left = leaves(&mut here, WALKS, Vec::new()).unwrap();
    assert_eq!(left.travelled.provenance.version, 1);
    let file = page(&left);

    let looked = looks(&mut there, &file);
    assert_eq!((looked.here, &looked.travelled), (AlreadyHere::No, &left.travelled));
    assert!(all(&mut there).received.is_empty(), "looked at, and not kept");
    let keeps = |id: ReceivedSheetId, file: &[u8]| write(SheetWrite::Keep { id, file: file.to_vec() });
    let act = there.does(keeps(CAME, &file)).unwrap();
    assert_eq!(there.does(keeps(ReceivedSheetId([90; 16]), left.data.as_bytes())), None, "alone, it is the same");
    let shown = received(&mut there, CAME);
    assert_eq!(shown.travelled.says.worked, hostile.says.worked, "read as words");
    assert_eq!(shown.travelled.provenance.territory, "Le pays des collines");
    assert_eq!(there.finds("marcher"), ["Marcher le jeudi"]);
    there.does(Request::Undo(act)).unwrap();
    assert!(all(&mut there).received.is_empty());
    // Whoever undid it opens the file again, which is another act.
    there.does(keeps(AGAIN, &file)).unwrap();

    // The same again adds nothing; a newer version is said to be one, and both stay.
    assert_eq!(looks(&mut there, &file).here, AlreadyHere::Same(AGAIN));
    here.does(edits(vec![text(SheetField::Means, "Deux bénévoles")])).unwrap();
    let newer = leaves(&mut here, WALKS, Vec::new()).unwrap();
    assert_eq!(looks(&mut there, newer.data.as_bytes()).here, AlreadyHere::Newer(1));
    let second = ReceivedSheetId([91; 16]);
    there.does(keeps(second, newer.data.as_bytes())).unwrap();
    let rows = all(&mut there).received;
    assert_eq!(rows.iter().map(|row| (row.id, row.version)).collect::<Vec<_>>(), [(second, 2)]);
    assert_eq!(received(&mut there, second).others[0].version, 1);
    assert_eq!(looks(&mut here, &file).here, AlreadyHere::Own(WALKS));

    // Adapted there, it says where it comes from wherever it goes next.
    let mut own = begun(&mut there, SheetSource::Received(second));
    own.id = SheetId([92; 16]);
    own.says.territory = "La vallée".into();
    there.does(creates(&own, Some(second))).unwrap();
    let adapted = leaves(&mut there, own.id, Vec::new()).unwrap().travelled;
    assert_eq!(adapted.chain, newer.travelled.chain_from_here());
    assert_eq!(adapted.provenance.territory, "La vallée");
}

#[test]
fn what_is_no_sheet_is_refused_and_changes_nothing() {
    let mut device = village();
    device.does(creates(&walks(), None)).unwrap();
    let left = leaves(&mut device, WALKS, Vec::new()).unwrap();
    let mut there = Device::with_notebook(2, today());
    let damaged = left.data.replace("Marcher le jeudi", "Marcher le lundi").into_bytes();
    let refused = |file: Vec<u8>, problem| {
        let mut there = there.copied().reopens();
        let asked = Request::ReadSheets(Box::new(SheetRead::Look(file.clone())));
        assert_eq!(there.is_refused(asked), Failure::UnreadableFile(problem));
        let kept = write(SheetWrite::Keep { id: CAME, file });
        assert_eq!(there.is_refused(kept), Failure::UnreadableFile(problem));
    };
    refused(damaged, FileProblem::Damaged);
    refused(Vec::new(), FileProblem::Empty);
    refused(b"Bonjour".to_vec(), FileProblem::UnknownKind);
    refused(vec![b' '; 3_000_000], FileProblem::TooLarge);
    let long = left.data.replace("Marcher le jeudi", &"x".repeat(20_000));
    let long = long.lines().filter(|line| !line.contains("\"control\"")).collect::<Vec<_>>().join("\n");
    refused(long.into_bytes(), FileProblem::TooLarge);
    assert!(all(&mut there).received.is_empty());
}

#[test]
fn a_project_gives_its_words_and_of_its_partners_only_the_kind() {
    let mut device = village();
    let id = CollectiveId([70; 16]);
    let mut project = CollectiveProject::empty(id);
    project.title = "Marcher ensemble".into();
    *project.text_mut(ProjectField::Transferability) = "Un chemin plat".into();
    let partner = Partner { entry: Some(EntryId([6; 16])), ..Partner::empty(LineId([71; 16])) };
    project.partners.push(partner);
    let begins = CollectiveWrite::CreateProject { project: Box::new(project), draft: None };
    device.does(Request::WriteCollective(Box::new(begins))).unwrap();
    let sheet = begun(&mut device, SheetSource::Project(id));
    assert_eq!((sheet.says.kind.clone(), sheet.says.title.as_str()), (SheetKind::Action, "Marcher ensemble"));
    assert_eq!(sheet.says.conditions, "Un chemin plat");
    assert!(!sheet.says.partners[0].kind.is_empty());
    assert!(sheet.texts().iter().all(|(_, text)| !text.contains("Alpilles")));
}

#[test]
fn a_number_is_said_from_the_threshold_that_the_settings_have() {
    let mut device = village();
    let n = |n| Some(PublicCount::of(n, Threshold::FIVE));
    let mut begun = walks();
    begun.says.results.push(SheetResult { what: "venus".into(), n: n(7), ..SheetResult::empty(RESULT) });
    let threshold = |text: &str| Request::EditSettings(vec![(SettingsField::SummaryThreshold, text.into())]);
    let said = |device: &mut Device| sheet(device, WALKS).sheet.says.results[0].n.unwrap();
    device.does(threshold("11"));
    device.does(creates(&begun, None)).unwrap();
    assert_eq!(said(&mut device).fewer_than(), Some(11));
    device.does(edits(vec![SheetChange::Count(RESULT, n(40))])).unwrap();
    assert_eq!(said(&mut device).exactly(), Some(40));
    device.does(edits(vec![SheetChange::Count(RESULT, n(3))])).unwrap();
    assert_eq!(said(&mut device).fewer_than(), Some(11));
}

#[test]
fn a_name_in_where_a_sheet_comes_from_is_looked_at_and_does_not_stop_it_for_ever() {
    let (mut elsewhere, mut device) = (Device::with_notebook(2, today()), village());
    let mut signed = walks();
    signed.says.author = "Escarvenc".into();
    elsewhere.does(creates(&signed, None)).unwrap();
    let left = leaves(&mut elsewhere, WALKS, Vec::new()).unwrap();
    device.does(write(SheetWrite::Keep { id: CAME, file: left.data.into_bytes() })).unwrap();
    let mut own = begun(&mut device, SheetSource::Received(CAME));
    assert_eq!(own, begun(&mut device, SheetSource::Received(CAME)), "begun again, its lines go by the same names");
    own.id = SheetId([92; 16]);
    own.says.territory = "La vallée".into();
    device.does(creates(&own, Some(CAME))).unwrap();
    let clues = sheet(&mut device, own.id).clues;
    assert!(clues.iter().any(|clue| clue.kind == ClueKind::Name && clue.weight == Weight::Look), "{clues:?}");
    assert!(leaves(&mut device, own.id, clues.iter().map(Meant::of).collect()).is_ok());
}

#[test]
fn a_later_version_of_ones_own_is_kept_where_an_older_backup_was_restored() {
    let mut device = village();
    device.does(creates(&walks(), None)).unwrap();
    let mut older = device.copied().reopens();
    device.does(edits(vec![text(SheetField::Means, "Deux bénévoles")])).unwrap();
    let later = leaves(&mut device, WALKS, Vec::new()).unwrap();
    assert_eq!(looks(&mut device, later.data.as_bytes()).here, AlreadyHere::Own(WALKS));
    assert_eq!(looks(&mut older, later.data.as_bytes()).here, AlreadyHere::No);
    older.does(write(SheetWrite::Keep { id: CAME, file: later.data.into_bytes() })).unwrap();
    assert_eq!(received(&mut older, CAME).travelled.says.means, "Deux bénévoles");
}

#[test]
fn whoever_was_only_reported_and_why_an_episode_was_begun_are_looked_for_too() {
    let mut device = village();
    let mut reported = Provisional::empty(ProvisionalId([60; 16]), PersonId([61; 16]), today());
    (reported.given_name, reported.family_name) = ("Fulbert".into(), "Quennevais".into());
    reported.reported_by = "Mme Larquemin".into();
    reported.address_line = "3 chemin des Amandiers".into();
    reported.source = "neighbour_or_relay".into();
    let write_report = TriageWrite::Report { record: Box::new(reported), draft: None };
    device.does(Request::WriteTriage(Box::new(write_report))).unwrap();

    let (id, version) = (ProcedureId([62; 16]), LineId([63; 16]));
    let mut procedure = Procedure::empty(id);
    procedure.draft.title = "Retour à la maison".into();
    procedure.draft.steps.push(ProcedureStep { what: "Appeler".into(), ..ProcedureStep::empty(LineId([64; 16])) });
    let why = "elle rentre sans aide et ne peut plus monter seule à l’étage de sa maison";
    let run = NewRun {
        id: ProcedureRunId([65; 16]),
        procedure: id,
        version,
        person: Some(ODETTE),
        began_on: today(),
        words: why.into(),
        planned: Vec::new(),
        draft: None,
    };
    for asked in [
        ProcedureWrite::Create { procedure: Box::new(procedure), group: None, draft: None },
        ProcedureWrite::Publish { id, version, by: "Nadine".into(), changed: String::new(), draft: None },
        ProcedureWrite::Begin(Box::new(run)),
    ] {
        device.does(Request::WriteProcedures(Box::new(asked))).unwrap();
    }

    device.does(creates(&walks(), None)).unwrap();
    for (planted, weight) in [
        ("avec Larquemin", Weight::Must),
        ("au chemin des amandiers", Weight::Must),
        ("quennevais fulbert", Weight::Must),
        (why, Weight::Look),
    ] {
        device.does(edits(vec![text(SheetField::Context, planted)])).unwrap();
        let clues = sheet(&mut device, WALKS).clues;
        assert!(clues.iter().any(|clue| clue.weight == weight), "{planted}: {clues:?}");
    }
}
