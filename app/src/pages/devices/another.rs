//! This folder was copied: another device goes by this one's name. It becomes another, which is then added like any.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::SharingRequest;
use wasm_bindgen_futures::spawn_local;

use crate::door;
use crate::pages::exchange::{Exchange, about};
use crate::ui::{FailureNote, Text, TextField};
use crate::words::devices as w;

/// Becoming another device.
#[component]
pub fn Another(here: Exchange) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let name = RwSignal::new(String::new());
    let become_another = move || {
        failure.set(None);
        let asked = about(SharingRequest::BecomeAnother(name.get_untracked()));
        spawn_local(async move {
            match door::ask(asked).await {
                Ok(_) => here.ask_again(),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <section class="card" aria-labelledby="copied">
            <h2 id="copied">{w::copied}</h2>
            <p>{w::copied_lead}</p>
            <FailureNote failure=failure />
            <form
                novalidate=true
                on:submit=move |event| {
                    event.prevent_default();
                    become_another();
                }
            >
                <TextField id="another-name" label=w::name hint=w::name_hint text=Text::of(name) />
                <p class="acts">
                    <button type="submit" class="main">
                        {w::copied_do}
                    </button>
                </p>
            </form>
        </section>
    }
}
