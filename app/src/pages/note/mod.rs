//! What just happened, written down: with whom, how, in which words, and what it opens. The shortest way in is the
//! point: a home visit with a next contact and a request takes fewer than eight taps beside the typing.
//! What comes again is one tap: those met last, the last places, the usual durations.

mod accomplishes;
mod fields;
pub mod form;
mod next;
mod place;

use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::PersonRow;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::encounter::{Encounter, EncounterKind};
use maillon_shared::domain::follow_up::{FollowUp, FollowUpKind};
use maillon_shared::domain::ids::{EncounterId, FollowUpId, RoundId};

use crate::browser;
use crate::door::answer;
use crate::drafts;
use crate::routes::{AlertRoute, AlertStart, DirectoryRoute, NoteStart, RoundRoute, Route};
use crate::ui::{FormFrame, Opened, Problem, Save, WhoField, load_once, when_loaded};
use crate::words::note as w;

pub use fields::EncounterFields;

use accomplishes::Accomplishes;
use form::{NoteForm, NoteProblem};
use next::WhatItOpens;

/// A note.
#[component]
pub fn NotePage(start: NoteStart) -> impl IntoView {
    let round = start.round;
    let loaded = load_once(move || open(start.clone()));
    when_loaded(loaded, move |opened| view! { <Note opened=opened.get_untracked() round=round /> })
}

async fn open(start: NoteStart) -> Result<(Opened<NoteForm>, Vec<PersonRow>), Failure> {
    let people = answer!(Request::People, People(rows) => rows)?;
    let mut encounter = Encounter::empty(EncounterId(browser::random_id()), start.person, browser::today());
    encounter.with_entry = start.entry;
    if let Some(id) = start.completes {
        let follow_up = answer!(Request::FollowUp(id), FollowUp(file) => file.follow_up)?;
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
    let key = match (start.person, start.entry) {
        (None, Some(entry)) => drafts::key(DraftKey::NOTE_WITH_ENTRY, entry),
        (person, _) => drafts::key("note", person.map(|id| id.to_string()).unwrap_or_default()),
    };
    Ok((Opened::find(key, form, NoteForm::lay).await, people))
}

/// The way in which a follow-up is most often accomplished.
fn kind_for(follow_up: &FollowUp) -> EncounterKind {
    match follow_up.kind {
        FollowUpKind::Call | FollowUpKind::Answer => EncounterKind::CallOut,
        _ => EncounterKind::HomeVisit,
    }
}

#[component]
fn Note(
    opened: (Opened<NoteForm>, Vec<PersonRow>),
    /// The round it is a stop of, to which one goes back.
    round: Option<RoundId>,
) -> impl IntoView {
    let (opened, people) = opened;
    let then = move |form: &NoteForm| match round {
        // The alert goes on where the note ends: about the same person, and from these words.
        _ if form.alert => {
            let (person, from) = (form.encounter.person, Some(form.encounter.id));
            Route::Alert(AlertRoute::New(AlertStart { person, from }))
        }
        Some(round) => Route::Rounds(RoundRoute::One(round)),
        None => after(form),
    };
    let way_back = then(&opened.before);
    // With someone of the directory, nobody else need be chosen.
    let is_settled = opened.before.encounter.with_entry.is_some();
    let is_draft = opened.draft.is_some();
    let draw = move |form: RwSignal<NoteForm>, problems: RwSignal<Vec<Problem>>| {
        let person = Signal::derive(move || form.with(|form| form.encounter.person));
        let set_person = Callback::new(move |person| form.update(|form| form.encounter.person = person));
        view! {
            <WhoField legend=w::who people=people person=person set=set_person settled=is_settled />
            <Accomplishes form=form is_draft=is_draft />
            <EncounterFields form=form problems=problems />
            <WhatItOpens form=form problems=problems />
        }
    };
    view! {
        <FormFrame
            title=w::title
            way_back=way_back
            class="note"
            opened=opened
            fields=|before, now| now.fields_since(before)
            forget=w::start_again
            save=move |form: &NoteForm, draft| save(form, draft, then(form))
            draw=draw
        />
    }
}

/// The screen that a note leads to: of whom it is about.
fn after(form: &NoteForm) -> Route {
    let entry = form.encounter.with_entry.map(|id| Route::Directory(DirectoryRoute::Entry(id)));
    form.encounter.person.map(Route::Person).or(entry).unwrap_or(Route::Today)
}

fn save(form: &NoteForm, draft: DraftKey, then: Route) -> Result<Save, Vec<Problem>> {
    let today = browser::today();
    let found = form.problems(today);
    if !found.is_empty() {
        return Err(found.into_iter().map(problem).collect());
    }
    Ok(Save { request: Request::RecordEncounter(Box::new(form.to_record(today, draft))), then })
}

/// What is to be mended, in words, and the field where.
pub fn problem(problem: NoteProblem) -> Problem {
    let (field, words) = match problem {
        NoteProblem::Tomorrow => ("day", w::day_to_come()),
        NoteProblem::NextPast => ("next", w::next_past()),
        NoteProblem::EmptyPromise => ("promises", w::promise_empty()),
    };
    Problem { field: field.into(), words: words.into() }
}
