//! An encounter to mend. With whom it was does not change: noted with the wrong person, it is withdrawn and noted again.

use leptos::prelude::*;
use maillon_shared::api::requests::Draft;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::ids::{EncounterId, FollowUpId};
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::pages::note::EncounterFields;
use crate::pages::note::form::NoteForm;
use crate::routes::{self, Route};
use crate::session::write;
use crate::ui::{Back, ErrorSummary, FORM, FailureNote, Problem, SaveBar, Title, load_once, when_loaded};
use crate::words::{encounter as w, form as f};
use crate::{browser, when};

/// What the form is opened with.
#[derive(Clone, PartialEq)]
struct Opened {
    form: NoteForm,
    draft: Option<Draft>,
}

/// An encounter to mend.
#[component]
pub fn EditEncounterPage(id: EncounterId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = answer!(Request::Encounter(id), Response::Encounter(file) => *file)?;
        let mut form = NoteForm::of(file.encounter, FollowUpId(browser::random_id()));
        form.unshared = file.unshared_note;
        let draft = drafts::find(&drafts::key("encounter", id)).await;
        Ok(Opened { form, draft })
    });
    when_loaded(loaded, |opened| view! { <Edit opened=opened.get_untracked() /> })
}

#[component]
fn Edit(opened: Opened) -> impl IntoView {
    let Opened { form: before, draft } = opened;
    let id = before.encounter.id;
    let mut first = before.clone();
    if let Some(draft) = &draft {
        first.lay(&Fields::read(&draft.content));
    }
    let form = RwSignal::new(first);
    let problems = RwSignal::new(Vec::<Problem>::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let compared = before.clone();
    let keeper = drafts::keep(drafts::key("encounter", id), draft.as_ref(), move || {
        form.with(|form| form.fields_since(&compared))
    });
    let opened = StoredValue::new(before.clone());
    let save = move || {
        if busy.get_untracked() {
            return;
        }
        let late = form.with_untracked(|form| form.encounter.day > browser::today());
        let problem = Problem { field: "day".into(), words: crate::words::note::day_to_come().into() };
        problems.set(if late { vec![problem] } else { Vec::new() });
        if late {
            return;
        }
        failure.set(None);
        busy.set(true);
        let (changes, unshared_note) = opened.with_value(|opened| {
            form.with_untracked(|form| {
                let note = (form.unshared != opened.unshared).then(|| form.unshared.clone());
                (opened.encounter.changes_to(&form.encounter), note)
            })
        });
        let saving = keeper.begin_save();
        let draft = Some(saving.key());
        spawn_local(async move {
            match write(Request::EditEncounter { id, changes, unshared_note, draft }).await {
                Ok(_) => {
                    if saving.done() {
                        routes::go_instead(&Route::Encounter(id));
                    }
                }
                Err(why) => {
                    saving.failed();
                    busy.set(false);
                    failure.set(Some(why));
                }
            }
        });
    };
    let found = draft.map(|draft| {
        let forget = move |_| form.set(before.clone());
        view! {
            <div class="draft-note">
                <p>{move || f::draft_found(when::instant(draft.at, browser::today()))}</p>
                <button type="button" class="quiet" on:click=forget>
                    {f::draft_forget}
                </button>
            </div>
        }
    });
    view! {
        <Back to=Route::Encounter(id) label=f::leave />
        <Title>{w::edit_title}</Title>
        {found}
        <form
            id=FORM
            inert=move || busy.get()
            class="note"
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <ErrorSummary problems=problems />
            <FailureNote failure=failure retry=Callback::new(move |()| save()) />
            <EncounterFields form=form problems=problems />
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
            <SaveBar label=f::save busy=busy />
        </form>
    }
}
