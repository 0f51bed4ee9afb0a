//! Adding a device: its card, the words that two screens show, then it is one of them.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::{CardRead, SharingAnswer, SharingRequest};
use wasm_bindgen_futures::spawn_local;

use super::pairing::pair;
use super::{ComparedWords, Here, about};
use crate::browser;
use crate::door::{self, answer};
use crate::ui::{FailureNote, Text, TextArea, WordCompletions};
use crate::words::{devices as w, network};

/// Adding a device.
#[component]
pub fn Add(words_needed: Memo<bool>, may_pair: Memo<bool>, here: Here) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let read = RwSignal::new(None::<(Vec<u8>, CardRead)>);
    let added = here.added;
    let words = RwSignal::new(String::new());
    let choose = move |input: web_sys::HtmlInputElement| {
        failure.set(None);
        added.set(None);
        read.set(None);
        spawn_local(async move {
            let Some(file) = browser::chosen_file(&input).await else { return };
            input.set_value("");
            let asked = about(SharingRequest::ReadCard(file.clone()));
            match answer!(asked, Sharing(answer) => *answer) {
                Ok(SharingAnswer::Card(card)) => {
                    read.try_set(Some((file, card)));
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
    let add = move || {
        let Some((card, said)) = read.get_untracked() else { return };
        let typed = words_needed.get_untracked().then(|| words.get_untracked());
        failure.set(None);
        spawn_local(async move {
            match door::ask(about(SharingRequest::AddDevice { card, words: typed })).await {
                Ok(_) => {
                    words.try_set(String::new());
                    read.try_set(None);
                    added.try_set(Some(said.name));
                    here.ask_again();
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let compare = move |card: CardRead| {
        if card.is_this || card.is_member {
            let why = if card.is_this { w::is_this } else { w::already };
            return view! { <p class="state-note">{why}</p> }.into_any();
        }
        let name = card.name.clone();
        view! {
            <p class="device-name">{card.name}</p>
            <p>{move || w::compare(&name)}</p>
            <ComparedWords words=card.words />
            <p class="state-note">{w::compare_warning}</p>
            <p>{w::gets_all}</p>
            <Show when=move || words_needed.get()>
                <TwentyFourWords id="add-words" words=words />
            </Show>
            <p class="acts">
                <button type="button" class="main" on:click=move |_| add()>{w::same_words}</button>
                <button type="button" on:click=move |_| read.set(None)>{w::not_same}</button>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="add-device">
            <h2 id="add-device">{w::add}</h2>
            <Show when=move || may_pair.get()>
                <Invite words_needed=words_needed here=here />
                <h3>{network::or_by_file}</h3>
            </Show>
            <p>{w::add_lead}</p>
            <FailureNote failure=failure />
            <div class="field">
                <label for="card-file">{w::card_file}</label>
                <input
                    id="card-file"
                    type="file"
                    accept=".maillon-carte,application/octet-stream"
                    on:change:target=move |event| choose(event.target())
                />
            </div>
            <div role="status">
                {move || read.get().map(|(_, card)| compare(card))}
                {move || added.get().map(|name| view! { <p>{move || w::added(&name)}</p> })}
            </div>
        </section>
    }
}

/// Adding it through the network: this device invites.
#[component]
fn Invite(words_needed: Memo<bool>, here: Here) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let words = RwSignal::new(String::new());
    let invite = move || {
        let typed = words_needed.get_untracked().then(|| words.get_untracked());
        here.added.set(None);
        pair(here, failure, SharingRequest::Invite { words: typed });
    };
    view! {
        <p>{network::invite_lead}</p>
        <FailureNote failure=failure retry=Callback::new(move |()| invite()) />
        <Show when=move || words_needed.get()>
            <TwentyFourWords id="invite-words" words=words />
        </Show>
        <p class="acts">
            <button type="button" class="main" on:click=move |_| invite()>{network::invite}</button>
        </p>
    }
}

/// The twenty-four words, where they are needed once.
#[component]
fn TwentyFourWords(id: &'static str, words: RwSignal<String>) -> impl IntoView {
    view! {
        <TextArea id=id label=w::words_once hint=w::words_once_hint text=Text::of(words) lines=4 />
        <WordCompletions field=id text=Text::of(words) after=" " />
    }
}
