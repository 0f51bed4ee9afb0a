//! The frame of every screen of the open notebook: four places, *Noter*, the search, the lock, what is said in passing.
//!
//! On a phone the places are at the bottom under the thumb; on a laptop they stand in a column. Nothing here floats over
//! what one reads or types: each part has room of its own.

mod keys;
mod mark;
mod newer;
mod said;
mod search;

pub use keys::{Shortcut, TABLE as KEYS};

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use maillon_shared::api::lending::Role;
use maillon_shared::text::format::of_place;

use crate::browser;
use crate::discreet;
use crate::pages;
use crate::routes::{CampaignRoute, CareRoute, DirectoryRoute, NoteStart, RegisterRoute, Route};
use crate::session::{lock, session};
use crate::ui::{Icon, MadeUp, SaveBarRoom, Shape};
use crate::words::{Word, caller, language, mairie, register_copy, shell as words, surveys};

use mark::ExchangesMark;
use newer::Newer;
use said::SaidInPassing;
use search::Search;

/// How long the screen may take to draw what a press changes.
const AFTER_A_PRESS: Duration = Duration::from_millis(250);

/// The frame, and the screen in it.
#[component]
pub fn Shell() -> impl IntoView {
    let session = session();
    let main = NodeRef::<html::Main>::new();
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        keys::pressed(&event);
    });
    on_cleanup(move || handle.remove());
    Effect::new(move |_| {
        session.route.track();
        session.searching.set(false);
        if let Some(main) = main.get() {
            main.set_scroll_top(0);
        }
    });
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get() {
            let _ = main.focus();
        }
    };
    // What is pressed may go away with its pressing: "Fermer", "Tout voir", "Annuler" once it is undone. Focus must not
    // go with it.
    let keep_focus = move || {
        // A device that is put before others has another frame by then.
        if let Some(main) = main.try_get_untracked().flatten().filter(|_| browser::is_focus_lost()) {
            let _ = main.focus();
        }
    };
    let after_a_press = move |event: leptos::ev::MouseEvent| {
        // A pointer's clicks count from one.
        if event.detail() == 0 {
            set_timeout(keep_focus, AFTER_A_PRESS);
        }
    };
    Effect::new(move |_| {
        session.said.track();
        request_animation_frame(keep_focus);
    });
    // A form has its own button at the bottom; *Noter* would only lead away from it.
    let in_form = move || session.saving.with(Option::is_some);
    // A notebook that was lent shows what it was lent for, and the way to hand it back.
    let own = session.is_own();
    let whose = move || match session.role.get() {
        Role::Coordinator => words::saved_here().to_owned(),
        Role::Mairie => match session.settings.with(|settings| settings.commune.trim().to_owned()) {
            commune if commune.is_empty() => mairie::role().to_owned(),
            commune => mairie::role_of(of_place(&commune, language())),
        },
        Role::Caller { .. } => caller::role().to_owned(),
        Role::Tablet { .. } => surveys::role().to_owned(),
        Role::Agent { .. } => match session.settings.with(|settings| settings.commune.trim().to_owned()) {
            commune if commune.is_empty() => register_copy::role().to_owned(),
            commune => register_copy::role_of(commune),
        },
    };
    view! {
        <a class="skip" href="#main" on:click=skip>{words::skip}</a>
        <div class="shell" class:in-form=in_form class:discreet=discreet::is_on on:click=after_a_press>
            <MadeUp />
            <header class="top">
                <p class="status">
                    <span class="dot" aria-hidden="true"></span>
                    {whose}
                </p>
                {own.then(|| view! { <ExchangesMark /> })}
                {own.then(|| view! { <Tools /> })}
                <button type="button" class="tool" on:click=|_| lock() aria-keyshortcuts="Alt+L">
                    <Icon shape=Shape::Lock />
                    <span>{words::lock}</span>
                    <kbd aria-hidden="true">"Alt L"</kbd>
                </button>
            </header>
            <div class="screen">
                <main id="main" tabindex="-1" node_ref=main>
                    {move || pages::page_for(session.role.get(), session.route.get())}
                </main>
                <SaveBarRoom />
            </div>
            <div class="said" role="status">
                <Newer />
                <SaidInPassing />
            </div>
            {match session.role.get_untracked() {
                Role::Coordinator => view! { <Places /> }.into_any(),
                Role::Mairie => view! { <PlacesOfMairie /> }.into_any(),
                Role::Caller { .. } => view! { <PlacesOfCaller /> }.into_any(),
                Role::Tablet { .. } => view! { <PlacesOfTablet /> }.into_any(),
                Role::Agent { .. } => view! { <PlacesOfAgent /> }.into_any(),
            }}
        </div>
        // What is found names people: it is not on the page while the screen is discreet.
        <Show when=move || own && !discreet::is_on()>
            <Search />
        </Show>
    }
}

/// The search, and the discreet screen: while it is on, only the way out of it.
#[component]
fn Tools() -> impl IntoView {
    view! {
        <Show
            when=discreet::is_on
            fallback=move || {
                view! {
                    <button
                        type="button"
                        class="tool"
                        on:click=move |_| session().searching.set(true)
                        aria-keyshortcuts="Control+K"
                    >
                        <Icon shape=Shape::Search />
                        <span>{words::search}</span>
                        <kbd aria-hidden="true">"Ctrl K"</kbd>
                    </button>
                    <button type="button" class="tool" on:click=|_| discreet::begin() aria-keyshortcuts="F2">
                        <Icon shape=Shape::Eye />
                        <span>{words::discreet}</span>
                        <kbd aria-hidden="true">"F2"</kbd>
                    </button>
                }
            }
        >
            <button type="button" class="tool leave-discreet" on:click=|_| discreet::leave()>
                <Icon shape=Shape::Eye />
                <span>{words::leave_discreet}</span>
            </button>
        </Show>
    }
}

