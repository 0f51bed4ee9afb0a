//! What a document's fields said before, when and on which device; asked for, never shown at first.

use leptos::prelude::*;
use maillon_shared::api::responses::FieldHistory;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::DocId;
use wasm_bindgen_futures::spawn_local;

use super::failure_note::FailureNote;
use crate::door::answer;
use crate::words::person as w;
use crate::{browser, when};

/// What documents write of a line beside its words: where it stands, and that it was taken away.
const ORDER: &str = "order";
const REMOVED: &str = "removed";
/// Which other lines one was written under, or knew of.
const UNDER: &str = "under";
const KNEW: &str = "knew_";

/// Whether a field, by its path, says something: the place of a line among the others, and what it knew of them, are
/// nobody's words.
pub fn is_said(path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or_default();
    !(matches!(last, ORDER | UNDER) || last.starts_with(KNEW))
}

/// The history of a document, folded.
#[component]
pub fn FieldsHistory(
    /// The document.
    of: DocId,
    /// What a field's path, in codes, is called.
    name: fn(&str) -> String,
    /// What a field's value says, by the path and the value as it is written.
    value: impl Fn(&str, &str) -> String + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let values = RwSignal::new(None::<Vec<FieldHistory>>);
    let failure = RwSignal::new(None::<Failure>);
    let ask = move || {
        spawn_local(async move {
            match answer!(Request::History(of), History(values) => values) {
                Ok(found) => {
                    values.try_set(Some(found));
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let line = move |one: FieldHistory| {
        let part = one.field.rsplit('.').next().unwrap_or_default();
        let said = match (part, one.value.as_str()) {
            (REMOVED, _) | (_, "") => w::emptied().to_owned(),
            (_, written) => value(&one.field, written),
        };
        view! {
            <li>
                <span class="who">{name(&one.field)}</span>
                <span class="why">{said}</span>
                <span class="when">{w::written_at(when::instant(one.at, browser::today()), one.device)}</span>
            </li>
        }
    };
    let lines =
        move |values: Vec<FieldHistory>| values.into_iter().filter(|one| is_said(&one.field)).map(line).collect_view();
    view! {
        <details class="history" on:toggle=move |_| ask()>
            <summary>{w::history}</summary>
            <FailureNote failure=failure />
            <ul>{move || values.get().map(lines)}</ul>
        </details>
    }
}
