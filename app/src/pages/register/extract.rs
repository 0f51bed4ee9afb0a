//! An extract that was recorded today: on paper with its reference, or as a table for a spreadsheet.

use leptos::prelude::*;
use maillon_shared::api::register::ExtractToGive;
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::ids::ExtractId;
use wasm_bindgen_futures::spawn_local;

use super::extracts::extract_ground;
use super::table::EntriesTable;
use crate::door::{self, answer};
use crate::routes::{RegisterRoute, Route};
use crate::session::{Said, session};
use crate::ui::{Back, FailureNote, OnPaper, Paper, PrintButton, Title, load_once, when_loaded};
use crate::when;
use crate::words::{in_a_row, register as w};

/// An extract to give.
#[component]
pub fn ExtractPage(id: ExtractId) -> impl IntoView {
    let loaded =
        load_once(move || async move { answer!(Request::RegisterExtract(id), RegisterExtract(extract) => *extract) });
    view! {
        <Back to=Route::Register(RegisterRoute::Extracts) label=w::extracts />
        {when_loaded(loaded, |extract| view! { <Extract to_give=extract.get_untracked() /> })}
    }
}

#[component]
fn Extract(to_give: ExtractToGive) -> impl IntoView {
    let ExtractToGive { extract, entries } = to_give;
    let id = extract.id;
    let failure = RwSignal::new(None::<Failure>);
    let save = move || {
        failure.set(None);
        spawn_local(async move {
            let handed = match answer!(Request::ExtractTable(id), File(file) => file) {
                Ok(file) => door::hand_over(file).await,
                Err(why) => Err(why),
            };
            match handed {
                Ok(place) => session().said.set(Some(Said::Handed(place))),
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    let (reference, count) = (extract.reference(), entries.len() as u32);
    let ground = move || in_a_row([extract_ground(&extract.ground), extract.detail.clone()]);
    let commune = session().settings.with_untracked(|settings| settings.commune.clone());
    let commune = (!commune.is_empty()).then(|| {
        view! {
            <dt>{crate::words::entry_field::commune}</dt>
            <dd>{commune}</dd>
        }
    });
    // What was recorded stays: nothing offers to undo it.
    session().said.set(None);
    view! {
        <Title>{w::extract_title}</Title>
        <OnPaper paper=Paper::Signed />
        <p class="state-note">{w::only_the_mayor}</p>
        <div class="acts">
            <PrintButton label=w::print class="main" />
            <button type="button" on:click=move |_| save()>{w::extract_table}</button>
        </div>
        <FailureNote failure=failure retry=Callback::new(move |()| save()) />
        <dl class="extract-head">
            {commune}
            <dt>{w::extract_day}</dt>
            <dd>{when::whole_date(extract.day)}</dd>
            <dt>{w::extract_reference}</dt>
            <dd>{reference}</dd>
            <dt>{w::asked_by}</dt>
            <dd>{extract.asked_by.clone()}</dd>
            <dt>{w::on_what_ground}</dt>
            <dd>{ground}</dd>
            <dt>{w::to_whom}</dt>
            <dd>{extract.given_to.clone()}</dd>
            <dt>{w::extract_entries}</dt>
            <dd>{move || w::count(count)}</dd>
        </dl>
        <EntriesTable entries=entries />
        <p class="print-only">{w::extract_signature}</p>
    }
}
