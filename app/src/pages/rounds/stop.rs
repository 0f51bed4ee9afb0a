//! Someone to see: how to reach them, what waits, and the tick, which is what one notes.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::NewEncounter;
use maillon_shared::api::responses::StopRow;
use maillon_shared::domain::encounter::{Encounter, EncounterKind, EncounterResult};
use maillon_shared::domain::follow_up::FollowUpKind;
use maillon_shared::domain::ids::{EncounterId, RoundId};
use maillon_shared::domain::lists::ListId;
use maillon_shared::domain::round::StopOutcome;

use crate::lists::label;
use crate::routes::{NoteStart, Route};
use crate::session::write_soon;
use crate::ui::follow_up::what;
use crate::ui::{CallLink, Icon, Shape};
use crate::words::{in_a_row, rounds as w};
use crate::{browser, when};

/// Someone to see. `is_open` is whether the day has come, and something can be noted of it.
#[component]
pub fn StopLine(round: RoundId, row: StopRow, place: usize, is_open: bool) -> impl IntoView {
    let StopRow { stop, person, name, line, place: hamlet, phone, approach, waits, outcome, .. } = row;
    let completes = waits
        .iter()
        .find(|one| matches!(one.kind, FollowUpKind::Contact | FollowUpKind::Visit | FollowUpKind::Call))
        .map(|one| one.id);
    let waits = waits.iter().map(|one| match one.hour {
        Some(hour) => format!("{}, {}", what(one), when::hour(hour)),
        None => what(one),
    });
    let waits: Vec<_> = waits.map(|words| view! { <li>{words}</li> }).collect();
    let shown = name;
    let start = NoteStart {
        person: Some(person),
        completes,
        kind: Some(EncounterKind::HomeVisit),
        round: Some(round),
        ..NoteStart::default()
    };
    let closed = move |_| {
        let mut encounter = Encounter::empty(EncounterId(browser::random_id()), Some(person), browser::today());
        encounter.result = EncounterResult::DoorClosed;
        encounter.hour = Some(browser::now().hour());
        write_soon(Request::RecordEncounter(Box::new(NewEncounter {
            encounter,
            unshared_note: String::new(),
            completes: None,
            follow_ups: Vec::new(),
            requests: Vec::new(),
            draft: None,
        })));
        browser::focus_soon(format!("stop-{stop}"));
    };
    let (tag, noted) = match &outcome {
        StopOutcome::ToSee => (None, None),
        StopOutcome::Seen(id) => (Some((w::seen().to_owned(), Shape::Check)), Some(*id)),
        StopOutcome::Tried(id, result) => {
            (Some((label(ListId::EncounterResults, result.code()).to_owned(), Shape::Cross)), Some(*id))
        }
    };
    let is_seen = matches!(outcome, StopOutcome::Seen(_));
    let tag = tag.map(|(words, shape)| view! { <span class="tag"><Icon shape=shape />{words}</span> });
    let note = (is_open && !is_seen).then(|| {
        let words = shown.clone();
        view! {
            <a class="button main" href=Route::Note(start).href()>
                {w::note_visit}
                <span class="unseen">" "{words}</span>
            </a>
        }
    });
    let closed = (is_open && outcome == StopOutcome::ToSee).then(|| {
        let words = shown.clone();
        view! {
            <button type="button" on:click=closed>
                {w::door_closed}
                <span class="unseen">" "{words}</span>
            </button>
        }
    });
    let read = noted.map(|id| {
        view! {
            <a class="button" href=Route::Encounter(id).href()>
                {w::read_note}
                <span class="unseen">" "{shown.clone()}</span>
            </a>
        }
    });
    let call = (!phone.trim().is_empty() && !is_seen).then(|| {
        let of = shown.clone();
        view! { <CallLink number=phone label=w::call() of=of about=person /> }
    });
    view! {
        <li class:done=is_seen>
            <span class="place" aria-hidden="true">{place}</span>
            <span class="row-head">
                <a class="who" id=format!("stop-{stop}") href=Route::Person(person).href()>{shown.clone()}</a>
                {tag}
            </span>
            <div class="why">
                <p>{in_a_row([line, hamlet])}</p>
                <p>{approach}</p>
                <ul class="waits">{waits}</ul>
            </div>
            <span class="acts">{note} {closed} {read} {call}</span>
        </li>
    }
}
