//! The money of a roadmap, as tables whose cells stand under each other where there is no room beside.

use leptos::prelude::*;
use maillon_shared::domain::roadmap::{MoneyField, MoneyTotals, Roadmap, RoadmapAction, StateCounts};

use super::words::{or_unnamed, total_words};
use crate::pages::programme::words::amount_words;
use crate::words::{Word, roadmap as w};

/// What an amount is called.
fn amount_label(field: MoneyField) -> Word {
    match field {
        MoneyField::Planned => w::planned,
        MoneyField::Committed => w::committed,
        MoneyField::Spent => w::spent,
    }
}

/// A line of a table.
pub struct MoneyRow {
    /// What it is of.
    pub name: AnyView,
    /// What its three cells say.
    pub cells: [String; 3],
}

impl MoneyRow {
    /// The sums of something.
    pub fn sums(name: AnyView, totals: MoneyTotals) -> Self {
        MoneyRow { name, cells: MoneyField::ALL.map(|field| total_words(totals.total(field))) }
    }

    /// The amounts of an action.
    pub fn amounts(name: AnyView, action: &RoadmapAction) -> Self {
        MoneyRow { name, cells: MoneyField::ALL.map(|field| amount_words(action.amount(field))) }
    }
}

/// A table of amounts. A style that puts cells under each other has browsers forget that it is a table: it is said.
pub fn money_table(labelled_by: &'static str, of: Word, rows: Vec<MoneyRow>, whole: Option<MoneyTotals>) -> AnyView {
    let cells = |cells: [String; 3]| {
        let labelled = MoneyField::ALL.into_iter().zip(cells);
        let cell = |(field, words): (MoneyField, String)| {
            view! {
                <td role="cell">
                    <span class="cell-label" aria-hidden="true">{amount_label(field)}</span>
                    <span>{words}</span>
                </td>
            }
        };
        labelled.map(cell).collect_view()
    };
    let line = |row: MoneyRow| {
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{row.name}</th>
                {cells(row.cells)}
            </tr>
        }
    };
    let foot = whole.map(|totals| {
        view! {
            <tfoot role="rowgroup">{line(MoneyRow::sums(view! { <span>{w::in_all}</span> }.into_any(), totals))}</tfoot>
        }
    });
    view! {
        <table class="money" role="table" aria-labelledby=labelled_by>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{of}</th>
                    {MoneyField::ALL
                        .map(|field| view! { <th scope="col" role="columnheader">{amount_label(field)}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(line).collect_view()}</tbody>
            {foot}
        </table>
    }
    .into_any()
}

/// The money by axis, and of the whole.
pub fn by_axis(roadmap: &Roadmap) -> Option<AnyView> {
    if roadmap.actions.is_empty() {
        return None;
    }
    let name = |axis| match roadmap.axes.iter().find(|one| Some(one.id) == axis) {
        Some(axis) => or_unnamed(&axis.title),
        None => w::no_axis().to_owned(),
    };
    let row = |one: maillon_shared::domain::roadmap::AxisMoney| {
        MoneyRow::sums(view! { <span>{name(one.axis)}</span> }.into_any(), one.totals)
    };
    let rows = roadmap.money_by_axis().into_iter().map(row).collect();
    let shown = view! {
        <section aria-labelledby="money">
            <h2 id="money">{w::money}</h2>
            {money_table("money", w::by_axis, rows, Some(roadmap.money()))}
            <p class="detail">{w::money_not_zero}</p>
            <p class="detail" hidden=StateCounts::of(&roadmap.actions).dropped == 0>{w::dropped_counts}</p>
        </section>
    };
    Some(shown.into_any())
}
