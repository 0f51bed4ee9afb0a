//! The coordinator's other devices: the same notebook on each, carried by files that one of them alone opens.

mod add;
mod folder;
mod open;
mod others;
mod this;

use leptos::prelude::*;
use maillon_shared::api::sharing::{DeviceKey, SharingAnswer, SharingRequest, SharingStatus};
use maillon_shared::api::{Failure, Request};

use crate::door::answer;
use crate::routes::Route;
use crate::ui::{Back, Title, load, when_loaded};
use crate::words::{devices as w, more};

/// What this screen keeps while the rest of it is drawn again.
#[derive(Clone, Copy)]
struct Here {
    /// Grows when the status is to be asked again.
    again: RwSignal<u32>,
    /// The last file that was made: for whom, and of how many records.
    made: RwSignal<Option<(DeviceKey, u32)>>,
}

impl Here {
    /// Has the status asked again; after an answer the screen may be gone.
    fn ask_again(self) {
        self.again.try_update(|times| *times += 1);
    }
}

/// The other devices.
#[component]
pub fn DevicesPage() -> impl IntoView {
    let here = Here { again: RwSignal::new(0), made: RwSignal::new(None) };
    let status = load(move || {
        here.again.track();
        async { answer!(about(SharingRequest::Status), Sharing(answer) => *answer).and_then(only_status) }
    });
    let named = Memo::new(move |_| status.get().is_some_and(|status| status.this.is_some()));
    let may_add = Memo::new(move |_| {
        status
            .get()
            .is_some_and(|status| status.this.is_some() && (!status.shares || (status.is_member && status.administers)))
    });
    let may_meet =
        Memo::new(move |_| status.get().is_some_and(|status| status.may_meet && status.shares && status.is_member));
    let place = Memo::new(move |_| status.get().and_then(|status| status.folder));
    let words_needed = Memo::new(move |_| status.get().is_some_and(|status| status.words_needed));
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        <p>{w::lead}</p>
        {when_loaded(status, move |status| move || status.with(|status| view! { <Shown status=status.clone() here=here /> }))}
        <Show when=move || named.get()>
            <open::Open here=here />
        </Show>
        <Show when=move || may_meet.get()>
            <folder::MeetingFolder place=place here=here />
        </Show>
        <Show when=move || may_add.get()>
            <add::Add words_needed=words_needed here=here />
        </Show>
    }
}

/// What follows the status: this device, and the others.
#[component]
fn Shown(status: SharingStatus, here: Here) -> impl IntoView {
    let has_left = status.shares && !status.is_member;
    let this = status.this.clone();
    let others = this.is_some().then(|| view! { <others::Others status=status here=here /> });
    view! {
        {has_left.then(|| view! { <p class="state-note">{w::not_member}</p> })}
        <this::This this=this here=here />
        {others}
    }
}

/// The eight words that two people compare, in order. They are French whatever is spoken.
#[component]
fn EightWords(words: Vec<String>) -> impl IntoView {
    let items = words.into_iter().map(|word| view! { <li lang="fr">{word}</li> });
    view! { <ol class="eight-words">{items.collect_view()}</ol> }
}

/// A request about what is shared.
fn about(asked: SharingRequest) -> Request {
    Request::Sharing(Box::new(asked))
}

fn only_status(answer: SharingAnswer) -> Result<SharingStatus, Failure> {
    match answer {
        SharingAnswer::Status(status) => Ok(*status),
        _ => Err(Failure::NotUnderstood),
    }
}
