//! A week of counts, half-day by half-day: on screen and on paper. It names nobody.

use chrono::{Datelike, Days, NaiveDate};
use leptos::prelude::*;
use maillon_shared::api::responses::CountRow;
use maillon_shared::domain::reception::Half;

use crate::ui::{OnPaper, Paper, PrintButton, load, when_loaded};
use crate::words::{reception as w, time};
use crate::{browser, when};

use super::{counted, half_words, kinds, sum};

/// The Monday of a day's week.
fn monday_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
}

/// The half-days in which something was counted, in their order.
fn halves(rows: &[CountRow]) -> Vec<(NaiveDate, Half)> {
    let mut halves: Vec<_> = rows.iter().map(|row| (row.day, row.half.clone())).collect();
    halves.sort();
    halves.dedup();
    halves
}

/// A week.
#[component]
pub fn Week() -> impl IntoView {
    let monday = RwSignal::new(monday_of(browser::today()));
    let rows = load(move || {
        let from = monday.get();
        counted(from, from.checked_add_days(Days::new(6)).unwrap_or(from))
    });
    let go = move |weeks: i64| {
        let moved = monday.get_untracked().checked_add_signed(chrono::TimeDelta::weeks(weeks));
        if let Some(moved) = moved.filter(|moved| *moved <= browser::today()) {
            monday.set(moved);
        }
    };
    let is_this_one = move || monday.get() == monday_of(browser::today());
    view! {
        <section class="week" aria-labelledby="week">
            <h2 id="week">{move || w::week_of(when::date(monday.get(), browser::today()))}</h2>
            <OnPaper paper=Paper::NamesNobody narrowed=Signal::derive(|| w::without_names().to_owned()) />
            <p class="acts">
                <button type="button" on:click=move |_| go(-1)>{w::week_before}</button>
                <button type="button" hidden=is_this_one on:click=move |_| go(1)>{w::week_after}</button>
            </p>
            {when_loaded(rows, move |rows| {
                view! {
                    <p class="empty" hidden=move || rows.with(|rows| !rows.is_empty())>{w::nothing_counted}</p>
                    {move || rows.with(|rows| (!rows.is_empty()).then(|| table(rows)))}
                }
            })}
            <p class="acts">
                <PrintButton label=w::print class="" />
            </p>
        </section>
    }
}

fn table(rows: &[CountRow]) -> impl IntoView + use<> {
    let today = browser::today();
    // What was counted nowhere that week takes no room.
    let kinds: Vec<_> = kinds(rows).into_iter().filter(|kind| rows.iter().any(|row| row.what == kind.code)).collect();
    let heads =
        kinds.iter().map(|kind| view! { <th scope="col" class="figure">{kind.label.clone()}</th> }).collect_view();
    let line = |(day, half): (NaiveDate, Half)| {
        let of_it = |row: &CountRow| row.day == day && row.half == half;
        let cells = kinds.iter().map(|kind| {
            let count = sum(rows, |row| of_it(row) && row.what == kind.code);
            view! { <td class="figure">{count}</td> }
        });
        let name = w::half_day(when::capital(when::date(day, today)), half_words(&half).to_lowercase());
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells.collect_view()}
                <td class="figure total">{sum(rows, of_it)}</td>
            </tr>
        }
    };
    let totals = kinds.iter().map(|kind| {
        let count = sum(rows, |row| row.what == kind.code);
        view! { <td class="figure total">{count}</td> }
    });
    let totals = totals.collect_view();
    view! {
        // It may be wider than a phone: whoever has no pointer scrolls it once it has the focus.
        <div class="wide" tabindex="0" role="region" aria-labelledby="week">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{time::half_day()}</th>
                        {heads}
                        <th scope="col" class="figure">{w::total()}</th>
                    </tr>
                </thead>
                <tbody>{halves(rows).into_iter().map(line).collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{w::total()}</th>
                        {totals}
                        <td class="figure total">{sum(rows, |_| true)}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday_and_its_halves_stand_in_order() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        for sunday_or_before in ["2026-06-08", "2026-06-12", "2026-06-14"] {
            assert_eq!(monday_of(day(sunday_or_before)), day("2026-06-08"));
        }
        assert_eq!(monday_of(NaiveDate::MIN), NaiveDate::MIN);
        let row = |on: &str, half: Half, what: &str| CountRow { day: day(on), half, what: what.into(), count: 2 };
        let rows = [
            row("2026-06-09", Half::Morning, "a"),
            row("2026-06-08", Half::Afternoon, "a"),
            row("2026-06-08", Half::Afternoon, "b"),
            row("2026-06-08", Half::Morning, "b"),
        ];
        let order = [(0, Half::Morning), (0, Half::Afternoon), (1, Half::Morning)];
        assert_eq!(halves(&rows), order.map(|(later, half)| (day("2026-06-08") + Days::new(later), half)));
        assert_eq!(sum(&rows, |row| row.what == "a"), 4);
    }
}
