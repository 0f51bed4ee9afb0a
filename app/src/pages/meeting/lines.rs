//! The rows of one meeting: its agenda, its guests with what they answered, what was decided, what left of it.

use leptos::prelude::*;
use maillon_shared::api::meetings::MeetingFile;
use maillon_shared::domain::circle::Helper;
use maillon_shared::domain::follow_up::FollowUpState;
use maillon_shared::domain::meeting_paper::GivenPaper;
use maillon_shared::domain::shared_meeting::{Asked, Decision, Guest, MeetingChange, MeetingState, Point};

use super::words::{asked_words, came_words, given_words};
use super::{edit, to};
use crate::pages::circle::away_view;
use crate::pages::circle::words::helper_words;
use crate::pages::project::owner_words;
use crate::routes::{MeetingRoute, Route};
use crate::session::write_soon;
use crate::ui::{CallLink, Icon, Shape};
use crate::words::{consent, in_a_row, meeting as w, project};
use crate::{browser, when};

/// What is spoken of, with what was said of it.
pub fn points(file: &MeetingFile) -> Vec<AnyView> {
    let line = |point: &Point| {
        let notes = (!point.notes.trim().is_empty()).then(|| view! { <p class="notes">{point.notes.clone()}</p> });
        view! {
            <li>
                <span class="who">{point.what.clone()}</span>
                {notes}
            </li>
        }
        .into_any()
    };
    file.meeting.points.iter().map(line).collect()
}

/// Who is to come: what they answered, whether her name may go to them, and the presses that say more.
pub fn guests(file: &MeetingFile) -> Vec<AnyView> {
    file.meeting.guests.iter().map(|guest| guest_line(guest, file)).collect()
}

fn guest_line(guest: &Guest, file: &MeetingFile) -> AnyView {
    let (meeting, id) = (file.meeting.id, guest.id);
    let is_planned = file.meeting.state == MeetingState::Planned;
    let known = file.guest(id);
    let name = known.map(|known| helper_words(&known.shown)).unwrap_or_default();
    let answer = match (&guest.came, is_planned) {
        (Some(came), _) => came_words(came),
        (None, true) => asked_words(&guest.asked).to_owned(),
        (None, false) => String::new(),
    };
    let permit = known.map(|known| match known.permit {
        Ok(()) => view! { <span class="tag">{w::may_be_named()}</span> }.into_any(),
        Err(_) => view! { <span class="tag late">{w::may_not_be_named()}</span> }.into_any(),
    });
    let away = known.and_then(|known| known.shown.away.as_deref()).filter(|_| is_planned).map(away_view);
    let says = |asked: Asked, words: &'static str| {
        let hidden = guest.asked == asked;
        let change = MeetingChange::GuestAsked(id, asked);
        view! {
            <button
                type="button"
                class="quiet"
                hidden=hidden
                on:click=move |_| write_soon(edit(meeting, vec![change.clone()]))
            >
                {words}
                <span class="unseen">" "{name.clone()}</span>
            </button>
        }
    };
    let phone = known.map(|known| known.shown.phone.clone()).unwrap_or_default();
    let call = (is_planned && !phone.trim().is_empty()).then(|| {
        view! { <CallLink number=phone label=project::call(&name) about=file.meeting.person /> }
    });
    let acts = is_planned.then(|| {
        view! {
            <a class="button" href=to(MeetingRoute::Invitation(meeting, id))>
                {w::do_invite()}
                <span class="unseen">" "{name.clone()}</span>
            </a>
            {says(Asked::Accepts, w::accepts())}
            {says(Asked::Declines, w::declines())}
            {call}
        }
    });
    let shape = if matches!(guest.who, Helper::Entry(_)) { Shape::Book } else { Shape::People };
    view! {
        <li>
            <Icon shape=shape />
            <span class="row-head">
                <span class="who">{name.clone()}</span>
                {permit}
            </span>
            <span class="why">{answer}</span>
            {away}
            <span class="acts unprinted">{acts}</span>
        </li>
    }
    .into_any()
}

/// What was decided, and who does it by when.
pub fn decisions(file: &MeetingFile) -> Vec<AnyView> {
    file.meeting.decisions.iter().map(|decision| decision_line(decision, file)).collect()
}

fn decision_line(decision: &Decision, file: &MeetingFile) -> AnyView {
    let today = browser::today();
    let is_open = decision.state == FollowUpState::Open;
    let who = owner_words(&decision.owner, file.owner_of(decision.id), &file.row.name);
    let when = match &decision.state {
        FollowUpState::Done { day, .. } => project::done_on(when::day(*day, today)),
        FollowUpState::Cancelled { why } => project::given_up(why.clone()),
        _ => project::by_day(when::day(decision.by, today)),
    };
    let late = (is_open && decision.by < today).then(|| view! { <span class="tag late">{w::late()}</span> });
    let shape = if is_open { Shape::Answer } else { Shape::Check };
    let follow_up = Route::FollowUp(decision.id).href();
    view! {
        <li class:done=!is_open>
            <Icon shape=shape />
            <span class="row-head">
                <a class="who" href=follow_up>{decision.what.clone()}</a>
                {late}
            </span>
            <span class="why">{in_a_row([who, when])}</span>
            <span class="acts unprinted" hidden=!is_open>
                <a class="button quiet" href=to(MeetingRoute::Decision(file.meeting.id, Some(decision.id)))>
                    {w::edit()}
                    <span class="unseen">" "{decision.what.clone()}</span>
                </a>
            </span>
        </li>
    }
    .into_any()
}

/// What left of it, the last first.
pub fn given(file: &MeetingFile) -> Option<AnyView> {
    let line = |one: &GivenPaper| {
        let at = consent::disclosed_at(when::date(one.day, browser::today()), when::hour(one.hour));
        view! {
            <li>
                <Icon shape=Shape::Letter />
                <span class="row-head">
                    <span class="who">{one.recipient.name.clone()}</span>
                    <span class="when">{at}</span>
                </span>
                <span class="why">{given_words(one)}</span>
            </li>
        }
    };
    (!file.meeting.given.is_empty()).then(|| {
        view! {
            <section class="unprinted" aria-labelledby="given">
                <h2 id="given">{w::given()}</h2>
                <ul class="rows">{file.meeting.given.iter().rev().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
