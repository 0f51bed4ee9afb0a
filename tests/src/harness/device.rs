//! A device, told as a story tells it: it saves, locks, reopens, and shows the day.
//!
//! A refusal where the story expected none is a panic that says which.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::NaiveDate;
use maillon_engine::Engine;
use maillon_engine::journal::{Document, Header, Kind};
use maillon_engine::lines::{self, Wanted};
use maillon_engine::notebook::Notebook;
use maillon_engine::store::{Store, Table};
use maillon_engine::vault::{self, HEADER_ROW, unlock_with_passphrase};
use maillon_shared::api::requests::{NewEncounter, NewNotebook, Secret};
use maillon_shared::api::responses::{PersonFile, Today};
use maillon_shared::api::{Answer, Failure, Notice, Request, Response, encode};
use maillon_shared::domain::encounter::Encounter;
use maillon_shared::domain::ids::{ActId, DocId, PersonId};
use maillon_shared::domain::person::Person;
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::domain::time::Instant;

use super::{Clock, Desk, Shelf, ShelfStore, now};

/// What opens the notebooks of tests and demonstrations. It protects nothing and nobody.
pub const PASSPHRASE: &str = "un village qui n'existe pas";

/// An engine and where its notebook rests.
pub struct Device {
    engine: Engine<ShelfStore, Desk>,
    shelf: Shelf,
    clock: Clock,
    notices: Rc<RefCell<Vec<Notice>>>,
    /// None where keys are a user's.
    seed: Option<u64>,
}

impl Device {
    /// A device on which nothing was done yet, and whose chance this seed determines.
    pub fn new(seed: u64, today: NaiveDate) -> Self {
        Device::over(Shelf::new(), Clock::at(today), Some(seed))
    }

    /// A device whose notebook opens anywhere, with keys that are nobody else's.
    pub fn honest(today: NaiveDate) -> Self {
        Device::over(Shelf::new(), Clock::at(today), None)
    }

    /// A device with a notebook just made, open.
    pub fn with_notebook(seed: u64, today: NaiveDate) -> Self {
        let mut device = Device::new(seed, today);
        device.creates_notebook(Vec::new());
        device
    }

