//! What all screens share while the page lives: how far the notebook is open, what changed, what to say in passing.
//!
//! Locking leaves nothing behind: the engine drops its keys, then the page starts anew.

use std::cell::Cell;
use std::time::Duration;

use leptos::prelude::*;
use maillon_shared::api::lending::Role;
use maillon_shared::api::responses::Status;
use maillon_shared::api::{Failure, Notice, Request, one};
use maillon_shared::domain::ids::{ActId, PersonId, SurveyId};
use maillon_shared::domain::settings::Settings;
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::routes::{self, Route};
use crate::ui::save_bar::Saving;
use crate::{browser, demo, drafts, lists};

/// How far the notebook is open.
#[derive(Clone, PartialEq, Eq)]
pub enum Stage {
    /// The host has not answered yet.
    Opening,
    /// There is no door: the system's words.
    NoDoor(String),
    /// The host answered that it cannot.
    Refused(Failure),
    /// There is no notebook yet.
    NoNotebook,
    /// There is one, locked.
    Locked,
    /// It is open.
    Open,
}

/// Something said in passing; it stays until dismissed.
#[derive(Clone, PartialEq, Eq)]
pub enum Said {
    /// It is saved; by this act it can be undone.
    Saved(ActId),
    /// It was undone.
    Undone,
    /// A file was handed over, perhaps at this place.
    Handed(Option<String>),
    /// It could not be done.
    Failed(Failure),
    /// A call was begun: what came of it?
    Called(PersonId),
}

/// What all screens share. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Session {
    /// How far the notebook is open.
    pub stage: RwSignal<Stage>,
    /// Where one is.
    pub route: RwSignal<Route>,
    /// Grows whenever something in the notebook changed.
    pub changes: RwSignal<u64>,
    /// Grows whenever something about what is shared, or with whom, changed.
    pub sharing: RwSignal<u64>,
    /// What was last said in passing.
    pub said: RwSignal<Option<Said>>,
    /// Whether a newer version of the program waits to be taken.
    pub newer: RwSignal<bool>,
    /// A long work: done, of so many.
    pub progress: RwSignal<Option<(u32, u32)>>,
    /// What the notebook is for, once it is open.
    pub role: RwSignal<Role>,
    /// The settings, once the notebook is open.
    pub settings: RwSignal<Settings>,
    /// Whether the search is open.
    pub searching: RwSignal<bool>,
    /// The bar that saves the form on screen.
    pub saving: RwSignal<Option<Saving>>,
    /// The survey that this device is put before others for, while it is: nothing else is on the screen.
    pub standing: RwSignal<Option<Standing>>,
    /// A name typed in the search, for the form it leads to; addresses never carry one.
    pub name_typed: RwSignal<String>,
}

/// A device that is put before whoever answers a survey.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Which survey.
    pub survey: SurveyId,
    /// Whether one only tries it: nothing is kept.
    pub is_trial: bool,
}

/// Where the browser keeps that the device stands before others: a page that is loaded again must not show the notebook.
const STANDS: &str = "maillon.stands";

/// Puts the device before others. The way out is to lock.
pub fn stand(standing: Standing) {
    browser::keep(STANDS, "1");
    session().said.set(None);
    session().standing.set(Some(standing));
}

thread_local! {
    static SESSION: Cell<Option<Session>> = const { Cell::new(None) };
}

/// What all screens share.
pub fn session() -> Session {
    SESSION.get().expect("screens are drawn after the session has begun")
}

/// Begins, once, when the page opens.
pub fn begin() -> Session {
    let session = Session {
        stage: RwSignal::new(Stage::Opening),
        route: RwSignal::new(routes::here()),
        changes: RwSignal::new(0),
        sharing: RwSignal::new(0),
        said: RwSignal::new(None),
        newer: RwSignal::new(false),
        progress: RwSignal::new(None),
        role: RwSignal::new(Role::Coordinator),
        settings: RwSignal::new(Settings::default()),
        searching: RwSignal::new(false),
        saving: RwSignal::new(None),
        standing: RwSignal::new(None),
        name_typed: RwSignal::new(String::new()),
    };
    SESSION.set(Some(session));
    window_event_listener_untyped("hashchange", move |_| {
        let there = routes::here();
        if session.route.get_untracked() != there {
            session.route.set(there);
        }
    });
    window_event_listener_untyped("maillon:newer", move |_| session.newer.set(true));
    spawn_local(open_door());
    session
}

async fn open_door() {
    let stage = session().stage;
    match door::open(hear).await {
        Ok(()) => look().await,
        Err(door::NoDoor(words)) => stage.set(Stage::NoDoor(words)),
    }
}

/// Asks the host how far the notebook is open.
pub async fn look() {
    let status = answer!(Request::Status, Status(status) => status);
    // Whoever stood before the device had the page loaded again: the notebook is not for them.
    if browser::kept(STANDS).is_some() {
        match status {
            Ok(Status::Open) => {
                lock();
                return;
            }
            // Only once it is locked.
            Ok(Status::Locked | Status::None) => browser::forget(STANDS),
            Err(_) => {}
        }
    }
    let stage = match status {
        Ok(Status::None) if demo::begin().await => Stage::Locked,
        Ok(Status::None) => Stage::NoNotebook,
        Ok(Status::Locked) => Stage::Locked,
        Ok(Status::Open) => {
            opened().await;
            return;
        }
        Err(failure) => Stage::Refused(failure),
    };
    session().stage.set(stage);
}

