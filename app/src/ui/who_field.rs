//! Whom something is about: one tap for those seen last, a few letters for the others, a name on the spot for someone
//! new.

use leptos::prelude::*;
use maillon_shared::api::responses::{Hit, HitTarget, PersonRow};
use maillon_shared::api::triage::TriageWrite;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{PersonId, ProvisionalId};
use maillon_shared::domain::person::{PersonChange, PersonField};
use maillon_shared::domain::provisional::Provisional;
use wasm_bindgen_futures::spawn_local;

use super::failure_note::FailureNote;
use super::icon::{Icon, Shape};
use crate::browser;
use crate::door::answer;
use crate::session::write;
use crate::words::{Word, in_a_row, who as w};

/// How many of those seen last are offered.
const RECENT: usize = 6;
/// How many are found at most.
const FOUND: u16 = 8;

/// Whom something is about.
#[component]
pub fn WhoField(
    /// What is asked.
    legend: Word,
    /// Everyone.
    people: Vec<PersonRow>,
    /// Who is chosen now.
    #[prop(into)]
    person: Signal<Option<PersonId>>,
    /// What happens when another is.
    set: Callback<Option<PersonId>>,
    /// Whether nobody is an answer already given.
    #[prop(optional)]
    settled: bool,
) -> impl IntoView {
    let created = RwSignal::new(None::<(PersonId, String)>);
    let choosing = RwSignal::new(person.get_untracked().is_none() && !settled);
    let names = StoredValue::new(people);
    let name = move || {
        let id = person.get()?;
        let known = names.with_value(|people| people.iter().find(|row| row.id == id).map(|row| row.name.clone()));
        known.or_else(|| created.get().filter(|(made, _)| *made == id).map(|(_, name)| name))
    };
    let choose = Callback::new(move |id: Option<PersonId>| {
        set.run(id);
        choosing.set(false);
        browser::focus_soon("change-who");
    });
    view! {
        <fieldset class="who-field" id="who">
            <legend>{legend}</legend>
            <Show when=move || !choosing.get()>
                <div class="card chosen">
                    <strong>{move || name().unwrap_or_else(|| w::nobody().to_owned())}</strong>
                    <button type="button" class="quiet" id="change-who" on:click=move |_| choosing.set(true)>
                        {w::change}
                    </button>
                </div>
            </Show>
            <Show when=move || choosing.get()>
                <Choosing names=names created=created choose=choose />
            </Show>
        </fieldset>
    }
}

#[component]
fn Choosing(
    names: StoredValue<Vec<PersonRow>>,
    created: RwSignal<Option<(PersonId, String)>>,
    choose: Callback<Option<PersonId>>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<(PersonId, String, String)>::new());
    let today = browser::today();
    let failure = RwSignal::new(None::<Failure>);
    let recent = names.with_value(|people| {
        let mut people = people.clone();
        people.sort_by_key(|row| std::cmp::Reverse(row.last_contact));
        people.truncate(RECENT);
        people
    });
    let asked = StoredValue::new(0u32);
    Effect::new(move |_| {
        let text = typed.get();
        asked.update_value(|asked| *asked += 1);
        let mine = asked.get_value();
        if text.trim().is_empty() {
            found.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let hits = answer!(Request::Search { text, limit: FOUND }, Found(hits) => hits);
            let person = |hit: Hit| match hit.target {
                HitTarget::Person(id) => Some((id, hit.title, hit.detail)),
                HitTarget::Provisional(id, _) => Some((id, hit.title, in_a_row([w::reported(), &hit.detail]))),
                _ => None,
            };
            if asked.try_get_value() == Some(mine) {
                found.set(hits.unwrap_or_default().into_iter().filter_map(person).collect());
            }
        });
    });
    let create = move |_| {
        let name = typed.get_untracked().trim().to_owned();
        let id = PersonId(browser::random_id());
        let (given, family) =
            name.split_once(' ').map_or((name.as_str(), ""), |(given, family)| (given, family.trim()));
        let changes = [(PersonField::GivenName, given), (PersonField::FamilyName, family)];
        let changes = changes.into_iter().filter(|(_, text)| !text.is_empty());
        let changes = changes.map(|(field, text)| PersonChange::Text(field, text.to_owned())).collect();
        spawn_local(async move {
            match write(Request::CreatePerson { id, changes, draft: None }).await {
                Ok(_) => {
                    created.try_set(Some((id, name)));
                    choose.try_run(Some(id));
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    // Someone else spoke of them: they are in no list until they are informed.
    let report = move |_| {
        let name = typed.get_untracked().trim().to_owned();
        let id = PersonId(browser::random_id());
        let mut record = Provisional::empty(ProvisionalId(browser::random_id()), id, today);
        let (given, family) =
            name.split_once(' ').map_or((name.as_str(), ""), |(given, family)| (given, family.trim()));
        (record.given_name, record.family_name) = (given.to_owned(), family.to_owned());
        let write_it = TriageWrite::Report { record: Box::new(record), draft: None };
        spawn_local(async move {
            match write(Request::WriteTriage(Box::new(write_it))).await {
                Ok(()) => {
                    created.try_set(Some((id, name)));
                    choose.try_run(Some(id));
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let row = move |(id, name, place): (PersonId, String, String)| {
        view! {
            <li>
                <button type="button" on:click=move |_| choose.run(Some(id))>
                    <span class="who">{name}</span>
                    <span class="detail">{place}</span>
                </button>
            </li>
        }
    };
    let is_typed = move || typed.with(|typed| !typed.trim().is_empty());
    view! {
        <div class="field">
            <label for="who-name">{w::label}</label>
            <input
                id="who-name"
                type="text"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || typed.get()
                on:input:target=move |event| typed.set(event.target().value())
                on:keydown=move |event| {
                    // Enter takes the first one found rather than saving a note about nobody.
                    if event.key() == "Enter" {
                        event.prevent_default();
                        if let Some((id, ..)) = found.with_untracked(|found| found.first().cloned()) {
                            choose.run(Some(id));
                        }
                    }
                }
            />
        </div>
        <FailureNote failure=failure />
        <ul class="people-found" aria-label=w::found hidden=move || !is_typed()>
            {move || found.get().into_iter().map(row).collect_view()}
            <li>
                <button type="button" on:click=create>
                    <Icon shape=Shape::Plus />
                    <span>{move || typed.with(|typed| w::create(typed.trim()))}</span>
                </button>
            </li>
            <li>
                <button type="button" on:click=report>
                    <Icon shape=Shape::Request />
                    <span>{move || typed.with(|typed| w::report(typed.trim()))}</span>
                </button>
            </li>
        </ul>
        <div class="recent" hidden=is_typed>
            <ul class="people-found" aria-label=w::recent>
                {recent.into_iter().map(|one| row((one.id, one.name, one.place))).collect_view()}
            </ul>
            <button type="button" class="quiet" on:click=move |_| choose.run(None)>
                {w::nobody}
            </button>
        </div>
    }
}