    fn over(shelf: Shelf, clock: Clock, seed: Option<u64>) -> Self {
        let notices = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&notices);
        let desk = match seed {
            Some(seed) => Desk::seeded(seed, clock.clone()),
            None => Desk::honest(clock.clone()),
        };
        let engine = Engine::new(shelf.open(), desk, Box::new(move |notice| heard.borrow_mut().push(notice)));
        Device { engine, shelf, clock, notices, seed }
    }

    /// Where the notebook rests.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The clock on the wall.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What screens were told since the last time.
    pub fn notices(&self) -> Vec<Notice> {
        self.notices.take()
    }

    // ── What is asked ───────────────────────────────────────────────────────────────────────────────────────────────

    /// Asks, and takes the answer as it is.
    pub fn tries(&mut self, request: Request) -> Answer {
        now(self.engine.handle(request))
    }

    /// Asks what is answered.
    #[track_caller]
    pub fn asks(&mut self, request: Request) -> Response {
        match self.tries(request) {
            Ok(response) => response,
            Err(failure) => panic!("refused: {failure:?}"),
        }
    }

    /// Does something; the act that can be undone, if it wrote anything.
    #[track_caller]
    pub fn does(&mut self, request: Request) -> Option<ActId> {
        match self.asks(request) {
            Response::Saved(saved) => Some(saved.act),
            _ => None,
        }
    }

    /// Asks what is refused.
    #[track_caller]
    pub fn is_refused(&mut self, request: Request) -> Failure {
        match self.tries(request) {
            Ok(_) => panic!("it should have been refused"),
            Err(failure) => failure,
        }
    }

    /// Tells the engine what happened on a network, as a host does.
    pub fn line(&mut self, event: lines::Event) -> lines::Answer {
        now(self.engine.line(event))
    }

    /// What the engine wants of the network.
    pub fn wanted(&mut self) -> Wanted {
        now(self.engine.wanted())
    }

    // ── The notebook ────────────────────────────────────────────────────────────────────────────────────────────────

    /// Makes a notebook, opened by [`PASSPHRASE`]; its 24 words.
    #[track_caller]
    pub fn creates_notebook(&mut self, settings: Vec<(SettingsField, String)>) -> String {
        let Response::Words(words) = self.asks(Request::ProposeWords) else { panic!("words were asked for") };
        let words = words.join(" ");
        let new = NewNotebook { passphrase: PASSPHRASE.into(), words: words.clone(), settings };
        self.asks(Request::Create(new));
        words
    }

    /// Makes a mairie's notebook, opened by [`PASSPHRASE`].
    #[track_caller]
    pub fn creates_mairies_notebook(&mut self, commune: &str) {
        let Response::Words(words) = self.asks(Request::ProposeWords) else { panic!("words were asked for") };
        let settings = vec![(SettingsField::Commune, commune.to_owned())];
        self.asks(Request::CreateMairie(NewNotebook {
            passphrase: PASSPHRASE.into(),
            words: words.join(" "),
            settings,
        }));
    }

    /// Locks.
    #[track_caller]
    pub fn locks(&mut self) {
        self.asks(Request::Lock);
    }

    /// Opens with the passphrase.
    #[track_caller]
    pub fn unlocks(&mut self) {
        self.asks(Request::Unlock(Secret::Passphrase(PASSPHRASE.into())));
    }

    /// The program ends without a word and starts again on the same rows, locked.
    pub fn restarts(self) -> Self {
        Device::over(self.shelf, self.clock, self.seed.map(|seed| seed.wrapping_add(1)))
    }

    /// Another device on a copy of the folder, locked.
    pub fn copied(&self) -> Self {
        let clock = Clock::at(self.clock.now().day());
        Device::over(self.shelf.copied(), clock, self.seed.map(|seed| seed.wrapping_add(1_000)))
    }

    /// Locks, starts again, and opens.
    #[track_caller]
    pub fn reopens(self) -> Self {
        self.reopens_with(PASSPHRASE)
    }

    /// Locks, starts again, and opens with that passphrase.
    #[track_caller]
    pub fn reopens_with(mut self, passphrase: &str) -> Self {
        self.locks();
        let mut device = self.restarts();
        device.asks(Request::Unlock(Secret::Passphrase(passphrase.into())));
        device
    }

    /// Every document there is, opened with [`PASSPHRASE`], whatever it is of: what whoever has the key can read.
    #[track_caller]
    pub fn everything(&self) -> Vec<Held> {
        self.everything_with(PASSPHRASE)
    }

    /// Every document there is, opened with that passphrase.
    #[track_caller]
    pub fn everything_with(&self, passphrase: &str) -> Vec<Held> {
        let mut rows = self.shelf.copied().open();
        let mut desk = Desk::seeded(0, self.clock.clone());
        let header = now(rows.get(Table::Meta, HEADER_ROW)).ok().flatten().expect("a header");
        let header = vault::Header::parse(&header).expect("a header");
        let key = now(unlock_with_passphrase(&mut desk, &header, passphrase)).expect("the key");
        let mut notebook = now(Notebook::open(key, &mut rows, &mut desk)).expect("a notebook");
        let held = notebook.views.every().map(|(id, cached)| {
            // What is named by ids is no JSON; its words are there all the same.
            let words = serde_json::to_string(&cached.content)
                .unwrap_or_else(|_| String::from_utf8_lossy(&encode(&cached.content)).into_owned());
            (id, cached.header.kind.code().to_owned(), cached.header.subject, words)
        });
        let held: Vec<_> = held.collect();
        let copies = now(notebook.copies(&rows, &held.iter().map(|held| held.0).collect::<Vec<_>>())).expect("copies");
        let held = held.into_iter().zip(copies);
        held.map(|((_, kind, subject, words), copy)| Held { kind, subject, words, bytes: copy.frame }).collect()
    }

    /// It is nine in the morning of that day.
    pub fn is_on(&self, day: NaiveDate) {
        self.clock.is(day);
    }

    /// Does everything of a village's life, each thing at its hour.
    #[track_caller]
    pub fn lives(&mut self, life: impl IntoIterator<Item = (Instant, Request)>) {
        for (at, request) in life {
            self.clock.set(at);
            self.asks(request);
        }
    }

    // ── People and days ─────────────────────────────────────────────────────────────────────────────────────────────

    /// Saves someone's sheet, new or changed.
    #[track_caller]
    pub fn saves(&mut self, person: &Person) -> Option<ActId> {
        let id = person.id;
        let before = match self.tries(Request::Person(id)) {
            Ok(Response::Person(file)) => file.person,
            _ => {
                let changes = Person::empty(id).changes_to(person);
                return self.does(Request::CreatePerson { id, changes, draft: None });
            }
        };
        self.does(Request::EditPerson { id, changes: before.changes_to(person), draft: None })
    }

    /// Records an encounter and nothing that it opens.
    #[track_caller]
    pub fn notes(&mut self, encounter: Encounter) -> Option<ActId> {
        self.does(Request::RecordEncounter(Box::new(just(encounter))))
    }

    /// Everything about someone.
    #[track_caller]
    pub fn opens(&mut self, id: PersonId) -> PersonFile {
        match self.asks(Request::Person(id)) {
            Response::Person(file) => *file,
            _ => panic!("someone was asked for"),
        }
    }

    /// What the day asks for.
    #[track_caller]
    pub fn today(&mut self) -> Today {
        match self.asks(Request::Today) {
            Response::Today(today) => *today,
            _ => panic!("today was asked for"),
        }
    }

    /// The titles of what is found.
    #[track_caller]
    pub fn finds(&mut self, text: &str) -> Vec<String> {
        match self.asks(Request::Search { text: text.into(), limit: 20 }) {
            Response::Found(hits) => hits.into_iter().map(|hit| hit.title).collect(),
            _ => panic!("something was looked for"),
        }
    }
}

/// A document, to whoever has the key.
pub struct Held {
    /// The code of its kind.
    pub kind: String,
    /// Whom it is about.
    pub subject: Option<[u8; 16]>,
    /// What it says, in JSON where it can be.
    pub words: String,
    /// All that was ever written in it, as it is kept.
    pub bytes: Vec<u8>,
}

impl Held {
    /// Whether it says this, or ever did: as it stands, taken away, undone or written over.
    pub fn says(&self, text: &str) -> bool {
        let header = Header::new(DocId([0; 16]), Kind::from_code(&self.kind), None, 0);
        let mut document = Document::load(header, [self.bytes.as_slice()], [0; 16]).expect("a document");
        let ever = document.history(0).into_iter().map(|row| format!("{} {}", row.field, row.value));
        let stands = document.present().into_iter().map(|(field, value)| format!("{field} {value}"));
        ever.chain(stands).chain([self.words.clone()]).any(|said| said.contains(text))
    }
}

/// An encounter and nothing that it opens.
pub fn just(encounter: Encounter) -> NewEncounter {
    NewEncounter {
        encounter,
        unshared_note: String::new(),
        completes: None,
        follow_ups: Vec::new(),
        requests: Vec::new(),
        draft: None,
    }
}
