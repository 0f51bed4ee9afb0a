//! One round: whom to see, in order, and what came of it; the way out and back.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{RoundFile, SilencedStop, StopSilence};
use maillon_shared::domain::ids::RoundId;
use maillon_shared::domain::round::{RoundChange, StopOutcome};
use maillon_shared::domain::travel::OrderMade;

use crate::door::answer;
use crate::pages::sheet::silence_words;
use crate::routes::{RoundRoute, Route};
use crate::session::write_soon;
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, round_order as o, rounds as w};
use crate::{browser, when};

use super::kilometres;
use super::order::Order;
use super::paper::Sheet;
use super::stop::StopLine;

/// One round.
#[component]
pub fn RoundPage(id: RoundId) -> impl IntoView {
    let loaded = load(move || async move { answer!(Request::Round(id), Round(file) => *file) });
    view! {
        <Back to=Route::Rounds(RoundRoute::List) label=w::title />
        {when_loaded(loaded, move |file| view! { <File file=file /> })}
    }
}

#[component]
fn File(file: RwSignal<RoundFile>) -> impl IntoView {
    let today = browser::today();
    let id = file.with_untracked(|file| file.round.id);
    let edit = move |change: RoundChange| write_soon(Request::EditRound { id, changes: vec![change], draft: None });
    let ordering = RwSignal::new(false);
    let with_phones = RwSignal::new(false);
    let title = move || file.with(|file| w::round_of(when::day(file.round.day, today)));
    let withdrawn = Memo::new(move |_| file.with(|file| file.round.withdrawn));
    let is_open = Memo::new(move |_| file.with(|file| file.round.day == today && !file.round.withdrawn));
    let nobody = Memo::new(move |_| file.with(|file| file.stops.is_empty()));
    let can_order = move || file.with(|file| file.stops.len() > 1);
    view! {
        <article class="round">
            <div class="heading">
                <div>
                    <Title>{title}</Title>
                    <p class="detail">{move || file.with(told)}</p>
                </div>
                <a class="button" href=Route::Rounds(RoundRoute::Edit(id)).href()>{w::edit}</a>
            </div>
            <p class="state-note" hidden=move || !withdrawn.get()>
                {w::withdrawn} " "
                <button type="button" on:click=move |_| edit(RoundChange::Withdrawn(false))>{w::take_up}</button>
            </p>
            <div class="screen-only">
                {move || file.with(back)}
                <Show when=move || nobody.get()>
                    <p class="empty">{w::nobody_to_see}</p>
                </Show>
                <Show
                    when=move || ordering.get() && can_order()
                    fallback=move || view! { <Stops file=file is_open=is_open /> }
                >
                    <Order file=file />
                </Show>
                <Show when=can_order>
                    <p class="acts round-order">
                        <button
                            type="button"
                            id="order"
                            aria-pressed=move || ordering.get().to_string()
                            on:click=move |_| ordering.update(|ordering| *ordering = !*ordering)
                        >
                            {move || if ordering.get() { w::order_done() } else { w::order() }}
                        </button>
                    </p>
                    <p class="detail">
                        {move || file.with(how_ordered)} " "
                        <button
                            type="button"
                            class="quiet"
                            hidden=move || file.with(|file| file.order != OrderMade::ByHand)
                            on:click=move |_| write_soon(Request::ArrangeRound(id))
                        >
                            {move || file.with(arrange_words)}
                        </button>
                    </p>
                </Show>
                <p class="detail" hidden=move || file.with(|file| file.flight.is_none())>
                    {move || file.with(flight_words)}
                </p>
                {move || file.with(|file| silenced(&file.silenced))}
                <div class="acts round-ends">
                    <label class="chip" for="with-phones">
                        <input
                            type="checkbox"
                            id="with-phones"
                            prop:checked=move || with_phones.get()
                            on:change:target=move |event| with_phones.set(event.target().checked())
                        />
                        <span>{w::with_phones}</span>
                    </label>
                    <PrintButton label=w::print class="" />
                    <button
                        type="button"
                        class="quiet"
                        hidden=move || withdrawn.get()
                        on:click=move |_| edit(RoundChange::Withdrawn(true))
                    >
                        {w::withdraw}
                    </button>
                </div>
            </div>
            <h2 class="print-only paper-title">
                {move || file.with(|file| w::round_of(when::whole_date(file.round.day)))}
            </h2>
            <OnPaper paper=Paper::NamesPeople />
            <Sheet file=file with_phones=with_phones />
        </article>
    }
}

