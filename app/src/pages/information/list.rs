//! Every item of information: what is still to be read or passed on first, with the days that are left; then what nobody got in
//! time; then the others.

use leptos::prelude::*;
use maillon_shared::api::information::{InformationEnd, InformationItems, InformationRow};
use maillon_shared::domain::summary::period::{Level, Month, Period};

use super::ask_all;
use super::words::{audience_words, end_tag, state_told};
use crate::routes::{InformationRoute, Route};
use crate::ui::{Back, Icon, OnPaper, Paper, PrintButton, Shape, Title, load, when_loaded};
use crate::words::{Word, groups, in_a_row, information as w, more};
use crate::{browser, when};

/// Every item.
#[component]
pub fn InformationPage() -> impl IntoView {
    let loaded = load(ask_all);
    let this_month = Period::around(Month::of(browser::today()), Level::Month);
    view! {
        <Back to=Route::More label=more::title />
        <div class="heading">
            <Title>{w::title}</Title>
            <a class="button" href=Route::Information(InformationRoute::New).href()>
                <Icon shape=Shape::Plus />
                <span>{w::new}</span>
            </a>
        </div>
        <p class="detail unprinted">{w::lead}</p>
        <p class="acts">
            <a class="button" href=Route::Information(InformationRoute::Board(this_month)).href()>
                {w::board_of_this_month}
            </a>
        </p>
        {when_loaded(loaded, |shown| view! { <All shown=shown /> })}
    }
}

/// Where a row stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Waiting,
    Missed,
    Others,
}

fn part_of(row: &InformationRow) -> Part {
    match row.end {
        InformationEnd::Missed(_) => Part::Missed,
        InformationEnd::Over(_) => Part::Others,
        _ if row.state.is_waiting() => Part::Waiting,
        _ => Part::Others,
    }
}

#[component]
fn All(shown: RwSignal<InformationItems>) -> impl IntoView {
    let of = move |part: Part| {
        Memo::new(move |_| {
            let here = |row: &&InformationRow| part_of(row) == part;
            shown.with(|all| all.rows.iter().filter(here).cloned().collect::<Vec<_>>())
        })
    };
    let none = Memo::new(move |_| shown.with(|all| all.rows.is_empty()));
    let part = move |title: Word, rows: Memo<Vec<InformationRow>>| {
        view! {
            <section hidden=move || rows.with(Vec::is_empty)>
                <h2>{title}</h2>
                <ul class="rows">{move || rows.get().into_iter().map(line).collect_view()}</ul>
            </section>
        }
    };
    view! {
        // Nothing looks through what is listed here, and a source may be someone.
        <OnPaper paper=Paper::NamesPeople />
        <p class="empty" hidden=move || !none.get()>
            {w::none}
        </p>
        {part(w::waiting, of(Part::Waiting))}
        {part(w::missed, of(Part::Missed))}
        {part(w::others, of(Part::Others))}
        <p class="acts" hidden=move || none.get()>
            <PrintButton />
        </p>
    }
}

fn line(row: InformationRow) -> AnyView {
    let href = Route::Information(InformationRoute::One(row.id)).href();
    let group = row.group.map(|(_, name)| groups::is_common(&name)).unwrap_or_default();
    let received = row.received.map(|day| w::received_on(when::date(day, browser::today()))).unwrap_or_default();
    let tag = end_tag(row.end, row.state.is_waiting());
    let board = if row.for_board { w::on_the_board() } else { "" };
    let passed = if row.passed_on > 0 { w::passed_times(row.passed_on) } else { String::new() };
    view! {
        <li>
            <Icon shape=Shape::Letter />
            <span class="row-head">
                <a class="who" href=href>
                    {row.title}
                </a>
                {tag}
            </span>
            <span class="why">{in_a_row([state_told(&row.state), audience_words(&row.audience), row.source])}</span>
            <span class="why">{in_a_row([received, passed, board.to_owned(), group])}</span>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use maillon_shared::domain::ids::InformationId;
    use maillon_shared::domain::information::InformationState;

    use super::*;

    #[test]
    fn what_nobody_got_in_time_stands_apart_from_what_still_waits() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 15).expect("a day");
        let check = |state: InformationState, end: InformationEnd, expected: Part| {
            let row = InformationRow {
                id: InformationId([1; 16]),
                title: String::new(),
                source: String::new(),
                audience: String::new(),
                received: None,
                state,
                end,
                for_board: false,
                passed_on: 0,
                group: None,
            };
            assert!(part_of(&row) == expected, "{row:?}");
        };
        check(InformationState::ToRead, InformationEnd::None, Part::Waiting);
        check(InformationState::ToPassOn, InformationEnd::Until { day, days_left: 0 }, Part::Waiting);
        check(InformationState::ToPassOn, InformationEnd::Missed(day), Part::Missed);
        check(InformationState::ToPassOn, InformationEnd::Over(day), Part::Others);
        check(InformationState::PassedOn, InformationEnd::None, Part::Others);
    }
}
