//! The made-up commune in a browser: a page opened with `?demo`, where there is no notebook yet, begins with the one that
//! the server keeps beside the pages.
//!
//! Where there is a notebook, nothing is touched, whoever's it is. That this one is made up is kept beside it, so that the
//! screens go on saying so.

use leptos::prelude::*;
use maillon_shared::api::Request;

use crate::{browser, door};

/// Where the browser keeps it.
const KEPT_AS: &str = "maillon.demo";
/// What the page's address says to ask for it.
const ASKED_BY: &str = "?demo";
/// Where the server keeps it.
const BACKUP: &str = "/demo.maillon";

/// Whether the notebook of this browser is the made-up commune's.
pub fn is_here() -> bool {
    browser::kept(KEPT_AS).is_some()
}

/// Where there is no notebook: begins with the made-up commune's, if it is asked for and the server has it.
pub async fn begin() -> bool {
    browser::forget(KEPT_AS);
    if window().location().search().as_deref() != Ok(ASKED_BY) {
        return false;
    }
    let Some(backup) = browser::fetch_bytes(BACKUP).await else { return false };
    let restored = door::ask(Request::Restore(backup)).await.is_ok();
    if restored {
        browser::keep(KEPT_AS, ASKED_BY);
    }
    restored
}
