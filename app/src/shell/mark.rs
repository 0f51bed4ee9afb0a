//! How far the exchanges are, in the frame of every screen: what is still to be carried, and whether something waits for
//! a look. It leads to the screen that says all of it.
//!
//! It counts and names nobody, so that it may stay while the screen is discreet. Where nothing is shared there is none.

use std::time::Duration;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::exchanges::{ExchangeMark, ExchangeRequest};
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::routes::Route;
use crate::session::session;
use crate::ui::{Icon, Shape};
use crate::words::{exchanges as w, groups, in_a_row};
use crate::{browser, when};

/// Writes come in strings, an import by the hundred: the mark waits for the end of them, so as to slow none.
const PAUSE: Duration = Duration::from_secs(1);

/// The mark, a link.
#[component]
pub fn ExchangesMark() -> impl IntoView {
    let session = session();
    let heard = RwSignal::new(ExchangeMark::default());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move |_| {
        session.changes.track();
        session.sharing.track();
        stop();
        waiting.set_value(set_timeout_with_handle(move || ask(heard), PAUSE).ok());
    });
    on_cleanup(stop);
    // Most writes change nothing of it: it is drawn again when it says something else.
    let mark = Memo::new(move |_| heard.get());
    let shares = Memo::new(move |_| mark.with(|mark| mark.shares));
    let here = move || session.route.with(|route| *route == Route::Exchanges).then_some("page");
    let calls = move || mark.with(|mark| !waits(mark).is_empty());
    view! {
        <Show when=move || shares.get()>
            <a class="button tool mark" href=Route::Exchanges.href() aria-current=here>
                <span class="mark-icon">
                    <Icon shape=Shape::Exchange />
                    <span class="mark-dot" hidden=move || !calls()></span>
                </span>
                <span class="unseen">{w::mark}</span>
                " "
                // On a phone the figure alone is drawn; what is heard is the whole of it everywhere.
                <span class="mark-short" aria-hidden="true">
                    {move || mark.with(short)}
                </span>
                <span class="mark-words">{move || mark.with(carrying)}</span>
                " "
                <span class="mark-waits">{move || mark.with(waits)}</span>
            </a>
        </Show>
    }
}

/// Asks. What cannot be answered is said where it is asked for, not on every screen.
fn ask(heard: RwSignal<ExchangeMark>) {
    spawn_local(async move {
        let asked = Request::Exchange(Box::new(ExchangeRequest::Mark));
        if let Ok(mark) = answer!(asked, ExchangeMark(mark) => mark) {
            heard.try_set(mark);
        }
    });
}

/// The figure alone.
fn short(mark: &ExchangeMark) -> String {
    match mark.unsent {
        0 => w::carried_short().to_owned(),
        unsent => unsent.to_string(),
    }
}

/// What is to be carried, and since when.
fn carrying(mark: &ExchangeMark) -> String {
    match (mark.unsent, mark.since) {
        (0, _) => w::carried().to_owned(),
        (unsent, None) => w::to_carry(unsent),
        (unsent, Some(since)) => w::since(w::to_carry(unsent), when::since(since, browser::today())),
    }
}

/// What waits for the user, if anything does.
fn waits(mark: &ExchangeMark) -> String {
    type Counted = fn(u32) -> String;
    let counts = [
        (mark.came, w::arrived as Counted),
        (mark.two_versions, w::to_choose),
        (mark.set_aside, w::aside_count),
        (mark.asked, groups::invitations),
    ];
    in_a_row(counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| words(count)))
}
