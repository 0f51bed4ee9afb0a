//! One of the four entries ends, alone: when, and how it was said.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::consent::Told;
use maillon_shared::domain::ids::ConsentId;
use maillon_shared::domain::lists::ListId;
use wasm_bindgen_futures::spawn_local;

use crate::session::write;
use crate::ui::{Chips, DayField, FailureNote, today_or_yesterday};
use crate::words::consent as w;
use crate::{browser, lists};

/// A folded form at the foot of an entry.
#[component]
pub fn Withdraw(id: ConsentId, given: NaiveDate) -> impl IntoView {
    let today = browser::today();
    let day = RwSignal::new(Some(today));
    let how = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let ways = Signal::derive(|| lists::choices(ListId::ConsentWays));
    let save = move || {
        let withdrawn = Told { on: day.get_untracked().unwrap_or(today), how: how.get_untracked() };
        failure.set(None);
        spawn_local(async move {
            if let Err(why) = write(Request::WithdrawEntry { id, withdrawn }).await {
                failure.try_set(Some(why));
            }
        });
    };
    view! {
        <details class="withdraw">
            <summary>{w::withdraw}</summary>
            <form
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    save();
                }
            >
                <FailureNote failure=failure retry=Callback::new(move |()| save()) />
                <DayField
                    id=format!("ends-{id}")
                    legend=|| w::when()
                    near=today_or_yesterday(Some(given))
                    day=day
                    set=Callback::new(move |to| day.set(to))
                />
                <Chips
                    name=format!("how-{id}")
                    legend=|| w::how()
                    choices=ways
                    chosen=how
                    choose=Callback::new(move |code| how.set(code))
                />
                <button type="submit">{w::withdraw_save}</button>
            </form>
        </details>
    }
}
