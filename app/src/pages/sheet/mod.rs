//! A person's sheet, to fill or to change: in the order of a conversation at the door.

mod fields;
mod form;
mod relatives;
mod similar;

use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::person::Person;

use crate::browser;
use crate::door::answer;
use crate::drafts;
use crate::routes::Route;
use crate::session::session;
use crate::ui::{FormFrame, Opened, Problem, Save, load_once, when_loaded};
use crate::words::{form as f, note, sheet as w};

pub use fields::{silence_words, state_words};

use fields::SheetFields;
use form::{SheetForm, SheetProblem};
use similar::Similar;

/// Someone new.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    let loaded = load_once(move || async move {
        // What it is compared with is blank, so that a name typed in the search is kept as typed here.
        let blank = SheetForm::of(Person::empty(PersonId(browser::random_id())));
        let mut opened = Opened::find(drafts::key("person", ""), blank, SheetForm::lay).await;
        // "Odette Marchais", typed in the search: given name, then family name. Someone else's sheet left half filled
        // comes first all the same: its words must not be lost to a name.
        let typed = std::mem::take(&mut *session().name_typed.write_untracked());
        let (given, family) = typed.trim().split_once(' ').unwrap_or((typed.trim(), ""));
        if opened.draft.is_none() {
            opened.first.person.given_name = given.to_owned();
            opened.first.person.family_name = family.trim().to_owned();
        }
        Ok::<_, Failure>(opened)
    });
    view! {
        {when_loaded(loaded, move |opened| view! { <Sheet opened=opened.get_untracked() is_new=true /> })}
    }
}

/// Someone known.
#[component]
pub fn EditPersonPage(id: PersonId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let person = answer!(Request::Person(id), Person(file) => file.person)?;
        Ok(Opened::find(drafts::key("person", id), SheetForm::of(person), SheetForm::lay).await)
    });
    view! {
        {when_loaded(loaded, move |opened| view! { <Sheet opened=opened.get_untracked() is_new=false /> })}
    }
}

#[component]
fn Sheet(opened: Opened<SheetForm>, is_new: bool) -> impl IntoView {
    let base = opened.before.person.clone();
    let id = base.id;
    let save = move |form: &SheetForm, draft: DraftKey| {
        let sheet = form.sheet().map_err(|found| found.into_iter().map(problem).collect::<Vec<_>>())?;
        let (changes, draft) = (base.changes_to(&sheet), Some(draft));
        let request = match is_new {
            true => Request::CreatePerson { id, changes, draft },
            false => Request::EditPerson { id, changes, draft },
        };
        Ok(Save { request, then: Route::Person(id) })
    };
    view! {
        <FormFrame
            title=if is_new { w::title_new } else { w::title_edit }
            way_back=if is_new { Route::People } else { Route::Person(id) }
            class="sheet"
            opened=opened
            fields=|before, now| now.fields_since(before)
            forget=if is_new { note::start_again } else { f::draft_forget }
            save=save
            draw=move |form, problems| {
                view! {
                    {is_new.then(|| view! { <Similar form=form /> })}
                    <SheetFields form=form problems=problems />
                }
            }
        />
    }
}

fn problem(problem: SheetProblem) -> Problem {
    let (field, words) = match problem {
        SheetProblem::NoName => ("given-name", w::needs_name()),
        SheetProblem::Birth => ("birth", w::needs_birth()),
        SheetProblem::NoUntil => ("until-date", w::needs_until()),
    };
    Problem { field: field.into(), words: words.into() }
}
