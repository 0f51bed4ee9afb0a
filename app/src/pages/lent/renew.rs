//! On an agent's device: bringing the copy of the register up to date, over what was written there.

use leptos::html;
use leptos::prelude::*;
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::lending::{RegisterBack, RegisterCopy};
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use super::take_back::WhatCame;
use crate::browser;
use crate::door::answer;
use crate::session::{read_settings, session};
use crate::ui::{FailureNote, PassphraseField, Text};
use crate::words::{register_copy as w, restore};

/// A newer copy, and its words.
#[component]
pub fn Renew() -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let words = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let wrong = RwSignal::new(None::<String>);
    let renewed = RwSignal::new(None::<RegisterBack>);
    let renew = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        failure.set(None);
        wrong.set(None);
        renewed.set(None);
        let typed = words.get_untracked().trim().to_owned();
        spawn_local(async move {
            let answer = match browser::chosen_file(&input).await {
                Some(file) => {
                    let asked = Request::CopyRegister(Box::new(RegisterCopy::Renew { file, words: typed }));
                    answer!(asked, RegisterBack(back) => *back)
                }
                None => Err(Failure::UnreadableFile(FileProblem::Empty)),
            };
            session().progress.set(None);
            busy.try_set(false);
            match answer {
                Ok(back) => {
                    input.set_value("");
                    words.try_set(String::new());
                    renewed.try_set(Some(back));
                    // The designation may hold again, and the mairie be said otherwise.
                    read_settings().await;
                    if let Ok(role) = answer!(Request::Role, Role(role) => role)
                        && session().role.get_untracked() != role
                    {
                        session().role.set(role);
                    }
                }
                Err(Failure::WrongPassphrase) => {
                    wrong.try_set(Some(w::wrong_words().to_owned()));
                    browser::focus("newer-words");
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <section class="card" aria-labelledby="renew">
            <h2 id="renew">{w::renew}</h2>
            <p>{w::renew_lead}</p>
            <form novalidate=true on:submit=renew>
                <FailureNote failure=failure />
                <div class="field">
                    <label for="newer">{w::renew_file}</label>
                    <input id="newer" type="file" accept=".maillon,application/octet-stream" node_ref=input />
                </div>
                <PassphraseField id="newer-words" label=w::renew_words text=Text::of(words) error=wrong />
                <button type="submit" aria-disabled=move || busy.get().then_some("true")>
                    {move || if busy.get() { restore::restoring() } else { w::renew_do() }}
                </button>
            </form>
            <div role="status">{move || renewed.get().map(|back| view! { <WhatCame back=back /> })}</div>
        </section>
    }
}
