//! The folder in which one's devices meet, or the members of a group: which it is, meeting there now, what came of it.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::{FolderMet, SharingAnswer, SharingRequest};
use maillon_shared::domain::ids::GroupId;
use wasm_bindgen_futures::spawn_local;

use super::{Exchange, about, see_came};
use crate::door::{self, answer};
use crate::session::session;
use crate::ui::{FailureNote, Text, TextField};
use crate::words::{Word, devices as w, groups};

/// The folder.
#[component]
pub fn MeetingFolder(
    /// Of which group; none for one's own devices.
    #[prop(optional)]
    of: Option<GroupId>,
    place: Memo<Option<String>>,
    here: Exchange,
) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let met = RwSignal::new(None::<FolderMet>);
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let set = move |place: Option<String>| {
        failure.set(None);
        met.set(None);
        spawn_local(async move {
            match door::ask(about(SharingRequest::SetFolder { of, place })).await {
                Ok(_) => here.ask_again(),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let meet = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        met.set(None);
        spawn_local(async move {
            let came = answer!(about(SharingRequest::Meet(of)), Sharing(answer) => *answer);
            session().progress.set(None);
            busy.try_set(false);
            match came {
                Ok(SharingAnswer::Met(came)) => {
                    met.try_set(Some(came));
                    here.ask_again();
                }
                Ok(_) => {
                    failure.try_set(Some(Failure::NotUnderstood));
                }
                // What came before the folder went away is in the notebook.
                Err(why) => {
                    failure.try_set(Some(why));
                    here.ask_again();
                }
            }
        });
    };
    let chosen = move || place.get().is_some();
    view! {
        <section class="card" aria-labelledby="meeting-folder">
            <h2 id="meeting-folder">{w::folder}</h2>
            <p>{if of.is_some() { groups::folder_lead } else { w::folder_lead as Word }}</p>
            <p class="detail">{if of.is_some() { groups::folder_host } else { w::folder_host as Word }}</p>
            <FailureNote failure=failure />
            <Show
                when=chosen
                fallback=move || {
                    view! {
                        <form
                            novalidate=true
                            on:submit=move |event| {
                                event.prevent_default();
                                set(Some(typed.get_untracked()));
                            }
                        >
                            <TextField
                                id="folder-place"
                                label=w::folder_place
                                hint=w::folder_place_hint
                                text=Text::of(typed)
                            />
                            <p class="acts">
                                <button type="submit" class="main">{w::folder_choose}</button>
                            </p>
                        </form>
                    }
                }
            >
                <p class="device-name">{move || place.get()}</p>
                <p class="acts">
                    <button
                        type="button"
                        class="main"
                        aria-disabled=move || busy.get().then_some("true")
                        on:click=move |_| meet()
                    >
                        {w::folder_meet}
                    </button>
                    <button type="button" on:click=move |_| set(None)>{w::folder_leave}</button>
                </p>
            </Show>
            <div role="status">{move || met.get().map(|met| view! { <Came met=met /> })}</div>
        </section>
    }
}

/// What came of it, in figures.
#[component]
fn Came(met: FolderMet) -> impl IntoView {
    let FolderMet { sent, changed, erased, waiting, set_aside, withheld, set_back, two_versions } = met;
    let counts = [
        (changed, w::changed as fn(u32) -> String),
        (two_versions.len() as u32, w::two_versions),
        (erased, w::erased),
        (waiting, w::waiting),
        (set_aside, w::set_aside),
    ];
    let nothing = sent == 0 && counts.iter().all(|(count, _)| *count == 0);
    let lines = counts.into_iter().filter(|(count, _)| *count > 0);
    let lines = lines.map(|(count, words)| view! { <li>{move || words(count)}</li> }).collect_view();
    let names = withheld.join(", ");
    let told = move || if nothing { w::folder_nothing() } else { w::folder_met() };
    view! {
        <p>
            <strong>{told}</strong>
        </p>
        <ul class="what-came">
            {lines} {(sent > 0).then(|| view! { <li>{w::folder_sent}</li> })}
        </ul>
        {(changed > 0 || set_aside > 0).then(see_came)}
        {set_back.then(|| view! { <p class="state-note">{w::folder_set_back}</p> })}
        {(!names.is_empty()).then(|| view! { <p class="state-note">{move || w::folder_withheld(&names)}</p> })}
    }
}
