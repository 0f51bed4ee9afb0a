//! The locked notebook: the passphrase, or the twenty-four words.

use leptos::prelude::*;
use maillon_shared::api::requests::Secret;
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use crate::ui::{FailureNote, MadeUp, PassphraseField, Text, TextArea, Title, WordCompletions};
use crate::words::{demo as d, unlock as words};
use crate::{browser, demo, door, session};

/// The locked notebook.
#[component]
pub fn Unlock() -> impl IntoView {
    let with_words = RwSignal::new(false);
    let passphrase = RwSignal::new(String::new());
    let recovery = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let open = move || {
        if busy.get_untracked() {
            return;
        }
        let secret = match with_words.get_untracked() {
            true => Secret::Words(recovery.get_untracked()),
            false => Secret::Passphrase(passphrase.get_untracked()),
        };
        let field = if with_words.get_untracked() { "words" } else { "passphrase" };
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            match door::ask(Request::Unlock(secret)).await {
                Ok(_) => session::opened().await,
                Err(why) => {
                    busy.try_set(false);
                    failure.try_set(Some(why));
                    browser::focus_soon(field);
                }
            }
        });
    };
    let change_way = move |_| {
        with_words.update(|with_words| *with_words = !*with_words);
        failure.set(None);
        browser::focus_soon(if with_words.get_untracked() { "words" } else { "passphrase" });
    };
    view! {
        <main class="alone unlock">
            <p class="brand">"Maillon"</p>
            <Title field="passphrase">{words::title}</Title>
            <MadeUp />
            {demo::is_here().then(|| view! { <p>{d::passphrase_is} " " <strong lang="fr">{d::passphrase}</strong></p> })}
            <form
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    open();
                }
            >
                <FailureNote failure=failure retry=Callback::new(move |()| open()) />
                {move || {
                    if with_words.get() {
                        view! {
                            <TextArea id="words" label=words::words hint=words::words_hint text=Text::of(recovery) lines=5 />
                            <WordCompletions field="words" text=Text::of(recovery) after=" " />
                        }
                            .into_any()
                    } else {
                        view! { <PassphraseField id="passphrase" label=words::passphrase text=Text::of(passphrase) /> }
                            .into_any()
                    }
                }}
                <button type="submit" class="main" aria-disabled=move || busy.get().then_some("true")>
                    {move || if busy.get() { words::opening() } else { words::open() }}
                </button>
                <button type="button" class="quiet" on:click=change_way>
                    {move || if with_words.get() { words::use_passphrase() } else { words::use_words() }}
                </button>
            </form>
            <p class="detail">{words::nothing_sent}</p>
        </main>
    }
}
