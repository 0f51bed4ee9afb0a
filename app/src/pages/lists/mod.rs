//! The lists that the coordinator edits: all of them by name, then one page each. A list that a later version adds is here
//! with no word of this code.

mod item;
mod one;
mod words;

pub use one::ListPage;

use leptos::prelude::*;
use maillon_shared::domain::lists::{ListId, Lists};
use maillon_shared::text::sort::sort_key;

use crate::lists::lists;
use crate::routes::Route;
use crate::ui::{Back, Title};
use crate::words::{lists as w, more};

/// Every list, by name.
#[component]
pub fn ListsPage() -> impl IntoView {
    let rows = move || {
        let lists = lists();
        let mut all: Vec<ListId> = ListId::ALL.to_vec();
        all.sort_by_cached_key(|list| sort_key(lists.title(*list)));
        all.into_iter().map(|list| row(lists, list)).collect_view()
    };
    view! {
        <Back to=Route::Settings label=more::settings />
        <Title>{w::title}</Title>
        <p class="detail">{w::lead}</p>
        <ul class="rows">{rows}</ul>
    }
}

fn row(lists: &Lists, list: ListId) -> impl IntoView + use<> {
    let (shown, hidden) = (lists.items(list), lists.hidden(list).len() as u32);
    let count = w::count(shown.len() as u32);
    let own = shown.iter().filter(|item| item.own.is_some()).count() as u32;
    let own = if own == 0 { String::new() } else { w::own_count(own) };
    let hidden = if hidden == 0 { String::new() } else { w::hidden_count(hidden) };
    view! {
        <li>
            <a class="row-link" href=Route::List(list).href()>
                <span class="who">{lists.title(list)}</span>
                <span class="why">{crate::words::in_a_row([count, own, hidden])}</span>
            </a>
        </li>
    }
}
