//! One meeting: before, whom to invite and what is spoken of; during, who is there, what is said, what is decided; after,
//! what she is told back and the minutes.

use leptos::prelude::*;
use maillon_shared::api::meetings::MeetingFile;
use maillon_shared::domain::ids::SharedMeetingId;
use maillon_shared::domain::shared_meeting::{MeetingCall, MeetingState, Origin};

use super::lines::{decisions, given, guests, points};
use super::words::{call_words, change, field_words, presence_words, state_words, value_words};
use super::{edit, read, to};
use crate::pages::sheet::silence_words;
use crate::routes::{CareRoute, MeetingRoute, ProjectRoute, Route};
use crate::ui::{Back, Conflicts, FieldsHistory, OnPaper, Paper, PrintButton, Title, load, when_loaded};
use crate::words::{consent, in_a_row, meeting as w, project};
use crate::{browser, when};

/// One meeting.
#[component]
pub fn MeetingPage(id: SharedMeetingId) -> impl IntoView {
    let loaded = load(move || read(id));
    when_loaded(loaded, |file| view! { <Meeting file=file /> })
}

#[component]
fn Meeting(file: RwSignal<MeetingFile>) -> impl IntoView {
    let (id, person) = file.with_untracked(|file| (file.meeting.id, file.meeting.person));
    let about = move || file.with(|file| in_a_row([file.row.name.as_str(), file.meeting.place.as_str()]));
    let keep = move |path: &str, value: &str| change(path, value).map(|change| edit(id, vec![change]));
    let is_planned = Memo::new(move |_| file.with(|file| file.meeting.state == MeetingState::Planned));
    let is_held = Memo::new(move |_| file.with(|file| file.meeting.held().is_some()));
    let has_points = Memo::new(move |_| file.with(|file| !file.meeting.points.is_empty()));
    let has_guests = Memo::new(move |_| file.with(|file| !file.meeting.guests.is_empty()));
    view! {
        <Back to=Route::Person(person) label=consent::back />
        <article class="meeting">
            <div class="heading">
                <div>
                    <Title>{w::meeting}</Title>
                    <p class="detail">{about}</p>
                </div>
                <a class="button" href=to(MeetingRoute::Edit(id))>{w::edit}</a>
            </div>
            <OnPaper paper=Paper::NamesPeople />
            {move || file.with(silence_note)}
            <Conflicts
                conflicts=Signal::derive(move || file.with(|file| file.conflicts.clone()))
                name=field_words
                value=value_words
                keep=keep
                edit=Route::Meeting(MeetingRoute::Edit(id))
            />
            {move || file.with(standing)}
            {move || file.with(came_from)}
            <section aria-labelledby="points">
                <h2 id="points">{w::points}</h2>
                <p class="empty" hidden=move || has_points.get()>{w::no_point}</p>
                <ol class="points">{move || file.with(points)}</ol>
                <p class="acts unprinted">
                    <a class="button" href=to(MeetingRoute::Points(id))>{w::note_points}</a>
                </p>
            </section>
            <section aria-labelledby="guests">
                <h2 id="guests">{w::guests}</h2>
                <p class="empty" hidden=move || has_guests.get()>{w::no_guest}</p>
                <ul class="rows">{move || file.with(guests)}</ul>
                <p class="acts unprinted" hidden=move || !is_planned.get()>
                    <a class="button" href=to(MeetingRoute::Guests(id))>{w::whom_to_invite}</a>
                </p>
            </section>
            <Show when=move || is_held.get()>
                <section aria-labelledby="decisions">
                    <h2 id="decisions">{w::decisions}</h2>
                    <p class="empty" hidden=move || file.with(|file| !file.meeting.decisions.is_empty())>{w::no_decision}</p>
                    <ul class="rows">{move || file.with(decisions)}</ul>
                    <p class="acts unprinted">
                        <a class="button" href=to(MeetingRoute::Decision(id, None))>{w::add_decision}</a>
                    </p>
                </section>
            </Show>
            {move || file.with(given)}
            <p class="acts unprinted" hidden=move || !is_planned.get()>
                <a class="button quiet" href=to(MeetingRoute::Cancel(id))>{w::do_cancel}</a>
            </p>
            <FieldsHistory of=id.into() name=field_words value=value_words />
            <p class="acts">
                <PrintButton />
            </p>
        </article>
    }
}

fn silence_note(file: &MeetingFile) -> Option<AnyView> {
    let silence = file.row.silence.as_ref()?;
    Some(view! { <p class="state-note">{project::silenced(silence_words(silence))}</p> }.into_any())
}

/// When it is, what for, whether she was there; and the next thing to do.
fn standing(file: &MeetingFile) -> AnyView {
    let today = browser::today();
    let (id, meeting) = (file.meeting.id, &file.meeting);
    let said = when::capital(state_words(&meeting.state, meeting.day, meeting.hour, today));
    // That it is today is said already.
    let call = file.row.call.filter(|call| !matches!(call, MeetingCall::Planned(_))).map(|call| {
        let (words, grave) = call_words(&call, today);
        view! { <span class="tag" class:late=grave>{words}</span> }
    });
    let purpose = (!meeting.purpose.is_empty()).then(|| view! { <p class="purpose">{meeting.purpose.clone()}</p> });
    let why = match &meeting.state {
        MeetingState::Held(held) => {
            let presence = presence_words(&held.presence, file.spoke_for_her.as_ref());
            in_a_row([presence.as_str(), held.presence.why()])
        }
        MeetingState::Cancelled { why, .. } => why.clone(),
        MeetingState::Planned | MeetingState::Unknown(_) => String::new(),
    };
    let told = meeting.told_back.as_ref().map(|told| {
        let words = in_a_row([w::told_back_on(when::day(told.on, today)), told.words.clone()]);
        view! { <p>{words}</p> }
    });
    let act = |route: MeetingRoute, words: &'static str, class: &'static str| {
        view! { <a class=class href=to(route)>{words}</a> }.into_any()
    };
    let acts = match &meeting.state {
        MeetingState::Planned | MeetingState::Cancelled { .. } => {
            vec![act(MeetingRoute::Hold(id), w::note_held(), "button")]
        }
        MeetingState::Held(_) => {
            let tell = meeting.to_tell_back().is_some();
            let mut acts = Vec::new();
            acts.extend(tell.then(|| act(MeetingRoute::TellBack(id), w::note_told(), "button main")));
            let class = if tell { "button" } else { "button main" };
            acts.push(act(MeetingRoute::Minutes(id), w::do_minutes(), class));
            acts.push(act(MeetingRoute::Hold(id), w::change_held(), "button quiet"));
            acts
        }
        MeetingState::Unknown(_) => Vec::new(),
    };
    view! {
        <div class="card standing">
            <p>
                <strong>{said}</strong>
                " "
                {call}
            </p>
            {purpose}
            <p class="detail" hidden=why.is_empty()>{why.clone()}</p>
            {told}
            <div class="acts unprinted">{acts}</div>
        </div>
    }
    .into_any()
}

/// The request or the project it came from.
fn came_from(file: &MeetingFile) -> Option<AnyView> {
    let (href, words) = match file.meeting.origin? {
        Origin::Request(id) => (Route::Care(CareRoute::One(id)).href(), w::see_request()),
        Origin::Project(id) => (Route::Project(ProjectRoute::One(id)).href(), project::see_project()),
    };
    Some(view! { <p class="acts unprinted"><a class="button quiet" href=href>{words}</a></p> }.into_any())
}
