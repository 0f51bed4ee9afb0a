//! The coordinator's other devices: the same notebook on each, carried by files that one of them alone opens, or said through
//! the network that both are on.

mod add;
mod folder;
mod join;
mod network;
mod open;
mod others;
mod pairing;
mod take_over;
mod this;

use leptos::prelude::*;
use maillon_shared::api::sharing::{
    CourierTaken, DeviceKey, PairingStatus, SharingAnswer, SharingRequest, SharingStatus,
};
use maillon_shared::api::{Failure, Request};

use crate::door::answer;
use crate::routes::Route;
use crate::session::session;
use crate::ui::{Back, Title, load, when_loaded};
use crate::words::{devices as w, more};

/// What this screen keeps while the rest of it is drawn again.
#[derive(Clone, Copy)]
struct Here {
    /// Grows when the status is to be asked again.
    again: RwSignal<u32>,
    /// The last file that was made: for whom, and of how many records.
    made: RwSignal<Option<(DeviceKey, u32)>>,
    /// Who was just added.
    added: RwSignal<Option<String>>,
    /// What came of the last file.
    taken: RwSignal<Option<CourierTaken>>,
    /// How far a pairing is.
    pairing: RwSignal<Option<PairingStatus>>,
    /// Whether this device has just taken over.
    took_over: RwSignal<bool>,
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
    let here = Here {
        again: RwSignal::new(0),
        made: RwSignal::new(None),
        added: RwSignal::new(None),
        taken: RwSignal::new(None),
        pairing: RwSignal::new(None),
        took_over: RwSignal::new(false),
    };
    pairing::follow(here);
    let status = load(move || {
        here.again.track();
        session().sharing.track();
        async { answer!(about(SharingRequest::Status), Sharing(answer) => *answer).and_then(only_status) }
    });
    let of =
        move |read: fn(&SharingStatus) -> bool| Memo::new(move |_| status.get().is_some_and(|status| read(&status)));
    let shares = of(|status| !status.others.is_empty() || !status.left.is_empty());
    let has_left = of(|status| status.shares && !status.is_member);
    let may_add = of(|status| status.this.is_some() && (!status.shares || (status.is_member && status.administers)));
    let may_meet = of(|status| status.may_meet && status.shares && status.is_member);
    let may_talk = of(|status| status.may_talk && status.shares && status.is_member);
    let may_join = of(|status| status.may_talk && status.this.is_some() && !status.shares);
    let may_pair = of(|status| status.may_talk);
    let is_member = of(|status| status.is_member);
    let may_take_over =
        of(|status| status.this.is_some() && status.shares && !(status.is_member && status.administers));
    let administrator = Memo::new(move |_| {
        let others = status.get().map(|status| status.others).unwrap_or_default();
        others.into_iter().find(|other| other.administers).map(|other| other.name).unwrap_or_default()
    });
    let talks = of(|status| status.talks);
    let pairs = Memo::new(move |_| here.pairing.with(Option::is_some));
    let words_needed = of(|status| status.words_needed);
    let this = Memo::new(move |_| status.get().and_then(|status| status.this));
    let place = Memo::new(move |_| status.get().and_then(|status| status.folder));
    let shown = Memo::new(move |_| status.get().unwrap_or_default());
    view! {
        <Back to=Route::More label=more::title />
        <Title>{w::title}</Title>
        <p>{w::lead}</p>
        {when_loaded(status, move |_| {
            view! {
                <Show when=move || has_left.get()>
                    <p class="state-note">{w::not_member}</p>
                </Show>
                <Show when=move || here.took_over.get()>
                    <p role="status">
                        <strong>{w::took_over}</strong>
                    </p>
                </Show>
                <Show when=move || pairs.get()>
                    <pairing::Pairing here=here />
                </Show>
                // What is done every week stands first; how it began, below.
                <Show
                    when=move || shares.get()
                    fallback=move || {
                        view! {
                            <this::This this=this here=here />
                            <Show when=move || may_join.get() && !pairs.get()>
                                <join::Join here=here />
                            </Show>
                            <Show when=move || may_add.get() && !pairs.get()>
                                <add::Add words_needed=words_needed may_pair=may_pair here=here />
                            </Show>
                            <Show when=move || this.with(Option::is_some)>
                                <open::Open here=here />
                            </Show>
                        }
                    }
                >
                    <others::Others status=shown here=here />
                    <Show when=move || may_talk.get()>
                        <network::Network talks=talks here=here />
                    </Show>
                    <Show when=move || this.with(Option::is_some)>
                        <open::Open here=here />
                    </Show>
                    <Show when=move || may_meet.get()>
                        <folder::MeetingFolder place=place here=here />
                    </Show>
                    <Show when=move || may_add.get() && !pairs.get()>
                        <add::Add words_needed=words_needed may_pair=may_pair here=here />
                    </Show>
                    <this::This this=this here=here />
                    <Show when=move || may_take_over.get()>
                        <take_over::TakeOver administrator=administrator is_member=is_member here=here />
                    </Show>
                </Show>
            }
        })}
    }
}

/// The words that two people compare, in order. They are French whatever is spoken.
#[component]
fn ComparedWords(words: Vec<String>) -> impl IntoView {
    let items = words.into_iter().map(|word| view! { <li lang="fr">{word}</li> });
    view! { <ol class="compared-words">{items.collect_view()}</ol> }
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
