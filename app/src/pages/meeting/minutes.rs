//! The minutes: for her, or for one of the guests, as they leave. Five minutes after the meeting they are there to print.

use leptos::prelude::*;
use maillon_shared::api::meetings::{MeetingFile, MinutesPreview};
use maillon_shared::domain::ids::{LineId, PersonId, SharedMeetingId};
use maillon_shared::domain::meeting_paper::{MinutesFor, Paper};

use super::leaving::{Leaving, agreed, minutes_for, refused};
use super::paper::of_minutes;
use super::{read, to};
use crate::pages::circle::words::helper_words;
use crate::pages::liaison::writer;
use crate::routes::{MeetingRoute, Route};
use crate::ui::{Back, Chips, Choice, Title, load, load_once, when_loaded};
use crate::words::meeting as w;

/// The code of the person's own copy.
const HERS: &str = "hers";

/// The minutes of a meeting.
#[component]
pub fn MinutesPage(id: SharedMeetingId) -> impl IntoView {
    let loaded = load_once(move || read(id));
    view! {
        <div class="unprinted">
            <Back to=Route::Meeting(MeetingRoute::One(id)) label=w::meeting />
        </div>
        {when_loaded(loaded, |file| view! { <Choose file=file.get_untracked() /> })}
    }
}

#[component]
fn Choose(file: MeetingFile) -> impl IntoView {
    let (id, person) = (file.meeting.id, file.meeting.person);
    let for_whom = RwSignal::new(MinutesFor::Person);
    if file.meeting.held().is_none() {
        return view! {
            <Title>{w::minutes}</Title>
            <p class="empty">{w::not_held_yet}</p>
            <p class="acts">
                <a class="button main" href=to(MeetingRoute::Hold(id))>{w::note_held}</a>
            </p>
        }
        .into_any();
    }
    let mut choices = vec![Choice::new(HERS, file.row.name.clone())];
    for guest in &file.guests {
        choices.push(Choice::new(guest.id.to_string(), helper_words(&guest.shown)));
    }
    let choices = Signal::derive(move || choices.clone());
    let chosen = Signal::derive(move || match for_whom.get() {
        MinutesFor::Person => HERS.to_owned(),
        MinutesFor::Guest(guest) => guest.to_string(),
    });
    let choose = Callback::new(move |code: String| {
        for_whom.set(LineId::parse(&code).map_or(MinutesFor::Person, MinutesFor::Guest));
    });
    let loaded = load(move || {
        let to = for_whom.get();
        async move { minutes_for(id, to).await.map(|preview| (to, preview)) }
    });
    view! {
        <div class="liaison">
            <div class="unprinted">
                <Title>{w::minutes}</Title>
                <p>{w::minutes_lead}</p>
                <Chips name="for-whom" legend=|| w::for_whom() choices=choices chosen=chosen choose=choose />
            </div>
            {when_loaded(loaded, move |shown| view! { <Preview shown=shown id=id person=person /> })}
        </div>
    }
    .into_any()
}

#[component]
fn Preview(shown: RwSignal<(MinutesFor, MinutesPreview)>, id: SharedMeetingId, person: PersonId) -> impl IntoView {
    move || {
        let (to, preview) = shown.get();
        let agreement = preview.agreed.as_ref().map(agreed);
        match &preview.minutes {
            Err(why) => refused(why, person),
            Ok(minutes) => view! {
                {agreement}
                <Leaving id=id paper=Paper::Minutes(to) written=of_minutes(minutes, &writer()) may_copy=false />
            }
            .into_any(),
        }
    }
}
