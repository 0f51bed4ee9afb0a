//! Every roadmap, the last that begins first, and where one begins another.

use leptos::prelude::*;
use maillon_shared::api::roadmap::{RoadmapRow, Roadmaps};

use super::ask_all;
use super::words::{horizon_words, or_unnamed};
use crate::routes::{RoadmapRoute, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{groups, in_a_row, more, roadmap as w};

/// Every roadmap.
#[component]
pub fn RoadmapsPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Roadmap(RoadmapRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<Roadmaps>) -> impl IntoView {
    let rows = Memo::new(move |_| shown.with(|all| all.rows.clone()));
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        <ul class="rows">{move || rows.get().into_iter().map(roadmap_line).collect_view()}</ul>
        <p class="acts" hidden=move || none.get()>
            <PrintButton />
        </p>
    }
}

/// A roadmap, in a list.
fn roadmap_line(row: RoadmapRow) -> AnyView {
    let href = Route::Roadmap(RoadmapRoute::One(row.id)).href();
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {or_unnamed(&row.title)}
                </a>
            </span>
            <span class="why">{horizon_words(row.from, row.until)}</span>
            <span class="why">{in_a_row([row.axes.join(", "), group])}</span>
        </li>
    }
    .into_any()
}
