//! Every event: those to come, then those that were.

use leptos::prelude::*;
use maillon_shared::api::collective::{EventRow, Events};

use super::{ask_all, event_line};
use crate::routes::{EventRoute, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{Word, events as w, import_collective, more};

/// Every event.
#[component]
pub fn EventsPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Events(EventRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<Events>) -> impl IntoView {
    let none = Memo::new(move |_| shown.with(|all| all.to_come.is_empty() && all.past.is_empty()));
    let part = move |id: &'static str, title: Word, of: fn(&Events) -> &Vec<EventRow>| {
        let rows = Memo::new(move |_| shown.with(|all| of(all).clone()));
        view! {
            <section aria-labelledby=id hidden=move || rows.with(Vec::is_empty)>
                <h2 id=id>{title} <span class="count">{move || rows.with(Vec::len)}</span></h2>
                <ul class="rows">{move || rows.get().into_iter().map(event_line).collect_view()}</ul>
            </section>
        }
    };
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        {part("to-come", w::to_come, |all| &all.to_come)}
        {part("past", w::past, |all| &all.past)}
        <p class="acts unprinted">
            <a class="button" href=Route::Events(EventRoute::Load).href()>{import_collective::events}</a>
            <span hidden=move || none.get()>
                <PrintButton />
            </span>
        </p>
    }
}
