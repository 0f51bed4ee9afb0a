//! Call campaigns: begun from a list, called from a phone, shared between callers, typed back from paper, closed with
//! figures that name nobody.

mod board;
mod callers;
mod calls;
mod card;
mod form;
mod list;
mod report;
mod sheet;
mod typing;
mod words;

pub use words::{ladder_words, outcome_words, title_of, way_words};

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::calls::CampaignFile;
use maillon_shared::domain::ids::CampaignId;

use crate::door::answer;
use crate::routes::CampaignRoute;
use crate::ui::load;
use crate::ui::loaded::Loaded;

/// The screen of a place among campaigns.
pub fn page(route: CampaignRoute) -> AnyView {
    match route {
        CampaignRoute::List => view! { <list::CampaignsPage /> }.into_any(),
        CampaignRoute::New => view! { <form::NewCampaignPage /> }.into_any(),
        CampaignRoute::NewFor(alert) => view! { <form::NewCampaignPage alert=alert /> }.into_any(),
        CampaignRoute::Edit(id) => view! { <form::EditCampaignPage id=id /> }.into_any(),
        CampaignRoute::Board(id) => view! { <board::BoardPage id=id /> }.into_any(),
        CampaignRoute::Calls(id, caller) => view! { <calls::CallsPage id=id caller=caller /> }.into_any(),
        CampaignRoute::Callers(id) => view! { <callers::CallersPage id=id /> }.into_any(),
        CampaignRoute::Sheet(id, caller) => view! { <sheet::SheetPage id=id caller=caller /> }.into_any(),
        CampaignRoute::Typing(id) => view! { <typing::TypingPage id=id /> }.into_any(),
        CampaignRoute::Report(id) => view! { <report::ReportPage id=id /> }.into_any(),
    }
}

/// A campaign, asked for again whenever something changes.
fn load_campaign(id: CampaignId) -> Loaded<CampaignFile> {
    load(move || async move { answer!(Request::Campaign(id), Campaign(file) => *file) })
}
