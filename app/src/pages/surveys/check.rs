//! Sheets that were typed in several ways: with the paper in hand, somebody says what each says. Until then it counts for
//! nothing.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::surveys::{SheetVersions, SurveyFile, SurveyWrite};
use maillon_shared::domain::ids::{QuestionId, SurveyId};
use maillon_shared::domain::survey::question::LineKey;
use maillon_shared::domain::survey::record::SurveyRecord;
use maillon_shared::domain::survey::response::{Answer, Response, SheetNumber, Source};

use super::words::{line_words, public_words, question_words};
use super::{ask_sheets, ask_survey};
use crate::routes::{Route, SurveyRoute};
use crate::session::write_soon;
use crate::ui::{Back, Title, load, when_loaded};
use crate::words::surveys as w;

/// The sheets.
#[component]
pub fn CheckPage(id: SurveyId) -> impl IntoView {
    let loaded = load(move || async move { Ok((ask_survey(id).await?, ask_sheets(id).await?)) });
    view! {
        <Back to=Route::Surveys(SurveyRoute::One(id)) label=w::back />
        <Title>{w::check_title}</Title>
        <p class="detail">{w::check_lead}</p>
        {when_loaded(loaded, move |found| {
            let none = Memo::new(move |_| found.with(|(_, sheets)| sheets.is_empty()));
            view! {
                <p class="empty" hidden=move || !none.get()>
                    {w::nothing_to_check}
                </p>
                {move || found.with(|(file, sheets)| sheets.iter().map(|sheet| one(file, sheet)).collect_view())}
            }
        })}
    }
}

fn one(file: &SurveyFile, sheet: &SheetVersions) -> AnyView {
    let record = &file.record;
    let number = match sheet.versions.first().map(Response::source) {
        Some(Source::Paper(number)) => w::sheet_n(number.0),
        _ => w::an_answer().to_owned(),
    };
    let (survey, id) = (record.survey.id, sheet.id);
    let chosen = sheet.chosen.clone();
    let is_chosen = chosen.is_some();
    // Of three versions somebody first says which are of one sheet.
    let two = sheet.versions.len() == 2 && matches!(sheet.versions[0].source(), Source::Paper(_));
    let heading = format!("sheet-{id}");
    let named_by = heading.clone();
    let back = move |_| {
        write_soon(Request::WriteSurveys(Box::new(SurveyWrite::Unsettle { survey, response: id })));
    };
    let version = |version: &Response| {
        let is_it = chosen.as_ref().is_some_and(|chosen| chosen.counts_like(version));
        let (kept, apart) = (version.clone(), version.clone());
        let next = file.next_sheet(version.respondent());
        let told = public_words(version.respondent());
        let part = move |_| {
            if let Some(number) = SheetNumber::new(next) {
                let write = SurveyWrite::TwoSheets { response: Box::new(apart.clone()), number };
                write_soon(Request::WriteSurveys(Box::new(write)));
            }
        };
        let choose = move |_| write_soon(Request::WriteSurveys(Box::new(SurveyWrite::Settle(Box::new(kept.clone())))));
        view! {
            <li class="version" class:chosen=is_it>
                <p>
                    <strong>{public_words(version.respondent())}</strong>
                    {is_it.then(|| view! { " " <span class="tag">{w::chosen}</span> })}
                </p>
                <dl class="facts">{differing(record, sheet, version)}</dl>
                <button type="button" hidden=is_it || !file.may_write on:click=choose>
                    {w::it_is_this}
                    <span class="unseen">" "{told.clone()}</span>
                </button>
                <button type="button" class="quiet" hidden=is_chosen || !two || !file.may_write on:click=part>
                    {w::another_sheet(next)}
                    <span class="unseen">" "{told}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby=named_by>
            <h2 id=heading>{number}</h2>
            <ul class="versions-side">{sheet.versions.iter().map(version).collect_view()}</ul>
            <p class="acts" hidden=!is_chosen || !file.may_write>
                <button type="button" class="quiet" on:click=back>
                    {w::not_sure}
                </button>
            </p>
        </section>
    }
    .into_any()
}

/// What a version says where it differs from the others.
fn differing(record: &SurveyRecord, sheet: &SheetVersions, version: &Response) -> Vec<AnyView> {
    let year = record.survey.year;
    let differs =
        |question: QuestionId| sheet.versions.iter().any(|other| other.answer(question) != version.answer(question));
    let asked = record.questions.iter().filter(|question| differs(question.id()));
    asked
        .map(|question| {
            let line = |choice| line_words(Some(question), LineKey::Choice(choice), year);
            let said = match version.answer(question.id()) {
                Answer::Blank => w::no_answer().to_owned(),
                Answer::Single(choice) => line(*choice),
                Answer::Several(choices) => choices.iter().map(|choice| line(*choice)).collect::<Vec<_>>().join(" + "),
                Answer::Text(text) => text.clone(),
                Answer::Scale(step) => step.to_string(),
            };
            view! { <div><dt>{question_words(question, year)}</dt><dd>{said}</dd></div> }.into_any()
        })
        .collect()
}
