//! *Temps d'échange*: planned with an agenda and guests, held with the person or for her, with decisions that someone
//! carries, and minutes that leave five minutes after. No name leaves before she agreed; what leaves is shown first.

mod decision;
mod file;
mod form;
mod guests;
mod hold;
mod invitation;
mod leaving;
mod lines;
mod minutes;
mod on_sheet;
mod paper;
mod words;

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::Request;
use maillon_shared::api::meetings::{MeetingAnswer, MeetingFile, MeetingRead, MeetingWrite};
use maillon_shared::domain::ids::SharedMeetingId;
use maillon_shared::domain::shared_meeting::MeetingChange;

use crate::door::answer;
use crate::routes::{MeetingRoute, Route};

pub use on_sheet::{MeetingRows, MeetingsOnSheet, due_line};
pub use words::act_words;

/// The screen of a place among the meetings.
pub fn page(route: MeetingRoute) -> AnyView {
    match route {
        MeetingRoute::New(person, origin) => view! { <form::NewMeetingPage person=person origin=origin /> }.into_any(),
        MeetingRoute::One(id) => view! { <file::MeetingPage id=id /> }.into_any(),
        MeetingRoute::Edit(id) => view! { <form::EditMeetingPage id=id /> }.into_any(),
        MeetingRoute::Points(id) => view! { <form::PointsPage id=id /> }.into_any(),
        MeetingRoute::Guests(id) => view! { <guests::GuestsPage id=id /> }.into_any(),
        MeetingRoute::Hold(id) => view! { <hold::HoldPage id=id /> }.into_any(),
        MeetingRoute::TellBack(id) => view! { <hold::TellBackPage id=id /> }.into_any(),
        MeetingRoute::Cancel(id) => view! { <hold::CancelPage id=id /> }.into_any(),
        MeetingRoute::Decision(id, decision) => view! { <decision::DecisionPage id=id decision=decision /> }.into_any(),
        MeetingRoute::Invitation(id, guest) => view! { <invitation::InvitationPage id=id guest=guest /> }.into_any(),
        MeetingRoute::Minutes(id) => view! { <minutes::MinutesPage id=id /> }.into_any(),
    }
}

fn to(route: MeetingRoute) -> String {
    Route::Meeting(route).href()
}

fn edit(id: SharedMeetingId, changes: Vec<MeetingChange>) -> Request {
    Request::WriteMeeting(Box::new(MeetingWrite::Edit { id, changes, draft: None }))
}

/// One meeting, as the notebook knows it now.
async fn read(id: SharedMeetingId) -> Result<MeetingFile, Failure> {
    let asked = Request::ReadMeeting(Box::new(MeetingRead::One(id)));
    answer!(asked, Meeting(MeetingAnswer::One(file)) => *file)
}
