//! Stories told through the door, over a store in memory: what a coordinator does in a day, and what goes wrong.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told is a failed test")]

mod opening;

mod day;

mod faults;
mod files;
mod groups;
mod neighbours;
mod sharing;
mod summary;
mod surveys;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::{NaiveDate, NaiveTime};
use maillon_shared::api::requests::*;
use maillon_shared::api::responses::*;
use maillon_shared::api::{Answer, Failure, Response};
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::encounter::{Encounter, EncounterChange, EncounterField, EncounterKind, EncounterResult};
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
    type Folder = crate::link::NoFolder;

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
