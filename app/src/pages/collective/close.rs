//! A project to close: with what was learnt, without which the next ones begin at nothing.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::collective::CollectiveWrite;
use maillon_shared::api::requests::DraftKey;
use maillon_shared::domain::clues::WrittenFor;
use maillon_shared::domain::ids::CollectiveId;

use super::ask_project;
use crate::drafts::{self, Fields};
use crate::routes::{CollectiveRoute, Route};
use crate::ui::error_summary::problem_of;
use crate::ui::{CluesFound, FormFrame, Opened, Problem, Save, Text, TextArea, load_once, when_loaded};
use crate::words::{collective as w, form as f};

/// The form's code among the drafts.
const FORM: &str = "close-project";
const LEARNT: &str = "learnt";

/// A project to close.
#[component]
pub fn ClosePage(id: CollectiveId) -> impl IntoView {
    let loaded = load_once(move || async move {
        let learnt = ask_project(id).await?.project.learnt;
        Ok(Opened::find(drafts::key(FORM, id), learnt, lay).await)
    });
    let there = Route::Collective(CollectiveRoute::Project(id));
    when_loaded(loaded, move |opened| {
        let then = there.clone();
        let save = move |learnt: &String, draft: DraftKey| {
            if learnt.trim().is_empty() {
                return Err(vec![Problem { field: LEARNT.into(), words: w::needs_learnt().into() }]);
            }
            let write = CollectiveWrite::CloseProject { id, learnt: learnt.clone(), draft: Some(draft) };
            Ok(Save { request: Request::WriteCollective(Box::new(write)), then: then.clone() })
        };
        view! {
            <FormFrame
                title=w::close
                way_back=there.clone()
                opened=opened.get_untracked()
                fields=fields_since
                forget=f::draft_forget
                save=save
                draw=|form, problems| {
                    view! {
                        <p class="detail">{w::close_lead}</p>
                        <TextArea
                            id=LEARNT
                            label=w::learnt
                            hint=w::learnt_hint
                            lines=6
                            text=Text::of(form)
                            error=problem_of(problems, LEARNT)
                        />
                        <CluesFound
                            texts=Signal::derive(move || vec![form.get()])
                            written_for=WrittenFor::Project
                        />
                    }
                }
            />
        }
    })
}

#[expect(clippy::ptr_arg, reason = "what this form holds is a text")]
fn fields_since(opened: &String, now: &String) -> Fields {
    Fields::that_differ([(LEARNT, opened.clone())], [(LEARNT, now.clone())])
}

fn lay(learnt: &mut String, fields: &Fields) {
    if let Some((_, kept)) = fields.iter().find(|(name, _)| *name == LEARNT) {
        kept.clone_into(learnt);
    }
}
