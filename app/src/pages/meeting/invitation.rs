//! The invitation of one guest: a few words of one's own, and exactly what leaves. Without her agreement it names nobody.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::meetings::{InvitationPreview, MeetingAnswer, MeetingRead};
use maillon_shared::domain::ids::{LineId, PersonId, SharedMeetingId};
use maillon_shared::domain::meeting_paper::Paper;

use super::leaving::{Leaving, agreed, refused};
use super::paper::of_invitation;
use super::read;
use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::pages::liaison::writer;
use crate::routes::{MeetingRoute, Route};
use crate::ui::{Back, Text, TextArea, Title, load, load_once, when_loaded};
use crate::words::{liaison, meeting as w};

/// The invitation of a guest.
#[component]
pub fn InvitationPage(id: SharedMeetingId, guest: LineId) -> impl IntoView {
    let key = move || drafts::key("meeting_invitation", format!("{id}/{guest}"));
    let loaded = load_once(move || async move {
        let person = read(id).await?.meeting.person;
        let draft = drafts::find(&key()).await;
        let typed = draft.as_ref().map(|draft| Fields::read(&draft.content));
        let message = typed.and_then(|fields| fields.iter().next().map(|(_, value)| value.to_owned()));
        Ok((person, draft, message.unwrap_or_default()))
    });
    view! {
        <div class="unprinted">
            <Back to=Route::Meeting(MeetingRoute::One(id)) label=w::meeting />
        </div>
        {when_loaded(
            loaded,
            move |opened| {
                let (person, draft, message) = opened.get_untracked();
                let message = RwSignal::new(message);
                let given = RwSignal::new(String::new());
                drafts::keep(key(), draft.as_ref(), move || {
                    let mut fields = Fields::default();
                    // What was given is nothing left half filled.
                    if message.get() != given.get() {
                        fields.put("message", message.get());
                    }
                    fields
                });
                view! { <Invite id=id guest=guest person=person message=message given=given /> }
            },
        )}
    }
}

#[component]
fn Invite(
    id: SharedMeetingId,
    guest: LineId,
    person: PersonId,
    message: RwSignal<String>,
    given: RwSignal<String>,
) -> impl IntoView {
    let loaded = load(move || {
        let asked = MeetingRead::Invitation { id, guest, message: message.get() };
        async move {
            let asked = Request::ReadMeeting(Box::new(asked));
            answer!(asked, Meeting(MeetingAnswer::Invitation(preview)) => *preview)
        }
    });
    view! {
        <div class="liaison">
            <div class="unprinted">
                <Title>{w::do_invite}</Title>
                <p class="detail">{move || loaded.get().map(|preview| preview.invitation.recipient.name)}</p>
                <TextArea
                    id="message"
                    label=liaison::message_head
                    hint=w::message_hint
                    optional=true
                    text=Text::of(message)
                    lines=3
                />
            </div>
            {when_loaded(
                loaded,
                move |preview| view! { <Preview preview=preview id=id guest=guest person=person given=given /> },
            )}
        </div>
    }
}

#[component]
fn Preview(
    preview: RwSignal<InvitationPreview>,
    id: SharedMeetingId,
    guest: LineId,
    person: PersonId,
    given: RwSignal<String>,
) -> impl IntoView {
    let shown = move |preview: InvitationPreview| {
        let why = preview.unnamed.as_ref().map(|why| {
            view! {
                {refused(why, person)}
                <p class="unprinted">{w::names_nobody}</p>
            }
        });
        let agreement = preview.agreed.as_ref().map(agreed);
        let place = preview.place_withheld.then(|| view! { <p class="state-note unprinted">{w::place_withheld}</p> });
        let names_nobody = preview.unnamed.is_some();
        let message = preview.invitation.message.clone();
        let leaves = match preview.may_leave() {
            false => view! { <p class="state-note unprinted" role="alert">{w::message_names_her}</p> }.into_any(),
            true => {
                let paper = Paper::Invitation { guest, message: message.clone() };
                let left = Callback::new(move |()| {
                    given.try_set(message.clone());
                });
                view! {
                    <Leaving
                        id=id
                        paper=paper
                        written=of_invitation(&preview.invitation, &writer())
                        may_copy=names_nobody
                        left=left
                    />
                }
                .into_any()
            }
        };
        view! { {why} {agreement} {place} {leaves} }
    };
    move || shown(preview.get())
}
