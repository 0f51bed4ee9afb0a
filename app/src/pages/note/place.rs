//! Where it was: one tap for the last places.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::domain::ids::PersonId;
use wasm_bindgen_futures::spawn_local;

use super::form::NoteForm;
use crate::door::answer;
use crate::ui::{Chips, Choice};
use crate::words::note as w;

/// The last places, where there are any; any other is typed further down.
#[component]
pub fn LastPlaces(form: RwSignal<NoteForm>) -> impl IntoView {
    let places = RwSignal::new(Vec::<String>::new());
    let person = Memo::new(move |_| form.with(|form| form.encounter.person));
    Effect::new(move |asked: Option<Option<PersonId>>| {
        let person = person.get();
        if asked != Some(person) {
            spawn_local(async move {
                let found = answer!(Request::LastPlaces(person), Places(places) => places);
                places.try_set(found.unwrap_or_default());
            });
        }
        person
    });
    let choices = Signal::derive(move || {
        let known = places.get().into_iter().enumerate().map(|(at, place)| Choice::new(at.to_string(), place));
        known.chain([Choice::new("", w::usual_place())]).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let place = form.with(|form| form.encounter.place.clone());
        match places.with(|places| places.iter().position(|known| *known == place)) {
            Some(at) => at.to_string(),
            None if place.is_empty() => String::new(),
            // Another place was typed: none of these is chosen.
            None => "typed".into(),
        }
    });
    let choose = Callback::new(move |code: String| {
        let place = code.parse().ok().and_then(|at: usize| places.with_untracked(|places| places.get(at).cloned()));
        form.update(|form| form.encounter.place = place.unwrap_or_default());
    });
    view! {
        <Show when=move || !places.with(Vec::is_empty)>
            <Chips name="last-place" legend=|| w::place() choices=choices chosen=chosen choose=choose />
        </Show>
    }
}
