//! How each turn of a campaign ended, in figures that name nobody; and its end.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::calls::CampaignFile;
use maillon_shared::domain::campaign::{CallCounts, Turn};
use maillon_shared::domain::ids::CampaignId;

use super::load_campaign;
use super::words::{dates, title_of};
use crate::routes::{CampaignRoute, Route};
use crate::session::{session, write_soon};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, when_loaded};
use crate::words::{Word, campaign as w, in_a_row};
use crate::{browser, when};

/// The report.
#[component]
pub fn ReportPage(id: CampaignId) -> impl IntoView {
    view! {
        <Back to=Route::Campaign(CampaignRoute::Board(id)) label=w::board_back />
        {when_loaded(load_campaign(id), |file| view! { <Report file=file /> })}
    }
}

/// A column: its name, and its figure.
type Column = (Word, fn(&CallCounts) -> u32);

const COLUMNS: [Column; 12] = [
    (w::total, |counts| counts.total),
    (w::reached, |counts| counts.reached),
    (w::need, |counts| counts.need),
    (w::worry, |counts| counts.worry),
    (w::no_answer, |counts| counts.no_answer),
    (w::absent, |counts| counts.absent),
    (w::refused, |counts| counts.refused),
    (w::silenced, |counts| counts.silenced),
    (w::to_visit, |counts| counts.to_visit),
    (w::to_call, |counts| counts.to_call),
    (w::twice, |counts| counts.twice),
    (w::attempts, |counts| counts.attempts),
];

#[component]
fn Report(file: RwSignal<CampaignFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.campaign.id);
    let today = browser::today();
    let closed = Memo::new(move |_| file.with(|file| file.campaign.closed_on));
    let sure = RwSignal::new(false);
    let close = move |_| {
        if sure.get_untracked() {
            write_soon(Request::CloseCampaign(id));
        }
    };
    let line = move |(name, count): Column| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                {move || {
                    file.with(|file| file.turns.clone())
                        .into_iter()
                        .map(|turn| view! { <td class="figure">{count(&turn.counts)}</td> })
                        .collect_view()
                }}
            </tr>
        }
    };
    view! {
        <Title>{w::report_title}</Title>
        <p class="detail">
            {move || {
                file.with(|file| {
                    let closed = closed.get().map(|day| w::closed_on(when::date(day, today)));
                    in_a_row([title_of(&file.campaign), dates(&file.campaign, today)].into_iter().chain(closed))
                })
            }}
        </p>
        <OnPaper paper=Paper::NamesNobody />
        <p>{w::report_lead}</p>
        <div class="scrolled" tabindex="0" role="region" aria-label=w::report_title>
            <table class="report">
                <thead>
                    <tr>
                        <th scope="col">{w::turn}</th>
                        {move || {
                            file.with(|file| file.turns.clone())
                                .into_iter()
                                .map(|turn| view! { <th scope="col" class="figure">{days(&turn)}</th> })
                                .collect_view()
                        }}
                    </tr>
                </thead>
                <tbody>{COLUMNS.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
        <p class="acts">
            <PrintButton label=w::print class="" />
        </p>
        // Whoever lent the register closes: figures are kept once everything came back.
        <Show when=move || closed.get().is_none() && session().is_own()>
            <section class="card unprinted" aria-labelledby="close">
                <h2 id="close">{w::close}</h2>
                <p>{w::close_lead}</p>
                <label class="chip sure" for="close-sure">
                    <input
                        type="checkbox"
                        id="close-sure"
                        prop:checked=move || sure.get()
                        on:change:target=move |event| sure.set(event.target().checked())
                    />
                    <span>{w::close_sure}</span>
                </label>
                <button type="button" aria-disabled=move || (!sure.get()).then_some("true") on:click=close>
                    {w::close}
                </button>
            </section>
        </Show>
    }
}

fn days(turn: &Turn) -> String {
    match turn.from == turn.until {
        true => when::figures(turn.from),
        false => w::turn_dates(when::figures(turn.from), when::figures(turn.until)),
    }
}
