//! Stories told through the door, over a store in memory: what a coordinator does in a day, and what goes wrong.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::{NaiveDate, NaiveTime};
use maillon_shared::api::requests::*;
use maillon_shared::api::responses::*;
use maillon_shared::api::{Answer, Failure};
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::encounter::{Encounter, EncounterChange, EncounterField, EncounterResult};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, FollowUpState, Rhythm};
use maillon_shared::domain::ids::*;
use maillon_shared::domain::person::{PersonChange, PersonField, PersonState};
use maillon_shared::domain::request::Request as CareRequest;
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::time::Instant;

use super::Engine;
use crate::ambient::{Ambient, StretchError};
use crate::memory::{Disk, FaultyStore, Plan};
use crate::store::{Batch, Store, Table};
use crate::vault::fixture::{CHEAP, Seeded, now};
use crate::vault::{StretchParams, Stretched};

const PASSPHRASE: &str = "trois lampes dans le grenier";

/// A host whose clock a story sets.
struct Desk {
    seeded: Seeded,
    clock: Rc<Cell<i64>>,
}

impl Ambient for Desk {
    fn now(&self) -> Instant {
        Instant { utc_ms: self.clock.get(), offset_min: 120 }
    }

    fn random(&mut self, bytes: &mut [u8]) {
        self.seeded.random(bytes);
    }

    async fn stretch(&mut self, secret: &[u8], params: &StretchParams) -> Result<Stretched, StretchError> {
        // A story opens its notebook many times: the cost is not what it is about.
        self.seeded.stretch(secret, &CHEAP.salted(params.salt)).await
    }
}

/// A notebook on a disk, and who uses it.
struct Office {
    engine: Engine<FaultyStore, Desk>,
    disk: Disk,
    clock: Rc<Cell<i64>>,
    notices: Rc<RefCell<Vec<Notice>>>,
    seed: u64,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn morning_of(text: &str) -> i64 {
    day(text).and_time(NaiveTime::from_hms_opt(7, 0, 0).unwrap()).and_utc().timestamp_millis()
}

impl Office {
    fn on(disk: Disk, today: &str) -> Self {
        let clock = Rc::new(Cell::new(morning_of(today)));
        Office::at(disk, clock, 1)
    }

    fn at(disk: Disk, clock: Rc<Cell<i64>>, seed: u64) -> Self {
        let notices = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&notices);
        let desk = Desk { seeded: Seeded::new(seed), clock: Rc::clone(&clock) };
        let store = FaultyStore::open(&disk).unwrap();
        let engine = Engine::new(store, desk, Box::new(move |notice| heard.borrow_mut().push(notice)));
        Office { engine, disk, clock, notices, seed }
    }

    /// A notebook just made, open.
    fn opened(today: &str) -> Self {
        let mut office = Office::on(Disk::new(), today);
        let Response::Words(words) = office.asks(Request::ProposeWords) else { panic!("words") };
        office.does(Request::Create(NewNotebook {
            passphrase: PASSPHRASE.into(),
            words: words.join(" "),
            settings: vec![(SettingsField::Commune, "Saint-Florent".into())],
        }));
        office
    }

    /// The computer starts again: another opening of the same disk, locked.
    fn restarts(self) -> Self {
        self.disk.restore();
        Office::at(self.disk, self.clock, self.seed + 1)
    }

    fn unlocks(&mut self) {
        self.does(Request::Unlock(Secret::Passphrase(PASSPHRASE.into())));
    }

    fn tries(&mut self, request: Request) -> Answer {
        now(self.engine.handle(request))
    }

    fn asks(&mut self, request: Request) -> Response {
        match self.tries(request) {
            Ok(response) => response,
            Err(failure) => panic!("refused: {failure:?}"),
        }
    }

    fn does(&mut self, request: Request) -> Option<ActId> {
        match self.asks(request) {
            Response::Saved(saved) => Some(saved.act),
            _ => None,
        }
    }

    fn fails(&mut self, request: Request) -> Failure {
        match self.tries(request) {
            Ok(_) => panic!("it should have been refused"),
            Err(failure) => failure,
        }
    }

