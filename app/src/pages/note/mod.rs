//! What just happened, written down: with whom, how, in which words, and what it opens. The shortest way in is the
//! point: a home visit with a next contact and a request takes fewer than eight taps beside the typing.

mod accomplishes;
mod fields;
pub mod form;
mod next;

use leptos::prelude::*;
use maillon_shared::api::requests::Draft;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::encounter::{Encounter, EncounterKind};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{EncounterId, FollowUpId};
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{self, NoteStart, Route};
use crate::session::write;
use crate::ui::{Back, ErrorSummary, FORM, FailureNote, Problem, SaveBar, Title, WhoField, load_once, when_loaded};
use crate::words::{form as f, note as w};
use crate::{browser, when};

pub use fields::EncounterFields;

use accomplishes::Accomplishes;
use form::{NoteForm, NoteProblem};
use next::WhatItOpens;

/// What a note is opened with.
#[derive(Clone, PartialEq)]
struct Opened {
    form: NoteForm,
    draft: Option<Draft>,
    people: Vec<PersonRow>,
}

/// A note.
#[component]
pub fn NotePage(start: NoteStart) -> impl IntoView {
    let loaded = load_once(move || open(start.clone()));
    when_loaded(loaded, |opened| view! { <Note opened=opened.get_untracked() /> })
}

async fn open(start: NoteStart) -> Result<Opened, Failure> {
    let people = answer!(Request::People, Response::People(rows) => rows)?;
    let mut encounter = Encounter::empty(EncounterId(browser::random_id()), start.person, browser::today());
    if let Some(id) = start.completes {
        let follow_up = answer!(Request::FollowUp(id), Response::FollowUp(file) => file.follow_up)?;
        encounter.kind = kind_for(&follow_up);
    }
    if let Some(kind) = start.kind {
        encounter.kind = kind;
    }
    if let Some(result) = start.result {
        encounter.result = result;
    }
    let mut form = NoteForm::of(encounter, FollowUpId(browser::random_id()));
    form.completes = start.completes;
    let subject = start.person.map(|id| id.to_string()).unwrap_or_default();
    let draft = drafts::find(&drafts::key("note", subject)).await;
    Ok(Opened { form, draft, people })
}

/// The way in which a follow-up is most often accomplished.
fn kind_for(follow_up: &FollowUp) -> EncounterKind {
    match follow_up.kind {
        FollowUpKind::Call | FollowUpKind::Answer => EncounterKind::CallOut,
        _ => EncounterKind::HomeVisit,
    }
}

#[component]
fn Note(opened: Opened) -> impl IntoView {
    let Opened { form: before, draft, people } = opened;
    let today = browser::today();
    let subject = before.encounter.person.map(|id| id.to_string()).unwrap_or_default();
    let way_back = before.encounter.person.map_or(Route::Today, Route::Person);
    let mut first = before.clone();
    if let Some(draft) = &draft {
        first.lay(&Fields::read(&draft.content));
    }
    let form = RwSignal::new(first);
    let problems = RwSignal::new(Vec::<Problem>::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let compared = before.clone();
    let keeper = drafts::keep(drafts::key("note", subject), draft.as_ref(), move || {
        form.with(|form| form.fields_since(&compared))
    });

    let save = move || {
        if busy.get_untracked() {
            return;
        }
        problems.set(form.with_untracked(|form| form.problems(today)).into_iter().map(problem).collect());
        if !problems.with_untracked(Vec::is_empty) {
            return;
        }
        failure.set(None);
        busy.set(true);
        let saving = keeper.begin_save();
        let draft = saving.key();
        let recorded = form.with_untracked(|form| form.to_record(today, draft));
        let after = recorded.encounter.person.map_or(Route::Today, Route::Person);
        spawn_local(async move {
            match write(Request::RecordEncounter(Box::new(recorded))).await {
                Ok(_) => {
                    if saving.done() {
                        routes::go_instead(&after);
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
    let is_draft = draft.is_some();
    let person = Signal::derive(move || form.with(|form| form.encounter.person));
    let set_person = Callback::new(move |person| form.update(|form| form.encounter.person = person));
    let found = draft.map(|draft| {
        let forget = move |_| form.set(before.clone());
        view! {
            <div class="draft-note">
                <p>{move || f::draft_found(when::instant(draft.at, today))}</p>
                <button type="button" class="quiet" on:click=forget>
                    {w::start_again}
                </button>
            </div>
        }
    });
    view! {
        <Back to=way_back label=f::leave />
        <Title>{w::title}</Title>
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
            <WhoField legend=w::who people=people person=person set=set_person />
            <Accomplishes form=form is_draft=is_draft />
            <EncounterFields form=form problems=problems />
            <WhatItOpens form=form problems=problems />
            <SaveBar label=f::save busy=busy />
        </form>
    }
}

fn problem(problem: NoteProblem) -> Problem {
    let (field, words) = match problem {
        NoteProblem::Tomorrow => ("day", w::day_to_come()),
        NoteProblem::NextPast => ("next", w::next_past()),
        NoteProblem::EmptyPromise => ("promises", w::promise_empty()),
    };
    Problem { field: field.into(), words: words.into() }
}
