//! The sheet of a survey, to print: what is asked of a public, boxes to tick, room to write, and a number in the corner by
//! which it is typed once.

use leptos::prelude::*;
use maillon_shared::api::surveys::SurveyFile;
use maillon_shared::domain::ids::SurveyId;
use maillon_shared::domain::survey::question::{Form, Question, RespondentKind};

use super::ask_survey;
use super::words::{public_words, question_words};
use crate::routes::{Route, SurveyRoute};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load_once, when_loaded};
use crate::words::{language, surveys as w};

/// The sheet.
#[component]
pub fn BlankPage(id: SurveyId, public: RespondentKind) -> impl IntoView {
    let loaded = load_once(move || ask_survey(id));
    view! {
        <Back to=Route::Surveys(SurveyRoute::One(id)) label=w::back />
        {when_loaded(loaded, move |file| {
            let public = public.clone();
            view! { <Sheet file=file public=public /> }
        })}
    }
}

#[component]
fn Sheet(file: RwSignal<SurveyFile>, public: RespondentKind) -> impl IntoView {
    let asked = public.clone();
    let questions = move || {
        file.with(|file| {
            let (record, year) = (&file.record, file.record.survey.year);
            let asked = record.survey.questions_of(&record.questions, &asked);
            asked.into_iter().map(|question| on_paper(question, year)).collect_view()
        })
    };
    view! {
        <p class="unprinted">{w::blank_lead}</p>
        <p class="acts unprinted">
            <PrintButton label=w::print_sheet class="main" />
        </p>
        // A sheet is given to whoever comes: it says all of it itself.
        <OnPaper paper=Paper::SpeaksForItself />
        <article class="survey-sheet">
            <p class="sheet-number">{w::sheet_number} " " <span aria-hidden="true">"……………"</span></p>
            <Title>{move || file.with(|file| file.record.survey.title.clone())}</Title>
            <p class="detail">{public_words(&public)} " · " {w::anonymous}</p>
            {questions}
        </article>
    }
}

fn on_paper(question: &Question, year: i32) -> AnyView {
    let boxes = |labels: Vec<String>, is_row: bool| {
        let each = labels
            .into_iter()
            .map(|label| view! { <li><span class="tick-box" aria-hidden="true"></span> {label}</li> })
            .collect_view();
        view! { <ul class="tick-boxes" class:in-a-row=is_row>{each}</ul> }.into_any()
    };
    let body = match question.form() {
        Form::One(_) | Form::Several(_) => {
            let offered = question.choices().into_iter().filter(|choice| choice.is_offered_in(year));
            boxes(offered.map(|choice| choice.wordings.in_year(year).text(language()).to_owned()).collect(), false)
        }
        Form::Scale(scale) => boxes(scale.steps().map(|step| step.to_string()).collect(), true),
        Form::Words => view! { <p class="ruled" aria-hidden="true"></p> }.into_any(),
        Form::Unknown(_) => ().into_any(),
    };
    view! {
        <section class="question">
            <h2>{question_words(question, year)}</h2>
            {body}
        </section>
    }
    .into_any()
}
