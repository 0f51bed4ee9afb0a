//! Every survey: those that are open, then those that are over.

use leptos::prelude::*;
use maillon_shared::api::surveys::Surveys;

use super::{ask_all, survey_line};
use crate::routes::{Route, SurveyRoute};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{more, surveys as w};

/// Every survey.
#[component]
pub fn SurveysPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Surveys(SurveyRoute::New(None)).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        <p class="acts unprinted">
            <a class="button" href=Route::Surveys(SurveyRoute::Years).href()>{w::years}</a>
        </p>
        {when_loaded(loaded, |all| view! { <All all=all /> })}
    }
}

#[component]
fn All(all: RwSignal<Surveys>) -> impl IntoView {
    let none = Memo::new(move |_| all.with(|all| all.rows.is_empty()));
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        <ul class="rows" hidden=move || none.get()>
            {move || all.with(|all| all.rows.clone()).into_iter().map(survey_line).collect_view()}
        </ul>
        <p class="acts" hidden=move || none.get()>
            <PrintButton />
        </p>
    }
}