/// The notebook has just been opened: screens may be shown.
pub async fn opened() {
    let session = session();
    if let Ok(role) = answer!(Request::Role, Role(role) => role) {
        session.role.set(role);
    }
    read_settings().await;
    session.said.set(None);
    session.stage.set(Stage::Open);
    watch_idleness();
    browser::ask_to_persist().await;
}

impl Session {
    /// Whether the notebook is the coordinator's own, and not one that was lent. It does not change while it is open.
    pub fn is_own(&self) -> bool {
        self.role.get_untracked() == Role::Coordinator
    }

    /// Whether the notebook is a mairie's.
    pub fn is_a_mairies(&self) -> bool {
        self.role.get_untracked() == Role::Mairie
    }

    /// Whether the notebook is one that was lent to a caller.
    pub fn is_a_callers(&self) -> bool {
        matches!(self.role.get_untracked(), Role::Caller { .. })
    }
}

/// Reads the settings again.
pub async fn read_settings() {
    if let Ok(settings) = answer!(Request::Settings, Settings(settings) => settings) {
        lists::heard(&settings.lists);
        if session().settings.with_untracked(|held| *held != *settings) {
            session().settings.set(*settings);
        }
    }
}

fn hear(notice: Notice) {
    let session = session();
    match notice {
        Notice::Changed(_) => {
            session.changes.update(|changes| *changes += 1);
            // The settings may be what changed, here or by an undoing.
            spawn_local(read_settings());
        }
        Notice::Sharing => session.sharing.update(|changes| *changes += 1),
        Notice::Locked => browser::reload(),
        Notice::Progress { done, total } => session.progress.set((done < total).then_some((done, total))),
    }
}

/// Keeps what is being typed, locks, and starts the page anew.
pub fn lock() {
    spawn_local(async {
        drafts::keep_now().await;
        // Whatever it answers, the page must forget what it shows.
        let _ = door::ask(Request::Lock).await;
        browser::reload();
    });
}

/// Keeps what is being typed, then has the newer version of the program take this page's place.
pub fn take_newer() {
    spawn_local(async {
        drafts::keep_now().await;
        let _ = web_sys::Event::new("maillon:take-over").map(|event| window().dispatch_event(&event));
    });
}

/// Writes; when it is on disk, says so and offers to undo.
pub async fn write(request: Request) -> Result<(), Failure> {
    let reply = door::ask(request).await?;
    // All of it was so already: there is nothing to undo.
    if reply.only::<one::Done>().is_err() {
        let saved = reply.only::<one::Saved>()?;
        session().said.set(Some(Said::Saved(saved.act)));
    }
    Ok(())
}

/// Writes from a button that has no form to show a failure in.
pub fn write_soon(request: Request) {
    spawn_local(async {
        if let Err(failure) = write(request).await {
            session().said.set(Some(Said::Failed(failure)));
        }
    });
}

/// Undoes an act.
pub fn undo(act: ActId) {
    spawn_local(async move {
        let said = match door::ask(Request::Undo(act)).await {
            Ok(_) => Said::Undone,
            Err(failure) => Said::Failed(failure),
        };
        session().said.set(Some(said));
    });
}

/// How often idleness is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// A clock that jumps by so much between two looks was asleep: browsers slow a hidden page down to one look a minute.
const SLEPT_MS: f64 = 180_000.0;

/// Locks after the idle time of the settings, and after the computer has slept.
fn watch_idleness() {
    thread_local! {
        static LAST_TOUCH: Cell<f64> = const { Cell::new(0.0) };
        static LAST_LOOK: Cell<f64> = const { Cell::new(0.0) };
    }
    LAST_TOUCH.set(browser::now_ms());
    LAST_LOOK.set(browser::now_ms());
    for event in ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] {
        window_event_listener_untyped(event, |_| LAST_TOUCH.set(browser::now_ms()));
    }
    let look = move || {
        // Before others it stays as it is: whoever comes next may be an hour away, and the way out locks.
        if session().standing.with_untracked(Option::is_some) {
            LAST_TOUCH.set(browser::now_ms());
            LAST_LOOK.set(browser::now_ms());
            return;
        }
        let now = browser::now_ms();
        let slept = now - LAST_LOOK.replace(now) > SLEPT_MS;
        let idle_ms = f64::from(session().settings.with_untracked(Settings::lock_after_min)) * 60_000.0;
        if slept || now - LAST_TOUCH.get() > idle_ms {
            lock();
        }
    };
    // It lasts as long as the page, which locking ends.
    let _ = set_interval_with_handle(look, LOOK_EVERY);
    window_event_listener_untyped("visibilitychange", move |_| look());
}
