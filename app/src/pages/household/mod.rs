//! With whom someone lives: on their sheet, and the form that adds someone.

mod form;
mod join;

pub use join::JoinPage;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::households::HouseholdWrite;
use maillon_shared::api::responses::PersonFile;
use maillon_shared::domain::household::Housemate;
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::person::PersonState;

use crate::pages::sheet::state_words;
use crate::routes::Route;
use crate::session::write_soon;
use crate::words::{household as w, in_a_row};

/// The household, on a person's page.
#[component]
pub fn HouseholdCard(file: RwSignal<PersonFile>) -> impl IntoView {
    let id = file.with_untracked(|file| file.person.id);
    let household = Memo::new(move |_| file.with(|file| file.household.clone()));
    let has_address = Memo::new(move |_| file.with(|file| !file.person.address.is_empty()));
    let also = move || {
        let also = household.with(|household| household.also.join(", "));
        (!also.is_empty()).then(|| view! { <p class="detail">{w::also(also)}</p> })
    };
    let mourning = move || {
        household.with(|household| household.mourning).then(|| {
            view! {
                <p>{w::mourning}</p>
                <p class="acts">
                    <a class="button" href=Route::Assess(id).href()>
                        {w::look}
                    </a>
                </p>
            }
        })
    };
    let leaves = move |_| write_soon(Request::WriteHousehold(Box::new(HouseholdWrite::Leave(id))));
    let lives_alone = move || household.with(|household| household.mates.is_empty());
    view! {
        <section class="card household">
            <h2>{w::title}</h2>
            {mourning}
            <ul class="rows" hidden=lives_alone>
                {move || {
                    let has_address = has_address.get();
                    let mates = household.with(|household| household.mates.clone());
                    mates.into_iter().map(|mate| row(id, mate, has_address)).collect_view()
                }}
            </ul>
            {also}
            <p class="acts">
                <a class="button" href=Route::Household(id).href()>
                    {move || if lives_alone() { w::add() } else { w::add_other() }}
                </a>
                <button type="button" class="quiet" hidden=lives_alone on:click=leaves>
                    {w::leave}
                </button>
            </p>
        </section>
    }
}

/// Someone who lives there: one tap from their sheet, and the address offered where it is another.
fn row(of: PersonId, mate: Housemate, has_address: bool) -> impl IntoView {
    let Housemate { id, name, state, place, same_address } = mate;
    let state_said = if state == PersonState::Followed { String::new() } else { state_words(&state) };
    let place = if same_address { String::new() } else { place };
    let other = if same_address { "" } else { w::other_address() };
    // Whoever moved away, or died, is not moved along.
    let goes_along = has_address && !same_address && !matches!(state, PersonState::Moved | PersonState::Deceased);
    let along = goes_along.then(|| {
        let write = HouseholdWrite::SameAddress { of, people: vec![id] };
        let label = w::same_address_for(&name);
        view! {
            <span class="acts">
                <button
                    type="button"
                    on:click=move |_| write_soon(Request::WriteHousehold(Box::new(write.clone())))
                >
                    {label}
                </button>
            </span>
        }
    });
    view! {
        <li>
            <span class="row-head">
                <a class="who" href=Route::Person(id).href()>
                    {name}
                </a>
            </span>
            <span class="why">{in_a_row([state_said.as_str(), other, &place])}</span>
            {along}
        </li>
    }
}
