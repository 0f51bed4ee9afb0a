//! Every diagnosis, by title.

use leptos::prelude::*;
use maillon_shared::api::diagnosis::{Diagnoses, DiagnosisRow};

use super::ask_all;
use crate::routes::{DiagnosisRoute, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{diagnosis as w, groups, in_a_row, more};

/// Every diagnosis.
#[component]
pub fn DiagnosesPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Diagnosis(DiagnosisRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<Diagnoses>) -> impl IntoView {
    let rows = Memo::new(move |_| shown.with(|all| all.rows.clone()));
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        <ul class="rows" hidden=move || none.get()>
            {move || rows.get().into_iter().map(line).collect_view()}
        </ul>
        <p class="acts" hidden=move || none.get()>
            <PrintButton />
        </p>
    }
}

fn line(row: DiagnosisRow) -> AnyView {
    let href = Route::Diagnosis(DiagnosisRoute::One(row.id)).href();
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    let until = row.last_year.map(w::until_year).unwrap_or_default();
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=href>
                    {row.title}
                </a>
            </span>
            <span class="why">{in_a_row([w::places_count(row.places), w::figures_count(row.figures), until])}</span>
            <span class="why">{group}</span>
        </li>
    }
    .into_any()
}
