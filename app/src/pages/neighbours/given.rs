//! What is entrusted to a neighbour about someone, as a line: since when, until when, what, what was said of it; brought up
//! to date, or ended.

use leptos::prelude::*;
use maillon_shared::api::Failure;
use maillon_shared::api::neighbours::{GivenRow, NeighbourRequest};
use maillon_shared::api::requests::Draft;
use maillon_shared::domain::ids::{CopyId, NeighbourId};
use maillon_shared::domain::person_copy::CopyTrace;
use wasm_bindgen_futures::spawn_local;

use super::remarks::AddRemark;
use super::{Remarks, about};
use crate::pages::liaison::piece_words;
use crate::pages::person_copy::why_words;
use crate::routes::Route;
use crate::session::write;
use crate::ui::{FailureNote, Icon, Shape, load_once, when_loaded};
use crate::words::{in_a_row, liaison, neighbours as w};
use crate::{browser, drafts, when};

/// What a line is headed by: the other of the two is said around it.
#[derive(Clone, Copy)]
pub enum HeadedBy {
    /// The person: it stands on the neighbour's screen.
    Person,
    /// The neighbour: it stands on the person's screen, where it is brought up to date by choosing them.
    Neighbour(Callback<NeighbourId>),
}

/// A copy that was given.
#[component]
pub fn GivenLine(
    row: GivenRow,
    headed_by: HeadedBy,
    /// Whether one was just ended: said beside the list, since the line goes.
    ended: RwSignal<bool>,
) -> impl IntoView {
    let GivenRow { copy, name, why_not } = row;
    let today = browser::today();
    let stands = copy.stands();
    let to_end = match why_not.filter(|_| stands) {
        Some(why) => Some(why_words(&why)),
        None => copy.is_to_end(today).then(|| w::past_last_day().to_owned()),
    };
    let tag = to_end.is_some().then(|| view! { <span class="tag late">{w::to_end()}</span> });
    let to_end = to_end.map(|why| view! { <p class="state-note">{why}</p> });
    let (who, href) = match headed_by {
        HeadedBy::Person => (name, Route::Person(copy.person).href()),
        HeadedBy::Neighbour(_) => (copy.to.clone(), Route::Neighbour(copy.neighbour).href()),
    };
    let message = Some(copy.message.clone()).filter(|message| !message.trim().is_empty());
    view! {
        <li>
            <Icon shape=if stands { Shape::Letter } else { Shape::Check } />
            <span class="row-head">
                <a class="who" href=href>
                    {who.clone()}
                </a>
                {tag}
                <span class="when">{dates_words(&copy)}</span>
            </span>
            <span class="why">{pieces_words(&copy)}</span>
            {message.map(|message| view! { <span class="why notes">{w::what_for(message)}</span> })}
            {to_end}
            <Remarks remarks=copy.remarks.clone() />
            {stands.then(|| view! { <Acts copy=copy who=who headed_by=headed_by ended=ended /> })}
        </li>
    }
}

/// Since when, until when, when it was brought up to date.
fn dates_words(copy: &CopyTrace) -> String {
    let day = |day| when::date(day, browser::today());
    let until = match (copy.ended, copy.until) {
        (Some(ended), _) => w::ended_on(day(ended)),
        (None, Some(until)) => w::until(day(until)),
        (None, None) => String::new(),
    };
    let on = if copy.on == copy.since { String::new() } else { w::brought_up_to_date(day(copy.on)) };
    in_a_row([w::since(day(copy.since)), on, until])
}

/// What went, beside the name.
fn pieces_words(copy: &CopyTrace) -> String {
    let pieces = [liaison::name_only()].into_iter().chain(copy.pieces.iter().map(piece_words));
    pieces.collect::<Vec<_>>().join(", ")
}

/// Bringing it up to date, and ending it, which is asked twice: what was read cannot be unread.
#[component]
fn Acts(copy: CopyTrace, who: String, headed_by: HeadedBy, ended: RwSignal<bool>) -> impl IntoView {
    let CopyTrace { id, person, neighbour, to, .. } = copy;
    let ending = RwSignal::new(false);
    let answering = RwSignal::new(false);
    let answers = to.clone();
    let update = match headed_by {
        HeadedBy::Person => view! {
            <a class="button" href=Route::CopyPerson(person).href()>
                {w::update()}
                <span class="unseen">" "{who.clone()}</span>
            </a>
        }
        .into_any(),
        HeadedBy::Neighbour(choose) => {
            let who = who.clone();
            view! {
                <button type="button" on:click=move |_| choose.run(neighbour)>
                    {w::update()}
                    <span class="unseen">" "{who}</span>
                </button>
            }
            .into_any()
        }
    };
    view! {
        <span class="acts">
            {update}
            <button type="button" hidden=move || answering.get() on:click=move |_| answering.set(true)>
                {w::remark_add}
                <span class="unseen">" "{who.clone()}</span>
            </button>
            <button type="button" hidden=move || ending.get() on:click=move |_| ending.set(true)>
                {w::end}
                <span class="unseen">" "{who}</span>
            </button>
        </span>
        <Show when=move || answering.get()>
            <Answering copy=id neighbour=neighbour to=answers.clone() />
        </Show>
        <Show when=move || ending.get()>
            <Ending id=id to=to.clone() ending=ending ended=ended />
        </Show>
    }
}

/// Saying something beside it, which the neighbour reads at the next exchange.
#[component]
fn Answering(copy: CopyId, neighbour: NeighbourId, to: String) -> impl IntoView {
    let key = drafts::key("remark", format!("{neighbour}/{copy}"));
    let asked = key.clone();
    let draft = load_once(move || {
        let key = asked.clone();
        async move { Ok(drafts::find(&key).await) }
    });
    let field = format!("remark-{copy}");
    browser::focus_soon(field.clone());
    when_loaded(draft, move |draft: RwSignal<Option<Draft>>| {
        let (key, to, field) = (key.clone(), to.clone(), field.clone());
        view! { <AddRemark copy=copy key=key draft=draft.get_untracked() to=to field=field /> }
    })
}

/// What ending it does, and doing it.
#[component]
fn Ending(id: CopyId, to: String, ending: RwSignal<bool>, ended: RwSignal<bool>) -> impl IntoView {
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let end = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        ended.set(false);
        spawn_local(async move {
            match write(about(NeighbourRequest::End(id))).await {
                Ok(()) => {
                    ending.try_set(false);
                    ended.try_set(true);
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <div class="state-note">
            <p>{move || w::end_sure(&to)}</p>
            <FailureNote failure=failure retry=Callback::new(move |()| end()) />
            <p class="acts">
                <button type="button" class="danger" on:click=move |_| end()>
                    {w::end_do}
                </button>
                <button type="button" on:click=move |_| ending.set(false)>
                    {w::end_not}
                </button>
            </p>
        </div>
    }
}
