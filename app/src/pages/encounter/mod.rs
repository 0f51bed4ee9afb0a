//! One encounter, as it was noted; the unshared note stays folded until asked for.

mod edit;

pub use edit::EditEncounterPage;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::EncounterFile;
use maillon_shared::domain::encounter::EncounterResult;
use maillon_shared::domain::ids::EncounterId;
use maillon_shared::domain::lists::ListId;

use crate::browser;
use crate::door::answer;
use crate::lists::label;
use crate::routes::{AlertRoute, AlertStart, Route};
use crate::ui::{Back, Title, load, when_loaded};
use crate::when;
use crate::words::{alert, encounter as w, in_a_row, note};

/// One encounter.
#[component]
pub fn EncounterPage(id: EncounterId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::Encounter(id), Encounter(file) => *file) });
    when_loaded(loaded, |file| view! { <File file=file /> })
}

#[component]
fn File(file: RwSignal<EncounterFile>) -> impl IntoView {
    let today = browser::today();
    let (id, person) = file.with_untracked(|file| (file.encounter.id, file.encounter.person));
    let way_back = match person {
        Some(person) => view! { <Back to=Route::Person(person) label=w::back_to_person /> },
        None => view! { <Back to=Route::Today label=w::back_to_today /> },
    };
    let title = move || file.with(|file| label(ListId::EncounterKinds, file.encounter.kind.code()).to_owned());
    let about = move || {
        file.with(|file| {
            let encounter = &file.encounter;
            let day = when::capital(when::day(encounter.day, today));
            let day = match encounter.hour {
                Some(hour) => format!("{day}, {}", when::hour(hour)),
                None => day,
            };
            let result = (encounter.result != EncounterResult::Met)
                .then(|| label(ListId::EncounterResults, encounter.result.code()).to_lowercase());
            let minutes = encounter.duration_min.map(note::minutes);
            let name = Some(file.name.clone()).filter(|name| !name.is_empty());
            in_a_row([name, Some(day), result, minutes].into_iter().flatten())
        })
    };
    let known = move || {
        file.with(|file| {
            let encounter = &file.encounter;
            let known = [
                (w::words(), &encounter.words),
                (w::notes(), &encounter.notes),
                (w::with(), &encounter.with),
                (w::with_entry(), &file.entry_name),
                (w::place(), &encounter.place),
            ];
            let known = known.into_iter().filter(|(_, text)| !text.trim().is_empty());
            known.map(|(name, text)| view! { <dt>{name}</dt><dd>{text.clone()}</dd> }).collect_view()
        })
    };
    let has_unshared = move || file.with(|file| !file.unshared_note.trim().is_empty());
    view! {
        {way_back}
        <article class="encounter">
            <div class="heading">
                <div>
                    <Title>{title}</Title>
                    <p class="detail">{about}</p>
                </div>
                <a class="button" href=Route::EditEncounter(id).href()>
                    {w::edit}
                </a>
            </div>
            <p class="state-note" hidden=move || file.with(|file| !file.encounter.withdrawn)>{w::withdrawn}</p>
            <section class="card known">
                <dl>{known}</dl>
            </section>
            <p class="acts">
                <a class="button" href=Route::Alert(AlertRoute::New(AlertStart { person, from: Some(id) })).href()>
                    {alert::new}
                </a>
            </p>
            <Show when=has_unshared>
                <details class="unshared card">
                    <summary>{w::unshared}</summary>
                    <p class="notes">{move || file.with(|file| file.unshared_note.clone())}</p>
                    <p class="detail">{w::unshared_hint}</p>
                </details>
            </Show>
        </article>
    }
}
