//! A table of figures that others published: chosen, looked at line by line, kept. Nothing is kept before one agrees, and it
//! is undone in one gesture.

use leptos::prelude::*;
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::surveys::{SurveyAnswer, SurveyRead, SurveyWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{FiguresId, GroupId};
use maillon_shared::domain::survey::compare::Said;
use maillon_shared::domain::survey::published::{Column, NoColumn, PublishedFigure, PublishedTable, RowError};
use wasm_bindgen_futures::spawn_local;

use super::words::{public_words, said_words};
use super::{ask, ask_years};
use crate::browser;
use crate::routes::{self, Route, SurveyRoute};
use crate::session::write;
use crate::ui::{Back, Chips, Choice, FailureNote, Text, TextField, Title, load_once, when_loaded};
use crate::words::{events, import as i, in_a_row, surveys as w};

/// How many lines that are none are shown.
const REFUSED_SHOWN: usize = 20;
const NONE: &str = "none";

/// A table to keep.
#[component]
pub fn FiguresPage() -> impl IntoView {
    let loaded = load_once(|| async { Ok(ask_years().await?.groups) });
    view! {
        <Back to=Route::Surveys(SurveyRoute::Years) label=w::years />
        <Title>{w::figures_add}</Title>
        {when_loaded(loaded, |groups| view! { <Steps groups=groups.get_untracked() /> })}
    }
}

/// What was chosen, and what it says.
#[derive(Clone, PartialEq)]
struct Looked {
    file: Vec<u8>,
    read: Result<PublishedTable, NoColumn>,
}

#[component]
fn Steps(groups: Vec<(GroupId, String)>) -> impl IntoView {
    let looked = RwSignal::new(None::<Looked>);
    let failure = RwSignal::new(None::<Failure>);
    let read = move |input: web_sys::HtmlInputElement| {
        failure.set(None);
        looked.set(None);
        spawn_local(async move {
            let answer = match browser::chosen_file(&input).await {
                Some(file) => ask(SurveyRead::Figures(file.clone())).await.map(|answer| (file, answer)),
                None => Err(Failure::UnreadableFile(FileProblem::Empty)),
            };
            // Chosen again, the same file is read again.
            input.set_value("");
            match answer {
                Ok((file, SurveyAnswer::Figures(read))) => drop(looked.try_set(Some(Looked { file, read }))),
                Ok(_) => drop(failure.try_set(Some(Failure::NotUnderstood))),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let groups = StoredValue::new(groups);
    view! {
        <p>{w::figures_lead}</p>
        <p class="detail">{w::figures_columns}</p>
        <FailureNote failure=failure />
        <div class="field">
            <label for="file">{i::file}</label>
            <input
                id="file"
                type="file"
                accept=".csv,.txt,.ods,.xlsx,text/csv"
                on:change:target=move |event| read(event.target())
            />
        </div>
        {move || {
            looked.get().map(|Looked { file, read }| match read {
                Err(NoColumn(column)) => {
                    view! { <p class="state-note" role="status">{w::no_column(column_words(column))}</p> }.into_any()
                }
                Ok(table) => view! { <Look file=file table=table groups=groups.get_value() /> }.into_any(),
            })
        }}
    }
}

fn column_words(column: Column) -> &'static str {
    match column {
        Column::Year => w::column_year(),
        Column::Event => w::column_event(),
        Column::Public => w::column_public(),
        Column::Question => w::column_question(),
        Column::Answer => w::column_answer(),
        Column::Percent => w::column_percent(),
        Column::N => w::column_n(),
        Column::ToCheck => w::column_to_check(),
    }
}

fn refused_words(error: &RowError) -> String {
    match error {
        RowError::Missing(column) => w::refused_missing(column_words(*column)),
        RowError::Year(text) => w::refused_year(text),
        RowError::Public(text) => w::refused_public(text),
        RowError::Percent(text) => w::refused_percent(text),
        RowError::N(text) => w::refused_n(text),
    }
}

#[component]
fn Look(file: Vec<u8>, table: PublishedTable, groups: Vec<(GroupId, String)>) -> impl IntoView {
    let id = FiguresId(browser::random_id());
    let source = RwSignal::new(String::new());
    let group = RwSignal::new(None::<GroupId>);
    let failure = RwSignal::new(None::<Failure>);
    let file = StoredValue::new(file);
    let keep = move || {
        failure.set(None);
        let named = source.get_untracked().trim().to_owned();
        let source = if named.is_empty() { w::a_table().to_owned() } else { named };
        let asked = SurveyWrite::KeepFigures { id, source, file: file.get_value(), group: group.get_untracked() };
        spawn_local(async move {
            match write(Request::WriteSurveys(Box::new(asked))).await {
                Ok(()) => routes::go(&Route::Surveys(SurveyRoute::Years)),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let none = table.figures.is_empty();
    let count = table.figures.len() as u32;
    let line = |figure: PublishedFigure| {
        let said = Said::Published { percent: figure.percent, n: figure.n, to_check: None };
        let check = figure.to_check.map(w::to_verify).unwrap_or_default();
        view! {
            <li class="plain">
                <span class="row-head"><span class="who">{figure.question} " : " {figure.answer}</span></span>
                <span class="why">
                    {in_a_row([figure.year.to_string(), figure.event, public_words(&figure.respondent), said_words(&said), check])}
                </span>
            </li>
        }
    };
    let refused = table.refused.len() as u32;
    let refusal = |(row, error): &(usize, RowError)| {
        view! { <li>{w::refused_line(row)} " " {refused_words(error)}</li> }
    };
    let refusals = table.refused.iter().take(REFUSED_SHOWN).map(refusal).collect_view();
    let no_group = groups.is_empty();
    let choices = Signal::derive(move || {
        let others = groups.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone()));
        std::iter::once(Choice::new(NONE, events::mine())).chain(others).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || group.get().map_or_else(|| NONE.to_owned(), |id| id.to_string()));
    let choose = Callback::new(move |code: String| group.set(GroupId::parse(&code)));
    view! {
        <section aria-labelledby="looked">
            <h2 id="looked" role="status">{w::figures_count(count)}</h2>
            <div hidden=refused == 0>
                <p class="state-note">{w::refused_count(refused)}</p>
                <ul class="plain-list">{refusals}</ul>
            </div>
            <ul class="rows">{table.figures.into_iter().map(line).collect_view()}</ul>
            <div hidden=none>
                <TextField id="source" label=w::source hint=w::source_hint optional=true text=Text::of(source) />
                <Show when=move || !no_group>
                    <Chips name="group" legend=|| events::with_whom() choices=choices chosen=chosen choose=choose />
                </Show>
                <FailureNote failure=failure retry=Callback::new(move |()| keep()) />
                <p class="acts">
                    <button type="button" class="main" on:click=move |_| keep()>
                        {w::figures_keep}
                    </button>
                </p>
            </div>
        </section>
    }
}
