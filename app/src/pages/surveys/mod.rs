//! Surveys of events: prepared, answered before a tablet or on paper, counted, put beside the years before. Nobody who
//! answered is known.

mod blank;
mod check;
mod draft;
mod figures;
mod form;
mod give;
mod kiosk;
mod list;
mod one;
mod question;
mod question_field;
mod remarks;
mod results;
mod sheet;
mod tablets;
mod words;
mod years;

pub use kiosk::{Kiosk, TabletPage};

use leptos::prelude::*;
use maillon_shared::api::surveys::{
    ReadRemark, SheetVersions, SurveyAnswer, SurveyFile, SurveyRead, SurveyRow, SurveyYears, Surveys,
};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::SurveyId;

use crate::door::answer;
use crate::routes::{Route, SurveyRoute};
use crate::ui::{Icon, Shape};
use crate::words::{groups, in_a_row, surveys as w};

/// The screen of a place among surveys.
pub fn page(route: SurveyRoute) -> AnyView {
    match route {
        SurveyRoute::List => view! { <list::SurveysPage /> }.into_any(),
        SurveyRoute::New(event) => view! { <form::NewSurveyPage event=event /> }.into_any(),
        SurveyRoute::One(id) => view! { <one::SurveyPage id=id /> }.into_any(),
        SurveyRoute::Edit(id) => view! { <form::EditSurveyPage id=id /> }.into_any(),
        SurveyRoute::NewQuestion(id) => view! { <question::NewQuestionPage id=id /> }.into_any(),
        SurveyRoute::Question(id, question) => {
            view! { <question::EditQuestionPage id=id question=question /> }.into_any()
        }
        SurveyRoute::Begin(id) => view! { <kiosk::BeginPage id=id /> }.into_any(),
        SurveyRoute::Sheet(id, number) => view! { <sheet::SheetPage id=id number=number /> }.into_any(),
        SurveyRoute::Blank(id, public) => view! { <blank::BlankPage id=id public=public /> }.into_any(),
        SurveyRoute::Check(id) => view! { <check::CheckPage id=id /> }.into_any(),
        SurveyRoute::Remarks(id) => view! { <remarks::RemarksPage id=id /> }.into_any(),
        SurveyRoute::Give(id) => view! { <give::GivePage id=id /> }.into_any(),
        SurveyRoute::Years => view! { <years::YearsPage /> }.into_any(),
        SurveyRoute::Figures => view! { <figures::FiguresPage /> }.into_any(),
    }
}

async fn ask(asked: SurveyRead) -> Result<SurveyAnswer, Failure> {
    answer!(Request::ReadSurveys(Box::new(asked)), Surveys(answer) => *answer)
}

async fn ask_all() -> Result<Surveys, Failure> {
    match ask(SurveyRead::All).await? {
        SurveyAnswer::All(all) => Ok(all),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_survey(id: SurveyId) -> Result<SurveyFile, Failure> {
    match ask(SurveyRead::One(id)).await? {
        SurveyAnswer::One(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_years() -> Result<SurveyYears, Failure> {
    match ask(SurveyRead::Years).await? {
        SurveyAnswer::Years(years) => Ok(years),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_sheets(id: SurveyId) -> Result<Vec<SheetVersions>, Failure> {
    match ask(SurveyRead::ToCheck(id)).await? {
        SurveyAnswer::ToCheck(sheets) => Ok(sheets),
        _ => Err(Failure::NotUnderstood),
    }
}

async fn ask_remarks(id: SurveyId) -> Result<Vec<ReadRemark>, Failure> {
    match ask(SurveyRead::Remarks(id)).await? {
        SurveyAnswer::Remarks(remarks) => Ok(remarks),
        _ => Err(Failure::NotUnderstood),
    }
}

/// A survey, in a list.
pub fn survey_line(row: SurveyRow) -> AnyView {
    let href = Route::Surveys(SurveyRoute::One(row.id)).href();
    let closed = row.is_closed.then(|| view! { <span class="tag">{w::closed}</span> });
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {row.title}
                </a>
                {closed}
            </span>
            <span class="why">{in_a_row([row.year.to_string(), w::responses(row.responses), group])}</span>
        </li>
    }
    .into_any()
}

/// The surveys of an event, and the way to prepare one.
#[component]
pub fn OfEvent(event: maillon_shared::domain::ids::EventId) -> impl IntoView {
    let loaded = crate::ui::load(ask_all);
    crate::ui::when_loaded(loaded, move |all| {
        let rows = move || all.with(|all| all.rows.iter().filter(|row| row.event == Some(event)).cloned().collect());
        let rows = Memo::new(move |_| -> Vec<SurveyRow> { rows() });
        view! {
            <section class="unprinted" aria-labelledby="evaluation">
                <h2 id="evaluation">{w::evaluation}</h2>
                <ul class="rows" hidden=move || rows.with(Vec::is_empty)>
                    {move || rows.get().into_iter().map(survey_line).collect_view()}
                </ul>
                <p class="acts">
                    <a class="button" href=Route::Surveys(SurveyRoute::New(Some(event))).href()>{w::new}</a>
                </p>
            </section>
        }
    })
}
