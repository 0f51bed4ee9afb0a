//! Every charter, the last that begins first. Where there is one only, one is led straight to it.

use leptos::prelude::*;
use maillon_shared::api::charter::{CharterRow, Charters};
use wasm_bindgen_futures::spawn_local;

use super::ask_all;
use super::fields::FormOf;
use super::words::{day_words, stage_words};
use crate::pages::roadmap::words::or_unnamed;
use crate::routes::{self, CharterRoute, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, Shape, Title, load, when_loaded};
use crate::words::{charter as w, groups, in_a_row, more};

/// Every charter.
#[component]
pub fn ChartersPage(
    /// Whether one is led to the only one there is.
    may_lead_on: bool,
) -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Charter(CharterRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, move |shown| {
            if may_lead_on {
                lead_on(&shown.get_untracked());
            }
            view! { <All shown=shown /> }
        })}
    }
}

/// Goes to the charter where there is only one.
fn lead_on(all: &Charters) {
    if let [only] = &all.rows[..] {
        let there = Route::Charter(CharterRoute::One(only.id));
        // The list is being drawn: it leaves once it is.
        spawn_local(async move { routes::go_instead(&there) });
    }
}

#[component]
fn All(shown: RwSignal<Charters>) -> impl IntoView {
    let rows = Memo::new(move |_| shown.with(|all| all.rows.clone()));
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <div class="empty" hidden=move || !none.get()>
            <p>{w::none}</p>
            <p>{w::none_how}</p>
            <p>{w::none_measures}</p>
        </div>
        <ul class="rows">{move || rows.get().into_iter().map(charter_line).collect_view()}</ul>
    }
}

/// A charter, in a list.
fn charter_line(row: CharterRow) -> AnyView {
    let href = Route::Charter(CharterRoute::One(row.id)).href();
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    let decision = stage_words(FormOf::Decision, "decision", &row.decision.to_string());
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {or_unnamed(&row.title)}
                </a>
            </span>
            <span class="why">{in_a_row([row.commune, day_words(row.begins), day_words(row.ends)])}</span>
            <span class="why">{in_a_row([decision, group])}</span>
        </li>
    }
    .into_any()
}
