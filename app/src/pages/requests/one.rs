//! One request: the words, how far it is and since when, what was heard, what it is about, what was offered, what comes next.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::triage::{RequestFile, TriageAnswer, TriageQuestion, TriageWrite};
use maillon_shared::domain::ids::{AlertId, CollectiveId, HealthProjectId, RequestId, SharedMeetingId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::request::{LinkKind, RequestLink, RequestStep, Span, Stage};
use maillon_shared::domain::shared_meeting::Origin;
use wasm_bindgen_futures::spawn_local;

use super::options::Options;
use super::reported::provisional_line;
use super::words::{asker_words, field_words, keep, link_words, stage_words, value_words};
use crate::door::{self, answer};
use crate::lists::label;
use crate::pages::meeting::MeetingRows;
use crate::pages::person::{folded, topic_words};
use crate::pages::sheet::silence_words;
use crate::routes::{self, AlertRoute, CareRoute, CollectiveRoute, MeetingRoute, ProjectRoute, Route, StepName};
use crate::session::{Said, session, write_soon};
use crate::ui::{Back, Conflicts, FieldsHistory, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, meeting, requests as w};
use crate::{browser, when};

/// One request.
#[component]
pub fn RequestPage(id: RequestId) -> impl IntoView {
    let loaded = load(move || async move {
        let asked = Request::AskTriage(TriageQuestion::Request(id));
        answer!(asked, Triage(TriageAnswer::Request(file)) => *file)
    });
    view! {
        <Back to=Route::Care(CareRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file /> })}
    }
}

#[component]
fn File(file: RwSignal<RequestFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.request.id);
    let step = move |step: RequestStep| {
        write_soon(Request::WriteTriage(Box::new(TriageWrite::Steps { id, steps: vec![step], draft: None })));
    };
    let stage = Memo::new(move |_| file.with(|file| file.request.stage()));
    let about = move || {
        file.with(|file| {
            let request = &file.request;
            let received = w::received(when::day(request.received, browser::today()));
            in_a_row([received, asker_words(request), request.place.clone()])
        })
    };
    let keep_field = move |field: &str, value: &str| {
        let step = keep(field, value)?;
        Some(Request::WriteTriage(Box::new(TriageWrite::Steps { id, steps: vec![step], draft: None })))
    };
    view! {
        <article class="request">
            <div class="heading">
                <div>
                    // A title names nobody: it is what windows and histories show.
                    <Title>{move || file.with(|file| topic_words(&file.request))}</Title>
                    <p class="detail">{about}</p>
                </div>
                <a class="button" href=Route::Care(CareRoute::Edit(id)).href()>{w::mend}</a>
            </div>
            <OnPaper paper=Paper::NamesPeople />
            {move || file.with(whom)}
            {move || file.with(verbatim)}
            {move || file.with(|file| path(&file.spans))}
            <p class="state-note" hidden=move || file.with(|file| !file.request.is_answered_unheard())>
                {w::answered_unheard}
            </p>
            <NextStep file=file />
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value_words
                keep=keep_field
                edit=Route::Care(CareRoute::Edit(id))
            />
            <div class="two">
                <div>
                    <Listened file=file />
                    {move || file.with(analysis)}
                    <Options file=file />
                </div>
                <div>
                    <WhatFollows file=file />
                    {move || file.with(closed)}
                    <p class="acts unprinted">
                        {move || match stage.get() {
                            Stage::Closed => {
                                view! {
                                    <button type="button" on:click=move |_| step(RequestStep::Reopen)>{w::reopen}</button>
                                }
                                    .into_any()
                            }
                            _ => {
                                let href = Route::Care(CareRoute::Step(id, StepName::Close, None)).href();
                                view! { <a class="button" href=href>{w::do_close}</a> }.into_any()
                            }
                        }}
                        <PrintButton />
                    </p>
                    <FieldsHistory of=id.into() name=field_words value=value_words />
                    <Show when=move || file.with(|file| file.request.person.is_none())>
                        <Erase id=id />
                    </Show>
                </div>
            </div>
        </article>
    }
}

/// For whom; and what is to be known of them first.
fn whom(file: &RequestFile) -> AnyView {
    let silence = file.silence.as_ref().map(|silence| view! { <span class="tag">{silence_words(silence)}</span> });
    let reported = file.provisional.as_ref().map(|row| view! { <ul class="rows">{provisional_line(row)}</ul> });
    match (file.request.person, reported) {
        (Some(_), Some(reported)) => reported.into_any(),
        (Some(person), None) => view! {
            <p class="for-whom">
                <Icon shape=Shape::People />
                <a class="who" href=Route::Person(person).href()>{file.name.clone()}</a>
                {silence}
            </p>
        }
        .into_any(),
        (None, _) => view! { <p class="for-whom">{w::of_nobody()}</p> }.into_any(),
    }
}

