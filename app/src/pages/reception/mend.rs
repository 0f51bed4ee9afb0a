//! Any half-day, mended: what was counted on paper typed back, and what was one too many taken away.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::CountRow;
use maillon_shared::domain::ids::CountId;
use maillon_shared::domain::reception::{Count, Half};

use crate::browser;
use crate::session::write_soon;
use crate::ui::{Chips, Choice, DayField, load, today_or_yesterday, when_loaded};
use crate::words::reception as w;

use super::{counted, half_now, half_words, kinds, sum};

/// A half-day to mend.
#[component]
pub fn Mend() -> impl IntoView {
    let day = RwSignal::new(browser::today());
    let half = RwSignal::new(half_now());
    let rows = load(move || {
        let day = day.get();
        counted(day, day)
    });
    let halves = Signal::derive(|| {
        [Half::Morning, Half::Afternoon].map(|half| Choice::new(half.code(), half_words(&half))).to_vec()
    });
    let chosen = Signal::derive(move || half.with(|half| half.code().to_owned()));
    let shown = Signal::derive(move || Some(day.get()));
    let set_day = Callback::new(move |chosen: Option<NaiveDate>| {
        // What has not come cannot be counted.
        if let Some(chosen) = chosen.filter(|chosen| *chosen <= browser::today()) {
            day.set(chosen);
        }
    });
    view! {
        <details class="more-fields mend">
            <summary>{w::mend}</summary>
            <div>
                <DayField id="mend-day" legend=|| w::day() near=today_or_yesterday(None) day=shown set=set_day />
                <Chips
                    name="mend-half"
                    legend=|| w::half()
                    choices=halves
                    chosen=chosen
                    choose=Callback::new(move |code: String| half.set(Half::from_code(&code)))
                />
                {when_loaded(rows, move |rows| view! { <Lines rows=rows day=day half=half /> })}
            </div>
        </details>
    }
}

#[component]
fn Lines(rows: RwSignal<Vec<CountRow>>, day: RwSignal<NaiveDate>, half: RwSignal<Half>) -> impl IntoView {
    let codes = Memo::new(move |_| rows.with(|rows| kinds(rows).into_iter().map(|kind| kind.code).collect::<Vec<_>>()));
    let line = move |what: String| {
        let label = crate::lists::label(maillon_shared::domain::lists::ListId::ReceptionCounts, &what).to_owned();
        let counted = {
            let what = what.clone();
            Memo::new(move |_| {
                let half = half.get();
                rows.with(|rows| sum(rows, |row| row.half == half && row.what == what))
            })
        };
        let more = {
            let what = what.clone();
            move |_| {
                let id = CountId(browser::random_id());
                let count = Count { id, day: day.get_untracked(), half: half.get_untracked(), what: what.clone() };
                write_soon(Request::Count(count));
            }
        };
        let less = move |_| {
            if counted.get_untracked() > 0 {
                let (day, half) = (day.get_untracked(), half.get_untracked());
                write_soon(Request::TakeBack { day, half, what: what.clone() });
            }
        };
        view! {
            <li>
                <span class="who">{label.clone()}</span>
                <button
                    type="button"
                    aria-disabled=move || (counted.get() == 0).then_some("true")
                    on:click=less
                >
                    <span aria-hidden="true">"−"</span>
                    <span class="unseen">{w::one_less(&label)}</span>
                </button>
                <span class="figure" role="status">{move || counted.get()}</span>
                <button type="button" on:click=more>
                    <span aria-hidden="true">"+"</span>
                    <span class="unseen">{w::one_more(&label)}</span>
                </button>
            </li>
        }
    };
    view! {
        <ul class="mend-lines">
            <For each=move || codes.get() key=|what| what.clone() let:what>
                {line(what)}
            </For>
        </ul>
    }
}
