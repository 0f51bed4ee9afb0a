//! Applications to calls for projects: by when they are to be handed in, who does what for how much, what is still to be gathered,
//! what came of them and which reports are due.

mod form;
mod list;
mod money;
mod one;
mod typed;
mod words;

use leptos::prelude::*;
use maillon_shared::api::application::{ApplicationDueRow, ApplicationFile, Applications};
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::ApplicationId;

use crate::door::answer;
use crate::routes::{ApplicationRoute, Route};
use crate::ui::{Icon, Shape};
use crate::words::{application, collective, in_a_row};
use crate::{browser, when};

/// The screen of a place among applications.
pub fn page(route: ApplicationRoute) -> AnyView {
    match route {
        ApplicationRoute::List => view! { <list::ApplicationsPage /> }.into_any(),
        ApplicationRoute::New => view! { <form::NewApplicationPage /> }.into_any(),
        ApplicationRoute::One(id) => view! { <one::ApplicationPage id=id /> }.into_any(),
        ApplicationRoute::Edit(id) => view! { <form::EditApplicationPage id=id /> }.into_any(),
    }
}

async fn ask_all() -> Result<Applications, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Applications), Collective(answer) => *answer)? {
        CollectiveAnswer::Applications(all) => Ok(*all),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_application(id: ApplicationId) -> Result<ApplicationFile, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Application(id)), Collective(answer) => *answer)? {
        CollectiveAnswer::Application(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

/// Something that an application asks for, in what the day asks for.
pub fn due_of_the_day(row: ApplicationDueRow) -> AnyView {
    // A deadline of this morning is over in the afternoon, though no day is late.
    let late = match row.days_late {
        0 if row.due.is_over(browser::now()) => Some(application::is_over().to_owned()),
        0 => None,
        days => Some(collective::late(days)),
    };
    let late = late.map(|words| view! { <span class="tag late">{words}</span> });
    let href = Route::Application(ApplicationRoute::One(row.application)).href();
    let at = words::hour_words(&row.due);
    let day = in_a_row([when::day(row.due.day(), browser::today()), at]);
    view! {
        <li>
            <Icon shape=Shape::Letter />
            <span class="row-head">
                <a class="who" href=href>
                    {words::due_words(&row.due, &row.what)}
                </a>
                {late}
            </span>
            <span class="why">{in_a_row([row.title, day, row.who])}</span>
        </li>
    }
    .into_any()
}
