//! Outreach consultations, mobile teams, duty rotas: where and when, how one is referred, how many of the places were taken, who is
//! on duty, and what is put up on a noticeboard.

mod follow;
mod form;
mod leaflet;
mod line;
mod list;
mod one;
mod recurrence;
mod typed;
mod words;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::outreach::{
    OutreachAnswer, OutreachAskRow, OutreachAsks, OutreachFile, OutreachRead, OutreachServices,
};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::OutreachId;

use crate::door::answer;
use crate::pages::programme::words::or_unnamed;
use crate::routes::{OutreachRoute, Route};
use crate::ui::{Icon, Shape};
use crate::words::outreach as w;
use crate::{browser, when};

/// The screen of a place among outreach services.
pub fn page(route: OutreachRoute) -> AnyView {
    match route {
        OutreachRoute::List => view! { <list::OutreachPage /> }.into_any(),
        OutreachRoute::Leaflet => view! { <leaflet::BoardPage /> }.into_any(),
        OutreachRoute::New => view! { <form::NewOutreachPage /> }.into_any(),
        OutreachRoute::One(id) => view! { <one::OneOutreachPage id=id /> }.into_any(),
        OutreachRoute::Edit(id) => view! { <form::EditOutreachPage id=id /> }.into_any(),
        OutreachRoute::NewLine(id, lines, day) => line::new_line(id, lines, day),
        OutreachRoute::Line(id, lines, line) => line::edit_line(id, lines, line),
    }
}

async fn ask(asked: OutreachRead) -> Result<OutreachAnswer, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Outreach(asked)), Collective(answer) => *answer)? {
        CollectiveAnswer::Outreach(answer) => Ok(answer),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_all() -> Result<OutreachServices, Failure> {
    match ask(OutreachRead::All).await? {
        OutreachAnswer::All(all) => Ok(all),
        OutreachAnswer::One(_) => Err(Failure::NotUnderstood),
    }
}

async fn ask_one(id: OutreachId) -> Result<OutreachFile, Failure> {
    match ask(OutreachRead::One(id)).await? {
        OutreachAnswer::One(file) => Ok(*file),
        OutreachAnswer::All(_) => Err(Failure::NotUnderstood),
    }
}

/// A service that asks for something this week: days without anyone, or nobody made sure of it for long.
pub fn asks_this_week(row: OutreachAskRow) -> AnyView {
    let href = Route::Outreach(OutreachRoute::One(row.id)).href();
    let today = browser::today();
    let why = match row.asks {
        OutreachAsks::Gap(days) if days.first == days.last => w::gap_on(when::day(days.first, today)),
        OutreachAsks::Gap(days) => w::gap_between(when::date(days.first, today), when::date(days.last, today)),
        OutreachAsks::CheckAgain(checked) => w::check_again(when::date(checked, today)),
    };
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {or_unnamed(&row.title)}
                </a>
            </span>
            <span class="why">{why}</span>
        </li>
    }
    .into_any()
}
