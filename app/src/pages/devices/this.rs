//! This device: its name, its words, its card.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::{SharingRequest, ThisDevice};
use wasm_bindgen_futures::spawn_local;

use crate::door;
use crate::pages::exchange::card::SaveCard;
use crate::pages::exchange::{ComparedWords, Exchange, about};
use crate::ui::{FailureNote, Text, TextField};
use crate::words::devices as w;

/// This device.
#[component]
pub fn This(this: Memo<Option<ThisDevice>>, here: Exchange) -> impl IntoView {
    let body = move || match this.get() {
        None => view! { <Name now=String::new() here=here /> }.into_any(),
        Some(this) => view! { <Named this=this here=here /> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="this-device">
            <h2 id="this-device">{w::this}</h2>
            {body}
        </section>
    }
}

#[component]
fn Named(this: ThisDevice, here: Exchange) -> impl IntoView {
    view! {
        <p class="device-name">{this.name.clone()}</p>
        <h3>{w::own_words}</h3>
        <p class="detail">{w::own_words_hint}</p>
        <ComparedWords words=this.words />
        <SaveCard here=here />
        <details>
            <summary>{w::rename}</summary>
            <p class="detail">{w::renamed}</p>
            <Name now=this.name here=here />
        </details>
    }
}

/// The name of this device.
#[component]
fn Name(
    /// What it is called now; empty before it has a name.
    now: String,
    here: Exchange,
) -> impl IntoView {
    let name = RwSignal::new(now);
    let failure = RwSignal::new(None::<Failure>);
    let give = move || {
        let asked = about(SharingRequest::NameDevice(name.get_untracked()));
        failure.set(None);
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
        <form
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                give();
            }
        >
            <FailureNote failure=failure retry=Callback::new(move |()| give()) />
            <TextField id="device-name" label=w::name hint=w::name_hint text=Text::of(name) />
            <p class="acts">
                <button type="submit" class="main">{w::name_do}</button>
            </p>
        </form>
    }
}
