//! The roadmap: axes, objectives and actions of several years, their money, the frameworks of the funders and who decides. Each
//! line has a form of its own, so that one changes one thing on a telephone without opening the whole.

mod draft;
pub mod fields;
mod follow;
mod form;
mod framework;
mod governance;
mod line;
mod list;
mod money;
mod one;
pub mod words;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::roadmap::{RoadmapFile, Roadmaps};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::RoadmapId;

use crate::door::answer;
use crate::routes::RoadmapRoute;

/// The screen of a place among roadmaps.
pub fn page(route: RoadmapRoute) -> AnyView {
    match route {
        RoadmapRoute::List => view! { <list::RoadmapsPage /> }.into_any(),
        RoadmapRoute::New => view! { <form::NewRoadmapPage /> }.into_any(),
        RoadmapRoute::One(id) => view! { <one::RoadmapPage id=id /> }.into_any(),
        RoadmapRoute::Edit(id) => view! { <form::EditRoadmapPage id=id /> }.into_any(),
        RoadmapRoute::Governance(id) => view! { <governance::GovernancePage id=id /> }.into_any(),
        RoadmapRoute::Framework(id, line) => view! { <framework::FrameworkPage id=id line=line /> }.into_any(),
        RoadmapRoute::NewLine(id, lines, under) => line::new_line(id, lines, under),
        RoadmapRoute::Line(id, lines, line) => line::edit_line(id, lines, line),
    }
}

async fn ask_all() -> Result<Roadmaps, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Roadmaps), Collective(answer) => *answer)? {
        CollectiveAnswer::Roadmaps(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_roadmap(id: RoadmapId) -> Result<RoadmapFile, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Roadmap(id)), Collective(answer) => *answer)? {
        CollectiveAnswer::Roadmap(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}
