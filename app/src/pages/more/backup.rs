//! A copy elsewhere, and whether all is well here.

use leptos::prelude::*;
use maillon_shared::api::responses::Verification;
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::door::{self, answer};
use crate::routes::Route;
use crate::session::{Said, session};
use crate::ui::{Back, FailureNote, Title};
use crate::words::{backup as w, more};

/// A copy elsewhere, and whether all is well here.
#[component]
pub fn BackupPage() -> impl IntoView {
    view! {
        <Back to=Route::More label=more::title />
        <Title>{more::backup}</Title>
        <section class="card" aria-labelledby="copy">
            <h2 id="copy">{w::copy}</h2>
            <Copy />
        </section>
        <section class="card" aria-labelledby="verify">
            <h2 id="verify">{w::verify}</h2>
            <Verify />
        </section>
        // Nobody is in a mairie's notebook, who could be erased from it.
        {(!session().is_a_mairies())
            .then(|| {
                view! {
                    <section class="card" aria-labelledby="erased">
                        <h2 id="erased">{w::erased}</h2>
                        <Erasures />
                    </section>
                }
            })}
    }
}

#[component]
fn Copy() -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let save = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let handed = match answer!(Request::Backup, File(file) => file) {
                Ok(file) => door::hand_over(file).await,
                Err(why) => Err(why),
            };
            busy.set(false);
            match handed {
                Ok(place) => session().said.set(Some(Said::Handed(place))),
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    view! {
        <p>{w::copy_lead}</p>
        <p class="detail">{w::copy_where}</p>
        <FailureNote failure=failure retry=Callback::new(move |()| save()) />
        <button
            type="button"
            class="main"
            aria-disabled=move || busy.get().then_some("true")
            on:click=move |_| save()
        >
            {move || if busy.get() { w::copying() } else { w::copy_do() }}
        </button>
    }
}

/// What was erased, to be erased again in a notebook that an older backup brought back.
#[component]
fn Erasures() -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let done = RwSignal::new(None::<u32>);
    let save = move |_| {
        failure.set(None);
        spawn_local(async move {
            let handed = match answer!(Request::ErasedIds, File(file) => file) {
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
    let again = move |input: web_sys::HtmlInputElement| {
        failure.set(None);
        spawn_local(async move {
            let Some(file) = browser::chosen_file(&input).await else { return };
            input.set_value("");
            match answer!(Request::EraseAgain(file), Erased(erased) => erased) {
                Ok(erased) => {
                    done.try_set(Some(erased.documents));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <p>{w::erased_lead}</p>
        <FailureNote failure=failure />
        <p role="status">{move || done.get().map(w::erased_done)}</p>
        <button type="button" on:click=save>{w::erased_save}</button>
        <div class="field">
            <label for="erase-again">{w::erased_again}</label>
            <input id="erase-again" type="file" on:change:target=move |event| again(event.target()) />
        </div>
    }
}

#[component]
fn Verify() -> impl IntoView {
    let found = RwSignal::new(None::<Verification>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let progress = session().progress;
    let verify = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        found.set(None);
        spawn_local(async move {
            let verified = answer!(Request::Verify, Verified(verified) => verified);
            busy.set(false);
            progress.set(None);
            match verified {
                Ok(verified) => found.set(Some(verified)),
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    let said = move || {
        found.get().map(|Verification { documents, unreadable, stale_views, acts }| {
            let all_is_well = unreadable == 0;
            view! {
                <p class="verdict">{if all_is_well { w::well().to_owned() } else { w::unreadable(unreadable) }}</p>
                <p class="detail">{w::counted(documents, acts)}</p>
                <p class="detail">{(stale_views > 0).then(|| w::stale(stale_views))}</p>
            }
        })
    };
    view! {
        <p>{w::verify_lead}</p>
        <FailureNote failure=failure retry=Callback::new(move |()| verify()) />
        <div role="status">
            {move || busy.get().then(|| progress.get()).flatten().map(|(done, total)| w::so_far(done, total))} {said}
        </div>
        <button type="button" aria-disabled=move || busy.get().then_some("true") on:click=move |_| verify()>
            {move || if busy.get() { w::verifying() } else { w::verify_do() }}
        </button>
    }
}
