//! On a device to which a notebook was lent: handing back what was noted, bringing a copy of the register up to date,
//! then erasing everything.

use leptos::prelude::*;
use maillon_shared::api::lending::Role;
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use super::renew::Renew;
use crate::door::{self, answer};
use crate::session::{Said, session};
use crate::ui::{FailureNote, Title};
use crate::words::{Word, caller as w, register_copy as r, surveys as t};

/// What is said, to whom.
struct Words {
    title: Word,
    lead: Word,
    over: Word,
    erase_lead: Word,
    sure: Word,
}

const TO_A_CALLER: Words =
    Words { title: w::title, lead: w::lead, over: w::over, erase_lead: w::erase_lead, sure: w::sure };
const TO_AN_AGENT: Words =
    Words { title: r::title, lead: r::lead, over: r::over, erase_lead: r::erase_lead, sure: r::sure };

const TO_A_TABLET: Words =
    Words { title: t::back_title, lead: t::back_lead, over: w::over, erase_lead: t::erase_lead, sure: t::back_sure };

/// Handing back.
#[component]
pub fn HandBackPage(role: Role) -> impl IntoView {
    let is_an_agents = matches!(role, Role::Agent { .. });
    let Words { title, lead, over, erase_lead, sure: sure_words } = match role {
        Role::Agent { .. } => TO_AN_AGENT,
        Role::Tablet { .. } => TO_A_TABLET,
        _ => TO_A_CALLER,
    };
    let failure = RwSignal::new(None::<Failure>);
    let sure = RwSignal::new(false);
    let save = move || {
        failure.set(None);
        spawn_local(async move {
            let handed = match answer!(Request::Backup, File(file) => file) {
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
    let erase = move |_| {
        if !sure.get_untracked() {
            return;
        }
        spawn_local(async move {
            // The engine says that it is locked, and the page starts anew with nothing.
            if let Err(why) = door::ask(Request::EraseLentNotebook).await {
                failure.try_set(Some(why));
            }
        });
    };
    view! {
        <Title>{title}</Title>
        <Show when=move || role.is_over()>
            <p class="state-note">{over}</p>
        </Show>
        <section class="card">
            <p>{lead}</p>
            <FailureNote failure=failure retry=Callback::new(move |()| save()) />
            <button type="button" class="main" on:click=move |_| save()>{w::save}</button>
        </section>
        {is_an_agents.then(|| view! { <Renew /> })}
        <section class="card" aria-labelledby="erase-lent">
            <h2 id="erase-lent">{w::erase}</h2>
            <p>{erase_lead}</p>
            <label class="chip sure" for="lent-sure">
                <input
                    type="checkbox"
                    id="lent-sure"
                    prop:checked=move || sure.get()
                    on:change:target=move |event| sure.set(event.target().checked())
                />
                <span>{sure_words}</span>
            </label>
            <button type="button" class="danger" aria-disabled=move || (!sure.get()).then_some("true") on:click=erase>
                {w::erase_do}
            </button>
        </section>
    }
}
