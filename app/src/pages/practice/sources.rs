//! What was written about a few people, to read beside while one recomposes. Which people were chosen is nowhere but on
//! this screen: not in the form, not in its draft, not in the address.

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, Source, SourceText};
use maillon_shared::api::responses::{Hit, HitTarget};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::situation::LEAST_SOURCES;
use wasm_bindgen_futures::spawn_local;

use super::ask;
use crate::door::answer;
use crate::ui::FailureNote;
use crate::words::{in_a_row, practice as w};
use crate::{browser, when};

/// How many are asked for: entries of the directory are found too, and left out.
const ASKED: u16 = 30;
/// How many are offered at most.
const OFFERED: usize = 6;
const FIELD: &str = "source-person";

/// Whom one reads, and what was written about them.
#[component]
pub fn Sources(
    /// What was written, once it is read.
    read: RwSignal<Vec<Source>>,
) -> impl IntoView {
    let chosen = RwSignal::new(Vec::<(PersonId, String)>::new());
    let typed = RwSignal::new(String::new());
    let offers = RwSignal::new(Vec::<(PersonId, String, String)>::new());
    let failure = RwSignal::new(None::<Failure>);
    let asked = StoredValue::new(0_u32);
    let look = move |text: String| {
        asked.update_value(|asked| *asked += 1);
        let mine = asked.get_value();
        if text.trim().is_empty() {
            offers.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let hits = answer!(Request::Search { text, limit: ASKED }, Found(hits) => hits);
            let people =
                hits.unwrap_or_default().into_iter().filter_map(|Hit { target, title, detail, .. }| match target {
                    HitTarget::Person(id) => Some((id, title, detail)),
                    _ => None,
                });
            if asked.try_get_value() == Some(mine) {
                offers.try_set(people.take(OFFERED).collect());
            }
        });
    };
    let choose = move |id: PersonId, name: String| {
        offers.set(Vec::new());
        typed.set(String::new());
        chosen.update(|chosen| {
            if chosen.iter().all(|(known, _)| *known != id) {
                chosen.push((id, name));
            }
        });
        browser::focus_soon(FIELD);
    };
    let offer = move |(id, name, place): (PersonId, String, String)| {
        let named = name.clone();
        view! {
            <li>
                <button type="button" on:click=move |_| choose(id, named.clone())>
                    <span class="who">{name}</span>
                    <span class="detail">{place}</span>
                </button>
            </li>
        }
    };
    let line = move |(id, name): (PersonId, String)| {
        let remove = move |_| {
            chosen.update(|chosen| chosen.retain(|(known, _)| *known != id));
            browser::focus_soon(FIELD);
        };
        view! {
            <li>
                {name.clone()} " "
                <button type="button" class="quiet" on:click=remove>
                    {w::source_remove} <span class="unseen">" "{name}</span>
                </button>
            </li>
        }
    };
    let enough = Memo::new(move |_| chosen.with(|chosen| chosen.len() >= LEAST_SOURCES));
    let open = move |_| {
        let people = chosen.with_untracked(|chosen| chosen.iter().map(|(id, _)| *id).collect());
        failure.set(None);
        spawn_local(async move {
            match ask(CollectiveRead::Sources(people)).await {
                Ok(CollectiveAnswer::Sources(sources)) => {
                    read.try_set(sources);
                }
                Ok(_) => {
                    failure.try_set(Some(Failure::NotUnderstood));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <div class="field">
            <label for=FIELD>{w::source_person}</label>
            <p class="hint" id="source-person-hint">{w::source_hint}</p>
            <input
                id=FIELD
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="source-person-hint"
                prop:value=move || typed.get()
                on:input:target=move |event| {
                    let text = event.target().value();
                    typed.set(text.clone());
                    look(text);
                }
            />
            <ul class="people-found" aria-label=w::source_offered hidden=move || offers.with(Vec::is_empty)>
                {move || offers.get().into_iter().map(offer).collect_view()}
            </ul>
        </div>
        <ul class="plain-list chosen-sources">{move || chosen.get().into_iter().map(line).collect_view()}</ul>
        <FailureNote failure=failure />
        <p class="hint" hidden=move || enough.get()>{w::sources_needed}</p>
        <button type="button" aria-disabled=move || (!enough.get()).then_some("true") on:click=move |event| {
            if enough.get_untracked() {
                open(event);
            }
        }>{w::sources_read}</button>
    }
}

/// What was written, read only.
#[component]
pub fn SourcesBeside(read: RwSignal<Vec<Source>>) -> impl IntoView {
    let text = |SourceText { day, words, .. }: SourceText| {
        let day = day.map(|day| when::day(day, browser::today())).unwrap_or_default();
        view! { <li><span class="when">{day}</span> <p class="prose">{words}</p></li> }
    };
    let source = move |Source { name, texts }: Source| {
        let count = texts.len() as u32;
        let none = texts.is_empty();
        view! {
            <details open=true>
                <summary>{in_a_row([name, w::source_texts(count)])}</summary>
                <p class="empty" hidden=!none>{w::source_empty}</p>
                <ul class="plain-list">{texts.into_iter().map(text).collect_view()}</ul>
            </details>
        }
    };
    view! {
        <aside class="sources" aria-labelledby="sources" hidden=move || read.with(Vec::is_empty)>
            <h2 id="sources">{w::sources}</h2>
            <p class="hint">{w::sources_beside}</p>
            {move || read.get().into_iter().map(source).collect_view()}
        </aside>
    }
}