    fn is(&self, today: &str) {
        self.clock.set(morning_of(today));
    }

    fn today(&mut self) -> Today {
        match self.asks(Request::Today) {
            Response::Today(today) => *today,
            _ => panic!("today"),
        }
    }

    fn file(&mut self, id: PersonId) -> PersonFile {
        match self.asks(Request::Person(id)) {
            Response::Person(file) => *file,
            _ => panic!("a person"),
        }
    }

    fn finds(&mut self, text: &str) -> Vec<String> {
        match self.asks(Request::Search { text: text.into(), limit: 10 }) {
            Response::Found(hits) => hits.into_iter().map(|hit| hit.title).collect(),
            _ => panic!("hits"),
        }
    }

    fn enters(&mut self, id: u8, given: &str, family: &str, hamlet: &str) -> PersonId {
        let id = PersonId([id; 16]);
        let changes = vec![
            PersonChange::Text(PersonField::GivenName, given.into()),
            PersonChange::Text(PersonField::FamilyName, family.into()),
            PersonChange::Text(PersonField::Hamlet, hamlet.into()),
        ];
        self.does(Request::CreatePerson { id, changes, draft: None }).unwrap();
        id
    }

    fn visits(&mut self, id: u8, person: PersonId, on: &str, notes: &str) -> ActId {
        let mut encounter = Encounter::empty(EncounterId([id; 16]), Some(person), day(on));
        encounter.notes = notes.into();
        self.does(Request::RecordEncounter(Box::new(just(encounter)))).unwrap()
    }
}

fn just(encounter: Encounter) -> NewEncounter {
    NewEncounter {
        encounter,
        unshared_note: String::new(),
        completes: None,
        follow_ups: Vec::new(),
        requests: Vec::new(),
        draft: None,
    }
}

fn due(id: u8, person: PersonId, on: &str) -> FollowUp {
    FollowUp::open(FollowUpId([id; 16]), Some(person), FollowUpKind::Contact, day(on))
}

fn names(rows: &[FollowUpRow]) -> Vec<&str> {
    rows.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn a_person_saved_is_there_after_locking_and_starting_again() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    office.does(Request::Lock);
    assert_eq!(office.fails(Request::People), Failure::Locked);
    let mut office = office.restarts();
    assert_eq!(office.fails(Request::Person(odette)), Failure::Locked);
    assert!(office.asks(Request::Status) == Response::Status(Status::Locked));
    office.unlocks();
    let file = office.file(odette);
    assert_eq!(file.person.display_name(), "Odette Marchais");
    assert_eq!(file.person.address.hamlet, "La Roussière");
}

#[test]
fn a_notebook_is_made_once() {
    let mut office = Office::opened("2026-06-12");
    let again = NewNotebook { passphrase: "autre".into(), words: String::new(), settings: Vec::new() };
    assert_eq!(office.fails(Request::Create(again)), Failure::NotebookExists);
}

#[test]
fn rows_without_a_header_are_damage_and_never_an_empty_place() {
    let office = Office::opened("2026-06-12");
    let mut store = office.engine.into_store();
    let mut batch = Batch::new();
    batch.delete(Table::Meta, crate::vault::HEADER_ROW);
    now(store.commit(batch)).unwrap();
    drop(store);
    let mut office = Office::on(office.disk, "2026-06-12");
    let damaged = Failure::Damaged(maillon_shared::api::errors::Damage::Header);
    assert_eq!(office.fails(Request::Status), damaged);
    let again = NewNotebook { passphrase: "autre".into(), words: String::new(), settings: Vec::new() };
    assert_eq!(office.fails(Request::Create(again)), damaged);
}

