//! What the register holds about someone: given to them as a file, or destroyed for good once its time is over.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::register::DueRegisterEntry;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::RegisterEntryId;
use maillon_shared::domain::register::RegisterEntry;
use wasm_bindgen_futures::spawn_local;

use super::words::state_words;
use crate::door::{self, answer};
use crate::routes::{self, RegisterRoute, Route};
use crate::session::{Said, session};
use crate::ui::{Back, FailureNote, OnPaper, Paper, PrintButton, Title, load_once, when_loaded};
use crate::words::{erase, register as w};
use crate::{browser, when};

/// One entry's data: the file, and the erasure.
#[component]
pub fn DataPage(id: RegisterEntryId) -> impl IntoView {
    let loaded =
        load_once(move || async move { answer!(Request::RegisterEntry(id), RegisterEntry(file) => file.entry) });
    view! {
        <Back to=Route::Register(RegisterRoute::Entry(id)) label=w::entry />
        {when_loaded(
            loaded,
            move |entry| {
                let entry = entry.get_untracked();
                view! {
                    <div class="unprinted">
                        <Title>{erase::title}</Title>
                        <p class="detail">{entry.display_name()}</p>
                    </div>
                    <section class="card unprinted" aria-labelledby="pack">
                        <h2 id="pack">{erase::pack}</h2>
                        <Pack id=id />
                    </section>
                    <Erasing entry=entry />
                }
            },
        )}
    }
}

#[component]
fn Pack(id: RegisterEntryId) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let save = move || {
        failure.set(None);
        spawn_local(async move {
            let handed = match answer!(Request::RegisterData(id), File(file) => file) {
                Ok(file) => door::hand_over(file).await,
                Err(why) => Err(why),
            };
            match handed {
                Ok(place) => session().said.set(Some(Said::Handed(place))),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <p>{w::pack_lead}</p>
        <FailureNote failure=failure retry=Callback::new(move |()| save()) />
        <button type="button" on:click=move |_| save()>{erase::pack_do}</button>
    }
}

/// Whoever is in the register is struck off first: erasing is not how one goes out of it.
#[component]
fn Erasing(entry: RegisterEntry) -> impl IntoView {
    let id = entry.id;
    let words = state_words(&entry.state, browser::today());
    let done = Callback::new(|()| routes::go_instead(&Route::Register(RegisterRoute::List)));
    match entry.is_registered() {
        true => view! {
            <section class="card unprinted">
                <h2>{erase::erase}</h2>
                <p>{w::strike_off_first}</p>
                <p class="acts">
                    <a class="button" href=Route::Register(RegisterRoute::StrikeOff(id)).href()>{w::strike_off}</a>
                </p>
            </section>
        }
        .into_any(),
        false => view! {
            <section class="card" aria-labelledby="erasing">
                <div class="unprinted">
                    <h2 id="erasing">{erase::erase}</h2>
                    <p>{words}</p>
                    <p>{erase::erase_lead}</p>
                </div>
                <Destroy entries=vec![id] done=done />
            </section>
        }
        .into_any(),
    }
}

/// The slip without a name, the word that it is understood, and the button that cannot be undone.
#[component]
fn Destroy(entries: Vec<RegisterEntryId>, done: Callback<()>) -> impl IntoView {
    let sure = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let count = entries.len() as u32;
    let entries = StoredValue::new(entries);
    let destroy = move || {
        if busy.get_untracked() || !sure.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let erased = answer!(Request::EraseRegisterEntries(entries.get_value()), Erased(erased) => erased);
            busy.try_set(false);
            match erased {
                Ok(_) => drop(done.try_run(())),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <section class="slip" aria-labelledby="register-slip">
            <h2 id="register-slip">{erase::slip}</h2>
            <OnPaper paper=Paper::NamesNobody />
            <p>{move || erase::slip_of(when::whole_date(browser::today()))}</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{erase::kind}</th>
                        <th scope="col">{erase::count}</th>
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row">{w::slip_entries}</th>
                        <td class="figure">{count}</td>
                    </tr>
                </tbody>
            </table>
            <p class="print-only">{erase::visa}</p>
        </section>
        <PrintButton label=erase::print />
        <label class="chip sure unprinted" for="register-sure">
            <input
                type="checkbox"
                id="register-sure"
                prop:checked=move || sure.get()
                on:change:target=move |event| sure.set(event.target().checked())
            />
            <span>{erase::sure}</span>
        </label>
        <FailureNote failure=failure retry=Callback::new(move |()| destroy()) />
        <button
            type="button"
            class="danger"
            aria-disabled=move || (busy.get() || !sure.get()).then_some("true")
            on:click=move |_| destroy()
        >
            {move || w::erase_do(count)}
        </button>
    }
}

/// The entries whose time is over, where retention is looked at: unticked where one still counts. Nothing when there are
/// none.
#[component]
pub fn DueEntries(#[prop(into)] due: Signal<Vec<DueRegisterEntry>>) -> impl IntoView {
    let today = browser::today();
    let kept = RwSignal::new(BTreeSet::<RegisterEntryId>::new());
    let shown = RwSignal::new(false);
    let line = move |DueRegisterEntry { id, name, ended, due_on }: DueRegisterEntry| {
        let field = format!("register-due-{id}");
        let labels = field.clone();
        let toggle = move |_| {
            shown.set(false);
            kept.update(|kept| {
                if !kept.remove(&id) {
                    kept.insert(id);
                }
            });
        };
        view! {
            <li>
                <label class="chip" for=labels>
                    <input
                        type="checkbox"
                        id=field
                        prop:checked=move || !kept.with(|kept| kept.contains(&id))
                        on:change=toggle
                    />
                    <span>{name}</span>
                </label>
                <span class="detail">{w::due_since_ended(when::date(ended, today), when::date(due_on, today))}</span>
            </li>
        }
    };
    let chosen = move || {
        let ids = due.with(|due| due.iter().map(|entry| entry.id).collect::<Vec<_>>());
        ids.into_iter().filter(|id| !kept.with(|kept| kept.contains(id))).collect::<Vec<_>>()
    };
    let done = Callback::new(move |()| {
        shown.set(false);
        session().changes.update(|changes| *changes += 1);
    });
    view! {
        <section class="register-due" hidden=move || due.with(Vec::is_empty)>
            <h2 class="unprinted">{w::title}</h2>
            <ul class="due unprinted">{move || due.get().into_iter().map(line).collect_view()}</ul>
            <button
                type="button"
                hidden=move || shown.get() || chosen().is_empty()
                on:click=move |_| shown.set(true)
            >
                {erase::make_slip}
            </button>
            {move || {
                let entries = chosen();
                (shown.get() && !entries.is_empty()).then(|| view! { <Destroy entries=entries done=done /> })
            }}
        </section>
    }
}
