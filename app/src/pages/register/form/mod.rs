//! An entry of the register, to fill or to change: in the order of the conversation, and with the law's fields only.

mod draft;
mod fields;
mod notify;

use leptos::prelude::*;
use maillon_shared::api::register::{RegisterRow, RegisterWrite};
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::{PersonId, RegisterEntryId};
use maillon_shared::domain::register::RegisterEntry;
use maillon_shared::text::fold::same;

use crate::browser;
use crate::door::answer;
use crate::drafts;
use crate::routes::{RegisterRoute, Route};
use crate::ui::{FormFrame, Opened, Problem, Save, load_once, when_loaded};
use crate::words::{form as f, note, register as w, sheet};

use draft::{EntryForm, EntryProblem, of_person};
use fields::EntryFields;

/// The form's code among the drafts.
const DRAFT: &str = "register";
/// The same, begun from a sheet: it is erased with that person.
const DRAFT_FROM: &str = "register_from";

/// Someone to enter, perhaps with what a sheet of the notebook says of them.
#[component]
pub fn NewPage(from: Option<PersonId>) -> impl IntoView {
    let loaded = load_once(move || async move {
        let rows = answer!(Request::Register, Register(list) => list.rows)?;
        let mut blank = RegisterEntry::empty(RegisterEntryId(browser::random_id()));
        blank.requested = Some(browser::today());
        let key = from.map_or_else(|| drafts::key(DRAFT, ""), |person| drafts::key(DRAFT_FROM, person));
        let mut opened = Opened::find(key, EntryForm::of(blank), EntryForm::lay).await;
        if let (Some(person), None) = (from, &opened.draft) {
            let person = answer!(Request::Person(person), Person(file) => file.person)?;
            opened.first = of_person(opened.first, &person, browser::random_id);
        }
        Ok::<_, Failure>((opened, rows))
    });
    when_loaded(loaded, move |opened| {
        let (opened, rows) = opened.get_untracked();
        view! { <Form opened=opened rows=rows from=from is_new=true /> }
    })
}

/// An entry that is there.
#[component]
pub fn EditPage(id: RegisterEntryId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let entry = answer!(Request::RegisterEntry(id), RegisterEntry(file) => file.entry)?;
        Ok(Opened::find(drafts::key(DRAFT, id), EntryForm::of(entry), EntryForm::lay).await)
    });
    when_loaded(loaded, |opened| {
        view! { <Form opened=opened.get_untracked() rows=Vec::new() from=None is_new=false /> }
    })
}

#[component]
fn Form(opened: Opened<EntryForm>, rows: Vec<RegisterRow>, from: Option<PersonId>, is_new: bool) -> impl IntoView {
    let base = opened.before.entry.clone();
    let id = base.id;
    let then = Route::Register(RegisterRoute::Entry(id));
    let way_back = match (is_new, from) {
        (true, Some(person)) => Route::Person(person),
        (true, None) => Route::Register(RegisterRoute::List),
        (false, _) => then.clone(),
    };
    let save = move |form: &EntryForm, draft: DraftKey| {
        let entry = form.entry(browser::today()).map_err(|found| found.into_iter().map(problem).collect::<Vec<_>>())?;
        let draft = Some(draft);
        let write = match is_new {
            true => {
                let changes = RegisterEntry::empty(id).changes_to(&entry);
                RegisterWrite::Create { id, changes, from, draft }
            }
            false => RegisterWrite::Edit { id, changes: base.changes_to(&entry), draft },
        };
        Ok(Save { request: Request::WriteRegister(Box::new(write)), then: then.clone() })
    };
    view! {
        <FormFrame
            title=if is_new { w::new_title } else { w::edit_title }
            way_back=way_back
            class="sheet"
            opened=opened
            fields=|before, now| now.fields_since(before)
            forget=if is_new { note::start_again } else { f::draft_forget }
            save=save
            draw=move |form, problems| {
                view! {
                    {is_new.then(|| view! { <Known form=form rows=rows /> })}
                    <EntryFields form=form problems=problems />
                }
            }
        />
    }
}

fn problem(problem: EntryProblem) -> Problem {
    let (field, words) = match problem {
        EntryProblem::NoName => ("family-name", w::needs_name()),
        EntryProblem::Birth => ("birth", sheet::needs_birth()),
        EntryProblem::TooEarly => ("requested", w::too_early()),
        EntryProblem::NoRequester => ("requester", w::needs_requester()),
    };
    Problem { field: field.into(), words: words.into() }
}

/// Whoever of that name is on an entry already: nobody is entered twice unawares.
#[component]
fn Known(form: RwSignal<EntryForm>, rows: Vec<RegisterRow>) -> impl IntoView {
    let rows = StoredValue::new(rows);
    let found = Memo::new(move |_| {
        let name = form.with(|form| form.entry.display_name());
        if name.trim().is_empty() {
            return Vec::new();
        }
        rows.with_value(|rows| rows.iter().filter(|row| same(&row.name, &name)).cloned().collect::<Vec<_>>())
    });
    move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            let line = |row: RegisterRow| {
                let name = crate::words::in_a_row([row.name.as_str(), row.place.as_str()]);
                view! { <li><a href=Route::Register(RegisterRoute::Entry(row.id)).href()>{name}</a></li> }
            };
            view! {
                <div class="state-note" role="status">
                    <p>{w::already_in}</p>
                    <ul>{found.into_iter().map(line).collect_view()}</ul>
                </div>
            }
        })
    }
}
