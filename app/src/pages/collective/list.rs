//! Every collective project: those that go on, then those that are closed.

use leptos::prelude::*;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, ProjectRow};
use maillon_shared::api::{Failure, Request};

use super::words::stage_words;
use crate::door::answer;
use crate::routes::{CollectiveRoute, PracticeRoute, ProjectStart, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{Word, collective as w, groups, in_a_row, more};
use crate::{browser, when};

/// Every project.
#[component]
pub fn ProjectsPage() -> impl IntoView {
    let loaded = load(|| async {
        let asked = Request::ReadCollective(CollectiveRead::Projects);
        match answer!(asked, Collective(answer) => *answer)? {
            CollectiveAnswer::Projects(rows) => Ok(rows),
            _ => Err(Failure::NotUnderstood),
        }
    });
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Collective(CollectiveRoute::New(ProjectStart::default())).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, |rows| view! { <All rows=rows /> })}
    }
}

#[component]
fn All(rows: RwSignal<Vec<ProjectRow>>) -> impl IntoView {
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let group = move |id: &'static str, title: Word, closed: bool| {
        let of = Memo::new(move |_| {
            let mut rows = rows.get();
            rows.retain(|row| row.closed_on.is_some() == closed);
            rows
        });
        view! {
            <section aria-labelledby=id hidden=move || of.with(Vec::is_empty)>
                <h2 id=id>{title} <span class="count">{move || of.with(Vec::len)}</span></h2>
                <ul class="rows">{move || of.get().into_iter().map(line).collect_view()}</ul>
            </section>
        }
    };
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        {group("going-on", w::going_on, false)}
        {group("closed", w::closed, true)}
        <p class="acts">
            <Show when=move || !none.get()>
                <PrintButton />
            </Show>
            <a class="button quiet" href=Route::Practice(PracticeRoute::Difficulties).href()>
                {more::difficulties}
            </a>
        </p>
    }
}

fn line(row: ProjectRow) -> impl IntoView {
    let today = browser::today();
    let year = row.year.map(|year| year.to_string()).unwrap_or_default();
    let state = match row.closed_on {
        Some(day) => w::closed_on(when::day(day, today)),
        None => stage_words(&row.stage),
    };
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    let next = row.next.map(|step| {
        let due = step.due.map(|due| when::day(due, today)).unwrap_or_default();
        w::next_step(in_a_row([step.what, due]))
    });
    view! {
        <li>
            <a class="row-link" href=Route::Collective(CollectiveRoute::Project(row.id)).href()>
                <span class="who">{row.title}</span>
                <span class="why">
                    {in_a_row([year, state, row.axis, group])} {next.map(|next| view! { <br /> {next} })}
                </span>
            </a>
        </li>
    }
}
