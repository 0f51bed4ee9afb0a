//! Having another device's notebook here, through the network: whoever invites around here, or with their code.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::SharingRequest;

use super::Here;
use super::pairing::pair;
use crate::ui::{FailureNote, Text, TextField};
use crate::words::network as w;

/// Joining.
#[component]
pub fn Join(here: Here) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let code = RwSignal::new(String::new());
    let join = move |code: Option<String>| pair(here, failure, SharingRequest::Join { code });
    view! {
        <section class="card" aria-labelledby="join-notebook">
            <h2 id="join-notebook">{w::join_title}</h2>
            <p>{w::join_lead}</p>
            <FailureNote failure=failure />
            <p class="acts">
                <button type="button" class="main" on:click=move |_| join(None)>{w::join_look}</button>
            </p>
            <form
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    join(Some(code.get_untracked()));
                }
            >
                <TextField id="join-code" label=w::join_code hint=w::join_code_hint text=Text::of(code) />
                <p class="acts">
                    <button type="submit">{w::join_call}</button>
                </p>
            </form>
        </section>
    }
}