#[component]
fn Stops(file: RwSignal<RoundFile>, is_open: Memo<bool>) -> impl IntoView {
    let id = file.with_untracked(|file| file.round.id);
    let rows = move || {
        let is_open = is_open.get();
        file.with(|file| file.stops.clone())
            .into_iter()
            .zip(1..)
            .map(|(row, place)| view! { <StopLine round=id row=row place=place is_open=is_open /> })
            .collect_view()
    };
    view! { <ol class="rows stops">{rows}</ol> }
}

/// How far the round is.
fn told(file: &RoundFile) -> String {
    let seen = file.stops.iter().filter(|stop| matches!(stop.outcome, StopOutcome::Seen(_))).count();
    let km = file.round.distance_m.map(|metres| w::so_many_km(kilometres(metres.into())));
    in_a_row([w::seen_of(seen as u32, file.stops.len() as u32), km.unwrap_or_default()])
}

/// How the order was made.
fn how_ordered(file: &RoundFile) -> String {
    match file.order {
        OrderMade::ByHand => o::by_hand().to_owned(),
        OrderMade::ByHamlet => o::by_hamlet().to_owned(),
        OrderMade::ByDistance => match (&file.from_last, file.start_is_known) {
            (Some(last), _) => o::by_distance_from(last),
            (None, true) => o::by_distance_from(&file.start),
            (None, false) => o::by_distance().to_owned(),
        },
    }
}

/// What the button does that puts the stops in order.
fn arrange_words(file: &RoundFile) -> String {
    match &file.from_last {
        Some(last) => o::arrange_from(last),
        None => o::arrange().to_owned(),
    }
}

/// How far it is, as the crow flies.
fn flight_words(file: &RoundFile) -> String {
    let Some(flight) = file.flight else { return String::new() };
    // A tenth of a kilometre: more would be a precision that no road has.
    let km = kilometres(u64::from(flight.metres).div_ceil(100) * 100);
    let far = if file.start_is_known { o::flight_and_back(km) } else { o::flight(km) };
    match flight.without_place {
        0 => far,
        without => in_a_row([far, o::without_place(without)]),
    }
}

/// When one means to be back, who knows it, and the button that says one is.
fn back(file: &RoundFile) -> Option<AnyView> {
    let round = &file.round;
    let id = round.id;
    let planned = match (round.back_at, round.back_with.trim()) {
        (Some(hour), "") => w::back_planned(when::hour(hour)),
        (Some(hour), with) => w::back_left_with(when::hour(hour), with),
        (None, "") => w::back_unsaid().to_owned(),
        (None, with) => w::left_with(with),
    };
    let words = match round.returned_at {
        Some(hour) => w::back_since(when::hour(hour)),
        None => planned,
    };
    let returned = move |_| {
        let now = Some(browser::now().hour());
        write_soon(Request::EditRound { id, changes: vec![RoundChange::ReturnedAt(now)], draft: None });
    };
    let act = match (round.returned_at, round.distance_m) {
        (None, _) if round.day == browser::today() && !round.withdrawn => {
            view! { <button type="button" on:click=returned>{w::i_am_back()}</button> }.into_any()
        }
        (Some(_), None) => {
            view! { <a class="button" href=Route::Rounds(RoundRoute::Edit(id)).href()>{w::note_km()}</a> }.into_any()
        }
        _ => return Some(view! { <p class="round-back card">{words}</p> }.into_any()),
    };
    Some(view! { <div class="round-back card"><p>{words}</p> {act}</div> }.into_any())
}

/// Who is not to be seen after all.
fn silenced(stops: &[SilencedStop]) -> Option<impl IntoView + use<>> {
    let row = |stop: &SilencedStop| {
        let why = match &stop.why {
            StopSilence::Away(until) => w::away_until(when::day(*until, browser::today())),
            StopSilence::For(silence) => when::capital(silence_words(silence)),
        };
        view! {
            <li>
                <Icon shape=Shape::Cross />
                <span class="row-head">
                    <a class="who" href=Route::Person(stop.person).href()>{stop.name.clone()}</a>
                </span>
                <span class="why">{why}</span>
            </li>
        }
    };
    (!stops.is_empty()).then(|| {
        view! {
            <section aria-labelledby="silenced">
                <h2 id="silenced">{w::silenced()}</h2>
                <ul class="rows">{stops.iter().map(row).collect_view()}</ul>
            </section>
        }
    })
}
