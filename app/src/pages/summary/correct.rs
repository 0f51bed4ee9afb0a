//! A closed month, to correct: what is missing or was a mistake, what would be published, what would stay as it is; then
//! correcting it, once.

use leptos::prelude::*;
use maillon_shared::api::summary::{SummaryAnswer, SummaryRequest, WouldCorrect};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::summary::period::Period;
use maillon_shared::domain::summary::publication::Publication;

use super::words::{period_words, table_words};
use super::{paper, publications};
use crate::door::answer;
use crate::routes::{self, Route, SummaryRoute};
use crate::session::session;
use crate::ui::{Back, Sure, Title, load, when_loaded};
use crate::when;
use crate::words::{summary as s, summary_correct as w};

/// What would change, and what it would be compared with.
#[derive(Clone, PartialEq)]
struct Shown {
    would: WouldCorrect,
    published: Vec<Publication>,
}

async fn would_correct(period: Period) -> Result<Shown, Failure> {
    let asked = Request::Summary(SummaryRequest::PreviewCorrection(period));
    let would = match answer!(asked, Summary(answer) => answer)? {
        SummaryAnswer::Correction(would) => *would,
        _ => return Err(Failure::NotUnderstood),
    };
    let all = super::all().await?;
    let published = publications(&all).into_iter().chain(would.publications.iter().cloned()).collect();
    Ok(Shown { would, published })
}

/// A month to correct.
#[component]
pub fn CorrectPage(period: Period) -> impl IntoView {
    let loaded = load(move || would_correct(period));
    view! {
        <Back to=Route::Summary(SummaryRoute::Of(period)) label=s::title />
        <Title>{move || w::heading(period_words(period))}</Title>
        <p>{w::lead}</p>
        {when_loaded(loaded, move |shown| view! { <Correction shown=shown period=period /> })}
    }
}

#[component]
fn Correction(shown: RwSignal<Shown>, period: Period) -> impl IntoView {
    let said = move || shown.with(|shown| sentences(&shown.would));
    let left = move || {
        let left = shown.with(|shown| shown.would.left_as_they_were.clone());
        left.into_iter().map(|table| view! { <li>{table_words(table)}</li> }).collect_view()
    };
    let leaves_some = Memo::new(move |_| shown.with(|shown| !shown.would.left_as_they_were.is_empty()));
    let may = Memo::new(move |_| shown.with(|shown| !shown.would.publications.is_empty() && shown.would.may_publish));
    let elsewhere =
        Memo::new(move |_| shown.with(|shown| !shown.would.publications.is_empty() && !shown.would.may_publish));
    let drawn = move || {
        shown.with(|shown| shown.would.publications.iter().map(|one| section(one, &shown.published)).collect_view())
    };
    let done = Callback::new(move |()| {
        if session().route.get_untracked() == Route::Summary(SummaryRoute::Correct(period)) {
            routes::go_instead(&Route::Summary(SummaryRoute::Of(period)));
        }
    });
    view! {
        {move || said().into_iter().map(|said| view! { <p>{said}</p> }).collect_view()}
        <div class="state-note" hidden=move || !leaves_some.get()>
            <p>{w::left}</p>
            <ul>{left}</ul>
        </div>
        <div class="summary-periods">{drawn}</div>
        <p class="state-note" hidden=move || !elsewhere.get()>
            {s::not_from_here}
        </p>
        <Show when=move || may.get()>
            <Sure
                label=w::correct
                warning=|| w::sure().to_owned()
                yes=w::correct_do
                no=s::publish_not
                request=move || Request::Summary(SummaryRequest::Correct(period))
                done=done
            />
        </Show>
    }
}

fn section(one: &Publication, published: &[Publication]) -> impl IntoView + use<> {
    view! {
        <details class="card">
            <summary>
                <h2>{when::capital(period_words(one.period))}</h2>
            </summary>
            <div class="summary-paper" inner_html=paper::body(one, published, 3)></div>
        </details>
    }
}

/// What there is to correct, and what would come of it.
fn sentences(would: &WouldCorrect) -> Vec<String> {
    if would.corrected_before {
        return vec![w::corrected_before().to_owned()];
    }
    let mut said = Vec::new();
    said.extend((would.added > 0).then(|| w::added(would.added)));
    said.extend((would.removed > 0).then(|| w::removed(would.removed)));
    if said.is_empty() {
        said.push(w::nothing().to_owned());
    } else if would.publications.is_empty() {
        said.push(w::changes_nothing().to_owned());
    } else {
        said.push(w::would_publish(would.publications.len() as u32));
    }
    said
}
