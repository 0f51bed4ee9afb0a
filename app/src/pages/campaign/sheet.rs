//! A call sheet on paper: for whoever calls without a device. It names people, and says so.

use leptos::prelude::*;
use maillon_shared::api::calls::{CampaignFile, CardRow};
use maillon_shared::domain::campaign::{AttemptOutcome, CallStatus};
use maillon_shared::domain::ids::{CampaignId, LineId};

use super::load_campaign;
use super::words::{caller_name, outcome_words, title_of};
use crate::routes::{CampaignRoute, Route};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, when_loaded};
use crate::words::{campaign as w, in_a_row};

/// A call sheet.
#[component]
pub fn SheetPage(id: CampaignId, caller: Option<LineId>) -> impl IntoView {
    view! {
        <Back to=Route::Campaign(CampaignRoute::Callers(id)) label=w::share_out />
        {when_loaded(load_campaign(id), move |file| view! { <Sheet file=file.get_untracked() caller=caller /> })}
    }
}

#[component]
fn Sheet(file: CampaignFile, caller: Option<LineId>) -> impl IntoView {
    let who = match caller {
        Some(caller) => caller_name(&file.campaign, Some(caller)),
        None => w::whole_list().to_owned(),
    };
    let of = in_a_row([title_of(&file.campaign), who]);
    let rows: Vec<CardRow> = file
        .cards
        .into_iter()
        .filter(|row| caller.is_none() || row.card.caller == caller)
        // Whoever wishes no call is on no paper.
        .filter(|row| !matches!(row.status, CallStatus::Refused | CallStatus::Silenced(_)))
        .collect();
    if rows.is_empty() {
        return view! { <Title>{w::sheet_title}</Title> <p class="empty">{w::sheet_empty}</p> }.into_any();
    }
    let outcomes = AttemptOutcome::ALL;
    let boxes = outcomes.len();
    let line = move |row: CardRow| {
        let card = row.card;
        let phones: Vec<_> = card.phones.iter().map(|phone| phone.number.clone()).collect();
        let named: Vec<_> = card.named.iter().map(|named| format!("{} {}", named.name, named.phone)).collect();
        view! {
            <tr>
                <th scope="row">{card.number}</th>
                <td><strong>{card.display_name()}</strong> <br /> {card.place.clone()}</td>
                <td>{phones.join(", ")}</td>
                <td>{named.join(", ")}</td>
                {(0..boxes).map(|_| view! { <td class="box">"☐"</td> }).collect_view()}
                <td class="remark"></td>
            </tr>
        }
    };
    view! {
        <Title>{w::sheet_title}</Title>
        <p>{of}</p>
        <OnPaper paper=Paper::NamesPeople />
        <p class="print-only">{w::sheet_danger}</p>
        <p class="state-note unprinted">{w::sheet_destroy}</p>
        <p class="acts">
            <PrintButton label=w::print class="main" />
        </p>
        <div class="scrolled" tabindex="0" role="region" aria-label=w::sheet_title>
            <table class="call-sheet">
                <thead>
                    <tr>
                        <th scope="col">"n°"</th>
                        <th scope="col">{w::sheet_person}</th>
                        <th scope="col">{w::sheet_phone}</th>
                        <th scope="col">{w::sheet_named}</th>
                        {outcomes.iter().map(|outcome| view! { <th scope="col" class="box">{move || outcome_words(outcome)}</th> }).collect_view()}
                        <th scope="col">{w::sheet_remark}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
