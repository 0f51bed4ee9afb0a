//! Every procedure, by title; those to be looked at again say so.

use leptos::prelude::*;
use maillon_shared::api::procedures::{ProcedureRow, Procedures};
use maillon_shared::domain::ids::PersonId;

use super::ask_all;
use super::words::{at_words, kind_words};
use crate::routes::{ProcedureRoute, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{groups, in_a_row, more, procedures as w};
use maillon_shared::domain::time::PartialDate;

/// Every procedure; for someone, those that can be begun.
#[component]
pub fn ProceduresPage(about: Option<PersonId>) -> impl IntoView {
    let loaded = load(ask_all);
    let back = about.map_or(Route::More, Route::Person);
    view! {
        <Back to=back label=if about.is_some() { w::back_to_person } else { more::title } />
        <div class="heading">
            <Title>{if about.is_some() { w::begin_which } else { w::title }}</Title>
            <a class="button" href=Route::Procedures(ProcedureRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, move |shown| view! { <All shown=shown about=about /> })}
    }
}

#[component]
fn All(shown: RwSignal<Procedures>, about: Option<PersonId>) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let is_offered = |row: &&ProcedureRow| about.is_none() || row.number.is_some();
        shown.with(|all| all.rows.iter().filter(is_offered).cloned().collect::<Vec<_>>())
    });
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {if about.is_some() { w::none_published } else { w::none }}
        </p>
        <ul class="rows">{move || rows.get().into_iter().map(|row| line(row, about)).collect_view()}</ul>
        <p class="acts" hidden=move || none.get()>
            <PrintButton />
        </p>
    }
}

/// A procedure to be looked at again, in what the day asks for.
pub fn review_of_the_day(row: ProcedureRow) -> AnyView {
    line(row, None)
}

fn line(row: ProcedureRow, about: Option<PersonId>) -> AnyView {
    let route = match about {
        Some(person) => ProcedureRoute::Begin(row.id, Some(person)),
        None => ProcedureRoute::One(row.id),
    };
    let number = match (row.number, row.is_double) {
        (None, _) => w::never_published().to_owned(),
        (Some(number), true) => w::version_twice(number),
        (Some(number), false) => w::version(number),
    };
    let draft = if row.has_draft && row.number.is_some() { w::has_draft() } else { "" };
    let review = row.review_on.map(|day| w::review_by(at_words(PartialDate::Day(day)))).unwrap_or_default();
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=Route::Procedures(route).href()>
                    {row.title}
                </a>
                {row.is_due.then(|| view! { <span class="tag late">{w::is_due}</span> })}
            </span>
            <span class="why">{in_a_row([kind_words(&row.kind), number, draft.to_owned()])}</span>
            <span class="why">{in_a_row([review, group])}</span>
        </li>
    }
    .into_any()
}
