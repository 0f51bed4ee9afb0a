//! The round of the day on *Aujourd'hui*, without a name: the screen may be seen.

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::RoundRow;

use crate::discreet;
use crate::door::answer;
use crate::routes::{RoundRoute, Route};
use crate::ui::{Icon, Shape, load};
use crate::words::{in_a_row, reception, rounds as w};
use crate::{browser, when};

/// The rounds of the day, and those one was not said to be back from since yesterday.
#[component]
pub fn OfTheDay() -> impl IntoView {
    let rounds = load(|| async { answer!(Request::Rounds, Rounds(rounds) => rounds.rounds) });
    let rows = move || {
        let rounds = rounds.get().unwrap_or_default();
        rounds.into_iter().filter(is_at_hand).map(row).collect::<Vec<_>>()
    };
    view! {
        {move || {
            let rows = rows();
            (!rows.is_empty())
                .then(|| {
                    view! {
                        <section aria-labelledby="round">
                            <h2 id="round">{w::of_the_day}</h2>
                            <ul class="rows">{rows}</ul>
                        </section>
                    }
                })
        }}
        // What these lead to is not for whoever reads along.
        <Show when=|| !discreet::is_on()>
            <p class="acts round-acts">
                <a class="button" href=Route::Rounds(RoundRoute::New).href()>{w::plan}</a>
                <a class="button" href=Route::Reception.href()>{reception::title}</a>
            </p>
        </Show>
    }
}

fn is_at_hand(row: &RoundRow) -> bool {
    let today = browser::today();
    row.day == today || (row.returned_at.is_none() && row.back_at.is_some() && Some(row.day) == today.pred_opt())
}

fn row(row: RoundRow) -> impl IntoView {
    let today = browser::today();
    let is_late =
        row.returned_at.is_none() && row.back_at.is_some_and(|hour| row.day < today || hour < browser::now().hour());
    let back = match (row.returned_at, row.back_at) {
        (Some(hour), _) => w::back_since(when::hour(hour)),
        (None, Some(hour)) => w::back_planned(when::hour(hour)),
        (None, None) => String::new(),
    };
    let late = is_late.then(|| view! { <span class="tag late">{w::back_late}</span> });
    let detail = in_a_row([w::seen_of(row.seen, row.stops), row.places.join(", "), back]);
    let (day, id) = (row.day, row.id);
    view! {
        <li>
            <Icon shape=Shape::House />
            <span class="row-head">
                <a class="who" href=Route::Rounds(RoundRoute::One(id)).href()>
                    {move || w::round_of(when::day(day, today))}
                </a>
                {late}
            </span>
            <span class="why">{detail}</span>
        </li>
    }
}