#[test]
fn the_passphrase_is_changed_by_who_knows_it() {
    let mut office = Office::opened("2026-06-12");
    let change =
        |old: &str| Request::ChangePassphrase { old: Secret::Passphrase(old.into()), new: "le puits sans seau".into() };
    assert_eq!(office.fails(change("je ne sais pas")), Failure::WrongPassphrase);
    office.does(change(PASSPHRASE));
    let mut office = office.restarts();
    let old = Request::Unlock(Secret::Passphrase(PASSPHRASE.into()));
    assert_eq!(office.fails(old), Failure::WrongPassphrase);
    office.does(Request::Unlock(Secret::Passphrase("le puits sans seau".into())));
}

#[test]
fn the_words_open_too_and_wrong_ones_say_why() {
    let mut office = Office::on(Disk::new(), "2026-06-12");
    let Response::Words(words) = office.asks(Request::ProposeWords) else { panic!("words") };
    let words = words.join(" ");
    office.does(Request::Create(NewNotebook {
        passphrase: PASSPHRASE.into(),
        words: words.clone(),
        settings: Vec::new(),
    }));
    let mut office = office.restarts();
    let unlock = |words: &str| Request::Unlock(Secret::Words(words.into()));
    assert_eq!(office.fails(unlock("abaisser abandon")), Failure::NotTwentyFourWords(2));
    assert_eq!(office.fails(unlock(&words.replacen(' ', " maillonnette ", 1))), Failure::UnknownWord(2));
    let Response::Words(others) = office.asks(Request::ProposeWords) else { panic!("words") };
    assert_eq!(office.fails(unlock(&others.join(" "))), Failure::WrongWords);
    office.does(unlock(&words.to_uppercase()));
}

#[test]
fn a_double_click_saves_once() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let again = Request::CreatePerson {
        id: odette,
        changes: vec![PersonChange::Text(PersonField::GivenName, "Odile".into())],
        draft: None,
    };
    assert_eq!(office.does(again), None);
    let visit = Encounter::empty(EncounterId([9; 16]), Some(odette), day("2026-06-12"));
    assert!(office.does(Request::RecordEncounter(Box::new(just(visit.clone())))).is_some());
    assert_eq!(office.does(Request::RecordEncounter(Box::new(just(visit)))), None);
    let file = office.file(odette);
    assert_eq!((file.person.given_name.as_str(), file.timeline.len()), ("Odette", 1));
}

#[test]
fn a_visit_opens_the_next_contact_and_a_request_in_one_act() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    let mut visit = Encounter::empty(EncounterId([2; 16]), Some(odette), day("2026-06-12"));
    visit.words = "je ne vois plus personne le dimanche".into();
    let mut asked = CareRequest::received(RequestId([4; 16]), Some(odette), day("2026-06-12"));
    asked.verbatim = "quelqu'un pour les courses".into();
    let act = office.does(Request::RecordEncounter(Box::new(NewEncounter {
        encounter: visit,
        unshared_note: "elle a pleuré".into(),
        completes: None,
        follow_ups: vec![due(3, odette, "2026-06-26")],
        requests: vec![asked],
        draft: None,
    })));
    let file = office.file(odette);
    assert_eq!(file.open.len(), 1);
    assert_eq!(file.timeline.len(), 2, "the visit and the request");
    assert!(file.timeline.iter().any(|item| matches!(item, TimelineItem::Encounter(_, true))), "with its note apart");
    assert_eq!(office.today().requests.len(), 1);
    office.is("2026-06-26");
    assert_eq!(names(&office.today().due), ["Odette Marchais"]);

    office.does(Request::Undo(act.unwrap())).unwrap();
    let file = office.file(odette);
    assert_eq!((file.open.len(), file.timeline.len()), (0, 0), "all of it is undone");
    assert_eq!(office.today().requests.len(), 0);
    assert_eq!(office.fails(Request::Undo(act.unwrap())), Failure::AlreadyUndone);
    // A later visit of the same year shows, though the act that began the journal was undone.
    office.visits(7, odette, "2026-06-20", "tout va bien");
    assert_eq!(office.file(odette).timeline.len(), 1);
}

