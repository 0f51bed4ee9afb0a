//! One list: what it offers, in order; what is hidden; and a line to add one's own.

use leptos::prelude::*;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::LineId;
use maillon_shared::domain::list_edits::ListWrite;
use maillon_shared::domain::lists::ListId;
use wasm_bindgen_futures::spawn_local;

use super::item::{Hidden, Shown};
use super::words::closed_words;
use crate::browser;
use crate::lists::lists;
use crate::routes::Route;
use crate::session::{session, write, write_soon};
use crate::ui::{Back, FailureNote, Icon, Reorder, Shape, Text, TextField, Title};
use crate::words::{lists as w, rounds};

/// Writes a change of a list.
pub fn does(change: ListWrite) {
    write_soon(Request::EditLists(Box::new(change)));
}

/// One list.
#[component]
pub fn ListPage(list: ListId) -> impl IntoView {
    let items = Memo::new(move |_| lists().items(list).to_vec());
    let hidden = Memo::new(move |_| lists().hidden(list).to_vec());
    let order = Memo::new(move |_| items.with(|items| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>()));
    let said = RwSignal::new(String::new());
    let put = Callback::new(move |(item, before): (String, Option<String>)| {
        order.with_untracked(|order| {
            let others: Vec<_> = order.iter().filter(|one| **one != item).collect();
            let place = before.as_ref().and_then(|before| others.iter().position(|one| *one == before));
            let name = lists().label(list, &item).to_owned();
            said.set(rounds::placed(name, place.unwrap_or(others.len()) + 1, others.len() + 1));
        });
        does(ListWrite::Move { list, item, before });
    });
    let rows = list.is_sortable().then(|| Reorder::of(order, put));
    let was_moved = Memo::new(move |_| {
        session().settings.with(|settings| {
            let mut edits = settings.lists.starting.iter();
            edits.any(|((code, _), edit)| code == list.code() && edit.place.is_some())
        })
    });
    let is_dragging = move || rows.is_some_and(Reorder::is_dragging);
    view! {
        <Back to=Route::Lists label=w::title />
        <Title>{move || lists().title(list)}</Title>
        {match list.closed() {
            Some(need) => view! { <p class="detail">{move || closed_words(need)}</p> }.into_any(),
            None => view! { <Add list=list /> }.into_any(),
        }}
        <p class="detail" hidden=rows.is_none()>
            {w::order_how}
        </p>
        <p class="unseen" role="status">{move || said.get()}</p>
        <ol class="rows order list-items" class:dragging=is_dragging>
            <For each=move || items.get() key=|item| item.clone() let:item>
                <Shown list=list item=item rows=rows />
            </For>
        </ol>
        <p class="acts" hidden=move || !was_moved.get()>
            <button type="button" class="quiet" on:click=move |_| does(ListWrite::RestoreOrder(list))>
                {w::first_order}
            </button>
        </p>
        <section aria-labelledby="hidden-items" hidden=move || hidden.with(Vec::is_empty)>
            <h2 id="hidden-items">{w::hidden}</h2>
            <p class="detail">{w::hidden_lead}</p>
            <ul class="rows">
                <For each=move || hidden.get() key=|item| item.clone() let:item>
                    <Hidden list=list item=item />
                </For>
            </ul>
        </section>
    }
}

/// The line that adds an item.
#[component]
fn Add(list: ListId) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Failure>);
    let add = move || {
        let typed = words.get_untracked();
        if typed.trim().is_empty() {
            browser::focus("new-item");
            return;
        }
        failure.set(None);
        spawn_local(async move {
            let id = LineId(browser::random_id());
            match write(Request::EditLists(Box::new(ListWrite::Add { list, id, words: typed }))).await {
                Ok(()) => words.set(String::new()),
                Err(why) => failure.set(Some(why)),
            }
            browser::focus("new-item");
        });
    };
    view! {
        <form
            novalidate=true
            class="add-item"
            on:submit=move |event| {
                event.prevent_default();
                add();
            }
        >
            <FailureNote failure=failure retry=Callback::new(move |()| add()) />
            <TextField id="new-item" label=w::add hint=w::add_hint text=Text::of(words) />
            <button type="submit" class="add">
                <Icon shape=Shape::Plus />
                <span>{w::add_it}</span>
            </button>
        </form>
    }
}
