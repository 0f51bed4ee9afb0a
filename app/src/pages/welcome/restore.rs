//! A notebook from a backup: the file, then the passphrase or the words that it was made with.

use leptos::html;
use leptos::prelude::*;
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use crate::ui::{FailureNote, Title};
use crate::words::restore as words;
use crate::{browser, door, session};

/// A notebook from a backup.
#[component]
pub fn Restore(back: Callback<()>) -> impl IntoView {
    let file = NodeRef::<html::Input>::new();
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let restore = move || {
        let Some(input) = file.get_untracked() else { return };
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let restored = match browser::chosen_file(&input).await {
                Some(bytes) => door::ask(Request::Restore(bytes)).await.map(|_| ()),
                None => Err(Failure::UnreadableFile(FileProblem::Empty)),
            };
            match restored {
                // It is locked, as any notebook that was closed.
                Ok(()) => session::look().await,
                Err(why) => {
                    busy.set(false);
                    failure.set(Some(why));
                }
            }
        });
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            restore();
        }
    };
    view! {
        <div class="steps">
            <button type="button" class="quiet" on:click=move |_| back.run(())>{words::back}</button>
        </div>
        <Title>{words::title}</Title>
        <form novalidate=true on:submit=submit>
            <FailureNote failure=failure retry=Callback::new(move |()| restore()) />
            <p>{words::lead}</p>
            <div class="field">
                <label for="backup">{words::file}</label>
                <input id="backup" type="file" accept=".maillon,application/octet-stream" node_ref=file />
            </div>
            <button type="submit" class="main" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { words::restoring() } else { words::restore() }}
            </button>
        </form>
    }
}