/// The words in which it was said; someone else's are opened by whoever asks for them.
fn verbatim(file: &RequestFile) -> Option<AnyView> {
    let request = &file.request;
    (!request.verbatim.trim().is_empty()).then(|| {
        let words = view! { <blockquote class="words">{request.verbatim.clone()}</blockquote> }.into_any();
        if request.is_in_their_own_words() { words } else { folded(words) }
    })
}

/// The stages it went through, each with its days; those to come are there too, and not reached.
fn path(spans: &[Span]) -> impl IntoView + use<> {
    let today = browser::today();
    let now = spans.last().map(|span| span.stage);
    let steps = Stage::ALL.into_iter().filter_map(|stage| {
        let span = spans.iter().find(|span| span.stage == stage).copied();
        // One goes to the group, or to a partner, or both: what was passed by is not shown as missing.
        let passed_by = span.is_none() && now.is_some_and(|now| stage < now);
        let days = span.map(|span| match (span.stage, now == Some(stage)) {
            (Stage::Closed, _) => when::day(span.from, today),
            (_, true) if span.days == 0 => w::since_today().to_owned(),
            (_, false) if span.days == 0 => w::same_day().to_owned(),
            (_, true) => w::for_days_now(span.days),
            (_, false) => w::for_days(span.days),
        });
        (!passed_by).then(|| {
            let current = (now == Some(stage)).then_some("step");
            view! {
                <li class:reached=span.is_some() aria-current=current>
                    <span class="stage">{stage_words(stage)}</span>
                    <span class="days">{days}</span>
                </li>
            }
        })
    });
    view! { <ol class="path" aria-label=w::path>{steps.collect_view()}</ol> }
}

