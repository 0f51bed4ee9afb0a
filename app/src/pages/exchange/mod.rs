//! What one's own devices and neighbouring coordinators have in common: devices that make sure of each other, files that
//! go and come, the network.
//!
//! Everything goes to one's own devices, chosen copies to a neighbour's: so each of these parts is told in whose company
//! it stands, and says only what is true there.

pub mod card;
pub mod courier;
pub mod folder;
pub mod invite;
pub mod join;
pub mod network;
pub mod open;
pub mod pairing;

use leptos::prelude::*;
use maillon_shared::api::sharing::{
    Company, CourierTaken, DeviceKey, PairingStatus, SharingAnswer, SharingRequest, SharingStatus,
};
use maillon_shared::api::{Failure, Request};

use crate::door::answer;
use crate::routes::Route;
use crate::session::session;
use crate::ui::{Text, TextArea, WordCompletions};
use crate::words::{Word, devices as w, exchanges, neighbours as n};

/// What a screen of exchanges keeps while the rest of it is drawn again.
#[derive(Clone, Copy)]
pub struct Exchange {
    /// In whose company its devices are.
    pub company: Company,
    /// Grows when the state is to be asked again.
    again: RwSignal<u32>,
    /// The last file that was made: for whom, and of how many records.
    pub made: RwSignal<Option<(DeviceKey, u32)>>,
    /// Who was just added.
    pub added: RwSignal<Option<String>>,
    /// What came of the last file.
    pub taken: RwSignal<Option<CourierTaken>>,
    /// How far a pairing in this company is.
    pub pairing: RwSignal<Option<PairingStatus>>,
}

impl Exchange {
    /// A screen of that company.
    pub fn of(company: Company) -> Self {
        Exchange {
            company,
            again: RwSignal::new(0),
            made: RwSignal::new(None),
            added: RwSignal::new(None),
            taken: RwSignal::new(None),
            pairing: RwSignal::new(None),
        }
    }

    /// Follows all after which the state is to be asked again: what is done here, and what comes from others.
    pub fn track(self) {
        self.again.track();
        session().sharing.track();
    }

    /// Has the state asked again; after an answer the screen may be gone.
    pub fn ask_again(self) {
        self.again.try_update(|times| *times += 1);
    }

    /// Whether a pairing goes on.
    pub fn pairs(self) -> Memo<bool> {
        Memo::new(move |_| self.pairing.with(Option::is_some))
    }

    /// What is said of one's own devices, or of neighbours.
    pub fn says(self, own: Word, neighbour: Word) -> Word {
        match self.company {
            Company::Own => own,
            Company::Neighbour => neighbour,
        }
    }
}

/// A request about what is shared.
pub fn about(asked: SharingRequest) -> Request {
    Request::Sharing(Box::new(asked))
}

/// Who shares what.
pub async fn status() -> Result<SharingStatus, Failure> {
    match answer!(about(SharingRequest::Status), Sharing(answer) => *answer)? {
        SharingAnswer::Status(status) => Ok(*status),
        _ => Err(Failure::NotUnderstood),
    }
}

/// The words that two people compare, in order. They are French whatever is spoken.
#[component]
pub fn ComparedWords(words: Vec<String>) -> impl IntoView {
    let items = words.into_iter().map(|word| view! { <li lang="fr">{word}</li> });
    view! { <ol class="compared-words">{items.collect_view()}</ol> }
}

/// The twenty-four words, where they are needed once.
#[component]
pub fn TwentyFourWords(id: &'static str, words: RwSignal<String>) -> impl IntoView {
    view! {
        <TextArea id=id label=w::words_once hint=w::words_once_hint text=Text::of(words) lines=4 />
        <WordCompletions field=id text=Text::of(words) after=" " />
    }
}

/// A card or a file that belongs to the other company's screen: nothing of it is taken here.
#[component]
pub fn Elsewhere(
    /// In whose company its sender means to be.
    company: Company,
) -> impl IntoView {
    let (why, label, to) = match company {
        Company::Own => (n::from_own as Word, w::title as Word, Route::Devices),
        Company::Neighbour => (n::from_neighbour as Word, n::title as Word, Route::Neighbours),
    };
    view! {
        <div class="state-note">
            <p>{why}</p>
            <a class="button" href=to.href()>
                {label}
            </a>
        </div>
    }
}

/// What came and could not be taken in; the screen of exchanges says why, and what one can do.
#[component]
pub fn Troubles(waiting: u32, set_aside: u32) -> impl IntoView {
    let note = |count: u32, words: fn(u32) -> String, label: Word| {
        (count > 0).then(|| {
            view! {
                <p class="state-note">
                    <span>{move || words(count)}</span>
                    <a href=Route::Exchanges.href()>{label}</a>
                </p>
            }
        })
    };
    view! {
        {note(waiting, w::waiting, exchanges::see_waiting)}
        {note(set_aside, w::set_aside, exchanges::see_aside)}
    }
}

/// The way from figures of what came to the records that they count.
pub fn see_came() -> impl IntoView {
    view! {
        <p>
            <a href=Route::Exchanges.href()>{exchanges::see_came}</a>
        </p>
    }
}
