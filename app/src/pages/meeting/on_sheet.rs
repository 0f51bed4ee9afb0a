//! The meetings about someone on their page, those that came of a request or a project on theirs, and those that ask for
//! something on the day's.

use leptos::prelude::*;
use maillon_shared::api::meetings::{MeetingDue, MeetingRow};
use maillon_shared::api::responses::PersonFile;
use maillon_shared::domain::shared_meeting::MeetingCall;

use super::to;
use super::words::{call_words, state_words};
use crate::routes::MeetingRoute;
use crate::ui::{Icon, Shape};
use crate::words::{in_a_row, meeting as w};
use crate::{browser, when};

/// The meetings about a person.
#[component]
pub fn MeetingsOnSheet(file: RwSignal<PersonFile>) -> impl IntoView {
    let person = file.with_untracked(|file| file.person.id);
    let rows = Memo::new(move |_| file.with(|file| file.meetings.clone()));
    view! {
        <section class="meetings" aria-labelledby="meetings">
            <h2 id="meetings">{w::meetings}</h2>
            <MeetingRows rows=rows />
            <p class="acts add">
                <a class="button" href=to(MeetingRoute::New(person, None))>{w::plan}</a>
            </p>
        </section>
    }
}

/// Meetings in a list of their own.
#[component]
pub fn MeetingRows(
    /// The meetings.
    #[prop(into)]
    rows: Signal<Vec<MeetingRow>>,
) -> impl IntoView {
    view! { <ul class="rows">{move || rows.with(|rows| rows.iter().map(row).collect_view())}</ul> }
}

fn row(row: &MeetingRow) -> impl IntoView + use<> {
    let today = browser::today();
    let purpose = if row.purpose.is_empty() { w::meeting().to_owned() } else { row.purpose.clone() };
    let decisions = if row.open_decisions > 0 { w::decisions_wait(row.open_decisions) } else { String::new() };
    let asks = match &row.call {
        Some(MeetingCall::Planned(_)) | None => String::new(),
        Some(call) => call_words(call, today).0,
    };
    let about = in_a_row([state_words(&row.state, row.day, row.hour, today), asks, decisions]);
    view! {
        <li>
            <a class="row-link" href=to(MeetingRoute::One(row.id))>
                <span class="who">{purpose}</span>
                <span class="why">{about}</span>
            </a>
        </li>
    }
}

/// A meeting that asks for something today.
pub fn due_line(due: MeetingDue) -> AnyView {
    let today = browser::today();
    let MeetingDue { row, call } = due;
    let id = row.id;
    let (words, grave) = call_words(&call, today);
    let act =
        |route: MeetingRoute, words: &'static str| view! { <a class="button" href=to(route)>{words}</a> }.into_any();
    let act = match call {
        MeetingCall::Planned(_) => act(MeetingRoute::One(id), w::see()),
        MeetingCall::AskWhetherHeld(_) => act(MeetingRoute::Hold(id), w::note_held()),
        MeetingCall::TellBack(_) => act(MeetingRoute::TellBack(id), w::note_told()),
        MeetingCall::Minutes(_) => act(MeetingRoute::Minutes(id), w::do_minutes()),
    };
    // The day is said by the tag.
    let hour = match call {
        MeetingCall::Planned(_) => row.hour.map(when::hour).unwrap_or_default(),
        _ => String::new(),
    };
    let about = in_a_row([hour, row.place, row.purpose]);
    view! {
        <li>
            <Icon shape=Shape::People />
            <span class="row-head">
                <a class="who" href=to(MeetingRoute::One(id))>{row.name}</a>
                <span class="tag" class:late=grave>{words}</span>
            </span>
            <span class="why">{about}</span>
            <span class="acts">{act}</span>
        </li>
    }
    .into_any()
}
