//! Practice: difficulties said without names, and fictional situations for the training lunches.

mod difficulties;
mod difficulty;
mod maker;
mod shared;
mod situation;
mod situations;
mod sources;

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead};
use maillon_shared::api::{Failure, Request};

use crate::door::answer;
use crate::routes::PracticeRoute;

/// The screen of a place in practice.
pub fn page(route: PracticeRoute) -> AnyView {
    match route {
        PracticeRoute::Difficulties => view! { <difficulties::DifficultiesPage /> }.into_any(),
        PracticeRoute::NewDifficulty => view! { <difficulty::NewDifficultyPage /> }.into_any(),
        PracticeRoute::Difficulty(id) => view! { <difficulty::EditDifficultyPage id=id /> }.into_any(),
        PracticeRoute::Shared(theme) => view! { <shared::SharedPage theme=theme /> }.into_any(),
        PracticeRoute::Situations => view! { <situations::SituationsPage /> }.into_any(),
        PracticeRoute::NewSituation => view! { <maker::NewSituationPage /> }.into_any(),
        PracticeRoute::Situation(id) => view! { <situation::SituationPage id=id /> }.into_any(),
        PracticeRoute::EditSituation(id) => view! { <maker::EditSituationPage id=id /> }.into_any(),
    }
}

/// What the door answers to a question about what is common.
async fn ask(asked: CollectiveRead) -> Result<CollectiveAnswer, Failure> {
    answer!(Request::ReadCollective(asked), Collective(answer) => *answer)
}
