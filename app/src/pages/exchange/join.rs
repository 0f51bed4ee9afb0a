//! Joining through the network: whoever invites around here, or with the code that they show.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::SharingRequest;

use super::Exchange;
use super::pairing::pair;
use crate::ui::{FailureNote, Text, TextField};
use crate::words::{neighbours as n, network as w};

/// Joining.
#[component]
pub fn Join(here: Exchange) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let code = RwSignal::new(String::new());
    let join = move |code: Option<String>| {
        pair(here, failure, SharingRequest::Join { company: here.company, code });
    };
    view! {
        <p>{here.says(w::join_lead, n::join_lead)}</p>
        <FailureNote failure=failure />
        <p class="acts">
            <button type="button" class="main" on:click=move |_| join(None)>
                {here.says(w::join_look, n::join_look)}
            </button>
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
    }
}
