//! Taking back what a designated agent wrote in their copy of the register.

use leptos::html;
use leptos::prelude::*;
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::lending::{RegisterBack, RegisterCopy, Sender};
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::door::answer;
use crate::routes::{RegisterRoute, Route};
use crate::session::{Said, session};
use crate::ui::FailureNote;
use crate::words::register_copy as w;

/// Takes back what an agent wrote.
#[component]
pub fn TakeBackRegister() -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let failure = RwSignal::new(None::<Failure>);
    let taken = RwSignal::new(None::<RegisterBack>);
    let take = move |from: Sender| {
        let Some(input) = input.get_untracked() else { return };
        failure.set(None);
        taken.set(None);
        spawn_local(async move {
            let answer = match browser::chosen_file(&input).await {
                Some(file) => {
                    let asked = Request::CopyRegister(Box::new(RegisterCopy::TakeBack { file, from }));
                    answer!(asked, RegisterBack(back) => *back)
                }
                None => Err(Failure::UnreadableFile(FileProblem::Empty)),
            };
            session().progress.set(None);
            match answer {
                Ok(back) => {
                    if let Some(act) = back.act {
                        session().said.set(Some(Said::Saved(act)));
                    }
                    input.set_value("");
                    taken.try_set(Some(back));
                }
                // The file stays chosen: it may be taken all the same.
                Err(why) => {
                    if why != Failure::NotDesignated {
                        input.set_value("");
                    }
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let ended = move || failure.with(|failure| *failure == Some(Failure::NotDesignated));
    view! {
        <section class="card take-back unprinted" aria-labelledby="take-back">
            <h2 id="take-back">{w::take_back}</h2>
            <p>{w::take_back_lead}</p>
            <FailureNote failure=failure />
            <p class="acts" hidden=move || !ended()>
                <button type="button" on:click=move |_| take(Sender::EndedToo)>{w::take_all_the_same}</button>
            </p>
            <div class="field">
                <label for="handed-back">{w::take_back_file}</label>
                <input
                    id="handed-back"
                    type="file"
                    accept=".maillon,application/octet-stream"
                    node_ref=input
                    on:change=move |_| take(Sender::Designated)
                />
            </div>
            <div role="status">{move || taken.get().map(|back| view! { <WhatCame back=back /> })}</div>
        </section>
    }
}

/// What came, in figures; and where two people wrote the same field.
#[component]
pub fn WhatCame(back: RegisterBack) -> impl IntoView {
    let RegisterBack { agent, created, changed, extracts, attempts, two_versions, left_out, closed, act: _ } = back;
    let counts = [
        (created, w::created as fn(u32) -> String),
        (changed, w::changed),
        (extracts, w::extracts),
        (attempts, w::attempts),
        (left_out, w::left_out),
        (closed, w::closed),
    ];
    let nothing = counts[..4].iter().all(|(count, _)| *count == 0);
    let lines = counts.into_iter().filter(|(count, _)| *count > 0);
    let lines = lines.map(|(count, words)| view! { <li>{move || words(count)}</li> }).collect_view();
    let choose = (!two_versions.is_empty()).then(|| {
        let entries = two_versions.into_iter().map(|(id, name)| {
            view! { <li><a href=Route::Register(RegisterRoute::Entry(id)).href()>{name}</a></li> }
        });
        view! {
            <p>{w::two_versions}</p>
            <ul>{entries.collect_view()}</ul>
        }
    });
    view! {
        <p>
            <strong>
                {move || match (nothing, agent.is_empty()) {
                    (true, _) => w::nothing_new().to_owned(),
                    (false, true) => w::came_back().to_owned(),
                    (false, false) => w::came_back_from(&agent),
                }}
            </strong>
        </p>
        <ul class="what-came">{lines}</ul>
        {choose}
    }
}
