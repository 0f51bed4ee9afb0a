//! The device that adds and removes is lost: this one takes its place, with the twenty-four words.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::SharingRequest;
use wasm_bindgen_futures::spawn_local;

use crate::door;
use crate::pages::exchange::{Exchange, about};
use crate::ui::{FailureNote, Text, TextArea, WordCompletions};
use crate::words::devices as w;

/// Taking over.
#[component]
pub fn TakeOver(
    /// The device that adds and removes.
    administrator: Memo<String>,
    /// Whether this device is one of those that share.
    is_member: Memo<bool>,
    /// Whether this device has just taken over.
    took_over: RwSignal<bool>,
    here: Exchange,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let words = RwSignal::new(String::new());
    let take = move || {
        failure.set(None);
        let asked = about(SharingRequest::TakeOver { words: words.get_untracked() });
        spawn_local(async move {
            match door::ask(asked).await {
                Ok(_) => {
                    words.try_set(String::new());
                    took_over.try_set(true);
                    here.ask_again();
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let lead = move || {
        let name = administrator.get();
        if is_member.get() { w::take_over_lead(&name) } else { w::take_over_lead_restored(&name) }
    };
    view! {
        <section class="card" aria-labelledby="take-over">
            <h2 id="take-over">{w::take_over}</h2>
            <p>{lead}</p>
            <details>
                <summary>{w::take_over_do}</summary>
                <form
                    novalidate=true
                    on:submit=move |event| {
                        event.prevent_default();
                        take();
                    }
                >
                    <FailureNote failure=failure />
                    <TextArea
                        id="take-over-words"
                        label=w::take_over_words
                        hint=w::take_over_words_hint
                        text=Text::of(words)
                        lines=4
                    />
                    <WordCompletions field="take-over-words" text=Text::of(words) after=" " />
                    <p class="acts">
                        <button type="submit" class="danger">{w::take_over_do}</button>
                    </p>
                </form>
            </details>
        </section>
    }
}
