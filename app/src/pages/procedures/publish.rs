//! What is being written becomes a version: who publishes it, and what changed.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::procedures::ProcedureWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::ids::{LineId, ProcedureId};

use super::ask_one;
use super::steps::problem;
use crate::browser;
use crate::drafts::{self, Fields};
use crate::routes::{ProcedureRoute, Route};
use crate::ui::{FormFrame, Opened, Problem, Save, Text, TextArea, TextField, load_once, when_loaded};
use crate::words::{note, procedures as w};

/// The form's code among the drafts.
const FORM: &str = DraftKey::PUBLISH_PROCEDURE;

#[derive(Clone, PartialEq)]
struct Published {
    by: String,
    changed: String,
}

fn fields_since(opened: &Published, form: &Published) -> Fields {
    let said = |form: &Published| [("by", form.by.clone()), ("changed", form.changed.clone())];
    Fields::that_differ(said(opened), said(form))
}

fn lay(form: &mut Published, fields: &Fields) {
    for (name, value) in fields.iter() {
        match name {
            "by" => form.by = value.to_owned(),
            "changed" => form.changed = value.to_owned(),
            _ => {}
        }
    }
}

/// What is being written, to publish.
#[component]
pub fn PublishPage(id: ProcedureId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let file = ask_one(id).await?;
        let form = Published { by: String::new(), changed: String::new() };
        let opened = Opened::find(drafts::key(FORM, id), form, lay).await;
        Ok((opened, file.procedure.next_number()))
    });
    let there = Route::Procedures(ProcedureRoute::One(id));
    // Asked twice, it is published once.
    let version = LineId(browser::random_id());
    when_loaded(loaded, move |found| {
        let (opened, number) = found.get_untracked();
        let then = there.clone();
        let save = move |form: &Published, draft: DraftKey| {
            let mut problems = Vec::new();
            let mut needs = |text: &str, field: &str, words: &str| {
                if text.trim().is_empty() {
                    problems.push(Problem { field: field.into(), words: words.into() });
                }
            };
            needs(&form.by, "by", w::needs_by());
            if number > 1 {
                needs(&form.changed, "changed", w::needs_changed());
            }
            if !problems.is_empty() {
                return Err(problems);
            }
            let (by, changed) = (form.by.clone(), form.changed.clone());
            let write = ProcedureWrite::Publish { id, version, by, changed, draft: Some(draft) };
            Ok(Save { request: Request::WriteProcedures(Box::new(write)), then: then.clone() })
        };
        let draw = move |form: RwSignal<Published>, problems: RwSignal<Vec<Problem>>| {
            let by = Text::within(form, |form: &Published| form.by.clone(), |form, text| form.by = text);
            let changed = Text::within(form, |form: &Published| form.changed.clone(), |form, text| form.changed = text);
            view! {
                <p>{w::publish_lead(number)}</p>
                <TextField id="by" label=w::by hint=w::by_hint text=by error=problem(problems, "by") />
                <TextArea
                    id="changed"
                    label=w::changed
                    optional={number == 1}
                    text=changed
                    error=problem(problems, "changed")
                />
            }
        };
        view! {
            <FormFrame
                title=w::publish
                way_back=there.clone()
                class="sheet"
                opened=opened
                fields=fields_since
                forget=note::start_again
                save=save
                draw=draw
            />
        }
    })
}
