//! Rounds of visits: planned, done, printed; how far they were; and the hamlets where nobody watches.

mod form;
mod of_the_day;
mod order;
mod paper;
mod plan;
mod round;
mod stop;
mod whom;

use leptos::prelude::*;
use maillon_shared::api::Request;
use maillon_shared::api::responses::{HamletRow, MonthOfRounds, RoundRow, Rounds};
use maillon_shared::domain::directory::EntryKind;
use maillon_shared::text::format;

use crate::door::answer;
use crate::routes::{DirectoryRoute, RoundRoute, Route};
use crate::ui::{Back, Icon, Shape, Title, load, when_loaded};
use crate::words::{in_a_row, language, rounds as w, shell};
use crate::{browser, when};

pub use of_the_day::OfTheDay;

/// The screen of a place among the rounds.
pub fn page(route: RoundRoute) -> AnyView {
    match route {
        RoundRoute::List => view! { <RoundsPage /> }.into_any(),
        RoundRoute::New => view! { <plan::NewRoundPage /> }.into_any(),
        RoundRoute::One(id) => view! { <round::RoundPage id=id /> }.into_any(),
        RoundRoute::Edit(id) => view! { <plan::EditRoundPage id=id /> }.into_any(),
    }
}

/// Every round.
#[component]
fn RoundsPage() -> impl IntoView {
    let loaded = load(|| async { answer!(Request::Rounds, Rounds(rounds) => *rounds) });
    view! {
        <Back to=Route::Today label=shell::today />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Rounds(RoundRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::plan}</span>
            </a>
        </div>
        {when_loaded(loaded, |rounds| view! { <All rounds=rounds /> })}
    }
}

#[component]
fn All(rounds: RwSignal<Rounds>) -> impl IntoView {
    let rows = move || rounds.with(|rounds| rounds.rounds.iter().map(row).collect_view());
    view! {
        <p class="empty" hidden=move || rounds.with(|rounds| !rounds.rounds.is_empty())>{w::none_yet}</p>
        <ul class="rows">{rows}</ul>
        {move || rounds.with(|rounds| mileage(&rounds.mileage))}
        {move || rounds.with(|rounds| without_relay(&rounds.without_relay))}
    }
}

fn row(row: &RoundRow) -> impl IntoView + use<> {
    let today = browser::today();
    let day = when::capital(when::day(row.day, today));
    let back = row.back_at.filter(|_| row.day >= today).map(|hour| w::back_planned(when::hour(hour)));
    let detail = in_a_row([w::seen_of(row.seen, row.stops), row.places.join(", "), back.unwrap_or_default()]);
    view! {
        <li>
            <a class="row-link" href=Route::Rounds(RoundRoute::One(row.id)).href()>
                <span class="who">{day}</span>
                <span class="why">{detail}</span>
            </a>
        </li>
    }
}

/// How far the rounds of each month were: what is asked for to be paid back, and names nobody.
fn mileage(months: &[MonthOfRounds]) -> Option<impl IntoView + use<>> {
    let row = |month: &MonthOfRounds| {
        let name = format!("{} {}", format::month(month.month, language()), month.year);
        let missing = (month.without_distance > 0).then(|| w::without_km(month.without_distance));
        view! {
            <tr>
                <th scope="row">{when::capital(name)} <span class="detail">{missing}</span></th>
                <td class="figure">{month.rounds}</td>
                <td class="figure">{kilometres(month.distance_m)}</td>
            </tr>
        }
    };
    (!months.is_empty()).then(|| {
        view! {
            <section class="mileage" aria-labelledby="mileage">
                <h2 id="mileage">{w::mileage()}</h2>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{w::month()}</th>
                            <th scope="col" class="figure">{w::how_many()}</th>
                            <th scope="col" class="figure">{w::kilometres()}</th>
                        </tr>
                    </thead>
                    <tbody>{months.iter().map(row).collect_view()}</tbody>
                </table>
            </section>
        }
    })
}

fn without_relay(hamlets: &[HamletRow]) -> Option<impl IntoView + use<>> {
    let row = |row: &HamletRow| {
        view! {
            <li>
                <Icon shape=Shape::House />
                <span class="row-head">
                    <span class="who">{row.hamlet.clone()}</span>
                </span>
                <span class="why">{w::people_there(row.people)}</span>
            </li>
        }
    };
    (!hamlets.is_empty()).then(|| {
        view! {
            <section class="unprinted" aria-labelledby="no-relay">
                <h2 id="no-relay">{w::without_relay()} <span class="count">{hamlets.len()}</span></h2>
                <p class="detail">{w::without_relay_why()}</p>
                <ul class="rows">{hamlets.iter().map(row).collect_view()}</ul>
                <p class="acts">
                    <a class="button" href=Route::Directory(DirectoryRoute::New(EntryKind::Relay)).href()>
                        {w::add_relay()}
                    </a>
                </p>
            </section>
        }
    })
}

/// Kilometres as one writes them: whole where they are, else to a tenth.
fn kilometres(metres: u64) -> String {
    let places = usize::from(!metres.is_multiple_of(1000));
    format::decimal(metres as f64 / 1000.0, places, language())
}
