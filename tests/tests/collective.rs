//! Collective projects and difficulties of practice, through the door: what started them is counted and nobody is named.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chrono::{Days, NaiveDate};
use maillon_shared::api::collective::{
    CollectiveAnswer, CollectiveRead, CollectiveWrite, CommonTarget, ProjectFile, SharedDifficulties,
};
use maillon_shared::api::errors::Invalid;
use maillon_shared::api::responses::HitTarget;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::clues::{ClueKind, WrittenFor};
use maillon_shared::domain::collective::{
    CollectiveProject, Partner, ProjectChange, ProjectField, ProjectNeed, ProjectStep,
};
use maillon_shared::domain::difficulty::{Difficulty, DifficultyChange, DifficultyField};
use maillon_shared::domain::directory::{EntryChange, EntryField, EntryKind};
use maillon_shared::domain::disclosure::{PublicCount, Threshold};
use maillon_shared::domain::ids::{CollectiveId, DifficultyId, EntryId, LineId, PersonId};
use maillon_shared::domain::person::{Person, RelatedPerson};
use maillon_tests::harness::Device;

const WALKS: CollectiveId = CollectiveId([60; 16]);
const CLUB: EntryId = EntryId([40; 16]);

fn today() -> NaiveDate {
    "2026-06-12".parse().unwrap()
}

fn reads(device: &mut Device, asked: CollectiveRead) -> CollectiveAnswer {
    let Response::Collective(answer) = device.asks(Request::ReadCollective(asked)) else { panic!("an answer") };
    *answer
}

fn write(asked: CollectiveWrite) -> Request {
    Request::WriteCollective(Box::new(asked))
}

fn project(device: &mut Device, id: CollectiveId) -> ProjectFile {
    let CollectiveAnswer::Project(file) = reads(device, CollectiveRead::Project(id)) else { panic!("a project") };
    *file
}

fn enters_structure(device: &mut Device, id: EntryId, name: &str, works_at: Option<EntryId>) {
    let kind = if works_at.is_some() { EntryKind::Professional } else { EntryKind::Structure };
    let mut changes = vec![EntryChange::Text(EntryField::Name, name.into())];
    changes.extend(works_at.map(|at| EntryChange::WorksAt(Some(at))));
    device.does(Request::CreateEntry { id, kind, changes, draft: None });
}

fn village() -> Device {
    let mut device = Device::with_notebook(1, today());
    let mut odette = Person::empty(PersonId([1; 16]));
    (odette.given_name, odette.family_name) = ("Odette".into(), "Escarvenc".into());
    odette.address.hamlet = "La Roussière".into();
    odette.birth = maillon_shared::domain::time::PartialDate::parse("1941-03-12");
    let nadine = RelatedPerson { name: "Nadine Escarvenc".into(), ..RelatedPerson::empty(LineId([2; 16])) };
    odette.related.push(nadine);
    device.saves(&odette);
    enters_structure(&mut device, CLUB, "Club des Alpilles", None);
    device
}

fn walks() -> CollectiveProject {
    let mut project = CollectiveProject::empty(WALKS);
    project.title = "Marcher ensemble".into();
    project.year = Some(2026);
    let count = PublicCount::of(3, Threshold::FIVE);
    project.needs.push(ProjectNeed::new(LineId([1; 16]), "transport", count, "de janvier à mai").unwrap());
    project.partners.push(Partner { entry: Some(CLUB), ..Partner::empty(LineId([2; 16])) });
    let due = today().checked_sub_days(Days::new(2));
    project.steps.push(ProjectStep { what: "Réserver la salle".into(), due, ..ProjectStep::empty(LineId([3; 16])) });
    project
}

fn create(project: &CollectiveProject) -> Request {
    write(CollectiveWrite::CreateProject { project: Box::new(project.clone()), draft: None })
}

// ── A project ───────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_project_begins_from_counted_needs_asks_for_its_steps_is_closed_and_begins_again() {
    let mut device = village();
    device.does(create(&walks())).unwrap();
    assert_eq!(device.does(create(&walks())), None, "asked twice, made once");
    let mut device = device.reopens();
    let file = project(&mut device, WALKS);
    assert_eq!(file.name_of(Some(CLUB)), "Club des Alpilles");
    assert_eq!(file.project.needs[0].persons().exactly(), None, "three people are « moins de cinq »");

    let today_asks = device.today().project_steps;
    assert_eq!((today_asks.len(), today_asks[0].days_late), (1, 2));
    let done = vec![ProjectChange::StepDone(LineId([3; 16]), Some(today()))];
    let act = device.does(write(CollectiveWrite::EditProject { id: WALKS, changes: done, draft: None })).unwrap();
    assert!(device.today().project_steps.is_empty());
    device.does(Request::Undo(act)).unwrap();
    assert_eq!(device.today().project_steps.len(), 1);

    let close = |learnt: &str| write(CollectiveWrite::CloseProject { id: WALKS, learnt: learnt.into(), draft: None });
    assert_eq!(device.is_refused(close("  ")), Failure::Invalid(Invalid::Empty), "nothing is closed without a word");
    device.does(close("Partir plus tôt le matin")).unwrap();
    assert!(device.today().project_steps.is_empty(), "a closed project asks for nothing");
    assert_eq!(device.is_refused(close("Autre chose")), Failure::WrittenSince);

    let again = CollectiveId([61; 16]);
    let next = |year| write(CollectiveWrite::NextYear { id: again, of: WALKS, year });
    assert_eq!(device.is_refused(next(2026)), Failure::Invalid(Invalid::Day));
    device.does(next(2027)).unwrap();
    let file = project(&mut device, again);
    assert_eq!(file.follows, Some((WALKS, "Marcher ensemble".to_owned())));
    assert_eq!(file.project.steps[0].due, Some("2027-06-10".parse().unwrap()));
    assert_eq!(project(&mut device, WALKS).followed_by.unwrap().0, again);

    let Response::Found(hits) = device.asks(Request::Search { text: "reserver salle".into(), limit: 10 }) else {
        panic!("hits")
    };
    assert!(hits.iter().any(|hit| hit.target == HitTarget::Common(CommonTarget::Project(WALKS))));
}

