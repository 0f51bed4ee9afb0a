//! On a person's page: whether they are in the register. The sheet says which entry is theirs; the entry knows nothing.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::register::RegisterLink;
use maillon_shared::api::responses::PersonFile;
use maillon_shared::domain::person::PersonChange;
use maillon_shared::domain::register::RegisterState;

use super::words::state_words;
use crate::browser;
use crate::routes::{RegisterRoute, Route};
use crate::session::write_soon;
use crate::words::register as w;

/// The card.
#[component]
pub fn OnSheet(file: RwSignal<PersonFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.person.id);
    let link = Memo::new(move |_| file.with(|file| file.register.clone()));
    let unlink = move |_| {
        let changes = vec![PersonChange::RegisterEntry(None)];
        write_soon(Request::EditPerson { id, changes, draft: None });
    };
    view! {
        <section class="card around">
            <h2>{w::title}</h2>
            {move || match link.get() {
                None => {
                    view! {
                        <p class="detail">{w::sheet_not_in}</p>
                        <p class="acts">
                            <a class="button" href=Route::Register(RegisterRoute::New(Some(id))).href()>
                                {w::sheet_enter}
                            </a>
                        </p>
                    }
                        .into_any()
                }
                Some(link) => {
                    let words = match &link.state {
                        Some(state) => state_words(state, browser::today()),
                        None => w::sheet_entry_gone().to_owned(),
                    };
                    let see = link.state.is_some();
                    view! {
                        <p>{words}</p>
                        <p class="acts">
                            <a class="button" hidden=!see href=Route::Register(RegisterRoute::Entry(link.id)).href()>
                                {w::sheet_see}
                            </a>
                            <button type="button" class="quiet" on:click=unlink>{w::unlink}</button>
                        </p>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

/// Before someone's sheet is erased: they stay in the register, which is another record.
#[component]
pub fn StaysInTheRegister(link: Option<RegisterLink>) -> impl IntoView {
    link.filter(|link| link.state == Some(RegisterState::Registered)).map(|link| {
        view! {
            <p class="state-note">
                <span>{w::erasing_leaves}</span>
                <a class="button" href=Route::Register(RegisterRoute::Entry(link.id)).href()>{w::sheet_see}</a>
            </p>
        }
    })
}