#[test]
fn what_is_monthly_comes_again_once_done() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let monthly = FollowUp { rhythm: Some(Rhythm::MONTHLY), ..due(2, odette, "2026-06-04") };
    office.does(Request::PlanFollowUp { follow_up: monthly, draft: None });
    assert_eq!(office.today().late[0].days_late, 8);
    let done = office.does(Request::Complete { id: FollowUpId([2; 16]) }).unwrap();
    assert_eq!(office.today().late, []);
    assert_eq!(office.file(odette).open[0].due, day("2026-07-12"));
    office.does(Request::Undo(done));
    assert_eq!(office.file(odette).open.iter().map(|f| f.due).collect::<Vec<_>>(), [day("2026-06-04")]);
}

#[test]
fn putting_off_takes_a_reason_and_bringing_forward_none() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let id = FollowUpId([2; 16]);
    office.does(Request::PlanFollowUp { follow_up: due(2, odette, "2026-06-15"), draft: None });
    let to = |day_text: &str, reason: &str| Request::Reschedule { id, day: day(day_text), reason: reason.into() };
    let no_reason = Failure::Invalid(maillon_shared::api::errors::Invalid::NoReason);
    assert_eq!(office.fails(to("2026-06-22", "  ")), no_reason);
    office.does(to("2026-06-22", "chez sa fille"));
    office.does(to("2026-06-18", ""));
    let held = office.file(odette).open.remove(0);
    assert_eq!((held.due, held.postponed_times), (day("2026-06-18"), 1));
    assert_eq!(held.postponed_because, "chez sa fille");
}

#[test]
fn nobody_silenced_is_in_today_and_who_comes_back_is() {
    let mut office = Office::opened("2026-06-12");
    let states =
        [PersonState::Refuses, PersonState::Moved, PersonState::Deceased, PersonState::AbsentUntil(day("2026-07-01"))];
    for (index, state) in states.into_iter().enumerate() {
        let id = index as u8 + 1;
        let person = office.enters(id, "Prénom", &format!("Nom{id}"), "");
        office.does(Request::PlanFollowUp { follow_up: due(id, person, "2026-06-10"), draft: None });
        let mut asked = CareRequest::received(RequestId([id + 100; 16]), Some(person), day("2026-06-01"));
        asked.verbatim = "un médecin".into();
        let mut visit = Encounter::empty(EncounterId([id + 50; 16]), Some(person), day("2026-01-01"));
        visit.result = EncounterResult::Met;
        let new = NewEncounter { requests: vec![asked], ..just(visit) };
        office.does(Request::RecordEncounter(Box::new(new)));
        office.does(Request::EditPerson { id: person, changes: vec![PersonChange::State(state)], draft: None });
    }
    let today = office.today();
    assert_eq!((today.late.len(), today.requests.len(), today.unseen.len()), (0, 0, 0));
    office.is("2026-07-01");
    assert_eq!(names(&office.today().late), ["Prénom Nom4"]);
}

#[test]
fn someone_not_seen_for_long_shows_until_something_is_planned() {
    let mut office = Office::opened("2026-06-12");
    let simone = office.enters(1, "Simone", "Rabaud", "Les Gâts");
    office.visits(2, simone, "2026-04-01", "au jardin");
    assert_eq!(office.today().unseen[0].days, Some(72));
    office.does(Request::PlanFollowUp { follow_up: due(3, simone, "2026-06-14"), draft: None });
    let today = office.today();
    assert_eq!((today.unseen.len(), names(&today.week)), (0, vec!["Simone Rabaud"]));
    // A call that nobody answered is not having seen someone.
    let mut call = Encounter::empty(EncounterId([4; 16]), Some(simone), day("2026-06-12"));
    call.result = EncounterResult::NoAnswer;
    office.does(Request::RecordEncounter(Box::new(just(call))));
    assert_eq!(office.file(simone).last_contact, Some(day("2026-04-01")));
}

