//! Before there is anything to show: the host has not answered, or answered that it cannot.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use wasm_bindgen_futures::spawn_local;

use crate::ui::{FailureNote, Title};
use crate::words::opening as words;
use crate::{browser, session};

/// The host has not answered yet.
#[component]
pub fn Opening() -> impl IntoView {
    view! {
        <main class="alone opening">
            <p class="brand">"Maillon"</p>
            <p role="status">{words::opening}</p>
        </main>
    }
}

/// There is no door to the engine.
#[component]
pub fn NoDoor(words: String) -> impl IntoView {
    view! {
        <main class="alone">
            <p class="brand">"Maillon"</p>
            <Title>{words::no_door}</Title>
            <p>{words::no_door_why}</p>
            <p class="detail">{words}</p>
            <button type="button" class="main" on:click=|_| browser::reload()>{words::reload}</button>
        </main>
    }
}

/// The host answered that it cannot.
#[component]
pub fn Refused(failure: Failure) -> impl IntoView {
    let retry = Callback::new(|()| spawn_local(session::look()));
    view! {
        <main class="alone">
            <p class="brand">"Maillon"</p>
            <Title>{words::refused}</Title>
            <FailureNote failure=Signal::stored(Some(failure)) retry=retry />
        </main>
    }
}
