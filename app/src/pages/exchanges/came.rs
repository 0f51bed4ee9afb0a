//! What came since someone looked: from whom, when, which records; and saying that it was looked at.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::exchanges::{Arrival, ExchangeRequest};
use maillon_shared::api::sharing::Company;
use wasm_bindgen_futures::spawn_local;

use super::record::RecordLines;
use super::{about, decided};
use crate::browser;
use crate::door;
use crate::ui::FailureNote;
use crate::when;
use crate::words::exchanges as w;

/// What came.
#[component]
pub fn Came(came: Memo<Vec<Arrival>>) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let looked = RwSignal::new(false);
    let is_empty = Memo::new(move |_| came.with(Vec::is_empty));
    let look = move || {
        failure.set(None);
        spawn_local(async move {
            match door::ask(about(ExchangeRequest::Looked)).await {
                Ok(_) => {
                    looked.try_set(true);
                    decided();
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        // It outlives the list, whose place it takes.
        <p role="status">{move || (looked.get() && is_empty.get()).then(w::looked_done)}</p>
        <section class="what-arrived" aria-labelledby="what-arrived" hidden=move || is_empty.get()>
            <h2 id="what-arrived">{w::came}</h2>
            {move || came.get().into_iter().map(arrival).collect_view()}
            <FailureNote failure=failure retry=Callback::new(move |()| look()) />
            <p class="acts">
                <button type="button" class="main" on:click=move |_| look()>
                    {w::looked}
                </button>
            </p>
        </section>
    }
}

fn arrival(arrival: Arrival) -> impl IntoView {
    let Arrival { from, company, at, records } = arrival;
    let from = move || {
        let day = when::instant(at, browser::today());
        match company {
            Company::Own => w::came_from(&from, day),
            Company::Neighbour => w::came_from_neighbour(&from, day),
        }
    };
    view! {
        <h3>{from}</h3>
        <RecordLines records=records />
    }
}
