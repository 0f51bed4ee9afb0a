//! Letting another device join through the network: this one invites, for ten minutes.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::sharing::SharingRequest;

use super::pairing::pair;
use super::{Exchange, TwentyFourWords};
use crate::ui::FailureNote;
use crate::words::{neighbours as n, network as w};

/// Inviting.
#[component]
pub fn Invite(words_needed: Memo<bool>, here: Exchange) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let words = RwSignal::new(String::new());
    let invite = move || {
        let typed = words_needed.get_untracked().then(|| words.get_untracked());
        here.added.set(None);
        pair(here, failure, SharingRequest::Invite { company: here.company, words: typed });
    };
    view! {
        <p>{here.says(w::invite_lead, n::invite_lead)}</p>
        <FailureNote failure=failure retry=Callback::new(move |()| invite()) />
        <Show when=move || words_needed.get()>
            <TwentyFourWords id="invite-words" words=words />
        </Show>
        <p class="acts">
            <button type="button" class="main" on:click=move |_| invite()>
                {here.says(w::invite, n::invite)}
            </button>
        </p>
    }
}