#[test]
fn a_name_is_found_without_accents_and_mistyped() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    office.enters(2, "Anne-Lise", "Saint-Brévin", "");
    office.visits(3, odette, "2026-06-10", "elle cherche quelqu'un pour élaguer le cerisier");
    let phone = PersonChange::Phone(LineId([1; 16]), PhoneField::Number, "01 99 00 12 34".into());
    office.does(Request::EditPerson { id: odette, changes: vec![phone], draft: None });
    for typed in ["odet", "marchai", "Marchat", "odete marchais", "roussiere", "01.99.00.12", "cerisier", "elagr ceri"]
    {
        assert_eq!(office.finds(typed).first().map(String::as_str), Some("Odette Marchais"), "{typed}");
    }
    for typed in ["st brevin", "anne lise", "Saint Brevn"] {
        assert_eq!(office.finds(typed).first().map(String::as_str), Some("Anne-Lise Saint-Brévin"), "{typed}");
    }
    assert_eq!(office.finds("zzzz"), [""; 0]);
    assert_eq!(office.finds(""), [""; 0]);
    // What is written after the first search is found too, and what is no longer so is not.
    let renamed = PersonChange::Text(PersonField::FamilyName, "Quillard".into());
    office.does(Request::EditPerson { id: odette, changes: vec![renamed], draft: None });
    assert_eq!(office.finds("quillard"), ["Odette Quillard"]);
    assert_eq!(office.finds("marchais"), [""; 0]);
}

#[test]
fn a_form_half_filled_survives_and_ends_with_its_save() {
    let mut office = Office::opened("2026-06-12");
    let key = DraftKey { form: "person".into(), subject: String::new() };
    let draft = Draft { key: key.clone(), content: "Odet".into(), at: Instant::default() };
    office.does(Request::SaveDraft(draft));
    let mut office = office.restarts();
    office.unlocks();
    let Response::Drafts(drafts) = office.asks(Request::Drafts) else { panic!("drafts") };
    assert_eq!(drafts.iter().map(|draft| draft.content.as_str()).collect::<Vec<_>>(), ["Odet"]);
    assert_eq!(drafts[0].at.utc_ms, morning_of("2026-06-12"));
    let changes = vec![PersonChange::Text(PersonField::GivenName, "Odette".into())];
    office.does(Request::CreatePerson { id: PersonId([1; 16]), changes, draft: Some(key) });
    assert!(office.asks(Request::Drafts) == Response::Drafts(Vec::new()));
}

#[test]
fn a_withdrawn_encounter_shows_nowhere_and_stays_in_the_history() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    office.visits(2, odette, "2026-06-12", "mauvaise personne");
    let withdrawn = Request::EditEncounter {
        id: EncounterId([2; 16]),
        changes: vec![EncounterChange::Withdrawn(true), EncounterChange::Text(EncounterField::Place, "mairie".into())],
        unshared_note: None,
        draft: None,
    };
    office.does(withdrawn);
    let file = office.file(odette);
    assert_eq!((file.timeline.len(), file.last_contact), (0, None));
    assert_eq!(office.today().noted_today, 0);
    let (_, document) = office.engine.notebook().unwrap().views.encounter(EncounterId([2; 16])).unwrap();
    let Response::History(history) = office.asks(Request::History(document)) else { panic!("history") };
    assert!(history.iter().any(|row| row.field.ends_with(".notes") && row.value == "mauvaise personne"));
}

#[test]
fn a_person_about_whom_something_was_written_is_not_undone_under_it() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let Response::Acts(acts) = office.asks(Request::Acts { before: None, limit: 1 }) else { panic!("acts") };
    assert_eq!((acts[0].what.as_str(), acts[0].about.as_str()), ("create_person", "Odette Marchais"));
    let visit = office.visits(2, odette, "2026-06-12", "");
    assert_eq!(office.fails(Request::Undo(acts[0].act)), Failure::WrittenSince);
    office.does(Request::Undo(visit));
    office.does(Request::Undo(acts[0].act));
    assert_eq!(office.fails(Request::Person(odette)), Failure::NotFound);
    assert!(office.asks(Request::People) == Response::People(Vec::new()));
    let Response::Acts(acts) = office.asks(Request::Acts { before: None, limit: 10 }) else { panic!("acts") };
    let undone: Vec<_> = acts.iter().map(|act| (act.what.as_str(), act.undone)).collect();
    assert_eq!(
        undone,
        [
            ("undo", false),
            ("undo", false),
            ("record_encounter", true),
            ("create_person", true),
            ("edit_settings", false)
        ]
    );
    // Undoing the undoing brings her back.
    office.does(Request::Undo(acts[0].act));
    assert_eq!(office.file(odette).person.given_name, "Odette");
}

