//! Every application: what asks for something first, with the days that are left.

use leptos::prelude::*;
use maillon_shared::api::application::{ApplicationRow, Applications};

use super::ask_all;
use super::words::{days_tag, due_told, status_told};
use crate::pages::programme::words::euros;
use crate::routes::{ApplicationRoute, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{application as w, groups, in_a_row, more};

/// Every application.
#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Application(ApplicationRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<Applications>) -> impl IntoView {
    let asks = Memo::new(move |_| of(&shown.read().rows, true));
    let quiet = Memo::new(move |_| of(&shown.read().rows, false));
    let none = Memo::new(move |_| asks.with(Vec::is_empty) && quiet.with(Vec::is_empty));
    let part = move |title: crate::words::Word, rows: Memo<Vec<ApplicationRow>>| {
        view! {
            <section hidden=move || rows.with(Vec::is_empty)>
                <h2>{title}</h2>
                <ul class="rows">{move || rows.get().into_iter().map(line).collect_view()}</ul>
            </section>
        }
    };
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        {part(w::with_due, asks)}
        {part(w::without_due, quiet)}
        <p class="acts" hidden=move || none.get()>
            <PrintButton />
        </p>
    }
}

fn of(rows: &[ApplicationRow], asks: bool) -> Vec<ApplicationRow> {
    rows.iter().filter(|row| row.next.is_some() == asks).cloned().collect()
}

fn line(row: ApplicationRow) -> AnyView {
    let href = Route::Application(ApplicationRoute::One(row.id)).href();
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    let asked = row.asked.sum().map(|sum| w::asked_sum(euros(sum))).unwrap_or_default();
    let tag = row.next.as_ref().map(days_tag);
    let next = row.next.as_ref().map(due_told).unwrap_or_default();
    view! {
        <li>
            <Icon shape=Shape::Letter />
            <span class="row-head">
                <a class="who" href=href>
                    {row.title}
                </a>
                {tag}
            </span>
            <span class="why">{next}</span>
            <span class="why">{in_a_row([status_told(&row.status), row.funder, asked, group])}</span>
        </li>
    }
    .into_any()
}
