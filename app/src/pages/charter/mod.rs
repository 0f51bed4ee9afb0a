//! The charter of a post: who signs and what each commits to, what is asked, the points, the report and the decision. Each line,
//! point and answer has a form of its own. No screen says how late anything is, nor ranks anyone.

mod answers;
mod fields;
mod form;
mod line;
mod list;
mod one;
mod papers;
mod sheet;
mod words;

use leptos::prelude::*;
use maillon_shared::api::charter::{CharterAnswer, CharterDueRow, CharterFile, CharterRead, Charters};
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::CharterId;

use crate::door::answer;
use crate::routes::{CharterRoute, Route};
use crate::ui::{Icon, Shape};
use crate::words::in_a_row;
use crate::{browser, when};

/// The screen of a place among charters.
pub fn page(route: CharterRoute) -> AnyView {
    match route {
        CharterRoute::Home => view! { <list::ChartersPage may_lead_on=true /> }.into_any(),
        CharterRoute::All => view! { <list::ChartersPage may_lead_on=false /> }.into_any(),
        CharterRoute::New => view! { <form::NewCharterPage /> }.into_any(),
        CharterRoute::One(id) => view! { <one::CharterPage id=id /> }.into_any(),
        CharterRoute::Paper(id) => view! { <papers::CharterPaper id=id /> }.into_any(),
        CharterRoute::Report(id) => view! { <papers::FinalReport id=id /> }.into_any(),
        form => line::form(form),
    }
}

async fn ask(asked: CharterRead) -> Result<CharterAnswer, Failure> {
    let asked = Request::ReadCollective(CollectiveRead::Charter(asked));
    match answer!(asked, Collective(answer) => *answer)? {
        CollectiveAnswer::Charter(answer) => Ok(answer),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_all() -> Result<Charters, Failure> {
    match ask(CharterRead::All).await? {
        CharterAnswer::All(all) => Ok(*all),
        CharterAnswer::One(_) => Err(Failure::NotUnderstood),
    }
}

async fn ask_charter(id: CharterId) -> Result<CharterFile, Failure> {
    match ask(CharterRead::One(id)).await? {
        CharterAnswer::One(file) => Ok(*file),
        CharterAnswer::All(_) => Err(Failure::NotUnderstood),
    }
}

/// Something that a charter asks for, in what the day asks for: by its day, and without a word of being late.
pub fn due_of_the_day(row: CharterDueRow) -> AnyView {
    // A group's may be one that this device may no longer write in: the charter itself leads to what may be written.
    let href = Route::Charter(CharterRoute::One(row.charter)).href();
    let day = when::day(row.day, browser::today());
    let said = words::due_words(&row);
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {said}
                </a>
            </span>
            <span class="why">{in_a_row([day, row.who, row.title])}</span>
        </li>
    }
    .into_any()
}
