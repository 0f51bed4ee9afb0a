//! The letter that acknowledges a request, or tells of a transmission: to print, sign and send.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::register::RegisterWrite;
use maillon_shared::domain::ids::RegisterEntryId;
use maillon_shared::domain::register::{RegisterEntry, RegisterOrigin};
use wasm_bindgen_futures::spawn_local;

use super::words::address_lines;
use crate::door::answer;
use crate::routes::{self, RegisterRoute, Route};
use crate::session::{Said, session, write};
use crate::ui::{Back, OnPaper, Paper, PrintButton, Title, load_once, when_loaded};
use crate::words::register as w;
use crate::{browser, when};

/// The letter.
#[component]
pub fn LetterPage(id: RegisterEntryId) -> impl IntoView {
    let loaded =
        load_once(move || async move { answer!(Request::RegisterEntry(id), RegisterEntry(file) => file.entry) });
    let today = browser::today();
    let sent = move |_| {
        spawn_local(async move {
            match write(Request::WriteRegister(Box::new(RegisterWrite::Acknowledge { id, on: today }))).await {
                Ok(_) => routes::go_instead(&Route::Register(RegisterRoute::Entry(id))),
                Err(why) => session().said.set(Some(Said::Failed(why))),
            }
        });
    };
    view! {
        <Back to=Route::Register(RegisterRoute::Entry(id)) label=w::entry />
        <div class="unprinted">
            <Title>{w::letter}</Title>
            <p class="detail">{w::letter_lead}</p>
        </div>
        {when_loaded(
            loaded,
            move |entry| {
                let entry = entry.get_untracked();
                let is_due = entry.acknowledgement_due().is_some();
                view! {
                    <p class="acts letter-acts">
                        <PrintButton label=w::print class="main" />
                        <button type="button" hidden=!is_due on:click=sent>{w::letter_sent}</button>
                    </p>
                    <OnPaper paper=Paper::SpeaksForItself />
                    <Letter entry=entry />
                }
            },
        )}
    }
}

/// To whom it goes, what was asked, what they may do.
#[component]
fn Letter(entry: RegisterEntry) -> impl IntoView {
    let today = browser::today();
    let settings = session().settings;
    let name = entry.display_name();
    let (to_them, transmitted) = (is_for_them(&entry), entry.origin.is_transmitted());
    let addressee = match to_them {
        true => [vec![name.clone()], address_lines(&entry.address)].concat(),
        false => vec![entry.requester.trim().to_owned()],
    };
    // What is not known is left to be written by hand.
    let blanks = (!to_them || entry.address.is_empty()).then(|| {
        view! {
            <p class="blank"></p>
            <p class="blank"></p>
        }
    });
    // A day that nobody knows is not said.
    let on = entry.requested.map(|day| format!(" ({})", when::whole_date(day))).unwrap_or_default();
    let body = {
        let name = name.clone();
        move || match (transmitted, to_them) {
            (true, _) => w::letter_transmitted(on.clone()),
            (false, true) => w::letter_asked(on.clone()),
            (false, false) => w::letter_asked_for(name.clone(), on.clone()),
        }
    };
    let rights = if to_them { w::letter_rights } else { w::letter_rights_of };
    view! {
        <article class="letter">
            <p class="from">
                {move || match settings.with(|settings| settings.commune.clone()) {
                    commune if commune.is_empty() => w::letter_from_nowhere().to_owned(),
                    commune => w::letter_from(commune),
                }}
            </p>
            <div class="to">
                {addressee.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()} {blanks}
            </div>
            <p class="dated">
                {move || {
                    let day = when::whole_date(today);
                    match settings.with(|settings| settings.commune.clone()) {
                        commune if commune.is_empty() => when::capital(day),
                        commune => w::letter_dated(commune, day),
                    }
                }}
            </p>
            <p class="subject">{if transmitted { w::letter_subject_told } else { w::letter_subject }}</p>
            <p>{w::letter_hello}</p>
            <p>{body}</p>
            <p>{w::letter_what_for}</p>
            <p>{rights}</p>
            <p>{move || transmitted.then(w::letter_opposition)}</p>
            <p>{w::letter_closing}</p>
            <p class="signature">{w::letter_signature}</p>
            <p class="detail">
                {move || {
                    let (name, title) = settings.with(|one| (one.coordinator.clone(), one.title.clone()));
                    (!name.trim().is_empty()).then(|| w::letter_contact(crate::words::in_a_row([name, title])))
                }}
            </p>
        </article>
    }
}

/// Whether the letter goes to the person, and not to whoever asked for them.
fn is_for_them(entry: &RegisterEntry) -> bool {
    let other = matches!(entry.origin, RegisterOrigin::ThirdParty | RegisterOrigin::Representative);
    !other || entry.requester.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_goes_to_whoever_asked() {
        let mut entry = RegisterEntry::empty(RegisterEntryId([1; 16]));
        assert!(is_for_them(&entry));
        entry.origin = RegisterOrigin::ThirdParty;
        assert!(is_for_them(&entry), "nobody is named: the person is told all the same");
        entry.requester = "Nadine Escarvenc".into();
        assert!(!is_for_them(&entry));
        entry.origin = RegisterOrigin::Department;
        assert!(is_for_them(&entry));
    }
}
