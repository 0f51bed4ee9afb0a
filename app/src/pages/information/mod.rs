//! Health information: what came, for whom, until when, to whom it was passed on; and the sheet of a month for the noticeboard.

mod board;
mod form;
mod list;
mod looked;
mod one;
mod pass;
mod typed;
mod words;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::information::{
    BoardFile, InformationAnswer, InformationDueRow, InformationFile, InformationItems, InformationRead,
};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::InformationId;
use maillon_shared::domain::summary::period::Period;

use crate::door::answer;
use crate::routes::{InformationRoute, Route};
use crate::ui::{Icon, Shape};
use crate::words::{in_a_row, information as w};
use crate::{browser, when};

/// The screen of a place among information.
pub fn page(route: InformationRoute) -> AnyView {
    match route {
        InformationRoute::List => view! { <list::InformationPage /> }.into_any(),
        InformationRoute::New => view! { <form::NewInformationPage /> }.into_any(),
        InformationRoute::One(id) => view! { <one::ItemPage id=id /> }.into_any(),
        InformationRoute::Edit(id) => view! { <form::EditInformationPage id=id /> }.into_any(),
        InformationRoute::Pass(id) => view! { <pass::PassPage id=id /> }.into_any(),
        InformationRoute::Board(month) => view! { <board::BoardPage month=month /> }.into_any(),
        InformationRoute::BoardNote(month) => view! { <board::BoardNotePage month=month /> }.into_any(),
    }
}

async fn ask(asked: InformationRead) -> Result<InformationAnswer, Failure> {
    let asked = Request::ReadCollective(CollectiveRead::Information(asked));
    match answer!(asked, Collective(answer) => *answer)? {
        CollectiveAnswer::Information(answer) => Ok(*answer),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_all() -> Result<InformationItems, Failure> {
    match ask(InformationRead::All).await? {
        InformationAnswer::All(all) => Ok(all),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_one(id: InformationId) -> Result<InformationFile, Failure> {
    match ask(InformationRead::One(id)).await? {
        InformationAnswer::One(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_board(month: Period) -> Result<BoardFile, Failure> {
    match ask(InformationRead::Board(month)).await? {
        InformationAnswer::Board(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

/// An item that ends this week and was not passed on, in what the day asks for.
pub fn ends_this_week(row: InformationDueRow) -> AnyView {
    let href = Route::Information(InformationRoute::One(row.id)).href();
    let until = w::until_day(when::date(row.until, browser::today()));
    view! {
        <li>
            <Icon shape=Shape::Letter />
            <span class="row-head">
                <a class="who" href=href>
                    {row.title}
                </a>
            </span>
            <span class="why">{in_a_row([until, row.source])}</span>
        </li>
    }
    .into_any()
}
