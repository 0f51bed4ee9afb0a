//! A line of something to be done: what, by when, and the buttons that do it.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind, Rhythm, RhythmUnit};
use maillon_shared::domain::lists::ListId;

use super::icon::{Icon, Shape};
use crate::lists::label;
use crate::routes::{NoteStart, Route};
use crate::session::write_soon;
use crate::when;
use crate::words::{follow_up as w, in_a_row};

/// A line of something to be done.
#[component]
pub fn FollowUpLine(
    /// What.
    follow_up: FollowUp,
    /// The day now.
    today: NaiveDate,
    /// Whom it is about, where the line must say so.
    #[prop(into)]
    name: String,
    /// Where they live.
    #[prop(optional, into)]
    place: String,
) -> impl IntoView {
    let id = follow_up.id;
    let days_late = follow_up.days_late(today);
    let shape = shape_of(&follow_up.kind);
    let is_meeting = matches!(follow_up.kind, FollowUpKind::Contact | FollowUpKind::Visit | FollowUpKind::Call);
    let title = {
        let (follow_up, name) = (follow_up.clone(), name.clone());
        move || if name.is_empty() { what(&follow_up) } else { name.clone() }
    };
    let detail = {
        let follow_up = follow_up.clone();
        move || detail(&follow_up, &name, &place, today)
    };
    let done = match (is_meeting, follow_up.person) {
        // To say what came of it is to have done it.
        (true, Some(person)) => {
            let start = NoteStart { person: Some(person), completes: Some(id), ..NoteStart::default() };
            view! { <a class="button" href=Route::Note(start).href()>{w::note}</a> }.into_any()
        }
        _ => {
            let complete = move |_| write_soon(Request::Complete { id });
            view! { <button type="button" on:click=complete>{w::done}</button> }.into_any()
        }
    };
    view! {
        <li>
            <Icon shape=shape />
            <span class="row-head">
                <a class="who" href=Route::FollowUp(id).href()>{title}</a>
                {(days_late > 0).then(|| view! { <span class="tag late">{move || w::late(days_late)}</span> })}
            </span>
            <span class="why">{detail}</span>
            <span class="acts">{done} <a class="button" href=Route::FollowUp(id).href()>{w::postpone}</a></span>
        </li>
    }
}

/// The icon of a kind.
pub fn shape_of(kind: &FollowUpKind) -> Shape {
    match kind {
        FollowUpKind::Visit => Shape::House,
        FollowUpKind::Call => Shape::Phone,
        FollowUpKind::Promise => Shape::Promise,
        FollowUpKind::Answer => Shape::Answer,
        FollowUpKind::Contact => Shape::People,
        FollowUpKind::Task | FollowUpKind::Unknown(_) => Shape::Check,
    }
}

/// What is to be done, in a few words.
pub fn what(follow_up: &FollowUp) -> String {
    match follow_up.what.trim() {
        "" => label(ListId::FollowUpKinds, follow_up.kind.code()).to_owned(),
        what => what.to_owned(),
    }
}

fn detail(follow_up: &FollowUp, name: &str, place: &str, today: NaiveDate) -> String {
    let what = (!name.is_empty()).then(|| what(follow_up));
    let due = match follow_up.hour {
        Some(hour) => format!("{}, {}", when::day(follow_up.due, today), when::hour(hour)),
        None => when::day(follow_up.due, today),
    };
    let place = (!place.is_empty()).then(|| place.to_owned());
    let owner = (!follow_up.owner.is_empty()).then(|| w::by(&follow_up.owner));
    let rhythm = follow_up.rhythm.map(rhythm);
    let postponed = match follow_up.postponed_times {
        0 => None,
        times => Some(w::postponed(times)),
    };
    in_a_row([what, Some(due), place, owner, rhythm, postponed].into_iter().flatten())
}

/// How often, in words.
pub fn rhythm(rhythm: Rhythm) -> String {
    let every = u32::from(rhythm.every);
    match rhythm.unit {
        RhythmUnit::Days => w::every_days(every),
        RhythmUnit::Weeks => w::every_weeks(every),
        RhythmUnit::Months => w::every_months(every),
    }
}