#[component]
fn Places() -> impl IntoView {
    view! {
        <section class="noting" aria-label=words::note>
            <a class="note-bar" href=Route::Note(NoteStart::default()).href() aria-keyshortcuts="Alt+N">
                <Icon shape=Shape::Pen />
                <span>{words::note}</span>
                <kbd aria-hidden="true">"Alt N"</kbd>
            </a>
            <a class="note-bar ask-bar" href=Route::Care(CareRoute::New(None)).href() aria-keyshortcuts="Alt+D">
                <Icon shape=Shape::Request />
                <span>{words::request}</span>
                <kbd aria-hidden="true">"Alt D"</kbd>
            </a>
        </section>
        <nav class="places" aria-label=words::places>
            <Place to=Route::Today shape=Shape::Day label=words::today />
            <Place to=Route::People shape=Shape::People label=words::people />
            <Place to=Route::Directory(DirectoryRoute::List) shape=Shape::Book label=words::directory />
            <Place to=Route::More shape=Shape::More label=words::more />
        </nav>
    }
}

/// The two places of a mairie's notebook.
#[component]
fn PlacesOfMairie() -> impl IntoView {
    view! {
        <nav class="places" aria-label=words::places>
            <Place to=Route::Today shape=Shape::Book label=mairie::title />
            <Place to=Route::More shape=Shape::More label=words::more />
        </nav>
    }
}

/// The two places of a notebook that was lent to a caller.
#[component]
fn PlacesOfCaller() -> impl IntoView {
    view! {
        <nav class="places" aria-label=words::places>
            <Place to=Route::Today shape=Shape::Phone label=caller::calls />
            <Place to=Route::HandBack shape=Shape::Letter label=caller::hand_back />
        </nav>
    }
}

/// The two places of a notebook that was lent to a tablet.
#[component]
fn PlacesOfTablet() -> impl IntoView {
    view! {
        <nav class="places" aria-label=words::places>
            <Place to=Route::Today shape=Shape::Book label=surveys::survey />
            <Place to=Route::HandBack shape=Shape::Letter label=caller::hand_back />
        </nav>
    }
}

/// The four places of a copy of the register.
#[component]
fn PlacesOfAgent() -> impl IntoView {
    view! {
        <nav class="places" aria-label=words::places>
            <Place to=Route::Today shape=Shape::Day label=words::today />
            <Place to=Route::Register(RegisterRoute::List) shape=Shape::Book label=register_copy::register />
            <Place to=Route::Campaign(CampaignRoute::List) shape=Shape::Phone label=caller::calls />
            <Place to=Route::HandBack shape=Shape::Letter label=caller::hand_back />
        </nav>
    }
}

#[component]
fn Place(to: Route, shape: Shape, label: Word) -> impl IntoView {
    let href = to.href();
    let current = move || {
        session().route.with(|here| {
            if *here == to {
                Some("page")
            } else if place_of(here) == to {
                Some("true")
            } else {
                None
            }
        })
    };
    view! {
        <a href=href aria-current=current>
            <Icon shape=shape />
            <span>{label}</span>
        </a>
    }
}

/// The place that a screen belongs to.
fn place_of(route: &Route) -> Route {
    match route {
        // Whatever else is asked for shows a mairie's home.
        Route::More | Route::Settings | Route::Backup | Route::Passphrase | Route::Help | Route::About => Route::More,
        _ if session().is_a_mairies() => Route::Today,
        Route::HandBack => Route::HandBack,
        // In a copy of the register they are places of their own.
        Route::Campaign(_) if !session().is_own() => Route::Campaign(CampaignRoute::List),
        Route::Register(_) if !session().is_own() => Route::Register(RegisterRoute::List),
        Route::Drafts if !session().is_own() => Route::Today,
        Route::Campaign(_) | Route::Collective(_) | Route::Practice(_) => Route::More,
        Route::Today
        | Route::Alert(_)
        | Route::Care(_)
        | Route::Rounds(_)
        | Route::Reception
        | Route::Note(_)
        | Route::Plan(_)
        | Route::FollowUp(_) => Route::Today,
        Route::People
        | Route::ImportPeople
        | Route::NewPerson
        | Route::Person(_)
        | Route::EditPerson(_)
        | Route::Consents(_)
        | Route::GiveConsent(_)
        | Route::Emergency(_)
        | Route::Assess(_)
        | Route::Same(..)
        | Route::Household(_)
        | Route::Data(_)
        | Route::CopyPerson(_)
        | Route::Project(_)
        | Route::Stay(_)
        | Route::Meeting(_)
        | Route::Encounter(_)
        | Route::EditEncounter(_) => Route::People,
        Route::Directory(_) => Route::Directory(DirectoryRoute::List),
        Route::Register(_)
        | Route::Lists
        | Route::List(_)
        | Route::Drafts
        | Route::Addresses
        | Route::Writes
        | Route::Reads
        | Route::Retention
        | Route::Summary(_)
        | Route::Exchanges
        | Route::Devices
        | Route::Neighbours
        | Route::Neighbour(_)
        | Route::ReceivedCopy(..)
        | Route::Groups(_)
        | Route::Events(_)
        | Route::Surveys(_)
        | Route::Programme(_)
        | Route::Procedures(_)
        | Route::Sheets(_)
        | Route::Diagnosis(_)
        | Route::Application(_)
        | Route::Outreach(_)
        | Route::Information(_)
        | Route::Means(_)
        | Route::Charter(_)
        | Route::Roadmap(_)
        | Route::OwnCard
        | Route::EditOwnCard => Route::More,
    }
}
