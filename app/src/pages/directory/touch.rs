//! Partners with whom to get in touch again: by their rhythm, or because there was no news for long.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{InTouch, TouchRow};
use maillon_shared::domain::encounter::EncounterKind;
use maillon_shared::text::phone::Phone;

use super::words::role_words;
use crate::door::answer;
use crate::routes::{DirectoryRoute, NoteStart, Route};
use crate::ui::{Back, CallLink, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::when;
use crate::words::{in_a_row, touch as w};

/// Partners with whom to get in touch again.
#[component]
pub fn InTouchPage() -> impl IntoView {
    let loaded = load(|| async { answer!(Request::InTouch, InTouch(found) => *found) });
    view! {
        <Back to=Route::Directory(DirectoryRoute::List) label=w::back />
        <Title>{w::title}</Title>
        <p class="detail">{w::lead}</p>
        {when_loaded(loaded, |found| view! { <Found found=found /> })}
    }
}

#[component]
fn Found(found: RwSignal<InTouch>) -> impl IntoView {
    let rows = |rows: Vec<TouchRow>| rows.into_iter().map(partner).collect_view();
    let nobody = move || found.with(|found| found.due.is_empty() && found.silent.is_empty());
    view! {
        <OnPaper paper=Paper::NamesPeople />
        <p class="empty" hidden=move || !nobody()>
            {w::nothing}
        </p>
        <section aria-labelledby="due" hidden=move || found.with(|found| found.due.is_empty())>
            <h2 id="due">{w::due} <span class="count">{move || found.with(|found| found.due.len())}</span></h2>
            <ul class="rows">{move || rows(found.with(|found| found.due.clone()))}</ul>
        </section>
        <section aria-labelledby="silent" hidden=move || found.with(|found| found.silent.is_empty())>
            <h2 id="silent">
                {move || w::silent(found.with(|found| found.months))}
                <span class="count">{move || found.with(|found| found.silent.len())}</span>
            </h2>
            <ul class="rows">{move || rows(found.with(|found| found.silent.clone()))}</ul>
        </section>
        <p class="detail" hidden=move || found.with(|found| found.never == 0)>
            {move || w::never(found.with(|found| found.never))}
        </p>
        <p class="acts" hidden=nobody>
            <PrintButton />
        </p>
    }
}

/// A partner as a row, here and in what the day asks for.
pub fn partner(row: TouchRow) -> AnyView {
    let TouchRow { entry, last, every_months, days, .. } = row;
    let since = match (last, days) {
        (Some(_), Some(days)) => w::last(when::ago(days)),
        _ => w::no_contact().to_owned(),
    };
    let role = role_words(&entry.kind, &entry.role).to_owned();
    let rhythm = every_months.map(w::every).unwrap_or_default();
    // Paper cannot call: it shows the number.
    let number = Phone::parse(&entry.phone).show();
    let call = Phone::parse(&entry.phone).number().is_some().then(|| {
        view! { <CallLink number=entry.phone.clone() label=w::call(&entry.name) /> }
    });
    let note = NoteStart { entry: Some(entry.id), kind: Some(EncounterKind::CallOut), ..NoteStart::default() };
    view! {
        <li>
            <Icon shape=Shape::Book />
            <span class="row-head">
                <a class="who" href=Route::Directory(DirectoryRoute::Entry(entry.id)).href()>{entry.name.clone()}</a>
            </span>
            <span class="why">{in_a_row([since, role, rhythm])}</span>
            <span class="why print-only">{number}</span>
            <span class="acts">
                {call}
                <a class="button" href=Route::Note(note).href()>
                    {w::note()}
                    <span class="unseen">" "{entry.name}</span>
                </a>
            </span>
        </li>
    }
    .into_any()
}