/// The one thing to do next.
#[component]
fn NextStep(file: RwSignal<RequestFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.request.id);
    let next = Memo::new(move |_| {
        file.with(|file| match file.request.stage() {
            Stage::Received => Some((StepName::Listen, w::do_listen as fn() -> &'static str)),
            Stage::Heard => Some((StepName::Analyse, w::do_analyse as fn() -> &'static str)),
            Stage::Analysed if file.request.options.is_empty() => {
                Some((StepName::Offer, w::do_offer as fn() -> &'static str))
            }
            _ => None,
        })
    });
    move || {
        next.get().map(|(step, words)| {
            view! {
                <p class="acts unprinted">
                    <a class="button main" href=Route::Care(CareRoute::Step(id, step, None)).href()>{words}</a>
                </p>
            }
        })
    }
}

/// What was heard, each time.
#[component]
fn Listened(file: RwSignal<RequestFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.request.id);
    let lines = move || {
        file.with(|file| {
            let is_closed = file.request.is_closed();
            let line = |heard: &maillon_shared::domain::request::Listening| {
                let line = heard.id;
                let remove = move |_| {
                    let steps = vec![RequestStep::Unlisten(line)];
                    write_soon(Request::WriteTriage(Box::new(TriageWrite::Steps { id, steps, draft: None })));
                };
                view! {
                    <li>
                        <time class="when" datetime=heard.day.to_string()>
                            {when::capital(when::day(heard.day, browser::today()))}
                        </time>
                        <p class="notes">{heard.text.clone()}</p>
                        <button type="button" class="quiet unprinted" hidden=is_closed on:click=remove>{w::unlisten}</button>
                    </li>
                }
            };
            file.request.listening.iter().map(line).collect_view()
        })
    };
    let is_empty = Memo::new(move |_| file.with(|file| file.request.listening.is_empty()));
    let may_listen =
        Memo::new(move |_| file.with(|file| !matches!(file.request.stage(), Stage::Received | Stage::Closed)));
    view! {
        <section aria-labelledby="listening">
            <h2 id="listening">{w::listening}</h2>
            <p class="empty" hidden=move || !is_empty.get()>{w::not_heard_yet}</p>
            <ul class="heard">{lines}</ul>
            <p class="acts unprinted" hidden=move || !may_listen.get()>
                <a class="button" href=Route::Care(CareRoute::Step(id, StepName::Listen, None)).href()>{w::listen_again}</a>
            </p>
        </section>
    }
}

/// What it is really about.
fn analysis(file: &RequestFile) -> Option<AnyView> {
    let request = &file.request;
    let id = request.id;
    let may_mend = !request.is_closed();
    let again = Route::Care(CareRoute::Edit(id)).href();
    (!request.analysis.trim().is_empty()).then(|| {
        view! {
            <section aria-labelledby="analysis">
                <h2 id="analysis">{w::analysis}</h2>
                <p class="notes">{request.analysis.clone()}</p>
                <p class="acts unprinted" hidden=!may_mend>
                    <a class="button quiet" href=again>{w::mend}</a>
                </p>
            </section>
        }
        .into_any()
    })
}

/// *La suite*: what may be opened from a request once it is understood, and what was.
///
/// A screen that opens something from a request links it by a `RequestStep::Link`; its button stands here.
#[component]
fn WhatFollows(file: RwSignal<RequestFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.request.id);
    let may_take = Memo::new(move |_| {
        file.with(|file| {
            let request = &file.request;
            request.analysed().is_ok() && !request.is_closed() && request.taken_on.is_none()
        })
    });
    let take = move |_| {
        let steps = vec![RequestStep::TakeToGroup(browser::today())];
        write_soon(Request::WriteTriage(Box::new(TriageWrite::Steps { id, steps, draft: None })));
    };
    // Whoever was only reported has agreed to nothing yet.
    let project = Memo::new(move |_| {
        file.with(|file| {
            let request = &file.request;
            let may_open = request.analysed().is_ok() && !request.is_closed() && file.provisional.is_none();
            let begun = request.links.iter().any(|link| link.kind == LinkKind::HealthProject);
            let person = request.person.filter(|_| may_open && !begun && file.silence.is_none())?;
            Some(Route::Project(ProjectRoute::New(person, Some(id))))
        })
    });
    // For whom it is about, once it is understood: those around them think together.
    let meet = Memo::new(move |_| {
        file.with(|file| {
            let request = &file.request;
            let person = request.person.filter(|_| file.provisional.is_none() && file.silence.is_none())?;
            let may = request.analysed().is_ok() && !request.is_closed();
            may.then(|| Route::Meeting(MeetingRoute::New(person, Some(Origin::Request(id)))).href())
        })
    });
    let meetings = Signal::derive(move || file.with(|file| file.meetings.clone()));
    let is_early = Memo::new(move |_| file.with(|file| file.request.analysed().is_err()));
    let opened = move || {
        file.with(|file| {
            // A meeting says more of itself, below.
            let links =
                file.request.links.iter().filter(|link| !file.meetings.iter().any(|row| row.id.0 == link.target));
            let line = |link: &RequestLink| {
                let words = in_a_row([link_words(&link.kind), when::day(link.on, browser::today())]);
                let there = link_route(link).map(|route| route.href());
                match there {
                    Some(there) => view! { <li><a href=there>{words}</a></li> }.into_any(),
                    None => view! { <li>{words}</li> }.into_any(),
                }
            };
            let taken = file.request.taken_on.map(|day| {
                view! { <li>{in_a_row([w::story_with_group().to_owned(), when::day(day, browser::today())])}</li> }
            });
            view! { {taken} {links.map(line).collect_view()} }
        })
    };
    view! {
        <section class="card follows" aria-labelledby="follows">
            <h2 id="follows">{w::follows}</h2>
            <p class="detail" hidden=move || !is_early.get()>{w::follows_after}</p>
            <ul>{opened}</ul>
            <MeetingRows rows=meetings />
            <p class="acts unprinted">
                {move || {
                    project
                        .get()
                        .map(|route| view! { <a class="button" href=route.href()>{crate::words::project::begin}</a> })
                }}
                <button type="button" hidden=move || !may_take.get() on:click=take>{w::take_to_group}</button>
                {move || meet.get().map(|href| view! { <a class="button" href=href>{meeting::plan}</a> })}
            </p>
        </section>
    }
}

/// The screen of what was opened from a request; none where this version has no screen for it.
fn link_route(link: &RequestLink) -> Option<Route> {
    match link.kind {
        LinkKind::HealthProject => Some(Route::Project(ProjectRoute::One(HealthProjectId(link.target)))),
        LinkKind::Alert => Some(Route::Alert(AlertRoute::One(AlertId(link.target)))),
        LinkKind::CollectiveProject => Some(Route::Collective(CollectiveRoute::Project(CollectiveId(link.target)))),
        LinkKind::SharedMeeting => Some(Route::Meeting(MeetingRoute::One(SharedMeetingId(link.target)))),
        LinkKind::Unknown(_) => None,
    }
}

fn closed(file: &RequestFile) -> Option<AnyView> {
    let request = &file.request;
    let on = request.closed_on?;
    let outcome = label(ListId::RequestOutcomes, &request.outcome).to_owned();
    let closing = request.closing.clone();
    Some(
        view! {
            <section class="card closed" aria-labelledby="closed">
                <h2 id="closed">{w::closed_on(when::day(on, browser::today()))}</h2>
                <p>{outcome}</p>
                <p class="notes">{closing}</p>
            </section>
        }
        .into_any(),
    )
}

/// A request about nobody named is erased for good, once it is asked for twice.
#[component]
fn Erase(id: RequestId) -> impl IntoView {
    let erase = move |_| {
        spawn_local(async move {
            match door::ask(Request::WriteTriage(Box::new(TriageWrite::EraseRequest(id)))).await {
                Ok(_) => routes::go_instead(&Route::Care(CareRoute::List)),
                Err(why) => session().said.set(Some(Said::Failed(why))),
            }
        });
    };
    view! {
        <details class="unprinted">
            <summary>{w::erase_request}</summary>
            <p>{w::erase_request_lead}</p>
            <p class="acts">
                <button type="button" class="danger" on:click=erase>{w::erase_do}</button>
            </p>
        </details>
    }
}
