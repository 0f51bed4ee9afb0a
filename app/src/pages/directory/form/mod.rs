//! An entry of the directory, to fill or to change. Only the differences are sent, and nothing typed is lost.

mod draft;
mod fields;
mod workplace;

use leptos::prelude::*;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::api::responses::EntryRow;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::directory::{DirectoryEntry, EntryKind};
use maillon_shared::domain::ids::EntryId;

use crate::browser;
use crate::door::answer;
use crate::drafts;
use crate::routes::{DirectoryRoute, Route};
use crate::session::session;
use crate::ui::{FormFrame, Opened, Problem, Save, load_once, when_loaded};
use crate::words::{entry_form as w, form as f, language, note};

use draft::{fields_of_new, fields_since, lay, named, settled};
use fields::EntryFields;

/// The form's code among the drafts.
const DRAFT: &str = "entry";
/// The id of the field that a name is missing from.
const NAME: &str = "name";

/// What the form is opened with, and the structures where someone may work.
type OpenedEntry = (Opened<DirectoryEntry>, Vec<EntryRow>);

/// A new entry.
#[component]
pub fn NewEntryPage(kind: EntryKind) -> impl IntoView {
    let loaded = load_once(move || {
        // What it is compared with is blank, so that a name typed in the search is kept as typed here.
        let blank = DirectoryEntry::empty(EntryId(browser::random_id()), kind.clone());
        async move {
            let structures = structures(blank.id).await?;
            let mut opened = Opened::find(drafts::key(DRAFT, ""), blank, lay).await;
            // A draft left here comes first: beginning anew would write over it.
            let typed = std::mem::take(&mut *session().name_typed.write_untracked());
            if opened.draft.is_none() {
                opened.first = named(opened.first, &typed);
            }
            Ok((opened, structures))
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
        let entry = answer!(Request::Entry(id), Entry(file) => file.entry)?;
        let structures = structures(id).await?;
        Ok((Opened::find(drafts::key(DRAFT, id), entry, lay).await, structures))
    });
    view! {
        {when_loaded(loaded, move |opened| view! { <Form opened=opened.get_untracked() is_new=false /> })}
    }
}

/// Nobody works at themselves.
async fn structures(except: EntryId) -> Result<Vec<EntryRow>, Failure> {
    let rows = answer!(Request::Directory, Directory(rows) => rows)?;
    Ok(rows.into_iter().filter(|row| row.kind == EntryKind::Structure && row.id != except).collect())
}

#[component]
fn Form(opened: OpenedEntry, is_new: bool) -> impl IntoView {
    let (opened, structures) = opened;
    let base = opened.before.clone();
    let id = base.id;
    let save = move |form: &DirectoryEntry, draft: DraftKey| {
        let entry = settled(form, language());
        if entry.display_name().is_empty() {
            return Err(vec![Problem { field: NAME.into(), words: w::needs_name().into() }]);
        }
        let draft = Some(draft);
        let request = match is_new {
            true => {
                let kind = entry.kind.clone();
                let blank = DirectoryEntry::empty(id, kind.clone());
                Request::CreateEntry { id, kind, changes: blank.changes_to(&entry), draft }
            }
            false => Request::EditEntry { id, changes: base.changes_to(&entry), draft },
        };
        Ok(Save { request, then: Route::Directory(DirectoryRoute::Entry(id)) })
    };
    view! {
        <FormFrame
            title=if is_new { w::title_new } else { w::title_edit }
            way_back=Route::Directory(if is_new { DirectoryRoute::List } else { DirectoryRoute::Entry(id) })
            class="sheet"
            opened=opened
            fields=if is_new { fields_of_new } else { fields_since }
            forget=if is_new { note::start_again } else { f::draft_forget }
            save=save
            draw=|form, problems| view! { <EntryFields form=form problems=problems structures=structures /> }
        />
    }
}
