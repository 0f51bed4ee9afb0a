//! On a caller's own device: handing back what was noted, then erasing everything.

use leptos::prelude::*;
use maillon_shared::api::{Failure, Request, Response};
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::session::{Said, session};
use crate::ui::{FailureNote, Title};
use crate::words::caller as w;

/// Handing back.
#[component]
pub fn HandBackPage() -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let sure = RwSignal::new(false);
    let save = move || {
        failure.set(None);
        spawn_local(async move {
            let handed = match answer!(Request::Backup, Response::File(file) => file) {
                Ok(file) => door::hand_over(file).await,
                Err(why) => Err(why),
            };
            match handed {
                Ok(place) => session().said.set(Some(Said::Handed(place))),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let erase = move |_| {
        if !sure.get_untracked() {
            return;
        }
        spawn_local(async move {
            // The engine says that it is locked, and the page starts anew with nothing.
            if let Err(why) = door::ask(Request::EraseLentNotebook).await {
                failure.try_set(Some(why));
            }
        });
    };
    view! {
        <Title>{w::title}</Title>
        <Show when=|| session().lending_is_over()>
            <p class="state-note">{w::over}</p>
        </Show>
        <section class="card">
            <p>{w::lead}</p>
            <FailureNote failure=failure retry=Callback::new(move |()| save()) />
            <button type="button" class="main" on:click=move |_| save()>{w::save}</button>
        </section>
        <section class="card" aria-labelledby="erase-lent">
            <h2 id="erase-lent">{w::erase}</h2>
            <p>{w::erase_lead}</p>
            <label class="chip sure" for="lent-sure">
                <input
                    type="checkbox"
                    id="lent-sure"
                    prop:checked=move || sure.get()
                    on:change:target=move |event| sure.set(event.target().checked())
                />
                <span>{w::sure}</span>
            </label>
            <button type="button" class="danger" aria-disabled=move || (!sure.get()).then_some("true") on:click=erase>
                {w::erase_do}
            </button>
        </section>
    }
}
