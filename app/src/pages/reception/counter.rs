//! The large buttons: one tap, one more; the last one is taken back beside them for as long as the screen is there.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::domain::ids::{ActId, CountId};
use maillon_shared::domain::reception::Count;
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::session::{Said, session, undo};
use crate::ui::{load, when_loaded};
use crate::words::reception as w;
use crate::{browser, when};

use super::{counted, half_now, half_words, kinds, sum};

/// What was counted last.
#[derive(Clone, PartialEq)]
struct Last {
    act: ActId,
    label: String,
    at: String,
}

/// The large buttons of this half-day.
#[component]
pub fn Counter() -> impl IntoView {
    let rows = load(|| counted(browser::today(), browser::today()));
    let last = RwSignal::new(None::<Last>);
    let tap = Callback::new(move |(what, label): (String, String)| {
        // The desk stays open all day: the half-day is the one of the tap.
        let count = Count { id: CountId(browser::random_id()), day: browser::today(), half: half_now(), what };
        let at = when::hour(browser::now().hour());
        spawn_local(async move {
            match answer!(Request::Count(count), Saved(saved) => saved) {
                Ok(saved) => drop(last.try_set(Some(Last { act: saved.act, label, at }))),
                Err(failure) => session().said.set(Some(Said::Failed(failure))),
            }
        });
    });
    let take_back = move |_| {
        if let Some(Last { act, .. }) = last.get_untracked() {
            last.set(None);
            undo(act);
            browser::focus_soon("count-came_in");
        }
    };
    when_loaded(rows, move |rows| {
        let total = move || rows.with(|rows| sum(rows, |row| row.half == half_now()));
        // A button stays the same while its figure grows: it keeps the focus, and the next tap finds it.
        let codes = Memo::new(move |_| {
            rows.with(|rows| kinds(rows).into_iter().map(|kind| (kind.code, kind.label)).collect::<Vec<_>>())
        });
        let button = move |(code, label): (String, String)| {
            let (of, id) = (code.clone(), format!("count-{code}"));
            let count = move || rows.with(|rows| sum(rows, |row| row.half == half_now() && row.what == of));
            let words = label.clone();
            view! {
                <li>
                    <button type="button" id=id on:click=move |_| tap.run((code.clone(), label.clone()))>
                        <span class="label">{words}</span>
                        <span class="figure">{count}</span>
                    </button>
                </li>
            }
        };
        view! {
            <section aria-labelledby="now">
                <h2 id="now">{move || half_words(&half_now())} " " <span class="count">{total}</span></h2>
                <ul class="counter">
                    <For each=move || codes.get() key=|kind| kind.clone() let:kind>
                        {button(kind)}
                    </For>
                </ul>
                <p class="last-count" role="status">
                    {move || match last.get() {
                        Some(last) => w::last(last.label, last.at),
                        None => w::no_last().to_owned(),
                    }}
                    <button type="button" hidden=move || last.with(Option::is_none) on:click=take_back>
                        {w::undo}
                    </button>
                </p>
            </section>
        }
    })
}
