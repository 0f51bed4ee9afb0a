//! Fields that two people wrote at once: every version, without alarm; keep one or write another.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{Conflict, EntryFile};
use maillon_shared::domain::contact::PhoneField;
use maillon_shared::domain::directory::{EntryChange, EntryField, EntryKind};

use super::key::{entry_id, line_id};
use super::known::value_words;
use crate::pages::directory::words::field_words;
use crate::routes::{DirectoryRoute, Route};
use crate::session::write_soon;
use crate::words::{entry as w, person as p};

/// The versions of each field, if any has several.
#[component]
pub fn Conflicts(file: RwSignal<EntryFile>) -> impl IntoView {
    move || {
        let conflicts = file.with(|file| file.conflicts.clone());
        let id = file.with_untracked(|file| file.entry.id);
        let edit = Route::Directory(DirectoryRoute::Edit(id)).href();
        (!conflicts.is_empty()).then(|| {
            view! {
                <section class="card versions">
                    <h2>{p::versions}</h2>
                    <p>{p::versions_why}</p>
                    {conflicts.into_iter().map(|conflict| versions(file, &conflict)).collect_view()}
                    <p class="acts">
                        <a class="button" href=edit>{w::versions_other}</a>
                    </p>
                </section>
            }
        })
    }
}

/// One field, and a button for each of its versions.
fn versions(file: RwSignal<EntryFile>, conflict: &Conflict) -> impl IntoView + use<> {
    let id = file.with_untracked(|file| file.entry.id);
    let field = conflict.field.clone();
    let version = |value: &String| {
        let words = file.with_untracked(|file| value_words(file, &field, value));
        let keep = move || if words.is_empty() { w::versions_empty().to_owned() } else { w::versions_choose(&words) };
        change(&field, value).map(|change| {
            let keep_it = move |_| {
                write_soon(Request::EditEntry { id, changes: vec![change.clone()], draft: None });
            };
            view! { <button type="button" on:click=keep_it>{keep}</button> }
        })
    };
    view! {
        <h3>{field_words(&field)}</h3>
        <div class="acts">{conflict.values.iter().map(version).collect_view()}</div>
    }
}

/// What to write so that a field says this and nothing else; nothing for what a newer version wrote.
fn change(path: &str, value: &str) -> Option<EntryChange> {
    let parts: Vec<&str> = path.split('.').collect();
    match parts[..] {
        ["kind"] => Some(EntryChange::Kind(EntryKind::from_code(value))),
        ["works_at"] if value.is_empty() => Some(EntryChange::WorksAt(None)),
        ["works_at"] => entry_id(value).map(|id| EntryChange::WorksAt(Some(id))),
        ["checked_on"] if value.is_empty() => Some(EntryChange::CheckedOn(None)),
        ["checked_on"] => value.parse().ok().map(|day| EntryChange::CheckedOn(Some(day))),
        ["phones", id, field] => {
            let (id, field) = (line_id(id)?, PhoneField::from_code(field)?);
            Some(EntryChange::Phone(id, field, value.to_owned()))
        }
        [code] => EntryField::from_code(code).map(|field| EntryChange::Text(field, value.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maillon_shared::domain::ids::LineId;

    #[test]
    fn keeping_a_version_writes_that_field_alone() {
        let (key, line) = ("AAECAwQFBgcICQoLDA0ODw", LineId([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]));
        for (path, value, expected) in [
            ("hours".to_owned(), "9 h", Some(EntryChange::Text(EntryField::Hours, "9 h".into()))),
            ("kind".to_owned(), "relay", Some(EntryChange::Kind(EntryKind::Relay))),
            ("works_at".to_owned(), "", Some(EntryChange::WorksAt(None))),
            ("works_at".to_owned(), "not an id", None),
            (format!("phones.{key}.number"), "15", Some(EntryChange::Phone(line, PhoneField::Number, "15".into()))),
            ("newer".to_owned(), "x", None),
        ] {
            assert_eq!(change(&path, value), expected, "{path}");
        }
    }
}
