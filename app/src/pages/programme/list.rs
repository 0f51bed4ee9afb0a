//! Every programme, by year.

use leptos::prelude::*;
use maillon_shared::api::programme::{ProgrammeRow, Programmes};

use super::ask_all;
use super::words::status_told;
use crate::routes::{ProgrammeRoute, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{groups, import_collective, in_a_row, more, programme as w};

/// Every programme.
#[component]
pub fn ProgrammesPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Programme(ProgrammeRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<Programmes>) -> impl IntoView {
    let years = Memo::new(move |_| shown.with(|all| by_year(&all.rows)));
    let none = Memo::new(move |_| years.with(Vec::is_empty));
    let part = |(year, rows): (i32, Vec<ProgrammeRow>)| {
        view! {
            <section>
                <h2>{year}</h2>
                <ul class="rows">{rows.into_iter().map(programme_line).collect_view()}</ul>
            </section>
        }
    };
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        {move || years.get().into_iter().map(part).collect_view()}
        <p class="acts unprinted">
            <a class="button" href=Route::Programme(ProgrammeRoute::Load).href()>{import_collective::priorities}</a>
            <span hidden=move || none.get()>
                <PrintButton />
            </span>
        </p>
    }
}

/// The programmes of each year, as they come.
fn by_year(rows: &[ProgrammeRow]) -> Vec<(i32, Vec<ProgrammeRow>)> {
    rows.chunk_by(|one, other| one.year == other.year)
        .filter_map(|rows| Some((rows.first()?.year, rows.to_vec())))
        .collect()
}

/// A programme, in a list.
fn programme_line(row: ProgrammeRow) -> AnyView {
    let href = Route::Programme(ProgrammeRoute::One(row.id)).href();
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {row.title}
                </a>
            </span>
            <span class="why">{status_told(&row.status)}</span>
            <span class="why">{in_a_row([row.axes.join(", "), group])}</span>
        </li>
    }
    .into_any()
}
