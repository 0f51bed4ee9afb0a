//! Lending: a button, then the words, shown once, and the file.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::lending::Lent;
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::session::{Said, session};
use crate::words::{Word, lent as w};

/// Makes a notebook for someone; what was made goes to `lent`, under whom it is for.
#[component]
pub fn LendButton<T: Copy + Send + Sync + 'static>(
    /// For whom.
    to: T,
    /// What is asked.
    ask: Request,
    label: Word,
    lent: RwSignal<Option<(T, Lent)>>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let lend = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let ask = ask.clone();
        spawn_local(async move {
            match answer!(ask, Lent(lent) => lent) {
                Ok(made) => {
                    lent.try_set(Some((to, made)));
                }
                Err(why) => session().said.set(Some(Said::Failed(why))),
            }
            busy.try_set(false);
        });
    };
    view! {
        <button type="button" aria-disabled=move || busy.get().then_some("true") on:click=lend>{label}</button>
    }
}

/// What was just lent: the words, shown once, and the file.
#[component]
pub fn LentNow(lent: Lent) -> impl IntoView {
    let Lent { file, words } = lent;
    let save = move |_| {
        let file = file.clone();
        spawn_local(async move {
            let said = match door::hand_over(file).await {
                Ok(place) => Said::Handed(place),
                Err(why) => Said::Failed(why),
            };
            session().said.set(Some(said));
        });
    };
    view! {
        // The words open what was lent: they go on no list that is printed beside them.
        <div class="lent unprinted" role="status">
            <h3>{w::words}</h3>
            <p class="six-words" lang="fr">{words}</p>
            <p class="detail">{w::once}</p>
            <button type="button" class="main" on:click=save>{w::save}</button>
        </div>
    }
}
