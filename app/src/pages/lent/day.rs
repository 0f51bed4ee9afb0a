//! *Aujourd'hui* on a designated agent's device: what the register asks for, and nobody's name.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::calls::CampaignRow;
use maillon_shared::api::register::RegisterDue;

use crate::door::answer;
use crate::pages::campaign::title_of;
use crate::pages::today::{LeftDrafts, register_words};
use crate::routes::{CampaignRoute, RegisterRoute, Route};
use crate::session::session;
use crate::ui::{Title, load, when_loaded};
use crate::words::{campaign, in_a_row, register_copy as w, today as t};
use crate::{browser, when};

/// What the day asks of an agent.
#[component]
pub fn AgentsDayPage() -> impl IntoView {
    let today = browser::today();
    let loaded = load(|| async {
        let due = answer!(Request::Today, Today(today) => today.register)?;
        let mut campaigns = answer!(Request::Campaigns, Campaigns(rows) => rows)?;
        campaigns.retain(|row| row.campaign.closed_on.is_none());
        Ok((due, campaigns))
    });
    let subtitle = move || {
        let commune = session().settings.with(|settings| settings.commune.clone());
        in_a_row([when::capital(when::date(today, today)), commune])
    };
    view! {
        <div class="heading">
            <div>
                <Title>{t::title}</Title>
                <p class="detail">{subtitle}</p>
            </div>
            <a class="button" href=Route::Register(RegisterRoute::List).href()>{t::register_see}</a>
        </div>
        <LeftDrafts />
        {when_loaded(loaded, |asked| view! { <Asked asked=asked /> })}
        <p class="detail">{w::day_lead}</p>
    }
}

#[component]
fn Asked(asked: RwSignal<(RegisterDue, Vec<CampaignRow>)>) -> impl IntoView {
    let due = move || {
        let due = asked.with(|(due, _)| *due);
        (due.count > 0).then(|| {
            view! {
                <p class="state-note">
                    <span>{register_words(due, browser::today())}</span>
                </p>
            }
        })
    };
    let campaigns = move || asked.with(|(_, campaigns)| campaigns.clone());
    let nothing = move || asked.with(|(due, campaigns)| due.count == 0 && campaigns.is_empty());
    let line = |CampaignRow { campaign, counts }: CampaignRow| {
        let id = campaign.id;
        view! {
            <li>
                <a class="row-link" href=Route::Campaign(CampaignRoute::Board(id)).href()>
                    <span class="who">{title_of(&campaign)}</span>
                    <span class="why">{campaign::row(counts.total, counts.reached)}</span>
                </a>
                <a class="button" href=Route::Campaign(CampaignRoute::Calls(id, None)).href()>{campaign::call_now}</a>
            </li>
        }
    };
    view! {
        {due}
        <p class="empty" hidden=move || !nothing()>{t::nothing_waits}</p>
        <section aria-labelledby="campaigns" hidden=move || campaigns().is_empty()>
            <h2 id="campaigns">{campaign::title}</h2>
            <ul class="rows">{move || campaigns().into_iter().map(line).collect_view()}</ul>
        </section>
    }
}