#[test]
fn what_is_impossible_is_not_written() {
    let mut device = village();
    assert_eq!(
        device.is_refused(create(&CollectiveProject { title: " ".into(), ..walks() })),
        Failure::Invalid(Invalid::NoName)
    );
    assert_eq!(
        device.is_refused(create(&CollectiveProject { year: Some(20_026), ..walks() })),
        Failure::Invalid(Invalid::Day)
    );
    let nobody = Some(EntryId([99; 16]));
    assert_eq!(device.is_refused(create(&CollectiveProject { carrier_entry: nobody, ..walks() })), Failure::NotFound);
    device.does(create(&walks())).unwrap();
    let no_title = vec![ProjectChange::Text(ProjectField::Title, String::new())];
    let edit = write(CollectiveWrite::EditProject { id: WALKS, changes: no_title, draft: None });
    assert_eq!(device.is_refused(edit), Failure::Invalid(Invalid::NoName));
    let mut slipped = walks();
    (slipped.id, slipped.steps[0].due) = (CollectiveId([62; 16]), "9999-01-01".parse().ok());
    assert_eq!(device.is_refused(create(&slipped)), Failure::Invalid(Invalid::Day));
}

#[test]
fn a_text_that_names_someone_is_pointed_at_and_saved_all_the_same() {
    let mut device = village();
    let aim = "Pour que nadine, Odette et ceux de La Roussière sortent. Née le 12/03/1941. مرحبا 🚲";
    let asked = CollectiveRead::Clues { texts: vec![String::new(), aim.into()], written_for: WrittenFor::Project };
    let CollectiveAnswer::Clues(clues) = reads(&mut device, asked) else { panic!("clues") };
    let found: Vec<_> = clues.iter().map(|clue| (clue.text, clue.kind.clone(), clue.words.as_str())).collect();
    let expected = [(1, ClueKind::Name, "nadine"), (1, ClueKind::Name, "Odette"), (1, ClueKind::Birth, "12/03/1941")];
    assert_eq!(found, expected, "a project may name a hamlet");
    for clue in &clues {
        assert_eq!(&aim[clue.from as usize..clue.to as usize], clue.words);
    }
    device.does(create(&CollectiveProject { aim: aim.into(), ..walks() })).unwrap();
    assert_eq!(project(&mut device, WALKS).project.aim, aim, "a warning never blocks");
}

// ── Difficulties of practice ────────────────────────────────────────────────────────────────────────────────────────

fn says(device: &mut Device, n: u8, words: &str, structure: Option<EntryId>, named: &str) {
    let mut said = Difficulty::empty(DifficultyId([n + 100; 16]), today());
    (said.theme, said.words) = ("delays".into(), words.into());
    (said.structure_entry, said.structure) = (structure, named.into());
    device.does(write(CollectiveWrite::SayDifficulty { difficulty: said, draft: None })).unwrap();
}

fn shared(device: &mut Device) -> SharedDifficulties {
    let asked = CollectiveRead::SharedDifficulties("delays".into());
    let CollectiveAnswer::SharedDifficulties(shared) = reads(device, asked) else { panic!("difficulties") };
    shared
}

#[test]
fn difficulties_are_shown_from_three_structures_on_and_never_with_a_name() {
    let mut device = village();
    let nurse = EntryId([41; 16]);
    enters_structure(&mut device, nurse, "Tardivel-Aubanne", Some(CLUB));
    says(&mut device, 1, "On attend trois mois.", Some(CLUB), "");
    says(&mut device, 2, "Personne ne rappelle.", Some(nurse), "");
    says(&mut device, 3, "Il faut tout redire.", None, "club des alpilles");
    assert_eq!(
        shared(&mut device),
        SharedDifficulties::TooFew(2),
        "the club, someone of the club, the club written out"
    );
    says(&mut device, 4, "On ne sait pas qui appeler.", None, "SAD du Val");
    assert_eq!(shared(&mut device), SharedDifficulties::TooFew(1));
    says(&mut device, 5, "Chez Odette, la liste est pleine.", None, "Centre de soins");
    let SharedDifficulties::Clues(clues) = shared(&mut device) else { panic!("a name in the words") };
    assert_eq!(clues.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [DifficultyId([105; 16])]);
    let changes = vec![DifficultyChange::Text(DifficultyField::Words, "La liste est pleine.".into())];
    let id = DifficultyId([105; 16]);
    device.does(write(CollectiveWrite::EditDifficulty { id, changes, draft: None })).unwrap();
    let SharedDifficulties::Group(group) = shared(&mut device) else { panic!("a group") };
    assert_eq!((group.structures(), group.words().len()), (3, 5));
    assert_eq!(group.words()[0], "Il faut tout redire.", "in the order of the letters");
}
