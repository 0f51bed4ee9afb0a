//! What is to be done for a person: done in one tap, or put off.

use leptos::prelude::*;
use maillon_shared::api::responses::PersonFile;

use crate::browser;
use crate::ui::follow_up::FollowUpLine;
use crate::words::person as w;

/// The open follow-ups, the first due first.
#[component]
pub fn OpenFollowUps(file: RwSignal<PersonFile>) -> impl IntoView {
    let today = browser::today();
    let open = Memo::new(move |_| file.with(|file| file.open.clone()));
    view! {
        <section aria-labelledby="to-do">
            <h2 id="to-do">{w::to_do}</h2>
            <Show when=move || !open.with(Vec::is_empty) fallback=|| view! { <p class="empty">{w::nothing_to_do}</p> }>
                <ul class="rows">
                    <For each=move || open.get() key=|one| (one.id, one.due, one.what.clone()) let:follow_up>
                        <FollowUpLine follow_up=follow_up today=today name=String::new() />
                    </For>
                </ul>
            </Show>
        </section>
    }
}
