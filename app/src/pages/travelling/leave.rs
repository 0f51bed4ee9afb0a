//! A sheet before it leaves: what names someone stops it, and every other clue is looked at, one by one.

use std::collections::BTreeSet;

use leptos::prelude::*;
use maillon_shared::api::responses::File;
use maillon_shared::api::sheets::{SheetAnswer, SheetFile, SheetLeft, SheetWrite};
use maillon_shared::api::{Failure, Request};
use maillon_shared::domain::clues::{Clue, Weight};
use maillon_shared::domain::ids::SheetId;
use maillon_shared::domain::travelling_sheet::{Meant, StaysHere};
use wasm_bindgen_futures::spawn_local;

use super::ask_one;
use super::file::{data_file, page_file};
use super::words::{place_words, stays_words};
use crate::door::{self, answer};
use crate::routes::{Route, SheetRoute};
use crate::session::{Said, session};
use crate::ui::clues::{around, kind_words};
use crate::ui::{Back, FailureNote, Title, load, when_loaded};
use crate::words::{collective as c, travelling as w};

/// A sheet that is to leave.
#[component]
pub fn LeavePage(id: SheetId) -> impl IntoView {
    let loaded = load(move || ask_one(id));
    view! {
        <Back to=Route::Sheets(SheetRoute::One(id)) label=w::the_sheet />
        <Title>{w::leave}</Title>
        <p>{w::leave_lead}</p>
        {when_loaded(loaded, move |file| view! { <Check file=file id=id /> })}
    }
}

/// Makes a file of a sheet that leaves.
type Make = fn(&SheetLeft) -> File;

#[component]
fn Check(file: RwSignal<SheetFile>, id: SheetId) -> impl IntoView {
    let meant = RwSignal::new(BTreeSet::<Meant>::new());
    let failure = RwSignal::new(None::<Failure>);
    let stays = RwSignal::new(None::<StaysHere>);
    let of = move |weight: Weight| {
        Memo::new(move |_| {
            file.with(|file| file.clues.iter().filter(|clue| clue.weight == weight).cloned().collect::<Vec<_>>())
        })
    };
    let (must, look) = (of(Weight::Must), of(Weight::Look));
    let stopped = Memo::new(move |_| !must.with(Vec::is_empty));
    let unsigned = Memo::new(move |_| file.with(|file| file.sheet.says.territory.trim().is_empty()));
    let leaves = move |make: Make| {
        failure.set(None);
        stays.set(None);
        let meant = meant.with_untracked(|meant| meant.iter().cloned().collect());
        spawn_local(async move {
            let write = Request::WriteSheets(Box::new(SheetWrite::Leave { id, meant }));
            let handed = match answer!(write, Sheets(answer) => *answer) {
                Ok(SheetAnswer::Left(left)) => door::hand_over(make(&left)).await,
                Ok(SheetAnswer::Stays(why)) => {
                    stays.try_set(Some(why));
                    return;
                }
                Ok(_) => Err(Failure::NotUnderstood),
                Err(why) => Err(why),
            };
            match handed {
                Ok(place) => session().said.set(Some(Said::Handed(place))),
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let line = move |clue: Clue| file.with_untracked(|file| clue_line(file, &clue));
    let tick = move |clue: Clue| {
        let key = Meant::of(&clue);
        // What is two things at once is ticked as each of them.
        let (read, id) = (key.clone(), format!("meant-{}-{}-{}", clue.text, clue.from, clue.kind.code()));
        let label_for = id.clone();
        let change = move |on: bool| {
            meant.update(|meant| match on {
                true => {
                    meant.insert(key.clone());
                }
                false => {
                    meant.remove(&key);
                }
            });
        };
        view! {
            <li class="plain">
                {line(clue)}
                <label class="tick" for=label_for>
                    <input
                        type="checkbox"
                        id=id
                        prop:checked=move || meant.with(|meant| meant.contains(&read))
                        on:change:target=move |event| change(event.target().checked())
                    />
                    {w::is_meant}
                </label>
            </li>
        }
    };
    view! {
        <section class="clues must" hidden=move || !stopped.get()>
            <h2>{w::stops}</h2>
            <p>{w::stops_how}</p>
            <ul class="rows">
                {move || must.get().into_iter().map(|clue| view! { <li class="plain">{line(clue)}</li> }).collect_view()}
            </ul>
        </section>
        <section hidden=move || look.with(Vec::is_empty)>
            <h2>{w::to_look_at}</h2>
            <p>{w::to_look_at_how}</p>
            <ul class="rows">{move || look.get().into_iter().map(tick).collect_view()}</ul>
        </section>
        <p class="empty" hidden=move || stopped.get() || !look.with(Vec::is_empty)>{w::no_clue}</p>
        <p class="state-note" hidden=move || !unsigned.get()>{w::unsigned}</p>
        <p class="error" role="status">{move || stays.get().map(stays_words)}</p>
        <FailureNote failure=failure />
        <p class="acts leave-acts">
            <button
                type="button"
                class="main"
                hidden=move || stopped.get()
                on:click=move |_| leaves(page_file)
            >
                {w::save_page}
            </button>
            <button type="button" hidden=move || stopped.get() on:click=move |_| leaves(data_file)>
                {w::save_data}
            </button>
            <a class="button" href=Route::Sheets(SheetRoute::Edit(id)).href()>{c::change}</a>
        </p>
        <p class="detail">{w::leave_note}</p>
    }
}

/// A clue: what it is, where it stands, and the words around.
fn clue_line(file: &SheetFile, clue: &Clue) -> AnyView {
    let texts = file.sheet.texts();
    let (place, text) =
        texts.get(usize::from(clue.text)).map(|(place, text)| (place.as_str(), *text)).unwrap_or_default();
    let (before, words, after) = around(text, clue.from as usize, clue.to as usize);
    view! {
        <span class="row-head">
            <span class="who">{kind_words(&clue.kind)}</span> " " <span class="tag">{place_words(place)}</span>
        </span>
        <span class="why">{before} <mark>{words}</mark> {after}</span>
    }
    .into_any()
}
