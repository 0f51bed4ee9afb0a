//! What is said in passing, with the action that goes with it: saved and how to undo, a call and what came of it.
//!
//! It stays until dismissed or until something else is said; it never covers anything.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::domain::encounter::{EncounterKind, EncounterResult};
use maillon_shared::domain::ids::PersonId;

use crate::failures;
use crate::routes::{NoteStart, Route};
use crate::session::{Said, session, undo};
use crate::ui::{Icon, Shape};
use crate::words::said as words;

/// What was said last; nothing once it is dismissed.
#[component]
pub fn SaidInPassing() -> impl IntoView {
    let said = session().said;
    move || {
        said.get().map(|what| {
            view! {
                <div class="saying">
                    {say(what)}
                    <button type="button" class="quiet" on:click=move |_| said.set(None)>
                        <Icon shape=Shape::Cross />
                        <span>{words::dismiss}</span>
                    </button>
                </div>
            }
        })
    }
}

fn say(what: Said) -> AnyView {
    match what {
        Said::Saved(act) => view! {
            <p>{words::saved}</p>
            <button type="button" on:click=move |_| undo(act)>{words::undo}</button>
        }
        .into_any(),
        Said::Undone => view! { <p>{words::undone}</p> }.into_any(),
        Said::Handed(Some(place)) => view! { <p>{move || words::handed_at(&place)}</p> }.into_any(),
        Said::Handed(None) => view! { <p>{words::handed}</p> }.into_any(),
        Said::Failed(failure) => view! { <p class="bad">{move || failures::sentence(&failure)}</p> }.into_any(),
        Said::Called(person) => view! { <AfterCall person=person /> }.into_any(),
    }
}

/// After a call: reached, no answer, a message. One tap opens the note already filled so.
#[component]
fn AfterCall(person: PersonId) -> impl IntoView {
    let name = RwSignal::new(String::new());
    wasm_bindgen_futures::spawn_local(async move {
        let file = crate::door::answer!(Request::Person(person), Person(file) => file.person.display_name());
        if let Ok(found) = file {
            name.try_set(found);
        }
    });
    let note = move |result: EncounterResult| {
        let start = NoteStart {
            person: Some(person),
            kind: Some(EncounterKind::CallOut),
            result: Some(result),
            ..NoteStart::default()
        };
        Route::Note(start).href()
    };
    view! {
        <p>{move || words::called(name.get())}</p>
        <a class="button" href=note(EncounterResult::Met)>{words::reached}</a>
        <a class="button" href=note(EncounterResult::NoAnswer)>{words::no_answer}</a>
        <a class="button" href=note(EncounterResult::MessageLeft)>{words::message_left}</a>
    }
}
