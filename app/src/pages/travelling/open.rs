//! A file of a sheet, to open: what it holds is shown before it is kept.

use leptos::prelude::*;
use maillon_shared::api::errors::FileProblem;
use maillon_shared::api::sheets::{AlreadyHere, Looked, SheetAnswer, SheetRead, SheetWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::ReceivedSheetId;
use wasm_bindgen_futures::spawn_local;

use super::ask;
use super::one::{says, unknown_note};
use super::words::{kind_words, provenance_words};
use crate::browser;
use crate::routes::{self, Route, SheetRoute};
use crate::session::write;
use crate::ui::{Back, FailureNote, Title};
use crate::words::{import, in_a_row, procedures as p, travelling as w};

/// How far one is.
#[derive(Clone)]
enum Step {
    /// A file is to be chosen.
    Choose,
    /// What it holds is to be kept, or not.
    Look(StoredValue<Vec<u8>>, Box<Looked>),
}

/// A file to open.
#[component]
pub fn OpenPage() -> impl IntoView {
    let step = RwSignal::new(Step::Choose);
    view! {
        <Back to=Route::Sheets(SheetRoute::List) label=w::title />
        {move || match step.get() {
            Step::Choose => view! { <Choose step=step /> }.into_any(),
            Step::Look(file, looked) => view! { <Look step=step file=file looked=*looked /> }.into_any(),
        }}
    }
}

#[component]
fn Choose(step: RwSignal<Step>) -> impl IntoView {
    let reading = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let read = move |input: web_sys::HtmlInputElement| {
        reading.set(true);
        failure.set(None);
        spawn_local(async move {
            let looked = match browser::chosen_file(&input).await {
                Some(file) => match ask(SheetRead::Look(file.clone())).await {
                    Ok(SheetAnswer::Looked(looked)) => Ok((file, looked)),
                    Ok(_) => Err(Failure::NotUnderstood),
                    Err(why) => Err(why),
                },
                None => Err(Failure::UnreadableFile(FileProblem::Empty)),
            };
            // Chosen again, the same file is read again.
            input.set_value("");
            reading.try_set(false);
            match looked {
                Ok((file, looked)) => drop(step.try_set(Step::Look(StoredValue::new(file), looked))),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    view! {
        <Title>{w::open}</Title>
        <div class="import-choose">
            <p>{w::open_lead}</p>
            <FailureNote failure=failure />
            <div class="field">
                <label for="file">{import::file}</label>
                <input id="file" type="file" accept=".html,.json" on:change:target=move |event| read(event.target()) />
            </div>
            <p role="status">{move || reading.get().then(import::reading)}</p>
            <p class="detail">{w::open_safe}</p>
        </div>
    }
}

#[component]
fn Look(step: RwSignal<Step>, file: StoredValue<Vec<u8>>, looked: Looked) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let id = ReceivedSheetId(browser::random_id());
    let Looked { travelled, unknown, here } = looked;
    let from = travelled.provenance.clone();
    let told_from = in_a_row([kind_words(&travelled.says.kind), provenance_words(&from)]);
    let (title, version) = (from.title, from.version);
    let already = match here {
        AlreadyHere::Same(id) => Some(SheetRoute::Received(id)),
        AlreadyHere::Own(id) => Some(SheetRoute::One(id)),
        _ => None,
    };
    let told = match here {
        AlreadyHere::No => String::new(),
        AlreadyHere::Same(_) => w::here_same().to_owned(),
        AlreadyHere::Own(_) => w::here_own().to_owned(),
        AlreadyHere::Newer(held) => w::here_newer(held),
        AlreadyHere::Older(held) => w::here_older(held),
        AlreadyHere::OtherWords(_) => w::here_other().to_owned(),
    };
    let keep = move |_| {
        failure.set(None);
        spawn_local(async move {
            let keep = SheetWrite::Keep { id, file: file.get_value() };
            match write(Request::WriteSheets(Box::new(keep))).await {
                Ok(()) => routes::go(&Route::Sheets(SheetRoute::Received(id))),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let is_new = already.is_none();
    let link = already.map(|route| view! { <a class="button main" href=Route::Sheets(route).href()>{w::see}</a> });
    view! {
        <Title>{title}</Title>
        <p class="detail">{told_from}</p>
        <p class="state-note" hidden=told.is_empty()>{told.clone()}</p>
        {unknown_note(&unknown)}
        {says(&travelled.says, &travelled.chain)}
        <FailureNote failure=failure />
        <p class="acts">
            <button type="button" class="main" hidden=!is_new on:click=keep>{w::keep}</button>
            {link}
            <button type="button" on:click=move |_| step.set(Step::Choose)>{w::other_file}</button>
        </p>
        <p class="detail">{w::keep_note(p::version(version))}</p>
    }
}
