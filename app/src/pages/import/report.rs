//! What came of an import: every line made, joined, left to be looked at or refused; and one button that undoes it all.

use leptos::prelude::*;
use maillon_shared::api::responses::{ImportReport, LineNote};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::ActId;
use wasm_bindgen_futures::spawn_local;

use super::about::About;
use super::columns::Withheld;
use super::look::ToLook;
use super::why::why_words;
use super::{Done, Step};
use crate::door::answer;
use crate::ui::{FailureNote, Title};
use crate::words::{Word, import as w, import_people};

/// How many lines are listed at first.
const LISTED: usize = 20;

/// What came of an import.
#[component]
pub(super) fn Report(step: RwSignal<Step>, about: About, done: Done) -> impl IntoView {
    let again = done.clone();
    let Done { report, acts, .. } = done;
    let ImportReport { created, completed, unchanged, joined, to_look, refused, remarks, new_roles, withheld, .. } =
        report;
    let undone = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let nothing_new = acts.is_empty() && refused.is_empty() && to_look.is_empty();
    let undo = (!acts.is_empty()).then(|| {
        let acts = RwSignal::new(acts);
        let undo = move |_| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            spawn_local(async move {
                match undo_all(acts).await {
                    Ok(()) => {
                        undone.try_set(true);
                    }
                    Err(why) => {
                        failure.try_set(Some(why));
                    }
                }
                busy.try_set(false);
            });
        };
        view! {
            <button type="button" hidden=move || undone.get() on:click=undo aria-disabled=move || busy.get().then_some("true")>
                {w::undo}
            </button>
        }
    });
    let refusals = refused.len() as u32;
    // A role that no list has is told once, with the others, and not line by line.
    let remarks: Vec<LineNote> = remarks.into_iter().filter(|note| note.why != "new_role").collect();
    view! {
        <Title>{w::done_title}</Title>
        <div class="import-report">
            <p role="status" class="state-note" hidden=move || !undone.get()>{about.undone}</p>
            <div hidden=move || undone.get()>
                <p hidden=!nothing_new>{about.nothing_new}</p>
                <dl class="figures">
                    <Figure count=created words=w::created />
                    <Figure count=completed words=w::completed />
                    <Figure count=unchanged words=w::unchanged />
                    <Figure count=refusals words=w::refused />
                </dl>
                <p class="detail">{w::again}</p>
            </div>
            <FailureNote failure=failure />
            <div class="acts">
                <a class="button main" href=about.home().href()>{about.see}</a>
                {undo}
                <button type="button" on:click=move |_| step.set(Step::Choose)>{w::other_file}</button>
            </div>
            <div hidden=move || undone.get()>
                <ToLook step=step about=about before=again lines=to_look busy=busy />
                <Notes id="refused" title=w::refused_title lead=about.refused_lead notes=refused />
                <Withheld columns=withheld />
                <NewRoles roles=new_roles />
                <Notes id="remarks" title=about.remarks_title lead=about.remarks_lead notes=remarks />
                <Notes id="joined" title=import_people::joined_title lead=import_people::joined_lead notes=joined />
            </div>
        </div>
    }
}

/// Undoes the last act first: what it completed may be of the first. The page may be left meanwhile.
async fn undo_all(left: RwSignal<Vec<ActId>>) -> Result<(), Failure> {
    let mut acts = left.try_get_untracked().unwrap_or_default();
    while let Some(act) = acts.pop() {
        match answer!(Request::Undo(act), Saved(_) => ()) {
            Ok(()) | Err(Failure::AlreadyUndone) => {
                left.try_set(acts.clone());
            }
            Err(why) => return Err(why),
        }
    }
    Ok(())
}

#[component]
fn Figure(count: u32, words: fn(u32) -> String) -> impl IntoView {
    view! {
        <div class:none=count == 0>
            <dt>{move || words(count)}</dt>
            <dd>{count}</dd>
        </div>
    }
}

#[component]
fn NewRoles(roles: Vec<String>) -> impl IntoView {
    (!roles.is_empty()).then(|| {
        let role = |role: String| view! { <li class="tag">{role}</li> };
        view! {
            <section aria-labelledby="new-roles">
                <h2 id="new-roles">{w::roles_title} <span class="count">{roles.len()}</span></h2>
                <p class="detail">{w::roles_lead}</p>
                <ul class="new-roles">{roles.into_iter().map(role).collect_view()}</ul>
            </section>
        }
    })
}

/// Lines, each with what is to be said of it.
#[component]
fn Notes(id: &'static str, title: Word, lead: Word, notes: Vec<LineNote>) -> impl IntoView {
    let count = notes.len();
    let whole = RwSignal::new(false);
    let notes = StoredValue::new(notes);
    let line = |LineNote { line, why, text }: LineNote| {
        view! {
            <li>
                <span class="who">{move || w::line(line)}</span>
                <span class="why">{move || why_words(&why)}</span>
                <span class="as-written">{text}</span>
            </li>
        }
    };
    let listed = move || {
        let at_most = if whole.get() { usize::MAX } else { LISTED };
        notes.with_value(|notes| notes.iter().take(at_most).cloned().map(line).collect_view())
    };
    (count > 0).then(|| {
        view! {
            <section aria-labelledby=id>
                <h2 id=id>{title} <span class="count">{count}</span></h2>
                <p class="detail">{lead}</p>
                <ul class="line-notes">{listed}</ul>
                <button
                    type="button"
                    class="quiet"
                    hidden=move || whole.get() || count <= LISTED
                    on:click=move |_| whole.set(true)
                >
                    {move || w::show_all(count)}
                </button>
            </section>
        }
    })
}