#[test]
fn opening_a_file_is_in_the_journal_of_reads_once_for_a_while() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    office.file(odette);
    office.file(odette);
    office.clock.set(office.clock.get() + 3_600_000);
    office.file(odette);
    let Response::Reads(reads) = office.asks(Request::Reads { before: None, limit: 10 }) else { panic!("reads") };
    let seen: Vec<_> = reads.iter().map(|read| (read.what.as_str(), read.about.as_str())).collect();
    assert_eq!(seen, [("person", "Odette Marchais"), ("person", "Odette Marchais")]);
}

#[test]
fn journals_of_any_length_are_read_page_by_page() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    for index in 0..600_u32 {
        let approach = PersonChange::Text(PersonField::Approach, format!("sonner {index} fois"));
        office.does(Request::EditPerson { id: odette, changes: vec![approach], draft: None });
    }
    let mut numbers = Vec::new();
    let mut before = None;
    loop {
        let Response::Acts(acts) = office.asks(Request::Acts { before, limit: 100 }) else { panic!("acts") };
        let Some(last) = acts.last() else { break };
        before = Some(last.number);
        numbers.extend(acts.iter().map(|act| act.number));
    }
    assert_eq!(numbers, (0..602).rev().collect::<Vec<_>>());
    assert_eq!(office.file(odette).person.approach, "sonner 599 fois");
    // So many frames were written again as few, and the history is whole.
    let Response::History(history) = office.asks(Request::History(odette.into())) else { panic!("history") };
    assert_eq!(history.iter().filter(|row| row.field == "approach").count(), 600);
    let mut office = office.restarts();
    office.unlocks();
    assert_eq!(office.file(odette).person.approach, "sonner 599 fois");
}

#[test]
fn a_missing_cache_costs_time_and_no_data() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    office.visits(2, odette, "2026-06-12", "au jardin");
    let mut store = office.engine.into_store();
    let mut batch = Batch::new();
    batch.delete_prefix(Table::Views, []);
    now(store.commit(batch)).unwrap();
    drop(store);
    let mut office = Office::at(office.disk, office.clock, 9);
    office.unlocks();
    assert_eq!(office.file(odette).timeline.len(), 1);
    let Response::Verified(report) = office.asks(Request::Verify) else { panic!("a report") };
    assert_eq!(report, Verification { documents: 3, unreadable: 0, stale_views: 0, acts: 3 });
}

#[test]
fn a_damaged_document_is_counted_and_the_others_open() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let simone = office.enters(2, "Simone", "Rabaud", "");
    let mut store = office.engine.into_store();
    let mut batch = Batch::new();
    let rows = now(store.scan(Table::Frames, &odette.0)).unwrap();
    let (row, mut sealed) = rows.last().unwrap().clone();
    let last = sealed.len() - 1;
    sealed[last] ^= 1;
    batch.put(Table::Frames, row, sealed);
    batch.delete(Table::Views, odette.0);
    now(store.commit(batch)).unwrap();
    drop(store);
    let mut office = Office::at(office.disk, office.clock, 9);
    office.unlocks();
    assert_eq!(office.file(simone).person.given_name, "Simone");
    assert_eq!(office.today().anomalies, 1);
    let Response::Verified(report) = office.asks(Request::Verify) else { panic!("a report") };
    assert_eq!((report.documents, report.unreadable), (2, 1));
}

