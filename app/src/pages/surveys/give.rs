//! What may be given of a survey to the mairie or anyone else: no number of fewer people than the threshold, none that gives
//! one back, and the words that somebody read.

use leptos::prelude::*;
use maillon_shared::api::surveys::SurveyFile;
use maillon_shared::domain::disclosure::PublicCount;
use maillon_shared::domain::ids::SurveyId;
use maillon_shared::domain::survey::leaving::{LeavingPublic, LeavingQuestion, LeavingTotals, Stays};
use maillon_shared::domain::survey::question::{LineKey, QuestionKind};
use maillon_shared::domain::survey::record::SurveyRecord;

use super::ask_survey;
use super::results::{Row, table_of};
use super::words::{line_words, public_words, question_words};
use crate::routes::{Route, SurveyRoute};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{in_a_row, surveys as w};

/// What may be given.
#[component]
pub fn GivePage(id: SurveyId) -> impl IntoView {
    let loaded = load(move || ask_survey(id));
    view! {
        <Back to=Route::Surveys(SurveyRoute::One(id)) label=w::back />
        {when_loaded(loaded, move |file| {
            view! {
                <Title>{move || file.with(|file| file.record.survey.title.clone())}</Title>
                <OnPaper paper=Paper::NamesNobody />
                {move || file.with(shown)}
            }
        })}
    }
}

fn shown(file: &SurveyFile) -> AnyView {
    match &file.leaving {
        Err(why) => {
            let words = match why {
                Stays::Open => w::stays_open().to_owned(),
                Stays::Withdrawn => w::is_withdrawn().to_owned(),
                Stays::ToCheck(sheets) => w::stays_to_check(*sheets),
            };
            view! { <p class="state-note">{words}</p> }.into_any()
        }
        Ok(leaving) => told(&file.record, leaving),
    }
}

fn count_words(count: PublicCount) -> String {
    match (count.exactly(), count.fewer_than()) {
        (Some(count), _) => count.to_string(),
        (None, Some(limit)) => w::fewer_than(limit),
        (None, None) => String::new(),
    }
}

fn told(record: &SurveyRecord, leaving: &LeavingTotals) -> AnyView {
    view! {
        <article class="survey">
            <p class="unprinted">{w::give_lead}</p>
            <p class="detail">{record.survey.year}</p>
            {leaving.publics.iter().map(|public| of_public(record, public)).collect_view()}
            <p class="acts unprinted">
                <PrintButton label=w::print class="main" />
            </p>
        </article>
    }
    .into_any()
}

fn of_public(record: &SurveyRecord, public: &LeavingPublic) -> AnyView {
    let questions = public.questions.iter().map(|question| of_question(record, public, question)).collect_view();
    view! {
        <section>
            <h2>{public_words(&public.respondent)}</h2>
            <p class="total">{w::responses_in_words(count_words(public.responses))}</p>
            {questions}
        </section>
    }
    .into_any()
}

fn of_question(record: &SurveyRecord, public: &LeavingPublic, told: &LeavingQuestion) -> AnyView {
    let (question, year) = (record.question(told.question), record.survey.year);
    let title = question.map(|question| question_words(question, year)).unwrap_or_default();
    let n = told.n.exactly().unwrap_or_default();
    let row = |line: LineKey, count: u32| Row {
        words: line_words(question, line, year),
        count,
        n,
        is_together: matches!(line, LineKey::Together(_)),
    };
    let mut rows: Vec<Row> = told.lines.iter().map(|line| row(line.line, line.count)).collect();
    if let Some(count) = told.others.filter(|count| *count > 0) {
        let kept = told.kept_back.iter().filter(|line| !matches!(line, LineKey::Together(_)));
        let words = kept.map(|line| line_words(question, *line, year)).collect::<Vec<_>>().join(", ");
        rows.push(Row { words: w::other_lines(words), count, n, is_together: false });
    }
    let words =
        record.told.iter().filter(|words| words.question == told.question && words.respondent == public.respondent);
    let words: Vec<_> = words.map(|words| view! { <li class="prose">{words.words.clone()}</li> }).collect();
    let body = match (&told.kind, rows.is_empty()) {
        (QuestionKind::Words, _) => view! { <ul class="plain-list">{words}</ul> }.into_any(),
        (_, true) => view! { <p class="detail">{w::too_few}</p> }.into_any(),
        (_, false) => table_of(&title, rows),
    };
    view! {
        <section class="survey-question">
            <h3>{title}</h3>
            <p class="detail">{in_a_row([w::answered_in_words(count_words(told.n))])}</p>
            {body}
        </section>
    }
    .into_any()
}
