//! The directory as a file: for a spreadsheet, or for an address book.

use leptos::prelude::*;
use maillon_shared::api::requests::ExportFormat;
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use crate::door::{self, answer};
use crate::routes::{DirectoryRoute, Route};
use crate::session::{Said, session};
use crate::ui::{Back, FailureNote, Title};
use crate::words::{Word, export as w};

/// The directory as a file.
#[component]
pub fn ExportPage() -> impl IntoView {
    view! {
        <Back to=Route::Directory(DirectoryRoute::List) label=w::back />
        <Title>{w::title}</Title>
        <p class="export-lead">{w::lead}</p>
        <div class="exports">
            <OneFormat id="csv" format=ExportFormat::Csv name=w::csv about=w::csv_for />
            <OneFormat id="vcard" format=ExportFormat::VCard name=w::vcard about=w::vcard_for />
            <OneFormat
                id="inclusion"
                format=ExportFormat::DataInclusion
                name=w::inclusion
                about=w::inclusion_for
            />
        </div>
        <p class="detail">{w::not_sealed}</p>
    }
}

#[component]
fn OneFormat(id: &'static str, format: ExportFormat, name: Word, about: Word) -> impl IntoView {
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let save = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let handed = match answer!(Request::ExportDirectory(format), File(file) => file) {
                Ok(file) => door::hand_over(file).await,
                Err(why) => Err(why),
            };
            busy.try_set(false);
            match handed {
                Ok(place) => session().said.set(Some(Said::Handed(place))),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <section class="card" aria-labelledby=format!("{id}-name")>
            <h2 id=format!("{id}-name")>{name}</h2>
            <p>{about}</p>
            <FailureNote failure=failure retry=Callback::new(move |()| save()) />
            <button
                type="button"
                id=format!("{id}-save")
                aria-describedby=format!("{id}-name")
                aria-disabled=move || busy.get().then_some("true")
                on:click=move |_| save()
            >
                {move || if busy.get() { w::saving() } else { w::save() }}
            </button>
        </section>
    }
}
