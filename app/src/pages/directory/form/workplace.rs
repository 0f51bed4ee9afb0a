//! Where someone works: a structure of the directory, or its name in words when it has no entry.

use leptos::prelude::*;
use maillon_shared::api::responses::EntryRow;
use maillon_shared::domain::directory::DirectoryEntry;
use maillon_shared::domain::ids::EntryId;
use maillon_shared::text::fold::{fold, words};

use crate::browser;
use crate::words::{common, entry_field as f, entry_form as w};

/// How many structures are offered at most.
const OFFERED: usize = 6;
const INPUT: &str = "workplace";
const CHANGE: &str = "workplace-change";

/// A structure, and what it is found by.
struct Structure {
    id: EntryId,
    name: String,
    place: String,
    folded: String,
}

/// Where someone works.
#[component]
pub fn WorkplaceField(form: RwSignal<DirectoryEntry>, structures: Vec<EntryRow>) -> impl IntoView {
    let structures = structures.into_iter().map(|row| {
        let folded = fold(&format!("{} {}", row.name, row.place));
        Structure { id: row.id, name: row.name, place: row.place, folded }
    });
    let structures = StoredValue::new(structures.collect::<Vec<_>>());
    let works_at = Memo::new(move |_| form.with(|entry| entry.works_at));
    let typed = Memo::new(move |_| form.with(|entry| entry.workplace.clone()));
    // Only while one types: a name kept from before is not a question.
    let asking = RwSignal::new(false);
    let offers = Memo::new(move |_| {
        let offered = asking.get() && !typed.with(|typed| typed.trim().is_empty());
        let find = |typed: &String| structures.with_value(|structures| find(structures, typed));
        if offered { typed.with(find) } else { Vec::new() }
    });
    let name = move |id: EntryId| {
        let name = |structures: &Vec<Structure>| structures.iter().find(|one| one.id == id).map(|one| one.name.clone());
        structures.with_value(name).unwrap_or_default()
    };
    let choose = move |id: EntryId| {
        asking.set(false);
        form.update(|entry| {
            entry.works_at = Some(id);
            entry.workplace.clear();
        });
        browser::focus_soon(CHANGE);
    };
    let change = move |_| {
        form.update(|entry| entry.works_at = None);
        browser::focus_soon(INPUT);
    };
    let offer = move |(id, name, place): (EntryId, String, String)| {
        view! {
            <li>
                <button type="button" on:click=move |_| choose(id)>
                    <span class="who">{name}</span>
                    <span class="detail">{place}</span>
                </button>
            </li>
        }
    };
    let chosen = move || {
        works_at.get().map(|id| {
            view! {
                <div class="field chosen-structure" role="group" aria-labelledby="workplace-name">
                    <p class="label" id="workplace-name">{f::works_at}</p>
                    <div class="card">
                        <strong>{name(id)}</strong>
                        <button type="button" class="quiet" id=CHANGE on:click=change>{w::works_at_change}</button>
                    </div>
                </div>
            }
        })
    };
    view! {
        {chosen}
        <div class="field" hidden=move || works_at.get().is_some()>
            <label for=INPUT>{f::works_at} <span class="optional">" "{common::optional}</span></label>
            <p class="hint" id="workplace-hint">{w::works_at_hint}</p>
            <input
                id=INPUT
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="workplace-hint"
                prop:value=move || typed.get()
                on:input:target=move |event| {
                    asking.set(true);
                    form.update(|entry| entry.workplace = event.target().value());
                }
            />
            <ul class="people-found" aria-label=w::works_at_offered hidden=move || offers.with(Vec::is_empty)>
                {move || offers.get().into_iter().map(offer).collect_view()}
            </ul>
            <p class="unseen" role="status">
                {move || offers.with(|offers| (!offers.is_empty()).then(|| w::works_at_count(offers.len() as u32)))}
            </p>
        </div>
    }
}

fn find(structures: &[Structure], typed: &str) -> Vec<(EntryId, String, String)> {
    let typed = fold(typed);
    let fits = |one: &&Structure| words(&typed).all(|word| words(&one.folded).any(|known| known.starts_with(word)));
    let found = structures.iter().filter(fits).take(OFFERED);
    found.map(|one| (one.id, one.name.clone(), one.place.clone())).collect()
}
