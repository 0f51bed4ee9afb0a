//! Every campaign: those that go on, then those that are closed.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::calls::CampaignRow;

use super::words::title_of;
use crate::door::answer;
use crate::routes::{CampaignRoute, Route};
use crate::session::session;
use crate::ui::{Back, Title, load, when_loaded};
use crate::words::{Word, campaign as w, more};

/// Every campaign.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    let loaded = load(|| async { answer!(Request::Campaigns, Campaigns(rows) => rows) });
    view! {
        <Show when=|| session().is_own()>
            <Back to=Route::More label=more::title />
        </Show>
        <Title>{w::title}</Title>
        <p class="detail">{w::lead}</p>
        <p class="acts">
            <a class="button main" href=Route::Campaign(CampaignRoute::New).href()>{w::new}</a>
        </p>
        {when_loaded(
            loaded,
            |rows| {
                let group = move |title: Word, closed: bool| {
                    let of = move || {
                        let mut rows = rows.get();
                        rows.retain(|row| row.campaign.closed_on.is_some() == closed);
                        rows
                    };
                    view! {
                        <section hidden=move || of().is_empty()>
                            <h2>{title}</h2>
                            <ul class="rows">{move || of().into_iter().map(line).collect_view()}</ul>
                        </section>
                    }
                };
                view! {
                    <p class="empty" hidden=move || rows.with(|rows| !rows.is_empty())>{w::none}</p>
                    {group(w::going_on, false)}
                    {group(w::over, true)}
                }
            },
        )}
    }
}

fn line(row: CampaignRow) -> impl IntoView {
    let CampaignRow { campaign, counts } = row;
    let title = title_of(&campaign);
    view! {
        <li>
            <a class="row-link" href=Route::Campaign(CampaignRoute::Board(campaign.id)).href()>
                <span class="who">{title}</span>
                <span class="why">{w::row(counts.total, counts.reached)}</span>
            </a>
        </li>
    }
}
