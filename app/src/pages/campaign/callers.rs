//! Who calls whom: lists shared out, printed, lent to other devices, and taken back.

use leptos::prelude::*;
use maillon_shared::api::calls::{Allotment, CampaignFile};
use maillon_shared::api::lending::Lent;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::campaign::Caller;
use maillon_shared::domain::ids::{CampaignId, LineId};

use super::load_campaign;
use super::words::title_of;
use crate::door::answer;
use crate::pages::lent::{Came, HandedBack, LendButton, LentNow};
use crate::routes::{CampaignRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Title, when_loaded};
use crate::words::{campaign as w, in_a_row};
use crate::{browser, when};

/// Who calls whom.
#[component]
pub fn CallersPage(id: CampaignId) -> impl IntoView {
    view! {
        <Back to=Route::Campaign(CampaignRoute::Board(id)) label=w::board_back />
        <Title>{w::share_out}</Title>
        {when_loaded(load_campaign(id), |file| view! { <Callers file=file /> })}
    }
}

#[component]
fn Callers(file: RwSignal<CampaignFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.campaign.id);
    let lent = RwSignal::new(None::<(LineId, Lent)>);
    let allotted = move |caller: Option<LineId>| {
        file.with(|file| file.cards.iter().filter(|row| row.card.caller == caller).count() as u32)
    };
    let line = move |caller: Caller| {
        let who = caller.id;
        let row = move || {
            file.with(|file| {
                let today = browser::today();
                let lending = file.lent.iter().rev().find(|lending| lending.caller == who);
                let on = lending.map(|lending| w::lent_on(when::date(lending.on, today)));
                let back = lending.and_then(|lending| lending.back_on).map(|day| w::back_on(when::date(day, today)));
                in_a_row([Some(w::allotted(allotted(Some(who)))), on, back].into_iter().flatten())
            })
        };
        view! {
            <li class="plain">
                <span class="row-head">
                    <span class="who">{caller.name.clone()}</span>
                    <span class="when">{caller.slots.clone()}</span>
                </span>
                <span class="why">{row}</span>
                <span class="acts">
                    <a class="button" href=Route::Campaign(CampaignRoute::Calls(id, Some(who))).href()>{w::call_now}</a>
                    <a class="button" href=Route::Campaign(CampaignRoute::Sheet(id, Some(who))).href()>{w::sheet}</a>
                    <LendButton
                        to=who
                        ask=Request::LendCalls { campaign: id, caller: who }
                        label=w::lend
                        lent=lent
                    />
                </span>
                {move || lent.get().filter(|(to, _)| *to == who).map(|(_, lent)| view! { <LentNow lent=lent /> })}
            </li>
        }
    };
    let callers = Memo::new(move |_| file.with(|file| file.campaign.callers.clone()));
    let without = move || allotted(None);
    view! {
        <p class="detail">{move || file.with(|file| title_of(&file.campaign))}</p>
        <p class="acts campaign-acts">
            <Show when=move || callers.with(|callers| !callers.is_empty()) && (without() > 0)>
                <button
                    type="button"
                    class="main"
                    on:click=move |_| write_soon(Request::Allot { campaign: id, allotment: Allotment::Evenly })
                >
                    {w::share}
                </button>
            </Show>
            <a class="button" href=Route::Campaign(CampaignRoute::Edit(id)).href()>{w::caller_add}</a>
            <a class="button" href=Route::Campaign(CampaignRoute::Sheet(id, None)).href()>{w::sheet}</a>
        </p>
        <p class="detail" hidden=move || without() == 0>
            {move || format!("{} : {}", w::nobody_allotted(), w::allotted(without()))}
        </p>
        <ul class="rows">
            <For each=move || callers.get() key=|caller| (caller.id, caller.name.clone(), caller.slots.clone()) let:caller>
                {line(caller)}
            </For>
        </ul>
        <Show when=move || callers.with(|callers| !callers.is_empty())>
            <p class="detail">{w::lend_lead}</p>
        </Show>
        <HandedBack title=w::take_back lead=w::take_back_lead read=take_back />
    }
}

/// Takes back what a caller noted.
async fn take_back(file: Vec<u8>) -> Result<Came, Failure> {
    let back = answer!(Request::TakeBackCalls(file), TakenBack(back) => back)?;
    let twice = if back.twice > 0 { w::taken_twice(back.twice) } else { String::new() };
    let left = if back.left_out > 0 { w::taken_left_out(back.left_out) } else { String::new() };
    Ok(Came { act: back.act, new: w::taken(back.attempts), besides: vec![twice, left] })
}
