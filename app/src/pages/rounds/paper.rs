//! A round on paper, which anyone may pick up: a first name, an initial, a hamlet; a telephone only where one asks for it.

use leptos::prelude::*;
use maillon_shared::api::responses::{RoundFile, StopRow};
use maillon_shared::text::phone::Phone;

use crate::when;
use crate::words::{in_a_row, rounds as w};

/// The sheet to print, under its title.
#[component]
pub fn Sheet(file: RwSignal<RoundFile>, with_phones: RwSignal<bool>) -> impl IntoView {
    let around = move || {
        file.with(|file| {
            let from = (!file.round.from.is_empty()).then(|| w::leaving_from(&file.round.from));
            // With whom the hour is left is a name: it stays off the paper.
            let back = file.round.back_at.map(|hour| w::back_planned(when::hour(hour)));
            in_a_row([from.unwrap_or_default(), back.unwrap_or_default()])
        })
    };
    let row = move |(place, row): (usize, StopRow)| {
        let phone = with_phones.get().then(|| view! { <td>{Phone::parse(&row.phone).show()}</td> });
        view! {
            <tr>
                <td class="figure">{place + 1}</td>
                <th scope="row">{row.paper_name}</th>
                <td>{row.place}</td>
                {phone}
                <td class="box"></td>
            </tr>
        }
    };
    view! {
        <section class="paper print-only">
            <p>{around}</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{w::number}</th>
                        <th scope="col">{w::who}</th>
                        <th scope="col">{w::hamlet}</th>
                        {move || with_phones.get().then(|| view! { <th scope="col">{w::phone}</th> })}
                        <th scope="col">{w::seen}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || file.with(|file| file.stops.clone()).into_iter().enumerate().map(row).collect_view()}
                </tbody>
            </table>
        </section>
    }
}
