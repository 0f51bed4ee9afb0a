//! Another passphrase: what opens the notebook now, then the new one, twice.

use leptos::prelude::*;
use maillon_shared::api::requests::Secret;
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use crate::door;
use crate::pages::welcome::Strength;
use crate::routes::Route;
use crate::ui::error_summary::problem_of;
use crate::ui::{
    Back, Chips, Choice, ErrorSummary, FORM, FailureNote, PassphraseField, Problem, SaveBar, Text, TextArea, Title,
    WordCompletions,
};
use crate::words::{create, more, passphrase as w, unlock};

/// Another passphrase.
#[component]
pub fn PassphrasePage() -> impl IntoView {
    let with_words = RwSignal::new(false);
    let old = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let again = RwSignal::new(String::new());
    let problems = RwSignal::new(Vec::<Problem>::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let changed = RwSignal::new(false);
    let change = move || {
        if busy.get_untracked() {
            return;
        }
        let problem = |field: &str, words: &str| vec![Problem { field: field.into(), words: words.into() }];
        problems.set(match () {
            () if new.with_untracked(String::is_empty) => problem("new", create::empty()),
            () if new.get_untracked() != again.get_untracked() => problem("again", create::differ()),
            () => Vec::new(),
        });
        if !problems.with_untracked(Vec::is_empty) {
            return;
        }
        let secret = match with_words.get_untracked() {
            true => Secret::Words(old.get_untracked()),
            false => Secret::Passphrase(old.get_untracked()),
        };
        failure.set(None);
        changed.set(false);
        busy.set(true);
        spawn_local(async move {
            let answer = door::ask(Request::ChangePassphrase { old: secret, new: new.get_untracked() }).await;
            busy.set(false);
            match answer {
                Ok(_) => {
                    for secret in [old, new, again] {
                        secret.set(String::new());
                    }
                    changed.set(true);
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    let ways =
        Signal::derive(|| vec![Choice::new("passphrase", unlock::passphrase()), Choice::new("words", unlock::words())]);
    let way = Signal::derive(move || if with_words.get() { "words".to_owned() } else { "passphrase".to_owned() });
    let choose = Callback::new(move |code: String| {
        old.set(String::new());
        with_words.set(code == "words");
    });
    view! {
        <Back to=Route::More label=more::title />
        <Title>{more::passphrase}</Title>
        <form
            novalidate=true
            id=FORM
            on:submit=move |event| {
                event.prevent_default();
                change();
            }
        >
            <p role="status" class="draft-note" hidden=move || !changed.get()>
                {w::changed}
            </p>
            <ErrorSummary problems=problems />
            <FailureNote failure=failure retry=Callback::new(move |()| change()) />
            <Chips name="way" legend=|| w::way() choices=ways chosen=way choose=choose />
            {move || {
                if with_words.get() {
                    view! {
                        <TextArea id="old" label=unlock::words hint=unlock::words_hint text=Text::of(old) lines=4 />
                        <WordCompletions field="old" text=Text::of(old) after=" " />
                    }
                        .into_any()
                } else {
                    view! { <PassphraseField id="old" label=w::old text=Text::of(old) /> }.into_any()
                }
            }}
            <PassphraseField id="new" label=w::new text=Text::of(new) error=problem_of(problems, "new") />
            <Strength passphrase=new />
            <PassphraseField id="again" label=create::again text=Text::of(again) error=problem_of(problems, "again") />
            <SaveBar label=w::change busy=busy />
        </form>
    }
}
