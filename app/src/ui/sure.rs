//! What cannot be taken back: a button, what it means said first, and the button that does it.

use leptos::prelude::*;
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use super::FailureNote;
use crate::door;
use crate::words::Word;

/// Asks once more, then does it.
#[component]
pub fn Sure(
    /// What the first button says.
    label: Word,
    /// About whom, where several such buttons stand on one screen: read aloud, and not shown.
    #[prop(optional)]
    about: String,
    /// What it means that this is done.
    warning: impl Fn() -> String + Send + Sync + 'static,
    /// What does it.
    yes: Word,
    /// What does not.
    no: Word,
    /// What is asked for.
    request: impl Fn() -> Request + Send + Sync + 'static,
    /// Whether it is what the screen is for.
    #[prop(default = true)]
    is_main: bool,
    /// Once it is done.
    done: Callback<()>,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let sure = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let request = StoredValue::new(request);
    let warning = StoredValue::new(warning);
    let act = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let asked = request.with_value(|request| request());
        spawn_local(async move {
            let answer = door::ask(asked).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    sure.try_set(false);
                    done.try_run(());
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <FailureNote failure=failure retry=Callback::new(move |()| act()) />
        <p class="acts">
            <button
                type="button"
                class:main=is_main
                aria-expanded=move || if sure.get() { "true" } else { "false" }
                on:click=move |_| sure.set(true)
            >
                {label}
                {(!about.is_empty()).then(|| view! { <span class="unseen">" "{about}</span> })}
            </button>
        </p>
        <Show when=move || sure.get()>
            <div class="state-note">
                <p>{move || warning.with_value(|warning| warning())}</p>
                <p class="acts">
                    <button
                        type="button"
                        class="main"
                        aria-disabled=move || busy.get().then_some("true")
                        on:click=move |_| act()
                    >
                        {yes}
                    </button>
                    <button type="button" on:click=move |_| sure.set(false)>
                        {no}
                    </button>
                </p>
            </div>
        </Show>
    }
}
