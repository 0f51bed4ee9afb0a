//! What a neighbour entrusted here about someone: a copy as it was on a day, never printed; and what is said back.

use chrono::NaiveDate;
use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::neighbours::{NeighbourAnswer, NeighbourRequest, ReceivedFile};
use maillon_shared::api::requests::Draft;
use maillon_shared::domain::ids::{CopyId, NeighbourId};

use super::remarks::AddRemark;
use super::{Remarks, ask};
use crate::pages::liaison::{PartsView, parts_of};
use crate::routes::Route;
use crate::session::session;
use crate::ui::{Back, Title, load, load_once, when_loaded};
use crate::words::{Word, in_a_row, neighbours as w};
use crate::{browser, drafts, when};

/// What a neighbour entrusted here about someone.
#[component]
pub fn ReceivedPage(neighbour: NeighbourId, copy: CopyId) -> impl IntoView {
    let loaded = load(move || {
        session().sharing.track();
        received(copy)
    });
    view! {
        <Back to=Route::Neighbour(neighbour) label=w::back_to_neighbour />
        {when_loaded(loaded, move |file| view! { <Received file=file neighbour=neighbour copy=copy /> })}
    }
}

/// What was entrusted. Where it has ended there is nothing, and what was on the screen goes.
async fn received(copy: CopyId) -> Result<Option<ReceivedFile>, Failure> {
    match ask(NeighbourRequest::Received(copy)).await {
        Ok(NeighbourAnswer::Received(file)) => Ok(Some(*file)),
        Ok(_) => Err(Failure::NotUnderstood),
        Err(Failure::NotFound) => Ok(None),
        Err(why) => Err(why),
    }
}

#[component]
fn Received(file: RwSignal<Option<ReceivedFile>>, neighbour: NeighbourId, copy: CopyId) -> impl IntoView {
    let stands = Memo::new(move |_| file.with(|file| file.as_ref().is_some_and(|file| !file.is_over)));
    let ended = move || {
        let (title, lead) = match file.with(Option::is_some) {
            true => (w::received_over as Word, w::received_over_lead as Word),
            false => (w::received_ended as Word, w::received_ended_lead as Word),
        };
        view! {
            <Title>{title}</Title>
            <p>{lead}</p>
        }
    };
    view! {
        <Show when=move || stands.get() fallback=ended>
            <Standing file=file neighbour=neighbour copy=copy />
        </Show>
    }
}

#[component]
fn Standing(file: RwSignal<Option<ReceivedFile>>, neighbour: NeighbourId, copy: CopyId) -> impl IntoView {
    let says = move |read: fn(&ReceivedFile) -> String| move || file.with(|file| file.as_ref().map(read));
    let from = file.with_untracked(|file| file.as_ref().map(|file| file.from.clone()).unwrap_or_default());
    let remarks =
        Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.copy.remarks.clone()).unwrap_or_default()));
    let parts = move || {
        let parts = file.with(|file| file.as_ref().map(|file| parts_of(&file.copy.message, &file.copy.told)));
        view! { <PartsView parts=parts.unwrap_or_default() /> }
    };
    let key = drafts::key("remark", format!("{neighbour}/{copy}"));
    let asked = key.clone();
    let draft = load_once(move || {
        let key = asked.clone();
        async move { Ok(drafts::find(&key).await) }
    });
    view! {
        <article class="received unprinted">
            <Title>{says(|file| file.copy.name.clone())}</Title>
            <p class="detail">{says(|file| w::entrusted_by(&file.from))}</p>
            <p class="detail">{says(dates)}</p>
            <p class="state-note">{says(|file| w::copy_as_of(day(file.copy.on), &file.from))}</p>
            <section class="liaison-sheet" aria-labelledby="entrusted">
                <h2 id="entrusted">{w::entrusted}</h2>
                {parts}
            </section>
            <section aria-labelledby="remarks">
                <h2 id="remarks">{w::remarks}</h2>
                {move || view! { <Remarks remarks=remarks.get() /> }}
                {when_loaded(
                    draft,
                    move |draft: RwSignal<Option<Draft>>| {
                        view! {
                            <AddRemark copy=copy key=key.clone() draft=draft.get_untracked() to=from.clone() />
                        }
                    },
                )}
            </section>
        </article>
    }
}

/// Since when, until when.
fn dates(file: &ReceivedFile) -> String {
    let until = file.copy.until.map(|until| w::until(day(until))).unwrap_or_default();
    in_a_row([w::since(day(file.copy.since)), until])
}

fn day(day: NaiveDate) -> String {
    when::date(day, browser::today())
}
