//! An entry of the directory, to fill or to change. Only the differences are sent, and nothing typed is lost.

mod draft;
mod fields;
mod workplace;

use leptos::prelude::*;
use maillon_shared::api::requests::{Draft, DraftKey};
use maillon_shared::api::responses::EntryRow;
use maillon_shared::api::{Failure, Request, Response};
use maillon_shared::domain::directory::{DirectoryEntry, EntryKind};
use maillon_shared::domain::ids::EntryId;
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::drafts::{self, Fields};
use crate::routes::{self, DirectoryRoute, Route};
use crate::session::{session, write};
use crate::ui::{Back, ErrorSummary, FORM, FailureNote, Problem, SaveBar, Title, load_once, when_loaded};
use crate::words::{entry_form as w, form as f, language};
use crate::{browser, when};

use draft::{fields_of_new, fields_since, lay, named, settled};
use fields::EntryFields;

/// The form's code among the drafts.
const DRAFT: &str = "entry";
/// The id of the field that a name is missing from.
const NAME: &str = "name";

/// What a form is opened with.
#[derive(Clone, PartialEq)]
struct Opened {
    entry: DirectoryEntry,
    /// The structures where someone may work.
    structures: Vec<EntryRow>,
    draft: Option<Draft>,
}

/// A new entry.
#[component]
pub fn NewEntryPage(kind: EntryKind) -> impl IntoView {
    let loaded = load_once(move || {
        let blank = DirectoryEntry::empty(EntryId(browser::random_id()), kind.clone());
        async move {
            let structures = structures(blank.id).await?;
            let draft = drafts::find(&drafts::key(DRAFT, "")).await;
            // A draft left here comes first: beginning anew would write over it.
            let typed = std::mem::take(&mut *session().name_typed.write_untracked());
            let entry = if draft.is_some() { blank } else { named(blank, &typed) };
            Ok(Opened { entry, structures, draft })
        }
    });
    view! {
        {when_loaded(loaded, move |opened| view! { <Form opened=opened.get_untracked() is_new=true /> })}
    }
}

/// An entry that is there.
#[component]
pub fn EditEntryPage(id: EntryId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let entry = answer!(Request::Entry(id), Response::Entry(file) => file.entry)?;
        let structures = structures(id).await?;
        let draft = drafts::find(&drafts::key(DRAFT, id)).await;
        Ok(Opened { entry, structures, draft })
    });
    view! {
        {when_loaded(loaded, move |opened| view! { <Form opened=opened.get_untracked() is_new=false /> })}
    }
}

/// Nobody works at themselves.
async fn structures(except: EntryId) -> Result<Vec<EntryRow>, Failure> {
    let rows = answer!(Request::Directory, Response::Directory(rows) => rows)?;
    Ok(rows.into_iter().filter(|row| row.kind == EntryKind::Structure && row.id != except).collect())
}

#[component]
fn Form(opened: Opened, is_new: bool) -> impl IntoView {
    let Opened { entry, structures, draft } = opened;
    let id = entry.id;
    // What a new entry is compared with is blank, so that a name typed in the search is kept as typed here.
    let before = if is_new { DirectoryEntry::empty(id, entry.kind.clone()) } else { entry.clone() };
    let mut first = entry;
    if let Some(draft) = &draft {
        lay(&mut first, &Fields::read(&draft.content));
    }
    let form = RwSignal::new(first);
    let anew = RwSignal::new(0u32);
    let problems = RwSignal::new(Vec::<Problem>::new());
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);

    let compared = before.clone();
    let keeper = drafts::keep(draft_key(is_new, id), draft.as_ref(), move || {
        form.with(|now| if is_new { fields_of_new(&compared, now) } else { fields_since(&compared, now) })
    });

    let base = before.clone();
    let save = move || {
        if busy.get_untracked() {
            return;
        }
        let entry = form.with_untracked(|entry| settled(entry, language()));
        if entry.display_name().is_empty() {
            problems.set(vec![Problem { field: NAME.into(), words: w::needs_name().into() }]);
            return;
        }
        problems.set(Vec::new());
        failure.set(None);
        busy.set(true);
        let saving = keeper.begin_save();
        let draft = Some(saving.key());
        let request = match is_new {
            true => {
                let kind = entry.kind.clone();
                let blank = DirectoryEntry::empty(id, kind.clone());
                Request::CreateEntry { id, kind, changes: blank.changes_to(&entry), draft }
            }
            false => Request::EditEntry { id, changes: base.changes_to(&entry), draft },
        };
        spawn_local(async move {
            match write(request).await {
                Ok(_) => {
                    if saving.done() {
                        routes::go_instead(&Route::Directory(DirectoryRoute::Entry(id)));
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
        let forget = move |_| {
            form.set(before.clone());
            anew.update(|anew| *anew += 1);
        };
        view! {
            <div class="draft-note">
                <p>{move || f::draft_found(when::instant(at, browser::today()))}</p>
                <button type="button" class="quiet" on:click=forget>{f::draft_forget}</button>
            </div>
        }
    });
    let way_back = if is_new { DirectoryRoute::List } else { DirectoryRoute::Entry(id) };
    view! {
        <Back to=Route::Directory(way_back) label=f::leave />
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
            <EntryFields form=form problems=problems structures=structures anew=anew />
            <SaveBar label=f::save busy=busy />
        </form>
    }
}

fn draft_key(is_new: bool, id: EntryId) -> DraftKey {
    if is_new { drafts::key(DRAFT, "") } else { drafts::key(DRAFT, id) }
}
