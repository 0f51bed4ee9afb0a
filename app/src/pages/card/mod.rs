//! The coordinator's own card: read, printed on a sheet of A6, given as a file, or taken by a telephone from its square.

mod edit;

pub use edit::EditCardPage;

use leptos::prelude::*;
use maillon_shared::api::responses::OwnCard;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::settings::Settings;
use maillon_shared::text::phone::Phone;
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::routes::Route;
use crate::session::{Said, session};
use crate::ui::{Back, FailureNote, OnPaper, Paper, PrintButton, Title, load, square, when_loaded};
use crate::words::{card as w, in_a_row, more};

/// The coordinator's own card.
#[component]
pub fn CardPage() -> impl IntoView {
    let loaded = load(|| async {
        let settings = answer!(Request::Settings, Settings(settings) => *settings)?;
        let card = answer!(Request::OwnCard, OwnCard(card) => *card)?;
        Ok((settings, card))
    });
    view! {
        <div class="unprinted">
            <Back to=Route::More label=more::title />
            <div class="heading">
                <Title>{w::title}</Title>
                <a class="button" href=Route::EditOwnCard.href()>{w::edit}</a>
            </div>
            <p class="detail">{w::lead}</p>
        </div>
        {when_loaded(loaded, |card| view! { <Shown card=card /> })}
    }
}

#[component]
fn Shown(card: RwSignal<(Settings, OwnCard)>) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let save = move || {
        let file = card.with_untracked(|(_, card)| card.file.clone());
        failure.set(None);
        spawn_local(async move {
            match door::hand_over(file).await {
                Ok(place) => session().said.set(Some(Said::Handed(place))),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let no_number = move || card.with(|(settings, _)| settings.card_phone.trim().is_empty());
    view! {
        <p class="state-note unprinted" hidden=move || !no_number()>{w::no_number}</p>
        <OnPaper paper=Paper::SpeaksForItself />
        {move || card.with(|(settings, card)| drawn(settings, &card.square))}
        <FailureNote failure=failure retry=Callback::new(move |()| save()) />
        <div class="acts">
            <PrintButton label=w::print class="main" />
            <button type="button" on:click=move |_| save()>{w::save_file}</button>
        </div>
    }
}

/// The card as it is printed.
fn drawn(settings: &Settings, square: &str) -> impl IntoView + use<> {
    let or = |text: &str, usual: fn() -> &'static str| match text.trim() {
        "" => usual().to_owned(),
        text => text.to_owned(),
    };
    let name = settings.coordinator.trim().to_owned();
    let about = in_a_row([settings.title.as_str(), settings.commune.as_str()]);
    let phone = settings.card_phone.trim();
    let phone = (!phone.is_empty()).then(|| view! { <p class="number">{Phone::parse(phone).show()}</p> });
    let lines = [settings.card_email.trim(), settings.card_hours.trim(), settings.card_place.trim()];
    let lines = lines.into_iter().filter(|line| !line.is_empty()).map(|line| view! { <p>{line.to_owned()}</p> });
    let (does, does_not) = (or(&settings.card_does, w::usual_does), or(&settings.card_does_not, w::usual_does_not));
    let square = square::square(square).map(|svg| {
        view! {
            <div class="square">
                <div role="img" aria-label=w::square_is inner_html=svg></div>
                <p>{w::scan}</p>
            </div>
        }
    });
    view! {
        <article class="own-card">
            <div>
                <h2>{name}</h2>
                <p class="about">{about}</p>
                {phone}
                {lines.collect_view()}
            </div>
            {square}
            <div class="does">
                <h3>{w::does}</h3>
                <p>{does}</p>
                <h3>{w::does_not}</h3>
                <p>{does_not}</p>
            </div>
        </article>
    }
}
