//! An encounter to mend. With whom it was does not change: noted with the wrong person, it is withdrawn and noted again.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::ids::{EncounterId, FollowUpId};

use crate::browser;
use crate::door::answer;
use crate::drafts;
use crate::pages::note::form::NoteForm;
use crate::pages::note::{EncounterFields, problem};
use crate::routes::Route;
use crate::ui::{FormFrame, Opened, Save, load_once, when_loaded};
use crate::words::{encounter as w, form as f};

/// An encounter to mend.
#[component]
pub fn EditEncounterPage(id: EncounterId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = answer!(Request::Encounter(id), Encounter(file) => *file)?;
        let mut form = NoteForm::of(file.encounter, FollowUpId(browser::random_id()));
        form.unshared = file.unshared_note;
        Ok(Opened::find(drafts::key("encounter", id), form, NoteForm::lay).await)
    });
    when_loaded(loaded, |opened| view! { <Edit opened=opened.get_untracked() /> })
}

#[component]
fn Edit(opened: Opened<NoteForm>) -> impl IntoView {
    let before = opened.before.clone();
    let id = before.encounter.id;
    let save = move |form: &NoteForm, draft: DraftKey| {
        let found = form.problems(browser::today());
        if !found.is_empty() {
            return Err(found.into_iter().map(problem).collect());
        }
        let unshared_note = (form.unshared != before.unshared).then(|| form.unshared.clone());
        let changes = before.encounter.changes_to(&form.encounter);
        let request = Request::EditEncounter { id, changes, unshared_note, draft: Some(draft) };
        Ok(Save { request, then: Route::Encounter(id) })
    };
    view! {
        <FormFrame
            title=w::edit_title
            way_back=Route::Encounter(id)
            class="note"
            opened=opened
            fields=|before, now| now.fields_since(before)
            forget=f::draft_forget
            save=save
            draw=|form, problems| {
                view! {
                    <EncounterFields form=form problems=problems />
                    <Withdrawn form=form />
                }
            }
        />
    }
}

#[component]
fn Withdrawn(form: RwSignal<NoteForm>) -> impl IntoView {
    view! {
        <label class="check" for="withdrawn">
            <input
                type="checkbox"
                id="withdrawn"
                prop:checked=move || form.with(|form| form.encounter.withdrawn)
                on:change:target=move |event| {
                    let withdrawn = event.target().checked();
                    form.update(|form| form.encounter.withdrawn = withdrawn);
                }
            />
            <span>{w::withdraw}</span>
        </label>
    }
}
