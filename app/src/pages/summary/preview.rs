//! Exactly what would be published, figure by figure; then publishing it, which cannot be taken back.

use leptos::prelude::*;
use maillon_shared::api::summary::SummaryRequest;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::summary::publication::Publication;

use super::list::just_published;
use super::words::period_words;
use super::{notes, paper, publications};
use crate::routes::{self, Route, SummaryRoute};
use crate::session::session;
use crate::ui::{Back, Sure, Title, load, when_loaded};
use crate::when;
use crate::words::summary as w;

/// What would be published, what it would be compared with, and whether it may be from here.
#[derive(Clone, PartialEq, Eq)]
struct WouldBe {
    publications: Vec<Publication>,
    /// What is published, and what would be.
    published: Vec<Publication>,
    may_publish: bool,
}

async fn would_be() -> Result<WouldBe, Failure> {
    let all = super::all().await?;
    let publications = super::would_be().await?;
    let published = self::publications(&all).into_iter().chain(publications.iter().cloned()).collect();
    Ok(WouldBe { publications, published, may_publish: all.may_publish })
}

/// What would be published.
#[component]
pub fn PreviewPage() -> impl IntoView {
    let loaded = load(would_be);
    view! {
        <Back to=Route::Summary(SummaryRoute::All) label=w::title />
        <Title>{w::preview_title}</Title>
        {when_loaded(loaded, |shown| view! { <Preview shown=shown /> })}
    }
}

#[component]
fn Preview(shown: RwSignal<WouldBe>) -> impl IntoView {
    let count = Memo::new(move |_| shown.with(|shown| shown.publications.len()));
    let may_publish = Memo::new(move |_| shown.with(|shown| shown.may_publish));
    let drawn = move || {
        shown.with(|shown| {
            let last = shown.publications.len().saturating_sub(1);
            let all = shown.publications.iter().enumerate();
            all.map(|(at, one)| section(one, &shown.published, at == last)).collect_view()
        })
    };
    let notes = move || {
        let threshold = shown.with(|shown| shown.publications.last().map(|last| last.threshold));
        threshold.map(notes)
    };
    view! {
        <p class="empty" hidden=move || count.get() != 0>
            {w::nothing_to_publish}
        </p>
        <Show when=move || count.get() != 0>
            <p>{w::preview_lead}</p>
            <div class="summary-periods">{drawn}</div>
            {notes}
            <Show when=move || may_publish.get() fallback=|| view! { <p class="state-note">{w::not_from_here}</p> }>
                <Publish count=count />
            </Show>
        </Show>
    }
}

/// A period, folded but for the last.
fn section(one: &Publication, published: &[Publication], is_open: bool) -> impl IntoView + use<> {
    view! {
        <details class="card" open=is_open>
            <summary>
                <h2>{when::capital(period_words(one.period))}</h2>
            </summary>
            <div class="summary-paper" inner_html=paper::body(one, published, 3)></div>
        </details>
    }
}

#[component]
fn Publish(count: Memo<usize>) -> impl IntoView {
    let done = Callback::new(move |()| {
        just_published(u32::try_from(count.get_untracked()).unwrap_or(u32::MAX));
        // One may have gone elsewhere meanwhile. Going back should not lead here: nothing is left to publish.
        if session().route.get_untracked() == Route::Summary(SummaryRoute::Preview) {
            routes::go_instead(&Route::Summary(SummaryRoute::All));
        }
    });
    view! {
        <Sure
            label=w::publish
            warning=|| w::publish_sure().to_owned()
            yes=w::publish_do
            no=w::publish_not
            request=|| Request::Summary(SummaryRequest::Publish)
            done=done
        />
    }
}
