//! What came of an import: every line made, completed, left as it was or refused; and one button that undoes it all.

use leptos::prelude::*;
use maillon_shared::api::responses::{ImportReport, LineNote};
use maillon_shared::api::{Failure, Request, Response};
use wasm_bindgen_futures::spawn_local;

use crate::door::answer;
use crate::routes::{DirectoryRoute, Route};
use crate::ui::{FailureNote, Title};
use crate::words::{Word, import as w};

/// How many lines are listed at first.
const LISTED: usize = 20;

/// What came of an import.
#[component]
pub fn Report(report: ImportReport, another: Callback<()>) -> impl IntoView {
    let ImportReport { act, created, completed, unchanged, refused, remarks, new_roles } = report;
    let undone = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let undo = act.map(|act| {
        let undo = move |_| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            spawn_local(async move {
                match answer!(Request::Undo(act), Response::Saved(_) => ()) {
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
    let nothing_new = act.is_none() && refused.is_empty();
    let refusals = refused.len() as u32;
    // A role that no list has is told once, with the others, and not line by line.
    let remarks: Vec<LineNote> = remarks.into_iter().filter(|note| note.why != "new_role").collect();
    view! {
        <Title>{w::done_title}</Title>
        <div class="import-report">
            <p role="status" class="state-note" hidden=move || !undone.get()>{w::undone}</p>
            <div hidden=move || undone.get()>
                <p hidden=!nothing_new>{w::nothing_new}</p>
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
                <a class="button main" href=Route::Directory(DirectoryRoute::List).href()>{w::see}</a>
                {undo}
                <button type="button" on:click=move |_| another.run(())>{w::other_file}</button>
            </div>
            <div hidden=move || undone.get()>
                <Notes id="refused" title=w::refused_title lead=w::refused_lead notes=refused />
                <NewRoles roles=new_roles />
                <Notes id="remarks" title=w::remarks_title lead=w::remarks_lead notes=remarks />
            </div>
        </div>
    }
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

/// Why a line is spoken of.
fn why_words(code: &str) -> String {
    let words = match code {
        "no_name" => w::why_no_name(),
        "too_many_cells" => w::why_too_many_cells(),
        "not_in_a_card" => w::why_not_in_a_card(),
        "unreadable_phone" => w::why_unreadable_phone(),
        "odd_email" => w::why_odd_email(),
        "odd_postcode" => w::why_odd_postcode(),
        "odd_number" => w::why_odd_number(),
        "unreadable_date" => w::why_unreadable_date(),
        "new_role" => w::why_new_role(),
        "left_out" => w::why_left_out(),
        other => return other.to_owned(),
    };
    words.to_owned()
}
