//! Every event: those to come, then those that were.

use leptos::prelude::*;
use maillon_shared::api::calendar::EventCalendar;
use maillon_shared::api::collective::{CollectiveAnswer, CollectiveRead, EventRow, Events};
use maillon_shared::api::{Failure, Request};
use wasm_bindgen_futures::spawn_local;

use super::{ask_all, event_line};
use crate::door::{self, answer};
use crate::routes::{EventRoute, Route};
use crate::session::{Said, session};
use crate::ui::{Back, FailureNote, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{Word, events as w, import_collective, in_a_row, more};

/// Every event.
#[component]
pub fn EventsPage() -> impl IntoView {
    let loaded = load(ask_all);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Events(EventRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

#[component]
fn All(shown: RwSignal<Events>) -> impl IntoView {
    let none = Memo::new(move |_| shown.with(|all| all.to_come.is_empty() && all.past.is_empty()));
    let part = move |id: &'static str, title: Word, of: fn(&Events) -> &Vec<EventRow>| {
        let rows = Memo::new(move |_| shown.with(|all| of(all).clone()));
        view! {
            <section aria-labelledby=id hidden=move || rows.with(Vec::is_empty)>
                <h2 id=id>{title} <span class="count">{move || rows.with(Vec::len)}</span></h2>
                <ul class="rows">{move || rows.get().into_iter().map(event_line).collect_view()}</ul>
            </section>
        }
    };
    view! {
        <OnPaper paper=Paper::NamesNobody />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        {part("to-come", w::to_come, |all| &all.to_come)}
        {part("past", w::past, |all| &all.past)}
        <p class="acts unprinted">
            <a class="button" href=Route::Events(EventRoute::Load).href()>{import_collective::events}</a>
            <span hidden=move || none.get()>
                <ForACalendar />
            </span>
            <span hidden=move || none.get()>
                <PrintButton />
            </span>
        </p>
    }
}

/// The file for calendars, and which events are not in it.
#[component]
fn ForACalendar() -> impl IntoView {
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let left_out = RwSignal::new(String::new());
    let save = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let handed = calendar().await;
            busy.try_set(false);
            match handed {
                Ok((place, words)) => {
                    left_out.try_set(words);
                    if let Some(place) = place {
                        session().said.set(Some(Said::Handed(place)));
                    }
                }
                Err(why) => {
                    failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <button
            type="button"
            aria-describedby="calendar-left-out"
            aria-disabled=move || busy.get().then_some("true")
            on:click=move |_| save()
        >
            {w::for_a_calendar}
        </button>
        <span class="detail" id="calendar-left-out" role="status">
            {move || left_out.get()}
        </span>
        <FailureNote failure=failure retry=Callback::new(move |()| save()) />
    }
}

/// Hands the file over, where there is one, and says what is not in it.
async fn calendar() -> Result<(Option<Option<String>>, String), Failure> {
    let asked = Request::ReadCollective(CollectiveRead::EventCalendar);
    let calendar = match answer!(asked, Collective(answer) => *answer)? {
        CollectiveAnswer::EventCalendar(calendar) => *calendar,
        _ => return Err(Failure::NotUnderstood),
    };
    let words = left_out_words(&calendar);
    let place = match calendar.file {
        Some(file) => Some(door::hand_over(file).await?),
        None => None,
    };
    Ok((place, words))
}

fn left_out_words(calendar: &EventCalendar) -> String {
    let none = (calendar.file.is_none() && calendar.naming == 0).then(|| w::calendar_none().to_owned());
    let without_day = (calendar.without_day > 0).then(|| w::calendar_without_day(calendar.without_day));
    let naming = (calendar.naming > 0).then(|| w::calendar_naming(calendar.naming));
    in_a_row([none, without_day, naming].into_iter().flatten())
}
