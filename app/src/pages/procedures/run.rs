//! An episode: with which version it was begun, about whom, and how its follow-ups stand.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::procedures::{ProcedureAnswer, ProcedureRead, RunFile};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpState};
use maillon_shared::domain::ids::ProcedureRunId;

use super::ask;
use super::one::text;
use super::words::version_words;
use crate::routes::{ProcedureRoute, Route};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::procedures as w;
use crate::{browser, when};

async fn ask_run(id: ProcedureRunId) -> Result<RunFile, Failure> {
    match ask(ProcedureRead::Run(id)).await? {
        ProcedureAnswer::Run(file) => Ok(*file),
        _ => Err(Failure::NotUnderstood),
    }
}

/// An episode.
#[component]
pub fn RunPage(id: ProcedureRunId) -> impl IntoView {
    let loaded = load(move || ask_run(id));
    view! {
        <Back to=Route::Procedures(ProcedureRoute::List(None)) label=w::title />
        {when_loaded(loaded, move |file| view! { {move || file.with(shown)} })}
    }
}

fn shown(file: &RunFile) -> AnyView {
    let run = &file.run;
    let person = file.person.as_ref().map(|(id, name)| {
        view! { <p><a class="who" href=Route::Person(*id).href()>{name.clone()}</a></p> }
    });
    let paper = if file.person.is_some() { Paper::NamesPeople } else { Paper::NamesNobody };
    let newer = file.newer.map(|number| view! { <p class="state-note unprinted">{w::newer(number)}</p> });
    let procedure = file.title.is_some().then(|| {
        let href = Route::Procedures(ProcedureRoute::One(run.procedure)).href();
        view! { <a class="button" href=href>{w::see_procedure}</a> }
    });
    let title = run.used.says.title.clone();
    view! {
        <article class="procedure">
            <Title>{title}</Title>
            <p class="detail">{w::began_on(when::date(run.began_on, browser::today()))}</p>
            <OnPaper paper=paper />
            {person}
            <p class="prose" hidden=run.words.is_empty()>{run.words.clone()}</p>
            <section>
                <h2>{w::follow_ups}</h2>
                <p class="empty" hidden=!file.follow_ups.is_empty()>{w::no_follow_ups}</p>
                <ul class="rows">{file.follow_ups.iter().map(follow_up_line).collect_view()}</ul>
            </section>
            <section>
                <h2>{w::used}</h2>
                <p class="detail">{version_words(&run.used)}</p>
                {newer}
                {text(&run.used.says)}
            </section>
            <p class="acts unprinted">
                <PrintButton label=w::print class="" />
                {procedure}
            </p>
        </article>
    }
    .into_any()
}

fn follow_up_line(follow_up: &FollowUp) -> impl IntoView {
    let today = browser::today();
    let told = match &follow_up.state {
        FollowUpState::Open => when::date(follow_up.due, today),
        FollowUpState::Done { day, .. } => w::done_on(when::date(*day, today)),
        FollowUpState::Cancelled { why } => w::given_up(why),
        FollowUpState::Unknown(code) => code.clone(),
    };
    let href = Route::FollowUp(follow_up.id).href();
    view! {
        <li class="plain">
            <span class="row-head"><a class="who" href=href>{follow_up.what.clone()}</a></span>
            <span class="why">{told}</span>
            <span class="why">{follow_up.owner.clone()}</span>
        </li>
    }
}
