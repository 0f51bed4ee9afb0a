//! An entry of the directory, found by a few letters as search finds them; where words are taken too, they stay words.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{Hit, HitTarget};
use maillon_shared::domain::ids::EntryId;
use wasm_bindgen_futures::spawn_local;

use super::binding::Text;
use crate::browser;
use crate::door::answer;
use crate::words::{Word, common, entry_form as w};

/// How many are asked for: people are found too, and left out.
const ASKED: u16 = 30;
/// How many are offered at most.
const OFFERED: usize = 6;

/// An entry of the directory.
#[component]
pub fn EntryField(
    /// The field's id in the page.
    #[prop(into)]
    id: String,
    /// What to write there.
    label: Word,
    /// What helps to fill it.
    hint: Word,
    /// Which is chosen now.
    #[prop(into)]
    entry: Signal<Option<EntryId>>,
    /// What happens when another is.
    set: Callback<Option<EntryId>>,
    /// The words kept where no entry is chosen; without it, what is typed only searches.
    #[prop(optional)]
    words: Option<Text>,
) -> impl IntoView {
    let own = RwSignal::new(String::new());
    let text = words.unwrap_or_else(|| Text::of(own));
    let name = RwSignal::new(String::new());
    Effect::new(move |_| {
        let Some(chosen) = entry.get() else { return };
        spawn_local(async move {
            let named = answer!(Request::Entry(chosen), Entry(file) => file.entry.display_name());
            name.try_set(named.unwrap_or_default());
        });
    });
    let offers = RwSignal::new(Vec::<(EntryId, String, String)>::new());
    let asked = StoredValue::new(0u32);
    let look = move |typed: String| {
        asked.update_value(|asked| *asked += 1);
        let mine = asked.get_value();
        if typed.trim().is_empty() {
            offers.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let hits = answer!(Request::Search { text: typed, limit: ASKED }, Found(hits) => hits);
            let found =
                hits.unwrap_or_default().into_iter().filter_map(|Hit { target, title, detail, .. }| match target {
                    HitTarget::Entry(id, _) => Some((id, title, detail)),
                    _ => None,
                });
            if asked.try_get_value() == Some(mine) {
                offers.try_set(found.take(OFFERED).collect());
            }
        });
    };
    let (change_id, field_id) = (format!("{id}-change"), id.clone());
    let focused = change_id.clone();
    let choose = Callback::new(move |chosen: EntryId| {
        offers.set(Vec::new());
        text.set.run(String::new());
        set.run(Some(chosen));
        browser::focus_soon(focused.clone());
    });
    let change = move |_| {
        set.run(None);
        browser::focus_soon(field_id.clone());
    };
    let offer = move |(id, name, place): (EntryId, String, String)| {
        view! {
            <li>
                <button type="button" on:click=move |_| choose.run(id)>
                    <span class="who">{name}</span>
                    <span class="detail">{place}</span>
                </button>
            </li>
        }
    };
    let (label_id, hint_id) = (format!("{id}-name"), format!("{id}-hint"));
    let labelled = label_id.clone();
    view! {
        <div
            class="field chosen-structure"
            role="group"
            aria-labelledby=labelled
            hidden=move || entry.get().is_none()
        >
            <p class="label" id=label_id>{label}</p>
            <div class="card">
                <strong>{move || name.get()}</strong>
                <button type="button" class="quiet" id=change_id on:click=change>{w::works_at_change}</button>
            </div>
        </div>
        <div class="field" hidden=move || entry.get().is_some()>
            <label for=id.clone()>{label} <span class="optional">" "{common::optional}</span></label>
            <p class="hint" id=hint_id.clone()>{hint}</p>
            <input
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=hint_id
                prop:value=move || text.value.get()
                on:input:target=move |event| {
                    let typed = event.target().value();
                    text.set.run(typed.clone());
                    look(typed);
                }
            />
            <ul class="people-found" aria-label=w::offered hidden=move || offers.with(Vec::is_empty)>
                {move || offers.get().into_iter().map(offer).collect_view()}
            </ul>
            <p class="unseen" role="status">
                {move || offers.with(|offers| (!offers.is_empty()).then(|| w::offered_count(offers.len() as u32)))}
            </p>
        </div>
    }
}