#[test]
fn a_full_disk_is_said_and_nothing_is_lost_or_half_written() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    office.disk.plan(Plan { full_after_bytes: Some(office.disk.image().len()), ..Plan::default() });
    let visit = Encounter::empty(EncounterId([2; 16]), Some(odette), day("2026-06-12"));
    assert_eq!(office.fails(Request::RecordEncounter(Box::new(just(visit.clone())))), Failure::Full);
    assert_eq!(office.file(odette).timeline, [], "what is not on disk is not shown");
    office.disk.plan(Plan::default());
    office.does(Request::RecordEncounter(Box::new(just(visit)))).unwrap();
    let mut office = office.restarts();
    office.unlocks();
    assert_eq!(office.file(odette).timeline.len(), 1);
}

#[test]
fn whatever_moment_the_power_is_cut_what_was_acknowledged_is_there() {
    let mut cuts = 0;
    for at in 1.. {
        let mut office = Office::opened("2026-06-12");
        let odette = office.enters(1, "Odette", "Marchais", "");
        let began = office.disk.steps();
        office.disk.plan(Plan { cut_at_step: Some(began + at), seed: at, ..Plan::default() });
        let mut acknowledged = Vec::new();
        for id in 10..16 {
            let visit = Encounter::empty(EncounterId([id; 16]), Some(odette), day("2026-06-12"));
            match office.tries(Request::RecordEncounter(Box::new(just(visit)))) {
                Ok(_) => acknowledged.push(EncounterId([id; 16])),
                Err(_) => break,
            }
        }
        if !office.disk.is_dark() {
            break;
        }
        cuts += 1;
        let mut office = office.restarts();
        office.unlocks();
        for id in &acknowledged {
            assert!(office.tries(Request::Encounter(*id)).is_ok(), "cut at {at}: {id} was acknowledged");
        }
        let Response::Verified(report) = office.asks(Request::Verify) else { panic!("a report") };
        assert_eq!((report.unreadable, report.stale_views), (0, 0), "cut at {at}");
        // And work goes on.
        office.visits(99, odette, "2026-06-12", "après la coupure");
    }
    assert!(cuts >= 12, "the power was cut at {cuts} moments");
}

#[test]
fn whatever_moment_the_power_is_cut_an_erasure_is_whole_or_was_not_begun() {
    let mut ends = [0, 0];
    for at in 1.. {
        let mut office = Office::opened("2026-06-12");
        let odette = office.enters(1, "Odette", "Marchais", "");
        let simone = office.enters(2, "Simone", "Rabaud", "");
        office.visits(3, odette, "2026-06-12", "au jardin");
        let began = office.disk.steps();
        office.disk.plan(Plan { cut_at_step: Some(began + at), seed: at, ..Plan::default() });
        let said = office.tries(Request::ErasePeople(vec![odette]));
        if !office.disk.is_dark() {
            break;
        }
        let mut office = office.restarts();
        office.unlocks();
        let is_there = office.tries(Request::Person(odette)).is_ok();
        assert!(said.is_err() || !is_there, "cut at {at}: it was said to be done");
        assert_eq!(office.tries(Request::Encounter(EncounterId([3; 16]))).is_ok(), is_there, "cut at {at}");
        assert_eq!(office.file(simone).person.given_name, "Simone", "cut at {at}");
        let Response::Verified(report) = office.asks(Request::Verify) else { panic!("a report") };
        assert_eq!((report.unreadable, report.stale_views), (0, 0), "cut at {at}");
        assert_eq!(now(office.engine.into_store().get(Table::Meta, b"to-purge")).unwrap(), None, "cut at {at}");
        ends[usize::from(is_there)] += 1;
    }
    assert!(ends.iter().all(|end| *end > 0), "before and after: {ends:?}");
}

