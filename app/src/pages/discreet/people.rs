//! Everyone, by initials.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::domain::ids::PersonId;

use crate::discreet::initials;
use crate::door::answer;
use crate::routes::Route;
use crate::ui::{Title, load, when_loaded};
use crate::words::{discreet as w, people};

/// Everyone who is contacted, in the order of their names.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let loaded = load(|| async {
        let rows = answer!(Request::People, People(rows) => rows)?;
        let loud = rows.into_iter().filter(|row| row.state.silence().is_none());
        Ok(loud.map(|row| (row.id, initials(&row.name))).collect::<Vec<_>>())
    });
    view! {
        <Title>{people::title}</Title>
        <p class="detail">{w::lead}</p>
        {when_loaded(loaded, |people| view! { <People people=people /> })}
    }
}

#[component]
fn People(people: RwSignal<Vec<(PersonId, String)>>) -> impl IntoView {
    let row = |(id, initials): (PersonId, String)| {
        view! {
            <li>
                <a class="row-link" href=Route::Person(id).href()>
                    <span class="who">{initials}</span>
                </a>
            </li>
        }
    };
    view! {
        <p class="empty" hidden=move || people.with(|people| !people.is_empty())>{people::nobody_yet}</p>
        <ul class="rows">{move || people.get().into_iter().map(row).collect_view()}</ul>
    }
}
