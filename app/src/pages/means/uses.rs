//! Who has a thing when, as a table whose cells stand under each other where there is no room beside; and which uses meet.

use leptos::prelude::*;
use maillon_shared::api::means::MeansFile;
use maillon_shared::domain::ids::MeansId;
use maillon_shared::domain::means::{DoubleBooking, Loan, LoanState, MeansChange};

use super::words::{days_words, double_words, edit, loan_told, no_longer, number_words, says_state};
use crate::browser;
use crate::pages::programme::words::or_unnamed;
use crate::routes::{DirectoryRoute, EventRoute, MeansRoute, Route};
use crate::session::write_soon;
use crate::words::{Word, collective, in_a_row, means as w};

/// The columns after the first.
const COLUMNS: [Word; 4] = [w::who, w::purpose, w::number, w::use_state];

/// Who has it when.
pub fn uses(file: &MeansFile, id: MeansId) -> AnyView {
    if file.means.loans.is_empty() {
        return view! { <p class="empty">{w::no_use}</p> }.into_any();
    }
    let doubles = file.means.double_bookings(browser::today());
    let told = |double: &DoubleBooking| {
        let words = double_words(double, file);
        view! { <p class="state-note">{words}</p> }
    };
    let meets = |loan: &Loan| doubles.iter().any(|double| double.loans.contains(&loan.id));
    let lines = file.means.loans_by_day().into_iter().map(|loan| line(loan, meets(loan), file, id)).collect_view();
    view! {
        {doubles.iter().map(told).collect_view()}
        <table class="money" role="table" aria-labelledby="uses">
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{w::days}</th>
                    {COLUMNS.map(|label| view! { <th scope="col" role="columnheader">{label}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{lines}</tbody>
        </table>
    }
    .into_any()
}

fn line(loan: &Loan, meets: bool, file: &MeansFile, id: MeansId) -> AnyView {
    let cell = |label: Word, words: AnyView| {
        view! {
            <td role="cell">
                <span class="cell-label" aria-hidden="true">{label}</span>
                <div>{words}</div>
            </td>
        }
    };
    let days = match file.may_write {
        true => {
            let href = Route::Means(MeansRoute::Loan(id, loan.id)).href();
            view! { <a href=href>{days_words(loan)}</a> }.into_any()
        }
        false => days_words(loan).into_any(),
    };
    let who = or_unnamed(file.borrower(loan));
    let who = match loan.who_entry {
        Some(entry) => {
            let href = Route::Directory(DirectoryRoute::Entry(entry)).href();
            view! { <a href=href>{who}</a> }.into_any()
        }
        None => who.into_any(),
    };
    let is_own = file.borrowed.contains(&loan.id);
    let own = is_own.then(|| view! { " " <span class="tag unprinted">{w::for_you}</span> });
    let event = loan.event.map(|event| {
        let href = Route::Events(EventRoute::One(event)).href();
        view! { " " <a href=href>{or_unnamed(file.event_title(event))}</a> }
    });
    let late = loan.days_late(browser::today()).map(collective::late);
    let late = late.map(|words| view! { " " <span class="tag late">{words}</span> });
    let double = meets.then(|| view! { " " <span class="tag late">{w::double_tag}</span> });
    let state = in_a_row([loan_told(&loan.state), loan.condition.clone()]);
    let acts = match file.may_write {
        true => Some(acts(loan, id)),
        // Whoever left the group still says what is no longer theirs.
        false => is_own.then(|| no_longer_act(loan, id)),
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">{days}</th>
            {cell(w::who, view! { {who} {own} }.into_any())}
            {cell(w::purpose, view! { {loan.purpose.clone()} {event} }.into_any())}
            {cell(w::number, number_words(loan).into_any())}
            {cell(w::use_state, view! { {state} {late} {double} {acts} }.into_any())}
        </tr>
    }
    .into_any()
}

/// That a use is this coordinator's no longer.
fn no_longer_act(loan: &Loan, id: MeansId) -> AnyView {
    let line = loan.id;
    let press = move |_| write_soon(no_longer(id, Some(line)));
    view! {
        <p class="acts unprinted">
            <button type="button" on:click=press>
                {w::no_longer_for_me}
            </button>
        </p>
    }
    .into_any()
}

/// What comes next of a use, in one tap.
fn acts(loan: &Loan, id: MeansId) -> AnyView {
    let line = loan.id;
    let next: Option<(Word, LoanState)> = match &loan.state {
        LoanState::Asked => Some((w::agree, LoanState::Agreed)),
        LoanState::Agreed => Some((w::hand_over, LoanState::HandedOver)),
        LoanState::HandedOver => Some((w::give_back, LoanState::GivenBack(browser::today()))),
        _ => None,
    };
    let next = next.map(|(label, state)| {
        let press = move |_| write_soon(says_state(id, line, &state));
        view! { <button type="button" on:click=press>{label}</button> }
    });
    let remove = move |_| write_soon(edit(id, vec![MeansChange::RemoveLoan(line)]));
    view! {
        <p class="acts unprinted">
            {next} <button type="button" class="quiet" on:click=remove>{w::remove_use}</button>
        </p>
    }
    .into_any()
}
