//! One item of a list: what it is called, and what may be done with it.

use leptos::prelude::*;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::list_edits::ListWrite;
use maillon_shared::domain::lists::{Item, ListId};
use maillon_shared::text::fold::fold;
use wasm_bindgen_futures::spawn_local;

use super::one::does;
use super::words::needed_words;
use crate::browser;
use crate::lists::lists;
use crate::session::write;
use crate::ui::{FailureNote, Handle, Reorder, StepButtons, Text, TextField};
use crate::words::{form, in_a_row, language, lists as w};

/// An item that is offered.
#[component]
pub fn Shown(list: ListId, item: Item, rows: Option<Reorder>) -> impl IntoView {
    let renaming = RwSignal::new(false);
    let key = item.id.clone();
    let (dragged, over) = (key.clone(), key.clone());
    let needed = list.needs(&item.id);
    let hide = {
        let id = item.id.clone();
        move |_| {
            does(ListWrite::Hide(list, id.clone()));
            browser::focus_soon("hidden-items");
        }
    };
    let name = item.label.clone();
    let rename_id = format!("rename-{}", browser::html_id(&key));
    let (own_name, hide_name) = (name.clone(), name.clone());
    let steps = rows.map(|rows| view! { <StepButtons rows=rows key=key.clone() name=name.clone() /> });
    let may_hide = list.closed().is_none() && needed.is_none();
    let hide = may_hide.then(|| {
        view! {
            <button type="button" class="quiet" on:click=hide>
                {w::hide}
                <span class="unseen">" "{hide_name}</span>
            </button>
        }
    });
    // Where the whole list is closed, it is said once above.
    let why_needed = needed.filter(|_| list.closed().is_none());
    let why_needed = why_needed.map(|need| view! { <span class="why">{move || needed_words(need)}</span> });
    let edited = item.clone();
    view! {
        <li
            data-row=key.clone()
            class:dragged=move || rows.is_some_and(|rows| rows.is_dragged(&dragged))
            class:over=move || rows.is_some_and(|rows| rows.is_over(&over))
        >
            {rows.map(|rows| view! { <Handle rows=rows key=key.clone() /> })}
            <span class="row-head">
                <span class="who">{name}</span>
            </span>
            <span class="why">{told(list, &item)}</span>
            {why_needed}
            <TwoNames list=list item=item.clone() />
            <span class="acts" hidden=move || renaming.get()>
                <button type="button" id=rename_id on:click=move |_| renaming.set(true)>
                    {w::rename}
                    <span class="unseen">" "{own_name}</span>
                </button>
                {steps}
                {hide}
            </span>
            <Show when=move || renaming.get()>
                <Rename list=list item=edited.clone() done=Callback::new(move |()| renaming.set(false)) />
            </Show>
        </li>
    }
}

/// Where an item comes from, in words.
fn told(list: ListId, item: &Item) -> String {
    let own = if item.own.is_some() { w::own() } else { "" };
    let first = item.first.as_ref().map(w::first_words).unwrap_or_default();
    let folded = fold(&item.label);
    let is_twice = lists().items(list).iter().any(|other| other.id != item.id && fold(&other.label) == folded);
    in_a_row([own, &first, if is_twice { w::twice() } else { "" }])
}

/// The names that two devices gave at once: one is kept by a tap.
#[component]
fn TwoNames(list: ListId, item: Item) -> impl IntoView {
    let keep = |words: &String| {
        let write = ListWrite::Rename { list, item: item.id.clone(), language: language(), words: words.clone() };
        let label = w::keep(words);
        view! { <button type="button" on:click=move |_| does(write.clone())>{label}</button> }
    };
    (!item.others.is_empty()).then(|| {
        let names = [&item.label].into_iter().chain(&item.others).map(keep).collect_view();
        view! {
            <span class="why two-names">{w::two_names}</span>
            <span class="acts">{names}</span>
        }
    })
}

/// The line in which an item is called otherwise.
#[component]
fn Rename(list: ListId, item: Item, done: Callback<()>) -> impl IntoView {
    let words = RwSignal::new(item.label.clone());
    let failure = RwSignal::new(None::<Failure>);
    let id = StoredValue::new(item.id.clone());
    let field = format!("words-{}", browser::html_id(&item.id));
    let back_to = format!("rename-{}", browser::html_id(&item.id));
    browser::focus_soon(field.clone());
    let close = Callback::new(move |()| {
        done.run(());
        browser::focus_soon(back_to.clone());
    });
    let save = move |change: ListWrite| {
        failure.set(None);
        spawn_local(async move {
            match write(Request::EditLists(Box::new(change))).await {
                Ok(()) => drop(close.try_run(())),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let rename = move || {
        save(ListWrite::Rename { list, item: id.get_value(), language: language(), words: words.get_untracked() })
    };
    let restore = item.first.is_some().then(|| {
        let back = move |_| save(ListWrite::Restore(list, id.get_value()));
        view! { <button type="button" class="quiet" on:click=back>{w::restore}</button> }
    });
    view! {
        <form
            novalidate=true
            class="rename-item"
            on:submit=move |event| {
                event.prevent_default();
                rename();
            }
        >
            <FailureNote failure=failure retry=Callback::new(move |()| rename()) />
            <TextField id=field label=w::words text=Text::of(words) />
            <div class="acts">
                <button type="submit">{form::save}</button>
                <button type="button" class="quiet" on:click=move |_| close.run(())>
                    {w::leave}
                </button>
                {restore}
            </div>
        </form>
    }
}

/// An item that is offered no longer.
#[component]
pub fn Hidden(list: ListId, item: Item) -> impl IntoView {
    let id = item.id.clone();
    let name = item.label.clone();
    let show = move |_| {
        does(ListWrite::Show(list, id.clone()));
        browser::focus_soon(format!("rename-{}", browser::html_id(&id)));
    };
    view! {
        <li>
            <span class="row-head">
                <span class="who">{name.clone()}</span>
            </span>
            <span class="why">{told(list, &item)}</span>
            <span class="acts">
                <button type="button" on:click=show>
                    {w::show}
                    <span class="unseen">" "{name}</span>
                </button>
            </span>
        </li>
    }
}
