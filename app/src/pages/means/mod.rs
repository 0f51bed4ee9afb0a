//! Means in common: what each structure offers to others, what is free on which days, who has it, and what is due back.
//!
//! Nothing on these screens is added up by person or by structure, and no list is in the order of who lends most.

mod form;
mod list;
mod loan;
mod one;
mod typed;
mod uses;
mod words;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::means::{AllMeans, MeansAnswer, MeansDueRow, MeansFile, MeansRead};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::MeansId;

use crate::door::answer;
use crate::routes::{MeansRoute, Route};
use crate::ui::{Icon, Shape};
use crate::words::{collective, in_a_row, means};
use crate::{browser, when};

/// The screen of a place among means in common.
pub fn page(route: MeansRoute) -> AnyView {
    match route {
        MeansRoute::List => view! { <list::AllMeansPage /> }.into_any(),
        MeansRoute::New => view! { <form::NewMeansPage /> }.into_any(),
        MeansRoute::One(id) => view! { <one::MeansPage id=id /> }.into_any(),
        MeansRoute::Edit(id) => view! { <form::EditMeansPage id=id /> }.into_any(),
        MeansRoute::NewLoan(id) => view! { <loan::LoanPage id=id loan=None /> }.into_any(),
        MeansRoute::Loan(id, loan) => view! { <loan::LoanPage id=id loan=Some(loan) /> }.into_any(),
    }
}

async fn ask(asked: MeansRead) -> Result<MeansAnswer, Failure> {
    match answer!(Request::ReadCollective(CollectiveRead::Means(asked)), Collective(answer) => *answer)? {
        CollectiveAnswer::Means(answer) => Ok(answer),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_all() -> Result<AllMeans, Failure> {
    match ask(MeansRead::All).await? {
        MeansAnswer::All(all) => Ok(*all),
        MeansAnswer::One(_) => Err(Failure::NotUnderstood),
    }
}

async fn ask_means(id: MeansId) -> Result<MeansFile, Failure> {
    match ask(MeansRead::One(id)).await? {
        MeansAnswer::One(file) => Ok(*file),
        MeansAnswer::All(_) => Err(Failure::NotUnderstood),
    }
}

/// Something that is due back, in what the day asks for.
pub fn due_of_the_day(row: MeansDueRow) -> AnyView {
    let late = (row.days_late > 0).then(|| view! { <span class="tag late">{collective::late(row.days_late)}</span> });
    let what = if row.is_borrowed { means::to_give_back() } else { means::comes_back() };
    let day = when::day(row.due, browser::today());
    let href = Route::Means(MeansRoute::One(row.means)).href();
    view! {
        <li>
            <Icon shape=Shape::Exchange />
            <span class="row-head">
                <a class="who" href=href>
                    {row.title}
                </a>
                {late}
            </span>
            <span class="why">{in_a_row([what.to_owned(), day, row.who])}</span>
        </li>
    }
    .into_any()
}
