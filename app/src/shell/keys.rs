//! The keyboard: one table makes what the keys do and what the help page says.
//!
//! Every shortcut holds Ctrl or Alt, so that dictation and slips of a finger set nothing off.

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::discreet;
use crate::routes::{self, CareRoute, NoteStart, Route};
use crate::session::{lock, session};
use crate::words::{Word, keys as words};
use leptos::prelude::*;

/// A shortcut.
pub struct Shortcut {
    /// How it is written.
    pub written: &'static str,
    /// What it does.
    pub does: Word,
    /// The key's place on the keyboard, as browsers call it.
    code: &'static str,
    hold: Hold,
    reach: Reach,
    act: fn(),
}

/// In whose notebook a shortcut leads somewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The coordinator's own.
    Coordinators,
    /// A mairie's too.
    Mairies,
    /// Anyone's, one that was lent too.
    Anyones,
}

impl Shortcut {
    /// Whether it does something in the notebook that is open.
    pub fn is_here(&self) -> bool {
        let session = session();
        match self.reach {
            Reach::Coordinators => session.is_own(),
            Reach::Mairies => session.is_own() || session.is_a_mairies(),
            Reach::Anyones => true,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    Nothing,
    Ctrl,
    Alt,
}

/// Every shortcut.
pub const TABLE: &[Shortcut] = &[
    Shortcut {
        written: "Ctrl K",
        does: words::search,
        code: "k",
        hold: Hold::Ctrl,
        reach: Reach::Coordinators,
        act: || session().searching.set(!discreet::is_on()),
    },
    Shortcut {
        written: "Ctrl ⏎",
        does: words::save,
        code: "Enter",
        hold: Hold::Ctrl,
        reach: Reach::Anyones,
        act: submit,
    },
    Shortcut {
        written: "Alt N",
        does: words::note,
        code: "n",
        hold: Hold::Alt,
        reach: Reach::Coordinators,
        act: || {
            routes::go(&Route::Note(NoteStart::default()));
        },
    },
    Shortcut {
        written: "Alt D",
        does: words::request,
        code: "d",
        hold: Hold::Alt,
        reach: Reach::Coordinators,
        act: || routes::go(&Route::Care(CareRoute::New(None))),
    },
    Shortcut {
        written: "Alt P",
        does: words::person,
        code: "p",
        hold: Hold::Alt,
        reach: Reach::Coordinators,
        act: || routes::go(&Route::NewPerson),
    },
    Shortcut {
        written: "Alt J",
        does: words::today,
        code: "j",
        hold: Hold::Alt,
        reach: Reach::Coordinators,
        act: || routes::go(&Route::Today),
    },
    Shortcut { written: "Alt L", does: words::lock, code: "l", hold: Hold::Alt, reach: Reach::Anyones, act: lock },
    Shortcut {
        written: "F2",
        does: words::discreet,
        code: "F2",
        hold: Hold::Nothing,
        reach: Reach::Coordinators,
        act: discreet::begin,
    },
    Shortcut {
        written: "F1",
        does: words::help,
        code: "F1",
        hold: Hold::Nothing,
        reach: Reach::Mairies,
        act: || routes::go(&Route::Help),
    },
];

/// Does what the keys pressed say, if they say anything.
pub fn pressed(event: &KeyboardEvent) {
    let hold = match (event.ctrl_key() || event.meta_key(), event.alt_key()) {
        (false, false) => Hold::Nothing,
        (true, false) => Hold::Ctrl,
        (false, true) => Hold::Alt,
        (true, true) => return,
    };
    // With Alt, some keyboards make another sign of the key: its place on the keyboard still tells it.
    let by_place = event.code();
    let key = event.key();
    let is = |code: &str| {
        key.eq_ignore_ascii_case(code)
            || (hold == Hold::Alt
                && by_place.strip_prefix("Key").is_some_and(|letter| letter.eq_ignore_ascii_case(code)))
    };
    if let Some(shortcut) = TABLE.iter().find(|one| one.is_here() && one.hold == hold && is(one.code)) {
        event.prevent_default();
        (shortcut.act)();
    }
}

/// Presses the main button of the form that one is in.
fn submit() {
    let button = document().query_selector(".save-bar button").ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}
