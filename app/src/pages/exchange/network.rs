//! Whether this device exchanges with the others through the networks it is on.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::SharingRequest;
use wasm_bindgen_futures::spawn_local;

use super::{Exchange, about};
use crate::door;
use crate::ui::FailureNote;
use crate::words::{neighbours as n, network as w};

/// The network.
#[component]
pub fn Network(talks: Memo<bool>, here: Exchange) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let set = move |talks: bool| {
        failure.set(None);
        spawn_local(async move {
            match door::ask(about(SharingRequest::SetTalks(talks))).await {
                Ok(_) => here.ask_again(),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <section class="card" aria-labelledby="through-network">
            <h2 id="through-network">{w::title}</h2>
            <p>{here.says(w::lead, n::network_lead)}</p>
            <p class="detail">{w::seen}</p>
            <FailureNote failure=failure />
            <Show
                when=move || talks.get()
                fallback=move || {
                    view! {
                        <p class="acts">
                            <button type="button" class="main" on:click=move |_| set(true)>
                                {w::allow}
                            </button>
                        </p>
                    }
                }
            >
                <p role="status">
                    <strong>{w::on}</strong>
                </p>
                <p class="acts">
                    <button type="button" on:click=move |_| set(false)>
                        {w::forbid}
                    </button>
                </p>
            </Show>
        </section>
    }
}
