//! Who waits at the desk: words to call someone by, since when, called or not. Kept sealed on this device, sent nowhere,
//! printed nowhere, and forgotten with the day.

use leptos::prelude::*;
use maillon_shared::api::requests::{Draft, DraftKey, WAITING};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::time::Hour;
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::drafts::{self, Fields};
use crate::session::{Said, session};
use crate::ui::{Text, TextField, load_once, when_loaded};
use crate::words::{in_a_row, reception as w};
use crate::{browser, when};

/// Someone who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Here {
    id: LineId,
    /// What to call them by.
    words: String,
    /// Since when.
    at: Option<Hour>,
    /// When they were called.
    called: Option<Hour>,
}

fn key() -> DraftKey {
    drafts::key(WAITING, "")
}

/// The list as its form keeps it.
fn write(list: &[Here]) -> Fields {
    let mut fields = Fields::default();
    let words = |hour: Option<Hour>| hour.map(|hour| hour.to_string()).unwrap_or_default();
    for here in list {
        fields.put(format!("{}.words", here.id), &here.words);
        fields.put(format!("{}.at", here.id), words(here.at));
        fields.put(format!("{}.called", here.id), words(here.called));
    }
    fields
}

fn read(fields: &Fields) -> Vec<Here> {
    let mut list: Vec<Here> = Vec::new();
    for (name, value) in fields.iter() {
        let Some((id, what)) = name.split_once('.') else { continue };
        let Some(id) = LineId::parse(id) else { continue };
        let at = list.iter().position(|here| here.id == id).unwrap_or_else(|| {
            list.push(Here { id, words: String::new(), at: None, called: None });
            list.len() - 1
        });
        match what {
            "words" => list[at].words = value.to_owned(),
            "at" => list[at].at = Hour::parse(value),
            "called" => list[at].called = Hour::parse(value),
            _ => {}
        }
    }
    list
}

async fn find() -> Result<Vec<Here>, Failure> {
    let forms = answer!(Request::Drafts, Drafts(drafts) => drafts)?;
    let today = browser::today();
    let list = forms.into_iter().find(|draft| draft.key == key() && draft.at.day() == today);
    Ok(list.map(|draft| read(&Fields::read(&draft.content))).unwrap_or_default())
}

/// Who waits.
#[component]
pub fn Waiting() -> impl IntoView {
    let loaded = load_once(find);
    when_loaded(loaded, |list| view! { <List list=list /> })
}

#[component]
fn List(list: RwSignal<Vec<Here>>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let change = move |edit: &dyn Fn(&mut Vec<Here>)| {
        list.update(|list| edit(list));
        let fields = list.with_untracked(|list| write(list));
        let request = match list.with_untracked(Vec::is_empty) {
            true => Request::DropDraft(key()),
            false => Request::SaveDraft(Draft { key: key(), content: fields.write(), at: browser::now() }),
        };
        spawn_local(async move {
            if let Err(failure) = door::ask(request).await {
                session().said.set(Some(Said::Failed(failure)));
            }
        });
    };
    let add = move || {
        let words = typed.with_untracked(|typed| typed.trim().to_owned());
        if !words.is_empty() {
            let here = Here { id: LineId(browser::random_id()), words, at: Some(browser::now().hour()), called: None };
            change(&|list: &mut Vec<Here>| list.push(here.clone()));
            typed.set(String::new());
        }
        browser::focus_soon("waits");
    };
    let call = move |id: LineId| {
        let now = Some(browser::now().hour());
        change(&|list: &mut Vec<Here>| {
            list.iter_mut().filter(|here| here.id == id).for_each(|here| here.called = now);
        });
        browser::focus_soon(format!("left-{id}"));
    };
    let leave = move |id: LineId| {
        change(&|list: &mut Vec<Here>| list.retain(|here| here.id != id));
        browser::focus_soon("waits");
    };
    let row = move |Here { id, words, at, called }: Here| {
        let since = at.map(|at| w::since(when::hour(at))).unwrap_or_default();
        let called_at = called.map(|called| w::called_at(when::hour(called))).unwrap_or_default();
        let name = words.clone();
        view! {
            <li>
                <span class="row-head">
                    <span class="who">{words}</span>
                </span>
                <span class="why">{in_a_row([since, called_at])}</span>
                <span class="acts">
                    <button type="button" hidden=called.is_some() on:click=move |_| call(id)>
                        {w::call_in}
                        <span class="unseen">" "{name.clone()}</span>
                    </button>
                    <button type="button" id=format!("left-{id}") on:click=move |_| leave(id)>
                        {w::left}
                        <span class="unseen">" "{name}</span>
                    </button>
                </span>
            </li>
        }
    };
    let count = move || list.with(Vec::len);
    view! {
        <section class="waiting-list" aria-labelledby="waiting">
            <h2 id="waiting">{w::waiting} " " <span class="count">{count}</span></h2>
            <p class="detail">{w::waiting_kept}</p>
            <form
                novalidate=true
                class="add-waiting"
                on:submit=move |event| {
                    event.prevent_default();
                    add();
                }
            >
                <TextField id="waits" label=w::waits text=Text::of(typed) />
                <button type="submit">{w::add_waiting}</button>
            </form>
            <p class="empty" hidden=move || count() != 0>{w::nobody_waits}</p>
            <ol class="rows">{move || list.get().into_iter().map(row).collect_view()}</ol>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_found_again_in_its_order() {
        let here = |n: u8, words: &str, called: Option<Hour>| Here {
            id: LineId([n; 16]),
            words: words.into(),
            at: Hour::new(9, n),
            called,
        };
        let list = [here(7, "La dame au chapeau", None), here(2, "Odette", Hour::new(9, 40)), here(5, "", None)];
        assert_eq!(read(&Fields::read(&write(&list).write())), list);
        assert_eq!(read(&Fields::read("")), []);
    }
}
