//! Cards: this device's, saved for another; another's, chosen here, whose words are compared before anything is added.

use leptos::prelude::*;
use maillon_shared::api::neighbours::NeighbourRequest;
use maillon_shared::api::sharing::{CardRead, Company, SharingAnswer, SharingRequest};
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use super::{ComparedWords, Elsewhere, Exchange, TwentyFourWords, about};
use crate::browser;
use crate::door::{self, answer};
use crate::session::{Said, session};
use crate::ui::FailureNote;
use crate::words::{devices as w, neighbours as n};

/// Saves this device's card, made for whoever is in that company.
#[component]
pub fn SaveCard(here: Exchange) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let save = move || {
        failure.set(None);
        let asked = about(SharingRequest::Card(here.company));
        spawn_local(async move {
            let handed = match answer!(asked, File(file) => file) {
                Ok(file) => door::hand_over(file).await,
                Err(why) => Err(why),
            };
            match handed {
                Ok(place) => {
                    session().said.set(Some(Said::Handed(place)));
                    // The first card gives the device its keys: it has words to read from then on.
                    here.ask_again();
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <FailureNote failure=failure retry=Callback::new(move |()| save()) />
        <p class="acts">
            <button type="button" on:click=move |_| save()>
                {here.says(w::save_card, n::save_card)}
            </button>
        </p>
        <p class="detail">{here.says(w::save_card_hint, n::save_card_hint)}</p>
    }
}

/// Adds whoever a card is of, once its words were compared.
#[component]
pub fn AddByCard(words_needed: Memo<bool>, here: Exchange) -> impl IntoView {
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
            match door::ask(adds(here.company, card, typed)).await {
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
        if card.is_this {
            return view! { <p class="state-note">{w::is_this}</p> }.into_any();
        }
        if card.company != here.company {
            return view! { <Elsewhere company=card.company /> }.into_any();
        }
        if card.is_member {
            return view! { <p class="state-note">{here.says(w::already, n::already)}</p> }.into_any();
        }
        let name = card.name.clone();
        let asked = move || match here.company {
            Company::Own => w::compare(&name),
            Company::Neighbour => n::compare(&name),
        };
        view! {
            <p class="device-name">{card.name}</p>
            <p>{asked}</p>
            <ComparedWords words=card.words />
            <p class="state-note">{here.says(w::compare_warning, n::compare_warning)}</p>
            <p>{here.says(w::gets_all, n::nothing_yet)}</p>
            <Show when=move || words_needed.get()>
                <TwentyFourWords id="add-words" words=words />
            </Show>
            <p class="acts">
                <button type="button" class="main" on:click=move |_| add()>
                    {w::same_words}
                </button>
                <button type="button" on:click=move |_| read.set(None)>
                    {w::not_same}
                </button>
            </p>
        }
        .into_any()
    };
    let told = move |name: String| match here.company {
        Company::Own => w::added(&name),
        Company::Neighbour => n::added(&name),
    };
    view! {
        <FailureNote failure=failure />
        <div class="field">
            <label for="card-file">{here.says(w::card_file, n::card_file)}</label>
            <input
                id="card-file"
                type="file"
                accept=".maillon-carte,application/octet-stream"
                on:change:target=move |event| choose(event.target())
            />
        </div>
        <div role="status">
            {move || read.get().map(|(_, card)| compare(card))}
            {move || added.get().map(|name| view! { <p>{move || told(name.clone())}</p> })}
        </div>
    }
}

/// What adds whoever a card is of.
fn adds(company: Company, card: Vec<u8>, words: Option<String>) -> Request {
    match company {
        Company::Own => about(SharingRequest::AddDevice { card, words }),
        Company::Neighbour => Request::Neighbour(Box::new(NeighbourRequest::Add { card, words })),
    }
}