#[test]
fn impossible_days_and_endless_texts_are_refused_before_anything_is_written() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let on = |text: &str| Encounter::empty(EncounterId([2; 16]), Some(odette), day(text));
    let bad_day = Failure::Invalid(maillon_shared::api::errors::Invalid::Day);
    for text in ["2026-06-14", "0026-06-12", "2226-06-12"] {
        assert_eq!(office.fails(Request::RecordEncounter(Box::new(just(on(text))))), bad_day, "{text}");
    }
    let mut endless = on("2026-06-12");
    endless.notes = "é".repeat(1_000_001);
    let too_long = Failure::Invalid(maillon_shared::api::errors::Invalid::TooLong);
    assert_eq!(office.fails(Request::RecordEncounter(Box::new(just(endless)))), too_long);
    let mut long = on("2026-06-12");
    long.notes = "🏡 مرحبا é ".repeat(20_000);
    office.does(Request::RecordEncounter(Box::new(just(long.clone())))).unwrap();
    let mut office = office.restarts();
    office.unlocks();
    let Response::Encounter(held) = office.asks(Request::Encounter(long.id)) else { panic!("an encounter") };
    assert_eq!(held.encounter.notes, long.notes);
    let no_name = Request::CreatePerson {
        id: PersonId([8; 16]),
        changes: vec![PersonChange::Text(PersonField::GivenName, "  ".into())],
        draft: None,
    };
    assert_eq!(office.fails(no_name), Failure::Invalid(maillon_shared::api::errors::Invalid::NoName));
}

#[test]
fn screens_hear_what_changed() {
    let mut office = Office::opened("2026-06-12");
    office.notices.borrow_mut().clear();
    let odette = office.enters(1, "Odette", "Marchais", "");
    assert_eq!(*office.notices.borrow(), [Notice::Changed(vec![odette.into()])]);
}

#[test]
fn a_cancelled_follow_up_says_why_and_is_not_done_twice() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "");
    let id = FollowUpId([2; 16]);
    office.does(Request::PlanFollowUp { follow_up: due(2, odette, "2026-06-15"), draft: None });
    office.does(Request::Cancel { id, why: "hospitalisée".into() });
    let Response::FollowUp(held) = office.asks(Request::FollowUp(id)) else { panic!("a follow-up") };
    assert_eq!(held.follow_up.state, FollowUpState::Cancelled { why: "hospitalisée".into() });
    assert_eq!(office.fails(Request::Complete { id }), Failure::WrittenSince);
}

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
fn a_backup_restored_elsewhere_is_the_notebook_on_another_device() {
    let mut office = Office::opened("2026-06-12");
    let odette = office.enters(1, "Odette", "Marchais", "La Roussière");
    office.visits(2, odette, "2026-06-12", "au jardin");
    assert_eq!(office.today().copied_on, None);
    let Response::File(file) = office.asks(Request::Backup) else { panic!("a file") };
    assert_eq!(office.today().copied_on, Some(day("2026-06-12")));
    assert_eq!(file.name, "maillon-2026-06-12.maillon");
    assert_eq!(office.fails(Request::Restore(file.bytes.clone())), Failure::NotebookExists);

    let mut elsewhere = Office::on(Disk::new(), "2026-06-20");
    elsewhere.does(Request::Restore(file.bytes.clone()));
    assert_eq!(elsewhere.fails(Request::People), Failure::Locked);
    elsewhere.unlocks();
    assert_eq!(elsewhere.file(odette).timeline.len(), 1);
    let device = |office: &mut Office, what: &str| {
        let approach = PersonChange::Text(PersonField::Approach, what.into());
        office.does(Request::EditPerson { id: odette, changes: vec![approach], draft: None });
        let Response::History(rows) = office.asks(Request::History(odette.into())) else { panic!("history") };
        rows[0].device.clone()
    };
    let (here, there) = (device(&mut office, "ici"), device(&mut elsewhere, "là-bas"));
    assert_ne!(here, there, "the two never write under one name");
    let mut elsewhere = elsewhere.restarts();
    elsewhere.unlocks();
    assert_eq!(device(&mut elsewhere, "encore là-bas"), there, "and it is a new device once");

    let mut cut = file.bytes.clone();
    cut.truncate(cut.len() / 2);
    let damaged = Failure::UnreadableFile(maillon_shared::api::errors::FileProblem::Damaged);
    let mut third = Office::on(Disk::new(), "2026-06-20");
    assert_eq!(third.fails(Request::Restore(cut)), damaged);
    assert!(third.asks(Request::Status) == Response::Status(Status::None), "nothing was written");
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
