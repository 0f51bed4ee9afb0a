//! What was offered, what the person said of each, and what came of it.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::triage::{RequestFile, TriageWrite};
use maillon_shared::domain::ids::RequestId;
use maillon_shared::domain::request::{Choice, Contact, Orientation, Reply, RequestStep, Stage};

use crate::routes::{CareRoute, DirectoryRoute, Route, StepName};
use crate::session::write_soon;
use crate::words::{in_a_row, requests as w};
use crate::{browser, when};

/// What was offered.
#[component]
pub fn Options(file: RwSignal<RequestFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.request.id);
    let options = Memo::new(move |_| file.with(|file| file.request.options.clone()));
    let may_offer = Memo::new(move |_| file.with(|file| file.request.analysed().is_ok() && !file.request.is_closed()));
    let is_closed = Memo::new(move |_| file.with(|file| file.request.stage() == Stage::Closed));
    let some_open = Memo::new(move |_| {
        options.with(|options| options.iter().filter(|option| option.choice() == Choice::Open).count() > 1)
    });
    let none_of_them = move |_| {
        let day = browser::today();
        let open = options.get_untracked().into_iter().filter(|option| option.choice() == Choice::Open);
        let steps = open.map(|one| RequestStep::Decline { option: one.id, day, why: String::new() }).collect();
        write_soon(Request::WriteTriage(Box::new(TriageWrite::Steps { id, steps, draft: None })));
    };
    view! {
        <section aria-labelledby="options">
            <h2 id="options">{w::options}</h2>
            <p class="empty" hidden=move || may_offer.get() || !options.with(Vec::is_empty)>{w::options_after}</p>
            <ul class="offers">
                {move || options.get().into_iter().map(|one| option_card(id, one, is_closed.get())).collect_view()}
            </ul>
            <p class="acts" hidden=move || !may_offer.get()>
                <a class="button" href=Route::Care(CareRoute::Step(id, StepName::Offer, None)).href()>{w::do_offer}</a>
                <button type="button" class="quiet" hidden=move || !some_open.get() on:click=none_of_them>
                    {w::none_of_them}
                </button>
            </p>
        </section>
    }
}

fn option_card(request: RequestId, option: Orientation, is_closed: bool) -> AnyView {
    let id = option.id;
    let step = |name: StepName, words: &'static str| {
        let href = Route::Care(CareRoute::Step(request, name, Some(id))).href();
        view! { <a class="button" href=href>{words}</a> }.into_any()
    };
    let take_back = move |_| {
        let steps = vec![RequestStep::TakeBackOffer(id)];
        write_soon(Request::WriteTriage(Box::new(TriageWrite::Steps { id: request, steps, draft: None })));
    };
    let acts = match (option.choice(), is_closed) {
        (Choice::Open, false) => vec![
            step(StepName::Choose, w::she_chooses()),
            step(StepName::Decline, w::she_declines()),
            view! { <button type="button" class="quiet" on:click=take_back>{w::take_back()}</button> }.into_any(),
        ],
        (Choice::Declined(_), false) => vec![step(StepName::Choose, w::she_chooses_after_all())],
        (Choice::Chosen(_), false) => vec![
            step(StepName::Reply, w::do_reply()),
            step(StepName::Feedback, w::do_feedback()),
            step(StepName::Decline, w::she_declines_after_all()),
        ],
        (Choice::Chosen(_), true) if option.feedback_on.is_none() => vec![step(StepName::Feedback, w::do_feedback())],
        _ => Vec::new(),
    };
    let name = match option.to.entry {
        Some(entry) => {
            let href = Route::Directory(DirectoryRoute::Entry(entry)).href();
            view! { <a class="who" href=href>{option.to.name.clone()}</a> }.into_any()
        }
        None => view! { <span class="who">{option.to.name.clone()}</span> }.into_any(),
    };
    let lines = told(&option).into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <li class="card offer">
            <p class="row-head">{name} <span class="tag">{choice_words(&option)}</span></p>
            <ul class="detail">{lines}</ul>
            <p class="acts">{acts}</p>
        </li>
    }
    .into_any()
}

fn choice_words(option: &Orientation) -> &'static str {
    match (option.choice(), option.reply()) {
        (Choice::Open, _) => w::option_open(),
        (Choice::Declined(_), _) => w::option_declined(),
        (Choice::Chosen(_), Reply::Awaited) => w::option_chosen(),
        (Choice::Chosen(_), Reply::Accepted(_)) => w::option_accepted(),
        (Choice::Chosen(_), Reply::Refused(_)) => w::option_refused(),
    }
}

/// All that happened to it, a line each.
fn told(option: &Orientation) -> Vec<String> {
    let today = browser::today();
    let day = |day| when::day(day, today);
    let mut lines = vec![in_a_row([w::offered_on(day(option.offered_on)), option.what.clone()])];
    match option.choice() {
        Choice::Chosen(on) => {
            let contact = match option.contact {
                Contact::Coordination => w::contact_me(),
                _ => w::contact_themselves(),
            };
            lines.push(in_a_row([w::chosen_on(day(on)), contact.to_owned()]));
        }
        Choice::Declined(on) => lines.push(in_a_row([w::declined_on(day(on)), option.declined_why.clone()])),
        Choice::Open => {}
    }
    match option.reply() {
        Reply::Accepted(on) => lines.push(in_a_row([w::accepted_on(day(on)), option.answered_by.clone()])),
        Reply::Refused(on) => {
            lines.push(in_a_row([w::refused_on(day(on)), option.answered_by.clone(), option.refused_why.clone()]));
        }
        Reply::Awaited => {}
    }
    if let Some(by) = option.awaits() {
        lines.push(if by < today { w::feedback_late(day(by)) } else { w::feedback_awaited(day(by)) });
    }
    if let Some(on) = option.feedback_on {
        lines.push(in_a_row([w::feedback_on(day(on)), option.feedback.clone()]));
    }
    lines
}
