//! A person's sheet, to fill or to change: in the order of a conversation at the door.

mod fields;
mod form;
mod lines;

use leptos::prelude::*;
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::person::Person;
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{self, Route};
use crate::session::{session, write};
use crate::ui::{Back, ErrorSummary, FORM, FailureNote, Problem, SaveBar, Title, load_once, when_loaded};
use crate::words::{form as f, note, sheet as w};
use crate::{browser, when};

pub use fields::{silence_words, state_words};

use fields::SheetFields;
use form::{SheetForm, SheetProblem};

/// What a form is opened with.
#[derive(Clone, PartialEq)]
struct Opened {
    person: Person,
    draft: Option<Draft>,
}

/// Someone new.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    let loaded = load_once(move || async move {
        let draft = drafts::find(&drafts::key("person", "")).await;
        let mut person = Person::empty(PersonId(browser::random_id()));
        // "Odette Marchais", typed in the search: given name, then family name. Someone else's sheet left half filled
        // comes first all the same: its words must not be lost to a name.
        let typed = std::mem::take(&mut *session().name_typed.write_untracked());
        let (given, family) = typed.trim().split_once(' ').unwrap_or((typed.trim(), ""));
        if draft.is_none() {
            person.given_name = given.to_owned();
            person.family_name = family.trim().to_owned();
        }
        Ok::<_, Failure>(Opened { person, draft })
    });
    view! {
        {when_loaded(loaded, move |opened| view! { <Sheet opened=opened.get_untracked() is_new=true /> })}
    }
}

/// Someone known.
#[component]
pub fn EditPersonPage(id: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let person = answer!(Request::Person(id), Response::Person(file) => file.person)?;
        let draft = drafts::find(&drafts::key("person", id)).await;
        Ok(Opened { person, draft })
    });
    view! {
        {when_loaded(loaded, move |opened| view! { <Sheet opened=opened.get_untracked() is_new=false /> })}
    }
}

#[component]
fn Sheet(opened: Opened, is_new: bool) -> impl IntoView {
    let Opened { person, draft } = opened;
    let id = person.id;
    // What a new sheet is compared with is blank, so that a name typed in the search is kept as typed here.
    let before = SheetForm::of(if is_new { Person::empty(id) } else { person.clone() });
    let base = before.person.clone();
    let mut first = SheetForm::of(person);
    if let Some(draft) = &draft {
        first.lay(&Fields::read(&draft.content));
    }
    let form = RwSignal::new(first);
    let problems = RwSignal::new(Vec::<Problem>::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);

    let key = draft_key(is_new, id);
    let compared = before.clone();
    let keeper = drafts::keep(key, draft.as_ref(), move || form.with(|form| form.fields_since(&compared)));

    let save = move || {
        if busy.get_untracked() {
            return;
        }
        let sheet = match form.with_untracked(SheetForm::sheet) {
            Ok(sheet) => sheet,
            Err(found) => {
                problems.set(found.into_iter().map(problem).collect());
                return;
            }
        };
        problems.set(Vec::new());
        failure.set(None);
        busy.set(true);
        let changes = base.changes_to(&sheet);
        let saving = keeper.begin_save();
        let draft = Some(saving.key());
        let request = match is_new {
            true => Request::CreatePerson { id, changes, draft },
            false => Request::EditPerson { id, changes, draft },
        };
        spawn_local(async move {
            match write(request).await {
                Ok(_) => {
                    if saving.done() {
                        routes::go_instead(&Route::Person(id));
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
    let save = StoredValue::new_local(save);
    let again = draft.map(|draft| {
        let at = draft.at;
        let forget = move |_| form.set(before.clone());
        view! {
            <div class="draft-note">
                <p>{move || f::draft_found(when::instant(at, browser::today()))}</p>
                <button type="button" class="quiet" on:click=forget>{move || if is_new { note::start_again() } else { f::draft_forget() }}</button>
            </div>
        }
    });
    let way_back = if is_new { Route::People } else { Route::Person(id) };
    view! {
        <Back to=way_back label=f::leave />
        <Title>{move || if is_new { w::title_new() } else { w::title_edit() }}</Title>
        {again}
        <form
            id=FORM
            inert=move || busy.get()
            class="sheet"
            on:submit=move |event| {
                event.prevent_default();
                save.with_value(|save| save());
            }
        >
            <ErrorSummary problems=problems />
            <FailureNote failure=failure retry=Callback::new(move |()| save.with_value(|save| save())) />
            <SheetFields form=form problems=problems />
            <SaveBar label=f::save busy=busy />
        </form>
    }
}

fn draft_key(is_new: bool, id: PersonId) -> DraftKey {
    if is_new { drafts::key("person", "") } else { drafts::key("person", id) }
}

fn problem(problem: SheetProblem) -> Problem {
    let (field, words) = match problem {
        SheetProblem::NoName => ("given-name", w::needs_name()),
        SheetProblem::Birth => ("birth", w::needs_birth()),
        SheetProblem::NoUntil => ("until-date", w::needs_until()),
    };
    Problem { field: field.into(), words: words.into() }
}
